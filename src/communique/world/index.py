"""The alias index: which entities a run of word tokens may name, in any of their forms.

In: folded word tokens and a position. Out: aliases with their lengths, longest first. Pure lookups, no guesses.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from communique.world.names.russian import fold, noun_forms

AliasKind = Literal[
    "state",
    "adjective",
    "demonym",
    "metonym",
    "place",
    "venue",
    "organisation",
    "body",
    "format",
    "person",
    "publisher",
]
WORD = re.compile(r"[^\W_]+(?:[-‑’'.][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of one entity: its key in the world, and the forms of each of its words."""

    kind: AliasKind
    key: str
    name: str
    words: tuple[frozenset[str], ...]
    capital: bool
    upper: bool

    @property
    def length(self) -> int:
        return len(self.words)


class AliasIndex:
    """Aliases by the forms of their first word."""

    def __init__(self) -> None:
        self._first: dict[str, list[Alias]] = defaultdict(list)

    def add(self, kind: AliasKind, key: str, name: str) -> None:
        words = WORD.findall(name)
        if not words:
            return
        upper = len(words) == 1 and name.isupper() and len(name) <= 6
        forms = tuple(frozenset([fold(w)]) if upper or w.isupper() else noun_forms(w) for w in words)
        alias = Alias(kind, key, name, forms, name[0].isupper(), upper)
        for form in forms[0]:
            self._first[form].append(alias)

    def starting_with(self, form: str) -> Sequence[Alias]:
        return self._first.get(form, ())

    def match(self, low: Sequence[str], written: Sequence[str], at: int) -> list[Alias]:
        """The aliases that begin at word `at`, longest first; `low` are folded, `written` as in the text."""
        if at >= len(low):
            return []
        found = [a for a in self.starting_with(low[at]) if _matches(a, low, written, at)]
        found.sort(key=lambda a: (-a.length, a.name))
        return found


def _matches(alias: Alias, low: Sequence[str], written: Sequence[str], at: int) -> bool:
    if at + alias.length > len(low):
        return False
    if (alias.capital and not written[at][:1].isupper()) or (alias.upper and not written[at].isupper()):
        return False
    return all(low[at + k] in forms for k, forms in enumerate(alias.words) if k)


def split_cell(cell: str) -> Iterable[str]:
    """The values of one TSV cell, separated by |."""
    return (part.strip() for part in cell.split("|") if part.strip())
