"""`make robust`: mutated readouts through `read`: no exception, no invalid evidence, time in proportion to length.

`python -m bench.robust --count 20000` mutates generated and gold texts, each by one to three of the mutations below, reads
them, decodes what was read (which checks every evidence anew), and counts what failed. Then one text is read at lengths
from 1 kB to 1 MB, in lines and as one line. Exit code 1 for any failure; `--seed N` with the number of a failure repeats it.
"""

import argparse
import random
import statistics
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path

import msgspec

from bench.generate import iter_releases
from bench.marked import load_gold
from bench.quality import GOLD, load_bench_world
from communique.api import read_release
from communique.record.codec import decode, encode
from communique.text.release import Release
from communique.world.world import World

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
STEEPEST = 2.0  # time a character at any length, against that at 10 kB
CHUNK = 250

Mutation = Callable[[random.Random, str], str]


def _truncated(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text)) if rng.random() < 0.3 else 0
    return text[start : rng.randrange(start, len(text)) + 1]


def _case(rng: random.Random, text: str) -> str:
    ways: tuple[Callable[[str], str], ...] = (str.upper, str.lower, str.title, str.swapcase)
    return rng.choice(ways)(text)


def _spaces(rng: random.Random, text: str) -> str:
    space = rng.choice(("  ", " \t ", "\u00a0", "\u2009 ", " \n", "\u200b "))
    return "".join(space if c == " " and rng.random() < 0.5 else c for c in text)


_ALIKE = str.maketrans("аеорсухАВЕКМНОРСТХ", "aeopcyxABEKMHOPCTX")


def _scripts(rng: random.Random, text: str) -> str:
    share = rng.choice((0.05, 0.3, 1.0))
    return "".join(c.translate(_ALIKE) if rng.random() < share else c for c in text)


def _language(rng: random.Random, text: str) -> str:
    foreign = (
        "The President thanked the Prime Minister. ",
        "Мемлекет басшысы елшіні қабылдады. ",
        "会谈在首都举行。",
        "قابل الرئيس الوزير. ",
    )
    return rng.choice(foreign) * rng.randrange(1, 4) + text


def _line(rng: random.Random, text: str) -> str:
    return " ".join(text.split()) if rng.random() < 0.7 else "\n".join(text.split())


def _controls(rng: random.Random, text: str) -> str:
    odd = "\x00\x07\x08\x1b\x7f\x85\u00ad\u200d\u202e\ufeff\ud800\U0001f600\u0301"
    return "".join(c + rng.choice(odd) if rng.random() < 0.02 else c for c in text)


def _quotes(rng: random.Random, text: str) -> str:
    marks = "«»„“”\"'–—-:()"
    return "".join(
        "" if c in marks and rng.random() < 0.5 else c + (rng.choice(marks) if rng.random() < 0.01 else "")
        for c in text
    )


def _punctuation(rng: random.Random, text: str) -> str:
    return "".join(c for c in text if c.isalnum() or c in " \n" or rng.random() < 0.3)


