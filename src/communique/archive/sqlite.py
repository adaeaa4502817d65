"""The one file that knows SQLite: connections, what they promise, and its errors as sentences with a remedy.

A writer holds the file for the length of one group of releases; a reader never waits for it. Committed is on the disk:
WAL with synchronous=FULL. What is erased is overwritten (secure_delete).
"""

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from communique.errors import ArchiveError

APPLICATION_ID = 0x434D4E51  # "CMNQ": tells an archive from any other SQLite file
BUSY_SECONDS = 20
_LETTING_SIGNALS_IN = 20_000  # steps of SQLite between two looks at Ctrl-C


def writing_engine(path: Path) -> Engine:
    """An engine whose transactions are a writer's from their first word, so that two writers take turns."""
    _refuse_other_files(path)
    engine = _engine(path, "rwc", _prepare_writer)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def reading_engine(path: Path) -> Engine:
    """An engine that cannot write; also for a file in a folder where nobody may write."""
    if not path.is_file():
        raise ArchiveError(_missing(path))
    engine = _engine(path, "ro", _prepare_reader)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first()
    except DatabaseError as error:
        if _name(error) not in ("SQLITE_CANTOPEN", "SQLITE_READONLY_CANTINIT", "SQLITE_READONLY_DIRECTORY", "SQLITE_READONLY_RECOVERY"):  # fmt: skip
            raise ArchiveError(_sentence(error, path)) from None
        return _begin_plainly(_engine(path, "ro&immutable=1", _prepare_reader))
    return _begin_plainly(engine)


def _refuse_other_files(path: Path) -> None:
    """SQLite takes a file of a few bytes for an empty database, and would write over it."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:
        return  # missing, or for SQLite to complain about
    if head and head != b"SQLite format 3\0":
        raise ArchiveError(f"{path}: {_REMEDIES['SQLITE_NOTADB']}")


def _begin_plainly(engine: Engine) -> Engine:
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _engine(path: Path, mode: str, prepare: Callable[[sqlite3.Connection], None]) -> Engine:
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        prepare(connection)
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=NullPool)


def _prepare_writer(connection: sqlite3.Connection) -> None:
    # In this order: a writer beside this one that makes the file now gives it our name before its first table.
    empty = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID and not empty:
        raise sqlite3.DatabaseError("file is not a database")
    if empty:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _keep_a_log(connection)
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "cache_size = -32000"):
        connection.execute(f"PRAGMA {pragma}")


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Turn the log on. SQLite does not wait here for a writer that makes the same file, so this does."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > until:
                raise
        time.sleep(0.02)


def _prepare_reader(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cache_size = -32000")
    connection.set_progress_handler(lambda: 0, _LETTING_SIGNALS_IN)


def is_archive(connection: Connection) -> bool:
    """Whether a file's head says that it is ours."""
    return connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID


def empty_the_log(engine: Engine) -> None:
    """Write the log into the file and cut it to nothing: what was erased is in neither."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def copy(path: Path, to: Path) -> None:
    """A whole copy as of one moment, while others read and write; `to` must not exist."""
    source = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    target = sqlite3.connect(to)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode = WAL")
    finally:
        target.close()
        source.close()


_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


def only_views(connection: sqlite3.Connection, views: frozenset[str]) -> None:
    """From now on this connection reads these views and nothing else: no table, no pragma, no other file."""

    def allow(action: int, first: str | None, second: str | None, _: str | None, through: str | None) -> int:
        if action == sqlite3.SQLITE_READ:
            counted = not second and str(first).startswith("store_")  # count(*) of a view is asked of its table
            allowed = counted or through in views or first in views or not str(first).startswith(_HIDDEN)
        else:
            allowed = action in _ALLOWED and second not in ("load_extension", "writefile", "readfile")
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    connection.set_authorizer(allow)


_TABLE = re.compile(r"\bstore_\w", re.IGNORECASE)
_HIDDEN = ("store_", "sqlite_")  # every real table; other names are those a query gives itself


@contextmanager
def said_plainly(path: Path, *, kept: str = "what was kept before stays") -> Iterator[None]:
    """Errors of the database as ArchiveErrors that say what to do."""
    try:
        yield
    except DatabaseError as error:
        raise ArchiveError(_sentence(error, path, kept)) from None
    except sqlite3.DatabaseError as error:
        raise ArchiveError(_words(error, path, kept)) from None


def _sentence(error: DatabaseError, path: Path, kept: str = "nothing was changed") -> str:
    return _words(error.orig, path, kept)


def _name(error: DatabaseError) -> str:
    return getattr(error.orig, "sqlite_errorname", "")


def _words(error: BaseException | None, path: Path, kept: str) -> str:
    name = getattr(error, "sqlite_errorname", "") or str(error)
    remedy = next((words for start, words in _REMEDIES.items() if name.startswith(start)), None)
    if remedy is None:
        return f"{path}: the database says «{error}» ({name}); {kept}. Look at the disk, and go back to a backup if this stays"  # fmt: skip
    return f"{path}: {remedy}".replace("KEPT", kept)


_REMEDIES = {
    "SQLITE_BUSY": f"another program has been writing to this archive for {BUSY_SECONDS} seconds; KEPT. Wait until it is done and run the same command again",
    "SQLITE_LOCKED": "another program is writing to this archive; KEPT. Wait until it is done and run the same command again",
    "SQLITE_FULL": "the disk is full; KEPT. Free some space and run the same command again: it goes on where it stopped",
    "SQLITE_IOERR": "the disk refused to write or read; KEPT. Is it full, over its quota, or gone? Then run the same command again",
    "SQLITE_READONLY": "the archive may only be read here; KEPT. Check the rights of the file and its folder, or copy it and name the copy",
    "SQLITE_CANTOPEN": "the archive cannot be opened; KEPT. Check that its folder exists and that you may write there",
    "SQLITE_NOTADB": "this file is no archive of Communiqué; nothing was changed. Name another with --archive",
    "file is not a database": "this file is no archive of Communiqué; nothing was changed. Name another with --archive",
    "SQLITE_CORRUPT": "the archive is damaged; KEPT. Go back to your latest backup",
    "SQLITE_PERM": "you may not open this archive; check the rights of the file",
}  # fmt: skip


def _missing(path: Path) -> str:
    return f"there is no archive {path}; make one with communique add PATH --archive {path}, or name another"


def iter_rows(connection: Connection, query: str, views: frozenset[str]) -> Iterator[dict[str, object]]:
    """The rows of one SELECT on these views; raises ArchiveError for any other statement, and for a mistake in it."""
    if _TABLE.search(query):
        raise ArchiveError(_ONLY + ", ".join(sorted(views)))
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    only_views(raw, views)
    try:
        cursor = raw.execute(query)
        names = [column[0] for column in cursor.description or ()]
        if not names:
            raise ArchiveError(_ONLY + ", ".join(sorted(views)))
        for row in cursor:
            yield dict(zip(names, row, strict=True))
    except (sqlite3.Error, sqlite3.Warning) as error:
        refused = "prohibited" in str(error) or "not authoriz" in str(error)
        reason = "" if refused else f"SQLite says «{error}». "
        raise ArchiveError(reason + _ONLY + ", ".join(sorted(views))) from None


_ONLY = "sql takes one SELECT, and reads the views that docs/archive.md describes: "
