"""What is wrong in the tables of the world: findings with file, line, row, reason and remedy.

In: the overlay folders that `load_world` takes. Out: findings, errors first. A row that cannot be read is a finding and
costs only itself; a row that an overlay replaces is not looked at any more. What `load_world` refuses is an error here.
"""

import calendar
import csv
import datetime
import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Literal, get_args

import msgspec

from communique.errors import WorldError
from communique.record.vocabulary import OfficeCode, PublisherKind, Standing
from communique.world.entities import MEMBER_STANDINGS, Tenure
from communique.world.index import WORD, split_cell
from communique.world.names.russian import fold
from communique.world.tables import COLUMNS, Row, merge_rows, read_table, row_key, stamp_of

FindingKind = Literal[
    "unreadable", "duplicate_id", "empty_name", "unknown_id", "unknown_code", "circular", "bad_date",
    "reversed_dates", "overlap", "double_occupancy", "gap", "duplicate_name",
]  # fmt: skip
MAY_BE_RIGHT: frozenset[FindingKind] = frozenset({"gap", "duplicate_name"})
# Offices that one person holds at a time. Not here: speaker (of two chambers), vice_president, chair, leader.
HELD_BY_ONE = frozenset(
    "president prime_minister foreign_minister defence_minister secretary_of_state monarch crown_prince secretary_general "
    "director_general executive_secretary commission_president council_president".split()
)
LONGEST_GAP = 60  # days; a cabinet is often formed for a month or two
_FULL = ("", "current")
_HOLDING = (*_FULL, "acting")
_ROLES = {
    "head of state": ("president", "monarch"),
    "head of government": ("prime_minister",),
    "foreign minister": ("foreign_minister",),
}
_NAMES = {
    "states": ("code", "name_ru"),
    "places": ("name_ru",),
    "organisations": ("id", "name_ru"),
    "people": ("id", "name_ru"),
    "publishers": ("site", "name_ru"),
}
_REFERENCES = {
    ("tenures", "person"): ("people",),
    ("tenures", "of"): ("states", "organisations"),
    ("organisations", "parent"): ("organisations",),
    ("memberships", "organisation"): ("organisations",),
    ("memberships", "state"): ("states",),
    ("capitals", "state"): ("states",),
    ("places", "country"): ("states",),
    ("publishers", "state"): ("states",),
    ("publishers", "organisation"): ("organisations",),
}
_MAY_BE_EMPTY = {("organisations", "parent"), ("publishers", "state"), ("publishers", "organisation")}
_CODES: dict[tuple[str, str], tuple[str, ...]] = {
    ("tenures", "office"): get_args(OfficeCode),
    ("tenures", "chamber"): ("", "upper", "lower"),
    ("tenures", "standing"): ("", *get_args(Standing)),
    ("publishers", "kind"): get_args(PublisherKind),
    ("organisations", "kind"): ("organisation", "body", "format"),
    ("places", "kind"): ("city", "venue"),
    ("people", "gender"): ("", "m", "f"),
    ("memberships", "standing"): MEMBER_STANDINGS,
}
_ISO = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong (`error`) or may be right (`warning`); `row` is the line as written, tabs and all.

    `line` counts from 1, the header; it is None where the file as a whole cannot be read.
    """

    kind: FindingKind
    severity: Literal["error", "warning"]
    file: str
    line: int | None
    row: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table, and where it stands; `layer` is 0 for what ships, then the number of the overlay."""

    table: str
    layer: int
    file: str
    number: int
    text: str
    row: Row

    @property
    def place(self) -> str:
        return f"{self.file}:{self.number}"


Tables = dict[str, dict[str, Line]]
"""The rows of each table by their key, as the world has them: later folders have replaced earlier rows."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A tenure whose dates are dates: it began on `first` at the earliest, and ended on `last` at the latest."""

    tenure: Tenure
    line: Line
    first: datetime.date
    last: datetime.date

    @property
    def dates(self) -> str:
        return f"{self.tenure.start} to {self.tenure.end or 'now'}"


def check_world(overlays: Sequence[Path] = ()) -> list[Finding]:
    """All findings about the world that ships with these folders on top; raises WorldError for a folder that is none."""
    tables, findings = read_tables(overlays)
    for check in _CHECKS:
        findings.extend(check(tables))
    return sorted(findings, key=lambda f: (f.severity, f.file, f.line or 0, f.kind, f.what))


