"""`communique sql`: one SELECT on the documented views of the archive."""

from typing import Annotated

import typer

from communique.cli.listing import Listing
from communique.cli.options import ArchiveOption, chosen_archive
from communique.cli.tables import print_rows, print_table


def sql(
    query: Annotated[str, typer.Argument(metavar='"SELECT ..."', help="Reads documents, texts, meetings, facts ...")],
    form: Annotated[Listing, typer.Option("--format", help="A table for people, or JSON.")] = Listing.table,
    archive: ArchiveOption = None,
) -> None:
    """Ask the archive in SQL. It only reads, and only the views that docs/archive.md describes."""
    from communique.archive.view import View

    with View(chosen_archive(archive)) as view:
        rows = view.sql(query)
        if form is not Listing.table:
            print_rows(rows, lines=form is Listing.jsonl)
            return
        found = list(rows)
        if found:
            print_table(list(found[0]), [list(row.values()) for row in found])
        typer.echo(f"{len(found)} row{'' if len(found) == 1 else 's'}")
