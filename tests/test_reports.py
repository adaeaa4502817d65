"""Reports: each rendering shows every cell and every quoted word, and no word of a document becomes anything else."""

import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from accounts import BEREG, KHOLM, account
from communique.cli import run
from communique.errors import RecordError
from communique.questions.compare import compare_report
from communique.record.document import Document
from communique.record.markup import Piece
from communique.reports.html import render_html
from communique.reports.json import decode_report, render_json
from communique.reports.markdown import render_markdown
from communique.reports.report import Cell, Footnotes, Reason, Report, ReportRow, Run, Words
from communique.reports.table import render_table

EXAMPLES = Path(__file__).parents[1] / "examples"
WORLD = str(EXAMPLES / "world")
SPITEFUL = "<script>alert('1')</script> & \"x\" | `y` *z* [link](http://evil.example) \x1b[31m\u202e^1"
DOC = Document(id="d", version="v", text="Глава государства")
Capture = pytest.CaptureFixture[str]


def report() -> Report:
    theirs = account("liria", status="planned").act("Холм звала в Арду.", KHOLM, "invite", BEREG, "посетить Арду")
    return compare_report([account().record(), theirs.record()], ("ours", "theirs"))


def spiteful(url: str = "https://president.vl/1?a=1&b=<2>") -> Report:
    doc = Document(id=SPITEFUL, url=url, version="v", text=SPITEFUL)
    footnotes = Footnotes()
    runs = footnotes.runs((Piece(SPITEFUL), Piece("Берег", SPITEFUL)), doc, (doc.cite(0, 40),))
    row = ReportRow(SPITEFUL, (Cell(runs, "only_a", "one_sided"), Cell((Run("b"),))), (SPITEFUL,))
    return Report(title=SPITEFUL, columns=(SPITEFUL, "B"), rows=(row,), footnotes=footnotes.all(), notes=(SPITEFUL,))


