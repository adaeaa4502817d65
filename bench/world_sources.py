"""Which lists of leaders confirm the tenures of the world: counts, disagreements, and what no list says.

In: the world's TSV files and `--data DIR/leaders/*`. Out: a printed report; `--write` rewrites the `source` cells and makes a
year or month of ours an exact day where a list gives one that agrees. Nothing else of a row changes.

A tenure is confirmed by a row of the same state, the same office, a name that agrees (`bench.latin_names.same_name`) and
overlapping years. What each list says, and so what a `source` means:

- `russia-cabinet`, `kazakhstan-cabinet`, `uzbekistan-ministers` (Wikidata, to July 2022): office, start and end, mostly to the day.
- `foreign_ministers_2023-01`: foreign ministers at the end of 2022 and their start; an end only by silence.
- `reign_leaderlist_2021-03`: the day a person came to lead a state and the month of the end. It names no office, so it supports
  one tenure, of the highest office of a head (monarch, president, prime minister, leader, chair) that begins within 45 days,
  and not where both ends differ. Leading is not holding: Deng led without an office. Another start is another scope.
- `heads_2021` (to September 2022): heads of states and governments, years only. A day of ours stays unverified.
- `unga_speakers_1946_2022`: who spoke in the General Debate and in which post. It confirms that the office was held on that day
  of the second half of September (in 2001 of November), never a start or an end, which stay unverified. `@2004..2011`: attested
  in these two years and held in between as far as the list knows; `@2008`: attested once. Until about 2015 its «Minister for
  Foreign Affairs» is a rank that deputies are given as well (Belarus 2010, Kazakhstan 2012): once is weak.

`source` is the lists, joined by `|`, then `unverified` where a start, an end or the standing of an acting holder is not
confirmed to the month. An open end is confirmed by a list that has it open too, as of the list's date.
"""

import argparse
import csv
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from bench.latin_names import SPELLINGS, same_name
from communique.world.entities import Tenure

WORLD = Path(__file__).parents[1] / "src" / "communique" / "world" / "data"
UNGA = "unga_speakers_1946_2022.xlsx"
REIGN = "reign_leaderlist_2021-03.csv"
HEADS = "heads_2021.csv"
MINISTERS = "foreign_ministers_2023-01.csv"
CABINETS = {"russia-cabinet.csv": "RU", "kazakhstan-cabinet.csv": "KZ", "uzbekistan-ministers.csv": "UZ"}
# The last day that a list knows of: until then its open end says that the office was still held.
AS_OF = {**dict.fromkeys(CABINETS, "2022-07"), MINISTERS: "2022-12", REIGN: "2021-02", HEADS: "2022-09"}
HEAD_OFFICES = ("monarch", "president", "prime_minister", "leader", "chair")
POST_SOVIET = 15  # states.tsv begins with them
MAIN_PARTNERS = 40
STATES = Path(__file__).with_name("world_states.tsv")

# Code and name of a country in the speakers' sheet where the code is another country's or nobody's.
CODE_SLIPS = {
    ("CHE", "Sweden"): "SWE",
    ("SWE", "Swaziland"): "SWZ",
    ("POR", "Portugal"): "PRT",
    ("POR", "Portuguese Republic"): "PRT",
    ("PKR", "Democratic People’s Republic of Korea"): "PRK",
    ("ZFA", "South Africa"): "ZAF",
}

# The posts of the cabinets that are offices of ours, whole: they have republics' presidents and envoys, too.
CABINET_POST = re.compile(
    r"(Acting )?President|Prime Minister|(First )?Deputy Prime Minister|Minister of (Foreign Affairs|Defence)|State Secretary"
    r"|Secretary of the Security Council|Chair(man)? of the (Senate|State Duma|Federation Council)|Speaker of the Legislative Chamber"
)

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


