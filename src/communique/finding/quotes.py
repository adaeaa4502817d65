"""Quotes with their speakers: marked words, reported clauses, and the prose of press services.

In: a page, its actors and its direct speech. Out: unsealed quotes in the order of the text.
"""

from collections.abc import Iterator
from functools import cache

from communique.finding.clauses import find_subjects, is_finite
from communique.finding.coref import ActorTable, Draft, person_before, pronoun_subject
from communique.finding.lexicon import load_resource, word_set
from communique.finding.page import QUOTE_MARKS, Mention, Page
from communique.finding.speech import Speech, is_press, verbs_of_saying
from communique.record.document import LONGEST_EVIDENCE, ActorRef, Evidence, Inferred
from communique.record.facts import Quote
from communique.record.record import Problem

_PRONOUNS = word_set("quotes.pronouns")


def find_quotes(page: Page, table: ActorTable, speeches: list[Speech]) -> list[tuple[Quote, Speech | None]]:
    """All quotes; direct ones with the speech they come from, so that facts inside it can name their quote."""
    found: list[tuple[Quote, Speech | None]] = []
    for speech in speeches:
        if quote := _direct(page, table, speech):
            found.append((quote, speech))
    found.extend((quote, None) for quote in _indirect_quotes(page, table))
    found.sort(key=lambda pair: pair[0].evidence[0].start)
    return found


# Direct ----------------------------------------------------------------------------------------------------------


def _direct(page: Page, table: ActorTable, speech: Speech) -> Quote | None:
    parts = [(a, b) for a, b in speech.parts if page.doc.text[a:b].strip()]
    if not parts:
        return None
    text_evidence = [page.doc.cite(a, b, "text", "kind") for part in parts for a, b in _pieces(page.doc.text, *part)]
    text = " ".join(e.quote for e in text_evidence) if len(text_evidence) > 1 else text_evidence[0].quote
    if len(parts) == 1:
        text = page.doc.text[parts[0][0] : parts[0][1]]
    if speech.attribution and is_press(page, speech):
        cited = page.doc.cite(*_clip(speech.attribution), "cue", "kind")
        press = _press_service(page, table, speech.attribution)
        return Quote(
            kind="press_release",
            text=text,
            speaker=press[0],
            cue=cited.quote,
            evidence=(*text_evidence, cited, *press[1]),
            rule="quotes.press",
        )
    speaker, evidence, inferred, cue = _speaker(page, table, speech)
    page.fired(f"quotes.{speech.style}", *page.tokens_at(*parts[0]), text[:60])
    return Quote(
        kind="direct",
        text=text,
        speaker=speaker,
        cue=cue,
        evidence=(*text_evidence, *evidence),
        inferred=inferred,
        rule=f"quotes.{speech.style}",
    )


_SERVICES = word_set("quotes.services")


def _press_service(
    page: Page, table: ActorTable, attribution: tuple[int, int]
) -> tuple[ActorRef | None, tuple[Evidence, ...]]:
    """«говорится в сообщении пресс-службы Президента»: the service that speaks, named here or in the two sentences before."""
    first, last = page.tokens_at(*attribution)
    number = page.tokens.sentence_of(attribution[0])
    earlier = page.tokens.sentences[max(0, number - 2)][0]
    nearest = [i for i in range(first, last) if page.has_lemma(i, _SERVICES)] or [
        i for i in range(first - 1, earlier - 1, -1) if page.has_lemma(i, _SERVICES) and not page.quoted[i]
    ]
    if not nearest or nearest[0] in page.covering:
        return None, ()
    at = nearest[0]
    stop = at + 1
    while (
        stop < len(page.tokens)
        and (
            page.covering.get(stop) is not None
            or (page.words[stop].pos & {"NOUN", "ADJF"} and page.words[stop].cases & {"gent"})
        )
        and not page.words[stop].pos & {"PREP"}
    ):
        stop = max(stop + 1, page.covering[stop].last if stop in page.covering else 0)
    mention = Mention("organisation", at, stop, page.words[at].cases)
    lemma = next(x for x in page.words[at].lemmas if x in _SERVICES)
    draft = Draft(
        "organisation",
        name=f"{lemma} {page.written(at + 1, stop)}".strip() if stop > at + 1 else lemma,
        mentions=[mention],
    )
    table.drafts.append(draft)
    return table.refer(draft, mention), (page.doc.cite(*page.chars(at, stop), "speaker"),)


