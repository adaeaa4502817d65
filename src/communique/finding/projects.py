"""Joint undertakings: «строительство железной дороги», «создадут единый центр», «открыли завод по выпуску электробусов».

In: a page and its actor table. Out: unsealed `Project`s. A project needs an object that is built and a word of making it;
the object must be one and told from others by an adjective, a complement, a name or a place.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from communique.errors import CommuniqueError
from communique.finding.amounts import AmountSpan, find_amounts
from communique.finding.clauses import clause_end, clause_start, is_finite
from communique.finding.coref import ActorTable
from communique.finding.dates import DateSpan, dates_in, find_dates
from communique.finding.lexicon import load_resource, word_set
from communique.finding.page import QUOTE_MARKS, Page
from communique.finding.phrases import Phrases
from communique.finding.titles import is_place_phrase, phrase_goes_on
from communique.record.document import ActorRef, Evidence
from communique.record.facts import Place, Project
from communique.record.record import Problem
from communique.record.vocabulary import ProjectStatus


@dataclass(frozen=True, slots=True)
class ProjectSpan:
    """An undertaking in words: tokens `first`..`last`, its object at `head`, the word of making at `making`."""

    first: int
    last: int
    head: int
    making: int
    rule: str
    product: tuple[int, int] | None = None
    place: int | None = None


@cache
def _table() -> Any:
    return load_resource("ru", "projects")


@cache
def _objects() -> Phrases:
    return Phrases({"object": _table()["objects"]})


@cache
def _never() -> Phrases:
    return Phrases({"never": _table()["never"]})


@cache
def _making_nouns() -> Phrases:
    return Phrases({"noun": _table()["making"]["noun"]})


@cache
def _making_verbs() -> frozenset[str]:
    return frozenset(_table()["making"]["verb"])


@cache
def _statuses() -> Phrases:
    return Phrases(_table()["statuses"])


@cache
def _costs() -> Phrases:
    return Phrases({"cost": _table()["cost"]})


def find_projects(page: Page, table: ActorTable) -> list[Project]:
    """The undertakings of the page, each once.

    >>> from communique.record.document import Document
    >>> from communique.finding.coref import resolve
    >>> from communique.finding.page import open_page
    >>> from communique.world.world import load_world
    >>> doc = Document(id="d", version="v", text="Министр предложил построить новый завод по выпуску шин. Стороны обсудили реализацию совместных проектов.")
    >>> page = open_page(doc, load_world())
    >>> [(p.what, p.product, p.status) for p in find_projects(page, resolve(page))]
    [('новый завод по выпуску шин', 'шин', 'idea')]
    """
    dates = find_dates(page)
    amounts = find_amounts(page, dates)
    found: list[tuple[ProjectSpan, Project]] = []
    for first, last in page.tokens.sentences:
        if _is_background(page, first, last):
            continue
        for span in _spans_in(page, first, last):
            if _long_made(page, span, dates):
                page.fired(
                    span.rule,
                    span.first,
                    span.last,
                    page.written(span.first, span.last),
                    refused="made in a year that is named",
                )
                continue
            try:
                project = _build(page, table, span, amounts)
            except CommuniqueError as error:
                start, end = page.chars(span.first, span.last)
                table.problems.append(Problem(code="project_not_built", message=str(error), start=start, end=end))
                continue
            twin = next((k for k, (s, _) in enumerate(found) if _same(page, span, s)), None)
            if twin is None:
                page.fired(project.rule, span.first, span.last, project.what)
                found.append((span, project))
                continue
            page.fired(
                project.rule, span.first, span.last, project.what, refused="told twice; the fuller telling is kept"
            )
            if _fullness(project) > _fullness(found[twin][1]):
                found[twin] = (span, project)
    return [p for _, p in found]


def _long_made(page: Page, span: ProjectSpan, dates: list[DateSpan]) -> bool:
    """«В 1993 году организовал школу»: a readout gives the day of what it reports."""
    past = "past" in page.words[span.making].tags
    first, last = page.sentence_range(span.first)
    return past and any(d.date.precision == "year" and d.date.qualifier is None for d in dates_in(dates, first, last))


def _fullness(project: Project) -> int:
    return sum(v is not None for v in (project.value, project.place, project.product, project.status))


def _is_background(page: Page, first: int, last: int) -> bool:
    k = next((k for k in range(first, last) if page.tokens.is_word(k)), first)
    return page.low[k] in ("напомним", "ранее", "справочно", "справка", "прежде")


# Finding ---------------------------------------------------------------------------------------------------------


def _spans_in(page: Page, first: int, last: int) -> list[ProjectSpan]:
    found: list[ProjectSpan] = []
    i = first
    while i < last:
        span = None if i in page.covering else _span_at(page, i, last)
        if span is not None:
            found.append(span)
        i = max(span.last, i + 1) if span is not None else i + 1
    return found


def _span_at(page: Page, i: int, last: int) -> ProjectSpan | None:
    for rule in _RULES:
        if (span := rule(page, i, last)) is not None:
            return span
    return None


def _made(page: Page, i: int, last: int) -> ProjectSpan | None:
    """строительство железной дороги А — Б; модернизация перехода «Степной»; об открытии второго терминала"""
    if not _making_nouns().match(page, i, last) or "NOUN" not in page.words[i].pos:
        return None
    found = _object(page, i + 1, last, "gent")
    if found is None:
        return None
    begin, head, after = found
    return _completed(page, ProjectSpan(i, after, head, i, "projects.made"), last, begin)


def _verb_made(page: Page, i: int, last: int) -> ProjectSpan | None:
    """создадут единый гидрологический центр; предложил учредить координационный центр; открыли завод"""
    if not page.words[i].pos & {"VERB", "INFN"} or not page.has_lemma(i, _making_verbs()):
        return None
    for k in range(i + 1, min(last, i + 9)):
        if page.tokens.text[k] in (",", ";", ".", ":", *QUOTE_MARKS) or (is_finite(page, k) and k not in page.covering):
            return None
        if (found := _object(page, k, last, "accs")) is not None:
            begin, head, after = found
            return _completed(page, ProjectSpan(begin, after, head, i, "projects.verb"), last, begin)
    return None


def _is_passive(page: Page, i: int) -> bool:
    """построен; строится"""
    if not page.words[i].pos & {"PRTS", "VERB"} or not page.has_lemma(i, _making_verbs()):
        return False
    return "PRTS" in page.words[i].pos or page.low[i].endswith("ся")


def _passive(page: Page, i: int, last: int) -> ProjectSpan | None:
    """будет построен новый мост через Лену; строится завод"""
    if not _is_passive(page, i):
        return None
    for k in range(i + 1, min(last, i + 6)):
        if page.tokens.text[k] in (",", ";", ".", ":"):
            return None
        if (found := _object(page, k, last, "nomn")) is not None:
            begin, head, after = found
            return _completed(page, ProjectSpan(begin, after, head, i, "projects.passive"), last, begin)
    return None


def _passive_before(page: Page, i: int, last: int) -> ProjectSpan | None:
    """Мост через Сойму возводится по графику; завод удобрений построен"""
    if not _is_passive(page, i):
        return None
    for k in range(clause_start(page, i), i):
        if page.words[k].pos <= {"PREP", "CONJ", "PRCL"} or page.tokens.text[k] in QUOTE_MARKS:
            return None
        if (found := _object(page, k, i, "nomn")) is not None:
            begin, head, after = found
            span = _completed(page, ProjectSpan(begin, after, head, i, "projects.passive"), i, begin)
            return span if span is not None and span.last <= i and _goes_straight(page, span.last, i) else None
    return None


def _goes_straight(page: Page, first: int, verb: int) -> bool:
    """Whether nothing but adverbs and helping verbs stand between the object and its verb: «мост уже будет построен»."""
    return all(
        page.words[k].pos & {"ADVB", "PRCL", "VERB", "CONJ"} or page.low[k] == "сейчас" for k in range(first, verb)
    )


def _production(page: Page, i: int, last: int) -> ProjectSpan | None:
    """совместное производство вакцины; наладить выпуск тракторов; локализация сборки вагонов"""
    if not page.has_lemma(i, {"производство", "выпуск", "сборка"}) or i + 1 >= last or i == 0:
        return None
    joint = page.words[i - 1].pos & {"ADJF"} and page.low[i - 1].startswith("совместн")
    made = page.has_lemma(i - 1, _making_verbs()) or _making_nouns().match(page, i - 1, i)
    if (
        not (joint or made)
        or "gent" not in page.words[i + 1].cases
        or (page.words[i].has("plur") and not page.words[i].has("sing"))
    ):
        return None
    end = _phrase_end(page, i + 1, last)
    if end == i + 1:
        return None
    span = ProjectSpan(i - 1, end, i, i, "projects.production", product=(i + 1, end))
    return _with_place(page, span, last)


_RULES: tuple[Callable[[Page, int, int], ProjectSpan | None], ...] = (
    _production,
    _made,
    _verb_made,
    _passive,
    _passive_before,
)


def _object(page: Page, i: int, last: int, case: str) -> tuple[int, int, int] | None:
    """Adjectives and an object noun in this case from token `i`: where they begin, the noun, the token after it."""
    k = i
    while (
        k < last
        and k - i < 5
        and k not in page.covering
        and page.words[k].readings[0].pos in ("ADJF", "PRTF", "NUMR")
        and not _objects().match(page, k, last)
    ):
        k += 1
    if k >= last or k in page.covering or _never().match(page, k, last):
        return None
    match = _objects().match(page, k, last)
    if match is None:
        return None
    noun = match[1] - 1 if "NOUN" in page.words[match[1] - 1].pos else k
    if not any(
        r.pos == "NOUN" and r.case == case and (r.number != "plur" or page.low[noun] == "мощностей")
        for r in page.words[noun].readings
    ):
        return None
    return i, noun, match[1]


def _completed(page: Page, span: ProjectSpan, last: int, begin: int) -> ProjectSpan | None:
    """With its complement, place and product; None for an object that nothing tells from others."""
    end = _phrase_end(page, span.last, last)
    described = span.head > begin or end > span.last
    span = _with_product(page, replace(span, last=end), last)
    span = _with_place(page, span, last)
    if not described and span.place is None:
        page.fired(
            span.rule,
            span.first,
            span.last,
            page.written(span.first, span.last),
            refused="nothing tells this object from others",
        )
        return None
    return span


_COMPLEMENTS = word_set("projects.complements")


def _phrase_end(page: Page, i: int, last: int) -> int:
    """The token after the complement that begins at `i`."""
    begin = i
    if i >= last or not _complements(page, i):
        return i
    while (
        i < min(last, begin + 18)
        and phrase_goes_on(page, i, last)
        and (page.low[i] not in (",", "и") or _pair(page, i, last))
    ):
        mention = page.covering.get(i)
        i = max(i + 1, mention.last) if mention is not None and mention.first == i else i + 1
    while i > begin and (
        (not page.tokens.is_word(i - 1) and page.tokens.text[i - 1] not in QUOTE_MARKS)
        or page.words[i - 1].pos <= {"PREP", "CONJ", "PRCL"}
    ):
        i -= 1
    return i


def _complements(page: Page, i: int) -> bool:
    if page.low[i] in _COMPLEMENTS or page.tokens.text[i] in QUOTE_MARKS:
        return True
    mention = page.covering.get(i)
    if mention is not None:
        return mention.kind in ("place", "state", "organisation", "venue")
    capital = page.tokens.is_capitalised(i) and page.tokens.is_word(i)
    return (
        (capital or "gent" in page.words[i].cases)
        and bool(page.words[i].pos & {"NOUN", "ADJF"})
        and not is_finite(page, i)
    )


def _pair(page: Page, i: int, last: int) -> bool:
    """«производства и переработки»: two genitives; not «моста и взаимном признании»."""
    if page.low[i] != "и" or i + 1 >= last or _making_nouns().match(page, i + 1, last):
        return False
    following = page.words[i + 1]
    return following.readings[0].case == "gent" and "gent" in page.words[i - 1].cases and not is_finite(page, i + 1)


def _with_product(page: Page, span: ProjectSpan, last: int) -> ProjectSpan:
    """«завод по выпуску электробусов», «запуск производства электромобилей»: what it makes."""
    if page.has_lemma(span.head, {"производство"}) and span.head + 1 < span.last:
        return replace(span, product=(span.head + 1, span.last))
    for k in range(span.head + 1, min(span.last - 1, span.head + 4)):
        if (
            page.low[k] == "по"
            and page.has_lemma(k + 1, {"выпуск", "производство", "сборка", "изготовление", "переработка"})
            and k + 2 < span.last
        ):
            return replace(span, product=(k + 2, span.last))
    return span


def _with_place(page: Page, span: ProjectSpan, last: int) -> ProjectSpan:
    """«завод ... в Кызыл-Су»: the place after the object belongs to the project."""
    for k in range(span.first, min(last, span.last + 1)):
        if k >= span.last and not is_place_phrase(page, k):
            break
        mention = page.covering.get(k + 1)
        if page.low[k] in ("в", "во", "на") and mention is not None and mention.kind in ("place", "state"):
            return replace(span, last=max(span.last, mention.last), place=k + 1)
    return span


def _same(page: Page, one: ProjectSpan, other: ProjectSpan) -> bool:
    """The same undertaking told twice: one object, and no word of one that contradicts the other."""
    if not set(_head_lemmas(page, one)) & set(_head_lemmas(page, other)):
        return False
    stems = [
        {
            page.low[k][:5]
            for k in range(s.first, s.last)
            if page.tokens.is_word(k) and len(page.low[k]) > 2 and k != s.making
        }
        for s in (one, other)
    ]
    return stems[0] <= stems[1] or stems[1] <= stems[0] or len(stems[0] & stems[1]) >= 3


def _head_lemmas(page: Page, span: ProjectSpan) -> list[str]:
    return [r.lemma for r in page.words[span.head].readings if r.pos == "NOUN"]


# The fact --------------------------------------------------------------------------------------------------------


def _build(page: Page, table: ActorTable, span: ProjectSpan, amounts: list[AmountSpan]) -> Project:
    start, end = page.chars(span.first, span.last)
    fields = ["what", *(["product"] if span.product else []), *(["place"] if span.place is not None else [])]
    evidence: list[Evidence] = [page.doc.cite(start, end, *fields)]
    status = _status(page, span)
    if status is not None:
        evidence.append(page.doc.cite(*page.chars(status[1], status[2]), "status"))
    value = _value(page, span, amounts)
    if value is not None:
        evidence.append(page.doc.cite(*page.chars(value.first, value.last), "value"))
    parties, shown = _parties(page, table, span)
    return Project(
        what=page.doc.text[start:end],
        parties=parties,
        place=_place(page, span.place),
        value=page.written(value.first, value.last) if value else None,
        product=page.written(*span.product) if span.product else None,
        status=status[0] if status else None,
        rule=span.rule,
        evidence=(*evidence, *shown),
    )


def _status(page: Page, span: ProjectSpan) -> tuple[ProjectStatus, int, int] | None:
    """What the nearest words say of its state: before it in the sentence, else after it, else in the next sentence."""
    first, last = page.sentence_range(span.first)
    before = [m for i in range(first, span.head) if i not in page.covering and (m := _state_at(page, i, span.head + 1))]
    after = [m for i in range(span.last, last) if i not in page.covering and (m := _state_at(page, i, last))]
    if before:
        return min(before, key=lambda m: (m[0] not in ("launched", "completed", "suspended"), -m[1]))
    future = "futr" in page.words[span.making].tags and "VERB" in page.words[span.making].pos
    if future:
        return "planned", span.making, span.making + 1
    if after:
        return after[0]
    return _status_told_next(page, page.tokens.sentence_of(page.tokens.start[first]))


def _status_told_next(page: Page, number: int) -> tuple[ProjectStatus, int, int] | None:
    """«Стоимость ... . Работы на первом участке уже начались»: the next sentences, as long as nobody else comes in."""
    for begin, end in page.tokens.sentences[number + 1 : number + 3]:
        states = [
            m
            for i in range(begin, end)
            if (m := _state_at(page, i, end)) and m[0] in ("under_way", "completed", "suspended")
        ]
        if _other_object(page, begin, states[0][1] if states else end):
            return None
        if states:
            return states[0]
    return None


def _other_object(page: Page, first: int, last: int) -> bool:
    return any(k in page.covering and page.covering[k].kind == "person" for k in range(first, last))


def _state_at(page: Page, i: int, last: int) -> tuple[ProjectStatus, int, int] | None:
    match = _statuses().match(page, i, last)
    if match is None:
        return None
    status = cast(ProjectStatus, match[0].codes[0])
    if status in ("launched", "completed") and i and page.low[i - 1] in ("будет", "будут"):
        return "planned", i - 1, match[1]
    return status, i, match[1]


def _value(page: Page, span: ProjectSpan, amounts: list[AmountSpan]) -> AmountSpan | None:
    """The first sum of money in its sentence or the two after it, where those speak of cost."""
    number = page.tokens.sentence_of(page.tokens.start[span.first])
    for k in range(number, min(number + 3, len(page.tokens.sentences))):
        first, last = page.tokens.sentences[k]
        speaks = any(_costs().match(page, i, last) for i in range(first, last))
        money = [a for a in amounts if a.money and first <= a.first < last]
        if money and speaks:
            return money[0]
    return None


def _parties(page: Page, table: ActorTable, span: ProjectSpan) -> tuple[tuple[ActorRef, ...], list[Evidence]]:
    """The states that the clause names outside places, where there are at least two."""
    first, _ = page.sentence_range(span.first)
    named = [
        m
        for m in page.mentions_in(first, clause_end(page, span.last - 1))
        if m.kind in ("state", "side") and table.draft_of(m) is not None
    ]
    refs: dict[str, tuple[ActorRef, Evidence]] = {}
    for mention in named:
        draft = table.draft_of(mention)
        if draft is not None and draft.key and draft.key not in refs:
            refs[draft.key] = (
                table.refer(draft, mention),
                page.doc.cite(*page.chars(mention.first, mention.last), "parties"),
            )
    if len(refs) < 2:
        return (), []
    return tuple(r for r, _ in refs.values()), [e for _, e in refs.values()]


def _place(page: Page, i: int | None) -> Place | None:
    mention = page.covering.get(i) if i is not None else None
    if mention is None or mention.key is None:
        return None
    if mention.kind == "state":
        return Place(country=mention.key)
    entry = page.world.places[int(mention.key)]
    return Place(name=entry.name, country=entry.country or None)


__all__ = ["find_projects"]
