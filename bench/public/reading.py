"""A text of a public set through our reader: the record, and everything that the reading names on the way to it.

In: a text in a language. Out: a `Reading` whose spans are offsets of the given text. In a language that is not read yet
there is a record that says so, and no span; nothing else here depends on the language.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.public.measured import Span
from communique.api import read_release
from communique.finding.coref import ActorTable, build_actors, resolve
from communique.finding.dates import find_dates, find_deictic
from communique.finding.mentions import find_mentions
from communique.finding.page import Mention, OfficeSpan, Page, open_page
from communique.finding.speech import find_speech
from communique.record.facts import Actor
from communique.record.record import Coverage, Record
from communique.text.clean import normalise_text
from communique.text.release import Release
from communique.world.names.russian import fold
from communique.world.world import World

UNREAD = (Coverage.whole("unsupported_language"), Coverage.whole("failed"))
# Labels: a person is the name alone, `titled` the same with its offices, an office its whole title, an adjective the first word
# of «лирийская сторона».
LABELS = ("person", "titled", "office", "state", "adjective", "place", "venue", "organisation", "date")
_KINDS = {"state": "state", "place": "place", "venue": "venue", "organisation": "organisation"}
_KINDS |= {"body": "organisation", "format": "organisation"}


@dataclass(frozen=True, slots=True)
class Reading:
    """The record of a text, all its actors (those that no fact uses too), and the spans that were named."""

    record: Record
    actors: tuple[Actor, ...]
    spans: tuple[Span, ...]

    @property
    def coverage(self) -> str:
        """`read`, or why not a word of it was."""
        return self.record.coverage.meetings if self.record.coverage in UNREAD else "read"


def read_text(text: str, language: str, world: World) -> Reading:
    """The reading of a text without a header, as the sets have it."""
    release = Release(id="public", language=language, text=text, original=text.encode())
    record = read_release(release, world).record
    if record.coverage in UNREAD:
        return Reading(record, (), ())
    page = open_page(record.document, world)
    find_mentions(page)
    find_speech(page)
    table = resolve(page)
    spans = dict.fromkeys(Span(label, *page.chars(first, last)) for label, first, last in _iter_named(page))
    if page.doc.text != text:  # the reader evens out spaces and marks; the gold counts the letters of the file
        cleaned = normalise_text(text)
        spans = dict.fromkeys(Span(s.label, *cleaned.raw_span(s.start, s.end)) for s in spans)
    return Reading(record, _all_actors(table), tuple(spans))


def _all_actors(table: ActorTable) -> tuple[Actor, ...]:
    for draft in table.drafts:
        table.refer(draft)
    return build_actors(table)


def _iter_named(page: Page) -> Iterator[tuple[str, int, int]]:
    """Everything named, as a label and tokens."""
    for mention in page.mentions:
        if mention.kind in _KINDS:
            yield _KINDS[mention.kind], mention.first, mention.last
        elif mention.kind == "side":
            yield "adjective", mention.first, mention.last - 1
        elif mention.kind == "person":
            yield "titled", mention.first, mention.last
            if mention.name:
                yield "person", *name_range(page, mention)
        for office in mention.offices:
            yield "office", office.first, office.last
            yield from _employer(page, office)
    for date in find_dates(page):
        yield "date", date.first, date.last
    for day in find_deictic(page):
        yield "date", day.first, day.last


def _employer(page: Page, office: OfficeSpan) -> Iterator[tuple[str, int, int]]:
    """«Веланды» in «президент Веланды»: the state or organisation whose office it is, where its words stand in the title."""
    begin, end = page.chars(office.first, office.last)
    at = page.doc.text.find(office.of_words, begin, end) if office.of_words and office.of else -1
    if at < 0:
        return
    first, last = page.tokens_at(at, at + len(office.of_words or ""))
    for i in range(first, last):  # of_words may hold more than the name: «госсекретаря Лирии»
        for alias in page.world.index.match(page.low, page.tokens.text, i):
            if alias.key == office.of and alias.kind in (*_KINDS, "adjective"):
                yield _KINDS.get(alias.kind, "adjective"), i, i + alias.length
                return


def name_range(page: Page, mention: Mention) -> tuple[int, int]:
    """The tokens of the name in a mention that may also hold offices: «Ивана Берега» in «президента Ивана Берега».

    The last run of as many words as the name has, each beginning like one of them; the whole mention where none does.
    """
    wanted = [fold(w) for w in (mention.name or "").replace(".", ". ").split()]
    tokens = [i for i in range(mention.first, mention.last) if page.tokens.is_word(i)]
    for letters in (2, 1):  # «Льва» begins otherwise than «Лев»
        for k in range(len(tokens) - len(wanted), -1, -1):
            run = tokens[k : k + len(wanted)]
            if all(any(page.low[i][:letters] == w.rstrip(".")[:letters] for w in wanted) for i in run):
                return run[0], run[-1] + 1
    return mention.first, mention.last
