"""The files of factRuEval-2016 read into documents: names, posts (Occupation), meetings.

In: a half of the set, `book_N` with .txt .tokens .spans .objects .coref .facts. Out: a `Document` for each that has facts.
Offsets are those of the .txt. The slot of the job is `Job` in the test half, `Position` in the dev half.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from bench.public.measured import Span

_LABELS = {"Person": "person", "Location": "place", "LocOrg": "place", "Org": "organisation"}
_NAMES = {"place": "loc_name", "organisation": "org_name"}
_NUMBER = re.compile(r"(?:obj|span)\d+\s*")


class Occupation(msgspec.Struct, frozen=True):
    """Who holds which job where; alternatives of `job` and `where` are parted by |, no job where none is stated."""

    who: tuple[str, ...]
    job: str
    where: str
    difficult: bool = False


class Encounter(msgspec.Struct, frozen=True):
    """The family names of those who met, each with its alternatives."""

    participants: tuple[tuple[str, ...], ...]
    difficult: bool = False


class Document(msgspec.Struct, frozen=True):
    """One text with its gold; `tokens` are start and end of each."""

    text: str
    tokens: tuple[tuple[int, int], ...]
    names: tuple[Span, ...]
    occupations: tuple[Occupation, ...]
    meetings: tuple[Encounter, ...]


def load_documents(folder: Path) -> Iterator[Document]:
    """Every document of a half that has facts, in the order of the names of its files."""
    for path in sorted(folder.glob("*.facts")):
        layers = {end: path.with_suffix(end).read_text("utf-8") for end in (".tokens", ".spans", ".objects", ".coref")}
        tokens = [line.split() for line in layers[".tokens"].splitlines() if line.strip()]
        families = _families(layers[".coref"])
        facts = [_fact(block, families) for block in _blocks(path.read_text("utf-8"))]
        yield Document(
            path.with_suffix(".txt").read_bytes().decode("utf-8"),  # read_text would even out line ends
            tuple((int(t[1]), int(t[1]) + int(t[2])) for t in tokens),
            tuple(_names(layers[".spans"], layers[".objects"])),
            tuple(f for f in facts if isinstance(f, Occupation)),
            tuple(f for f in facts if isinstance(f, Encounter)),
        )


def _names(spans: str, objects: str) -> Iterator[Span]:
    """The names of the mentions, none inside another: of overlapping ones the first, then the longest.

    A person is the extent of the whole mention; a place its `loc_name`, an organisation its `org_name`, without «округ», «партия».
    """
    parts = {p[0]: (p[1], int(p[2]), int(p[2]) + int(p[3])) for line in spans.splitlines() if (p := line.split())}
    found: list[Span] = []
    for line in objects.splitlines():
        _, kind, *ids = line.split("#")[0].split()
        label, own = _LABELS.get(kind, ""), [parts[i] for i in ids if i in parts]
        if label == "person" and own:
            found.append(Span(label, min(s for _, s, _ in own), max(e for _, _, e in own)))
        found.extend(Span(label, s, e) for part, s, e in own if part == _NAMES.get(label))
    end = 0
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if span.start >= end:
            yield span
            end = span.end


def _families(coref: str) -> dict[str, tuple[str, ...]]:
    """The family names of every object, by its number; nicknames, then first names, where it has none."""
    found = {}
    for block in _blocks(coref):
        head, *rows = block
        values = [row.partition(" ")[::2] for row in rows]
        by_key = ([v.strip() for k, v in values if k == key] for key in ("lastname", "nickname", "firstname"))
        found[f"obj{head.split()[0]}"] = tuple(next((names for names in by_key if names), []))
    return found


def _blocks(layer: str) -> Iterator[list[str]]:
    """The entries of a layer, parted by empty lines, each a list of its lines."""
    for block in re.split(r"\n\s*\n", layer):
        if lines := [line.strip() for line in block.split("\n") if line.strip()]:
            yield lines


def _fact(block: list[str], families: Mapping[str, tuple[str, ...]]) -> Occupation | Encounter | None:
    """`3-0 Occupation`, then a slot a line: `Who obj12 Берег Иван`, `Job span7 президент`, `Where obj3 Веланда`."""
    head, *rows = block
    slots = [row.partition(" ")[::2] for row in rows]
    people = tuple(_person(v, families) for k, v in slots if k in ("Who", "Participant"))
    difficult = "Сложность повышенная" in rows
    if head.endswith(" Meeting"):
        return Encounter(people, difficult)
    if not head.endswith(" Occupation") or not people:
        return None
    job, where = (
        " | ".join(_NUMBER.sub("", v).strip() for k, v in slots if k in keys)
        for keys in (("Job", "Position"), ("Where",))
    )
    return Occupation(people[0], job, where, difficult)


def _person(value: str, families: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """`obj12 Берег Иван`: the family names of the object, else the first word written here."""
    number, *words = value.split()
    return families.get(number) or tuple(words[:1])
