"""`communique export`: every fact of the archive, one a line, with its document and its people before them."""

import sys
from enum import StrEnum
from typing import Annotated

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
    archive: ArchiveOption = None,
) -> None:
    """Print every fact as a line of JSON, judgements applied; a line for each document goes before its facts."""
    from communique.archive.view import View
    from communique.exports.jsonl import export_lines

    withheld = 0
    with View(chosen_archive(archive)) as view:
        for record in view.records():
            withheld += with_text and record.document.rights == "quote_only"
            for line in export_lines(record, with_text=with_text):
                sys.stdout.buffer.write(line + b"\n")
    sys.stdout.flush()
    if withheld:
        complain(f"{withheld} texts were left out: their rights are quote_only")
