"""An archive of 50,000 releases: what adding one costs as it grows, its size, and how long a look takes.

Composed pages are read once; their records are written again and again under other ids, keys and days, so that only the
archive is measured. Prints the curve, bytes per release by table, and `list`, `show` and `sql` in ms.

    python -m bench.archive_scale [--count 50000] [--folder DIR] [--pages 500]
"""

import argparse
import datetime
import hashlib
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from bench.cast import example_cast, renamed_cast
from bench.compose import iter_pages
from communique.api import read_release
from communique.archive.view import Filter, View
from communique.archive.writer import Writer
from communique.record.codec import decode, encode
from communique.record.record import Record
from communique.text.release import Release
from communique.world.world import load_world

ROOT = Path(__file__).parent.parent
STEP = 2500
HIGHEST_LOOK_MS, HIGHEST_GROWTH = 50.0, 1.5
_IDS = re.compile(rb'"(mtg|quo|act|agr|prj|com|fig)-([0-9a-f]{16})"')
_PUBLISHED = re.compile(rb'"published":\{"value":"\d{4}-\d\d-\d\d"')


def load_templates(count: int) -> list[tuple[Release, bytes]]:
    """Releases and the JSON of their records, each read once; half of them under names of their own."""
    world = load_world([ROOT / "examples/world"])
    found = []
    for page in [*iter_pages(count // 2, example_cast()), *iter_pages(count - count // 2, renamed_cast(7), count)]:
        release = Release(
            id=page.id, publisher=page.publisher, published=str(page.published), title=page.title, language="ru",
            composed=True, text=page.text, original=page.text.encode(),
        )  # fmt: skip
        found.append((release, encode(read_release(release, world).record)))
    return found


def make_copy(number: int, release: Release, plain: bytes) -> tuple[Release, Record]:
    """The release and its record as another document of another day: ids and keys of its own."""
    name = f"copy-{number}"
    day = str(datetime.date(2015, 1, 1) + datetime.timedelta(days=number % 4000))

    def other(match: re.Match[bytes]) -> bytes:
        salted = hashlib.sha256(name.encode() + match[2]).hexdigest()[:16].encode()
        return b'"%s-%s"' % (match[1], salted)

    plain = _IDS.sub(other, plain).replace(f'"{release.id}"'.encode(), f'"{name}"'.encode())
    plain = _PUBLISHED.sub(b'"published":{"value":"%s"' % day.encode(), plain)
    return msgspec.structs.replace(release, id=name, published=day), decode(plain)


def iter_costs(path: Path, templates: list[tuple[Release, bytes]], count: int) -> Iterator[tuple[int, float]]:
    """How many are in, and the milliseconds that each of the last STEP took, commits included."""
    with Writer(path) as writer:
        for first in range(0, count, STEP):
            copies = [make_copy(n, *templates[n % len(templates)]) for n in range(first, min(first + STEP, count))]
            start = time.perf_counter()
            done = sum(1 for _ in writer.add((release for release, _ in copies), _reader_of(copies)))
            yield first + done, (time.perf_counter() - start) / done * 1000


def _reader_of(copies: list[tuple[Release, Record]]) -> Callable[[Release], Record]:
    records = {release.id: record for release, record in copies}
    return lambda release: records[release.id]


def median_ms(look: Callable[[], object], times: int = 15) -> float:
    """The median time of a look, in ms; the first, which finds cold caches, counts too."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        look()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def iter_looks(path: Path, count: int) -> Iterator[tuple[str, float]]:
    """Each look on an opened archive, as a server would have it."""
    with View(path) as view:
        filters = {
            "list": Filter(),
            "list --state x-liria": Filter(state="x-liria"),
            "list --person Салан": Filter(person="Салан"),
            "list --kind phone_call --from --to (one month)": Filter(
                kind="phone_call", since="2020-03-01", until="2020-03-31"
            ),
            "list --topic nuclear": Filter(topic="nuclear"),
            "list --state --person --kind --topic --from": Filter(
                state="x-velanda", person="Берег", kind="talks", topic="trade", since="2019-01-01"
            ),
            "list, nothing matches": Filter(person="Никто"),
        }
        for name, chosen in filters.items():
            yield name, median_ms(lambda chosen=chosen: view.entries(chosen, limit=50))
        yield "count of --state x-liria", median_ms(lambda: view.count(filters["list --state x-liria"]))
        yield "show", median_ms(lambda: view.show(f"copy-{count // 2}"))
        yield "sql: facts by type", median_ms(lambda: list(view.sql("SELECT type, count(*) FROM facts GROUP BY 1")), 3)


def print_sizes(path: Path, count: int) -> None:
    """Bytes per release: the file, and its tables with their indexes."""
    print(f"\nsize: {path.stat().st_size / 1e6:.0f} MB, {path.stat().st_size / count:.0f} bytes a release")
    with sqlite3.connect(path) as connection:
        for name, size in connection.execute(
            "SELECT name, sum(pgsize) FROM dbstat GROUP BY 1 ORDER BY 2 DESC LIMIT 12"
        ):
            print(f"  {size / count:7.0f}  {name}")


def main() -> None:
    """Measure and print; leaves with 1 when adding grew dearer or a look took too long."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    templates = load_templates(chosen.pages)
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        path = Path(folder) / "scale.db"
        costs = []
        for there, cost in iter_costs(path, templates, chosen.count):
            costs.append(cost)
            print(f"{there:6} releases  {cost:.2f} ms each")
        growth = statistics.mean(costs[-3:]) / statistics.mean(costs[:3])
        print(f"the last three steps cost {growth:.2f} times the first three (at most {HIGHEST_GROWTH})")
        print_sizes(path, chosen.count)
        slow = growth > HIGHEST_GROWTH
        print(f"\nlooks, median, at most {HIGHEST_LOOK_MS:.0f} ms for list and show")
        for name, taken in iter_looks(path, chosen.count):
            slow |= taken > HIGHEST_LOOK_MS and not name.startswith("sql")
            print(f"  {taken:7.1f} ms  {name}")
    raise SystemExit(slow)


if __name__ == "__main__":
    main()
