"""Question: what has changed between two states over time, as far as the readouts of an archive tell?

In: a View and two states. Out: a Report: recurrent formulas and what became of them, meetings that one side alone reports, who published
first, pages that were edited. What is absent is absent from this archive, and the words say so.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from communique.archive.changes import changes_between
from communique.archive.merged import MergedMeeting, Reporting
from communique.archive.view import Entry, Filter, View
from communique.errors import ArchiveError
from communique.matching.formulas import LANGUAGES, LEAST, Formula, Readout, Standing, find_formulas
from communique.questions.edited import Edit, iter_edits
from communique.record.days import day_of, is_day
from communique.record.document import Document
from communique.record.record import Record
from communique.reports.report import Cell, Footnotes, Report, ReportRow, Run, Tone

LAST = 3  # meetings from which a formula must be absent before that is a finding
_NEAR = 2  # days within which a page of the other side may tell of the meeting, though nothing joins them
_BACKGROUND = 300  # texts of others in which a phrase is looked for
_HELD = ("held", "under_way")
_OTHERS = "others"
NO_LATER = "no later readout in this archive reports it"


class Told(NamedTuple):
    """A readout of the pair: its record, its day, its meeting, and whose side publishes it."""

    record: Record
    day: str
    meeting: str
    side: str


class Chronicle(msgspec.Struct, frozen=True):
    """All that an archive has of a pair, in the order of days; `meetings` are those that were held."""

    pair: tuple[str, str]
    told: tuple[Told, ...]
    by_document: dict[str, Told]
    meetings: tuple[MergedMeeting, ...]
    others: tuple[str, ...]
    unsure: tuple[tuple[tuple[str, str], tuple[str, str]], ...]  # keys and documents of pairs that may be one meeting


def changed_report(view: View, one: str, other: str, *, last: int = LAST) -> Report:
    """What changed between two states, by their codes; ArchiveError where no readout is of just these two."""
    if last < 1:
        raise ArchiveError("--last counts meetings, from 1 on")
    chronicle = read_chronicle(view, (one, other))
    if not chronicle.told:
        raise ArchiveError(
            f"no readout of just {one} and {other} is in {view.path}; communique list --state {one} shows what is"
        )
    footnotes = Footnotes()
    rows = (
        *_formula_rows(chronicle, footnotes, last),
        *_one_sided(view, chronicle, footnotes),
        *_first(chronicle, footnotes),
        *_edits(view, chronicle, footnotes),
    )
    columns = ["what", one, other, "other publishers", "finding"]
    if not any(t.side == _OTHERS for t in chronicle.told):  # then nothing stands in their column
        columns.remove("other publishers")
        rows = tuple(msgspec.structs.replace(row, cells=(*row.cells[:3], row.cells[4])) for row in rows)
    return Report(
        title=f"{one} and {other}: what changed",
        columns=tuple(columns),
        rows=rows,
        footnotes=footnotes.all(),
        notes=tuple(_notes(chronicle, last)),
    )


def read_chronicle(view: View, pair: tuple[str, str]) -> Chronicle:
    """The readouts of just these two states, and their merged meetings."""
    meetings = [m for m in view.meetings_between(*pair) if not m.states or set(m.states) <= set(pair)]
    of_document = {r.id: m for m in meetings for r in _reports(m)}
    records = {record.document.id: record for record in view.records(Filter(between=pair))}
    records |= {name: view.show(name) for name in of_document if name not in records}  # a page that names one side
    told = []
    for record in records.values():
        meeting = of_document.get(record.document.id)
        day = (meeting.day_from if meeting else None) or day_of(record.document.published)
        if day is not None:
            told.append(Told(record, day, meeting.id if meeting else record.document.id, _side(record.document, pair)))
    held = [m for m in meetings if m.day_from and _is_held(m)]
    return Chronicle(
        pair=pair,
        told=tuple(sorted(told, key=lambda t: (t.day, t.record.document.id))),
        by_document={t.record.document.id: t for t in told},
        meetings=tuple(sorted(held, key=lambda m: (m.day_from or "", m.id))),
        others=tuple(view.texts_besides(records.keys(), _BACKGROUND)),
        unsure=tuple(
            ((p.one, p.other), p.documents) for p in view.pairs(of={r.node for m in held for r in _reports(m)})
        ),
    )


def _reports(meeting: MergedMeeting) -> list[Reporting]:
    """All documents that tell of a meeting or of one of its parts, each once."""
    found = [*meeting.documents, *meeting.also_in, *(r for part in meeting.parts for r in _reports(part))]
    return list({report.id: report for report in reversed(found)}.values())[::-1]


def _is_held(meeting: MergedMeeting) -> bool:
    return any(s.value in _HELD for s in meeting.fields.get("status", ())) or any(map(_is_held, meeting.parts))


def _side(page: Document | Reporting | Entry, pair: tuple[str, str]) -> str:
    """Whose page it is: an official site speaks for its state, an agency or a newspaper for nobody."""
    official = page.publisher_kind in ("official", None) and page.publisher_state in pair
    return str(page.publisher_state) if official else _OTHERS


# Formulas --------------------------------------------------------------------------------------------------------


def formulas_of(chronicle: Chronicle) -> list[Formula]:
    """The formulas of a pair's readouts."""
    readouts = [
        Readout(t.record.document.id, t.day, t.meeting, t.record.document.language or "", t.record.document.text, _named(t.record))
        for t in chronicle.told
    ]  # fmt: skip
    return find_formulas(readouts, chronicle.others)


