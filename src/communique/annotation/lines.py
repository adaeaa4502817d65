"""The lines of one block, taken one by one: words found and noted as proof, values read, what nobody took refused.

In: a parsed `Block`, the text, the labels of its actors. Out: fields of a fact with their evidence. Errors name the line.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, get_args

import msgspec

from communique.annotation.marked import Block, Line
from communique.annotation.places import Place as Span
from communique.annotation.places import find_words
from communique.errors import CommuniqueError, RecordError
from communique.record.dates import Date
from communique.record.document import ActorRef, Document, Evidence, Inferred
from communique.record.vocabulary import DateQualifier, Precision

T = TypeVar("T")
BY_HAND = "annotated"


class Proof:
    """The evidence and the inferences of one statement, gathered line by line."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._fields: dict[Span, list[str]] = {}
        self.inferred: list[Inferred] = []

    def add(self, field: str, line: Line, spans: Sequence[Span]) -> None:
        for span in spans:
            self._fields.setdefault(span, []).append(field)
        if line.reason is not None or not spans:
            self.inferred.append(Inferred(field, line.reason or "not in words", BY_HAND))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(self._doc.cite(s, e, *dict.fromkeys(fields)) for (s, e), fields in self._fields.items())


class Naming:
    """The text and the labels of its actors: words to values, labels to references."""

    def __init__(self, doc: Document, labels: set[str]) -> None:
        self.doc, self.labels = doc, labels

    def said(self, spans: Sequence[Span]) -> str:
        return " ".join(" ".join(self.doc.text[s:e].split()) for s, e in spans)

    def label(self, value: str, line: Line) -> str:
        label = value.removeprefix("@").strip()
        if label not in self.labels:
            known = ", ".join("@" + name for name in sorted(self.labels)) or "none yet"
            raise RecordError(f"line {line.number}: {value!r} is no actor of this text; there are {known}")
        return label

    def ref(self, value: str, line: Line, spans: Sequence[Span]) -> ActorRef:
        label = self.label(value, line)
        if not spans or not line.words[0].names:
            return ActorRef(label)
        start, end = spans[0]
        return ActorRef(label, self.doc.text[start:end], start, end)


class Lines:
    """The lines of one block, taken one by one; what nobody took is an error."""

    def __init__(self, naming: Naming, block: Block) -> None:
        self._naming = naming
        self.head, self.lines = block.head, block.lines
        self.proof = Proof(naming.doc)
        self.used: set[str] = {"relation", "part_of"}
        own = [find_words(naming.doc.text, w, None, block.head.number) for w in block.head.words]
        self.near = own[0][0] if own else self._anchor()

    def _anchor(self) -> int | None:
        """The paragraph of a block without words of its own: that of its first line whose words stand only once."""
        for line in self.lines:
            for words in line.words:
                try:
                    return find_words(self._naming.doc.text, words, None, line.number)[0]
                except RecordError:
                    continue
        return None

    def spans(self, line: Line) -> list[Span]:
        return [find_words(self._naming.doc.text, w, self.near, line.number) for w in line.words]

    def take(self, field: str, line: Line) -> list[Span]:
        """The places of a line's words, noted as proof of a field."""
        spans = self.spans(line)
        self.proof.add(field, line, spans)
        return spans

    def named(self, key: str) -> Iterator[Line]:
        self.used.add(key)
        return (line for line in self.lines if line.key == key)

    def value(self, key: str, field: str | None = None) -> str | None:
        """The value of a line that may stand once: what it says, or else its words."""
        lines = list(self.named(key))
        if not lines:
            return None
        if len(lines) > 1:
            raise RecordError(f"line {lines[1].number}: {key!r} stands twice in this block; keep one")
        spans = self.take(field or key, lines[0])
        return lines[0].value or self._naming.said(spans)

    def taken(self, key: str) -> str | None:
        """The value of a line that needs no proof."""
        return next((line.value for line in self.named(key)), None)

    def values(self, keys: str) -> dict[str, Any]:
        return {key: value for key in keys.split() if (value := self.value(key)) is not None}

    def title(self) -> str:
        return self.head.value or self._naming.said(self.spans(self.head))

    def refs(self, keys: str) -> dict[str, Any]:
        found = {key: self.several(key, key) for key in keys.split()}
        return {key: refs[0] for key, refs in found.items() if refs}

    def several(self, key: str, field: str) -> tuple[ActorRef, ...]:
        return tuple(self._naming.ref(line.value, line, self.take(field, line)) for line in self.named(key))

    def dates(self, keys: str) -> dict[str, Date]:
        return {key: date for key in keys.split() for line in self.named(key) for date in [self._date(key, line)]}

    def _date(self, field: str, line: Line) -> Date:
        spans = self.take(field, line)
        first, _, rest = line.value.partition(" ")
        qualifier = first if first in get_args(DateQualifier) else None
        value = rest if qualifier else line.value
        original = self._naming.doc.text[spans[0][0] : spans[0][1]] if spans else value
        said = {"value": value, "precision": precision_of(value), "qualifier": qualifier, "original": original}
        return msgspec.convert(said, Date)

    def relation(self) -> dict[str, str]:
        return {line.key: line.value for line in self.lines if line.key == "relation"}

    def build(self, made: type[T], /, **values: Any) -> T:
        stray = [line for line in self.lines if line.key not in self.used]
        if stray:
            raise unknown(stray[0], " ".join(sorted(self.used)))
        plain = {
            "evidence": self.proof.evidence,
            "inferred": tuple(self.proof.inferred),
            "rule": BY_HAND,
            "origin": "entered",
        }
        return msgspec.convert({**plain, **values}, made)


def precision_of(value: str) -> Precision:
    """The precision that an EDTF value has by its form.

    >>> precision_of("XXXX-05-14"), precision_of("2026-10-12/2026-10-14"), precision_of("2026-34")
    ('no_year', 'day', 'quarter')
    """
    one = value.split("/")[0]
    if one.startswith("XXXX"):
        return "no_year"
    parts = one.split("-")
    if len(parts) < 3:
        number = int(parts[1]) if len(parts) == 2 and parts[1].isdigit() else 0
        spans: tuple[tuple[int, Precision], ...] = ((40, "half"), (33, "quarter"), (21, "season"), (1, "month"))
        return next((name for least, name in spans if number >= least), "year")
    return "day"


def unknown(line: Line, known: Iterable[str] | str) -> RecordError:
    return RecordError(f"line {line.number}: {line.key!r} is no line of this block; it has {known}")


@contextmanager
def at(line: Line) -> Iterator[None]:
    """Errors of the record's own checks, with the line of the block that made them."""
    try:
        yield
    except (CommuniqueError, ValueError) as error:  # msgspec's errors are ValueErrors
        if str(error).startswith("line "):
            raise
        raise RecordError(f"line {line.number}: {error}") from None