@dataclass(frozen=True, slots=True)
class TenureRow(Tenure):
    """A row of tenures.tsv with its line, so that it can be written back."""

    line: int = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a list says: who held which offices (all of a head where the list names none), from when, until when."""

    file: str
    state: str
    offices: tuple[str, ...]
    name: str
    start: str
    end: str
    acting: bool = False

    @property
    def known_until(self) -> str:
        return self.end or AS_OF[self.file]


@dataclass(frozen=True, slots=True)
class Attestation:
    """One speech in the General Debate: the person had the post on a day between `first` and `last`."""

    state: str
    offices: tuple[str, ...]
    name: str
    year: int
    acting: bool = False

    @property
    def days(self) -> tuple[str, str]:
        """The days between which the debate was held: in 2001 put off to November, until 2003 as late as mid-October."""
        if self.year == 2001:
            return "2001-11-10", "2001-11-16"
        return f"{self.year}-09-15", f"{self.year}-10-{'15' if self.year < 2004 else '05'}"


class Support(NamedTuple):
    """A claim beside a tenure with the grades of its ends: 2 to the month, 1 to the year, 0 silent, -1 another date."""

    claim: Claim
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A tenure with what the lists say of it: its source, and its start and end, more exact where a list has the day."""

    tenure: TenureRow
    claims: tuple[Support, ...]
    attested: tuple[int, ...]
    source: str
    start: str
    end: str


# The lists -------------------------------------------------------------------------------------------------------


def iter_states() -> Iterator[tuple[str, str, str, list[str]]]:
    """Each state of the lists: our code, the UN list's, REIGN's (empty where a list lacks it), its English names."""
    for line in STATES.read_text("utf-8").splitlines()[1:]:
        code, iso, reign, names = line.split("\t")
        yield code, iso, reign, names.split("|")


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


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        return list(csv.DictReader(lines))


def load_claims(folder: Path) -> list[Claim]:
    """All rows of the lists with dates, of the states that the world has tenures of."""
    by_name = {name: code for code, _, _, names in iter_states() for name in names}
    by_reign = {reign: code for code, _, reign, _ in iter_states() if reign}
    claims = [claim for file, state in CABINETS.items() for claim in _join_runs(_cabinet(folder, file, state))]
    claims += list(_foreign_ministers(folder, by_name))
    claims += list(_reign(folder, by_reign))
    return claims + _join_runs(_heads(folder, by_name))


def _cabinet(folder: Path, file: str, state: str) -> Iterator[Claim]:
    for row in _read(folder / file):
        offices = offices_of(row["position"], state)
        if CABINET_POST.fullmatch(row["position"]) and row["start"]:
            acting = row["position"].startswith("Acting")
            yield Claim(file, state, offices, row["person"], row["start"], row["end"] or "", acting)


def _foreign_ministers(folder: Path, states: dict[str, str]) -> Iterator[Claim]:
    for row in _read(folder / MINISTERS):
        state = states.get(row["countryLabel"])
        if state and row["name"] and row["start"]:
            office = "secretary_of_state" if state == "US" else "foreign_minister"
            yield Claim(MINISTERS, state, (office,), row["name"], row["start"], "")


def _heads(folder: Path, states: dict[str, str]) -> Iterator[Claim]:
    for row in _read(folder / HEADS):
        offices = offices_of(row["positionLabel"], "")
        if row["country"] in states and offices and row["start_year"]:
            yield Claim(
                HEADS,
                states[row["country"]],
                offices,
                row["officeholderLabel"],
                row["start_year"],
                row["end_year"] or "",
            )


def _reign(folder: Path, states: dict[str, str]) -> Iterator[Claim]:
    for row in _read(folder / REIGN):
        if row["stateabb"] in states:
            start = f"{int(row['syear'])}-{int(row['smonth']):02}-{int(row['sdate']):02}"
            end = f"{int(row['eyear'])}-{int(row['emonth']):02}" if row["eyear"] else ""
            yield Claim(REIGN, states[row["stateabb"]], HEAD_OFFICES, row["leader"], start, end)


def _join_runs(claims: Iterable[Claim]) -> list[Claim]:
    """Rows of one person and office where one begins as the other ends are one holding: two cabinets, a re-election."""
    joined: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (c.state, c.offices, c.name, c.acting, c.start)):
        last = joined[-1] if joined else None
        if (
            last
            and len(last.end) == 10
            and replace(last, start=claim.start, end=claim.end) == claim
            and last.end == claim.start
        ):
            joined[-1] = replace(last, end=claim.end)
        else:
            joined.append(claim)
    return joined


