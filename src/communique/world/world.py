"""The world: states, places, organisations, people, tenures, publishers, read from TSV files and overlays.

In: folders of TSV files, later ones replace rows with the same key. Out: an immutable `World` with an alias index.
Tenures say who held an office on a day; an unknown day gives an answer only where every reading agrees.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import get_args

from communique.errors import WorldError
from communique.record.vocabulary import OfficeCode, PublisherKind
from communique.world.aliases import KINDS_OF, iter_entries
from communique.world.compiled import compiled_layer
from communique.world.entities import (
    MEMBER_STANDINGS,
    Capital,
    Membership,
    Person,
    PlaceEntry,
    Publisher,
    Tenure,
    organisation_of,
    person_of,
    publisher_of,
    state_of,
)
from communique.world.index import AliasIndex, Layer, layer_of, split_cell
from communique.world.names.russian import fold
from communique.world.people_names import PeopleNames
from communique.world.reference import Parsed, parser
from communique.world.tables import COLUMNS, Row, merge_rows, read_table, stamp_of

LANGUAGES = ("ru", "en", "kk")
Tables = dict[str, dict[str, Row]]


class World:
    """Lookups over the loaded tables. `version` is a hash of all rows, so a record can say which world it was read with.

    `index` has the Russian names only; `every_index` those of all languages.
    """

    def __init__(
        self, tables: Tables, version: str, layers: Sequence[Layer], hidden: Iterable[tuple[str, str]]
    ) -> None:
        self.version = version
        rows = {name: table.values() for name, table in tables.items()}
        self.states = {r["code"]: state_of(r) for r in rows["states"]}
        self.places = [PlaceEntry(r["name_ru"], r["country"], r["kind"], r["of"]) for r in rows["places"]]
        self.organisations = {r["id"]: organisation_of(r) for r in rows["organisations"]}
        self.people = {r["id"]: person_of(r) for r in rows["people"]}
        self.tenures = [Tenure(**r) for r in rows["tenures"]]
        self.publishers = {r["site"]: publisher_of(r) for r in rows["publishers"]}
        self.past_capitals = [
            Capital(r["state"], r["city"], r["name_ru"], r["start"], r["end"]) for r in rows["capitals"]
        ]
        self.memberships: dict[str, list[Membership]] = defaultdict(list)
        for r in rows["memberships"]:
            self.memberships[r["organisation"]].append(Membership(**r))
        self.tenures_of: dict[str, list[Tenure]] = defaultdict(list)
        self.tenures_in: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for tenure in self.tenures:
            self.tenures_of[tenure.person].append(tenure)
            self.tenures_in[tenure.office, tenure.of].append(tenure)
        self.capitals = {fold(s.capital): s.code for s in self.states.values() if s.capital}
        self.layers = tuple(layers)
        self._hidden = tuple(hidden)
        self.index = AliasIndex(layers, ("ru",), self._hidden)
        self._seats = {
            (r["code"], name): office
            for r in rows["states"]
            for name, _, office in (m.partition("=") for m in _every(r, "metonyms"))
            if office
        }
        self.publisher_names: dict[str, str] = {}
        for r in rows["publishers"]:
            for name in (r["site"], *_every(r, "name"), *_every(r, "aliases")):
                self.publisher_names.setdefault(fold(name), r["site"])

    @cached_property
    def every_index(self) -> AliasIndex:
        return AliasIndex(self.layers, LANGUAGES, self._hidden)

    @cached_property
    def people_names(self) -> PeopleNames:
        return PeopleNames(self.layers, frozenset(self._hidden))

    @cached_property
    def parse_reference(self) -> Callable[[str], Parsed]:
        """What the words of a mention say of a person, in any language; the same words are read once."""
        return parser(self.every_index, self._seats)

    @cached_property
    def _people_by_surname(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.people.values():
            for surname in dict.fromkeys(fold(name.split()[-1]) for name in (person.name, *person.variants)):
                found[surname].append(person)
        return found

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

    def english_name_of(self, key: str) -> str:
        """The English name of a state or an organisation, else its name in Russian, else the key."""
        found = self.organisations.get(key) or self.states.get(key)
        return (found.name_en or found.name) if found else key

    def name_of(self, key: str) -> str:
        """The name of a state or an organisation; the key where there is none."""
        return self.organisations[key].name if key in self.organisations else self.state_name(key) or key


def _every(row: Row, column: str) -> Iterable[str]:
    return (value for language in LANGUAGES for value in split_cell(row[f"{column}_{language}"]))


def load_world(overlays: Sequence[Path] = (), cache: Path | None = None) -> World:
    """The world that ships, with overlay folders on top; raises WorldError with file, line and remedy.

    Loading is remembered per overlays and the modification times of their files. `cache` is a folder in which the index
    of names is kept between runs; without one it is made in memory, which takes about a second.
    """
    stamp = tuple((str(p), stamp_of(Path(p))) for p in overlays)
    return _load(stamp, cache)


@lru_cache(maxsize=4)
def _load(overlays: tuple[tuple[str, tuple[float, ...]], ...], cache: Path | None) -> World:
    tables, read = _shipped_tables()
    shipped = {name: dict(table) for name, table in tables.items()}
    version = read.hexdigest()[:12]
    laid: dict[str, set[str]] = {name: set() for name in COLUMNS}
    for folder, _ in overlays:
        for name in COLUMNS:
            path = Path(folder) / f"{name}.tsv"
            if path.exists():
                text = read_table(path)
                read.update(text.encode())
                own: dict[str, Row] = {}
                merge_rows(own, name, text, str(path))
                tables[name].update(own)
                laid[name] |= own.keys()
    _check_names(tables)
    layers = [_shipped_layer(version, cache)]
    if overlays:
        layers.append(layer_of(iter_entries(tables, laid)))
    hidden = [
        (kind, key)
        for name, kinds in KINDS_OF.items()
        for key in _index_keys(tables, name, laid[name] & shipped[name].keys())
        for kind in kinds
    ]
    world = World(tables, read.hexdigest()[:12], layers, hidden)
    _check_links(world)
    return world


def _shipped_tables() -> "tuple[Tables, hashlib._Hash]":
    tables: Tables = {name: {} for name in COLUMNS}
    read = hashlib.sha256()
    folder = files("communique.world") / "data"
    for name in COLUMNS:
        text = (folder / f"{name}.tsv").read_text("utf-8")
        read.update(text.encode())
        merge_rows(tables[name], name, text, f"{name}.tsv")
    return tables, read


@lru_cache(maxsize=2)
def _shipped_layer(version: str, cache: Path | None) -> Layer:
    return compiled_layer(version, lambda: iter_entries(_shipped_tables()[0]), cache)


def _index_keys(tables: Tables, name: str, keys: set[str]) -> Iterable[str]:
    """The keys that aliases bear: a place has none of its own and goes by its number."""
    if name != "places":
        return keys
    return [str(number) for number, key in enumerate(tables[name]) if key in keys]


def _check_names(tables: Tables) -> None:
    for name, rows in tables.items():
        for key, row in rows.items():
            columns = ("name_ru", "name_en", "name_kk") if name == "people" else ("name_ru",)
            if not any(row.get(column, "-").strip() for column in columns):
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
