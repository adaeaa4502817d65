"""`communique add`: releases into the archive. A line is printed for each that is new, after it is on the disk."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.messages import BUG, STOPPED_AND_SAID, Progress, complain
from communique.cli.options import AllowPrivateOption, ArchiveOption, WorldOption, chosen_archive, chosen_world
from communique.errors import ArchiveError

if TYPE_CHECKING:
    from communique.archive.writer import Outcome, Reader, Writer
    from communique.world.world import World

_SUMMARY = {
    "added": "added",
    "version": "with a new version",
    "known": "there already",
    "forgotten": "left out, as they were forgotten (--again takes them back)",
    "failed": "not read",
}


def add(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Text, HTML, PDF, DOCX or JSON Lines files, folders, http(s) addresses, or - (standard input).",
        ),
    ],
    archive: ArchiveOption = None,
    world: WorldOption = None,
    again: Annotated[bool, typer.Option("--again", help="Also take what was forgotten.")] = False,
    allow_private: AllowPrivateOption = False,
) -> None:
    """Read releases and keep them in the archive. The same twice changes nothing; other words are a new version."""
    from communique.archive.writer import Writer
    from communique.sources import iter_inputs

    path = chosen_archive(archive)
    read = _reader(chosen_world(world))
    with Writer(path) as writer:
        report = _Report(path, writer)
        try:
            for outcome in writer.add(iter_inputs(paths, allow_private=allow_private), read, again=again):
                report.tell(outcome)
        except KeyboardInterrupt:
            writer.finish(read)
            report.stopped()
        except ArchiveError:
            report.summary()
            raise
    report.leave()


def _reader(world: "World") -> "Reader":
    """Reads a release; a rule that breaks on one page must not cost the others, unless somebody looks for the bug."""
    import os

    from communique.keep import reader

    return reader(world, strict=bool(os.environ.get("COMMUNIQUE_DEBUG")))


class _Report:
    """Tells the outcomes as they come, the sum at the end, and the bad inputs on standard error."""

    def __init__(self, path: Path, writer: "Writer") -> None:
        self._path = path
        self._writer = writer
        self._counts: Counter[str] = Counter()
        self._bad: list[Outcome] = []
        self._progress = Progress("looked at")

    def tell(self, outcome: "Outcome") -> None:
        self._progress.step()
        self._counts[outcome.state] += 1
        if outcome.state == "added":
            typer.echo(f"added {outcome.id}")
        elif outcome.state == "version":
            typer.echo(f"version {outcome.ordinal} of {outcome.id}")
        elif outcome.state == "forgotten":
            typer.echo(f"left out {outcome.id}: {outcome.message}")
        elif outcome.state == "failed":
            self._bad.append(outcome)
        sys.stdout.flush()

    def summary(self) -> None:
        """What is in the archive now that was not before, also where the line was not printed any more."""
        self._progress.done()
        self._counts.update(self._writer.kept - self._counts)
        parts = [f"{self._counts[state]} {words}" for state, words in _SUMMARY.items() if self._counts[state]]
        typer.echo(f"{self._path}: {', '.join(parts) or 'nothing to add'}")

    def stopped(self) -> None:
        self.summary()
        complain("stopped; all that is counted here is kept. The same command again goes on with the rest")
        raise typer.Exit(STOPPED_AND_SAID)

    def leave(self) -> None:
        self.summary()
        for outcome in self._bad:
            complain(f"{outcome.source}: {outcome.message}")
        if self._bad:
            raise typer.Exit(BUG if any(outcome.code == "bug" for outcome in self._bad) else 1)
