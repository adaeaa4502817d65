"""Titles of documents: «Меморандум о взаимодействии таможенных служб», «15 документов», «пакет документов».

In: a page and a token. Out: a `TitleSpan`, where the title begins and ends, what kind of paper it is, how sure its head is.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from communique.finding.clauses import is_finite, is_preposition
from communique.finding.lexicon import load_resource, word_set
from communique.finding.page import DASHES, QUOTE_MARKS, Page
from communique.finding.phrases import Phrases
from communique.record.vocabulary import AgreementKind

_LONGEST = 45


@dataclass(frozen=True, slots=True)
class TitleSpan:
    """A document at tokens `first`..`last`; its head word at `head`, its complement («о ...») from `about`."""

    first: int
    last: int
    head: int
    kind: AgreementKind
    weak: bool = False
    about: int | None = None
    count: int | None = None


@cache
def papers_table() -> Any:
    return load_resource("ru", "agreements")


@cache
def _heads() -> Phrases:
    heads = papers_table()["heads"]
    table: dict[str, list[str]] = {}
    for strength, words in heads.items():
        for phrase, kind in words.items():
            table.setdefault(f"{strength} {kind}", []).append(phrase)
    return Phrases(table)


@cache
def _stops() -> Phrases:
    return Phrases({"stop": papers_table()["stops"]})


@cache
def _never() -> Phrases:
    return Phrases({"never": papers_table()["never"]})


def find_titles(page: Page) -> list[TitleSpan]:
    """All documents of the page, in order, none inside another.

    >>> from communique.record.document import Document
    >>> from communique.finding.page import open_page
    >>> from communique.world.world import load_world
    >>> doc = Document(id="d", version="v", text="Подписаны Соглашение о карантине растений, План консультаций на 2024–2025 годы и ещё 15 документов.")
    >>> page = open_page(doc, load_world())
    >>> [page.written(t.first, t.last) for t in find_titles(page)]
    ['Соглашение о карантине растений', 'План консультаций на 2024–2025 годы', '15 документов']
    """
    found: list[TitleSpan] = []
    i = 0
    while i < len(page.tokens):
        title = None if i in page.covering and page.covering[i].kind != "plural" else _title_at(page, i)
        if title is not None:
            found.append(title)
        i = title.last if title is not None else i + 1
    return found


def _title_at(page: Page, i: int) -> TitleSpan | None:
    last = page.sentence_range(i)[1]
    for rule in (_package, _named_title):
        if (title := rule(page, i, last)) is not None:
            return title
    return None


def _package(page: Page, i: int, last: int) -> TitleSpan | None:
    """15 документов; пакет двусторонних документов; ряд соглашений"""
    count = _count(page, i)
    bundle = page.has_lemma(i, set(papers_table()["bundles"]))
    if count is None and not bundle:
        return None
    k = i + 1
    if bundle and k + 1 < last and page.low[k] == "из" and page.tokens.text[k + 1].isdigit():  # пакет из 12 документов
        inner = _package(page, k + 1, last)
        return TitleSpan(i, inner.last, inner.head, "package", count=inner.count) if inner else None
    while (
        k < last
        and k - i < 5
        and (page.words[k].pos & {"ADJF", "PRTF"} or page.low[k] in (",", "и"))
        and not page.has_lemma(k, _papers())
    ):
        k += 1
    if k >= last or not page.has_lemma(k, _papers()) or "gent" not in page.words[k].cases:
        return None
    if any(page.has_lemma(j, {"другой", "иной"}) for j in range(i + 1, k)):
        return None
    end = k + 1
    if end < last and (page.low[end] in ("о", "об") or (page.low[end] in ("по", "в") and _area(page, end, last))):
        end = _title_end(page, end, last)
    return TitleSpan(i, end, k, "package", count=count)


def _count(page: Page, i: int) -> int | None:
    """«15», «пять»"""
    if page.tokens.text[i].isdigit() and len(page.tokens.text[i]) < 4:
        return int(page.tokens.text[i])
    numerals = papers_table()["numerals"]
    return next((numerals[lemma] for lemma in sorted(page.words[i].lemmas) if lemma in numerals), None)


def _area(page: Page, i: int, last: int) -> bool:
    return i + 1 < last and page.has_lemma(i + 1, {"сфера", "область"})


def _papers() -> set[str]:
    return set(papers_table()["papers"])


def _named_title(page: Page, i: int, last: int) -> TitleSpan | None:
    """Соглашение о ...; Совместное заявление; План действий на 2026–2030 годы"""
    match = _heads().match(page, i, last)
    if match is None:
        return None
    head = next((k for k in range(i, match[1]) if page.words[k].readings[0].pos == "NOUN"), match[1] - 1)
    if not _is_noun(page, head):
        return None
    strength, kind = match[0].codes[0].split()
    end, about = match[1], None
    if _never().match(page, end, last):
        return None
    first = _adjectives_before(page, i)
    stop = _title_end(page, end, last)
    about = end + 1 if stop > end + 1 and page.low[end] in ("о", "об", "по", "обо") else None
    complement = stop > end
    capital = (page.tokens.is_capitalised(i) and i != page.sentence_range(i)[0]) or (
        page.tokens.is_capitalised(first) and first != page.sentence_range(i)[0]
    )
    weak = strength == "weak" or not (complement or capital or first < i)
    if not complement and not capital and match[1] - i == 1:
        return None
    return TitleSpan(first, stop, head, cast(AgreementKind, kind), weak and not capital, about)


def _is_noun(page: Page, i: int) -> bool:
    """A single document: «заявления» that many made is none, unless written with a capital letter."""
    return (
        any(r.pos == "NOUN" and (r.number != "plur" or page.tokens.is_capitalised(i)) for r in page.words[i].readings)
        or page.low[i] == "коммюнике"
    )


_TITLE_ADJECTIVES = (
    "совмест",
    "межправительств",
    "межведомств",
    "соответств",
    "двусторон",
    "трехсторон",
    "рамоч",
    "итогов",
    "многосторон",
    "политическ",
    "торгов",
    "отраслев",
    "международн",
    "комплексн",
    "бессрочн",
    "военн",
    "мирн",
    "инвестицион",
)


def _adjectives_before(page: Page, i: int) -> int:
    """«межправительственное Соглашение», «Астанинская декларация»: the title with its adjectives."""
    first = i
    while (
        first > 0
        and first - 1 not in page.covering
        and page.words[first - 1].pos & {"ADJF"}
        and page.words[first - 1].cases & page.words[i].cases
    ):
        start, _ = page.sentence_range(i)
        low = page.low[first - 1]
        capital = page.tokens.is_capitalised(first - 1)
        if first - 1 < start or not (capital or low.startswith(_TITLE_ADJECTIVES)):
            break
        first -= 1
    return first


def _title_end(page: Page, i: int, last: int) -> int:
    """The token after the complement that begins at `i`: «о сотрудничестве в области карантина растений»."""
    begin = i
    if i < last and page.tokens.text[i] in QUOTE_MARKS:
        closing = next((k + 1 for k in range(i + 1, min(last, i + 25)) if page.tokens.text[k] in QUOTE_MARKS), None)
        i = closing or i
    elif i < last and not _opens_complement(page, i):
        return i
    while i < min(last, begin + _LONGEST) and phrase_goes_on(page, i, last):
        mention = page.covering.get(i)
        i = max(i + 1, mention.last) if mention is not None and mention.first == i else i + 1
    while i > begin and (page.low[i - 1] in (",", "и", "а", "–", "—", "-", ":", "(") or is_preposition(page, i - 1)):
        i -= 1
    return i


_OPENERS = word_set("titles.openers")


def _opens_complement(page: Page, i: int) -> bool:
    """A preposition, a genitive, or the paper's own name in marks."""
    if page.low[i] in _OPENERS:
        return (
            not _stops().match(page, i, len(page.tokens))
            and not is_place_phrase(page, i)
            and (page.low[i] not in ("в", "с", "на", "до", "от", "к") or _period(page, i))
        )
    mention = page.covering.get(i)
    if mention is not None:
        return "gent" in mention.cases or (mention.kind in ("state", "organisation") and not mention.cases)
    return bool(page.words[i].pos & {"NOUN", "ADJF"}) and "gent" in page.words[i].cases and not is_finite(page, i)


