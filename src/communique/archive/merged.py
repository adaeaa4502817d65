"""Merged meetings to look at: what the reports of one meeting say of it, field by field with who says it; and the open pairs.

In: a connection. Out: `MergedMeeting` and `Said` values. Nothing here writes, and no record is loaded.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, or_, select

from communique.archive import schema as s
from communique.archive.merging import KINDS, is_meeting, unpack_meeting
from communique.errors import ArchiveError
from communique.matching.decide import first_added
from communique.matching.keys import MeetingKey, Who, share_of_words
from communique.matching.score import REPRINT, is_same

_MANY = 500  # values in one IN (...)
_FIELDS = ("kind", "status", "mode", "setting", "place", "country", "body", "series", "ordinal")


class Source(msgspec.Struct, frozen=True):
    """One value of a field, the documents that give it, and how many voices these are."""

    value: Any
    documents: tuple[str, ...]
    voices: int


class Reporting(msgspec.Struct, frozen=True, kw_only=True):
    """A document that reports the meeting: its id, the key of its report, who publishes it, on which day.

    `voice` is the first document with this account: reprints of one account are one voice, whoever prints them.
    """

    id: str
    node: str
    voice: str
    publisher: str | None
    publisher_state: str | None
    publisher_kind: str | None
    title: str | None
    published: str | None


class MergedMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting by all its reports. `id` is the key of the report that came first; `also_in` are pages that tell of it as a part."""

    id: str
    day_from: str | None
    day_to: str | None
    states: tuple[str, ...]
    participants: tuple[str, ...]
    fields: dict[str, tuple[Source, ...]]
    documents: tuple[Reporting, ...]
    also_in: tuple[Reporting, ...] = ()
    voices: int = 0
    parts: tuple["MergedMeeting", ...] = ()


class SaidOfTwo(msgspec.Struct, frozen=True, kw_only=True):
    """What a person or the rules say of two reports, or of two mentions of a thing: their keys, and the documents that have them."""

    number: int
    kind: str
    one: str
    other: str
    documents: tuple[str, str]
    verdict: str
    in_force: str
    score: float | None
    by: str
    at: str
    why: str | None
    withdrawn: str | None


def select_merged(
    connection: Connection, wanted: str | None = None, *, between: tuple[str, str] | None = None
) -> list[MergedMeeting]:
    """All merged meetings, the latest first, parts under what they are parts of; or the one that some report's key names.

    `between` narrows them to occasions of which some page says that these two states, and no others, took part.
    """
    query = select(s.nodes, s.documents).join(s.documents, s.documents.c.number == s.nodes.c.document)
    if wanted is not None:
        node = connection.execute(select(s.nodes).where(s.nodes.c.node == wanted)).first()
        if node is None:
            raise ArchiveError(f"no report has the key {wanted!r}; communique meetings lists them")
        if not is_meeting(wanted):
            raise ArchiveError(f"{wanted} is no meeting; communique things {wanted} shows it")
        query = query.where(s.nodes.c.family == node.family)
    else:
        query = query.where(s.nodes.c.node.startswith(f"{KINDS['meeting']}-", autoescape=True))
    if between is not None:
        pages = select(s.keys.c.document).where(s.keys.c.states == " ".join(sorted(between)))
        query = query.where(s.nodes.c.family.in_(select(s.nodes.c.family).where(s.nodes.c.document.in_(pages))))
    families: dict[str, list[s.AnyRow]] = defaultdict(list)
    for row in connection.execute(query.order_by(s.nodes.c.number)):
        families[row.family].append(row)
    found = [_occasion(rows) for rows in families.values()]
    found.sort(key=lambda m: (m.day_from or "", m.id), reverse=True)
    if wanted is not None:
        mine = next(r for rows in families.values() for r in rows if r.node == wanted).merged
        return [m for whole in found for m in (whole, *whole.parts) if m.id == mine] or found
    return found


def _occasion(rows: Sequence[s.AnyRow]) -> MergedMeeting:
    """A meeting alone; or a visit or session with its parts; or, where no page reports the whole, the parts under one head."""
    groups: dict[str, list[s.AnyRow]] = defaultdict(list)
    for row in rows:
        groups[row.merged].append(row)
    meetings = {name: _merged(name, members) for name, members in groups.items()}
    if len(meetings) == 1:
        return next(iter(meetings.values()))
    merged = {row.node: row.merged for row in rows}
    parents = {merged[key.parent] for row in rows if (key := unpack_meeting(row)).parent in merged and key.parent}
    tops = [name for name in meetings if name in parents] or [n for n, m in meetings.items() if _kind(m) == "visit"]
    order = {row.node: int(row.number) for row in rows}
    top = first_added(tops, order) if tops else None
    parts = tuple(m for name, m in meetings.items() if name != top)
    if top is not None:
        return msgspec.structs.replace(meetings[top], parts=parts)
    days = [d for m in parts for d in (m.day_from, m.day_to) if d]
    first = first_added(list(meetings), order)
    return MergedMeeting(
        id=f"of-{first}",
        day_from=min(days, default=None),
        day_to=max(days, default=None),
        states=tuple(sorted({state for m in parts for state in m.states})),
        participants=tuple(dict.fromkeys(p for m in parts for p in m.participants)),
        fields={},
        documents=(),
        parts=parts,
    )


