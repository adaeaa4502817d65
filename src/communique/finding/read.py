"""Document in, record out: the only file that knows the order of the finders.

Mentions -> speech -> actors -> quotes, meetings, acts, papers -> sealed facts -> Record. A finder that fails on a
document costs its own facts and a problem, never the record.
"""

import hashlib
import logging
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TypeVar, cast

import msgspec

from communique import __version__
from communique.finding.acts import complete_addressees, find_acts
from communique.finding.agreements import find_agreements
from communique.finding.commitments import find_commitments
from communique.finding.confidence import confidence_of
from communique.finding.coref import ActorTable, build_actors, resolve
from communique.finding.dates import find_dates
from communique.finding.figures import find_figures
from communique.finding.genre import opening_genre
from communique.finding.meetings.find import find_candidates
from communique.finding.meetings.parts import Group, find_meetings
from communique.finding.meetings.when import dated_by_header
from communique.finding.mentions import find_mentions
from communique.finding.page import Fired, Page, find_publisher, open_page
from communique.finding.projects import find_projects
from communique.finding.quotes import find_quotes
from communique.finding.speech import Speech, find_speech
from communique.finding.topics import find_topics, matter_ranges, narrative_ranges, topic_ranges
from communique.record.document import ActorRef, Document
from communique.record.facts import Act, Agreement, Commitment, Fact, Figure, Meeting, Project, Quote, Topic
from communique.record.identity import seal
from communique.record.record import Coverage, MadeBy, Problem, Record
from communique.record.vocabulary import CoverageState, Genre, PublisherKind
from communique.world.world import World

