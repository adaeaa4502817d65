"""The document that a person means by an id, an address or the beginning of an id."""

from sqlalchemy import Connection, select

from communique.archive import schema as s
from communique.errors import ArchiveError, UnknownDocument
from communique.text.release import canonical_url


def find_one(connection: Connection, wanted: str) -> s.AnyRow:
    """The document with this id or address, or the only one whose id begins so; ArchiveError for none or several."""
    columns = select(s.documents)
    rows = connection.execute(columns.where(s.documents.c.id.in_([wanted, canonical_url(wanted) or wanted]))).all()
    rows = rows or connection.execute(columns.where(s.documents.c.url == canonical_url(wanted)).limit(3)).all()
    if not rows and wanted:
        above = wanted[:-1] + chr(ord(wanted[-1]) + 1)
        rows = connection.execute(columns.where(s.documents.c.id >= wanted, s.documents.c.id < above).limit(3)).all()
    if len(rows) == 1:
        return rows[0]
    if rows:
        raise ArchiveError(
            f"several documents match {wanted!r}: {', '.join(r.id for r in rows)} ...; write more of the id"
        )
    raise UnknownDocument(f"no document {wanted!r} is in the archive; communique list --format jsonl names them all")
