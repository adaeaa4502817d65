"""Whether papers, projects, promises and people are followed through readouts: composed chronicles with the real things, on gold records and
through `read`.

`python -m bench.things`: pairs of mentions (of two releases) that are joined, rightly or wrongly, and missed; look-alikes; ten orders of the
input give one partition. `--show` prints what is wrong, with the features. `bench/gold/lives/*` was composed by writers who had not seen
the rules; the first folder was looked at while they were mended, the others only when their figures had been taken.
"""

import itertools
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from bench.folders import parse_folders
from bench.marked import load_gold
from bench.meetings import read_rows
from bench.quality import load_bench_world, release_of_gold
from communique.annotation.compile import Gold
from communique.api import read_release
from communique.matching.merge import merge
from communique.matching.nodes import score_nodes
from communique.matching.things import ThingKey, thing_keys_of
from communique.record.record import Record

GOLD = Path(__file__).parent / "gold" / "lives"
KINDS = ("agreement", "project", "commitment", "person")
Pairs = set[frozenset[str]]


@dataclass(slots=True)
class Chronicle:
    """The mentions of one folder by gold and by `read`, the thing of each node, and pairs of things that only look the same."""

    gold: list[ThingKey] = field(default_factory=list)
    read: list[ThingKey] = field(default_factory=list)
    thing: dict[str, str] = field(default_factory=dict)
    look_alikes: list[tuple[str, str, str]] = field(default_factory=list)


def load_chronicle(folder: Path) -> Chronicle:
    """The mentions of a folder. What `read` finds is taken for the gold mention on whose words it stands."""
    chronicle, world = Chronicle(), load_bench_world()
    rows = list(read_rows(folder / "things.tsv"))
    thing = {(row["release"], row["kind"], int(row["block"])): row["thing"] for row in rows}
    chronicle.look_alikes = [(r["thing_a"], r["thing_b"], r["why"]) for r in read_rows(folder / "look_alikes.tsv")]
    for _, gold in load_gold([folder / "releases"]):
        record = gold.record
        release = gold.header["id"]
        named = {node: thing.get((release, kind, n)) for kind, n, node in numbered(gold)}
        keys = [key for key in thing_keys_of(record) if named.get(key.node)]
        chronicle.gold += keys
        chronicle.thing |= {key.node: named[key.node] or "" for key in keys}
        read = read_release(release_of_gold(gold), world).record
        for key in thing_keys_of(read):
            chronicle.read.append(key := _renamed(key))
            if same := _standing_on(key, keys, record):
                chronicle.thing[key.node] = chronicle.thing[same.node]
    return chronicle


def numbered(gold: Gold) -> Iterable[tuple[str, int, str]]:
    """Kind, number among the blocks of its kind, and node of every thing of a marked text."""
    record = gold.record
    for kind in KINDS[:3]:
        facts = {fact.id: fact for fact in getattr(record, f"{kind}s")}
        yield from ((kind, n, facts[i].key) for n, i in enumerate([i for i in gold.ids if i in facts], 1))
    places = {(key.start, key.end): key.node for key in thing_keys_of(record) if key.kind == "person"}
    people = [actor for actor in record.actors if actor.kind == "person"]
    for n, actor in enumerate(people, 1):
        first = actor.evidence[0] if actor.evidence else None
        if first and (first.start, first.end) in places:
            yield "person", n, places[first.start, first.end]


def _renamed(key: ThingKey) -> ThingKey:
    return msgspec.structs.replace(key, node=f"{key.node}, read")


