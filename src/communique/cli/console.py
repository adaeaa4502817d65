"""One key, one answer: how the commands that ask read from the terminal, and how they mark words in a text.

Keys come one at a time where somebody types; from a pipe each letter is a key, so that a session can be scripted.
"""

import codecs
import os
import sys
import termios
import tty
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from communique.record.markup import Mark, iter_marked, printable

MARKED = "bold yellow"
CONTEXT = 700  # letters on either side of the marked words, where a text is too long to be shown whole

# The keys of the Russian layout stand for the Latin letters on them.
_LAYOUT = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")


class Terminal:
    """Standard input and output of a command that asks."""

    def __init__(self) -> None:
        self.console = Console(file=sys.stdout, highlight=False, emoji=False, markup=False)
        self.typed = sys.stdin.isatty()

    @property
    def colours(self) -> bool:
        return self.console.is_terminal and not self.console.no_color

    def key(self) -> str:
        """The next key in Latin letters, whatever layout is on; empty at the end. Ctrl-C raises KeyboardInterrupt."""
        sys.stdout.flush()
        letter = _pressed(sys.stdin.fileno()) if self.typed else self._next_letter()
        return letter.lower().translate(_LAYOUT)

    def _next_letter(self) -> str:
        letter = sys.stdin.read(1)
        while letter and letter.isspace():
            letter = sys.stdin.read(1)
        return letter

    def ask(self, words: str) -> str | None:
        """One line of answer; None at the end of the input."""
        sys.stdout.write(words)
        sys.stdout.flush()
        line = sys.stdin.readline()
        return line.rstrip("\n") if line else None

    def clear(self) -> None:
        if self.console.is_terminal:
            self.console.clear()

    def print(self, *things: object) -> None:
        self.console.print(*things, soft_wrap=not self.console.is_terminal)

    def text(self, text: str, places: Iterable[tuple[int, int]]) -> Text:
        """A text with some of its words marked: in colour, or between ⟦ and ⟧; a long one around them only."""
        marks = [Mark(start, end, "here") for start, end in _joined(places)]
        first, last = self._window(text, marks)
        shown = Text("… " if first else "")
        for stretch, labels in iter_marked(text[first:last], marks, first):
            words = printable(stretch)
            shown.append(words if self.colours or not labels else f"⟦{words}⟧", style=MARKED if labels else None)
        return shown.append(" …" if last < len(text) else "")

    def _window(self, text: str, marks: list[Mark]) -> tuple[int, int]:
        if len(text) <= 3 * CONTEXT or not marks:
            return 0, len(text) if marks or len(text) <= 3 * CONTEXT else 3 * CONTEXT
        start = max(0, min(m.start for m in marks) - CONTEXT)
        end = min(len(text), max(m.end for m in marks) + CONTEXT)
        start = text.rfind("\n", 0, start) + 1
        return start, end if (stop := text.find("\n", end)) < 0 else stop


def _joined(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that overlap or touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _pressed(terminal: int) -> str:
    """One key of a terminal without waiting for the line to end; empty at the end of the input."""
    before = termios.tcgetattr(terminal)
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)  # Ctrl-C stays a signal; a key pressed too early is not lost
        while read := os.read(terminal, 1):
            if letter := decoder.decode(read):
                return letter
        return ""
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
