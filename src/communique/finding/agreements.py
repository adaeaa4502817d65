"""What happened to documents: signed, initialled, adopted, agreed, planned, discussed; by whom and between whom.

In: a page and its actor table. Out: unsealed `Agreement`s. A document without a clear status is none; one that is only
the frame of something («в рамках Конвенции», «30-летие Договора») is not reported.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

import msgspec

from communique.errors import CommuniqueError
from communique.finding.clauses import clause_end, clause_start, find_subjects, is_finite
from communique.finding.coref import ActorTable
from communique.finding.dates import DateSpan, dates_in, find_dates
from communique.finding.page import Mention, Page
from communique.finding.phrases import Phrases
from communique.finding.titles import TitleSpan, find_titles, papers_table
from communique.record.dates import Date
from communique.record.document import ActorRef, Evidence, Inferred
from communique.record.facts import Agreement, Signer
from communique.record.record import Problem
from communique.record.vocabulary import AgreementStatus, Relation, SignerAct


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """What the words at `first`..`last` say happened; `verb` is where a subject may be sought."""

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


def find_agreements(page: Page, table: ActorTable) -> list[Agreement]:
    """The documents of the page with their status.

    >>> from communique.record.document import Document
    >>> from communique.finding.coref import resolve
    >>> from communique.finding.page import open_page
    >>> from communique.world.world import load_world
    >>> doc = Document(id="d", version="v", text="Подписан Меморандум о туризме. Соглашение о транзите планируется подписать до конца 2027 года.")
    >>> page = open_page(doc, load_world())
    >>> [(a.title, a.status) for a in find_agreements(page, resolve(page))]
    [('Меморандум о туризме', 'signed'), ('Соглашение о транзите', 'planned')]
    """
    dates = find_dates(page)
    made: list[tuple[TitleSpan, Agreement]] = []
    for title in find_titles(page):
        status = _status_of(page, title)
        what = page.written(title.first, title.last)
        if status is None or _refused(page, title, status):
            page.fired("agreements.title", title.first, title.last, what, refused="no clear status" if status is None else "not a document of this page")
            continue
        try:
            agreement = _build(page, table, title, status, dates)
        except CommuniqueError as error:
            start, end = page.chars(title.first, title.last)
            table.problems.append(Problem(code="agreement_not_built", message=str(error), start=start, end=end))
            continue
        page.fired(agreement.rule, title.first, title.last, what)
        made.append((title, agreement))
    return _once([_with_witness(page, table, t, a, made) for t, a in made])


# Status ----------------------------------------------------------------------------------------------------------


def _status_of(page: Page, title: TitleSpan) -> StatusSpan | None:
    """The first rule that decides."""
    for rule in _RULES:
        status = rule(page, title)
        if status is not None:
            return status
    return None


def _framed(page: Page, title: TitleSpan) -> StatusSpan | None:
    """в рамках Конвенции о ...; по случаю 30-летия Договора; согласно Протоколу"""
    start = max(page.sentence_range(title.first)[0], title.first - 5)
    for i in range(title.first - 1, start - 1, -1):
        if page.tokens.text[i] in (",", ";", ":") or is_finite(page, i):
            return None
        if (match := _marks("frames").match(page, i, title.first)) is not None and not _statuses().match(page, i, title.first):
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
            today = any(_marks("same_occasion").match(page, k, len(page.tokens)) for k in range(i + 1, min(i + 3, len(page.tokens))))
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


def _verb_before(page: Page, title: TitleSpan) -> StatusSpan | None:
    """подписали Декларацию; Текст ... парафирован; планируется принять Заявление; состоялось подписание Соглашения"""
    first = clause_start(page, title.first)
    found = [s for s in _spans_in(page, first, title.first) if s.last <= title.first and not _verb_between(page, s, title.first)]
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


def _verb_after(page: Page, title: TitleSpan) -> StatusSpan | None:
    """Соглашение о защите инвестиций согласовано; Договор вступил в силу"""
    last = min(clause_end(page, title.last - 1), title.last + 14)
    found = [s for s in _spans_in(page, title.last, last)]
    return replace(found[0], rule="after") if found else None


_RULES: tuple[Callable[[Page, TitleSpan], StatusSpan | None], ...] = (_framed, _retold, _listed, _inline_list, _verb_before, _verb_after)


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
    if last < len(page.tokens) and page.has_lemma(last, {"участие", "внимание", "меры", "мера", "гость"}) and page.low[i].startswith("при"):
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
    after = noun and any(_marks("planned").match(page, k, len(page.tokens)) for k in range(span.last, min(span.last + 4, len(page.tokens))))
    auxiliary = span.first > 0 and page.low[span.first - 1] in ("будет", "будут")
    if infinitive or future or auxiliary or (noun and (coming or after)) or (coming and _governs_short(page, span)):
        return replace(span, status="planned", active=False)
    return span


def _cut(page: Page, k: int, verb: int) -> bool:
    """Whether a comma or another finite verb stands between a word of planning and the verb."""
    return any(page.tokens.text[j] in ",;:" or is_finite(page, j) for j in range(k + 1, verb))


def _governs_short(page: Page, span: StatusSpan) -> bool:
    return bool(page.words[span.first].pos & {"PRTS"}) and span.first > 0 and page.low[span.first - 1] in ("быть",)


def _refused(page: Page, title: TitleSpan, status: StatusSpan) -> bool:
    """Frames are not reported; weak heads need a verb of adoption; marked words of a speaker need a signing."""
    if status.rule == "frame":
        return True
    if title.weak and status.rule != "list" and not _worked_on(page, title, status) and (status.status not in ("signed", "initialled", "ratified", "adopted", "approved", "agreed") or not _adopted_weakly(page, title, status)):
        return True
    if status.rule != "list" and page.quoted and page.quoted[title.first] and status.status not in ("signed", "initialled", "ratified"):
        return True
    return status.status == "discussed" and title.kind in ("package", "decision")


def _worked_on(page: Page, title: TitleSpan, status: StatusSpan) -> bool:
    """«продолжить работу над программой сотрудничества»"""
    return status.status == "discussed" and page.low[status.first].startswith(("работ", "разраб")) and title.kind in ("programme", "plan")


def _adopted_weakly(page: Page, title: TitleSpan, status: StatusSpan) -> bool:
    """«принято распоряжение о ...»; not «принял решение о визите», «принял программу»."""
    if status.status == "adopted" and status.active and page.words[status.first].has("sing"):
        return False
    return not (title.kind == "decision" and page.low[title.head].startswith("решени") and title.about is None)


def _relation(page: Page, title: TitleSpan, status: StatusSpan, dates: list[DateSpan]) -> Relation:
    if status.relation != "reported":
        return status.relation
    first, _ = page.sentence_range(title.first)
    k = next((k for k in range(first, title.first + 1) if page.tokens.is_word(k)), first)
    if page.low[k] in papers_table()["background"]:
        return "earlier"
    past = status.status not in ("planned", "discussed") and status.rule != "list"
    return "earlier" if past and any(_is_old(d.date) for d in dates_in(dates, first, title.first)) else "reported"


def _is_old(date: Date) -> bool:
    """«в 2014 году утвердили», «в мае подписали»: a readout gives the day of what it reports."""
    if date.qualifier is not None or "/" in date.value:
        return False
    return date.precision in ("year", "month") or (date.precision == "no_year" and len(date.value) == 7)


# The fact --------------------------------------------------------------------------------------------------------


def _build(page: Page, table: ActorTable, title: TitleSpan, status: StatusSpan, dates: list[DateSpan]) -> Agreement:
    start, end = page.chars(title.first, title.last)
    inner = list(dates_in(dates, title.first, title.last))
    period = next((d.date for d in inner if "/" in d.date.value or d.date.qualifier in ("by", "before")), None)
    written = _document_date(page, title, inner, dates)
    evidence = [page.doc.cite(start, end, "title", "kind")]
    evidence.append(page.doc.cite(*page.chars(status.first, status.last), "status"))
    if period is not None:
        evidence.append(page.doc.cite(start, end, "period"))
    relation = _relation(page, title, status, dates)
    if written is not None:
        evidence.append(page.doc.cite(*page.chars(written.first, written.last), "document_date"))
        relation = "earlier" if relation == "reported" and status.status != "signed" and status.rule != "list" else relation
    if title.count is not None:
        evidence.append(page.doc.cite(start, end, "count"))
    subject = page.written(title.about, title.last) if title.about is not None else None
    if subject:
        evidence.append(page.doc.cite(start, end, "subject"))
    signers, signed_by = _signers(page, table, status) if relation == "reported" else ((), [])
    parties, shown, inferred = _parties(page, table, title, signed_by, status)
    return Agreement(
        title=page.doc.text[start:end],
        kind=title.kind,
        status=status.status,
        parties=parties,
        signers=signers,
        subject=subject,
        document_date=written.date if written else None,
        period=period,
        count=title.count,
        relation=relation,
        rule=f"agreements.{status.status}_{status.rule}",
        evidence=tuple([*evidence, *(page.doc.cite(*page.chars(m.first, m.last), "signers") for m in signed_by if signers), *shown]),
        inferred=inferred,
    )


def _document_date(page: Page, title: TitleSpan, inner: list[DateSpan], dates: list[DateSpan]) -> DateSpan | None:
    """«Договор от 5 мая 2020 года», «Декларация 2018 года»: the date that the title bears."""
    for span in (*inner, *dates_in(dates, title.last, min(title.last + 6, len(page.tokens)))):
        before = page.low[span.first - 1] if span.first else ""
        plain = "/" not in span.date.value and span.date.qualifier is None
        if plain and (before == "от" or (span.date.precision == "year" and span.first in (title.head + 1, title.last))):
            return span
    return None


_SIGNS: dict[str, SignerAct] = {"signed": "signed", "initialled": "initialled", "ratified": "ratified"}


def _signers(page: Page, table: ActorTable, status: StatusSpan) -> tuple[tuple[Signer, ...], list[Mention]]:
    """«Президенты А и Б подписали ...»: the subjects of an active verb of signing."""
    act = _SIGNS.get(status.status)
    if act is None or not status.active:
        return (), []
    mentions = [m for m in find_subjects(page, status.first) if table.draft_of(m) is not None]
    mentions = [m for m in mentions if m.kind in ("person", "plural", "state", "side", "organisation", "body")]
    return tuple(Signer(actor=_refer(table, m), act=act) for m in mentions), mentions


def _refer(table: ActorTable, mention: Mention) -> ActorRef:
    draft = table.draft_of(mention)
    assert draft is not None
    return table.refer(draft, mention)


def _parties(page: Page, table: ActorTable, title: TitleSpan, signed_by: list[Mention], status: StatusSpan) -> tuple[tuple[ActorRef, ...], list[Evidence], tuple[Inferred, ...]]:
    """The states of the title («между Лирией и Тарлыком»), else the states that the signers' offices name."""
    named = [m for m in page.mentions_in(title.first, title.last) if m.kind in ("state", "organisation") and table.draft_of(m) is not None]
    if len(named) > 1:
        refs = tuple(dict.fromkeys(_refer(table, m) for m in named))
        return refs, [page.doc.cite(*page.chars(title.first, title.last), "parties")], ()
    states: dict[str, bool] = {}
    shown: list[Evidence] = []
    for mention in signed_by:
        draft = table.draft_of(mention)
        stated = mention.stated_state if mention.kind == "person" else mention.key
        code = stated or (next(iter(sorted(draft.states)), None) if draft else None) or (draft.represents if draft else None)
        if code in page.world.states and code not in states:
            states[cast(str, code)] = stated is not None
            if stated:
                shown.append(page.doc.cite(*page.chars(mention.first, mention.last), "parties"))
    if not states:
        return (), [], ()
    refs = tuple(table.refer(table.state(code)) for code in states)
    inferred = () if all(states.values()) else (Inferred("parties", "the states of those who signed", "coreference"),)
    return refs, shown, inferred


