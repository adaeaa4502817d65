"""What kind of meeting a group of candidates is, by which means it was held, and in which setting."""

from collections.abc import Sequence

from communique.finding.coref import Draft
from communique.finding.meetings.find import Candidate
from communique.finding.meetings.words import group
from communique.finding.page import Page
from communique.record.vocabulary import MeetingKind, Mode, Setting
from communique.world.offices import LEADERS


def find_mode(page: Page, candidates: Sequence[Candidate]) -> tuple[Mode, list[int]]:
    """phone, video or in_person, with all tokens that say so (none where it is the plain default)."""
    for wanted, says in (("phone", _says_phone), ("video", _says_video)):
        tokens = [
            i
            for candidate in candidates
            for i in range(*page.tokens.sentences[candidate.sentence])
            if not page.quoted[i] and says(page, candidate, i)
        ]
        if tokens:
            return wanted, sorted(set(tokens))  # type: ignore[return-value]
    return "in_person", []


_CALLS = frozenset({"разговор", "беседа", "звонок", "связь", "переговоры", "режим", "формат", "контакт", "общение"})


def _says_phone(page: Page, candidate: Candidate, i: int) -> bool:
    """«телефонный разговор», «по телефону»; not «телефонная компания»."""
    adjective = page.words[i].pos == {"ADJF"}
    calls = not adjective or (i + 1 < len(page.tokens) and page.has_lemma(i + 1, _CALLS))
    return (page.has_lemma(i, group("phone")) and calls) or (
        candidate.verb == i and page.has_lemma(i, {"созвониться", "созваниваться", "позвонить"})
    )


def _says_video(page: Page, candidate: Candidate, i: int) -> bool:
    return page.has_lemma(i, group("video")) and not _only_proposed(
        page, i, page.tokens.sentences[candidate.sentence][0]
    )


def _only_proposed(page: Page, i: int, first: int) -> bool:
    """«предложил провести видеоконференцию», «прежде по видеосвязи», «обратился к участникам по видео»."""
    before = range(max(first, i - 8), i)
    return any(
        page.has_lemma(
            k,
            {
                "предложить",
                "прежде",
                "ранее",
                "обратиться",
                "впервые",
                "дистанционно",
                "запустить",
                "открыть",
                "присоединиться",
            },
        )
        for k in before
    )


def find_setting(page: Page, candidates: Sequence[Candidate]) -> tuple[Setting, int] | None:
    """«один на один», «в узком составе», «в расширенном составе», «на полях»."""
    for candidate in candidates:
        first, last = page.tokens.sentences[candidate.sentence]
        for i in range(first, last):
            if page.low[i] == "полях" and i and page.low[i - 1] == "на":
                return "sidelines", i
            if page.low[i : i + 3] == ["один", "на", "один"] or page.has_lemma(i, group("one_on_one")):
                return "one_on_one", i
            if page.has_lemma(i, group("narrow")) and page.low[min(i + 1, last - 1)] in ("составе", "формате", "кругу"):
                return "narrow", i
            if (page.has_lemma(i, group("extended")) or page.low[i].startswith("расширенн")) and page.low[
                min(i + 1, last - 1)
            ] in ("составе", "формате"):
                return "extended", i
    return None


def find_informal(page: Page, candidates: Sequence[Candidate]) -> int | None:
    """The token that calls the meeting informal."""
    for candidate in candidates:
        if candidate.noun is not None:
            for i in range(max(page.tokens.sentences[candidate.sentence][0], candidate.noun - 4), candidate.noun):
                if page.has_lemma(i, group("informal")):
                    return i
    return None


_HEADS = frozenset({"president", "monarch", "prime_minister"})
_LOWER = frozenset(
    {
        "ambassador",
        "foreign_minister",
        "minister",
        "defence_minister",
        "deputy_prime_minister",
        "deputy_minister",
        "aide",
        "special_envoy",
        "business_head",
        "head",
        "director_general",
        "speaker",
        "secretary_of_state",
        "security_secretary",
    }
)


def _received_by_leader(people: Sequence[Draft]) -> bool:
    """A head of state or government with somebody of lower rank, not of one's own state."""
    ranks = [{o.code for o in d.offices} for d in people]
    high, low = [bool(r & _HEADS) for r in ranks], [bool(r & _LOWER) and not r & _HEADS for r in ranks]
    return (high[0] and low[1]) or (high[1] and low[0])


def settle_kind(kind: MeetingKind, mode: Mode, people: Sequence[Draft], body: bool, rule: str) -> MeetingKind:
    """The noun's kind, corrected by means and people: a call is a call; many leaders are a summit; a body holds a session."""
    if mode == "phone" and kind in ("talks", "reception", "other"):
        return "phone_call"
    if kind == "council_session" and not body:
        return "council_session"
    if body and kind in ("summit", "talks", "video_call"):
        return "council_session"
    if mode == "video" and kind in ("talks", "reception"):
        return "video_call"
    if kind == "talks" and len(people) == 2 and rule != "meetings.discussed" and _received_by_leader(people):
        return "reception"
    leaders = [d for d in people if any(o.code in LEADERS for o in d.offices)]
    states = {s for d in leaders for s in d.states}
    if kind in ("talks", "phone_call") and len(leaders) >= 3 and len(states) >= 3 and mode != "phone":
        return "summit"
    return kind
