"""Releases in, rows out: the only writer of an archive.

Always: a release is written whole or not at all; an outcome is given only after its commit, a group of releases at a
time; what is there already is not written again; the current record of a document and its derived rows agree.
"""

import hashlib
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, and_, delete, func, insert, select, update

from communique.archive import schema as s
from communique.archive import sqlite
from communique.archive.audits import Answer, Audit, Claim, insert_audit, update_answer
from communique.archive.changes import Change, changes_between
from communique.archive.judgements import Judgement, insert_judgement, now, select_judgements
from communique.archive.lookup import find_one
from communique.archive.merging import Said, erase_document, find_node, judge_pair, withdraw_pair, write_nodes
from communique.archive.migrations import bring_up_to_date
from communique.archive.packing import (
    PackedRelease,
    header_of,
    pack_record,
    pack_release,
    unpack_record,
    unpack_release,
)
from communique.archive.rows import KeyRow, document_row, fact_rows, key_rows
from communique.errors import ArchiveError
from communique.matching.nodes import Key, all_keys_of
from communique.record.record import Record
from communique.text.release import Failure, Release, canonical_url, document_id, document_of

log = logging.getLogger(__name__)
GROUP_RELEASES = 100
GROUP_SECONDS = 1.0
Reader = Callable[[Release], Record | Failure]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one release: `added` and `version` are on the disk when they are said."""

    source: str
    id: str | None
    state: Literal["added", "version", "known", "forgotten", "failed"]
    ordinal: int | None = None
    message: str = ""
    code: str = ""


class Reread(msgspec.Struct, frozen=True):
    """A document read again: what today's rules gained and lost in it; `failure` says why it was left as it was."""

    id: str
    changes: tuple[Change, ...] = ()
    failure: str = ""


class Wanted(msgspec.Struct, frozen=True):
    """What a release is found by, worked out once: its names, and the words that would be a version."""

    id: str
    given: bool
    url: str | None
    version: str
    header: str


class Prepared(msgspec.Struct, frozen=True):
    """All rows of one reading, made before the archive is held for writing."""

    id: str
    document: dict[str, Any]
    version: dict[str, Any]
    made: dict[str, Any]
    keys: tuple[KeyRow, ...]
    facts: tuple[dict[str, Any], ...]
    nodes: tuple[Key, ...]


class _Pending(msgspec.Struct, frozen=True):
    release: Release
    wanted: Wanted
    prepared: Prepared


class _Found(msgspec.Struct, frozen=True):
    """Where a release belongs: the document that is known by its id or address, and the version that has its words."""

    id: str
    document: int | None = None
    ordinal: int | None = None
    forgotten: str | None = None


