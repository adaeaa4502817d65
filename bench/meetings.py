"""Whether reports of one meeting are joined, and others are not: composed releases with the real events, on gold records and through `read`.

`python -m bench.meetings`: pairs of reports that are joined, rightly or wrongly, and missed; hard negatives; ten orders of the input
give one partition, and so does an archive that takes them one by one. `--show` prints what is wrong, with the features. `bench/gold/matching/*` was composed by writers who had not seen the matcher.
"""

import csv
import itertools
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from sqlalchemy import create_engine, select

from bench.folders import parse_folders
from bench.quality import load_bench_world, release_of_gold
from communique.annotation.compile import read_marked
from communique.api import read_release
from communique.archive import schema
from communique.archive.merging import KINDS, write_nodes
from communique.keep import Archive
from communique.matching.keys import MeetingKey, keys_of
from communique.matching.merge import Merging, merge
from communique.matching.score import score_keys

GOLD = Path(__file__).parent / "gold" / "matching"
Pairs = set[frozenset[str]]


@dataclass(slots=True)
class Batch:
    """The reports of one writer: keys by gold and by `read`, the event of each, parents, and pairs that only look the same."""

    gold: list[MeetingKey] = field(default_factory=list)
    read: list[MeetingKey] = field(default_factory=list)
    event: dict[str, str] = field(default_factory=dict)
    parent: dict[str, str] = field(default_factory=dict)
    negatives: list[tuple[str, str, str]] = field(default_factory=list)


def load_batch(folder: Path) -> Batch:
    """The nodes of gold are named by release and block; of `read` the main meeting of pages that report one, by the release."""
    batch = Batch()
    rows = list(read_rows(folder / "events.tsv"))
    for row in rows:
        node = f"{row['release']}#{row['block']}"
        batch.event[node] = row["event"]
        if row["parent"]:
            batch.parent[row["event"]] = row["parent"]
    alone = [r for r, n in Counter(row["release"] for row in rows).items() if n == 1]
    batch.event |= {row["release"]: row["event"] for row in rows if row["release"] in alone}
    batch.negatives = [(r["event_a"], r["event_b"], r["why"]) for r in read_rows(folder / "negatives.tsv")]
    world = load_bench_world()
    for path in sorted((folder / "releases").glob("*.gold")):
        gold = read_marked(path.read_text("utf-8"))
        name = gold.record.document.id.removeprefix("ru-")
        place = {m.key: gold.ids.index(m.id) for m in gold.record.meetings}  # blocks are numbered as they are written
        batch.gold += _renamed(sorted(keys_of(gold.record), key=lambda k: place[k.node]), name)
        if gold.header.get("language", "ru") == "ru":
            batch.read += _main(keys_of(read_release(release_of_gold(gold), world).record), name)
    return batch


def read_rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _renamed(keys: Sequence[MeetingKey], release: str) -> list[MeetingKey]:
    names = {key.node: f"{release}#{n}" for n, key in enumerate(keys, 1)}
    return [
        msgspec.structs.replace(k, node=names[k.node], parent=names.get(k.parent or ""), document=release) for k in keys
    ]


def _main(keys: Sequence[MeetingKey], release: str) -> list[MeetingKey]:
    """All nodes of the page; the first reported one bears the release's name."""
    named = _renamed(keys, release)
    first = next((k.node for k in named if k.relation == "reported"), None)

    def call(node: str | None) -> str | None:
        return release if node == first else node and f"{node}?"

    return [msgspec.structs.replace(k, node=call(k.node), parent=call(k.parent)) for k in named]


def joined(merging: Merging, nodes: set[str]) -> Pairs:
    """Pairs of reports in one merged meeting."""
    groups = merging.partition.members().values()
    return {frozenset(p) for g in groups for p in itertools.combinations(sorted(set(g) & nodes), 2)}


def tied(merging: Merging, nodes: set[str]) -> Pairs:
    """Pairs of reports in one family: of one meeting, or of parts of one occasion."""
    members = merging.partition.members()
    found: Pairs = set()
    for family in merging.families().values():
        group = sorted({n for c in family for n in members[c]} & nodes)
        found |= {frozenset(p) for p in itertools.combinations(group, 2)}
    return found