def _shuffled(rng: random.Random, text: str) -> str:
    words = text.split(" ")
    for _ in range(len(words) // 4):
        a, b = rng.randrange(len(words)), rng.randrange(len(words))
        words[a], words[b] = words[b], words[a]
    return " ".join(words)


def _doubled(rng: random.Random, text: str) -> str:
    parts = text.split("\n")
    return "\n".join(p for part in parts for p in [part] * (rng.randrange(2, 6) if rng.random() < 0.3 else 1))


def _digits(rng: random.Random, text: str) -> str:
    return "".join(
        rng.choice(("9" * 40, "0", ",", "1.1.1", "٣")) if c.isdigit() and rng.random() < 0.4 else c for c in text
    )


def _lost(rng: random.Random, text: str) -> str:
    return "".join(c for c in text if rng.random() > 0.03)


MUTATIONS: dict[str, Mutation] = {
    "truncated": _truncated, "case": _case, "spaces": _spaces, "mixed scripts": _scripts, "other language": _language,
    "one line": _line, "control characters": _controls, "unbalanced quotes": _quotes, "no punctuation": _punctuation,
    "shuffled": _shuffled, "repeated": _doubled, "digits": _digits, "lost letters": _lost,
}  # fmt: skip


class Failed(msgspec.Struct, frozen=True):
    """A text that could not be read as it should: its number, what was done to it, what happened."""

    number: int
    mutations: tuple[str, ...]
    what: str


@cache
def sources() -> tuple[str, ...]:
    """The texts that are mutated: the gold and as many generated pages."""
    gold = [g.record.document.text for _, g in load_gold([GOLD])]
    made = [line["text"] for line in iter_releases(200, seed=5)]
    return (*gold, *made[: max(200, len(gold))])


@cache
def _world() -> World:
    return load_bench_world()


def mutate(number: int, seed: int) -> tuple[str, tuple[str, ...]]:
    """The text of this number, and the names of what was done to it."""
    rng = random.Random(f"{seed} {number}")
    text = rng.choice(sources())
    names = tuple(rng.sample(sorted(MUTATIONS), k=rng.randint(1, 3)))
    for name in names:
        text = MUTATIONS[name](rng, text) or " "
    return text, names


def failure_of(text: str, language: str | None = "ru") -> str | None:
    """What is wrong with the reading of a text; None where all is well."""
    try:
        release = Release(
            id="r",
            publisher="president.vl",
            published="2026-03-01",
            language=language,
            text=text,
            original=text.encode("utf-8", "surrogatepass"),
        )
        record = read_release(release, _world()).record
        if (again := decode(encode(record))) != record:
            return f"decoded otherwise: {again.document.id}"
    except Exception:
        return traceback.format_exc(limit=-3)
    return next((p.message for p in record.problems if p.code in ("finder_failed", "bug")), None)


def failures(first: int, seed: int, last: int) -> list[Failed]:
    """What fails among the texts of these numbers; every third is read as the language that it seems to be."""
    found = []
    for number in range(first, min(first + CHUNK, last)):
        text, names = mutate(number, seed)
        what = failure_of(text, None if number % 3 == 0 else "ru")
        if what is not None:
            found.append(Failed(number, names, what))
    return found


def iter_failures(count: int, seed: int, workers: int) -> Iterator[list[Failed]]:
    """The failures of every chunk, in order."""
    work = partial(failures, seed=seed, last=count)
    if workers == 1:
        yield from map(work, range(0, count, CHUNK))
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(work, range(0, count, CHUNK))


def microseconds_a_letter(size: int, *, one_line: bool, rounds: int) -> float:
    """The median time of reading a text of this length, by letter."""
    text = "\n\n".join(line["text"] for line in iter_releases(max(3, size // 900), seed=9))[:size]
    text = " ".join(text.split()) if one_line else text
    release = Release(id="long", publisher="president.vl", language="ru", text=text, original=text.encode())
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        read_release(release, _world())
        taken.append(time.perf_counter() - start)
    return 1e6 * statistics.median(taken) / len(text)


def growth(sizes: Sequence[int] = SIZES) -> list[tuple[int, float, float]]:
    """Length, and microseconds a letter in lines and as one line."""
    read_release(Release(text="Президент принял посла.", original=b"", language="ru"), _world())
    rows = []
    for size in sizes:
        rounds = max(1, min(15, 60_000 // size))
        rows.append((size, *(microseconds_a_letter(size, one_line=one, rounds=rounds) for one in (False, True))))
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the texts that failed here")
    given = parser.parse_args()
    start, done, bad = time.perf_counter(), 0, list[Failed]()
    for found in iter_failures(given.count, given.seed, given.workers):
        done = min(done + CHUNK, given.count)
        bad += found
        if sys.stderr.isatty():
            print(f"\r{done} of {given.count} texts, {len(bad)} failed", end="", file=sys.stderr, flush=True)
    print(f"{given.count} mutated texts read in {time.perf_counter() - start:.0f} s, {len(bad)} failed")
    for name, times in Counter(f.what.strip().splitlines()[-1] for f in bad).most_common(20):
        print(f"{times:5}  {name}")
    for failed in bad:
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
            text = mutate(failed.number, given.seed)[0].encode("utf-8", "surrogatepass")
            (given.keep / f"{given.seed}-{failed.number}.txt").write_bytes(text)
    rows = growth()
    base = {size: (lines, line) for size, lines, line in rows}[10_000]
    steep = 0.0
    print(f"{'letters':>9}{'µs a letter, in lines':>24}{'as one line':>14}")
    for size, lines, line in rows:
        print(f"{size:9,}{lines:24.2f}{line:14.2f}")
        steep = max(steep, lines / base[0], line / base[1]) if size >= 10_000 else steep
    print(f"steepest: {steep:.2f} times that of 10 kB (at most {STEEPEST})")
    return 1 if bad or steep > STEEPEST else 0


if __name__ == "__main__":
    sys.exit(main())
