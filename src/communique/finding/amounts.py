"""Numbers with their units: «4 млрд долларов», «12 %», «на четверть», «600 машин».

In: a page. Out: `AmountSpan`s in the order of the text; `value` is a decimal string in whole units. Dates, document
numbers and times are no amounts.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from communique.finding.dates import DateSpan, find_dates
from communique.finding.lexicon import load_resource
from communique.finding.page import Page
from communique.record.vocabulary import Bound


@dataclass(frozen=True, slots=True)
class AmountSpan:
    """Tokens `first`..`last` with their number; `unit` is ISO 4217, `percent`, `times`, or the counted word."""

    first: int
    last: int
    value: str
    unit: str
    bound: Bound = "exact"
    money: bool = False


_NUMBER = re.compile(r"(?<![\w.,:/№-])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)(?![\d:/]|[.,]\d|-\w)")
_SCALE = {"тыс": 3, "тысяч": 3, "млн": 6, "миллион": 6, "млрд": 9, "миллиард": 9, "трлн": 12, "триллион": 12}


@cache
def figures_table() -> Any:
    return load_resource("ru", "figures")


def find_amounts(page: Page, dates: list[DateSpan] | None = None) -> list[AmountSpan]:
    """Every amount of the page that is no date.

    >>> from communique.record.document import Document
    >>> from communique.finding.page import open_page
    >>> from communique.world.world import load_world
    >>> doc = Document(id="d", version="v", text="Оборот вырос на 15,5 % и достиг около 4 млрд долларов к 5 мая.")
    >>> page = open_page(doc, load_world())
    >>> [(a.value, a.unit, a.bound) for a in find_amounts(page)]
    [('15.5', 'percent', 'exact'), ('4000000000', 'USD', 'about')]
    """
    dated = {i for d in (find_dates(page) if dates is None else dates) for i in range(d.first, d.last)}
    found = []
    for match in _NUMBER.finditer(page.doc.text):
        first, last = _tokens(page, match.start(1), match.end(1))
        if first < last and first not in dated and (amount := _amount(page, first, last, match[1])) is not None:
            found.append(amount)
    return found


def _tokens(page: Page, start: int, stop: int) -> tuple[int, int]:
    return bisect_left(page.tokens.start, start), bisect_right(page.tokens.start, stop - 1)


def _amount(page: Page, first: int, last: int, digits: str) -> AmountSpan | None:
    number = Decimal(re.sub(r"[ \u00a0\u202f]", "", digits).replace(",", "."))
    end = page.sentence_range(first)[1]
    after, power = _scale(page, last, end)
    unit, after = _unit(page, after, end)
    if unit is None:
        return None
    bound = _bound(page, first)
    value = format((number * Decimal(10) ** power).normalize(), "f")
    return AmountSpan(first, after, value, unit, bound, money=unit.isupper() and len(unit) == 3)


def _scale(page: Page, i: int, last: int) -> tuple[int, int]:
    """«млрд», «тыс.», «миллионов»"""
    if i >= last:
        return i, 0
    for word, power in _SCALE.items():
        if (
            page.low[i] == word
            or word in page.words[i].lemmas
            or (word == "тысяч" and "тысяча" in page.words[i].lemmas)
        ):
            dotted = i + 1 < last and page.tokens.text[i + 1] == "." and word in ("тыс", "млн", "млрд", "трлн")
            return i + 1 + dotted, power
    return i, 0


def _unit(page: Page, i: int, last: int) -> tuple[str | None, int]:
    """The unit and the token after it: a currency, a percent sign, or what is counted."""
    if i >= last:
        return None, i
    if page.tokens.text[i] == "%" or page.low[i].startswith("процент"):
        return "percent", i + 1
    table = figures_table()
    for k in (i, i + 1, i + 2):  # «американских долларов», «лирийских крон», «долларов США»
        if k < last and (
            found := next((code for lemma, code in table["currencies"].items() if page.has_lemma(k, {lemma})), None)
        ):
            return found, k + 1 + (k + 1 < last and page.low[k + 1] == "сша")
        if k < last and page.words[k].known and not page.words[k].pos & {"ADJF"}:
            break
    if page.low[i] in table["units"]:
        return str(table["units"][page.low[i]]), i + 1
    noun = i
    while noun < last and noun - i < 3 and page.words[noun].readings[0].pos in ("ADJF", "PRTF"):
        noun += 1
    if (
        noun < last
        and "NOUN" in page.words[noun].pos
        and page.words[noun].cases & {"gent", "nomn", "accs"}
        and page.tokens.text[noun][0].islower()
    ):
        return "count", noun + 1
    return None, i


def _bound(page: Page, first: int) -> Bound:
    """«около», «более», «свыше», «не менее», «до»"""
    before = " ".join(page.low[max(0, first - 3) : first])
    for words, bound in figures_table()["bounds"].items():
        if before.endswith(words):
            return bound  # type: ignore[no-any-return]
    return "exact"
