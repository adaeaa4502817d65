"""When: the date that the meeting's own sentence states, else «сегодня» under a dated header, else the header's date.

In: a page, the candidates of one meeting, all dates of the page. Out: a `WhenFound`, or None.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta

import msgspec

from communique.finding.clauses import clause_start
from communique.finding.dates import DateSpan, find_deictic
from communique.finding.meetings.find import Candidate
from communique.finding.meetings.status import find_status
from communique.finding.page import Page
from communique.record.dates import Date
from communique.record.document import Document


@dataclass(frozen=True, slots=True)
class WhenFound:
    """A date, the tokens that state it (none for a header), and why where it is inferred."""

    date: Date
    first: int | None
    last: int | None
    inferred: str | None = None


def find_when(page: Page, candidates: Sequence[Candidate], dates: Sequence[DateSpan]) -> WhenFound | None:
    """The date of the meeting: rules in order, the first that finds one wins."""
    for candidate in candidates:
        for rule in (_stated_day, _stated_deictic):
            if found := rule(page, candidate, dates):
                return found
    return None


def first_and_last(date: Date) -> tuple[Date, Date | None]:
    """The day on which a meeting began, and the day on which it ended where that is another.

    >>> [d.value for d in first_and_last(Date(value="2026-06-17/2026-06-18", precision="day", original="17-18 июня"))]
    ['2026-06-17', '2026-06-18']
    """
    start, _, end = date.value.partition("/")
    if not end:
        return date, None
    return msgspec.structs.replace(date, value=start), msgspec.structs.replace(date, value=end)


def header_date(page: Page) -> WhenFound | None:
    """The date of the page, where the page has one: always inferred."""
    published = page.doc.published
    return WhenFound(published, None, None, "the date of the page") if published else None


def dated_by_header(page: Page, dates: Sequence[DateSpan]) -> Document:
    """The document with the date of its header line or dateline, where its source gave none.

    «29 мая 2024 г.», «30 января 2025 года 13:15 Ильгород», «ОСТРА, 6 сентября. /Вестник/»: lines that tell nothing else.
    """
    if page.doc.published is not None:
        return page.doc
    for first, last in page.tokens.sentences[:4]:
        day = next(
            (
                d
                for d in dates
                if first <= d.first < last and d.date.precision in ("day", "no_year") and "/" not in d.date.value
            ),
            None,
        )
        if day is None:
            continue
        bare = last - first <= 14 and not any(
            page.words[i].pos & {"VERB", "PRTS"} for i in range(first, last) if i not in page.covering
        )
        if (bare and _only_header(page, first, day)) or (
            _only_header(page, first, day)
            and (
                day.last >= last - 4
                or page.tokens.text[day.last] in ("–", "—", "-", "/", ".", "(")
                or not any("VERB" in page.words[i].pos for i in range(day.last, last))
            )
        ):
            return msgspec.structs.replace(page.doc, published=day.date)
        return page.doc
    return page.doc


def _only_header(page: Page, first: int, day: DateSpan) -> bool:
    """Before the day stands nothing but a place, a weekday or signs."""
    for i in range(first, day.first):
        covering = page.covering.get(i)
        if (
            (covering is None or covering.kind not in ("place", "state", "venue"))
            and page.tokens.is_word(i)
            and not page.tokens.text[i].isupper()
            and not page.tokens.text[i].isdigit()
        ):
            return False
    following = page.tokens.text[day.last] if day.last < len(page.tokens) else ""
    bare = page.sentence_range(day.first)[1] - first <= 14
    closes = (
        bare
        or day.first > first
        or following in (".", "–", "—", "-", "/", "(", ",")
        or page.tokens.source[page.tokens.end[day.last - 1] :].startswith("\n")
    )
    return closes or day.last >= page.sentence_range(day.first)[1]


def _stated_day(page: Page, candidate: Candidate, dates: Sequence[DateSpan]) -> WhenFound | None:
    """«14 мая Президент принял», «саммит прошёл 28-29 мая», with the day nearest to the meeting's words."""
    first, last = page.tokens.sentences[candidate.sentence]
    fitting = [
        d
        for d in dates
        if first <= d.first < last
        and d.date.precision in ("day", "no_year", "month")
        and _of_meeting(page, candidate, d)
    ]
    fitting.sort(key=lambda d: (d.date.precision == "month", abs(d.first - candidate.trigger[0])))
    if not fitting:
        return None
    return _with_year(page, fitting[0], find_status(page, candidate) == "planned")


def _of_meeting(page: Page, candidate: Candidate, span: DateSpan) -> bool:
    """Not a deadline, not a document's date, not the date of an invitation or of another clause."""
    if page.quoted[span.first] or span.date.qualifier not in (None, "on"):
        return False
    before = page.low[max(0, span.first - 3) : span.first]
    if any(w in ("от", "до", "к", "с") for w in before[-1:]):
        return False
    start = clause_start(page, span.first)
    if start != clause_start(page, candidate.trigger[0]) and start != page.tokens.sentences[candidate.sentence][0]:
        return False
    phrase = range(max(start, span.first - 6), span.first)
    return not any(
        page.has_lemma(i, {"пригласить", "подписанный", "следующий", "соглашение", "договор", "родиться", "прошлый"})
        for i in phrase
        if i not in page.covering
    )


def _with_year(page: Page, span: DateSpan, planned: bool) -> WhenFound:
    """A day without a year stays so; with a dated header the nearest year is inferred."""
    value, published = span.date.value, page.doc.published
    if (
        span.date.precision == "no_year"
        and published
        and published.precision == "day"
        and re.match(r"XXXX-\d\d-\d\d", value)
    ):
        year = _nearest_year(value, published.value, planned)
        if year:
            date = msgspec.structs.replace(span.date, value=value.replace("XXXX", str(year)), precision="day")
            return WhenFound(date, span.first, span.last, "the year of the page's date")
    return WhenFound(span.date, span.first, span.last)


def _nearest_year(value: str, published: str, planned: bool) -> int | None:
    """The year that brings the day nearest to the header; a planned meeting lies after it."""
    header = Day.fromisoformat(published[:10])
    options = []
    for year in (header.year - 1, header.year, header.year + 1):
        try:
            distance = (Day(year, int(value[5:7]), int(value[8:10])) - header).days
            if not planned or distance >= -3:
                options.append((abs(distance), year))
        except ValueError:
            continue
    distance, year = min(options, default=(999, 0))
    return year if distance <= (300 if planned else 120) else None


def _stated_deictic(page: Page, candidate: Candidate, dates: Sequence[DateSpan]) -> WhenFound | None:
    """«Сегодня состоялась встреча», «во вторник» under a dated header: stated, with the header's help."""
    first, last = page.tokens.sentences[candidate.sentence]
    published = page.doc.published
    if not published or published.precision != "day":
        return None
    header = Day.fromisoformat(published.value[:10])
    for found in find_deictic(page):
        if first <= found.first < last and not page.quoted[found.first]:
            day = _day_of(found.kind, found.weekday, header)
            words = page.written(found.first, found.last)
            return WhenFound(
                Date(value=day.isoformat(), precision="day", qualifier="on", original=words), found.first, found.last
            )
    return None


def _day_of(kind: str, weekday: int | None, header: Day) -> Day:
    if kind == "weekday" and weekday is not None:
        return header - timedelta(days=(header.weekday() - weekday) % 7)
    return header + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(kind, 0))
