"""Text normalised by a map that is kept.

In: any string. Out: a `NormalisedText` with line feeds only, plain spaces, composed letters, and without what no reader
sees (soft hyphens, zero-width and control characters, direction marks). Always: normalising twice changes nothing, and
every offset maps to the raw text and back.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

# A zero-width joiner is invisible except inside an emoji sequence, where it carries the meaning.
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"
_INVISIBLE = (
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    f"|\u200d(?![{_EMOJI}])"
)
_LINE_END = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_SPACE = "[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_LONE_SURROGATE = "[\ud800-\udfff]"
_CHANGED = re.compile(f"({_LINE_END})|({_SPACE})|({_LONE_SURROGATE})|{_INVISIBLE}")
_BY_GROUP = {1: "\n", 2: " ", 3: "\ufffd", None: ""}


class Edit(NamedTuple):
    """A stretch of one text that became a stretch of another, of a different length."""

    raw_start: int
    raw_end: int
    start: int
    end: int


class Step(msgspec.Struct, frozen=True):
    """One rewriting of a text: its edits, in order. Between edits the offsets run in parallel."""

    edits: tuple[Edit, ...]

    def raw_offset(self, offset: int, *, after: bool) -> int:
        """The offset before the rewriting; where letters were dropped, `after` says on which side of them."""
        at = bisect_right(self.edits, offset, key=lambda e: e.start if after else e.start + 1)
        if not at:
            return offset
        edit = self.edits[at - 1]
        if offset < edit.end:
            return edit.raw_start if after else edit.raw_end
        return edit.raw_end + offset - edit.end

    def offset(self, raw_offset: int) -> int:
        """The offset after the rewriting; from inside an edit, its start."""
        at = bisect_right(self.edits, raw_offset, key=lambda e: e.raw_start)
        if not at:
            return raw_offset
        edit = self.edits[at - 1]
        return edit.start if raw_offset < edit.raw_end else edit.end + raw_offset - edit.raw_end


class NormalisedText(msgspec.Struct, frozen=True):
    """The normalised text and the steps that lead back to the raw one."""

    text: str
    steps: tuple[Step, ...] = ()

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw stretch behind `text[start:end]`, as short as it can be; normalised, it gives the same words.

        >>> clean = normalise_text("Пре\\u00adзидент\\r\\nпринял")
        >>> clean.text[10:16], clean.raw_span(10, 16)
        ('принял', (12, 18))
        """
        for step in reversed(self.steps):
            start, end = step.raw_offset(start, after=True), step.raw_offset(end, after=False)
        return start, max(start, end)

    def offset(self, raw_offset: int) -> int:
        """Where a raw offset stands in the normalised text; a dropped character stands where it would have been."""
        for step in self.steps:
            raw_offset = step.offset(raw_offset)
        return raw_offset


def normalise_text(raw: str) -> NormalisedText:
    """The text as the finder reads it, with the way back to `raw`."""
    text, cleaned = _rewrite(raw, _clean_pieces(raw))
    steps = [cleaned]
    if not unicodedata.is_normalized("NFC", text):
        text, composed = _rewrite(text, _compose_pieces(text))
        steps.append(composed)
    return NormalisedText(text, tuple(s for s in steps if s.edits))


Piece = tuple[int, int, str]


def _clean_pieces(raw: str) -> Iterator[Piece]:
    for match in _CHANGED.finditer(raw):
        yield match.start(), match.end(), _BY_GROUP[match.lastindex]


def _compose_pieces(text: str) -> Iterator[Piece]:
    """Clusters of a letter and its marks that NFC writes otherwise: «и» + breve becomes «й»."""
    for start, end in _iter_clusters(text):
        cluster = text[start:end]
        composed = unicodedata.normalize("NFC", cluster)
        if composed != cluster:
            yield start, end, composed


def _iter_clusters(text: str) -> Iterator[tuple[int, int]]:
    """Non-ASCII letters with the marks that follow them; a mark at the very start is a cluster of its own."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            if at - start > 1 or text[start] > "\x7f":
                yield start, at
            start = at


def _rewrite(raw: str, pieces: Iterator[Piece]) -> tuple[str, Step]:
    """The text with pieces replaced, and the edits of those that changed its length."""
    out: list[str] = []
    edits: list[Edit] = []
    done = length = 0
    for start, end, new in pieces:
        out += (raw[done:start], new)
        length += start - done
        if len(new) != end - start:
            edits.append(Edit(start, end, length, length + len(new)))
        length += len(new)
        done = end
    out.append(raw[done:])
    return "".join(out), Step(tuple(edits))
