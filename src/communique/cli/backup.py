"""`communique backup`: a whole copy of the archive, also while somebody writes."""

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.options import ArchiveOption, chosen_archive


def backup(
    to: Annotated[Path, typer.Argument(metavar="PATH", help="The file to make; it must not be there yet.")],
    archive: ArchiveOption = None,
) -> None:
    """Copy the archive as of now to another file, which is an archive itself."""
    from communique.archive.view import View

    with View(chosen_archive(archive)) as view:
        view.backup(to)
        typer.echo(f"{to}: {view.count()} documents. To use it, name it with --archive")
