"""Dates beside each other: an EDTF value leaves out what the text leaves out, and silence is no conflict."""

import re

from communique.matching.features import Feature, differs, partly, same, unknown
from communique.record.dates import Date

_PARTS = re.compile(r"(\d{4}|XXXX)(?:-(\d\d))?(?:-(\d\d))?")
# The months of an EDTF season, quarter or half: 33 is the first quarter, 40 the first half. Winter crosses the year.
_MONTHS = {
    21: {3, 4, 5}, 22: {6, 7, 8}, 23: {9, 10, 11}, 24: {12, 1, 2}, 33: {1, 2, 3}, 34: {4, 5, 6}, 35: {7, 8, 9},
    36: {10, 11, 12}, 40: set(range(1, 7)), 41: set(range(7, 13)),
}  # fmt: skip


def compare_dates(name: str, one: Date | None, other: Date | None) -> Feature:
    """Two dates with their precision: «14 апреля» agrees with 2026-04-14, and with no other day.

    >>> day = Date(value="XXXX-04-14", precision="no_year", original="14 апреля")
    >>> compare_dates("start", day, Date(value="2026-04-14", precision="day", original="14.04.2026")).sentence
    'start: XXXX-04-14 / 2026-04-14 agree as far as both say'
    """
    if one is None or other is None:
        return unknown(name, one, other)
    mine, theirs = _said(one), _said(other)
    if not _agree(one.value, other.value):
        return differs(name, mine, theirs)
    if mine == theirs:
        return same(name, mine)
    if one.value == other.value:
        return partly(name, 0.8, f"{mine} / {theirs}")
    return partly(name, 0.8, f"{mine} / {theirs} agree as far as both say")


def _said(date: Date) -> str:
    return date.value if date.qualifier in (None, "on") else f"{date.qualifier} {date.value}"


def _agree(one: str, other: str) -> bool:
    """Whether some day can be meant by both; an interval agrees with a date inside it."""
    if one == other:
        return True
    mine, theirs = one.split("/"), other.split("/")
    if len(mine) == len(theirs):
        return all(_one_day(a, b) for a, b in zip(mine, theirs, strict=True))
    (single,), (start, end) = sorted((mine, theirs), key=len)
    if _one_day(single, start) or _one_day(single, end):
        return True
    return "XXXX" not in single + start + end and start <= single <= end


def _one_day(one: str, other: str) -> bool:
    for part, (a, b) in enumerate(zip(_numbers(one), _numbers(other), strict=True)):
        if a is not None and b is not None and a != b and not (part == 1 and _one_month(a, b)):
            return False
    return True


def _one_month(one: int, other: int) -> bool:
    return bool(_MONTHS.get(one, {one}) & _MONTHS.get(other, {other}))


def _numbers(value: str) -> tuple[int | None, ...]:
    match = _PARTS.fullmatch(value)
    assert match, value  # Date holds nothing else
    return tuple(int(p) if p and p != "XXXX" else None for p in match.groups())
