"""The rules' trace in lines: where a rule fired or declined, on which words, and why."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.finding.page import Fired

_LONGEST = 70


def trace_lines(trace: "Iterable[Fired]", text: str) -> Iterator[str]:
    """One line a rule, in the order of the text; a rule that came to the same words twice says so once."""
    for fired in sorted(dict.fromkeys(trace), key=lambda f: (f.start, f.end)):
        verdict = f"declined: {fired.refused}" if fired.refused else fired.what
        yield f"  {fired.start}–{fired.end}  {fired.rule}: {verdict}  «{shorten(text[fired.start : fired.end])}»"


def shorten(words: str, longest: int = _LONGEST) -> str:
    """Words in one line, the middle left out where they are many.

    >>> shorten("Главы государств обсудили взаимную торговлю", 20)
    'Главы госу… торговлю'
    """
    line = " ".join(words.split())
    half = longest // 2
    return line if len(line) <= longest else f"{line[:half]}…{line[1 - half :]}"
