"""What makes two reports two reports of one meeting, and what each says of its people, place and time."""

from collections.abc import Callable

from communique.matching.align import Rule, Stated, compare_worded
from communique.matching.features import (
    Feature,
    compare_codes,
    compare_numbers,
    compare_sets,
    differs,
    partly,
    same,
    unknown,
)
from communique.matching.when import compare_dates
from communique.matching.who import actors_of, compare_actor, compare_actors, office_codes
from communique.matching.wording import alphabet, overlap
from communique.record.facts import Meeting, Participation, Place, Topic
from communique.record.vocabulary import TopicCode

Features = tuple[Feature, ...]
# Two leaders meet again the next day: another date outweighs the same people and place.
MEETINGS = Rule(
    frozenset({"relation"}),
    {"participants": 2, "start": 1.5, "kind": 1, "place": 0.75, "mode": 0.5, "body": 1, "series": 0.5, "status": 0},
    1.5,
)
# The next meeting, of which each page may give another day or town: the only one of its kind on both pages.
NEXT = Rule(
    frozenset({"relation", "kind", "mode"}), {"kind": 1.0, "participants": 1.0, "start": 0.0, "place": 0.0}, 1.0
)
PARTICIPANTS = Rule(frozenset({"actor"}), {"actor": 1.0}, 0.8)
TOPICS = Rule(frozenset({"topic"}), {"topic": 1.0}, 0.5)
_SAME_PLACE = 0.99


class Subject(tuple[Topic, ...]):
    """The topics of one code: a text that names trade twice has one subject, trade."""

    @property
    def code(self) -> TopicCode:
        return self[0].code


def subjects_of(meeting: Meeting) -> list[Subject]:
    """The topics by code, in the order of the text; those without a code of their own stay apart."""
    groups: dict[str, list[Topic]] = {}
    for number, topic in enumerate(meeting.topics):
        groups.setdefault(f"other {number}" if topic.code == "other" else topic.code, []).append(topic)
    return [Subject(topics) for topics in groups.values()]


def compare_meeting(one: Stated[Meeting], other: Stated[Meeting]) -> Features:
    """The features on which two reports are matched."""
    fields = tuple(compare(one, other) for compare in FIELDS.values())
    return (compare_participants(one, other), *fields, _compare_relation(one.said, other.said))


def compare_next(one: Stated[Meeting], other: Stated[Meeting]) -> Features:
    """The same of two meetings that both pages look forward to."""
    if one.said.relation != "later" or other.said.relation != "later":
        return (differs("relation", one.said.relation, other.said.relation),)
    return compare_meeting(one, other)


def compare_participants(one: Stated[Meeting], other: Stated[Meeting]) -> Feature:
    """All participants of both; those not present count too, an announcement has no others."""
    mine = actors_of(one.record, [p.actor for p in one.said.participants])
    theirs = actors_of(other.record, [p.actor for p in other.said.participants])
    return compare_actors("participants", mine, theirs)


def compare_participation(one: Stated[Participation], other: Stated[Participation]) -> Features:
    """One person's part: presence, office, capacity."""
    mine, theirs = one.record.actor(one.said.actor), other.record.actor(other.said.actor)
    offices = [office_codes(a) if a else [] for a in (mine, theirs)]
    return (
        compare_actor("actor", mine, theirs),
        compare_codes("presence", one.said.presence, other.said.presence),
        compare_sets("office", *offices),
        compare_codes("capacity", one.said.capacity, other.said.capacity),
    )


def compare_subject(one: Stated[Subject], other: Stated[Subject]) -> Features:
    """The same code, or for topics without one much the same words; then whom or what it is about."""
    a, b = one.said, other.said
    about = [actors_of(s.record, [r for topic in s.said for r in topic.about]) for s in (one, other)]
    codeless = a.code == b.code == "other"
    free = compare_worded("topic", one, a[0].label, other, b[0].label)
    topic = free if codeless else compare_codes("topic", a.code, b.code)
    return topic, compare_actors("about", *about)


def compare_place(one: Place | None, other: Place | None) -> Feature:
    """City, building, country: what both name must agree; one may say more."""
    if one is None or other is None:
        return unknown("place", one, other)
    shared = [(a, b) for a, b in _place_parts(one, other) if a and b]
    said = _place_words(one), _place_words(other)
    if one.id and one.id == other.id:
        return partly("place", 1.0, f"{said[0]} / {said[1]}") if said[0] != said[1] else same("place", said[0])
    if any(not _may_be_one(a, b) for a, b in shared):
        return differs("place", *said)
    if said[0] == said[1]:
        return same("place", said[0])
    return partly("place", 0.8 if shared else 0.0, f"{said[0]} / {said[1]} agree as far as both say")


def _may_be_one(one: str, other: str) -> bool:
    """Two names of a place; written in two alphabets they are held for two only by what else differs."""
    return alphabet(one) != alphabet(other) or overlap(one, other) >= _SAME_PLACE


def compare_series(one: Stated[Meeting], other: Stated[Meeting]) -> Feature:
    """A series by its number; «заседание» and «сессия» of one number are one."""
    mine, theirs = one.said.series, other.said.series
    if mine is None or theirs is None:
        return unknown("series", mine, theirs)
    if mine.ordinal is not None and theirs.ordinal is not None:
        return compare_numbers("series", mine.ordinal, theirs.ordinal)
    return compare_worded("series", one, mine.name, other, theirs.name)


def _compare_relation(one: Meeting, other: Meeting) -> Feature:
    """A part of a visit on one page is the whole of another page; a later meeting is never this one."""
    mine, theirs = ("reported" if m.relation == "part" else m.relation for m in (one, other))
    return compare_codes("relation", mine, theirs)


def _code(field: str) -> Callable[[Stated[Meeting], Stated[Meeting]], Feature]:
    return lambda one, other: compare_codes(field, getattr(one.said, field), getattr(other.said, field))


def _actor(field: str) -> Callable[[Stated[Meeting], Stated[Meeting]], Feature]:
    def compare(one: Stated[Meeting], other: Stated[Meeting]) -> Feature:
        mine, theirs = (s.record.actor(getattr(s.said, field)) for s in (one, other))
        return compare_actor(field, mine, theirs)

    return compare


def _informal(one: Stated[Meeting], other: Stated[Meeting]) -> Feature:
    return compare_codes(
        "informal", "informal" if one.said.informal else None, "informal" if other.said.informal else None
    )


FIELDS: dict[str, Callable[[Stated[Meeting], Stated[Meeting]], Feature]] = {
    "kind": _code("kind"),
    "informal": _informal,
    "setting": _code("setting"),
    "status": _code("status"),
    "mode": _code("mode"),
    "format": _code("format"),
    "series": compare_series,
    "body": _actor("body"),
    "organisation": _actor("organisation"),
    "place": lambda one, other: compare_place(one.said.place, other.said.place),
    "start": lambda one, other: compare_dates("start", one.said.start, other.said.start),
    "end": lambda one, other: compare_dates("end", one.said.end, other.said.end),
}


def _place_parts(one: Place, other: Place) -> list[tuple[str | None, str | None]]:
    return [(one.name, other.name), (one.venue, other.venue), (one.country, other.country)]


def _place_words(place: Place) -> str:
    return ", ".join(v for v in (place.name, place.venue, place.country) if v)
