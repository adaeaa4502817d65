"""The examples as templates: what they are under any cast, and the files of examples/ under the fictional world.

`python -m bench.examples` writes examples/*.txt and examples/releases.jsonl; a test keeps them equal to the templates.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.cast import Cast, Person, example_cast
from bench.compose import TEMPLATES, Page
from bench.page import STRANGERS, Filling

EXAMPLES = Path(__file__).parent.parent / "examples"
_SITES = {"ssg": "ssg.int", "aggregator": "severnews.example"}


def example_names() -> list[str]:
    """The names of the examples in their order: «01-summit»."""
    return sorted(path.stem for path in (TEMPLATES / "examples").glob("*.txt"))


def example_page(name: str, cast: Cast) -> Page:
    """One example under the names of this cast."""
    head, _, body = (TEMPLATES / "examples" / f"{name}.txt").read_text(encoding="utf-8").partition("---\n")
    given = dict(line.split(":", 1) for line in head.splitlines())
    numbers = dict(item.split("=") for item in given.get("numbers", "").split())
    dates = {k: date.fromisoformat(v) for k, v in (item.split("=") for item in given.get("dates", "").split())}
    number = int(name[:2])
    filling = Filling(
        cast, -number, {}, date.fromisoformat(given["meet"].strip()), own_numbers=numbers, own_dates=dates
    )
    filling.strangers.update(_men(filling, body))
    text = filling.fill(body)
    return Page(
        name, _title(text), text, _publisher(cast, given["publisher"].strip()), filling.day("meet"), (name,), filling
    )


def _men(filling: Filling, body: str) -> Iterator[tuple[str, Person]]:
    """The strangers of the examples are men: their sentences are written so."""
    for state in filling.cast.states:
        for role in sorted(STRANGERS):
            if f"{{{state}.{role}" in body:
                yield f"{state}.{role}", filling.stranger(state, role, "m")


def _title(text: str) -> str:
    return next(line for line in text.splitlines() if line)


def _publisher(cast: Cast, key: str) -> str:
    if key in _SITES:
        return _SITES[key]
    state, _, agency = key.partition(".")
    return cast.states[state].agency_site if agency else cast.states[state].site


def release_line(page: Page) -> str:
    """The example as one line of JSON Lines, marked as composed."""
    return json.dumps(
        {"id": page.id, "publisher": page.publisher, "title": page.title, "language": "ru",
         "published": page.published.isoformat(), "extent": "full", "rights": "open", "composed": True,
         "text": page.text}, ensure_ascii=False,
    )  # fmt: skip


def write_examples(folder: Path = EXAMPLES) -> list[Path]:
    """Write every example and releases.jsonl; returns the paths."""
    pages = [example_page(name, example_cast()) for name in example_names()]
    for page in pages:
        (folder / f"{page.id}.txt").write_text(page.text, encoding="utf-8")
    (folder / "releases.jsonl").write_text("".join(release_line(p) + "\n" for p in pages), encoding="utf-8")
    return [*(folder / f"{p.id}.txt" for p in pages), folder / "releases.jsonl"]


if __name__ == "__main__":
    for path in write_examples():
        print(path.name, len(path.read_text(encoding="utf-8")))
