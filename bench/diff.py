"""What one revision of the rules reads better and worse than another: facts, with their words.

`python -m bench.diff OLD NEW`: each is a file of records that `python -m bench.run --records FILE` wrote, or a git
revision (HEAD~1), whose own code then reads the gold of today. NEW may be left out: the working tree.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from bench.counts import Verdict, pool, score
from bench.marked import load_gold
from bench.quality import BENCH, GOLD, Judged, iter_judged, load_bench_world, release_of_gold
from communique.record.codec import decode
from communique.record.record import Record

ROOT = BENCH.parent
_SAID = {"right": "found", "missed": "missed", "invented": "invented", "wrong": "wrong"}


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing of one document that the two readings judge otherwise; `gain` where the later one is better."""

    document: str
    field: str
    before: str
    after: str
    gain: bool
    what: str
    words: str

    def __str__(self) -> str:
        sign = "+" if self.gain else "-"
        return f"{sign} {self.document}: {self.field}: {self.what} ({self.before} → {self.after}) «{self.words}»"


def differences(old: Sequence[Judged], new: Sequence[Judged]) -> list[Difference]:
    """What differs, losses first, in the order of the documents."""
    former = {d.name: d for d in old}
    found = [x for d in new for x in _of_document(former[d.name].verdicts, d.verdicts, d.name)]
    return sorted(found, key=lambda x: x.gain)


def _of_document(old: Iterable[Verdict], new: Iterable[Verdict], name: str) -> list[Difference]:
    before, after = _by_thing(old), _by_thing(new)
    found = []
    for thing in sorted({*before, *after}):
        former, later = before.get(thing), after.get(thing)
        if (former and former.outcome) == (later and later.outcome):
            continue
        shown = later or former
        assert shown is not None
        ranks = _rank(former, thing), _rank(later, thing)
        if ranks[0] != ranks[1]:
            found.append(
                Difference(
                    document=name, field=shown.field, before=_said(former, thing), after=_said(later, thing), gain=ranks[1] > ranks[0],
                    what=shown.want or shown.got, words=" ".join(shown.words.split())[:120],
                )
            )  # fmt: skip
    return found


def _by_thing(verdicts: Iterable[Verdict]) -> dict[tuple[str, ...], Verdict]:
    """The verdicts by what they speak of: what the gold wants, or, for an invention, what was got."""
    seen: Counter[tuple[str, ...]] = Counter()
    things = {}
    for verdict in verdicts:
        thing = (verdict.field, "gold" if verdict.outcome != "invented" else "nobody", verdict.want or verdict.got)
        seen[thing] += 1
        things[(*thing, str(seen[thing]))] = verdict
    return things


def _rank(verdict: Verdict | None, thing: tuple[str, ...]) -> int:
    """How good it is: what the gold wants and was not even looked at counts as missed; no invention is good."""
    if verdict is None:
        return 0 if thing[1] == "gold" else 2
    return {"right": 2, "missed": 0, "wrong": -1, "invented": -1}[verdict.outcome]


def _said(verdict: Verdict | None, thing: tuple[str, ...]) -> str:
    if verdict is None:
        return "not judged" if thing[1] == "gold" else "not there"
    return _SAID[verdict.outcome] + (f": {verdict.got}" if verdict.outcome == "wrong" and verdict.got else "")


def records_of(named: str | None, gold: Sequence[Path]) -> dict[str, Record] | None:
    """The records of a file or of a revision, by document; None for the working tree, which is read anew."""
    if named is None:
        return None
    path = Path(named)
    data = path.read_bytes() if path.is_file() else read_by_revision(named, gold)
    return {r.document.id: r for r in map(decode, data.splitlines())}


def read_by_revision(revision: str, gold: Sequence[Path]) -> bytes:
    """The gold of today read by the code of a revision: records, one a line."""
    with tempfile.TemporaryDirectory() as folder:
        tree, releases = Path(folder) / "tree", Path(folder) / "releases.jsonl"
        _git("worktree", "add", "--detach", str(tree), revision)
        try:
            releases.write_bytes(b"".join(_line(g) for _, g in load_gold(gold)))
            command = [sys.executable, "-c", "from communique.cli import main; main()", "read", "--format", "jsonl",
                       "--world", str(ROOT / "examples" / "world"), str(releases)]  # fmt: skip
            done = subprocess.run(command, env={"PYTHONPATH": str(tree / "src"), "PATH": ""}, capture_output=True)
            if done.returncode > 1:
                raise SystemExit(f"{revision} could not read the gold: {done.stderr.decode()[-500:]}")
            return done.stdout
        finally:
            _git("worktree", "remove", "--force", str(tree))


def _line(gold: object) -> bytes:
    from communique.annotation.compile import Gold

    assert isinstance(gold, Gold)
    release = release_of_gold(gold)
    names = ("id", "url", "publisher", "title", "language", "published", "extent", "composed", "text")
    return msgspec.json.encode({n: v for n in names if (v := getattr(release, n)) is not None}) + b"\n"


def _git(*words: str) -> None:
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"git {words[0]} {words[1]}: {done.stderr.strip()}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW", nargs="?")
    parser.add_argument("--gold", type=Path, nargs="+", default=[GOLD])
    given = parser.parse_args()
    world = load_bench_world()
    old = list(iter_judged(given.gold, world, records_of(given.old, given.gold)))
    new = list(iter_judged(given.gold, world, records_of(given.new, given.gold)))
    found = differences(old, new)
    for difference in found:
        print(difference)
    gains = sum(d.gain for d in found)
    scores = [score(pool(d.tallies for d in side)) for side in (old, new)]
    print(f"{gains} gains, {len(found) - gains} losses; score {scores[0]:.4f} → {scores[1]:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
