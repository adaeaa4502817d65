"""Mentions: persons by office and name, states, sides, organisations, places, collectives.

In: a page. Out: the same page with `mentions`, in the order of the text. A second pass finds surnames of persons
whom the first pass met in full.
"""

import itertools
from functools import cache

from communique.finding.lexicon import load_resource, word_set
from communique.finding.names import ROMAN, has_initial, is_common, looks_named, name_end, plausible_name
from communique.finding.offices import OfficeRun, honorifics, office_heads, parse_offices
from communique.finding.page import DASHES, Mention, MentionKind, OfficeSpan, Page
from communique.world.index import Alias
from communique.world.names.russian import fold, is_first_name, name_cases, nominative_name, noun_forms


def find_mentions(page: Page) -> None:
    """Fill `page.mentions`, first by office, name list and world, then by surname."""
    for first, last in page.tokens.sentences:
        i = first
        while i < last:
            found = _mentions_at(page, i, first, last)
            for mention in found:
                page.add(mention)
            i = max((m.last for m in found), default=i + 1)
    _find_surnames(page)
    _attach_appositions(page)
    page.mentions.sort(key=lambda m: m.first)
    _capitals_as_states(page)


_DECIDING = word_set("mentions.deciding")


def _capitals_as_states(page: Page) -> None:
    """«Москва и Астана договорились», «решение Арды», «договорённости между А и Б»: a capital that acts is its state."""
    for mention in page.mentions:
        if mention.kind != "place" or mention.key is None:
            continue
        entry = page.world.places[int(mention.key)]
        if page.world.capitals.get(fold(entry.name)) == entry.country and _acts_as_state(page, mention):
            mention.kind, mention.key = "state", entry.country


def _acts_as_state(page: Page, mention: Mention) -> bool:
    before = page.low[mention.first - 1] if mention.first else ""
    if "nomn" in mention.cases and before not in ("в", "во", "на", "из", "г", "город"):
        i = mention.last
        while (
            i + 1 < len(page.tokens)
            and page.low[i] in ("и", ",")
            and i + 1 in page.covering
            and page.covering[i + 1].kind in ("place", "state")
        ):
            i = page.covering[i + 1].last
        following = range(i, min(len(page.tokens), i + 3))
        verb = next((k for k in following if page.words[k].pos & {"VERB", "ADJS"} and k not in page.covering), None)
        if verb is not None and (
            page.has_lemma(verb, _state_verbs()) or page.low[verb] in ("намерены", "намерена", "готовы", "готова")
        ):
            return True
    if mention.first and "accs" in mention.cases and page.has_lemma(mention.first - 1, _acting_verbs()):
        return True  # «поблагодарил Баян-Тау», «попросил Арду»
    if before == "между" or (before == "и" and mention.first >= 3 and page.low[mention.first - 3] == "между"):
        return "ablt" in mention.cases
    return bool(mention.first) and "gent" in mention.cases and page.has_lemma(mention.first - 1, _DECIDING)


@cache
def _acting_verbs() -> frozenset[str]:
    return frozenset(verb for verb, frame in load_resource("ru", "acts")["verbs"].items() if frame["to"] == "accs")


@cache
def _state_verbs() -> frozenset[str]:
    """Verbs that a city does not do: saying, backing, agreeing, condemning."""
    said = load_resource("ru", "speech")["verbs"]
    acted = load_resource("ru", "acts")["verbs"]
    more = (
        "выступать",
        "намереваться",
        "считать",
        "настаивать",
        "придавать",
        "подписать",
        "ожидать",
        "надеяться",
        "рассчитывать",
        "готовый",
        "стремиться",
    )
    return frozenset(w.replace("ё", "е") for w in (*said, *acted, *more))


def _mentions_at(page: Page, i: int, first: int, last: int) -> list[Mention]:
    if not page.tokens.is_word(i):
        return []
    if run := parse_offices(page, i, last):
        if (
            run.plural
            and i > first
            and page.has_lemma(i - 1, {"совет", "заседание", "комитет", "совещание"})
            and not run.states
        ):
            return _council(page, run)
        if run.plural:
            return _plural(page, run, last)
        named = _person(page, run, last)
        if named.name is None and i > first and page.has_lemma(i - 1, word_set("mentions.institutions")):
            return []  # «Администрация Президента опубликовала»: an institution, not the person
        return [named]
    if side := _side(page, i, last) or _collective(page, i):
        return [side]
    if thing := _world_mention(page, i, first, last):
        return [thing]
    if person := _bare_name(page, i, first, last) or _guest(page, i):
        return [person]
    return []


