"""Candidates: every clause that says that a meeting takes place, took place, will or will not.

In: a page. Out: `Candidate`s in the order of the text; each names its rule, its kind, and the tokens that say so.
Words in direct speech and the headings of documents make no candidates.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from communique.finding.clauses import find_subjects, is_finite, verb_number
from communique.finding.lexicon import word_set
from communique.finding.meetings.words import group, meet_verbs, nouns
from communique.finding.page import DASHES, Page
from communique.record.vocabulary import MeetingKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause with a meeting: tokens of the verb and of the noun (equal where one word says all)."""

    rule: str
    kind: MeetingKind
    sentence: int
    first: int
    last: int
    verb: int | None
    noun: int | None

    @property
    def trigger(self) -> tuple[int, int]:
        ends = [i for i in (self.verb, self.noun) if i is not None]
        return min(ends), max(ends) + 1


def find_candidates(page: Page) -> list[Candidate]:
    """All candidates, at most one a trigger word; the first rule that fits makes it."""
    found: list[Candidate] = []
    for number, (first, last) in enumerate(page.tokens.sentences):
        taken: set[int] = set()
        for rule in RULES:
            for candidate in rule(page, number, first, last):
                words = {i for i in (candidate.verb, candidate.noun) if i is not None}
                if not words & taken:
                    taken |= words
                    found.append(candidate)
    found = [c for c in found if not _frame_of_another(page, c, found)]
    found.sort(key=lambda c: c.trigger[0])
    return found


def _frame_of_another(page: Page, candidate: Candidate, found: list[Candidate]) -> bool:
    """«На полях саммита состоялась встреча»: the summit is where it happened, not what happened."""
    if candidate.noun is None or candidate.rule not in ("meetings.during", "meetings.held", "meetings.talk_with"):
        return False
    before = page.low[max(0, candidate.noun - 4) : candidate.noun]
    framed = any(w in ("полях", "рамках", "кулуарах", "полями") for w in before)
    return framed and any(
        c is not candidate
        and c.sentence == candidate.sentence
        and c.rule != "meetings.during"
        and c.noun != candidate.noun
        for c in found
    )


def _free(page: Page, first: int, last: int) -> Iterator[int]:
    """Tokens that no direct speech and no mention of a person holds."""
    for i in range(first, last):
        if not page.quoted[i] and (i not in page.covering or page.covering[i].kind not in ("person", "plural")):
            yield i


