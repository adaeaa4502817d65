"""Whom claims are about: people of the world by Q-id, id or whole name, and rows for those whom it lacks.

In: claims. Out: a person's id for each claim, rows of people.tsv, and findings where several can be meant. A person whom
the world knows is used as he is: no row of the world is replaced.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.world.aliases import LANGUAGES
from communique.world.imports.claims import Claim
from communique.world.imports.findings import Refused
from communique.world.imports.values import Meanings
from communique.world.names.latin import plain
from communique.world.names.russian import fold
from communique.world.people_names import FAMILY_FIRST, Completeness, iter_spellings
from communique.world.reference import split_name
from communique.world.tables import COLUMNS, Row

_LETTERS = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіїєўґ",
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya a gh q n o u u h i yi ye u g".split(),
        strict=True,
    )
)
_AFTER_A_NAME = re.compile(r"[ivx]+|jr|sr")
_ONE_OR_THE_OTHER = "write the id of whom you mean in the column person"


@dataclass(frozen=True, slots=True)
class Described:
    """One person of the file: all claims about him, in their order."""

    claims: Sequence[Claim]

    @property
    def entity(self) -> str:
        return self.claims[0].entity

    @property
    def states(self) -> frozenset[str]:
        """What he was in, and whose he is."""
        return frozenset(key for claim in self.claims for key in (claim.of, claim.home))

    @property
    def home(self) -> str:
        return min(self.claims, key=lambda c: (c.start, c.number)).home

    @property
    def gender(self) -> str:
        return next((claim.gender for claim in self.claims if claim.gender), "")

    def names(self, language: str) -> list[str]:
        """All names in a language, usual ones first; a label of another language only where there is no other."""
        own = [claim for claim in self.claims if language not in claim.stand_ins]
        told = [name for claim in own for name in claim.names.get(language, ())]
        told = told or [name for claim in self.claims for name in claim.names.get(language, ())]
        variants = [form for claim in self.claims for form in claim.variants.get(language, ())]
        return list(dict.fromkeys([*told, *(form for form in variants if _is_form_of(form, told))]))


def _is_form_of(form: str, names: Sequence[str]) -> bool:
    """Whether another form has two words, one of them of the name: «Elbasy» names no person in a text."""
    words = split_name(form)
    return len(words) > 1 and any(any(iter_spellings(words, name)) for name in names)


@dataclass(frozen=True, slots=True)
class Identified:
    """The person of each claim by its number, rows for new people, and the claims that are refused."""

    ids: dict[int, str]
    rows: list[Row]
    refused: list[tuple[Claim, Refused]]


def identify(meanings: Meanings, claims: Sequence[Claim]) -> Identified:
    """Who each claim is about. Ids of new people do not depend on the order of the file."""
    ids: dict[int, str] = {}
    refused: list[tuple[Claim, Refused]] = []
    new: list[Described] = []
    for described, found in _with_candidates(meanings, claims):
        if isinstance(found, Refused):
            refused += [(claim, found) for claim in described.claims]
        elif found is None:
            new.append(described)
        else:
            ids |= {claim.number: found for claim in described.claims}
    rows: list[Row] = []
    taken = set(meanings.world.people)
    for described in sorted(new, key=_order):
        key = _free(_stem(described), taken)
        taken.add(key)
        rows.append(_row(key, described))
        ids |= {claim.number: key for claim in described.claims}
    return Identified(ids, sorted(rows, key=lambda row: row["id"]), refused)


def _with_candidates(meanings: Meanings, claims: Sequence[Claim]) -> Iterator[tuple[Described, str | Refused | None]]:
    """Each person of the file with his id in the world, None for a new one; two cannot be one by their names."""
    people = list(_described(claims))
    sure = [p.claims[0].known or meanings.people.get(p.entity, "") for p in people]
    by_name = [None if key else _by_name(meanings, p) for key, p in zip(sure, people, strict=True)]
    claimed = Counter(found for found in by_name if isinstance(found, str))
    for described, key, found in zip(people, sure, by_name, strict=True):
        if isinstance(found, str) and claimed[found] > 1:
            yield described, Refused("ambiguous_person", f"two people of the file may be {found}", _ONE_OR_THE_OTHER)
        else:
            yield described, key or found


def _described(claims: Sequence[Claim]) -> Iterator[Described]:
    """By the Q-id or the id; by the name and the state where there is neither."""
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        itself = claim.known or claim.entity
        groups[(itself,) if itself else (fold(claim.called), claim.home)].append(claim)
    return map(Described, groups.values())


def _by_name(meanings: Meanings, described: Described) -> str | Refused | None:
    """The one person of the same state whose whole name agrees; a part of a name is not enough, and too much to ignore."""
    fits = [
        fit
        for name in dict.fromkeys(
            name for claim in described.claims for names in claim.names.values() for name in names
        )
        for fit in meanings.world.people_names.fits(tuple(split_name(name)))
        if _may_be(meanings, described, fit.person)
    ]
    whole = dict.fromkeys(fit.person for fit in fits if fit.completeness is Completeness.full)
    if len(whole) == 1:
        return next(iter(whole))
    if fits:
        people = " or ".join(sorted({*whole} or {fit.person for fit in fits}))
        return Refused("ambiguous_person", f"{described.claims[0].called} may be {people}", _ONE_OR_THE_OTHER)
    return None


def _may_be(meanings: Meanings, described: Described, person: str) -> bool:
    known = meanings.world.people[person].wikidata
    held = {tenure.of for tenure in meanings.world.tenures_of.get(person, ())}
    return bool(held & described.states) and not (known and described.entity)


# New people ------------------------------------------------------------------------------------------------------


def _order(described: Described) -> tuple[str, int, str]:
    return _stem(described), int(described.entity[1:] or 0), described.claims[0].called


def _stem(described: Described) -> str:
    """State and surname; the whole name where the family name may come first.

    >>> from communique.world.imports.claims import Claim
    >>> def stem(home, **names):
    ...     told = {language: [name] for language, name in names.items()}
    ...     return _stem(Described([Claim(1, "", "", told, frozenset(), {}, "", home, "aide", home, "", "", "2010", "")]))
    >>> stem("KG", en="Sooronbay Jeenbekov"), stem("x-liria", ru="Ержан Жұмабеков"), stem("CN", en="Li Qiang")
    ('kg-jeenbekov', 'x-liria-zhumabekov', 'cn-li-qiang')
    """
    name = next(names[0] for language in ("en", "ru", "kk") if (names := described.names(language)))
    words = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", _latin(name))
    while len(words) > 1 and _AFTER_A_NAME.fullmatch(words[-1]):
        words.pop()
    prefix = f"{described.home.lower()}-"
    surname = "-".join(words if prefix.startswith(FAMILY_FIRST) else words[-1:])
    return prefix + (surname or described.entity.lower() or "person")


def _latin(name: str) -> str:
    """In plain Latin letters, lower case; for ids only."""
    letters = "".join(_LETTERS.get(c, c).strip("-") if c != "-" else c for c in fold(name))
    return re.sub(r"['’ʻʼ`.]", "", plain(letters))


def _free(stem: str, taken: set[str]) -> str:
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def _row(key: str, described: Described) -> Row:
    row = dict.fromkeys(COLUMNS["people"], "") | {"id": key, "gender": described.gender, "wikidata": described.entity}
    for language in LANGUAGES:
        name, *variants = described.names(language) or [""]
        row |= {f"name_{language}": name, f"variants_{language}": "|".join(variants)}
    return row
