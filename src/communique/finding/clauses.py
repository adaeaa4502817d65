"""Clauses without a parser: where a clause ends, which verbs are finite, who is its subject.

In: a page and tokens. Out: token ranges and mentions. Case, number and order decide; where they leave two, nobody.
"""

from communique.finding.lexicon import word_set
from communique.finding.mentions import preposition_cases
from communique.finding.page import QUOTE_MARKS, Mention, Page

SUBJECT_KINDS = ("person", "plural", "side", "state", "organisation", "body")
_PREPOSITIONS = word_set("clauses.prepositions")


def is_finite(page: Page, i: int) -> bool:
    """Whether a token can be a finite verb or a predicative short participle (подписано, готов)."""
    covering = page.covering.get(i)
    if covering is not None and covering.kind != "plural":
        return False
    return bool(page.words[i].pos & {"VERB", "PRTS"}) and page.words[i].readings[0].pos not in (
        "NOUN",
        "ADJF",
        "PREP",
        "CONJ",
    )


def is_preposition(page: Page, i: int) -> bool:
    return page.low[i] in _PREPOSITIONS


def clause_start(page: Page, i: int) -> int:
    """The first token of the clause that holds `i`: after «, что», «, который», «;» or the start of the sentence."""
    first, _ = page.sentence_range(i)
    k = i - 1
    while k > first:
        if page.tokens.text[k] in ";:" or (page.tokens.text[k] == "," and k + 1 <= i and _subordinates(page, k + 1)):
            return k + 1
        k -= 1
    return first


def clause_end(page: Page, i: int) -> int:
    """The token after the clause that holds `i`."""
    _, last = page.sentence_range(i)
    for k in range(i + 1, last):
        if page.tokens.text[k] in ";" or (page.tokens.text[k] == "," and k + 1 < last and _subordinates(page, k + 1)):
            return k
    return last


_SUBORDINATORS = word_set("clauses.subordinators")


def _subordinates(page: Page, i: int) -> bool:
    if page.low[i] in _SUBORDINATORS or "который" in page.words[i].lemmas:
        return True
    return is_preposition(page, i) and i + 1 < len(page.tokens) and "который" in page.words[i + 1].lemmas


def governed(page: Page, mention: Mention) -> bool:
    """Whether a preposition stands before the mention («с Президентом», «по приглашению»)."""
    return mention.first > 0 and is_preposition(page, mention.first - 1)


def verb_number(page: Page, i: int) -> str | None:
    """`sing` or `plur`, as far as the verb form tells."""
    numbers = {r.number for r in page.words[i].readings if r.pos in ("VERB", "PRTS") and r.number}
    return numbers.pop() if len(numbers) == 1 else None


def find_subjects(page: Page, verb: int) -> list[Mention]:
    """The mentions that are the subject of a finite verb: coordinated ones together, nearest first to the left.

    «Президент А и Премьер-министр Б обсудили»: both; «поблагодарил ... и напомнил»: the same subject for both verbs.
    """
    first = clause_start(page, verb)
    number = verb_number(page, verb)
    left = [m for m in page.mentions_in(first, verb) if _nominative(page, m, verb)]
    aside = page.covering.get(verb + 1) if page.tokens.text[verb - 1] == "," else None
    if aside is not None and aside.kind == "person" and "nomn" in aside.cases:
        return [aside]  # «Волхин, сообщил Берег, тоже приедет»
    if found := _coordinated(page, left, number):
        return found
    if (antecedent := _relative_antecedent(page, first, verb)) is not None:
        return [antecedent]
    _, last = page.sentence_range(verb)
    right = [m for m in page.mentions_in(verb + 1, min(last, verb + 60)) if _nominative(page, m, verb)]
    right = right if right and right[0].first - verb < 14 and not _verb_between(page, verb, right[0].first) else []
    if right:
        return _coordinated_right(page, right, number)
    return _subject_of_main_clause(page, verb, first, number)


def _relative_antecedent(page: Page, start: int, verb: int) -> Mention | None:
    """«Тимура Салана, который пригласил»: the person right before the comma."""
    if start >= verb or page.low[start] not in ("который", "которая", "которые") or start < 2:
        return None
    return page.covering.get(start - 2)


