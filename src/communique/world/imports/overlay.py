"""The order in which an answer becomes an overlay: rows, claims, people, tenures, the text of the files.

In: the text of an answer and a world. Out: an `Import`: rows for people.tsv and tenures.tsv, what became of every row of the
answer, and findings. Pure: the same text and world give the same files.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict

import msgspec

from communique.world.imports.answers import one_line, read_answer
from communique.world.imports.claims import Claim, read_claims
from communique.world.imports.columns import find_columns
from communique.world.imports.findings import ImportFinding
from communique.world.imports.people import identify
from communique.world.imports.tenures import Compared, compare_tenures, join_claims
from communique.world.imports.values import Meanings
from communique.world.tables import COLUMNS, Row
from communique.world.world import World


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an answer: people and tenures of the file, and rows that were refused."""

    people_new: int
    people_matched: int
    tenures_new: int
    tenures_more_exact: int
    tenures_known: int
    refused: int


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as an overlay; `unread` are headings that say nothing to us."""

    file: str
    counts: Counts
    people: list[Row]
    tenures: list[Compared]
    findings: list[ImportFinding]
    unread: list[str]

    @property
    def tables(self) -> dict[str, str]:
        """The text of each file of the overlay by its name."""
        written = (asdict(t.tenure) for t in self.tenures if t.written)
        return {"people.tsv": table_text("people", self.people), "tenures.tsv": table_text("tenures", written)}


def import_answer(world: World, text: str, file: str, source: str = "") -> Import:
    """What an answer says that this world does not; WorldError where it is no answer.

    `source` stands as the source of every tenure; else it is the person's page of Wikidata, else `file`.
    """
    answer = read_answer(text, file)
    columns = find_columns(answer)
    meanings = Meanings(world)
    claims, findings = read_claims(meanings, answer, columns)
    identified = identify(meanings, claims)
    joined = join_claims(((identified.ids[c.number], c) for c in claims if c.number in identified.ids), answer.unit)
    tenures = compare_tenures(world, joined.stated, lambda claim: _source(claim, source, file))
    refused = [*identified.refused, *joined.refused]
    findings += [wrong.finding(file, answer.unit, claim.number) for claim, wrong in refused]
    findings.sort(key=lambda f: (f.number, f.kept, f.kind))
    held_by = {t.tenure.person for t in tenures}
    people = [row for row in identified.rows if row["id"] in held_by]
    counts = _counts(len(people), len(held_by) - len(people), tenures, findings)
    return Import(file=file, counts=counts, people=people, tenures=tenures, findings=findings, unread=[*columns.unread])


def _source(claim: Claim, told: str, file: str) -> str:
    return one_line(told) or (f"wikidata/{claim.entity}" if claim.entity else one_line(file).replace("|", "/"))


def _counts(new: int, matched: int, tenures: Sequence[Compared], findings: Sequence[ImportFinding]) -> Counts:
    by_status = Counter(t.status for t in tenures)
    return Counts(
        people_new=new,
        people_matched=matched,
        tenures_new=by_status["new"],
        tenures_more_exact=by_status["more_exact"],
        tenures_known=by_status["known"],
        refused=len({f.number for f in findings if not f.kept}),
    )


def table_text(name: str, rows: Iterable[Row]) -> str:
    """A table with its header, as overlays have it."""
    columns = [c for c in COLUMNS[name] if c != "chamber"]  # what no answer says
    lines = (columns, *([row[column] for column in columns] for row in rows))
    return "".join("\t".join(cells) + "\n" for cells in lines)
