"""The world: states, places, organisations, people, tenures, publishers, read from TSV files and overlays.

In: folders of TSV files, later ones replace rows with the same key. Out: an immutable `World` with an alias index.
Tenures say who held an office on a day; an unknown day gives an answer only where every reading agrees.
"""

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import get_args

from communique.errors import WorldError
from communique.record.vocabulary import OfficeCode, PublisherKind
from communique.world.index import AliasIndex, split_cell
from communique.world.names.russian import fold

Row = dict[str, str]
COLUMNS: dict[str, tuple[str, ...]] = {
    "states": (
        "code", "iso3", "cow", "gw", "wikidata", "name_ru", "official_ru", "adjective_ru", "demonym_ru", "aliases_ru",
        "metonyms_ru", "name_en", "official_en", "adjective_en", "demonym_en", "aliases_en", "metonyms_en", "name_kk",
        "official_kk", "adjective_kk", "demonym_kk", "aliases_kk", "metonyms_kk", "capital",
    ),
    "capitals": ("state", "city", "name_ru", "name_en", "name_kk", "start", "end", "source"),
    "places": ("name_ru", "country", "kind", "aliases_ru", "of", "name_en", "aliases_en", "name_kk", "aliases_kk", "geonames"),
    "organisations": (
        "id", "kind", "abbreviation_ru", "name_ru", "aliases_ru", "abbreviation_en", "name_en", "aliases_en",
        "abbreviation_kk", "name_kk", "aliases_kk", "parent", "seat", "series_ru",
    ),
    "memberships": ("organisation", "state", "start", "end", "standing", "source"),
    "people": ("id", "name_ru", "variants_ru", "name_en", "variants_en", "name_kk", "variants_kk", "gender", "wikidata"),
    "offices": ("code", "of", "names_ru", "names_en", "names_kk"),
    "tenures": ("person", "office", "of", "start", "end", "standing", "source"),
    "publishers": (
        "site", "name_ru", "state", "kind", "aliases_ru", "name_en", "aliases_en", "name_kk", "aliases_kk",
        "languages", "rights",
    ),
}  # fmt: skip
# The columns that a file may not leave out; any other may be absent, and is empty then.
REQUIRED: dict[str, tuple[str, ...]] = {
    "states": ("code", "name_ru"),
    "capitals": ("state", "city", "name_ru", "start"),
    "places": ("name_ru", "country", "kind"),
    "organisations": ("id", "kind", "name_ru"),
    "memberships": ("organisation", "state", "standing"),
    "people": ("id",),
    "offices": ("code",),
    "tenures": ("person", "office", "of", "start"),
    "publishers": ("site", "name_ru", "kind"),
}


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
    """One office of one person; dates are ISO, to the day, month or year; an empty end is open."""

    person: str
    office: str
    of: str
    start: str
    end: str
    standing: str
    source: str

    def covers(self, first: str, last: str) -> bool:
        """Whether the tenure and the ISO days `first`..`last` can overlap."""
        return covers(self.start, self.end, first, last)


@dataclass(frozen=True, slots=True)
class Publisher:
    site: str
    name: str
    state: str
    kind: str
    languages: tuple[str, ...] = ()
    rights: str = ""


def covers(start: str, end: str, first: str, last: str) -> bool:
    """Whether two spans of ISO days, months or years can overlap; an empty start or end is open.

    >>> covers("2019-03", "", "2019-03-20", "2019-03-20"), covers("2019-04", "", "2019-03-20", "2019-03-20")
    (True, False)
    """
    return start <= last[: len(start)] and (not end or end >= first[: len(end)])