def read_sheet(path: Path) -> Iterator[dict[str, str]]:
    """The rows of the first sheet of an xlsx file: column letter to text. No library: a sheet is zipped XML."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as packed:
        strings = ElementTree.fromstring(packed.read("xl/sharedStrings.xml"))
        shared = ["".join(t.text or "" for t in item.iter(f"{space}t")) for item in strings]
        sheet = ElementTree.fromstring(packed.read("xl/worksheets/sheet1.xml"))
    for row in sheet.iter(f"{space}row"):
        cells = {re.sub(r"\d", "", cell.get("r", "")): (cell.get("t"), cell.findtext(f"{space}v")) for cell in row}
        yield {column: shared[int(v)] if kind == "s" else v for column, (kind, v) in cells.items() if v}


def load_attestations(path: Path) -> list[Attestation]:
    """The speeches with a name and a post of ours. Before 1994 few posts are given; the sheet's slips in codes are mended."""
    states = {iso: code for code, iso, _, _ in iter_states() if iso} | {"EC": "eu-council-heads"}
    found = []
    for row in read_sheet(path):
        code = CODE_SLIPS.get((row.get("C", ""), row.get("D", "").strip()), row.get("C", ""))
        state, post = states.get(code), row.get("F", "")
        if not state or not row.get("E") or not row.get("A", "").isdigit():
            continue
        if state == "eu" and "Council" in post:
            state = "eu-council-heads"
        offices = ("council_president",) if state == "eu-council-heads" else offices_of(post, state)
        if offices:
            acting = bool(re.search("acting|interim", post.lower()))
            found.append(Attestation(state, offices, " ".join(row["E"].split()), int(row["A"]), acting))
    return found


# Dates -----------------------------------------------------------------------------------------------------------


def first_day(day: str) -> str:
    return day if len(day) == 10 else f"{day}-01" if len(day) == 7 else f"{day}-01-01"


def last_day(day: str) -> str:
    return day if len(day) == 10 else f"{day}-31" if len(day) == 7 else f"{day}-12-31" if day else "9999"


def grade(ours: str, theirs: str) -> int:
    """2: the same to the month, or as exactly as we say it; 1: the same year; -1: another date.

    >>> grade("2019-03-20", "2019-03"), grade("2019-03-20", "2019"), grade("2019", "2019-03-20"), grade("2019-03-20", "2019-03-21")
    (2, 1, 2, -1)
    """
    width = min(len(ours), len(theirs))
    if ours[:width] != theirs[:width]:
        return -1
    return 2 if width >= 7 or width == len(ours) else 1


def grade_end(tenure: TenureRow, claim: Claim) -> int:
    """As `grade`; 0 where we know an end after the list was made, 2 where both leave it open."""
    if tenure.end and claim.end:
        return grade(tenure.end, claim.end)
    if not tenure.end:
        return -1 if claim.end else 2
    return 0 if last_day(tenure.end) >= AS_OF[claim.file] else -1


def overlap(tenure: TenureRow, claim: Claim) -> bool:
    return first_day(tenure.start) <= last_day(claim.end) and first_day(claim.start) <= last_day(tenure.end)


def holds(tenure: TenureRow, attestation: Attestation) -> bool:
    """Whether the tenure covers every day of that year's debate, read at its narrowest."""
    first, last = attestation.days
    return last_day(tenure.start) <= first and last <= (first_day(tenure.end) if tenure.end else "9999")


def days_apart(one: str, other: str) -> int:
    day = [date.fromisoformat(first_day(d)) for d in (one, other)]
    return abs((day[1] - day[0]).days)


# Matching --------------------------------------------------------------------------------------------------------


