"""A record's rows in the derived tables: keys with their terms, and facts. Pure: the same record gives the same rows.

Only what the page reports gives keys: earlier and later meetings do not make a document findable. What no words state
is named in `inferred`, and stands in square brackets in `who`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from communique.matching.keys import folded
from communique.record.days import day_of, days_of
from communique.record.document import ActorRef
from communique.record.facts import (
    Act,
    Actor,
    Agreement,
    Commitment,
    Fact,
    Figure,
    Measure,
    Meeting,
    Participation,
    Place,
    Project,
    Quote,
)
from communique.record.markup import actor_pieces
from communique.record.record import Record
from communique.record.vocabulary import REPORTED

Row = dict[str, Any]


class KeyRow(msgspec.Struct, frozen=True):
    """One row of keys, and the terms that it is found by."""

    row: Row
    terms: frozenset[tuple[str, str]]


def document_row(record: Record) -> Row:
    """What `list` shows of a document."""
    doc = record.document
    names = ("title", "publisher", "publisher_state", "publisher_kind", "language", "genre", "extent", "rights")
    row: Row = {name: getattr(doc, name) for name in names}
    return {**row, "published": day_of(record.document.published), "day": next(key_rows(record)).row["day_from"]}


def key_rows(record: Record) -> Iterator[KeyRow]:
    """A row for each meeting that the page reports; one for a page without any, by its acts and papers."""
    meetings = [m for m in record.meetings if m.relation in REPORTED]
    for meeting in meetings:
        yield _meeting_key(record, meeting)
    if not meetings:
        yield _page_key(record)


def _meeting_key(record: Record, meeting: Meeting) -> KeyRow:
    there = [p for p in meeting.participants if p.presence != "absent"]
    place = meeting.place or Place()
    row = {
        "meeting": meeting.id,
        "relation": meeting.relation,
        "kind": meeting.kind,
        "status": meeting.status,
        "mode": meeting.mode,
        "date": meeting.start.value if meeting.start else None,
        "place": place.name,
        "country": place.country,
        "series": meeting.series.name if meeting.series else None,
        "ordinal": meeting.series.ordinal if meeting.series else None,
        "numbers": _numbers(record, meeting.id),
        "inferred": _meeting_inferred(record, meeting, there),
        **_days(record, meeting),
    }
    topics: set[str] = {t.code for t in meeting.topics}
    return _with_parties(record, row, [p.actor for p in there], topics, [_shown(record, p) for p in there])


def _page_key(record: Record) -> KeyRow:
    day = day_of(record.document.published)
    refs = [ref for fact in record.facts if fact.relation in REPORTED for ref in parties_of(fact)]
    none = dict.fromkeys("meeting kind status mode date place country series ordinal".split())
    row = {**none, "relation": "reported", "day_from": day, "day_to": day}
    row |= {"numbers": _numbers(record, None), "inferred": ""}
    first = {ref.ref: ref for ref in reversed(refs)}
    return _with_parties(record, row, refs, set(), [_ref_shown(record, first[r]) for r in dict.fromkeys(first)][::-1])


def _days(record: Record, meeting: Meeting) -> Row:
    published = day_of(record.document.published)
    days = days_of(meeting.start, meeting.end, published) or (published, published)
    return {"day_from": days[0], "day_to": days[1]}


def _with_parties(record: Record, row: Row, refs: list[ActorRef], topics: set[str], who: list[str]) -> KeyRow:
    actors = list(_with_members(record, refs))
    states = {a.represents for a in actors if a.represents}
    people = {_person_key(a) for a in actors if a.kind == "person" and (a.id or a.name)}
    joined = {"states": states, "people": people, "topics": topics}
    row |= {name: " ".join(sorted(values)) for name, values in joined.items()}
    row["who"] = ", ".join(dict.fromkeys(who))
    terms = {("state", s) for s in states} | {("topic", t) for t in topics}
    return KeyRow(row, frozenset(terms.union(*map(_person_terms, actors))))


def _with_members(record: Record, refs: Iterable[ActorRef]) -> Iterator[Actor]:
    """The actors of these references; a collective stands for its members."""
    for ref in {ref.ref: ref for ref in refs}.values():
        actor = record.actor(ref)
        if actor is not None:
            yield actor
            yield from (m for member in actor.members if (m := record.actor(member)))


def _person_key(actor: Actor) -> str:
    return actor.id or folded(actor.name or "").replace(" ", "_")


def _person_terms(actor: Actor) -> set[tuple[str, str]]:
    """A person is found by id, by any word of the name, and by the whole name in any order of its words."""
    if actor.kind != "person":
        return set()
    values = {actor.id} if actor.id else set()
    for name in (actor.name, *actor.names.values()):
        words = folded(name or "").split()
        values |= {" ".join(sorted(words)), *words} if words else set()
    return {("person", value) for value in values}


def _numbers(record: Record, meeting: str | None) -> str:
    figures = [f for f in record.figures if f.meeting == meeting and f.relation in REPORTED]
    return " ".join(sorted({f"{f.measure.code}={f.value}/{f.unit}" for f in figures}))


def _meeting_inferred(record: Record, meeting: Meeting, there: list[Participation]) -> str:
    """The fields of the row that no words state; `date` is the meeting's `start`."""
    names = {i.field.split(".")[0] if i.field != "place.country" else "country" for i in meeting.inferred}
    names = {"date" if n == "start" else n for n in names}
    if "place" in names:
        names.add("country")
    if meeting.start is None:
        names |= {"day_from", "day_to"}
    for part in there:
        actor = record.actor(part.actor)
        if any(i.field in ("name", "represents") for i in (actor.inferred if actor else ())):
            names |= {"people", "states"}
        if part.inferred:
            names.add("who")
    return " ".join(sorted(names & _MAY_BE_INFERRED))


