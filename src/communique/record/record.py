"""The record of one document, and the checks that no Record can escape.

In: a document, its actors and facts. Out: an immutable Record, or EvidenceError / RecordError.
Holds always: every evidence stands in the text; every non-null field is stated by evidence or listed in `inferred`;
every reference resolves. The checks run on construction, replacement, conversion and decoding alike.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import msgspec

from communique.errors import EvidenceError, RecordError
from communique.record.dates import Date
from communique.record.document import ActorRef, Document, Evidence, iter_refs
from communique.record.facts import (
    Act,
    Actor,
    Agreement,
    Commitment,
    Fact,
    Figure,
    Meeting,
    Participation,
    Project,
    Quote,
    Topic,
)
from communique.record.vocabulary import CoverageState

SCHEMA = "communique.record/1"
KINDS = ("meetings", "quotes", "acts", "agreements", "projects", "commitments", "figures")

# Derived fields, codes and plain bookkeeping: rule 2 of the contract asks neither evidence nor inference for them.
_NEEDS_NO_PROOF = frozenset(
    "id key meeting relation said_by rule confidence evidence inferred origin format order strength plover "
    "cameo part_of ref code names members mentions same_as participants topics change_percent compared_with".split()
)
_ACTOR_PROVES = ("name", "offices", "represents", "organisation")


class MadeBy(msgspec.Struct, frozen=True):
    """The versions that made a record: the package, its rules, the model pack and the world."""

    communique: str
    rules: str
    pack: str | None = None
    roster: str | None = None


class Coverage(msgspec.Struct, frozen=True):
    """Per type of fact, whether this document was read for it at all: silence is not absence."""

    meetings: CoverageState = "failed"
    quotes: CoverageState = "failed"
    acts: CoverageState = "failed"
    agreements: CoverageState = "failed"
    projects: CoverageState = "failed"
    commitments: CoverageState = "failed"
    figures: CoverageState = "failed"

    @classmethod
    def whole(cls, state: CoverageState) -> "Coverage":
        return cls(*[state] * len(cls.__struct_fields__))


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something met and not resolved: a code for scripts, a sentence for people, the place where there is one."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None
    count: int = 1


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What one readout becomes. Top-level keys that start with `x_` are kept in `extensions` and written back."""

    schema: str = SCHEMA
    made_by: MadeBy
    document: Document
    actors: tuple[Actor, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    quotes: tuple[Quote, ...] = ()
    acts: tuple[Act, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    projects: tuple[Project, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    figures: tuple[Figure, ...] = ()
    coverage: Coverage = Coverage()
    problems: tuple[Problem, ...] = ()
    extensions: dict[str, Any] = {}

    def __post_init__(self) -> None:
        check_record(self)

    @property
    def facts(self) -> Iterator[Fact]:
        """Every fact, meetings first, in the order of the text within a type."""
        for kind in KINDS:
            yield from getattr(self, kind)

    def actor(self, ref: ActorRef | str | None) -> Actor | None:
        """The actor behind a reference, or None."""
        wanted = ref.ref if isinstance(ref, ActorRef) else ref
        return next((a for a in self.actors if a.ref == wanted), None)

    def _repr_html_(self) -> str:
        from communique.record.markup import record_html  # only a notebook needs it

        return record_html(self)


Statement = Fact | Actor | Participation | Topic


def check_record(record: Record) -> None:
    """Raise EvidenceError or RecordError unless the record keeps the four rules."""
    if record.schema != SCHEMA:
        raise RecordError(f"schema {record.schema!r}; this version reads {SCHEMA!r}: upgrade communique")
    doc = record.document
    refs = {a.ref for a in record.actors}
    if len(refs) != len(record.actors):
        raise RecordError("two actors share one ref; every actor needs its own")
    for actor in record.actors:
        _check_statement(actor, doc, refs)
        if stray := [m for m in actor.members if m not in refs]:
            raise RecordError(f"actor {actor.ref} has members {stray} that are no actors of this record")
        if any(not 0 <= m.start < m.end <= len(doc.text) for m in actor.mentions):
            raise EvidenceError(f"a mention of actor {actor.ref} lies outside the text")
    if doc.voice is not None:
        _check_ref(doc.voice, doc, refs)
    ids: set[str] = set()
    for fact in record.facts:
        if fact.id in ids:
            raise RecordError(f"two facts bear the id {fact.id!r}")
        ids.add(fact.id)
        if not fact.evidence:
            raise EvidenceError(f"{type(fact).__name__} {fact.id!r} has no evidence")
        _check_statement(fact, doc, refs)
        if isinstance(fact, Quote):
            _check_quote(fact, doc)
        if isinstance(fact, Meeting):
            parts: tuple[Participation | Topic, ...] = (*fact.participants, *fact.topics)
            for part in parts:
                if not part.evidence:
                    raise EvidenceError(f"{type(part).__name__} of meeting {fact.id!r} has no evidence")
                _check_statement(part, doc, refs)
    _check_links(record, ids)


def _check_links(record: Record, ids: set[str]) -> None:
    for fact in record.facts:
        for target in (fact.meeting, getattr(fact, "part_of", None), fact.said_by):
            if target not in (None, "narrator") and target not in ids:
                raise RecordError(f"fact {fact.id!r} points to {target!r}, which is no fact of this record")


def _check_statement(statement: Statement, doc: Document, refs: set[str]) -> None:
    """Evidence stands in the text, every field is proven, and words repeated from the text stand inside their proof."""
    for evidence in statement.evidence:
        if not doc.holds(evidence):
            found = doc.text[evidence.start : evidence.end]
            raise EvidenceError(
                f"evidence {evidence.start}–{evidence.end} reads {found!r} in the text, not {evidence.quote!r}; "
                "make evidence with Document.cite"
            )
    if not statement.evidence and not statement.inferred and not isinstance(statement, Actor):
        raise EvidenceError(f"{type(statement).__name__} without evidence")
    inferred = {i.field.split(".")[0] for i in statement.inferred}
    for field, value in _fields_to_prove(statement):
        proofs = [e for e in statement.evidence if any(f.split(".")[0] == field for f in e.fields)]
        if not proofs and field not in inferred:
            raise EvidenceError(
                f"{type(statement).__name__}.{field} = {_short(value)} is neither in the fields of an evidence "
                "nor in inferred"
            )
        for ref in iter_refs(value):
            _check_ref(ref, doc, refs)
            if ref.start is not None and ref.end is not None and not _within(ref.start, ref.end, proofs):
                raise EvidenceError(f"the words {ref.as_written!r} of {field} stand outside the evidence of that field")
        if isinstance(value, Date) and field not in inferred and not any(value.original in e.quote for e in proofs):
            raise EvidenceError(f"the date {value.original!r} of {field} stands outside the evidence of that field")


def _check_ref(ref: ActorRef, doc: Document, refs: set[str]) -> None:
    if ref.ref not in refs:
        raise RecordError(f"reference to actor {ref.ref!r}, which is not in actors")
    if ref.start is not None and ref.end is not None and doc.text[ref.start : ref.end] != ref.as_written:
        raise EvidenceError(
            f"actor {ref.ref} as written {ref.as_written!r} is not what stands at {ref.start}–{ref.end}"
        )
    if (ref.start is None) != (ref.as_written is None) or (ref.start is None) != (ref.end is None):
        raise EvidenceError(f"actor reference {ref.ref}: as_written, start and end are set together or not at all")


def _check_quote(quote: Quote, doc: Document) -> None:
    words = [e for e in quote.evidence if "text" in e.fields]
    whole = doc.text[words[0].start : words[-1].end] if words else ""
    if not words or words[0] is not quote.evidence[0] or quote.text not in (whole, " ".join(e.quote for e in words)):
        raise EvidenceError(f"the text of quote {quote.id!r} is not the words of its first evidence")


def _within(start: int, end: int, proofs: Iterable[Evidence]) -> bool:
    return any(e.start <= start and end <= e.end for e in proofs)


def _fields_to_prove(statement: Statement) -> Iterator[tuple[str, object]]:
    for field, default in _provable(type(statement)):
        value = getattr(statement, field)
        if value is not None and value != () and value != default:
            yield field, value


@lru_cache
def _provable(kind: type[Statement]) -> tuple[tuple[str, object], ...]:
    """The fields of a type that need proof, with their plain defaults."""
    return tuple(
        (f.name, f.default)
        for f in msgspec.structs.fields(kind)
        if (f.name in _ACTOR_PROVES if kind is Actor else f.name not in _NEEDS_NO_PROOF)
    )


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) < 80 else text[:77] + "..."
