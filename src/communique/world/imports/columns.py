"""What the headings of an answer stand for, whoever wrote them.

In: the headings of an answer. Out: for each role of a cell the headings that fill it, with the language that they tell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from communique.errors import WorldError
from communique.world.imports.answers import Answer, Given, Value
from communique.world.names.russian import fold

Role = Literal[
    "person", "name", "variant", "office", "state", "of", "start", "end", "start_precision", "end_precision",
    "gender", "standing",
]  # fmt: skip
_WORDS: dict[Role, str] = {
    "person": "person item human politician holder officeholder id",
    "name": "имя фио персона есімі",
    "office": "office position officecode должность пост лауазым",
    "state": "state country государство страна мемлекет ел",
    "of": "of organisation organization организация ұйым",
    "start": "start starttime startdate since from начало с басы",
    "end": "end endtime enddate until to конец по соңы",
    "start_precision": "startprecision starttimeprecision startdateprecision",
    "end_precision": "endprecision endtimeprecision enddateprecision",
    "gender": "gender sex sexorgender пол жынысы",
    "standing": "standing",
}
_ROLES: dict[str, Role] = {word: role for role, words in _WORDS.items() for word in words.split()}
_WHOSE = rf"(?:{'|'.join(_WORDS['person'].split())})?"
_LANGUAGE = r"(?P<language>ru|en|kk)?"
_NAME = re.compile(rf"{_WHOSE}(?:label|name|fullname){_LANGUAGE}")
_VARIANT = re.compile(rf"{_WHOSE}(?:alt(?:label|name)s?|alias(?:es)?|variants?){_LANGUAGE}")
_LABEL = re.compile(rf"(?P<word>.+?)(?:label|name){_LANGUAGE}")
_TOLD = "person or label_ru, office or positionLabel, state, start, end"


def role_of(heading: str) -> tuple[Role, str] | None:
    """The role of a column and the language that its heading tells, else empty; None for a heading that says nothing.

    >>> role_of("?personLabel_ru"), role_of("Label EN"), role_of("positionLabel"), role_of("birthplace")
    (('name', 'ru'), ('name', 'en'), ('office', ''), None)
    """
    low = re.sub(r"[\W_]+", "", fold(heading))
    if low in _ROLES:
        return _ROLES[low], ""
    if found := _NAME.fullmatch(low):
        return "name", found["language"] or ""
    if found := _VARIANT.fullmatch(low):
        return "variant", found["language"] or ""
    found = _LABEL.fullmatch(low)
    return (_ROLES[found["word"]], found["language"] or "") if found and found["word"] in _ROLES else None


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings by role, in the order of the file; `unread` are those that say nothing to us."""

    by_role: dict[Role, list[tuple[str, str]]]
    unread: Sequence[str]

    def values(self, given: Given, role: Role) -> Iterator[Value]:
        """The cells of a role; a cell that tells no language has that of its heading."""
        for heading, language in self.by_role[role]:
            value = given.cells.get(heading)
            if value is not None:
                yield value._replace(language=value.language or language)

    def first(self, given: Given, role: Role) -> Value:
        """The first cell of a role that is not empty; an empty value where there is none."""
        return next(self.values(given, role), Value(""))


def find_columns(answer: Answer) -> Columns:
    """The columns of an answer; WorldError where whoever held what since when cannot be told from them."""
    by_role: dict[Role, list[tuple[str, str]]] = {role: [] for role in get_args(Role)}
    unread: list[str] = []
    for heading in answer.headings:
        told = role_of(heading)
        if told is not None:
            by_role[told[0]].append((heading, told[1]))
        elif heading:
            unread.append(heading)
    for role, needed in (("person", ("person", "name")), ("office", ("office",)), ("start", ("start",))):
        if not any(by_role[r] for r in get_args(Role) if r in needed):
            raise WorldError(f"{answer.file} has no column of the {role}: {list(answer.headings)}; write {_TOLD}")
    return Columns(by_role, unread)
