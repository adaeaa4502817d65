"""People by the words of their names, in any form, order and completeness.

In: the words of a name as written. Out: the people whom they fit, each with how much of the name is there. A word that is in no
form of a person's name rules the person out; an initial must begin a word that is not yet taken.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce

from communique.world.index import WORD, Alias, Forms, Layer
from communique.world.names.latin import plain
from communique.world.names.russian import fold

_ROMAN = frozenset("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi".split())
_PATRONYMIC = (
    "вич",
    "вича",
    "вичу",
    "вичем",
    "виче",
    "вна",
    "вны",
    "вне",
    "вну",
    "вной",
    "ұлы",
    "қызы",
    "оглы",
    "кызы",
    "уулу",
)
# Where the family name comes first, and either word is used alone.
FAMILY_FIRST = ("cn-", "kr-", "kp-", "vn-", "tw-", "sg-", "kh-", "mm-", "mn-", "hu-")


class Completeness(IntEnum):
    """How much of a name is written."""

    family = 1
    initials = 2
    full = 3


@dataclass(frozen=True, slots=True)
class Fit:
    """A person whom a written name fits, by which form of the name."""

    person: str
    name: str
    completeness: Completeness


class PeopleNames:
    """All forms of all people's names, by the numbers of their words."""

    def __init__(self, layers: Sequence[Layer], hidden: frozenset[tuple[str, str]]) -> None:
        self._forms: list[Forms] = [layer.ids for layer in layers]
        self._names: list[tuple[int, Alias]] = []
        self._by_word: dict[tuple[int, int], set[int]] = defaultdict(set)
        for number, layer in enumerate(layers):
            for alias in layer.aliases:
                if alias.kind == "person" and (number or ("person", alias.key) not in hidden):
                    self._add(number, alias)

    def _add(self, layer: int, alias: Alias) -> None:
        at = len(self._names)
        self._names.append((layer, alias))
        for word in alias.words:
            self._by_word[layer, word].add(at)

    def fits(self, words: Sequence[str]) -> list[Fit]:
        """The people whom these words fit, each once, by the form of the name that fits best."""
        low = [fold(w) for w in words]
        whole = [w for w in low if not w.endswith(".") and w not in _ROMAN]
        if not whole:
            return []
        found = self._with_all(whole)
        if not found and len(whole) > 2:
            found = self._with_all([w for w in whole if not w.endswith(_PATRONYMIC)])
        best: dict[str, Fit] = {}
        for at in found:
            fit = self._fit(at, low, whole)
            if fit is not None and (fit.person not in best or fit.completeness > best[fit.person].completeness):
                best[fit.person] = fit
        return list(best.values())

    def _with_all(self, whole: Sequence[str]) -> set[int]:
        """The names that have every one of these words, in whatever order."""
        return reduce(set.__and__, (self._with(w) for w in whole)) if whole else set()

    def _with(self, word: str) -> set[int]:
        sets = [
            self._by_word[layer, number]
            for layer, forms in enumerate(self._forms)
            for number in (forms(word) or forms(plain(word)))
            if (layer, number) in self._by_word
        ]
        return set().union(*sets) if len(sets) != 1 else sets[0]

    def _fit(self, at: int, low: Sequence[str], whole: Sequence[str]) -> Fit | None:
        layer, alias = self._names[at]
        parts = [fold(w) for w in WORD.findall(alias.name)]
        if any(w in _ROMAN and w not in parts for w in low):
            return None
        taken = [self._takes(layer, alias, w) for w in whole]
        initials = [w[0] for w in low if w.endswith(".")]
        if len(alias.words) == 1:
            return Fit(alias.key, alias.name, Completeness.family) if len(low) == 1 else None
        free = [p for n, p in enumerate(parts) if not any(n in t for t in taken)]
        if not _begin(initials, free):
            return None
        if len(whole) > 1:
            return Fit(alias.key, alias.name, Completeness.full)
        if not any(n in _family(alias, parts) for n in taken[0]):
            return None
        return Fit(alias.key, alias.name, Completeness.initials if initials else Completeness.family)

    def _takes(self, layer: int, alias: Alias, word: str) -> list[int]:
        """The places in a name at which this word can stand."""
        numbers = self._forms[layer](word) or self._forms[layer](plain(word))
        return [n for n, part in enumerate(alias.words) if part in numbers]


def _begin(initials: Sequence[str], free: list[str]) -> bool:
    """Whether each initial begins a word of its own; further initials are of names that the form lacks.

    >>> _begin(["к", "к"], ["касым-жомарт"]), _begin(["с"], ["нурсултан"])
    (True, False)
    """
    left = list(free)
    for number, letter in enumerate(initials):
        match = next((p for p in left if p.startswith(letter)), None)
        if match is None:
            return number > 0 and not left
        left.remove(match)
    return True


def _family(alias: Alias, parts: Sequence[str]) -> set[int]:
    """The places of the words that stand for a person alone: the last, or also the first where families come first."""
    last = len(parts) - 1
    while last and parts[last] in _ROMAN:
        last -= 1
    return {0, last} if alias.key.startswith(FAMILY_FIRST) else {last}


def iter_spellings(written: Sequence[str], name: str) -> Iterator[bool]:
    """For each word of a written name, whether some word of the other is it but for one letter; ё, э and е are one.

    >>> list(iter_spellings(["Сооронбай", "Жеенбеков"], "Сооронбай Жээнбеков"))
    [True, True]
    """
    parts = [_loose(w) for w in WORD.findall(name)]
    for word in written:
        low = _loose(word)
        yield any(_alike(low, part) for part in parts)


def _loose(word: str) -> str:
    return plain(fold(word)).replace("э", "е").replace("й", "и")


def _alike(a: str, b: str) -> bool:
    if a.endswith("."):
        return b.startswith(a[0])
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return a == b
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) <= 1
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