def _council(page: Page, run: OfficeRun) -> list[Mention]:
    """«Совета министров иностранных дел ОБСЕ»: no crowd of ministers; the organisation behind it is named."""
    found: list[Mention] = []
    for i in range(run.first, run.last):
        aliases = page.world.index.match(page.low, page.tokens.text, i)
        thing = next((a for a in aliases if a.kind in ("organisation", "body", "format")), None)
        if thing is not None and i + thing.length <= run.last and not found:
            found.append(Mention(_KINDS[thing.kind], i, i + thing.length, _cases(page, i, thing), key=thing.key))
    return found


def _skip_honorifics(page: Page, i: int, last: int) -> int:
    while i < last and page.has_lemma(i, honorifics()):
        i += 2 if i + 1 < last and page.tokens.text[i + 1] == "." else 1
    return i


def _person(page: Page, run: OfficeRun, last: int) -> Mention:
    """«Президентом Республики Тарлык Ерланом Оразбеком», or the office alone."""
    mention = Mention("person", run.first, run.last, run.cases, offices=run.offices)
    begin = _skip_honorifics(page, run.last, last)
    if begin < last and page.tokens.text[begin] in "(" and run.offices:
        begin = run.last
    end = name_end(page, begin, last) if begin < last else begin
    if (
        end - begin == 3
        and not looks_named(page, begin)
        and looks_named(page, begin + 1)
        and not page.words[begin].known
    ):
        begin += 1  # «директор Статбюро Рената Ольховская»: the first word is where she works
    own = name_end(page, end, last) if begin < end < last else end
    if (
        own > end
        and run.cases
        and not run.cases & _cases_of_name(page, begin, end)
        and plausible_name(page, end, own, True)
    ):
        begin, end = end, own  # «Пресс-секретарь Ивана Берега Орвин Пигартин»: the first name is whose he is
    if end > begin and plausible_name(page, begin, end, after_office=True):
        _set_name(page, mention, begin, end)
    return mention


def _set_name(page: Page, mention: Mention, first: int, last: int) -> None:
    words = _name_words(page, first, last)
    known = known_person(page, first, last)
    if known is not None:
        name, gender = known
    else:
        name, gender = nominative_name(words, _case_order(page, first, last, mention.cases))
    mention.name, mention.gender = _with_initials(page, first, last, name), gender
    mention.last = last


def known_person(page: Page, first: int, last: int) -> tuple[str, str | None] | None:
    """The nominative and gender of a person of the world whose name, in any form, fills these tokens."""
    written = page.written(first, last)
    aliases = page.world.index.match(page.low, page.tokens.text, first)
    for alias in sorted(aliases, key=lambda a: a.name != written):  # the spelling of the text before its variants
        if alias.kind == "person" and alias.length == last - first and alias.length > 1:
            gender = {"m": "masc", "f": "femn"}.get(page.world.people[alias.key].gender)
            if all(_form_of(page.low[first + k], word, gender) for k, word in enumerate(alias.name.split())):
                return alias.name, gender
    return None


def _form_of(low: str, word: str, gender: str | None) -> bool:
    """«Холмова» is no form of a woman's «Холмова» in the genitive only: the forms of the world's name decide."""
    return low in noun_forms(word) or low == fold(word)


def _case_order(page: Page, first: int, last: int, cases: frozenset[str]) -> list[str]:
    """Cases of the office, those first that a dictionary name in the run confirms."""
    order = ["nomn", "gent", "datv", "accs", "ablt", "loct"]
    allowed = [c for c in order if c in cases] if cases else []
    confirmed = [
        c for c in allowed if any(c in page.words[i].cases and looks_named(page, i) for i in range(first, last))
    ]
    return [*confirmed, *(c for c in allowed if c not in confirmed)]


def _name_words(page: Page, first: int, last: int) -> list[str]:
    return [page.tokens.text[i] for i in range(first, last) if page.tokens.text[i] != "." and not _initial(page, i)]


def _initial(page: Page, i: int) -> bool:
    letter = page.tokens.text[i]
    return len(letter) == 1 and letter.isupper() and i + 1 < len(page.tokens) and page.tokens.text[i + 1] == "."


def _with_initials(page: Page, first: int, last: int, name: str) -> str:
    initials = "".join(page.tokens.text[i] + "." for i in range(first, last) if _initial(page, i))
    return f"{initials} {name}" if initials else name


