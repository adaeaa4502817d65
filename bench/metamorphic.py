"""Rename people, states, places, numbers and dates of a text: the record must change by nothing else.

In: the examples and composed pages, each filled twice, with the names of the fictional world and with renamed ones
(another world file, names no rule has seen). Out: the share of facts that are the same after mapping names back, and
every exception. Run: `python -m bench.metamorphic [--renamings 200]`.
"""

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bench.cast import Cast, Forms, example_cast, renamed_cast
from bench.compose import Page, compose
from bench.examples import example_names, example_page
from bench.facts import statements
from bench.page import _MONTHS, Filling
from bench.reading import read_page, world_of
from communique.world.world import World

FLOOR = 0.97


def names_of(page: Page) -> Iterator[tuple[str, Forms]]:
    """Every name that can stand on this page, with its role."""
    from bench.cast import _person_names

    yield from page.filling.cast.names()
    for role, person in page.filling.strangers.items():
        yield from _person_names(f"stranger.{role}", person)


class NamesBack:
    """Strings of one page's record with names, numbers and dates replaced by their roles."""

    def __init__(self, page: Page) -> None:
        self.filling: Filling = page.filling
        self.published: date = page.published
        self.roles: dict[str, tuple[str, bool]] = {}
        for role, forms in names_of(page):
            for case, form in enumerate(forms.forms):
                self._add(form, role, case == 0)
                self._add(form.upper(), role, case == 0)
        for key, state in self.filling.cast.states.items():
            self._add(state.adjective[:-2] + "о", f"{key}.adj", True)
        for name, drawn in self.filling.numbers.items():
            for part, piece in enumerate(drawn.split("–")):
                self._add(piece, f"#{name}.{part}" if "–" in drawn else f"#{name}", True)
            self._add(drawn, f"#{name}", True)
        for form, role in self._dates():
            self._add(form, role, True)
        for name, day in self.filling.dates.items():
            self._add(str(day.year), "@Y0" if day.year == self.published.year else f"@{name}.y", True)
        longest = sorted(self.roles, key=len, reverse=True)
        self.pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w|-\d)")

    def _add(self, form: str, role: str, nominative: bool) -> None:
        self.roles.setdefault(form, (role, nominative))

    def _dates(self) -> Iterator[tuple[str, str]]:
        for name, day in sorted(self.filling.dates.items(), key=lambda item: (item[0] != "meet", item[0])):
            nominative, genitive, prepositional = _MONTHS[day.month - 1].split()
            for form in (day.isoformat(), f"{day.day} {genitive} {day.year} года", f"{day.day} {genitive} {day.year}"):
                yield form, f"@{name}"
            yield f"{day.day} {genitive}", f"@{name}.dm"
            yield f"XXXX-{day:%m-%d}", f"@{name}.no_year"
            yield f"{day:%Y-%m}", f"@{name}.month"
            yield f"XXXX-{day:%m}", f"@{name}.month_no_year"
            for year in (day.year - 1, day.year + 1):  # right day, wrong year: a fault of the reader, the same in both
                yield f"{year}-{day:%m-%d}", f"@{name}.year{year - day.year:+d}"
            for month in (nominative, genitive, prepositional):
                yield f"{month} {day.year} года", f"@{name}.month"
                yield f"{month} {day.year}", f"@{name}.month"
                yield month, f"@{name}.month"

    def __call__(self, key: str, words: str) -> str:
        """The comparable form of one string of the record; in `name` the nominative is told from other cases."""
        if (number := self._number(words)) is not None:
            return number
        exact = key in ("name", "names", "ru")

        def role(match: re.Match[str]) -> str:
            found, nominative = self.roles[match.group()]
            return f"<{found}{':nom' if nominative else ':obl'}>" if exact else f"<{found}>"

        mapped = self.pattern.sub(role, words)
        return re.sub(r"(?<![\w#.])((?:19|20)\d\d)(?!\w)", lambda m: f"Y{int(m[1]) - self.published.year:+d}", mapped)

    def _number(self, words: str) -> str | None:
        """«4600000000» and «4.6» as the number slot they came from, with the power of ten between them."""
        if not re.fullmatch(r"\d+(?:[.,]\d+)?", words):
            return None
        try:
            value = Decimal(words.replace(",", "."))
            for name, drawn in self.filling.numbers.items():
                if "–" in drawn:
                    continue
                ratio = value / Decimal(drawn.replace(",", "."))
                if ratio in (1, 1000, 10**6, 10**9):
                    return f"<#{name}>*{ratio.normalize():f}"
        except (InvalidOperation, ZeroDivisionError):
            return None
        return None