def _named(record: Record) -> tuple[tuple[int, int], ...]:
    """Where somebody or some state or body is named, or a paper or project, which have lives of their own."""
    actors = [(m.start, m.end) for a in record.actors if a.kind != "collective" for m in a.mentions]
    things = [
        (e.start, e.end)
        for fact in (*record.agreements, *record.projects)
        for e in fact.evidence
        if {"title", "what"} & set(e.fields)
    ]
    return (*actors, *things)


def _formula_rows(chronicle: Chronicle, footnotes: Footnotes, last: int) -> Iterator[ReportRow]:
    documents = chronicle.by_document
    for formula in formulas_of(chronicle):
        cells = [_standings(formula, documents, side, footnotes) for side in (*chronicle.pair, _OTHERS)]
        finding = _what_became(formula, chronicle, footnotes, last)
        yield ReportRow("Formulas", (Cell((Run(f"«{formula.words}»"),)), *cells, finding), tuple(_where(formula)))


def _standings(formula: Formula, documents: dict[str, Told], side: str, footnotes: Footnotes) -> Cell:
    """First and last place of a side, and in how many of its readouts the formula stands."""
    mine = [s for s in formula.standings if documents[s.document].side == side]
    readouts = [t for t in documents.values() if t.side == side and t.record.document.language in LANGUAGES]
    if not mine:
        words = f"in none of {len(readouts)}" if readouts else "no readout"
        return Cell((Run(words),), "none")
    count = f"in {len({s.document for s in mine})} of {len(readouts)}: "
    runs = [Run(f"{count}{mine[0].day}", (_cited(mine[0], documents, footnotes),))]
    if mine[-1].document != mine[0].document:
        runs.append(Run(f" to {mine[-1].day}", (_cited(mine[-1], documents, footnotes),)))
    return Cell(tuple(runs), "stands")


def _what_became(formula: Formula, chronicle: Chronicle, footnotes: Footnotes, last: int) -> Cell:
    """First seen, stronger since, absent since: what holds of the formula, with the words."""
    runs: list[Run] = []
    codes: list[str] = []
    first = formula.standings[0]
    if before := _meetings([t for t in chronicle.told if t.day < first.day and _is_looked_at(t)]):
        codes.append("first_seen")
        runs.append(Run(f"first seen on {first.day}, after {_counted(before, 'meeting')} without it"))
    for rise in formula.rises():
        codes.append("strengthened" if formula.ladder else "worded_more_fully")
        words = "stronger" if formula.ladder else "worded more fully"
        runs.append(Run(f"{words} on {rise.day}: «{rise.words}»", (_cited(rise, chronicle.by_document, footnotes),)))
    since = [t for t in chronicle.told if t.day > formula.standings[-1].day]
    later = _meetings(since)
    if later >= last:
        codes.append("absent")
        runs.append(Run(f"{NO_LATER}: {_counted(later, 'meeting')} since{_reservation(since)}"))
    tone: Tone = "one_sided" if "absent" in codes else "difference" if codes else "agreement"
    spaced = [run if n == 0 else Run(f"; {run.text}", run.footnotes) for n, run in enumerate(runs)]
    return Cell(tuple(spaced) or (Run("goes on"),), ",".join(dict.fromkeys(codes)) or "goes_on", tone)


