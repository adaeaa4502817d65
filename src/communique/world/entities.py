"""What the world is made of: states, places, organisations, people, tenures, publishers, as immutable values.

Dates are ISO, to the day, the month or the year. Names are in Russian unless the field says another language.
"""

from dataclasses import dataclass

from communique.world.index import split_cell
from communique.world.tables import Row

MEMBER_STANDINGS = ("member", "observer", "associate", "partner", "chair")


@dataclass(frozen=True, slots=True)
class State:
    """A state, or an entity that readouts treat as one. `cow` and `gw` are its codes in the two lists of states, with the days."""

    code: str
    name: str
    official: str
    capital: str
    iso3: str
    cow: tuple[str, ...]
    gw: tuple[str, ...]
    wikidata: str
    name_en: str = ""
    name_kk: str = ""


@dataclass(frozen=True, slots=True)
class Capital:
    """A city as the capital of a state under one name of it, from `start` (empty: always) to `end` (empty: now)."""

    state: str
    city: str
    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    name: str
    country: str
    kind: str
    of: str


@dataclass(frozen=True, slots=True)
class Organisation:
    id: str
    kind: str
    abbreviation: str
    name: str
    parent: str
    seat: str
    name_en: str = ""
    name_kk: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """A state in an organisation as `member`, `observer`, `associate`, `partner` or `chair`; empty days are not known."""

    organisation: str
    state: str
    start: str
    end: str
    standing: str
    source: str

    def covers(self, first: str, last: str) -> bool:
        return covers(self.start, self.end, first, last)


@dataclass(frozen=True, slots=True)
class Person:
    """`names` are all forms in all languages, the first of each language its usual one; `variants` are those in Russian."""

    id: str
    name: str
    variants: tuple[str, ...]
    gender: str
    name_en: str = ""
    name_kk: str = ""
    variants_en: tuple[str, ...] = ()
    variants_kk: tuple[str, ...] = ()
    wikidata: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        given = (self.name, *self.variants, self.name_en, *self.variants_en, self.name_kk, *self.variants_kk)
        return tuple(dict.fromkeys(n for n in given if n))


@dataclass(frozen=True, slots=True)
class Tenure:
    """One office of one person; dates are ISO, to the day, month or year; an empty end is open.

    `chamber` is `upper` or `lower` for the speakers of a parliament that has two.
    """

    person: str
    office: str
    of: str
    start: str
    end: str
    standing: str
    source: str
    chamber: str = ""

    def covers(self, first: str, last: str) -> bool:
        """Whether the tenure and the ISO days `first`..`last` can overlap."""
        return covers(self.start, self.end, first, last)

    @property
    def verified(self) -> bool:
        """Whether some source names the person in this office; its dates may go beyond what the source says."""
        return any(source != "unverified" for source in split_cell(self.source))


@dataclass(frozen=True, slots=True)
class Publisher:
    """A site that publishes readouts: of a state, of an organisation, or of neither."""

    site: str
    name: str
    state: str
    kind: str
    languages: tuple[str, ...] = ()
    rights: str = ""
    organisation: str = ""


def covers(start: str, end: str, first: str, last: str) -> bool:
    """Whether two spans of ISO days, months or years can overlap; an empty start or end is open.

    >>> covers("2019-03", "", "2019-03-20", "2019-03-20"), covers("2019-04", "", "2019-03-20", "2019-03-20")
    (True, False)
    """
    return start <= last[: len(start)] and (not end or end >= first[: len(end)])


def organisation_of(row: Row) -> Organisation:
    return Organisation(
        row["id"],
        row["kind"],
        row["abbreviation_ru"],
        row["name_ru"],
        row["parent"],
        row["seat"],
        row["name_en"],
        row["name_kk"],
    )


def person_of(row: Row) -> Person:
    return Person(
        row["id"],
        row["name_ru"] or row["name_en"] or row["name_kk"],
        tuple(split_cell(row["variants_ru"])),
        row["gender"],
        row["name_en"],
        row["name_kk"],
        tuple(split_cell(row["variants_en"])),
        tuple(split_cell(row["variants_kk"])),
        row["wikidata"],
    )


def state_of(row: Row) -> State:
    return State(
        row["code"], row["name_ru"], row["official_ru"], row["capital"], row["iso3"],
        tuple(split_cell(row["cow"])), tuple(split_cell(row["gw"])), row["wikidata"], row["name_en"], row["name_kk"],
    )  # fmt: skip


def publisher_of(row: Row) -> Publisher:
    return Publisher(
        row["site"],
        row["name_ru"],
        row["state"],
        row["kind"],
        tuple(split_cell(row["languages"])),
        row["rights"],
        row["organisation"],
    )
