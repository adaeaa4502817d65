"""`communique world`: what is wrong in the world's files, and who is who in them, since when. No model is loaded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli.listing import Listing
from communique.cli.options import WorldOption, chosen_world
from communique.cli.tables import print_rows, print_table

if TYPE_CHECKING:
    from communique.world.check import Finding, Line, Tables
    from communique.world.entities import Membership, Tenure
    from communique.world.world import World

world = typer.Typer(
    help="Look into the world: who is who, since when, and what is wrong in its files.", no_args_is_help=True
)
FormatOption = Annotated[Listing, typer.Option("--format", help="A table for people, or JSON.")]
# The columns of each table that name its entities, and what the lists of them are called.
_NAMED = {
    "people": ("person", {"variants": "variants"}),
    "states": ("state", {"official": "official", "aliases": "aliases", "metonyms": "metonyms"}),
    "organisations": ("organisation", {"abbreviation": "abbreviations", "aliases": "aliases"}),
}
_LANGUAGES = {"ru": "", "en": " en", "kk": " kk"}
_NEAR = 5
_UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Shown:
    """One person, state or organisation: labelled values, and the tenures, newest first."""

    kind: str
    id: str
    name: str
    details: dict[str, Any]
    tenures: list[dict[str, Any]]


@world.command()
def check(folders: WorldOption = None, form: FormatOption = Listing.table) -> None:
    """Say what is wrong in the world that ships, with your folders on top. Exit code 1 where there is an error."""
    import msgspec

    from communique.world.check import check_world

    findings = check_world(folders or ())
    if form is Listing.table:
        _print_findings(findings)
    else:
        print_rows((msgspec.to_builtins(f) for f in findings), lines=form is Listing.jsonl)
    if any(f.severity == "error" for f in findings):
        raise typer.Exit(1)


@world.command()
def show(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="A person, state or organisation: its id, code, abbreviation or name.")
    ],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="Only who held what then: 2022-05-14, 2022-05, 2022.")
    ] = None,
    folders: WorldOption = None,
    form: FormatOption = Listing.table,
) -> None:
    """Show a person's offices, a state's names and office holders, an organisation's members and bodies."""
    from communique.world.check import read_tables

    days = days_of(on)
    loaded = chosen_world(folders)
    tables, _ = read_tables(folders or ())
    shown = [_shown(loaded, line, days) for line in _find(tables, what)]
    if form is Listing.table:
        for entry in shown:
            _print_shown(loaded, entry, on)
    else:
        print_rows(map(_as_row, shown), lines=form is Listing.jsonl)


# Findings --------------------------------------------------------------------------------------------------------


def _print_findings(findings: "list[Finding]") -> None:
    if not findings:
        typer.echo("Nothing is wrong in the world.")
        return
    print_table(("finding", "where it stands, what is wrong and what to do"), _finding_rows(findings))
    errors = sum(f.severity == "error" for f in findings)
    typer.echo(f"{_counted(errors, 'error')}, {_counted(len(findings) - errors, 'warning')}")


def _finding_rows(findings: "list[Finding]") -> Iterator[tuple[str, str]]:
    for finding in findings:
        yield f"{finding.severity}: {finding.kind.replace('_', ' ')}", place_of(finding)
        yield "", finding.row.replace("\t", " | ")
        yield "", f"{finding.what}; {finding.remedy}"


def place_of(finding: "Finding") -> str:
    """The file, and the line where there is one."""
    return finding.file if finding.line is None else f"{finding.file}:{finding.line}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# Finding by a name -----------------------------------------------------------------------------------------------


def days_of(words: str | None) -> tuple[str, str] | None:
    """The first and the last day of what was given, ISO."""
    from communique.errors import WorldError
    from communique.world.check import parse_span

    if words is None:
        return None
    span = parse_span(words)
    if span is None:
        raise WorldError(f"--on {words!r} is no day; write 2022-05-14, 2022-05 or 2022")
    return span[0].isoformat(), span[1].isoformat()


def _find(tables: "Tables", what: str) -> "list[Line]":
    """Those with this very id; else with this name in any letters; else the people of this surname."""
    from communique.errors import WorldError

    wanted = _folded(what)
    by_name = [(key, line, list(_names(line))) for table in _NAMED for key, line in tables[table].items()]
    found = (
        [line for key, line, _ in by_name if key == what.strip()]
        or [line for key, line, names in by_name if wanted in map(_folded, (key, *names))]
        or [line for _, line, names in by_name if wanted in map(_folded, _surnames(line, names))]
    )
    if not found:
        known = [name for key, line, names in by_name for name in (key, *names, *_surnames(line, names))]
        raise WorldError(f"no person, state or organisation is called {what!r}{_near(wanted, known)}")
    return found


def _names(line: "Line") -> Iterator[str]:
    from communique.world.index import split_cell

    for column in ("name", *_NAMED[line.table][1]):
        for language in _LANGUAGES:
            yield from (name.partition("=")[0] for name in split_cell(line.row[f"{column}_{language}"]))


def _surnames(line: "Line", names: Iterable[str]) -> list[str]:
    return [name.split()[-1] for name in names] if line.table == "people" else []


def _folded(name: str) -> str:
    from communique.world.names.russian import fold

    return fold(" ".join(name.split()))


def _near(wanted: str, known: Iterable[str]) -> str:
    import difflib

    written = {_folded(name): name for name in known}
    near = [written[name] for name in difflib.get_close_matches(wanted, written, _NEAR)]
    return f"; near are {', '.join(near)}" if near else "; write an id, or a name as a dictionary has it"


