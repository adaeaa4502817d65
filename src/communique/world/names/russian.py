"""Russian forms of proper names: all oblique forms of a nominative, and the nominative of an oblique form.

In: words as written. Out: sets of lower-case forms (ё folded to е), or nominative words. Works on words that no
dictionary has; over-generates rather than misses, so forms serve to recognise, never to write.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from communique.text.morphology import Reading, inflect_name, word

NAME_TAGS = frozenset({"Name", "Surn", "Patr"})

_CONSONANT = "бвгджзклмнпрстфхцчшщ"
_ADJECTIVE = {
    "ий": ("ий", "его", "ого", "ему", "ому", "им", "ем", "ом", "ие", "их", "ими", "ая", "яя", "ой", "ей", "ую", "юю", "ое", "ее"),
    "ый": ("ый", "ого", "ому", "ым", "ом", "ые", "ых", "ыми", "ая", "ой", "ую", "ое"),
    "ой": ("ой", "ого", "ому", "ым", "им", "ом", "ые", "ие", "ых", "их", "ая", "ую", "ое"),
    "ая": ("ая", "ой", "ую", "ою"),
    "яя": ("яя", "ей", "юю"),
    "ое": ("ое", "ого", "ому", "ым", "им", "ом"),
    "ее": ("ее", "его", "ему", "им", "ем"),
    "ые": ("ые", "ых", "ым", "ыми"),
    "ие": ("ие", "их", "им", "ими"),
}  # fmt: skip


def fold(text: str) -> str:
    """Lower case with ё as е: the key under which forms are compared."""
    return text.lower().replace("ё", "е").replace("‑", "-")


@lru_cache(maxsize=60_000)
def noun_forms(name: str) -> frozenset[str]:
    """All singular forms (plural ones for a plural name) that a name can take.

    >>> sorted(noun_forms("Казань"))
    ['казане', 'казанем', 'казани', 'казань', 'казанью', 'казаню', 'казаня']
    """
    low = fold(name)
    if "-" in low and not low.startswith("-"):
        head, tail = low.rsplit("-", 1)
        ends = _simple_forms(tail)
        return frozenset(f"{h}-{t}" for h in {head, *_simple_forms(head)} for t in ends)
    return frozenset(_simple_forms(low))


def _simple_forms(low: str) -> set[str]:
    forms = {low}
    stem, end, two = low[:-1], low[-1:], low[-2:]
    if two in _ADJECTIVE and len(low) > 4:
        forms |= {low[:-2] + e for e in _ADJECTIVE[two]}
    if end in _CONSONANT:
        forms |= {low + e for e in ("а", "у", "ом", "ем", "е", "ым")}
        if two in ("ец", "ок", "ек") and len(low) > 4:
            forms |= {low[:-2] + low[-1] + e for e in ("а", "у", "ом", "ем", "е")}
        if two in ("ов", "ев", "ин", "ын"):
            forms |= {low + e for e in ("ой", "ы", "ых")}
    elif end == "а":
        forms |= {stem + e for e in ("ы", "и", "е", "у", "ой", "ою", "ей")}
    elif end == "я":
        forms |= {stem + e for e in ("и", "е", "ю", "ей", "ею")}
    elif end == "й":
        forms |= {stem + e for e in ("я", "ю", "ем", "е", "и")}
    elif end == "ь":
        forms |= {stem + e for e in ("и", "ью", "я", "ю", "ем", "е")}
    elif end == "о" and len(low) > 4:
        forms |= {stem + e for e in ("а", "у", "ом", "е")}
    elif end == "е":
        forms |= {stem + e for e in ("я", "ю", "ем", "и")}
    elif end in "ыи" and len(low) > 4:
        forms |= {stem + e for e in ("", "ов", "ам", "ям", "ами", "ями", "ах", "ях", "ей")}
    return forms


# Endings an oblique form can bear, by case and gender: (ending, what to put in its place).
_BACK: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("gent", "masc"): (
        ("ского", "ский"),
        ("цкого", "цкий"),
        ("ого", "ый"),
        ("его", "ий"),
        ("ы", "а"),
        ("ия", "ий"),
        ("ая", "ай"),
        ("ея", "ей"),
        ("оя", "ой"),
        ("уя", "уй"),
        ("я", "ь"),
        ("а", ""),
    ),
    ("datv", "masc"): (
        ("скому", "ский"),
        ("цкому", "цкий"),
        ("ому", "ый"),
        ("ему", "ий"),
        ("ию", "ий"),
        ("аю", "ай"),
        ("ею", "ей"),
        ("ою", "ой"),
        ("ую", "уй"),
        ("ю", "ь"),
        ("у", ""),
        ("е", "а"),
    ),
    ("ablt", "masc"): (
        ("ским", "ский"),
        ("цким", "цкий"),
        ("овым", "ов"),
        ("евым", "ев"),
        ("иным", "ин"),
        ("ыным", "ын"),
        ("ым", "ый"),
        ("им", "ий"),
        ("ием", "ий"),
        ("аем", "ай"),
        ("еем", "ей"),
        ("ой", "а"),
        ("ей", "я"),
        ("ом", ""),
        ("ем", "ь"),
    ),
    ("loct", "masc"): (
        ("ском", "ский"),
        ("цком", "цкий"),
        ("ом", "ый"),
        ("ии", "ий"),
        ("ае", "ай"),
        ("ее", "ей"),
        ("е", ""),
    ),
    ("gent", "femn"): (
        ("овой", "ова"),
        ("евой", "ева"),
        ("иной", "ина"),
        ("ской", "ская"),
        ("цкой", "цкая"),
        ("ой", "ая"),
        ("ии", "ия"),
        ("ы", "а"),
        ("ки", "ка"),
        ("ги", "га"),
        ("хи", "ха"),
        ("и", "я"),
    ),
    ("accs", "femn"): (("скую", "ская"), ("цкую", "цкая"), ("ую", "ая"), ("ию", "ия"), ("у", "а"), ("ю", "я")),
    ("ablt", "femn"): (
        ("овой", "ова"),
        ("евой", "ева"),
        ("иной", "ина"),
        ("ской", "ская"),
        ("цкой", "цкая"),
        ("ией", "ия"),
        ("ью", "ь"),
        ("ой", "а"),
        ("ей", "я"),
    ),
    ("datv", "femn"): (
        ("овой", "ова"),
        ("евой", "ева"),
        ("иной", "ина"),
        ("ской", "ская"),
        ("цкой", "цкая"),
        ("ии", "ия"),
        ("е", "а"),
    ),
}
_BACK["accs", "masc"] = _BACK["gent", "masc"]
_BACK["loct", "femn"] = _BACK["datv", "femn"]
_BACK["datv", "femn"] = (*_BACK["datv", "femn"], ("ой", "ая"))
_SIBILANT = re.compile(r"[жшчщц]$")


def nominative_word(form: str, case: str, gender: str) -> str:
    """The nominative of one name word that stands in `case`; unchanged where it cannot be declined so.

    >>> nominative_word("Бекновым", "ablt", "masc"), nominative_word("Цзиньпина", "gent", "masc")
    ('Бекнов', 'Цзиньпин')
    >>> nominative_word("Маденовой", "ablt", "femn"), nominative_word("Рахмону", "datv", "masc")
    ('Маденова', 'Рахмон')
    """
    if case == "nomn" or len(form) < 3 or "." in form:
        return form
    if "-" in form:
        *heads, last = form.split("-")
        return "-".join([*(_nominative_head(h, case, gender) for h in heads), nominative_word(last, case, gender)])
    known = inflect_name(form, case, gender)
    if known is not None:
        return _cased_like(form, known)
    low = form.lower()
    for ending, instead in _BACK[case, gender]:
        if low.endswith(ending) and len(low) - len(ending) >= 2:
            stem = form[: -len(ending)]
            if instead == "ь" and (_SIBILANT.search(stem) or not _soft(stem)):
                instead = ""
            return stem + instead
    return form


def _nominative_head(part: str, case: str, gender: str) -> str:
    """Касым-Жомарта, Мирзы-Карима: the first half of a double name declines or does not; keep it unless it is known."""
    known = inflect_name(part, case, gender)
    return _cased_like(part, known) if known else part


def _soft(stem: str) -> bool:
    return stem[-1:].lower() in "лнртсздвбпм"


def _cased_like(form: str, nominative: str) -> str:
    """The nominative with the capitals and the ё of the form as written."""
    shared = 0
    while shared < min(len(form), len(nominative)) and fold(form[shared]) == fold(nominative[shared]):
        shared += 1
    rest = nominative[shared:]
    return form[:shared] + (rest if shared else rest.capitalize())


def name_readings(form: str) -> list[Reading]:
    """The singular readings of a form that the dictionary knows as a first name, surname or patronymic."""
    return [r for r in word(form).readings if r.known and r.case and r.number != "plur" and r.tags & NAME_TAGS]


def is_first_name(form: str) -> bool:
    """Whether the dictionary knows the form as a first name («Иван», not «Ли»)."""
    return any("Name" in r.tags and "Surn" not in r.tags for r in name_readings(form.lower()))


def can_stand_in(form: str, case: str, gender: str) -> bool:
    """Whether a name word can be a form of this case and gender (a consonant ending is no masculine oblique form)."""
    low = form.lower()
    if "." in form or len(low) < 3:
        return True
    known = name_readings(form)
    if any(r.case == case and r.gender in (gender, None) for r in known):
        return True
    if case == "nomn":
        return not (
            gender == "masc" and low.endswith(("ову", "еву", "ину", "овым", "евым", "иным", "скому", "ского", "ским"))
        )
    if gender == "masc" and low.endswith(("ов", "ев", "ин", "ын", "ский", "цкий")):
        return False
    if gender == "femn" and low.endswith(
        ("ова", "ева", "ина", "ская", "цкая", "овым", "евым", "иным", "ским", "скому")
    ):
        return False
    if low[-1] in "оиуыэе" or (gender == "femn" and low[-1] in _CONSONANT):
        return True
    return any(low.endswith(e) for e, _ in _BACK[case, gender])


def nominative_name(words: Sequence[str], cases: Sequence[str] = ()) -> tuple[str, str | None]:
    """The nominative of a person's name and its gender, given the cases it may stand in, likeliest first.

    >>> nominative_name(["Анну", "Холм"], ["gent", "accs"])
    ('Анна Холм', 'femn')
    >>> nominative_name(["Шавкатом", "Мирзиёевым"], ["ablt"])
    ('Шавкат Мирзиёев', 'masc')
    """
    tried = list(cases) or (["nomn", "gent", "ablt", "datv", "accs", "loct"] if len(words) > 1 else ["nomn"])
    best: tuple[int, str, str] | None = None
    for rank, case in enumerate(tried):
        for gender in ("masc", "femn"):
            score = sum(_fit(w, case, gender) for w in words) * 10 - rank * 2 - (gender == "femn")
            if best is None or score > best[0]:
                best = score, case, gender
    assert best is not None
    _, case, gender = best
    return " ".join(nominative_word(w, case, gender) for w in words), gender


def name_cases(words: Sequence[str]) -> frozenset[str]:
    """The cases that a person's name fits best by the forms of its words alone.

    >>> sorted(name_cases(["Сергея", "Дуванова"])), sorted(name_cases(["Иван", "Берег"]))
    (['accs', 'gent'], ['nomn'])
    """
    fits = {
        case: max(sum(_fit(w, case, g) for w in words) for g in ("masc", "femn"))
        for case in ("nomn", "gent", "datv", "accs", "ablt", "loct")
    }
    best = max(fits.values(), default=0)
    return frozenset(case for case, fit in fits.items() if fit == best)


def _fit(form: str, case: str, gender: str) -> int:
    """Two points for a dictionary name in this case and gender, none where the form can stand there, minus for a clash."""
    if any(r.case == case and r.gender in (gender, None) for r in name_readings(form)):
        return 2
    if not can_stand_in(form, case, gender):
        return -3
    low = form.lower()
    if case == "nomn":
        natural = (
            low[-1] in "оиуеэы" or low.endswith(("а", "я"))
            if gender == "femn"
            else low[-1] in "оиуеэы" or (low[-1] in _CONSONANT + "й" and not low.endswith(("ом", "ем", "ым", "им")))
        )
        return int(natural)
    return 1 if any(e and low.endswith(e) for e, _ in _BACK[case, gender]) else 0
