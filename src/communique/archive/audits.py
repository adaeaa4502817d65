"""Audits: a sample of claims kept with what a person said of each. Rows only; what is drawn is the question's matter."""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, insert, select, update

from communique.archive.judgements import now
from communique.archive.schema import AnyRow, audit_claims, audits, documents, insert_row
from communique.errors import ArchiveError

Answer = Literal["right", "wrong", "unsure"]


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """One sample: when and by which seed it was drawn, and of how much."""

    number: int = 0
    at: str = ""
    seed: int
    documents: int
    claims: int


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One value of one field, with the places of its words; `stratum` is how many claims of this field there were."""

    number: int = 0
    audit: int = 0
    document: str
    ordinal: int = 0
    key: str
    field: str
    value: str
    places: tuple[tuple[int, int], ...]
    inferred: bool
    rule: str
    rules: str
    stratum: int = 0
    verdict: Answer | None = None
    by: str | None = None
    said_at: str | None = None


def insert_audit(connection: Connection, audit: Audit, claims: Sequence[Claim]) -> int:
    """Keep a sample; returns the audit's number. ArchiveError for a document that is not there any more."""
    row = msgspec.structs.asdict(audit) | {"at": audit.at or now()}
    del row["number"]
    number = insert_row(connection, audits, row)
    wanted = {claim.document for claim in claims}
    rows = connection.execute(
        select(documents.c.id, documents.c.number, documents.c.current).where(documents.c.id.in_(wanted))
    )
    known = {row.id: row for row in rows}
    if missing := wanted - set(known):
        raise ArchiveError(f"{', '.join(sorted(missing))} was forgotten meanwhile; begin the audit again")
    connection.execute(insert(audit_claims), [_row(claim, number, known[claim.document]) for claim in claims])
    return number


def _row(claim: Claim, audit: int, document: AnyRow) -> dict[str, Any]:
    row = msgspec.structs.asdict(claim) | {"audit": audit, "document": document.number, "ordinal": document.current}
    row["places"] = msgspec.json.encode(claim.places).decode()
    del row["number"]
    return row


def select_audits(connection: Connection) -> list[Audit]:
    """The audits, the oldest first."""
    return [Audit(**row._mapping) for row in connection.execute(select(audits).order_by(audits.c.number))]


def select_claims(connection: Connection, audit: int | None = None) -> list[Claim]:
    """The claims of one audit, or of all, in the order in which they are asked."""
    query = select(audit_claims, documents.c.id.label("known_as")).join(
        documents, documents.c.number == audit_claims.c.document
    )
    query = query.order_by(audit_claims.c.number)
    rows = connection.execute(query if audit is None else query.where(audit_claims.c.audit == audit))
    return [_claim(row) for row in rows]


def _claim(row: AnyRow) -> Claim:
    plain = dict(row._mapping)
    plain["document"] = plain.pop("known_as")
    plain["places"] = msgspec.json.decode(plain["places"], type=tuple[tuple[int, int], ...])
    return Claim(**plain)


def update_answer(connection: Connection, number: int, answer: Answer | None, by: str) -> None:
    """What was said of a claim, or that nothing is said any more."""
    said = {"verdict": answer, "by": by if answer else None, "said_at": now() if answer else None}
    if not connection.execute(update(audit_claims).where(audit_claims.c.number == number).values(**said)).rowcount:
        raise ArchiveError(f"no claim has the number {number}; its document was forgotten meanwhile")
