"""EDTF values to the days they span: what lists filter and sort by, and merging compares.

`2021-12` is 1 to 31 December; a day without a year takes the year that brings it closest to the day of publication.
"""

import calendar
import datetime

from communique.record.dates import Date

_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}  # EDTF's numbers instead of a month
_QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
_SPANS = {**_SEASONS, **_QUARTERS, 40: (1, 6), 41: (7, 12)}  # and the halves of a year


def parse_days(value: str, published: str | None = None) -> tuple[str, str] | None:
    """The first and the last day of an EDTF value; None for a day without a year where no publication helps.

    >>> parse_days("2024-02"), parse_days("2021-33"), parse_days("2025-11-11/2025-11-12")
    (('2024-02-01', '2024-02-29'), ('2021-01-01', '2021-03-31'), ('2025-11-11', '2025-11-12'))
    >>> parse_days("XXXX-12-28", "2022-01-03"), parse_days("XXXX-12-28")
    (('2021-12-28', '2021-12-28'), None)
    """
    ends = [_span(part, published) for part in value.split("/")]
    first, last = ends[0], ends[-1]
    return (first[0], last[1]) if first and last else None


def days_of(start: Date | None, end: Date | None, published: str | None) -> tuple[str, str] | None:
    """The days of a meeting from its start to its end."""
    first = parse_days(start.value, published) if start else None
    last = parse_days(end.value, published) if end else None
    return (first[0], max(first[1], last[1])) if first and last else first


def day_of(date: Date | None) -> str | None:
    """The value of a date that is one day of the calendar, YYYY-MM-DD; None of a month, or where no year is known."""
    return date.value if date and is_day(date.value) else None


def days_apart(one: tuple[str, str], other: tuple[str, str]) -> int:
    """Days between two stretches, each from its first day to its last; 0 where they touch.

    >>> days_apart(("2024-03-04", "2024-03-06"), ("2024-03-08", "2024-03-08"))
    2
    """
    if one[0] <= other[1] and other[0] <= one[1]:
        return 0
    earlier, later = sorted((one, other))
    return (datetime.date.fromisoformat(later[0]) - datetime.date.fromisoformat(earlier[1])).days


def is_day(value: str) -> bool:
    """Whether a value is one day of the calendar."""
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10


def _span(value: str, published: str | None) -> tuple[str, str] | None:
    if value.startswith("XXXX"):
        year = _closest_year(value, published) if published else None
        return _span(f"{year}{value[4:]}", None) if year else None
    numbers = [int(part) for part in value.split("-")]
    if len(numbers) == 3:
        return value, value
    first, last = _months(numbers[1]) if len(numbers) == 2 else (1, 12)
    return _day(numbers[0], first, 1), _day(numbers[0], last, None)


def _months(number: int) -> tuple[int, int]:
    return _SPANS.get(number, (number, number))


def _day(year: int, month: int, day: int | None) -> str:
    """A day, the last of its month where none is said; month 14 is February of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04}-{month:02}-{day or calendar.monthrange(year, month)[1]:02}"


def _closest_year(value: str, published: str) -> int | None:
    """29 February has none in most years."""
    day = datetime.date.fromisoformat(published)
    month, number = int(value[5:7]), int(value[8:10] or 1)
    years = [y for y in range(day.year - 1, day.year + 2) if number <= calendar.monthrange(y, month)[1]]
    return min(years, key=lambda y: abs(datetime.date(y, month, number) - day), default=None)
