"""Our offices in the words of posts, as lists of leaders write them.

Two ways to read a post: `offices_of` finds offices in a free title of a speaker or a head, and `cabinet_office` takes only a whole
title of a cabinet's list, which has deputies, delegates, envoys and governors of regions, too. Both rather say nothing.
"""

import re

# An office of ours by the words of a post, the first that fits; a post of several offices is cut at commas and «and» before.
OFFICES = (
    (
        r"deputy (kremlin|minister|chair(man)? of the sec|head|prosecutor|chair of the maz)|first lady|second minister",
        "",
    ),
    (
        r"former|governor|advisor|chief of|head of the|pontifical|co-prince|member of|special envoy|prime minister.s office",
        "",
    ),
    (r"deputy chairman of the cabinet of ministers|deputy prime minister|vice-chancellor", "deputy_prime_minister"),
    (r"crown prince", "crown_prince"),
    (r"vice.president", "vice_president"),
    (r"president of the (government|council of ministers|executive yuan)", "prime_minister"),
    (r"president of the european council", "council_president"),
    (r"prime minister|premier|chancellor|head of government|taoiseach|council of ministers", "prime_minister"),
    (r"^(?!.*(foreign (affairs|and|relations)|external)).*foreign trade", ""),
    (r"supreme leader", "leader"),
    (r"king|monarch|emperor|emir|amir|sultan|pope|druk gyalpo|agong|^prince", "monarch"),
    (r"president|chairman of the presidenc?|head of state", "president"),
    (r"relations with states|affairs and security policy", "foreign_minister"),
    (r"secretary of state", "secretary_of_state"),
    (
        r"(minister|minsiter|secretary|responsible).*(fore?i?gn|external rel|external aff|international rel|international aff)",
        "foreign_minister",
    ),
    (r"european and international affairs|^(integration )?(and )?foreign", "foreign_minister"),
    (r"minister of defence", "defence_minister"),
    (r"state secretary", "secretary_of_state"),
    (r"secretary of the security council", "security_secretary"),
    (r"chair(man)? of the (senate|state duma|federation council)|speaker", "speaker"),
)

# Whole titles of the cabinets, small letters, without «acting»: no deputy minister, no «Premier of Nova Scotia», no president of a senate.
CABINET_OFFICES = (
    (
        r"king|queen|monarch|emir|emperor|sultan|pope|grand duke|(sovereign |reigning )?prince|(druk gyalpo|ngwenyama) \(king\)"
        r"|yang di.pertuan agong( \(monarch\))?",
        "monarch",
    ),
    (r"crown prince", "crown_prince"),
    (r"supreme leader|chairman of the state affairs commission", "leader"),
    (
        r"(federal )?president|head of state|beretitenti \(president\)|president of (montenegro|the palestinian national authority)"
        r"|o le ao o le malo( \(head of state\))?"
        r"|chairman of the (presidency|presidential (leadership )?council|sovereignty council|transitional military council)"
        r"|chairman of the national committee for the salvation of the people",
        "president",
    ),
    (r"(first |second )?vice.president", "vice_president"),
    (
        r"prime minister( of (montenegro|the palestinian national authority))?|premier( of the state council)?|(federal )?chancellor"
        r"|taoiseach|head of government|(chair(man)?|president) of the council of ministers|president of the government"
        r"|chairman of the cabinet of ministers( \(prime minister\))?",
        "prime_minister",
    ),
    (
        r"(first |second |third )?(deputy |vice.)(prime minister|premier)|(first )?deputy chairman of the cabinet of ministers",
        "deputy_prime_minister",
    ),
    (
        r"((first |second |third )?deputy prime minister and )?(federal )?(minister|secretary) (of|for|with responsibility for) "
        r"(european? and |europe, integration,? and |integration and |european, )?"
        r"(foreign|external|international) (and \w+ )?(affairs|relations)\b.*",
        "foreign_minister",
    ),
    (r"(federal )?minister (of|for) (national )?defen[cs]e( and .*)?", "defence_minister"),
    (
        r"secretary of the (national )?security( and defen[cs]e)? council|security council secretary",
        "security_secretary",
    ),
    (
        r"(chair(man|person)?|speaker) of the (senate|state duma|federation council|verkhovna rada|national assembly|parliament|assembly"
        r"|milli majlis|house of representatives|council of the republic|mejlis|legislative chamber|jogorku kenesh|supreme council"
        r"|seimas|saeima|m[aä][jz]h?ilis|assembly of representatives)"
        r"|president of the (national assembly|parliament|moldovan parliament|riigikogu)|speaker of parliament",
        "speaker",
    ),
)
# Titles that are this office in one state and in others a deputy's or nobody's.
OWN_TITLES = {
    ("US", "secretary of state"): "secretary_of_state",
    ("VA", "secretary of state"): "secretary_of_state",
    ("KZ", "state secretary"): "secretary_of_state",
    ("CU", "president of the council of state"): "president",
    ("SM", "captain regent"): "leader",
    ("CH", "federal chancellor"): "",
    ("CH", "chancellor"): "",
    ("IN", "secretary for foreign affairs"): "",
    ("GB", "foreign secretary"): "foreign_minister",
    ("EU", "president of the european commission"): "commission_president",
    ("EU", "president of the european council"): "council_president",
}
# The king of the United Kingdom is theirs, too; the world has him once.
REALMS = "AG AU BB BS BZ CA GD JM KN LC NZ PG SB TV VC".split()
BRITISH_FOREIGN = re.compile(r"secretary of state for foreign\b.*")


def offices_of(post: str, state: str) -> tuple[str, ...]:
    """Our offices in the words of a post; a deputy minister is none, and the foreign minister of the US is its secretary of state.

    >>> offices_of("Deputy Prime Minister and Minister for Foreign Affairs", "AM"), offices_of("Deputy Minister for Foreign Affairs", "AM")
    (('deputy_prime_minister', 'foreign_minister'), ())
    """
    found = []
    for part in re.split(r",| and (?=\w*\s*(?:minister|president|head|prime|chair))", " ".join(post.lower().split())):
        office = next((office for pattern, office in OFFICES if re.search(pattern, part.strip())), "")
        found.append("secretary_of_state" if (office, state) == ("foreign_minister", "US") else office)
    return tuple(dict.fromkeys(o for o in found if o))


def cabinet_office(title: str, state: str) -> tuple[str, bool]:
    """Our office of a whole title in a cabinet's list (empty: none of ours), and whether it says that it was only acted.

    >>> cabinet_office("Acting President", "KZ"), cabinet_office("Minister of Foreign and European Affairs", "HR")
    (('president', True), ('foreign_minister', False))
    >>> cabinet_office("Minister of State for Foreign Affairs", "JP"), cabinet_office("Premier of Alberta", "CA")
    (('', False), ('', False))
    """
    low = " ".join(title.lower().split())
    post = re.sub(r"^(acting|interim|caretaker|provisional) ", "", low)
    acting = post != low
    if (state, post) in OWN_TITLES:
        return OWN_TITLES[state, post], acting
    if state == "GB" and BRITISH_FOREIGN.fullmatch(post):
        return "foreign_minister", acting
    office = next((office for pattern, office in CABINET_OFFICES if re.fullmatch(pattern, post)), "")
    return "" if office == "monarch" and state in REALMS else office, acting
