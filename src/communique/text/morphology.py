"""The one morphology of the product: what a Russian word form can be.

In: a word form. Out: a `Word`, its readings from pymorphy3 with ё folded to е. Nothing here knows context.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

CASES = {
    "nomn": "nomn",
    "gent": "gent",
    "gen2": "gent",
    "datv": "datv",
    "accs": "accs",
    "ablt": "ablt",
    "loct": "loct",
    "loc2": "loct",
    "voct": "nomn",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One grammatical reading of a form."""

    lemma: str
    pos: str
    case: str | None
    number: str | None
    gender: str | None
    tags: frozenset[str]
    known: bool


@dataclass(frozen=True, slots=True)
class Word:
    """All readings of a form, best first, with the unions that rules ask for most."""

    readings: tuple[Reading, ...]
    lemmas: frozenset[str]
    pos: frozenset[str]
    cases: frozenset[str]
    tags: frozenset[str]
    known: bool

    def has(self, *tags: str) -> bool:
        """Whether one single reading bears all these tags."""
        return any(r.tags.issuperset(tags) for r in self.readings)


_forms: dict[str, Word] = {}
_LARGEST_CACHE = 200_000


def word(form: str) -> Word:
    """The readings of a form; remembered, because the same few thousand forms make up most of the texts.

    >>> sorted(word("Казахстаном").lemmas), sorted(word("Казахстаном").cases)
    (['казахстан'], ['ablt'])
    """
    found = _forms.get(form)
    if found is None:
        if len(_forms) >= _LARGEST_CACHE:
            _forms.clear()
        found = _forms[form] = _adapt_parses(_parses(form))
    return found


@cache
def _analyzer() -> Any:
    from pymorphy3 import MorphAnalyzer  # 0.1 s and 15 MB: only when a text is read

    return MorphAnalyzer()


def _parses(form: str) -> list[Any]:
    try:
        return list(_analyzer().parse(form))
    except (KeyError, ValueError):  # pymorphy3 asks the Unicode name of a letter that has none: 𗀀
        return []


_UNKNOWN = Reading("", "UNKN", None, None, None, frozenset(["UNKN"]), False)


def _adapt_parses(parses: list[Any]) -> Word:
    readings = tuple(_adapt_parse(p) for p in parses[:12]) or (_UNKNOWN,)
    return Word(
        readings,
        frozenset(r.lemma for r in readings),
        frozenset(r.pos for r in readings),
        frozenset(r.case for r in readings if r.case),
        frozenset(tag for r in readings for tag in r.tags),
        any(r.known for r in readings),
    )


def _adapt_parse(parse: Any) -> Reading:
    tag = parse.tag
    return Reading(
        parse.normal_form.replace("ё", "е"),
        str(tag.POS or ""),
        CASES.get(str(tag.case)),
        str(tag.number) if tag.number else None,
        str(tag.gender) if tag.gender else None,
        frozenset(str(t) for t in tag.grammemes),
        bool(parse.is_known),
    )


def inflect_name(form: str, case: str, gender: str) -> str | None:
    """The nominative of a dictionary name that can stand in `case` and `gender`, or None.

    >>> inflect_name("Анну", "accs", "femn")
    'анна'
    """
    parses = sorted(_parses(form), key=lambda p: "Fixd" in p.tag.grammemes)  # Карине: first Карина, then indeclinable
    for parse in parses:
        tag = parse.tag
        if not parse.is_known or not ({"Name", "Surn", "Patr"} & set(tag.grammemes)):
            continue
        if CASES.get(str(tag.case)) == case and str(tag.gender) in (gender, "None", "ms-f"):
            wanted = parse.inflect({"nomn", "sing"})
            return str(wanted.word) if wanted else None
    return None


def nominative(words: Sequence[str]) -> str:
    """A noun phrase with its head and the adjectives before it in the nominative; as it is where that cannot be told.

    >>> nominative(["стратегического", "партнёрства", "двух", "стран"]), nominative(["общие", "границы"])
    ('стратегическое партнёрство двух стран', 'общие границы')
    """
    at = next((n for n, form in enumerate(words) if "NOUN" in word(form).pos), None)
    if at is None:
        return " ".join(words)
    for noun in (p for p in _parses(words[at]) if str(p.tag.POS) == "NOUN"):
        qualifiers = [_agreeing(form, noun.tag) for form in words[:at]]
        head = noun.inflect({"nomn"})
        if head is not None and None not in qualifiers:
            return " ".join([*(str(q) for q in qualifiers), str(head.word), *words[at + 1 :]])
    return " ".join(words)


def _agreeing(form: str, noun: Any) -> str | None:
    """An adjective of a noun in the nominative; a word between that is no adjective stays."""
    parses = _parses(form)
    if not any(str(p.tag.POS) in ("ADJF", "PRTF") for p in parses):
        return form
    for parse in parses:
        case, number = CASES.get(str(parse.tag.case)), parse.tag.number
        agrees = case == CASES.get(str(noun.case)) and number == noun.number
        if agrees and (number == "plur" or parse.tag.gender == noun.gender):
            wanted = parse.inflect({"nomn"})
            return str(wanted.word) if wanted else None
    return None