class Roster:
    """The world's tenures and names, for look-ups by state and office."""

    def __init__(self, world: Path) -> None:
        self.head, *lines = (world / "tenures.tsv").read_text("utf-8").splitlines()
        self.tenures = [TenureRow(*line.split("\t"), line=n) for n, line in enumerate(lines)]
        self.names = {person: _variants(person, row) for person, row in _people(world)}
        self.states = [line.split("\t")[0] for line in (world / "states.tsv").read_text("utf-8").splitlines()[1:]]
        self.of_person: dict[str, list[TenureRow]] = defaultdict(list)
        self.in_office: dict[tuple[str, str], list[TenureRow]] = defaultdict(list)
        for tenure in self.tenures:
            self.of_person[tenure.person].append(tenure)
            self.in_office[tenure.of, tenure.office].append(tenure)

    def goes_on(self, tenure: TenureRow) -> bool:
        """Whether the person takes another head's office of the state as this one ends: acting then elected, PM then president."""
        later = (
            t for t in self.of_person[tenure.person] if t.of == tenure.of and t.office in HEAD_OFFICES and t != tenure
        )
        return bool(tenure.end) and any(days_apart(t.start, tenure.end) <= 31 for t in later)

    def namesakes(self, claim: Claim | Attestation) -> set[str]:
        """The people who held an office of the claim and whose name agrees with it."""
        held = (t for office in claim.offices for t in self.in_office[claim.state, office])
        return {t.person for t in held if same_name(self.names[t.person], claim.name)}


def _people(world: Path) -> Iterator[tuple[str, list[str]]]:
    for line in (world / "people.tsv").read_text("utf-8").splitlines()[1:]:
        person, *row = line.split("\t")
        yield person, row


def _variants(person: str, row: list[str]) -> list[str]:
    spelled = SPELLINGS.get(person, "")
    return [row[0], *(v for v in row[1].split("|") if v), *(s for s in spelled.split("|") if s)]


@dataclass
class Report:
    findings: list[Finding]
    ambiguous: list[str]
    disputes: list[str]


def compare_world(roster: Roster, claims: list[Claim], attestations: list[Attestation]) -> Report:
    """What the lists say of each tenure; a claim that two people's names agree with in the same years says nothing."""
    report = Report([], [], [])
    supports: dict[int, list[Support]] = defaultdict(list)
    for claim in claims:
        for tenure in _tenures_of_claim(roster, claim, report.ambiguous):
            end = grade_end(tenure, claim)
            if end == -1 and roster.goes_on(tenure):
                end = 0
            supports[tenure.line].append(Support(claim, grade(tenure.start, claim.start), end))
    attested = _attested(roster, attestations, report)
    for tenure in roster.tenures:
        report.findings.append(_finding(tenure, supports[tenure.line], attested[tenure.line]))
    return report


def _tenures_of_claim(roster: Roster, claim: Claim, ambiguous: list[str]) -> list[TenureRow]:
    fits = [
        t
        for office in claim.offices
        for t in roster.in_office[claim.state, office]
        if overlap(t, claim) and (t.standing == "acting" or not claim.acting) and t.standing != "honorary"
        and same_name(roster.names[t.person], claim.name)
    ]  # fmt: skip
    if claim.file == REIGN:
        fits = [t for t in fits if days_apart(t.start, claim.start) <= 45]
    if len({t.person for t in fits}) > 1:  # Саргсян, president and prime minister since one day: the end decides
        fits = [t for t in fits if grade(t.start, claim.start) == grade_end(t, claim) == 2] or fits
    if len({t.person for t in fits}) > 1:
        ambiguous.append(f"{claim.file}: {claim.state} {claim.name} {claim.start}: {', '.join(t.person for t in fits)}")
        return []
    if claim.file == REIGN:
        return fits[:1]  # HEAD_OFFICES stand in order of rank
    exact = [t for t in fits if grade(t.start, claim.start) > 0]
    return exact or fits


def _attested(roster: Roster, attestations: list[Attestation], report: Report) -> dict[int, list[int]]:
    """Line of a tenure to the years in which its holder spoke in this post; other speakers go to the disputes."""
    years: dict[int, list[int]] = defaultdict(list)
    for speech in attestations:
        people = roster.namesakes(speech)
        for office in speech.offices:
            sure = [t for t in roster.in_office[speech.state, office] if holds(t, speech) and t.standing != "honorary"]
            named = [t for t in sure if t.person in people and (t.standing == "acting" or not speech.acting)]
            if len({t.person for t in named}) > 1:
                report.ambiguous.append(
                    f"{UNGA}: {speech.state} {speech.name} {speech.year}: {', '.join(t.person for t in named)}"
                )
            elif named:
                years[named[0].line].append(speech.year)
            elif sure or not _may_hold(roster, speech, office, people):
                report.disputes.append(_dispute(speech, office, sure, people))
    return years


