"""Which of two verbs for one thing says more: documented ladders, from the weakest act to the strongest.

In: two act codes. Out: a Feature named `strength`, or None where no ladder has both. The order is ours, after the usage of diplomatic
texts that `docs/compare.md` describes: it orders what is said, and says nothing of what was meant.
"""

from communique.matching.features import Feature

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