def _pieces(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Spans of at most the longest evidence, cut at spaces."""
    while stop - start > LONGEST_EVIDENCE:
        cut = text.rfind(" ", start, start + LONGEST_EVIDENCE)
        cut = cut if cut > start else start + LONGEST_EVIDENCE
        yield start, cut
        start = cut + 1 if text[cut : cut + 1] == " " else cut
    yield start, stop


def _clip(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], min(span[1], span[0] + LONGEST_EVIDENCE)


def _speaker(
    page: Page, table: ActorTable, speech: Speech
) -> tuple[ActorRef | None, list[Evidence], tuple[Inferred, ...], str | None]:
    if speech.label:
        return _label_speaker(page, table, speech.label)
    if speech.attribution is None:
        draft = person_before(table, speech.start)
        if draft is None:
            table.problems.append(
                Problem(code="no_speaker", message="marked words without a speaker", start=speech.start, end=speech.end)
            )
            return None, [], (), None
        return table.refer(draft), [], (Inferred("speaker", "the subject of the sentence before", "coreference"),), None
    first, last = page.tokens_at(*speech.attribution)
    cues = [i for i in range(first, last) if page.has_lemma(i, verbs_of_saying()) and i not in page.covering]
    behind = speech.attribution[1] <= speech.start  # «..., а министр ответил: «...»»: the verb nearest to the words
    cue = (cues[-1] if behind else cues[0]) if cues else None
    span = _clip(speech.attribution)
    cue_word = page.tokens.text[cue] if cue is not None else None
    mention = _named_speaker(page, first, last, cue, behind)
    draft = table.draft_of(mention) if mention else None
    if (
        mention
        and draft
        and page.chars(mention.first, mention.last)[1] <= span[1]
        and page.tokens.start[mention.first] >= span[0]
    ):
        fields = ("speaker", "cue") if cue_word else ("speaker",)
        return table.refer(draft, mention), [page.doc.cite(*span, *fields)], (), cue_word
    evidence = [page.doc.cite(*span, "cue")] if cue_word else []
    if mention is None and (draft := person_before(table, speech.start)):
        reason = (
            "a pronoun for the person last spoken of"
            if any(page.low[i] in _PRONOUNS for i in range(first, last))
            else "the person last spoken of"
        )
        return table.refer(draft), evidence, (Inferred("speaker", reason, "coreference"),), cue_word
    return None, evidence, (), cue_word


def _named_speaker(page: Page, first: int, last: int, cue: int | None, behind: bool) -> Mention | None:
    """The nominative nearest to the verb of saying; before a colon (`behind`) one that stands ahead of the verb wins."""
    mentions = [
        m
        for m in page.mentions_in(first, last)
        if m.kind in ("person", "plural", "side", "state", "organisation", "body")
    ]
    nominative = [m for m in mentions if m.kind == "person" and m.has_case("nomn")] or [
        m for m in mentions if m.has_case("nomn")
    ]
    if cue is not None and nominative:
        return min(nominative, key=lambda m: (m.last > cue and behind, abs(m.first - cue)))
    return nominative[0] if nominative else None


def _label_speaker(
    page: Page, table: ActorTable, label: tuple[int, int]
) -> tuple[ActorRef | None, list[Evidence], tuple[Inferred, ...], str | None]:
    first, last = page.tokens_at(*label)
    mention = next((m for m in page.mentions_in(first, last) if m.kind == "person"), None)
    draft = table.draft_of(mention) if mention else None
    if mention is None or draft is None:
        return None, [], (), None
    return table.refer(draft, mention), [page.doc.cite(*page.chars(mention.first, mention.last), "speaker")], (), None


# Indirect --------------------------------------------------------------------------------------------------------


@cache
def _noun_frame() -> tuple[frozenset[str], frozenset[str]]:
    table = load_resource("ru", "speech")
    return frozenset(table["noun_verbs"]), frozenset(table["nouns_after"])


def _indirect_quotes(page: Page, table: ActorTable) -> Iterator[Quote]:
    spoken = {i for s in page.speeches for a, b in s.parts for i in page.tokens_within(a, b)}
    for first, last in page.tokens.sentences:
        i = first
        while i < last:
            if page.quoted[i] or i in spoken:
                i += 1
                continue
            rule_words = next((found for rule in INDIRECT_RULES if (found := rule(page, i, last))), None)
            if rule_words is None:
                i += 1
                continue
            rule, begin, stop, mention = rule_words
            if quote := _build_indirect(page, table, rule, i, begin, stop, mention):
                yield quote
            i = max(i + 1, begin)


Found = tuple[str, int, int, Mention | None]


def _is_saying(page: Page, i: int) -> bool:
    return page.has_lemma(i, verbs_of_saying()) and (is_finite(page, i) or "GRND" in page.words[i].pos)


def says_that(page: Page, i: int, last: int) -> Found | None:
    """Президент отметил, что стороны достигли прогресса."""
    if not _is_saying(page, i):
        return None
    for k in range(i + 1, min(last, i + 16)):
        if page.low[k] == "что" and page.tokens.text[k - 1] == ",":
            return ("quotes.says_that", k + 1, _clause_stop(page, k + 1, last), None)
        if k > i + 1 and _is_saying(page, k) and k - i > 1:
            return None
    return None


def according_to(page: Page, i: int, last: int) -> Found | None:
    """По словам министра, работа завершена. По её словам, ..."""
    if page.low[i] != "по" or i + 3 >= last:
        return None
    if page.low[i + 1] in ("его", "ее", "их") and page.low[i + 2] in _ACCORDING:
        comma = i + 3
        return (
            ("quotes.according_to_them", comma + 1, _clause_stop(page, comma + 1, last), None)
            if page.tokens.text[comma] == ","
            else None
        )
    if page.low[i + 1] not in _ACCORDING:
        return None
    mention = page.covering.get(i + 2)
    if mention is None or mention.last >= last or page.tokens.text[mention.last] != ",":
        return None
    return ("quotes.according_to", mention.last + 1, _clause_stop(page, mention.last + 1, last), mention)


_ACCORDING = word_set("quotes.according")


def as_said(page: Page, i: int, last: int) -> Found | None:
    """Как рассказала журналистам Бреннер, терминал готов."""
    if page.low[i] != "как" or i + 3 >= last or not any(_is_saying(page, k) for k in (i + 1, i + 2)):
        return None
    comma = next((k for k in range(i + 2, min(last, i + 16)) if page.tokens.text[k] == ","), None)
    mention = next((m for m in page.mentions_in(i + 1, comma or i) if m.kind == "person" and m.has_case("nomn")), None)
    if comma is None or mention is None:
        return None
    return ("quotes.as_said", comma + 1, _clause_stop(page, comma + 1, last), mention)


def stresses_noun(page: Page, i: int, last: int) -> Found | None:
    """Президент подчеркнул важность регионального диалога."""
    verbs, nouns = _noun_frame()
    if not page.has_lemma(i, verbs) or not is_finite(page, i):
        return None
    for k in range(i + 1, min(last, i + 4)):
        if page.has_lemma(k, nouns) and k not in page.covering:
            return ("quotes.stresses_noun", i + 1, _clause_stop(page, i + 1, last), None)
    return None


_AFTERWARDS = frozenset(
    {
        "сообщить",
        "заявить",
        "отметить",
        "подчеркнуть",
        "сказать",
        "рассказать",
        "считать",
        "полагать",
        "добавить",
        "уточнить",
    }
)


def said_after(page: Page, i: int, last: int) -> Found | None:
    """Завод построен, сообщил Иван Берег."""
    first, _ = page.sentence_range(i)
    if not page.has_lemma(i, _AFTERWARDS) or not is_finite(page, i) or i - first < 3 or page.tokens.text[i - 1] != ",":
        return None
    mention = page.covering.get(i + 1) if i + 1 < last else None
    if mention is None or mention.kind != "person" or not mention.has_case("nomn") or page.quoted[first]:
        return None
    ends = mention.last >= last or page.tokens.text[mention.last] in ".,"
    told = any(is_finite(page, k) for k in range(first, i - 1))
    return ("quotes.said_after", first, i - 1, mention) if ends and told else None


INDIRECT_RULES = (as_said, says_that, said_after, according_to, stresses_noun)


def _clause_stop(page: Page, first: int, last: int) -> int:
    """The reported clause ends with the sentence, or where the next verb of saying of the same subject begins."""
    for k in range(first + 1, last):
        if (
            page.low[k] in ("и", "а")
            and k + 1 < last
            and (_is_saying(page, k + 1) or (k + 2 < last and page.low[k + 1] == "также" and _is_saying(page, k + 2)))
        ):
            return k
        if (
            page.tokens.text[k] == ","
            and k + 2 < last
            and page.low[k + 1] == "и"
            and k + 2 not in page.covering
            and is_finite(page, k + 2)
        ):
            return k
        if (
            page.tokens.text[k] == ","
            and k + 1 < last
            and "GRND" in page.words[k + 1].pos
            and page.has_lemma(k + 1, verbs_of_saying())
        ):
            return k
        if page.quoted[k] and not page.quoted[first]:
            return k
    return last


def _build_indirect(
    page: Page, table: ActorTable, rule: str, verb: int, first: int, last: int, mention: Mention | None
) -> Quote | None:
    while last > first and page.tokens.text[last - 1] in ".,;:!»–—-":
        last -= 1
    if last - first < 2:  # «Уверен, что» and the text is at its end
        return None
    if page.tokens.text[first] in QUOTE_MARKS and not any(
        page.tokens.text[k] in QUOTE_MARKS for k in range(first + 1, last)
    ):
        first += 1
    if last - first < 2:
        return None
    start, stop = _clip(page.chars(first, last))
    subject = mention or next(iter(find_subjects(page, verb)), None)
    draft = table.draft_of(subject) if subject else None
    antecedent = pronoun_subject(table, verb) if subject is None else None
    if rule == "quotes.according_to_them":
        subject, draft, antecedent = None, None, person_before(table, page.tokens.start[page.sentence_range(verb)[0]])
    words = 3 if rule == "quotes.according_to_them" else 1 if mention is None else 2
    cue = page.written(verb, verb + words)
    evidence = [page.doc.cite(start, stop, "text", "kind")]
    speaker: ActorRef | None = None
    inferred: tuple[Inferred, ...] = ()
    if subject is not None and draft is not None:
        speaker = table.refer(draft, subject)
        evidence.append(_cue_evidence(page, subject, verb))
    else:
        if antecedent is not None:
            speaker, inferred = (
                table.refer(antecedent),
                (Inferred("speaker", "a pronoun for the person last spoken of", "coreference"),),
            )
        evidence.append(page.doc.cite(*page.chars(verb, verb + words), "cue"))
    page.fired(rule, verb, last, page.doc.text[start:stop][:60])
    return Quote(
        kind="indirect",
        text=page.doc.text[start:stop],
        speaker=speaker,
        cue=cue,
        evidence=tuple(evidence),
        inferred=inferred,
        rule=rule,
    )


def _cue_evidence(page: Page, subject: Mention, verb: int) -> Evidence:
    first, last = min(subject.first, verb), max(subject.last, verb + 1)
    start, stop = page.chars(first, last)
    if stop - start <= LONGEST_EVIDENCE:
        return page.doc.cite(start, stop, "speaker", "cue")
    return page.doc.cite(*page.chars(subject.first, subject.last), "speaker", "cue")
