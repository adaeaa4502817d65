"""The tables of the world as text: their columns, their keys, and how the rows of an overlay replace those below.

In: TSV text. Out: rows by key, every column filled. WorldError with file, line and remedy for what is no row.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from communique.errors import WorldError

Row = dict[str, str]
COLUMNS: dict[str, tuple[str, ...]] = {
    "states": (
        "code", "iso3", "cow", "gw", "wikidata", "name_ru", "official_ru", "adjective_ru", "demonym_ru", "aliases_ru",
        "metonyms_ru", "name_en", "official_en", "adjective_en", "demonym_en", "aliases_en", "metonyms_en", "name_kk",
        "official_kk", "adjective_kk", "demonym_kk", "aliases_kk", "metonyms_kk", "capital",
    ),
    "capitals": ("state", "city", "name_ru", "name_en", "name_kk", "start", "end", "source"),
    "places": ("name_ru", "country", "kind", "aliases_ru", "of", "name_en", "aliases_en", "name_kk", "aliases_kk", "geonames"),
    "organisations": (
        "id", "kind", "abbreviation_ru", "name_ru", "aliases_ru", "abbreviation_en", "name_en", "aliases_en",
        "abbreviation_kk", "name_kk", "aliases_kk", "parent", "seat", "series_ru",
    ),
    "memberships": ("organisation", "state", "start", "end", "standing", "source"),
    "people": ("id", "name_ru", "variants_ru", "name_en", "variants_en", "name_kk", "variants_kk", "gender", "wikidata"),
    "offices": ("code", "of", "names_ru", "names_en", "names_kk"),
    "tenures": ("person", "office", "of", "start", "end", "standing", "source", "chamber"),
    "publishers": (
        "site", "name_ru", "state", "kind", "aliases_ru", "name_en", "aliases_en", "name_kk", "aliases_kk",
        "languages", "rights", "organisation",
    ),
}  # fmt: skip
# The columns that a file may not leave out; any other may be absent, and is empty then.
REQUIRED: dict[str, tuple[str, ...]] = {
    "states": ("code", "name_ru"),
    "capitals": ("state", "city", "name_ru", "start"),
    "places": ("name_ru", "country", "kind"),
    "organisations": ("id", "kind", "name_ru"),
    "memberships": ("organisation", "state", "standing"),
    "people": ("id",),
    "offices": ("code",),
    "tenures": ("person", "office", "of", "start"),
    "publishers": ("site", "name_ru", "kind"),
}


def read_table(path: Path) -> str:
    """The text of an overlay's file; WorldError where it cannot be read."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise WorldError(
            f"{path} cannot be read ({error.strerror}); it must be a file of tab-separated values"
        ) from None
    except UnicodeDecodeError as error:
        raise WorldError(f"{path}: byte {error.start} is no UTF-8; save the file as UTF-8") from None


def stamp_of(folder: Path) -> tuple[float, ...]:
    """When each file of an overlay was last changed; WorldError where there is no overlay."""
    if not folder.is_dir():
        raise WorldError(f"no folder {folder}; --world takes a folder with {', '.join(f'{n}.tsv' for n in COLUMNS)}")
    present = [folder / f"{n}.tsv" for n in COLUMNS if (folder / f"{n}.tsv").exists()]
    if not present:
        raise WorldError(f"{folder} holds none of {', '.join(f'{n}.tsv' for n in COLUMNS)}")
    return tuple(p.stat().st_mtime for p in present)


def merge_rows(table: dict[str, Row], name: str, text: str, where: str) -> None:
    """The rows of a table's text put into `table` by their keys; WorldError with the line for what is no row."""
    lines = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        _merge_lines(table, name, lines, where)
    except csv.Error as error:
        raise WorldError(
            f"{where}, line {lines.line_num}: {error}; a cell is far too long, or a tab is missing"
        ) from None


def _merge_lines(table: dict[str, Row], name: str, lines: Iterator[list[str]], where: str) -> None:
    header = tuple(next(lines, ()))
    _check_header(header, name, where)
    for number, cells in enumerate(lines, 2):
        if not any(cells):
            continue
        if len(cells) != len(header):
            raise WorldError(
                f"{where}, line {number}: {len(cells)} cells, the header has {len(header)}; separate cells with tabs"
            )
        row = dict.fromkeys(COLUMNS[name], "") | dict(zip(header, cells, strict=True))
        table[row_key(name, row)] = row


def _check_header(header: tuple[str, ...], name: str, where: str) -> None:
    """The columns may stand in any order, and all but the required ones may be absent."""
    unknown = [c for c in header if c not in COLUMNS[name]]
    missing = [c for c in REQUIRED[name] if c not in header]
    if unknown or missing or len(set(header)) < len(header):
        wrong = f"unknown {unknown}" if unknown else f"without {missing}" if missing else "one of them twice"
        raise WorldError(
            f"{where}, line 1: columns {list(header)}, {wrong}; write {list(COLUMNS[name])}, or some of them"
        )


def row_key(name: str, row: Row) -> str:
    """What makes two rows one: an overlay's row with the same key replaces the earlier."""
    return "\t".join(row[column] for column in _KEYS.get(name, COLUMNS[name][:1]))


_KEYS = {
    "capitals": ("state", "start"),
    "places": ("name_ru", "country", "kind", "of"),
    "memberships": ("organisation", "state", "standing", "start"),
    "offices": ("code", "of"),
    "tenures": ("person", "office", "of", "start"),
}
