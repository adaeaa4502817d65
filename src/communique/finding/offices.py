"""Office phrases: «заместитель Премьер-министра – министр иностранных дел Казахстана», with whose office it is.

In: a page and a token. Out: an `OfficeRun` (one or two offices, the head's cases and number) or None.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from communique.finding.lexicon import Lexicon, Phrase, load_resource, word_set
from communique.finding.page import DASHES, QUOTE_MARKS, OfficeSpan, Page
from communique.record.vocabulary import OfficeCode, Standing
from communique.world.index import Alias
from communique.world.names.russian import fold


@dataclass(frozen=True, slots=True)
class OfficeRun:
    """Offices of one person, or of several where `plural`; tokens `first`..`last`."""

    first: int
    last: int
    offices: tuple[OfficeSpan, ...]
    cases: frozenset[str]
    plural: bool
    states: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    code: OfficeCode
    open: bool


@cache
def office_heads() -> Lexicon[Head]:
    table = load_resource("ru", "offices")
    entries = [(k, Head(cast(OfficeCode, v), False)) for k, v in table["closed"].items()]
    return Lexicon([*entries, *((k, Head(cast(OfficeCode, v), True)) for k, v in table["open"].items())])


@cache
def _standings() -> Lexicon[Standing]:
    return Lexicon(load_resource("ru", "offices")["standing"])


@cache
def honorifics() -> frozenset[str]:
    return frozenset(w.replace("ё", "е") for w in load_resource("ru", "offices")["honorifics"])


_OURS = frozenset("наш".split())
_BOTH = word_set("offices.both")
_LOCAL_HEADS = word_set("offices.local_heads")
_HOME_WORDS = word_set("offices.home_words")


def parse_offices(page: Page, at: int, last: int) -> OfficeRun | None:
    """The offices that begin at token `at`.

    Reads «белорусский лидер», «бывший Премьер-министр Армении», «министр транспорта и коммуникаций Туркменистана».
    """
    i, standing, of, of_words, ours = _prefix(page, at, last)
    head, inner = _match_head(page, i, last)
    if head is None or (at < i and not _agrees(page, at, i)):
        return None
    if inner is not None:
        of, of_words = inner.key, page.tokens.text[i + 1]
    run = _one_office(page, i, last, head, standing, of, of_words, ours, inner is not None)
    run = replace(run, first=at, offices=(replace(run.offices[0], first=at), *run.offices[1:]))
    return _compound(page, run, last)


def _match_head(page: Page, i: int, last: int) -> tuple[Phrase[Head] | None, Alias | None]:
    """The head at `i`; «глава алтынорского кабинета» has the adjective of its state inside."""
    if i >= last or page.words[i].readings[0].pos in ("PREP", "CONJ"):  # «после» is also the locative of «посол»
        return None, None
    if page.low[i] == "главе" and i and page.low[i - 1] == "во":  # «делегация во главе с министром»: nobody's office
        return None, None
    head = office_heads().match(page.low, page.words, i)
    inner = _alias(page, i + 1, "adjective") if i + 2 < last else None
    if inner is None or (head is not None and len(head.words) > 1):
        return head, None
    low, words = [page.low[i], *page.low[i + 2 : i + 8]], [page.words[i], *page.words[i + 2 : i + 8]]
    longer = office_heads().match(low, words, 0)
    return (longer, inner) if longer is not None and len(longer.words) > 1 else (head, None)


def _prefix(page: Page, at: int, last: int) -> tuple[int, Standing, str | None, str | None, bool]:
    """What stands before the head: «бывший», «казахстанский», «Чрезвычайный»; returns where the head begins."""
    i, ours = at, False
    standing: Standing = "current"
    of: str | None = None
    of_words: str | None = None
    while i < last:
        if office_heads().match(page.low, page.words, i):
            break
        if found := _standings().match(page.low, page.words, i):
            standing, i = found.value, i + len(found.words)
            if i < last and page.tokens.text[i] == ".":
                i += 1
        elif adjective := _alias(page, i, "adjective"):
            of, of_words, i = adjective.key, page.tokens.text[i], i + adjective.length
        elif page.has_lemma(i, honorifics()):
            ours = ours or page.has_lemma(i, _OURS)
            i += 1
        else:
            break
    return i, standing, of, of_words, ours


def _agrees(page: Page, first: int, head: int) -> bool:
    """«российский лидер» agrees in case, «российским. Лидер» does not."""
    cases = page.words[head].cases
    adjectives = [page.words[i].cases for i in range(first, head) if page.words[i].pos & {"ADJF"}]
    return all(not a or not cases or a & cases for a in adjectives)


def _alias(page: Page, i: int, *kinds: str) -> Alias | None:
    found = page.world.index.match(page.low, page.tokens.text, i)
    return next((a for a in found if a.kind in kinds), None)


def _head_readings(page: Page, at: int, head: Phrase[Head]) -> tuple[frozenset[str], bool]:
    """The cases of the head noun, and whether it can only be plural."""
    nouns = [at + k for k, frozen in enumerate(head.frozen) if not frozen]
    if not page.words[nouns[-1]].known and page.low[nouns[-1]] == head.words[nouns[-1] - at]:
        return frozenset(("nomn", "gent", "datv", "accs", "ablt", "loct")), False  # «Елбасы» is not declined
    readings = [
        r
        for r in page.words[nouns[-1]].readings
        if r.pos in ("NOUN", "ADJF") and r.case and (r.lemma == head.words[nouns[-1] - at] or not r.known)
    ]
    singular = [r for r in readings if r.number != "plur"]
    plural_by_genitive = (
        "=государств" in head.key.split() or "=правительств" in head.key.split() or "=стран" in head.key.split()
    )
    if readings and (plural_by_genitive or not singular):
        return frozenset(r.case for r in readings if r.case and r.number == "plur"), True
    if any(r.case == "nomn" for r in singular):  # an animate noun: its accusative never looks like its nominative
        singular = [r for r in singular if r.case != "accs"]
    if len(nouns) > 1:  # an adjective may narrow the case: «генерального секретаря»
        cases = frozenset(r.case for r in singular if r.case)
        narrowed = cases & page.words[nouns[0]].cases
        return narrowed or cases, False
    return frozenset(r.case for r in singular if r.case), False


def _one_office(
    page: Page,
    at: int,
    last: int,
    head: Phrase[Head],
    standing: Standing,
    of: str | None,
    of_words: str | None,
    ours: bool,
    inner: bool = False,
) -> OfficeRun:
    cases, plural = _head_readings(page, at, head)
    end = at + len(head.words) + inner
    code, portfolio, states = head.value.code, None, []
    if head.key.startswith("экс-"):
        standing = "former"
    if head.key == "первый президент" and standing == "current":
        standing = "honorary"
    while end < last:
        step = _complement(page, end, last, head.value.open and portfolio is None, plural)
        if step is None:
            break
        kind, value, words, end = step
        if kind == "portfolio":
            portfolio = words
        elif kind == "states":
            states = cast(list[tuple[str, int, int]], value)
            break
        elif kind == "ours":
            ours = True
        elif kind == "place":
            of, portfolio = cast(str, value), words
        elif kind == "nested":
            of, of_words = cast("str | None", value) or of, words or of_words
        elif of is None or kind == "organisation":
            of, of_words = cast(str, value), words
        elif kind == "state":
            break
    if code == "president" and portfolio is not None and of is None:
        code = "business_head"
    if code == "head" and head.key == "глава" and portfolio is None and of in page.world.states:
        code = "president"  # «глава Казахстана»
    ours = ours or "=нашего" in head.key.split() or "=нашей" in head.key.split()
    title = page.written(at, end) if inner else _title(page, at, end, head)
    office = OfficeSpan(
        at,
        end,
        title,
        code,
        of,
        of_words,
        portfolio,
        standing,
        ours,
        title if inner else _title(page, at, at + len(head.words), head),
    )
    return OfficeRun(at, end, (office,), cases, plural, tuple(states))


Step = tuple[str, object, str | None, int]


def _complement(page: Page, i: int, last: int, open_head: bool, plural: bool) -> Step | None:
    """The next genitive complement of an office: a state, an organisation, «нашей страны», a portfolio."""
    text = page.tokens.text
    if plural and (states := _states_list(page, i, last)) and len(states) > 1:
        return "states", states, None, states[-1][2]
    quote = i < last and text[i] in QUOTE_MARKS
    if found := _alias(page, i, "state"):
        return "state", found.key, page.written(i, i + found.length), i + found.length
    if found := _alias(page, i, "organisation", "body", "format"):
        return "organisation", found.key, page.written(i, i + found.length), i + found.length
    if (
        (found := _alias(page, i, "place"))
        and (page.low[i] != fold(found.name) or page.low[i][-1] in "уиоеыэю")
        and not plural
        and page.has_lemma(i - 1, _LOCAL_HEADS)
    ):
        return "place", page.world.places[int(found.key)].country, page.written(i, i + found.length), i + found.length
    if page.has_lemma(i, _OURS) and i + 1 < last and page.has_lemma(i + 1, _HOME_WORDS):
        return "ours", None, None, i + 2
    if page.low[i] in ("страны", "государства", "республики") and page.tokens.text[i].islower():
        return "ours", None, None, i + 1
    if not (plural or open_head) and page.low[i] == "по" and (end := _matter_before_name(page, i, last)):
        return "portfolio", None, page.written(i, end), end
    if page.low[i] in ("в", "во", "при") and i + 1 < last and (found := _alias(page, i + 1, "state", "organisation")):
        return (
            ("portfolio", None, page.written(i, i + 1 + found.length), i + 1 + found.length)
            if open_head or _is_envoy(page, i)
            else None
        )
    if (
        plural
        and page.low[i] in _BOTH
        and i + 1 < last
        and page.low[i + 1] in ("стран", "государств", "республик", "сторон")
    ):
        return "both", None, None, i + 2  # «министры иностранных дел двух стран А и Б»
    if (nested := _nested(page, i, last)) is not None:
        return nested
    if open_head or _institution(page, i, last):
        return _portfolio(page, i, last, quote)
    return None


_HOUSES = word_set("offices.houses")


def _of_a_town(page: Page, i: int) -> bool:
    """«губернатор Верхнеключевского края»: an adjective that no dictionary has, with a common noun behind it, is no surname."""
    if i + 1 >= len(page.tokens) or page.words[i].known or not page.low[i].endswith(_OF_TOWNS):
        return False
    noun = page.words[i + 1]
    return page.tokens.text[i + 1][0].islower() and noun.known and "NOUN" in noun.pos and "gent" in noun.cases


_OF_TOWNS = ("ского", "цкого", "ской", "цкой")  # adjectives made from names that no dictionary has


def _institution(page: Page, i: int, last: int) -> bool:
    """«президент Северного банка развития»: a capitalised adjective with its noun, both in the genitive; «Банка развития»."""
    if i < last and i not in page.covering and page.has_lemma(i, _HOUSES) and "gent" in page.words[i].cases:
        return True
    if i + 1 >= last or not page.tokens.is_capitalised(i) or i in page.covering:
        return False
    adjective, noun = page.words[i], page.words[i + 1]
    return (
        (_of_a_town(page, i) or (adjective.known and "ADJF" in adjective.pos and "gent" in adjective.cases))
        and page.tokens.text[i + 1][0].islower()
        and "NOUN" in noun.pos
        and "gent" in noun.cases
    )


def _nested(page: Page, i: int, last: int) -> Step | None:
    """«пресс-секретарь премьер-министра Веланды», «супруга Президента»: an office inside a title is nobody present."""
    inner = _alias(page, i, "adjective")
    if (
        inner is not None
        and i + 1 < last
        and (head := office_heads().match(page.low, page.words, i + 1)) is not None
        and "gent" in page.words[i + 1].cases
    ):
        return "nested", inner.key, page.written(i, i + 1 + len(head.words)), i + 1 + len(head.words)
    head = office_heads().match(page.low, page.words, i)
    if head is None or "gent" not in page.words[i].cases or "nomn" in page.words[i].cases:
        return None
    end = i + len(head.words)
    state = _alias(page, end, "state") if end < last else None
    return (
        ("nested", state.key, page.written(i, end + state.length), end + state.length)
        if state
        else ("nested", None, None, end)
    )


def _is_envoy(page: Page, i: int) -> bool:
    before = [page.words[k].lemmas for k in range(max(0, i - 4), i)]
    return any(lemmas & {"посол", "представитель", "постпред", "поверенный"} for lemmas in before)


def _states_list(page: Page, i: int, last: int) -> list[tuple[str, int, int]]:
    """«Беларуси, Казахстана и Армении»: codes with their tokens."""
    states: list[tuple[str, int, int]] = []
    while i < last and (found := _alias(page, i, "state")):
        states.append((found.key, i, i + found.length))
        i += found.length
        if i + 1 < last and page.low[i] in (",", "и") and _alias(page, i + 1, "state"):
            i += 1
        else:
            break
    return states


def _matter_before_name(page: Page, i: int, last: int) -> int | None:
    """«помощник Президента Зарении | по внешней политике | Глеб Рудый»: what stands between an office and the name."""
    end = i + 1
    while end < min(last, i + 6) and page.tokens.text[end][0].islower() and page.words[end].pos & {"ADJF", "NOUN"}:
        end += 1
    named = end < last and page.tokens.is_word(end) and page.tokens.text[end][0].isupper()
    dative = end > i + 1 and "datv" in page.words[i + 1].cases
    return end if named and dative and _alias(page, end, "state", "place", "organisation") is None else None


_PORTFOLIO_STOPS = word_set("offices.portfolio_stops")


def _portfolio(page: Page, i: int, last: int, quote: bool) -> Step | None:
    """«транспорта и коммуникаций», «по делам молодёжи», «АО «Вельдстрой»», «правления банка»."""
    j = i
    while j < last:
        text, word = page.tokens.text[j], page.words[j]
        if quote or text in QUOTE_MARKS:
            closing = _closing(page, j, last)
            if closing is None:
                break
            j, quote = closing, False
            continue
        if _alias(page, j, "state", "organisation", "body", "adjective") and not (text[0].islower()):
            break
        if (
            (text.isupper() and len(text) > 1 and text.isalpha())
            or (
                (text[0].islower() or _proper_office(page, j))
                and word.pos & {"NOUN", "ADJF", "PRTF"}
                and (word.cases & {"gent", "datv", "loct"})
                and not (word.pos & {"VERB"})
            )
            or (text in ("по", "при") and j + 1 < last and page.tokens.text[j + 1][0].islower())
            or (
                text in _PORTFOLIO_STOPS
                and j > i
                and j + 1 < last
                and page.tokens.text[j + 1][0].islower()
                and _genitive_noun(page, j + 1)
                and not office_heads().match(page.low, page.words, j + 1)
                and text == "и"
            )
        ):
            j += 1
        else:
            break
    return ("portfolio", None, page.written(i, j), j) if j > i else None


def _proper_office(page: Page, i: int) -> bool:
    """«член Госсовета», «глава Министерства торговли»: a capitalised institution, no name."""
    if _of_a_town(page, i):
        return True
    word = page.words[i]
    lower_after_head = "Name" not in word.tags and "Surn" not in word.tags and "Patr" not in word.tags
    return word.known and lower_after_head and "gent" in word.cases and bool(word.pos & {"NOUN", "ADJF"})


def _genitive_noun(page: Page, i: int) -> bool:
    word = page.words[i]
    return bool(word.pos & {"NOUN", "ADJF"} and word.cases & {"gent", "datv"} and "VERB" not in word.pos)


def _closing(page: Page, i: int, last: int) -> int | None:
    """The token after the closing mark of a short quoted name that opens at `i`."""
    for j in range(i + 1, min(last, i + 8)):
        if page.tokens.text[j] in QUOTE_MARKS:
            return j + 1
    return None


def _title(page: Page, first: int, last: int, head: Phrase[Head]) -> str:
    """The title with its head in the nominative, the rest as written."""
    parts = []
    for k, token in enumerate(range(first, first + len(head.words))):
        written = page.tokens.text[token]
        if head.frozen[k]:
            parts.append(written)
            continue
        lemma = head.words[k]
        parts.append(written if written.lower().replace("ё", "е") == lemma else _capitals_of(written, lemma))
    rest = page.written(first + len(head.words), last) if last > first + len(head.words) else ""
    return " ".join([*parts, rest]).strip()


def _capitals_of(written: str, lemma: str) -> str:
    if written.isupper() and len(written) > 1:
        return lemma.upper()
    if "-" in written and written.split("-")[-1][:1].isupper():
        return "-".join(p.capitalize() for p in lemma.split("-"))
    return lemma[0].upper() + lemma[1:] if written[0].isupper() else lemma


def _compound(page: Page, run: OfficeRun, last: int) -> OfficeRun:
    """«Первый Президент – Елбасы», «член Госсовета, министр иностранных дел»: a second office of the same person."""
    i = run.last
    if run.plural or i + 1 >= last:
        return run
    joint = page.tokens.text[i]
    member = run.offices[0].code in ("member", "deputy_prime_minister", "special_envoy", "other", "leader")
    if joint not in (*DASHES, ",") and not (joint == "и" and member):
        return run
    head = office_heads().match(page.low, page.words, i + 1)
    if head is None:
        return run
    member = member or head.value.code == "leader" or head.key.startswith("герой")
    if not member and joint not in DASHES:
        return run
    second = _one_office(page, i + 1, last, head, "current", None, None, False)
    if second.plural or not (second.cases & run.cases):
        return run
    first = run.offices[0]
    if first.of and second.offices[0].of and first.of != second.offices[0].of:
        return run
    of = first.of or second.offices[0].of
    offices = tuple(
        replace(o, of=o.of or of, standing="honorary" if first.code == o.code == "first_president" else o.standing)
        for o in (first, *second.offices)
    )
    return OfficeRun(run.first, second.last, offices, run.cases & second.cases, False)
