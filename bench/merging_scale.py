"""Merging a great many generated reports from nothing: time and memory, beside Splink on the same table in the same run.

`python -m bench.merging_scale --count 100000 [--splink-python PATH]`. One to three reports of each event, of two people on one of ten
years' days; a tenth of the reports give no place, a twentieth no day. Splink (in an environment of its own) links the same rows, with
blocking on the day with either person. Each runs in a process of its own; what is measured is what it takes once the table is there.

`--archive N` adds N of them to an archive one by one instead (the narrow rows alone, without records), and prints the ms each takes.
"""

import argparse
import csv
import datetime
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from communique.matching.keys import MeetingKey, Who, hash64
from communique.matching.merge import merge

_PEOPLE, _PLACES, _DAYS = 4000, 600, 3650
_KINDS = ("talks", "reception", "phone_call", "visit", "consultations")
_SYLLABLES = ("бе", "ло", "ра", "ми", "ту", "ка", "не", "со", "ви", "да", "гу", "ше")
_SHINGLES = 24
_COLUMNS = ("unique_id", "event", "day", "person1", "person2", "state1", "state2", "place", "kind", "topic", "number")
_DOCUMENT = {"genre": "readout", "extent": "full", "rights": "own", "current": 1, "added_at": ""}
Reports = tuple[list[MeetingKey], dict[str, str]]


def generate(count: int, seed: int = 1) -> Reports:
    """Keys of so many reports, and the event of each."""
    rng = random.Random(seed)
    names = sorted({"".join(rng.choices(_SYLLABLES, k=3)) + "н" for _ in range(_PEOPLE * 3)})
    people = [Who(None, (rng.choice(names), rng.choice(names)), ("president",), f"x-{n % 200}") for n in range(_PEOPLE)]
    places = [f"{a}{b}{c}град" for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES][:_PLACES]
    keys: list[MeetingKey] = []
    event: dict[str, str] = {}
    first_day = datetime.date(2010, 1, 1)
    while len(keys) < count:
        number = len(keys)
        two = tuple(rng.sample(people, 2))
        day = (first_day + datetime.timedelta(rng.randrange(_DAYS))).isoformat()
        place, kind, topics = places[rng.randrange(_PLACES)], rng.choice(_KINDS), tuple(rng.sample("abcdefghij", 3))
        value = (f"trade_turnover={rng.randrange(10**6)}/USD",) if rng.random() < 0.3 else ()
        for voice in range(rng.choice((1, 1, 2, 2, 3))):
            name = f"mtg-{number:07}-{voice}"
            dated = rng.random() > 0.05
            words = tuple(sorted(hash64(name, str(n)) for n in range(_SHINGLES)))
            keys.append(
                MeetingKey(
                    node=name, document=name, parent=None, relation="reported", kind=kind, status="held",
                    mode="in_person", setting=None, first=day if dated else None, last=day if dated else None,
                    stated=dated, month_day=None, place=None if rng.random() < 0.1 else place, country=None, body=None,
                    series=None, ordinal=None, people=two, states=tuple(sorted({w.state or "" for w in two})),
                    titles=(), quotes=(), numbers=value if rng.random() < 0.7 else (),
                    topics=topics, voice=f"v{voice}", words=words,
                )
            )  # fmt: skip
            event[name] = f"e{number}"
    del keys[count:]
    return keys, event


