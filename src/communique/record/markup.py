"""A record as people read it: facts as labelled values beside the words that state them.

In: a Record. Out: `FactView`s, which the terminal page and the notebook share, and HTML. No view drops the difference
between stated and inferred: an inferred value is a `Piece` with the note that says why, drawn in square brackets.
"""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import msgspec

from communique.record.dates import Date
from communique.record.document import ActorRef, Evidence, Inferred
from communique.record.facts import Actor, Fact, Measure, Meeting, Office, Participation, Place, Series, Signer, Topic
from communique.record.record import Record

_NOT_SHOWN = frozenset(
    "id key meeting rule confidence evidence inferred origin said_by participants topics part_of relation "
    "names order".split()
)
_SENTENCE_END = re.compile(r"(?<=[.!?…»”\"])\s+(?=[«“\"–—-]?\s?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ\d])|\n+")
_WIDEST_CONTEXT = 400
# Control characters but the line break, and those that turn the direction of what follows.
_UNPRINTABLE = dict.fromkeys(
    (*range(10), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a shown value; `note` says why it has its value where no words of the text state it."""

    text: str
    note: str | None = None

    @property
    def shown(self) -> str:
        return self.text if self.note is None else f"[{self.text}]"


class Mark(NamedTuple):
    """A marked stretch of the text and what the mark says."""

    start: int
    end: int
    label: str


class FactView(msgspec.Struct, frozen=True):
    """One fact, participant or topic: a heading, labelled values, and its evidence."""

    heading: str
    rows: tuple[tuple[str, tuple[Piece, ...]], ...]
    evidence: tuple[Evidence, ...]
    parts: tuple["FactView", ...] = ()


def iter_views(record: Record) -> Iterator[FactView]:
    """A view of every fact in the record's order; participants and topics are parts of their meeting."""
    for fact in record.facts:
        heading = type(fact).__name__ + ("" if fact.relation == "reported" else f", {fact.relation}")
        if fact.said_by != "narrator":
            heading += ", claimed in a quote"
        parts = _parts(record, fact) if isinstance(fact, Meeting) else ()
        yield FactView(heading, tuple(_rows(record, fact)), fact.evidence, parts)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence or sentences in which `text[start:end]` stands, cut to some 400 characters around the words."""
    borders = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
    left = max(b for b in borders if b <= start)
    right = min(b for b in borders if b >= end)
    spare = max(0, _WIDEST_CONTEXT - (end - start)) // 2
    return max(left, start - spare), min(right, end + spare)


def iter_marked(text: str, marks: Iterable[Mark], start: int = 0) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A text that begins at offset `start` in stretches, each with the labels of the marks that cover it.

    >>> list(iter_marked("принял посла", [Mark(7, 12, "who")]))
    [('принял ', ()), ('посла', ('who',))]
    """
    end = start + len(text)
    inside = [m for m in marks if m.start < end and m.end > start]
    edges = {e for m in inside for e in (m.start, m.end) if start < e < end}
    borders = sorted({start, end, *edges})
    for left, right in pairwise(borders):
        labels = tuple(m.label for m in inside if m.start <= left and right <= m.end)
        yield text[left - start : right - start], labels


def marks_of(view: FactView) -> list[Mark]:
    """The marks of one fact, labelled with its heading and the fields that the words prove."""
    return [Mark(e.start, e.end, f"{view.heading}: {', '.join(e.fields)}") for e in view.evidence]


def printable(words: str) -> str:
    """Without control characters: a record from elsewhere must not steer the terminal or the page."""
    return words.translate(_UNPRINTABLE)


def actor_pieces(record: Record, ref: ActorRef, inferred: Inferred | None = None) -> tuple[Piece, ...]:
    """An actor as a fact names it: the name where these words state it, else the words and [the name] behind them."""
    actor = record.actor(ref)
    name = _name(record, actor) or ref.ref
    if ref.as_written is None:
        return (Piece(name, _why(inferred) if inferred else "the text leaves the actor implicit"),)
    if actor is None or actor.name is None or ref.as_written == name:
        return (Piece(ref.as_written),)
    supplied = next((i for i in actor.inferred if i.field == "name"), inferred)
    if _states_name(ref.as_written, actor.name) and supplied is None:
        return (Piece(name),)
    return (Piece(f"«{ref.as_written}» "), Piece(name, _why(supplied) if supplied else "named elsewhere in the text"))


def office_pieces(actor: Actor) -> tuple[Piece, ...]:
    """The offices of an actor, one after the other."""
    why = next((_why(i) for i in actor.inferred if i.field.startswith("offices")), None)
    return tuple(_between([Piece(_office(o), why) for o in actor.offices], ", "))


def date_words(date: Date) -> str:
    """The value with its qualifier, and the words it came from where they say something else."""
    value = date.value if date.qualifier in (None, "on") else f"{date.qualifier} {date.value}"
    return value if date.original in ("", date.value) else f"{value} («{date.original}»)"


def record_html(record: Record) -> str:
    """The record for a notebook: the text with every evidence marked, then the facts. All words are escaped."""
    views = list(iter_views(record))
    title = record.document.title or record.document.id
    marks = [m for view in views for v in (view, *view.parts) for m in marks_of(v)]
    marked = "".join(_mark_html(words, labels) for words, labels in iter_marked(record.document.text, marks))
    facts = "".join(_view_html(view) for view in views) or "<li>no facts</li>"
    problems = "".join(f"<li>{html.escape(p.message)}</li>" for p in record.problems)
    return (
        f'<div class="communique-record"><h4>{html.escape(title)}</h4>'
        f'<div style="white-space: pre-wrap">{marked}</div><ul>{facts}</ul>'
        + (f"<p>Problems</p><ul>{problems}</ul>" if problems else "")
        + "</div>"
    )


def _parts(record: Record, meeting: Meeting) -> tuple[FactView, ...]:
    parts: tuple[Participation | Topic, ...] = (*meeting.participants, *meeting.topics)
    return tuple(FactView(type(part).__name__, tuple(_rows(record, part)), part.evidence) for part in parts)


def _rows(record: Record, statement: Fact | Participation | Topic) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    for field in msgspec.structs.fields(type(statement)):
        value = getattr(statement, field.name)
        if field.name in _NOT_SHOWN or value is None or value in (False, (), {}):
            continue
        reasons = {i.field: i for i in statement.inferred if i.field.split(".")[0] == field.name}
        if pieces := tuple(_pieces(record, value, field.name, reasons)):
            yield field.name.replace("_", " "), pieces
    if isinstance(statement, Participation) and (actor := record.actor(statement.actor)):
        yield from _actor_rows(actor)


def _actor_rows(actor: Actor) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    if actor.offices:
        yield "office", office_pieces(actor)
    for field, value in (("represents", actor.represents), ("organisation", actor.organisation)):
        if value:
            why = next((_why(i) for i in actor.inferred if i.field == field), None)
            yield field, (Piece(value, why),)


def _pieces(record: Record, value: object, path: str, reasons: dict[str, Inferred]) -> Iterator[Piece]:
    """A value as pieces; `path` is its field, dotted inside a struct, so that one part of a place may be inferred."""
    reason = reasons.get(path) or reasons.get(path.split(".")[0])
    why = _why(reason) if reason else None
    if isinstance(value, ActorRef):
        yield from actor_pieces(record, value, reason)
    elif isinstance(value, tuple):
        yield from _between_all([tuple(_pieces(record, v, path, reasons)) for v in value], ", ")
    elif isinstance(value, Signer):
        yield from actor_pieces(record, value.actor, reason)
    elif isinstance(value, Place):
        shown = [(n, getattr(value, n)) for n in ("name", "venue", "country")]
        own = {f"{path}.{n}": reasons.get(f"{path}.{n}") for n, _ in shown}
        whole = why if path in reasons else None
        pieces = [Piece(v, _why(r) if (r := own[f"{path}.{n}"]) else whole) for n, v in shown if v]
        yield from _between(pieces, ", ")
    else:
        yield Piece(_plain(value), why)


def _plain(value: object) -> str:
    if isinstance(value, Date):
        return date_words(value)
    if isinstance(value, Series):
        return value.name if value.ordinal is None else f"{value.name}, no. {value.ordinal}"
    if isinstance(value, Measure):
        return value.label if value.code == "other" else f"{value.code.replace('_', ' ')} («{value.label}»)"
    return str(value).replace("_", " ") if isinstance(value, str) and value.isascii() else str(value)


def _office(office: Office) -> str:
    return office.title if office.standing == "current" else f"{office.title} ({office.standing})"


def _name(record: Record, actor: Actor | None) -> str | None:
    if actor is None:
        return None
    if actor.name:
        return actor.name
    if actor.offices:
        return _office(actor.offices[0])
    members = [_name(record, record.actor(m)) for m in actor.members]
    return ", ".join(m for m in members if m) or actor.represents


def _states_name(words: str, name: str) -> bool:
    """Whether the last word of a name stands in these words, in any case: «Анну Холм» states Анна Холм."""
    last = name.split()[-1].casefold()
    return last[: max(3, len(last) - 2)] in words.casefold()


def _why(inferred: Inferred) -> str:
    return f"{inferred.reason} (from: {inferred.source})" if inferred.source else inferred.reason


def _between(pieces: list[Piece], comma: str) -> Iterator[Piece]:
    yield from _between_all([(p,) for p in pieces], comma)


def _between_all(groups: list[tuple[Piece, ...]], comma: str) -> Iterator[Piece]:
    for number, group in enumerate(groups):
        if number:
            yield Piece(comma)
        yield from group


def _mark_html(words: str, labels: tuple[str, ...]) -> str:
    escaped = html.escape(words)
    title = html.escape("; ".join(dict.fromkeys(labels)), quote=True)
    return f'<mark title="{title}">{escaped}</mark>' if labels else escaped


def _view_html(view: FactView) -> str:
    rows = "; ".join(f"{html.escape(label)}: {_pieces_html(pieces)}" for label, pieces in view.rows)
    parts = "".join(_view_html(part) for part in view.parts)
    return f"<li><b>{html.escape(view.heading)}</b> {rows}{f'<ul>{parts}</ul>' if parts else ''}</li>"


def _pieces_html(pieces: tuple[Piece, ...]) -> str:
    return "".join(
        html.escape(p.shown)
        if p.note is None
        else f'<i title="{html.escape(p.note, quote=True)}">{html.escape(p.shown)}</i>'
        for p in pieces
    )
