"""re3d (OGL v3, public domain, CC BY 3.0 AU, EC notice): English texts of governments, entities and relations, against ours.

Entities are right when type, start and end are the gold's; the table `TYPES` maps them. The gold's Person holds the title,
so ours is the whole mention. What has a confidence below one half (parts of longer names, what the crowd rejected) is left
out. Relations agree by shared words at both ends. Our reader does not read English yet: until it does, 0 are found.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.counts import Tally, pool
from bench.public.agree import share_words
from bench.public.measured import Document, Line, Measured, Span, Tie, count_pairs, count_spans, rows_of
from bench.public.reading import Reading, read_text
from communique.world.world import World

WHERE = "github.com/dstl/re3d"
TYPES = {  # re3d's type: the labels of our spans
    "Person": ("titled",),  # the name with its office, or the office alone
    "Organisation": ("organisation", "state"),  # theirs holds governments and countries that act
    "Location": ("place", "venue"),
    "Nationality": ("adjective",),
    "Temporal": ("date",),
}
RELATIONS = {  # re3d's type: what it is among ours
    "BelongsTo": "office",  # a person, and the body that the person is of; units and things are left out
    "InChargeOf": "office",  # a commander of a force; those in charge of weapons and attacks are left out
    "CommWith": "meeting",  # met, spoke with, wrote to
}
SURE = 0.5
_EXACT = "Typed spans, exact. No F1 is published."
_WORDS = "By document, a shared word at both ends; only those ties that one of our facts can be."


def load_documents(folder: Path) -> Iterator[Document]:
    """Every document of every publisher under a folder; a line of each file is a JSON object."""
    for path in sorted(folder.glob("*/documents.json")):
        entities, relations = _rows(path.with_name("entities.json")), _rows(path.with_name("relations.json"))
        for doc in _rows(path):
            spans = tuple(Span(e["type"], e["begin"], e["end"]) for e in entities if e["documentId"] == doc["_id"])
            persons = {(s.start, s.end) for s in spans if s.label == "Person"}
            own = (r for r in relations if r["documentId"] == doc["_id"])
            yield Document(doc["text"], spans, tuple(dict.fromkeys(_ties(own, persons))))


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = (json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip())
    return [row for row in rows if row.get("confidence", 1) >= SURE]


def _ties(rows: Iterable[dict[str, Any]], persons: set[tuple[int, int]]) -> Iterator[Tie]:
    for row in rows:
        ends = {(row["sourceBegin"], row["sourceEnd"]), (row["targetBegin"], row["targetEnd"])}
        if RELATIONS.get(row["type"]) == "meeting" or (row["type"] in RELATIONS and ends & persons):
            yield Tie(RELATIONS[row["type"]], row["source"], row["target"])


def measure(folder: Path, world: World) -> list[Measured]:
    """The rows of all publishers together."""
    documents = list(load_documents(folder))
    readings = [read_text(doc.text, "en", world) for doc in documents]
    tallies = pool(judge(doc, one) for doc, one in zip(documents, readings, strict=True))
    lines = [Line(name, (name,), None, _EXACT) for name in TYPES]
    lines.append(Line(f"the {len(TYPES)} types that we map", tuple(TYPES), None, _EXACT))
    lines.append(Line("BelongsTo, InChargeOf: offices", ("office",), None, _WORDS))
    lines.append(Line("CommWith: meetings", ("meeting",), None, _WORDS))
    return rows_of("re3d", [one.coverage for one in readings], tallies, lines)


def judge(doc: Document, reading: Reading) -> dict[str, Tally]:
    """The tallies of one document, by type of entity and kind of tie."""
    named = {label: kind for kind, labels in TYPES.items() for label in labels}
    ours = [Span(named[s.label], s.start, s.end) for s in reading.spans if s.label in named]
    tallies = count_spans(doc.entities, ours)
    for kind, found in (("office", _offices(reading)), ("meeting", _met(reading))):
        tallies[kind] = count_pairs([t for t in doc.ties if t.kind == kind], found, _agrees)
    return tallies


def _offices(reading: Reading) -> list[Tie]:
    """A person with the office, and the body or state that the title names."""
    persons = [a for a in reading.actors if a.kind == "person"]
    return [
        Tie("office", f"{a.name or ''} {o.title}", f"{o.title} {a.organisation or ''}")
        for a in persons
        for o in a.offices
    ]


def _met(reading: Reading) -> list[Tie]:
    """Every two participants of a meeting, as written."""
    companies = ([p.actor.as_written for p in m.participants if p.actor.as_written] for m in reading.record.meetings)
    return [Tie("meeting", one, other) for company in companies for one, other in combinations(company, 2)]


def _agrees(gold: Tie, ours: Tie) -> bool:
    """Whichever end comes first."""
    ends = ((ours.source, ours.target), (ours.target, ours.source))
    return any(share_words(gold.source, a) and share_words(gold.target, b) for a, b in ends)
