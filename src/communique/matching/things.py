"""The narrow key of a thing that lives through several readouts: a paper, a project, an undertaking, a person whom no roster knows.

In: a record. Out: `ThingKey`s, and the blocks in which one can meet another. What a page says of the thing at one moment (its status, a
deadline) stands in the key for the thing's life; what makes two of them one is in `thing_score.py`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Literal

import msgspec

from communique.matching.keys import Who, days_when, folded, hash64, who_of
from communique.matching.resources import load_words
from communique.matching.who import actors_of
from communique.matching.wording import STEM, content_words, same_word
from communique.record.dates import Date
from communique.record.days import day_of, days_of
from communique.record.document import ActorRef
from communique.record.facts import Actor, Agreement, Commitment, Fact, Meeting, Place, Project
from communique.record.identity import digest
from communique.record.record import Record
from communique.record.vocabulary import REPORTED
from communique.text.morphology import word
from communique.world.names.sound import sound_key

ThingKind = Literal["agreement", "project", "commitment", "person"]
PERSON = "per"  # what the node of a person begins with, as those of facts do with the prefix of their type
_OWN_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]{3,}")  # shorter than content words: «отмена виз», «поставки газа»
_LONGEST = 4  # words by which a thing can be met: the longest ones
_DONE = frozenset({"signed", "initialled", "adopted", "approved", "ratified"})  # at the meeting that is told of


class ThingKey(msgspec.Struct, frozen=True, array_like=True, gc=False, kw_only=True):
    """What a page says of one thing, as far as identity needs it.

    `matter` are the words that tell it from others of its kind, `numbers` the digits among them. `parties` are codes, ids or names;
    `between` the states of the meeting at which it is told. `first` and `last` are the days on which `status` came about, `told` the
    day of the meeting or of the page. `quote` is `text[start:end]` of the document.
    """

    node: str
    document: str
    kind: ThingKind
    relation: str
    title: str
    matter: str
    quote: str
    start: int
    end: int
    head: str | None = None
    sort: str | None = None
    status: str | None = None
    numbers: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    place: str | None = None
    product: str | None = None
    first: str | None = None
    last: str | None = None
    told: str | None = None
    document_date: str | None = None
    period: str | None = None
    deadline: str | None = None
    who: Who | None = None

    parent = None  # a thing is no part of another


def thing_keys_of(record: Record) -> list[ThingKey]:
    """The things of a page: papers, projects and undertakings in the order of the text, then persons whom the roster does not know."""
    made = [
        *(_of_agreement(record, a) for a in record.agreements if not _is_many(a)),
        *(_of_project(record, p) for p in record.projects),
        *(_of_commitment(record, c) for c in record.commitments),
    ]
    people = (_of_person(record, a) for a in record.actors if a.kind == "person" and not a.id and a.name and a.evidence)
    return [*made, *{key.node: key for key in people}.values()]


def _is_many(agreement: Agreement) -> bool:
    """«Подписано 12 документов» are many papers, and none of them."""
    return agreement.kind == "package" or (agreement.count or 1) > 1


def _of_agreement(record: Record, fact: Agreement) -> ThingKey:
    told = _told(record, fact, "agreement", fact.title)
    published = day_of(record.document.published)
    said = fact.status_date and days_of(fact.status_date, None, published)
    held = (told.first, told.last) if fact.status in _DONE else (None, None)
    dates = [d for d in (fact.document_date, fact.status_date) if d]
    return msgspec.structs.replace(
        told,
        sort=fact.kind,
        status=fact.status,
        matter=_matter(record, fact.title, "papers", dates),
        numbers=_numbers(fact.title, dates),
        parties=_tokens(record, fact.parties),
        first=said[0] if said else held[0],
        last=said[1] if said else held[1],
        document_date=_value(fact.document_date),
        period=_value(fact.period),
    )


def _of_project(record: Record, fact: Project) -> ThingKey:
    place = fact.place or Place()
    title = _without(fact.what, place.name)
    matter = _matter(record, title, "doing") or _matter(record, fact.what, "doing")
    return msgspec.structs.replace(
        _told(record, fact, "project", fact.what),
        status=fact.status,
        matter=matter,
        head=_head(record, matter),
        numbers=_numbers(fact.what),
        parties=_tokens(record, fact.parties),
        place=folded(place.name) if place.name else None,
        product=fact.product,
    )


def _of_commitment(record: Record, fact: Commitment) -> ThingKey:
    dates = [fact.deadline] if fact.deadline else []
    matter = _matter(record, fact.what, "doing", dates)
    return msgspec.structs.replace(
        _told(record, fact, "commitment", fact.what),
        sort=fact.kind,
        status=fact.progress,
        matter=matter,
        head=_head(record, matter),
        numbers=_numbers(f"{fact.what} {fact.amount or ''}", dates),
        parties=_tokens(record, fact.who),
        deadline=_value(fact.deadline),
    )


def _told(record: Record, fact: Fact, kind: ThingKind, title: str) -> ThingKey:
    """What is read alike of all facts: where it stands, and at which meeting it was told."""
    meeting = _meeting_of(record, fact)
    reported = fact.relation in REPORTED and meeting is not None
    first, last, stated = days_when(record, meeting) if meeting and reported else (None, None, False)
    words = fact.evidence[0]
    return ThingKey(
        node=fact.key, document=record.document.id, kind=kind, relation=fact.relation, title=title, matter=title,
        quote=words.quote, start=words.start, end=words.end, between=_states(record, meeting), first=first, last=last,
        told=first if stated else day_of(record.document.published),
    )  # fmt: skip


def _of_person(record: Record, actor: Actor) -> ThingKey:
    """A person is one node a page, whatever the page calls them."""
    who, words = who_of(actor), actor.evidence[0]
    reported = [m for m in record.meetings if m.relation in REPORTED]
    return ThingKey(
        node=f"{PERSON}-{digest(record.document.id, *who.name)}", document=record.document.id, kind="person",
        relation="reported", title=actor.name or "", matter=" ".join(who.name), quote=words.quote, start=words.start,
        end=words.end, sort=actor.offices[0].code if actor.offices else None,
        status=actor.offices[0].title if actor.offices else None,
        parties=tuple(filter(None, (actor.represents, folded(actor.organisation or "") or None))),
        between=tuple(sorted({state for m in reported for state in _states(record, m)})), told=day_of(record.document.published), who=who,
    )  # fmt: skip


def _meeting_of(record: Record, fact: Fact) -> Meeting | None:
    """The meeting that the fact names; else the only one that the page reports."""
    if fact.meeting:
        return next((m for m in record.meetings if m.id == fact.meeting), None)
    reported = [m for m in record.meetings if m.relation == "reported"]
    return reported[0] if len(reported) == 1 else None


def _states(record: Record, meeting: Meeting | None) -> tuple[str, ...]:
    actors = actors_of(record, [p.actor for p in meeting.participants]) if meeting else []
    return tuple(sorted({a.represents for a in actors if a.represents}))


def _tokens(record: Record, refs: Sequence[ActorRef]) -> tuple[str, ...]:
    """States by their codes, whoever speaks for them; organisations and firms by id or name."""
    actors = actors_of(record, refs)
    return tuple(sorted({t for a in actors if (t := a.represents or a.id or folded(a.name or ""))}))


def _value(date: Date | None) -> str | None:
    return date.value if date else None


def _matter(record: Record, title: str, without: str, dates: Iterable[Date] = ()) -> str:
    """The words of a title without those that all of its kind have, and without dates that have fields of their own.

    «Меморандум о взаимопонимании в области туризма»: туризма.
    """
    for date in dates:
        title = title.replace(date.original, " ")
    language = record.document.language or "ru"
    common = (*load_words(language, without), *load_words(language, "of_all"), *_names_of_states(record))
    small = load_words(language, "small")
    kept = [w for w in _OWN_WORD.findall(title.casefold().replace("ё", "е")) if w not in small]
    return " ".join(w for w in kept if not any(same_word(w, c) for c in common))


def _head(record: Record, matter: str) -> str | None:
    """The noun that a thing is called by: «пограничный мост» is a мост. Known where the words of the language are."""
    words = matter.split()
    if (record.document.language or "ru") != "ru":
        return None
    return next((w for w in words if (first := word(w).readings[0]).pos == "NOUN" and "Geox" not in first.tags), None)


def _without(title: str, place: str | None) -> str:
    """A title without its place, which has a field: «школа в Арде»: школа."""
    words = _OWN_WORD.findall((place or "").casefold())
    return " ".join(w for w in title.split() if not any(same_word(w.casefold().strip(",.«»"), p) for p in words))


def _names_of_states(record: Record) -> list[str]:
    """«Соглашение между Веландой и Лирией о туризме»: what it is about is tourism, and its parties have a field."""
    states = [a for a in record.actors if a.kind == "state"]
    names = {
        *(a.name or "" for a in states),
        *(record.document.text[m.start : m.end] for a in states for m in a.mentions),
    }
    return [w for name in sorted(names) for w in _OWN_WORD.findall(name.casefold().replace("ё", "е"))]


def _numbers(title: str, dates: Iterable[Date] = ()) -> tuple[str, ...]:
    for date in dates:
        title = title.replace(date.original, " ")
    return tuple(sorted({w for w in content_words(title) if w[0].isdigit()}))


# Blocks ----------------------------------------------------------------------------------------------------------


def blocks_of_thing(key: ThingKey) -> frozenset[int]:
    """Where a thing stands to be met, and where it looks for others: two of its longest words, or one with who and where."""
    return frozenset(hash64(key.kind, *block) for block in _blocks(key))


def _blocks(key: ThingKey) -> Iterator[tuple[str, ...]]:
    if key.kind == "person":
        yield (sound_key(key.matter.split()[-1]),) if key.matter else ("",)
        return
    stems = _stems(key.matter)
    states = {*key.parties, *key.between}
    yield from combinations(stems, 2)
    yield from ((stem, token) for stem in stems for token in (key.place, " ".join(key.between), *key.parties) if token)
    if not stems and states:
        yield key.sort or "", " ".join(sorted(states)), key.first or key.document_date or ""


def _stems(matter: str) -> list[str]:
    words = sorted(set(matter.split()), key=lambda w: (-len(w), w))
    return sorted({w[: STEM + 1] for w in words[:_LONGEST]})
