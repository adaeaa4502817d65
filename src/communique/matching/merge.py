"""Keys to merged meetings, all at once: block, score, decide. An archive does the same one release at a time.

In: keys. Out: a `Merging` with the components, the ties between parts, and what stays unsure. The same keys in any order give
the same partition.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from communique.matching.decide import Edge, FirmWords, Pair, Partition, families, partition
from communique.matching.keys import MeetingKey
from communique.matching.nodes import Differences, Key, blocks, nodes_of, score_nodes
from communique.matching.score import UNSURE, Score

_BITS = 22  # of a node's number beside the hash of its block
_MASK = (1 << _BITS) - 1
_SHELVES = 16  # a power of two
LARGEST = 200  # nodes of one block beyond which it says nothing: everybody's quotation, a title of a hundred papers


@dataclass(slots=True)
class Merging:
    """What came of the keys; scores are kept for the pairs that are `same`, `part` or `unsure`."""

    partition: Partition
    ties: list[Pair] = field(default_factory=list)
    unsure: list[Pair] = field(default_factory=list)
    scores: dict[Pair, Score] = field(default_factory=dict)

    def families(self) -> dict[str, list[str]]:
        """Components that are parts of one occasion."""
        component = self.partition.component
        return families(set(component.values()), ((component[a], component[b]) for a, b in self.ties))


def merge(keys: Sequence[Key], *, keep_scores: bool = True) -> Merging:
    """All keys merged from nothing."""
    by_node = {key.node: key for key in keys}
    links: dict[Pair, tuple[str, float]] = {}
    merging = Merging(Partition())
    for one, other in iter_candidates(keys):
        score = score_nodes(keys[one], keys[other])
        pair = (keys[one].node, keys[other].node)
        if score.verdict == "different":
            continue
        links[pair] = (score.verdict, score.total)
        if keep_scores:
            merging.scores[pair] = score
        if score.verdict == "unsure":
            merging.unsure.append(pair)
    decision = decide(by_node, links)
    merging.partition, merging.ties = decision.partition, decision.ties
    merging.unsure += decision.doubtful
    apart = {pair for pair in merging.unsure if not _is_joined(merging.partition, pair)}
    merging.unsure = sorted(apart | {edge.pair for edge in merging.partition.refused})
    return merging


class Decision(NamedTuple):
    """What the verdicts on pairs come to; `doubtful` pairs fit something else as well, so that nothing is joined by them."""

    partition: Partition
    ties: list[Pair]
    doubtful: list[Pair]


def decide(
    by_node: Mapping[str, Key], links: Mapping[Pair, tuple[str, float]], firm: FirmWords | None = None
) -> Decision:
    """The partition of nodes by the rules' `links` and, before them, by people's `firm` words; signings join as their visits do."""
    firm = firm or FirmWords()
    doubtful = ambiguous(by_node, links)
    open_links = {pair: link for pair, link in links.items() if pair not in firm}
    edges = [Edge(*pair, 0.0, firm=True) for pair in firm.said("same")]
    edges += [Edge(*p, total) for p, (verdict, total) in open_links.items() if verdict == "same" and p not in doubtful]
    ties = [*firm.said("part"), *(pair for pair, (verdict, _) in open_links.items() if verdict == "part")]
    ties += [(key.node, key.parent) for key in by_node.values() if key.parent in by_node and key.parent]
    nodes = nodes_of(by_node.values())
    different = Differences(by_node, nodes)
    joined = partition(nodes, edges, different, firm)
    unsure = [pair for pair, (verdict, _) in open_links.items() if verdict == "unsure" or pair in doubtful]
    if beside := same_parts(by_node, joined.component, ties, unsure):
        joined = partition(nodes, [*edges, *(Edge(*pair, UNSURE) for pair in beside)], different, firm)
    return Decision(joined, ties, sorted(doubtful))


_CLEARLY = 1.0  # by how much one of two reports of a page must fit better than the other


def ambiguous(by_node: Mapping[str, Key], links: Mapping[Pair, tuple[str, float]]) -> set[Pair]:
    """The pairs held to be the same whose one side fits another report of the same page, of the same kind, about as well.

    A page that tells of a welcome and of a signing, both ceremonies, does not say which of them another page's ceremony is.
    """
    rivals: dict[tuple[str, str, str], list[tuple[float, Pair]]] = defaultdict(list)
    for pair, (_, total) in links.items():
        for mine, theirs in (pair, pair[::-1]):
            key = by_node[theirs]
            if isinstance(key, MeetingKey):
                rivals[mine, key.document, key.kind].append((total, pair))
    found: set[Pair] = set()
    for several in rivals.values():
        several.sort(reverse=True)
        if len(several) > 1 and several[0][0] - several[1][0] < _CLEARLY:
            found |= {pair for _, pair in several}
        else:
            found |= {pair for _, pair in several[1:]}
    return {pair for pair in found if links[pair][0] == "same"}


def same_parts(
    by_node: Mapping[str, Key],
    component: Mapping[str, str],
    ties: Iterable[Pair],
    unsure: Iterable[Pair],
) -> list[Pair]:
    """Of what is known to be one visit or session the signing here is the signing there, where each page has one."""
    tied = families(set(component.values()), ((component[a], component[b]) for a, b in ties))
    family = {c: name for name, members in tied.items() for c in members}
    of_kind = Counter((key.document, key.kind) for key in by_node.values() if key.parent)

    def fits(pair: Pair) -> bool:
        one, other = (by_node[node] for node in pair)
        alone = all(of_kind[key.document, key.kind] == 1 for key in (one, other))
        if one.kind != other.kind or not alone or not one.parent or not other.parent:
            return False
        whole = [component.get(key.parent or "") for key in (one, other)]
        return None not in whole and family[whole[0] or ""] == family[whole[1] or ""]

    return [pair for pair in unsure if fits(pair)]


def _is_joined(joined: Partition, pair: Pair) -> bool:
    return joined.component[pair[0]] == joined.component[pair[1]]


def iter_candidates(keys: Sequence[Key]) -> Iterator[tuple[int, int]]:
    """Pairs of positions of which one looks where the other stands, each pair once.

    The blocks are gone through a shelf at a time, so that only the numbers, eight bytes each, are all held at once.
    """
    shelves = [(array("q"), array("q"), array("q")) for _ in range(_SHELVES)]
    for number, key in enumerate(keys):
        for kind, places in enumerate(blocks(key)):
            for block in places:
                shelves[block >> _BITS & _SHELVES - 1][kind].append(block >> _BITS << _BITS | number)
    seen: set[int] = set()
    while shelves:
        both, stands, looks = shelves.pop()
        in_order = sorted(both)
        for one, other in chain(_within(in_order), _across(in_order, sorted(stands), sorted(looks))):
            pair = min(one, other) << _BITS | max(one, other)
            if one != other and pair not in seen:
                seen.add(pair)
                yield min(one, other), max(one, other)


def _within(both: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of one block, but for those of which there are too many to say anything."""
    for _, block in _runs(both):
        if 1 < len(block) <= LARGEST:
            yield from ((one, other) for n, one in enumerate(block) for other in block[n + 1 :])


def _across(both: Sequence[int], stands: Sequence[int], looks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where some look and others stand: those without a year or a day among the others."""
    standing, looking = {}, {}
    for block, numbers in _runs(looks):
        looking[block] = numbers
    for block, numbers in _runs(stands):
        if block in looking:
            standing[block] = numbers
    for block, numbers in _runs(both):
        if block in looking:
            standing[block] = standing.get(block, []) + numbers
    for block, numbers in standing.items():
        yield from ((one, other) for one in looking[block] for other in numbers)


def _runs(packed: Iterable[int]) -> Iterator[tuple[int, list[int]]]:
    """The numbers of each block."""
    block = -1
    run: list[int] = []
    for value in packed:
        if value >> _BITS != block:
            if run:
                yield block, run
            block, run = value >> _BITS, []
        run.append(value & _MASK)
    if run:
        yield block, run
