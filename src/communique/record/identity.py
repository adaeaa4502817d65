"""Ids and keys of facts: hashes of content, the same on every machine.

`id` hashes what a fact says, without its references to other facts; `key` hashes the document, the type and the
normalised sentence the fact stands in, with a counter, so that a judgement survives better rules.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from communique.record.facts import Fact

F = TypeVar("F", bound=Fact)
PREFIX = {
    "Meeting": "mtg",
    "Quote": "quo",
    "Act": "act",
    "Agreement": "agr",
    "Project": "prj",
    "Commitment": "com",
    "Figure": "fig",
}
_NOT_CONTENT = (
    "id",
    "key",
    "meeting",
    "part_of",
    "said_by",
    "rule",
    "confidence",
    "origin",
    "inferred",
    "relation",
    "same_as",
)


def digest(*parts: str) -> str:
    """Sixteen hex digits of SHA-256 over the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def content_id(fact: Fact, document_id: str) -> str:
    """The id of a fact: type prefix and hash of its content."""
    prefix = PREFIX[type(fact).__name__]
    plain = msgspec.to_builtins(fact)
    for name in _NOT_CONTENT:
        plain.pop(name, None)
    return f"{prefix}-{digest(prefix, document_id, msgspec.json.encode(plain, order='sorted').decode())}"


def normalise_sentence(sentence: str) -> str:
    """Case, spacing, ё and punctuation do not make another sentence."""
    return re.sub(r"\W+", " ", sentence.casefold().replace("ё", "е")).strip()


def seal(facts: Sequence[F], document_id: str, sentence_at: Callable[[int], str]) -> list[F]:
    """The facts with ids and keys; a fact that repeats another to the letter is left out."""
    sealed: dict[str, F] = {}
    seen: Counter[str] = Counter()
    for fact in facts:
        fact_id = content_id(fact, document_id)
        if fact_id in sealed:
            continue
        prefix = PREFIX[type(fact).__name__]
        place = digest(document_id, prefix, normalise_sentence(sentence_at(fact.evidence[0].start)))
        seen[place] += 1
        key = f"{prefix}-{digest(place, str(seen[place]))}"
        sealed[fact_id] = msgspec.structs.replace(fact, id=fact_id, key=key)
    return list(sealed.values())
