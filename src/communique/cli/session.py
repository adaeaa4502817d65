"""One run over many releases: each becomes a record, the bad ones are remembered for the end."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from communique.cli.messages import BUG, REPORT, Progress, complain
from communique.cli.options import chosen_world

if TYPE_CHECKING:
    from communique.finding.page import Fired
    from communique.record.record import Record
    from communique.text.release import Failure, Release
    from communique.world.world import World


class Session:
    """Reads releases with one world; `named` puts the header of the command's options on a release."""

    def __init__(self, world: "World", named: "Callable[[Release], Release]", explain: bool) -> None:
        self._world = world
        self._named = named
        self._explain = explain
        self._bad: list[str] = []
        self._broken = 0
        self._progress = Progress()

    def read(self, release: "Release | Failure") -> "tuple[Record, tuple[Fired, ...]]":
        """The record and the rules' trace; what could not be read gets a record that says so."""
        from communique.text.release import Failure

        self._progress.step()
        if isinstance(release, Failure):
            return self._failed(release), ()
        return self._read(self._named(release))

    def _read(self, release: "Release") -> "tuple[Record, tuple[Fired, ...]]":
        from communique.api import read_release
        from communique.text.release import Failure

        try:
            reading = read_release(release, self._world, explain=self._explain)
        except Exception as error:  # one page on which a rule breaks must not cost the other thousand
            if os.environ.get("COMMUNIQUE_DEBUG"):
                raise
            self._broken += 1
            message = f"a rule broke on it ({type(error).__name__}: {error}). {REPORT}"
            return self._failed(Failure(source=release.source, code="bug", message=message, known=release)), ()
        for problem in reading.record.problems:
            if problem.code == "finder_failed":
                self._broken += 1
                self._bad.append(f"{release.source}: {problem.message}")
        return reading.record, reading.trace

    def _failed(self, failure: "Failure") -> "Record":
        from communique.api import record_of_failure

        self._bad.append(f"{failure.source}: {failure.message}")
        return record_of_failure(failure)

    def leave(self) -> None:
        """List the bad inputs; leave with 1 if there are any, as a bug if a rule broke."""
        self._progress.done()
        if not self._bad:
            return
        if self._progress.count > 1:
            complain(f"{self._progress.count} inputs, not all were read:")
        for message in self._bad:
            complain(message)
        raise typer.Exit(BUG if self._broken else 1)


def record_named(name: str, world: list[Path] | None = None, archive: Path | None = None) -> "Record":
    """The record that a command's argument names: a file of one record, an id of the archive, or a release to be read.

    The one place where names become records; a file goes before an id. Raises IntakeError, RecordError, ArchiveError.
    """
    from communique.api import only_release, read_release
    from communique.cli.show import archived, records_in

    is_file = name == "-" or Path(name).is_file()
    records = records_in(Path(name)) if is_file else archived(name, archive)
    if records is None:
        return read_release(only_release(Path(name)), chosen_world(world)).record
    return _only_record(list(records), name)


def _only_record(records: "list[Record]", name: str) -> "Record":
    from communique.errors import RecordError

    if len(records) != 1:
        count = "no record" if not records else f"{len(records)} records"
        raise RecordError(f"{name} holds {count}, and one is wanted; put it into a file of its own")
    return records[0]
