"""factRuEval-2016 (MIT): names, posts (Occupation) and meetings of one half of the set, against our reading.

Names: tokens inside names and whole names. Occupation: every office of a person named on the page; right where the
family names agree and the job words share one. Meeting: every meeting of the record with two named persons; right where
two participants agree by family name. Facts pair one to one; those that the gold calls difficult count neither way.
The official evaluator compares strings, gives part of a point by arguments, and lets several answers share a fact.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from bench.counts import Tally, pool
from bench.public.agree import same_employer, same_family, share_words
from bench.public.factrueval_gold import Document, Encounter, Occupation, load_documents
from bench.public.measured import Line, Measured, Published, Span, count_pairs, count_spans, pair_up, rows_of
from bench.public.reading import Reading, read_text
from communique.record.facts import Actor, Office
from communique.world.world import World

WHERE = "github.com/dialogue-evaluation/factRuEval-2016"
_NAEVAL = "slovnet, natasha/naeval"
_BEST = "best of 2016, t3 in reports/run_2"
PUBLISHED = {  # of the test half
    "person": Published(0.959, _NAEVAL), "place": Published(0.915, _NAEVAL), "organisation": Published(0.825, _NAEVAL),
    "person and job": Published(0.662, _BEST), "meeting": Published(0.242, _BEST),
}  # fmt: skip
_TOKENS = (
    "Naeval counts tokens inside names too, but razdel's, and over both halves; LOC holds LocOrg, adjectives are none."
)
_FACTS = "Not the official measure, which compares strings and gives parts of a point: see bench/public/factrueval.py."
_WHOLE = "Start and end must be the gold's."
_OURS = {"person": "person", "organisation": "organisation", "state": "place", "place": "place", "venue": "place"}
LINES = (
    ("person", "PER, tokens in names", _TOKENS),
    ("place", "LOC, tokens in names", _TOKENS),
    ("organisation", "ORG, tokens in names", _TOKENS),
    ("whole person", "PER, whole names", _WHOLE),
    ("whole place", "LOC, whole names", _WHOLE),
    ("whole organisation", "ORG, whole names", _WHOLE),
    ("person and job", "Occupation: person, job", _FACTS),
    ("and where", "Occupation: person, job, where", _FACTS),
    ("meeting", "Meeting: two participants", _FACTS),
    ("whole meeting", "Meeting: all participants, no other", _FACTS),
)
F = TypeVar("F", Occupation, Encounter)
Post = tuple[Actor, Office]


def measure(folder: Path, world: World) -> list[Measured]:
    """The rows of one half; published numbers beside the test half alone."""
    documents = list(load_documents(folder))
    readings = [read_text(doc.text, "ru", world) for doc in documents]
    tallies = pool(judge(doc, one, world) for doc, one in zip(documents, readings, strict=True))
    published = PUBLISHED if folder.name == "testset" else {}
    lines = (Line(what, (field,), published.get(field), note) for field, what, note in LINES)
    return rows_of(f"factRuEval {folder.name}", [one.coverage for one in readings], tallies, lines)


def judge(doc: Document, reading: Reading, world: World) -> dict[str, Tally]:
    """The tallies of one document, by the fields of the rows."""
    ours = [Span(_OURS[s.label], s.start, s.end) for s in reading.spans if s.label in _OURS]
    whole = count_spans(doc.names, ours)
    tallies = count_spans(tokens_inside(doc, doc.names), tokens_inside(doc, ours))
    tallies |= {f"whole {label}": tally for label, tally in whole.items()}
    firm, spare = _parted(doc.occupations)
    posts = [(actor, office) for actor in named_persons(reading) for office in actor.offices]
    tallies["person and job"] = count_pairs(firm, posts, lambda g, post: job_agrees(g, post, world), spare)
    tallies["and where"] = count_pairs(firm, posts, lambda g, post: job_and_where_agree(g, post, world), spare)
    met, perhaps = _parted(doc.meetings)
    tallies["meeting"] = count_pairs(met, companies(reading), two_agree, perhaps)
    tallies["whole meeting"] = count_pairs(met, companies(reading), all_agree, perhaps)
    return tallies


def tokens_inside(doc: Document, spans: Sequence[Span]) -> set[Span]:
    """The tokens that lie in a span, each a span of that label; marks of punctuation do not count."""
    return {
        Span(span.label, start, end)
        for span in spans
        for start, end in doc.tokens
        if start < span.end and end > span.start and any(c.isalnum() for c in doc.text[start:end])
    }


def named_persons(reading: Reading) -> list[Actor]:
    """The persons whose names stand on the page; a name that only the world supplies is nothing the gold could have."""
    return [
        a for a in reading.actors if a.kind == "person" and a.name and not any(i.field == "name" for i in a.inferred)
    ]


def companies(reading: Reading) -> list[tuple[str, ...]]:
    """The named persons of every meeting, two at least and none absent; one and the same company once."""
    named = {a.ref: a.name for a in reading.record.actors if a.kind == "person" and a.name}
    found = (
        tuple(sorted({named[p.actor.ref] for p in m.participants if p.presence != "absent" and p.actor.ref in named}))
        for m in reading.record.meetings
    )
    return [people for people in dict.fromkeys(found) if len(people) > 1]


def two_agree(gold: Encounter, ours: Sequence[str]) -> bool:
    """Whether two of the gold's participants are among ours."""
    return len(pair_up(gold.participants, ours, _is_one_of)) > 1


def all_agree(gold: Encounter, ours: Sequence[str]) -> bool:
    """Whether the gold's participants are ours, none missing and none more."""
    return len(pair_up(gold.participants, ours, _is_one_of)) == len(gold.participants) == len(ours)


def _is_one_of(families: tuple[str, ...], name: str) -> bool:
    return any(same_family(family, name) for family in families)


def job_agrees(gold: Occupation, ours: Post, world: World) -> bool:
    """Without a job in the gold, the place of work decides."""
    actor, office = ours
    if not _is_one_of(gold.who, actor.name or ""):
        return False
    return share_words(gold.job, office.title) if gold.job else same_employer(world, gold.where, office)


def job_and_where_agree(gold: Occupation, ours: Post, world: World) -> bool:
    return job_agrees(gold, ours, world) and (not gold.where or same_employer(world, gold.where, ours[1]))


def _parted(facts: Sequence[F]) -> tuple[list[F], list[F]]:
    """The facts that count, and the difficult ones."""
    return [f for f in facts if not f.difficult], [f for f in facts if f.difficult]