def read_tables(overlays: Sequence[Path] = ()) -> tuple[Tables, list[Finding]]:
    """Every row with its line, and what could not be read; the rows that `load_world` would have."""
    tables: Tables = {name: {} for name in COLUMNS}
    findings: list[Finding] = []
    for layer, name, file, text in _iter_texts(overlays, findings):
        own: dict[str, Line] = {}
        for line in _iter_lines(layer, name, file, text, findings):
            key = row_key(name, line.row)
            if key in own:
                findings.append(_duplicate(line, own[key]))
            own[key] = line
        tables[name].update(own)
    return tables, findings


def parse_span(date: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of an ISO day, month or year; None for anything else.

    >>> [str(day) for day in parse_span("2024-02")], parse_span("2023-02-30")
    (['2024-02-01', '2024-02-29'], None)
    """
    if not _ISO.fullmatch(date):
        return None
    try:
        first = datetime.date.fromisoformat(date + "-01-01"[len(date) - 4 :])
    except ValueError:
        return None
    month = 12 if len(date) == 4 else first.month
    day = first.day if len(date) == 10 else calendar.monthrange(first.year, month)[1]
    return first, first.replace(month=month, day=day)


# Reading ---------------------------------------------------------------------------------------------------------


def _iter_texts(overlays: Sequence[Path], findings: list[Finding]) -> Iterator[tuple[int, str, str, str]]:
    """Layer, table, file and text; the files that ship are named world/data/..., so that an overlay's cannot be meant."""
    shipped = files("communique.world") / "data"
    for name in COLUMNS:
        yield 0, name, f"world/data/{name}.tsv", (shipped / f"{name}.tsv").read_text("utf-8")
    for layer, folder in enumerate(map(Path, overlays), 1):
        stamp_of(folder)
        for name in COLUMNS:
            path = folder / f"{name}.tsv"
            if not path.exists():
                continue
            try:
                yield layer, name, str(path), read_table(path)
            except WorldError as error:
                findings.append(_unreadable(error, str(path)))
            except OSError as error:
                message = f"{error.strerror or error}; make it a file that you may read"
                findings.append(_unreadable(WorldError(message), str(path)))


def _iter_lines(layer: int, name: str, file: str, text: str, findings: list[Finding]) -> Iterator[Line]:
    """The rows of one file. The reader of the world gets one line at a time: it stops at the first bad one."""
    header, *lines = text.splitlines() or [""]
    try:
        merge_rows({}, name, header, file)
    except WorldError as error:
        findings.append(_unreadable(error, file, 1, header))
        return
    for number, line in enumerate(lines, 2):
        found: dict[str, Row] = {}
        try:
            merge_rows(found, name, f"{header}\n{line}", file)
        except (WorldError, csv.Error) as error:
            findings.append(_unreadable(error, file, number, line))
        for row in found.values():
            yield Line(name, layer, file, number, line, row)


def _unreadable(error: Exception, file: str, number: int | None = None, row: str = "") -> Finding:
    """The world's own message, its place cut off and its remedy apart."""
    message = re.sub(r"^(?:, line \d+)?: ", "", str(error).removeprefix(file))
    what, _, remedy = message.rpartition("; ")
    return Finding(
        kind="unreadable",
        severity="error",
        file=file,
        line=number,
        row=row,
        what=what or message,
        remedy=remedy if what else "write the row anew",
    )


def _duplicate(line: Line, earlier: Line) -> Finding:
    key = " ".join(row_key(line.table, line.row).split("\t"))
    return _finding(
        "duplicate_id",
        line,
        f"{key!r} stands on line {earlier.number} already, and this row replaces it",
        "delete one of the two rows, or tell them apart by their "
        + {"places": "kind or city", "tenures": "start"}.get(line.table, COLUMNS[line.table][0]),
    )


def _finding(kind: FindingKind, line: Line, what: str, remedy: str) -> Finding:
    return Finding(
        kind=kind,
        severity="warning" if kind in MAY_BE_RIGHT else "error",
        file=line.file,
        line=line.number,
        row=line.text,
        what=what,
        remedy=remedy,
    )


# Cells -----------------------------------------------------------------------------------------------------------


def _find_empty_names(tables: Tables) -> Iterator[Finding]:
    for name, columns in _NAMES.items():
        for line in tables[name].values():
            for column in columns:
                if name == "people" and column == "name_ru" and WORD.search(line.row["name_en"] + line.row["name_kk"]):
                    continue
                if not WORD.search(line.row[column]):
                    what = f"{column} is {line.row[column]!r}, without a letter"
                    yield _finding("empty_name", line, what, "write the name, or delete the row")


def _find_unknown_ids(tables: Tables) -> Iterator[Finding]:
    for (name, column), targets in _REFERENCES.items():
        known = [key for target in targets for key in tables[target]]
        there = set(known)
        for line in tables[name].values():
            value = line.row[column]
            if value not in there and (value or (name, column) not in _MAY_BE_EMPTY):
                where = " or ".join(f"{target}.tsv" for target in targets)
                yield _finding("unknown_id", line, f"unknown {column} {value!r}", _add_to(where, value, known))


def _find_unknown_cities(tables: Tables) -> Iterator[Finding]:
    """A capital, and the city of a venue, is named; it is a place of the same state."""
    cities = {(p.row["name_ru"], p.row["country"]) for p in tables["places"].values() if p.row["kind"] != "venue"}
    named = [(line, "capital", line.row["capital"], line.row["code"]) for line in tables["states"].values()]
    named += [(line, "city", line.row["of"], line.row["country"]) for line in tables["places"].values()]
    named += [(line, "city", line.row["city"], line.row["state"]) for line in tables["capitals"].values()]
    for line, role, city, state in named:
        if city and (city, state) not in cities:
            remedy = _add_to("places.tsv", city, sorted(place for place, country in cities if country == state))
            yield _finding("unknown_id", line, f"unknown {role} {city!r}: no place of {state}", remedy)


def _add_to(where: str, value: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(value, known, 3)
    return f"add it to {where}" + (f", or write {' or '.join(near)}" if near else "")


def _find_unknown_codes(tables: Tables) -> Iterator[Finding]:
    for (name, column), codes in _CODES.items():
        for line in tables[name].values():
            code = line.row[column]
            if code not in codes:
                near = difflib.get_close_matches(code, codes, 3) or [c for c in codes if c]
                yield _finding("unknown_code", line, f"unknown {column} {code!r}", f"write {', '.join(near)}")


def _find_circles(tables: Tables) -> Iterator[Finding]:
    """Bodies that belong to themselves: whoever asks for their members would never come to an end."""
    organisations = tables["organisations"]
    for key, line in organisations.items():
        seen: list[str] = []
        at = line.row["parent"]
        while at in organisations and at != key and at not in seen:
            seen.append(at)
            at = organisations[at].row["parent"]
        if at == key:
            way = " in ".join([key, *seen, key])
            yield _finding("circular", line, f"it is a part of itself: {way}", "leave one of these parents empty")


def _find_bad_dates(tables: Tables) -> Iterator[Finding]:
    for line in (line for name in ("tenures", "memberships", "capitals") for line in tables[name].values()):
        start, end = line.row["start"], line.row["end"]
        may_be_open = line.table != "tenures"
        wrong = [f"start {start!r}"] if parse_span(start) is None and not (may_be_open and not start) else []
        wrong += [f"end {end!r}"] if end and parse_span(end) is None else []
        if wrong:
            remedy = "write 2024-05-14, 2024-05 or 2024; only an end may be empty"
            yield _finding("bad_date", line, f"{' and '.join(wrong)}: no date", remedy)
        elif start and is_reversed(start, end):
            yield _finding("reversed_dates", line, f"ends {end} before it starts {start}", "correct one of the dates")


def is_reversed(start: str, end: str) -> bool:
    """Whether an end lies before its start in every reading of the two."""
    return bool(end) and end[: len(start)] < start[: len(end)]


# Tenures beside each other ---------------------------------------------------------------------------------------


def _held(line: Line) -> _Held | None:
    """None where the dates are wrong; that is a finding of its own."""
    row = line.row
    start = parse_span(row["start"])
    end = parse_span(row["end"]) if row["end"] else (datetime.date.max, datetime.date.max)
    if start is None or end is None or is_reversed(row["start"], row["end"]):
        return None
    return _Held(Tenure(**{c: row[c] for c in COLUMNS["tenures"]}), line, start[0], end[1])


def _grouped(tables: Tables, standings: Sequence[str], *columns: str) -> Iterable[tuple[tuple[str, ...], list[_Held]]]:
    """The tenures of these standings that are alike in these columns, in the order of their first days."""
    groups: dict[tuple[str, ...], list[_Held]] = defaultdict(list)
    for held in filter(None, map(_held, tables["tenures"].values())):
        if held.tenure.standing in standings:
            groups[tuple(held.line.row[c] for c in columns)].append(held)
    for held_in in groups.values():
        held_in.sort(key=_by_days)
    return groups.items()


def _by_days(held: _Held) -> tuple[datetime.date, datetime.date]:
    return held.first, held.last


def overlap(one: Tenure, other: Tenure) -> bool:
    """Whether they share days in every reading of their dates; the day, month or year of a change is shared rightly.

    >>> def held(start, end):
    ...     return Tenure("a", "president", "RU", start, end, "", "")
    >>> overlap(held("2000", "2004"), held("2004-05", "")), overlap(held("2000", "2004-06"), held("2004-05", ""))
    (False, True)
    """
    return _ends_after(one.end, other.start) and _ends_after(other.end, one.start)


def _ends_after(end: str, start: str) -> bool:
    return not end or end[: len(start)] > start[: len(end)]


def _pairs(held_in: Sequence[_Held]) -> Iterator[list[_Held]]:
    """The second is the one to be told about: of the later overlay, which its owner can mend, else the later in time."""
    return (sorted(pair, key=lambda h: h.line.layer) for pair in combinations(held_in, 2))


def _find_overlaps(tables: Tables) -> Iterator[Finding]:
    for (_, office, of), held_in in _grouped(tables, _HOLDING, "person", "office", "of"):
        for one, other in _pairs(held_in):
            if overlap(one.tenure, other.tenure):
                what = f"{other.tenure.person} is {office} of {of} twice: {other.dates}, and {one.dates} ({one.line.place})"
                yield _finding("overlap", other.line, what, "join the two rows, or correct a date")


def _find_double_occupancy(tables: Tables) -> Iterator[Finding]:
    for (office, of), held_in in _grouped(tables, _FULL, "office", "of"):
        for one, other in _pairs(held_in) if office in HELD_BY_ONE else ():
            if one.tenure.person != other.tenure.person and overlap(one.tenure, other.tenure):
                what = (
                    f"two are {office} of {of}: {other.tenure.person} {other.dates}, "
                    f"and {one.tenure.person} {one.dates} ({one.line.place})"
                )
                yield _finding("double_occupancy", other.line, what, "end one of them, or write acting as the standing")


def _find_gaps(tables: Tables) -> Iterator[Finding]:
    by_state: dict[str, dict[str, list[_Held]]] = defaultdict(dict)
    for (office, of), held_in in _grouped(tables, _HOLDING, "office", "of"):
        if of in tables["states"]:
            by_state[of][office] = held_in
    for state, offices in by_state.items():
        if "foreign_minister" not in offices:  # the United States, the Holy See
            offices = {**offices, "foreign_minister": offices.get("secretary_of_state", [])}
        for role, of_role in _ROLES.items():
            held_in = [held for office in of_role for held in offices.get(office, [])]
            yield from _gaps_between(f"{role} of {state}", sorted(held_in, key=_by_days))


def _gaps_between(role: str, held_in: Sequence[_Held]) -> Iterator[Finding]:
    """The gaps that are longer than LONGEST_GAP in every reading of dates that are known at least to the month."""
    until: _Held | None = None
    for held in held_in:
        exact = until is not None and len(until.tenure.end) >= 7 and len(held.tenure.start) >= 7
        if until is not None and exact and (days := (held.first - until.last).days) > LONGEST_GAP:
            before = f"{until.tenure.person} to {until.tenure.end} ({until.line.place})"
            what = f"no {role} for {days} days: {before}, then {held.tenure.person} from {held.tenure.start}"
            yield _finding("gap", held.line, what, "add who held it then, also as acting, or correct a date")
        if until is None or held.last >= until.last:
            until = held


def _find_duplicate_names(tables: Tables) -> Iterator[Finding]:
    """Two people of one state under one name: two persons, or one with two ids."""
    states: dict[str, set[str]] = defaultdict(set)
    for tenure in tables["tenures"].values():
        states[tenure.row["person"]].add(tenure.row["of"])
    named: dict[str, list[Line]] = defaultdict(list)
    for person in tables["people"].values():
        for name in {fold(n) for n in (person.row["name_ru"], *split_cell(person.row["variants_ru"])) if n.strip()}:
            named[name].append(person)
    for name, people in named.items():
        for one, other in combinations(sorted(people, key=lambda p: p.layer), 2):
            shared = states[one.row["id"]] & states[other.row["id"]]
            if shared:
                what = f"{other.row['id']} of {', '.join(sorted(shared))} has the name {name!r} of {one.row['id']} ({one.place})"
                yield _finding(
                    "duplicate_name", other, what, "make them one person, or tell them apart by a patronymic"
                )


_CHECKS: tuple[Callable[[Tables], Iterator[Finding]], ...] = (
    _find_empty_names,
    _find_unknown_ids,
    _find_unknown_cities,
    _find_unknown_codes,
    _find_circles,
    _find_bad_dates,
    _find_overlaps,
    _find_double_occupancy,
    _find_gaps,
    _find_duplicate_names,
)
