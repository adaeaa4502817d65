"""What changed between two states: formulas, one-sided reports, who published first, edited pages."""

import json
from pathlib import Path

import msgspec
import pytest

from communique.archive.view import View
from communique.archive.writer import Writer
from communique.cli import run
from communique.errors import ArchiveError
from communique.keep import reader
from communique.matching.formulas import Readout, find_formulas
from communique.questions.changed import NO_LATER, changed_report
from communique.reports.report import Report, ReportRow
from communique.text.release import Release
from communique.world.world import load_world

WORLD = load_world([Path(__file__).parents[1] / "examples" / "world"])
TALKS = "{day} в Остре Президент Веланды Иван Берег провёл переговоры с Премьер-министром Лирии Анной Холм. "
# Five meetings of one pair: a degree that rises, a phrase that goes on, one that is gone after the second.
CHRONICLE = [
    ("v1", "president.vl", "2024-03-10", TALKS.format(day="10 марта 2024 года") + "Отношения названы стратегическим партнёрством. Отмечен дух добрососедства и доверия. Граница остаётся границей дружбы."),
    ("l1", "president.lr", "2024-03-11", TALKS.format(day="10 марта 2024 года") + "Страны связывает стратегическое партнёрство. Граница двух стран стала границей дружбы."),
    ("v2", "president.vl", "2024-09-05", TALKS.format(day="5 сентября 2024 года") + "В духе добрососедства и доверия обсуждена торговля. Граница дружбы открыта."),
    ("v3", "president.vl", "2025-02-02", TALKS.format(day="2 февраля 2025 года") + "Провозглашено всеобъемлющее стратегическое партнёрство. Дух добрососедства и доверия крепнет. Границу дружбы перешли сто туристов."),
    ("v4", "president.vl", "2025-06-03", TALKS.format(day="3 июня 2025 года") + "Обсуждена торговля. Вновь отмечен дух добрососедства и доверия."),
    ("v5", "president.vl", "2025-10-04", TALKS.format(day="4 октября 2025 года") + "Обсуждён транспорт. Стороны верны духу добрососедства и доверия."),
    ("v6", "president.vl", "2026-01-05", TALKS.format(day="5 января 2026 года") + "Обсуждена культура. Дух добрососедства и доверия жив."),
]  # fmt: skip


def release(row: tuple[str, str, str, str]) -> Release:
    name, publisher, published, text = row
    return Release(id=name, text=text, original=text.encode(), source=name, publisher=publisher, published=published)


def add(path: Path, *rows: tuple[str, str, str, str]) -> None:
    with Writer(path) as writer:
        assert all(o.state in ("added", "version") for o in writer.add(map(release, rows), reader(WORLD)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    add(tmp_path / "a.db", *CHRONICLE)
    return tmp_path / "a.db"


def report(path: Path, last: int = 3) -> Report:
    with View(path) as view:
        return changed_report(view, "x-velanda", "x-liria", last=last)


def rows(found: Report, section: str) -> dict[str, ReportRow]:
    return {row.cells[0].shown: row for row in found.rows if row.section == section}


# Formulas --------------------------------------------------------------------------------------------------------


def told(*texts: str) -> list[Readout]:
    return [Readout(f"d{n}", f"2026-{n + 1:02}-01", f"m{n}", "ru", text) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            ("Крепнет дух добрососедства.", "О духе добрососедства.", "Дух добрососедства живёт."),
            ["дух добрососедства"],
        ),
        (("Крепнет дух добрососедства.", "О духе добрососедства."), []),  # twice is no custom
        (("Глава государства принял министра.",) * 3, []),  # everybody says it
        (("Встреча в Верхних Ключах.", "Из Верхних Ключей.", "Верхние Ключи."), []),  # a name
    ],
)
def test_a_phrase_of_several_meetings_is_a_formula(texts: tuple[str, ...], found: list[str]) -> None:
    assert [f.words for f in find_formulas(told(*texts))] == found


def test_reports_of_one_meeting_count_once() -> None:
    one = [r._replace(meeting="m") for r in told(*["Крепнет дух добрососедства."] * 3)]
    assert not find_formulas(one)


def test_what_stands_as_often_in_the_readouts_of_others_is_no_formula_of_a_pair() -> None:
    texts = told(*["Крепнет дух добрососедства."] * 3)
    assert find_formulas(texts, ["Обсуждена торговля."] * 3)
    assert not find_formulas(texts, ["Крепнет дух добрососедства."] * 3)


def test_degrees_of_relations_rise() -> None:
    (formula,) = find_formulas(
        told(
            "Страны связывает партнёрство.",
            "Провозглашено стратегическое партнёрство.",
            "Развивается стратегическое партнёрство, это партнёрство крепнет.",
            "Отныне это отношения союзничества.",
        )
    )
    assert formula.ladder == "partnership"
    assert [(s.document, s.words) for s in formula.rises()] == [
        ("d1", "стратегическое партнёрство"),
        ("d3", "союзничества"),
    ]


def test_a_treaty_under_discussion_is_no_degree() -> None:
    (formula,) = find_formulas(told("Страны связывает стратегическое партнёрство.", "Обсуждён договор о союзничестве."))
    assert [s.document for s in formula.standings] == ["d0"]


# The question ----------------------------------------------------------------------------------------------------