def wanted(batch: Batch, nodes: set[str], *, parts: bool = False) -> Pairs:
    def name(node: str) -> str:
        event = batch.event[node]
        return batch.parent.get(event, event) if parts else event

    pairs = itertools.combinations(sorted(nodes), 2)
    return {frozenset((a, b)) for a, b in pairs if name(a) == name(b) and a.split("#")[0] != b.split("#")[0]}


def across(pairs: Pairs) -> Pairs:
    """Pairs of two releases: what one page says of its own meetings is no finding."""
    return {p for p in pairs if len({n.split("#")[0] for n in p}) == 2}


def report(name: str, got: Pairs, gold: Pairs) -> str:
    right = len(got & gold)
    precision = right / len(got) if got else 1.0
    recall = right / len(gold) if gold else 1.0
    return f"{name:22} {right:4} of {len(gold):4} pairs, {len(got) - right:3} wrong: precision {precision:.3f} recall {recall:.3f}"


def main() -> int:
    folders, show = parse_folders(__doc__, GOLD)
    batches = [load_batch(f) for f in folders if (f / "events.tsv").exists()]
    total: dict[str, tuple[Pairs, Pairs]] = {}
    for batch in batches:
        for way, keys in (("gold", batch.gold), ("read", batch.read)):
            nodes = {k.node for k in keys} & batch.event.keys()
            merging = merge(keys)
            for what, got, gold in (
                (f"{way}: same", across(joined(merging, nodes)), wanted(batch, nodes)),
                (f"{way}: same or part", across(tied(merging, nodes)), wanted(batch, nodes, parts=True)),
            ):
                sums = total.setdefault(what, (set(), set()))
                sums[0].update(got)
                sums[1].update(gold)
            if show:
                _show(way, batch, {k.node: k for k in keys}, merging, nodes)
            _check_orders(keys, merging)
            _check_archive(keys, merging)
    for what, (got, gold) in total.items():
        print(report(what, got, gold))
    negatives = sum(len(b.negatives) for b in batches)
    print(f"{len(batches)} batches, {sum(len(b.gold) for b in batches)} reports by gold, {negatives} hard negatives")
    return 0


def _check_orders(keys: Sequence[MeetingKey], merging: Merging) -> None:
    for seed in range(10):
        mixed = list(keys)
        random.Random(seed).shuffle(mixed)
        assert merge(mixed).partition.component == merging.partition.component, "the partition depends on the order"


def _check_archive(keys: Sequence[MeetingKey], merging: Merging) -> None:
    """An archive that takes the pages one by one, in a random order, has the partition of all at once."""
    pages: dict[str, list[MeetingKey]] = defaultdict(list)
    for key in keys:
        parent = f"{KINDS['meeting']}-{key.parent}" if key.parent else None
        named = msgspec.structs.replace(key, node=f"{KINDS['meeting']}-{key.node}", parent=parent)
        pages[key.document].append(named)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "a.db"
        Archive(path).add_releases([])
        engine = create_engine(f"sqlite:///{path}")
        for number, page in enumerate(random.Random(1).sample(sorted(pages), len(pages))):
            with engine.begin() as connection:
                write_nodes(connection, number, pages[page])
        groups: dict[str, set[str]] = defaultdict(set)
        with engine.begin() as connection:
            for row in connection.execute(select(schema.nodes.c.node, schema.nodes.c.merged)):
                groups[row.merged].add(row.node.partition("-")[2])
        engine.dispose()
    wanted = sorted(map(sorted, merging.partition.members().values()))
    assert sorted(map(sorted, groups.values())) == wanted, "an archive merges otherwise than all at once"


def _show(way: str, batch: Batch, keys: dict[str, MeetingKey], merging: Merging, nodes: set[str]) -> None:
    got, gold = across(joined(merging, nodes)), wanted(batch, nodes)
    families, family_gold = across(tied(merging, nodes)), wanted(batch, nodes, parts=True)
    for kind, pairs in (("WRONG", got - gold), ("missed", gold - got), ("WRONG PART", families - family_gold)):
        for pair in sorted(pairs, key=sorted):
            a, b = sorted(pair)
            score = score_keys(keys[a], keys[b])
            print(f"{way} {kind} {a} {b} {batch.event[a]} {batch.event[b]} {score.verdict} {score.total}: {score.why}")


if __name__ == "__main__":
    sys.exit(main())
