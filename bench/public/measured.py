"""One number on a public set: counts first, ratios last, and the published number with what stands between the two.

In: gold and our findings of one document. Out: tallies, and `Measured` rows ready to print. Beside a published number
there is always a note that says how it was measured otherwise than ours.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from bench.counts import Tallies, Tally, of_fields

G = TypeVar("G")
F = TypeVar("F")


class Span(NamedTuple):
    """A typed stretch of a text, half-open, in code points."""

    label: str
    start: int
    end: int


class Tie(NamedTuple):
    """Two phrases of a text, as written, and what ties them: a person and a post, a person and whom they met."""

    kind: str
    source: str
    target: str


class Document(msgspec.Struct, frozen=True):
    """A text of a set with its entities and ties; a discontinuous entity is its whole extent."""

    text: str
    entities: tuple[Span, ...]
    ties: tuple[Tie, ...]


class Published(msgspec.Struct, frozen=True):
    """A number that others reached, and whose it is."""

    value: float
    source: str


class Line(NamedTuple):
    """What a line of a table counts: its words, the fields of the tallies that it adds up, what others reached, and how."""

    what: str
    fields: Sequence[str]
    published: Published | None = None
    note: str = ""


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the report. `unread` says of how many documents our coverage says what instead of `read`."""

    set: str
    what: str
    tally: Tally
    documents: int
    unread: dict[str, int] = {}
    published: Published | None = None
    note: str = ""

    @property
    def read(self) -> int:
        return self.documents - sum(self.unread.values())


def rows_of(name: str, coverages: Sequence[str], tallies: Tallies, lines: Iterable[Line]) -> list[Measured]:
    """The rows of a set from the tallies of all its documents and the coverage of each; no document, no row."""
    unread = dict(Counter(state for state in coverages if state != "read"))
    return [
        Measured(
            set=name, what=line.what, tally=of_fields(tallies, line.fields), documents=len(coverages), unread=unread,
            published=line.published, note=line.note,
        )
        for line in lines
        if coverages
    ]  # fmt: skip


def count_spans(gold: Iterable[Span], ours: Iterable[Span]) -> dict[str, Tally]:
    """The tally of every label; a span is right when label, start and end are the gold's, nested ones included.

    >>> count_spans([Span("PERSON", 0, 5)], [Span("PERSON", 0, 5), Span("CITY", 8, 12)])
    {'CITY': Tally(tp=0, fp=1, fn=0), 'PERSON': Tally(tp=1, fp=0, fn=0)}
    """
    wanted, found = set(gold), set(ours)
    tallies = {}
    for label in sorted({span.label for span in wanted | found}):
        here, there = {s for s in wanted if s.label == label}, {s for s in found if s.label == label}
        tallies[label] = Tally(len(here & there), len(there - here), len(here - there))
    return tallies


def count_pairs(
    gold: Sequence[G], ours: Sequence[F], agree: Callable[[G, F], bool], ignored: Sequence[G] = ()
) -> Tally:
    """The tally of facts, each paired with one at most; what agrees with an ignored fact alone counts neither way."""
    paired = pair_up(gold, ours, agree)
    taken = set(paired.values())
    extra = [f for j, f in enumerate(ours) if j not in taken and not any(agree(g, f) for g in ignored)]
    return Tally(len(paired), len(extra), len(gold) - len(paired))


def pair_up(gold: Sequence[G], ours: Sequence[F], agree: Callable[[G, F], bool]) -> dict[int, int]:
    """As many one-to-one pairs as there can be, gold index to our index (augmenting paths).

    >>> pair_up(["ab", "a"], ["a", "b"], lambda g, f: f in g)
    {1: 0, 0: 1}
    """
    edges = [[j for j, f in enumerate(ours) if agree(g, f)] for g in gold]
    holder: dict[int, int] = {}

    def seat(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in holder or seat(holder[j], seen):
                    holder[j] = i
                    return True
        return False

    for i in range(len(gold)):
        seat(i, set())
    return {i: j for j, i in holder.items()}


def print_measured(rows: Sequence[Measured]) -> None:
    """The table of one set, then its notes, each once."""
    head = f"{'docs':>7}{'read':>7}{'tp':>6}{'fp':>6}{'fn':>6}{'P':>7}{'R':>7}{'F1':>7}   published (how: note)"
    print(f"\n{rows[0].set:38}{head}")
    notes = list(dict.fromkeys(row.note for row in rows if row.note))
    for row in rows:
        mark = f" [{notes.index(row.note) + 1}]" if row.note else ""
        counts = f"{row.documents:7}{row.read:7}{row.tally.tp:6}{row.tally.fp:6}{row.tally.fn:6}"
        print(f"{row.what:38}{counts}{_ratios(row)}   {_beside(row.published)}{mark}")
    for number, note in enumerate(notes, 1):
        print(f"  [{number}] {note}")
    for state, times in rows[0].unread.items():
        print(f"  not read: {times} of {rows[0].documents}, coverage {state}")


def _ratios(row: Measured) -> str:
    """Precision, recall, F1; where nothing was read there is nothing to divide."""
    t = row.tally
    if not row.read:
        return f"{f'{t.tp} found of {t.tp + t.fn}':>21}"
    return f"{t.precision:7.3f}{t.recall:7.3f}{t.f1:7.3f}"


def _beside(published: Published | None) -> str:
    return f"{published.value:.3f} {published.source}" if published else "–"
