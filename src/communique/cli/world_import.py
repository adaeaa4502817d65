"""`communique world import`: an answer of Wikidata, or a table of your own, becomes a folder for `--world`.

Nothing is fetched. What could not be used is said on standard error; the report goes to standard output.
"""

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli.listing import Listing
from communique.cli.messages import STOPPED_AND_SAID, complain
from communique.cli.options import WorldOption, chosen_world
from communique.cli.tables import print_rows, print_table
from communique.cli.world import place_of

if TYPE_CHECKING:
    from communique.world.check import Finding
    from communique.world.imports.overlay import Import
    from communique.world.imports.tenures import Compared

STDIN = "-"


def import_world(
    source: Annotated[
        str,
        typer.Argument(metavar="SOURCE", help="An answer of query.wikidata.org (JSON, CSV, TSV), your own table, -."),
    ],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The folder for people.tsv and tenures.tsv.")],
    named: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="The source of the tenures, where it is not Wikidata.")
    ] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing if any row cannot be used.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would be written.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also write over files that were not made of this source.")
    ] = False,
    folders: WorldOption = None,
    form: Annotated[Listing, typer.Option("--format", help="A table for people, or JSON.")] = Listing.table,
) -> None:
    """Make a folder for --world from an answer of Wikidata or a table. Exit code 1 where it would have an error."""
    from communique.world.imports.folder import check_files, check_folder

    below = folders or []
    check_folder(to, below)
    try:
        name, text = _read(source)
        if not replace:
            check_files(to, name)
        report = _import(text, name, named, to, below, strict=strict, dry_run=dry_run)
    except KeyboardInterrupt:
        complain(f"stopped; {to} is as it was")
        raise typer.Exit(STOPPED_AND_SAID) from None
    _say(report)
    _print(report, form)
    if report.errors or (strict and report.found.findings):
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class Report:
    """What an import found, the errors that its folder would have or has, and the files that were written."""

    found: "Import"
    errors: "list[Finding]"
    to: Path
    written: list[Path]
    dry_run: bool


def _read(source: str) -> tuple[str, str]:
    """What the source is called, and its text."""
    from communique.errors import IntakeError, WorldError
    from communique.text.intake.encoding import decode

    try:
        if source == STDIN:
            return "standard input", decode(sys.stdin.buffer.read())
        return Path(source).name, decode(Path(source).read_bytes())
    except OSError as error:
        raise WorldError(f"{source} cannot be read ({error.strerror}); name the file of an answer, or -") from None
    except IntakeError as error:
        raise WorldError(f"{source}: {error}") from None


def _import(text: str, name: str, named: str, to: Path, below: list[Path], *, strict: bool, dry_run: bool) -> Report:
    from communique.world.imports.folder import check_tables, write_files
    from communique.world.imports.overlay import import_answer

    found = import_answer(chosen_world(below), text, name, named)
    errors = check_tables(to, found.tables, below)
    refused = strict and bool(found.findings or errors)
    written = [] if dry_run or refused else write_files(to, name, found.tables)
    return Report(found, errors, to, written, dry_run)


# Saying ----------------------------------------------------------------------------------------------------------


def _say(report: Report) -> None:
    """What is wrong, and what became of the files, to standard error."""
    for finding in report.found.findings:
        complain(f"{finding.place}: {finding.what}; {finding.remedy}")
    for error in report.errors:
        complain(f"{place_of(error)}: {error.what}; {error.remedy}")
    if report.found.unread:
        complain(f"columns that were not read: {', '.join(report.found.unread)}")
    if not report.written:
        why = "this was a dry run" if report.dry_run else "--strict takes all rows or none; mend them, or leave it out"
        complain(f"nothing was written: {why}")


def _print(report: Report, form: Listing) -> None:
    if form is Listing.table:
        _print_tables(report)
    elif form is Listing.jsonl:
        print_rows(_lines(report), lines=True)
    else:
        import msgspec

        typer.echo(msgspec.json.format(msgspec.json.encode(_as_object(report)), indent=1).decode())


def _as_object(report: Report) -> dict[str, Any]:
    import msgspec

    found = report.found
    return {
        "file": found.file,
        "written": [str(path) for path in report.written],
        "counts": msgspec.to_builtins(found.counts),
        "people": found.people,
        "tenures": [_tenure(t) for t in found.tenures],
        "findings": msgspec.to_builtins(found.findings),
        "errors": msgspec.to_builtins(report.errors),
        "unread": found.unread,
    }


def _tenure(compared: "Compared") -> dict[str, Any]:
    return {"status": compared.status, "name": compared.name, **asdict(compared.tenure), "note": compared.note or None}


def _lines(report: Report) -> Iterator[dict[str, Any]]:
    """Each person, tenure, finding and error with its type; the counts come last."""
    whole = _as_object(report)
    for kind, key in (("person", "people"), ("tenure", "tenures"), ("finding", "findings"), ("error", "errors")):
        for row in whole.pop(key):
            yield {"type": kind, **row}
    yield {"type": "import", **whole}


def _print_tables(report: Report) -> None:
    found, counts = report.found, report.found.counts
    if report.dry_run:
        _print_files(found)
    noted = [t for t in found.tenures if not t.written and t.note]
    if noted:
        print_table(("known", "from", "to", "note"), [(_who(t), t.tenure.start, t.tenure.end, t.note) for t in noted])
    rows = [
        ("people", counts.people_new, "", counts.people_matched, ""),
        ("tenures", counts.tenures_new, counts.tenures_more_exact, counts.tenures_known, ""),
        ("rows", "", "", "", counts.refused),
    ]
    print_table(("", "new", "more exact", "known", "refused"), rows)
    if report.written:
        typer.echo(f"{report.to}: {', '.join(path.name for path in report.written)}; read with --world {report.to}")


def _print_files(found: "Import") -> None:
    people = ("id", "name_ru", "name_en", "name_kk", "gender", "wikidata")
    if found.people:
        print_table(people, [[row[column] for column in people] for row in found.people])
    tenures = [asdict(t.tenure) for t in found.tenures if t.written]
    if tenures:
        print_table(list(tenures[0]), [list(row.values()) for row in tenures])


def _who(compared: "Compared") -> str:
    tenure = compared.tenure
    return f"{tenure.person}, {tenure.office.replace('_', ' ')} of {tenure.of}"
