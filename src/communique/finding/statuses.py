"""What the words around a title say happened to the document: signed, initialled, adopted, planned, or only remembered.

In: a page and a title. Out: a `StatusSpan` or None. The rules are an ordered list; the first that decides wins.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from communique.finding.clauses import clause_end, clause_start, is_finite
from communique.finding.dates import DateSpan, dates_in
from communique.finding.lexicon import word_set
from communique.finding.page import Page
from communique.finding.phrases import Phrases
from communique.finding.titles import TitleSpan, papers_table
from communique.record.dates import Date
from communique.record.vocabulary import AgreementStatus, Relation


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """What the words at `first`..`last` say happened; an `active` verb has a subject who did it."""

    first: int
    last: int
    status: AgreementStatus
    relation: Relation = "reported"
    rule: str = "verb"
    active: bool = False


@cache
def _statuses() -> Phrases:
    return Phrases(papers_table()["statuses"])


@cache
def _marks(key: str) -> Phrases:
    return Phrases({key: papers_table()[key]})


def status_of(page: Page, title: TitleSpan) -> StatusSpan | None:
    """What happened to the document, by the first rule that decides.

    >>> from communique.finding.page import open_page
    >>> from communique.finding.titles import find_titles
    >>> from communique.record.document import Document
    >>> from communique.world.world import load_world
    >>> doc = Document(id="d", version="v", text="Министры парафировали Протокол о границе.")
    >>> page = open_page(doc, load_world())
    >>> [status_of(page, t).status for t in find_titles(page)]
    ['initialled']
    """
    for rule in _RULES:
        status = rule(page, title)
        if status is not None:
            return status
    return None


# по программе, в соглашении, участники Конвенции; not «над программой», «о подписании»
_FRAMING = word_set("statuses.framing")


def _framed(page: Page, title: TitleSpan) -> StatusSpan | None:
    """в рамках Конвенции о ...; по случаю 30-летия Договора; согласно Протоколу"""
    if title.first and page.low[title.first - 1] in _FRAMING and _relative(page, title) is None:
        return StatusSpan(title.first - 1, title.first, "in_force", "mentioned", "frame")
    start = max(page.sentence_range(title.first)[0], title.first - 5)
    for i in range(title.first - 1, start - 1, -1):
        if page.tokens.text[i] in (",", ";", ":") or is_finite(page, i):
            return None
        if (match := _marks("frames").match(page, i, title.first)) is not None and not _statuses().match(
            page, i, title.first
        ):
            return StatusSpan(i, match[1], "in_force", "mentioned", "frame")
    return None


def _retold(page: Page, title: TitleSpan) -> StatusSpan | None:
    """подписанное в 2019 году Соглашение; Соглашение, подписанное в 2019 году; Декларация 2018 года"""
    start = max(page.sentence_range(title.first)[0], title.first - 9)
    earlier = set(papers_table()["earlier"])
    for i in (*range(title.first - 1, start - 1, -1), *range(title.last, min(title.last + 3, len(page.tokens)))):
        if is_finite(page, i) and i < title.first:
            break
        if page.words[i].readings[0].pos in ("PRTF", "ADJF") and page.has_lemma(i, earlier):
            match = _statuses().match(page, i, i + 1)
            status = cast(AgreementStatus, match[0].codes[0] if match else "signed")
            today = any(
                _marks("same_occasion").match(page, k, len(page.tokens))
                for k in range(i + 1, min(i + 3, len(page.tokens)))
            )
            return StatusSpan(i, i + 1, status, "reported" if today else "earlier", "participle")
    return None


def _listed(page: Page, title: TitleSpan) -> StatusSpan | None:
    """... подписаны следующие документы: • Соглашение о ...; • Меморандум о ..."""
    number = page.tokens.sentence_of(page.tokens.start[title.first])
    first, _ = page.tokens.sentences[number]
    if any(page.tokens.is_word(k) and not page.tokens.text[k].isdigit() for k in range(first, title.first)):
        return None
    for k in range(number - 1, max(-1, number - 25), -1):
        begin, end = page.tokens.sentences[k]
        colon = end - 1 if page.tokens.text[end - 1] == ":" else _colon_in_item(page, begin, end)
        if colon is not None:
            found = [s for s in _spans_in(page, begin, colon) if s.status != "discussed"]
            return _best_of_list(title, found)
        if not _looks_like_item(page, begin, end):
            return None
    return None


def _colon_in_item(page: Page, first: int, last: int) -> int | None:
    """«подписаны: Соглашение о ...;» is the head of a list and its first item."""
    if page.tokens.text[last - 1] != ";":
        return None
    return next((k for k in range(first, last) if page.tokens.text[k] == ":"), None)


def _inline_list(page: Page, title: TitleSpan) -> StatusSpan | None:
    """В ходе визита подписаны: Соглашение о ...; Меморандум о ..."""
    first, _ = page.sentence_range(title.first)
    colon = next((k for k in range(first, title.first) if page.tokens.text[k] == ":"), None)
    if colon is None or page.tokens.text[title.first - 1] not in (":", ";", ",", "и", "«", "–", "-"):
        return None
    found = [s for s in _spans_in(page, first, colon) if s.status != "discussed"]
    return _best_of_list(title, found)


def _best_of_list(title: TitleSpan, found: list[StatusSpan]) -> StatusSpan | None:
    """«приняты и подписаны»: statements are adopted, the rest is signed."""
    statuses = {s.status: s for s in found}
    if title.kind in ("declaration", "communique") and "adopted" in statuses:
        return replace(statuses["adopted"], rule="list", active=False)
    best = statuses.get("signed") or (found[0] if found else None)
    return replace(best, rule="list", active=False) if best else None


def _looks_like_item(page: Page, first: int, last: int) -> bool:
    return page.tokens.text[last - 1] in (";", ",") or not any(is_finite(page, k) for k in range(first, last))


def _own_predicate(page: Page, title: TitleSpan) -> StatusSpan | None:
    """подписали Декларацию, а Договор о границе ратифицирован: the verb right after a title that opens its clause"""
    before = page.low[title.first - 1] if title.first else ""
    if before not in ("а", "но", ",", "и", ";") or "nomn" not in page.words[title.head].cases:
        return None
    found = _spans_in(page, title.last, min(clause_end(page, title.last - 1), title.last + 6))
    near = [s for s in found if s.first == title.last or before in ("а", "но")]
    return (
        replace(near[0], rule="after")
        if (near and not near[0].active) or (near and near[0].status == "in_force")
        else None
    )


def _verb_before(page: Page, title: TitleSpan) -> StatusSpan | None:
    """подписали Декларацию; Текст ... парафирован; планируется принять Заявление; состоялось подписание Соглашения"""
    first = clause_start(page, title.first)
    found = [
        s
        for s in _spans_in(page, first, title.first)
        if s.last <= title.first and not _verb_between(page, s, title.first)
    ]
    decisive = [s for s in found if s.status != "discussed"] or found
    nearest = decisive[-1] if found and _is_draft(page, found[-1]) else found[-1] if found else None
    return replace(nearest, rule="verb") if nearest else None


def _verb_between(page: Page, span: StatusSpan, last: int) -> bool:
    """«принял посла и поблагодарил за План ...»: another verb governs the title."""
    verbs = [k for k in range(span.last, last) if is_finite(page, k) and k not in page.covering]
    return any(not _statuses().match(page, k, last) for k in verbs)


def _is_draft(page: Page, span: StatusSpan) -> bool:
    """«одобрили проект соглашения»: the draft was approved."""
    return page.low[span.first].startswith("проект")


def _relative(page: Page, title: TitleSpan) -> StatusSpan | None:
    """итогом стала Декларация, которую подписали президенты; в Соглашении, которое они подписали, говорится о ...

    Not «напомнил о Договоре, который подписали ...»: a paper that is spoken of may be an old one.
    """
    before = page.low[title.first - 1] if title.first else ""
    plain = before == "в" or not page.words[title.head].cases.isdisjoint({"nomn", "accs"})
    if (
        not plain
        or page.tokens.text[title.last : title.last + 1] != [","]
        or not page.has_lemma(title.last + 1, {"который"})
    ):
        return None
    end = clause_end(page, title.last + 1)
    found = [
        s
        for s in _spans_in(page, title.last + 2, end)
        if is_finite(page, s.first) or page.words[s.first].pos & {"PRTS", "INFN"}
    ]
    inside = range(title.last + 2, end)
    old = any(
        _YEAR.match(page.low[k]) or any(_marks(m).match(page, k, end) for m in ("long_ago", "gone_by")) for k in inside
    )
    if not found or found[0].status == "discussed":
        return None
    return replace(found[0], rule="relative", relation="earlier" if old else "reported")


_YEAR = re.compile(r"^\d{4}$")


def _verb_after(page: Page, title: TitleSpan) -> StatusSpan | None:
    """Соглашение о защите инвестиций согласовано; Договор вступил в силу"""
    last = min(clause_end(page, title.last - 1), title.last + 14)
    found = [
        s for s in _spans_in(page, title.last, last) if is_finite(page, s.first) or "INFN" in page.words[s.first].pos
    ]
    return replace(found[0], rule="after") if found else None


_RULES: tuple[Callable[[Page, TitleSpan], StatusSpan | None], ...] = (
    _framed,
    _retold,
    _listed,
    _inline_list,
    _own_predicate,
    _verb_before,
    _relative,
    _verb_after,
)


def _spans_in(page: Page, first: int, last: int) -> list[StatusSpan]:
    """All statuses that the words of a range say, with their mood."""
    found: list[StatusSpan] = []
    i = first
    while i < last:
        match = None if i in page.covering else _statuses().match(page, i, last)
        if match is None or not _means_paper(page, i, match[1]) or (i and page.low[i - 1] == "не"):
            i += 1
            continue
        status = cast(AgreementStatus, match[0].codes[0])
        found.append(_with_mood(page, StatusSpan(i, match[1], status, active=_is_active(page, i)), first))
        i = match[1]
    return found


def _means_paper(page: Page, i: int, last: int) -> bool:
    """Not «принял участие», «принял министра», «по итогам рассмотренных вопросов»."""
    if (
        last < len(page.tokens)
        and page.has_lemma(last, {"участие", "внимание", "меры", "мера", "гость"})
        and page.low[i].startswith("при")
    ):
        return False
    return last - i > 1 or page.words[i].readings[0].pos not in ("PRTF", "ADJF")


def _is_active(page: Page, i: int) -> bool:
    return "VERB" in page.words[i].pos and "PRTS" not in page.words[i].pos and not page.low[i].endswith(("ся", "сь"))


_OPEN = frozenset("discussed agreed planned announced".split())


def _with_mood(page: Page, span: StatusSpan, first: int) -> StatusSpan:
    """«планируется подписать», «намерены ратифицировать», «будет подписан», «подпишут», «ожидается подписание»: planned."""
    if span.status in _OPEN or span.status == "in_force":
        return span
    infinitive = bool(page.words[span.first].pos & {"INFN"})
    noun = page.words[span.first].readings[0].pos == "NOUN"
    future = "futr" in page.words[span.first].tags and "VERB" in page.words[span.first].pos
    before = range(max(first, span.first - 10), span.first)
    coming = any(_marks("planned").match(page, k, len(page.tokens)) for k in before if not _cut(page, k, span.first))
    after = noun and any(
        _marks("planned").match(page, k, len(page.tokens))
        for k in range(span.last, min(span.last + 4, len(page.tokens)))
    )
    auxiliary = span.first > 0 and page.low[span.first - 1] in ("будет", "будут")
    if infinitive or future or auxiliary or (noun and (coming or after)) or (coming and _governs_short(page, span)):
        return replace(span, status="planned", active=False)
    return span


def _cut(page: Page, k: int, verb: int) -> bool:
    """Whether a comma or another finite verb stands between a word of planning and the verb."""
    return any(page.tokens.text[j] in ",;:" or is_finite(page, j) for j in range(k + 1, verb))


def _governs_short(page: Page, span: StatusSpan) -> bool:
    return bool(page.words[span.first].pos & {"PRTS"}) and span.first > 0 and page.low[span.first - 1] in ("быть",)


_DONE = frozenset("signed initialled ratified".split())
_SETTLED = _DONE | {"adopted", "approved", "agreed"}


def refusal(page: Page, title: TitleSpan, status: StatusSpan) -> str | None:
    """Why a document with a status is still none of this page's, or None."""
    if status.rule == "frame":
        return "only the frame of something else"
    if status.rule == "list":
        return None
    if title.weak and not _worked_on(page, title, status) and not _settled(page, title, status):
        return "a plan or decision that nobody adopted"
    if page.quoted and page.quoted[title.first] and status.status not in _DONE:
        return "a speaker's word, no signing"
    if status.status == "discussed" and title.kind in ("package", "decision"):
        return "discussed papers without a title"
    return None