def _side(page: Page, i: int, last: int) -> Mention | None:
    """«российская сторона», «делегация Тарлыка»: a state that acts through its delegation."""
    alias = next((a for a in page.world.index.match(page.low, page.tokens.text, i) if a.kind == "adjective"), None)
    if alias is None or i + alias.length >= last:
        return None
    noun = i + alias.length
    if page.has_lemma(noun, _SIDE_NOUNS) and page.tokens.text[noun][0].islower():
        cases = page.words[noun].cases & (page.words[i].cases or page.words[noun].cases)
        end = name_end(page, noun + 1, last) if noun + 1 < last and page.has_lemma(noun, _COLLEAGUES) else noun + 1
        if end > noun + 1 and plausible_name(
            page, noun + 1, end, after_office=True
        ):  # «его лирийская коллега Софья Бреннер»
            mention = Mention("person", i, noun + 1, cases, key=alias.key)
            _set_name(page, mention, noun + 1, end)
            return mention
        return Mention(
            "side", i, noun + 1, cases, key=alias.key, plural="colleague" if page.has_lemma(noun, _COLLEAGUES) else None
        )
    return None


def _collective(page: Page, i: int) -> Mention | None:
    """«Стороны договорились», «все участники поддержали»: the parties of the meeting together."""
    lemma = next((x for x in page.words[i].lemmas if x in _collectives()), None)
    plural = frozenset(r.case for r in page.words[i].readings if r.number == "plur" and r.case and r.lemma == lemma)
    before = page.words[i - 1] if i else None
    qualified = before is not None and (
        page.low[i - 1] in ("с", "со", "из")
        or (before.pos & {"ADJF"} and page.low[i - 1] not in ("все", "обе", "оба", "всех", "обоих"))
    )
    if lemma is None or not plural or qualified or (page.tokens.is_capitalised(i) and i != page.sentence_range(i)[0]):
        return None
    return Mention("plural", i, i + 1, plural, plural=_collectives()[lemma])


_COLLEAGUES = word_set("mentions.colleagues")
_SIDE_NOUNS = _COLLEAGUES | frozenset(
    {
        "сторона",
        "партнер",
        "друг",
        "народ",
        "правительство",
        "власть",
        "руководство",
        "делегация",
    }
)


def _guest(page: Page, i: int) -> Mention | None:
    """«гость», «высокий гость»: the one of the two who is not at home."""
    if page.low[i] in _GUEST_FORMS and (page.tokens.text[i].islower() or i == page.sentence_range(i)[0]):
        return Mention("person", i, i + 1, page.words[i].cases, plural="guest")
    return None


_GUEST_FORMS = word_set("mentions.guest_forms")


_KINDS: dict[str, MentionKind] = {
    "state": "state",
    "metonym": "state",
    "organisation": "organisation",
    "body": "body",
    "format": "format",
    "place": "place",
    "venue": "venue",
}


def _world_mention(page: Page, i: int, first: int, last: int) -> Mention | None:
    aliases = page.world.index.match(page.low, page.tokens.text, i)
    longest = next((a for a in aliases if a.kind in _KINDS or a.kind == "person"), None)
    if longest is None or i + longest.length > last:
        return None
    if longest.kind == "person" or (longest.kind == "place" and longest.length == 1 and _is_person_here(page, i, last)):
        return None
    chosen = _prefer(page, [a for a in aliases if a.length == longest.length and a.kind in _KINDS], i)
    if chosen.kind in ("metonym", "venue"):
        chosen = _palace(page, aliases, chosen, i)
    return Mention(_KINDS[chosen.kind], i, i + chosen.length, _cases(page, i, chosen), key=chosen.key)


def _palace(page: Page, aliases: list[Alias], chosen: Alias, i: int) -> Alias:
    """«в Акорде», «в зале Кремля» is a place; «Кремль заявил» is a state."""
    wanted = "venue" if any(w in ("в", "во", "на", "у") for w in page.low[max(0, i - 4) : i]) else "metonym"
    return next((a for a in aliases if a.kind == wanted and a.length == chosen.length), chosen)


def _is_person_here(page: Page, i: int, last: int) -> bool:
    """«Владимир Петров» is no town: a first name followed by a surname."""
    if i and page.low[i - 1] in ("в", "во", "на", "из", "под"):
        return False
    end = name_end(page, i, last)
    return end - i >= 2 and looks_named(page, i)


