"""Schema 3: reported meetings as nodes, their blocks, and what is said of pairs. The meetings that are there are merged."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, and_, delete, select

from communique.archive import schema
from communique.archive.merging import write_nodes
from communique.archive.packing import unpack_record
from communique.matching.keys import keys_of
from communique.matching.nodes import Key
from communique.record.record import Record


def migrate(connection: Connection) -> None:
    """Make the tables, and give every document its nodes."""
    schema.metadata.create_all(connection, tables=[schema.nodes, schema.blocks, schema.pairs])
    renew_nodes(connection, keys_of)


def renew_nodes(connection: Connection, keys_of: Callable[[Record], Sequence[Key]]) -> None:
    """The nodes of every document as these keys have them, in the order in which the documents came; people's words stay."""
    n = schema.nodes.c
    connection.execute(delete(schema.blocks))
    connection.execute(delete(schema.pairs).where(schema.pairs.c.score.is_not(None)))
    connection.execute(schema.nodes.update().values(merged=n.node, family=n.node))
    v, d = schema.versions.c, schema.documents.c
    query = select(d.number, v.record, v.text).join(
        schema.documents, and_(v.document == d.number, v.ordinal == d.current)
    )
    for row in connection.execute(query.order_by(d.number)).all():
        write_nodes(connection, row.number, keys_of(unpack_record(row.record, row.text)), anew=True)
