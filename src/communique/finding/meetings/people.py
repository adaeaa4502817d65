"""Who took part: the part of each person in a meeting, by ordered rules that admit or refuse with a reason.

In: a page, its actors, the candidates of one meeting. Out: `Part`s in the order of the text; refusals go to the trace.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.finding.acts import _frames
from communique.finding.clauses import clause_end, clause_start, find_subjects, governed, is_finite
from communique.finding.coref import ActorTable, Draft, gender_fits, pronoun_subject
from communique.finding.lexicon import word_set
from communique.finding.meetings.find import Candidate
from communique.finding.meetings.status import find_status
from communique.finding.meetings.words import group, nouns
from communique.finding.page import Mention, Page
from communique.finding.speech import verbs_of_saying
from communique.record.vocabulary import Capacity, MeetingStatus, Presence


@dataclass(slots=True)
class Part:
    """One person's part: how present, in which capacity, and the words that say so."""

    draft: Draft
    mention: Mention
    presence: Presence
    capacity: Capacity | None
    trigger: int
    again: list[tuple[Mention, int, Capacity | None]] = field(default_factory=list)


def find_parts(
    page: Page, table: ActorTable, candidates: Sequence[Candidate], status: MeetingStatus, whole_page: bool
) -> list[Part]:
    """The parts of the persons named with these candidates and, for the page's only meeting, of those who speak later."""
    parts: dict[int, Part] = {}
    for candidate in candidates:
        first, last = page.tokens.sentences[candidate.sentence]
        for mention in page.mentions_in(first, last):
            draft = table.draft_of(mention)
            if mention.kind != "person" or draft is None:
                continue
            part = _judge(page, candidate, mention, draft, status)
            if part is not None and id(draft) in parts:
                parts[id(draft)].again.append((mention, part.trigger, part.capacity))
            elif part is not None:
                parts[id(draft)] = part
        _add_pronoun(page, table, candidate, status, parts)
        _add_partner(page, table, candidate, status, parts)
    if whole_page:
        _add_absent(page, table, status, parts)
    if whole_page and status in ("held", "under_way"):
        _add_labelled(page, table, parts)
        _add_speakers(page, table, candidates, parts)
        _add_listed(page, table, candidates, parts)
    parts = {k: p for k, p in parts.items() if _somebody(table, p, candidates)}
    return sorted(parts.values(), key=lambda p: p.mention.first)


def _somebody(table: ActorTable, part: Part, candidates: Sequence[Candidate]) -> bool:
    """A nameless office without a state («посол», «директор») is nobody in particular, unless it was received."""
    draft = part.draft
    named = (
        draft.name
        or draft.person
        or draft.represents
        or draft.states
        or any(o.portfolio or o.ours for o in draft.offices)
    )
    return bool(named) or any(c.rule == "meetings.received" for c in candidates)


def _add_partner(
    page: Page, table: ActorTable, candidate: Candidate, status: MeetingStatus, parts: dict[int, Part]
) -> None:
    """«..., по приглашению Президента А., провёл с ним переговоры»: the last other person of the sentence."""
    first, last = page.tokens.sentences[candidate.sentence]
    at = next(
        (i for i in range(first + 1, last) if page.low[i] in ("ним", "ней") and page.low[i - 1] in ("с", "со")), None
    )
    if at is None or page.quoted[at]:
        return
    wanted = "он" if page.low[at] == "ним" else "она"
    for mention in reversed([m for m in page.mentions_in(first, at) if m.kind == "person" and "nomn" not in m.cases]):
        draft = table.draft_of(mention)
        if draft is not None and id(draft) not in parts and gender_fits(draft, wanted):
            parts[id(draft)] = Part(draft, mention, "expected" if status == "planned" else "present", None, at)
            return