class Writer:
    """Writes to one archive; makes it when it is not there, and brings an older one up to date."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = sqlite.writing_engine(path)
        self.kept: Counter[str] = Counter()  # states of what was committed, also where nobody took the outcome
        self._pending: list[_Pending] = []
        self._since = 0.0
        with self._said_plainly("nothing was changed"):
            self._connection = self._engine.connect()
            with self._connection.begin():
                bring_up_to_date(self._connection)
            self._looking = sqlite.reading_engine(path).connect()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; releases whose outcome was not given are not in it."""
        self._looking.close()  # the last to close writes the log into the file, and must be able to
        self._connection.close()

    def add(self, releases: Iterable[Release | Failure], read: Reader, *, again: bool = False) -> Iterator[Outcome]:
        """The outcome of every release, after its commit; `again` also takes what was forgotten.

        Stopped by Ctrl-C, it keeps what was read so far and gives its outcomes before it stops.
        """
        try:
            for release in releases:
                yield from self._add(release, read, again)
            yield from self.finish(read)
        except KeyboardInterrupt:
            yield from self.finish(read)
            raise

    def _add(self, release: Release | Failure, read: Reader, again: bool) -> Iterator[Outcome]:
        if isinstance(release, Failure):
            yield _failed(release)
            return
        wanted = wanted_of(release)
        with self._said_plainly(), self._looking.begin():
            found = find_document(self._looking, wanted)
        if outcome := _nothing_to_do(release, found, again):
            yield outcome
            return
        prepared = _read(_named(release, found), wanted, read)
        if isinstance(prepared, Failure):
            yield _failed(prepared)
            return
        self._since = self._since if self._pending else time.monotonic()
        self._pending.append(_Pending(release, wanted, prepared))
        if len(self._pending) >= GROUP_RELEASES or time.monotonic() - self._since >= GROUP_SECONDS:
            yield from self.finish(read)

    def finish(self, read: Reader) -> list[Outcome]:
        """One commit for all that is pending. Another writer may have been faster: where each belongs is looked up again."""
        if not self._pending:
            return []
        with self._said_plainly(), self._connection.begin():
            outcomes = [self._settle(pending, read) for pending in self._pending]
        self._pending.clear()
        self.kept.update(outcome.state for outcome in outcomes)
        return outcomes

    def _settle(self, pending: _Pending, read: Reader) -> Outcome:
        release, prepared = pending.release, pending.prepared
        found = find_document(self._connection, pending.wanted)
        if found.ordinal is not None:
            return Outcome(source=release.source, id=found.id, state="known", ordinal=found.ordinal)
        if found.id != prepared.id:  # its document came with this same group
            again = _read(_named(release, found), pending.wanted, read)
            if isinstance(again, Failure):
                return _failed(again)
            prepared = again
        ordinal = write_version(self._connection, prepared, found.document)
        if found.forgotten:
            self._lift(pending.wanted)
        state: Literal["added", "version"] = "added" if ordinal == 1 else "version"
        return Outcome(source=release.source, id=found.id, state=state, ordinal=ordinal)

    def _lift(self, wanted: Wanted) -> None:
        marks = _marks(wanted.id, wanted.url)
        self._connection.execute(update(s.tombstones).where(s.tombstones.c.mark.in_(marks)).values(lifted=True))

    def forget(self, document: str) -> str:
        """Erase a document with all its versions, facts and judgements, and leave a tombstone; returns its id."""
        with self._said_plainly("nothing was erased"), self._connection.begin():
            row = find_one(self._connection, document)
            erase(self._connection, row.number)
            self._bury(row.id, row.url)
        sqlite.empty_the_log(self._engine)
        return str(row.id)

    def _bury(self, known_as: str, url: str | None) -> None:
        for mark in _marks(known_as, url):
            self._connection.execute(delete(s.tombstones).where(s.tombstones.c.mark == mark))
            self._connection.execute(insert(s.tombstones).values(mark=mark, at=now(), lifted=False))

    def reread(self, read: Reader) -> Iterator[Reread]:
        """Every document again by `read`, in groups; each is given with its changes after its commit."""
        last = 0
        while rows := self._current_after(last):
            with self._said_plainly(), self._connection.begin():
                group = [self._reread(row, read) for row in rows]
            yield from group
            last = rows[-1].document

    def _current_after(self, number: int) -> list[s.AnyRow]:
        query = (
            select(s.versions, s.documents.c.id.label("known_as"))
            .join(s.documents, and_(s.versions.c.document == s.documents.c.number, s.versions.c.ordinal == s.documents.c.current))
            .where(s.documents.c.number > number)
            .order_by(s.documents.c.number)
            .limit(GROUP_RELEASES)
        )  # fmt: skip
        with self._said_plainly(), self._looking.begin():
            return list(self._looking.execute(query))

    def _reread(self, row: s.AnyRow, read: Reader) -> Reread:
        release = msgspec.structs.replace(stored_release(row), id=row.known_as)
        record = read(release)
        prepared = record if isinstance(record, Failure) else prepare(release, record, wanted_of(release))
        if isinstance(record, Failure) or isinstance(prepared, Failure):
            return Reread(row.known_as, failure=prepared.message)  # type: ignore[union-attr]
        before = unpack_record(row.record, row.text)
        if record.document.version != row.version:  # today's rules normalise the text otherwise
            write_version(self._connection, prepared, row.document)
        elif record != before:
            this = s.versions.c.number == row.number
            self._connection.execute(update(s.versions).where(this).values(**prepared.made))
            write_derived(self._connection, row.document, prepared)
        return Reread(row.known_as, tuple(changes_between(before, record)))

    def judge(self, judgement: Judgement) -> int:
        """Keep a judgement about the fact that bears its key; returns the judgement's number."""
        with self._said_plainly("the judgement was not kept"), self._connection.begin():
            return insert_judgement(self._connection, judgement)

    def withdraw(self, number: int) -> None:
        """Take a judgement back: the row stays, with the time."""
        with self._said_plainly("nothing was withdrawn"), self._connection.begin():
            in_force = (s.judgements.c.number == number, s.judgements.c.withdrawn.is_(None))
            done = self._connection.execute(update(s.judgements).where(*in_force).values(withdrawn=now()))
            if not done.rowcount:
                raise ArchiveError(f"no judgement in force has the number {number}")

    def judge_pair(self, one: str, other: str, verdict: Said, *, by: str, why: str | None = None) -> int:
        """Keep a person's word on two reports (keys of meetings, or documents that report one); returns its number."""
        with self._said_plainly("nothing was changed"), self._connection.begin():
            nodes = find_node(self._connection, one), find_node(self._connection, other)
            return judge_pair(self._connection, *nodes, verdict, by, why)

    def withdraw_pair(self, number: int) -> None:
        """Take such a word back; both meetings have their own ids again."""
        with self._said_plainly("nothing was withdrawn"), self._connection.begin():
            withdraw_pair(self._connection, number)

    def begin_audit(self, audit: Audit, claims: Sequence[Claim]) -> int:
        """Keep a sample before anything is asked of it; returns the audit's number."""
        with self._said_plainly("no audit was begun"), self._connection.begin():
            return insert_audit(self._connection, audit, claims)

    def answer_claim(self, number: int, answer: Answer | None, by: str) -> None:
        """What somebody said of a claim; None takes it back."""
        with self._said_plainly("the answer was not kept"), self._connection.begin():
            update_answer(self._connection, number, answer, by)

    def judgements(self) -> list[Judgement]:
        """All judgements, also the withdrawn ones."""
        with self._said_plainly(), self._looking.begin():
            return select_judgements(self._looking)

    def _said_plainly(self, kept: str = "what was reported as added is kept") -> Any:
        return sqlite.said_plainly(self.path, kept=kept)


