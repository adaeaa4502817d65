"""`communique reread`: every document again with today's rules and world; judgements stay."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from communique.cli.add import _reader
from communique.cli.messages import BUG, STOPPED_AND_SAID, Progress, complain
from communique.cli.options import ArchiveOption, WorldOption, chosen_archive, chosen_world

if TYPE_CHECKING:
    from communique.archive.changes import Change
    from communique.archive.judgements import Judgement
    from communique.archive.writer import Reread

_SIGNS = {"gained": "+", "lost": "-", "changed": "~"}
_WIDEST = 200


def reread(archive: ArchiveOption = None, world: WorldOption = None) -> None:
    """Read all documents again with today's rules and world, and list the facts gained, lost and changed."""
    from communique.archive.view import View
    from communique.archive.writer import Writer

    path = chosen_archive(archive)
    View(path).close()  # an archive that is not there is not made here
    report = _Report()
    with Writer(path) as writer:
        try:
            for read in writer.reread(_reader(chosen_world(world))):
                report.tell(read)
        except KeyboardInterrupt:
            report.summary()
            complain("stopped; what was read again is kept, the others are as they were. Run reread again for all")
            raise typer.Exit(STOPPED_AND_SAID) from None
    report.summary()
    with View(path) as view:
        _tell_orphans(path, view.orphans())
    report.leave()


class _Report:
    """Tells what changed in each document as it is read, and the sum."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._documents = self._changed = 0
        self._bad: list[Reread] = []
        self._progress = Progress("read again")

    def tell(self, read: "Reread") -> None:
        self._progress.step()
        self._documents += 1
        self._changed += bool(read.changes)
        if read.failure:
            self._bad.append(read)
        if read.changes:
            typer.echo(read.id)
        for change in read.changes:
            self._counts[change.kind] += 1
            for line in _lines(change):
                typer.echo(line)

    def summary(self) -> None:
        self._progress.done()
        counts = ", ".join(f"{self._counts[kind]} {kind}" for kind in _SIGNS)
        typer.echo(f"{self._documents} documents read again; facts: {counts}, in {self._changed} documents")

    def leave(self) -> None:
        for read in self._bad:
            complain(f"{read.id}: {read.failure}; its record was left as it was")
        if self._bad:
            raise typer.Exit(BUG)


def _lines(change: "Change") -> Iterator[str]:
    fields = f" ({', '.join(change.fields)})" if change.fields else ""
    says = change.says if len(change.says) < _WIDEST else change.says[: _WIDEST - 1] + "…"
    yield f"  {_SIGNS[change.kind]} {change.kind} {change.type}{fields}: {says}"
    yield f"      «{change.words}»"


def _tell_orphans(path: Path, orphans: "list[Judgement]") -> None:
    if orphans:
        typer.echo(f"{len(orphans)} judgements of {path} stand on facts that are not found any more; they are kept:")
    for judgement in orphans:
        typer.echo(
            f"  {judgement.document}  {judgement.key}: {judgement.verdict} by {judgement.by}, {judgement.at[:10]}"
        )