def _prefer(page: Page, aliases: list[Alias], i: int) -> Alias:
    """A body of an organisation named in the same sentence wins over its namesakes."""
    if len(aliases) == 1 or aliases[0].kind != "body":
        return aliases[0]
    named = {m.key for m in page.mentions[-6:] if m.kind == "organisation"}
    inner = i + aliases[0].length - 1
    for at in (inner, inner + 1):
        if at < len(page.tokens):
            named |= {a.key for a in page.world.index.match(page.low, page.tokens.text, at) if a.kind == "organisation"}
    parents = [a for a in aliases if page.world.organisations[a.key].parent in named]
    return parents[0] if parents else aliases[-1]  # the world added last is the user's own


def _cases(page: Page, i: int, alias: Alias) -> frozenset[str]:
    """The cases of a thing's name; a word that no dictionary has is nominative or accusative only as the world writes it."""
    word = page.words[i]
    if (word.known and alias.length > 1) or any(r.known and r.tags & {"Geox", "Orgn", "ADJF"} for r in word.readings):
        return word.cases
    if page.low[i] == fold(alias.name.split()[0]):
        return frozenset(["nomn", "accs"]) | (
            word.cases if page.low[i][-1] in "оиуеэы" or page.tokens.text[i].isupper() else frozenset()
        )
    return (word.cases if word.known else frozenset(["gent", "datv", "accs", "ablt", "loct"])) - {"nomn"} or word.cases


def _bare_name(page: Page, i: int, first: int, last: int) -> Mention | None:
    """A name without an office: two capitalised words, initials with a surname, or a person of the world."""
    begin = _skip_honorifics(page, i, last)
    if begin >= last or not page.tokens.is_capitalised(begin):
        return None
    end = name_end(page, begin, last)
    if end == begin:
        return None
    if begin == first and not _initial(page, begin) and not looks_named(page, begin) and is_common(page, begin):
        return None
    titled = begin > i and page.has_lemma(begin - 1, {"господин", "госпожа", "г-н", "г-жа"})
    if not plausible_name(page, begin, end, after_office=titled):
        return None
    mention = Mention("person", begin, end, frozenset())
    _set_name(page, mention, begin, end)
    mention.cases = _cases_of_name(page, begin, end)
    if mention.cases:
        _set_name(page, mention, begin, end)
    return mention


def _cases_of_name(page: Page, first: int, last: int) -> frozenset[str]:
    """Cases that the words of a name fit best, narrowed by the preposition before it."""
    words = _name_words(page, first, last)
    known = known_person(page, first, last)
    if known is not None and [fold(w) for w in words] == fold(known[0]).split():
        cases = frozenset(["nomn"]) if words[-1][-1].lower() not in "оиуеэы" else frozenset()
    elif known is not None:
        cases = name_cases(words) - {"nomn"} or frozenset(["gent", "datv", "accs", "ablt", "loct"])
    else:
        cases = name_cases(words) if words else frozenset()
    governed = preposition_cases(page, first)
    if not governed and first and has_initial(page, first, last) and page.tokens.text[first - 1][0].islower():
        before = page.words[first - 1]  # «по словам С.Дуванова», «встреча С.Дуванова»
        noun = before.readings[0].pos == "NOUN" and first - 1 not in page.covering and "gent" in cases
        governed = frozenset(["gent"]) if noun else governed
    if governed:
        return cases & governed or governed
    return cases & verb_cases(page, first) or cases  # «поблагодарил Иван Берег» stays the nominative it is


def verb_cases(page: Page, i: int) -> frozenset[str]:
    """The case that the verb just before token `i` asks of its object: «поблагодарил Дану», «сообщил Дане»."""
    frames = load_resource("ru", "acts")["verbs"]
    lemma = next((x for x in (page.words[i - 1].lemmas if i else ()) if x in frames), None)
    to = frames[lemma]["to"] if lemma else None
    return frozenset([to]) if to in ("accs", "datv") else frozenset()


_GOVERNS = {
    "с": "ablt gent",
    "со": "ablt gent",
    "между": "ablt",
    "перед": "ablt",
    "к": "datv",
    "ко": "datv",
    "по": "datv",
    "от": "gent",
    "для": "gent",
    "у": "gent",
    "без": "gent",
    "из": "gent",
    "против": "gent",
    "о": "loct",
    "об": "loct",
    "при": "loct",
}


def preposition_cases(page: Page, i: int) -> frozenset[str]:
    """The cases that the preposition before token `i` governs, or none."""
    before = page.low[i - 1] if i else ""
    if before in ("с", "со"):
        return frozenset(["ablt"])
    return frozenset(_GOVERNS.get(before, "").split())


