"""ISO dates to the day, the month or the year beside each other: how far two of them say the same."""

from datetime import date


def first_day(day: str) -> str:
    return day if len(day) == 10 else f"{day}-01" if len(day) == 7 else f"{day}-01-01"


def last_day(day: str) -> str:
    """The last day that the date can mean, as text that sorts; an open end is after all."""
    return day if len(day) == 10 else f"{day}-31" if len(day) == 7 else f"{day}-12-31" if day else "9999"


def days_apart(one: str, other: str) -> int:
    day = [date.fromisoformat(first_day(d)) for d in (one, other)]
    return abs((day[1] - day[0]).days)


def grade(ours: str, theirs: str) -> int:
    """2: the same to the month, or as exactly as we say it; 1: the same year; -1: another date.

    >>> grade("2019-03-20", "2019-03"), grade("2019-03-20", "2019"), grade("2019", "2019-03-20"), grade("2019-03-20", "2019-03-21")
    (2, 1, 2, -1)
    """
    width = min(len(ours), len(theirs))
    if ours[:width] != theirs[:width]:
        return -1
    return 2 if width >= 7 or width == len(ours) else 1


def grade_end(ours: str, theirs: str, as_of: str) -> int:
    """As `grade`; 0 where we know an end after the list was made, 2 where both leave it open."""
    if ours and theirs:
        return grade(ours, theirs)
    if not ours:
        return -1 if theirs else 2
    return 0 if last_day(ours) >= as_of else -1


def more_exact(ours: str, theirs: list[str]) -> str:
    """The first day that lies in our month or year, else ours."""
    return next((d for d in theirs if len(d) == 10 and len(ours) < 10 and ours and d.startswith(ours)), ours)
