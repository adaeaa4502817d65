"""Keys to merged meetings, all at once: block, score, decide. An archive does the same one release at a time.

In: keys. Out: a `Merging` with the components, the ties between parts, and what stays unsure. The same keys in any order give
the same partition.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from communique.matching.decide import Different, Edge, Partition, families, partition
from communique.matching.keys import MeetingKey, blocks_of, searched_by
from communique.matching.score import UNSURE, Score, score_keys

_BITS = 22  # of a node's number beside the hash of its block
_MASK = (1 << _BITS) - 1
LARGEST = 200  # nodes of one block beyond which it says nothing: everybody's quotation, a title of a hundred papers


@dataclass(slots=True)
class Merging:
    """What came of the keys; scores are kept for the pairs that are `same`, `part` or `unsure`."""

    partition: Partition
    ties: list[tuple[str, str]] = field(default_factory=list)
    unsure: list[tuple[str, str]] = field(default_factory=list)
    scores: dict[tuple[str, str], Score] = field(default_factory=dict)

    def families(self) -> dict[str, list[str]]:
        """Components that are parts of one occasion."""
        component = self.partition.component
        return families(set(component.values()), ((component[a], component[b]) for a, b in self.ties))


def merge(keys: Sequence[MeetingKey], *, keep_scores: bool = True) -> Merging:
    """All keys merged from nothing."""
    by_node = {key.node: key for key in keys}
    edges: list[Edge] = []
    merging = Merging(Partition())
    for one, other in iter_candidates(keys):
        score = score_keys(keys[one], keys[other])
        pair = (keys[one].node, keys[other].node)
        if score.verdict == "different":
            continue
        if keep_scores:
            merging.scores[pair] = score
        if score.verdict == "same":
            edges.append(Edge(*pair, score.total))
        elif score.verdict == "part":
            merging.ties.append(pair)
        else:
            merging.unsure.append(pair)
    different = _difference(by_node)
    merging.partition = partition(by_node, edges, different)
    beside = [pair for pair in merging.unsure if is_same_part(by_node, merging.partition, pair)]
    if beside:
        edges += [Edge(*pair, UNSURE) for pair in beside]
        merging.partition = partition(by_node, edges, different)
    apart = {pair for pair in merging.unsure if not _is_joined(merging.partition, pair)}
    merging.unsure = sorted(apart | {edge.pair for edge in merging.partition.refused})
    merging.ties += [(key.node, key.parent) for key in keys if key.parent in by_node and key.parent]
    return merging


def is_same_part(by_node: Mapping[str, MeetingKey], joined: Partition, pair: tuple[str, str]) -> bool:
    """Two parts of one kind, of what is known to be one visit or session: the signing here is the signing there."""
    one, other = (by_node[node] for node in pair)
    if one.kind != other.kind or not one.parent or not other.parent:
        return False
    whole = joined.component
    return one.parent in whole and other.parent in whole and whole[one.parent] == whole[other.parent]


def _is_joined(joined: Partition, pair: tuple[str, str]) -> bool:
    return joined.component[pair[0]] == joined.component[pair[1]]


def _difference(by_node: Mapping[str, MeetingKey]) -> Different:
    def different(one: str, other: str) -> bool:
        return is_different(by_node[one], by_node[other])

    return different


def is_different(one: MeetingKey, other: MeetingKey) -> bool:
    """Whether two nodes may not stand in one meeting: something stated by both cannot be true of one."""
    score = score_keys(one, other)
    if score.verdict == "part":
        return True
    return (
        score.verdict == "different" and any(f.verdict == "differs" and f.score <= -4.0 for f in score.features)
    ) or one.document == other.document


def iter_candidates(keys: Sequence[MeetingKey]) -> Iterator[tuple[int, int]]:
    """Pairs of positions of which one looks where the other stands, each pair once."""
    stands = [(block >> _BITS << _BITS) | number for number, key in enumerate(keys) for block in blocks_of(key)]
    stands.sort()
    seen: set[int] = set()
    for one, other in (*_within(stands), *_across(keys, stands)):
        pair = min(one, other) << _BITS | max(one, other)
        if one != other and pair not in seen:
            seen.add(pair)
            yield min(one, other), max(one, other)


def _within(stands: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs that stand in one block, but for the pairs of people that have met for years."""
    for block in _runs(stands):
        if len(block) <= LARGEST:
            yield from ((one, other) for n, one in enumerate(block) for other in block[n + 1 :])


def _across(keys: Sequence[MeetingKey], stands: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where a meeting looks and does not stand itself: the undated among the dated."""
    for number, key in enumerate(keys):
        for block in searched_by(key) - blocks_of(key):
            begin = block >> _BITS << _BITS
            at = bisect_left(stands, begin)
            while at < len(stands) and stands[at] >> _BITS == begin >> _BITS:
                yield number, stands[at] & _MASK
                at += 1


def _runs(packed: Iterable[int]) -> Iterator[list[int]]:
    """The numbers of each block with at least two."""
    block = -1
    run: list[int] = []
    for value in packed:
        if value >> _BITS != block:
            if len(run) > 1:
                yield run
            block, run = value >> _BITS, []
        run.append(value & _MASK)
    if len(run) > 1:
        yield run
