"""Where the time of a reading goes: seconds by stage over composed pages, and the peak memory of a fresh process.

The stages are the steps of `finding/read.py`; each is timed by standing in front of it, so the product knows nothing of it.
"""

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec

PAGES = 300
STEPS = (
    "open_page find_mentions find_speech find_dates resolve find_quotes find_candidates find_meetings find_acts "
    "find_agreements find_projects find_commitments find_figures find_topics build_actors seal"
).split()


class Stage(msgspec.Struct, frozen=True):
    """One step: its share of the whole, and milliseconds a page."""

    name: str
    share: float
    ms_a_page: float


class Stages(msgspec.Struct, frozen=True):
    """The steps of a reading, the slowest first, and the peak memory in MB."""

    stages: tuple[Stage, ...]
    peak_mb: float


def measure_stages(pages: int = PAGES) -> Stages:
    """Measured in a process of its own, so that nothing else counts."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.stages", str(pages)], check=True, capture_output=True, text=True
    )
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Stages)


def time_stages(pages: int) -> Stages:
    """Reads composed pages with every step timed."""
    from bench.cast import example_cast
    from bench.compose import iter_pages
    from bench.quality import load_bench_world
    from bench.reading import read_page
    from communique.finding import read as reading

    world, made = load_bench_world(), list(iter_pages(pages, example_cast(), first=200_000))
    read_page(made[0], world)
    spent: Counter[str] = Counter()
    for name in STEPS:
        setattr(reading, name, _timed(name, getattr(reading, name), spent))
    start = time.perf_counter()
    for page in made:
        read_page(page, world)
    whole = time.perf_counter() - start
    spent["the rest"] = int(1e9 * whole) - sum(spent.values())
    rows = [Stage(n, round(ns / 1e9 / whole, 3), round(ns / 1e6 / pages, 3)) for n, ns in spent.most_common()]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return Stages((Stage("whole", 1.0, round(1000 * whole / pages, 3)), *rows), round(peak, 1))


def _timed(name: str, step: Callable[..., Any], spent: Counter[str]) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        start = time.perf_counter_ns()
        try:
            return step(*args, **kwargs)
        finally:
            spent[name] += time.perf_counter_ns() - start

    return timed


def print_stages(found: tuple[Stage, ...], peak_mb: float | None) -> None:
    print(f"{'stage':22}{'share':>7}{'ms a page':>11}")
    for stage in found:
        print(f"{stage.name:22}{stage.share:7.1%}{stage.ms_a_page:11.3f}")
    print(f"peak memory {peak_mb} MB")


if __name__ == "__main__":
    print(json.dumps(msgspec.to_builtins(time_stages(int(sys.argv[1])))))