@dataclass
class Outcome:
    """Counts over pairs of records, and what differed: page, «-» lost or «+» new, the statement."""

    same: int = 0
    total: int = 0
    pairs: int = 0
    exceptions: list[tuple[str, str, str]] = field(default_factory=list)
    per_kind: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        return self.same / self.total if self.total else 0.0


def facts_of(page: Page, world: World) -> Counter[str]:
    """The page's statements as text, names mapped back, counted."""
    record = read_page(page, world)
    back = NamesBack(page)
    return Counter(str(s) for s in statements(record, back))


def compare(outcome: Outcome, label: str, own: Counter[str], renamed: Counter[str]) -> None:
    """Count one pair: the facts in both, of the longer list."""
    both = own & renamed
    outcome.pairs += 1
    outcome.same += both.total()
    outcome.total += max(own.total(), renamed.total())
    for mark, lost in (("-", own - both), ("+", renamed - both)):
        for fact in lost.elements():
            outcome.exceptions.append((label, mark, fact))
            outcome.per_kind[fact.split()[0]] += 1


def run(renamings: int, *, first: int = 0, examples_each: int = 1, composed_each: int = 2) -> Outcome:
    """`renamings` casts, each on some examples in turn and on some composed pages."""
    outcome = Outcome()
    own_cast, names = example_cast(), example_names()
    with tempfile.TemporaryDirectory() as folder:
        own_world = world_of(own_cast, Path(folder) / "own")
        own_facts: dict[str, Counter[str]] = {}
        for seed in range(first, first + renamings):
            cast = renamed_cast(seed)
            world = world_of(cast, Path(folder) / str(seed))
            for own, other in _pairs(seed, own_cast, cast, names, examples_each, composed_each):
                if own.id not in own_facts:
                    own_facts[own.id] = facts_of(own, own_world)
                compare(outcome, f"renaming {seed}, {own.id}", own_facts[own.id], facts_of(other, world))
    return outcome


def _pairs(
    seed: int, own: Cast, cast: Cast, names: list[str], examples: int, composed: int
) -> Iterator[tuple[Page, Page]]:
    for step in range(examples):
        name = names[(seed * examples + step) % len(names)]
        yield example_page(name, own), example_page(name, cast)
    for step in range(composed):
        number = seed * composed + step
        yield compose(number, own), compose(number, cast)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--renamings", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--examples", type=int, default=1, help="examples for each renaming")
    parser.add_argument("--composed", type=int, default=2, help="composed pages for each renaming")
    parser.add_argument("--exceptions", type=int, default=40, help="how many exceptions to print")
    given = parser.parse_args()
    outcome = run(given.renamings, first=given.first, examples_each=given.examples, composed_each=given.composed)
    for label, mark, fact in outcome.exceptions[: given.exceptions]:
        print(f"{label}\n  {mark} {fact}")
    print(f"exceptions by type: {dict(outcome.per_kind.most_common())}")
    print(f"{outcome.pairs} pairs under {given.renamings} renamings, {outcome.total} facts, {outcome.same} unchanged: "
          f"{outcome.share:.2%} (floor {FLOOR:.0%})")  # fmt: skip


if __name__ == "__main__":
    main()
