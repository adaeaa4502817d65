"""Whether two stretches of text speak of the same: words by their stems, numbers by their digits.

In: words of any inflected language, in any case. Out: shares between 0 and 1. Knows no grammar: two words are one
when they begin alike and differ only in what an ending may take.
"""

import re
from functools import lru_cache
from typing import Protocol

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-‑][^\W\d_]+)*")
# The months of the three languages, in any case of theirs.
_MONTH = re.compile(
    r"(?:январ|феврал|март|апрел|ма[йяею]$|июн|июл|август|сентябр|октябр|ноябр|декабр|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|"
    r"қазан|қараша|желтоқсан|january|february|march$|april|may$|june|july|august|september|october|november|december)"
)
_SHORTEST = 4  # «для», «что», «при» prove nothing
STEM = 3  # no two forms of one word differ in their first three letters
_LONGEST_ENDING = 4  # «договор» / «договорами»


_LATIN = re.compile(r"[A-Za-z]")
_OF_KAZAKH = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")


class Encoder(Protocol):
    """A model that knows whether words of two languages say the same. The seam for it: without one such words are not compared."""

    def likeness(self, one: str, other: str) -> float:
        """From 0 (nothing in common) to 1 (the same said)."""


@lru_cache(maxsize=50_000)
def alphabet(words: str) -> str:
    """What a name is written in: names in two alphabets are compared by their sound, not letter by letter."""
    if _LATIN.search(words):
        return "latin"
    return "kazakh" if _OF_KAZAKH & set(words) else "cyrillic"


@lru_cache(maxsize=4096)
def content_words(text: str) -> tuple[str, ...]:
    """The words that carry content: numbers, abbreviations and words of four letters or more.

    >>> content_words("довести до 10,5 млрд к 2032 году в ССГ")
    ('довести', '10,5', 'млрд', '2032', 'году', 'ссг')
    """
    words = (m.group() for m in _WORD.finditer(text))
    kept = (w for w in words if len(w) >= _SHORTEST or w[0].isdigit() or (len(w) > 1 and w.isupper()))
    return tuple(w.casefold().replace("ё", "е") for w in kept)


def same_word(one: str, other: str) -> bool:
    """Whether two content words are forms of one.

    >>> same_word("торговля", "торговли"), same_word("торговля", "торговых"), same_word("2031", "2032")
    (True, True, False)
    """
    if one == other:
        return True
    if one[0].isdigit() or other[0].isdigit():
        return False
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    return shared >= max(STEM, shorter - 2, longer - _LONGEST_ENDING)


_ROOT = 5  # letters that words of one root begin with


def same_root(one: str, other: str) -> bool:
    """Whether two words are forms of one, or made from one root.

    >>> same_root("энергетика", "энергетическому"), same_root("мост", "мосты"), same_root("товар", "торговля")
    (True, True, False)
    """
    return same_word(one, other) or (min(len(one), len(other)) > _ROOT and one[:_ROOT] == other[:_ROOT])


def share_within(one: str, other: str) -> float:
    """The share of the content words of `one` that stand in `other`; 0 where `one` has none."""
    words = content_words(one)
    return _found(one, other) / len(words) if words else 0.0


def overlap(one: str, other: str) -> float:
    """How much of both is in both, from 0 to 1, the same either way round."""
    count = len(content_words(one)), len(content_words(other))
    if not all(count):
        return float(normal_words(one) == normal_words(other))
    return (_found(one, other) + _found(other, one)) / sum(count)


def exchanged(one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The numbers, months and names that each side has and the other has not, where both have such: another number is another matter.

    >>> exchanged("передать здание до конца июня", "передать здание до конца сентября")
    (('июня',), ('сентября',))
    >>> exchanged("провести встречу в Остре", "провести встречу")
    ((), ())
    """
    mine, theirs = (tuple(w for w in _telling(a) if not _stands_in(w, b)) for a, b in ((one, other), (other, one)))
    return (mine, theirs) if mine and theirs else ((), ())


def _telling(text: str) -> list[str]:
    """Numbers, months, and words with a capital that do not begin the text."""
    found = [(m.start(), m.group()) for m in _WORD.finditer(text)]
    return [
        w
        for at, w in found
        if w[0].isdigit() or _MONTH.match(w.casefold()) or (w[0].isupper() and len(w) > 2 and at > 0)
    ]


def _stands_in(word: str, text: str) -> bool:
    folded = word.casefold().replace("ё", "е")
    return any(same_word(folded, w.casefold().replace("ё", "е")) for w in _WORD.findall(text))


def normal_words(text: str) -> str:
    """Words without case, spacing, ё and punctuation: what is equal here is the same wording."""
    return " ".join(_WORD.findall(text.casefold().replace("ё", "е")))


def _found(one: str, other: str) -> int:
    """How many content words of `one` have a form in `other`."""
    theirs = _by_stem(other)
    return sum(any(same_word(w, form) for form in theirs.get(w[:STEM], ())) for w in content_words(one))


@lru_cache(maxsize=4096)
def _by_stem(text: str) -> dict[str, list[str]]:
    """The content words by how they begin, so that a long text is not searched word by word."""
    stems: dict[str, list[str]] = {}
    for word in dict.fromkeys(content_words(text)):
        stems.setdefault(word[:STEM], []).append(word)
    return stems
