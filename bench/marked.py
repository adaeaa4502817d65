"""Marked texts from the command line: checked, and stripped for a second annotator.

`python -m bench.marked check PATH...` says of every marked text whether it compiles, and what is in it.
`python -m bench.marked strip PATH... --to DIR` writes the texts with their headers and without their annotation.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.annotation.compile import Gold, read_marked
from communique.annotation.marked import RULE
from communique.errors import CommuniqueError
from communique.record.record import KINDS

SUFFIX = ".gold"
_NOT_FOR_THE_SECOND = ("phenomena", "annotator", "why")


def marked_files(paths: Iterable[Path]) -> list[Path]:
    """The marked texts among files and folders, in the order of their names."""
    return [f for p in paths for f in (sorted(p.rglob(f"*{SUFFIX}")) if p.is_dir() else [p])]


def load_gold(paths: Iterable[Path]) -> Iterator[tuple[Path, Gold]]:
    """Every marked text, compiled; an error names the file."""
    for path in marked_files(paths):
        try:
            yield path, read_marked(path.read_text("utf-8"))
        except CommuniqueError as error:
            raise type(error)(f"{path}: {error}") from None


def check(paths: list[Path]) -> int:
    """Print a line for each file; the number of files that do not compile."""
    bad = 0
    for path in marked_files(paths):
        try:
            gold = read_marked(path.read_text("utf-8"))
        except CommuniqueError as error:
            bad += 1
            print(f"{path}: {error}")
            continue
        record = gold.record
        counted = ", ".join(f"{len(getattr(record, k))} {k}" for k in KINDS if getattr(record, k))
        print(f"{path}: {len(record.document.text)} characters, {len(record.actors)} actors, {counted or 'no facts'}")
    return bad


def strip(paths: list[Path], to: Path) -> None:
    """Write what a second annotator gets: the header without what gives the point away, the text, nothing else."""
    to.mkdir(parents=True, exist_ok=True)
    for path in marked_files(paths):
        lines = path.read_text("utf-8").split("\n")
        rules = [i for i, line in enumerate(lines) if line.strip() == RULE]
        head = [
            x for x in lines[: rules[0]] if not x.startswith("#") and x.split(":")[0].strip() not in _NOT_FOR_THE_SECOND
        ]
        kept = [*head, *lines[rules[0] : rules[-1] + 1], ""]
        (to / path.name).write_text("\n".join(kept), "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("check", "strip"))
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--to", type=Path, default=Path("stripped"))
    given = parser.parse_args()
    if given.verb == "strip":
        strip(given.paths, given.to)
        return 0
    return min(1, check(given.paths))


if __name__ == "__main__":
    sys.exit(main())
