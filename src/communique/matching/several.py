"""Several records beside each other: the comparisons of all pairs, joined row by row.

In: records. Out: `Several`: rows with a side for each record that has one. Holds always: two statements of one record stand in two rows;
of two records the rows are those of `compare`, in its order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, NamedTuple

import msgspec

from communique.matching.compare import ORDER_OF_NAMES, Comparison, Row, compare
from communique.matching.decide import Edge, Node, partition
from communique.matching.features import Feature
from communique.matching.sides import Side
from communique.matching.silence import Silent
from communique.matching.wording import Encoder
from communique.record.record import Record

Found = Literal["all", "some", "differently"]
_LIKELY = {"both": 2.0, "differently": 1.0}  # what is told alike is joined before what is told otherwise


class Between(msgspec.Struct, frozen=True):
    """What the comparison of two of the records found in a row; `one` and `other` are their positions."""

    one: int
    other: int
    features: tuple[Feature, ...]


class SeveralRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that at least one record says; a record has a side here, or is silent about it."""

    section: str
    what: str
    verdict: Found
    sides: tuple[Side | None, ...]
    silences: tuple[Silent | None, ...]
    between: tuple[Between, ...]

    @property
    def having(self) -> tuple[int, ...]:
        """The positions of the records that say it."""
        return tuple(n for n, side in enumerate(self.sides) if side is not None)


class Several(msgspec.Struct, frozen=True):
    """All rows, and the doubts of each pair of positions."""

    records: tuple[Record, ...]
    rows: tuple[SeveralRow, ...]
    doubts: tuple[tuple[int, int, str], ...]


class _Said(NamedTuple):
    """A statement of one record, named so that it is the same in the comparison with every other record."""

    record: int
    what: str
    words: str
    places: tuple[tuple[int, int], ...]
    time: int


@dataclass(slots=True)
class _Gathered:
    """What the pairs say: statements in the order in which they come up, links, silences, and what was compared."""

    sides: dict[_Said, Side] = field(default_factory=dict)
    section: dict[_Said, str] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    between: dict[tuple[_Said, _Said], tuple[Feature, ...]] = field(default_factory=dict)
    silent: dict[tuple[_Said, int], Silent] = field(default_factory=dict)


def compare_several(records: Sequence[Record], encoder: Encoder | None = None) -> Several:
    """What all, some or one of these records say, and what they say differently."""
    gathered = _Gathered()
    doubts: list[tuple[int, int, str]] = []
    for one, other in combinations(range(len(records)), 2):
        comparison = compare(records[one], records[other], encoder)
        doubts += [(one, other, doubt) for doubt in comparison.doubts]
        _gather(gathered, comparison, one, other, several=len(records) > 2)
    return Several(tuple(records), tuple(_rows(gathered, len(records))), tuple(doubts))


def _gather(gathered: _Gathered, comparison: Comparison, one: int, other: int, *, several: bool) -> None:
    times: Counter[tuple[object, ...]] = Counter()

    def name(record: int, row: Row, side: Side) -> _Said:
        places = () if row.what == ORDER_OF_NAMES else tuple((e.start, e.end) for e in side.evidence)
        words = "" if row.what == ORDER_OF_NAMES else "".join(piece.text for piece in side.pieces)
        times[record, row.what, words, places] += 1
        return _Said(record, row.what, words, places, times[record, row.what, words, places])

    for row in comparison.rows:
        a, b = (side and name(n, row, side) for n, side in ((one, row.a), (other, row.b)))
        for said, side in ((a, row.a), (b, row.b)):
            if said and side:
                gathered.section.setdefault(said, _section(row.section, several))
                if len(side.evidence) > len(gathered.sides.setdefault(said, side).evidence):
                    gathered.sides[said] = side  # of an order of names the one with most names
        if a and b:
            gathered.edges.append(Edge(_node(a), _node(b), _LIKELY[row.verdict]))
            gathered.between[a, b] = row.features
        elif row.silence and (lonely := a or b):
            gathered.silent[lonely, other if a else one] = Silent(row.silence, row.nearby)


def _section(section: str, several: bool) -> str:
    """Of several records each may call the one meeting another kind; that is a row of its own."""
    return "Meeting" if several and section.startswith("Meeting: ") else section


def _node(said: _Said) -> str:
    return repr(tuple(said))


def _rows(gathered: _Gathered, count: int) -> Iterable[SeveralRow]:
    nodes = {_node(said): Node(str(said.record), _node(said)) for said in gathered.sides}
    component = partition(nodes, gathered.edges, lambda _, __: False).component
    members: dict[str, list[_Said]] = defaultdict(list)
    for said in gathered.sides:
        members[component[_node(said)]].append(said)
    # In the order in which they came up; what only a later record says stands with the rows of its kind.
    kinds = list(dict.fromkeys((gathered.section[said], said.what) for said in gathered.sides))
    sections = list(dict.fromkeys(gathered.section.values()))
    place = {said: n for n, said in enumerate(gathered.sides)}

    def rank(group: Sequence[_Said]) -> tuple[int, int, int]:
        said = group[0]
        kind = gathered.section[said], said.what
        return sections.index(kind[0]), kinds.index(kind), min(place[s] for s in group)

    return (_row(gathered, group, count) for group in sorted(map(sorted, members.values()), key=rank))


def _row(gathered: _Gathered, group: Sequence[_Said], count: int) -> SeveralRow:
    having = {said.record: said for said in group}
    between = tuple(
        Between(a.record, b.record, gathered.between[a, b])
        for a, b in combinations(group, 2)
        if (a, b) in gathered.between
    )
    differ = any(f.verdict == "differs" for pair in between for f in pair.features)
    silent = (
        next((gathered.silent[said, n] for said in group if (said, n) in gathered.silent), None)
        if n not in having
        else None
        for n in range(count)
    )
    return SeveralRow(
        section=gathered.section[group[0]],
        what=group[0].what,
        verdict="differently" if differ else "all" if len(having) == count else "some",
        sides=tuple(gathered.sides[having[n]] if n in having else None for n in range(count)),
        silences=tuple(silent),
        between=between,
    )
