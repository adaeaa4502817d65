"""A report for the terminal: a table a section, then the notes and the footnotes. Plain letters without colours."""

from collections.abc import Iterator
from io import StringIO
from itertools import groupby

from rich.box import SIMPLE
from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from communique.record.markup import printable
from communique.reports.report import Cell, Footnote, Reason, Report, ReportRow, Tone, Words

_NARROWEST = 60
_STYLES: dict[Tone, str] = {"agreement": "green", "difference": "bold red", "one_sided": "yellow"}
_DIGITS_OF_HASH = len("sha256:") + 12
_INFERRED = "italic cyan"


def render_table(report: Report, *, width: int = 110, colours: bool = False) -> str:
    """The report in lines of at most `width` letters; control characters of a document are left out."""
    out = StringIO()
    console = Console(
        file=out, width=max(width, _NARROWEST), force_terminal=colours, no_color=not colours, highlight=False,
        emoji=False, markup=False, legacy_windows=False,
    )  # fmt: skip
    for part in _parts(report, console.width):
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _parts(report: Report, width: int) -> Iterator[RenderableType]:
    fits = _width(report.columns, report.rows) <= width
    yield Rule(Text(printable(report.title), style="bold"))
    for section, rows in groupby(report.rows, key=lambda row: row.section):
        yield _table(report.columns, section, list(rows), fits=fits)
    if report.notes:
        yield Rule("Notes")
        yield from (Text(f"- {printable(note)}") for note in report.notes)
    if report.footnotes:
        yield Rule("Words")
        yield from (Text(_footnote(f)) for f in report.footnotes)


def _table(columns: tuple[str, ...], section: str, rows: list[ReportRow], *, fits: bool) -> Table:
    """Columns as wide as their words where all fit; else the first is narrow and the others share the line."""
    title = Text(printable(section), style="bold") if section else None
    table = Table(title=title, title_justify="left", box=SIMPLE, expand=not fits, padding=(0, 1), show_edge=False)
    for number, column in enumerate(columns):
        table.add_column(Text(printable(column)), ratio=None if fits else 2 if number else 1, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(cell) for cell in row.cells))
    return table


def _width(columns: tuple[str, ...], rows: tuple[ReportRow, ...]) -> int:
    cells = [columns, *(tuple(_cell(cell).plain for cell in row.cells) for row in rows)]
    return sum(max(map(len, column)) + 2 for column in zip(*cells, strict=True)) + len(columns)


def _cell(cell: Cell) -> Text:
    shown = Text(style=_STYLES[cell.tone] if cell.tone else "")
    for run in cell.runs:
        shown.append(printable(run.shown), style=_INFERRED if run.inferred else None)
        if run.footnotes:
            shown.append(f"({','.join(map(str, run.footnotes))})", style="dim")
    return shown


def _footnote(footnote: Footnote) -> str:
    if isinstance(footnote, Reason):
        return f"({footnote.number}) {printable(footnote.reason)}"
    quote = " ".join(printable(footnote.quote).split())
    return f"({footnote.number}) «{quote}» – {_document(footnote)}, {footnote.start}–{footnote.end}"


def _document(words: Words) -> str:
    """The id; a hash by its first digits, as far as people compare them. JSON has the whole."""
    name = printable(words.document)
    return f"{name[:_DIGITS_OF_HASH]}…" if name.startswith("sha256:") else name
