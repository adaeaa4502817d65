"""An archive to look at: lists, records with their judgements applied, facts, and SQL on the documented views.

Nothing here writes, and no model is loaded. Lists come newest first. What no words state is marked in every answer.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, func, select

from communique.archive import schema as s
from communique.archive import sqlite
from communique.archive.audits import Audit, Claim, select_audits, select_claims
from communique.archive.judgements import Judgement, apply_judgements, select_judgements, select_orphans
from communique.archive.lookup import find_one
from communique.archive.merged import MergedMeeting, SaidOfTwo, select_merged, select_pairs
from communique.archive.merging import find_node
from communique.archive.migrations import refuse_newer, version_of
from communique.archive.packing import unpack_record
from communique.archive.things import Thing, select_things
from communique.archive.views import VIEWS
from communique.archive.writer import Writer, stored_release
from communique.errors import ArchiveError
from communique.matching.keys import folded
from communique.record.facts import Fact
from communique.record.record import Record
from communique.text.release import Release

SCANNED = 200  # documents whose records are unpacked at a time


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is narrowed to; all of it must hold of one meeting. Days are YYYY-MM-DD, inclusive."""

    state: str | None = None
    person: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    topic: str | None = None
    between: tuple[str, str] | None = None  # these two states and no others


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A document in a list; `meetings` are those that the page reports, or one row for a page without any."""

    id: str
    url: str | None
    title: str | None
    publisher: str | None
    publisher_state: str | None
    publisher_kind: str | None
    language: str | None
    genre: str
    published: str | None
    day: str | None
    versions: int
    meetings: tuple[dict[str, Any], ...] = ()


class VersionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a document: when its words came, and what read them."""

    ordinal: int
    version: str
    added_at: str
    communique: str
    rules: str
    world: str | None
    read_at: str


