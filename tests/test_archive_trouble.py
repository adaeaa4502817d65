"""An archive in trouble: full disk, no right to write, two writers, other files, other versions, kill -9. All of it real."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from bench.archive_kill import add_all as add_files
from bench.archive_kill import contents, kill_once, write_files
from communique import Archive
from communique.archive import migrations, schema, sqlite
from communique.archive.view import View
from communique.archive.writer import Writer
from communique.errors import ArchiveError
from communique.text.release import Release
from kept import keep, release, rules, states
from program import PROGRAM

FIXTURES = Path(__file__).parent / "archives"
VERSIONS = range(1, schema.SCHEMA_VERSION + 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte; where none may be mounted, the test does without."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk; the quota below is tested for everybody")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def many(count: int) -> list[Release]:
    """Releases that no packing makes small."""
    noise = random.Random(1)
    return [release(f"d{n}", f"Берег провёл переговоры номер {n}. {noise.randbytes(4000).hex()}") for n in range(count)]


def test_full_disk_keeps_what_was_reported(small_disk: Path) -> None:
    path, reported = small_disk / "a.db", set()
    with (
        pytest.raises(ArchiveError, match=r"the disk is full; what was reported as added is kept\. Free some space"),
        Writer(path) as writer,
    ):
        for outcome in writer.add(iter(many(300)), rules()):
            reported.add(outcome.id)
    there = {entry.id for entry in Archive(path).list()}
    assert there == reported
    assert "".join(contents(path)["integrity"]) == "ok"  # type: ignore[arg-type]
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    again = keep(path, *many(300))  # more room, and the same command
    assert len(Archive(path).list()) == 300
    assert states(again).count("known") == len(reported)


def test_backup_to_a_full_disk(small_disk: Path, path: Path) -> None:
    keep(path, *many(200))
    with pytest.raises(ArchiveError, match="the disk is full; no backup was made"):
        Archive(path).backup(small_disk / "copy.db")
    assert list(small_disk.iterdir()) == []


_QUOTA = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
from pathlib import Path
from test_archive_trouble import many
from kept import rules
from communique.archive.writer import Writer
try:
    with Writer(Path(sys.argv[1])) as writer:
        for outcome in writer.add(iter(many(300)), rules()):
            print(outcome.id, flush=True)
except Exception as error:
    print(f"{type(error).__name__}: {error}", file=sys.stderr)
"""


