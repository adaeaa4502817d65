"""Evidence honesty: delete the words that prove a field, read again: the field must vanish or change.

In: the examples and composed pages. Out: the share of (statement, evidence, field) where it did, by field, and the
exceptions. Run: `python -m bench.honesty [--composed 32]`.

A text often says a thing twice, in its headline and its first sentence, and the record then gives both as proof. So a
proof is honest when the field vanishes or changes without it, or when it proves the field by itself: the field vanishes
without all its proofs and stays with this one alone. That is the share with the floor; two others are printed.

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
    gone: bool  # without these words
    suffices: bool  # not without all of them, but with these words alone of all proofs
    gone_together: bool  # without all words that the record gives as proof of this field

    @property
    def honest(self) -> bool:
        """The words are needed, or they prove the field by themselves."""
        return self.gone or self.suffices

    @property
    def kept(self) -> str:
        return self.statement.fields[self.field]


@dataclass
class Tally:
    cases: list[Case] = field(default_factory=list)

    def share(self, *, actors: bool = False) -> float:
        """The share of proofs that are needed or suffice."""
        chosen = self.chosen(actors=actors)
        return sum(c.honest for c in chosen) / len(chosen) if chosen else 0.0

    def share_alone(self, *, actors: bool = False) -> float:
        """The share of proofs without which, alone, the field vanishes or changes."""
        chosen = self.chosen(actors=actors)
        return sum(c.gone for c in chosen) / len(chosen) if chosen else 0.0

    def share_of_fields(self, *, actors: bool = False) -> float:
        """The share of fields that vanish or change without all their proof, each field counted once."""
        fields = {(id(c.statement), c.field): c.gone_together for c in self.chosen(actors=actors)}
        return sum(fields.values()) / len(fields) if fields else 0.0

    def chosen(self, *, actors: bool = False) -> list[Case]:
        """The cases of facts, participations and topics, or those of actors."""
        return [c for c in self.cases if (c.statement.kind == "Actor") == actors]

    def by_field(self) -> dict[str, tuple[int, int, int]]:
        """«Meeting.kind» -> (needed or sufficient, gone alone, all)."""
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for case in self.cases:
            count = counts[f"{case.statement.kind}.{case.field}"]
            count[0] += case.honest
            count[1] += case.gone
            count[2] += 1
        return {name: (honest, alone, total) for name, (honest, alone, total) in sorted(counts.items())}


def check_page(page: Page, world: World) -> Iterator[Case]:
    """Every deletion of one page; words that prove several statements are deleted once."""
    record = read_page(page, world)
    text = record.document.text
    before = statements(record)
    reread: dict[tuple[tuple[int, int], ...], list[Statement]] = {}

    def without(proofs: tuple[Evidence, ...]) -> list[Statement]:
        spans = tuple(sorted({(e.start, e.end) for e in proofs}))
        if spans not in reread:
            rest = _delete(text, spans)
            reread[spans] = statements(read_page(page, world, rest)) if rest.strip() else []
        return reread[spans]

    for statement in before:
        for name in sorted(statement.fields):
            proofs = tuple(e for e in statement.evidence if name in _proven((e,)))
            together = bool(proofs) and _gone(statement, name, proofs, before, without(proofs))
            for evidence in proofs:
                gone = _gone(statement, name, (evidence,), before, without((evidence,)))
                others = tuple(e for e in proofs if e is not evidence)
                suffices = bool(others) and together and not _gone(statement, name, others, before, without(others))
                yield Case(page.id, statement, name, evidence.quote, gone, suffices, together)


def _delete(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text without these words, which may overlap."""
    kept = bytearray(b"\x01" * len(text))
    for start, end in spans:
        kept[start:end] = bytes(end - start)
    return "".join(char for char, keep in zip(text, kept, strict=True) if keep)


def _proven(proofs: Iterable[Evidence]) -> set[str]:
    return {name.split(".")[0] for evidence in proofs for name in evidence.fields}


def _gone(
    statement: Statement, name: str, proofs: tuple[Evidence, ...], before: list[Statement], after: list[Statement]
) -> bool:
    """Whether no statement but those of the old record says this field as before, and the rest that was not deleted."""
    proven = _proven(proofs)
    others = {k: v for k, v in statement.fields.items() if k not in proven and not _plain(k, v)}
    asked = {**(others or statement.fields), name: statement.fields[name]}
    count_before = _count((s for s in before if s is not statement), statement.kind, asked)
    return _count(after, statement.kind, asked) <= count_before


def _plain(name: str, value: str) -> bool:
    """Fields that every statement of a type shares say nothing about which statement it is."""
    return (name, value) in {
        ("relation", "reported"),
        ("said_by", "narrator"),
        ("presence", "present"),
        ("status", "held"),
    }


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
    kept = [c for c in tally.chosen() if not c.honest]
    for case in kept[: given.exceptions]:
        print(f"{case.page}: without {case.quote!r} {case.statement.kind}.{case.field} is still {case.kept!r}")
    print(f"{'':28} {'honest':>9} {'alone':>7}")
    for name, (honest, alone, total) in tally.by_field().items():
        print(f"{name:28} {honest / total:9.1%} {alone / total:7.1%} of {total}")
    print(f"exceptions by field: {dict(Counter(f'{c.statement.kind}.{c.field}' for c in kept).most_common())}")
    for label, actors in (("facts", False), ("actors", True)):
        print(f"{label}: {len(tally.chosen(actors=actors))} proofs")
        print(f"  each needed, or sufficient without the others:     {tally.share(actors=actors):.2%}")
        print(f"  the field gone without all its proof, by field:    {tally.share_of_fields(actors=actors):.2%}")
        print(f"  the field gone without this one proof alone:       {tally.share_alone(actors=actors):.2%}")
    print(f"floor for facts, first line: {FLOOR:.0%}")


if __name__ == "__main__":
    main()
