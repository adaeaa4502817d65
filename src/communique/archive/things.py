"""Papers, projects, undertakings and people as they live through the readouts of an archive: one thing, its stations in the order of days.

In: a connection. Out: `Thing`s. Nothing here writes, and no record is loaded.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import get_args

import msgspec
from sqlalchemy import Connection, select

from communique.archive import schema as s
from communique.archive.merging import KINDS, is_meeting, unpack_thing
from communique.errors import ArchiveError
from communique.matching.things import ThingKey, ThingKind
from communique.matching.wording import content_words

_UNDATED = "9999"  # behind all days


class Station(msgspec.Struct, frozen=True, kw_only=True):
    """What one page says of the thing: `day` is when that came about, where the page says so, else when it was told.

    `quote` is `text[start:end]` of the document; `relation` says whether the page reports it or looks back or ahead.
    """

    day: str | None
    title: str
    status: str | None
    deadline: str | None
    relation: str
    document: str
    publisher: str | None
    node: str
    quote: str
    start: int
    end: int


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """One thing by all pages that tell of it. `id` is the key of the first that was added; `status` is the latest."""

    id: str
    kind: ThingKind
    title: str
    sort: str | None
    parties: tuple[str, ...]
    status: str | None
    stations: tuple[Station, ...]

    @property
    def documents(self) -> int:
        return len({station.document for station in self.stations})


def select_things(connection: Connection, *, kind: str | None = None, wanted: str | None = None) -> list[Thing]:
    """All things of a kind or of every kind, those of which most pages tell first; or the one that a key names."""
    query = select(s.nodes, s.documents).join(s.documents, s.documents.c.number == s.nodes.c.document)
    if wanted is not None:
        query = query.where(s.nodes.c.merged == _merged_of(connection, wanted))
    elif kind is not None:
        if kind not in get_args(ThingKind):
            raise ArchiveError(f"a thing is {', '.join(get_args(ThingKind))}, not {kind!r}")
        query = query.where(s.nodes.c.node.startswith(f"{KINDS[kind]}-", autoescape=True))
    else:
        query = query.where(s.nodes.c.node.not_like(f"{KINDS['meeting']}-%"))
    merged: dict[str, list[s.AnyRow]] = defaultdict(list)
    for row in connection.execute(query.order_by(s.nodes.c.number)):
        merged[row.merged].append(row)
    found = [_thing(name, rows) for name, rows in merged.items()]
    return sorted(found, key=lambda t: (-t.documents, t.kind, t.stations[0].day or "", t.id))


def _merged_of(connection: Connection, wanted: str) -> str:
    if is_meeting(wanted):
        raise ArchiveError(f"{wanted} is a meeting; communique meetings {wanted} shows it")
    found = connection.scalar(select(s.nodes.c.merged).where(s.nodes.c.node == wanted))
    if found is None:
        raise ArchiveError(f"no thing has the key {wanted!r}; communique things --all lists them")
    return str(found)


def _thing(name: str, rows: Sequence[s.AnyRow]) -> Thing:
    keys = [(unpack_thing(row), row) for row in rows]
    stations = sorted((_station(key, row) for key, row in keys), key=lambda t: (t.day or _UNDATED, t.document, t.start))
    return Thing(
        id=name,
        kind=keys[0][0].kind,
        title=max((station.title for station in stations), key=lambda title: len(content_words(title))),
        sort=_most(key.sort for key, _ in keys),
        parties=tuple(sorted({party for key, _ in keys for party in key.parties})),
        status=next((t.status for t in reversed(stations) if t.status), None),
        stations=tuple(stations),
    )


def _station(key: ThingKey, row: s.AnyRow) -> Station:
    """A day that only the page's date gives is the page's."""
    day = key.first if key.first and key.first == key.last else key.told
    return Station(
        day=day, title=key.title, status=key.status, deadline=key.deadline, relation=key.relation, document=row.id,
        publisher=row.publisher, node=key.node, quote=key.quote, start=key.start, end=key.end,
    )  # fmt: skip


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None
