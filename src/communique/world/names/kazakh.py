"""Kazakh forms of proper names and titles: all case, possessive and plural forms of a nominative.

In: words in Cyrillic. Out: sets of lower-case forms. Over-generates rather than misses, as `russian` does: every suffix is
tried in the vowel harmony of the word's last vowel, whatever consonant it should follow.
"""

from functools import lru_cache

from communique.world.names.russian import fold

_BACK_VOWELS = "аоұыуяюё"
_FRONT_VOWELS = "әөүі"
# Written for back vowels; `_front` turns them. Cases, then the third person's possessive («Президенті») with its cases.
_CASES = "ның дың тың ға қа на ды ты ны н да та нда дан тан нан".split()
_POSSESSIVE = "ы сы ының сының ына сына ын сын ында сында ынан сынан ымен сымен".split()
_PLURAL = "лар дар тар".split()
# The instrumental never changes its vowel, but its consonant follows the word: «түрікпен», not «түрікмен», a Turkmen.
_HARD, _BUZZING = "бвгдкқпстфхһцчшщ", "зж"
_VOICED = {"к": "г", "қ": "ғ", "п": "б"}
_TO_FRONT = str.maketrans("ыағқ", "іегк")


_BORROWED = ("ов", "ев", "ин", "ын")  # «Ахметовтің» beside «Тоқаевтың»


@lru_cache(maxsize=60_000)
def noun_forms(name: str) -> frozenset[str]:
    """All forms that a Kazakh noun or name can take in a text; a name, with a capital, is in no plural and is nobody's.

    >>> {"қазақстанның", "қазақстанға", "қазақстанда"} <= noun_forms("Қазақстан")
    True
    >>> {"министрі", "министрінің", "министрлері"} <= noun_forms("министр"), "президентпен" in noun_forms("президент")
    (True, True)
    >>> "республикасында" in noun_forms("Республикасы"), "түрікмен" in noun_forms("түрік")
    (True, False)
    """
    low = fold(name)
    forms = {low, low + _with(low)}
    for front in _harmonies(low):
        forms |= {low + _harmonised(suffix, front) for suffix in _CASES}
        if name[:1].isupper():
            continue
        forms |= {low + _harmonised(suffix, front) for suffix in _POSSESSIVE}
        for plural in _PLURAL:
            stem = low + _harmonised(plural, front)
            forms.add(stem)
            forms.add(stem + "мен")
            forms |= {stem + _harmonised(suffix, front) for suffix in (*_CASES, *_POSSESSIVE) if suffix[0] != "с"}
        if low[-1:] in _VOICED:  # «кітап», «кітабы»
            stem = low[:-1] + _VOICED[low[-1]]
            forms |= {stem + _harmonised(suffix, front) for suffix in _POSSESSIVE if suffix[0] != "с"}
    return frozenset(forms)


def _harmonies(low: str) -> tuple[bool, ...]:
    """Front or back suffixes by the last vowel; «е» and «и» go both ways: «кеңестің», but «Тоқаевтың»."""
    if low.endswith(_BORROWED):
        return (False, True)
    for letter in reversed(low):
        if letter in _BACK_VOWELS:
            return (False,)
        if letter in _FRONT_VOWELS:
            return (True,)
        if letter in "еэи":
            break
    return (False, True)


def _with(low: str) -> str:
    return "пен" if low[-1:] in _HARD else "бен" if low[-1:] in _BUZZING else "мен"


def _harmonised(suffix: str, front: bool) -> str:
    """«-мен» in the possessive never changes."""
    if not front:
        return suffix
    return suffix[:-3].translate(_TO_FRONT) + "мен" if suffix.endswith("мен") else suffix.translate(_TO_FRONT)
