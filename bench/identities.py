"""Which actor of a reading is which actor of the gold: by name, by places where both are meant, by office and state."""

from collections.abc import Iterable, Sequence

from communique.matching.who import same_name
from communique.record.document import ActorRef, iter_refs
from communique.record.facts import Actor
from communique.record.record import KINDS, Record

Span = tuple[int, int]


class Identities:
    """The actors of a reading mapped to those of the gold; whoever is nobody of the gold maps to None."""

    def __init__(self, mine: Record, theirs: Record) -> None:
        self.mine, self.theirs = mine, theirs
        places = _named_at(mine), _named_at(theirs)
        self.of = {a.ref: self._best(a, places[1].get(a.ref, set()), places[0]) for a in theirs.actors}

    def _best(self, actor: Actor, places: set[Span], gold_places: dict[str, set[Span]]) -> str | None:
        best = max(
            ((self._alike(g, actor, gold_places.get(g.ref, set()), places), g.ref) for g in self.mine.actors),
            default=(0.0, ""),
        )
        return best[1] if best[0] >= 1.0 else None

    def _alike(self, gold: Actor, actor: Actor, mine: set[Span], theirs: set[Span]) -> float:
        """0 for what cannot be one: two kinds, two names."""
        if gold.kind != actor.kind:
            return 0.0
        if gold.name and actor.name and gold.kind == "person" and not same_name(gold.name, actor.name):
            return 0.0
        points = float(sum(any(a < d and c < b for c, d in theirs) for a, b in mine))
        if gold.name and actor.name and (gold.kind != "person" or same_name(gold.name, actor.name)):
            points += 3.0 * (gold.kind == "person" or _folded(gold.name) == _folded(actor.name))
        if gold.kind == "state" and gold.represents:
            points += 3.0 if gold.represents == actor.represents else -9.0
        return points

    def same(self, gold: ActorRef, got: ActorRef) -> bool:
        return self.of.get(got.ref) == gold.ref

    def same_all(self, gold: Sequence[ActorRef], got: Sequence[ActorRef]) -> bool:
        """Whether two lists name the same actors, a collective standing for its members."""
        mapped = [self.of.get(r.ref) for r in got]
        if {r.ref for r in gold} == set(mapped):
            return True
        members = {m for r in got for m in self._members(self.theirs, r.ref)}
        return {self.of.get(m) for m in members} == {m for r in gold for m in self._members(self.mine, r.ref)}

    def _members(self, record: Record, ref: str) -> Iterable[str]:
        actor = record.actor(ref)
        return actor.members if actor and actor.members else (ref,)


def _named_at(record: Record) -> dict[str, set[Span]]:
    """The places at which each actor is named, by its mentions and by facts."""
    places: dict[str, set[Span]] = {a.ref: {(m.start, m.end) for m in a.mentions} for a in record.actors}
    for ref in iter_refs(record.meetings):
        if (span := place_of(ref)) is not None:
            places.setdefault(ref.ref, set()).add(span)
    for kind in KINDS[1:]:
        for ref in iter_refs(getattr(record, kind)):
            if (span := place_of(ref)) is not None:
                places.setdefault(ref.ref, set()).add(span)
    return places


def place_of(ref: ActorRef | None) -> Span | None:
    return (ref.start, ref.end) if ref is not None and ref.start is not None and ref.end is not None else None


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())
