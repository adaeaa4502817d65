"""The quality table of the README, written from bench/results.json: weak spots first.

`python -m bench.readme` writes it; a test holds that the README shows what the results say.
"""

from pathlib import Path

import msgspec

from bench.quality import RESULTS, Results, Row

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- written by bench/readme.py -->", "<!-- end -->"
WEAKEST = 12


def table(results: Results) -> str:
    """Groups, then the weakest fields and phenomena, as Markdown."""
    score = results.groups[-1]
    lines = [
        f"Russian, {results.documents} composed readouts annotated twice, settled, none of it by anybody who had seen the rules; {results.day}. "
        f"Score (mean of the groups' F1): **{score.f1:.3f}** [{score.low:.2f}–{score.high:.2f}].",
        "",
        "| weakest fields | found right | invented or wrong | missed or wrong | F1 | 95 % |",
        "|---|---|---|---|---|---|",
        *map(_line, _weakest([r for r in results.fields if not r.name.startswith("span.")])),
        "",
        "| group | found right | invented or wrong | missed or wrong | F1 | 95 % |",
        "|---|---|---|---|---|---|",
        *map(_line, sorted(results.groups[:-1], key=lambda r: r.f1)),
    ]
    return "\n".join(lines)


def _weakest(rows: list[Row]) -> list[Row]:
    enough = [r for r in rows if r.tp + r.fn >= 20]
    return sorted(enough, key=lambda r: r.f1)[:WEAKEST]


def _line(row: Row) -> str:
    return f"| {row.name} | {row.tp} | {row.fp} | {row.fn} | {row.f1:.2f} | {row.low:.2f}–{row.high:.2f} |"


def written(text: str, results: Results) -> str:
    """The README with the table of these results between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(results)}\n{END}{after}"


def write(results: Results, path: Path = README) -> None:
    path.write_text(written(path.read_text("utf-8"), results), "utf-8")


if __name__ == "__main__":
    write(msgspec.json.decode(RESULTS.read_bytes(), type=Results))