def _add_pronoun(
    page: Page, table: ActorTable, candidate: Candidate, status: MeetingStatus, parts: dict[int, Part]
) -> None:
    """«Сегодня он проводит переговоры с ...»: the person behind the pronoun."""
    if candidate.verb is None or find_subjects(page, candidate.verb):
        return
    draft = pronoun_subject(table, candidate.verb)
    if draft is None or id(draft) in parts:
        return
    mention = max((m for m in draft.mentions if m.last <= candidate.verb), key=lambda m: m.first, default=None)
    if mention is not None:
        parts[id(draft)] = Part(draft, mention, "expected" if status == "planned" else "present", None, candidate.verb)


def _judge(page: Page, candidate: Candidate, mention: Mention, draft: Draft, status: MeetingStatus) -> Part | None:
    for refuse in REFUSALS:
        if reason := refuse(page, candidate, mention):
            page.fired(f"people.{refuse.__name__}", mention.first, mention.last, draft.name or "", reason)
            return None
    presence = _presence(page, candidate, mention, status)
    part = Part(draft, mention, presence, _capacity(page, candidate, mention), candidate.trigger[0])
    page.fired(
        "people.takes_part", mention.first, mention.last, draft.name or page.written(mention.first, mention.last)
    )
    return part


# Refusals: each returns the reason, or None where it has nothing against the person ------------------------------


def in_quotation(page: Page, candidate: Candidate, mention: Mention) -> str | None:
    """– Мы помним Ивана Берега, – сказал он."""
    return "named in direct speech only" if page.quoted[mention.first] else None


def speaks_for_others(page: Page, candidate: Candidate, mention: Mention) -> str | None:
    """Об этом сообщил пресс-секретарь."""
    return "a spokesperson" if any(o.code == "spokesperson" for o in mention.offices) else None


def inviter(page: Page, candidate: Candidate, mention: Mention) -> str | None:
    """По приглашению Президента Лирии."""
    before = page.low[max(0, mention.first - 2) : mention.first]
    if candidate.kind == "visit" and find_status(page, candidate) == "planned":
        return None
    return "named as the one who invited" if "приглашению" in before or "приглашения" in before else None


def matter(page: Page, candidate: Candidate, mention: Mention) -> str | None:
    """О переговорах с Рейном; о встрече с министром; от имени Президента; для Президента."""
    before = page.low[mention.first - 1] if mention.first else ""
    if before in (
        "о",
        "об",
        "обо",
        "про",
        "для",
        "от",
        "из",
        "за",
        "против",
        "у",
        "к",
        "ко",
        "по",
        "вместо",
        "через",
        "благодаря",
    ):
        return f"stands after «{before}»"
    if before in ("с", "со"):
        first = clause_start(page, mention.first)
        phrase = range(max(first, mention.first - 5), mention.first - 1)
        if any("PRTF" in page.words[i].pos and page.has_lemma(i, word_set("people.met_before")) for i in phrase):
            return "met somebody of the meeting before"
        if _talks_of_others(page, candidate, mention.first - 2):
            return "the other side of talks that were talked about"
        if any(page.low[i] in ("о", "об") and page.tokens.text[i + 1] != "." for i in phrase):
            return "a meeting that was only talked about"
    return None


def _talks_of_others(page: Page, candidate: Candidate, noun: int) -> bool:
    """«итоги переговоров с В»: talks in the genitive that another noun owns."""
    if noun < 1 or noun in (candidate.noun, candidate.verb) or noun in page.covering or not _names_meeting(page, noun):
        return False
    owner = page.words[noun - 1].readings[0].pos == "NOUN" and noun - 1 not in page.covering
    return owner and "gent" in page.words[noun].cases and page.has_lemma(noun - 1, word_set("people.owners"))


