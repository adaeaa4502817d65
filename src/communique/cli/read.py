"""`communique read`: releases in, one record out for each, in the order of the input."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import (
    AllowPrivateOption,
    LanguageOption,
    PublishedOption,
    PublisherOption,
    WorldOption,
    chosen_world,
)

if TYPE_CHECKING:
    from communique.finding.page import Fired
    from communique.record.record import Record
    from communique.text.release import Failure, Release


class Format(StrEnum):
    """How records are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


def read(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Text, HTML, PDF, DOCX or JSON Lines files, folders, http(s) addresses, or - (standard input).",
        ),
    ],
    form: Annotated[
        Format, typer.Option("--format", help="A summary for people, one record as JSON, or one record a line.")
    ] = Format.table,
    world: WorldOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Print which rule fired or declined, and where.")] = False,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    language: LanguageOption = None,
    allow_private: AllowPrivateOption = False,
) -> None:
    """Read releases into records, every fact on the words that state it."""
    from communique.api import with_header
    from communique.cli.session import Session
    from communique.sources import iter_inputs

    header = partial(with_header, published=published, publisher=publisher, language=language)
    session = Session(chosen_world(world), header, explain)
    releases = iter_inputs(paths, allow_private=allow_private)
    for release in _only_one(releases) if form is Format.json else releases:
        record, trace = session.read(release)
        _print_record(record, form, release.source)
        if explain:
            _print_trace(trace, record, sys.stdout if form is Format.table else sys.stderr)
    session.leave()


def _only_one(releases: "Iterator[Release | Failure]") -> "Iterator[Release | Failure]":
    from communique.errors import IntakeError

    first, second = next(releases, None), next(releases, None)
    if second is not None:
        raise IntakeError("--format json prints one record, and there are several inputs: use --format jsonl")
    return iter([first] if first else [])


def _print_record(record: "Record", form: Format, source: str) -> None:
    """To standard output at once, so that a reader at the other end of a pipe sees every record when it is made."""
    if form is Format.table:
        from communique.cli.summary import summary_of

        typer.echo(summary_of(record, source))
        return
    sys.stdout.buffer.write(_json(record, pretty=form is Format.json) + b"\n")
    sys.stdout.flush()


def _json(record: "Record", pretty: bool) -> bytes:
    import msgspec

    from communique.record.codec import encode

    return msgspec.json.format(encode(record), indent=1) if pretty else encode(record)


def _print_trace(trace: "tuple[Fired, ...]", record: "Record", to: object) -> None:
    from communique.cli.trace import trace_lines

    for line in trace_lines(trace, record.document.text):
        typer.echo(line, file=to)  # type: ignore[arg-type]
