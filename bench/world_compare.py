"""What lists of leaders say of the world's tenures: which of them name the person, how far the dates agree, and so the `source` cell.

In: a `Roster`, claims and attestations. Out: a `Report` with a `Finding` for each tenure, in the order of the file.

A tenure is confirmed by a row of the same state, the same office, the same person (`Roster.meant`) and overlapping years. `source` is
the lists, then the pages that were read, joined by `|`, then `unverified` where a start, an end or the standing of an acting holder
is not confirmed to the month. An open end is confirmed by a list that has it open too, as of the list's date. What a page supports
cannot be checked here: a page and a cabinet's list stay where they stand, and beside them `unverified` stays or stays away, until
lists confirm both ends. A row that rests on a list of cabinets is left as it is where that list is not at hand.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from bench.world_days import days_apart, first_day, grade, grade_end, last_day, more_exact
from bench.world_lists import CABINETS, REIGN, UNGA, Attestation, Claim
from bench.world_roster import Roster, TenureRow

UNVERIFIED = "unverified"
# The three lists of cabinets in leaders/, by the name that they have among the cabinets.
TWINS = {f"cabinets/{Path(file).stem}": f"leaders/{file}" for file in CABINETS}


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

    @property
    def unfound(self) -> list[str]:
        """Lists that the row names and that were not found to name it."""
        found = {support.claim.source for support in self.claims}
        named = (s for s in self.tenure.sources if s.startswith(("leaders/", "cabinets/")) and UNGA not in s)
        return [source for source in named if TWINS.get(source, source) not in found]


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
            end = grade_end(tenure.end, claim.end, claim.as_of)
            if end == -1 and roster.goes_on(tenure):
                end = 0
            supports[tenure.line].append(Support(claim, grade(tenure.start, claim.start), end))
    attested = _attested(roster, attestations, report)
    loaded = {claim.source for claim in claims}
    for tenure in roster.tenures:
        sharp, found = _sharpened(roster, tenure, supports[tenure.line])
        finding = _finding(tenure, sharp, found, attested[tenure.line])
        absent = any(TWINS.get(s, s) not in loaded for s in tenure.sources if s.startswith("cabinets/"))
        as_is = replace(finding, source=tenure.source, start=tenure.start, end=tenure.end)
        report.findings.append(as_is if absent else finding)
    return report


def _sharpened(roster: Roster, tenure: TenureRow, supports: list[Support]) -> tuple[TenureRow, list[Support]]:
    """The tenure with the days that lists give within our month or year, and the claims graded against these.

    Not with a day on which another is in office: two lists that are a day apart would make two holders.
    """
    start = more_exact(tenure.start, [c.start for c, g, _ in supports if g == 2])
    end = more_exact(tenure.end, [c.end for c, _, g in supports if g == 2])
    others = [t for t in roster.in_office[tenure.of, tenure.office] if t.person != tenure.person]
    if any(first_day(t.start) < start < last_day(t.end) for t in others):
        start = tenure.start
    if end and any(first_day(t.start) < end < last_day(t.end) for t in others):
        end = tenure.end
    sharp = replace(tenure, start=start, end=end)
    graded = [
        Support(c, grade(start, c.start), e if end == tenure.end else grade_end(end, c.end, c.as_of))
        for c, _, e in supports
    ]
    return sharp, graded


def _tenures_of_claim(roster: Roster, claim: Claim, ambiguous: list[str]) -> list[TenureRow]:
    held = (t for office in claim.offices for t in roster.in_office[claim.state, office])
    standing = ("acting",) if claim.acting else ("", "acting", "former", "designate")
    fits = roster.meant((t for t in held if t.overlaps(claim) and t.standing in standing), claim)
    reign = claim.source == f"leaders/{REIGN}"
    if reign:
        fits = [t for t in fits if days_apart(t.start, claim.start) <= 45]
    if len({t.person for t in fits}) > 1:  # Саргсян, president and prime minister since one day: the end decides
        fits = [t for t in fits if grade(t.start, claim.start) == grade_end(t.end, claim.end, claim.as_of) == 2] or fits
    if len({t.person for t in fits}) > 1:
        people = ", ".join(t.person for t in fits)
        ambiguous.append(f"{claim.source}: {claim.state} {claim.name} {claim.start}: {people}")
        return []
    if reign:
        return fits[:1]  # HEAD_OFFICES stand in order of rank
    return [t for t in fits if grade(t.start, claim.start) > 0] or fits


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
            elif roster.in_scope(speech.state, office, f"{speech.year}-09") and (
                sure or not _may_hold(roster, speech, office, people)
            ):
                report.disputes.append(_dispute(speech, office, sure, people))
    return years


def holds(tenure: TenureRow, speech: Attestation) -> bool:
    """Whether the tenure covers every day of that year's debate, read at its narrowest."""
    first, last = speech.days
    return last_day(tenure.start) <= first and last <= (first_day(tenure.end) if tenure.end else "9999")