class View:
    """Reads one archive; an older one is brought up to date first, or refused where it may not be written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = self._opened()

    def __enter__(self) -> "View":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def _opened(self) -> Connection:
        with sqlite.said_plainly(self.path, kept="nothing was changed"):
            connection = sqlite.reading_engine(self.path).connect()
            with connection.begin():
                found = version_of(connection) if sqlite.is_archive(connection) else None
            if found is None:
                raise ArchiveError(f"{self.path} is no archive of Communiqué; name another with --archive")
            if not found:
                raise ArchiveError(f"nothing has been added to {self.path} yet; communique add PATH does")
            refuse_newer(found)
            if found == s.SCHEMA_VERSION:
                return connection
            connection.close()
        Writer(self.path).close()
        return sqlite.reading_engine(self.path).connect()

    def entries(self, chosen: Filter | None = None, *, limit: int | None = None) -> list[Entry]:
        """The documents that the filter leaves, newest first."""
        chosen = chosen or Filter()
        c = s.documents.c
        query = select(s.documents).order_by(c.day.desc(), c.number.desc()).limit(limit)
        with self._reading():
            rows = self._connection.execute(_narrowed(query, chosen)).all()
            keys = self._keys_of([row.number for row in rows])
        return [_entry(row, keys.get(row.number, [])) for row in rows]

    def count(self, chosen: Filter | None = None) -> int:
        """How many documents the filter leaves."""
        query = select(func.count()).select_from(s.documents)
        with self._reading():
            return self._connection.scalar(_narrowed(query, chosen or Filter())) or 0

    def _keys_of(self, numbers: list[int]) -> dict[int, list[dict[str, Any]]]:
        keys: dict[int, list[dict[str, Any]]] = {}
        for start in range(0, len(numbers), SCANNED):
            few = numbers[start : start + SCANNED]
            query = select(s.keys).where(s.keys.c.document.in_(few)).order_by(s.keys.c.number)
            for row in self._connection.execute(query):
                plain = dict(row._mapping)
                del plain["number"]
                keys.setdefault(plain.pop("document"), []).append(plain)
        return keys

    def show(self, document: str, version: int | None = None) -> Record:
        """The record of a document (by id, address or the beginning of its id), as its reviewers left it."""
        with self._reading():
            row = self._version(find_one(self._connection, document), version)
            judged = select_judgements(self._connection, row.document)
        return apply_judgements(unpack_record(row.record, row.text), judged)

    def document_of(self, fact: str) -> str:
        """The id of the document that holds a fact with this id or key, or the only one with a fact that begins so."""
        f, d = s.facts.c, s.documents.c
        end = fact[:-1] + chr(ord(fact[-1]) + 1) if fact else ""
        query = select(d.id).distinct().join(s.facts, f.document == d.number)
        with self._reading():
            exact = self._connection.scalars(query.where((f.id == fact) | (f.key == fact))).all()
            like = ((f.id >= fact) & (f.id < end)) | ((f.key >= fact) & (f.key < end))
            found = exact or self._connection.scalars(query.where(like).limit(3)).all()
        if len(found) != 1:
            what = "several documents have facts that begin with" if found else "no fact of this archive is named"
            raise ArchiveError(f"{what} {fact!r}; SELECT id, key, words FROM facts shows all names")
        return str(found[0])

    def release(self, document: str, version: int | None = None) -> Release:
        """The release as it came: original bytes, header, and the intake's own text."""
        with self._reading():
            found = find_one(self._connection, document)
            return stored_release(self._version(found, version))

    def versions(self, document: str) -> list[VersionLine]:
        """The versions of a document, the oldest first."""
        c = s.versions.c
        with self._reading():
            number = find_one(self._connection, document).number
            rows = self._connection.execute(select(s.versions).where(c.document == number).order_by(c.ordinal))
            return [VersionLine(**{n: getattr(row, n) for n in VersionLine.__struct_fields__}) for row in rows]

    def _version(self, document: s.AnyRow, ordinal: int | None) -> s.AnyRow:
        wanted = document.current if ordinal is None else ordinal
        query = select(s.versions, s.documents.c.id.label("known_as")).join(s.documents, s.documents.c.number == s.versions.c.document)  # fmt: skip
        query = query.where(s.versions.c.document == document.number, s.versions.c.ordinal == wanted)
        row = self._connection.execute(query).first()
        if row is None:
            raise ArchiveError(f"{document.id} has no version {wanted}; its versions are 1 to {document.current}")
        return row

    def records(self, chosen: Filter | None = None, *, judged: bool = True) -> Iterator[Record]:
        """The current record of every document in the order in which they came; as read, where not `judged`."""
        last = 0
        while rows := self._records_after(last, chosen or Filter()):
            last = rows[-1][0].document
            for row, decided in rows:
                record = unpack_record(row.record, row.text)
                yield apply_judgements(record, decided) if judged else record

    def _records_after(self, number: int, chosen: Filter) -> list[tuple[s.AnyRow, list[Judgement]]]:
        v, d = s.versions.c, s.documents.c
        query = select(v.document, v.record, v.text).join(
            s.documents, and_(v.document == d.number, v.ordinal == d.current)
        )
        query = _narrowed(query.where(d.number > number).order_by(d.number).limit(SCANNED), chosen)
        with self._reading():
            rows = self._connection.execute(query).all()
            judged: dict[str, list[Judgement]] = {}
            if rows and self._connection.scalar(select(s.judgements.c.number).limit(1)):
                judged = {row.document: select_judgements(self._connection, row.document) for row in rows}
        return [(row, judged.get(row.document, [])) for row in rows]

    def facts(self, chosen: Filter | None = None) -> Iterator[tuple[Record, Fact]]:
        """Every fact of every document, with the record that it stands in."""
        for record in self.records(chosen):
            for fact in record.facts:
                yield record, fact

    def judgements(self) -> list[Judgement]:
        """All judgements, also the withdrawn ones."""
        with self._reading():
            return select_judgements(self._connection)

    def orphans(self) -> list[Judgement]:
        """Judgements in force whose fact is not found any more."""
        with self._reading():
            return select_orphans(self._connection)

    def meetings(self, wanted: str | None = None) -> list[MergedMeeting]:
        """Merged meetings, the latest first; or the one that a report belongs to, by its key or its document."""
        with self._reading():
            return select_merged(self._connection, find_node(self._connection, wanted) if wanted else None)

    def meetings_between(self, one: str, other: str) -> list[MergedMeeting]:
        """The merged meetings of two states, the latest first."""
        with self._reading():
            return select_merged(self._connection, between=(one, other))

    def texts_besides(self, documents: Collection[str], most: int) -> list[str]:
        """At most so many Russian texts of other documents, spread over the archive: what everybody says is in them."""
        v, d = s.versions.c, s.documents.c
        with self._reading():
            rows = self._connection.execute(select(d.number, d.id).where(d.language == "ru").order_by(d.number))
            numbers = [row.number for row in rows if row.id not in documents]
            chosen = numbers[:: max(1, -(-len(numbers) // most))]
            texts = select(v.text).join(s.documents, and_(v.document == d.number, v.ordinal == d.current))
            return list(self._connection.scalars(texts.where(d.number.in_(chosen)).order_by(d.number)))

    def things(self, wanted: str | None = None, *, kind: str | None = None) -> list[Thing]:
        """Papers, projects, undertakings and unlinked people, those of which most pages tell first; or the one that a key names."""
        with self._reading():
            node = find_node(self._connection, wanted) if wanted else None
            return select_things(self._connection, kind=kind, wanted=node)

    def pairs(self, *, unsure: bool = True, of: Collection[str] | None = None) -> list[SaidOfTwo]:
        """The pairs of reports that may be of one meeting and nobody has judged; or all that is said of pairs; `of` these keys."""
        with self._reading():
            return select_pairs(self._connection, unsure=unsure, of=of)

    def audits(self) -> list[Audit]:
        """The audits that were begun, the oldest first."""
        with self._reading():
            return select_audits(self._connection)

    def audit_claims(self, audit: int | None = None) -> list[Claim]:
        """The claims of an audit, or of all, in the order in which they are asked."""
        with self._reading():
            return select_claims(self._connection, audit)

    def sql(self, query: str) -> Iterator[dict[str, Any]]:
        """The rows of one SELECT on the documented views; anything else is refused before it does anything."""
        with sqlite.reading_engine(self.path).connect() as connection:
            yield from sqlite.iter_rows(connection, query, frozenset(VIEWS))

    def backup(self, to: Path) -> None:
        """A whole copy as of now, while others may write; a file that is there already is left alone."""
        if to.exists():
            raise ArchiveError(f"{to} is there already; name a new file for the backup")
        unfinished = to.with_name(to.name + ".unfinished")
        try:
            with sqlite.said_plainly(to, kept="no backup was made"):
                sqlite.copy(self.path, unfinished)
            unfinished.rename(to)
        except OSError as error:
            raise ArchiveError(
                f"{to} cannot be written ({error.strerror}); name a folder where you may write"
            ) from None
        finally:
            for suffix in ("", "-journal", "-wal", "-shm"):
                unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)

    def _reading(self) -> Any:
        return _Reading(self._connection, self.path)


class _Reading:
    """One short look at the archive: a snapshot for its length, errors as sentences."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._plainly = sqlite.said_plainly(path, kept="nothing was changed")
        self._transaction = connection.begin()

    def __enter__(self) -> None:
        self._plainly.__enter__()

    def __exit__(self, *error: Any) -> bool | None:
        self._transaction.rollback()
        return self._plainly.__exit__(*error)


def _narrowed(query: Select[Any], chosen: Filter) -> Select[Any]:
    """The query with the documents that have a meeting of which the whole filter holds."""
    tests = list(_tests(chosen))
    if not tests:
        return query
    matching = select(s.keys.c.document).where(*tests)
    return query.where(s.documents.c.number.in_(matching))


def _tests(chosen: Filter) -> Iterator[Any]:
    k = s.keys.c
    if chosen.kind:
        yield k.kind == chosen.kind
    if chosen.between:
        yield k.states == " ".join(sorted(chosen.between))
    if chosen.since:
        yield k.day_to >= chosen.since
    if chosen.until:
        yield k.day_from <= chosen.until
    person = " ".join(sorted(folded(chosen.person or "").split()))
    for kind, values in (("state", [chosen.state]), ("person", [chosen.person, person]), ("topic", [chosen.topic])):
        if values[0]:
            t = s.terms.c
            yield k.number.in_(select(t.key).where(t.kind == kind, t.value.in_([v for v in values if v])))


def _entry(row: s.AnyRow, keys: list[dict[str, Any]]) -> Entry:
    plain = {name: getattr(row, name) for name in Entry.__struct_fields__ if name not in ("versions", "meetings")}
    return Entry(**plain, versions=row.current, meetings=tuple(keys))