def complement(page: Page, candidate: Candidate, mention: Mention) -> str | None:
    """Передал приветствие Президента; инициативу Президента; помощник Президента: the genitive of another noun."""
    if governed(page, mention) or "nomn" in mention.cases or not mention.cases:
        return None
    head = _list_head(page, mention)
    if head == 0:
        return None
    before = head - 1
    if page.low[before] in ("и", ",", "а", "также"):
        return None
    if mention.cases <= {"datv", "loct"} and not page.has_lemma(candidate.trigger[0], {"позвонить", "вручить"}):
        return "stands in the dative"
    if page.low[before] == "приглашению" and candidate.kind == "visit":
        return None  # the hosts of a visit to come: `inviter` decides
    beside = page.covering.get(before)
    if beside is not None and beside.kind in ("place", "venue"):
        return None
    if "gent" in mention.cases and page.words[before].pos & {"NOUN"} and not _names_meeting(page, before):
        return f"belongs to «{page.tokens.text[before]}»"
    return None


def _list_head(page: Page, mention: Mention) -> int:
    """The first token of the list that the mention is an item of."""
    head = mention.first
    while (
        head >= 2
        and page.low[head - 1] in (",", "и")
        and head - 2 in page.covering
        and page.covering[head - 2].kind in ("person", "plural")
    ):
        head = page.covering[head - 2].first
    return head


_MEETING_WORDS = word_set("people.meeting_words")


def _names_meeting(page: Page, i: int) -> bool:
    return page.has_lemma(i, _MEETING_WORDS) or nouns().match(page.low, page.words, i) is not None


def greets_at_airport(page: Page, candidate: Candidate, mention: Mention) -> str | None:
    """В аэропорту гостя встретил вице-премьер; провожал министр."""
    first, last = page.sentence_range(mention.first)
    greeting = [
        i
        for i in range(first, last)
        if page.has_lemma(i, {"встретить", "встречать", "проводить", "провожать"}) and is_finite(page, i)
    ]
    place = any(page.has_lemma(i, group("greeting_places")) for i in range(first, last))
    if greeting and place and any(mention in find_subjects(page, i) for i in greeting):
        return "met or saw off the guest"
    return None


def object_of_act(page: Page, candidate: Candidate, mention: Mention) -> str | None:
    """Направил телеграмму Президенту; наградил министра; назначил посла: acted upon, not met."""
    if governed(page, mention) or "nomn" in mention.cases or not mention.cases:
        return None
    verb = next(
        (
            i
            for i in range(mention.first - 1, max(clause_start(page, mention.first) - 1, mention.first - 9), -1)
            if is_finite(page, i) and i not in page.covering
        ),
        None,
    )
    if verb is None or verb == candidate.verb or candidate.kind == "phone_call":
        return None
    if page.words[verb].lemmas & {
        "назначить",
        "наградить",
        "направить",
        "освободить",
        "избрать",
        "вручить",
        "упомянуть",
    }:
        return "acted upon, not met"
    return None


def elsewhere(page: Page, candidate: Candidate, mention: Mention) -> str | None:
    """..., сообщил журналистам министр; рассказал «Вестнику» посол: speaks about the meeting from outside."""
    first, last = page.sentence_range(mention.first)
    for i in range(first, last):
        if (page.has_lemma(i, _PRESS) and "datv" in page.words[i].cases) or page.low[i : i + 2] == ["в", "интервью"]:
            return "spoke to the press about it"
        outlet = page.has_lemma(i, verbs_of_saying()) and page.tokens.text[i + 1 : i + 2] == ["«"]
        if outlet and i + 2 < last and "datv" in page.words[i + 2].cases and page.tokens.is_capitalised(i + 2):
            return "spoke to a paper about it"
    return None


_PRESS = word_set("people.press")


def tells_of_it(page: Page, candidate: Candidate, mention: Mention) -> str | None:
    """Встреча пройдёт в Арде, сообщил министр: told of from outside, in a clause of its own."""
    verb = mention.first - 1
    if "nomn" not in mention.cases or verb < 1 or page.tokens.text[verb - 1] != "," or verb == candidate.verb:
        return None
    told = page.has_lemma(verb, {"сообщить", "рассказать", "заявить", "уточнить", "сообщать", "отметить"})
    after = candidate.verb is not None and verb > candidate.verb
    return "tells of the meeting" if told and after else None