log = logging.getLogger(__name__)
F = TypeVar("F", bound=Fact)
LANGUAGES = ("ru",)
NO_MEETING_GENRES = frozenset({"telegram", "decree", "biography", "statistics", "interview"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A record and what the rules did to make it."""

    record: Record
    trace: tuple[Fired, ...] = ()


def read_document(doc: Document, world: World, *, explain: bool = False) -> Reading:
    """The record of a document; a language that is not read yet gives a correct document and says so in `coverage`."""
    if doc.language not in LANGUAGES:
        return Reading(_unread(doc, world))
    trace: list[Fired] = []
    try:
        page = open_page(doc, world)
        trace = page.trace
        record = _Reader(page).read()
    except Exception as error:  # a fault before the finders: the document stays, and says that it was not read
        log.exception("%s could not be read", doc.id)
        record = _failed(doc, world, error)
    return Reading(record, tuple(trace) if explain else ())


def _failed(doc: Document, world: World, error: Exception) -> Record:
    problem = Problem(code="finder_failed", message=f"the text could not be read: {error}; please report this text")
    described = _described(doc, world, None, "other")
    return Record(made_by=made_by(world), document=described, coverage=Coverage.whole("failed"), problems=(problem,))


def _unread(doc: Document, world: World) -> Record:
    language = doc.language or "unknown"
    problem = Problem(
        code="unsupported_language",
        message=f"language {language!r} is not read yet; this version reads {', '.join(LANGUAGES)}. Say --language ru if the text is Russian",
    )
    return Record(
        made_by=made_by(world),
        document=_described(doc, world, None, "other"),
        coverage=Coverage.whole("unsupported_language"),
        problems=(problem,),
    )


@dataclass(slots=True)
class _Reader:
    """The state of one reading: the page, and what failed on the way."""

    page: Page
    failed: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> Record:
        page = self.page
        find_mentions(page)
        speeches: list[Speech] = find_speech(page)
        dates = find_dates(page)
        page.doc = dated_by_header(page, dates)
        table = resolve(page)
        quoted = self.attempt("quotes", lambda: find_quotes(page, table, speeches))
        quotes = [q for q, _ in quoted]
        opening = opening_genre(page)
        candidates = find_candidates(page) if opening not in NO_MEETING_GENRES else []
        meetings, groups = self.attempt_meetings(lambda: find_meetings(page, table, candidates, dates))
        present = [
            d for m in meetings[:1] for p in m.participants if p.presence == "present" and (d := table.by_ref(p.actor))
        ]
        acts = self.attempt("acts", lambda: complete_addressees(table, find_acts(page, table, quotes), present))
        agreements = self.attempt("agreements", lambda: find_agreements(page, table))
        projects = self.attempt("projects", lambda: find_projects(page, table))
        commitments = self.attempt("commitments", lambda: find_commitments(page, table))
        figures = self.attempt("figures", lambda: find_figures(page, table))
        meetings = self._with_topics(table, meetings, groups, [*acts, *agreements, *projects])
        _fill_collectives(table, meetings)
        voice = _voice(page, table)
        return self._record(table, voice, opening, meetings, quotes, acts, agreements, projects, commitments, figures)

    def attempt(self, kind: str, find: Callable[[], list[F]] | Callable[[], list]) -> list:  # type: ignore[type-arg]
        try:
            return find()
        except Exception as error:  # one finder's fault must not cost the document
            log.exception("%s failed on %s", kind, self.page.doc.id)
            self.failed.add(kind)
            self.problems.append(
                Problem(code="finder_failed", message=f"{kind} could not be read: {error}; please report this text")
            )
            return []

    def attempt_meetings(
        self, find: Callable[[], tuple[list[Meeting], list[Group]]]
    ) -> tuple[list[Meeting], list[Group]]:
        found: list[tuple[list[Meeting], list[Group]]] = self.attempt("meetings", lambda: [find()])
        return found[0] if found else ([], [])

    def _with_topics(
        self, table: ActorTable, meetings: list[Meeting], groups: list[Group], facts: Sequence[Fact]
    ) -> list[Meeting]:
        """The topics of the reported meeting: what its people discussed, and what its acts, papers and projects are about."""
        if not meetings or groups[0].status in ("cancelled", "denied"):
            return meetings
        page = self.page
        elsewhere = {c.sentence for g in groups if g.relation in ("earlier", "later") for c in g.candidates} - {
            c.sentence for c in groups[0].candidates
        }
        tiers = (
            topic_ranges(page, lambda i: page.quoted[i]),
            matter_ranges(page, facts),
            narrative_ranges(page, elsewhere),
        )
        topics: dict[str, Topic] = {}
        for ranges in tiers:  # the surest words of a topic first; what they gave is not sought again
            for topic in self.attempt("meetings", lambda ranges=ranges: find_topics(page, table, ranges)):
                topics.setdefault(topic.code, topic)
        ordered = sorted(topics.values(), key=lambda t: t.evidence[0].start)
        return [msgspec.structs.replace(meetings[0], topics=tuple(ordered)), *meetings[1:]]

    def _record(
        self,
        table: ActorTable,
        voice: ActorRef | None,
        opening: Genre | None,
        meetings: Sequence[Meeting],
        quotes: Sequence[Quote],
        acts: Sequence[Act],
        agreements: Sequence[Agreement],
        projects: Sequence[Project],
        commitments: Sequence[Commitment],
        figures: Sequence[Figure],
    ) -> Record:
        page = self.page
        genre = _genre(opening, meetings)
        sealed_meetings = self._seal(meetings)
        main = sealed_meetings[0].id if sealed_meetings and sealed_meetings[0].relation == "reported" else None
        sealed_meetings = [
            msgspec.structs.replace(m, part_of=main) if m.part_of == "#0" else m for m in sealed_meetings
        ]
        sealed_quotes = self._seal([msgspec.structs.replace(q, meeting=main) for q in quotes])
        claimed = _claims(sealed_quotes)

        def place(facts: Sequence[F]) -> list[F]:
            placed = [msgspec.structs.replace(f, meeting=main, said_by=claimed(f)) for f in facts]
            return self._seal(placed)

        facts = [place(acts), place(agreements), place(projects), place(commitments), place(figures)]
        return Record(
            made_by=made_by(page.world),
            document=_described(page.doc, page.world, voice, genre),
            actors=build_actors(table),
            meetings=tuple(sealed_meetings),
            quotes=tuple(sealed_quotes),
            acts=tuple(facts[0]),  # type: ignore[arg-type]
            agreements=tuple(facts[1]),  # type: ignore[arg-type]
            projects=tuple(facts[2]),  # type: ignore[arg-type]
            commitments=tuple(facts[3]),  # type: ignore[arg-type]
            figures=tuple(facts[4]),  # type: ignore[arg-type]
            coverage=self._coverage(),
            problems=(*_counted(table.problems), *self.problems),
        )

    def _seal(self, facts: Sequence[F]) -> list[F]:
        tokens = self.page.tokens
        measured = [msgspec.structs.replace(f, confidence=confidence_of(f.rule)) for f in facts]
        return seal(
            measured,
            self.page.doc.id,
            lambda offset: tokens.sentence_text(tokens.sentence_of(offset)) if tokens.sentences else "",
        )

    def _coverage(self) -> Coverage:
        def state(kind: str) -> CoverageState:
            return "failed" if kind in self.failed else "read"

        return Coverage(*(state(kind) for kind in Coverage.__struct_fields__))


def _claims(quotes: Sequence[Quote]) -> Callable[[Fact], str]:
    """Which quote claims a fact: the one whose marked words hold the fact's first evidence; the narrator where none does."""
    marked = [(e.start, e.end, q.id) for q in quotes if q.kind != "indirect" for e in q.evidence if "text" in e.fields]
    marked.sort()

    def claimed(fact: Fact) -> str:
        at = fact.evidence[0].start
        before = bisect_right(marked, at, key=lambda words: words[0])
        return next(
            (known_as for _, end, known_as in reversed(marked[max(0, before - 3) : before]) if at < end), "narrator"
        )

    return claimed


def _counted(problems: list[Problem]) -> list[Problem]:
    """One row a problem and message, with a count."""
    counted: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        key = (problem.code, problem.message)
        before = counted.get(key)
        counted[key] = problem if before is None else msgspec.structs.replace(before, count=before.count + 1)
    return list(counted.values())


def _fill_collectives(table: ActorTable, meetings: Sequence[Meeting]) -> None:
    """«Стороны», «лидеры»: the persons present at the reported meeting."""
    if not meetings:
        return
    present = [d for p in meetings[0].participants if p.presence == "present" and (d := table.by_ref(p.actor))]
    for draft in table.drafts:
        if draft.kind == "collective" and draft.ref:
            draft.members = present


def _genre(opening: Genre | None, meetings: Sequence[Meeting]) -> Genre:
    if opening is not None:
        return opening
    reported = [m for m in meetings if m.relation == "reported"]
    if not reported:
        return "other"
    if all(m.status in ("planned", "postponed", "cancelled") for m in reported):
        return "announcement"
    return "digest" if len(reported) > 2 else "readout"


def _voice(page: Page, table: ActorTable) -> ActorRef | None:
    """Whose account this is: the state of an official publisher."""
    if not page.official or page.home is None:
        return None
    return table.refer(table.state(page.home))


def _described(doc: Document, world: World, voice: ActorRef | None, genre: Genre) -> Document:
    """The document with what its bytes do not say: the publisher's state and kind, the genre, the voice."""
    publisher = find_publisher(doc, world)
    return msgspec.structs.replace(
        doc,
        publisher_state=doc.publisher_state or (publisher.state or None if publisher else None),
        publisher_kind=doc.publisher_kind or (cast("PublisherKind", publisher.kind) or None if publisher else None),
        voice=voice,
        genre=genre,
    )


def made_by(world: World) -> MadeBy:
    return MadeBy(__version__, rules_version(), None, world.version)


@cache
def rules_version() -> str:
    """A hash of the finders and their word lists: another rule is another version."""
    digest = hashlib.sha256()
    stack = [files("communique.finding"), files("communique.text")]
    names: list[tuple[str, bytes]] = []
    while stack:
        for entry in stack.pop().iterdir():
            if entry.is_dir() and entry.name != "__pycache__":
                stack.append(entry)
            elif entry.name.endswith((".py", ".yml")):
                names.append((entry.name, entry.read_bytes()))
    for name, content in sorted(names):
        digest.update(name.encode() + content)
    return digest.hexdigest()[:12]
