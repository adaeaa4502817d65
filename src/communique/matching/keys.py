"""The narrow key of a reported meeting: all that merging compares, a few hundred bytes instead of a record.

In: a record and one of its meetings. Out: a `MeetingKey`, and the blocks in which it can meet another. Two meetings that
share no block are never compared; two that share one need not be the same.
"""

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from communique.matching.who import actors_of
from communique.matching.wording import STEM, content_words
from communique.record.dates import Date
from communique.record.days import day_of, days_of
from communique.record.facts import Actor, Meeting
from communique.record.record import Record
from communique.record.vocabulary import REPORTED
from communique.world.names.sound import sound_key

_LATE = 4  # days after a meeting on which a page about it, that gives no date, may still come out
_LONGEST = 4  # days that a meeting is blocked by; a month is no day
_TITLE_WORDS = 3  # content words that make a title more than «меморандум о взаимопонимании»
_QUOTED = 5  # content words that make a quotation its own
_ANY_OFFICE = frozenset({"leader", "head", "other", "member", "minister"})


class Who(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A participant: the roster's id, the words of the name (folded, the family name last), offices and state."""

    id: str | None
    name: tuple[str, ...]
    offices: tuple[str, ...]
    state: str | None

    @property
    def shown(self) -> str:
        """The name, else the office and state; nothing where neither is known."""
        return " ".join(self.name).title() or " ".join(filter(None, (*self.offices[:1], self.state)))


class MeetingKey(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a page says of one meeting, as far as merging needs it.

    `node` names it for ever (the key of the fact); `parent` is the node that it is a part of on the same page. `first` and `last` are its days;
    `stated` is whether the page gives them, else they are those before publication. `month_day` is all that a date without a year has.
    """

    node: str
    document: str
    parent: str | None
    relation: str
    kind: str
    status: str
    mode: str | None
    setting: str | None
    first: str | None
    last: str | None
    stated: bool
    month_day: str | None
    place: str | None
    country: str | None
    body: str | None
    series: str | None
    ordinal: int | None
    people: tuple[Who, ...]
    states: tuple[str, ...]
    titles: tuple[tuple[str, ...], ...]
    quotes: tuple[int, ...]
    numbers: tuple[str, ...]
    topics: tuple[str, ...]
    voice: str | None
    words: tuple[int, ...]


def keys_of(record: Record) -> list[MeetingKey]:
    """The keys of the meetings that the page reports, parts included, in the order of the text."""
    reported = [m for m in record.meetings if m.relation in REPORTED]
    nodes = {m.id: m.key for m in reported}
    alone = len([m for m in reported if m.relation == "reported"]) <= 1
    return [_key(record, m, nodes.get(m.part_of or ""), alone) for m in reported]


def _key(record: Record, meeting: Meeting, parent: str | None, alone: bool) -> MeetingKey:
    whole = next((m for m in record.meetings if m.id == meeting.part_of), meeting)
    present = meeting.participants or whole.participants  # of a part that names nobody, those of the whole
    there = [p for p in present if p.presence not in ("absent", "represented")]
    actors = [a for a in actors_of(record, [p.actor for p in there]) if a.kind != "collective"]
    people = tuple(who_of(a) for a in actors if a.kind == "person")
    first, last, stated = days_when(record, meeting)
    place = meeting.place if meeting.mode != "phone" else None
    body = record.actor(meeting.body) if meeting.body else None
    mine = (lambda fact: fact.meeting in (meeting.id, None)) if alone else (lambda fact: fact.meeting == meeting.id)
    return MeetingKey(
        node=meeting.key,
        document=record.document.id,
        parent=parent,
        relation=meeting.relation,
        kind=meeting.kind,
        status=meeting.status or "",
        mode=meeting.mode,
        setting=meeting.setting,
        first=first,
        last=last,
        stated=stated,
        month_day=_month_day(meeting.start),
        place=folded(place.name) if place and place.name else None,
        country=place.country if place else None,
        body=(body.id or folded(body.name or "")) if body else None,
        series=folded(meeting.series.name) if meeting.series and meeting.series.name else None,
        ordinal=meeting.series.ordinal if meeting.series else None,
        people=people,
        states=tuple(sorted({a.represents for a in actors if a.represents})),
        titles=tuple(sorted({t for a in record.agreements if mine(a) and a.title and (t := title_key(a.title))})),
        quotes=tuple(sorted({q for f in record.quotes if mine(f) and (q := quote_key(f.text))})),
        numbers=tuple(sorted({f"{f.measure.code}={f.value}/{f.unit}" for f in record.figures if mine(f) and f.value})),
        topics=tuple(sorted({t.code for t in meeting.topics if t.code != "other"})),
        voice=record.document.publisher_state or record.document.publisher,
        words=shingles(record.document.text),
    )


def who_of(actor: Actor) -> Who:
    offices = tuple(sorted({o.code for o in actor.offices if o.code not in _ANY_OFFICE}))
    name = actor.names.get("ru") or actor.name
    return Who(actor.id, tuple(folded(name or "").split()), offices, actor.represents)


def days_when(record: Record, meeting: Meeting) -> tuple[str | None, str | None, bool]:
    """The days of the meeting and whether the page states them; else those on which a page of that day may report."""
    day = day_of(record.document.published)
    days = days_of(meeting.start, meeting.end, day)
    if days is not None:
        said = any("start" in e.fields for e in meeting.evidence)  # the day, though the year be the header's
        return days[0], days[1], said or all(i.field != "start" for i in meeting.inferred)
    if meeting.start is not None or day is None:
        return None, None, False
    if meeting.status in ("planned", "postponed", "cancelled"):
        return None, None, False
    before = datetime.date.fromisoformat(day) - datetime.timedelta(_LATE)
    return before.isoformat(), day, False


def _month_day(date: Date | None) -> str | None:
    if date is None or len(date.value) != 10 or not date.value.startswith("XXXX"):
        return None
    return date.value[5:]


def folded(words: str) -> str:
    """Words as they are compared: case, ё and punctuation make no difference."""
    return " ".join("".join(c if c.isalnum() else " " for c in words.casefold().replace("ё", "е")).split())


# Content ---------------------------------------------------------------------------------------------------------


def hash64(*parts: str) -> int:
    """A number of 63 bits, the same on every machine."""
    return int.from_bytes(hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()) >> 1


def title_key(title: str) -> tuple[str, ...] | None:
    """The title of a paper by the beginnings of its words; None for one that many papers bear.

    >>> title_key("Меморандум о сотрудничестве в области туризма") == title_key("меморандума о сотрудничестве в области туризма")
    True
    >>> title_key("Совместное заявление") is None
    True
    """
    words = sorted({w[: STEM + 1] for w in content_words(title)})
    return tuple(words) if len(words) >= _TITLE_WORDS else None


def quote_key(text: str) -> int | None:
    """Marked words by the beginnings of all of them; None for a few words that anybody says."""
    words = [w[: STEM + 1] for w in content_words(text)]
    return hash64("quote", *words[:_QUOTED]) if len(words) >= _QUOTED else None


_SHINGLE, _SAMPLED = 5, 64


def shingles(text: str) -> tuple[int, ...]:
    """The least hashes of runs of five words: two reprints of one account share most of them."""
    words = [w[: STEM + 1] for w in content_words(text)]
    runs = {hash64(*words[n : n + _SHINGLE]) for n in range(max(1, len(words) - _SHINGLE + 1))}
    return tuple(sorted(runs)[:_SAMPLED])


def share_of_words(one: MeetingKey, other: MeetingKey) -> float:
    """How much of two texts is the same running text, estimated from their least hashes."""
    least = sorted({*one.words, *other.words})[:_SAMPLED]
    both = set(one.words) & set(other.words)
    return sum(h in both for h in least) / len(least) if least else 0.0


# Blocks ----------------------------------------------------------------------------------------------------------


class Blocks(NamedTuple):
    """Where a node can be met: places where it stands and looks for others, where it only stands, and where it only looks."""

    both: frozenset[int]
    stands: frozenset[int] = frozenset()
    looks: frozenset[int] = frozenset()


def blocks_of(key: MeetingKey) -> Blocks:
    """On a day with a person, two states, a place or a body; and by what was said and signed.

    With a day the meeting stands on that day of any year too, and looks among the pages that give no year and, by the two who met, no day;
    those stand and look the other way round.
    """
    days, day, pair = _days_of(key), key.month_day, _pair(key)
    dated, undated = ([hash64("pair", *pair, mark)] if pair else [] for mark in ("dated", "undated"))
    content = [hash64(*block) for block in _by_content(key)]
    tokens = list(_tokens_of(key))
    if day:
        same, other = _on(f"no year {day}", tokens), _on(f"any year {day}", tokens)
        return Blocks(frozenset([*content, *same]), frozenset(dated), frozenset([*other, *undated]))
    if not days:
        return Blocks(frozenset([*content, *undated]), looks=frozenset(dated))
    any_year = [block for d in days for block in _on(f"any year {d[5:]}", tokens)]
    no_year = [block for d in days for block in _on(f"no year {d[5:]}", tokens)]
    same = [block for d in days for block in _on(d, tokens)]
    return Blocks(frozenset([*content, *same]), frozenset([*any_year, *dated]), frozenset([*no_year, *undated]))


def _on(day: str, tokens: Sequence[tuple[str, ...]]) -> list[int]:
    return [hash64(day, *token) for token in tokens]


def _pair(key: MeetingKey) -> tuple[str, ...]:
    """The two who met, by their ids, else by how their names sound."""
    named = [who.id or " ".join(sound_key(part) for part in who.name) for who in key.people]
    return tuple(sorted(named)) if len(named) == 2 and all(named) else ()


def _tokens_of(key: MeetingKey) -> Iterator[tuple[str, ...]]:
    """Everybody who was there, and what else a day can have in common with another report of it."""
    yield from (("p", token) for who in key.people for token in _tokens(who))
    if len(key.states) > 1:
        yield "s", " ".join(key.states)
    # Two who are named are found by their names; of many each page may name others, or none.
    by_place = key.place if len(key.people) != 2 or not all(who.id or who.name for who in key.people) else None
    place = " ".join(sound_key(word) for word in by_place.split()) if by_place else None
    yield from ((name, value) for name, value in (("b", key.body), ("n", key.series), ("pl", place)) if value)


def _by_content(key: MeetingKey) -> Iterator[tuple[str, ...]]:
    yield from (("t", *title) for title in key.titles)
    yield from (("q", str(quote)) for quote in key.quotes)
    if key.ordinal is not None:
        yield "o", key.series or key.body or "", str(key.ordinal)


def _tokens(who: Who) -> Iterator[str]:
    if who.id:
        yield who.id
    if who.name:
        yield f"sounds {sound_key(who.name[-1])}"
    if who.state and not who.name:
        yield from (f"{office} {who.state}" for office in who.offices)


def _days_of(key: MeetingKey) -> Sequence[str]:
    """The days on which it may have been; none where the page gives no year, or only a long stretch."""
    if key.month_day or key.first is None or key.last is None:
        return ()
    first, last = (datetime.date.fromisoformat(d) for d in (key.first, key.last))
    if (last - first).days > _LONGEST:
        return ()
    return [(first + datetime.timedelta(n)).isoformat() for n in range((last - first).days + 1)]
