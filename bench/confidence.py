"""Each rule's precision on the gold, written where the reader takes it as the `confidence` of the facts that it makes.

`make bench` writes src/communique/finding/resources/ru/confidence.yml by it, `python -m bench.confidence` writes it from
bench/results.json. A rule with too few facts is left out: its facts have no confidence.
"""

import sys

import msgspec

from bench.quality import BENCH, RESULTS, Results
from communique.finding.confidence import FEWEST

TARGET = BENCH.parent / "src" / "communique" / "finding" / "resources" / "ru" / "confidence.yml"
_HEAD = """# Written by bench/confidence.py, not by hand: the share of each rule's facts that are right on the gold, how many it made, and
# Wilson's 95 % interval.
"""


def table(results: Results) -> str:
    """The resource as it is to be."""
    rows = [rule for rule in results.rules if rule.made >= FEWEST]
    lines = [
        f"{r.rule}: {{share: {r.precision:.3f}, made: {r.made}, low: {r.low:.3f}, high: {r.high:.3f}}}" for r in rows
    ]
    return _HEAD + "\n".join(lines) + "\n"


def write(results: Results) -> None:
    TARGET.write_text(table(results), "utf-8")


def main() -> int:
    results = msgspec.json.decode(RESULTS.read_bytes(), type=Results)
    write(results)
    print(f"{TARGET.name}: {table(results).count('share')} of {len(results.rules)} rules")
    return 0


if __name__ == "__main__":
    sys.exit(main())
