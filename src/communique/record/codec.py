"""Records to bytes and back. Unknown keys that start with `x_` survive at the top level; others are an error."""

from typing import Any

import msgspec

from communique.errors import CommuniqueError, RecordError
from communique.record.record import Record


def to_builtins(record: Record) -> dict[str, Any]:
    """The record as plain dicts and lists, keys in the order of the contract."""
    plain: dict[str, Any] = msgspec.to_builtins(record)
    return {**{k: v for k, v in plain.items() if k != "extensions"}, **plain["extensions"]}


def encode(record: Record) -> bytes:
    """One line of UTF-8 JSON without a newline; the same record gives the same bytes on every machine."""
    return msgspec.json.encode(to_builtins(record))


def convert(plain: dict[str, Any]) -> Record:
    """A record from plain dicts; raises RecordError or EvidenceError with what is wrong and where."""
    if not isinstance(plain, dict):
        raise RecordError("a record is a JSON object; this is a " + type(plain).__name__)
    ours = {k: v for k, v in plain.items() if not k.startswith("x_")}
    if stray := set(ours) - (set(Record.__struct_fields__) - {"extensions"}):
        raise RecordError(f"unknown keys {sorted(stray)}; keys outside the contract start with x_")
    extensions = {k: v for k, v in plain.items() if k.startswith("x_")}
    try:
        return msgspec.convert({**ours, "extensions": extensions}, Record)
    except msgspec.ValidationError as error:
        if isinstance(error.__cause__, CommuniqueError):
            raise error.__cause__ from None
        raise RecordError(f"not a record: {error}") from None


def decode(data: bytes | str) -> Record:
    """A record from JSON; raises RecordError or EvidenceError."""
    try:
        plain = msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise RecordError(f"not JSON: {error}") from None
    return convert(plain)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the record, derived from the types."""
    schema, components = msgspec.json.schema_components([Record], ref_template="#/$defs/{name}")
    record = components["Record"]
    record["properties"].pop("extensions", None)
    record["patternProperties"] = {"^x_": {}}
    record["additionalProperties"] = False
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema[0], "$defs": components}
