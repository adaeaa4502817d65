"""The world: states, places, organisations, people, tenures, publishers, read from TSV files and overlays.

In: folders of TSV files, later ones replace rows with the same key. Out: an immutable `World` with an alias index.
Tenures say who held an office on a day; an unknown day gives an answer only where every reading agrees.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from communique.errors import WorldError
from communique.world.index import AliasIndex, split_cell
from communique.world.names.russian import fold

Row = dict[str, str]
COLUMNS: dict[str, tuple[str, ...]] = {
    "states": ("code", "name_ru", "official_ru", "adjective_ru", "demonym_ru", "aliases_ru", "metonyms_ru", "capital"),
    "places": ("name_ru", "country", "kind", "aliases_ru", "of"),
    "organisations": ("id", "kind", "abbreviation_ru", "name_ru", "aliases_ru", "parent", "members"),
    "people": ("id", "name_ru", "variants_ru", "gender"),
    "tenures": ("person", "office", "of", "start", "end", "standing", "source"),
    "publishers": ("site", "name_ru", "state", "kind", "aliases_ru"),
}


@dataclass(frozen=True, slots=True)
class State:
    code: str
    name: str
    official: str
    capital: str


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
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    variants: tuple[str, ...]
    gender: str


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
        return self.start <= last[: len(self.start)] and (not self.end or self.end >= first[: len(self.end)])


@dataclass(frozen=True, slots=True)
class Publisher:
    site: str
    name: str
    state: str
    kind: str


class World:
    """Lookups over the loaded tables. `version` is a hash of all rows, so a record can say which world it was read with."""

    def __init__(self, tables: dict[str, list[Row]], version: str) -> None:
        self.version = version
        self.states = {
            r["code"]: State(r["code"], r["name_ru"], r["official_ru"], r["capital"]) for r in tables["states"]
        }
        self.places = [PlaceEntry(r["name_ru"], r["country"], r["kind"], r["of"]) for r in tables["places"]]
        self.organisations = {r["id"]: _organisation(r) for r in tables["organisations"]}
        self.people = {
            r["id"]: Person(r["id"], r["name_ru"], tuple(split_cell(r["variants_ru"])), r["gender"])
            for r in tables["people"]
        }
        self.tenures = [Tenure(**{c: r[c] for c in COLUMNS["tenures"]}) for r in tables["tenures"]]
        self.publishers = {
            r["site"]: Publisher(r["site"], r["name_ru"], r["state"], r["kind"]) for r in tables["publishers"]
        }
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
    return Organisation(
        row["id"], row["kind"], row["abbreviation_ru"], row["name_ru"], row["parent"], tuple(split_cell(row["members"]))
    )


def _fill_index(world: World, tables: dict[str, list[Row]]) -> None:
    add = world.index.add
    for row in tables["states"]:
        for name in (row["name_ru"], row["official_ru"], *split_cell(row["aliases_ru"])):
            add("state", row["code"], name)
        for adjective in split_cell(row["adjective_ru"]):
            add("adjective", row["code"], adjective)
        for metonym in split_cell(row["metonyms_ru"]):
            add("metonym", row["code"], metonym)
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
    stamp = tuple((str(p), _stamp(Path(p))) for p in overlays)
    return _load(stamp)


@lru_cache(maxsize=4)
def _load(overlays: tuple[tuple[str, tuple[float, ...]], ...]) -> World:
    tables: dict[str, dict[str, Row]] = {name: {} for name in COLUMNS}
    read = hashlib.sha256()
    shipped = files("communique.world") / "data"
    for name in COLUMNS:
        text = (shipped / f"{name}.tsv").read_text("utf-8")
        read.update(text.encode())
        _merge(tables[name], name, text, f"{name}.tsv")
    for folder, _ in overlays:
        for name in COLUMNS:
            path = Path(folder) / f"{name}.tsv"
            if path.exists():
                text = _read_table(path)
                read.update(text.encode())
                _merge(tables[name], name, text, str(path))
    world = World({name: list(rows.values()) for name, rows in tables.items()}, read.hexdigest()[:12])
    _check_links(world)
    return world


def _read_table(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise WorldError(f"{path}: byte {error.start} is no UTF-8; save the file as UTF-8") from None


def _stamp(folder: Path) -> tuple[float, ...]:
    if not folder.is_dir():
        raise WorldError(f"no folder {folder}; --world takes a folder with {', '.join(f'{n}.tsv' for n in COLUMNS)}")
    present = [folder / f"{n}.tsv" for n in COLUMNS if (folder / f"{n}.tsv").exists()]
    if not present:
        raise WorldError(f"{folder} holds none of {', '.join(f'{n}.tsv' for n in COLUMNS)}")
    return tuple(p.stat().st_mtime for p in present)


def _merge(table: dict[str, Row], name: str, text: str, where: str) -> None:
    lines = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = tuple(next(lines, ()))
    if header != COLUMNS[name]:
        raise WorldError(f"{where}, line 1: columns {list(header)}; write {list(COLUMNS[name])}")
    for number, cells in enumerate(lines, 2):
        if not any(cells):
            continue
        if len(cells) != len(header):
            raise WorldError(
                f"{where}, line {number}: {len(cells)} cells, the header has {len(header)}; separate cells with tabs"
            )
        row = dict(zip(header, cells, strict=True))
        table[_row_key(name, row)] = row


def _row_key(name: str, row: Row) -> str:
    """What makes two rows one: an overlay's row with the same key replaces the earlier."""
    if name == "places":
        return "\t".join((row["name_ru"], row["country"], row["kind"], row["of"]))
    if name == "tenures":
        return "\t".join((row["person"], row["office"], row["of"], row["start"]))
    return row[COLUMNS[name][0]]


def _check_links(world: World) -> None:
    for tenure in world.tenures:
        if tenure.person not in world.people:
            raise WorldError(f"tenures.tsv: unknown person {tenure.person!r}; add a row to people.tsv")
        if tenure.of not in world.states and tenure.of not in world.organisations:
            raise WorldError(
                f"tenures.tsv: {tenure.person} holds an office of unknown {tenure.of!r}; add it to states.tsv or organisations.tsv"
            )
        if tenure.end and tenure.end[: len(tenure.start)] < tenure.start[: len(tenure.end)]:
            raise WorldError(
                f"tenures.tsv: {tenure.person}, {tenure.office}: ends {tenure.end} before it starts {tenure.start}"
            )


def iter_member_states(world: World, organisation: str) -> Iterable[str]:
    """The member states of an organisation, or of the organisation that a body belongs to."""
    found = world.organisations.get(organisation)
    if found is None:
        return ()
    return found.members or iter_member_states(world, found.parent)
