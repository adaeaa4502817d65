"""Which of two verbs for one thing says more: documented ladders, from the weakest to the strongest.

In: two act codes, or the words of two acts of one code. Out: a Feature named `strength`, or None where no ladder has both. The order is
ours, after the usage of diplomatic texts that `docs/compare.md` describes: it orders what is said, and says nothing of what was meant.
"""

from functools import cache

from communique.matching.features import Feature
from communique.matching.resources import load_table, load_words
from communique.text.morphology import word
from communique.text.segment import find_tokens

LADDERS: tuple[tuple[str, ...], ...] = (
    ("express_concern", "protest", "condemn"),  # of what another did
    ("express_readiness", "promise"),  # of what one will do
    ("praise", "welcome", "support", "accept"),  # of what another proposes
    ("propose", "appeal", "request", "instruct"),  # of what another should do
)


def compare_strength(one: str, other: str) -> Feature | None:
    """Which side says more.

    >>> compare_strength("condemn", "express_concern").sentence
    'strength: A says more: condemn / express concern'
    >>> compare_strength("condemn", "thank") is None
    True
    """
    for ladder in LADDERS:
        if one != other and one in ladder and other in ladder:
            more = "A" if ladder.index(one) > ladder.index(other) else "B"
            both = " / ".join(code.replace("_", " ") for code in (one, other))
            return Feature("strength", "differs", 0.0, f"strength: {more} says more: {both}")
    return None


def compare_wordings(one: str, other: str, language: str) -> Feature | None:
    """Which of two wordings of one act says more, by its verb or by what strengthens it.

    >>> compare_wordings("потребовал", "попросил", "ru").sentence
    'strength: A says more: потребовал / попросил'
    >>> compare_wordings("поддержал", "решительно поддержал", "ru").sentence
    'strength: B says more: поддержал / решительно поддержал'
    >>> compare_wordings("поблагодарил", "выразил признательность", "ru") is None
    True
    """
    mine, theirs = (_lemmas(words) for words in (one, other))
    ranks = next(
        ((a, b) for ladder in _ladders(language) if (a := _rank(mine, ladder)) is not None and (b := _rank(theirs, ladder)) is not None),
        None,
    )  # fmt: skip
    if ranks is None and not mine & theirs:
        return None  # two verbs that no ladder has
    force = [len(lemmas & _strengthening(language)) for lemmas in (mine, theirs)]
    weight = (ranks or (0, 0))[0] * 10 + force[0], (ranks or (0, 0))[1] * 10 + force[1]
    if weight[0] == weight[1]:
        return None
    more = "A" if weight[0] > weight[1] else "B"
    return Feature("strength", "differs", 0.0, f"strength: {more} says more: {one} / {other}")


def strengthens(word_before: str, language: str) -> bool:
    """Whether a word makes the verb behind it stronger: «решительно»."""
    return bool(_lemmas(word_before) & _strengthening(language))


def _lemmas(words: str) -> frozenset[str]:
    return frozenset(lemma for low in find_tokens(words).low for lemma in (*word(low).lemmas, low))


@cache
def _ladders(language: str) -> tuple[tuple[frozenset[str], ...], ...]:
    return tuple(
        tuple(frozenset(str(v).replace("ё", "е") for v in step) for step in ladder)
        for ladder in load_table(language, "verbs")
    )


@cache
def _strengthening(language: str) -> frozenset[str]:
    return frozenset(load_words(language, "stronger"))


def _rank(lemmas: frozenset[str], ladder: tuple[frozenset[str], ...]) -> int | None:
    return next((n for n, step in enumerate(ladder) if lemmas & step), None)
