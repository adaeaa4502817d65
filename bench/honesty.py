"""Evidence honesty: delete the words that prove a field, read again: the field must vanish or change.

In: the examples and composed pages. Out: the share of (statement, evidence, field) where it did, by field, and the
exceptions. Run: `python -m bench.honesty [--composed 24]`.

A field survives when the new record still holds a statement of the same type with the same value of this field, stated
and not inferred as before, and with the same values of all fields that the deleted words do not prove; and the old
record had no other statement like that. Where the words prove every field, all of them must be the same to survive.
"""

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.cast import example_cast
from bench.compose import Page, compose
from bench.examples import example_names, example_page
from bench.facts import Statement, statements
from bench.reading import read_page, world_of
from communique.record.document import Evidence
from communique.world.world import World

FLOOR = 0.95


@dataclass(frozen=True)
class Case:
    """One deletion: the statement, the field, the words, and whether the field vanished or changed."""

    page: str
    statement: Statement
    field: str
    quote: str
    gone: bool
    alone: bool  # the only evidence of this field in its statement


@dataclass
class Tally:
    cases: list[Case] = field(default_factory=list)

    def share(self, *, actors: bool = False, alone: bool = False) -> float:
        """The share of deletions that the record noticed; actors are counted only when asked for."""
        chosen = self.chosen(actors=actors, alone=alone)
        return sum(c.gone for c in chosen) / len(chosen) if chosen else 0.0

    def chosen(self, *, actors: bool = False, alone: bool = False) -> list[Case]:
        return [c for c in self.cases if (c.statement.kind == "Actor") == actors and (c.alone or not alone)]

    def by_field(self) -> dict[str, tuple[int, int]]:
        """«Meeting.kind» -> (gone, all)."""
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for case in self.cases:
            count = counts[f"{case.statement.kind}.{case.field}"]
            count[0] += case.gone
            count[1] += 1
        return {name: (gone, total) for name, (gone, total) in sorted(counts.items())}


def check_page(page: Page, world: World) -> Iterator[Case]:
    """Every deletion of one page; words that prove several statements are deleted once."""
    record = read_page(page, world)
    text = record.document.text
    before = statements(record)
    reread: dict[tuple[int, int], list[Statement]] = {}
    for statement in before:
        for evidence in statement.evidence:
            span = evidence.start, evidence.end
            if span not in reread:
                rest = text[: evidence.start] + text[evidence.end :]
                reread[span] = statements(read_page(page, world, rest)) if rest.strip() else []
            yield from _cases(page.id, statement, evidence, before, reread[span])


def _cases(
    page: str, statement: Statement, evidence: Evidence, before: list[Statement], after: list[Statement]
) -> Iterator[Case]:
    proven = {name.split(".")[0] for name in evidence.fields}
    others = {k: v for k, v in statement.fields.items() if k not in proven and not _plain(k, v)}
    for name in sorted(proven & set(statement.fields)):
        asked = {**(others or statement.fields), name: statement.fields[name]}
        count_after = _count(after, statement.kind, asked)
        count_before = _count((s for s in before if s is not statement), statement.kind, asked)
        alone = sum(name in {f.split(".")[0] for f in e.fields} for e in statement.evidence) == 1
        yield Case(page, statement, name, evidence.quote, count_after <= count_before, alone)


def _plain(name: str, value: str) -> bool:
    """Fields that every statement of a type shares say nothing about which statement it is."""
    return (name, value) in {("relation", "reported"), ("said_by", "narrator"), ("presence", "present"), ("status", "held")}


def _count(among: Iterable[Statement], kind: str, asked: dict[str, str]) -> int:
    return sum(s.kind == kind and all(s.fields.get(k) == v for k, v in asked.items()) for s in among)


def run(pages: Iterable[Page]) -> Tally:
    """All deletions of these pages of the fictional world."""
    with tempfile.TemporaryDirectory() as folder:
        world = world_of(example_cast(), Path(folder) / "world")
        return Tally([case for page in pages for case in check_page(page, world)])


def sample_pages(examples: int | None, composed: int, first: int = 5000) -> list[Page]:
    """The first examples (all when None) and composed pages from seed `first` on."""
    cast = example_cast()
    return [example_page(name, cast) for name in example_names()[:examples]] + [
        compose(seed, cast) for seed in range(first, first + composed)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--composed", type=int, default=32)
    parser.add_argument("--exceptions", type=int, default=40, help="how many exceptions to print")
    given = parser.parse_args()
    tally = run(sample_pages(None, given.composed))
    kept = [c for c in tally.cases if not c.gone and c.statement.kind != "Actor"]
    for case in kept[: given.exceptions]:
        print(f"{case.page}: without {case.quote!r} still {case.field} = {case.statement.fields[case.field]!r} in {case.statement.kind}")
    for name, (gone, total) in tally.by_field().items():
        print(f"{name:28} {gone:5} of {total:5}  {gone / total:7.1%}")
    print(f"exceptions by field: {dict(Counter(f'{c.statement.kind}.{c.field}' for c in kept).most_common())}")
    print(f"facts: {len(tally.chosen())} deletions, {tally.share():.2%} vanish or change (floor {FLOOR:.0%}); "
          f"where the words are the field's only evidence: {tally.share(alone=True):.2%} of {len(tally.chosen(alone=True))}")  # fmt: skip
    print(f"actors: {len(tally.chosen(actors=True))} deletions, {tally.share(actors=True):.2%}")


if __name__ == "__main__":
    main()
