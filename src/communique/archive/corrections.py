"""What a reviewer wrote in place of a fact, or beside all facts: as the value of a row, and back into a record.

A value holds fields; beside them `evidence`, the words that prove them, and `people`, whoever they name. Refs of actors
belong to one reading: another reading numbers its people anew, so the people of a row are found again by who they are.
Words that no longer stand in the text prove nothing: the field is then inferred from the reviewer.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from communique.errors import ArchiveError
from communique.record.document import Evidence, Inferred, iter_refs
from communique.record.facts import Actor, Fact, Meeting, Quote
from communique.record.identity import PREFIX, content_id, digest
from communique.record.record import KINDS, Record

F = TypeVar("F", bound=Fact)
_FIXED = frozenset("id key meeting said_by rule confidence evidence inferred origin part_of".split())
_NO_PROOF = frozenset(("relation", "format", "order"))
_BESIDE = frozenset(("evidence", "people"))


def correction_of(before: F, after: F, actors: Sequence[Actor]) -> dict[str, Any]:
    """The value of a row that turns one fact into another; empty where they say the same."""
    names = [f.name for f in msgspec.structs.fields(type(before)) if f.name not in _FIXED]
    changed = [n for n in names if getattr(before, n) != getattr(after, n) or _proofs(before, n) != _proofs(after, n)]
    if not changed:
        return {}
    fields = {n: getattr(after, n) for n in changed}
    evidence = [p for e in after.evidence if (p := _only(e, changed)).fields]
    named = {ref.ref for ref in iter_refs(tuple(fields.values()))}
    value = {**fields, "evidence": evidence, "people": [a for a in actors if a.ref in named]}
    return dict(msgspec.to_builtins({k: v for k, v in value.items() if v or k not in _BESIDE}))


def entry_key(fact: Fact) -> str:
    """The key of a fact written by hand: of its content, since the counters of a sentence belong to what rules find."""
    return f"{PREFIX[type(fact).__name__]}-{digest('entered', fact.id)}"


def entry_of(fact: Fact, actors: Sequence[Actor]) -> dict[str, Any]:
    """The value of a row for a fact that no rule found."""
    named = {ref.ref for ref in iter_refs(fact)}
    plain = msgspec.to_builtins(fact)
    for name in ("id", "key", "meeting", "said_by", "part_of", "rule", "confidence", "origin"):
        plain.pop(name, None)
    return {
        "type": type(fact).__name__,
        "fact": plain,
        "people": msgspec.to_builtins([a for a in actors if a.ref in named]),
    }


def corrected(record: Record, fact: Fact, value: Mapping[str, Any], why: str, source: str) -> tuple[Record, Fact]:
    """The record with the people of the value, and the fact with its fields."""
    fields = {name: given for name, given in value.items() if name not in _BESIDE}
    types = {f.name: f.type for f in msgspec.structs.fields(type(fact)) if f.name not in _FIXED}
    if stray := set(fields) - set(types):
        raise ArchiveError(
            f"{type(fact).__name__.lower()} has no field {', '.join(sorted(stray))} that could be corrected"
        )
    record, refs = _with_people(record, msgspec.convert(value.get("people", ()), tuple[Actor, ...]))
    values = {name: msgspec.convert(_renamed(given, refs), types[name]) for name, given in fields.items()}
    given = msgspec.convert(value.get("evidence", ()), tuple[Evidence, ...])
    proofs = tuple(e for e in given if record.document.holds(e))
    proven = {f.split(".")[0] for e in proofs for f in e.fields}
    unproven = set(fields) - proven - _NO_PROOF
    inferred = [i for i in fact.inferred if i.field.split(".")[0] not in fields]
    inferred += [Inferred(name, why, source) for name in fields if name in unproven]
    evidence = tuple(_less(e, set(fields)) for e in fact.evidence)
    first = tuple(e for e in proofs if isinstance(fact, Quote) and "text" in e.fields)  # a quote begins with its words
    rest = tuple(e for e in proofs if e not in first)
    changed = msgspec.structs.replace(fact, **values, evidence=(*first, *evidence, *rest), inferred=tuple(inferred))
    return record, msgspec.structs.replace(changed, id=content_id(changed, record.document.id))


def entered(record: Record, key: str, value: Mapping[str, Any]) -> Record:
    """The record with a fact that a reviewer wrote; unchanged where a rule finds it by now."""
    kinds = {kind.__name__: (kind, name) for name, kind in _types()}
    kind, name = kinds[value["type"]]
    found: Fact = msgspec.convert(value["fact"], kind)
    if any(_found(fact, found) for fact in getattr(record, name)):
        return record
    record, refs = _with_people(record, msgspec.convert(value.get("people", ()), tuple[Actor, ...]))
    fact: Fact = msgspec.convert(_renamed(value["fact"], refs), kind)
    main = next((m.id for m in record.meetings if m.relation == "reported"), None)
    placed: dict[str, str | None] = {"origin": "entered", "key": key, "said_by": _said_by(record, fact)}
    placed |= {} if isinstance(fact, Meeting) else {"meeting": main}
    fact = msgspec.structs.replace(fact, **placed)
    fact = msgspec.structs.replace(fact, id=content_id(fact, record.document.id))
    return msgspec.structs.replace(record, **{name: (*getattr(record, name), fact)})


def _found(fact: Fact, by_hand: Fact) -> bool:
    """Whether a rule's fact says what was written by hand: the same code on some of the same words."""
    code = [tuple(getattr(f, name, None) for name in ("act", "kind", "measure")) for f in (fact, by_hand)]
    touching = any(a.start < b.end and b.start < a.end for a in fact.evidence for b in by_hand.evidence)
    return code[0] == code[1] and touching


