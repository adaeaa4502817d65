"""Schema 4: papers, projects, undertakings and unlinked people are nodes too, and meetings stand in other blocks.

No table changes; all that is there is merged anew, and the number of each node stays.
"""

from sqlalchemy import Connection

from communique.archive.migrations.m0003_merging import renew_nodes
from communique.matching.nodes import all_keys_of


def migrate(connection: Connection) -> None:
    """Give every document its nodes by today's keys."""
    renew_nodes(connection, all_keys_of)
