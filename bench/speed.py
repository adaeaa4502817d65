"""Speed and memory: whole records beside natasha (segmentation, morphology, syntax, NER) on the same 1,000 pages.

One thread, each reader in its own process with cold caches, pages that are all different. Prints both times, the
ratio, the peak memory of each, a cold `read` of one file, `--help`, and the peak on one page of 100 kB.

natasha is used here only and is not among the package's dependencies. It needs an older setuptools; install it apart:

    python -m venv ~/natasha-venv && ~/natasha-venv/bin/pip install natasha 'setuptools<81'
    python -m bench.speed --natasha-python ~/natasha-venv/bin/python
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")}
HIGHEST_RATIO, HIGHEST_PEAK_MB, LONGEST_READ_S, LONGEST_HELP_S = 1.5, 500, 2.0, 0.3
ROOT = Path(__file__).parent.parent


def read_all(lines: list[dict[str, Any]], world: Path) -> dict[str, float]:
    """Seconds to load and to read all releases into whole records."""
    start = time.perf_counter()
    from communique.api import read_release
    from communique.text.release import Release
    from communique.world.world import load_world

    loaded_world = load_world([world])
    loaded = time.perf_counter()
    facts = 0
    for line in lines:
        release = Release(
            id=line["id"], publisher=line["publisher"], published=line["published"], title=line["title"], language="ru",
            composed=True, text=line["text"], original=line["text"].encode(),
        )  # fmt: skip
        facts += sum(1 for _ in read_release(release, loaded_world).record.facts)
    return {"load": loaded - start, "read": time.perf_counter() - loaded, "facts": facts}


def natasha_all(lines: list[dict[str, Any]], _: Path) -> dict[str, float]:
    """Seconds to load natasha's models and to run its four steps on all texts, a fresh Doc for each."""
    start = time.perf_counter()
    import natasha  # type: ignore[import-not-found,unused-ignore]

    segmenter, embedding = natasha.Segmenter(), natasha.NewsEmbedding()
    morphology, syntax = natasha.NewsMorphTagger(embedding), natasha.NewsSyntaxParser(embedding)
    names = natasha.NewsNERTagger(embedding)
    loaded = time.perf_counter()
    found = 0
    for line in lines:
        doc = natasha.Doc(line["text"])
        doc.segment(segmenter)
        doc.tag_morph(morphology)
        doc.parse_syntax(syntax)
        doc.tag_ner(names)
        found += len(doc.spans)
    return {"load": loaded - start, "read": time.perf_counter() - loaded, "facts": found}


WORKERS = {"communique": read_all, "natasha": natasha_all}


def work(name: str, pages: Path, world: Path) -> None:
    """The worker's side: read the pages, print one line of JSON."""
    lines = [json.loads(line) for line in pages.read_text(encoding="utf-8").splitlines()]
    measured = WORKERS[name](lines, world)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(json.dumps({**measured, "peak_mb": peak}))


