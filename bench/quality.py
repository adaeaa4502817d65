"""Gold read by the rules and judged: the verdicts of every document, and what follows from them.

In: marked texts. Out: `Quality`: counts per field and group, per phenomenon, per rule, each with its interval.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from bench.counts import (
    GROUPS,
    Tallies,
    Tally,
    Verdict,
    count,
    field_interval,
    group_scores,
    of_fields,
    pool,
    score,
    score_interval,
)
from bench.marked import load_gold
from bench.scoring import judge, rule_verdicts
from bench.stages import Stage
from communique.annotation.compile import Gold
from communique.annotation.precision import wilson
from communique.api import read_release
from communique.record.record import Record
from communique.text.release import Release
from communique.world.world import World, load_world

BENCH = Path(__file__).parent
GOLD = BENCH / "gold" / "ru"
EARLIER = (
    BENCH / "gold" / "earlier" / "ru"
)  # texts on which the first rules were mended: they guard, they do not measure
RESULTS = BENCH / "results.json"
WORLD = BENCH.parent / "examples" / "world"
JUDGED = tuple(field for fields in GROUPS.values() for field in fields)
_PHENOMENON = re.compile(r"([+-])(\d+)")


class Judged(msgspec.Struct, frozen=True):
    """One document of the gold: its name, language, phenomena (+5 shown, -5 the near miss), and the verdicts."""

    name: str
    language: str
    phenomena: tuple[str, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def tallies(self) -> dict[str, Tally]:
        return count(self.verdicts)


class Row(msgspec.Struct, frozen=True):
    """One line of a table of results: counts, F1, and the interval in which it lies."""

    name: str
    tp: int
    fp: int
    fn: int
    f1: float
    low: float
    high: float
    documents: int = 0


class RuleRow(msgspec.Struct, frozen=True):
    """What one rule made: how many facts, how many right, and Wilson's interval of its precision."""

    rule: str
    right: int
    made: int
    low: float
    high: float

    @property
    def precision(self) -> float:
        return self.right / self.made if self.made else 0.0


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """What `make bench` keeps: per language the rows of groups, fields and phenomena, and the rules."""

    day: str
    documents: int
    groups: tuple[Row, ...]
    fields: tuple[Row, ...]
    phenomena: tuple[Row, ...]
    rules: tuple[RuleRow, ...]
    earlier: tuple[Row, ...] = ()
    speed: tuple[Stage, ...] = ()
    peak_mb: float | None = None


def release_of_gold(gold: Gold) -> Release:
    """The release that a reader would have been given for this gold: the text and its header, no annotation."""
    doc = gold.record.document
    return Release(
        id=doc.id, url=doc.url, publisher=doc.publisher, title=doc.title, language=doc.language, published=gold.header.get("published"),
        extent=doc.extent, composed=doc.composed, text=doc.text, original=doc.text.encode(),
    )  # fmt: skip


def load_bench_world() -> World:
    """The world that ships, with the fictional one on top."""
    return load_world([WORLD])


def iter_judged(paths: Iterable[Path], world: World, records: Mapping[str, Record] | None = None) -> Iterator[Judged]:
    """Every document of the gold with its verdicts; `records` by document id go before reading anew."""
    for path, gold in load_gold(paths):
        doc = gold.record.document
        record = records[doc.id] if records is not None else read_release(release_of_gold(gold), world).record
        yield judged(path.stem, gold, record)


def judged(name: str, gold: Gold, record: Record) -> Judged:
    """The verdicts on one reading."""
    marks = tuple(sign + number for sign, number in _PHENOMENON.findall(gold.header.get("phenomena", "")))
    return Judged(name, gold.record.document.language or "", marks, tuple(judge(gold, record)))


def field_rows(documents: Sequence[Judged]) -> list[Row]:
    """A row for every field, those of the score first, in the order of the groups."""
    tallies = [d.tallies for d in documents]
    whole = pool(tallies)
    others = sorted(f for f in whole if f not in JUDGED)
    return [_row(name, (name,), tallies, whole) for name in (*JUDGED, *others) if name in whole]


def group_rows(documents: Sequence[Judged]) -> list[Row]:
    """A row for every group, and one for the score, whose counts are those of all groups."""
    tallies = [d.tallies for d in documents]
    whole = pool(tallies)
    rows = [_row(group, fields, tallies, whole) for group, fields in GROUPS.items() if group in group_scores(whole)]
    low, high = score_interval(tallies)
    every = of_fields(whole, JUDGED)
    return [*rows, Row("score", *every, score(whole), low, high, len(documents))]


def phenomenon_rows(documents: Sequence[Judged]) -> list[Row]:
    """A row for every phenomenon shown (+) or nearly shown (-), over its documents; micro-F1 of all judged fields."""
    marks = sorted({m for d in documents for m in d.phenomena}, key=lambda m: (int(m[1:]), m[0]))
    rows = []
    for mark in marks:
        tallies = [d.tallies for d in documents if mark in d.phenomena]
        row = _row(mark, JUDGED, tallies, pool(tallies))
        rows.append(msgspec.structs.replace(row, documents=len(tallies)))
    return rows


def rule_rows(documents: Sequence[Judged]) -> list[RuleRow]:
    """The precision of every rule that made a fact, by name."""
    made: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for document in documents:
        for rule, ok in rule_verdicts(document.verdicts):
            made[rule] += 1
            right[rule] += ok
    return [RuleRow(rule, right[rule], n, *wilson(right[rule], n)) for rule, n in sorted(made.items())]


def _row(name: str, fields: Sequence[str], tallies: Sequence[Tallies], whole: Tallies) -> Row:
    tally = of_fields(whole, fields)
    speaking = [t for t in tallies if of_fields(t, fields).seen]
    return Row(name, *tally, tally.f1, *field_interval(speaking, fields), len(speaking))