class Page(HTMLParser):
    """The elements, addresses and words of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def test_json_round_trip_gives_the_same_letters() -> None:
    for whole in (report(), spiteful()):
        assert decode_report(render_json(whole)) == whole
        assert render_json(decode_report(render_json(whole))) == render_json(whole)


def test_json_that_is_no_report_is_refused() -> None:
    for data in ("", "[]", '{"title": 1}', '{"title": "t", "columns": ["a"], "rows": [{"section": "s", "cells": []}]}'):
        with pytest.raises(RecordError, match=r"not a report|cells under"):
            decode_report(data)


def test_json_has_codes_for_scripts() -> None:
    codes = {row.cells[0].shown: [cell.code for cell in row.cells] for row in report().rows}
    assert codes["status"] == [None, None, None, "differently"]
    assert [r.cells[3].code for r in report().rows if r.cells[1].code] == ["only_b"]
    assert [r.cells[1].code for r in report().rows if r.cells[1].code] == ["not_stated"]


def test_footnotes_quote_the_document() -> None:
    texts = {r.document.id: r.document.text for r in (account().record(), account("liria").record())}
    quoted = [f for f in report().footnotes if isinstance(f, Words) and f.document == "velanda"]
    assert quoted
    assert all(texts[f.document][f.start : f.end] == f.quote for f in quoted)


@pytest.mark.parametrize("render", [render_table, render_markdown, render_html, render_json])
def test_every_rendering_shows_every_cell_and_footnote(render) -> None:  # type: ignore[no-untyped-def]
    whole = report()
    printed = render(whole)
    squeezed = re.sub(r"[\s\\─]+", "", Page(printed).words if render is render_html else printed)
    if render is render_table:
        printed = render_table(whole, width=10_000)
        squeezed = re.sub(r"[\s─]+", "", printed)
    for words in (*(r.text for row in whole.rows for cell in row.cells for r in cell.runs), *whole.notes):
        assert re.sub(r"\s+", "", words) in squeezed
    for footnote in whole.footnotes:
        if isinstance(footnote, Reason):
            assert re.sub(r"\s+", "", footnote.reason) in squeezed
            continue
        assert re.sub(r"\s+", "", footnote.quote) in squeezed
        assert f"{footnote.start}–{footnote.end}" in squeezed or f'"start":{footnote.start}' in squeezed


@pytest.mark.parametrize("render", [render_table, render_markdown, render_html])
def test_what_is_inferred_stays_marked_with_its_reason(render) -> None:  # type: ignore[no-untyped-def]
    footnotes = Footnotes()
    cell = Cell(
        footnotes.runs((Piece("«Глава государства» "), Piece("Иван Берег", "the only president there")), DOC, ())
    )
    whole = Report(title="t", columns=("who",), rows=(ReportRow("", (cell,)),), footnotes=footnotes.all())
    printed = render(whole).replace("\\", "")
    assert "[Иван Берег]" in printed and "the only president there" in printed


def test_html_is_one_page_that_runs_and_loads_nothing() -> None:
    page = Page(render_html(spiteful()))
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert SPITEFUL.replace("\x1b", "").replace("\u202e", "") in page.words
    addresses = [value for name, value in page.attributes if name == "href" and value and not value.startswith("#")]
    assert addresses == ["https://president.vl/1?a=1&b=<2>"]
    assert "default-src 'none'" in render_html(spiteful())


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "http://[::1"])
def test_only_web_addresses_become_links(url: str) -> None:
    page = Page(render_html(spiteful(url)))
    assert all(value and value.startswith("#") for name, value in page.attributes if name == "href")


def test_html_footnotes_lead_somewhere() -> None:
    page = Page(render_html(report()))
    wanted = {value for name, value in page.attributes if name == "href" and value}
    assert wanted == {f"#{value}" for name, value in page.attributes if name == "id"}


def test_markdown_takes_no_word_for_markup() -> None:
    printed = render_markdown(spiteful())
    for sign in "<>*`|":
        assert not re.search(rf"(?<!\\){re.escape(sign)}script|(?<!\\){re.escape(sign)}z", printed)
    assert (
        "http://" not in printed
        and "\x1b" not in printed
        and "](" not in printed.replace("\\]\\(", "").replace("\\](", "")
    )
    table = [line for line in printed.splitlines() if line.startswith("|")]
    assert [len(re.findall(r"(?<!\\)\|", line)) for line in table] == [3, 3, 3]


def test_markdown_keeps_the_words_of_a_cell_apart() -> None:
    assert "Анна Холм, invite, " in re.sub(
        r"\[\^\d+\]|\\.", "", render_markdown(report()).replace("\\[", "").replace("\\]", "")
    )


def test_table_lets_no_document_steer_the_terminal() -> None:
    assert "\x1b" not in render_table(spiteful()) and "\u202e" not in render_table(spiteful(), colours=True)
    assert "\x1b[" in render_table(report(), colours=True)


@pytest.mark.parametrize("width", [20, 60, 80, 200])
def test_table_keeps_to_its_width(width: int) -> None:
    assert max(len(line) for line in render_table(report(), width=width).splitlines()) <= max(width, 60)


def test_an_empty_report_is_drawn() -> None:
    empty = Report(title="nothing", columns=("a",))
    for render in (render_table, render_markdown, render_html, render_json):
        assert "nothing" in render(empty)


def test_a_report_keeps_its_rules() -> None:
    whole = report()
    with pytest.raises(RecordError, match="cells under"):
        msgspec.structs.replace(whole, columns=("one",))
    with pytest.raises(RecordError, match="not all of which"):
        msgspec.structs.replace(whole, footnotes=())
    with pytest.raises(RecordError, match="numbered from 1"):
        msgspec.structs.replace(whole, footnotes=whole.footnotes[1:])


@pytest.fixture
def files(tmp_path: Path, capsys: Capture) -> tuple[str, str]:
    """A text of one side and the record of the other."""
    theirs = str(EXAMPLES / "pairs/02-talks-velanda.txt")
    assert run(["read", "--world", WORLD, "--format", "json", theirs]) == 0
    (tmp_path / "theirs.json").write_text(capsys.readouterr().out, "utf-8")
    return str(EXAMPLES / "02-talks.txt"), str(tmp_path / "theirs.json")


@pytest.mark.parametrize(
    ("form", "sign"),
    [("table", "Meeting: talks"), ("md", "## Meeting: talks"), ("html", "<!DOCTYPE html>"), ("json", "{")],
)
def test_the_command_compares_a_text_and_a_record(
    files: tuple[str, str], capsys: Capture, form: str, sign: str
) -> None:
    assert run(["compare", *files, "--world", WORLD, "--format", form]) == 0
    out, err = capsys.readouterr()
    assert sign in out and not err
    assert "theirs.json" in out and "Договор о стратегическом партнёрстве" in out


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (None, "none.txt", "there is no such file"),
        ("", "empty.txt", "it is empty"),
        ("{", "broken.json", "not JSON"),
        ("{}", "other.json", "make records with communique read"),
        ("\n", "empty.jsonl", "no release"),
    ],
)
def test_what_cannot_be_compared_gets_a_sentence(
    tmp_path: Path, capsys: Capture, data: str | None, name: str, sentence: str
) -> None:
    if data is not None:
        (tmp_path / name).write_text(data, "utf-8")
    assert run(["compare", str(EXAMPLES / "02-talks.txt"), str(tmp_path / name), "--world", WORLD]) == 1
    out, err = capsys.readouterr()
    assert not out and sentence in err and "Traceback" not in err


def test_several_records_in_a_file_are_too_many(files: tuple[str, str], tmp_path: Path, capsys: Capture) -> None:
    assert run(["read", "--world", WORLD, "--format", "jsonl", files[0], files[0]]) == 0
    (tmp_path / "two.jsonl").write_text(capsys.readouterr().out, "utf-8")
    assert run(["compare", files[0], str(tmp_path / "two.jsonl"), "--world", WORLD]) == 1
    assert "holds 2 records, and one is wanted" in capsys.readouterr().err


def test_the_command_takes_ids_of_an_archive(tmp_path: Path, capsys: Capture) -> None:
    archive = str(tmp_path / "kept.db")
    assert run(["add", "--archive", archive, "--world", WORLD, str(EXAMPLES / "releases.jsonl")]) == 0
    capsys.readouterr()
    theirs = str(EXAMPLES / "pairs/02-talks-velanda.txt")
    assert run(["compare", "02-talks", theirs, "--archive", archive, "--world", WORLD]) == 0
    assert "02-talks and 02-talks-velanda.txt" in capsys.readouterr().out
    assert run(["compare", "no-such-id", theirs, "--archive", archive, "--world", WORLD]) == 1
    assert "no-such-id" in capsys.readouterr().err
