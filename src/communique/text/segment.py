"""Sentences and tokens of a document, as parallel arrays over its text.

In: text. Out: `Tokens` (offsets are code points of that text). A line break always ends a sentence.
"""

import re
from dataclasses import dataclass, field

from razdel import sentenize

# Words keep inner hyphens and apostrophes (Касым-Жомарт, О'Нил); numbers keep decimal commas; all else is one sign.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?:-[^\W\d_]+)?|[^\W_]+(?:[-‑’'][^\W_]+)*|[^\w\s]|_")
_WORD = re.compile(r"[^\W_]")


@dataclass(slots=True)
class Tokens:
    """Parallel arrays: `text[i]`, `low[i]`, `start[i]`, `end[i]`; `sentences` holds half-open token ranges."""

    source: str
    text: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    paragraph: list[int] = field(default_factory=list)  # per sentence, the number of its line

    def __len__(self) -> int:
        return len(self.text)

    def slice(self, first: int, last: int) -> str:
        """The source text from token `first` up to, not including, token `last`."""
        return self.source[self.start[first] : self.end[last - 1]]

    def is_word(self, i: int) -> bool:
        return bool(_WORD.match(self.text[i]))

    def is_capitalised(self, i: int) -> bool:
        return self.text[i][0].isupper()

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence that holds a code-point offset (the nearest before it, outside any)."""
        low, high = 0, len(self.sentences)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.start[self.sentences[middle][0]] <= offset else (low, middle)
        return low

    def sentence_text(self, number: int) -> str:
        first, last = self.sentences[number]
        return self.slice(first, last)


def find_tokens(text: str) -> Tokens:
    """Tokens and sentences of a text.

    >>> tokens = find_tokens("Встретились С.Дуванов и О.Керей. Обсудили торговлю.")
    >>> [tokens.sentence_text(n) for n in range(len(tokens.sentences))]
    ['Встретились С.Дуванов и О.Керей.', 'Обсудили торговлю.']
    """
    tokens = Tokens(text)
    position = 0
    for number, line in enumerate(text.split("\n")):
        for start, stop in _sentence_spans(line):
            first = len(tokens)
            for match in TOKEN.finditer(line, start, stop):
                word = one_script(match.group())
                tokens.text.append(word)
                tokens.low.append(word.lower().replace("ё", "е"))
                tokens.start.append(position + match.start())
                tokens.end.append(position + match.end())
            if len(tokens) > first:
                tokens.sentences.append((first, len(tokens)))
                tokens.paragraph.append(number)
        position += len(line) + 1
    return tokens


_ALIKE = str.maketrans("aeopcyxABEKMHOPCTX", "аеорсухАВЕКМНОРСТХ")
_MIXED = re.compile(r"[А-Яа-яЁё][A-Za-z]|[A-Za-z][А-Яа-яЁё]")


def one_script(word: str) -> str:
    """A Cyrillic word with Latin letters in it that look the same, as it is meant; length and place stay.

    >>> one_script("М\u0061денова") == "Маденова", one_script("COVID-19"), one_script("Z-партия")
    (True, 'COVID-19', 'Z-партия')
    """
    return word.translate(_ALIKE) if _MIXED.search(word) else word


_INITIAL_END = re.compile(r"(?:^|[\s.(«])[А-ЯЁA-Z]\.$")
# Longer lines (a page without line breaks) are cut into windows, so that segmentation stays linear.
_WINDOW = 20_000
_ABBREVIATION_END = re.compile(r"(?:\b[гГ]|\bвв?|\bим|\bтыс|\bмлн|\bмлрд|\bдол|\bруб|\bст|\bул|\bт\.\s?[деп])\.$")


def _sentence_spans(line: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for begin in range(0, len(line), _WINDOW):
        for sentence in sentenize(line[begin : begin + _WINDOW]):
            start, stop = begin + sentence.start, begin + sentence.stop
            if spans and _continues(line, spans[-1], start):
                spans[-1] = (spans[-1][0], stop)
            else:
                spans.append((start, stop))
    return spans


def _continues(line: str, last: tuple[int, int], start: int) -> bool:
    """A lower-case letter after an abbreviation ("в 2021 г. состоялась") goes on with the sentence."""
    following = line[start : start + 1]
    if _INITIAL_END.search(line[last[0] : last[1]]):
        return True
    return following.islower() and bool(_ABBREVIATION_END.search(line[last[0] : last[1]]))