def _may_hold(roster: Roster, speech: Attestation, office: str, people: set[str]) -> bool:
    """Whether the speaker is none of ours, or held the post in that year by our dates, too coarse or too close to say."""
    year = str(speech.year)
    held = (t for t in roster.in_office[speech.state, office] if t.person in people)
    return not people or any(t.start[:4] <= year and (not t.end or t.end[:4] >= year) for t in held)


def _dispute(speech: Attestation, office: str, sure: list[TenureRow], people: set[str]) -> str:
    ours = ", ".join(f"{t.person} {t.start}..{t.end}" for t in sure) or "nobody for sure"
    known = f" (= {', '.join(sorted(people))})" if people else ""
    return f"{speech.state} {office} {speech.year}: {UNGA} has {speech.name}{known}, ours {ours}"


def _finding(tenure: TenureRow, supports: list[Support], years: list[int]) -> Finding:
    used = _least(supports)
    start = max((s.start for s in used), default=0)
    end = max((s.end for s in used), default=0)
    standing = not tenure.standing or any(claim.acting for claim, _, _ in used)
    lists = list(dict.fromkeys(f"leaders/{claim.file}" for claim, _, _ in used))
    whole = start == end == 2 and standing
    if years and not whole and _adds([claim for claim, _, _ in used], years):
        lists.append(f"leaders/{UNGA}@{min(years)}" + (f"..{max(years)}" if len(set(years)) > 1 else ""))
    source = "|".join([*lists, *([] if whole else ["unverified"])])
    days = (
        _more_exact(tenure.start, [c.start for c, g, _ in used if g == 2]),
        _more_exact(tenure.end, [c.end for c, _, g in used if g == 2]),
    )
    return Finding(tenure, tuple(supports), tuple(sorted(set(years))), source, *days)


def _least(supports: list[Support]) -> list[Support]:
    """The claims that are enough to say what all say, the best first; a row of no office that has both ends otherwise is none."""
    used: list[Support] = []
    for support in sorted(supports, key=lambda s: -(s.start + s.end)):
        more = not used or support.start > max(u.start for u in used) or support.end > max(u.end for u in used)
        if more and not (support.claim.file == REIGN and support.start == support.end == -1):
            used.append(support)
    return used


def _adds(claims: list[Claim], years: list[int]) -> bool:
    """Whether the speeches say more than the other lists: a day before their start or after what they know."""
    before = all(f"{min(years)}-10-15" < first_day(claim.start) for claim in claims)
    return before or all(f"{max(years)}-09-15" > last_day(claim.known_until) for claim in claims)


def _more_exact(ours: str, theirs: list[str]) -> str:
    return next((d for d in theirs if len(d) == 10 and len(ours) < 10 and ours and d.startswith(ours)), ours)


# The report ------------------------------------------------------------------------------------------------------


def iter_disagreements(findings: Iterable[Finding]) -> Iterator[str]:
    """A line for each list's date that is another than ours, unless a second row of the list agrees: it names a later term."""
    for finding in findings:
        t = finding.tenure
        for claim, start, end in finding.claims:
            same = [s for s in finding.claims if s.claim.file == claim.file]
            if start == max(s.start for s in same) == -1:
                yield _disagreement(t, "start", t.start, claim, claim.start)
            if end == max(s.end for s in same) == -1:
                yield _disagreement(t, "end", t.end, claim, claim.end)


def _disagreement(t: TenureRow, what: str, ours: str, claim: Claim, theirs: str) -> str:
    said = f"{claim.file} {theirs or 'open'} ({claim.name})"
    return f"{t.person} {t.office} {t.of} {what}: ours {ours or 'open'}, {said}"