REFUSALS = (
    tells_of_it,
    in_quotation,
    speaks_for_others,
    inviter,
    matter,
    complement,
    greets_at_airport,
    object_of_act,
    elsewhere,
)


# Presence and capacity -------------------------------------------------------------------------------------------


def _presence(page: Page, candidate: Candidate, mention: Mention, status: MeetingStatus) -> Presence:
    start, stop = clause_start(page, mention.first), clause_end(page, mention.last - 1)
    words = page.low[start:stop]
    if any(w in ("отсутствовал", "отсутствует", "отсутствовала") for w in words) or _negated(
        page, mention, start, stop
    ):
        return "absent"
    if status in ("planned", "postponed"):
        return "expected"
    if status in ("cancelled", "denied"):
        return "absent"
    if _by_video(page, candidate, start, stop):
        return "by_video"
    return "present"


_COMING = word_set("people.coming")


def _negated(page: Page, mention: Mention, start: int, stop: int) -> bool:
    """«Премьер А. не приедет», «не сможет принять участие»."""
    for i in range(start, stop - 1):
        if page.low[i] == "не" and page.has_lemma(i + 1, _COMING) and is_finite(page, i + 1):
            return mention in find_subjects(page, i + 1)
    return False


def _by_video(page: Page, candidate: Candidate, start: int, stop: int) -> bool:
    """«Президент Меркании обратился по видеосвязи» at a meeting where the others met in person."""
    if candidate.rule == "meetings.met":
        return False
    words = range(start, stop)
    speaks = any(
        page.has_lemma(i, {"обратиться", "выступить", "присоединиться", "подключиться", "видеообращение"})
        for i in words
    )
    return speaks and any(page.has_lemma(i, group("video")) for i in words)


def _capacity(page: Page, candidate: Candidate, mention: Mention) -> Capacity | None:
    before = page.low[max(0, mention.first - 2) : mention.first]
    if "председательством" in before:
        return "chair"
    if candidate.rule == "meetings.received" and candidate.verb is not None:
        by_whom = mention.cases == frozenset(["ablt"]) and before[-1:] not in (["с"], ["со"])  # «принят Президентом»
        if "nomn" in mention.cases or by_whom:
            return "host"
        return "guest"
    if any(
        page.low[i] in ("председательствовал", "председательствует", "председательствовала")
        for i in range(*page.sentence_range(mention.first))
    ) and mention in _subjects_of(page, mention, "председательствовать"):
        return "chair"
    return None


def _subjects_of(page: Page, mention: Mention, lemma: str) -> list[Mention]:
    first, last = page.sentence_range(mention.first)
    verbs = [i for i in range(first, last) if page.has_lemma(i, {lemma})]
    return [m for v in verbs for m in find_subjects(page, v)]


def _add_speakers(page: Page, table: ActorTable, candidates: Sequence[Candidate], parts: dict[int, Part]) -> None:
    """Persons who say or do something in the narrative after the lead took part as well."""
    lead = candidates[0].sentence
    for number, (first, last) in enumerate(page.tokens.sentences):
        if number < lead or _is_background(page, first):
            continue
        for i in range(first, last):
            if page.quoted[i] or i in page.covering or not is_finite(page, i):
                continue
            if not _acts_at_meeting(page, i):
                continue
            for mention in _who_acts(page, i, last):
                draft = table.draft_of(mention)
                if (
                    mention.kind != "person"
                    or draft is None
                    or not (draft.name or draft.person or draft.represents or any(True for _ in draft.offices))
                ):
                    continue
                if any(rule(page, candidates[0], mention) for rule in REFUSALS):
                    continue
                if id(draft) in parts:
                    if mention.name:
                        parts[id(draft)].again.append((mention, i, None))
                    continue
                presence = _presence(page, candidates[0], mention, "held")
                parts[id(draft)] = Part(draft, mention, presence, None, i)
                page.fired("people.speaks_later", mention.first, mention.last, draft.name or "")