def _period(page: Page, i: int) -> bool:
    """«на 2024–2025 годы», «к Договору», «до 2030 года», «от 5 мая»"""
    following = page.tokens.text[i + 1] if i + 1 < len(page.tokens) else ""
    if page.low[i] == "на" and i + 1 < len(page.tokens) and page.has_lemma(i + 1, set(papers_table()["purposes"])):
        return True
    if page.low[i] in ("на", "до", "от"):
        return following[:1].isdigit() or page.has_lemma(i + 1, {"период"})
    if page.low[i] == "в":
        return page.has_lemma(i + 1, {"сфера", "область", "отрасль"})
    return page.low[i] == "к" and i + 1 < len(page.tokens) and "datv" in page.words[i + 1].cases


def is_place_phrase(page: Page, i: int) -> bool:
    """«в Астане», «в Доме Согласия»: where it was signed, no part of the title."""
    mention = page.covering.get(i + 1)
    return page.low[i] in ("в", "во", "на") and mention is not None and mention.kind in ("place", "venue", "state")


def phrase_goes_on(page: Page, i: int, last: int) -> bool:
    """Whether token `i` still belongs to the title."""
    text, low = page.tokens.text[i], page.low[i]
    if low in (".", ";", ":", "!", "?", "…", "("):
        return False
    if _stops().match(page, i, last) or is_place_phrase(page, i) or page.has_lemma(i, {"который"}):
        return False
    if low in (",", "и"):
        return _listphrase_goes_on(page, i, last)
    if i in page.covering:
        return True
    if text in DASHES:
        return i + 1 < last and (
            page.tokens.text[i + 1][0].isdigit()
            or (page.tokens.is_capitalised(i + 1) and page.tokens.is_capitalised(i - 1))
        )
    if text in QUOTE_MARKS:
        return True
    if is_finite(page, i) or page.words[i].readings[0].pos in ("GRND", "INFN", "VERB", "PRTS", "ADVB"):
        return False
    return page.tokens.is_word(i)