def test_quota_keeps_what_was_reported(path: Path) -> None:
    """A limit on the size of files is what everybody can have."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(["tests", ".", *sys.path])}
    done = subprocess.run(
        [sys.executable, "-c", _QUOTA, str(path)], capture_output=True, text=True, env=env, check=False
    )
    assert "ArchiveError" in done.stderr and "what was reported as added is kept" in done.stderr
    assert "run the same command again" in done.stderr
    assert {entry.id for entry in Archive(path).list()} == set(done.stdout.split())


@pytest.fixture
def locked(path: Path, tmp_path: Path) -> Iterator[Path]:
    """An archive on a file system that may only be read; for other users than root, one whose folder has no rights."""
    folder = tmp_path / "locked"
    folder.mkdir()
    if os.geteuid() == 0:
        if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], capture_output=True, check=False).returncode:
            pytest.skip("root may not mount here, and no rights hold root back")
        keep(folder / "a.db", release())
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    else:
        keep(folder / "a.db", release())
        (folder / "a.db").chmod(0o444)
        folder.chmod(0o555)
    yield folder / "a.db"
    if os.geteuid() == 0:
        subprocess.run(["umount", "-l", str(folder)], check=True)
    else:
        folder.chmod(0o755)


def test_where_nobody_may_write_one_can_still_look(locked: Path) -> None:
    archive = Archive(locked)
    assert [entry.id for entry in archive.list()] == ["d1"]
    assert archive.show("d1").meetings
    assert archive.sql("SELECT count(*) AS n FROM facts") == [{"n": 2}]
    with pytest.raises(ArchiveError, match=r"may only be read here|cannot be opened"):
        keep(locked, release("d2"))
    with pytest.raises(ArchiveError, match=r"may only be read here|cannot be opened"):
        archive.forget("d1")


def test_two_writers_make_one_archive(tmp_path: Path) -> None:
    """SQLite refuses at once, where it need not, to turn the log on while another does."""
    failures: list[BaseException] = []

    def make(path: Path, ready: threading.Barrier) -> None:
        ready.wait()
        try:
            Writer(path).close()
        except BaseException as error:
            failures.append(error)

    for n in range(25):
        path, ready = tmp_path / f"{n}.db", threading.Barrier(4)
        threads = [threading.Thread(target=make, args=(path, ready)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert Archive(path).list() == []


def test_two_writers_take_turns(path: Path) -> None:
    failures: list[BaseException] = []

    def write(first: int) -> None:
        try:
            for n in range(first, 60, 2):
                keep(path, release(f"d{n}"), release("both", f"Берег, номер {n % 5}."))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(first,)) for first in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(Archive(path).list()) == 61
    assert len(Archive(path).versions("both")) == 5
    assert contents(path)["integrity"] == "ok"


def test_a_writer_that_waits_too_long_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(path, release())
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ArchiveError, match=r"another program has been writing .* run the same command again"):
        keep(path, release("d2"))
    assert [entry.id for entry in Archive(path).list()] == ["d1"]  # looking does not wait
    other.execute("ROLLBACK")
    other.close()
    assert states(keep(path, release("d2"))) == ["added"]


@pytest.mark.parametrize("content", [b"Letters, no archive. " * 99, b"x", b"SQLite format 3\x00" + b"\x07" * 5000])
def test_other_files_are_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for use in (lambda: keep(path, release()), lambda: Archive(path).list(), lambda: Archive(path).forget("d1")):
        with pytest.raises(ArchiveError, match=r"no archive of Communiqué|damaged"):
            use()
    assert path.read_bytes() == content


def test_a_database_of_somebody_else_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    for use in (lambda: keep(path, release()), lambda: Archive(path).list()):
        with pytest.raises(ArchiveError, match="is no archive of Communiqué"):
            use()
    assert path.read_bytes() == before


def test_a_newer_archive_is_refused(path: Path) -> None:
    keep(path, release())
    with sqlite3.connect(path) as newer:
        newer.execute("INSERT INTO store_schema_version VALUES (99, '2030-01-01', '9.0')")
    newer.close()
    for use in (lambda: keep(path, release("d2")), lambda: Archive(path).list()):
        with pytest.raises(
            ArchiveError, match=r"has schema 99, and Communiqué .* knows schemas up to .*; upgrade communique"
        ):
            use()


@pytest.mark.parametrize("version", VERSIONS)
def test_an_archive_of_each_schema_version_is_still_read(path: Path, version: int) -> None:
    shutil.copy(FIXTURES / f"schema-{version}.db", path)
    archive = Archive(path)
    assert [entry.id for entry in archive.list()] == ["d2", "d1"]
    assert [v.ordinal for v in archive.versions("d1")] == [1, 2]
    assert archive.show("d1").meetings[0].origin == "reviewed"
    assert [j.verdict for j in archive.judgements()] == ["confirmed"]
    assert states(keep(path, release("d3"))) == ["forgotten"]
    with View(path) as view:
        assert migrations.version_of(view._connection) == schema.SCHEMA_VERSION
        columns = {t: {c["name"] for c in inspect(view._connection).get_columns(t)} for t in schema.metadata.tables}
    assert columns == {name: set(table.c.keys()) for name, table in schema.metadata.tables.items()}


def test_a_persons_word_on_two_reports_lives_through_the_step_to_things(path: Path) -> None:
    """All pairs of the rules are made anew with schema 4; what somebody said is not theirs to take."""
    shutil.copy(FIXTURES / "schema-3.db", path)
    with sqlite3.connect(path) as raw:
        one, other = sorted(row[0] for row in raw.execute("SELECT node FROM store_nodes"))
        raw.execute(
            "INSERT INTO store_pairs (one, other, verdict, in_force, by, at) VALUES (?, ?, 'same', 'same', 'somebody', '2026-01-01')",
            (one, other),
        )
    raw.close()
    archive = Archive(path)
    (meeting,) = archive.meetings()
    assert {report.node for report in meeting.documents} == {one, other}
    archive.withdraw_pair(1)
    assert len(archive.meetings()) == 2


def test_steps_are_taken_in_one_transaction_and_recorded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of an older archive, by a step that tests put in the place of a later version's."""

    def step(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE store_documents ADD COLUMN later TEXT"))
        if broken:
            raise sqlite3.OperationalError("database or disk is full")

    keep(path, release())
    monkeypatch.setattr(schema, "SCHEMA_VERSION", schema.SCHEMA_VERSION + 1)
    monkeypatch.setattr(migrations, "_step", lambda version: step)
    broken = True
    with pytest.raises(ArchiveError):
        Archive(path).list()
    with sqlite3.connect(path) as raw:
        assert "later" not in str(raw.execute("SELECT sql FROM sqlite_master").fetchall())
    broken = False
    assert [entry.id for entry in Archive(path).list()] == ["d1"]
    with sqlite3.connect(path) as raw:
        versions = [row[0] for row in raw.execute("SELECT version FROM store_schema_version ORDER BY 1")]
    assert versions == [schema.SCHEMA_VERSION - 1, schema.SCHEMA_VERSION]


def test_an_older_archive_that_may_not_be_written_is_refused(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "SCHEMA_VERSION", schema.SCHEMA_VERSION + 1)
    with pytest.raises(ArchiveError, match=r"may only be read here|cannot be opened"):
        Archive(locked).list()


def test_kill_at_three_moments(tmp_path: Path) -> None:
    """The short form of bench/archive_kill.py."""
    files = write_files(tmp_path / "texts", 40)
    seconds = add_files(files, tmp_path / "whole.db")
    whole = contents(tmp_path / "whole.db")
    assert len(whole["originals"]) == 40  # type: ignore[arg-type]
    for moment in (seconds * 0.6, 1, seconds * 0.95):
        kill = kill_once(files, tmp_path, whole, moment)
        assert (kill.lost, kill.equal) == (0, True), kill


def test_ctrl_c_says_what_was_kept(tmp_path: Path) -> None:
    files = write_files(tmp_path / "texts", 150)
    command = [*PROGRAM, "add", str(files), "--archive", str(tmp_path / "a.db")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline().startswith("added ")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    if process.returncode != 0:  # it may have been done already
        assert process.returncode == 130
        assert "all that is counted here is kept" in err and "Traceback" not in err
    last = out.splitlines()[-1]
    assert last.startswith(f"{tmp_path / 'a.db'}: {len(Archive(tmp_path / 'a.db').list())} added")
