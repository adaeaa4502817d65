"""How a name sounds, roughly: one key for its spellings in Cyrillic and in several ways of writing it in Latin letters.

In: one word of a name. Out: its consonants by classes, with a mark where a vowel begins it. Two names may share a key, so
a key only proposes; an office held on the day must confirm it.
"""

import re
from functools import lru_cache

from communique.world.names.latin import plain
from communique.world.names.russian import fold

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i", "й": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a", "ә": "a", "ғ": "g", "қ": "k", "ң": "n",
    "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i", "ї": "i", "є": "e", "ў": "u", "ґ": "g",
}  # fmt: skip
_CYRILLIC = str.maketrans(_LETTERS)
# The longer first; Geidar, Heydar and Gheidar are one name.
_CLASSES = (
    ("dzh", "j"), ("chj", "j"), ("sch", "sh"), ("tch", "ch"), ("zh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "h"), ("ph", "f"), ("th", "t"),
    ("ck", "k"), ("qu", "k"), ("tz", "ts"), ("x", "ks"), ("q", "k"), ("w", "v"), ("y", "i"), ("g", "h"),
)  # fmt: skip
_NO_LETTER = re.compile(r"[^a-z]")
_VOWELS = re.compile(r"[aeiou]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=60_000)
def sound_key(word: str) -> str:
    """The key of one word.

    >>> sound_key("Токаев"), sound_key("Toqaev"), sound_key("Tokayev")
    ('tkv', 'tkv', 'tkv')
    >>> sound_key("Жээнбеков") == sound_key("Джээнбеков") == sound_key("Jeenbekov"), sound_key("Алиев"), sound_key("Валиев")
    (True, 'alv', 'vlv')
    """
    text = plain(fold(word)).translate(_CYRILLIC)
    for written, heard in _CLASSES:
        text = text.replace(written, heard)
    text = _TWICE.sub(r"\1", _NO_LETTER.sub("", text))
    first = "a" if text[:1] in tuple("aeiou") else ""
    return first + _TWICE.sub(r"\1", _VOWELS.sub("", text))
