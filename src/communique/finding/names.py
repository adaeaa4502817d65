"""Runs of capitalised words that can be a person's name.

In: a page and a token. Out: the end of the name that begins there. Morphology and the world decide what is no name.
"""

import re

from communique.finding.lexicon import word_set
from communique.finding.page import Page
from communique.world.names.russian import NAME_TAGS, name_cases

ROMAN = re.compile(r"[IVX]{1,5}$")
_PARTICLES = word_set("names.particles")
_LONGEST = 5
_MOST_INITIALS = 3


def name_end(page: Page, at: int, last: int) -> int:
    """The token after the longest name that begins at `at`, or `at` where none does."""
    known = max(
        (
            a.length
            for a in page.world.index.match(page.low, page.tokens.text, at)
            if a.kind == "person" and a.length > 1
        ),
        default=0,
    )
    if known and at + known <= last and not any(k in page.covering for k in range(at, at + known)):
        return at + known
    if (
        at < last
        and not _is_initial(page, at, last)
        and _opens_sentence(page, at)
        and page.words[at].known
        and not looks_named(page, at)
        and not _first_name_here(page, at, last)
    ):
        return at  # «Переговоры Волхина», «Холм у реки»: a sentence begins with a common word
    i, words, initials = at, 0, 0
    while i < last and words < _LONGEST:
        if _is_initial(page, i, last):
            i, initials = i + 2, initials + 1
            if initials > _MOST_INITIALS:
                return at
        elif words >= 2 and _is_name_word(page, i) and _another_name(page, i):
            break  # «Указом Президента Ивана Берега Ромул Бейсал назначен»
        elif _is_name_word(page, i):
            i, words = i + 1, words + 1
        elif (
            words
            and i + 1 < last
            and page.low[i] in _PARTICLES
            and (page.tokens.is_capitalised(i + 1) or page.low[i] in ("оглы", "кызы", "уулу", "угли", "улы", "улу"))
        ):
            i += 1
        elif words and page.tokens.text[i] == "И" and not page.tokens.text[i - 1].endswith("."):
            i += 1  # Ван И
        elif words and ROMAN.match(page.tokens.text[i]):
            i += 1
        else:
            break
    return i if words else at


def _first_name_here(page: Page, at: int, last: int) -> bool:
    """«Роза Керимова сказала»: the common word is singular, and what follows stands in the nominative too."""
    if (
        at + 1 >= last
        or not page.tokens.is_capitalised(at + 1)
        or not any(r.number == "sing" and r.case == "nomn" for r in page.words[at].readings)
    ):
        return False
    return (looks_named(page, at + 1) or not page.words[at + 1].known) and "nomn" in name_cases(
        [page.tokens.text[at + 1]]
    )


def _another_name(page: Page, i: int) -> bool:
    """Whether the word cannot stand in the case of the word before it."""
    before, here = name_cases([page.tokens.text[i - 2], page.tokens.text[i - 1]]), name_cases([page.tokens.text[i]])
    return bool(before and here) and not before & here and page.tokens.text[i - 1][-1].lower() not in "оиуеэы"


def _opens_sentence(page: Page, i: int) -> bool:
    return i == page.sentence_range(i)[0]


def _is_initial(page: Page, i: int, last: int) -> bool:
    text = page.tokens.text
    return (
        i + 1 < last
        and len(text[i]) == 1
        and text[i].isupper()
        and text[i + 1] == "."
        and page.tokens.end[i] == page.tokens.start[i + 1]
    )


def has_initial(page: Page, first: int, last: int) -> bool:
    """Whether the name has an initial with a full stop."""
    return any(page.tokens.text[i] == "." for i in range(first, last))


def _is_name_word(page: Page, i: int) -> bool:
    """С. Дуванов, Касым-Жомарт, Си; not СНГ, not Совет, not Казахстан."""
    text = page.tokens.text[i]
    if (
        not text[0].isupper()
        or not text[0].isalpha()
        or (text.isupper() and len(text) > 1)
        or any(c.isdigit() for c in text)
    ):
        return False
    if i in page.covering or text[0] < "\u0400":
        return False  # «City Center», «New York Times»: Russian texts write people in Cyrillic
    if page.words[i].known and page.words[i].readings[0].pos in ("VERB", "GRND", "INFN"):
        return False  # «– Благодарю Ивана Берега»
    if looks_named(page, i):
        return True
    return not is_world_word(page, i) and not is_common(page, i)


def looks_named(page: Page, i: int) -> bool:
    """Whether the dictionary knows this word as a first name, surname or patronymic."""
    return any(r.known and r.number != "plur" and r.tags & NAME_TAGS for r in page.words[i].readings)


def is_world_word(page: Page, i: int) -> bool:
    """Whether a state, place or organisation is named here."""
    found = page.world.index.match(page.low, page.tokens.text, i)
    return any(a.kind != "person" for a in found) and not any(a.kind == "person" for a in found)


_NEVER = word_set("names.never")


def is_common(page: Page, i: int) -> bool:
    """Words that are no names however they are written."""
    word = page.words[i]
    return not _NEVER.isdisjoint(word.lemmas) or bool(
        word.known
        and word.pos & {"PREP", "CONJ", "PRCL", "NPRO", "INFN", "GRND", "PRED", "ADVB"}
        and not looks_named(page, i)
    )


def plausible_name(page: Page, first: int, last: int, after_office: bool) -> bool:
    """Whether a run of capitalised words is a person's name rather than a title, a thing or a heading."""
    words = [i for i in range(first, last) if page.tokens.text[i] != "."]
    # «Жозеф» is to the dictionary the genitive plural of a woman's name: a name all the same
    named = [i for i in words if looks_named(page, i) or "Name" in page.words[i].tags]
    unknown = [i for i in words if not page.words[i].known]
    if has_initial(page, first, last):
        return True
    if after_office:
        return bool(named or unknown) or (len(words) >= 2 and not _adjective(page, words[0]))
    if len(words) == 1:
        return False
    return bool(named or unknown) and not _adjective(page, words[0])


def _adjective(page: Page, i: int) -> bool:
    return page.words[i].known and page.words[i].readings[0].pos in ("ADJF", "PRTF")
