"""The tables of an archive, declared once; nothing here is particular to SQLite.

`store_documents` and `store_versions` keep what came in and what was read; `store_keys`, `store_terms` and `store_facts`
are derived from the current record of each document, and made anew with it. Views for people are in `views.py`.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 4
metadata = MetaData()
AnyRow = Row[*tuple[Any, ...]]


def _document() -> Column[int]:
    return Column("document", Integer, ForeignKey("store_documents.number"), nullable=False)


schema_version = Table(
    "store_schema_version",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("communique", Text, nullable=False),
)

documents = Table(
    "store_documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("url", Text, index=True),  # canonical
    Column("title", Text),
    Column("publisher", Text),
    Column("publisher_state", Text),
    Column("publisher_kind", Text),
    Column("language", Text),
    Column("genre", Text, nullable=False),
    Column("extent", Text, nullable=False),
    Column("rights", Text, nullable=False),
    Column("published", Text),
    Column("day", Text),  # what `list` sorts by: the first day of the first reported meeting, else of publication
    Column("current", Integer, nullable=False),  # the ordinal of the version that the derived tables describe
    Column("added_at", Text, nullable=False),
)
Index("store_documents_by_day", documents.c.day, documents.c.number)

versions = Table(
    "store_versions",
    metadata,
    Column("number", Integer, primary_key=True),
    _document(),
    Column("ordinal", Integer, nullable=False),
    Column("version", Text, nullable=False),  # sha256 of the text, as in the record
    Column("header", Text, nullable=False),  # hash of title, date, publisher ...: a corrected header is a version too
    Column("added_at", Text, nullable=False),
    Column("communique", Text, nullable=False),
    Column("rules", Text, nullable=False),
    Column("pack", Text),
    Column("world", Text),
    Column("read_at", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("original", LargeBinary, nullable=False),  # the bytes as they came, packed by zlib; so are those below
    Column("release", LargeBinary, nullable=False),  # the header as the intake found it
    Column("raw", LargeBinary),  # the intake's text where normalising changed it, and
    Column("map", LargeBinary),  # the steps of the way back from `text` to it
    Column("record", LargeBinary, nullable=False),  # JSON without document.text
    UniqueConstraint("document", "ordinal"),
    UniqueConstraint("document", "version", "header"),
)

# One row a reported meeting, or one for a document without any: what merging compares and `list` shows.
keys = Table(
    "store_keys",
    metadata,
    Column("number", Integer, primary_key=True),
    _document(),
    Column("meeting", Text),
    Column("relation", Text, nullable=False),
    Column("kind", Text),
    Column("status", Text),
    Column("mode", Text),
    Column("date", Text),  # EDTF as the record has it
    Column("day_from", Text),  # its first and last day; of publication where the meeting has no date
    Column("day_to", Text),
    Column("place", Text),
    Column("country", Text),
    Column("series", Text),
    Column("ordinal", Integer),
    Column("states", Text, nullable=False),  # codes, sorted, a space between; and so are:
    Column("people", Text, nullable=False),  # ids, or names with _ for spaces
    Column("topics", Text, nullable=False),
    Column("numbers", Text, nullable=False),  # code=value/unit of the figures
    Column("who", Text, nullable=False),  # as shown, inferred names in square brackets
    Column("inferred", Text, nullable=False),  # which of these fields no words state
    Index("store_keys_by_document", "document"),
    Index("store_keys_by_day", "day_from"),
)

# What a key can be found by: state codes, ids and words of names, topic codes.
terms = Table(
    "store_terms",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("key", Integer, ForeignKey("store_keys.number"), primary_key=True),
    Index("store_terms_by_key", "key"),
    sqlite_with_rowid=False,
)

facts = Table(
    "store_facts",
    metadata,
    Column("number", Integer, primary_key=True),
    _document(),
    Column("id", Text, nullable=False),
    Column("key", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("meeting", Text),
    Column("relation", Text, nullable=False),
    Column("said_by", Text, nullable=False),
    Column("kind", Text),  # the meeting's kind, the act, the paper's kind, the figure's measure ...
    Column("status", Text),
    Column("date", Text),
    Column("who", Text, nullable=False),
    Column("label", Text),  # the title, the undertaking, the words of the quote ...
    Column("value", Text),
    Column("unit", Text),
    Column("words", Text, nullable=False),  # the first evidence, and where it stands
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("inferred", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("confidence", Float),
    Column("origin", Text, nullable=False),
    Index("store_facts_by_document", "document"),
)

judgements = Table(
    "store_judgements",
    metadata,
    Column("number", Integer, primary_key=True),
    _document(),
    Column("key", Text, nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("value", Text),  # JSON: the corrected fields
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("why", Text),
    Column("withdrawn", Text),  # when
)

tombstones = Table(
    "store_tombstones",
    metadata,
    Column("mark", Text, primary_key=True),  # sha256 of the id or of the canonical address; nothing else is left
    Column("at", Text, nullable=False),
    Column("lifted", Boolean, nullable=False),
)

# An audit: a sample of what was read, drawn once, and what a person said of each claim in it.
audits = Table(
    "store_audits",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("documents", Integer, nullable=False),  # how many there were
    Column("claims", Integer, nullable=False),
)

audit_claims = Table(
    "store_audit_claims",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("audit", Integer, ForeignKey("store_audits.number"), nullable=False, index=True),
    _document(),
    Column("ordinal", Integer, nullable=False),  # of the version that was read
    Column("key", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),  # as it was shown
    Column("places", Text, nullable=False),  # JSON: [[start, end], ...] of the words in the text
    Column("inferred", Boolean, nullable=False),
    Column("rule", Text, nullable=False),
    Column("rules", Text, nullable=False),  # the version of the rules that read it
    Column("stratum", Integer, nullable=False),  # how many claims of this field there were
    Column("verdict", Text),  # right, wrong, unsure; null where nobody has said
    Column("by", Text),
    Column("said_at", Text),
)

# One row a reported meeting or a thing (paper, project, undertaking, unlinked person) of a page, for as long as the page tells of it;
# its number says who came first, the beginning of its name what it is.
nodes = Table(
    "store_nodes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("node", Text, nullable=False, unique=True),  # the key of the fact; of a person one of its own
    _document(),
    Column("key", LargeBinary, nullable=False),  # MessagePack of what merging compares
    Column("likeness", BigInteger, nullable=False, index=True),  # of all that it says: reprints share it
    Column("merged", Text, nullable=False, index=True),  # the node that came first of those that are one meeting
    Column("family", Text, nullable=False, index=True),  # the one that came first of the parts of one occasion
    Index("store_nodes_by_document", "document"),
    sqlite_autoincrement=True,
)

# Where a node can be met by another: hashes of a day with a person, of a title and the like.
blocks = Table(
    "store_blocks",
    metadata,
    Column("block", BigInteger, primary_key=True),
    Column("node", Integer, ForeignKey("store_nodes.number"), primary_key=True),
    Index("store_blocks_by_node", "node"),
    sqlite_with_rowid=False,
)

# What a person or a version of the rules says of two nodes; `verdict` is what was said, `in_force` what came of it.
pairs = Table(
    "store_pairs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("one", Text, nullable=False),  # one < other
    Column("other", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("in_force", Text, nullable=False),
    Column("score", Float),  # null where a person says it
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("why", Text),
    Column("withdrawn", Text),
    Index("store_pairs_by_one", "one"),
    Index("store_pairs_by_other", "other"),
)

DERIVED = (keys, facts)  # of the current record, by their `document`; terms hang on keys


def insert_row(connection: Connection, table: Table, row: dict[str, Any]) -> int:
    """Put one row in and return its number."""
    number = connection.execute(table.insert().values(**row)).inserted_primary_key
    assert number is not None
    return int(number[0])