def wanted_of(release: Release) -> Wanted:
    """What a release is found by."""
    url = canonical_url(release.url)
    return Wanted(document_id(release), release.id is not None, url, document_of(release).version, header_of(release))


def find_document(connection: Connection, wanted: Wanted) -> _Found:
    """Where a release belongs: by its given id, else by its address; and whether its words are there already."""
    row = _document_row(connection, wanted)
    if row is None:
        return _Found(wanted.id, forgotten=_forgotten(connection, wanted))
    return _Found(row.id, row.number, _ordinal(connection, row.number, wanted))


def _document_row(connection: Connection, wanted: Wanted) -> s.AnyRow | None:
    """A given id goes before an address, but a document that only its address names is the same page."""
    columns = select(s.documents.c.number, s.documents.c.id)
    row = connection.execute(columns.where(s.documents.c.id == wanted.id)).first()
    if row is not None or not wanted.url:
        return row
    if wanted.given:
        return connection.execute(columns.where(s.documents.c.id == wanted.url)).first()
    rows = connection.execute(columns.where(s.documents.c.url == wanted.url).order_by(s.documents.c.number)).all()
    holding = [row for row in rows if _ordinal(connection, row.number, wanted)]
    return holding[0] if holding else rows[0] if len(rows) == 1 else None


def _ordinal(connection: Connection, document: int, wanted: Wanted) -> int | None:
    """The version of a document that has these words under this header."""
    c = s.versions.c
    same = (c.document == document, c.version == wanted.version, c.header == wanted.header)
    return connection.scalar(select(c.ordinal).where(*same))


def _forgotten(connection: Connection, wanted: Wanted) -> str | None:
    """The time when this id or address was forgotten."""
    c = s.tombstones.c
    url = None if wanted.given else wanted.url  # another page of the same address may be another document
    return connection.scalar(select(c.at).where(c.mark.in_(_marks(wanted.id, url)), c.lifted.is_(False)))


def _marks(known_as: str, url: str | None) -> list[str]:
    names = {known_as, canonical_url(url) or known_as}
    return sorted(hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest() for name in names)


def _named(release: Release, found: _Found) -> Release:
    """The release under the id by which the archive knows its document: keys of facts hang on it."""
    return release if document_id(release) == found.id else msgspec.structs.replace(release, id=found.id)


