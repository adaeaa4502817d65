"""A record as JSON Lines: a line for its document, then one for each fact with the actors that it names.

Nothing is dropped: evidence and what is inferred stand in every line, as in the record.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from communique.record.codec import to_builtins
from communique.record.facts import Actor
from communique.record.record import KINDS, Record


def export_lines(record: Record, *, with_text: bool = False, precise: bool = False) -> Iterator[bytes]:
    """The lines of one record, without line feeds; a text that may only be quoted is left out.

    `precise` leaves out the names, states and ids that rest on a tenure without a source.
    """
    if precise:
        record = msgspec.structs.replace(record, actors=tuple(map(only_verified, record.actors)))
    plain = to_builtins(record)
    doc = plain["document"]
    if not with_text or doc["rights"] == "quote_only":
        del doc["text"]
    about = {name: plain[name] for name in ("made_by", "coverage", "problems")}
    yield msgspec.json.encode({"type": "document", **doc, **about})
    for kind in KINDS:
        for fact in plain[kind]:
            line = {"type": kind.removesuffix("s"), "document": doc["id"], "version": doc["version"], **fact}
            yield msgspec.json.encode({**line, "actors_named": _actors(record, fact)})


def only_verified(actor: Actor) -> Actor:
    """The actor without what only a tenure without a source says of it."""
    doubtful = {i.field for i in actor.inferred if i.unverified}
    if not doubtful:
        return actor
    kept = tuple(i for i in actor.inferred if i.field not in doubtful)
    without = {name: None for name in ("name", "represents", "id") if name in doubtful}
    names = {} if "name" in doubtful else actor.names
    return msgspec.structs.replace(actor, inferred=kept, names=names, **without)


def _actors(record: Record, fact: dict[str, Any]) -> list[Any]:
    """The actors behind the references of a fact, and the members of collectives."""
    named = set(_refs(fact))
    named |= {member for actor in record.actors if actor.ref in named for member in actor.members}
    return [msgspec.to_builtins(actor) for actor in record.actors if actor.ref in named]


def _refs(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("ref"), str):
            yield value["ref"]
        for part in value.values():
            yield from _refs(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _refs(part)