def _may_hold(roster: Roster, speech: Attestation, office: str, people: set[str]) -> bool:
    """Whether the speaker is none of ours, or held the post in that year by our dates, too coarse or too close to say."""
    year = str(speech.year)
    held = (t for t in roster.in_office[speech.state, office] if t.person in people)
    return not people or any(t.start[:4] <= year and (not t.end or t.end[:4] >= year) for t in held)


def _dispute(speech: Attestation, office: str, sure: list[TenureRow], people: set[str]) -> str:
    ours = ", ".join(f"{t.person} {t.start}..{t.end}" for t in sure) or "nobody for sure"
    known = f" (= {', '.join(sorted(people))})" if people else ""
    return f"{speech.state} {office} {speech.year}: {UNGA} has {speech.name}{known}, ours {ours}"


def _finding(tenure: TenureRow, sharp: TenureRow, supports: list[Support], years: list[int]) -> Finding:
    used = _used(supports, tenure.sources)
    standing = not tenure.standing or any(claim.acting for claim, _, _ in used)
    whole = standing and max((s.start for s in used), default=0) == max((s.end for s in used), default=0) == 2
    lists = [claim.source for claim, _, _ in used]
    attested = []
    if years and not whole and _adds([claim for claim, _, _ in used], years):
        attested = [f"leaders/{UNGA}@{min(years)}" + (f"..{max(years)}" if len(set(years)) > 1 else "")]
    source = _source(tenure, lists, attested, whole=whole)
    return Finding(tenure, tuple(supports), tuple(sorted(set(years))), source, sharp.start, sharp.end)


def _source(tenure: TenureRow, lists: list[str], attested: list[str], *, whole: bool) -> str:
    """The cell: lists, then pages. Where a page, or a list in which the row was not found, carries it, `unverified` is as it was."""
    kept = [s for s in tenure.sources if not s.startswith("leaders/") and s != UNVERIFIED]
    carried = any(TWINS.get(source, source) not in lists for source in kept)
    bare = not whole and (UNVERIFIED in tenure.sources or not carried)
    parts = [*lists, *attested, *kept, *([UNVERIFIED] if bare else [])]
    return "|".join(sorted(dict.fromkeys(parts), key=_rank))


def _rank(source: str) -> int:
    """Lists of `leaders/` stand first, the speakers after them, then cabinets, pages, and what is open."""
    kinds = ("leaders/", f"leaders/{UNGA}", "cabinets/", "http", UNVERIFIED)
    return max((n for n, kind in enumerate(kinds) if source.startswith(kind)), default=len(kinds) - 2)


def _used(supports: list[Support], named: list[str]) -> list[Support]:
    """The claims of the lists that the row names, and those that are needed to say what all say, in the order of the lists.

    A row of a list of no offices that has both ends otherwise is about another tenure.
    """
    used: list[Support] = []
    for support in sorted(supports, key=lambda s: (s.claim.source not in named, -(s.start + s.end))):
        more = not used or support.start > max(u.start for u in used) or support.end > max(u.end for u in used)
        if support.claim.source == f"leaders/{REIGN}" and support.start == support.end == -1:
            continue
        if more or support.claim.source in named:
            used.append(support)
    return sorted(used, key=supports.index)


def _adds(claims: list[Claim], years: list[int]) -> bool:
    """Whether the speeches say more than the other lists: a day before their start or after what they know."""
    before = all(f"{min(years)}-10-15" < first_day(claim.start) for claim in claims)
    return before or all(f"{max(years)}-09-15" > last_day(claim.known_until) for claim in claims)


class Difference(NamedTuple):
    """A list's date that is another than ours; `days` apart, where both are days, and whether some other list agrees with ours."""

    tenure: TenureRow
    what: str
    ours: str
    claim: Claim
    theirs: str
    seconded: bool

    @property
    def days(self) -> int | None:
        return days_apart(self.ours, self.theirs) if len(self.ours) == len(self.theirs) == 10 else None

    def __str__(self) -> str:
        t = self.tenure
        said = f"{self.claim.source} {self.theirs or 'open'} ({self.claim.name})"
        more = "; another list agrees with ours" if self.seconded else ""
        return f"{t.person} {t.office} {t.of} {self.what}: ours {self.ours or 'open'}, {said}{more}"


def iter_differences(findings: Iterable[Finding]) -> Iterator[Difference]:
    """Each list's date that is another than ours, once, unless a second row of the list agrees: it names a later term."""
    told: set[str] = set()
    for difference in (d for finding in findings for d in _differences(finding)):
        if str(difference) not in told:
            told.add(str(difference))
            yield difference


def _differences(finding: Finding) -> Iterator[Difference]:
    t = finding.tenure
    best_start = max((s.start for s in finding.claims), default=0)
    best_end = max((s.end for s in finding.claims), default=0)
    for claim, start, end in finding.claims:
        same = [s for s in finding.claims if s.claim.source == claim.source]
        if start == max(s.start for s in same) == -1:
            yield Difference(t, "start", finding.start, claim, claim.start, best_start == 2)
        if end == max(s.end for s in same) == -1:
            yield Difference(t, "end", finding.end, claim, claim.end, best_end == 2)
