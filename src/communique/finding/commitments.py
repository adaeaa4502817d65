"""What somebody undertook, was told or plans to do, with its deadline.

In: a page and its actor table. Out: unsealed `Commitment`s. The words of the undertaking are the clause after the verb;
a plan to meet, to discuss or to sign is none here: meetings and agreements tell it.
"""

from functools import cache
from typing import Any, cast

from communique.errors import CommuniqueError
from communique.finding.amounts import AmountSpan, find_amounts
from communique.finding.clauses import clause_end, clause_start, find_subjects, is_finite
from communique.finding.coref import ActorTable
from communique.finding.dates import DateSpan, dated_after, dates_in, find_dates
from communique.finding.lexicon import load_resource
from communique.finding.page import Mention, Page
from communique.finding.phrases import Phrases
from communique.record.document import Evidence, Inferred
from communique.record.facts import Commitment
from communique.record.record import Problem
from communique.record.vocabulary import CommitmentKind

_LONGEST_CLAUSE = 60


@cache
def _table() -> Any:
    return load_resource("ru", "commitments")


@cache
def _coming_verbs() -> frozenset[str]:
    return frozenset(_table()["coming_verbs"])


@cache
def _triggers() -> Phrases:
    table = _table()
    return Phrases({**table["triggers"], **{name: table[name] for name in ("chairing", "coming", "agreed")}})


@cache
def _never() -> Phrases:
    return Phrases({"never": _table()["never"]})


def find_commitments(page: Page, table: ActorTable) -> list[Commitment]:
    """The undertakings of the page, in order.

    >>> from communique.record.document import Document
    >>> from communique.finding.coref import resolve
    >>> from communique.finding.page import open_page
    >>> from communique.world.world import load_world
    >>> doc = Document(id="d", version="v", text="Правительству поручено до конца 2027 года удвоить поставки зерна. Стороны намерены обсудить торговлю.")
    >>> page = open_page(doc, load_world())
    >>> [(c.kind, c.what, c.deadline.value) for c in find_commitments(page, resolve(page))]
    [('task', 'до конца 2027 года удвоить поставки зерна', '2027-12-31')]
    """
    dates, amounts = find_dates(page), find_amounts(page)
    found: list[Commitment] = []
    for first, last in page.tokens.sentences:
        i = first
        while i < last:
            named = i in page.covering or (i > first and page.low[i - 1] == "не")
            match = None if named else _triggers().match(page, i, last)
            if match is None:
                i += 1
                continue
            kind = match[0].codes[0]
            made = _commitment(page, table, kind, i, match[1], last, dates, amounts)
            if made is not None:
                found.append(made)
                page.fired(made.rule, i, match[1], made.what)
            i = clause_end(page, i) if made is not None else match[1]
    return found


def _commitment(
    page: Page,
    table: ActorTable,
    kind: str,
    at: int,
    after: int,
    last: int,
    dates: list[DateSpan],
    amounts: list[AmountSpan],
) -> Commitment | None:
    span = _what(page, kind, at, after, last)
    if span is not None and kind == "agreed" and not any(_is_term(d) for d in dates_in(dates, *span)):
        span = None
    if span is None:
        page.fired(
            f"commitments.{kind}",
            at,
            after,
            page.written(at, after),
            refused="a plan to meet or sign, without a term, or no words of what",
        )
        return None
    try:
        return _build(page, table, kind, at, after, span, dates, amounts)
    except CommuniqueError as error:
        start, end = page.chars(at, after)
        table.problems.append(Problem(code="commitment_not_built", message=str(error), start=start, end=end))
        return None


def _what(page: Page, kind: str, at: int, after: int, last: int) -> tuple[int, int] | None:
    """The words of the undertaking: «обязались, что ...» and «намерены ...» go on, «в ходе председательства» stands inside."""
    if kind == "chairing":
        first, _ = page.sentence_range(at)
        verb = any(
            is_finite(page, k) and ("futr" in page.words[k].tags or "pres" in page.words[k].tags)
            for k in range(first, last)
        )
        ready = next((k for k in range(first, at) if page.has_lemma(k, _READY)), None)
        begin = first if verb else ready  # «подчеркнул готовность к ... в ходе предстоящего председательства»
        return (begin, _trimmed(page, begin, last)) if begin is not None else None
    if kind == "coming":
        return _coming(page, at, last)
    begin = after
    while begin < last and (
        page.low[begin] in (",", "что", "и", ":") or (begin in page.covering and page.covering[begin].has_case("datv"))
    ):
        begin = max(begin + 1, page.covering[begin].last if begin in page.covering else 0)
    stop = min(clause_end(page, begin) if begin < last else last, begin + _LONGEST_CLAUSE)
    if page.quoted:
        stop = next((k for k in range(begin, stop) if page.quoted[k] != page.quoted[at]), stop)
    end = _trimmed(page, begin, stop)
    if end - begin < 2 or (kind in ("plan", "task", "agreed") and not _does(page, begin, end)):
        return None
    return begin, end


