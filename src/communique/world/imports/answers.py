"""The forms in which rows come: JSON, CSV and TSV of the Wikidata Query Service, and a user's own CSV or TSV.

In: text. Out: rows of cells by the headings as written; a cell knows its language where the form tells it. The form is
told by the text, not by the file's name. WorldError for what is no table at all; a row that is none is a finding.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from communique.errors import WorldError
from communique.world.imports.findings import ImportFinding, Refused, Unit

_TERM = re.compile(r'"(?P<words>.*)"(?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^\S+)?', re.DOTALL)
_ESCAPED = re.compile(r'\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|""', re.DOTALL)
_BLANKS = {"n": "\n", "t": "\t", "r": "\r"}
_SOME = "/.well-known/genid/"  # the address of a value that is there, though nobody knows which
_FORMS = "results of the Wikidata Query Service in JSON, CSV or TSV, or your own table with headings"


class Value(NamedTuple):
    """A cell. `unknown`: there is a value, though nobody knows which; `language` as told, else empty."""

    text: str
    language: str = ""
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """One row as given: its line or the number of its binding, and the cells that are not empty, by their headings."""

    number: int
    cells: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Answer:
    """All rows of a file, and findings about those that are no rows."""

    file: str
    unit: Unit
    headings: Sequence[str]
    rows: Sequence[Given]
    findings: Sequence[ImportFinding] = ()


def read_answer(text: str, file: str) -> Answer:
    """The rows of a text in any of the forms; `file` is what messages call it."""
    body = text.lstrip("\ufeff \t\r\n")
    answer = _from_json(body, file) if body[:1] in ("{", "[") else _from_table(text.lstrip("\ufeff"), file)
    if not answer.rows and not answer.findings:
        raise WorldError(f"{file} holds no row; it must be {_FORMS}")
    return answer


# JSON ------------------------------------------------------------------------------------------------------------


def _from_json(body: str, file: str) -> Answer:
    """The standard's results, or the service's short form, a list of objects."""
    try:
        decoded = msgspec.json.decode(body.encode("utf-8", "replace"))
    except msgspec.DecodeError as error:
        raise WorldError(f"{file} is no JSON ({error}); download the answer again") from None
    try:
        bindings = decoded["results"]["bindings"] if isinstance(decoded, dict) else decoded
        rows = [_binding(number, binding) for number, binding in enumerate(bindings, 1)]
        told = decoded["head"]["vars"] if isinstance(decoded, dict) else [key for row in rows for key in row.cells]
        headings = tuple(dict.fromkeys(map(str, told)))
    except (KeyError, TypeError, AttributeError):
        raise WorldError(f"{file} is JSON, though no results of a SELECT query; it must be {_FORMS}") from None
    return Answer(file, "binding", headings, rows)


def _binding(number: int, binding: Mapping[str, Any]) -> Given:
    cells = {name: _json_value(term) for name, term in binding.items() if term is not None}
    return Given(number, {name: value for name, value in cells.items() if value.text})


def _json_value(term: Any) -> Value:
    if not isinstance(term, dict):
        return _value(str(term))
    value = _value(term["value"], term.get("xml:lang", ""))
    return value._replace(unknown=True) if term.get("type") == "bnode" else value


# Tables ----------------------------------------------------------------------------------------------------------


def _from_table(text: str, file: str) -> Answer:
    delimiter = _delimiter(text.split("\n", 1)[0])
    lines = _tabbed(text) if delimiter == "\t" else _quoted(text, delimiter, file)
    _, header = next(lines, (1, []))
    headings = [_term(cell).text.lstrip("?") for cell in header]
    _check_headings(headings, file)
    rows: list[Given] = []
    findings: list[ImportFinding] = []
    for number, cells in lines:
        if len(cells) != len(headings):
            what = f"{len(cells)} cells, the header has {len(headings)}"
            wrong = Refused("cells", what, "write as many as there are headings; put one that has a comma in quotes")
            findings.append(wrong.finding(file, "line", number))
            continue
        values = {heading: _term(cell) for heading, cell in zip(headings, cells, strict=True)}
        rows.append(Given(number, {heading: value for heading, value in values.items() if value.text}))
    return Answer(file, "line", headings, rows, findings)


def _delimiter(header: str) -> str:
    """A tab where there is one; else what there is more of, as some countries' spreadsheets write semicolons."""
    return "\t" if "\t" in header else max(",;", key=header.count)


def _tabbed(text: str) -> Iterator[tuple[int, list[str]]]:
    """The service escapes tabs and line ends within a cell, so every one of them parts cells."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line.rstrip("\r").split("\t")


def _quoted(text: str, delimiter: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Cells in quotes may go over several lines; a row is told by its first."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            if any(cells):
                yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise WorldError(
            f"{file}, line {before + 1}: {error}; close every quote, and double it within a cell"
        ) from None


def _check_headings(headings: Sequence[str], file: str) -> None:
    twice = [h for n, h in enumerate(headings) if h and h in headings[:n]]
    if twice:
        raise WorldError(f"{file}, line 1: the column {twice[0]!r} stands there twice; rename one of them")


# Values ----------------------------------------------------------------------------------------------------------


def _term(cell: str) -> Value:
    r"""A cell of a table: a plain word, or an RDF term as the service's long TSV has it.

    >>> _term('"Сооронбай \\"Ж.\\" Жээнбеков"@ru'), _term('"2019-03-20T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>').text
    (Value(text='Сооронбай "Ж." Жээнбеков', language='ru', unknown=False), '2019-03-20T00:00:00Z')
    >>> _term("<http://www.wikidata.org/entity/Q7747>").text, _term("_:b0").unknown
    ('http://www.wikidata.org/entity/Q7747', True)
    """
    word = cell.strip()
    found = _TERM.fullmatch(word)
    if found:
        return _value(_ESCAPED.sub(_unescaped, found["words"]), found["language"] or "")
    return _value(word[1:-1] if word.startswith("<") and word.endswith(">") else word)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if code is None:
        return '"'
    return chr(min(int(code[1:], 16), 0x10FFFF)) if len(code) > 1 else _BLANKS.get(code, code)


def _value(text: str, language: str = "") -> Value:
    clean = one_line(text)
    return Value(clean, language.lower(), clean.startswith("_:") or _SOME in clean)


def one_line(text: str) -> str:
    """Printable letters on one line: a cell must neither break the file that it goes into nor steer a terminal.

    Marks of direction and soft hyphens go, other unprintable letters become blanks.
    """
    letters = (c if c.isprintable() else "" if unicodedata.category(c) == "Cf" else " " for c in text)
    return " ".join("".join(letters).split())