def share_unverified(findings: Iterable[Finding], states: set[str] | None = None, *, new: bool) -> str:
    """«12 of 40 (30 %)»: tenures that no list supports, as the file says it now or as found."""
    sources = [f.source if new else f.tenure.source for f in findings if states is None or f.tenure.of in states]
    bare = sum(source == "unverified" for source in sources)
    return f"{bare} of {len(sources)} ({bare / max(len(sources), 1):.0%})"


def print_report(report: Report, roster: Roster) -> None:
    """Counts first, then what to look at: lost support, dates that become exact, disagreements, and what stays unverified."""
    _print_shares(report.findings, roster.states)
    _print_counts(report.findings)
    _print_list(
        "Weaker than the file says now", [_row(f, f.tenure.source, f.source) for f in report.findings if _weaker(f)]
    )
    days = [(f, f"{f.tenure.start}..{f.tenure.end}", f"{f.start}..{f.end}") for f in report.findings]
    _print_list("Made more exact by --write", [_row(f, old, new) for f, old, new in days if old != new])
    _print_list("Ambiguous, confirms nothing", report.ambiguous)
    _print_list("Disagreements on a start or an end", list(iter_disagreements(report.findings)))
    _print_list("Other speakers in the General Debate", report.disputes)
    bare: dict[str, list[str]] = defaultdict(list)
    for t in (f.tenure for f in report.findings if f.source == "unverified"):
        bare[t.of].append(f"{t.person} {t.office} {t.start}")
    _print_list("Unverified, by state", [f"{of} {len(rows)}: {'; '.join(rows)}" for of, rows in sorted(bare.items())])


def _print_shares(findings: list[Finding], states: list[str]) -> None:
    groups = (("all", None), ("post-Soviet states", POST_SOVIET), ("main partners", MAIN_PARTNERS))
    for name, first in groups:
        chosen = set(states[:first]) if first else None
        before, after = (share_unverified(findings, chosen, new=new) for new in (False, True))
        print(f"unverified, {name}: {before} -> {after}")


def _print_counts(findings: list[Finding]) -> None:
    parts = [(part.split("@")[0], "unverified" in f.source) for f in findings for part in f.source.split("|")]
    counted = Counter(parts)
    print("\nTenures a source confirms: whole, in part")
    for source in sorted({source for source, _ in parts} - {"unverified"}):
        print(f"  {source:48}{counted[source, False]:5}{counted[source, True]:5}")
    twice = sum(".." in f.source for f in findings)
    print(
        f"  in the General Debate in two years or more: {twice}, in one: {sum('@' in f.source for f in findings) - twice}"
    )


def _row(finding: Finding, old: str, new: str) -> str:
    t = finding.tenure
    return f"{t.person} {t.office} {t.of} {t.start}: {old} -> {new}"


def _weaker(finding: Finding) -> bool:
    old, new = finding.tenure.source, finding.source
    return old != "unverified" and (new == "unverified" or ("unverified" in new and "unverified" not in old))


def _print_list(title: str, lines: list[str]) -> None:
    print(f"\n{title}: {len(lines)}")
    for line in lines:
        print(f"  {line}")


def write_sources(report: Report, roster: Roster, path: Path) -> None:
    """Rewrite `source`, and a start or end that a list gives more exactly."""
    rows = [
        "\t".join((f.tenure.person, f.tenure.office, f.tenure.of, f.start, f.end, f.tenure.standing, f.source))
        for f in report.findings
    ]
    path.write_text("\n".join([roster.head, *rows]) + "\n", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds leaders/")
    parser.add_argument("--world", type=Path, default=WORLD)
    parser.add_argument("--write", action="store_true", help="rewrite the sources in tenures.tsv")
    given = parser.parse_args()
    leaders = given.data / "leaders"
    if not (leaders / UNGA).exists():
        print(f"{leaders / UNGA} is missing: give --data the folder that holds leaders/", file=sys.stderr)
        return 1
    roster = Roster(given.world)
    report = compare_world(roster, load_claims(leaders), load_attestations(leaders / UNGA))
    print_report(report, roster)
    if given.write:
        write_sources(report, roster, given.world / "tenures.tsv")
    return 0


if __name__ == "__main__":
    sys.exit(main())
