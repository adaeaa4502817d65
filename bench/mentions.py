"""How well mentions are linked to people: labelled words with day and publisher, and the speed of a lookup.

`python -m bench.mentions`: precision of links, recall over the people of whom some tenure has a source, both by language and
by kind; `--show` prints what is wrong, `--speed` times lookups. The labels stand in `bench/gold/mentions/*.tsv`; whoever wrote
them had the roster before their eyes and not the linker.
"""

import argparse
import csv
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from communique.annotation.precision import wilson
from communique.world.linking import Decision, link
from communique.world.reference import Reference
from communique.world.world import World, load_world

LABELS = Path(__file__).parent / "gold" / "mentions"
NIL = "-"


@dataclass(frozen=True, slots=True)
class Item:
    """The words of a mention, when and where they stand, and who is truly meant (`-`: nobody can be linked)."""

    words: str
    language: str
    on: str
    publisher: str
    expected: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Judged:
    item: Item
    linked: str
    refused: str | None
    verified: bool

    @property
    def right(self) -> bool:
        return self.linked == self.item.expected


def load_items(folder: Path = LABELS) -> list[Item]:
    """All labelled mentions, in the order of the files."""
    items = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            items += [Item(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return items


def reference_of(world: World, item: Item) -> Reference:
    return world.parse_reference(item.words).at(item.on, item.on, world.publisher(item.publisher))


def decide(world: World, item: Item) -> Decision:
    return link(world, reference_of(world, item))


def judge(world: World, items: Iterable[Item]) -> Iterator[Judged]:
    for item in items:
        decision = decide(world, item)
        linked = decision.link.person.id if decision.link else NIL
        yield Judged(item, linked, decision.refused, is_verified(world, item))


def is_verified(world: World, item: Item) -> bool:
    """Whether a row with a source can carry the link: it covers the day, or any row where the words say former or elect."""
    tenures = [t for t in world.tenures_of.get(item.expected, []) if t.verified]
    if not item.on or world.parse_reference(item.words).standing in ("former", "designate"):
        return bool(tenures)
    return any(t.covers(item.on, item.on) for t in tenures)


@dataclass(frozen=True, slots=True)
class Row:
    """Links made and right; people to be linked and found, over all and over those with a source."""

    name: str
    items: int
    linked: int
    right: int
    wanted: int
    found: int
    wanted_verified: int
    found_verified: int

    @property
    def precision(self) -> float:
        return self.right / self.linked if self.linked else 1.0

    @property
    def recall(self) -> float:
        return self.found_verified / self.wanted_verified if self.wanted_verified else 1.0


def row_of(name: str, judged: Sequence[Judged]) -> Row:
    linked = [j for j in judged if j.linked != NIL]
    wanted = [j for j in judged if j.item.expected != NIL]
    sure = [j for j in wanted if j.verified]
    return Row(
        name, len(judged), len(linked), sum(j.right for j in linked), len(wanted), sum(j.right for j in wanted),
        len(sure), sum(j.right for j in sure),
    )  # fmt: skip


def rows_of(judged: Sequence[Judged]) -> list[Row]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for j in judged:
        groups[j.item.language].append(j)
    for j in judged:
        groups[j.item.kind].append(j)
    return [row_of("all", judged), *(row_of(name, group) for name, group in groups.items())]


def print_rows(rows: Iterable[Row]) -> None:
    print(
        f"{'':18}{'items':>6}{'linked':>8}{'right':>7}{'precision':>11}{'':14}{'to link':>8}{'recall':>8}{'with source':>13}{'recall':>8}"
    )
    for row in rows:
        low, high = wilson(row.right, row.linked)
        recall = row.found / row.wanted if row.wanted else 1.0
        print(
            f"{row.name:18}{row.items:6}{row.linked:8}{row.right:7}{row.precision:11.3f}  [{low:.2f}, {high:.2f}]"
            f"{row.wanted:8}{recall:8.3f}{row.wanted_verified:13}{row.recall:8.3f}"
        )


def print_wrong(judged: Iterable[Judged]) -> None:
    for j in judged:
        if not j.right:
            what = "WRONG" if j.linked != NIL else "missed"
            print(
                f"{what:7}{j.item.words} | {j.item.on} {j.item.publisher} | {j.item.expected} | {j.linked} {j.refused or ''} | {j.item.kind}: {j.item.note}"
            )


def time_lookups(items: Sequence[Item], seconds: float = 3.0) -> None:
    """Lookups a second, warm, on one thread: all of them the same strings with other days, then strings never seen before."""
    with TemporaryDirectory() as folder:
        load_world(cache=Path(folder))
        began = time.perf_counter()
        world = _fresh_world(Path(folder))
        print(f"index ready in {time.perf_counter() - began:.3f} s (rows read, forms mapped)")
        world.parse_reference("Президент")
        began = time.perf_counter()
        world.people_names.fits(("Иванов",))
        print(f"names of people ready in {time.perf_counter() - began:.3f} s more")
        print(f"{_rate(world, items, seconds):,.0f} lookups a second, warm")
        print(f"{_rate(world, items, seconds, anew=True):,.0f} lookups a second where every string is parsed anew")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _fresh_world(folder: Path) -> World:
    from communique.world import world

    world._load.cache_clear()
    world._shipped_layer.cache_clear()
    return load_world(cache=folder)


def _rate(world: World, items: Sequence[Item], seconds: float, *, anew: bool = False) -> float:
    done, began = 0, time.perf_counter()
    for item in items:
        decide(world, item)
    while time.perf_counter() - began < seconds:
        if anew:
            world.parse_reference.cache_clear()  # type: ignore[attr-defined]
        for item in items:
            decide(world, item)
        done += len(items)
    return done / (time.perf_counter() - began)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    parser.add_argument("--speed", action="store_true", help="time lookups")
    given = parser.parse_args()
    items = load_items(given.labels)
    if not items:
        print(f"no *.tsv with labelled mentions in {given.labels}", file=sys.stderr)
        return 1
    if given.speed:
        time_lookups(items)
        return 0
    judged = list(judge(load_world(), items))
    print_rows(rows_of(judged))
    nil = Counter(i.expected == NIL for i in items)[True]
    print(f"{nil} of {len(items)} ({nil / len(items):.0%}) are people who cannot be linked")
    if given.show:
        print_wrong(judged)
    return 0


if __name__ == "__main__":
    sys.exit(main())
