"""`communique.Archive`: records kept, in Python; the same verbs as on the command line.

A path in, nothing opened until something is asked; made by the first `add`. Looking loads no model.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from communique.archive.judgements import Judgement
from communique.archive.merged import MergedMeeting, SaidOfTwo
from communique.archive.things import Thing
from communique.archive.view import Entry, Filter, VersionLine, View
from communique.archive.writer import Outcome, Reader, Reread, Writer
from communique.record.facts import Fact
from communique.record.record import Record

if TYPE_CHECKING:
    from communique.reports.report import Report
    from communique.text.release import Failure, Release
    from communique.world.world import World


class Archive:
    """One archive; `world` is what its texts are read with."""

    def __init__(self, path: str | Path = "communique.db", *, world: "World | None" = None) -> None:
        self.path = Path(path)
        self._world = world

    def add(self, paths: str | Path | Iterable[str | Path], *, again: bool = False) -> list[Outcome]:
        """What became of every release of these files and folders; all that is `added` or a new `version` is kept.

        Adding the same twice changes nothing. What was forgotten stays so unless `again`.
        """
        from communique.sources import iter_inputs

        several = [paths] if isinstance(paths, str | Path) else paths
        return self.add_releases(iter_inputs(several), again=again)

    def add_releases(self, releases: "Iterable[Release | Failure]", *, again: bool = False) -> list[Outcome]:
        """The same for releases that you made yourself."""
        with Writer(self.path) as writer:
            return list(writer.add(releases, reader(self._world), again=again))

    def forget(self, document: str) -> str:
        """Erase a document; returns its id. A later `add` leaves it out unless `again`."""
        View(self.path).close()  # an archive that is not there is not made to forget
        with Writer(self.path) as writer:
            return writer.forget(document)

    def reread(self) -> list[Reread]:
        """Every document read again with today's rules and this world: what was gained, lost and changed."""
        View(self.path).close()
        with Writer(self.path) as writer:
            return list(writer.reread(reader(self._world)))

    def show(self, document: str, version: int | None = None) -> Record:
        """The record of a document, judgements applied."""
        with View(self.path) as view:
            return view.show(document, version)

    def versions(self, document: str) -> list[VersionLine]:
        """The versions of a document, the oldest first."""
        with View(self.path) as view:
            return view.versions(document)

    def records(self, **chosen: str) -> Iterator[Record]:
        """The current record of every document."""
        with View(self.path) as view:
            yield from view.records(msgspec.convert(chosen, Filter))

    def facts(self, **chosen: str) -> Iterator[tuple[Record, Fact]]:
        """Every fact, with its record."""
        with View(self.path) as view:
            yield from view.facts(msgspec.convert(chosen, Filter))

    def sql(self, query: str) -> list[dict[str, Any]]:
        """The rows of a SELECT on the documented views."""
        with View(self.path) as view:
            return [*view.sql(query)]

    def judge(
        self,
        key: str,
        verdict: Literal["confirmed", "wrong", "corrected"],
        *,
        by: str,
        value: dict[str, Any] | None = None,
        why: str | None = None,
    ) -> int:
        """Keep a judgement about the fact with this key; it holds through every later reading. Returns its number."""
        return self.keep_judgement(Judgement(key=key, verdict=verdict, value=value, by=by, why=why))

    def keep_judgement(self, judgement: Judgement) -> int:
        """The same for a judgement that you made, also of a fact that you enter: see `archive/corrections.py`."""
        View(self.path).close()
        with Writer(self.path) as writer:
            return writer.judge(judgement)

    def withdraw(self, number: int) -> None:
        """Take a judgement back."""
        View(self.path).close()
        with Writer(self.path) as writer:
            writer.withdraw(number)

    def meetings(self, wanted: str | None = None) -> Sequence[MergedMeeting]:
        """Merged meetings, the latest first; or the one that a report belongs to."""
        with View(self.path) as view:
            return view.meetings(wanted)

    def things(self, wanted: str | None = None, *, kind: str | None = None) -> Sequence[Thing]:
        """Papers, projects, undertakings and unlinked people through all readouts; `kind` is agreement, project, commitment or person."""
        with View(self.path) as view:
            return view.things(wanted, kind=kind)

    def changed(self, one: str, other: str, *, last: int = 3) -> "Report":
        """What changed between two states, by their codes: formulas, one-sided reports, who was first, edited pages."""
        from communique.questions.changed import changed_report

        with View(self.path) as view:
            return changed_report(view, one, other, last=last)

    def unsure(self) -> Sequence[SaidOfTwo]:
        """Pairs of reports that may be of one meeting, the likeliest first."""
        with View(self.path) as view:
            return view.pairs()

    def judge_pair(
        self,
        one: str,
        other: str,
        verdict: Literal["same", "part", "different", "unsure"],
        *,
        by: str,
        why: str | None = None,
    ) -> int:
        """Keep a word on two reports, named by key or document; it goes before what the rules say. Returns its number."""
        View(self.path).close()
        with Writer(self.path) as writer:
            return writer.judge_pair(one, other, verdict, by=by, why=why)

    def withdraw_pair(self, number: int) -> None:
        """Take such a word back."""
        View(self.path).close()
        with Writer(self.path) as writer:
            writer.withdraw_pair(number)

    def judgements(self) -> list[Judgement]:
        """All judgements, also those withdrawn."""
        with View(self.path) as view:
            return view.judgements()

    def orphans(self) -> list[Judgement]:
        """Judgements in force whose fact is not found any more."""
        with View(self.path) as view:
            return view.orphans()

    def backup(self, to: str | Path) -> None:
        """A whole copy, also while somebody writes."""
        with View(self.path) as view:
            view.backup(Path(to))

    def list(self, *, limit: int | None = None, **chosen: str) -> list[Entry]:
        """Documents, newest first; `state`, `person`, `kind`, `since`, `until` and `topic` narrow the list."""
        with View(self.path) as view:
            return view.entries(msgspec.convert(chosen, Filter), limit=limit)


def reader(world: "World | None" = None, *, strict: bool = False) -> Reader:
    """Release -> Record by today's rules; a rule that breaks on a page gives a Failure, and the others are read.

    The rules are loaded with the first release that is read, so that adding what is known loads nothing. `strict`
    lets the error through.
    """

    def read(release: "Release") -> "Record | Failure":
        from communique.api import read_release
        from communique.text.release import Failure

        try:
            return read_release(release, world).record
        except Exception as error:
            if strict:
                raise
            message = f"a rule broke on it ({type(error).__name__}: {error}); please report this text"
            return Failure(source=release.source, code="bug", message=message, known=release)

    return read
