"""The alias index: which entities a run of word tokens may name, in any of their forms.

In: folded word tokens and a position. Out: aliases with their lengths, longest first. Pure lookups, no guesses.
The world that ships is one layer, mapped from a file (`world/compiled.py`); an overlay's rows are a layer in memory.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from communique.world.names import kazakh, latin
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
    "office",
    "publisher",
]
WORD = re.compile(r"[^\W_]+(?:[-‑’'.][^\W_]+)*")
_FORMS: Mapping[str, Callable[[str], Iterable[str]]] = {
    "ru": noun_forms,
    "kk": kazakh.noun_forms,
    "en": latin.noun_forms,
}
_CACHED = 60_000


class Alias(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One name of one entity in one language: its key in the world, and the numbers of its words in their layer."""

    kind: AliasKind
    key: str
    name: str
    language: str
    words: tuple[int, ...]
    capital: bool
    upper: bool

    @property
    def length(self) -> int:
        return len(self.words)


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A name on its way into a layer."""

    kind: AliasKind
    key: str
    name: str
    language: str


Forms = Callable[[str], tuple[int, ...]]
"""A folded word form to the numbers of the words of which it is a form."""


class Layer:
    """Aliases over one numbering of words."""

    def __init__(self, forms: Forms, aliases: Iterable[Alias]) -> None:
        self.ids: Forms = lru_cache(_CACHED)(forms)
        self.aliases = list(aliases)


def number_words(entries: Iterable[Entry]) -> tuple[dict[str, list[int]], list[Alias]]:
    """The aliases of these names, and every form of their words with the numbers of the words that it can be."""
    numbers: dict[tuple[str, str], int] = {}
    forms: dict[str, list[int]] = defaultdict(list)
    aliases: list[Alias] = []
    for entry in entries:
        words = WORD.findall(entry.name)
        if not words:
            continue
        upper = len(words) == 1 and entry.name.isupper() and len(entry.name) <= 6
        ids = []
        for word in words:
            language = "" if upper or word.isupper() else entry.language
            known = numbers.get((word, language))
            if known is None:
                known = numbers[word, language] = len(numbers)
                for form in _forms(word, language):
                    forms[form].append(known)
            ids.append(known)
        aliases.append(
            Alias(entry.kind, entry.key, entry.name, entry.language, tuple(ids), entry.name[0].isupper(), upper)
        )
    return forms, aliases


def _forms(word: str, language: str) -> Iterable[str]:
    return set(_FORMS[language](word)) if language else (fold(word),)


def layer_of(entries: Iterable[Entry]) -> Layer:
    """A layer in memory."""
    forms, aliases = number_words(entries)
    known = {form: tuple(ids) for form, ids in forms.items()}
    return Layer(lambda form: known.get(form, ()), aliases)


class AliasIndex:
    """The aliases of some languages, by their first words."""

    def __init__(
        self, layers: Sequence[Layer], languages: Iterable[str], hidden: Iterable[tuple[str, str]] = ()
    ) -> None:
        wanted, masked = frozenset(languages), frozenset(hidden)
        self._layers: list[tuple[Forms, dict[int, list[Alias]]]] = []
        for number, layer in enumerate(layers):
            first: dict[int, list[Alias]] = {}
            for alias in layer.aliases:
                if alias.language in wanted and (number or (alias.kind, alias.key) not in masked):
                    first.setdefault(alias.words[0], []).append(alias)
            self._layers.append((layer.ids, first))

    def match(self, low: Sequence[str], written: Sequence[str], at: int) -> list[Alias]:
        """The aliases that begin at word `at`, longest first; `low` are folded, `written` as in the text."""
        if at >= len(low):
            return []
        found: list[Alias] = []
        for ids, first in self._layers:
            for number in ids(low[at]):
                if number in first:
                    found += [a for a in first[number] if _matches(a, ids, low, written, at)]
        if len(found) > 1:
            found.sort(key=lambda a: (-len(a.words), a.name))
        return found


def _matches(alias: Alias, ids: Forms, low: Sequence[str], written: Sequence[str], at: int) -> bool:
    if at + len(alias.words) > len(low):
        return False
    if (alias.capital and not written[at][:1].isupper()) or (alias.upper and not written[at].isupper()):
        return False
    return all(word in ids(low[at + k]) for k, word in enumerate(alias.words) if k)


def split_cell(cell: str) -> Iterable[str]:
    """The values of one TSV cell, separated by |."""
    return (part.strip() for part in cell.split("|") if part.strip())