def _with_witness(page: Page, table: ActorTable, title: TitleSpan, agreement: Agreement, made: list[tuple[TitleSpan, Agreement]]) -> Agreement:
    """«Посредник поставил под документом подпись в качестве свидетеля»: a signer who is no party."""
    if agreement.status != "signed":
        return agreement
    number = page.tokens.sentence_of(page.tokens.start[title.first])
    if number + 1 >= len(page.tokens.sentences):
        return agreement
    first, last = page.tokens.sentences[number + 1]
    if any(first <= t.first < last for t, _ in made):
        return agreement
    words = [k for k in range(first, last) if page.has_lemma(k, {"свидетель"})]
    verbs = [k for k in range(first, last) if is_finite(page, k)]
    signs = any(page.low[k].startswith(("подпис", "расписа")) for k in range(first, last))
    if not (words and verbs and signs):
        return agreement
    mentions = [m for m in find_subjects(page, verbs[0]) if m.kind == "person" and table.draft_of(m) is not None]
    if len(mentions) != 1:
        return agreement
    witness = Signer(actor=_refer(table, mentions[0]), act="witnessed")
    proof = page.doc.cite(page.chars(mentions[0].first, last)[0], page.chars(first, last)[1], "signers")
    return msgspec.structs.replace(agreement, signers=(*agreement.signers, witness), evidence=(*agreement.evidence, proof))


_RANK = ("in_force", "ratified", "signed", "initialled", "adopted", "approved", "agreed", "denounced", "announced", "planned", "discussed")


def _once(agreements: list[Agreement]) -> list[Agreement]:
    """A document told twice (headline and body) is one: the one with the clearer status, the first where they are equal."""
    kept: list[Agreement] = []
    for agreement in agreements:
        twin = next((k for k in kept if _same_title(k, agreement)), None)
        if twin is None:
            kept.append(agreement)
        elif _RANK.index(agreement.status) < _RANK.index(twin.status):
            kept[kept.index(twin)] = agreement
    return kept


def _same_title(one: Agreement, other: Agreement) -> bool:
    stems = [{w[:5] for w in a.title.lower().replace("ё", "е").split() if len(w) > 2} for a in (one, other)]
    return one.kind == other.kind and one.count == other.count and (stems[0] <= stems[1] or stems[1] <= stems[0])


__all__ = ["find_agreements"]
