"""Recurrent formulas in the readouts of a pair of states: phrases that come back from meeting to meeting, and what becomes of them.

In: readouts, each with its day, its meeting and the places of its names. Out: `Formula`s with every place where they stand. A formula is a
degree of relations (`ladders` of the language's resource), or a noun phrase found in several meetings and not in everybody's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from communique.finding.lexicon import Lexicon
from communique.matching.resources import load_table, load_words
from communique.matching.wording import same_word
from communique.text.morphology import Word, nominative, word
from communique.text.segment import Tokens, find_tokens

LEAST = 3  # meetings in which a phrase must stand
_LONGEST = 6  # words
_OFTENER = 2.0  # times as often in the pair's meetings as in those of others, else everybody says it
_QUALIFIES = frozenset({"ADJF", "PRTF"})
_INSIDE = frozenset({"ADJF", "PRTF", "NOUN", "CONJ", "PREP"})
_OF_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Init"})
_SHORT = 3  # letters from which a word carries content


class Readout(NamedTuple):
    """One text: when, of which meeting, in which language, and the stretches where somebody or something is named."""

    document: str
    day: str
    meeting: str
    language: str
    text: str
    named: tuple[tuple[int, int], ...] = ()


class Standing(msgspec.Struct, frozen=True, order=True):
    """A place where a formula stands; `degree` rises with its strength, or with the words that were put before it."""

    day: str
    document: str
    start: int
    end: int
    words: str
    meeting: str
    degree: int


class Formula(msgspec.Struct, frozen=True):
    """A formula by its commonest wording; `ladder` names the degrees that it belongs to. Standings in the order of days."""

    words: str
    ladder: str | None
    standings: tuple[Standing, ...]

    @property
    def meetings(self) -> frozenset[str]:
        return frozenset(standing.meeting for standing in self.standings)

    def rises(self) -> Iterator[Standing]:
        """The standings at which it is worded more strongly, or more fully, than ever before."""
        highest = self.standings[0].degree
        for standing in self.standings[1:]:
            if standing.degree > highest:
                highest = standing.degree
                yield standing


class _Page(NamedTuple):
    readout: Readout
    tokens: Tokens
    words: list[Word]
    named: frozenset[int]


class _Place(NamedTuple):
    """A run of tokens of a page."""

    page: int
    first: int
    last: int


Lemmas = tuple[str, ...]


def find_formulas(readouts: Sequence[Readout], others: Sequence[str] = (), *, least: int = LEAST) -> list[Formula]:
    """The formulas of these readouts, those of most meetings first; `others` are texts of other pairs.

    >>> told = [Readout(f"d{n}", f"2026-0{n}-01", f"m{n}", "ru", "Стороны подтвердили дух добрососедства и доверия.") for n in (1, 2, 3)]
    >>> [(f.words, len(f.standings)) for f in find_formulas(told)]
    [('дух добрососедства и доверия', 3)]
    """
    pages = [_open(readout) for readout in readouts if readout.language in LANGUAGES]
    taken: dict[int, set[int]] = defaultdict(set)
    found = list(_ladders(pages, taken))
    found += _recurring(pages, taken, others, least)
    return sorted(found, key=lambda f: (f.ladder is None, -len(f.meetings), f.standings[0].day, f.words))


LANGUAGES = ("ru",)  # those whose words can be brought to their dictionary form


def _open(readout: Readout) -> _Page:
    tokens = find_tokens(readout.text)
    begins = {first for first, _ in tokens.sentences}
    named = {
        n
        for n in range(len(tokens))
        if (tokens.is_capitalised(n) and n not in begins)  # towns, companies, all that is called something
        or any(start < tokens.end[n] and tokens.start[n] < end for start, end in readout.named)
    }
    return _Page(readout, tokens, [word(low) for low in tokens.low], frozenset(named))


# Degrees of relations --------------------------------------------------------------------------------------------


@cache
def _degrees(language: str) -> dict[str, Lexicon[int]]:
    ladders = load_table(language, "ladders")
    return {
        name: Lexicon([(phrase, degree) for degree, phrases in enumerate(steps) for phrase in phrases])
        for name, steps in ladders.items()
    }


def _ladders(pages: Sequence[_Page], taken: dict[int, set[int]]) -> Iterator[Formula]:
    """What the pair call their relations, whether once or often."""
    found: dict[str, list[Standing]] = defaultdict(list)
    for number, page in enumerate(pages):
        for name, lexicon in _degrees(page.readout.language).items():
            at = 0
            while at < len(page.tokens):
                phrase = lexicon.match(page.tokens.low, page.words, at)
                if phrase is None or at in page.named or _is_of_a_title(page, at):
                    at += 1
                    continue
                last = at + len(phrase.words)
                found[name].append(_standing(page, at, last, phrase.value))
                taken[number].update(range(at, last))
                at = last
    for name, standings in sorted(found.items()):
        highest = _highest_of_each_page(standings)
        yield Formula(_commonest(highest), name, tuple(sorted(highest)))


def _is_of_a_title(page: _Page, at: int) -> bool:
    """«Обсуждён договор о союзничестве»: a paper that is named so, and may never be signed, is no degree of relations."""
    before = [page.tokens.low[n] for n in range(max(0, at - 3), at)]
    prepositions = [n for n, low in enumerate(before) if low in ("о", "об")]
    papers = load_words(page.readout.language, "papers")
    return bool(prepositions) and any(same_word(low, paper) for low in before[: prepositions[-1]] for paper in papers)


def _highest_of_each_page(standings: Iterable[Standing]) -> list[Standing]:
    """A page that says «стратегическое партнёрство» and then «партнёрство» has not stepped back."""
    best: dict[str, Standing] = {}
    for standing in standings:
        if standing.document not in best or standing.degree > best[standing.document].degree:
            best[standing.document] = standing
    return list(best.values())


# Phrases that come back ------------------------------------------------------------------------------------------


def _recurring(
    pages: Sequence[_Page], taken: dict[int, set[int]], others: Sequence[str], least: int
) -> Iterator[Formula]:
    """Phrases of several meetings; the longer and more frequent first, and no word in two of them."""
    places: dict[Lemmas, list[_Place]] = defaultdict(list)
    for number, page in enumerate(pages):
        for first, last in _phrases(page):
            places[_lemmas(page, first, last)].append(_Place(number, first, last))
    meeting = [page.readout.meeting for page in pages]
    often = {k: v for k, v in places.items() if len({meeting[p.page] for p in v}) >= least and not _is_routine(k)}
    elsewhere = _shares(others, frozenset(often))
    count = len(set(meeting))
    for lemmas in sorted(often, key=lambda k: (-_weight(k, often[k]), -len(k), k)):
        free = [p for p in often[lemmas] if not taken[p.page] & set(range(p.first, p.last))]
        meetings = {meeting[p.page] for p in free}
        if len(meetings) < least or len(meetings) / count < _OFTENER * elsewhere.get(lemmas, 0.0):
            continue
        standings = []
        for place in free:
            page = pages[place.page]
            first = _with_qualifiers(page, place.first)
            taken[place.page].update(range(first, place.last))
            standings.append(_standing(page, first, place.last, place.first - first))
        yield Formula(_commonest(standings), None, tuple(sorted(standings)))


def _weight(lemmas: Lemmas, places: Sequence[_Place]) -> int:
    return len([w for w in lemmas if len(w) >= _SHORT]) * len({p.page for p in places})


def _phrases(page: _Page) -> Iterator[tuple[int, int]]:
    """Noun phrases of two to six words that name nobody: «общая граница», «дух добрососедства и доверия»."""
    for begin, end in page.tokens.sentences:
        for first in range(begin, end):
            if not _may_stand(page, first) or _pos(page, first) not in _QUALIFIES | {"NOUN"}:
                continue
            for last in range(first + 1, min(first + _LONGEST, end) + 1):
                if not _may_stand(page, last - 1):
                    break
                if _pos(page, last - 1) == "NOUN" and _content(page, first, last) > 1:
                    yield first, last


def _may_stand(page: _Page, at: int) -> bool:
    known = page.words[at]
    if at in page.named or not page.tokens.is_word(at) or page.tokens.low[at][0].isdigit() or not known.readings:
        return False
    return _pos(page, at) in _INSIDE and not known.readings[0].tags & _OF_NAMES


def _pos(page: _Page, at: int) -> str:
    return page.words[at].readings[0].pos


def _content(page: _Page, first: int, last: int) -> int:
    return sum(_carries_content(page, n) for n in range(first, last))


def _carries_content(page: _Page, at: int) -> bool:
    """A noun or an adjective; «наша», «этой» are none."""
    return _pos(page, at) in _QUALIFIES | {"NOUN"} and "Apro" not in page.words[at].readings[0].tags


def _lemmas(page: _Page, first: int, last: int) -> Lemmas:
    return tuple(page.words[n].readings[0].lemma or page.tokens.low[n] for n in range(first, last))


def _with_qualifiers(page: _Page, first: int) -> int:
    """Where the phrase begins with the adjectives before it: «нерушимая» before «дружба народов»."""
    while first > 0 and _may_stand(page, first - 1) and _pos(page, first - 1) in _QUALIFIES:
        first -= 1
    return first


@cache
def _routine(language: str) -> frozenset[Lemmas]:
    return frozenset(tuple(phrase.split()) for phrase in load_words(language, "routine"))


def _is_routine(lemmas: Lemmas) -> bool:
    """Whether the phrase counts something, or is one of those of every readout and little more."""
    if set(load_words(LANGUAGES[0], "units")) & set(lemmas):
        return True
    routine = _routine(LANGUAGES[0])
    inner = [lemmas[a:b] for a in range(len(lemmas)) for b in range(a + 2, len(lemmas) + 1)]
    content = [w for w in lemmas if len(w) >= _SHORT]
    return any(i in routine and len([w for w in i if len(w) >= _SHORT]) >= len(content) - 1 for i in inner)


def _shares(texts: Sequence[str], wanted: frozenset[Lemmas]) -> dict[Lemmas, float]:
    """In which share of these texts each phrase stands."""
    counts: Counter[Lemmas] = Counter()
    for text in texts:
        page = _open(Readout("", "", "", LANGUAGES[0], text))
        counts.update({_lemmas(page, first, last) for first, last in _phrases(page)} & wanted)
    return {lemmas: count / len(texts) for lemmas, count in counts.items()}


def _standing(page: _Page, first: int, last: int, degree: int) -> Standing:
    start, end = page.tokens.start[first], page.tokens.end[last - 1]
    told = page.readout
    return Standing(told.day, told.document, start, end, told.text[start:end], told.meeting, degree)


def _commonest(standings: Sequence[Standing]) -> str:
    """The wording of most places in the nominative, the earliest of several."""
    wordings = [nominative(s.words.lower().split()) for s in sorted(standings)]
    counts = Counter(wordings)
    return min(counts, key=lambda w: (-counts[w], wordings.index(w)))
