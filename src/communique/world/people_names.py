"""People by the words of their names, in any form, order and completeness.

In: the words of a name as written. Out: the people whom they fit, each with how much of the name is there. A word that is in no
form of a person's name rules the person out; an initial must begin a word that is not yet taken.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache, reduce

from communique.world.index import WORD, Alias, Forms, Layer
from communique.world.names.latin import plain
from communique.world.names.russian import fold
from communique.world.names.sound import sound_key

_ROMAN = frozenset("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi".split())
_FATHER = re.compile(r"(ович|евич|ич|овн|евн|ичн|[ұуү]лы|қызы|кызы|оглы|уулу)\w{0,3}$")
# Where the family name comes first, and either word is used alone.
FAMILY_FIRST = ("cn-", "kr-", "kp-", "vn-", "tw-", "sg-", "kh-", "mm-", "mn-", "hu-")


_CACHED = 60_000


class Completeness(IntEnum):
    """How much of a name is written; `part` is one word by which nobody is known alone, «President Fernández»."""

    part = 0
    family = 1
    initials = 2
    full = 3


@dataclass(frozen=True, slots=True)
class Fit:
    """A person whom a written name fits, by which form of the name; `or_hers` where it may be another, a woman's."""

    person: str
    name: str
    completeness: Completeness
    or_hers: bool = False


class PeopleNames:
    """All forms of all people's names, by the numbers of their words."""

    def __init__(self, layers: Sequence[Layer], hidden: frozenset[tuple[str, str]]) -> None:
        self._forms: list[Forms] = [layer.ids for layer in layers]
        self._aliases: list[tuple[int, Alias]] = []
        self._by_word: dict[tuple[int, int], set[int]] = defaultdict(set)
        for number, layer in enumerate(layers):
            for alias in layer.aliases:
                if alias.kind == "person" and (number or ("person", alias.key) not in hidden):
                    self._add(number, alias)

        self.fits = lru_cache(_CACHED)(self._fits)
        self._name = lru_cache(_CACHED)(self._made)

    def _add(self, layer: int, alias: Alias) -> None:
        at = len(self._aliases)
        self._aliases.append((layer, alias))
        for word in alias.words:
            self._by_word[layer, word].add(at)

    def _made(self, at: int) -> "_Name":
        """A name cut into its words; most names are never asked for."""
        layer, alias = self._aliases[at]
        parts = tuple(fold(w) for w in WORD.findall(alias.name))
        return _Name(layer, alias.key, alias.name, alias.words, parts, _family(alias.key, parts))

    def _fits(self, words: tuple[str, ...]) -> tuple[Fit, ...]:
        """The people whom these words of a name fit, each once, by the form of the name that fits best."""
        low = [fold(w) for w in words]
        whole = [w for w in low if not w.endswith(".") and w not in _ROMAN]
        if not whole:
            return ()
        found = self._with_all(whole)
        if not found and len(whole) > 1:
            found = self._without_patronymic(whole)
        best: dict[str, Fit] = {}
        for at in found:
            fit = self._fit(at, low, whole)
            if fit is not None and (fit.person not in best or fit.completeness > best[fit.person].completeness):
                best[fit.person] = fit
        return tuple(best.values())

    def _without_patronymic(self, whole: Sequence[str]) -> set[int]:
        """The names that have the other words, of people whose father is not known to be another.

        A first name alone beside the patronymic needs the father known: «Нұрсұлтан Әбішұлы».
        """
        others = [w for w in whole if not _FATHER.search(w)]
        fathers = {father_key(w) for w in whole if _FATHER.search(w)}
        if not others or not fathers:
            return set()
        found = {at for at in self._with_all(others) if len(self._name(at).words) > 1}
        known = self._fathers
        return {
            at for at in found if fathers <= known.get(self._name(at).person, fathers if len(others) > 1 else set())
        }

    @cached_property
    def _fathers(self) -> dict[str, set[str]]:
        """Each person's fathers, as patronymics in any language name them."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in map(self._name, range(len(self._aliases))):
            for at, part in enumerate(name.parts):
                if at not in name.family and _FATHER.search(part):
                    found[name.person].add(father_key(part))
        return dict(found)

    @cached_property
    def _by_sound(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for at, name in enumerate(map(self._name, range(len(self._aliases)))):
            if len(name.words) > 1:
                for part in name.parts:
                    found[sound_key(part)].add(at)
        return found

    def sounding_like(self, words: Sequence[str]) -> set[str]:
        """The people of whom some whole name sounds like these words, whatever their spelling; two words at least."""
        keys = [sound_key(w) for w in words if not w.endswith(".")]
        if len(keys) < 2 or len(keys) < len(words):
            return set()
        found = reduce(set.__and__, (self._by_sound.get(k, set()) for k in keys))
        return {self._name(at).person for at in found}

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
        name = self._name(at)
        if any(w in _ROMAN and w not in name.parts for w in low):
            return None
        if len(name.words) == 1:
            alone = len(low) == 1 and not _is_hers(low[0], name.parts[0])
            hers = _may_be_hers(low[0], name.parts[0])
            return Fit(name.person, name.name, Completeness.family, hers) if alone else None
        taken = [self._takes(name, w) for w in whole]
        if len(low) > len(whole):
            initials = [w[0] for w in low if w.endswith(".")]
            free = [p for n, p in enumerate(name.parts) if not any(n in t for t in taken)]
            if not _begin(initials, free):
                return None
        if len(whole) > 1:
            return Fit(name.person, name.name, Completeness.full)
        if name.family.isdisjoint(taken[0]):
            return Fit(name.person, name.name, Completeness.part) if len(low) == 1 else None
        if _is_hers(whole[0], name.parts[-1]):
            return None
        completeness = Completeness.initials if len(low) > 1 else Completeness.family
        return Fit(name.person, name.name, completeness, _may_be_hers(whole[0], name.parts[-1]))

    def _takes(self, name: "_Name", word: str) -> list[int]:
        """The places in a name at which this word can stand."""
        forms = self._forms[name.layer]
        numbers = forms(word) or forms(plain(word))
        return [n for n, part in enumerate(name.words) if part in numbers]


@dataclass(frozen=True, slots=True)
class _Name:
    """One form of a person's name: the numbers of its words in their layer, and the words, folded."""

    layer: int
    person: str
    name: str
    words: tuple[int, ...]
    parts: tuple[str, ...]
    family: frozenset[int]


