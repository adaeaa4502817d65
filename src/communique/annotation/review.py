"""Marked text gone through item by item: accepted, corrected, rejected, added to, undone.

In: marked text. Out, after every decision: marked text again, which compiles. Items not yet decided stand under a line
`# todo`, so that a file that was left in the middle goes on where it was left. Nothing here reads keys or prints.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, get_args

import msgspec

from communique.annotation.compile import Gold, places_of, read_marked
from communique.annotation.marked import RULE
from communique.errors import CommuniqueError, RecordError
from communique.record.vocabulary import Presence

State = Literal["todo", "accepted", "corrected", "rejected", "added"]
TODO = "# todo"
_APART = re.compile(rf"  ({'|'.join((*get_args(Presence), 'topic'))})\??:")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What one key decides: a block with its frame, or one participant or topic of the block that is its `parent`."""

    number: int
    lines: tuple[str, ...]
    state: State = "todo"
    parent: int | None = None
    touched: bool = False

    @property
    def kind(self) -> str:
        """The first word: `@berg`, `act`, `present`."""
        return re.split(r"[\s:?]", self.lines[0].strip())[0]


class Review:
    """The items of one text and what was decided; `whole` keeps participants and topics with their meeting."""

    def __init__(self, source: str, *, whole: bool = False, fresh: bool = False) -> None:
        self._head, body = _parted(source)
        self._whole = whole
        items = tuple(_iter_items(body, whole=whole, fresh=fresh))
        self._states: list[tuple[Item, ...]] = [items]
        self.gold()

    @property
    def items(self) -> tuple[Item, ...]:
        return self._states[-1]

    @property
    def current(self) -> Item | None:
        """The first item that nobody has decided."""
        return next((item for item in self.items if item.state == "todo"), None)

    @property
    def done(self) -> int:
        return sum(item.state != "todo" for item in self.items)

    def source(self) -> str:
        """The marked text as it is now."""
        lines: list[str] = []
        for item in self._kept():
            if item.parent is None and lines:
                lines.append("")
            lines += [TODO if item.parent is None else f"  {TODO}"] if item.state == "todo" else []
            lines += item.lines
        return "\n".join([*self._head, *lines, ""])

    def gold(self) -> Gold:
        """The record that the text says now."""
        return read_marked(self.source())

    def _kept(self) -> Iterator[Item]:
        gone = {item.number for item in self.items if item.state == "rejected"}
        return (i for i in self.items if i.number not in gone and i.parent not in gone)

    def block_number(self, item: Item) -> int:
        """The place of an item's block among the blocks of the marked text."""
        blocks = [i.number for i in self._kept() if i.parent is None]
        return blocks.index(item.number if item.parent is None else item.parent)

    def fact_number(self, item: Item) -> int:
        """The place of an item's block among the blocks of facts."""
        blocks = [i.number for i in self._kept() if i.parent is None and not i.kind.startswith("@")]
        return blocks.index(item.number)

    def places(self, item: Item) -> list[tuple[int, int]]:
        """Where the words of an item stand in the text."""
        return places_of(self.source(), self.block_number(item), item.lines)

    def accept(self) -> None:
        self._decide("corrected" if self._current().touched else "accepted")

    def accept_item(self, number: int) -> None:
        """Accept an item out of its turn, as nothing that could be undone."""
        accepted = (msgspec.structs.replace(i, state="accepted") if i.number == number else i for i in self.items)
        self._states[-1] = tuple(accepted)

    def reject(self) -> None:
        """Leave the current item out; RecordError where others still name it."""
        self._decide("rejected")

    def correct(self, line: int, to: str) -> None:
        """Another content for one line of the current item, which is accepted later: see `edited`.

        RecordError where it means nothing.
        """
        item = self._current()
        changed = edited(item.lines[line], to)
        lines = (*item.lines[:line], *([changed] if changed else []), *item.lines[line + 1 :])
        if not lines or (not changed and line == 0 and item.parent is None):
            raise RecordError("the first line is the fact itself; reject the fact instead of emptying it")
        self._put(msgspec.structs.replace(item, lines=lines, touched=True))

    def add_line(self, line: str) -> None:
        """One more line for the current item's block, such as `  to: @holm {Холм}`."""
        item = self._current()
        if item.parent is not None:
            raise RecordError("a participant or topic is one line; add lines to its meeting, or a block of its own")
        self._put(msgspec.structs.replace(item, lines=(*item.lines, f"  {line.strip()}"), touched=True))

    def add(self, block: str) -> Item:
        """A new block, in front of the current item; RecordError where it means nothing."""
        lines = tuple(line.rstrip() for line in block.strip("\n").split("\n") if line.strip())
        lines = tuple(line if i == 0 else f"  {line.strip()}" for i, line in enumerate(lines))
        if not lines:
            raise RecordError("nothing to add; write a block such as «act: thank {поблагодарил}»")
        item = Item(number=max((i.number for i in self.items), default=-1) + 1, lines=lines, state="added")
        at = next((n for n, i in enumerate(self.items) if i.state == "todo" and i.parent is None), len(self.items))
        self._try((*self.items[:at], item, *self.items[at:]))
        return item

    def undo(self) -> bool:
        """Back to before the last decision; False where there is none."""
        if len(self._states) == 1:
            return False
        self._states.pop()
        return True

    def _current(self) -> Item:
        item = self.current
        if item is None:
            raise RecordError("everything has been decided; undo takes the last decision back")
        return item

    def _decide(self, state: State) -> None:
        self._put(msgspec.structs.replace(self._current(), state=state))

    def _put(self, item: Item) -> None:
        gone = item.state == "rejected"  # its participants and topics go with it
        items = tuple(_with_parent(i, item) for i in self.items) if gone else self.items
        self._try(tuple(item if i.number == item.number else i for i in items))

    def _try(self, items: tuple[Item, ...]) -> None:
        self._states.append(items)
        try:
            self.gold()
        except CommuniqueError:
            self._states.pop()
            raise


