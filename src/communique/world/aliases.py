"""The names of the world on their way into the alias index, table by table, in all languages."""

from collections.abc import Collection, Iterator, Mapping

from communique.world.index import AliasKind, Entry, split_cell
from communique.world.tables import Row

LANGUAGES = ("ru", "en", "kk")
# The kinds of alias that the rows of a table have: what an overlay's row with the same key hides.
KINDS_OF: dict[str, tuple[AliasKind, ...]] = {
    "states": ("state", "adjective", "demonym", "metonym"),
    "places": ("place", "venue"),
    "organisations": ("organisation", "body", "format"),
    "people": ("person",),
    "offices": ("office",),
}
_STATE_NAMES: tuple[tuple[str, AliasKind], ...] = (
    ("name", "state"), ("official", "state"), ("aliases", "state"), ("adjective", "adjective"), ("metonyms", "metonym"),
)  # fmt: skip


def iter_entries(
    tables: Mapping[str, Mapping[str, Row]], only: Mapping[str, Collection[str]] | None = None
) -> Iterator[Entry]:
    """The names of all rows, or of those with these keys; places are numbered as they stand in their table."""
    for row in _rows(tables, "states", only):
        yield from _state(row)
    for number, (key, row) in enumerate(tables["places"].items()):
        if only is None or key in only["places"]:
            kind: AliasKind = "venue" if row["kind"] == "venue" else "place"
            yield from _named(kind, str(number), row, "name", "aliases")
    for row in _rows(tables, "organisations", only):
        yield from _named(_organisation_kind(row["kind"]), row["id"], row, "name", "abbreviation", "aliases")
    for row in _rows(tables, "people", only):
        yield from _person(row)
    for row in _rows(tables, "offices", only):
        yield from _named("office", f"{row['code']}@{row['of']}", row, "names")


def _rows(
    tables: Mapping[str, Mapping[str, Row]], name: str, only: Mapping[str, Collection[str]] | None
) -> Iterator[Row]:
    return (row for key, row in tables[name].items() if only is None or key in only[name])


def _organisation_kind(kind: str) -> AliasKind:
    return "body" if kind == "body" else "format" if kind == "format" else "organisation"


def _state(row: Row) -> Iterator[Entry]:
    for column, kind in _STATE_NAMES:
        for language in LANGUAGES:
            for name in split_cell(row[f"{column}_{language}"]):
                yield Entry(kind, row["code"], name.partition("=")[0], language)


def _named(kind: AliasKind, key: str, row: Row, *columns: str) -> Iterator[Entry]:
    for column in columns:
        for language in LANGUAGES:
            for name in split_cell(row[f"{column}_{language}"]):
                yield Entry(kind, key, name, language)


def _person(row: Row) -> Iterator[Entry]:
    """Whole names, and each family name once, which is taken to be the last word; one of two letters means nothing alone."""
    for language in LANGUAGES:
        surnames: set[str] = set()
        for name in (*split_cell(row[f"name_{language}"]), *split_cell(row[f"variants_{language}"])):
            surname = name.split()[-1]
            if len(surname) > 2 and surname.lower() not in surnames:  # not «Те», «Си»: a pronoun, a conjunction
                surnames.add(surname.lower())
                yield Entry("person", row["id"], surname, language)
            yield Entry("person", row["id"], name, language)
