"""One record as a side of a comparison: its statements in lists, each with the cell that shows it.

In: a Record. Out: `Shown` lists. The values are those of `record.markup`, so that a comparison shows what `show` shows.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from communique.matching.align import Stated
from communique.matching.meetings import Subject, subjects_of
from communique.matching.wording import Encoder
from communique.record.document import Evidence
from communique.record.facts import Fact, Meeting
from communique.record.markup import FactView, Piece, iter_views
from communique.record.record import Record

_MEETING = ("kind", "status", "start", "place", "body")
_PARTICIPANT = ("actor", "office", "represents", "organisation", "presence", "capacity")
_OBVIOUS = "exact"  # the bound that every number has unless the text says otherwise


class Side(msgspec.Struct, frozen=True):
    """What one record says in a row: the value as it is shown, and the words that state it."""

    pieces: tuple[Piece, ...]
    evidence: tuple[Evidence, ...]


class Shown(NamedTuple):
    """Statements of one kind, and the side that each makes."""

    stated: list[Stated[Any]]
    sides: list[Side]


class Sides:
    """Makes the sides of one record."""

    def __init__(self, record: Record, encoder: Encoder | None = None) -> None:
        self.record, self._encoder = record, encoder
        self._views = dict(zip((f.id for f in record.facts), iter_views(record), strict=True))

    def meetings(self) -> Shown:
        return self.facts(self.record.meetings, _MEETING)

    def facts(self, facts: Sequence[Fact], cell: tuple[str, ...]) -> Shown:
        """Facts of one type; `cell` names the values that show them, in this order."""
        return self._shown(facts, [self._views[f.id] for f in facts], cell)

    def people(self, meeting: Meeting) -> Shown:
        views = self._views[meeting.id].parts[: len(meeting.participants)]
        return self._shown(meeting.participants, views, _PARTICIPANT)

    def subjects(self, meeting: Meeting) -> Shown:
        subjects = subjects_of(meeting)
        return self._shown(subjects, [_subject_view(s) for s in subjects], ("code", "label"))

    def field(self, meeting: Meeting, field: str) -> Side | None:
        """What the record says of one field of a meeting; None where it is silent."""
        pieces = dict(self._views[meeting.id].rows).get(field)
        return Side(pieces, evidence_of(meeting, field)) if pieces else None

    def _shown(self, said: Sequence[Any], views: Sequence[FactView], cell: tuple[str, ...]) -> Shown:
        stated = [Stated(self.record, s, _whole(v), self._encoder) for s, v in zip(said, views, strict=True)]
        return Shown(stated, [Side(_cell(v, cell), v.evidence) for v in views])


def evidence_of(statement: Fact, field: str) -> tuple[Evidence, ...]:
    """The evidence that proves one field."""
    return tuple(e for e in statement.evidence if any(f.split(".")[0] == field for f in e.fields))


def _subject_view(subject: Subject) -> FactView:
    """One view for all topics of one code: the code once, every label."""
    labels = "; ".join(dict.fromkeys(f"«{t.label}»" for t in subject))
    rows = (("code", (Piece(subject.code.replace("_", " ")),)), ("label", (Piece(labels),)))
    return FactView("Topic", rows, tuple(e for t in subject for e in t.evidence))


def _cell(view: FactView, labels: tuple[str, ...]) -> tuple[Piece, ...]:
    """The named values of a view, one after the other."""
    values = dict(view.rows)
    shown = [_quoted(values[name]) if name == "text" else values[name] for name in labels if name in values]
    shown = [pieces for pieces in shown if "".join(p.text for p in pieces) != _OBVIOUS]
    return tuple(p for n, pieces in enumerate(shown) for p in ((Piece(", "), *pieces) if n else pieces))


def _quoted(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return pieces if pieces[0].text.startswith("«") else (Piece("«"), *pieces, Piece("»"))


def _whole(view: FactView) -> str:
    """A view in one line: what reads alike here is alike in every field, and in what is inferred of it."""
    rows = "; ".join(f"{name}: {''.join(p.shown for p in pieces)}" for name, pieces in view.rows)
    return f"{view.heading}: {rows}"