def _worked_on(page: Page, title: TitleSpan, status: StatusSpan) -> bool:
    """«продолжить работу над программой сотрудничества»"""
    near = title.first - status.last <= 2
    return (
        near
        and status.status == "discussed"
        and page.low[status.first].startswith(("работ", "разраб"))
        and title.kind in ("programme", "plan")
    )


def _settled(page: Page, title: TitleSpan, status: StatusSpan) -> bool:
    """«принято распоряжение о ...», in a body also «принято решение о ...»; not «принял решение о визите», «принял программу»."""
    if status.status not in _SETTLED:
        return False
    if status.status == "adopted" and status.active and page.words[status.first].has("sing"):
        return False
    if title.kind == "declaration":
        return title.about is not None or page.low[title.head + 1 : title.head + 2] == ["к"]
    if title.kind == "decision" and page.low[title.head].startswith("решени"):
        return title.about is not None and any(m.kind in ("body", "organisation", "format") for m in page.mentions)
    return True


def relation_of(page: Page, title: TitleSpan, status: StatusSpan, dates: list[DateSpan]) -> Relation:
    if status.relation != "reported":
        return status.relation
    first, _ = page.sentence_range(title.first)
    k = next((k for k in range(first, title.first + 1) if page.tokens.is_word(k)), first)
    if page.low[k] in papers_table()["background"]:
        return "earlier"
    if any(_marks("long_ago").match(page, i, title.first) for i in range(first, title.first)):
        return "earlier"
    past = status.status not in ("planned", "discussed") and status.rule != "list"
    return "earlier" if past and any(_is_old(d.date) for d in dates_in(dates, first, title.first)) else "reported"


def _is_old(date: Date) -> bool:
    """«в 2014 году утвердили», «в мае подписали»: a readout gives the day of what it reports."""
    if date.qualifier is not None or "/" in date.value:
        return False
    return date.precision in ("year", "month") or (date.precision == "no_year" and len(date.value) == 7)
