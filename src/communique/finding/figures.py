"""Figures of trade, investment and the like: «товарооборот вырос на 15 % и достиг 4 млрд долларов».

In: a page and its actor table. Out: unsealed `Figure`s with exact evidence; a number whose measure the sentence does not
name is left out, as are document counts (agreements tell them) and dates.
"""

from functools import cache
from typing import cast

from communique.errors import CommuniqueError
from communique.finding.amounts import AmountSpan, figures_table, find_amounts
from communique.finding.clauses import clause_end, is_finite
from communique.finding.coref import ActorTable
from communique.finding.dates import DateSpan, dates_in, find_dates
from communique.finding.page import Page
from communique.finding.phrases import Phrases
from communique.record.document import Evidence
from communique.record.facts import Figure, Measure
from communique.record.record import Problem
from communique.record.vocabulary import FigureKind, MeasureCode


@cache
def _measures() -> Phrases:
    return Phrases(figures_table()["measures"])


@cache
def _moves() -> Phrases:
    table = figures_table()
    return Phrases({key: table[key] for key in ("growth", "target", "share")})


def find_figures(page: Page, table: ActorTable) -> list[Figure]:
    """The figures of the page, in order.

    >>> from communique.record.document import Document
    >>> from communique.finding.coref import resolve
    >>> from communique.finding.page import open_page
    >>> from communique.world.world import load_world
    >>> doc = Document(id="d", version="v", text="Товарооборот вырос на 15 % и достиг 4 млрд долларов.")
    >>> page = open_page(doc, load_world())
    >>> [(f.measure.code, f.value, f.unit, f.kind) for f in find_figures(page, resolve(page))]
    [('trade_turnover', '15', 'percent', 'growth'), ('trade_turnover', '4000000000', 'USD', 'level')]
    """
    dates = find_dates(page)
    found: list[Figure] = []
    for amount in find_amounts(page, dates):
        measure = _measure(page, amount)
        what = page.written(amount.first, amount.last)
        if measure is None:
            page.fired(
                "figures.amount", amount.first, amount.last, what, refused="the sentence does not say what is measured"
            )
            continue
        try:
            found.append(_build(page, amount, measure, dates))
        except CommuniqueError as error:
            start, end = page.chars(amount.first, amount.last)
            table.problems.append(Problem(code="figure_not_built", message=str(error), start=start, end=end))
            continue
        page.fired(found[-1].rule, amount.first, amount.last, what)
    return found


def _measure(page: Page, amount: AmountSpan) -> tuple[MeasureCode, int, int] | None:
    """What is counted, else the nearest measure before the number in its sentence, else the one after it."""
    if amount.unit in ("count", "times"):
        for code, things in figures_table()["counted"].items():
            if any(_ends_with(page, amount.last, thing.split()) for thing in things):
                return (code, amount.first, amount.last) if code != "documents_count" else None
        return None
    first, last = page.sentence_range(amount.first)
    before = [(i, m) for i in range(first, amount.first) if (m := _measures().match(page, i, amount.first))]
    if before:
        i, match = before[-1]
        code = cast(MeasureCode, match[0].codes[0])
        if code == "investment_flow" and _is_a_sum_so_far(page, match[1], amount.first):
            code = "investment_stock"
        return code, i, match[1]
    after = next(
        ((i, m) for i in range(amount.last, min(last, amount.last + 5)) if (m := _measures().match(page, i, last))),
        None,
    )
    return (cast(MeasureCode, after[1][0].codes[0]), after[0], after[1][1]) if after else None


def _ends_with(page: Page, last: int, lemmas: list[str]) -> bool:
    """Whether the words before token `last` have these lemmas: «350 рабочих мест»."""
    return all(page.has_lemma(last - len(lemmas) + k, {lemma}) for k, lemma in enumerate(lemmas))


def _is_a_sum_so_far(page: Page, first: int, last: int) -> bool:
    """«объём инвестиций превысил 1,2 млрд долларов»: what there is by now, unless the clause says in what time."""
    reached = any(page.has_lemma(i, {"превысить", "достигнуть", "достичь", "экономика"}) for i in range(first, last))
    start, stop = page.sentence_range(first)
    within = any(
        page.low[i] == "за" and page.has_lemma(i + 1, {"год", "месяц", "период", "квартал"}) for i in range(start, stop)
    )
    return reached and not within


def _kind(page: Page, amount: AmountSpan) -> FigureKind:
    """«вырос по сравнению с прошлым годом на 15 %» growth, «довести до 10 млрд» target, «доля 31 %» share, else level."""
    reach = 16 if page.low[amount.first - 1] == "на" else 8
    first = max(page.sentence_range(amount.first)[0], amount.first - reach)
    for i in range(amount.first - 1, first - 1, -1):
        if page.tokens.text[i] == ";":
            break
        if match := _moves().match(page, i, amount.first):
            kind = cast(FigureKind, match[0].codes[0])
            if kind == "growth" and not (amount.unit in ("percent", "times") or page.low[amount.first - 1] == "на"):
                return "level"
            return kind
        if page.low[i] in ("составил", "достиг", "достигла", "составила", "превысил") and reach == 8:
            return "level"
    verb = next((i for i in range(amount.first - 1, first - 1, -1) if is_finite(page, i)), None)
    if verb is not None and "futr" in page.words[verb].tags:
        return "target"  # «завод даст 900 рабочих мест»
    return "share" if amount.unit == "percent" else "level"


def _build(page: Page, amount: AmountSpan, measure: tuple[MeasureCode, int, int], dates: list[DateSpan]) -> Figure:
    code, m_first, m_last = measure
    first, last = min(amount.first, m_first), max(amount.last, m_last)
    start, end = page.chars(m_first, m_last)
    evidence: list[Evidence] = [page.doc.cite(*page.chars(first, last), "measure", "value", "unit", "kind", "bound")]
    period = _period(page, amount, dates)
    if period is not None:
        evidence.append(page.doc.cite(*page.chars(period.first, period.last), "period"))
    return Figure(
        measure=Measure(code, page.doc.text[start:end]),
        value=_signed(page, amount),
        unit=amount.unit,
        bound=amount.bound,
        period=period.date if period else None,
        kind="target" if period is not None and period.date.qualifier == "by" else _kind(page, amount),
        rule=f"figures.{code}",
        evidence=tuple(evidence),
    )


def _signed(page: Page, amount: AmountSpan) -> str:
    """«сократился на 3 %» is -3."""
    before = page.low[max(page.sentence_range(amount.first)[0], amount.first - 4) : amount.first]
    fell = tuple(s.rstrip("*") for s in figures_table()["fell"])
    return (
        f"-{amount.value}"
        if before and before[-1] == "на" and any(w.startswith(fell) for w in before)
        else amount.value
    )


def _period(page: Page, amount: AmountSpan, dates: list[DateSpan]) -> DateSpan | None:
    """The date of the clause, nearest to the number: «в 2024 году», «к 2030 году»."""
    first, _ = page.sentence_range(amount.first)
    near = list(dates_in(dates, first, clause_end(page, amount.first)))
    return min(near, key=lambda d: abs(d.first - amount.last), default=None)
