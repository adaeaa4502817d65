"""kill -9 while releases are added: is what was reported there, and does the same `add` again make the whole?

300 composed files are added undisturbed; then again and again into new archives by a process that is killed, by turns at
a random moment and in the moment in which the log grows, which is inside a commit. Every release reported as added must
be there, and after one more `add` the archive must equal the undisturbed one in every documented column and record.

    python -m bench.archive_kill [--kills 20] [--files 300] [--seed 1] [--folder DIR]
"""

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.cast import example_cast
from bench.compose import iter_pages
from communique.archive.view import View
from communique.errors import ArchiveError
from communique.record.codec import encode

ROOT = Path(__file__).parent.parent
_RUN = "from communique.cli import main; main()"
_TIMES = ("added_at", "read_at")


class Kill(NamedTuple):
    """One kill: when, what had been reported by then, what was in the archive, what was missing of the reported."""

    aimed_at: str
    after: float
    reported: int
    there: int
    lost: int
    equal: bool


def write_files(folder: Path, count: int) -> Path:
    """`count` composed readouts, a file each."""
    folder.mkdir(parents=True)
    for number, page in enumerate(iter_pages(count, example_cast())):
        (folder / f"{number:04}.txt").write_text(page.text, "utf-8")
    return folder


def start_add(files: Path, archive: Path, told: Path) -> subprocess.Popen[bytes]:
    """`communique add` in a process of its own; what it reports goes to `told`."""
    command = [
        sys.executable,
        "-c",
        _RUN,
        "add",
        str(files),
        "--archive",
        str(archive),
        "--world",
        str(ROOT / "examples/world"),
    ]
    with told.open("wb") as out:
        return subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)


def add_all(files: Path, archive: Path) -> float:
    """Add and let it finish; returns the seconds."""
    start = time.perf_counter()
    if start_add(files, archive, archive.with_suffix(".told")).wait():
        raise SystemExit("add failed: " + archive.with_suffix(".told").read_text("utf-8"))
    return time.perf_counter() - start


def contents(archive: Path) -> dict[str, object]:
    """All that an archive says, without times and inner numbers: two archives are equal when this is."""
    with sqlite3.connect(archive) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
    with View(archive) as view:
        said: dict[str, object] = {"integrity": sound}
        for name in ("documents", "texts", "meetings", "facts", "terms", "judgements"):
            rows = [{k: v for k, v in row.items() if k not in _TIMES} for row in view.sql(f"SELECT * FROM {name}")]
            said[name] = sorted(str(row) for row in rows)
        said["records"] = sorted(encode(record) for record in view.records())
        names = [str(row["id"]) for row in view.sql("SELECT id FROM documents")]
        said["merged"] = sorted(map(repr, view.meetings()))
        said["pairs"] = sorted((p.one, p.other, p.in_force, p.why or "") for p in view.pairs(unsure=False))
        said["originals"] = {name: view.release(name) for name in names}
    return said


def reported(told: Path) -> set[str]:
    """The ids of the whole lines that say `added`."""
    lines = told.read_text("utf-8").split("\n")[:-1]
    return {line.removeprefix("added ") for line in lines if line.startswith("added ")}


def kill_once(files: Path, folder: Path, whole: dict[str, object], moment: float | int) -> Kill:
    """Kill at a second (float) or at the nth growth of the log (int), add again, and compare."""
    archive, told = folder / "killed.db", folder / "killed.told"
    start = time.perf_counter()
    process = start_add(files, archive, told)
    if isinstance(moment, float):
        time.sleep(moment)
    else:
        _wait_for_growth(Path(f"{archive}-wal"), moment, process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    after, said = time.perf_counter() - start, reported(told)
    there = _ids(archive)
    add_all(files, archive)
    equal = contents(archive) == whole
    for path in folder.glob("killed.*"):
        path.unlink()
    aimed = f"{moment:.2f} s" if isinstance(moment, float) else f"commit {moment}"
    return Kill(aimed, after, len(said), len(there), len(said - there), equal)


def _wait_for_growth(log: Path, times: int, process: subprocess.Popen[bytes]) -> None:
    """Until the log has grown so many times after the tables were made; each growth is a commit under way."""
    size, seen = 0, -1
    while process.poll() is None and seen < times:
        now = log.stat().st_size if log.exists() else 0
        if now > size:
            seen += 1
            while seen < times and (later := log.stat().st_size if log.exists() else 0) > now:
                now = later
                time.sleep(0.02)
        size = now


def _ids(archive: Path) -> set[str]:
    try:
        with View(archive) as view:
            return {str(row["id"]) for row in view.sql("SELECT id FROM documents")}
    except ArchiveError:  # killed before there were tables; what was reported counts as lost then
        return set()


def iter_kills(folder: Path, kills: int, files: int, seed: int) -> "list[Kill]":
    """The undisturbed run, then as many kills, by turns at a random second and in a commit."""
    rng = random.Random(seed)
    texts = write_files(folder / "texts", files)
    seconds = add_all(texts, folder / "whole.db")
    whole = contents(folder / "whole.db")
    print(f"undisturbed: {len(whole['originals'])} releases in {seconds:.1f} s")  # type: ignore[arg-type]
    found = []
    for number in range(kills):
        moment = rng.uniform(0.3, seconds) if number % 2 == 0 else rng.randint(1, max(1, files // 100))
        found.append(kill_once(texts, folder, whole, moment))
        print(
            "aimed at {:>9}, died after {:.2f} s: {:3} reported, {:3} there, {} lost, then equal: {}".format(*found[-1])
        )
    return found


def main() -> None:
    """Kill and print; leaves with 1 if anything reported was lost, or an archive came out otherwise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        kills = iter_kills(Path(folder), chosen.kills, chosen.files, chosen.seed)
    bad = [kill for kill in kills if kill.lost or not kill.equal]
    print(
        f"{len(kills)} kills: {sum(k.lost for k in kills)} reported and lost, {sum(k.equal for k in kills)} equal in the end"
    )
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
