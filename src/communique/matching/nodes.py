"""What merging asks of a key, whatever it is of: where it stands, where it looks, how it compares, and what makes two alike.

In: keys of meetings and of things. Keys of two kinds share no block and are never compared.
"""

import hashlib
from collections.abc import Hashable, Iterable, Mapping

import msgspec

from communique.matching.decide import Node
from communique.matching.keys import Blocks, MeetingKey, blocks_of, keys_of
from communique.matching.score import VETO, Score, score_keys
from communique.matching.thing_score import SIGNED, score_things
from communique.matching.things import ThingKey, blocks_of_thing, thing_keys_of
from communique.record.record import Record

Key = MeetingKey | ThingKey
_PACK = msgspec.msgpack.Encoder()
# What is said of a thing at one moment, and where: two that agree in all else are alike to whatever contradicts them.
_OF_THE_MOMENT = {
    "quote": "", "start": 0, "end": 0, "title": "", "told": None, "relation": "reported", "deadline": None, "product": None, "status": None,
}  # fmt: skip


def all_keys_of(record: Record) -> list[Key]:
    """The meetings that a page reports, and the things that it tells of."""
    return [*keys_of(record), *thing_keys_of(record)]


def blocks(key: Key) -> Blocks:
    """Where a node can be met by others of its kind."""
    return Blocks(blocks_of_thing(key)) if isinstance(key, ThingKey) else blocks_of(key)


def score_nodes(one: Key, other: Key) -> Score:
    """The verdict on two keys of one kind."""
    if isinstance(one, ThingKey) and isinstance(other, ThingKey):
        return score_things(one, other)
    assert isinstance(one, MeetingKey) and isinstance(other, MeetingKey)
    return score_keys(one, other)


def nodes_of(keys: Iterable[Key]) -> dict[str, Node]:
    """What partition knows of them. One page's meetings are different; a thing may be told of twice on a page."""
    return {key.node: Node(key.node if isinstance(key, ThingKey) else key.document, likeness(key)) for key in keys}


def likeness(key: Key) -> int:
    """What two nodes have in common that say the same, to the letter where they are meetings, on whatever page."""
    bare: Key
    if isinstance(key, ThingKey):
        signed = {} if key.status in SIGNED else {"first": None, "last": None}
        bare = msgspec.structs.replace(key, node="", document="", **(_OF_THE_MOMENT | signed))
    else:
        bare = msgspec.structs.replace(key, node="", document="", parent=None, voice=None)
    return int.from_bytes(hashlib.blake2b(_PACK.encode(bare), digest_size=8).digest()) >> 1


class Differences:
    """Whether two nodes may not be one; those that are alike are looked at once."""

    def __init__(self, keys: Mapping[str, Key], nodes: Mapping[str, Node]) -> None:
        self._keys, self._nodes = keys, nodes
        self._known: dict[tuple[Hashable, Hashable], bool] = {}

    def __call__(self, one: str, other: str) -> bool:
        pair = self._nodes[one].likeness, self._nodes[other].likeness
        if pair not in self._known:
            self._known[pair] = is_different(self._keys[one], self._keys[other])
        return self._known[pair]


def is_different(one: Key, other: Key) -> bool:
    """Whether two nodes may not stand in one component: something stated by both cannot be true of one."""
    score = score_nodes(one, other)
    if score.verdict == "part":
        return True
    contradicted = any(f.verdict == "differs" and f.score <= VETO for f in score.features)
    return (score.verdict == "different" and contradicted) or (
        isinstance(one, MeetingKey) and one.document == other.document
    )
