"""Two annotations of the same texts held against each other by the scorer of the bench: agreement per field.

`python -m bench.agreement FIRST SECOND` reads two folders of marked texts with the same names. The second is scored as if
the first were right; F1 does not change when the two are exchanged. What either marks as optional is left out;
`--strict` takes it as firm, in both.
"""

import argparse
import sys
from pathlib import Path

import msgspec

from bench.counts import Tally
from bench.marked import load_gold
from bench.quality import Judged, field_rows, group_rows
from bench.run import print_verdicts
from bench.scoring import judge
from communique.annotation.compile import Gold


def iter_compared(first: Path, second: Path, *, strict: bool = False) -> list[Judged]:
    """Every text that both have."""
    others = {path.name: gold for path, gold in load_gold([second])}
    pairs = [(path.stem, gold, others[path.name]) for path, gold in load_gold([first]) if path.name in others]
    if strict:
        pairs = [(name, _firm(one), _firm(other)) for name, one, other in pairs]
    return [Judged(name, "ru", (), tuple(judge(one, other.record, other.optional))) for name, one, other in pairs]


def _firm(gold: Gold) -> Gold:
    return msgspec.structs.replace(gold, optional=frozenset())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--show", action="append", default=[], metavar="FIELD")
    given = parser.parse_args()
    documents = iter_compared(given.first, given.second, strict=given.strict)
    print(f"{len(documents)} texts annotated twice")
    for row in (*group_rows(documents), *field_rows(documents)):
        tally = Tally(row.tp, row.fp, row.fn)
        print(f"{row.name:26}{tally.tp:6}{tally.fp:5}{tally.fn:5}{row.f1:8.3f}   {row.low:.2f}–{row.high:.2f}")
    for field in given.show:
        print(f"\n{field}:")
        print_verdicts(documents, field)
    return 0


if __name__ == "__main__":
    sys.exit(main())
