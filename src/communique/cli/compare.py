"""`communique compare`: what the readouts of a meeting all say, what only some say, what they say differently."""

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
    wanted: Annotated[
        list[str],
        typer.Argument(
            metavar="A [B ...]",
            help="Records (.json), texts, pages or releases to read, or ids of the archive; one alone is a meeting of the archive.",
        ),
    ],
    archive: ArchiveOption = None,
    world: WorldOption = None,
    form: Annotated[
        Rendering, typer.Option("--format", help="A table, Markdown, a page of HTML, or JSON for scripts.")
    ] = Rendering.table,
) -> None:
    """Compare the readouts of one meeting, field by field and fact by fact, with the words of each."""
    from communique.cli.session import record_named
    from communique.questions.compare import compare_report

    documents = wanted if len(wanted) > 1 else _reports(wanted[0], archive)
    records = [record_named(name, world, archive) for name in documents]
    print_report(compare_report(records, [_name(name) for name in documents]), form)


def _reports(wanted: str, archive: Path | None) -> list[str]:
    """The documents that report a meeting of the archive, in the order in which they were added; of reprints the first."""
    from communique.archive.view import View

    with View(chosen_archive(archive)) as view:
        reports = [r for meeting in view.meetings(wanted)[:1] for r in (*meeting.documents, *meeting.also_in)]
    voices = list(dict.fromkeys(report.voice for report in reports))
    if len(voices) == 1:
        alone = f"only {reports[0].id} reports it" if len(reports) == 1 else f"all its reports reprint {voices[0]}"
        raise ArchiveError(f"{alone}; name another text after it")
    if not voices:
        raise ArchiveError(f"no one document reports {wanted} as a whole; name its documents")
    return voices


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
