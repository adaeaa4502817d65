"""Question: how often is what was read right? A stratified random sample of claims, and the precision per field.

In: the records of an archive, a size, a seed. Out: the sample; later, of the answers, a Report with Wilson's intervals.
Each field is a stratum and gets an equal share of the sample, so that a rare field is judged too; the whole is weighed by
how many claims of each field there are.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from communique.annotation.precision import wilson
from communique.archive.audits import Claim
from communique.questions.claims import iter_claims, placed
from communique.record.record import Record
from communique.reports.report import Cell, Report, ReportRow, Run


class Precision(msgspec.Struct, frozen=True, kw_only=True):
    """One field: how many claims were called right and wrong, how many nobody could tell, of how many there are."""

    field: str
    right: int
    wrong: int
    unsure: int
    stratum: int
    precision: float | None
    low: float
    high: float


def draw_sample(records: Iterable[Record], size: int, seed: int) -> tuple[list[Claim], int]:
    """A sample of at most `size` claims in the order of asking, and how many documents there were.

    One pass: of each field at most `size` claims are held (reservoir sampling), then the fields take turns.
    """
    rng = random.Random(seed)
    seen: Counter[str] = Counter()
    held: dict[str, list[Claim]] = {}
    documents = 0
    for record in records:
        documents += 1
        for claim in iter_claims(record):
            seen[claim.field] += 1
            kept = held.setdefault(claim.field, [])
            if len(kept) < size:
                kept.append(claim)
            elif (at := rng.randrange(seen[claim.field])) < size:
                kept[at] = claim
    for kept in held.values():
        rng.shuffle(kept)
    chosen: list[Claim] = []
    turn = 0
    while len(chosen) < size and any(len(kept) > turn for kept in held.values()):
        for field in sorted(held, key=lambda f: (seen[f], f)):
            if turn < len(held[field]) and len(chosen) < size:
                chosen.append(placed(held[field][turn], seen[field]))
        turn += 1
    return sorted(chosen, key=lambda c: (c.document, c.places, c.field)), documents


def precision_by_field(claims: Sequence[Claim]) -> list[Precision]:
    """The precision of every field that was asked about, the least sure first."""
    found: dict[str, Counter[str]] = {}
    strata: dict[str, int] = {}
    for claim in claims:
        if claim.verdict:
            found.setdefault(claim.field, Counter())[claim.verdict] += 1
            strata[claim.field] = claim.stratum
    rows = [_precision(field, counted, strata[field]) for field, counted in found.items()]
    return sorted(rows, key=lambda p: (p.precision if p.precision is not None else 2.0, p.field))


def _precision(field: str, counted: Counter[str], stratum: int) -> Precision:
    right, wrong = counted["right"], counted["wrong"]
    low, high = wilson(right, right + wrong)
    share = right / (right + wrong) if right + wrong else None
    return Precision(
        field=field,
        right=right,
        wrong=wrong,
        unsure=counted["unsure"],
        stratum=stratum,
        precision=share,
        low=low,
        high=high,
    )


def whole_precision(rows: Sequence[Precision]) -> float | None:
    """The precision of all claims: that of each field, weighed by how many claims it has."""
    judged = [(row.precision, row.stratum) for row in rows if row.precision is not None]
    weight = sum(stratum for _, stratum in judged)
    return sum(p * stratum for p, stratum in judged) / weight if weight else None


def audit_report(claims: Sequence[Claim]) -> Report:
    """The table of an audit; fields that nobody was asked about are not in it."""
    rows = precision_by_field(claims)
    whole, asked = whole_precision(rows), sum(c.verdict is not None for c in claims)
    notes = [f"{asked} of {len(claims)} claims were answered", "precision: right among those called right or wrong"]
    if whole is not None:
        notes.append(f"weighed by how many claims each field has, {whole:.0%} of all claims are right")
    notes.append("95 %: Wilson's interval; with few answers it is wide, and --sample asks for more")
    return Report(
        title="Audit: how often is what was read right?",
        columns=("field", "right", "wrong", "cannot tell", "of", "precision", "95 %"),
        rows=tuple(_row(row) for row in rows), notes=tuple(notes),
    )  # fmt: skip


def _row(row: Precision) -> ReportRow:
    share = "–" if row.precision is None else f"{row.precision:.0%}"
    values = (
        row.field,
        str(row.right),
        str(row.wrong),
        str(row.unsure),
        str(row.stratum),
        share,
        f"{row.low:.0%}–{row.high:.0%}",
    )
    return ReportRow("", tuple(Cell((Run(value),), code=value) for value in values))
