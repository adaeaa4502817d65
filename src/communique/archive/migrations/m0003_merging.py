"""Schema 3: reported meetings as nodes, their blocks, and what is said of pairs. The meetings that are there are merged."""

from sqlalchemy import Connection, and_, select

from communique.archive import schema
from communique.archive.merging import write_nodes
from communique.archive.packing import unpack_record
from communique.matching.keys import keys_of


def migrate(connection: Connection) -> None:
    """Make the tables, and give every document its nodes, in the order in which they came."""
    schema.metadata.create_all(connection, tables=[schema.nodes, schema.blocks, schema.pairs])
    v, d = schema.versions.c, schema.documents.c
    query = select(d.number, v.record, v.text).join(
        schema.documents, and_(v.document == d.number, v.ordinal == d.current)
    )
    for row in connection.execute(query.order_by(d.number)).all():
        write_nodes(connection, row.number, keys_of(unpack_record(row.record, row.text)))
