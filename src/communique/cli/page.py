"""A record as a page in the terminal: facts on the left, the words that state them marked on the right.

Inferred values stand in square brackets with a number; the reasons are the footnotes. Without colours the marked
words stand between ⟦ and ⟧.
"""

from collections.abc import Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from communique.record.document import Document, Evidence
from communique.record.markup import (
    FactView,
    Piece,
    date_words,
    iter_marked,
    iter_views,
    marks_of,
    printable,
    sentence_around,
)
from communique.record.record import Record

_MARKED = "bold yellow"
_INFERRED = "italic cyan"


class Page:
    """Builds the page of one record; `colours` says whether marks can be drawn as colours."""

    def __init__(self, record: Record, *, colours: bool) -> None:
        self._record = record
        self._colours = colours
        self._notes: dict[str, int] = {}

    def render(self) -> RenderableType:
        """The whole page. The footnotes come last because the facts collect them."""
        facts = [self._fact(view) for view in iter_views(self._record)] or [Text("No facts were found.")]
        return Group(*_head(self._record.document), *facts, *self._footnotes(), *_end(self._record))

    def _fact(self, view: FactView, level: int = 0) -> RenderableType:
        grid = Table.grid(padding=(0, 3), expand=True)
        grid.add_column(ratio=2)
        grid.add_column(ratio=3)
        grid.add_row(self._values(view), self._words(view))
        parts = [self._fact(part, level + 1) for part in view.parts]
        return Padding(Group(grid, *parts), (0 if level else 1, 0, 0, 2 * level))

    def _values(self, view: FactView) -> RenderableType:
        rows = Table.grid(padding=(0, 1))
        for label, pieces in view.rows:
            value = Text()
            for piece in pieces:
                self._append(value, piece)
            rows.add_row(Text(f"  {label}", style="dim"), value)
        return Group(Text(view.heading, style="bold"), rows)

    def _append(self, shown: Text, piece: Piece) -> None:
        if piece.note is None:
            shown.append(printable(piece.text))
            return
        number = self._notes.setdefault(piece.note, len(self._notes) + 1)
        shown.append(printable(piece.shown), style=_INFERRED)
        shown.append(f"({number})", style="dim")

    def _words(self, view: FactView) -> Text:
        """The sentences of the evidence, each once, with its words marked."""
        text, marks = self._record.document.text, marks_of(view)
        words = Text()
        for start, end in _sentences(text, view.evidence):
            words.append(" … " if words else "")
            for stretch, labels in iter_marked(text[start:end], marks, start):
                self._append_words(words, printable(stretch), marked=bool(labels))
        return words

    def _append_words(self, words: Text, stretch: str, *, marked: bool) -> None:
        if marked and not self._colours:
            stretch = f"⟦{stretch}⟧"
        words.append(stretch, style=_MARKED if marked else None)

    def _footnotes(self) -> Iterator[RenderableType]:
        if self._notes:
            yield Rule("Not stated, inferred")
        for note, number in self._notes.items():
            yield Text(f"({number}) {printable(note)}")


def _head(doc: Document) -> Iterator[RenderableType]:
    yield Rule(Text(printable(doc.title or doc.id), style="bold"))
    published = f"published {date_words(doc.published)}" if doc.published else None
    known = (doc.publisher, doc.publisher_state, doc.genre, doc.language, published, f"extent {doc.extent}")
    yield Text(printable(" · ".join(v for v in known if v)))
    if doc.title:
        yield Text(printable(doc.id), style="dim")


def _end(record: Record) -> Iterator[RenderableType]:
    yield Rule("Coverage")
    states = [(getattr(record.coverage, name), name) for name in record.coverage.__struct_fields__]
    for state, group in groupby(sorted(states), key=lambda pair: pair[0]):
        yield Text(f"{state.replace('_', ' ')}: {', '.join(name for _, name in group)}")
    if record.problems:
        yield Rule("Problems")
    for problem in record.problems:
        words = record.document.text[problem.start : problem.end] if problem.start is not None else ""
        yield Text(printable(problem.message + (f": «{words}»" if words else "")))


def _sentences(text: str, evidence: tuple[Evidence, ...]) -> list[tuple[int, int]]:
    """The sentences around the evidence, in order, joined where they meet."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(sentence_around(text, e.start, e.end) for e in evidence):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
