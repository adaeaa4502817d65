"""`communique export`: the codebook, then every fact of the archive, one a line, with its document before it."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from communique.cli.messages import complain
from communique.cli.options import ArchiveOption, chosen_archive


class ExportFormat(StrEnum):
    """What an export is written as."""

    jsonl = "jsonl"


def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="JSON Lines.")] = ExportFormat.jsonl,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="With the texts, except where only quoting is allowed.")
    ] = False,
    precise: Annotated[
        bool, typer.Option("--precise", help="Without names and ids that rest on a tenure that no source confirms.")
    ] = False,
    codebook_to: Annotated[
        Path | None, typer.Option("--codebook", metavar="FILE", help="Also write the codebook as a page of Markdown.")
    ] = None,
    archive: ArchiveOption = None,
) -> None:
    """Print every fact as a line of JSON, judgements applied: the codebook first, each document before its facts."""
    from communique.archive.view import View
    from communique.exports.codebook import codebook
    from communique.exports.jsonl import export_lines

    withheld = 0
    with View(chosen_archive(archive)) as view:
        book = codebook(view)
        if codebook_to is not None:
            _write_page(book, codebook_to)
        sys.stdout.buffer.write(msgspec.json.encode(book) + b"\n")
        for record in view.records():
            withheld += with_text and record.document.rights == "quote_only"
            for line in export_lines(record, with_text=with_text, precise=precise):
                sys.stdout.buffer.write(line + b"\n")
    sys.stdout.flush()
    if withheld:
        complain(f"{withheld} texts were left out: their rights are quote_only")


def _write_page(book: dict[str, Any], path: Path) -> None:
    from communique.errors import ArchiveError
    from communique.exports.codebook import codebook_markdown

    try:
        path.write_text(codebook_markdown(book), "utf-8")
    except OSError as error:
        raise ArchiveError(f"{path} cannot be written ({error.strerror}); name another with --codebook") from None
