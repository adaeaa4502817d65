"""`communique report`: a wrong fact packed into a file, cut to its sentences, for us to mend the rule. Sends nothing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import ArchiveOption, WorldOption, chosen_archive

if TYPE_CHECKING:
    from communique.record.facts import Fact
    from communique.record.record import Record


def report(
    fact: Annotated[str, typer.Argument(metavar="FACT", help="The id or key of the fact, or how it begins.")],
    name: Annotated[
        str | None,
        typer.Option(
            "--in",
            metavar="NAME",
            help="A record, a text to read, or an id of the archive; else the archive is searched.",
        ),
    ] = None,
    why: Annotated[str | None, typer.Option(metavar="WORDS", help="What is wrong with it, in a sentence.")] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where it goes; communique-report-ID.json here.")
    ] = None,
    archive: ArchiveOption = None,
    world: WorldOption = None,
) -> None:
    """Pack a wrong fact, cut to its sentences, with the versions that made it, into a file that you can send us."""
    import msgspec

    from communique.errors import RecordError
    from communique.exports.fact_report import pack_fact

    record, found = _found(fact, name, archive, world)
    packed = pack_fact(record, found, why)
    path = to or Path(f"communique-report-{found.id}.json")
    try:
        path.write_bytes(msgspec.json.format(msgspec.json.encode(packed), indent=1) + b"\n")
    except OSError as error:
        raise RecordError(f"{path} cannot be written ({error.strerror}); name another with --to") from None
    for label, value in packed["says"].items():
        typer.echo(f"  {label}: {value}")
    for sentence in packed["sentences"]:
        typer.echo(f"  «{' '.join(sentence['text'].split())}»")
    typer.echo(
        f"{path}: these sentences of the text are in it, and no others. Nothing was sent; read it, then send it to us."
    )


def _found(fact: str, name: str | None, archive: Path | None, world: list[Path] | None) -> "tuple[Record, Fact]":
    from communique.cli.session import record_named
    from communique.exports.fact_report import find_fact

    if name is not None:
        record = record_named(name, world, archive)
        return record, find_fact(record, fact)
    from communique.archive.view import View

    with View(chosen_archive(archive)) as view:
        record = view.show(view.document_of(fact))
    return record, find_fact(record, fact)