def _may_be_hers(written: str, name: str) -> bool:
    """«Каримова» is a woman's name as well as a case form of a man's.

    >>> _may_be_hers("каримова", "каримов"), _may_be_hers("каримова", "каримова"), _may_be_hers("каримову", "каримов")
    (True, False, False)
    """
    return name.endswith(_SHORT) and written == name + "а"


def _is_hers(written: str, name: str) -> bool:
    """«Каримовой» and «Зелинскую» are no forms of a man's name.

    >>> _is_hers("каримовой", "каримов"), _is_hers("зелинскую", "зелинский"), _is_hers("зелинским", "зелинский")
    (True, True, False)
    """
    if name.endswith(("ский", "цкий")):
        return written in (name[:-2] + ending for ending in ("ая", "ой", "ую"))
    return name.endswith(_SHORT) and written == name + "ой"


_SHORT = ("ов", "ев", "ин", "ын")


def father_key(patronymic: str) -> str:
    """The father whom a patronymic names, by sound.

    >>> father_key("кажимканович") == father_key("қажымқанұлының"), father_key("сергеевич") == father_key("борисович")
    (True, False)
    """
    return sound_key(_FATHER.sub("", patronymic))


def _begin(initials: Sequence[str], free: list[str]) -> bool:
    """Whether the initials begin the words of a name in their order; those that are left over are of words that the form lacks.

    >>> _begin(["к", "к"], ["касым-жомарт"]), _begin(["к", "ж"], ["касым-жомарт"]), _begin(["г"], ["ильхам", "гейдар"])
    (True, True, False)
    """
    begun = [half[0] for part in free for half in part.split("-") if half]
    at = 0
    for number, letter in enumerate(initials):
        if number == 0 and (not begun or begun[0] != letter):
            return False
        at = next((n + 1 for n in range(at, len(begun)) if begun[n] == letter), len(begun))
    return True


def _family(person: str, parts: Sequence[str]) -> frozenset[int]:
    """The places of the words that stand for a person alone: the last, or also the first where families come first."""
    last = len(parts) - 1
    while last and parts[last] in _ROMAN:
        last -= 1
    return frozenset({0, last} if person.startswith(FAMILY_FIRST) else {last})


def iter_spellings(written: Sequence[str], name: str) -> Iterator[bool]:
    """For each word of a written name, whether some word of the other is it but for one letter, or sounds like it.

    >>> list(iter_spellings(["Сооронбай", "Жеенбеков"], "Сооронбай Жээнбеков"))
    [True, True]
    """
    parts = [_loose(w) for w in WORD.findall(name)]
    for word in written:
        low = _loose(word)
        yield any(_alike(low, part) for part in parts)


@lru_cache(60_000)
def _loose(word: str) -> str:
    return plain(fold(word)).replace("э", "е").replace("й", "и")


def _alike(a: str, b: str) -> bool:
    if len(a) > 5 and sound_key(a) == sound_key(b):
        return True
    if a.endswith("."):
        return b.startswith(a[0])
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return a == b
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) <= 1
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
