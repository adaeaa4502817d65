"""Rows on standard output: a table for people, JSON for scripts."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import typer

WIDTH_IN_A_PIPE = 120
_UNPRINTABLE = dict.fromkeys((*range(32), *range(127, 160)), " ")


def print_table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table as wide as the terminal; what does not fit is folded, nothing is cut off."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=sys.stdout, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = WIDTH_IN_A_PIPE
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    console.print(table)


def print_rows(rows: Iterable[dict[str, Any]], *, lines: bool) -> None:
    """The rows as JSON: one a line as they come, or one list."""
    if lines:
        for row in rows:
            sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
        sys.stdout.flush()
    else:
        typer.echo(msgspec.json.format(msgspec.json.encode(list(rows)), indent=1).decode())


def _cell(value: object) -> str:
    """Without control characters: words from elsewhere must not steer the terminal."""
    return "" if value is None else str(value).translate(_UNPRINTABLE)
