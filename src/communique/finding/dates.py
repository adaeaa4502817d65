"""Dates of a Russian text: days, intervals, months, quarters, years, and the words «сегодня», «во вторник».

In: a page. Out: `DateSpan`s over its tokens, in the order of the text; `date.original` is exactly the words of the span.
No year is ever added: «2 ноября с.г.» is XXXX-11-02 with `year_shift` 0, and the reader of the header decides.
"""

import calendar
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast

from msgspec import structs

from communique.finding.page import Page
from communique.record.dates import Date
from communique.record.vocabulary import DateQualifier, Precision

DeicticKind = Literal["today", "yesterday", "tomorrow", "weekday"]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date at tokens `first`..`last`. `year_shift` is 0 for «сего года», -1 for «прошлого года», else None."""

    first: int
    last: int
    date: Date
    year_shift: int | None = None


@dataclass(frozen=True, slots=True)
class Deictic:
    """«сегодня», «вчера», «во вторник» at tokens `first`..`last`; Monday is weekday 0."""

    first: int
    last: int
    kind: DeicticKind
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class _When:
    """What a pattern read: an EDTF value, how precise it is, and how its year was said."""

    value: str
    precision: Precision
    qualifier: DateQualifier | None = None
    year_shift: int | None = None


def dated_after(span: DateSpan, published: Date | None) -> tuple[Date, str | None]:
    """The date with its year where only the page's date gives one, and why; for what is still to come.

    >>> header = Date(value="2026-10-20", precision="day", original="20.10.2026")
    >>> span = DateSpan(0, 2, Date(value="XXXX-03-01", precision="no_year", qualifier="before", original="до 1 марта"))
    >>> dated_after(span, header)[0].value
    '2027-03-01'
    """
    value = span.date.value
    if not value.startswith("XXXX-") or "/" in value or published is None or published.precision != "day":
        return span.date, None
    if not published.value[:4].isdigit():
        return span.date, None
    year, rest = int(published.value[:4]), value[4:]
    if span.year_shift is not None:
        year, why = year + span.year_shift, "the year as counted from the page's date"
    else:
        year, why = (
            year + (f"{year}{rest}" < published.value[: len(value)]),
            "the first such time after the page's date",
        )
    if rest == "-02-29" and not calendar.isleap(year):
        return span.date, None
    return structs.replace(span.date, value=f"{year}{rest}", precision="day" if len(rest) == 6 else "month"), why


_STEMS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = r"(?:(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:ь|я|е|ю|ем)|(?:март|август)(?:а|е|у|ом)?|ма(?:й|я|е|ю|ем))\b"
_S = r"[ \u00a0\u202f]"
_DASH = rf"{_S}?[-–—−]{_S}?"
_YEAR_WORD = rf"{_S}?(?:(?:год[ауеы]?м?|годов|годах)\b|гг?\b\.?)"
_THIS = rf"(?:с\.{_S}?г\.?|т\.{_S}?г\.?|(?P<shift>сего|текущего|этого|нынешнего|прошлого|минувшего|будущего|следующего){_S}года)"
_YEAR = rf"(?:(?P<year>(?:19|20)\d\d)(?:-го)?(?!\d|[.,]\d|-\d)(?:{_YEAR_WORD})?|{_THIS})"
_DAY = r"(?<![\d.,:№-])(?P<day>[0-3]?\d)(?:-?го|-?е)?"
_SHIFTS = {"прошлого": -1, "минувшего": -1, "будущего": 1, "следующего": 1}


def find_dates(page: Page) -> list[DateSpan]:
    """Every date of the page, none inside another; found once a page, because five finders ask.

    >>> from communique.record.document import Document
    >>> from communique.finding.page import open_page
    >>> from communique.world.world import load_world
    >>> doc = Document(id="d", version="v", text="12–14 октября 2024 г. гость посетил завод, 13-го выступил; план – до конца 2027 года.")
    >>> [(s.date.value, s.date.original) for s in find_dates(open_page(doc, load_world()))]
    [('2024-10-12/2024-10-14', '12–14 октября 2024 г.'), ('2024-10-13', '13-го'), ('2027-12-31', 'до конца 2027 года')]
    """
    if page.dates is None:
        page.dates = _all_dates(page)
    return page.dates


def _all_dates(page: Page) -> list[DateSpan]:
    found: list[tuple[int, int, _When]] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(page.doc.text):
            if any(match.start() < stop and start < match.end() for start, stop, _ in found):
                continue
            if (when := read(match)) is not None:
                found.append((match.start(), match.end(), when))
    found.extend(_nested_days(page.doc.text, sorted(found, key=lambda f: f[0])))
    spans = [_span(page, start, stop, when) for start, stop, when in sorted(found, key=lambda f: f[0])]
    return [s for s in spans if s is not None]


def _span(page: Page, start: int, stop: int, when: _When) -> DateSpan | None:
    start, when = _qualified(page.doc.text, start, when)
    weekday, start, stop = _weekday_beside(page.doc.text, start, stop)
    first, last = bisect_left(page.tokens.start, start), bisect_right(page.tokens.start, stop - 1)
    if first >= last or page.tokens.start[first] != start:
        return None
    first_char, last_char = page.chars(first, last)
    date = Date(
        value=when.value,
        precision=when.precision,
        qualifier=when.qualifier,
        weekday=weekday,
        original=page.doc.text[first_char:last_char],
    )
    return DateSpan(first, last, date, when.year_shift)


# Reading one match -----------------------------------------------------------------------------------------------


def _month(word: str) -> str:
    low = word.lower()
    return f"{next(n for n in range(12, 0, -1) if low.startswith(_STEMS[n - 1]) and (n != 5 or len(low) == 3 or low == 'маем')):02}"


def _year_of(match: re.Match[str]) -> tuple[str, int | None]:
    groups = match.groupdict()
    if groups.get("year"):
        return groups["year"], None
    if groups.get("said_year"):
        return "XXXX", _SHIFTS.get((groups.get("shift") or "").lower(), 0)
    return "XXXX", None


def _day_when(
    match: re.Match[str], first: str, last: str | None, month: str, end_month: str | None = None
) -> _When | None:
    year, shift = _year_of(match)
    begin_year = match.groupdict().get("begin_year") or year
    if not 1 <= int(first) <= 31 or (last is not None and not 1 <= int(last) <= 31):
        return None
    value = f"{begin_year}-{month}-{int(first):02}"
    if last is not None:
        value += f"/{year}-{end_month or month}-{int(last):02}"
    return _When(value, "no_year" if year == "XXXX" else "day", None, shift)


def _read_iso(match: re.Match[str]) -> _When | None:
    year, month, day = match.group(1), int(match.group(2)), int(match.group(3))
    return _When(f"{year}-{month:02}-{day:02}", "day") if 1 <= month <= 12 and 1 <= day <= 31 else None


def _read_numeric(match: re.Match[str]) -> _When | None:
    day, month, year = int(match.group(1)), int(match.group(2)), match.group(3)
    return _When(f"{year}-{month:02}-{day:02}", "day") if 1 <= month <= 12 and 1 <= day <= 31 else None


def _read_across(match: re.Match[str]) -> _When | None:
    return _day_when(match, match["day"], match["day2"], _month(match["month"]), _month(match["month2"]))


def _read_days(match: re.Match[str]) -> _When | None:
    return _day_when(match, match["day"], match["day2"], _month(match["month"]))


def _read_day(match: re.Match[str]) -> _When | None:
    return _day_when(match, match["day"], None, _month(match["month"]))


def _read_months(match: re.Match[str]) -> _When | None:
    year, shift = _year_of(match)
    value = f"{year}-{_month(match['month'])}/{year}-{_month(match['month2'])}"
    return _When(value, "no_year" if year == "XXXX" else "month", None, shift)


def _read_month(match: re.Match[str]) -> _When | None:
    year, shift = _year_of(match)
    return _When(f"{year}-{_month(match['month'])}", "no_year" if year == "XXXX" else "month", None, shift)


_ORDER = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "перв": 1, "втор": 2, "трет": 3, "четв": 4}


def _order(text: str) -> int:
    low = text.lower()
    return _ORDER.get(low) or _ORDER.get(low[:4]) or int(low[0])


def _read_quarter(match: re.Match[str]) -> _When | None:
    year, _ = _year_of(match)
    order = _order(match["order"])
    return _When(f"{year}-{32 + order}", "quarter") if year != "XXXX" and 1 <= order <= 4 else None


def _read_half(match: re.Match[str]) -> _When | None:
    year, _ = _year_of(match)
    order = _order(match["order"])
    return _When(f"{year}-{39 + order}", "half") if year != "XXXX" and order in (1, 2) else None


def _read_season(match: re.Match[str]) -> _When | None:
    year, _ = _year_of(match)
    season = {"в": 21, "л": 22, "о": 23, "з": 24}[match["season"][0].lower()]
    return _When(f"{year}-{season}", "season") if year != "XXXX" else None


def _read_years(match: re.Match[str]) -> _When | None:
    return _When(f"{match[1]}/{match[2]}", "year") if match[1] < match[2] else None


def _read_year(match: re.Match[str]) -> _When | None:
    return _When(match[1], "year")


def _read_end_of_year(match: re.Match[str]) -> _When | None:
    shift = _SHIFTS.get((match.groupdict().get("shift") or "").lower(), 0)
    return _When("XXXX-12-31", "no_year", "by", shift)


_ORDINAL = r"(?P<order>\b(?:I{1,3}|IV)\b|\b[1-4](?:-?(?:й|м|го|ом|ый|ой|я))?|(?:перв|втор|трет|четв[её]рт)[а-яё]+)"
_SAID_YEAR = rf"(?P<said_year>{_YEAR})"
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _When | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        # 2024-04-18
        (r"(?<![\d-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\d-])", _read_iso),
        # 31.03.2025, 31/03/2025
        (r"(?<![\d./])(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?!\d)", _read_numeric),
        # с 28 сентября по 2 октября 2024 года; 30 декабря 2024 года – 2 января 2025 года
        (
            rf"(?:\bсо?{_S})?{_DAY}{_S}(?P<month>{_MONTH})(?:{_S}(?P<begin_year>(?:19|20)\d\d)(?:{_YEAR_WORD})?)?(?:{_DASH}|{_S}по{_S})(?P<day2>[0-3]?\d){_S}(?P<month2>{_MONTH})(?:{_S}{_SAID_YEAR})?",
            _read_across,
        ),
        # 12-14 октября 2024 г.; с 12 по 14 октября; 12 и 13 октября
        (
            rf"(?:\bсо?{_S})?{_DAY}(?:{_DASH}|{_S}по{_S}|{_S}и{_S}|,{_S}\d\d?{_S}и{_S})(?P<day2>[0-3]?\d)(?:-?го|-?е)?{_S}(?P<month>{_MONTH})(?:{_S}{_SAID_YEAR})?",
            _read_days,
        ),
        # 28 декабря 2021 года; 2 ноября с.г.; 14 мая
        (rf"{_DAY}{_S}(?P<month>{_MONTH})(?:,?{_S}{_SAID_YEAR})?", _read_day),
        # в январе–марте 2025 года; с января по июнь
        (rf"(?P<month>{_MONTH})(?:{_DASH}|{_S}по{_S})(?P<month2>{_MONTH})(?:{_S}{_SAID_YEAR})?", _read_months),
        # в мае 2023 года
        (rf"\b(?P<month>{_MONTH}){_S}{_SAID_YEAR}", _read_month),
        # в марте; к сентябрю; в конце мая; с января
        (rf"(?<=\b[вкс]{_S})(?P<month>{_MONTH})", _read_month),
        (rf"(?<=\bдо{_S})(?P<month>{_MONTH})", _read_month),
        (rf"(?:(?<=\bначале{_S})|(?<=\bсередине{_S})|(?<=\bконце{_S})|(?<=\bконца{_S})|(?<=\bконцу{_S}))(?P<month>{_MONTH})", _read_month),
        # в первом квартале 2025 года
        (rf"{_ORDINAL}{_S}квартал[а-я]*{_S}{_SAID_YEAR}", _read_quarter),
        # по итогам первого полугодия 2025 года
        (rf"{_ORDINAL}{_S}(?:полугоди[а-я]+|половин[а-я]+){_S}{_SAID_YEAR}", _read_half),
        # осенью 2024 года
        (rf"\b(?P<season>весн(?:ой|а|ы|у)|лет(?:ом|о|а)|осен(?:ью|ь|и)|зим(?:ой|а|ы|у)){_S}{_SAID_YEAR}", _read_season),
        # на 2026–2030 годы; в 2021-2025 гг.
        (rf"(?<![\d.,/-])((?:19|20)\d\d){_DASH}((?:19|20)\d\d)(?![\d/-])(?:{_YEAR_WORD})?", _read_years),
        # с 2019 по 2023 год
        (rf"\bс{_S}((?:19|20)\d\d)(?:{_YEAR_WORD})?{_S}по{_S}((?:19|20)\d\d)(?:-?й)?(?:{_YEAR_WORD})?", _read_years),
        # в 2021 году; Декларация 2018 года; в 2019-м
        (rf"(?<![\d.,/–-])((?:19|20)\d\d)(?:-(?:го|м|й|ому?))?{_YEAR_WORD}", _read_year),
        (r"(?<![\d.,/–-])((?:19|20)\d\d)-(?:го|м|й|му)\b", _read_year),
        # к 2030, до 2027
        (rf"(?:(?<=\b[кв]{_S})|(?<=\bдо{_S})|(?<=\bпосле{_S}))((?:19|20)\d\d)(?=[,.;)]|{_S}(?:и|планируется|намечено)\b|$)", _read_year),
        # до конца года; к концу текущего года
        (rf"\b(?:до{_S}конца|к{_S}концу){_S}(?:(?P<shift>сего|текущего|этого|нынешнего|будущего|следующего){_S})?года\b", _read_end_of_year),
    )
)  # fmt: skip

# Words before a date that qualify it -----------------------------------------------------------------------------

_QUALIFIERS: tuple[tuple[re.Pattern[str], DateQualifier, bool], ...] = tuple(
    (re.compile(rf"\b(?:{words}){_S}$", re.IGNORECASE), cast(DateQualifier, qualifier), to_end)
    for words, qualifier, to_end in (
        # до конца 2027 года, к концу мая
        (rf"до{_S}конца|к{_S}концу|не{_S}позднее{_S}конца", "by", True),
        # в конце мая, в начале 2025 года
        (rf"в{_S}(?:самом{_S})?(?:конце|начале|середине)", "about", False),
        # к 2030 году, не позднее 1 мая
        (rf"к|ко|не{_S}позднее", "by", False),
        # до 1 мая
        ("до", "before", False),
        # с 2019 года, после 1 июня
        ("с|со|начиная с|после", "after", False),
        ("около|примерно", "about", False),
    )
)  # fmt: skip


def _qualified(text: str, start: int, when: _When) -> tuple[int, _When]:
    """The date with the word before it that qualifies it; «до конца 2027 года» is 31 December 2027."""
    if when.qualifier is not None or "/" in when.value:
        return start, when
    line = text.rfind("\n", 0, start) + 1
    for pattern, qualifier, to_end in _QUALIFIERS:
        if match := pattern.search(text[max(line, start - 24) : start]):
            if to_end and when.precision in ("day", "no_year") and len(when.value) == 10:
                continue
            last = _last_day(when.value) if to_end else None
            when = (
                replace(when, qualifier=qualifier)
                if last is None
                else _When(last, "no_year" if last[0] == "X" else "day", qualifier, when.year_shift)
            )
            return start - len(match.group()), when
    return start, when


_PARTS = {
    "21": "05-31",
    "22": "08-31",
    "23": "11-30",
    "33": "03-31",
    "34": "06-30",
    "35": "09-30",
    "36": "12-31",
    "40": "06-30",
    "41": "12-31",
}


def _last_day(value: str) -> str | None:
    """The last day of a year, month, quarter or half; None where the text leaves it open."""
    year, _, part = value.partition("-")
    if not part:
        return f"{year}-12-31"
    if part in _PARTS:
        return f"{year}-{_PARTS[part]}"
    if part == "24" or not part.isdigit() or int(part) > 12 or (year == "XXXX" and part == "02"):
        return None
    return f"{year}-{part}-{calendar.monthrange(int(year) if year != 'XXXX' else 2001, int(part))[1]:02}"


# Weekdays and deictic words --------------------------------------------------------------------------------------

_DAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_WEEKDAY = r"(?:понедельник|вторник|сред[ауы]|четверг|пятниц[ауы]|суббот[ауы]|воскресенье)"
_BEFORE = re.compile(rf"\b{_WEEKDAY},{_S}$", re.IGNORECASE)
_AFTER = re.compile(rf"(?:,{_S}(?:во?{_S})?{_WEEKDAY}\b|{_S}\({_WEEKDAY}\))", re.IGNORECASE)


def _weekday_number(word: str) -> int:
    return next(n for n, stem in enumerate(_DAYS) if word.lower().startswith(stem))


def _weekday_beside(text: str, start: int, stop: int) -> tuple[str | None, int, int]:
    """«во вторник, 14 мая», «14 мая (вторник)»: the weekday stands with its date."""
    if match := _BEFORE.search(text[max(0, start - 16) : start]):
        return WEEKDAYS[_weekday_number(match.group())], start - len(match.group()), stop
    if match := _AFTER.match(text, stop):
        word = re.search(_WEEKDAY, match.group(), re.IGNORECASE)
        return WEEKDAYS[_weekday_number(word.group() if word else "")], start, match.end()
    return None, start, stop


_DAY_ALONE = re.compile(r"(?<![\d.,:-])\b([0-3]?\d)-го\b(?:\s+числа\b)?", re.IGNORECASE)


def _nested_days(text: str, dates: list[tuple[int, int, _When]]) -> Iterator[tuple[int, int, _When]]:
    """«12–14 октября посетил ...; 13-го выступил»: a day without a month inside the interval named before it."""
    for match in _DAY_ALONE.finditer(text):
        if any(start < match.end() and match.start() < stop for start, stop, _ in dates):
            continue
        intervals = [w for start, _, w in dates if start < match.start() and len(w.value) == 21]
        if intervals:
            first, _, last = intervals[-1].value.partition("/")
            day = f"{first[:8]}{int(match[1]):02}"
            if first <= day <= last:
                yield match.start(), match.end(), replace(intervals[-1], value=day)


_TODAY: dict[str, DeicticKind] = {
    "сегодня": "today",
    "вчера": "yesterday",
    "накануне": "yesterday",
    "завтра": "tomorrow",
}


def find_deictic(page: Page) -> list[Deictic]:
    """«сегодня», «вчера», «завтра», «во вторник»: days that only a dated header can fix. «накануне» with an object is none."""
    found: list[Deictic] = []
    for i, low in enumerate(page.low):
        if low in _TODAY and not (low == "накануне" and _governs(page, i)):
            found.append(Deictic(i, i + 1, _TODAY[low]))
        elif low in ("в", "во") and i + 1 < len(page.low) and (day := _weekday(page, i + 1)) is not None:
            found.append(Deictic(i, i + 2, "weekday", day))
    return found


def _governs(page: Page, i: int) -> bool:
    """«накануне саммита»: before an event, no day."""
    return (
        i + 1 < len(page.low) and "gent" in page.words[i + 1].cases and bool(page.words[i + 1].pos & {"NOUN", "ADJF"})
    )


def _weekday(page: Page, i: int) -> int | None:
    """«во вторник»; not «в среде экспертов» and not «в среду обитания»."""
    low = page.low[i]
    if not re.fullmatch(_WEEKDAY, low):
        return None
    following = page.words[i + 1].readings[0] if i + 1 < len(page.low) and i + 1 not in page.covering else None
    if low == "среду" and following is not None and following.pos == "NOUN" and "gent" in page.words[i + 1].cases:
        return None
    return _weekday_number(low)


def dates_in(dates: list[DateSpan], first: int, last: int) -> Iterator[DateSpan]:
    """The dates that lie within tokens `first`..`last`."""
    return (d for d in dates if d.first >= first and d.last <= last)
