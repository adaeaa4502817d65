"""Question: what do two readouts both say, what does only one say, and what do they say differently?

In: two Records and what to call them. Out: a Report whose cells quote the words of each side.
"""

from communique.matching.compare import Comparison, Row, compare
from communique.matching.sides import Side
from communique.record.document import Document, Evidence
from communique.record.record import Record
from communique.reports.report import Cell, Footnotes, Report, ReportRow, Run, Tone

_FINDINGS: dict[str, tuple[str, Tone]] = {
    "both": ("both", "agreement"),
    "differently": ("differently", "difference"),
    "only_a": ("only A", "one_sided"),
    "only_b": ("only B", "one_sided"),
}
_LEGEND = (
    "Not stated: the text was read whole for this kind of fact and does not say it. Not found: nothing of the kind was "
    "read there, and it may still be in the text.",
)


def compare_report(a: Record, b: Record, names: tuple[str, str] | None = None) -> Report:
    """The comparison of two records as a report; `names` go over the columns instead of what the documents are called."""
    comparison = compare(a, b)
    called = names or (_called(a.document), _called(b.document))
    footnotes = Footnotes()
    rows = tuple(_row(row, comparison, footnotes) for row in comparison.rows)
    return Report(
        title=f"{called[0]} and {called[1]}",
        columns=("what", f"A: {called[0]}", f"B: {called[1]}", "finding"),
        rows=rows,
        footnotes=footnotes.all(),
        notes=(*comparison.doubts, *_reading("A", a), *_reading("B", b), *_counts(comparison), *_LEGEND),
    )


def _row(row: Row, comparison: Comparison, footnotes: Footnotes) -> ReportRow:
    a = _side(row.a, comparison.a.document, row, footnotes)
    b = _side(row.b, comparison.b.document, row, footnotes)
    why = tuple(f.sentence for f in row.features)
    return ReportRow(row.section, (Cell((Run(row.what),)), a, b, _finding(row)), why)


def _side(side: Side | None, doc: Document, row: Row, footnotes: Footnotes) -> Cell:
    """The value and the footnotes of its words; of a silent side, what its silence means."""
    if side is None:
        return _silent(row.nearby, doc, row, footnotes)
    return Cell(footnotes.runs(side.pieces, doc, side.evidence))


def _silent(nearby: Evidence | None, doc: Document, row: Row, footnotes: Footnotes) -> Cell:
    words = "not stated" if row.silence == "not_stated" else "not found"
    if nearby is None:
        return Cell((Run(words),), row.silence)
    return Cell((Run(f"{words}; like words stand there", (footnotes.words(doc, nearby),)),), row.silence)


def _finding(row: Row) -> Cell:
    """The verdict, with the features that differ or agree only partly, and what one side leaves open."""
    words, tone = _FINDINGS[row.verdict]
    wanted = ("differs" if row.verdict == "differently" else "partly", "one_sided")
    details = [_detail(row, f.sentence) for f in row.features if f.verdict in wanted]
    return Cell((Run(": ".join((words, "; ".join(details))) if details else words),), row.verdict, tone)


def _detail(row: Row, sentence: str) -> str:
    """A sentence without its name where the row bears that name already."""
    return sentence.removeprefix(f"{row.what}: ")


def _reading(side: str, record: Record) -> list[str]:
    """Why silence of this side proves little, where it does."""
    notes = []
    if record.document.extent != "full":
        notes.append(f"{side} is not known to be a whole text (extent {record.document.extent}).")
    states: dict[str, list[str]] = {}
    for kind in record.coverage.__struct_fields__:
        states.setdefault(getattr(record.coverage, kind), []).append(kind)
    states.pop("read", None)
    return notes + [f"{side} was not fully read for {', '.join(k)}: {s.replace('_', ' ')}." for s, k in states.items()]


def _counts(comparison: Comparison) -> list[str]:
    found = [row.verdict for row in comparison.rows]
    if not found:
        return ["Nothing was found in either text to compare."]
    return [", ".join(f"{words}: {found.count(verdict)}" for verdict, (words, _) in _FINDINGS.items()) + "."]  # type: ignore[arg-type]


def _called(doc: Document) -> str:
    """What people call a document: its publisher and day, else its title, else its id."""
    published = doc.published.value if doc.published else None
    return " ".join(v for v in (doc.publisher, published) if v) or doc.title or doc.id
