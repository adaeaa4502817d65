"""Tables of short composed texts with what is expected beside them, and the records that they become.

A row is a line, its cells stand between |, ¶ is a line break, a line that starts with # is a comment. A row of a
WRONG table ends in a cell with the reason: it is read wrongly today, and the test says so when that changes.
"""

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

import communique
from communique.record.document import ActorRef
from communique.record.facts import Fact, Participation, Topic
from communique.record.record import Record
from communique.world.world import World, load_world

EXAMPLES = Path(__file__).parents[1] / "examples"


def fictional_world() -> World:
    return load_world([EXAMPLES / "world"])


def rows(table: str) -> list[list[str]]:
    lines = [line for line in table.strip().splitlines() if line.strip() and not line.startswith("#")]
    return [[cell.strip().replace("¶", "\n") for cell in line.split("|")] for line in lines]


def cases(right: str, wrong: str = "") -> list[ParameterSet]:
    """One case a row; a row of `wrong` is expected to fail, for the reason in its last cell."""
    kept = [pytest.param(*row, id=_name(row)) for row in rows(right)]
    failing = [
        pytest.param(*row[:-1], marks=pytest.mark.xfail(strict=True, reason=row[-1]), id=_name(row))
        for row in rows(wrong)
    ]
    return [*kept, *failing]


def _name(row: list[str]) -> str:
    return row[0].replace("\n", " ")[:70]


def read_text(text: str, publisher: str | None = "president.vl", published: str | None = "2026-05-14") -> Record:
    """The record of a Russian text of the fictional world; Veland's president publishes where nothing else is said."""
    return communique.read(text, publisher=publisher, published=published, language="ru", world=fictional_world())


def who(record: Record, ref: ActorRef | None) -> str:
    """The name behind a reference; `?` and the office where the text names nobody, `-` where there is no actor."""
    if ref is None:
        return "-"
    actor = record.actor(ref)
    assert actor is not None
    if actor.kind == "collective":
        return "they"
    return actor.name or f"? {actor.offices[0].code if actor.offices else actor.kind} {actor.represents or ''}".strip()


def names(record: Record, refs: tuple[ActorRef, ...]) -> str:
    return ", ".join(who(record, ref) for ref in refs) or "-"


def inferred(statement: Fact | Participation | Topic, field: str) -> bool:
    """Whether a field is inferred, not stated."""
    return any(i.field.split(".")[0] == field for i in statement.inferred)
