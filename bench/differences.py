"""Whether a comparison reports the differences that writers planted in pairs of reports: on gold records, and through `read`.

`python -m bench.differences`: a planted difference is reported where a row that is not `both` quotes words that overlap the planted ones,
on the side that has them. `--show` prints those that are not. Rows that no planted difference explains are counted, not judged:
the writers listed what they planted, and two accounts differ in more than that.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.quality import load_bench_world, release_of_gold
from communique.annotation.compile import read_marked
from communique.api import read_release
from communique.matching.compare import Comparison, Row, compare
from communique.matching.sides import Side
from communique.record.record import Record

GOLD = Path(__file__).parent / "gold" / "matching"
Span = tuple[int, int]


def load_pairs(only: Sequence[str] = ()) -> Iterator[tuple[str, Record, Record, list[dict[str, str]]]]:
    """Each pair's gold records and its planted differences; of all folders, or of some."""
    for folder in sorted(p for p in GOLD.iterdir() if p.is_dir() and (not only or p.name in only)):
        with (folder / "differences.tsv").open(encoding="utf-8", newline="") as file:
            planted = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        for name in dict.fromkeys(row["pair"] for row in planted):
            a, b = (read_marked((folder / "pairs" / f"{name}-{s}.gold").read_text("utf-8")).record for s in "ab")
            yield name, a, b, [row for row in planted if row["pair"] == name]


def is_reported(comparison: Comparison, planted: dict[str, str]) -> bool:
    """Some row that is not `both` stands on the planted words, of each side that has them; or, of two that stand for one another (another
    participant, another speaker), a row of each side alone.
    """
    wanted = [
        (side, _place(record, planted[column].replace("\\n", "\n")))
        for side, record, column in (("a", comparison.a, "words_a"), ("b", comparison.b, "words_b"))
        if planted[column]
    ]
    findings = [row for row in comparison.rows if _is_finding(row)]
    if any(all(_stands_on(getattr(row, s), at) for s, at in wanted) for row in findings):
        return True
    alone = {"a": "only_a", "b": "only_b"}
    return len(wanted) == 2 and all(
        any(row.verdict == alone[s] and _stands_on(getattr(row, s), at) for row in findings) for s, at in wanted
    )


def _explains(comparison: Comparison, planted: dict[str, str], row: Row) -> bool:
    """Whether a row stands on words of a planted difference, of some side."""
    sides = ((row.a, comparison.a, "words_a"), (row.b, comparison.b, "words_b"))
    return any(
        _stands_on(side, _place(record, planted[column].replace("\\n", "\n")))
        for side, record, column in sides
        if planted[column]
    )


def _write_for_a_judge(path: Path, name: str, comparison: Comparison, rows: Sequence[Row]) -> None:
    """A row a line, as a reader of the table sees it; beside them the two texts, once."""
    with path.open("a", encoding="utf-8") as file:
        for row in rows:
            a, b = ("".join(p.shown for p in side.pieces) if side else f"({row.silence})" for side in (row.a, row.b))
            words = [[e.quote for e in side.evidence] if side else [] for side in (row.a, row.b)]
            why = [f.sentence for f in row.features if f.verdict in ("differs", "partly", "one_sided")]
            said = {"pair": name, "what": row.what, "a": a, "b": b, "verdict": row.verdict, "why": why, "words": words}
            file.write(json.dumps(said, ensure_ascii=False) + "\n")


def _is_finding(row: Row) -> bool:
    return row.verdict != "both" or any(f.verdict not in ("same", "unknown") for f in row.features)


def _place(record: Record, words: str) -> Span | None:
    start = record.document.text.find(words)
    return (start, start + len(words)) if start >= 0 else None


def _stands_on(side: Side | None, place: Span | None) -> bool:
    if side is None or place is None:
        return False
    return any(e.start < place[1] and place[0] < e.end for e in side.evidence)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--only", nargs="*", default=(), metavar="FOLDER", help="some of the folders")
    parser.add_argument(
        "--unplanted", type=Path, metavar="FILE", help="write the rows that nothing planted explains, for a judge"
    )
    arguments = parser.parse_args(argv)
    world = load_bench_world()
    counts: dict[str, Counter[str]] = {"gold": Counter(), "read": Counter()}
    by_field: Counter[tuple[str, str]] = Counter()
    for name, a, b, planted in load_pairs(arguments.only):
        folder = next(p for p in GOLD.rglob(f"{name}-a.gold")).parent
        read = [
            read_release(release_of_gold(read_marked((folder / f"{name}-{s}.gold").read_text("utf-8"))), world).record
            for s in "ab"
        ]
        for how, comparison in (("gold", compare(a, b)), ("read", compare(*read))):
            found = [is_reported(comparison, row) for row in planted]
            counts[how] += Counter(planted=len(planted), reported=sum(found))
            findings = [row for row in comparison.rows if _is_finding(row)]
            counts[how]["rows"] += len(findings)
            if arguments.unplanted and how == "gold":
                spare = [row for row in findings if not any(_explains(comparison, p, row) for p in planted)]
                counts[how]["unplanted"] += len(spare)
                _write_for_a_judge(arguments.unplanted, name, comparison, spare)
            if how == "gold":
                for row, ok in zip(planted, found, strict=True):
                    by_field[f"{row['type']}.{row['field']} {row['what']}", "yes" if ok else "no"] += 1
                    if arguments.show and not ok:
                        print(name, *row.values(), sep=" | ")
    for key in sorted({k for k, _ in by_field}, key=lambda k: -by_field[k, "no"]):
        print(f"  {key:32} {by_field[key, 'yes']:3} of {by_field[key, 'yes'] + by_field[key, 'no']:3}")
    for how, n in counts.items():
        share = n["reported"] / n["planted"]
        print(
            f"{how}: {n['reported']} of {n['planted']} planted differences reported ({share:.3f}); {n['rows']} rows differ"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