# Lists under one plural title ------------------------------------------------------------------------------------


def _plural(page: Page, run: OfficeRun, last: int) -> list[Mention]:
    """«президенты Армении Арам А., Беларуси Борис Б.», «премьеры Беларуси и Армении — А. Иванов и В. Саргсян»."""
    office = run.offices[0]
    if run.states:
        named = _parallel_names(page, run, last)
        if named:
            return named
        if _names_follow_states(page, run.states, last):
            return _distributed(page, run, office, run.states[0][1], last)
        return [_nameless(page, run, s, n) for n, s in enumerate(run.states)]
    listed = _distributed(page, run, office, run.last if office.of is None else _state_start(page, run), last)
    if listed:
        return listed
    mention = Mention("plural", run.first, run.last, run.cases, offices=run.offices, plural=_collective_kind(page, run))
    return [mention]


def _state_start(page: Page, run: OfficeRun) -> int:
    """The token at which the state inside a plural office begins: «президенты | Армении Арам А., Беларуси ...»."""
    i = run.first
    while i < run.last and not any(a.kind == "state" for a in page.world.index.match(page.low, page.tokens.text, i)):
        i += 1
    return i


@cache
def _collectives() -> dict[str, str]:
    return dict(load_resource("ru", "offices")["collectives"])


def _collective_kind(page: Page, run: OfficeRun) -> str:
    for i in range(run.first, run.last):
        for lemma in page.words[i].lemmas:
            if lemma in _collectives():
                return _collectives()[lemma]
    return "leaders"


def _nameless(page: Page, run: OfficeRun, state: tuple[str, int, int], number: int) -> Mention:
    """«лидеры Кыргызстана и Таджикистана»: a participant a state, no name filled in."""
    code, first, last = state
    office = _office_of(run.offices[0], code, page.written(first, last))
    return Mention("person", first if number else run.first, last, run.cases, offices=(office,), plural="listed")


def _office_of(office: OfficeSpan, of: str | None, words: str | None) -> OfficeSpan:
    title = f"{office.head} {words}" if words else office.head
    return OfficeSpan(
        office.first, office.last, title, office.code, of, words, office.portfolio, office.standing, head=office.head
    )


def _parallel_names(page: Page, run: OfficeRun, last: int) -> list[Mention]:
    """«... Беларуси, Казахстана и Армении — А. Иванов, Б. Сериков и В. Саргсян»: as many names as states, paired by order."""
    i = run.last
    if i < last and page.tokens.text[i] in (*DASHES, ":", "("):
        i += 1
    names: list[tuple[int, int]] = []
    while i < last:
        end = name_end(page, i, last)
        if end == i:
            break
        names.append((i, end))
        i = end
        if i < last and page.low[i] in (",", "и"):
            i += 1
    if len(names) != len(run.states) or len(names) < 2:
        return []
    mentions = []
    for number, ((first, end), (code, s_first, s_last)) in enumerate(zip(names, run.states, strict=True)):
        mention = Mention(
            "person",
            first if number else run.first,
            end,
            run.cases,
            offices=(_office_of(run.offices[0], code, page.written(s_first, s_last)),),
        )
        _set_name(page, mention, first, end)
        mentions.append(mention)
    return mentions


def _names_follow_states(page: Page, states: tuple[tuple[str, int, int], ...], last: int) -> bool:
    return name_end(page, states[-1][2], last) > states[-1][2]


def _distributed(page: Page, run: OfficeRun, office: OfficeSpan, i: int, last: int) -> list[Mention]:
    """«президенты Армении Арам А., Республики Б — Пётр Второй и Беларуси Борис Б.»: the title holds until it is replaced."""
    found: list[Mention] = []
    while i < last:
        state = next((a for a in page.world.index.match(page.low, page.tokens.text, i) if a.kind == "state"), None)
        begin = i + state.length if state else i
        if begin < last and page.tokens.text[begin] in DASHES:
            begin += 1
        end = name_end(page, begin, last)
        if end > begin and plausible_name(page, begin, end, after_office=True):
            words = page.written(i, i + state.length) if state else None
            mention = Mention(
                "person",
                i if found else run.first,
                end,
                run.cases,
                offices=(_office_of(office, state.key if state else office.of, words),),
            )
            _set_name(page, mention, begin, end)
            found.append(mention)
        elif state and found:
            end = i + state.length
            found.append(
                Mention("person", i, end, run.cases, offices=(_office_of(office, state.key, page.written(i, end)),))
            )
        else:
            break
        i = end
        if i + 1 < last and page.low[i] in (",", "и", ";") and not office_heads().match(page.low, page.words, i + 1):
            i += 1
        else:
            break
    return found


