"""The recorded steps from one schema to the next, one file a step: `m0002_...py` leads from version 1 to 2.

A new archive is made from schema.py at once; an older one goes through the steps it lacks, in one transaction. Each step
that was taken is a row of `store_schema_version`. A test holds that both ways lead to the same tables.
"""

import datetime
from collections.abc import Callable
from importlib import import_module

from sqlalchemy import Connection, inspect, select, text

from communique import __version__
from communique.archive import schema
from communique.archive.views import VIEWS
from communique.errors import ArchiveError

STEPS: dict[int, str] = {
    2: "m0002_audits",
    3: "m0003_merging",
    4: "m0004_things",
}  # the version it leads to -> its module


def version_of(connection: Connection) -> int:
    """The schema of an archive; 0 for an empty file."""
    if not inspect(connection).has_table(schema.schema_version.name):
        return 0
    return connection.scalar(select(schema.schema_version.c.version).order_by(schema.schema_version.c.version.desc()).limit(1)) or 0  # fmt: skip


def bring_up_to_date(connection: Connection) -> int:
    """Make the tables, or take the steps that are missing; returns the version it found. Newer is refused."""
    found = version_of(connection)
    refuse_newer(found)
    if found == schema.SCHEMA_VERSION:
        return found
    if not found:
        schema.metadata.create_all(connection)
        _record(connection, schema.SCHEMA_VERSION)
    else:
        _drop_views(connection)
        for version in range(found + 1, schema.SCHEMA_VERSION + 1):
            _step(version)(connection)
            _record(connection, version)
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))
    return found


def refuse_newer(found: int) -> None:
    """Raise ArchiveError for an archive that this version does not know."""
    if found > schema.SCHEMA_VERSION:
        raise ArchiveError(
            f"this archive has schema {found}, and Communiqué {__version__} knows schemas up to {schema.SCHEMA_VERSION}; "
            "upgrade communique. Nothing was changed"
        )


def _step(version: int) -> Callable[[Connection], None]:
    step: Callable[[Connection], None] = import_module(f"{__name__}.{STEPS[version]}").migrate
    return step


def _drop_views(connection: Connection) -> None:
    for name in inspect(connection).get_view_names():
        connection.execute(text(f"DROP VIEW {name}"))


def _record(connection: Connection, version: int) -> None:
    at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    connection.execute(schema.schema_version.insert().values(version=version, at=at, communique=__version__))
