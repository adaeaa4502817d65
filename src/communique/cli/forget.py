"""`communique forget`: a document is erased, and stays away until it is added with --again."""

from typing import Annotated

import typer

from communique.cli.options import ArchiveOption, chosen_archive


def forget(
    document: Annotated[str, typer.Argument(metavar="ID", help="Its id or address, or the beginning of its id.")],
    archive: ArchiveOption = None,
) -> None:
    """Erase a document: its versions, facts and judgements. Backups made before still have it."""
    from communique.keep import Archive

    path = chosen_archive(archive)
    known_as = Archive(path).forget(document)
    typer.echo(f"forgot {known_as}; a later add leaves it out, add --again takes it back. Backups may still have it")
