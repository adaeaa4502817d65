"""`communique compare`: what two readouts both say, what only one says, what they say differently."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import ArchiveOption, WorldOption, chosen_archive
from communique.errors import ArchiveError

if TYPE_CHECKING:
    from communique.reports.report import Report

_WIDTH_IN_A_PIPE = 110


class Rendering(StrEnum):
    """How a report is printed."""

    table = "table"
    md = "md"
    html = "html"
    json = "json"


def compare(
    a: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help="A record (.json), a text, page or release to read, or an id of the archive; without B a meeting of it.",
        ),
    ],
    b: Annotated[
        str | None, typer.Argument(metavar="[B]", help="The other one; left out where two documents report meeting A.")
    ] = None,
    archive: ArchiveOption = None,
    world: WorldOption = None,
    form: Annotated[
        Rendering, typer.Option("--format", help="A table, Markdown, a page of HTML, or JSON for scripts.")
    ] = Rendering.table,
) -> None:
    """Compare two readouts of one meeting, field by field and fact by fact, with the words of each."""
    from communique.cli.session import record_named
    from communique.questions.compare import compare_report

    if b is None:
        a, b = _two_reports(a, archive)
    records = record_named(a, world, archive), record_named(b, world, archive)
    names = _name(a), _name(b)
    print_report(compare_report(*records, names), form)


def _two_reports(wanted: str, archive: Path | None) -> tuple[str, str]:
    """The two documents that report a meeting of the archive, the one that was added first before the other."""
    from communique.archive.view import View

    with View(chosen_archive(archive)) as view:
        documents = [d.id for meeting in view.meetings(wanted)[:1] for d in (*meeting.documents, *meeting.also_in)]
    if len(documents) != 2:
        told = f"{len(documents)} documents: {', '.join(documents)}; name two of them" if documents else "no document"
        raise ArchiveError(
            f"only {documents[0]} reports it; name another text after it"
            if len(documents) == 1
            else f"it is reported by {told}"
        )
    return documents[0], documents[1]


def print_report(report: "Report", form: Rendering) -> None:
    """One report to standard output."""
    typer.echo(_rendered(report, form), nl=False)
    sys.stdout.flush()


def _rendered(report: "Report", form: Rendering) -> str:
    if form is Rendering.json:
        from communique.reports.json import render_json

        return render_json(report)
    if form is Rendering.md:
        from communique.reports.markdown import render_markdown

        return render_markdown(report)
    if form is Rendering.html:
        from communique.reports.html import render_html

        return render_html(report)
    return _drawn(report)


def _drawn(report: "Report") -> str:
    from rich.console import Console

    from communique.reports.table import render_table

    console = Console(file=sys.stdout)
    if not console.is_terminal:
        return render_table(report, width=_WIDTH_IN_A_PIPE)
    return render_table(report, width=console.width, colours=not console.no_color)


def _name(argument: str) -> str:
    """A file by its name without the folders; anything else as it was given."""
    path = Path(argument)
    return path.name if path.is_file() else argument
