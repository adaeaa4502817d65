"""How large the world is: rows a table, names a language, tenures by source; and the lines of the README that say so.

`python -m bench.world_counts` prints the tables, `--write` the README's lines. `tests/test_world_counts.py` holds the README to it.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.world.index import split_cell
from communique.world.tables import COLUMNS, Row, merge_rows

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src" / "communique" / "world" / "data"
README = ROOT / "README.md"
LANGUAGES = ("ru", "en", "kk")
POST_SOVIET = tuple("RU KZ KG UZ TJ TM BY AM AZ GE MD UA LT LV EE".split())
PARTNERS = tuple(
    "AR AU BR CA CN FR DE IN ID IT JP KR MX SA ZA TR GB US AT BE BG HR CY CZ DK FI GR HU IE LU MT NL PL PT RO SK SI ES SE "
    "AF IR MN PK KP AE QA KW IL EG RS VN NO CH".split()
)
BEGIN, END = "<!-- written by bench/world_counts.py -->\n", "<!-- end of the world's counts -->"


def load_tables(folder: Path = DATA) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {}
    for name in COLUMNS:
        rows: dict[str, Row] = {}
        merge_rows(rows, name, (folder / f"{name}.tsv").read_text("utf-8"), name)
        tables[name] = list(rows.values())
    return tables


def count_names(rows: Iterable[Row], language: str) -> int:
    """All names and forms in a language: cells with several values count each."""
    return sum(
        1 for row in rows for column, cell in row.items() if column.endswith(f"_{language}") for _ in split_cell(cell)
    )


def named(rows: Iterable[Row], language: str) -> int:
    """The rows that have a name in the language."""
    return sum(any(row.get(f"{c}_{language}") for c in ("name", "names")) for row in rows)


def groups(tables: dict[str, list[Row]]) -> Iterator[tuple[str, list[Row]]]:
    """The tenures of whom: all, the post-Soviet states, their main partners, the other states, organisations."""
    tenures = tables["tenures"]
    states = {row["code"] for row in tables["states"]}
    yield "all", tenures
    yield "post-Soviet states", [t for t in tenures if t["of"] in POST_SOVIET]
    yield "main partners", [t for t in tenures if t["of"] in PARTNERS]
    yield "other states", [t for t in tenures if t["of"] in states and t["of"] not in (*POST_SOVIET, *PARTNERS)]
    yield "organisations", [t for t in tenures if t["of"] not in states]


def unverified(tenures: list[Row]) -> int:
    """The tenures that no list and no page names."""
    return sum(t["source"] == "unverified" for t in tenures)


def whole(tenures: list[Row]) -> int:
    """The tenures whose sources support both dates."""
    return sum("unverified" not in split_cell(t["source"]) for t in tenures)


def readme_lines(tables: dict[str, list[Row]]) -> str:
    count = {name: f"{len(rows):,}" for name, rows in tables.items()}
    bodies = sum(r["kind"] == "body" for r in tables["organisations"])
    shares = {name: unverified(rows) / len(rows) for name, rows in groups(tables)}
    return (
        f"- Names of states, bodies and people come from the world that ships, in Russian, English and Kazakh: {count['states']} states, "
        f"{count['organisations']} organisations and formats ({bodies} of them bodies), {count['people']} people, {count['tenures']} tenures, "
        f"{count['places']} places, {count['publishers']} publishers. {shares['all']:.0%} of the tenures are `unverified` "
        f"(post-Soviet states {shares['post-Soviet states']:.0%}, main partners {shares['main partners']:.0%}, other states "
        f"{shares['other states']:.0%}, organisations {shares['organisations']:.0%}): a name or id that rests on one is inferred, says so, "
        "and is left out of `export --precise`. Your own `--world` folder adds to it or replaces rows.\n"
    )


def written_readme(text: str, lines: str) -> str:
    """The README with these lines between the marks."""
    return re.sub(f"(?s){re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: BEGIN + lines + END, text)


def print_counts(tables: dict[str, list[Row]]) -> None:
    print(f"{'table':16}{'rows':>7}" + "".join(f"{f'named {x}':>11}{f'forms {x}':>11}" for x in LANGUAGES))
    for name, rows in tables.items():
        forms = "".join(f"{named(rows, x) or '':>11}{count_names(rows, x) or '':>11}" for x in LANGUAGES)
        print(f"{name:16}{len(rows):7}{forms}")
    print(f"\n{'tenures of':22}{'all':>6}{'whole':>7}{'in part':>9}{'unverified':>12}")
    for name, rows in groups(tables):
        none, both = unverified(rows), whole(rows)
        print(f"{name:22}{len(rows):6}{both:7}{len(rows) - none - both:9}{none:12}  {none / len(rows):.1%}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the README's lines")
    given = parser.parse_args()
    tables = load_tables()
    print_counts(tables)
    if given.write:
        README.write_text(written_readme(README.read_text("utf-8"), readme_lines(tables)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
