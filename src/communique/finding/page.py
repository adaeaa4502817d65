"""One document on its way through the finders: tokens, readings, mentions, and what the rules did.

A `Page` lives for one reading and is never part of a record.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from communique.record.document import Document
from communique.record.vocabulary import OfficeCode, Standing
from communique.text.morphology import Word, word
from communique.text.segment import Tokens, find_tokens
from communique.world.entities import Publisher
from communique.world.world import World

if TYPE_CHECKING:
    from communique.finding.dates import DateSpan
    from communique.finding.speech import Speech

MentionKind = Literal["person", "plural", "state", "side", "organisation", "body", "format", "place", "venue"]
QUOTE_MARKS = '«»“”„"‟″'
DASHES = "-–—−"  # the hyphen first: in a character class it must not make a range


@dataclass(frozen=True, slots=True)
class OfficeSpan:
    """One office as mentioned: tokens `first`..`last`, its code, and whose it is, as far as the words say."""

    first: int
    last: int
    title: str
    code: OfficeCode
    of: str | None = None
    of_words: str | None = None
    portfolio: str | None = None
    standing: Standing = "current"
    ours: bool = False
    head: str = ""


@dataclass(slots=True, eq=False)
class Mention:
    """Tokens `first`..`last` that name somebody or something; `key` is the world's key where the words alone decide it."""

    kind: MentionKind
    first: int
    last: int
    cases: frozenset[str]
    key: str | None = None
    offices: tuple[OfficeSpan, ...] = ()
    name: str | None = None
    gender: str | None = None
    plural: str | None = None
    states: tuple[tuple[str, int, int], ...] = ()
    actor: str | None = None

    @property
    def stated_state(self) -> str | None:
        """The state or organisation that the offices of this mention belong to."""
        return next((o.of for o in self.offices if o.of), None)

    def has_case(self, *cases: str) -> bool:
        return not self.cases or bool(self.cases.intersection(cases))


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that made or refused something, for `--explain` and `why-not`."""

    rule: str
    start: int
    end: int
    what: str
    refused: str | None = None


@dataclass(slots=True)
class Page:
    """A document with its tokens, readings, mentions by token, and the trace of rules."""

    doc: Document
    world: World
    tokens: Tokens
    words: list[Word]
    publisher: Publisher | None
    mentions: list[Mention] = field(default_factory=list)
    covering: dict[int, Mention] = field(default_factory=dict)
    quoted: list[bool] = field(default_factory=list)
    speeches: list["Speech"] = field(default_factory=list)
    trace: list[Fired] = field(default_factory=list)
    dates: list["DateSpan"] | None = None

    @property
    def home(self) -> str | None:
        """The state whose account this is, by its publisher."""
        return self.publisher.state or None if self.publisher else None

    @property
    def official(self) -> bool:
        """Whether the publisher is a state's own office."""
        return self.publisher is not None and self.publisher.kind == "official"

    @property
    def low(self) -> list[str]:
        return self.tokens.low

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        for i in range(mention.first, mention.last):
            self.covering[i] = mention

    def chars(self, first: int, last: int) -> tuple[int, int]:
        """Code-point offsets of tokens `first`..`last`."""
        return self.tokens.start[first], self.tokens.end[last - 1]

    def tokens_at(self, start: int, end: int) -> tuple[int, int]:
        """The half-open token range that a character span covers."""
        starts = self.tokens.start
        first = bisect_left(starts, start)
        return first, max(bisect_left(starts, end), min(first + 1, len(starts)))

    def written(self, first: int, last: int) -> str:
        return self.tokens.slice(first, last)

    def sentence_range(self, i: int) -> tuple[int, int]:
        """The token range of the sentence that holds token `i`."""
        return self.tokens.sentences[self.tokens.sentence_of(self.tokens.start[i])]

    def mentions_in(self, first: int, last: int) -> Iterator[Mention]:
        """The mentions that lie within tokens `first`..`last`, in order."""
        i = first
        while i < last:
            mention = self.covering.get(i)
            if mention is not None and mention.first >= first and mention.last <= last:
                yield mention
            i = max(i + 1, mention.last if mention is not None else 0)

    def tokens_within(self, start: int, end: int) -> range:
        """The tokens that begin within `text[start:end]`."""
        starts = self.tokens.start
        return range(bisect_left(starts, start), bisect_left(starts, end))

    def has_lemma(self, i: int, lemmas: frozenset[str] | set[str]) -> bool:
        """Whether token `i` has one of these lemmas; after the last token there is none."""
        if i >= len(self.words):
            return False
        return not self.words[i].lemmas.isdisjoint(lemmas) or self.low[i] in lemmas

    def fired(self, rule: str, first: int, last: int, what: str, refused: str | None = None) -> None:
        start, end = self.chars(first, max(last, first + 1))
        self.trace.append(Fired(rule, start, end, what, refused))


def open_page(doc: Document, world: World) -> Page:
    """The document cut into tokens, each with its readings."""
    tokens = find_tokens(doc.text)
    words = [word(form) for form in tokens.low]
    return Page(doc, world, tokens, words, find_publisher(doc, world))


def find_publisher(doc: Document, world: World) -> Publisher | None:
    """The publisher by the world's list, or by the one state that its name names: «МИД Тарлыка», «Вестник Остры»."""
    known = world.publisher(doc.publisher) or world.publisher(doc.url)
    state = _state_in(world, doc.publisher) if known is None and doc.publisher else None
    if known is not None or state is None or doc.publisher is None:
        return known
    return Publisher("", doc.publisher, state, "official" if _OFFICIAL.search(doc.publisher.lower()) else "")


_OFFICIAL = re.compile(
    r"\bмид\b|министерств|президент|правительств|пресс-служб|посольств|королевский двор|администраци"
)


def _state_in(world: World, publisher: str) -> str | None:
    """«МИД Тарлыка», «Вестник Порт-Вельда»: the one state that a publisher's name names."""
    tokens = find_tokens(publisher)
    found: set[str] = set()
    for i in range(len(tokens)):
        for alias in world.index.match(tokens.low, tokens.text, i):
            if alias.kind in ("state", "adjective"):
                found.add(alias.key)
            elif alias.kind == "place":
                found.add(world.places[int(alias.key)].country)
    return found.pop() if len(found) == 1 else None