# Showing ---------------------------------------------------------------------------------------------------------


def _shown(loaded: "World", line: "Line", days: tuple[str, str] | None) -> Shown:
    from communique.world.index import split_cell
    from communique.world.tables import COLUMNS

    kind, lists = _NAMED[line.table]
    key = line.row[COLUMNS[line.table][0]]
    details: dict[str, Any] = {
        f"{label}{mark}": [_name_alone(name) for name in split_cell(line.row[f"{column}_{language}"])]
        for language, mark in _LANGUAGES.items()
        for column, label in (*({"name": "names"} if mark else {}).items(), *lists.items())
    }
    if kind == "person":
        details |= {"wikidata": line.row["wikidata"]}
    elif kind == "state":
        details |= {"adjectives": list(split_cell(line.row["adjective_ru"])), "capital": line.row["capital"]}
        details |= _codes(loaded, key)
    elif kind == "organisation":
        details = {"type": line.row["kind"]} | details | {"seat": line.row["seat"]} | _belongings(loaded, key)
    tenures = loaded.tenures_of.get(key, []) if kind == "person" else [t for t in loaded.tenures if t.of == key]
    held = [t for t in tenures if days is None or t.covers(*days)]
    held.sort(key=lambda t: (t.start, t.end or "9999"), reverse=True)
    return Shown(kind, key, line.row["name_ru"], details, [_tenure(loaded, t) for t in held])


def _name_alone(name: str) -> str:
    """«Кремль=president» is the seat of an office: «Кремль (president)»."""
    seat, _, office = name.partition("=")
    return f"{seat} ({office})" if office else seat


def _codes(loaded: "World", code: str) -> dict[str, Any]:
    """The codes of the state in other lists, with the days of each list, and the names that its capitals had."""
    state = loaded.states[code]
    capitals = [f"{c.name} {c.start}..{c.end}" for c in loaded.past_capitals if c.state == code]
    codes = {"iso3": state.iso3, "cow": list(state.cow), "gw": list(state.gw), "wikidata": state.wikidata}
    return codes | {"capitals": capitals}


def _belongings(loaded: "World", key: str) -> dict[str, Any]:
    """What an organisation is part of, who is in it (a body has the members of its organisation), and its bodies."""
    from communique.world.world import iter_member_states

    return {
        "parent": loaded.organisations[key].parent,
        "members": list(iter_member_states(loaded, key)),
        **{
            standing: [f"{m.state} {m.start}..{m.end}" for m in loaded.memberships.get(key, ()) if _shows(m, standing)]
            for standing in ("member until", "observer", "associate", "partner", "chair")
        },
        "bodies": [o.id for o in loaded.organisations.values() if o.parent == key],
    }


def _shows(membership: "Membership", standing: str) -> bool:
    """Members of today are listed apart; here are those of other days, and those who are no members."""
    return membership.standing == standing or (
        standing == "member until" and membership.standing == "member" and bool(membership.end)
    )


def _tenure(loaded: "World", tenure: "Tenure") -> dict[str, Any]:
    from communique.world.index import split_cell

    sources = list(split_cell(tenure.source))
    return {
        "person": tenure.person,
        "name": loaded.people[tenure.person].name,
        "office": tenure.office,
        "of": tenure.of,
        "of_name": _name_of(loaded, tenure.of),
        "start": tenure.start,
        "end": tenure.end or None,
        "standing": tenure.standing or None,
        "sources": sources,
        "verified": bool(sources) and _UNVERIFIED not in sources,
    }


def _name_of(loaded: "World", key: str) -> str:
    organisation = loaded.organisations.get(key)
    return organisation.name if organisation else loaded.state_name(key) or key


def _as_row(shown: Shown) -> dict[str, Any]:
    return {"kind": shown.kind, "id": shown.id, "name": shown.name, **shown.details, "tenures": shown.tenures}


def _print_shown(loaded: "World", shown: Shown, on: str | None) -> None:
    values = [(label, _words(loaded, label, value)) for label, value in shown.details.items() if value]
    print_table((shown.kind, shown.id), [("name", shown.name), *values])
    if shown.tenures:
        print_table(("from", "to", "office", "of" if shown.kind == "person" else "who", "source"), _rows(shown))
    else:
        typer.echo(f"No tenure of {on} is known." if on else "No tenure is known.")


def _words(loaded: "World", label: str, value: str | list[str]) -> str:
    words = [value] if isinstance(value, str) else value
    if label in ("parent", "members", "bodies"):
        words = [f"{_name_of(loaded, key)} ({key})" for key in words]
    return ", ".join(words)


def _rows(shown: Shown) -> Iterator[tuple[str, ...]]:
    for tenure in shown.tenures:
        office = " ".join(filter(None, (tenure["standing"], tenure["office"].replace("_", " "))))
        other, key = ("of_name", "of") if shown.kind == "person" else ("name", "person")
        who = f"{tenure[other]} ({tenure[key]})"
        yield tenure["start"], tenure["end"] or "", office, who, _source(tenure["sources"])


def _source(sources: list[str]) -> str:
    """A list that supports the row only in part stands beside `unverified`."""
    lists = [source for source in sources if source != _UNVERIFIED]
    if len(lists) == len(sources):
        return ", ".join(lists) or "none named"
    return f"{', '.join(lists)}, in part {_UNVERIFIED}" if lists else _UNVERIFIED
