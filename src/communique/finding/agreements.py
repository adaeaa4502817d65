"""What happened to documents: signed, initialled, adopted, agreed, planned, discussed; by whom and between whom.

In: a page and its actor table. Out: unsealed `Agreement`s. A document without a clear status is none; one that is only
the frame of something («в рамках Конвенции», «30-летие Договора») is not reported.
"""

import msgspec

from communique.errors import CommuniqueError
from communique.finding.clauses import find_subjects, is_finite
from communique.finding.coref import ActorTable
from communique.finding.dates import DateSpan, dates_in, find_dates
from communique.finding.page import Mention, Page
from communique.finding.statuses import StatusSpan, refusal, relation_of, status_of
from communique.finding.titles import TitleSpan, find_titles
from communique.record.document import ActorRef, Evidence, Inferred
from communique.record.facts import Agreement, Signer
from communique.record.record import Problem
from communique.record.vocabulary import SignerAct


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
    titles = find_titles(page)
    for title in titles:
        status = status_of(page, title)
        what = page.written(title.first, title.last)
        reason = "no clear status" if status is None else refusal(page, title, status)
        reason = reason or ("the papers are named after it" if _is_sum(page, title, titles) else None)
        if status is None or reason is not None:
            page.fired("agreements.title", title.first, title.last, what, refused=reason)
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


# The fact --------------------------------------------------------------------------------------------------------


def _build(page: Page, table: ActorTable, title: TitleSpan, status: StatusSpan, dates: list[DateSpan]) -> Agreement:
    start, end = page.chars(title.first, title.last)
    inner = list(dates_in(dates, title.first, title.last))
    period = next((d.date for d in inner if _is_period(page, d)), None)
    written = _document_date(page, title, inner, dates)
    evidence = [page.doc.cite(start, end, "title", "kind")]
    evidence.append(page.doc.cite(*page.chars(status.first, status.last), "status"))
    if period is not None:
        evidence.append(page.doc.cite(start, end, "period"))
    relation = relation_of(page, title, status, dates)
    if written is not None:
        evidence.append(page.doc.cite(*page.chars(written.first, written.last), "document_date"))
        relation = (
            "earlier" if relation == "reported" and status.status != "signed" and status.rule != "list" else relation
        )
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
        evidence=(
            *evidence,
            *(page.doc.cite(*page.chars(m.first, m.last), "signers") for m in signed_by if signers),
            *shown,
        ),
        inferred=inferred,
    )


def _is_period(page: Page, span: DateSpan) -> bool:
    """«на 2026–2030 годы», «на 2025 год», «до 2030 года»"""
    return "/" in span.date.value or span.date.qualifier in ("by", "before") or page.low[span.first - 1] == "на"


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


def _parties(
    page: Page, table: ActorTable, title: TitleSpan, signed_by: list[Mention], status: StatusSpan
) -> tuple[tuple[ActorRef, ...], list[Evidence], tuple[Inferred, ...]]:
    """The states of the title («между Лирией и Тарлыком»), else the states that the signers' offices name."""
    named = [
        m
        for m in page.mentions_in(title.first, title.last)
        if m.kind in ("state", "organisation") and table.draft_of(m) is not None
    ]
    if len(named) > 1:
        refs = tuple(dict.fromkeys(_refer(table, m) for m in named))
        return refs, [page.doc.cite(*page.chars(title.first, title.last), "parties")], ()
    states: dict[str, bool] = {}
    shown: list[Evidence] = []
    for mention in signed_by:
        draft = table.draft_of(mention)
        stated = mention.stated_state if mention.kind == "person" else mention.key
        code = (
            stated
            or (next(iter(sorted(draft.states)), None) if draft else None)
            or (draft.represents if draft else None)
        )
        if code in page.world.states and code not in states:
            states[code] = stated is not None
            if stated:
                shown.append(page.doc.cite(*page.chars(mention.first, mention.last), "parties"))
    if not states:
        return (), [], ()
    refs = tuple(table.refer(table.state(code)) for code in states)
    inferred = () if all(states.values()) else (Inferred("parties", "the states of those who signed", "coreference"),)
    return refs, shown, inferred


def _with_witness(
    page: Page, table: ActorTable, title: TitleSpan, agreement: Agreement, made: list[tuple[TitleSpan, Agreement]]
) -> Agreement:
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
    return msgspec.structs.replace(
        agreement, signers=(*agreement.signers, witness), evidence=(*agreement.evidence, proof)
    )


def _is_sum(page: Page, title: TitleSpan, titles: list[TitleSpan]) -> bool:
    """«ряд документов, в том числе Решение о ...»: an uncounted package whose papers follow by name."""
    if title.kind != "package" or title.count is not None:
        return False
    _, last = page.sentence_range(title.first)
    after = page.low[title.last : min(last, title.last + 4)]
    named = after[:1] == [":"] or after[:4] == [",", "в", "том", "числе"] or after[:2] == [",", "среди"]
    return named and any(title.last <= t.first < last for t in titles)


_RANK = (
    "in_force",
    "ratified",
    "signed",
    "initialled",
    "adopted",
    "approved",
    "agreed",
    "denounced",
    "announced",
    "planned",
    "discussed",
)


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
