"""`communique things`: papers, projects, undertakings and people that the roster does not know, each through all readouts."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.listing import Listing
from communique.cli.options import ArchiveOption, chosen_archive
from communique.cli.tables import print_rows, print_table
from communique.record.vocabulary import REPORTED

if TYPE_CHECKING:
    from communique.archive.things import Thing


class ThingKindOption(StrEnum):
    """What is listed."""

    agreement = "agreement"
    project = "project"
    commitment = "commitment"
    person = "person"


def things(
    wanted: Annotated[
        str | None, typer.Argument(metavar="[THING]", help="One thing with its whole life, by the key of any mention.")
    ] = None,
    kind: Annotated[ThingKindOption | None, typer.Option("--kind", help="Only these.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what one document alone tells of.")] = False,
    form: Annotated[Listing, typer.Option("--format", help="A table for people, or JSON.")] = Listing.table,
    archive: ArchiveOption = None,
) -> None:
    """List papers, projects, undertakings and unlinked people that several documents tell of, or show the life of one."""
    import msgspec

    from communique.archive.view import View

    with View(chosen_archive(archive)) as view:
        found = view.things(wanted, kind=kind.value if kind else None)
    shown = found if everything or wanted else [thing for thing in found if thing.documents > 1]
    if form is not Listing.table:
        print_rows((msgspec.to_builtins(thing) for thing in shown), lines=form is Listing.jsonl)
    elif wanted:
        for thing in shown:
            _print_life(thing)
    elif shown:
        print_table(("", "what", "status", "told in"), (_line(thing) for thing in shown))
    else:
        typer.echo("Nothing is told of in two documents; --all lists what one tells of.")


def _line(thing: "Thing") -> tuple[str, ...]:
    days = [station.day for station in thing.stations if station.day]
    told = f"{thing.documents} documents" if thing.documents > 1 else "1 document"
    span = f", {days[0]} to {days[-1]}" if len(set(days)) > 1 else f", {days[0]}" if days else ""
    return thing.kind, f"{thing.title}  {thing.id}", (thing.status or "").replace("_", " "), told + span


def _print_life(thing: "Thing") -> None:
    whose = f"  ({', '.join(thing.parties)})" if thing.parties else ""
    typer.echo(f"{thing.kind}: {thing.title}{whose}")
    print_table(("day", "status", "in the words of", "words"), _stations(thing))


def _stations(thing: "Thing") -> Iterator[tuple[str, ...]]:
    for station in thing.stations:
        status = [(station.status or "").replace("_", " ")]
        status += [f"by {station.deadline}"] if station.deadline else []
        status += [] if station.relation in REPORTED else [f"({station.relation})"]
        whom = f"{station.publisher}  {station.document}" if station.publisher else station.document
        yield station.day or "", " ".join(filter(None, status)), f"{whom}  {station.node}", f"«{station.quote}»"
