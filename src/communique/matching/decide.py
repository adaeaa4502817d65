"""From pairs to meetings: which nodes are one, and which of several hang under one visit or session.

In: nodes in the order in which they came, verdicts on pairs. Out: components and what was refused. Holds always: the
partition does not depend on the order of the pairs; no component holds two nodes that are known to be different.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Different = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes that are held to be one meeting; a person's word (`firm`) goes before any score."""

    one: str
    other: str
    score: float
    firm: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        return (self.one, self.other) if self.one < self.other else (self.other, self.one)


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


def partition(nodes: Iterable[str], edges: Iterable[Edge], different: Different) -> Partition:
    """The components: firm edges first, then the surest; an edge that would join two different nodes is refused.

    So of a path between two different nodes the weakest edge is left out, whatever the order in which they came.
    """
    result = Partition({node: node for node in nodes})
    members: dict[str, list[str]] = {node: [node] for node in result.component}
    for edge in sorted(set(edges), key=lambda e: (not e.firm, -e.score, e.pair)):
        one, other = result.component[edge.one], result.component[edge.other]
        if one == other:
            continue
        if any(different(a, b) for a in members[one] for b in members[other]):
            result.refused.append(edge)
            continue
        name, gone = min(one, other), max(one, other)
        for node in members[gone]:
            result.component[node] = name
        members[name] += members.pop(gone)
    return result


def families(components: Iterable[str], ties: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
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


def closure(start: Iterable[str], neighbours: Callable[[str], Iterable[str]]) -> set[str]:
    """All nodes that can be reached."""
    reached, waiting = set(start), list(start)
    while waiting:
        for node in neighbours(waiting.pop()):
            if node not in reached:
                reached.add(node)
                waiting.append(node)
    return reached


def first_added(members: Sequence[str], order: Mapping[str, int]) -> str:
    """The founder, whose key the meeting bears."""
    return min(members, key=lambda node: order[node])
