"""What kind of page this is, from its own words: a readout, an announcement, a telegram, a decree, a biography ...

Pages that share all keywords with readouts and report no meeting are told apart by their opening sentences.
"""

import re

from communique.finding.page import Page
from communique.record.vocabulary import Genre

# Patterns over the folded opening of the page (its first 600 characters), in order; the first that fits decides.
_OPENINGS: tuple[tuple[Genre, re.Pattern[str]], ...] = (
    ("telegram", re.compile(r"(?:направил[аи]?|адресовал[аи]?|получил[аи]?|поступил[аи]?)\s[^.]{0,120}?(?:телеграмм|послани[ея]\s|поздравлени|соболезновани)|телеграмм[аыу]\s+(?:поздравлени|соболезновани)|в\s+телеграмме|обменялись\s[^.]{0,40}(?:телеграммами|посланиями)")),
    ("decree", re.compile(r"(?:указом|распоряжением|постановлением)\s+(?:президента|главы|правительства)|подписал[аи]?\s+(?:указ|распоряжение|закон)|назначен[аы]?\s+на\s+должность|освобожд[её]н[аы]?\s+от")),
    ("biography", re.compile(r"родил(?:ся|ась)\s+(?:в\s+)?\d|биографи(?:я|ческая справка)|трудовую деятельность начал|окончил[а]?\s+[^.]{0,80}(?:университет|институт|академи)")),
    ("statistics", re.compile(r"по (?:данным|информации) (?:бюро|комитета|агентства|нацбанка|министерства)[^.]{0,80}(?:статистик|показател|составил|вырос)")),
    ("interview", re.compile(r"(?:дал[а]?|в) (?:эксклюзивн\w+ )?интервью\s")),
)  # fmt: skip


def opening_genre(page: Page) -> Genre | None:
    """The genre that the opening shows, where it is none that reports a meeting."""
    opening = page.doc.text[:600].lower().replace("ё", "е")
    return next((genre for genre, pattern in _OPENINGS if pattern.search(opening)), None)
