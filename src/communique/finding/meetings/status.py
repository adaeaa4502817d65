"""Whether a candidate was held, is under way, is planned, cancelled, postponed or denied, and which meeting it is
in time: the reported one, an earlier or a later one."""

from collections.abc import Sequence

from communique.finding.clauses import clause_end, clause_start, is_finite
from communique.finding.dates import DateSpan
from communique.finding.lexicon import word_set
from communique.finding.meetings.find import Candidate
from communique.finding.meetings.words import group
from communique.finding.page import Page
from communique.record.vocabulary import MeetingStatus, Relation

_BEGINS = word_set("status.begins")


def find_status(page: Page, candidate: Candidate) -> MeetingStatus:
    """The status that the words of the candidate's clause give it; `held` where they tell a past.

    «состоится», «планируется», «примут участие» → planned; «проходит» → under_way; «отменён» → cancelled.
    """
    at = candidate.trigger[0]
    clause = range(clause_start(page, at), clause_end(page, candidate.trigger[1] - 1))
    near = [
        i
        for i in clause
        if not page.quoted[i] and (i not in page.covering or page.covering[i].kind in ("place", "state"))
    ]
    if candidate.rule == "meetings.denied" or _sentence_denies(page, candidate):
        return "denied"
    for status, words in (("cancelled", "cancelled"), ("postponed", "postponed")):
        if any(
            page.has_lemma(i, group(words)) and (is_finite(page, i) or "PRTS" in page.words[i].pos)
            for i in near
            if abs(i - at) < 12
        ):
            return status  # type: ignore[return-value]
    verb = candidate.verb if candidate.verb is not None else next((i for i in near if is_finite(page, i)), None)
    if verb is not None and verb > 0 and page.low[verb - 1] == "не" and _tense(page, verb) in ("futr", "past"):
        return "cancelled"
    if _refused(page, candidate, near):
        return "cancelled"
    if any(
        page.has_lemma(i, group("planned"))
        for i in near
        if abs(i - at) < 10 and (is_finite(page, i) or page.words[i].pos & {"PRTS", "PRTF", "ADJF"})
    ):
        return "planned"
    if verb is None:
        return "held"
    if "INFN" in page.words[verb].pos and candidate.rule == "meetings.held":
        return "planned"
    tense = _tense(page, verb)
    if tense == "futr" or any(page.low[i] in ("будет", "будут") for i in near if abs(i - verb) < 6):
        return "planned"
    if tense == "pres" or (
        page.has_lemma(verb, _BEGINS) and tense == "past" and candidate.rule in ("meetings.held", "meetings.joined")
    ):
        return "under_way"
    return "held"


def _refused(page: Page, candidate: Candidate, near: list[int]) -> bool:
    """«отказался от встречи», «встречи не было»: it did not take place."""
    if candidate.noun is None:
        return False
    before = range(max(0, candidate.noun - 4), candidate.noun)
    if (
        any(page.has_lemma(i, {"отказаться", "отказываться"}) for i in before)
        and "от" in page.low[before.start : candidate.noun]
    ):
        return True
    return any(page.low[i] == "не" and page.low[i + 1] in ("было", "будет", "произошло") for i in near[:-1])


def _sentence_denies(page: Page, candidate: Candidate) -> bool:
    first, last = page.tokens.sentences[candidate.sentence]
    words = [i for i in range(first, last) if i not in page.covering and not page.quoted[i]]
    unconfirmed = any(
        page.low[i] == "не" and page.has_lemma(i + 1, {"подтвердиться", "подтвердить"}) for i in words if i + 1 < last
    )
    rumour = unconfirmed and any(page.has_lemma(i, {"сообщение", "слух", "информация"}) for i in words)
    return rumour or any(page.has_lemma(i, group("denied")) for i in words)


def _tense(page: Page, verb: int) -> str | None:
    """past, pres or futr of a finite verb, where all its readings agree; short participles count as past."""
    word = page.words[verb]
    tenses = {t for r in word.readings if r.pos == "VERB" for t in ("past", "pres", "futr") if t in r.tags}
    if not tenses:
        light = [
            i for i in range(max(0, verb - 3), min(len(page.tokens), verb + 3)) if is_finite(page, i) and i != verb
        ]
        tenses = {t for i in light for r in page.words[i].readings for t in ("past", "pres", "futr") if t in r.tags}
    if "pres" in tenses:  # «проходит» is also a rare perfective future
        return "pres"
    return tenses.pop() if len(tenses) == 1 else None


