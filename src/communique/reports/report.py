"""The one type of answer: rows of cells, and footnotes that quote the words on which they stand.

In: what a question found. Out: an immutable Report that any rendering can draw. Holds always: every number in a cell
is the number of a footnote; a value that no words state is marked and has the reason among its footnotes.
"""

from typing import Literal

import msgspec

from communique.errors import RecordError
from communique.record.document import Document, Evidence
from communique.record.markup import Piece

Tone = Literal["agreement", "difference", "one_sided"]


class Words(msgspec.Struct, frozen=True, kw_only=True, tag="words", tag_field="kind"):
    """A footnote that quotes a document: `text[start:end]` of the document with this id is the quote."""

    number: int
    document: str
    version: str
    start: int
    end: int
    quote: str
    url: str | None = None


class Reason(msgspec.Struct, frozen=True, kw_only=True, tag="reason", tag_field="kind"):
    """A footnote that says why a value stands here although no words state it."""

    number: int
    reason: str


Footnote = Words | Reason


class Run(msgspec.Struct, frozen=True):
    """A stretch of a cell with the numbers of its footnotes."""

    text: str
    footnotes: tuple[int, ...] = ()
    inferred: bool = False

    @property
    def shown(self) -> str:
        return f"[{self.text}]" if self.inferred else self.text


class Cell(msgspec.Struct, frozen=True):
    """A cell; `code` is its value for scripts, `tone` what a drawing may stress."""

    runs: tuple[Run, ...] = ()
    code: str | None = None
    tone: Tone | None = None

    @property
    def shown(self) -> str:
        return "".join(run.shown for run in self.runs)


class ReportRow(msgspec.Struct, frozen=True):
    """One row; `why` are sentences on how it came about, for those who ask."""

    section: str
    cells: tuple[Cell, ...]
    why: tuple[str, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What every question answers with."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[ReportRow, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if [f.number for f in self.footnotes] != list(range(1, len(self.footnotes) + 1)):
            raise RecordError("footnotes are numbered from 1 in their order; collect them with Footnotes")
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise RecordError(f"a row of {len(row.cells)} cells under {len(self.columns)} columns")
            for run in (r for cell in row.cells for r in cell.runs):
                if any(not 1 <= n <= len(self.footnotes) for n in run.footnotes):
                    raise RecordError(f"«{run.text}» has the footnotes {run.footnotes}, not all of which are there")


class Footnotes:
    """Numbers footnotes in the order in which the cells ask for them; the same words have one number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[object, ...], int] = {}
        self._all: list[Footnote] = []

    def words(self, doc: Document, evidence: Evidence) -> int:
        """The number of the footnote that quotes this evidence."""
        number = self._number(doc.id, doc.version, evidence.start, evidence.end)
        if number > len(self._all):
            self._all.append(
                Words(
                    number=number, document=doc.id, version=doc.version, start=evidence.start, end=evidence.end,
                    quote=evidence.quote, url=doc.url,
                )
            )  # fmt: skip
        return number

    def reason(self, reason: str) -> int:
        """The number of the footnote with this reason."""
        number = self._number(reason)
        if number > len(self._all):
            self._all.append(Reason(number=number, reason=reason))
        return number

    def runs(self, pieces: tuple[Piece, ...], doc: Document, evidence: tuple[Evidence, ...]) -> tuple[Run, ...]:
        """Pieces of a view as runs: what is inferred keeps its mark and its reason, the words are cited at the end."""
        runs: list[Run] = []
        for piece in pieces:
            if piece.note is not None:
                runs.append(Run(piece.text, (self.reason(piece.note),), True))
            elif runs and not runs[-1].inferred:
                runs[-1] = Run(runs[-1].text + piece.text)
            else:
                runs.append(Run(piece.text))
        words = tuple(dict.fromkeys(self.words(doc, e) for e in evidence))
        if words and runs and not runs[-1].inferred:
            return (*runs[:-1], Run(runs[-1].text, words))
        return (*runs, Run("", words)) if words else tuple(runs)

    def all(self) -> tuple[Footnote, ...]:
        return tuple(self._all)

    def _number(self, *key: object) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)
