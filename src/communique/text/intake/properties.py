"""What a PDF or DOCX file says of itself, and how much of that can be believed.

In: the title and the day of its properties, and its text. Out: the same, or None where the text does not bear it out:
titles are left over from templates, and a file is often made years after the page, or before it.
"""

import datetime
import re

from communique.text.release import parse_published

_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|rtf|odt|indd|tmp|html?|txt)\b|^microsoft word|^untitled|^без имени", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_FULL_DATE = re.compile(r"\b\d{1,2} [а-яА-Я]{3,8} \d{4}|\b\d\d\.\d\d\.\d{4}|\b\d{4}-\d\d-\d\d")
_LONGEST_TITLE = 400
_LATEST = 7  # days between the last date of a text and its publication


def sane_title(title: str | None, text: str) -> str | None:
    """The title, if it is no file's name and at least half of its words stand in the text.

    >>> sane_title("Встреча в Остре", "В Остре прошла встреча."), sane_title("Приказ № 5", "В Остре прошла встреча.")
    ('Встреча в Остре', None)
    """
    title = " ".join((title or "").split())
    words = {form.lower() for form in _WORD.findall(title)}
    if not words or len(title) > _LONGEST_TITLE or _FILE_NAME.search(title):
        return None
    found = words & {form.lower() for form in _WORD.findall(text)}
    return title if len(found) * 2 >= len(words) else None


def sane_day(day: str | None, text: str) -> str | None:
    """The day a file was made, if the last full date of its text is that day or falls in the week before it.

    >>> sane_day("2022-05-15", "14 мая 2022 года прошла встреча."), sane_day("2022-05-15", "Прошла встреча.")
    ('2022-05-15', None)
    """
    made = _day(day)
    days = [found for words in _FULL_DATE.findall(text) if (found := _day(words))]
    if made is None or not days:
        return None
    return made.isoformat() if 0 <= (made - max(days)).days <= _LATEST else None


def _day(words: str | None) -> datetime.date | None:
    date = parse_published(words)
    return datetime.date.fromisoformat(date.value) if date else None
