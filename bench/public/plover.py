"""PLOVER: English sentences with a source, a target and the root code of what the one did to the other, against our acts.

In: PLV_test.tsv (a row is a sentence with its two actors) or the gold of the CAMEO manual (JSON). A row is right when one
of our acts or meetings has its root and, where our words name actors, one of them is among the source's; each other root
of ours is an invention. `ROOTS` maps acts to roots. Our reader does not read English yet: until it does, 0 are found.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.counts import Tally, pool
from bench.public.agree import share_words
from bench.public.measured import Line, Measured, Published, rows_of
from bench.public.reading import Reading, read_text
from communique.record.document import ActorRef
from communique.world.world import World

WHERE_SENTENCES = "github.com/snowood1/Zero-Shot-PLOVER"
WHERE_GOLD = "github.com/openeventdata/PLOVER (CC BY-SA 4.0)"
ROOTS = {  # our act, or type of fact: PLOVER's root; by the CAMEO codes of CAMEO2PLOVER-2021 where it has one
    "thank": "SUPPORT", "congratulate": "SUPPORT", "praise": "SUPPORT", "welcome": "SUPPORT", "support": "SUPPORT",  # 051 praise or endorse
    "condole": "SUPPORT", "award": "SUPPORT",  # 050 diplomatic cooperation
    "apologise": "SUPPORT",  # 055
    "agreement": "SUPPORT",  # 057 sign a formal agreement
    "agree": "AGREE", "accept": "AGREE", "promise": "AGREE", "express_readiness": "AGREE", "offer": "AGREE",  # 03 express intent
    "request": "REQUEST", "appeal": "REQUEST", "propose": "REQUEST", "instruct": "REQUEST",  # 02 appeal, 10 demand
    "invite": "SUPPORT",  # as the train rows have it
    "meeting": "CONSULT", "mediate": "CONSULT",  # 04
    "project": "COOPERATE",  # 06
    "condemn": "ACCUSE", "protest": "ACCUSE",  # 11 disapprove; PLOVER's PROTEST is crowds in the street
    "reject": "REJECT",  # 12
    "warn": "THREATEN",  # 13
}  # fmt: skip
NO_ROOT = ("inform", "reaffirm", "express_concern", "deny")  # 01 public statement, which PLOVER has dropped
RENAMED = {  # roots of the older gold: those of 2021
    "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "CONCEDE": "YIELD", "RETREAT": "YIELD", "FIGHT": "ASSAULT",
}  # fmt: skip
_NLI = "ZSP, zero-shot NLI (arXiv 2308.07876)"
PUBLISHED = {root: Published(f1, _NLI) for root, f1 in
             (("CONSULT", 0.769), ("AGREE", 0.771), ("SUPPORT", 0.862), ("COOPERATE", 0.714))}  # fmt: skip
_ACCURACY = Published(0.835, f"accuracy of {_NLI}")
_NOTE = "Theirs is given source and target and must choose a root, so that its accuracy stands beside our recall; ours may find none, or several."


class Row(msgspec.Struct, frozen=True):
    """A sentence, the words of the source, and the root that holds between source and target."""

    text: str
    source: str
    root: str


def load_sentences(path: Path) -> Iterator[Row]:
    """The rows of PLV_*.tsv."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            yield Row(row["sentence"], row["source"], row["gold_root"])


def load_gold(path: Path) -> Iterator[Row]:
    """The sentences of PLOVER_GSR_CAMEO.txt; the entry that documents the file is none."""
    for entry in json.loads(path.read_text("utf-8")):
        if entry["event"] != "DOCUMENT":
            source = entry.get("source")  # a list of actors, or nothing said
            actors = [a.get("actorText", "") for a in source] if isinstance(source, list) else []
            yield Row(entry["text"], ", ".join(actors), RENAMED.get(entry["event"], entry["event"]))


def measure_sentences(path: Path, world: World) -> list[Measured]:
    """The rows of PLV, with the published numbers beside the test file."""
    return _measure("PLOVER PLV, sentences", list(load_sentences(path)), world, path.stem == "PLV_test")


def measure_gold(path: Path, world: World) -> list[Measured]:
    """The rows of the manual's gold; nothing is published for it."""
    return _measure("PLOVER manual, sentences", list(load_gold(path)), world, False)


def _measure(name: str, rows: list[Row], world: World, published: bool) -> list[Measured]:
    readings = [read_text(row.text, "en", world) for row in rows]
    tallies = pool(judge(row, one) for row, one in zip(rows, readings, strict=True))
    reached = sorted(set(ROOTS.values()))
    lines = [Line(root, (root,), PUBLISHED.get(root) if published else None, _NOTE) for root in reached]
    lines.append(Line(f"the {len(reached)} roots that we map", reached, None, _NOTE))
    every = tuple(tallies)
    lines.append(
        Line(f"all {len({row.root for row in rows})} roots of the gold", every, _ACCURACY if published else None, _NOTE)
    )
    return rows_of(name, [one.coverage for one in readings], tallies, lines)


def judge(row: Row, reading: Reading) -> dict[str, Tally]:
    """The tally of the row's root, and of each root that we found besides."""
    found = set(_roots(row, reading))
    tallies = {root: Tally(0, 1, 0) for root in found}
    return tallies | {row.root: Tally(1, 0, 0) if row.root in found else Tally(0, 0, 1)}


def _roots(row: Row, reading: Reading) -> Iterator[str]:
    """The roots of what our record says the source did."""
    record = reading.record
    for act in record.acts:
        if act.act in ROOTS and _is_source(row, act.actors):
            yield ROOTS[act.act]
    for meeting in record.meetings:
        if _is_source(row, tuple(p.actor for p in meeting.participants)):
            yield ROOTS["meeting"]
    for kind, facts in (("agreement", record.agreements), ("project", record.projects)):
        if any(_is_source(row, fact.parties) for fact in facts):
            yield ROOTS[kind]


def _is_source(row: Row, actors: tuple[ActorRef, ...]) -> bool:
    """Where our words name actors, one of them shares a word with the source; where they name none, nothing speaks against it."""
    written = [a.as_written for a in actors if a.as_written]
    return not written or not row.source or any(share_words(words, row.source) for words in written)