def _standing_on(key: ThingKey, keys: Iterable[ThingKey], record: Record) -> ThingKey | None:
    """The mention of gold with which a mention that was read has most words in common."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for fact in (*record.agreements, *record.projects, *record.commitments):
        spans[fact.key] = [(e.start, e.end) for e in fact.evidence if {"title", "what", "kind"} & set(e.fields)]
    shared = {
        other.node: sum(
            max(0, min(key.end, end) - max(key.start, start))
            for start, end in spans[other.node] or [(other.start, other.end)]
        )
        for other in keys
        if other.kind == key.kind
    }
    best = max(shared, key=lambda node: shared[node], default=None)
    return next(k for k in keys if k.node == best) if best and shared[best] else None


def joined(keys: Iterable[ThingKey], thing: dict[str, str], component: dict[str, str]) -> Pairs:
    """Pairs of mentions, of two releases, that are held to be one thing."""
    groups: dict[str, list[ThingKey]] = defaultdict(list)
    for key in keys:
        if key.node in thing:
            groups[component[key.node]].append(key)
    return _pairs(groups)


def wanted(keys: Iterable[ThingKey], thing: dict[str, str]) -> Pairs:
    groups: dict[str, list[ThingKey]] = defaultdict(list)
    for key in keys:
        if key.node in thing:
            groups[thing[key.node]].append(key)
    return _pairs(groups)


def _pairs(groups: dict[str, list[ThingKey]]) -> Pairs:
    return {
        frozenset((a.node, b.node))
        for group in groups.values()
        for a, b in itertools.combinations(group, 2)
        if a.document != b.document
    }


def main() -> int:
    folders, show = parse_folders(__doc__, GOLD)
    counts: Counter[tuple[str, str, str]] = Counter()
    alike: Counter[str] = Counter()
    for folder in folders:
        chronicle = load_chronicle(folder)
        for way, keys in (("gold", chronicle.gold), ("read", chronicle.read)):
            component = merge(keys).partition.component
            _check_orders(keys, component)
            if way == "gold":
                _count_look_alikes(chronicle, component, alike)
            for kind in KINDS:
                mine = [k for k in keys if k.kind == kind]
                got, gold = joined(mine, chronicle.thing, component), wanted(mine, chronicle.thing)
                counts[way, kind, "right"] += len(got & gold)
                counts[way, kind, "wrong"] += len(got - gold)
                counts[way, kind, "missed"] += len(gold - got)
                counts[way, kind, "unread"] += len(
                    wanted([k for k in chronicle.gold if k.kind == kind], chronicle.thing)
                ) - len(gold)
                if show:
                    _show(way, {k.node: k for k in mine}, got, gold, chronicle.thing)
    for way in ("gold", "read"):
        for kind in KINDS:
            print(_line(way, kind, {name: counts[way, kind, name] for name in ("right", "wrong", "missed", "unread")}))
    print(f"{len(folders)} chronicles; look-alikes kept apart on gold records: {alike['apart']} of {alike.total()}")
    return 0


def _count_look_alikes(chronicle: Chronicle, component: dict[str, str], alike: Counter[str]) -> None:
    nodes: dict[str, set[str]] = defaultdict(set)
    for key in chronicle.gold:
        nodes[chronicle.thing[key.node]].add(component[key.node])
    for one, other, why in chronicle.look_alikes:
        alike["joined" if nodes[one] & nodes[other] else "apart"] += 1
        if nodes[one] & nodes[other]:
            print(f"joined: {one} and {other} ({why})")


def _line(way: str, kind: str, n: dict[str, int]) -> str:
    got, gold = n["right"] + n["wrong"], n["right"] + n["missed"]
    precision, recall = n["right"] / got if got else 1.0, n["right"] / gold if gold else 1.0
    unread = f"; {n['unread']} more pairs have a mention that was not read" if way == "read" else ""
    return f"{way} {kind:11} {n['right']:4} of {gold:4} pairs, {n['wrong']:3} wrong: precision {precision:.3f} recall {recall:.3f}{unread}"


def _check_orders(keys: list[ThingKey], component: dict[str, str]) -> None:
    for seed in range(10):
        mixed = list(keys)
        random.Random(seed).shuffle(mixed)
        assert merge(mixed).partition.component == component, "the partition depends on the order"


def _show(way: str, keys: dict[str, ThingKey], got: Pairs, gold: Pairs, thing: dict[str, str]) -> None:
    for kind, pairs in (("WRONG", got - gold), ("missed", gold - got)):
        for pair in sorted(pairs, key=sorted):
            a, b = sorted(pair)
            score = score_nodes(keys[a], keys[b])
            print(
                f"{way} {kind} {thing[a]} {thing[b]} {keys[a].document} {keys[b].document} {score.verdict} {score.total}: {score.why}"
            )


if __name__ == "__main__":
    sys.exit(main())
