"""`communique annotate`: a reading gone through fact by fact, one key each; out comes gold, or judgements in an archive.

Every decision is on the disk before the next fact is shown, so that Ctrl-C loses nothing.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.messages import STOPPED_AND_SAID, complain
from communique.cli.options import (
    ArchiveOption,
    LanguageOption,
    PublishedOption,
    PublisherOption,
    WorldOption,
    chosen_archive,
    chosen_world,
    current_user,
)

if TYPE_CHECKING:
    from communique.annotation.review import Item, Review
    from communique.cli.console import Terminal
    from communique.cli.decisions import Decisions

KEYS = "y accept · n reject · c correct · a add · u undo · q stop · ? help"
HELP = """\
y, Enter or Space   the fact is right as it stands
n                   it is wrong: leave it out
c                   correct a line: its digit, then another value, {other words}, @another-actor, a whole line, or nothing
                    to leave the line out; 0 adds a line
a                   add a fact or an actor that is missing: lines of marked text, an empty one ends it
u                   take the last decision back
q                   stop here; the same command goes on from this place
The form of a line is described in docs/annotation.md."""


def annotate(
    name: Annotated[
        str, typer.Argument(metavar="FILE|ID", help="A text to read, a marked text (.gold), or with --archive an id.")
    ],
    to: Annotated[
        Path | None, typer.Option(metavar="GOLD", help="Where the marked text goes; beside FILE, ending in .gold.")
    ] = None,
    into_archive: Annotated[
        bool, typer.Option("--review", help="FILE is an id: write judgements into the archive instead of gold.")
    ] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="Whose judgements they are.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Also go through what was decided before.")] = False,
    archive: ArchiveOption = None,
    world: WorldOption = None,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    language: LanguageOption = None,
) -> None:
    """Go through a reading fact by fact: accept, correct, reject, add, undo. Writes gold, or judgements."""
    from communique.cli.console import Terminal
    from communique.cli.decisions import Decisions, decisions_in_archive, decisions_in_gold

    decisions: Decisions
    if into_archive:
        decisions = decisions_in_archive(name, chosen_archive(archive), by or current_user(), again=again)
    else:
        header = {"published": published, "publisher": publisher, "language": language}
        decisions = decisions_in_gold(Path(name), to, lambda: chosen_world(world), header, again=again)
    _Session(decisions, Terminal()).run()


class _Session:
    """The keys of one sitting."""

    def __init__(self, decisions: "Decisions", terminal: "Terminal") -> None:
        self._decisions, self._terminal = decisions, terminal
        self._said = ""

    @property
    def _review(self) -> "Review":
        return self._decisions.review

    def run(self) -> None:
        try:
            while self._review.current is not None:
                self._show(self._review.current)
                if not self._take(self._terminal.key()):
                    break
        except KeyboardInterrupt:
            self._leave("stopped")
            raise typer.Exit(STOPPED_AND_SAID) from None
        self._leave("everything is decided" if self._review.current is None else "left here")

    def _leave(self, how: str) -> None:
        done, whole = self._review.done, len(self._review.items)
        complain(f"{how}: {done} of {whole} decided, {self._decisions.kept()}")

    def _show(self, item: "Item") -> None:
        terminal = self._terminal
        terminal.clear()
        terminal.print(terminal.text(self._decisions.text, self._review.places(item)))
        terminal.print("")
        for number, line in enumerate(item.lines, start=1):
            terminal.print(f"{number:3}  {line}")
        if self._said:
            terminal.print(f"! {self._said}")
        self._said = ""
        terminal.print(f"[{self._review.done + 1}/{len(self._review.items)}] {KEYS}")

    def _take(self, key: str) -> bool:
        """What one key does; False to stop. What cannot be done is said, and changes nothing."""
        from communique.errors import CommuniqueError

        if key in ("q", "\x1b", "\x04", ""):
            return False
        if key in ("\x03",):
            raise KeyboardInterrupt
        doing = {"y": self._decisions.accept, "\r": self._decisions.accept, "\n": self._decisions.accept, " ": self._decisions.accept,
                 "n": self._decisions.reject, "c": self._correct, "a": self._add, "u": self._undo}.get(key)  # fmt: skip
        if doing is None:
            self._terminal.print(HELP)
            if self._terminal.typed and key == "?":
                self._terminal.key()
            return True
        try:
            doing()
        except CommuniqueError as error:
            self._said = str(error)
        return True

    def _undo(self) -> None:
        if not self._decisions.undo():
            self._said = "nothing has been decided yet in this sitting"

    def _correct(self) -> None:
        item = self._review.current
        assert item is not None
        digits = self._terminal.ask("line: ")
        if digits is None or not digits.strip().isdigit() or int(digits) > len(item.lines):
            self._said = f"{digits!r} is no line of this fact; it has lines 1 to {len(item.lines)}, and 0 adds one"
            return
        number = int(digits)
        if number:
            self._terminal.print(item.lines[number - 1].strip())
        line = self._terminal.ask("new: ")
        if line is None:
            return
        if number == 0:
            self._decisions.add_line(line)
        else:
            self._decisions.correct(number - 1, line)

    def _add(self) -> None:
        lines: list[str] = []
        while line := self._terminal.ask("add: " if not lines else "     "):
            lines.append(line)
        self._decisions.add("\n".join(lines))