class World:
    """Lookups over the loaded tables. `version` is a hash of all rows, so a record can say which world it was read with."""

    def __init__(self, tables: dict[str, list[Row]], version: str) -> None:
        self.version = version
        self.states = {
            r["code"]: State(
                r["code"], r["name_ru"], r["official_ru"], r["capital"], r["iso3"],
                tuple(split_cell(r["cow"])), tuple(split_cell(r["gw"])), r["wikidata"],
            )
            for r in tables["states"]
        }  # fmt: skip
        self.places = [PlaceEntry(r["name_ru"], r["country"], r["kind"], r["of"]) for r in tables["places"]]
        self.organisations = {r["id"]: _organisation(r) for r in tables["organisations"]}
        self.people = {r["id"]: _person(r) for r in tables["people"]}
        self.tenures = [Tenure(**{c: r[c] for c in COLUMNS["tenures"]}) for r in tables["tenures"]]
        self.publishers = {
            r["site"]: Publisher(
                r["site"], r["name_ru"], r["state"], r["kind"], tuple(split_cell(r["languages"])), r["rights"]
            )
            for r in tables["publishers"]
        }
        self.memberships: dict[str, list[Membership]] = defaultdict(list)
        for r in tables["memberships"]:
            self.memberships[r["organisation"]].append(Membership(**r))
        self.past_capitals = [
            Capital(r["state"], r["city"], r["name_ru"], r["start"], r["end"]) for r in tables["capitals"]
        ]
        self.tenures_of: dict[str, list[Tenure]] = defaultdict(list)
        self.tenures_in: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for tenure in self.tenures:
            self.tenures_of[tenure.person].append(tenure)
            self.tenures_in[tenure.office, tenure.of].append(tenure)
        self.capitals = {fold(s.capital): s.code for s in self.states.values() if s.capital}
        self.index = AliasIndex()
        self.publisher_names: dict[str, str] = {}
        self._people_by_surname: dict[str, list[Person]] = defaultdict(list)
        _fill_index(self, tables)

    def people_named(self, surname: str) -> Sequence[Person]:
        """People whose last word of the name (or of a variant) is this, in the nominative."""
        return self._people_by_surname.get(fold(surname), ())

    def holders(self, office: str, of: str, first: str = "", last: str = "") -> list[Tenure]:
        """Tenures of an office that can cover the ISO days `first`..`last` (any day where these are empty)."""
        found = self.tenures_in.get((office, of), [])
        return [t for t in found if t.covers(first, last)] if first else list(found)

    def publisher(self, name: str | None) -> Publisher | None:
        """The publisher by its site (also a subdomain or a page's address) or by one of its names."""
        if not name:
            return None
        low = fold(name.strip())
        if low in self.publisher_names:
            return self.publishers[self.publisher_names[low]]
        host = low.split("//")[-1].split("/")[0].split(" ")[0].removeprefix("www.").rstrip(",;")
        while "." in host:
            if host in self.publishers:
                return self.publishers[host]
            host = host.split(".", 1)[1]
        return None

    def state_name(self, code: str | None) -> str | None:
        return self.states[code].name if code in self.states else None


def _organisation(row: Row) -> Organisation:
    return Organisation(row["id"], row["kind"], row["abbreviation_ru"], row["name_ru"], row["parent"], row["seat"])


def _person(row: Row) -> Person:
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


def _fill_index(world: World, tables: dict[str, list[Row]]) -> None:
    add = world.index.add
    for row in tables["states"]:
        for name in (row["name_ru"], row["official_ru"], *split_cell(row["aliases_ru"])):
            add("state", row["code"], name)
        for adjective in split_cell(row["adjective_ru"]):
            add("adjective", row["code"], adjective)
        for metonym in split_cell(row["metonyms_ru"]):
            add("metonym", row["code"], metonym.partition("=")[0])
    for number, row in enumerate(tables["places"]):
        for name in (row["name_ru"], *split_cell(row["aliases_ru"])):
            add("venue" if row["kind"] == "venue" else "place", str(number), name)
    for row in tables["organisations"]:
        kind = "body" if row["kind"] == "body" else "format" if row["kind"] == "format" else "organisation"
        for name in (row["name_ru"], *split_cell(row["abbreviation_ru"]), *split_cell(row["aliases_ru"])):
            add(kind, row["id"], name)  # type: ignore[arg-type]
    for person in world.people.values():
        for name in (person.name, *person.variants):
            surname = fold(name.split()[-1])
            if person not in world._people_by_surname[surname]:
                world._people_by_surname[surname].append(person)
                add("person", person.id, name.split()[-1])
            add("person", person.id, name)
    for row in tables["publishers"]:
        for name in (row["site"], row["name_ru"], *split_cell(row["aliases_ru"])):
            world.publisher_names.setdefault(fold(name), row["site"])


