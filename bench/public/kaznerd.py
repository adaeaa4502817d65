"""KazNERD (CC BY 4.0, IOB2): named entities of Kazakh television news, against our reading.

Each sentence is read by itself, its tokens joined by spaces. Entities are right when type, start and end are the gold's;
the mapping of types is the table `TYPES`. Our reader does not read Kazakh yet: until it does, 0 are found.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.counts import pool
from bench.public.measured import Line, Measured, Published, Span, count_spans, rows_of
from bench.public.reading import read_text
from communique.world.world import World

WHERE = "github.com/IS2AI/KazNERD (CC BY 4.0)"
TYPES = {  # KazNERD's type: the labels of our spans; the other 18 (CARDINAL, MONEY, LAW ...) are facts of ours or not of this trade
    "PERSON": ("person",),
    "POSITION": ("office",),
    "GPE": ("state", "place"),  # countries, cities, regions in one
    "ORGANISATION": ("organisation",),
    "NORP": ("adjective",),  # nations, faiths and parties; ours is the adjective of a side alone
    "DATE": ("date",),
    "FACILITY": ("venue",),  # palaces, of all buildings
}
_EXACT = "Typed spans, exact. Theirs is a model trained on 90,000 sentences of the set, ours has seen none; its averaging was not checked."


class Sentence(msgspec.Struct, frozen=True):
    """The joined tokens and the entities over them."""

    text: str
    entities: tuple[Span, ...]


def load_sentences(path: Path) -> Iterator[Sentence]:
    """Every sentence: a token and its tag a line, an empty line between sentences."""
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.rsplit(" ", 1) for line in block.split("\n") if line.strip()]
        if rows:
            yield _sentence(rows)


def _sentence(rows: list[list[str]]) -> Sentence:
    text, entities, begun = "", [], None
    for token, tag in [*rows, ["", "O"]]:
        start = len(text) + 1 if text else 0
        if begun is not None and tag != f"I-{begun.label}":
            entities.append(Span(begun.label, begun.start, len(text)))
            begun = None
        if tag.startswith("B-"):
            begun = Span(tag[2:], start, start)
        text = f"{text} {token}" if text else token
    return Sentence(text.rstrip(), tuple(entities))


def measure(path: Path, world: World) -> list[Measured]:
    """The rows of one file of sentences."""
    sentences = list(load_sentences(path))
    named = {label: kind for kind, labels in TYPES.items() for label in labels}
    readings = [read_text(sentence.text, "kk", world) for sentence in sentences]
    tallies = pool(
        count_spans(sentence.entities, [Span(named[s.label], s.start, s.end) for s in one.spans if s.label in named])
        for sentence, one in zip(sentences, readings, strict=True)
    )
    whole = Published(0.972, "XLM-R, LREC 2022") if path.stem == "IOB2_test" else None
    lines = [Line(name, (name,), None, _EXACT) for name in TYPES]
    lines.append(Line(f"the {len(TYPES)} types that we map", tuple(TYPES), None, _EXACT))
    lines.append(Line(f"all {len(tallies)} types of the gold", tuple(tallies), whole, _EXACT))
    name = f"KazNERD {path.stem.removeprefix('IOB2_')}, sentences"
    return rows_of(name, [one.coverage for one in readings], tallies, lines)
