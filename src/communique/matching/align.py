"""Which statement of one record is which of the other, one to one, or none.

In: two lists and a function that compares two of their items. Out: pairs with their features, and what is left over.
Holds always: swapping the lists swaps the pairs; where two are equally good, and not the same to the letter, neither
is chosen.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from communique.matching.features import Feature, compare_across, compare_words
from communique.matching.wording import Encoder
from communique.record.record import Record

S = TypeVar("S")
_OTHER_WEIGHT = 0.01  # a field that has no weight only tips the scales


class Stated(NamedTuple, Generic[S]):
    """A statement, the record in which it stands, and how it reads: equal statements read alike."""

    record: Record
    said: S
    shown: str
    encoder: Encoder | None = None

    def of_one_language(self, other: "Stated[S]") -> bool:
        """Whether the words of both can be held against each other; a text of unknown language is taken for one of them."""
        mine, theirs = self.record.document.language, other.record.document.language
        return not mine or not theirs or mine == theirs


def compare_worded(name: str, one: Stated[S], mine: str | None, other: Stated[S], theirs: str | None) -> Feature:
    """Two wordings, if both are of one language; else what an encoder says of them."""
    if one.of_one_language(other):
        return compare_words(name, mine, theirs)
    return compare_across(name, mine, theirs, one.encoder)


Compare = Callable[[Stated[S], Stated[S]], tuple[Feature, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """When two statements are one: no feature in `vetoes` differs, and the weighted scores reach `least`."""

    vetoes: frozenset[str]
    weights: Mapping[str, float]
    least: float

    def score(self, features: Sequence[Feature]) -> float | None:
        """The weighted sum, or None for two that are not one."""
        if any(f.verdict == "differs" and f.name in self.vetoes for f in features):
            return None
        total = sum(f.score * self.weights.get(f.name, _OTHER_WEIGHT) for f in features)
        return round(total, 6) if total >= self.least else None


class Pair(NamedTuple):
    """Positions in the two lists, and what was compared."""

    one: int
    other: int
    features: tuple[Feature, ...]


class Alignment(NamedTuple):
    """The pairs, the positions that found none, and how many of these had several equally good partners."""

    pairs: list[Pair]
    only_one: list[int]
    only_other: list[int]
    doubtful: int


class _Candidate(NamedTuple):
    one: int
    other: int
    features: tuple[Feature, ...]
    score: float
    alike: bool


def align(mine: Sequence[Stated[S]], theirs: Sequence[Stated[S]], compare: Compare[S], rule: Rule) -> Alignment:
    """The best pairs first: those that read alike, then by score; a tie among others makes all its members lonely."""
    candidates = list(_candidates(mine, theirs, compare, rule))
    pairs: list[Pair] = []
    free_one, free_other = set(range(len(mine))), set(range(len(theirs)))
    doubtful = 0
    for level in sorted({(c.alike, c.score) for c in candidates}, reverse=True):
        group = [c for c in candidates if (c.alike, c.score) == level and c.one in free_one and c.other in free_other]
        chosen = _in_order(group) if level[0] else _unrivalled(group)
        pairs += [Pair(c.one, c.other, c.features) for c in chosen]
        settled = chosen if level[0] else group
        if not level[0]:
            doubtful += len({c.one for c in group}) - len(chosen)
        free_one -= {c.one for c in settled}
        free_other -= {c.other for c in settled}
    taken_one, taken_other = {p.one for p in pairs}, {p.other for p in pairs}
    return Alignment(
        sorted(pairs),
        [n for n in range(len(mine)) if n not in taken_one],
        [n for n in range(len(theirs)) if n not in taken_other],
        doubtful,
    )


def _candidates(
    mine: Sequence[Stated[S]], theirs: Sequence[Stated[S]], compare: Compare[S], rule: Rule
) -> list[_Candidate]:
    found = []
    for i, one in enumerate(mine):
        for j, other in enumerate(theirs):
            features = compare(one, other)
            score, alike = rule.score(features), one.shown == other.shown
            if alike and not any(f.verdict == "differs" for f in features):
                found.append(_Candidate(i, j, features, score or 0.0, True))
            elif score is not None:
                found.append(_Candidate(i, j, features, score, False))
    return found


def _unrivalled(group: list[_Candidate]) -> list[_Candidate]:
    """Those for which both sides have no other partner as good."""
    ones, others = Counter(c.one for c in group), Counter(c.other for c in group)
    return [c for c in group if ones[c.one] == 1 and others[c.other] == 1]


def _in_order(group: list[_Candidate]) -> list[_Candidate]:
    """Statements that read alike to the letter: the first with the first, the second with the second."""
    chosen: list[_Candidate] = []
    for candidate in sorted(group, key=lambda c: (c.one, c.other)):
        if all(c.one != candidate.one and c.other != candidate.other for c in chosen):
            chosen.append(candidate)
    return chosen