def edited(line: str, to: str) -> str:
    """A line with another value, other words, or another actor; empty for a line to be left out.

    >>> edited("  status: signed {подписали}", "initialled"), edited("  to: @holm {Холм}", "@berg")
    ('  status: initialled {подписали}', '  to: @berg {Холм}')
    >>> edited("  status: signed {подписали}", "{подписали}#2"), edited("  status: signed {подписали}", "status: agreed")
    ('  status: signed {подписали}#2', '  status: agreed')
    """
    to = to.strip()
    indent = line[: len(line) - len(line.lstrip())]
    key, words = _key_of(line), " ".join(m.group() for m in _WORDS.finditer(line))
    reason = re.search(r"\([^{}]*\)$", line.strip())
    tail = f" {reason.group()}" if reason else ""
    if not to or _NEW_LINE.match(to) or (to.startswith("@") and " " in to and not key.strip().startswith("@")):
        return indent + to if to else ""
    if to.startswith(("{", "~{")):
        value = _WORDS.sub("", line.strip()[len(key) :].removesuffix(tail.strip())).strip()
        return indent + " ".join(part for part in (key, value, to) if part) + tail
    return f"{indent}{key} {to} {words}".rstrip() + tail


_WORDS = re.compile(r"~?\{(?:\\.|[^{}\\])*\}(?:#\d+)?")
_NEW_LINE = re.compile(r"\w+(?: [\w-]+)?\??: ")


def _key_of(line: str) -> str:
    """`status:` or `@berg`, with which a line begins."""
    match = re.match(r"\s*(@[\w-]+|\w+(?: [\w-]+)?\??:)", line)
    return match[1] if match else line.strip()


def _parted(source: str) -> tuple[list[str], list[str]]:
    """The lines up to the rule before the blocks, and those behind it."""
    lines = source.replace("\r\n", "\n").split("\n")
    rules = [i for i, line in enumerate(lines) if line.strip() == RULE]
    if len(rules) < 2:
        raise RecordError(f"this is no marked text: it has no two lines {RULE}")
    return lines[: rules[-1] + 1], lines[rules[-1] + 1 :]


def _iter_items(lines: Sequence[str], *, whole: bool, fresh: bool) -> Iterator[Item]:
    """Blocks and their single lines; `fresh` has nothing decided yet."""
    items: list[Item] = []
    todo, block = fresh, -1
    for line in (x.rstrip() for x in lines):
        if not line.strip():
            continue
        if line.strip() == TODO:
            todo = True
            continue
        state: State = "todo" if todo or fresh else "accepted"
        if not line[0].isspace() and not line.startswith("#"):
            block = len(items)
            items.append(Item(number=block, lines=(line,), state=state))
        elif block < 0:
            continue
        elif _APART.match(line) and not whole:
            items.append(Item(number=len(items), lines=(line,), state=state, parent=block))
        else:
            held = items[block]
            items[block] = msgspec.structs.replace(held, lines=(*held.lines, line))
        todo = False
    yield from items


def _with_parent(item: Item, parent: Item) -> Item:
    return msgspec.structs.replace(item, state=parent.state) if item.parent == parent.number else item
