"""Word lists of a language, loaded once from `resources/<lang>/*.yml`.

A key is a phrase: its words match in any form, those after `=` only as written.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

import yaml

from communique.text.morphology import Word

V = TypeVar("V")


@cache
def load_resource(language: str, name: str) -> Any:
    """One YAML resource of a language, e.g. `load_resource("ru", "offices")`."""
    path = files("communique.finding") / "resources" / language / f"{name}.yml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text("utf-8"), Loader=loader)


@cache
def word_set(name: str, language: str = "ru") -> frozenset[str]:
    """One list of `grammar.yml`, named «module.list», with ё as е."""
    module, _, key = name.partition(".")
    return frozenset(str(w).replace("ё", "е") for w in load_resource(language, "grammar")[module][key])


@dataclass(frozen=True, slots=True)
class Phrase(Generic[V]):
    """One entry of a lexicon: its words, which of them stand as written, and what it means."""

    key: str
    words: tuple[str, ...]
    frozen: tuple[bool, ...]
    value: V

    def matches(self, low: Sequence[str], words: Sequence[Word], at: int) -> bool:
        if at + len(self.words) > len(low):
            return False
        return all(
            low[at + k] == w if self.frozen[k] else (w in words[at + k].lemmas or low[at + k] == w)
            for k, w in enumerate(self.words)
        )


class Lexicon(Generic[V]):
    """Phrases by their first word; the longest match wins."""

    def __init__(self, entries: Mapping[str, V] | Iterable[tuple[str, V]]) -> None:
        self._first: dict[str, list[Phrase[V]]] = defaultdict(list)
        for key, value in entries.items() if isinstance(entries, Mapping) else entries:
            parts = str(key).lower().replace("ё", "е").split()
            phrase = Phrase(
                str(key), tuple(p.removeprefix("=") for p in parts), tuple(p.startswith("=") for p in parts), value
            )
            self._first[phrase.words[0]].append(phrase)
        for phrases in self._first.values():
            phrases.sort(key=lambda p: -len(p.words))

    def match(self, low: Sequence[str], words: Sequence[Word], at: int) -> Phrase[V] | None:
        """The longest phrase that begins at token `at`, or None."""
        best: Phrase[V] | None = None
        for key in {low[at], *words[at].lemmas}:
            for phrase in self._first.get(key, ()):
                if best is not None and len(phrase.words) <= len(best.words):
                    break
                if phrase.matches(low, words, at):
                    best = phrase
                    break
        return best
