"""What speaks for two statements being one, and where they differ: named features, each with a sentence.

In: two values, None where a side is silent. Out: a Feature. Holds always: a value compared with itself is never
`differs`, and swapping the sides swaps the sentence and nothing else.
"""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Literal

import msgspec

from communique.matching.wording import Encoder, exchanged, normal_words, overlap, share_within

Agreeing = Literal["same", "partly", "differs", "one_sided", "unknown"]
SAME_MEANING = 0.8  # of an encoder, from which words of two languages say the same
SAME_WORDING = 0.5  # from this share of common words on, two free wordings count as one statement


class Feature(msgspec.Struct, frozen=True):
    """One thing compared: `score` counts for (to 1) or against (to -1) alignment, the sentence is for people."""

    name: str
    verdict: Agreeing
    score: float
    sentence: str


def same(name: str, words: str) -> Feature:
    return Feature(name, "same", 1.0, f"{name}: both say {words}")


def differs(name: str, one: str, other: str) -> Feature:
    return Feature(name, "differs", -1.0, f"{name}: {one} / {other}")


def partly(name: str, score: float, sentence: str) -> Feature:
    return Feature(name, "partly", score, f"{name}: {sentence}")


def unknown(name: str, one: object, other: object) -> Feature:
    """At least one side is silent, which speaks neither for nor against."""
    if not one and not other:
        return Feature(name, "unknown", 0.0, f"{name}: neither says")
    return Feature(name, "one_sided", 0.0, f"{name}: only {'A' if one else 'B'} says")


def compare_codes(name: str, one: str | None, other: str | None) -> Feature:
    """Two values of a closed vocabulary."""
    if one is None or other is None:
        return unknown(name, one, other)
    return same(name, _plain(one)) if one == other else differs(name, _plain(one), _plain(other))


def compare_numbers(name: str, one: str | int | None, other: str | int | None) -> Feature:
    """Two numbers, as ints or decimal strings: 4.60 is 4.6."""
    if one is None or other is None:
        return unknown(name, one is not None, other is not None)
    equal = _decimal(one) == _decimal(other) if _decimal(one) is not None else str(one) == str(other)
    return same(name, str(one)) if equal else differs(name, str(one), str(other))


def compare_words(name: str, one: str | None, other: str | None) -> Feature:
    """Two free wordings. The score is the share of common words: another wording speaks against nothing, and differs where a number,
    a month or a name is another.

    >>> compare_words("about", "тёплый приём", "радушный приём").sentence
    'about: worded differently, 50 % of the words are common'
    """
    if not one or not other:
        return unknown(name, one, other)
    share = overlap(one, other)
    if share == 1 or normal_words(one) == normal_words(other):
        return Feature(name, "same", 1.0, f"{name}: both say «{_short(one)}»")
    if share < SAME_WORDING:
        return Feature(name, "differs", share, f"{name}: «{_short(one)}» / «{_short(other)}»")
    mine, theirs = exchanged(one, other)
    if mine:
        return Feature(name, "differs", share, f"{name}: {', '.join(mine)} / {', '.join(theirs)}")
    return partly(name, share, f"worded differently, {share:.0%} of the words are common".replace("%", " %"))


def compare_across(name: str, one: str | None, other: str | None, encoder: Encoder | None) -> Feature:
    """Words of two languages. Without an encoder nothing is known of them; what it finds alike agrees in part, never to the letter."""
    if not one or not other:
        return unknown(name, one, other)
    said = f"«{_short(one)}» / «{_short(other)}»"
    if encoder is None:
        return Feature(name, "unknown", 0.0, f"{name}: {said}, in two languages, not compared")
    share = encoder.likeness(one, other)
    if share < SAME_MEANING:
        return Feature(name, "differs", share, f"{name}: {said}")
    return partly(name, share, f"said in two languages, alike by {share:.0%}".replace("%", " %"))


def compare_quoted(name: str, one: str, other: str) -> Feature:
    """Two quoted wordings: the words are the matter, so another word is a difference; the score is what is common.

    A side that quotes less of the same speech scores by how much of its words the other has.
    """
    if normal_words(one) == normal_words(other):
        return Feature(name, "same", 1.0, f"{name}: both quote the same words")
    share = max(share_within(one, other), share_within(other, one))
    return Feature(
        name, "differs", share, f"{name}: {share:.0%} of the shorter quote is in the other".replace("%", " %")
    )


def compare_sets(name: str, one: Sequence[str], other: Sequence[str]) -> Feature:
    """Two sets of codes: one in common is enough, because a text need not name every office of a person."""
    if not one or not other:
        return unknown(name, one, other)
    if common := sorted(set(one) & set(other)):
        return same(name, ", ".join(_plain(c) for c in common))
    return differs(name, ", ".join(_plain(c) for c in one), ", ".join(_plain(c) for c in other))


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _decimal(value: str | int) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _short(words: str, longest: int = 60) -> str:
    return words if len(words) <= longest else words[: longest - 1] + "…"