def _kind(meeting: MergedMeeting) -> str:
    return str(meeting.fields["kind"][0].value) if meeting.fields.get("kind") else ""


def _merged(name: str, rows: Sequence[s.AnyRow]) -> MergedMeeting:
    keys = [(unpack_meeting(row), row) for row in rows]
    voice = _voices(keys)
    stated = [k for k, _ in keys if k.stated and k.first] or [k for k, _ in keys if k.first]
    reports = [(k.relation, _reporting(row, voice[row.id])) for k, row in keys]
    return MergedMeeting(
        id=name,
        day_from=max((k.first for k in stated if k.first), default=None),
        day_to=min((k.last for k in stated if k.last), default=None),
        states=tuple(sorted({state for k, _ in keys for state in k.states})),
        participants=tuple(_people([k for k, _ in keys])),
        fields=_fields(keys, voice),
        documents=tuple(r for relation, r in reports if relation == "reported"),
        also_in=tuple(r for relation, r in reports if relation != "reported"),
        voices=len(set(voice.values())),
    )


def _voices(keys: Sequence[tuple[MeetingKey, s.AnyRow]]) -> dict[str, str]:
    """Each document's voice: the first document that has most of the same running text."""
    first: dict[str, MeetingKey] = {}
    voice: dict[str, str] = {}
    for key, row in keys:
        told = next((name for name, k in first.items() if share_of_words(k, key) >= REPRINT), None)
        voice[row.id] = told or row.id
        first.setdefault(voice[row.id], key)
    return voice


def _fields(keys: Sequence[tuple[MeetingKey, s.AnyRow]], voice: dict[str, str]) -> dict[str, tuple[Source, ...]]:
    """Every value of each field with those who give it, that of most voices first."""
    fields: dict[str, tuple[Source, ...]] = {}
    for name in (*_FIELDS, "date"):
        values: dict[Any, list[str]] = defaultdict(list)
        for key, row in keys:
            value = _date(key) if name == "date" else getattr(key, name)
            if value not in (None, ""):
                values[value].append(row.id)
        sources = [Source(v, tuple(docs), len({voice[d] for d in docs})) for v, docs in values.items()]
        if sources:
            fields[name] = tuple(sorted(sources, key=lambda x: (-x.voices, -len(x.documents), str(x.value))))
    return fields


def _date(key: MeetingKey) -> str | None:
    if key.month_day:
        return f"XXXX-{key.month_day}"
    if not key.stated or key.first is None:
        return None
    return key.first if key.first == key.last else f"{key.first}/{key.last}"


def _people(keys: Iterable[MeetingKey]) -> list[str]:
    """Everybody whom some report names, each once by the fullest name."""
    found: list[Who] = []
    for who in sorted((w for k in keys for w in k.people), key=lambda w: -len(w.name)):
        if not any(is_same(who, other) for other in found):
            found.append(who)
    return [who.shown for who in found]


def _reporting(row: s.AnyRow, voice: str) -> Reporting:
    return Reporting(
        id=row.id,
        node=row.node,
        voice=voice,
        publisher=row.publisher,
        publisher_state=row.publisher_state,
        publisher_kind=row.publisher_kind,
        title=row.title,
        published=row.published,
    )


def select_pairs(connection: Connection, *, unsure: bool = True, of: Collection[str] | None = None) -> list[SaidOfTwo]:
    """The pairs about which the rules are unsure and nobody has spoken, the likeliest first; or all that is said; `of` these nodes."""
    if of is not None:
        several = [_select(connection, unsure, list(of)[n : n + _MANY]) for n in range(0, len(of), _MANY)]
        return list({pair.number: pair for pairs in several for pair in pairs}.values())
    return _select(connection, unsure, None)


def _select(connection: Connection, unsure: bool, of: list[str] | None) -> list[SaidOfTwo]:
    p, ones, others = s.pairs.c, s.nodes.alias(), s.nodes.alias()
    first, second = s.documents.alias(), s.documents.alias()
    query = (
        select(s.pairs, first.c.id.label("first"), second.c.id.label("second"))
        .join(ones, ones.c.node == p.one)
        .join(others, others.c.node == p.other)
        .join(first, first.c.number == ones.c.document)
        .join(second, second.c.number == others.c.document)
    )
    if of is not None:
        query = query.where(or_(p.one.in_(of), p.other.in_(of)))
    rows = connection.execute(query.order_by(p.score.desc(), p.number)).all()
    if not unsure:
        return [_said(row) for row in rows]
    spoken = {(row.one, row.other) for row in rows if row.score is None and row.withdrawn is None}
    return [_said(r) for r in rows if r.in_force == "unsure" and r.withdrawn is None and (r.one, r.other) not in spoken]


def _said(row: s.AnyRow) -> SaidOfTwo:
    own = {name: getattr(row, name) for name in SaidOfTwo.__struct_fields__ if name not in ("documents", "kind")}
    kind = next(kind for kind, prefix in KINDS.items() if row.one.startswith(prefix))
    return SaidOfTwo(documents=(row.first, row.second), kind=kind, **own)
