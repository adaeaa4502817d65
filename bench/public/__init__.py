"""The public sets: each adapter loads a set's gold, maps its labels to ours, runs our reader and counts.

In: the folder of the sets (shared data, never part of the repository). Out: tables on the terminal.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.public import factrueval, kaznerd, nerel, plover, re3d
from bench.public.measured import Measured, print_measured
from communique.world.world import World, load_world


class Adapter(NamedTuple):
    """Where a set lies under the data folder, what measures it, and where it comes from."""

    path: str
    measure: Callable[[Path, World], list[Measured]]
    origin: str


ADAPTERS = (
    Adapter("factrueval/testset", factrueval.measure, factrueval.WHERE),
    Adapter("factrueval/devset", factrueval.measure, factrueval.WHERE),
    Adapter("nerel/test", nerel.measure, nerel.WHERE),
    Adapter("nerel/dev", nerel.measure, nerel.WHERE),
    Adapter("kaznerd/IOB2_test.txt", kaznerd.measure, kaznerd.WHERE),
    Adapter("re3d", re3d.measure, re3d.WHERE),
    Adapter("plover/PLV_test.tsv", plover.measure_sentences, plover.WHERE_SENTENCES),
    Adapter("plover/PLOVER_GSR_CAMEO.txt", plover.measure_gold, plover.WHERE_GOLD),
)


def report(data: Path) -> None:
    """Print a table for every set under `data`, and for each that is missing a line that says what to do."""
    begun, world, texts = time.perf_counter(), load_world(), 0
    for adapter in ADAPTERS:
        found = run(adapter, data, world)
        if isinstance(found, str):
            print(f"\n{found}")
        else:
            print_measured(found)
            texts += found[0].documents
    print(f"\n{texts} texts, all of each set, in {time.perf_counter() - begun:.0f} s")


def run(adapter: Adapter, data: Path, world: World) -> list[Measured] | str:
    """The rows of a set, or what to do where there is none."""
    path = data / adapter.path
    if not path.exists():
        return f"{adapter.path}: not under {data}; fetch it from {adapter.origin} and put it there, or do without"
    rows = adapter.measure(path, world)
    return rows or f"{adapter.path}: nothing under {path} that the adapter reads; fetch it again from {adapter.origin}"