def test_what_became_of_the_formulas(path: Path) -> None:
    found = rows(report(path), "Formulas")
    assert found["«дух добрососедства и доверия»"].cells[-1].code == "goes_on"
    gone = found["«граница дружбы»"].cells[-1]
    assert gone.code == "absent" and gone.shown == f"{NO_LATER}: 3 meetings since"
    degrees = found["«стратегическое партнёрство»"].cells[-1]
    assert (
        degrees.code == "strengthened,absent"
        and "stronger on 2025-02-02: «всеобъемлющее стратегическое партнёрство»" in degrees.shown
    )
    assert rows(report(path, last=4), "Formulas")["«граница дружбы»"].cells[-1].code == "goes_on"


def test_every_place_is_quoted(path: Path) -> None:
    found = report(path)
    texts = {row[0]: row[3] for row in CHRONICLE}
    quoted = [f for f in found.footnotes if hasattr(f, "quote")]
    assert quoted and all(texts[f.document][f.start : f.end] == f.quote for f in quoted)


def test_silence_of_part_of_a_text_is_no_absence(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    excerpts = [
        Release(**{**{f: getattr(release(r), f) for f in Release.__struct_fields__}, "extent": "excerpt"})
        for r in CHRONICLE[4:]
    ]
    with Writer(path) as writer:
        list(writer.add([*map(release, CHRONICLE[:4]), *excerpts], reader(WORLD)))
    finding = rows(report(path), "Formulas")["«граница дружбы»"].cells[-1]
    assert finding.shown.endswith("3 meetings since (3 readouts of these not whole, or in another language)")


def test_what_was_not_whole_before_proves_no_first_time(tmp_path: Path) -> None:
    def before(extent: str) -> str:
        path = tmp_path / f"{extent}.db"
        early = release(
            ("v0", "president.vl", "2023-05-05", TALKS.format(day="5 мая 2023 года") + "Обсуждена торговля.")
        )
        with Writer(path) as writer:
            list(writer.add([msgspec.structs.replace(early, extent=extent), *map(release, CHRONICLE)], reader(WORLD)))  # type: ignore[arg-type]
        return str(rows(report(path), "Formulas")["«граница дружбы»"].cells[-1].shown)

    assert "after 1 meeting without it" in before("full")
    assert "first seen" not in before("excerpt")


def test_who_reports_and_who_was_first(path: Path) -> None:
    found = report(path)
    first = rows(found, "Who published first")["2024-03-10 talks"]
    assert first.cells[-1].code == "first_x-velanda" and "2024-03-10, 2024-03-11" in first.cells[-1].shown
    alone = rows(found, "Reported by one side")
    assert "2024-03-10 talks" not in alone and len(alone) == 5
    assert {row.cells[-1].code for row in alone.values()} == {"only_x-velanda"}


def test_nothing_is_claimed_where_the_other_side_may_have_reported(path: Path) -> None:
    """A page of the other side about these days that nothing joins to the meeting: it may be of it, it may not."""
    add(
        path,
        (
            "l2",
            "president.lr",
            "2024-09-05",
            "Анна Холм вернулась из Веланды. Накануне прошла встреча с Президентом Веланды Иваном Берегом.",
        ),
    )
    alone = {row.cells[0].shown: row for row in report(path).rows if row.section == "Reported by one side"}
    row = alone.get("2024-09-05 talks")
    assert row is None or (row.cells[-1].code == "unsure" and "l2 may tell of it" in row.cells[-1].shown)


def test_with_the_pages_of_one_side_alone_nothing_is_said_of_who_reports(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    add(path, *(row for row in CHRONICLE if row[0] != "l1"))
    found = report(path)
    assert not rows(found, "Reported by one side")
    assert any("No page of x-liria's side" in note for note in found.notes)


def test_edited_pages_show_both_wordings(path: Path) -> None:
    name, publisher, published, text = CHRONICLE[3]
    add(
        path,
        (
            name,
            publisher,
            published,
            text.replace("сто туристов", "двести туристов").replace("Дух добрососедства и доверия крепнет. ", ""),
        ),
    )
    edited = [row for row in report(path).rows if row.section == "Edited pages"]
    (row,) = edited
    assert row.cells[0].shown == "v3, version 1 and 2" and row.cells[-1].code == "reworded"
    assert "сто туристов" in row.cells[1].shown and "двести туристов" in row.cells[1].shown
    assert "крепнет" in row.cells[1].shown.split("version 2")[0]


def test_a_pair_without_readouts_is_told_so(path: Path) -> None:
    with View(path) as view, pytest.raises(ArchiveError, match="no readout of just KZ and RU"):
        changed_report(view, "KZ", "RU")


def test_the_command(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ["--archive", str(path)]
    assert run(["changed", "x-velanda", "x-liria", *at]) == 0
    printed = capsys.readouterr().out
    assert "Formulas" in printed and "never" not in printed and "overdue" not in printed and "broken" not in printed
    assert run(["changed", "x-liria", "x-velanda", "--format", "json", *at]) == 0
    assert json.loads(capsys.readouterr().out)["columns"] == ["what", "x-liria", "x-velanda", "finding"]
    assert run(["changed", "kz", "ru", *at]) == 1
    assert "no readout of just KZ and RU" in capsys.readouterr().err
