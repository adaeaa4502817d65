"""`communique show`: a record, or a text read on the spot, as a page in the terminal."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import (
    ArchiveOption,
    LanguageOption,
    PublishedOption,
    PublisherOption,
    WorldOption,
    chosen_archive,
    chosen_world,
)

if TYPE_CHECKING:
    from communique.record.record import Record

_RECORD_SUFFIXES = (".json", ".jsonl")


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RECORD.json|TEXT|ID",
            help="A record, a file of records one a line, a text, or an id of the archive.",
        ),
    ],
    archive: ArchiveOption = None,
    version: Annotated[
        int | None, typer.Option(metavar="N", help="Of the archive: the Nth version of the document.")
    ] = None,
    world: WorldOption = None,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    language: LanguageOption = None,
) -> None:
    """Show a record as a page: each fact beside its marked words, inferred values in square brackets."""
    path = Path(name)
    records = records_in(path) or archived(name, archive, version)
    if records is None:
        from communique.api import only_release, read_release, with_header

        release = with_header(only_release(path), published=published, publisher=publisher, language=language)
        records = iter([read_release(release, chosen_world(world)).record])
    for record in records:
        _print_page(record)


def archived(name: str, archive: Path | None = None, version: int | None = None) -> "Iterator[Record] | None":
    """The record that the archive has under this id or address; None where a file goes by this name.

    Raises ArchiveError where neither a file nor a document does; without an archive here, only files count.
    """
    path = chosen_archive(archive)
    asked_for = archive is not None or version is not None
    if not asked_for and (name == "-" or Path(name).exists() or not path.is_file()):
        return None
    from communique.archive.view import View
    from communique.errors import UnknownDocument

    try:
        with View(path) as view:
            return iter([view.show(name, version)])
    except UnknownDocument:
        if asked_for:
            raise
        words = f"{name}: there is no such file, and no document of {path} has this id; check the path, or see list"
        raise UnknownDocument(words) from None


def records_in(path: Path) -> "Iterator[Record] | None":
    """The records of a file of records; None for a text."""
    if path.suffix.lower() not in _RECORD_SUFFIXES or not path.is_file():
        return None
    data = path.read_bytes()
    if path.suffix.lower() == ".jsonl" and b'"schema"' not in data.split(b"\n", 1)[0]:
        return None  # releases, not records
    return _iter_records(data, path)


def _iter_records(data: bytes, path: Path) -> "Iterator[Record]":
    from communique.errors import RecordError
    from communique.record.codec import decode

    whole = path.suffix.lower() == ".json"
    for number, line in enumerate([data] if whole else data.splitlines(), start=1):
        if not line.strip() and not whole:
            continue
        try:
            yield decode(line)
        except (ValueError, RecordError) as error:
            where = str(path) if whole else f"{path}:{number}"
            raise RecordError(f"{where}: {error}; make records with communique read --format json") from None


def _print_page(record: "Record") -> None:
    from rich.console import Console

    from communique.cli.page import Page

    console = Console(file=sys.stdout, highlight=False, emoji=False, markup=False)
    console.print(Page(record, colours=console.is_terminal and not console.no_color).render())