def _who_acts(page: Page, verb: int, last: int) -> list[Mention]:
    """The subjects; in «Тарлык представил министр» the person, not the state that stands before."""
    subjects = find_subjects(page, verb)
    if page.has_lemma(verb, {"представить", "представлять"}) and all(m.kind == "state" for m in subjects):
        return [m for m in page.mentions_in(verb + 1, last) if m.kind == "person" and "nomn" in m.cases][:1]
    return subjects


_REMARKS = frozenset({"welcome", "condemn", "support", "deny", "reject", "congratulate"})
_SIGNING = word_set("people.signing")


def _acts_at_meeting(page: Page, i: int) -> bool:
    """Speaking, thanking, proposing, signing, receiving guests; not welcoming it from afar, nor writing of it."""
    lemmas = page.words[i].lemmas
    if page.has_lemma(i, {"написать", "опубликовать"}):
        return False
    frames = [_frames("verbs")[x] for x in lemmas if x in _frames("verbs")]
    if any(f.act in _REMARKS for f in frames):
        return False
    return bool(frames) or bool(lemmas & (verbs_of_saying() | _SIGNING | group("receive")))


def _add_listed(page: Page, table: ActorTable, candidates: Sequence[Candidate], parts: dict[int, Part]) -> None:
    """«Всего лидеры Кыргызстана, Беларуси и Казахстана ...»: a list of three leaders of states at a gathering."""
    if candidates[0].kind not in ("summit", "council_session"):
        return
    for first, last in page.tokens.sentences:
        listed = [
            m
            for m in page.mentions_in(first, last)
            if m.kind == "person"
            and "nomn" in m.cases
            and not m.name
            and not page.quoted[m.first]
            and (d := table.draft_of(m))
            and d.represents
        ]
        if len(listed) < 3 or _is_background(page, first):
            continue
        for mention in listed:
            draft = table.draft_of(mention)
            if draft is not None and id(draft) not in parts:
                parts[id(draft)] = Part(draft, mention, "present", None, mention.first)


def _add_labelled(page: Page, table: ActorTable, parts: dict[int, Part]) -> None:
    """The speakers of a transcript took part."""
    for speech in page.speeches:
        if speech.label is None:
            continue
        mention = next(
            (
                m
                for m in page.mentions
                if page.tokens.start[m.first] >= speech.label[0] and page.tokens.end[m.last - 1] <= speech.label[1]
            ),
            None,
        )
        draft = table.draft_of(mention) if mention else None
        if mention is not None and draft is not None and draft.kind == "person" and id(draft) not in parts:
            parts[id(draft)] = Part(draft, mention, "present", None, mention.first)


def _add_absent(page: Page, table: ActorTable, status: MeetingStatus, parts: dict[int, Part]) -> None:
    """«Президент А. не приедет, страну представит Премьер-министр Б.»"""
    for first, last in page.tokens.sentences:
        for i in range(first, last - 1):
            if page.low[i] == "не" and page.has_lemma(i + 1, _COMING) and is_finite(page, i + 1) and not page.quoted[i]:
                for mention in page.mentions_in(first, last):
                    draft = table.draft_of(mention)
                    if mention.kind != "person" or draft is None or "nomn" not in mention.cases:
                        continue
                    missing = mention in find_subjects(page, i + 1)
                    presence: Presence = "absent" if missing else "expected" if status == "planned" else "present"
                    if id(draft) not in parts or missing:
                        parts[id(draft)] = Part(draft, mention, presence, None, i + 1)


def _is_background(page: Page, first: int) -> bool:
    return any(
        page.low[i] in ("напомним", "ранее", "справочно", "справка", "накануне")
        for i in range(first, min(first + 3, len(page.tokens)))
    )