def joined_pairs(keys: Sequence[MeetingKey], event: dict[str, str], component: dict[str, str]) -> tuple[int, int, int]:
    """Pairs that are of one event; that were joined; that were joined rightly."""

    def pairs(groups: Iterator[str]) -> int:
        sizes: dict[str, int] = {}
        for name in groups:
            sizes[name] = sizes.get(name, 0) + 1
        return sum(n * (n - 1) // 2 for n in sizes.values())

    return (
        pairs(event[k.node] for k in keys),
        pairs(component[k.node] for k in keys),
        pairs(f"{component[k.node]} {event[k.node]}" for k in keys),
    )


def _memory() -> int:
    """The most that this process has held, in MB (macOS counts bytes, Linux kilobytes)."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1_000_000 if sys.platform == "darwin" else 1000)


def _ours(count: int) -> dict[str, float]:
    keys, event = generate(count)
    before, start = _memory(), time.perf_counter()
    merging = merge(keys, keep_scores=False)
    seconds = time.perf_counter() - start
    wanted, joined, right = joined_pairs(keys, event, merging.partition.component)
    return {"seconds": seconds, "mb": _memory(), "mb_of_table": before, "pairs": wanted, "joined": joined, "right": right}  # fmt: skip


def write_table(path: Path, count: int) -> None:
    """The same reports as the rows of a table."""
    keys, event = generate(count)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for key in keys:
            one, two = (" ".join(w.name) for w in key.people)
            number = key.numbers[0] if key.numbers else ""
            writer.writerow(
                (key.node, event[key.node], key.first or "", one, two, *key.states[:1], *key.states[-1:], key.place or "",
                 key.kind, "".join(key.topics), number)
            )  # fmt: skip


_SPLINK = """
import json, resource, sys, time
import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

connection = duckdb.connect()
# A column of a CSV file that is empty is null.
table = connection.sql(f"SELECT * REPLACE (nullif(day, '') AS day, nullif(place, '') AS place, nullif(number, '') AS number) FROM read_csv('{sys.argv[1]}', all_varchar=true)").df()
start = time.perf_counter()
rules = [block_on("day", "person1"), block_on("day", "person2")]
settings = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[cl.ExactMatch(c) for c in ("day", "person1", "person2", "place", "kind", "topic", "number")],
    blocking_rules_to_generate_predictions=rules,
)
api = DuckDBAPI()
registered = api.register(table) if hasattr(api, "register") else table
linker = Linker(registered, settings) if hasattr(api, "register") else Linker(table, settings, api)
linker.training.estimate_probability_two_random_records_match(rules, recall=0.9)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("day", "person1"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("person1", "person2"))
predictions = linker.inference.predict(threshold_match_probability=0.5)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold_match_probability=0.95)
seconds = time.perf_counter() - start
frame = clusters.as_pandas_dataframe()

def pairs(columns):
    return int(frame.groupby(columns).size().map(lambda n: n * (n - 1) // 2).sum())

print(json.dumps({"seconds": seconds, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
    "pairs": pairs(["event"]), "joined": pairs(["cluster_id"]), "right": pairs(["cluster_id", "event"])}))
"""


def _print(name: str, said: dict[str, float]) -> None:
    precision = said["right"] / said["joined"] if said["joined"] else 1.0
    recall = said["right"] / said["pairs"]
    print(f"{name:12} {said['seconds']:7.1f} s {said['mb']:6.0f} MB  precision {precision:.4f} recall {recall:.4f}")


def add_one_by_one(count: int, step: int = 10_000) -> None:
    """The cost of one more as an archive grows, and how many of the last were joined."""
    from communique.archive import schema, sqlite
    from communique.archive.merging import write_nodes
    from communique.archive.writer import Writer

    keys, _ = generate(count)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        Writer(path).close()
        engine = sqlite.writing_engine(path)
        with engine.begin() as connection:
            for first in range(0, count, step):
                some = keys[first : first + step]
                documents = [schema.insert_row(connection, schema.documents, {"id": k.node} | _DOCUMENT) for k in some]
                start, slowest = time.perf_counter(), 0.0
                for document, key in zip(documents, some, strict=True):
                    begun = time.perf_counter()
                    write_nodes(connection, document, [key])
                    slowest = max(slowest, time.perf_counter() - begun)
                each = (time.perf_counter() - start) / len(some) * 1000
                print(f"{first + len(some):8} reports: {each:.2f} ms each, the slowest {slowest * 1000:.0f} ms", flush=True)  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--splink-python", type=Path, help="a Python that has splink, duckdb and pandas")
    parser.add_argument("--archive", type=int, metavar="N")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(argv)
    if chosen.archive:
        add_one_by_one(chosen.archive)
        return 0
    if chosen.alone:
        print(json.dumps(_ours(chosen.count)))
        return 0
    command = [sys.executable, "-m", "bench.merging_scale", "--alone", "--count", str(chosen.count)]
    print(f"{chosen.count} reports")
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    _print("communique", said)
    print(f"             of which {said['mb_of_table']:.0f} MB are the table")
    if chosen.splink_python:
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "reports.csv"
            write_table(table, chosen.count)
            theirs = [str(chosen.splink_python), "-c", _SPLINK, str(table)]
            done = subprocess.run(theirs, check=True, capture_output=True, text=True)
            _print("splink", json.loads(done.stdout.splitlines()[-1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