def _nothing_to_do(release: Release, found: _Found, again: bool) -> Outcome | None:
    if found.ordinal is not None:
        return Outcome(source=release.source, id=found.id, state="known", ordinal=found.ordinal)
    if found.forgotten and not again:
        message = f"it was forgotten on {found.forgotten[:10]}; add it with --again if it should come back"
        return Outcome(source=release.source, id=found.id, state="forgotten", message=message)
    return None


def _failed(failure: Failure) -> Outcome:
    return Outcome(source=failure.source, id=None, state="failed", message=failure.message, code=failure.code)


def _read(release: Release, wanted: Wanted, read: Reader) -> Prepared | Failure:
    record = read(release)
    return record if isinstance(record, Failure) else prepare(release, record, wanted)


def prepare(release: Release, record: Record, wanted: Wanted) -> Prepared | Failure:
    """The rows of a reading; a fault of ours in making them costs this release only."""
    try:
        return Prepared(
            id=record.document.id,
            document=document_row(record),
            version={"version": record.document.version, "header": wanted.header, "text": record.document.text}
            | {"url": wanted.url}
            | msgspec.structs.asdict(pack_release(release)),
            made=_made(record),
            keys=tuple(key_rows(record)),
            facts=tuple(fact_rows(record)),
            nodes=tuple(all_keys_of(record)),
        )
    except Exception as error:
        log.exception("no rows could be made of %s", release.source)
        message = f"its record could not be kept ({type(error).__name__}: {error}); please report this text"
        return Failure(source=release.source, code="bug", message=message, known=release)


def write_version(connection: Connection, prepared: Prepared, document: int | None) -> int:
    """A new document, or a new version of a known one, with all its rows; returns the version's ordinal."""
    version = dict(prepared.version)
    url, ordinal = version.pop("url"), 1
    if document is None:
        row = {"id": prepared.id, "url": url, "current": 1, "added_at": now(), **prepared.document}
        document = s.insert_row(connection, s.documents, row)
    else:
        last = select(func.max(s.versions.c.ordinal)).where(s.versions.c.document == document)
        ordinal = (connection.scalar(last) or 0) + 1
    row = {"document": document, "ordinal": ordinal, "added_at": now(), **version, **prepared.made}
    connection.execute(insert(s.versions).values(**row))
    write_derived(connection, document, prepared, ordinal)
    return ordinal


def _made(record: Record) -> dict[str, Any]:
    """The columns that another reading of the same words changes."""
    made = record.made_by
    return {
        "communique": made.communique,
        "rules": made.rules,
        "pack": made.pack,
        "world": made.roster,
        "read_at": now(),
        "record": pack_record(record),
    }


def write_derived(connection: Connection, document: int, prepared: Prepared, ordinal: int | None = None) -> None:
    """The rows of the current record in place of the former ones."""
    if ordinal != 1:  # of a new document the row is as it should be, and there is nothing to take away
        values = prepared.document | ({"current": ordinal} if ordinal else {})
        connection.execute(update(s.documents).where(s.documents.c.number == document).values(**values))
        erase_derived(connection, document)
    for key in prepared.keys:
        number = s.insert_row(connection, s.keys, {"document": document, **key.row})
        if key.terms:
            terms = [{"kind": kind, "value": value, "key": number} for kind, value in sorted(key.terms)]
            connection.execute(insert(s.terms), terms)
    if prepared.facts:
        connection.execute(insert(s.facts), [{"document": document, **row} for row in prepared.facts])
    write_nodes(connection, document, prepared.nodes)


def erase_derived(connection: Connection, document: int) -> None:
    """Take away what was derived from the current record."""
    of_document = select(s.keys.c.number).where(s.keys.c.document == document)
    connection.execute(delete(s.terms).where(s.terms.c.key.in_(of_document)))
    for table in s.DERIVED:
        connection.execute(delete(table).where(table.c.document == document))


def erase(connection: Connection, document: int) -> None:
    """Take away a document and all that hangs on it."""
    erase_derived(connection, document)
    erase_document(connection, document)
    for table in (s.judgements, s.audit_claims, s.versions):
        connection.execute(delete(table).where(table.c.document == document))
    connection.execute(delete(s.documents).where(s.documents.c.number == document))


def stored_release(row: s.AnyRow) -> Release:
    """The release of a row of versions, as its intake gave it."""
    packed = PackedRelease(row.original, row.release, row.raw, row.map)
    return unpack_release(packed, row.text, source=row.known_as)
