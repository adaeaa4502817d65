"""Which language a text is in, by its letters and its function words: no model, the same answer everywhere.

In: normalised text. Out: `ru`, `en`, `kk`, `other`, or None where the text is too short or mixed to say.
"""

import re
from collections import Counter
from typing import Literal

Language = Literal["ru", "en", "kk", "other"]

_WORD = re.compile(r"[^\W\d_]+")
_KAZAKH_LETTERS = frozenset("әғқңөұүһі")
# Letters of other Cyrillic alphabets: Ukrainian, Belarusian, Serbian, Macedonian, Tajik, Bashkir, Sakha.
_FOREIGN_LETTERS = frozenset("їєґўљњћђџјѓќҳҷӣӯҙҫҡҥҕ")
_FUNCTION_WORDS: dict[Language, frozenset[str]] = {
    "ru": frozenset(
        "и в во на с со что по не как к ко из у за от до для это его её ее их он она они также при о об был была "
        "было были между или а но же ли бы чтобы который которая которые года году ходе между после перед".split()
    ),
    "kk": frozenset(
        "және мен бен пен үшін туралы бойынша деп деді осы бұл екі болды болып бар жылы үлкен арасындағы кейін "
        "ретінде сондай ақ оның біз бірге бір да де та те".split()
    ),
    "en": frozenset(
        "the of and to in a an on with for by is was were are that this at from as has have had its their his her "
        "it he she they which between after also".split()
    ),
}
# Words that stand in Cyrillic neighbours and never in Russian: Bulgarian, Ukrainian, Belarusian, Serbian, Kyrgyz.
_NEIGHBOURS = frozenset(
    "се са че във със ще който която което та від що як це із між під та про які і ў з што які паміж су је "
    "који менен жана үчүн боюнча экен".split()
)
_RUSSIAN_ENDING = re.compile(
    r"(?:[оы]го|его|ого|ому|ему|ых|их|ый|ий|ая|ое|ия|ии|ию|ов|ев|ами|ями|ее|ие|ое|ость|ство|ся|ось|ть|ал|ил|ли|ла)$"
)
_FEWEST_LETTERS = 12
_FEWEST_WORDS = 3
_SAMPLE = 20_000  # characters; a page in one language says so long before


def detect_language(text: str) -> Language | None:
    """The language of most of the text. A Russian text with Kazakh names stays Russian; half and half is None.

    >>> detect_language("Глава государства Қасым-Жомарт Тоқаев провёл телефонный разговор с Президентом России.")
    'ru'
    >>> detect_language("Мемлекет басшысы Үкімет отырысын өткізді және министрлердің есебін тыңдады.")
    'kk'
    >>> detect_language("14 мая") is None
    True
    """
    words = [w.casefold() for w in _WORD.findall(text[:_SAMPLE])]
    scripts = Counter(s for w in words if (s := _script(w)) for _ in w)
    letters = scripts.total()
    if letters < _FEWEST_LETTERS or len(words) < _FEWEST_WORDS:
        return None
    script, count = scripts.most_common(1)[0]
    if count < 0.7 * letters:
        return None
    if script == "latin":
        return _latin(words)
    return _cyrillic([w for w in words if _script(w) == "cyrillic"]) if script == "cyrillic" else "other"


def _script(word: str) -> str:
    first = word[0]
    if "a" <= first <= "z" or "\u00c0" <= first <= "\u024f":
        return "latin"
    return "cyrillic" if "\u0400" <= first <= "\u052f" else "other"


def _share(words: list[str], of: frozenset[str]) -> float:
    return sum(w in of for w in words) / len(words)


def _latin(words: list[str]) -> Language | None:
    share = _share(words, _FUNCTION_WORDS["en"])
    if share >= 0.1:
        return "en"
    return "other" if share < 0.05 and len(words) >= 12 else None


def _cyrillic(words: list[str]) -> Language | None:
    """Kazakh and Russian by words that look like one or the other; plenty of both is a mixed text."""
    kazakh_letters = _KAZAKH_LETTERS & set("".join(words))
    if kazakh_letters <= {"і"}:  # «і» alone is Ukrainian or Belarusian
        foreign_letters, kazakh_letters = _FOREIGN_LETTERS | kazakh_letters, frozenset()
    else:
        foreign_letters = _FOREIGN_LETTERS
    foreign = sum(1 for w in words if foreign_letters & set(w)) / len(words)
    kazakh = sum(1 for w in words if w in _FUNCTION_WORDS["kk"] or kazakh_letters & set(w)) / len(words)
    function = _share(words, _FUNCTION_WORDS["ru"])
    endings = sum(1 for w in words if _RUSSIAN_ENDING.search(w)) / len(words)
    neighbours = sum(1 for w in words if w in _NEIGHBOURS or w.endswith("ът")) / len(words)
    if foreign > 0.08 or neighbours > max(0.04, function / 4):
        return "other"
    if kazakh > 0.2:
        return "kk" if function < 0.06 else None
    return "ru" if function + endings >= 0.15 else None