def received(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Президент Веланды принял Премьер-министра Лирии; Президентом принят посол."""
    for i in _free(page, first, last):
        if page.low[i] == "принято":  # «приглашение принято»: no person is received
            continue
        if page.has_lemma(i, group("receive")) and is_finite(page, i) and not _light_verb(page, i, last):
            people = [m for m in page.mentions_in(i + 1, last) if m.kind in ("person", "plural")]
            before = [m for m in page.mentions_in(first, i) if m.kind == "person"]
            if (
                _is_object(page, i, people)
                or (before and any("accs" in m.cases and "nomn" not in m.cases for m in before))
                or ("PRTS" in page.words[i].pos and before)
            ):
                yield Candidate("meetings.received", "reception", number, first, last, i, None)


def _light_verb(page: Page, i: int, last: int) -> bool:
    """«принял участие», «приняли решение», «принял приглашение»."""
    for k in range(i + 1, min(last, i + 3)):
        if k in page.covering:
            return False
        if page.words[k].pos & {"NOUN"} and not page.words[k].pos & {"PREP"}:
            return page.low[k] not in (
                "делегацию",
                "группу",
                "гостей",
                "главу",
                "руководителя",
                "послов",
                "участников",
                "представителей",
            )
    return False


def _is_object(page: Page, verb: int, people: list) -> bool:  # type: ignore[type-arg]
    if not people:
        return any(page.low[k] in ("делегацию", "делегации") for k in range(verb + 1, min(len(page.tokens), verb + 4)))
    if any(page.low[k] in ("делегацию", "делегации") for k in range(verb + 1, min(len(page.tokens), verb + 4))):
        return True
    mention = people[0]
    between = page.low[verb + 1 : mention.first]
    if len(between) > 14 or any(w in _ACCEPTED for w in between):
        return False
    return not mention.cases or "accs" in mention.cases


_ACCEPTED = word_set("find.accepted")


def credentials(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Посол Тарлыка вручила верительные грамоты Президенту; Президент принял верительные грамоты послов."""
    for i in _free(page, first, last):
        if (
            page.has_lemma(i, {"вручить", "принять", "принимать", "вручать"})
            and is_finite(page, i)
            and any(w in ("грамоты", "грамоту") for w in page.low[i + 1 : i + 5])
        ):
            yield Candidate("meetings.credentials", "ceremony", number, first, last, i, None)


def met(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Министр встретился с послом; лидеры побеседовали; стороны переговорили по телефону."""
    for i in _free(page, first, last):
        lemma = next((x for x in page.words[i].lemmas if x in meet_verbs()), None)
        if lemma and (is_finite(page, i) or ("INFN" in page.words[i].pos and _will(page, i, first))):
            spoken_of = 0 < number < 4 and verb_number(page, i) == "plur"  # «Встречались в Голубой Гавани»
            if (
                spoken_of
                or any(m.kind in ("person", "plural", "side") for m in page.mentions_in(first, last))
                or "с" in page.low[i:last]
            ):
                noun = next(
                    (
                        k
                        for k in range(i + 1, last)
                        if nouns().match(page.low, page.words, k) and page.low[k - 1] in ("на", "в")
                    ),
                    None,
                )
                yield Candidate(
                    "meetings.met",
                    meet_verbs()[lemma],
                    number,
                    first,
                    last,
                    i,
                    noun if noun is not None and noun - i < 4 else None,
                )


def _will(page: Page, i: int, first: int) -> bool:
    return any(
        page.has_lemma(k, {"планировать", "намереваться", "быть", "предстоять"}) for k in range(max(first, i - 3), i)
    )


def held(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Состоялись переговоры; прошло заседание Совета; проведена встреча; саммит запланирован на май."""
    for noun, kind in _nouns(page, first, last):
        verb = _nearest(page, noun, first, last, group("hold"))
        if (
            verb is not None
            and page.has_lemma(verb, _GOES_ON)
            and "ablt" not in page.words[noun].cases
            and any(n > verb and page.words[n].cases == {"ablt"} for n, _ in _nouns(page, first, last))
        ):
            continue  # «визит продолжился приёмом»: the reception is what happened
        if verb is not None and _is_core(page, noun):
            yield Candidate("meetings.held", kind, number, first, last, verb, noun)


_GOES_ON = word_set("find.goes_on")


def _nouns(page: Page, first: int, last: int) -> Iterator[tuple[int, MeetingKind]]:
    i = first
    while i < last:
        phrase = (
            None
            if page.quoted[i] or (i in page.covering and page.covering[i].kind in ("person", "place", "state"))
            else nouns().match(page.low, page.words, i)
        )
        if phrase is None:
            i += 1
            continue
        head = i + len(phrase.words) - 1 if not phrase.frozen[-1] else i
        if not any(
            w in ("режиме", "формате") for w in page.low[max(0, i - 2) : i]
        ):  # «в режиме видеоконференции» is a means
            yield head, phrase.value
        i += len(phrase.words)


def _is_core(page: Page, noun: int) -> bool:
    """Not «о подготовке встречи», «по итогам переговоров», «в ходе беседы»: the noun itself is what happens."""
    k = noun - 1
    while k >= 0 and k not in page.covering and page.words[k].pos & {"ADJF", "PRTF", "ANUM"}:
        k -= 1
    if k >= 0 and page.low[k] in ("с", "со", "от", "к", "из", "по"):
        return False  # «с официальным визитом» is how somebody came, not what was held
    inside = k >= 0 and page.words[noun].cases == {"gent"} and page.words[k].readings[0].pos == "NOUN"
    if inside and k not in page.covering and not page.has_lemma(k, word_set("find.containers")):
        return False  # «заявление к годовщине встречи»: the complement of another noun
    opening = next((k + 1 for k in range(noun - 1, max(-1, noun - 6), -1) if is_finite(page, k)), max(0, noun - 5))
    before = page.low[opening:noun]
    return not any(
        w in ("о", "об", "ходе", "итогам", "рамках", "время", "подготовке", "подготовки", "полях") for w in before
    )


def _nearest(page: Page, noun: int, first: int, last: int, lemmas: frozenset[str], reach: int = 16) -> int | None:
    """The nearest verb of holding, with no stronger border between."""
    best: int | None = None
    for i in range(max(first, noun - reach), min(last, noun + reach)):
        if (
            i in page.covering
            or page.quoted[i]
            or not page.has_lemma(i, lemmas)
            or not (is_finite(page, i) or page.words[i].pos & {"PRTF", "INFN"})
        ):
            continue
        if (
            page.has_lemma(i, {"принять", "принимать"})
            and any(w in ("участие", "решение", "меры", "гостей") for w in page.low[i + 1 : i + 4])
            and lemmas is group("hold")
        ):
            continue
        between = page.tokens.text[min(i, noun) + 1 : max(i, noun)]
        if ";" in between or "что" in between:
            continue
        if best is None or abs(i - noun) < abs(best - noun):
            best = i
    return best


def joined(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """В саммите приняли участие ...; лидеры участвуют во встрече; собрались на заседание; с участием ..."""
    for noun, kind in _nouns(page, first, last):
        verb = _nearest(page, noun, first, last, group("join"), reach=28)
        part = next(
            (i for i in range(first, last) if page.low[i] in ("участие", "участием") and not page.quoted[i]), None
        )
        where = noun > 0 and any(w in ("в", "во", "на") for w in page.low[max(first, noun - 4) : noun])
        if (verb is not None or part is not None) and (where or (part is not None and page.low[part] == "участием")):
            yield Candidate("meetings.joined", kind, number, first, last, verb if verb is not None else part, noun)


def joined_it(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """В ней приняли участие ...; участвовали также ...; с заренской стороны – ...: the meeting spoken of before."""
    if any(kind not in ("talks", "other") for _, kind in _nouns(page, first, last)):
        return
    side = page.covering.get(first + 1)
    if (
        page.low[first] in ("с", "со")
        and side is not None
        and side.kind == "side"
        and page.tokens.text[min(side.last, last - 1)] in DASHES
    ):
        yield Candidate("meetings.joined_it", "other", number, first, last, first, None)
        return
    for i in _free(page, first, last):
        part = page.low[i] in ("участие",) and any(
            page.has_lemma(k, {"принять", "принимать"}) for k in range(max(first, i - 8), min(last, i + 8))
        )
        part = part or (
            page.low[i] in ("участие", "приезд", "присутствие")
            and any(
                page.has_lemma(k, {"подтвердить", "подтверждать"}) for k in range(max(first, i - 3), min(last, i + 4))
            )
        )
        if (
            part
            or (
                page.has_lemma(i, {"участвовать", "присоединиться", "присутствовать", "подключиться"})
                and is_finite(page, i)
            )
        ) and any(m.kind == "person" for m in page.mentions_in(first, last)):
            yield Candidate("meetings.joined_it", "other", number, first, last, i, None)
            return


def by_wire(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Мара Линд связалась по телефону с главой правительства Ольмии; пообщались по видеосвязи."""
    if number > 2:
        return
    people = [m for m in page.mentions_in(first, last) if m.kind == "person" and not page.quoted[m.first]]
    for i in _free(page, first, last):
        wire = page.has_lemma(i, {"телефон", "видеосвязь", "вкс"}) and page.low[i - 1] == "по"
        verb = next((k for k in range(i - 1, first - 1, -1) if is_finite(page, k)), None) if wire else None
        if wire and verb is not None and len(people) >= 2:
            yield Candidate(
                "meetings.by_wire",
                "phone_call" if page.has_lemma(i, {"телефон"}) else "talks",
                number,
                first,
                last,
                verb,
                None,
            )


def to_the_press(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Президенты выступили перед журналистами; сделали заявления для прессы."""
    for i in _free(page, first, last):
        press = page.has_lemma(i, {"журналист", "пресса", "сми"}) and page.low[i - 1] in ("перед", "для")
        verb = next((k for k in range(i - 1, first - 1, -1) if is_finite(page, k)), None) if press else None
        speaks = verb is not None and page.has_lemma(verb, {"выступить", "выступать", "сделать", "выйти"})
        if verb is not None and speaks and any(m.kind in ("person", "plural") for m in find_subjects(page, verb)):
            yield Candidate("meetings.to_the_press", "press_statement", number, first, last, verb, i)


def opened(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Лидеры открыли завод; дистанционно запустили мост: a ceremony."""
    for i in _free(page, first, last):
        if number <= 2 and page.has_lemma(i, {"открыть", "запустить", "заложить"}) and is_finite(page, i):
            thing = next(
                (k for k in range(i + 1, min(last, i + 5)) if page.has_lemma(k, word_set("find.opened"))), None
            )
            if thing is not None and any(m.kind == "person" for m in find_subjects(page, i)):
                yield Candidate("meetings.opened", "ceremony", number, first, last, i, thing)


def body_met(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Совет обороны, собравшийся в Ильгороде, согласился ...; в Арде заседал Совет глав правительств."""
    for mention in page.mentions_in(first, last):
        if mention.kind != "body" or page.quoted[mention.first]:
            continue
        near = range(max(first, mention.first - 4), min(last, mention.last + 10))
        verb = next((i for i in near if i not in page.covering and page.has_lemma(i, _SITS)), None)
        if verb is not None and "nomn" in mention.cases:
            yield Candidate("meetings.body_met", "council_session", number, first, last, verb, None)


_SITS = word_set("find.sits")


def gathered(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Сюда съедутся лидеры «Пяти рек»; в Арде собрались президенты Веланды, Лирии и Зарении."""
    if any(True for _ in _nouns(page, first, last)):
        return
    for i in _free(page, first, last):
        if page.has_lemma(i, _GATHER) and is_finite(page, i):
            mentions = list(page.mentions_in(first, last))
            crowd = any(m.kind == "plural" and m.plural == "leaders" for m in mentions) and any(
                m.kind in ("organisation", "format", "body") for m in mentions
            )
            if crowd or sum(m.kind == "person" for m in mentions) > 2:
                yield Candidate("meetings.gathered", "summit", number, first, last, i, None)
                return


_GATHER = word_set("find.gather")


def headed(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Встреча с Премьер-министром Алтынора Сеитом Байдаром (a heading without a verb)."""
    if number > 1 or any(is_finite(page, i) for i in range(first, last) if i not in page.covering):
        return
    for noun, kind in _nouns(page, first, last):
        if noun - first <= 4 and page.tokens.text[last - 1] != "?":
            yield Candidate("meetings.headed", kind, number, first, last, None, noun)
            return


_DISCUSS = word_set("find.discuss")
_FROM_AFAR = word_set("find.from_afar")


def discussed(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Премьер-министры Веланды и Лирии Мара Линд и Анна Холм в режиме видеоконференции обсудили ..."""
    if number > 1:
        return
    for i in _free(page, first, last):
        together = verb_number(page, i) == "plur" and not page.has_lemma(i, _FROM_AFAR) and "past" in page.words[i].tags
        if is_finite(page, i) and (together or page.has_lemma(i, _DISCUSS)):
            people = [m for m in find_subjects(page, i) if m.kind == "person"]
            partner = [
                m
                for m in page.mentions_in(first, last)
                if m.kind == "person" and m.first and page.low[m.first - 1] in ("с", "со")
            ]
            if len(people) >= 2 or (people and partner and page.has_lemma(i, _DISCUSS)):
                yield Candidate("meetings.discussed", "talks", number, first, last, i, None)


def during(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """В ходе телефонного разговора обсуждены ...; на встрече с министром ...; по итогам переговоров ..."""
    for noun, kind in _nouns(page, first, last):
        before = page.low[max(first, noun - 5) : noun]
        if any(
            w in ("ходе", "итогам", "время", "на", "начале", "завершение", "результатам", "рамках", "полях")
            for w in before
        ):
            yield Candidate("meetings.during", kind, number, first, last, None, noun)


def visited(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Президент прибыл в Арду с государственным визитом; посетил Лирию; находится с визитом."""
    for i in _free(page, first, last):
        if page.has_lemma(i, group("visit")) and is_finite(page, i):
            places = [m for m in page.mentions_in(i + 1, min(last, i + 12)) if m.kind in ("place", "state", "venue")]
            people = [m for m in page.mentions_in(first, last) if m.kind == "person"]
            if places and people:
                yield Candidate("meetings.visited", "visit", number, first, last, i, None)
        elif page.low[i] in ("визитом", "визита", "визит", "поездку", "поездка"):
            people = [m for m in page.mentions_in(first, last) if m.kind == "person"]
            if (
                people
                and any(is_finite(page, k) for k in range(first, last))
                and page.low[max(first, i - 1)] not in ("ходе", "рамках")
            ):
                yield Candidate("meetings.visit_noun", "visit", number, first, last, None, i)


def denied(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """В ведомстве опровергли сообщения о встрече министров."""
    for i in _free(page, first, last):
        if page.has_lemma(i, group("denied")):
            for noun, kind in _nouns(page, first, last):
                yield Candidate("meetings.denied", kind, number, first, last, i, noun)


def begins_talk(page: Page, number: int, first: int, last: int) -> Iterator[Candidate]:
    """Обсуждены вопросы ... с министром; provided by a call without a channel: «В беседе с ...»."""
    opening = page.covering.get(first + 1)
    if page.low[first] in ("с", "со") and opening is not None and opening.kind == "person":
        verb = next(
            (i for i in range(opening.last, last) if is_finite(page, i)), None
        )  # С министром рассмотрены вопросы ...
        if verb is not None:
            yield Candidate("meetings.talk_with", "talks", number, first, last, verb, None)
    for noun, kind in _nouns(page, first, last):
        following = page.covering.get(noun + 2)
        if (
            noun + 2 < last
            and page.low[noun + 1] in ("с", "со")
            and following is not None
            and following.kind in ("person", "side")
        ):
            yield Candidate("meetings.talk_with", kind, number, first, last, None, noun)


RULES = (
    credentials,
    to_the_press,
    opened,
    received,
    met,
    by_wire,
    denied,
    held,
    joined,
    joined_it,
    body_met,
    gathered,
    visited,
    begins_talk,
    headed,
    during,
    discussed,
)
