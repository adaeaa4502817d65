"""One row of an answer -> one claim: this person held this office of this state or organisation from then to then.

In: cells by their roles. Out: claims, every value in the world's terms, and findings about the rows that make none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import get_args

from communique.record.vocabulary import Standing
from communique.world.check import is_reversed
from communique.world.imports.answers import Answer, Given, Value
from communique.world.imports.columns import Columns, Role
from communique.world.imports.findings import ImportFinding, Refused
from communique.world.imports.values import (
    Meanings,
    Post,
    entity_of,
    language_of,
    parse_date,
    parse_gender,
    parse_precision,
    parse_standing,
    with_near,
)
from communique.world.index import split_cell

_ID = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
Names = dict[str, list[str]]
"""Names by language, the best first."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says. `entity` is a Q-id, `known` the id of a person of the world, `home` the state whose the person is.

    `stand_ins` are the languages whose name is a label of some other language; `words` is the office as written, where it
    was written in words.
    """

    number: int
    entity: str
    known: str
    names: Names
    stand_ins: frozenset[str]
    variants: Names
    gender: str
    home: str
    office: str
    of: str
    words: str
    standing: str
    start: str
    end: str

    @property
    def said(self) -> frozenset[str]:
        """All names that the row tells."""
        return frozenset(n for names in (self.names, self.variants) for told in names.values() for n in told)

    @property
    def called(self) -> str:
        """The person in a message."""
        return next((names[0] for names in self.names.values()), self.entity or self.known)


def read_claims(meanings: Meanings, answer: Answer, columns: Columns) -> tuple[list[Claim], list[ImportFinding]]:
    """The claims of all rows that make one, and findings about the others; a gender that is none costs only itself."""
    claims: list[Claim] = []
    findings = list(answer.findings)
    for given in answer.rows:
        try:
            claims.append(_claim(meanings, given, columns))
        except Refused as refused:
            findings.append(refused.finding(answer.file, answer.unit, given.number))
            continue
        gender = columns.first(given, "gender").text
        if parse_gender(gender) is None:
            doubt = Refused("unknown_gender", f"unknown gender {gender!r}, left out", "write m or f")
            findings.append(doubt.finding(answer.file, answer.unit, given.number, kept=True))
    return claims, findings


def _claim(meanings: Meanings, given: Given, columns: Columns) -> Claim:
    entity, known, names, stand_ins = _who(meanings, given, columns)
    state = meanings.state(_texts(columns, given, "state"))
    post = meanings.office(_texts(columns, given, "office"))
    of = _owner(meanings, columns.first(given, "of").text, post, state)
    start, end = _when(given, columns)
    return Claim(
        number=given.number,
        entity=entity,
        known=known,
        names=names,
        stand_ins=stand_ins,
        variants=_variants(columns, given),
        gender=parse_gender(columns.first(given, "gender").text) or "",
        home=state or of,
        office=post.code,
        of=of,
        words=post.words,
        standing=_standing(columns.first(given, "standing").text, post),
        start=start,
        end=end,
    )


def _texts(columns: Columns, given: Given, role: Role) -> list[str]:
    return [value.text for value in columns.values(given, role) if not value.unknown]


# People -----------------------------------------------------------------------------------------------------------


def _who(meanings: Meanings, given: Given, columns: Columns) -> tuple[str, str, Names, frozenset[str]]:
    """The Q-id, the id in the world, the names and the languages of stand-ins; a person may be told by any of the three."""
    person, people = columns.first(given, "person").text, meanings.world.people
    entity, known = entity_of(person), person if person in people else ""
    if not entity and not known and _ID.fullmatch(person):
        remedy = with_near("write a name, a Q-id or an id of people.tsv", get_close_matches(person, people, 3))
        raise Refused("unknown_person", f"nobody has the id {person!r}", remedy)
    names, stand_ins = _names(columns, given, entity or known)
    if not names and not known and entity not in meanings.people:
        raise Refused("no_name", f"{entity or 'the person'} has no name", "ask for ?personLabel too, or add label_ru")
    return entity, known, names, stand_ins


def _names(columns: Columns, given: Given, itself: str) -> tuple[Names, frozenset[str]]:
    """Names by language, and the languages in which only a label of another stands in for one.

    The service writes the Q-id where it has no label. A user may write a name as the person.
    """
    values = [value for value in columns.values(given, "name") if not entity_of(value.text)]
    person = columns.first(given, "person")
    if person.text and not itself and not person.unknown:
        values.append(person)
    own, foreign = _by_language(filter(_is_own, values)), _by_language(values)
    return {**foreign, **own}, frozenset(foreign.keys() - own.keys())


def _is_own(value: Value) -> bool:
    return value.language.partition("-")[0] in ("", "mul", language_of(value))


def _by_language(values: Iterable[Value]) -> Names:
    names: Names = defaultdict(list)
    for value in values:
        language = language_of(value)
        if language:
            names[language].append(" ".join(value.text.replace("|", " ").split()))
    return names


def _variants(columns: Columns, given: Given) -> Names:
    """The service has them in one cell between commas, a user between |."""
    return _by_language(
        value._replace(text=part)
        for value in columns.values(given, "variant")
        for cell in split_cell(value.text)
        for part in cell.split(", ")
    )


# Offices and dates -----------------------------------------------------------------------------------------------


def _owner(meanings: Meanings, told: str, post: Post, state: str | None) -> str:
    """Whose office it is: what the column `of` says, else the words of the office, else the column of the state."""
    given = meanings.owner(told) if told else state
    if given is None and post.of is None:
        raise Refused("no_state", f"it is not said whose {post.code} it is", "add a column state, or of")
    contrary = given != post.of and (bool(told) or post.of in meanings.world.states)
    if given and post.of and contrary:
        what = f"the office is of {post.of}, the column says {given}"
        raise Refused("two_states", what, "correct one of them, or leave the column empty")
    return post.of or given or ""


def _standing(told: str, post: Post) -> str:
    standing = parse_standing(told)
    if standing is None:
        raise Refused("unknown_standing", f"unknown standing {told!r}", f"write {', '.join(get_args(Standing))}")
    return standing or post.standing


def _when(given: Given, columns: Columns) -> tuple[str, str]:
    start, end = _date(columns, given, "start", "start_precision"), _date(columns, given, "end", "end_precision")
    if not start:
        raise Refused("no_date", "no start", "write since when at least to the year, or leave the row out")
    if is_reversed(start, end):
        raise Refused("reversed_dates", f"ends {end} before it starts {start}", "correct one of the dates")
    return start, end


def _date(columns: Columns, given: Given, role: Role, precision: Role) -> str:
    value, exact = columns.first(given, role), columns.first(given, precision).text
    if not value.text:
        return ""
    if value.unknown:
        raise Refused("no_date", f"the {role} is not known", "write it at least to the year, or leave the row out")
    length = parse_precision(exact) if exact else None
    if exact and length is None:
        what = f"the {role} has the precision {exact!r}, which is no year, month or day"
        raise Refused("bad_date", what, "find the year, or leave the row out; 9 is a year, 10 a month, 11 a day")
    date = parse_date(value.text, length)
    if date is None:
        raise Refused("bad_date", f"the {role} {value.text!r} is no date", "write 2019-03-20, 2019-03 or 2019")
    return date
