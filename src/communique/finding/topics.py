"""What was spoken about: «обсудили сотрудничество в торговой, энергетической и культурно-гуманитарной сферах».

In: a page and token ranges. Out: `Topic`s with a code and the words of the text. A code needs its words: the names of
offices, organisations and documents give none, nor do background and direct speech.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from functools import cache
from typing import Any, cast

from communique.finding.clauses import clause_end, clause_start, is_finite
from communique.finding.coref import ActorTable
from communique.finding.lexicon import load_resource, word_set
from communique.finding.page import Page
from communique.finding.phrases import Pattern, Phrases
from communique.record.facts import Fact, Topic
from communique.record.vocabulary import REPORTED, TopicCode

Range = tuple[int, int]


@cache
def _table() -> Any:
    return load_resource("ru", "topics")


@cache
def topic_phrases() -> Phrases:
    return Phrases(_table()["phrases"])


@cache
def _triggers() -> Phrases:
    return Phrases(_table()["triggers"])


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(str(w).replace("ё", "е") for w in _table()[key])


# Where something was spoken about --------------------------------------------------------------------------------


def topic_ranges(page: Page, skip: Callable[[int], bool] = lambda i: False, statements: bool = True) -> list[Range]:
    """Token ranges that say what was discussed, and with `statements` also what was stated or proposed.

    `skip(i)` is true for tokens that belong to another meeting or to what is no meeting. Direct speech counts only
    where it says «мы обсудили», «мы договорились».
    """
    found: list[Range] = []
    for first, last in page.tokens.sentences:
        if _is_background(page, first, last):
            continue
        i = first
        while i < last:
            match = None if skip(i) or _is_name(page, i) else _triggers().match(page, i, last)
            if match is None or not _speaks(page, i, match[0], statements):
                i += 1
                continue
            found.append(_range_of(page, i, match[1], first, last, match[0]))
            i = max(match[1], found[-1][1])
    return found


def _is_background(page: Page, first: int, last: int) -> bool:
    """«Напомним, ...», «Ранее ...»: what is told again."""
    k = first
    while k < last - 1 and not page.tokens.is_word(k):
        k += 1
    return page.low[k] in _words("background") or " ".join(page.low[k : k + 2]) in _words("background")


def _is_name(page: Page, i: int) -> bool:
    mention = page.covering.get(i)
    return mention is not None and mention.kind not in ("state", "place", "side", "plural")


_WE = frozenset(("мы",))


def _speaks(page: Page, i: int, trigger: Pattern, statements: bool) -> bool:
    if page.quoted and page.quoted[i]:
        return (
            is_finite(page, i) and page.words[i].has("plur") and "past" in page.words[i].tags and _said_by_us(page, i)
        )
    return statements or "discussed" in trigger.codes


def _said_by_us(page: Page, i: int) -> bool:
    """«Мы обсудили», «Договорились»: no other subject stands before the verb."""
    first, _ = page.sentence_range(i)
    return any(w in _WE for w in page.low[max(first, i - 6) : i]) or i - first <= 2


def _range_of(page: Page, at: int, after: int, first: int, last: int, trigger: Pattern) -> Range:
    """From the trigger to where the sentence turns to something else; a passive takes its whole clause."""
    passive = bool(page.words[at].pos & {"PRTS"}) or any(
        w.endswith("ся") or w.endswith("сь") for w in page.low[at:after]
    )
    begin = clause_start(page, at) if passive else at
    if "discussed" not in trigger.codes:
        begin = at
    end = last
    for k in range(after, last):
        if page.has_lemma(k, _words("ends")) and is_finite(page, k):
            end = k
            break
    if page.quoted and not page.quoted[at]:
        end = next((k for k in range(after, end) if page.quoted[k]), end)
    return begin, max(end, after)


_MATTERS = {
    "about": (
        "propose",
        "support",
        "welcome",
        "condemn",
        "inform",
        "agree",
        "request",
        "thank",
        "appeal",
        "express_readiness",
    ),
    "title": (),
    "what": (),
}


def matter_ranges(page: Page, facts: Sequence[Fact]) -> list[Range]:
    """Token ranges of what the reported acts, papers and projects are about: proposals, titles, undertakings."""
    found: list[Range] = []
    for fact in facts:
        if fact.relation not in REPORTED or getattr(fact, "act", "propose") not in _MATTERS["about"]:
            continue
        for field in _MATTERS:
            words = getattr(fact, field, None)
            for evidence in fact.evidence if words else ():
                at = evidence.quote.find(words or "")
                if field in evidence.fields and at >= 0:
                    found.append(page.tokens_at(evidence.start + at, evidence.start + at + len(words or "")))
                    break
    return found


def narrative_ranges(page: Page, elsewhere: Container[int] = ()) -> list[Range]:
    """Every sentence that tells of the reported meeting: all but background, other meetings (`elsewhere`) and, save in a
    transcript, direct speech."""
    transcript = any(speech.label for speech in page.speeches)
    return [
        (first, last)
        for number, (first, last) in enumerate(page.tokens.sentences)
        if number not in elsewhere and not _is_background(page, first, last) and (not page.quoted[first] or transcript)
    ]


# Which topics ----------------------------------------------------------------------------------------------------


def find_topics(page: Page, table: ActorTable | None, ranges: list[Range]) -> list[Topic]:
    """The topics of these ranges in the order of the text, each code once a range.

    >>> from communique.record.document import Document
    >>> from communique.finding.page import open_page
    >>> from communique.world.world import load_world
    >>> doc = Document(id="d", version="v", text="Обсуждены торговля, водно-энергетическая сфера и биологическая безопасность.")
    >>> page = open_page(doc, load_world())
    >>> [t.code for t in find_topics(page, None, topic_ranges(page))]
    ['trade', 'water_environment', 'energy', 'biosafety']
    """
    return [topic for first, last in ranges for topic in _topics_in(page, first, last)]


def _topics_in(page: Page, first: int, last: int) -> Iterator[Topic]:
    seen: set[str] = set()
    for begin, end, codes in _phrases_in(page, first, last):
        for code in codes:
            if code in seen or code == "nothing":
                continue
            seen.add(code)
            start, stop = page.chars(begin, _label_end(page, end, last))
            page.fired(f"topics.{code}", begin, end, "topic")
            yield Topic(
                code=cast(TopicCode, code),
                label=page.doc.text[start:stop],
                evidence=(page.doc.cite(start, stop, "code", "label"),),
            )


def _label_end(page: Page, end: int, last: int) -> int:
    """«транспортной | связанности»: an adjective takes its noun along."""
    if (
        end < last
        and end not in page.covering
        and page.words[end - 1].readings[0].pos == "ADJF"
        and page.words[end].readings[0].pos == "NOUN"
    ):
        return end + 1 if page.words[end - 1].cases & page.words[end].cases else end
    return end


def _phrases_in(page: Page, first: int, last: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The phrases of a range, none inside another; names and background clauses are passed over."""
    i = first
    while i < last:
        if (after := _aside(page, i, last)) is not None:
            i = after
            continue
        match = None if _names_something(page, i) else topic_phrases().match(page, i, last)
        if match is None:
            i += 1
            continue
        if "nothing" in match[0].codes:
            page.fired("topics.nothing", i, match[1], "topic", refused="words with another meaning")
        yield i, match[1], match[0].codes
        i = match[1]


def _names_something(page: Page, i: int) -> bool:
    """«министр энергетики», «Совет безопасности»: a name, no topic. The name of a quoted event is none either."""
    mention = page.covering.get(i)
    return mention is not None and mention.kind in (
        "person",
        "organisation",
        "body",
        "format",
        "venue",
        "place",
        "state",
    )


_ASIDE = frozenset("который где".split())
_PAST_EVENTS = word_set("topics.past_events")


def _aside(page: Page, i: int, last: int) -> int | None:
    """«по итогам заседания комиссии по инвестициям», «, где подписали ...»: steps over what is not the topic."""
    if page.low[i] == "," and i + 1 < last and page.has_lemma(i + 1, _ASIDE) and page.low[i + 1] == "где":
        return clause_end(page, i + 1)
    if page.tokens.text[i] in ("(",):
        closing = next((k for k in range(i, min(last, i + 30)) if page.tokens.text[k] == ")"), None)
        return closing
    return None


__all__ = ["find_topics", "matter_ranges", "narrative_ranges", "topic_phrases", "topic_ranges"]
