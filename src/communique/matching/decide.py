"""From pairs to meetings: which nodes are one, and which of several hang under one visit or session.

In: nodes in the order in which they came, verdicts on pairs. Out: components and what was refused. Holds always: the
partition does not depend on the order of the pairs; no component holds two nodes that are known to be different.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Pair = tuple[str, str]
Different = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes that are held to be one meeting; a person's word (`firm`) goes before any score."""

    one: str
    other: str
    score: float
    firm: bool = False

    @property
    def pair(self) -> Pair:
        return (self.one, self.other) if self.one < self.other else (self.other, self.one)


class Node(NamedTuple):
    """What partition knows of a node: the page it stands on, and what makes two nodes alike to `different`."""

    page: str
    likeness: Hashable


class FirmWords:
    """What people said of pairs: (one, other), in order, to a verdict."""

    def __init__(self, words: Mapping[Pair, str] | None = None) -> None:
        self._words = dict(words or {})
        self.nodes = frozenset(node for pair in self._words for node in pair)

    def __contains__(self, pair: Pair) -> bool:
        return pair in self._words

    def said(self, verdict: str) -> list[Pair]:
        """The pairs of which people said this."""
        return [pair for pair, word in self._words.items() if word == verdict]

    def apart(self, one: str, other: str) -> bool:
        return self._words.get((min(one, other), max(one, other))) in ("different", "part")

    def same(self, one: str, other: str) -> bool:
        return self._words.get((min(one, other), max(one, other))) == "same"


@dataclass(slots=True)
class Partition:
    """`component` names each node's component by one of its nodes; `refused` are edges that would have joined what is different."""

    component: dict[str, str] = field(default_factory=dict)
    refused: list[Edge] = field(default_factory=list)

    def members(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for node, name in self.component.items():
            found[name].append(node)
        return dict(found)


@dataclass(slots=True)
class _Group:
    """A component while it grows: its nodes, one of each likeness, its pages, and those of whom people have spoken."""

    nodes: list[str]
    alike: dict[Hashable, str]
    pages: set[str]
    spoken_of: list[str]

    def take(self, other: "_Group") -> None:
        self.nodes += other.nodes
        self.alike |= other.alike
        self.pages |= other.pages
        self.spoken_of += other.spoken_of


def partition(
    nodes: Mapping[str, Node], edges: Iterable[Edge], different: Different, firm: FirmWords | None = None
) -> Partition:
    """The components: firm edges first, then the surest; an edge that would join two different nodes is refused.

    So of a path between two different nodes the weakest edge is left out, whatever the order in which they came. One page's
    meetings are different. Against a person's word only another person's word stands.
    """
    firm = firm or FirmWords()
    result = Partition({node: node for node in nodes})
    groups = {
        node: _Group([node], {about.likeness: node}, {about.page}, [node] if node in firm.nodes else [])
        for node, about in nodes.items()
    }
    for edge in sorted(set(edges), key=lambda e: (not e.firm, -e.score, e.pair)):
        one, other = result.component[edge.one], result.component[edge.other]
        if one == other:
            continue
        if _stand_apart(groups[one], groups[other], edge, different, firm):
            result.refused.append(edge)
            continue
        name, gone = min(one, other), max(one, other)
        for node in groups[gone].nodes:
            result.component[node] = name
        groups[name].take(groups.pop(gone))
    return result


def _stand_apart(one: _Group, other: _Group, edge: Edge, different: Different, firm: FirmWords) -> bool:
    if any(firm.apart(a, b) for a in one.spoken_of for b in other.spoken_of):
        return True
    if edge.firm:
        return False
    if one.pages & other.pages:
        return True
    return any(different(a, b) and not firm.same(a, b) for a in one.alike.values() for b in other.alike.values())


def families(components: Iterable[str], ties: Iterable[Pair]) -> dict[str, list[str]]:
    """Meetings that are parts of one occasion: the connected components of `part`, by their least name."""
    leader = {c: c for c in components}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for one, other in ties:
        a, b = find(one), find(other)
        leader[max(a, b)] = min(a, b)
    found: dict[str, list[str]] = defaultdict(list)
    for name in leader:
        found[find(name)].append(name)
    return dict(found)


def closure(start: Iterable[str], neighbours: Callable[[Sequence[str]], Iterable[str]]) -> set[str]:
    """All nodes that can be reached, a ring at a time."""
    reached, ring = set(start), list(start)
    while ring:
        ring = sorted(set(neighbours(ring)) - reached)
        reached |= set(ring)
    return reached


def first_added(members: Sequence[str], order: Mapping[str, int]) -> str:
    """The founder, whose key the meeting bears."""
    return min(members, key=lambda node: order[node])
