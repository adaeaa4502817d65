"""What kind of page this is, from its own words: a readout, an announcement, a telegram, a decree, a biography ...

Pages that share all keywords with readouts and report no meeting are told apart by their opening sentences.
"""

import re
from functools import cache
from typing import cast

from communique.finding.lexicon import load_resource
from communique.finding.page import Page
from communique.record.vocabulary import Genre


@cache
def _openings() -> list[tuple[Genre, re.Pattern[str]]]:
    table = load_resource("ru", "genres")
    return [(cast(Genre, genre), re.compile("|".join(patterns))) for genre, patterns in table.items()]


def opening_genre(page: Page) -> Genre | None:
    """The genre that the opening shows, where it is none that reports a meeting."""
    opening = page.doc.text[:600].lower().replace("ё", "е")
    return next((genre for genre, pattern in _openings() if pattern.search(opening)), None)