def load_world(overlays: Sequence[Path] = ()) -> World:
    """The world that ships, with overlay folders on top; raises WorldError with file, line and remedy.

    Loading is remembered per overlays and the modification times of their files.
    """
    stamp = tuple((str(p), stamp_of(Path(p))) for p in overlays)
    return _load(stamp)


@lru_cache(maxsize=4)
def _load(overlays: tuple[tuple[str, tuple[float, ...]], ...]) -> World:
    tables: dict[str, dict[str, Row]] = {name: {} for name in COLUMNS}
    read = hashlib.sha256()
    shipped = files("communique.world") / "data"
    for name in COLUMNS:
        text = (shipped / f"{name}.tsv").read_text("utf-8")
        read.update(text.encode())
        merge_rows(tables[name], name, text, f"{name}.tsv")
    for folder, _ in overlays:
        for name in COLUMNS:
            path = Path(folder) / f"{name}.tsv"
            if path.exists():
                text = read_table(path)
                read.update(text.encode())
                merge_rows(tables[name], name, text, str(path))
    _check_names(tables)
    world = World({name: list(rows.values()) for name, rows in tables.items()}, read.hexdigest()[:12])
    _check_links(world)
    return world


def read_table(path: Path) -> str:
    """The text of an overlay's file; WorldError where it cannot be read."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise WorldError(
            f"{path} cannot be read ({error.strerror}); it must be a file of tab-separated values"
        ) from None
    except UnicodeDecodeError as error:
        raise WorldError(f"{path}: byte {error.start} is no UTF-8; save the file as UTF-8") from None


def stamp_of(folder: Path) -> tuple[float, ...]:
    """When each file of an overlay was last changed; WorldError where there is no overlay."""
    if not folder.is_dir():
        raise WorldError(f"no folder {folder}; --world takes a folder with {', '.join(f'{n}.tsv' for n in COLUMNS)}")
    present = [folder / f"{n}.tsv" for n in COLUMNS if (folder / f"{n}.tsv").exists()]
    if not present:
        raise WorldError(f"{folder} holds none of {', '.join(f'{n}.tsv' for n in COLUMNS)}")
    return tuple(p.stat().st_mtime for p in present)


def merge_rows(table: dict[str, Row], name: str, text: str, where: str) -> None:
    """The rows of a table's text put into `table` by their keys; WorldError with the line for what is no row."""
    lines = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        _merge_lines(table, name, lines, where)
    except csv.Error as error:
        raise WorldError(
            f"{where}, line {lines.line_num}: {error}; a cell is far too long, or a tab is missing"
        ) from None


def _merge_lines(table: dict[str, Row], name: str, lines: Iterator[list[str]], where: str) -> None:
    header = tuple(next(lines, ()))
    _check_header(header, name, where)
    for number, cells in enumerate(lines, 2):
        if not any(cells):
            continue
        if len(cells) != len(header):
            raise WorldError(
                f"{where}, line {number}: {len(cells)} cells, the header has {len(header)}; separate cells with tabs"
            )
        row = dict.fromkeys(COLUMNS[name], "") | dict(zip(header, cells, strict=True))
        table[row_key(name, row)] = row


def _check_header(header: tuple[str, ...], name: str, where: str) -> None:
    """The columns may stand in any order, and all but the required ones may be absent."""
    unknown = [c for c in header if c not in COLUMNS[name]]
    missing = [c for c in REQUIRED[name] if c not in header]
    if unknown or missing or len(set(header)) < len(header):
        wrong = f"unknown {unknown}" if unknown else f"without {missing}" if missing else "one of them twice"
        raise WorldError(
            f"{where}, line 1: columns {list(header)}, {wrong}; write {list(COLUMNS[name])}, or some of them"
        )


def row_key(name: str, row: Row) -> str:
    """What makes two rows one: an overlay's row with the same key replaces the earlier."""
    return "\t".join(row[column] for column in _KEYS.get(name, COLUMNS[name][:1]))


