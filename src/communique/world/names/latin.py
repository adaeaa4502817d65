"""Forms of names in Latin letters: the possessive, and the spelling without marks.

In: words as written. Out: sets of lower-case forms.
"""

import unicodedata
from functools import lru_cache

from communique.world.names.russian import fold

_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a"}
)


@lru_cache(maxsize=60_000)
def noun_forms(name: str) -> frozenset[str]:
    """The word, its possessive, and both without diacritics.

    >>> {"erdogan", "erdoğan's"} <= noun_forms("Erdoğan"), "tokayev's" in noun_forms("Tokayev")
    (True, True)
    """
    low = fold(name)
    return frozenset(form + end for form in (low, plain(low)) for end in ("", "'s", "’s", "'", "’"))


def plain(low: str) -> str:
    """Without marks over, under and through the letters."""
    split = unicodedata.normalize("NFKD", low.translate(_PLAIN))
    return "".join(c for c in split if not unicodedata.combining(c))
