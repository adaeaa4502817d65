"""Verdicts counted: true and false positives and misses first, ratios last, intervals by resampling documents.

In: verdicts per document. Out: counts per field, F1 per field and group, and the interval in which a score lies.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

Outcome = Literal["right", "missed", "invented", "wrong"]
ROUNDS = 400
FEWEST = 5

# The score is the mean of the groups' F1; a field counts in one group.
GROUPS: dict[str, tuple[str, ...]] = {
    "frame": ("meeting", "meeting.kind", "meeting.status", "meeting.mode", "meeting.place", "meeting.country", "meeting.start",
              "meeting.end", "meeting.setting", "meeting.informal", "meeting.organisation", "meeting.body", "meeting.series"),
    "people": ("participant", "participant.presence", "participant.name", "participant.office", "participant.state"),
    "topics": ("topic",),
    "words": ("quote", "quote.kind", "quote.speaker"),
    "acts": ("act", "act.actors", "act.addressees"),
    "papers": ("agreement", "agreement.status", "agreement.kind", "agreement.parties", "project", "project.status"),
    "undertakings": ("commitment", "commitment.kind", "commitment.who", "commitment.deadline", "figure", "figure.measure",
                     "figure.value", "figure.unit", "figure.kind"),
}  # fmt: skip


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one thing: a fact (`field` is its type) or one field of a fact that was found.

    `right`: as in the gold. `missed`: in the gold alone. `invented`: in the reading alone. `wrong`: both, and different:
    it counts as a miss and as an invention. `words` is the first evidence, of the reading or else of the gold.
    """

    field: str
    outcome: Outcome
    want: str = ""
    got: str = ""
    words: str = ""
    fact: str = ""
    rule: str = ""


class Tally(NamedTuple):
    """True positives, false positives, misses."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        return self.tp / max(1, self.tp + self.fp)

    @property
    def recall(self) -> float:
        return self.tp / max(1, self.tp + self.fn)

    @property
    def f1(self) -> float:
        return 2 * self.tp / max(1, 2 * self.tp + self.fp + self.fn)

    @property
    def seen(self) -> int:
        return self.tp + self.fp + self.fn

    def plus(self, other: "Tally") -> "Tally":
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)


_OF = {"right": Tally(1, 0, 0), "missed": Tally(0, 0, 1), "invented": Tally(0, 1, 0), "wrong": Tally(0, 1, 1)}
Tallies = Mapping[str, Tally]


def count(verdicts: Iterable[Verdict]) -> dict[str, Tally]:
    """The tally of every field.

    >>> count([Verdict(field="topic", outcome="right"), Verdict(field="topic", outcome="wrong")])["topic"]
    Tally(tp=1, fp=1, fn=1)
    """
    seen = Counter((v.field, v.outcome) for v in verdicts)
    tallies: dict[str, Tally] = {}
    for (field, outcome), times in seen.items():
        one = _OF[outcome]
        tallies[field] = tallies.get(field, Tally()).plus(Tally(one.tp * times, one.fp * times, one.fn * times))
    return tallies


def pool(tallies: Iterable[Tallies]) -> dict[str, Tally]:
    """The tallies of several documents together."""
    whole: dict[str, Tally] = {}
    for one in tallies:
        for field, tally in one.items():
            whole[field] = whole.get(field, Tally()).plus(tally)
    return whole


def of_fields(tallies: Tallies, fields: Iterable[str]) -> Tally:
    """Several fields as one."""
    whole = Tally()
    for field in fields:
        whole = whole.plus(tallies.get(field, Tally()))
    return whole


def group_scores(tallies: Tallies) -> dict[str, float]:
    """The F1 of every group that there is anything to say of."""
    pooled = {group: of_fields(tallies, fields) for group, fields in GROUPS.items()}
    return {group: tally.f1 for group, tally in pooled.items() if tally.seen}


def score(tallies: Tallies) -> float:
    """The mean of the groups' F1."""
    return _mean([of_fields(tallies, fields) for fields in GROUPS.values()])


def _mean(groups: Sequence[Tally]) -> float:
    seen = [tally.f1 for tally in groups if tally.seen]
    return sum(seen) / max(1, len(seen))


def score_interval(documents: Sequence[Tallies]) -> tuple[float, float]:
    """The interval of the score."""
    return interval([[of_fields(t, fields) for fields in GROUPS.values()] for t in documents], _mean)


def field_interval(documents: Sequence[Tallies], fields: Sequence[str]) -> tuple[float, float]:
    """The interval of the F1 of some fields taken as one; of fewer than five documents single things are drawn again."""
    rows = [[of_fields(t, fields)] for t in documents]
    if len(rows) < FEWEST:
        kinds = (Tally(1, 0, 0), Tally(0, 1, 0), Tally(0, 0, 1))
        rows = [[kind] for row in rows for kind, times in zip(kinds, row[0], strict=True) for _ in range(times)]
    return interval(rows, lambda one: one[0].f1)


def interval(
    documents: Sequence[Sequence[Tally]],
    measure: Callable[[Sequence[Tally]], float],
    rounds: int = ROUNDS,
    seed: int = 0,
) -> tuple[float, float]:
    """The middle 95 % of a measure over documents drawn again with replacement (percentile bootstrap).

    Each document is a row of tallies, the same columns in all; `measure` is given the sums of the columns.
    """
    rows = [[n for tally in row for n in tally] for row in documents]
    if not rows:
        return 0.0, 0.0
    rng = random.Random(seed)
    drawn = sorted(measure(_sums(rng.choices(rows, k=len(rows)))) for _ in range(rounds))
    return drawn[int(rounds * 0.025)], drawn[int(rounds * 0.975) - 1]


def _sums(rows: Sequence[Sequence[int]]) -> list[Tally]:
    flat = [sum(column) for column in zip(*rows, strict=True)]
    return [Tally(*flat[i : i + 3]) for i in range(0, len(flat), 3)]