def _types() -> Iterator[tuple[str, type[Fact]]]:
    for field in msgspec.structs.fields(Record):
        if field.name in KINDS:
            yield field.name, field.type.__args__[0]


def _said_by(record: Record, fact: Fact) -> str:
    """The quote whose words hold the fact, or the narrator."""
    start = fact.evidence[0].start if fact.evidence else -1
    for quote in record.quotes:
        if quote.kind != "indirect" and any("text" in e.fields and e.start <= start < e.end for e in quote.evidence):
            return quote.id
    return "narrator"


def _with_people(record: Record, people: Sequence[Actor]) -> tuple[Record, dict[str, str]]:
    """The record with whoever of these it lacks, and under which ref it knows each."""
    refs: dict[str, str] = {}
    added: list[Actor] = []
    for person in people:
        known = next((a for a in record.actors if _same(a, person)), None)
        if known is None:
            taken = {a.ref for a in (*record.actors, *added)}
            known = msgspec.structs.replace(person, ref=next(f"r{n}" for n in range(1, 10_000) if f"r{n}" not in taken))
            added.append(known)
        refs[person.ref] = known.ref
    kept = [msgspec.structs.replace(a, members=tuple(refs[m] for m in a.members if m in refs)) for a in added]
    evidenced = [_evidenced(a, record) for a in kept]
    return (msgspec.structs.replace(record, actors=(*record.actors, *evidenced)) if kept else record), refs


def _evidenced(actor: Actor, record: Record) -> Actor:
    """The actor with only those proofs that stand in this text; what loses its proof is inferred from the review."""
    proofs = tuple(e for e in actor.evidence if record.document.holds(e))
    proven = {f.split(".")[0] for e in proofs for f in e.fields} | {i.field.split(".")[0] for i in actor.inferred}
    lost = [n for n in ("name", "offices", "represents", "organisation") if getattr(actor, n) and n not in proven]
    inferred = (*actor.inferred, *(Inferred(n, "entered by a reviewer", "review") for n in lost))
    mentions = tuple(m for m in actor.mentions if m.end <= len(record.document.text))
    return msgspec.structs.replace(actor, evidence=proofs, inferred=inferred, mentions=mentions)


def _same(one: Actor, other: Actor) -> bool:
    """Whether an actor of this reading is the one that a row means: by id, by name and state, by the same office and words."""
    if one.kind != other.kind or one.represents != other.represents:
        return False
    if one.id and other.id:
        return one.id == other.id
    if one.name or other.name:
        return one.name == other.name
    return [o.code for o in one.offices] == [o.code for o in other.offices] and bool(
        set(one.mentions) & set(other.mentions)
    )


def _renamed(value: Any, refs: Mapping[str, str]) -> Any:
    """Plain values with the refs of this reading."""
    if isinstance(value, dict):
        named = {k: _renamed(v, refs) for k, v in value.items()}
        if isinstance(value.get("ref"), str):
            named["ref"] = refs.get(value["ref"], value["ref"])
        return named
    return [_renamed(v, refs) for v in value] if isinstance(value, list) else value


def _proofs(fact: Fact, field: str) -> set[tuple[int, int]]:
    return {(e.start, e.end) for e in fact.evidence if any(f.split(".")[0] == field for f in e.fields)}


def _only(evidence: Evidence, fields: Sequence[str]) -> Evidence:
    return msgspec.structs.replace(evidence, fields=tuple(f for f in evidence.fields if f.split(".")[0] in fields))


def _less(evidence: Evidence, fields: set[str]) -> Evidence:
    """The words stay as the place of the fact; they no longer prove what was corrected."""
    left = tuple(f for f in evidence.fields if f.split(".")[0] not in fields)
    return msgspec.structs.replace(evidence, fields=left)
