"""`communique changed`: what has changed between two states over time, as the readouts of the archive tell it."""

from typing import Annotated

import typer

from communique.cli.compare import Rendering, print_report
from communique.cli.options import ArchiveOption, chosen_archive

_LAST = 3
StateArgument = Annotated[str, typer.Argument(metavar="STATE", help="Its code: KZ, RU, x-velanda.")]


def changed(
    one: StateArgument,
    other: StateArgument,
    last: Annotated[
        int,
        typer.Option(
            "--last", metavar="N", min=1, help="A formula is absent when it is in none of so many last meetings."
        ),
    ] = _LAST,
    archive: ArchiveOption = None,
    form: Annotated[
        Rendering, typer.Option("--format", help="A table, Markdown, a page of HTML, or JSON for scripts.")
    ] = Rendering.table,
) -> None:
    """Show what changed between two states: recurrent formulas, one-sided reports, who published first, edited pages."""
    from communique.archive.view import View
    from communique.questions.changed import changed_report

    with View(chosen_archive(archive)) as view:
        print_report(changed_report(view, _code(one), _code(other), last=last), form)


def _code(state: str) -> str:
    """Codes of ISO in capitals; those that ISO lacks begin with x-."""
    return state if state.startswith("x-") else state.upper()
