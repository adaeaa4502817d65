"""What people decided about facts: rows by the fact's key, applied when a record is shown, never written into it.

`confirmed` leaves the fact and says so, `wrong` takes it away, `corrected` puts other values in, `entered` adds a fact that
no rule found. Later rows go before earlier ones; a row that was withdrawn does nothing. The record keeps its four rules.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeVar, get_args

import msgspec
from sqlalchemy import Connection, select

from communique.archive.corrections import corrected, entered
from communique.archive.schema import AnyRow, documents, facts, insert_row, judgements
from communique.errors import ArchiveError, CommuniqueError
from communique.record.facts import Fact
from communique.record.record import KINDS, Problem, Record
from communique.record.vocabulary import Origin

Verdict = Literal["confirmed", "wrong", "corrected", "entered"]
F = TypeVar("F", bound=Fact)


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about the fact that bears a key; `value` holds the corrected fields, or the fact that was entered."""

    number: int = 0
    document: str = ""
    key: str
    verdict: Verdict
    value: dict[str, Any] | None = None
    by: str
    at: str = ""
    why: str | None = None
    withdrawn: str | None = None


_others = judgements.alias()


def now() -> str:
    """The time as rows write it."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def insert_judgement(connection: Connection, judgement: Judgement) -> int:
    """Keep a judgement and return its number; ArchiveError when no fact bears its key, or its value does not fit."""
    number = connection.scalar(select(facts.c.document).where(facts.c.key == judgement.key).limit(1))
    if number is None and judgement.document:  # a fact that was entered by hand bears a key that no rule has given
        mine = (judgements.c.key == judgement.key, judgements.c.verdict == "entered", judgements.c.withdrawn.is_(None))
        if judgement.verdict == "entered" or connection.scalar(select(judgements.c.number).where(*mine).limit(1)):
            number = connection.scalar(select(documents.c.number).where(documents.c.id == judgement.document))
    if number is None:
        raise ArchiveError(
            f"no fact has the key {judgement.key!r}; the view facts names them: SELECT key, words FROM facts"
        )
    if judgement.verdict not in get_args(Verdict):
        raise ArchiveError(f"a verdict is one of {', '.join(get_args(Verdict))}, not {judgement.verdict!r}")
    if (judgement.verdict in ("corrected", "entered")) != bool(judgement.value):
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
    by_hand = _others.c.key == judgements.c.key, _others.c.verdict == "entered"
    entered_too = select(_others.c.number).where(*by_hand, _others.c.withdrawn.is_(None)).exists()
    query = _JUDGEMENTS.where(~alive, ~entered_too, judgements.c.withdrawn.is_(None))
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
    if row.verdict == "entered":
        return entered(record, row.key, row.value or {})
    fact = next((f for f in record.facts if f.key == row.key), None)
    if fact is None:
        return record
    judged = fact
    if row.verdict == "corrected":
        why, source = row.why or "corrected", f"review by {row.by}, {row.at[:10]}"
        record, judged = corrected(record, fact, row.value or {}, why, source)
    return _replaced(record, {fact.id: msgspec.structs.replace(judged, origin=_origin(fact))})


def _origin(fact: Fact) -> Origin:
    return "entered" if fact.origin == "entered" else "reviewed"


def _without(record: Record, keys: set[str]) -> Record:
    gone: dict[str, Fact | None] = {fact.id: None for fact in record.facts if fact.key in keys}
    return _replaced(record, gone) if gone else record


def _replaced(record: Record, by_id: dict[str, Fact | None]) -> Record:
    """The record with some facts changed or taken away, and every reference to them following."""
    ids = {old: fact.id if fact else None for old, fact in by_id.items()}
    changed: dict[str, Any] = {}
    for kind in KINDS:
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