def measure(python: str, name: str, pages: Path, world: Path) -> dict[str, float]:
    """Run a worker in its own process; raises CalledProcessError with what it said."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    env = {**os.environ, **ONE_THREAD, "PYTHONPATH": path if name == "communique" else str(ROOT)}
    command = [python, "-m", "bench.speed", "--worker", name, "--pages", str(pages), "--world", str(world)]
    done = subprocess.run(command, env=env, cwd=ROOT, check=True, text=True, capture_output=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def write_pages(count: int, pages: Path) -> dict[str, int]:
    """Write `count` different composed pages as JSON Lines; returns how many templates they were made of."""
    from bench.cast import example_cast
    from bench.compose import iter_pages
    from bench.examples import release_line

    made = list(iter_pages(count, example_cast(), first=100_000))
    if len({page.text for page in made}) != count:
        raise SystemExit("two composed pages are equal; choose another first seed")
    pages.write_text("".join(release_line(page) + "\n" for page in made), encoding="utf-8")
    return {
        "pages": count,
        "page_templates": len({page.skeleton for page in made}),
        "plans": len({page.skeleton[0] for page in made}),
        "sentence_templates": len({label for page in made for label in page.skeleton[1:]}),
        "characters": sum(len(page.text) for page in made),
    }


def write_large(pages: Path, large: Path, size: int = 100_000) -> None:
    """One release of about `size` bytes, made of many pages."""
    lines = [json.loads(line) for line in pages.read_text(encoding="utf-8").splitlines()]
    text = "\n\n".join(line["text"] for line in lines).encode()[:size].decode("utf-8", "ignore")
    large.write_text(json.dumps({**lines[0], "id": "large", "text": text}, ensure_ascii=False) + "\n", encoding="utf-8")


def cold_seconds(arguments: list[str], times: int = 3) -> float:
    """The median wall time of the command line in fresh processes."""
    env = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", "from communique.cli import main; main()", *arguments]
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def report(count: int, natasha_python: str | None, folder: Path) -> None:
    """Measure everything and print it."""
    pages, large, world = folder / "pages.jsonl", folder / "large.jsonl", ROOT / "examples" / "world"
    made = write_pages(count, pages)
    write_large(pages, large)
    print(", ".join(f"{value:,} {name.replace('_', ' ')}" for name, value in made.items()) + "; one thread")
    ours = measure(sys.executable, "communique", pages, world)
    _print_row("communique, whole records", ours, count)
    theirs = _natasha(natasha_python, pages, world, count)
    if theirs:
        ratio = ours["read"] / theirs["read"]
        whole = (ours["read"] + ours["load"]) / (theirs["read"] + theirs["load"])
        print(f"ratio {ratio:.2f} (at most {HIGHEST_RATIO}); with loading {whole:.2f}")
    page = measure(sys.executable, "communique", large, world)
    print(f"one page of 100 kB: {page['read']:.2f} s, peak {page['peak_mb']:.0f} MB (at most {HIGHEST_PEAK_MB})")
    example = str(sorted((ROOT / "examples").glob("*.txt"))[0].relative_to(ROOT))
    cold = cold_seconds(["read", "--world", "examples/world", example])
    print(f"cold read of one file: {cold:.2f} s (at most {LONGEST_READ_S}); "
          f"--help: {cold_seconds(['--help']):.2f} s (at most {LONGEST_HELP_S})")  # fmt: skip


def _natasha(python: str | None, pages: Path, world: Path, count: int) -> dict[str, float] | None:
    """natasha's row, or None with the remedy printed."""
    try:
        theirs = measure(python or sys.executable, "natasha", pages, world)
    except subprocess.CalledProcessError as error:
        last = (error.stderr or "").strip().splitlines()[-1:]
        print(f"natasha was not measured ({''.join(last) or 'no message'})")
        print("install it apart, as the head of bench/speed.py says, and give --natasha-python PATH")
        return None
    except FileNotFoundError:
        print(f"natasha was not measured: there is no {python}; give --natasha-python PATH")
        return None
    _print_row("natasha, four steps", theirs, count)
    return theirs


def _print_row(name: str, row: dict[str, float], count: int) -> None:
    print(f"{name:28} {row['read']:7.2f} s, {1000 * row['read'] / count:6.2f} ms a page, load {row['load']:.2f} s, "
          f"peak {row['peak_mb']:.0f} MB, {row['facts']:.0f} facts or names")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--natasha-python", help="the Python of an environment that has natasha")
    parser.add_argument("--worker", choices=sorted(WORKERS), help=argparse.SUPPRESS)
    parser.add_argument("--pages", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--world", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        work(given.worker, given.pages, given.world)
        return
    with tempfile.TemporaryDirectory() as folder:
        report(given.count, given.natasha_python, Path(folder))


if __name__ == "__main__":
    main()
