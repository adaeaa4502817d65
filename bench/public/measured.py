"""One number on a public set: counts first, ratios last, and the published number with what stands between the two.

In: gold and our findings of one document. Out: tallies, and `Measured` rows ready to print. A published number is
`same` only where measure, texts and labels are those of its source; else the note of the row says what differs.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple, TypeVar

import msgspec

from bench.counts import Tally

G = TypeVar("G")
O = TypeVar("O")  # noqa: E741


class Span(NamedTuple):
    """A typed stretch of a text, half-open, in code points."""

    label: str
    start: int
    end: int


class Published(msgspec.Struct, frozen=True):
    """A number that others reached: what it is, where it stands, whether ours is measured the same way."""

    value: float
    source: str
    protocol: Literal["same", "other"] = "other"


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the report. `read` of `documents` were read; in the others the language is not read yet."""

    set: str
    what: str
    tally: Tally
    documents: int
    read: int
    published: Published | None = None
    note: str = ""


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
    gold: Sequence[G], ours: Sequence[O], agree: Callable[[G, O], bool], ignored: Sequence[G] = ()
) -> Tally:
    """The tally of facts, each paired with one at most; what agrees with an ignored fact alone counts neither way."""
    paired = pair_up(gold, ours, agree)
    taken = set(paired.values())
    extra = [o for j, o in enumerate(ours) if j not in taken and not any(agree(g, o) for g in ignored)]
    return Tally(len(paired), len(extra), len(gold) - len(paired))


def pair_up(gold: Sequence[G], ours: Sequence[O], agree: Callable[[G, O], bool]) -> dict[int, int]:
    """As many one-to-one pairs as there can be, gold index to our index (augmenting paths).

    >>> pair_up(["ab", "a"], ["a", "b"], lambda g, o: o in g)
    {1: 0, 0: 1}
    """
    edges = [[j for j, o in enumerate(ours) if agree(g, o)] for g in gold]
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


def print_measured(rows: Iterable[Measured]) -> None:
    """The table of one set, then its notes, each once; `~` marks a published number that was measured otherwise."""
    rows = list(rows)
    head = f"{'docs':>7}{'read':>7}{'tp':>6}{'fp':>6}{'fn':>6}{'P':>7}{'R':>7}{'F1':>7}   published"
    print(f"\n{rows[0].set:38}{head}")
    notes = list(dict.fromkeys(row.note for row in rows if row.note))
    for row in rows:
        t, mark = row.tally, f" [{notes.index(row.note) + 1}]" if row.note else ""
        counts = f"{row.documents:7}{row.read:7}{t.tp:6}{t.fp:6}{t.fn:6}{t.precision:7.3f}{t.recall:7.3f}{t.f1:7.3f}"
        print(f"{row.what:38}{counts}   {_beside(row.published)}{mark}".rstrip())
    for number, note in enumerate(notes, 1):
        print(f"  [{number}] {note}")


def _beside(published: Published | None) -> str:
    if published is None:
        return "–"
    return f"{'~' if published.protocol == 'other' else ''}{published.value:.3f} {published.source}"
