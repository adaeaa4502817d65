"""NEREL v1.1 (texts CC BY 2.5; brat): nested entities and two relations of one part of the set, against our reading.

Entities are right when type, start and end are the gold's; the mapping of types is the table `TYPES`. Relations are
taken by document: WORKS_AS (person, profession) and WORKPLACE (person, organisation or state), each person and each
phrase once, against the persons that we name with their offices; names agree by family name, phrases by a shared word.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.counts import Tally, pool
from bench.public.agree import same_employer, same_family, share_words
from bench.public.factrueval import named_persons
from bench.public.measured import Document, Line, Measured, Published, Span, Tie, count_pairs, count_spans, rows_of
from bench.public.reading import Reading, read_text
from communique.record.facts import Office
from communique.world.world import World

WHERE = "github.com/nerel-ds/NEREL (NEREL-v1.1)"
PUBLISHED = Published(0.850, "MRC with RuBERT, NEREL README"), Published(0.517, "OpenNRE, document level, NEREL README")
TYPES = {  # NEREL's type: the labels of our spans, none where we name nothing of the kind (then all of it counts as missed)
    "PERSON": ("person",),  # the name alone, without office or honorific, in both
    "PROFESSION": ("office",),  # theirs also actors, soldiers, journalists; ours posts of state, of bodies, of business
    "COUNTRY": ("state", "adjective"),  # theirs also every «лирийский»; ours the adjective of a side alone
    "CITY": ("place",),  # our places are the cities of the world's list
    "ORGANIZATION": ("organisation",),  # theirs also parties, firms, ministries; ours those of the world's list
    "FACILITY": ("venue",),  # theirs any building; ours palaces and residences
    "DATE": ("date",),  # theirs with the preposition («в 2011 году»), cut off in both; theirs also spans of time
    "NATIONALITY": (),  # «лирийский певец»: no actor of ours
    "STATE_OR_PROVINCE": (),  # regions are not in the world's list
    "DISTRICT": (),  # parts of cities
    "LOCATION": (),  # rivers, continents
    "EVENT": (),  # a meeting of ours is a fact with evidence, no name
    "LAW": (),  # a paper of ours is a fact with a title
    "NUMBER": (), "MONEY": (), "PERCENT": (), "ORDINAL": (),  # figures of ours are facts
    "TIME": (),  # ours is a part of the date
    "AGE": (), "AWARD": (), "CRIME": (), "PENALTY": (), "DISEASE": (), "FAMILY": (),  # not of this trade
    "IDEOLOGY": (), "RELIGION": (), "LANGUAGE": (), "PRODUCT": (), "WORK_OF_ART": (),  # nor these
}  # fmt: skip
MAPPED = tuple(kind for kind, labels in TYPES.items() if labels)
_ENTITY = re.compile(r"(T\d+)\t(\S+) (\d+)(?: \d+;\d+)* (\d+)\t")
_RELATION = re.compile(r"R\d+\t(WORKS_AS|WORKPLACE) Arg1:(T\d+) Arg2:(T\d+)")
_PREPOSITION = re.compile(r"(?:во?|на|с|со|к|до|от|по|за)\s+", re.IGNORECASE)
_EXACT = "Typed spans, exact. Theirs is a model trained on the train part of v1.0, and v1.0 counts otherwise; ours has seen none."
_BY_DOCUMENT = "By document, persons by family name, phrases by a shared word, nested and repeated ones once. Theirs is of all 49 relations."


def load_documents(folder: Path) -> Iterator[Document]:
    """Every document of a part, in the order of the names of its files."""
    for path in sorted(folder.glob("*.ann")):
        text, notes = path.with_suffix(".txt").read_bytes().decode("utf-8"), path.read_text("utf-8")
        spans = {m[1]: Span(m[2], int(m[3]), int(m[4])) for m in map(_ENTITY.match, notes.split("\n")) if m}
        links = [m.groups() for m in map(_RELATION.match, notes.split("\n")) if m]
        yield Document(text, tuple(spans.values()), tuple(_ties(text, [(k, spans[a], spans[b]) for k, a, b in links])))


def _ties(text: str, links: Sequence[tuple[str, Span, Span]]) -> Iterator[Tie]:
    """Each person and phrase once: of nested phrases the longest, of repeated ones the first."""
    kept: list[Tie] = []
    for kind, person, what in sorted(links, key=lambda link: link[2].start - link[2].end):
        tie = Tie(kind, text[person.start : person.end], text[what.start : what.end])
        if person.label == "PERSON" and not any(
            t.kind == kind and same_family(t.source, tie.source) and share_words(t.target, tie.target) for t in kept
        ):
            kept.append(tie)
    return iter(kept)


def measure(folder: Path, world: World) -> list[Measured]:
    """The rows of one part; published numbers beside the test part alone."""
    documents = list(load_documents(folder))
    readings = [read_text(doc.text, "ru", world) for doc in documents]
    tallies = pool(judge(doc, one, world) for doc, one in zip(documents, readings, strict=True))
    types = tuple(t for t in tallies if t not in ("WORKS_AS", "WORKPLACE"))
    every, tied = PUBLISHED if folder.name == "test" else (None, None)
    lines = [Line(name, (name,), None, _EXACT) for name in MAPPED]
    lines.append(Line(f"the {len(MAPPED)} types that we map", MAPPED, None, _EXACT))
    lines.append(Line(f"all {len(types)} types of the gold", types, every, _EXACT))
    lines += [Line(f"relation {kind}", (kind,), tied, _BY_DOCUMENT) for kind in ("WORKS_AS", "WORKPLACE")]
    return rows_of(f"NEREL {folder.name}", [one.coverage for one in readings], tallies, lines)


def judge(doc: Document, reading: Reading, world: World) -> dict[str, Tally]:
    """The tallies of one document, by type of entity and relation."""
    named = {label: kind for kind, labels in TYPES.items() for label in labels}
    ours = [Span(named[s.label], s.start, s.end) for s in reading.spans if s.label in named]
    tallies = count_spans((bare_date(doc.text, s) for s in doc.entities), (bare_date(doc.text, s) for s in ours))
    posts = [(actor.name or "", office) for actor in named_persons(reading) for office in actor.offices]

    def works_as(tie: Tie, post: tuple[str, Office]) -> bool:
        return same_family(tie.source, post[0]) and share_words(tie.target, post[1].title)

    def works_at(tie: Tie, post: tuple[str, Office]) -> bool:
        return same_family(tie.source, post[0]) and same_employer(world, tie.target, post[1])

    placed = [post for post in posts if post[1].of or post[1].portfolio]
    for kind, agree, found in (("WORKS_AS", works_as, posts), ("WORKPLACE", works_at, placed)):
        tallies[kind] = count_pairs([t for t in doc.ties if t.kind == kind], found, agree)
    return tallies


def bare_date(text: str, span: Span) -> Span:
    """A date without the preposition before it; any other span as it is.

    >>> bare_date("в 2011 году", Span("DATE", 0, 11))
    Span(label='DATE', start=2, end=11)
    """
    found = _PREPOSITION.match(text, span.start, span.end) if span.label == "DATE" else None
    return Span(span.label, found.end(), span.end) if found else span