_KEYS = {
    "capitals": ("state", "start"),
    "places": ("name_ru", "country", "kind", "of"),
    "memberships": ("organisation", "state", "standing", "start"),
    "offices": ("code", "of"),
    "tenures": ("person", "office", "of", "start"),
}


def _check_names(tables: dict[str, dict[str, Row]]) -> None:
    for name, rows in tables.items():
        for key, row in rows.items():
            if not any(
                row.get(c, "-").strip() for c in ("name_ru", *(("name_en", "name_kk") if name == "people" else ()))
            ):
                raise WorldError(f"{name}.tsv: {key.strip()!r} has no name; write it, or take the row out")


_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def _check_links(world: World) -> None:
    """Whatever a row names is there, and its codes and days mean something; `communique world check` finds all at once."""
    for tenure in world.tenures:
        _check_tenure(world, tenure)
    for publisher in world.publishers.values():
        if publisher.state and publisher.state not in world.states:
            raise WorldError(
                f"publishers.tsv: {publisher.site} is of unknown state {publisher.state!r}; add it to states.tsv"
            )
        if publisher.kind not in get_args(PublisherKind):
            kinds = ", ".join(get_args(PublisherKind))
            raise WorldError(
                f"publishers.tsv: {publisher.site} is of unknown kind {publisher.kind!r}; it is one of {kinds}"
            )
    for place in world.places:
        if place.country not in world.states:
            raise WorldError(f"places.tsv: {place.name} lies in unknown {place.country!r}; add it to states.tsv")
    for membership in (m for rows in world.memberships.values() for m in rows):
        _check_membership(world, membership)
    for organisation in world.organisations.values():
        if organisation.parent and organisation.parent not in world.organisations:
            raise WorldError(f"organisations.tsv: {organisation.id} is part of unknown {organisation.parent!r}; add it")


def _check_membership(world: World, membership: Membership) -> None:
    whose = f"memberships.tsv: {membership.state} in {membership.organisation}"
    if membership.organisation not in world.organisations or membership.state not in world.states:
        raise WorldError(f"{whose}: one of them is unknown; add it to organisations.tsv or states.tsv")
    if membership.standing not in MEMBER_STANDINGS:
        raise WorldError(
            f"{whose}: unknown standing {membership.standing!r}; it is one of {', '.join(MEMBER_STANDINGS)}"
        )


MEMBER_STANDINGS = ("member", "observer", "associate", "partner", "chair")


def _check_tenure(world: World, tenure: Tenure) -> None:
    if tenure.person not in world.people:
        raise WorldError(f"tenures.tsv: unknown person {tenure.person!r}; add a row to people.tsv")
    if tenure.of not in world.states and tenure.of not in world.organisations:
        raise WorldError(
            f"tenures.tsv: {tenure.person} holds an office of unknown {tenure.of!r}; add it to states.tsv or organisations.tsv"
        )
    whose = f"tenures.tsv: {tenure.person}, {tenure.office}"
    if tenure.office not in get_args(OfficeCode):
        raise WorldError(f"{whose}: no such office; it is one of {', '.join(get_args(OfficeCode))}")
    for day in filter(None, (tenure.start, tenure.end)):
        if not _DAY.fullmatch(day):
            raise WorldError(f"{whose}: {day!r} is no date; write 2021-12-28, 2021-12 or 2021")
    if tenure.end and tenure.end[: len(tenure.start)] < tenure.start[: len(tenure.end)]:
        raise WorldError(f"{whose}: ends {tenure.end} before it starts {tenure.start}")


def iter_member_states(world: World, organisation: str, first: str = "", last: str = "") -> Iterable[str]:
    """The member states of an organisation, or of the one that a body belongs to, that were in it on some of these days.

    Without days: those that are in it now.
    """
    held = [m for m in world.memberships.get(organisation, ()) if m.standing == "member"]
    if held:
        return [m.state for m in held if (m.covers(first, last) if first else not m.end)]
    found = world.organisations.get(organisation)
    return iter_member_states(world, found.parent, first, last) if found and found.parent else ()