_MAY_BE_INFERRED = frozenset("kind status mode date day_from day_to place country series people states who".split())


def _shown(record: Record, part: Participation) -> str:
    reason = next((i for i in part.inferred if i.field == "actor"), None)
    words = "".join(piece.shown for piece in actor_pieces(record, part.actor, reason))
    return words if part.presence == "present" else f"{words} ({part.presence.replace('_', ' ')})"


def _ref_shown(record: Record, ref: ActorRef) -> str:
    return "".join(piece.shown for piece in actor_pieces(record, ref))


def parties_of(fact: Fact) -> tuple[ActorRef, ...]:
    """Who does, says, signs or owes what this fact states."""
    match fact:
        case Meeting():
            return tuple(p.actor for p in fact.participants)
        case Quote():
            return tuple(ref for ref in (fact.speaker, fact.addressee) if ref)
        case Act():
            return (*fact.actors, *fact.addressees)
        case Agreement() | Project() | Figure():
            return fact.parties
        case Commitment():
            return (*fact.who, *fact.beneficiaries)
    return ()


def fact_rows(record: Record) -> Iterator[Row]:
    """A row for every fact, whatever its relation."""
    for fact in record.facts:
        words = fact.evidence[0]
        yield {
            **{name: getattr(fact, name) for name in _SAME},
            "type": type(fact).__name__.lower(),
            **_matter(fact),
            "who": ", ".join(dict.fromkeys(_ref_shown(record, ref) for ref in parties_of(fact))),
            "words": words.quote,
            "start": words.start,
            "end": words.end,
            "inferred": " ".join(sorted({i.field for i in fact.inferred})),
        }


_SAME = ("id", "key", "meeting", "relation", "said_by", "rule", "confidence", "origin")
_NO_MATTER: Row = dict.fromkeys(("kind", "status", "date", "label", "value", "unit"))


def _matter(fact: Fact) -> Row:
    """The columns whose field depends on the type of the fact."""
    kind = getattr(fact, "act", None) or getattr(fact, "kind", None)
    row = {**_NO_MATTER, "kind": kind, "status": getattr(fact, "status", getattr(fact, "progress", None))}
    dates = [getattr(fact, name, None) for name in ("start", "status_date", "document_date", "deadline", "period")]
    row["date"] = next((d.value for d in dates if d), None)
    label: object = next((v for name in _LABELS if (v := getattr(fact, name, None))), None)
    if isinstance(fact, Figure):
        row |= {"kind": fact.measure.code, "value": fact.value, "unit": fact.unit}
    if isinstance(label, (Measure, Place)):
        label = label.label if isinstance(label, Measure) else label.name
    return {**row, "label": label}


_LABELS = ("title", "what", "text", "about", "measure", "place")
