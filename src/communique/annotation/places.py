"""Where the words of a marked text stand in its document.

In: the text and `Words`. Out: half-open offsets. Words are whole: «Президент» is not found inside «Президента».
Ambiguous means an error with the ways to say which, never a guess.
"""

import re

from communique.annotation.marked import Words
from communique.errors import RecordError

Place = tuple[int, int]


def find_words(text: str, words: Words, near: int | None, number: int) -> Place:
    """The place of words in the text; those in the paragraph of offset `near` go before others.

    >>> find_words("Президент принял посла. Посол поблагодарил.", Words("Посол"), None, 3)
    (24, 29)
    """
    found = _all(text, words)
    if not found:
        raise RecordError(f"line {number}: {words.text!r} is not in the text; copy the words letter by letter")
    if words.nth is not None:
        if not 1 <= words.nth <= len(found):
            raise RecordError(f"line {number}: {words.text!r} stands {len(found)} times in the text, not {words.nth}")
        return found[words.nth - 1]
    if len(found) > 1 and near is not None:
        found = _in_paragraph(text, found, near) or found
    if len(found) > 1:
        raise RecordError(
            f"line {number}: {words.text!r} stands {len(_all(text, words))} times in the text; say which: "
            f"{{{words.text}}}#1, or {{words before |{words.text}| words after}}"
        )
    return found[0]


def first_place(text: str, words: Words, number: int) -> Place:
    """The place of words whose first occurrence is meant where nothing else is said."""
    nth = words.nth or 1
    return find_words(text, Words(words.text, words.before, words.after, nth), None, number)


def _all(text: str, words: Words) -> list[Place]:
    pattern = re.escape(words.before) + f"({re.escape(words.text)})" + re.escape(words.after)
    if not words.text or words.text != words.text.strip():
        return []
    places = [match.span(1) for match in re.finditer(f"(?={pattern})", text)]
    return [(start, end) for start, end in places if _whole(text, start, end)]


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut at either end."""
    cut_left = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_right = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not cut_left and not cut_right


def _in_paragraph(text: str, places: list[Place], near: int) -> list[Place]:
    start = text.rfind("\n", 0, near) + 1
    end = text.find("\n", near)
    return [p for p in places if start <= p[0] and (p[1] <= end or end < 0)]


def mark_words(text: str, start: int, end: int, near: int | None) -> str:
    """The words at a place as a line writes them, with their number where they stand several times.

    >>> mark_words("Посол и посол", 8, 13, None), mark_words("да, да", 4, 6, None)
    ('{посол}', '{да}#2')
    """
    words = Words(text[start:end])
    found = _all(text, words)
    inside = re.sub(r"([{}|\\])", r"\\\1", words.text).replace("\n", "\\n")
    if near is not None and len(found) > 1:
        close = _in_paragraph(text, found, near)
        found = close if len(close) == 1 and close[0] == (start, end) else found
    return f"{{{inside}}}" if len(found) == 1 else f"{{{inside}}}#{found.index((start, end)) + 1}"
