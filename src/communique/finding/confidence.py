"""How sure a rule is: its precision on the gold, as the bench measured it.

In: the name of a rule. Out: the share of its facts that were right, or None where the gold has too few of them to say.
"""

from functools import cache

from communique.finding.lexicon import load_resource

FEWEST = 8  # facts that a rule must have made on the gold


@cache
def _measured() -> dict[str, float]:
    return {rule: row["share"] for rule, row in load_resource("ru", "confidence").items() if row["made"] >= FEWEST}


def confidence_of(rule: str) -> float | None:
    """The measured precision of a rule.

    >>> confidence_of("nobody.wrote_this") is None
    True
    """
    return _measured().get(rule)