# Second pass -----------------------------------------------------------------------------------------------------


def _find_surnames(page: Page) -> None:
    """Surnames alone, of persons named in full on this page, or whom the world knows."""
    surnames = {fold(word): word for m in page.mentions if m.name for word in family_names(m.name)}
    forms = {form: name for low, name in surnames.items() for form in noun_forms(low)}
    for i in range(len(page.tokens)):
        if i in page.covering or not page.tokens.is_capitalised(i) or not page.tokens.is_word(i):
            continue
        if (name := forms.get(page.low[i])) and not _starts_common(page, i):
            page.add(_surname_mention(page, i, name))
        elif not page.words[i].known or looks_named(page, i):
            people = [
                a for a in page.world.index.match(page.low, page.tokens.text, i) if a.kind == "person" and a.length == 1
            ]
            if people:
                page.add(_surname_mention(page, i, people[0].name))


def family_names(name: str) -> list[str]:
    """The words of a name that can stand for the person alone; «Ли Вэньцзюнь» is also «Ли».

    >>> family_names("Иван Берег"), family_names("Ли Вэньцзюнь")
    (['Берег'], ['Вэньцзюнь', 'Ли'])
    """
    words = [w for w in name.split() if not w.endswith(".") and not ROMAN.match(w)]
    if not words:
        return []
    short = len(words) > 1 and (len(words[0]) <= 3 or (len(words[0]) == 4 and not is_first_name(words[0])))
    return [words[-1], words[0]] if short else [words[-1]]


def _starts_common(page: Page, i: int) -> bool:
    """A sentence that begins with a word which is also somebody's surname: «Берег реки ...»."""
    first, last = page.sentence_range(i)
    predicate = i + 1 < last and bool(page.words[i + 1].pos & {"VERB"})
    return i == first and page.words[i].known and not looks_named(page, i) and not predicate


def _surname_mention(page: Page, i: int, surname: str) -> Mention:
    first = i
    while first >= 2 and _initial(page, first - 2) and first - 2 not in page.covering:
        first -= 2
    mention = Mention("person", first, i + 1, frozenset())
    governed = preposition_cases(page, first)
    cases = _surname_cases(page, i, surname)
    mention.cases = (cases & governed or governed) if governed else cases & verb_cases(page, first) or cases
    mention.name = _with_initials(page, first, i + 1, surname)
    return mention


def _surname_cases(page: Page, i: int, surname: str) -> frozenset[str]:
    """By the ending: the nominative is written as it stands, oblique forms differ from it."""
    if page.low[i] == fold(surname):
        return frozenset() if surname[-1] in "оиуеэы" else frozenset(["nomn"])
    return frozenset(c for r in page.words[i].readings if (c := r.case) and c != "nomn") or frozenset(
        ["gent", "accs", "datv", "ablt", "loct"]
    )


def _attach_appositions(page: Page) -> None:
    """«Анна Холм, Премьер-министр Лирии,» and «Г. Ясень (министр обороны)»: the office belongs to the name before it."""
    for name in [m for m in page.mentions if m.kind == "person" and m.name and not m.offices]:
        state = page.covering.get(name.last + 1)
        inside = (
            name.last + 1 < len(page.tokens)
            and page.tokens.text[name.last] == "("
            and state is not None
            and state.kind == "state"
        )
        if inside and state is not None and state.last < len(page.tokens) and page.tokens.text[state.last] == ")":
            name.key, name.last = state.key, state.last  # «Тимур Салан (Лирия)»
            _replace(page, state, name)
    ordered = sorted(page.mentions, key=lambda m: m.first)
    for name, office in itertools.pairwise(ordered):
        gap = range(name.last, office.first)
        if (
            name.kind != "person"
            or office.kind != "person"
            or not name.name
            or office.name
            or name.offices
            or len(gap) != 1
        ):
            continue
        sign = page.tokens.text[name.last]
        closed = office.last < len(page.tokens) and page.tokens.text[office.last] in (",", ")", ".", ";")
        if sign in ("(", ",") and closed and (not name.cases or name.cases & office.cases):
            name.offices, name.last = office.offices, office.last
            _replace(page, office, name)


def _replace(page: Page, old: Mention, new: Mention) -> None:
    page.mentions.remove(old)
    for i in range(new.first, new.last):
        page.covering[i] = new