def _reservation(since: Sequence[Told]) -> str:
    """What was not read whole, or is in another language, proves no absence."""
    doubtful = [t for t in since if not _is_looked_at(t)]
    return f" ({_counted(len(doubtful), 'readout')} of these not whole, or in another language)" if doubtful else ""


def _is_looked_at(told: Told) -> bool:
    """Whether a formula that is not found in a readout does not stand there: it is whole, and in a language that is looked at."""
    return told.record.document.extent == "full" and told.record.document.language in LANGUAGES


def _meetings(told: Iterable[Told]) -> int:
    return len({t.meeting for t in told})


def _where(formula: Formula) -> Iterator[str]:
    """Every place, for those who ask how the row came about."""
    if formula.ladder:
        yield f"ladder: {formula.ladder}"
    yield from (f"{s.day}, {s.document}, {s.start}–{s.end}: «{s.words}»" for s in formula.standings)


def _cited(standing: Standing, documents: dict[str, Told], footnotes: Footnotes) -> int:
    doc = documents[standing.document].record.document
    return footnotes.words(doc, doc.cite(standing.start, standing.end, "words"))


# Who reports, and who first --------------------------------------------------------------------------------------


def _one_sided(view: View, chronicle: Chronicle, footnotes: Footnotes) -> Iterator[ReportRow]:
    """Meetings of which only one of the two sides has a report in this archive, where it has reports of both at all.

    Where a report of the other side may be of the same meeting, or nobody knows whose a page is, nothing is claimed.
    """
    if not all(any(t.side == side for t in chronicle.told) for side in chronicle.pair):
        return
    for meeting in chronicle.meetings:
        reports = _reports(meeting)
        sides = {_side(r, chronicle.pair) for r in reports} - {_OTHERS}
        if len(sides) != 1 or any(map(_side_unknown, reports)):
            continue
        (side,) = sides
        cells = [_reported(chronicle, meeting, s, footnotes) for s in (*chronicle.pair, _OTHERS)]
        finding = Cell((Run(f"of the two sides only {side} reports it in this archive"),), f"only_{side}", "one_sided")
        if doubt := _may_be_reported(view, chronicle, meeting, side):
            words = f"whether only {side} reports it is not known: {', '.join(doubt)} may tell of it"
            finding = Cell((Run(words),), "unsure")
        yield ReportRow("Reported by one side", (_called(meeting), *cells, finding))


def _may_be_reported(view: View, chronicle: Chronicle, meeting: MergedMeeting, side: str) -> list[str]:
    """Documents of the other side that may tell of a meeting: of a pair that is unsure, or about the same days and these states."""
    mine, known = {r.node for r in _reports(meeting)}, {r.id for r in _reports(meeting)}
    unsure = {d for nodes, documents in chronicle.unsure if mine & set(nodes) for d in documents}
    ours = chronicle.by_document
    found = {d for d in unsure if d in ours and _may_be_other(ours[d].record.document, side, chronicle.pair)}
    near = Filter(since=_shifted(meeting.day_from, -_NEAR), until=_shifted(meeting.day_to or meeting.day_from, _NEAR))
    for entry in view.entries(near):
        states = {state for m in entry.meetings for state in str(m["states"]).split()}
        if states <= set(chronicle.pair) and _may_be_other(entry, side, chronicle.pair):
            found.add(entry.id)
    return sorted(found - known)


def _may_be_other(page: Document | Entry, side: str, pair: tuple[str, str]) -> bool:
    return _side_unknown(page) or _side(page, pair) not in (side, _OTHERS)


def _shifted(day: str | None, by: int) -> str | None:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(by)).isoformat() if day and is_day(day) else None


def _side_unknown(page: Document | Reporting | Entry) -> bool:
    """A page of a site that the world does not know may be either side's."""
    return page.publisher_state is None and page.publisher_kind in ("official", None)


