"""`make bench`: the gold read and judged, with floors; speed by stage and memory. Prints tables, keeps the results.

`python -m bench.run` prints everything, writes bench/results.json and the table of the README, and fails below a floor.
`--records FILE` keeps the records for `bench.diff`; `--show FIELD` prints what is wrong in a field; `--data DIR` adds the
public sets; `--no-speed` leaves out the timing; `--dry` writes nothing.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from bench import confidence, floors, readme, stages
from bench.quality import (
    EARLIER,
    GOLD,
    RESULTS,
    Judged,
    Results,
    Row,
    field_rows,
    group_rows,
    iter_judged,
    load_bench_world,
    phenomenon_rows,
    release_of_gold,
    rule_rows,
)


def measure(documents: list[Judged], day: str, earlier: Sequence[Judged] = ()) -> Results:
    """The results of judged documents; of the earlier texts only their groups."""
    return Results(
        day=day, documents=len(documents), groups=tuple(_rounded(group_rows(documents))),
        fields=tuple(_rounded(field_rows(documents))), phenomena=tuple(_rounded(phenomenon_rows(documents))),
        earlier=tuple(_rounded(group_rows(earlier))) if earlier else (), rules=tuple(msgspec.structs.replace(r, low=round(r.low, 3), high=round(r.high, 3)) for r in rule_rows(documents)),
    )  # fmt: skip


def _rounded(rows: list[Row]) -> list[Row]:
    return [msgspec.structs.replace(r, **{n: round(getattr(r, n), 4) for n in ("f1", "low", "high")}) for r in rows]


def print_results(results: Results) -> None:
    """The tables: groups and fields, phenomena, rules, stages."""
    print(f"{results.documents} documents of gold")
    tables = (
        ("group", results.groups),
        ("field", results.fields),
        ("phenomenon", results.phenomena),
        ("earlier texts", results.earlier),
    )
    for title, rows in tables:
        print(f"\n{title:26}{'docs':>5}{'tp':>6}{'fp':>5}{'fn':>5}{'P':>7}{'R':>7}{'F1':>7}   95 %")
        for r in rows:
            precision, recall = r.tp / max(1, r.tp + r.fp), r.tp / max(1, r.tp + r.fn)
            counts = f"{r.documents:5}{r.tp:6}{r.fp:5}{r.fn:5}{precision:7.3f}{recall:7.3f}{r.f1:7.3f}"
            print(f"{r.name:26}{counts}   {r.low:.2f}–{r.high:.2f}")
    print(f"\n{'rule':34}{'right':>6}{'made':>6}{'share':>7}   95 % (Wilson)")
    for rule in sorted(results.rules, key=lambda r: (r.precision, -r.made)):
        print(f"{rule.rule:34}{rule.right:6}{rule.made:6}{rule.precision:7.3f}   {rule.low:.2f}–{rule.high:.2f}")
    if results.speed:
        print()
        stages.print_stages(results.speed, results.peak_mb)


def print_verdicts(documents: list[Judged], field: str) -> None:
    """What is missed (-), invented (+) and wrong (!) in a field, with the words."""
    for document in documents:
        for v in document.verdicts:
            if v.field == field and v.outcome != "right":
                sign = {"missed": "-", "invented": "+", "wrong": "!"}[v.outcome]
                words = " ".join(v.words.split())[:90]
                print(f"{sign} {document.name}: {v.want or '–'} | {v.got or '–'} | «{words}» {v.rule}")


def save_records(paths: list[Path], to: Path) -> None:
    """The records of the gold's texts as read now, one a line."""
    from bench.marked import load_gold
    from communique.api import read_release
    from communique.record.codec import encode

    world = load_bench_world()
    with to.open("wb") as out:
        for _, gold in load_gold(paths):
            out.write(encode(read_release(release_of_gold(gold), world).record) + b"\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, nargs="+", default=[GOLD], help="files or folders of marked texts")
    parser.add_argument("--show", action="append", default=[], metavar="FIELD")
    parser.add_argument("--records", type=Path, metavar="FILE")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the folder of the public sets")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--dry", action="store_true")
    given = parser.parse_args()
    world, whole = load_bench_world(), given.gold == [GOLD]
    documents = list(iter_judged(given.gold, world))
    results = measure(documents, time.strftime("%Y-%m-%d"), list(iter_judged([EARLIER], world)) if whole else ())
    if not given.no_speed:
        found = stages.measure_stages()
        results = msgspec.structs.replace(results, speed=found.stages, peak_mb=found.peak_mb)
    print_results(results)
    for field in given.show:
        print(f"\n{field}:")
        print_verdicts(documents, field)
    if given.records:
        save_records(given.gold, given.records)
    if given.data:
        from bench.public import report

        report(given.data)
    if not whole:
        return 0
    if not given.dry:
        RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")
        readme.write(results)
        confidence.write(results)
    fallen = floors.fallen(floors.load(), results)
    for line in fallen:
        print(line)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
