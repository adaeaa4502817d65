"""Question: what do two or more readouts all say, what do only some say, and what do they say differently?

In: Records and what to call them. Out: a Report whose cells quote the words of each side.
"""

from collections.abc import Sequence

from communique.errors import CommuniqueError
from communique.matching.features import Feature
from communique.matching.several import Several, SeveralRow, compare_several
from communique.matching.sides import Side
from communique.matching.silence import Silent
from communique.record.document import Document
from communique.record.record import Record
from communique.reports.report import Cell, Footnotes, Report, ReportRow, Run, Tone

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LEGEND = (
    "Not stated: the text was read whole for this kind of fact and does not say it. Not found: nothing of the kind was "
    "read there, and it may still be in the text.",
)
MOST = len(_LETTERS)


def compare_report(records: Sequence[Record], names: Sequence[str] | None = None) -> Report:
    """The comparison of two to 26 records as a report; `names` go over the columns instead of what the documents are called."""
    if not 2 <= len(records) <= MOST:
        raise CommuniqueError(f"{len(records)} readouts cannot be compared; name 2 to {MOST}")
    several = compare_several(records)
    called = tuple(names or (_called(r.document) for r in records))
    footnotes = Footnotes()
    rows = tuple(_row(row, several, footnotes) for row in several.rows)
    return Report(
        title=f"{', '.join(called[:-1])} and {called[-1]}",
        columns=("what", *(f"{letter}: {name}" for letter, name in zip(_LETTERS, called, strict=False)), "finding"),
        rows=rows,
        footnotes=footnotes.all(),
        notes=(*_doubts(several), *_readings(records), *_counts(several), *_LEGEND),
    )


def _row(row: SeveralRow, several: Several, footnotes: Footnotes) -> ReportRow:
    sides = zip(row.sides, row.silences, several.records, strict=True)
    cells = [_side(side, silent, record.document, footnotes) for side, silent, record in sides]
    return ReportRow(row.section, (Cell((Run(row.what),)), *cells, _finding(row)), tuple(_why(row)))


def _why(row: SeveralRow) -> list[str]:
    return [f"{_pair(row, pair.one, pair.other)}{f.sentence}" for pair in row.between for f in pair.features]


def _pair(row: SeveralRow, one: int, other: int) -> str:
    """Which two a sentence is about, where there are more."""
    return f"{_LETTERS[one]} and {_LETTERS[other]}: " if len(row.sides) > 2 else ""


def _side(side: Side | None, silent: Silent | None, doc: Document, footnotes: Footnotes) -> Cell:
    """The value and the footnotes of its words; of a silent side, what its silence means."""
    if side is not None:
        return Cell(footnotes.runs(side.pieces, doc, side.evidence))
    if silent is None:
        return Cell((Run("not compared"),), "not_compared")
    words = "not stated" if silent.kind == "not_stated" else "not found"
    if silent.nearby is None:
        return Cell((Run(words),), silent.kind)
    return Cell((Run(f"{words}; like words stand there", (footnotes.words(doc, silent.nearby),)),), silent.kind)


def _finding(row: SeveralRow) -> Cell:
    """Who says it, with the features that differ or agree only partly, and what one side leaves open."""
    code, words, tone = _verdict(row)
    wanted = ("differs" if row.verdict == "differently" else "partly", "one_sided")
    said: dict[str, list[str]] = {}
    for pair in row.between:
        for feature in pair.features:
            if feature.verdict in wanted:
                said.setdefault(_detail(row, feature, pair.one, pair.other), []).append(
                    _pair(row, pair.one, pair.other)
                )
    details = "; ".join(f"{', '.join(pairs).replace(': ,', ',')}{sentence}" for sentence, pairs in said.items())
    return Cell((Run(f"{words}: {details}" if details else words),), code, tone)


def _verdict(row: SeveralRow) -> tuple[str, str, Tone]:
    """Its code for scripts, its words, and its tone. Of two readouts «both» is all, and «only A» some."""
    two = len(row.sides) == 2
    having = [_LETTERS[n] for n in row.having]
    if row.verdict == "some":
        return f"only_{'_'.join(having).lower()}", f"only {', '.join(having)}", "one_sided"
    if row.verdict == "all":
        return ("both", "both", "agreement") if two else ("all", "all", "agreement")
    partly = "" if len(having) == len(row.sides) else f" ({', '.join(having)})"
    return "differently", f"differently{partly}", "difference"


def _detail(row: SeveralRow, feature: Feature, one: int, other: int) -> str:
    """A sentence without its name where the row bears that name already, and with the right letters."""
    words = feature.sentence.removeprefix(f"{row.what}: ")
    if (one, other) == (0, 1):
        return words
    letters = {"only A says": f"only {_LETTERS[one]} says", "only B says": f"only {_LETTERS[other]} says"}
    letters |= {"A says more": f"{_LETTERS[one]} says more", "B says more": f"{_LETTERS[other]} says more"}
    for old, new in letters.items():
        if old in words:
            return words.replace(old, new)
    return words


def _doubts(several: Several) -> list[str]:
    """The doubts of each comparison; where there are several, with the two whose it is."""
    if len(several.records) == 2:
        return [doubt for _, _, doubt in several.doubts]
    return [f"A is {_LETTERS[one]} here, B is {_LETTERS[other]}: {doubt}" for one, other, doubt in several.doubts]


def _readings(records: Sequence[Record]) -> list[str]:
    return [note for letter, record in zip(_LETTERS, records, strict=False) for note in _reading(letter, record)]


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


def _counts(several: Several) -> list[str]:
    if not several.rows:
        return ["Nothing was found in any text to compare."]
    verdicts = [_verdict(row) for row in several.rows]
    two = len(several.records) == 2
    order = ["both" if two else "all", "differently", *(["only A", "only B"] if two else [])]
    words = ["differently" if code == "differently" else words for code, words, _ in verdicts]
    order += sorted(set(words) - set(order), key=lambda w: (len(w), w))
    return [", ".join(f"{word}: {words.count(word)}" for word in order) + "."]


def _called(doc: Document) -> str:
    """What people call a document: its publisher and day, else its title, else its id."""
    published = doc.published.value if doc.published else None
    return " ".join(v for v in (doc.publisher, published) if v) or doc.title or doc.id
