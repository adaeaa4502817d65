"""A report as Markdown with tables and footnotes (GitHub's dialect). Words of documents cannot become markup."""

import re
from collections.abc import Iterator
from itertools import groupby

from communique.record.markup import printable
from communique.reports.report import Cell, Footnote, Reason, Report

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~^$])")
_SPACE = re.compile(r"\s+")
_LINK = re.compile(r"(?i)\b(https?:|www\.)")


def render_markdown(report: Report) -> str:
    """One heading, one table a section, the notes, the footnotes."""
    lines = [f"# {_escaped(report.title)}", ""]
    for section, rows in groupby(report.rows, key=lambda row: row.section):
        if section:
            lines += [f"## {_escaped(section)}", ""]
        lines += [_row(_escaped(c) for c in report.columns), _row("---" for _ in report.columns)]
        lines += [_row(_cell(c) for c in row.cells) for row in rows]
        lines.append("")
    lines += [f"- {_escaped(note)}" for note in report.notes]
    lines += ["", *(_footnote(f) for f in report.footnotes)]
    return "\n".join(lines).rstrip() + "\n"


def _row(cells: Iterator[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(cell: Cell) -> str:
    return "".join(_escaped(run.shown) + "".join(f"[^{n}]" for n in run.footnotes) for run in cell.runs)


def _footnote(footnote: Footnote) -> str:
    if isinstance(footnote, Reason):
        return f"[^{footnote.number}]: {_escaped(footnote.reason)}"
    place = f"{_escaped(footnote.document)}, {footnote.start}–{footnote.end}"
    return f"[^{footnote.number}]: «{_escaped(footnote.quote)}» ({place})"


def _escaped(words: str) -> str:
    """Words in one line, in which no sign means anything and no address becomes a link."""
    line = _MARKUP.sub(r"\\\1", _SPACE.sub(" ", printable(words)))
    return _LINK.sub(lambda m: m[0][:-1] + ("&#58;" if m[0].endswith(":") else "&#46;"), line)
