"""When our words and those of a gold say the same: family names, job words, states and organisations.

In: two renderings. Out: yes or no. Generous about case forms and spelling, blind to context; every adapter says in its
notes what this leaves out.
"""

import re

from communique.record.facts import Office
from communique.text.morphology import word
from communique.world.index import WORD
from communique.world.names.russian import fold, noun_forms
from communique.world.world import World

_WORD = re.compile(r"[^\W\d_]+")
_EMPTY = frozenset({"PREP", "CONJ", "PRCL", "NPRO"})
_LITTLE = frozenset("the a an of and for in at to".split())


def same_family(one: str, other: str) -> bool:
    """Whether the last words of two names are forms of one family name; a nominative guessed wrong still agrees.

    >>> same_family("Иван Берег", "Берега"), same_family("Анна Холм", "Берег")
    (True, False)
    """
    a, b = (_WORD.findall(fold(name))[-1:] for name in (one, other))
    return bool(a and b) and (a == b or a[0] in noun_forms(b[0]) or b[0] in noun_forms(a[0]))


def share_words(one: str, other: str) -> bool:
    """Whether two phrases have a word in common, in any of its forms; a hyphen parts words, little words do not count.

    >>> share_words("премьер-министром Веланды", "министр"), share_words("посол", "глава миссии")
    (True, False)
    """
    return bool(_lemmas(one) & _lemmas(other))


def _lemmas(words: str) -> set[str]:
    readings = [word(form) for form in _WORD.findall(fold(words)) if form not in _LITTLE]
    return {lemma for r in readings if not r.pos & _EMPTY for lemma in r.lemmas}


def keys_named(world: World, words: str) -> set[str]:
    """The states and organisations of the world that a phrase names: «МИД РФ» names RU."""
    written = WORD.findall(words)
    low = [fold(w) for w in written]
    found = {
        alias.key
        for i in range(len(low))
        for alias in world.index.match(low, written, i)
        if alias.kind in ("state", "adjective", "organisation", "body")
    }
    return found


def same_employer(world: World, written: str, office: Office) -> bool:
    """Whether the place of work as a gold writes it is that of an office: one key of the world, or a word of its title."""
    return office.of in keys_named(world, written) or share_words(written, office.title)
