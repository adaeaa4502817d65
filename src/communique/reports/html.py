"""A report as one page of HTML that needs nothing else: no script, no picture, no address is loaded.

Every word of a document is escaped; an address becomes a link only if it is http or https.
"""

from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from communique.record.markup import printable
from communique.reports.report import Cell, Footnote, Reason, Report, ReportRow, Run

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
body { font: 16px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1b1b1b; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: left; vertical-align: top; }
th[scope=rowgroup] { background: #eee; }
.agreement { color: #1a5e1a; } .difference { color: #9a1c1c; font-weight: 600; } .one_sided { color: #6b4a00; }
.inferred { font-style: italic; color: #1d4e6b; }
sup a { text-decoration: none; } li:target { background: #fff3bf; } .why { font-size: .85rem; color: #555; }
"""


def render_html(report: Report) -> str:
    """The whole page."""
    title = _escaped(report.title)
    head = "".join(f'<th scope="col">{_escaped(c)}</th>' for c in report.columns)
    groups = groupby(report.rows, key=lambda row: row.section)
    body = "".join(_section(section, list(rows), len(report.columns)) for section, rows in groups)
    notes = "".join(f"<li>{_escaped(note)}</li>" for note in report.notes)
    footnotes = "".join(_footnote(f) for f in report.footnotes)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>\n<h1>{title}</h1>\n"
        f"<table><thead><tr>{head}</tr></thead>\n{body}</table>\n"
        + (f"<h2>Notes</h2><ul>{notes}</ul>\n" if notes else "")
        + (f"<h2>Words</h2><ol>{footnotes}</ol>\n" if footnotes else "")
        + "</body></html>\n"
    )


def _section(section: str, rows: list[ReportRow], width: int) -> str:
    head = f'<tr><th scope="rowgroup" colspan="{width}">{_escaped(section)}</th></tr>' if section else ""
    return f"<tbody>{head}{''.join(_row(row) for row in rows)}</tbody>\n"


def _row(row: ReportRow) -> str:
    cells = "".join(_cell(c) for c in row.cells[:-1])
    why = "".join(f"<li>{_escaped(sentence)}</li>" for sentence in row.why)
    last = _cell(row.cells[-1], f'<details class="why"><summary>why</summary><ul>{why}</ul></details>' if why else "")
    return f"<tr>{cells}{last}</tr>\n"


def _cell(cell: Cell, more: str = "") -> str:
    tone = f' class="{cell.tone}"' if cell.tone else ""
    return f"<td{tone}>{''.join(_run(run) for run in cell.runs)}{more}</td>"


def _run(run: Run) -> str:
    words = _escaped(run.shown)
    numbers = "".join(f'<sup><a href="#w{n}">{n}</a></sup>' for n in run.footnotes)
    return (f'<span class="inferred">{words}</span>' if run.inferred else words) + numbers


def _footnote(footnote: Footnote) -> str:
    if isinstance(footnote, Reason):
        return f'<li id="w{footnote.number}">{_escaped(footnote.reason)}</li>\n'
    document = _escaped(footnote.document)
    if footnote.url and _is_web(footnote.url):
        document = f'<a href="{escape(footnote.url, quote=True)}" rel="noopener noreferrer">{document}</a>'
    place = f"{document}, {footnote.start}–{footnote.end}"
    return f'<li id="w{footnote.number}"><q>{_escaped(footnote.quote)}</q> ({place})</li>\n'


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def _escaped(words: str) -> str:
    return escape(printable(words), quote=True)