def _first(chronicle: Chronicle, footnotes: Footnotes) -> Iterator[ReportRow]:
    """Which side's page bears the earlier date, of meetings that both report."""
    for meeting in chronicle.meetings:
        days = [_earliest(meeting, side, chronicle.pair) for side in chronicle.pair]
        if None in days:
            continue
        cells = [_reported(chronicle, meeting, s, footnotes) for s in (*chronicle.pair, _OTHERS)]
        one, other = (str(day) for day in days)
        before = _earliest(meeting, _OTHERS, chronicle.pair)
        also = f"; another publisher on {before}" if before and before < min(one, other) else ""
        if one == other:
            finding = Cell((Run(f"on one day{also}"),), "one_day", "agreement")
        else:
            side = chronicle.pair[0] if one < other else chronicle.pair[1]
            finding = Cell(
                (Run(f"of the two sides {side} first: {min(one, other)}, {max(one, other)}{also}"),),
                f"first_{side}",
                "difference",
            )
        yield ReportRow("Who published first", (_called(meeting), *cells, finding))


def _earliest(meeting: MergedMeeting, side: str, pair: tuple[str, str]) -> str | None:
    days = [r.published for r in _reports(meeting) if _side(r, pair) == side and r.published]
    return min(days, default=None)


def _called(meeting: MergedMeeting) -> Cell:
    kinds = [str(s.value) for m in (meeting, *meeting.parts) for s in m.fields.get("kind", ())]
    what = kinds[0].replace("_", " ") if kinds else "meeting"
    return Cell((Run(f"{meeting.day_from} {what}"),), meeting.id)


def _reported(chronicle: Chronicle, meeting: MergedMeeting, side: str, footnotes: Footnotes) -> Cell:
    """The reports of one side, each with the words that tell of the meeting."""
    runs: list[Run] = []
    for report in _reports(meeting):
        if _side(report, chronicle.pair) != side:
            continue
        text = ", ".join(filter(None, (report.publisher or report.id, report.published)))
        told = chronicle.by_document.get(report.id)
        fact = next((m for m in told.record.meetings if m.key == report.node), None) if told else None
        words = (footnotes.words(told.record.document, fact.evidence[0]),) if told and fact else ()
        runs.append(Run(f"; {text}" if runs else text, words))
    return Cell(tuple(runs) or (Run("no report"),), None if runs else "no_report")


# Edited pages ----------------------------------------------------------------------------------------------------


def _edits(view: View, chronicle: Chronicle, footnotes: Footnotes) -> Iterator[ReportRow]:
    """What was taken out of a page, put in or reworded between two versions of it."""
    for told in chronicle.told:
        name = told.record.document.id
        for version in view.versions(name)[1:]:
            ordinals = version.ordinal - 1, version.ordinal
            before, after = (view.show(name, n) for n in ordinals)
            called = Cell((Run(f"{name}, version {ordinals[0]} and {ordinals[1]}"),), name)
            why = tuple(f"{c.kind} {c.type}: {c.says}" for c in changes_between(before, after))
            edits = list(iter_edits(before, after, (f"version {ordinals[0]}", f"version {ordinals[1]}"), footnotes))
            for edit in edits or [Edit("another header", (Run("the same words"),))]:
                cells = [Cell(edit.runs) if s == told.side else Cell() for s in (*chronicle.pair, _OTHERS)]
                finding = Cell((Run(edit.what),), edit.what.replace(" ", "_"), "difference")
                yield ReportRow("Edited pages", (called, *cells, finding), why)


# Notes -----------------------------------------------------------------------------------------------------------


def _notes(chronicle: Chronicle, last: int) -> Iterator[str]:
    sides = Counter(t.side for t in chronicle.told)
    counts = ", ".join(f"{s if s != _OTHERS else 'other publishers'} {sides[s]}" for s in (*chronicle.pair, _OTHERS))
    days = f"{chronicle.told[0].day} to {chronicle.told[-1].day}"
    yield f"{_counted(len(chronicle.told), 'readout')} of {_counted(_meetings(chronicle.told), 'meeting')}, {days}: {counts}."
    for side in chronicle.pair:
        if not sides[side]:
            yield f"No page of {side}'s side is in this archive, so that nothing is said of who reports what."
    unread = [t for t in chronicle.told if t.record.document.language not in LANGUAGES]
    if unread:
        yield f"{_counted(len(unread), 'readout')} in other languages than {', '.join(LANGUAGES)}: formulas were not looked for there."
    yield (
        f"A formula is a degree of relations, or a phrase that stands in the readouts of at least {LEAST} meetings of this pair and is "
        f"not as common in those of others. Absent is what the last {_counted(last, 'meeting')} and all since have not: it says what is in this "
        "archive, and nothing of what was said or meant."
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