def _coming(page: Page, at: int, last: int) -> tuple[int, int] | None:
    """«Следующее заседание Совета | состоится | в октябре в Арде»: the clause, if its verb speaks of the future."""
    first, stop = clause_start(page, at), clause_end(page, at)
    if page.quoted[at] or at - first > 3 or "nomn" not in page.words[at].cases:
        return None
    said = [k for k in range(at, min(stop, last)) if page.has_lemma(k, _coming_verbs())]
    ahead = [
        k
        for k in said
        if "futr" in page.words[k].tags or "PRTS" in page.words[k].pos or page.has_lemma(k, {"планироваться"})
    ]
    return (first, _trimmed(page, first, min(stop, last))) if ahead else None


def _is_term(span: DateSpan) -> bool:
    return span.date.qualifier in ("by", "before") or span.date.precision in ("day", "no_year", "month")


_READY = frozenset({"готовность", "намерение"})


def _does(page: Page, first: int, last: int) -> bool:
    """A plan or task says in the infinitive what is to be done, and it is more than a talk."""
    infinitive = next((k for k in range(first, min(last, first + 8)) if page.words[k].pos & {"INFN"}), None)
    return infinitive is not None and _never().match(page, infinitive, last) is None


def _trimmed(page: Page, first: int, last: int) -> int:
    while last > first and not page.tokens.is_word(last - 1) and page.tokens.text[last - 1] not in "%»":
        last -= 1
    return last


_PLANS = ("chairing", "coming", "agreed")


def _build(
    page: Page,
    table: ActorTable,
    kind: str,
    at: int,
    after: int,
    span: tuple[int, int],
    dates: list[DateSpan],
    amounts: list[AmountSpan],
) -> Commitment:
    first, last = span
    start, end = page.chars(first, last)
    evidence: list[Evidence] = [page.doc.cite(*page.chars(at, after), "kind"), page.doc.cite(start, end, "what")]
    who = _who(page, table, kind, at, after)
    evidence += [page.doc.cite(*page.chars(m.first, m.last), "who") for m in who]
    deadline = next(
        (d for d in dates_in(dates, first, last) if _is_deadline(kind, d)),
        None,
    )
    amount = next((a for a in amounts if first <= a.first < last), None)
    date, year_from = dated_after(deadline, page.doc.published) if deadline else (None, None)
    if deadline is not None:
        evidence.append(page.doc.cite(*page.chars(deadline.first, deadline.last), "deadline"))
    if amount is not None:
        evidence.append(page.doc.cite(*page.chars(amount.first, amount.last), "amount"))
    doers = tuple(table.refer(d, m) for m in who if (d := table.draft_of(m)) is not None)
    inferred: tuple[Inferred, ...] = ()
    if date is not None and year_from is not None:
        inferred = (Inferred("deadline", year_from, date.original),)
    if kind == "chairing" and not doers and page.home and page.low[after] in ("нашей", "нашего"):
        doers = (table.refer(table.state(page.home)),)
        inferred = (*inferred, Inferred("who", "the publisher's own state", "publisher"))
    return Commitment(
        kind="plan" if kind in _PLANS else cast(CommitmentKind, kind),
        who=doers,
        inferred=inferred,
        what=page.doc.text[start:end],
        deadline=date,
        amount=page.written(amount.first, amount.last) if amount else None,
        rule=f"commitments.{kind}",
        evidence=tuple(evidence),
    )


def _is_deadline(kind: str, span: DateSpan) -> bool:
    """A term; of what is planned or agreed for a day or month also that."""
    ends = span.date.qualifier in ("by", "before")
    planned = kind in ("coming", "agreed") and span.date.qualifier in (None, "on") and _is_term(span)
    return (ends or planned) and "/" not in span.date.value


def _who(page: Page, table: ActorTable, kind: str, at: int, after: int) -> list[Mention]:
    """Who is to do it: the subject; for a task the one who is told; for a chairmanship the state named after it."""
    if kind == "chairing":
        near = list(page.mentions_in(after, min(after + 4, len(page.tokens))))
        return [m for m in near if m.kind == "state" and table.draft_of(m) is not None][:1]
    if kind == "coming":
        return []
    if kind == "task":
        first, last = page.sentence_range(at)
        told = [
            m
            for m in page.mentions_in(first, last)
            if m.kind in ("person", "organisation", "plural")
            and m.cases
            and "datv" in m.cases
            and "nomn" not in m.cases
        ]
        return [m for m in told if table.draft_of(m) is not None][:2]
    return [m for m in find_subjects(page, at) if table.draft_of(m) is not None]


__all__ = ["find_commitments"]
