"""Schema 2: audits and their claims."""

from sqlalchemy import Connection

from communique.archive import schema


def migrate(connection: Connection) -> None:
    """Make the two tables."""
    schema.metadata.create_all(connection, tables=[schema.audits, schema.audit_claims])
