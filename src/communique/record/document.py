"""A document and the only maker of evidence over its text.

Offsets are half-open and count Unicode code points of `Document.text`; `text[start:end] == quote` always holds.
"""

from collections.abc import Iterator

import msgspec

from communique.errors import EvidenceError
from communique.record.dates import Date
from communique.record.vocabulary import Extent, Genre, PublisherKind, Rights

LONGEST_EVIDENCE = 600


class Evidence(msgspec.Struct, frozen=True):
    """The exact words that state something, and the names of the fields that they prove."""

    start: int
    end: int
    quote: str
    fields: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.quote):
            raise EvidenceError(
                f"evidence {self.start}–{self.end} does not measure its quote of {len(self.quote)} characters; "
                "make evidence with Document.cite(start, end, fields)"
            )
        if len(self.quote) > LONGEST_EVIDENCE:
            raise EvidenceError(
                f"evidence of {len(self.quote)} characters, at most {LONGEST_EVIDENCE}: cite a phrase or a sentence"
            )


UNVERIFIED = "unverified"


class Inferred(msgspec.Struct, frozen=True):
    """A field that no words of the text state: why it has its value, and where the value comes from.

    A source that ends in `unverified` is a tenure that no list or page confirms.
    """

    field: str
    reason: str
    source: str

    @property
    def unverified(self) -> bool:
        return self.source.endswith(UNVERIFIED)


class Mention(msgspec.Struct, frozen=True):
    """One place of the text where an actor is named."""

    start: int
    end: int


class ActorRef(msgspec.Struct, frozen=True):
    """An actor as a fact names it: `ref` points into `Record.actors`; no words where the text leaves it implicit."""

    ref: str
    as_written: str | None = None
    start: int | None = None
    end: int | None = None


def iter_refs(value: object) -> Iterator[ActorRef]:
    """Every actor reference in a value, whatever holds it: a tuple, a signer, a whole fact."""
    if isinstance(value, ActorRef):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from iter_refs(item)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from iter_refs(getattr(value, name))


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One version of one page: who published it, whose account it is, and its normalised text."""

    id: str
    url: str | None = None
    publisher: str | None = None
    publisher_state: str | None = None
    publisher_kind: PublisherKind | None = None
    voice: ActorRef | None = None
    attributed_to: str | None = None
    genre: Genre = "other"
    title: str | None = None
    language: str | None = None
    published: Date | None = None
    extent: Extent = "unknown"
    rights: Rights = "unknown"
    composed: bool = False
    version: str
    text: str

    def cite(self, start: int, end: int, *fields: str) -> Evidence:
        """The evidence for `fields` at `text[start:end]`; EvidenceError outside the text or beyond 600 characters.

        >>> doc = Document(id="d", version="v", text="14 мая Президент принял посла.")
        >>> doc.cite(7, 16, "actor").quote
        'Президент'
        """
        if end > len(self.text):
            raise EvidenceError(f"evidence ends at {end}, the text has {len(self.text)} characters")
        return Evidence(start, end, self.text[start:end], fields)

    def holds(self, evidence: Evidence) -> bool:
        """Whether the words of this evidence stand where it says."""
        return self.text[evidence.start : evidence.end] == evidence.quote
