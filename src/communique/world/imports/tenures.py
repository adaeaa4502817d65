"""Claims about one person, office and owner -> tenures, held against those that the world has.

In: claims with their persons. Out: tenures that are new, more exact than the world's, or known; and findings about rows that
repeat or contradict each other. Terms that follow each other without a gap are one tenure.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import msgspec

from communique.world.check import overlap, parse_span
from communique.world.entities import Tenure
from communique.world.imports.claims import Claim
from communique.world.imports.findings import Refused
from communique.world.index import split_cell
from communique.world.world import World

Status = Literal["new", "more_exact", "known"]
_FULL_OR_ACTING = ("", "current", "acting")
_UNVERIFIED = "unverified"
Key = tuple[str, str, str, str]
Refusals = list[tuple[Claim, Refused]]


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A tenure of the file, and what it is to the world; `tenure` is the row that is written, where one is."""

    status: Status
    tenure: Tenure
    name: str
    note: str = ""

    @property
    def written(self) -> bool:
        return self.status != "known"


@dataclass(frozen=True, slots=True)
class Stated:
    """A tenure as one or several claims state it."""

    tenure: Tenure
    claims: tuple[Claim, ...]

    @property
    def number(self) -> int:
        return self.claims[0].number

    @property
    def words(self) -> frozenset[str]:
        return frozenset(claim.words for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Joined:
    """The tenures that claims make, and the claims that are refused."""

    stated: list[Stated]
    refused: Refusals


def join_claims(claims: Iterable[tuple[str, Claim]], unit: str) -> Joined:
    """One tenure for all claims about the same time of a person in an office; `unit` is what rows are called."""
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for person, claim in claims:
        groups[person, claim.office, claim.of, claim.standing].append(claim)
    stated: list[Stated] = []
    refused: Refusals = []
    for (person, office, of, standing), told in groups.items():
        fresh = _without_duplicates(told, unit, refused)
        each = [Stated(Tenure(person, office, of, c.start, c.end, standing, ""), (c,)) for c in fresh]
        stated += _joined(_without_contradictions(each, unit, refused))
    stated.sort(key=lambda s: (_key(s.tenure), s.tenure.standing))
    return Joined(list(_with_keys_of_their_own(stated, unit, refused)), refused)


def _key(tenure: Tenure) -> Key:
    """What makes two rows of tenures.tsv one; the standing is not in it."""
    return tenure.of, tenure.office, tenure.person, tenure.start


def _without_duplicates(claims: Iterable[Claim], unit: str, refused: Refusals) -> Iterator[Claim]:
    """A row that repeats the dates of another may still bring another name: the service gives a row for each."""
    seen: dict[tuple[str, ...], tuple[Claim, set[str]]] = {}
    for claim in claims:
        first, said = seen.setdefault((claim.start, claim.end, claim.words), (claim, set()))
        if first is claim:
            yield claim
        elif claim.said <= said:
            what = f"says no more than {unit} {first.number}"
            refused.append((claim, Refused("duplicate", what, "delete it, or ask with SELECT DISTINCT")))
        said |= claim.said


def _without_contradictions(stated: Sequence[Stated], unit: str, refused: Refusals) -> Iterator[Stated]:
    """Which of two contrary rows is right cannot be told, so neither is taken."""
    against: dict[int, Stated] = {}
    for one, other in combinations(stated, 2):
        if one.words & other.words and _contradict(one.tenure, other.tenure):
            against.setdefault(one.number, other)
            against.setdefault(other.number, one)
    for each in stated:
        if each.number not in against:
            yield each
            continue
        other = against[each.number]
        what = f"from {_dates(each.tenure)}, though {unit} {other.number} says {_dates(other.tenure)}"
        refused.append((each.claims[0], Refused("contradiction", what, "delete what is wrong, or correct a date")))


def _contradict(one: Tenure, other: Tenure) -> bool:
    """Two times in one office that share days and are not one time known more and less exactly."""
    if _alike(one.start, other.start) and _alike(one.end, other.end):
        return False
    return overlap(one, other) or _alike(one.start, other.start)


def _joined(stated: Iterable[Stated]) -> Iterator[Stated]:
    """Terms that touch, and times of which one is known more exactly, become one."""
    last: Stated | None = None
    for each in sorted(stated, key=lambda s: (s.tenure.start, s.tenure.end or "9999", s.number)):
        if last is not None and _are_one(last.tenure, each.tenure):
            last = Stated(_both(last.tenure, each.tenure), (*last.claims, *each.claims))
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _are_one(one: Tenure, other: Tenure) -> bool:
    return overlap(one, other) or _alike(one.start, other.start) or _follows(one.end, other.start)


def _follows(end: str, start: str) -> bool:
    """Whether a term can begin on the day, in the month or in the year in which another ended, or the day after.

    >>> _follows("2018-05-07", "2018-05-08"), _follows("2018", "2018-05-08"), _follows("2018", "2019")
    (True, True, False)
    """
    ended, began = parse_span(end), parse_span(start)
    if not ended or not began:
        return False
    next_day = len(end) == len(start) == 10 and (began[0] - ended[0]).days == 1
    return next_day or end[: len(start)] >= start[: len(end)]


def _both(one: Tenure, other: Tenure) -> Tenure:
    starts, ends = (one.start, other.start), (one.end, other.end)
    start = max(starts) if _alike(*starts) else min(starts)
    return replace(one, start=start, end=max(ends) if all(ends) else "")


def _alike(one: str, other: str) -> bool:
    """Whether two dates can be one date, of which one is known more exactly; open ends are alike."""
    return one == other or bool(one and other and (one.startswith(other) or other.startswith(one)))


def _with_keys_of_their_own(stated: Iterable[Stated], unit: str, refused: Refusals) -> Iterator[Stated]:
    """A row with the key of another would replace it: acting and in full since the same year."""
    first: dict[tuple[str, ...], Stated] = {}
    for each in stated:
        other = first.setdefault(_key(each.tenure), each)
        if other is each:
            yield each
            continue
        what = f"begins in {each.tenure.start}, as {unit} {other.number} with another standing does"
        wrong = Refused("contradiction", what, "write the day on which each of the two began")
        refused += [(claim, wrong) for claim in each.claims]


# Against the world -----------------------------------------------------------------------------------------------


def compare_tenures(world: World, stated: Iterable[Stated], source_of: Callable[[Claim], str]) -> list[Compared]:
    """What each tenure is to the world. A tenure of the world changes only where its end is new or more exact.

    A more exact start cannot be written: it is in the key of the row, so that both rows would stand side by side.
    """
    held = {_key(t): t for t in world.tenures}
    by_office: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for key in held:
        by_office[key[:3]].append(key)
    compared: list[Compared] = []
    for each in stated:
        tenure = replace(each.tenure, source=source_of(each.claims[0]))
        there = [held[key] for key in by_office[_key(tenure)[:3]]]
        status, row, note = _compare(tenure, _counterparts(tenure, there))
        if status == "more_exact":
            held[_key(row)] = row
        compared.append(Compared(status=status, tenure=row, name=each.claims[0].called, note=note))
    return compared


def _counterparts(tenure: Tenure, there: Sequence[Tenure]) -> list[Tenure]:
    """The world's tenures that are this one: of the same standing, else of another where a full one may be meant."""
    shared = [t for t in there if _alike(t.start, tenure.start) or overlap(t, tenure)]
    same = [t for t in shared if _full(t.standing) == _full(tenure.standing)]
    if not same and tenure.standing in _FULL_OR_ACTING:
        same = [t for t in shared if t.standing in _FULL_OR_ACTING]
    same = same or [t for t in shared if t.start == tenure.start]
    alike = [t for t in same if _alike(t.start, tenure.start)]
    return alike if len(alike) == 1 else same


def _compare(tenure: Tenure, known: Sequence[Tenure]) -> tuple[Status, Tenure, str]:
    if not known:
        return "new", tenure, ""
    there = known[0]
    if len(known) > 1 or _full(there.standing) != _full(tenure.standing):
        return "known", tenure, "the world says " + ", ".join(_with_standing(t) for t in known)
    if tenure.end and len(tenure.end) > len(there.end) and _alike(tenure.end, there.end or tenure.end):
        note = "the world has no end" if not there.end else f"the world ends it in {there.end}"
        return "more_exact", replace(there, end=tenure.end, source=_sources(there, tenure)), note
    return "known", tenure, _difference(tenure, there)


def _difference(tenure: Tenure, there: Tenure) -> str:
    ends_agree = not tenure.end or _alike(tenure.end, there.end)
    if ends_agree and len(tenure.start) > len(there.start) and _alike(tenure.start, there.start):
        return f"its start is more exact than {there.start}, which is in the key of the row: correct it where it stands"
    agrees = ends_agree and _alike(tenure.start, there.start)
    return "" if agrees else f"the world says {_dates(there)}"


def _sources(there: Tenure, tenure: Tenure) -> str:
    """What held before, and what says the end; unverified no more where the start is confirmed too."""
    before = [source for source in split_cell(there.source) if source not in (_UNVERIFIED, tenure.source)]
    doubtful = _UNVERIFIED in split_cell(there.source) and not _alike(there.start, tenure.start)
    return "|".join([*before, tenure.source, *([_UNVERIFIED] if doubtful else [])])


def _full(standing: str) -> str:
    return "" if standing == "current" else standing


def _dates(tenure: Tenure) -> str:
    return f"{tenure.start} to {tenure.end or 'now'}"


def _with_standing(tenure: Tenure) -> str:
    return f"{tenure.standing} {_dates(tenure)}".strip()
