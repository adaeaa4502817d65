"""What people decided about facts: rows by the fact's key, applied when a record is shown, never written into it.

`confirmed` leaves the fact and says so, `wrong` takes it away, `corrected` puts other values in, inferred from whoever
said so. Later rows go before earlier ones; a row that was withdrawn does nothing. The record keeps its four rules.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeVar, get_args

import msgspec
from sqlalchemy import Connection, select

from communique.archive.schema import AnyRow, documents, facts, insert_row, judgements
from communique.errors import ArchiveError, CommuniqueError
from communique.record.document import Evidence, Inferred
from communique.record.facts import Fact
from communique.record.identity import content_id
from communique.record.record import Problem, Record

Verdict = Literal["confirmed", "wrong", "corrected"]
F = TypeVar("F", bound=Fact)
_KINDS = ("meetings", "quotes", "acts", "agreements", "projects", "commitments", "figures")
_FIXED = frozenset("id key meeting relation said_by rule confidence evidence inferred origin part_of".split())


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about the fact that bears a key; `value` holds the corrected fields."""

    number: int = 0
    document: str = ""
    key: str
    verdict: Verdict
    value: dict[str, Any] | None = None
    by: str
    at: str = ""
    why: str | None = None
    withdrawn: str | None = None


def now() -> str:
    """The time as rows write it."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def insert_judgement(connection: Connection, judgement: Judgement) -> int:
    """Keep a judgement and return its number; ArchiveError when no fact bears its key, or its value does not fit."""
    number = connection.scalar(select(facts.c.document).where(facts.c.key == judgement.key).limit(1))
    if number is None:
        raise ArchiveError(
            f"no fact has the key {judgement.key!r}; the view facts names them: SELECT key, words FROM facts"
        )
    if judgement.verdict not in get_args(Verdict):
        raise ArchiveError(f"a verdict is one of {', '.join(get_args(Verdict))}, not {judgement.verdict!r}")
    if (judgement.verdict == "corrected") != bool(judgement.value):
        raise ArchiveError(
            "corrected needs the fields in value, such as {'status': 'planned'}; other verdicts have none"
        )
    row = msgspec.structs.asdict(judgement) | {"document": number, "at": judgement.at or now()}
    row["value"] = msgspec.json.encode(judgement.value).decode() if judgement.value else None
    del row["number"]
    return insert_row(connection, judgements, row)


def select_judgements(connection: Connection, document: int | None = None) -> list[Judgement]:
    """All judgements, or those of one document, in the order in which they were made."""
    query = _JUDGEMENTS if document is None else _JUDGEMENTS.where(judgements.c.document == document)
    return [_judgement(row) for row in connection.execute(query)]


def select_orphans(connection: Connection) -> list[Judgement]:
    """Judgements in force whose key no fact bears any more: the rules no longer find it, or the text has changed."""
    alive = select(facts.c.key).where(facts.c.key == judgements.c.key).exists()
    query = _JUDGEMENTS.where(~alive, judgements.c.withdrawn.is_(None))
    return [_judgement(row) for row in connection.execute(query)]


_JUDGEMENTS = (
    select(judgements, documents.c.id.label("known_as"))
    .join(documents, documents.c.number == judgements.c.document)
    .order_by(judgements.c.number)
)


def _judgement(row: AnyRow) -> Judgement:
    plain = dict(row._mapping)
    plain["document"] = plain.pop("known_as")
    plain["value"] = msgspec.json.decode(plain["value"]) if plain["value"] else None
    return Judgement(**plain)


def apply_judgements(record: Record, rows: Iterable[Judgement]) -> Record:
    """The record as people left it; a correction that no longer fits becomes a problem, and the fact stays."""
    decided = [row for row in rows if row.withdrawn is None]
    for row in decided:
        try:
            record = _apply(record, row)
        except (CommuniqueError, msgspec.ValidationError) as error:
            message = f"the judgement of {row.by} on {row.key} could not be applied: {error}"
            problems = (*record.problems, Problem(code="judgement_not_applied", message=message))
            record = msgspec.structs.replace(record, problems=problems)
    return _without(record, {row.key for row in _last(decided) if row.verdict == "wrong"})


def _last(rows: Sequence[Judgement]) -> Iterable[Judgement]:
    return {row.key: row for row in rows}.values()


def _apply(record: Record, row: Judgement) -> Record:
    fact = next((f for f in record.facts if f.key == row.key), None)
    if fact is None:
        return record
    judged = msgspec.structs.replace(fact, origin="reviewed")
    if row.verdict == "corrected":
        judged = _corrected(judged, row)
        judged = msgspec.structs.replace(judged, id=content_id(judged, record.document.id))
    return _replaced(record, {fact.id: judged})


def _corrected(fact: F, row: Judgement) -> F:
    """Other values in some fields: no words of the text prove them, so they are inferred from the reviewer."""
    fields = row.value or {}
    types = {f.name: f.type for f in msgspec.structs.fields(type(fact)) if f.name not in _FIXED}
    if stray := set(fields) - set(types):
        raise ArchiveError(
            f"{type(fact).__name__.lower()} has no field {', '.join(sorted(stray))} that could be corrected"
        )
    values = {name: msgspec.convert(value, types[name]) for name, value in fields.items()}
    inferred = [i for i in fact.inferred if i.field.split(".")[0] not in fields]
    inferred += [Inferred(name, row.why or "corrected", f"review by {row.by}, {row.at[:10]}") for name in fields]
    evidence = tuple(_less(e, set(fields)) for e in fact.evidence)
    return msgspec.structs.replace(fact, **values, evidence=evidence, inferred=tuple(inferred))


def _less(evidence: Evidence, fields: set[str]) -> Evidence:
    """The words stay as the place of the fact; they no longer prove what was corrected."""
    left = tuple(f for f in evidence.fields if f.split(".")[0] not in fields)
    return msgspec.structs.replace(evidence, fields=left)


def _without(record: Record, keys: set[str]) -> Record:
    gone: dict[str, Fact | None] = {fact.id: None for fact in record.facts if fact.key in keys}
    return _replaced(record, gone) if gone else record


def _replaced(record: Record, by_id: dict[str, Fact | None]) -> Record:
    """The record with some facts changed or taken away, and every reference to them following."""
    ids = {old: fact.id if fact else None for old, fact in by_id.items()}
    changed: dict[str, Any] = {}
    for kind in _KINDS:
        kept = [by_id.get(fact.id, fact) for fact in getattr(record, kind)]
        changed[kind] = tuple(_pointing(fact, ids) for fact in kept if fact)
    return msgspec.structs.replace(record, **changed)


def _pointing(fact: F, ids: dict[str, str | None]) -> F:
    moved: dict[str, Any] = {"said_by": ids.get(fact.said_by, fact.said_by) or "narrator"}
    for name in ("meeting", "part_of", "same_as"):
        target = getattr(fact, name, None)
        if target in ids:
            moved[name] = ids[target]
    return msgspec.structs.replace(fact, **moved)
