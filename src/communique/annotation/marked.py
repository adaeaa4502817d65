"""Marked text, parsed: header, the text itself, and blocks of lines whose {words} stand in the text.

In: a string. Out: `Marked`, nothing resolved yet; `compile.py` finds the words and makes the record. The format is
described in docs/annotation.md. Errors are RecordError with the line and what to write instead.
"""

import re
from collections.abc import Iterator

import msgspec

from communique.errors import RecordError

RULE = "---"
BLOCKS = ("meeting", "quote", "act", "agreement", "project", "commitment", "figure")


class Words(msgspec.Struct, frozen=True):
    """Words to be found: `text` between `before` and `after`, the `nth` time; `names` unless they only prove a field."""

    text: str
    before: str = ""
    after: str = ""
    nth: int | None = None
    names: bool = True


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line: `key: value {words} (reason)`. `label` names a block; `optional` says that it may be found or not."""

    number: int
    key: str
    value: str = ""
    words: tuple[Words, ...] = ()
    reason: str | None = None
    optional: bool = False
    label: str | None = None


class Block(msgspec.Struct, frozen=True):
    """One actor or fact: its first line, and the lines of its fields."""

    head: Line
    lines: tuple[Line, ...] = ()


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A marked text: `header` with the lines before the text, the text, its blocks."""

    header: dict[str, str] = {}
    text: str
    blocks: tuple[Block, ...] = ()


def parse_marked(source: str) -> Marked:
    """The parts of a marked text.

    >>> marked = parse_marked("id: a\\n---\\nОни поблагодарили Лирию.\\n---\\nact: thank {поблагодарили}\\n  to: @lr {Лирию}\\n")
    >>> marked.blocks[0].head.value, marked.blocks[0].lines[0].words[0].text
    ('thank', 'Лирию')
    """
    lines = source.replace("\r\n", "\n").split("\n")
    rules = [i for i, line in enumerate(lines) if line.strip() == RULE]
    if len(rules) < 2:
        raise RecordError(
            f"a marked text has three parts with a line {RULE} between them; this one has {len(rules) + 1}"
        )
    first, last = rules[0], rules[-1]
    blocks = tuple(_iter_blocks(list(enumerate(lines[last + 1 :], start=last + 2))))
    return Marked(header=_header(lines[:first]), text="\n".join(lines[first + 1 : last]), blocks=blocks)


def _header(lines: list[str]) -> dict[str, str]:
    header = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        key, colon, value = line.partition(":")
        if not colon:
            raise RecordError(f"line {number}: {line!r} is no line of the header; write «key: value»")
        header[key.strip()] = value.strip()
    return header


def _iter_blocks(numbered: list[tuple[int, str]]) -> Iterator[Block]:
    head: Line | None = None
    lines: list[Line] = []
    for number, line in numbered:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parsed = parse_line(number, line.strip())
        if line[0].isspace():
            if head is None:
                raise RecordError(f"line {number}: {line.strip()!r} belongs to no block; begin one at the margin")
            lines.append(parsed)
            continue
        if head is not None:
            yield Block(head, tuple(lines))
        head, lines = parsed, []
    if head is not None:
        yield Block(head, tuple(lines))


_WORDS = re.compile(r"(?P<proof>~)?\{(?P<inside>(?:\\.|[^{}\\])*)\}(?:#(?P<nth>\d+))?")
_ACTOR = re.compile(r"@(?P<label>[\w-]+) (?P<value>\w+)")
_KEY = re.compile(r"(?P<key>\w+)(?: (?P<label>[\w-]+))?(?P<optional>\?)?:(?: |$)")


def parse_line(number: int, line: str) -> Line:
    """The parts of one line, such as `act?: thank {поблагодарил}#2 (reason)`."""
    words = tuple(_words(match) for match in _WORDS.finditer(line))
    plain = _WORDS.sub("\0", line)
    reason = re.search(r"\((?P<reason>[^\0]*)\)$", plain)
    plain = plain[: reason.start()] if reason else plain
    value = " ".join(plain.replace("\0", " ").split())
    if any(c in value for c in "{}"):
        raise RecordError(f"line {number}: a brace that is not closed in {line!r}")
    why = reason["reason"] if reason else None
    if actor := _ACTOR.fullmatch(value):
        return Line(number=number, key="actor", label=actor["label"], value=actor["value"], words=words, reason=why)
    key = _KEY.match(value + " ")
    if key is None:
        raise RecordError(
            f"line {number}: {line!r} begins with no key; write «key: value {{words}}» or «@label person»"
        )
    rest, optional = (value + " ")[key.end() :].strip(), bool(key["optional"])
    return Line(
        number=number, key=key["key"], label=key["label"], optional=optional, value=rest, words=words, reason=why
    )


def _words(match: re.Match[str]) -> Words:
    parts = [""]
    for escaped, bar, plain in re.findall(r"\\(.)|(\|)|(.)", match["inside"], re.DOTALL):
        if bar:
            parts.append("")
        else:
            parts[-1] += plain or ("\n" if escaped == "n" else escaped)
    before, text, after = parts if len(parts) == 3 else ("", "|".join(parts), "")
    return Words(text, before, after, int(match["nth"]) if match["nth"] else None, not match["proof"])