def _subject_of_main_clause(page: Page, verb: int, start: int, number: str | None) -> list[Mention]:
    """«Министр отметил, что ..., и выразил надежду»; «Ли, который входит в совет, отметил»: the subject before the clause between."""
    sentence, _ = page.sentence_range(verb)
    if start == sentence or page.low[verb - 1] not in ("и", ",", "также", "затем", "при", "этом", "где"):
        return []
    end = next(
        (
            k
            for k in range(sentence, start)
            if page.tokens.text[k] in ",;" and k + 1 < start and _subordinates(page, k + 1)
        ),
        start,
    )
    left = [m for m in page.mentions_in(sentence, end) if _nominative(page, m, verb)]
    return _coordinated(page, left, number)


def _nominative(page: Page, mention: Mention, verb: int) -> bool:
    if mention.kind not in SUBJECT_KINDS or (mention.cases and "nomn" not in mention.cases):
        return False
    if governed(page, mention) or page.quoted[mention.first] != page.quoted[verb]:
        return False
    if mention.kind in ("state", "organisation", "body") and mention.first > 0:
        return not _genitive_place(page, mention)
    return True


def _genitive_place(page: Page, mention: Mention) -> bool:
    """«роль СНГ», «Совет глав государств СНГ»: an organisation after a noun is its complement."""
    before = page.words[mention.first - 1]
    upper = page.tokens.text[mention.first].isupper()
    return (
        bool(before.pos & {"NOUN"}) and (upper or "gent" in mention.cases) and page.low[mention.first - 1] not in ("и",)
    )


def _verb_between(page: Page, first: int, last: int) -> bool:
    return any(
        is_finite(page, i) or page.tokens.text[i] in ",;:" for i in range(first + 1, last) if i not in page.covering
    )


def _fits_number(mention: Mention, number: str | None) -> bool:
    if number == "plur":
        return mention.kind == "plural"
    return mention.kind != "plural" or number is None


def _coordinated(page: Page, left: list[Mention], number: str | None) -> list[Mention]:
    """The nearest fitting subject, or for a plural verb the list that ends nearest to it."""
    if not left:
        return []
    if number != "plur":
        fitting = [m for m in left if _fits_number(m, number)]
        return fitting[-1:]
    chain = [left[-1]]
    for mention in reversed(left[:-1]):
        gap = page.low[mention.last : chain[0].first]
        if len(gap) <= 3 and any(g in (",", "и", "а", "также") for g in gap):
            chain.insert(0, mention)
        else:
            break
    if len(chain) > 1 or chain[0].kind in ("plural", "side", "organisation", "body", "state"):
        return chain
    return [m for m in left if m.kind == "plural"][-1:]


def _coordinated_right(page: Page, right: list[Mention], number: str | None) -> list[Mention]:
    chain = [right[0]]
    for mention in right[1:]:
        gap = page.low[chain[-1].last : mention.first]
        if len(gap) <= 2 and any(g in (",", "и") for g in gap):
            chain.append(mention)
        else:
            break
    if number == "sing":
        return chain[:1] if chain[0].kind != "plural" else []
    return chain


def find_objects(page: Page, after: int, last: int, *cases: str) -> list[Mention]:
    """Mentions after a trigger in one of `cases` without a preposition, coordinated ones together."""
    found: list[Mention] = []
    for mention in page.mentions_in(after, last):
        if mention.kind in ("place", "venue") or governed(page, mention):
            if found:
                break
            continue
        if mention.has_case(*cases) and not (
            mention.cases and "nomn" in mention.cases and mention.kind == "person" and "nomn" not in cases
        ):
            if found and not _joined(page, found[-1], mention):
                break
            found.append(mention)
    return found


def _joined(page: Page, before: Mention, after: Mention) -> bool:
    gap = page.low[before.last : after.first]
    return len(gap) <= 3 and all(g in (",", "и", "а", "также") for g in gap)


def strip_marks(page: Page, first: int, last: int) -> tuple[int, int]:
    """A token range without quotation marks, dashes and commas at its ends."""
    while first < last and page.tokens.text[first] in (*QUOTE_MARKS, "–", "—", "-", ",", ":"):
        first += 1
    while last > first and page.tokens.text[last - 1] in (*QUOTE_MARKS, "–", "—", "-", ",", ".", ";"):
        last -= 1
    return first, last


__all__ = [
    "clause_end",
    "clause_start",
    "find_objects",
    "find_subjects",
    "governed",
    "is_finite",
    "preposition_cases",
    "strip_marks",
]
