"""A record as a flat list of statements: each with its fields in comparable form, and what proves them.

In: a Record. Out: one Statement for the document, for each actor, each fact, each participation and each topic.
Ids, keys, rules, offsets and confidences are left out: two records say the same when their statements are equal.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from communique.record.document import ActorRef, Evidence
from communique.record.facts import Actor
from communique.record.record import Record

Mapper = Callable[[str, str], str]  # (key of the value, string) -> comparable string
_BOOKKEEPING = frozenset(
    "id key meeting rule confidence evidence inferred origin part_of same_as mentions ref order".split()
)


@dataclass(frozen=True)
class Statement:
    """One statement: its type, its non-empty fields as comparable strings, which of them are inferred, its proof."""

    kind: str
    fields: dict[str, str]
    evidence: tuple[Evidence, ...]

    def __str__(self) -> str:
        return f"{self.kind} " + "; ".join(f"{k}={v}" for k, v in self.fields.items())


def _as_is(_: str, words: str) -> str:
    return words


def statements(record: Record, mapper: Mapper = _as_is) -> list[Statement]:
    """Every statement of the record; strings pass through `mapper`, which may map names back."""
    return list(_iter(record, _Reader(record, mapper)))


def _iter(record: Record, reader: "_Reader") -> Iterator[Statement]:
    doc = record.document
    about = {"genre": doc.genre, "publisher_state": doc.publisher_state, "voice": doc.voice, "language": doc.language}
    yield Statement("Document", reader.mapping(about), ())
    for actor in record.actors:
        yield reader.statement(actor)
    for fact in record.facts:
        yield reader.statement(fact)
        for part in (*getattr(fact, "participants", ()), *getattr(fact, "topics", ())):
            yield reader.statement(part)


class _Reader:
    def __init__(self, record: Record, mapper: Mapper) -> None:
        self.record, self.mapper = record, mapper

    def statement(self, thing: Any) -> Statement:
        plain = {f.name: getattr(thing, f.name) for f in msgspec.structs.fields(type(thing))}
        for name in (*_BOOKKEEPING, "participants", "topics"):
            plain.pop(name, None)
        if "said_by" in plain:
            plain["said_by"] = "narrator" if plain["said_by"] == "narrator" else "quote"
        if isinstance(thing, Actor):
            plain.pop("members"), plain.pop("names")
        inferred = {i.field.split(".")[0] for i in thing.inferred}
        fields = {k: v + (" [inferred]" if k in inferred else "") for k, v in self.mapping(plain).items()}
        return Statement(type(thing).__name__, fields, thing.evidence)

    def mapping(self, plain: dict[str, Any]) -> dict[str, str]:
        return {k: self.text(k, v) for k, v in plain.items() if v not in (None, (), {}, False, "")}

    def text(self, key: str, value: Any) -> str:
        """A value as a comparable string; actors by who they are, not by their ref."""
        if isinstance(value, ActorRef):
            return self.actor(value)
        if isinstance(value, tuple):
            return "[" + ", ".join(self.text(key, v) for v in value) + "]"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{k}: {self.text(str(k), v)}" for k, v in value.items() if v is not None) + "}"
        if isinstance(value, msgspec.Struct):
            inner = {
                f.name: getattr(value, f.name) for f in msgspec.structs.fields(type(value)) if f.name != "original"
            }
            return self.text(key, {k: v for k, v in inner.items() if v not in (None, (), {}, "")})
        return self.mapper(key, str(value))

    def actor(self, ref: ActorRef) -> str:
        actor = self.record.actor(ref)
        if actor is None:
            return "?"
        name = self.mapper("name", actor.name) if actor.name else "/".join(o.code for o in actor.offices)
        return f"{actor.kind}:{name or self.mapper('represents', actor.represents or '?')}"
