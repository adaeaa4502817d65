"""The world's people and tenures for look-ups by state and office, who of them a list means, and which states matter most.

In: a folder of the world's TSV files. A person is meant by the Wikidata id, else by a name in Latin letters that is the same, else by
how the name sounds; the office and the years are the caller's to check.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bench.latin_names import SPELLINGS, same_latin, same_name
from bench.world_days import days_apart, first_day, last_day
from bench.world_lists import HEAD_OFFICES, Attestation, Claim
from communique.world.entities import Person, Tenure, person_of
from communique.world.tables import Row, merge_rows

WORLD = Path(__file__).parents[1] / "src" / "communique" / "world" / "data"
POST_SOVIET = "RU KZ KG UZ TJ TM BY AM AZ GE MD UA LT LV EE".split()  # states.tsv begins with them
# The G20, the EU's members, and the neighbours and partners whom the post-Soviet states meet most.
MAIN_PARTNERS = (
    "AR AU BR CA CN FR DE IN ID IT JP KR MX SA ZA TR GB US AT BE BG HR CY CZ DK FI GR HU IE LU MT NL PL PT RO SK SI ES SE"
    " AF IR MN PK KP AE QA KW IL EG RS VN NO CH"
).split()
GROUPS = ("post-Soviet states", "main partners", "other states", "organisations")
# Since when the roster means to be complete, and in which offices.
SINCE = {"post-Soviet states": "1991", "main partners": "2000", "other states": "2010"}
IN_SCOPE = {
    "post-Soviet states": (*HEAD_OFFICES, "foreign_minister", "speaker", "security_secretary"),
    "main partners": (*HEAD_OFFICES, "foreign_minister", "secretary_of_state"),
    "other states": HEAD_OFFICES,
    "organisations": (),
}
BY_ID, BY_LATIN, BY_SOUND, NOBODY = 3, 2, 1, 0


@dataclass(frozen=True, slots=True)
class TenureRow(Tenure):
    """A row of tenures.tsv with its line, so that it can be written back."""

    line: int = field(kw_only=True)

    @property
    def sources(self) -> list[str]:
        return [source for source in self.source.split("|") if source]

    def overlaps(self, claim: Claim) -> bool:
        return first_day(self.start) <= last_day(claim.end) and first_day(claim.start) <= last_day(self.end)


class Roster:
    """The world's tenures and names. `group` says to which states one belongs."""

    def __init__(self, world: Path) -> None:
        self.tenures = [TenureRow(**row, line=line) for line, row in enumerate(_rows(world, "tenures"))]
        self.people: dict[str, Person] = {row["id"]: person_of(row) for row in _rows(world, "people")}
        self.states = [row["code"] for row in _rows(world, "states")]
        self.of_person: dict[str, list[TenureRow]] = defaultdict(list)
        self.in_office: dict[tuple[str, str], list[TenureRow]] = defaultdict(list)
        for tenure in self.tenures:
            self.of_person[tenure.person].append(tenure)
            self.in_office[tenure.of, tenure.office].append(tenure)

    @cached_property
    def latin(self) -> dict[str, list[str]]:
        spelled = {who: SPELLINGS.get(who, "").split("|") for who in self.people}
        names = {who: (p.name_en, *p.variants_en, *spelled[who]) for who, p in self.people.items()}
        return {who: [name for name in given if name] for who, given in names.items()}

    def group(self, of: str) -> str:
        if of in POST_SOVIET:
            return GROUPS[0]
        return GROUPS[1] if of in MAIN_PARTNERS else GROUPS[2] if of in self.states else GROUPS[3]

    def in_scope(self, of: str, office: str, day: str) -> bool:
        """Whether the roster means to have who held the office then."""
        group = self.group(of)
        return office in IN_SCOPE[group] and day >= SINCE.get(group, "9999")

    def agreement(self, person: str, named: Claim | Attestation) -> int:
        """How the person is known to be the one that a list names: BY_ID, BY_LATIN, BY_SOUND or NOBODY; another id is another person."""
        known = self.people[person]
        if named.wikidata and known.wikidata:
            return BY_ID if named.wikidata == known.wikidata else NOBODY
        if same_latin(self.latin[person], named.name):
            return BY_LATIN
        variants = (known.name, *known.variants, *self.latin[person])
        return BY_SOUND if same_name(variants, named.name) else NOBODY

    def meant(self, tenures: Iterable[TenureRow], named: Claim | Attestation) -> list[TenureRow]:
        """The tenures of those whom the list means: where one is known by the id, or by the name as written, no other is."""
        known = [(self.agreement(tenure.person, named), tenure) for tenure in tenures]
        best = max((agreement for agreement, _ in known), default=NOBODY)
        return [tenure for agreement, tenure in known if agreement == best != NOBODY]

    def goes_on(self, tenure: TenureRow) -> bool:
        """Whether the person takes another head's office of the state as this one ends: acting then elected, PM then president."""
        later = (
            t for t in self.of_person[tenure.person] if t.of == tenure.of and t.office in HEAD_OFFICES and t != tenure
        )
        return bool(tenure.end) and any(days_apart(t.start, tenure.end) <= 31 for t in later)

    def namesakes(self, named: Claim | Attestation) -> set[str]:
        """The people who held an office of the claim and whose name agrees with it."""
        held = (t for office in named.offices for t in self.in_office[named.state, office])
        return {t.person for t in self.meant(held, named)}

    def holders(self, of: str, offices: Iterable[str], first: str, last: str) -> list[TenureRow]:
        """Who can have held one of the offices on one of these days; a former or honorary one holds nothing."""
        held = (t for office in offices for t in self.in_office[of, office])
        return [t for t in held if t.standing in ("", "acting") and t.covers(first, last)]


def _rows(world: Path, name: str) -> Iterable[Row]:
    table: dict[str, Row] = {}
    merge_rows(table, name, (world / f"{name}.tsv").read_text("utf-8"), f"{name}.tsv")
    return table.values()