def _listphrase_goes_on(page: Page, i: int, last: int) -> bool:
    """«о торговле, экономике и культуре» goes on; «..., а также», «..., подписанный», «и Меморандум о ...» do not."""
    if i + 1 >= last or _heads().match(page, i + 1, last) or _stops().match(page, i + 1, last):
        return False
    following, before = page.words[i + 1], page.words[i - 1]
    if (
        i + 2 < last
        and page.words[i + 1].pos & {"ADJF"}
        and (match := _heads().match(page, i + 2, last))
        and _adjectives_before(page, i + 2) <= i + 1
        and match
    ):
        return False
    if page.tokens.text[i + 1].isdigit() or page.has_lemma(i + 1, set(papers_table()["bundles"])):
        return False
    if page.low[i] == ",":
        if following.pos & {"PRTF", "GRND", "VERB", "PRTS", "CONJ"} and following.readings[0].pos in (
            "PRTF",
            "GRND",
            "VERB",
            "PRTS",
            "CONJ",
        ):
            return False
        rest = page.low[i + 1 : min(last, i + 12)]
        return (
            bool(before.cases & following.cases)
            and i + 1 not in page.covering
            and "и" in rest
            and not any(is_finite(page, k) for k in range(i + 1, i + 1 + rest.index("и")))
        )
    if page.low[i] == "и" and _pair_open(page, i):
        return True
    if i + 1 in page.covering:
        return i - 1 in page.covering or bool(
            page.covering[i + 1].cases & before.cases and page.covering[i + 1].kind == "state"
        )
    if is_preposition(page, i + 1):
        return page.low[i + 1] in ("о", "об")
    return (
        bool(before.cases & following.cases)
        and not is_finite(page, i + 1)
        and following.readings[0].pos in ("NOUN", "ADJF", "PRTF")
    )


def _pair_open(page: Page, i: int) -> bool:
    """«между Министерством энергетики и компанией»: the «и» that «между» waits for."""
    for k in range(i - 1, max(0, i - 15), -1):
        if page.low[k] in ("и", ";", ".") or is_finite(page, k):
            return False
        if page.low[k] == "между":
            return True
    return False