def find_relation(page: Page, candidate: Candidate, dates: Sequence[DateSpan] = ()) -> Relation:
    """`earlier` or `later` where the words around say so, else `reported`.

    «Напомним, в мае стороны встречались»; «следующая встреча пройдёт»; «подготовка к саммиту» is mentioned only.
    """
    first, _ = page.tokens.sentences[candidate.sentence]
    at = candidate.noun if candidate.noun is not None else candidate.trigger[0]
    for rule in (_topic_of_talk, _proposed, _background, _next_one):
        if relation := rule(page, candidate, first, at):
            return relation
    return "earlier" if _dated_by_year(page, candidate, dates) else "reported"


_PROPOSING = word_set("status.proposing")


def _proposed(page: Page, candidate: Candidate, first: int, at: int) -> Relation | None:
    """«предложил провести форум», «договорились встретиться»: a wish or an agreement about a later one."""
    verb = candidate.verb
    if verb is None or "INFN" not in page.words[verb].pos:
        return None
    return "later" if any(page.has_lemma(i, _PROPOSING) for i in range(max(first, verb - 9), verb)) else None


def _dated_by_year(page: Page, candidate: Candidate, dates: Sequence[DateSpan]) -> bool:
    """«В 2008 году президент посетил Кастанию»: a readout never dates its own meeting by the year alone."""
    first, last = page.tokens.sentences[candidate.sentence]
    here = [
        d
        for d in dates
        if first <= d.first < last
        and d.first > 0
        and page.low[d.first - 1] in ("в", "во", "с", "осенью", "весной", "летом", "зимой")
    ]
    by_year = [
        d
        for d in here
        if d.date.precision == "year"
        and abs(d.first - candidate.trigger[0]) < 14
        and d.first < candidate.trigger[1] + 4
    ]
    return (
        bool(by_year)
        and not any(d.date.precision in ("day", "no_year") for d in here)
        and find_status(page, candidate) == "held"
    )


_ABOUT = word_set("status.about")


def _topic_of_talk(page: Page, candidate: Candidate, first: int, at: int) -> Relation | None:
    """«о предстоящем визите», «подготовка саммита», «пригласил на форум»."""
    if candidate.noun is None or candidate.rule in ("meetings.denied",):
        return None
    if candidate.kind == "press_statement" and candidate.rule == "meetings.during":
        return "mentioned"  # «заявил на пресс-конференции»: where something was said
    before = page.low[max(first, at - 4) : at]
    if candidate.verb is not None and candidate.rule in ("meetings.held", "meetings.joined"):
        before = page.low[max(first, at - 3) : at]
    if any(page.has_lemma(i, {"подготовить", "готовить", "обеспечить"}) for i in range(max(first, at - 4), at)):
        return "mentioned"
    if any(w in _ABOUT for w in before) and not ("участие" in before and candidate.rule == "meetings.joined"):
        return "mentioned"
    if any(
        page.has_lemma(i, {"пригласить", "приглашать", "приглашение"}) and page.low[i] != "приглашению"
        for i in range(max(first, at - 8), at)
    ):
        return "later"
    return None


def _background(page: Page, candidate: Candidate, first: int, at: int) -> Relation | None:
    """«Напомним», «ранее», «в прошлом году», «предыдущая встреча», «в последний раз»."""
    last = page.tokens.sentences[candidate.sentence][1]
    ago = any(
        page.low[i] == "назад" and page.has_lemma(i - 1, {"год", "лет", "месяц", "тому", "десятилетие", "век"})
        for i in range(first + 1, last)
        if not page.quoted[i]
    )
    if ago or any(page.low[i].startswith("тогдашн") for i in range(first, last)):
        return "earlier"
    opening = range(first, min(first + 5, len(page.tokens)))
    if any(
        page.low[i] in ("ранее", "напомним", "прежде", "накануне", "айта")
        for i in opening
        if i <= candidate.trigger[0] + 1
    ):
        return "earlier"
    clause = range(max(first, at - 8), min(last, at + 6))
    if any(
        page.has_lemma(i, {"прошлый", "предыдущий", "прошлогодний", "последний", "минувший"})
        and page.low[min(i + 1, len(page.tokens) - 1)] not in ("время", "неделю", "годы", "лет")
        for i in clause
    ):
        return "earlier"
    return None


def _next_one(page: Page, candidate: Candidate, first: int, at: int) -> Relation | None:
    """«Следующее заседание состоится», «очередная встреча запланирована»."""
    before = range(max(first, at - 3), at)
    if any(page.has_lemma(i, {"следующий", "будущий", "последующий", "ближайший"}) for i in before):
        return "later"
    return None
