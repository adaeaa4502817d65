"""Offices: which stated office can be which held one.

In: codes of the record's vocabulary. Out: yes or no. The words for offices stand in `data/offices.tsv`.
"""

HEADS_OF_STATE = frozenset({"president", "monarch"})
LEADERS = frozenset({"president", "monarch", "leader", "prime_minister", "head", "crown_prince"})
MINISTERS = frozenset({"minister", "foreign_minister", "defence_minister", "secretary_of_state"})
# Where the secretary of state is the foreign minister; in Kazakhstan the State Secretary is another office.
SECRETARY_IS_FOREIGN_MINISTER = frozenset({"US", "VA", "PH"})


def same_office(wanted: str, held: str) -> bool:
    """Whether an office named shortly («лидер», «министр») can be the one held."""
    if wanted == held:
        return True
    if wanted in ("leader", "head") and held in LEADERS:
        return True
    if wanted == "president":
        return held == "monarch"
    if wanted == "minister":
        return held in MINISTERS
    return (wanted, held) in _ALSO


def held_as(wanted: str, held: str, of: str) -> bool:
    """As `same_office`, for an office of this state: nobody else's secretary of state is a foreign minister."""
    if {wanted, held} == {"foreign_minister", "secretary_of_state"}:
        return of in SECRETARY_IS_FOREIGN_MINISTER or of.startswith("x-")
    return same_office(wanted, held)


# The beginnings of the words by which chambers are told apart; who presides over a «парламент» may be either's.
_CHAMBERS = {
    "upper": ("сенат", "совет федерации", "совета федерации", "совет республики", "совета республики", "маджлиси милли",
              "senat", "federation council", "council of the republic", "федерация кеңес", "house of lords"),
    "lower": ("мажилис", "мәжіліс", "дум", "палаты представителей", "законодательной палаты", "маджлиси намояндагон",
              "mazhilis", "majilis", "duma", "house of representatives", "legislative chamber", "house speaker"),
}  # fmt: skip


def chamber_of(words: str) -> str:
    """The chamber of a parliament that a title names: `upper`, `lower` or none.

    >>> chamber_of("председатель Сената Парламента"), chamber_of("спикер Госдумы"), chamber_of("спикер парламента")
    ('upper', 'lower', '')
    """
    low = words.lower()
    return next((chamber for chamber, stems in _CHAMBERS.items() if any(stem in low for stem in stems)), "")


def is_of_chamber(stated: str, held: str) -> bool:
    """Whether a stated chamber can be the one presided over; either may be unknown."""
    return not stated or not held or stated == held


_ALSO = frozenset(
    {
        ("foreign_minister", "secretary_of_state"),
        ("head", "chair"),
        ("chair", "head"),
        ("head", "director_general"),
        ("head", "business_head"),
        ("head", "executive_secretary"),
        ("head", "secretary_general"),
        ("head", "speaker"),
        ("deputy_minister", "other"),
    }
)
