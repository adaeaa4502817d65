"""The command line: every bad input gets a sentence and an exit code, never a traceback."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from communique import Record, decode, encode
from communique.cli import run
from readout import reception

TEXT = "14 мая в Остре Президент Веланды Иван Берег принял Премьер-министра Лирии Анну Холм. Стороны обсудили торговлю."
KAZAKH = "Президент Тарлық Республикасының елшісін қабылдады және екіжақты ынтымақтастықты талқылады."
WORLD = str(Path(__file__).parents[1] / "examples/world")
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(TEXT, "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "misread.txt").write_text(TEXT.encode().decode("latin-1"), "utf-8")
    (tmp_path / "broken.html").write_text("<html><body><p>", "utf-8")
    (tmp_path / "list.jsonl").write_text(f'[1]\n{{"text": "{TEXT}"}}\n{{oops\n', "utf-8")
    (tmp_path / "long.txt").write_text("а " * 700_000, "utf-8")
    (tmp_path / "kazakh.txt").write_text(KAZAKH, "utf-8")
    (tmp_path / "menu.txt").write_text("Суп с грибами подаётся горячим и без хлеба, если гость не попросил.", "utf-8")
    return tmp_path


def records(out: str) -> list[Record]:
    return [decode(line) for line in out.splitlines()]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("none.txt", "there is no such file; check the path"),
        ("empty.txt", "it is empty; save the release again"),
        ("binary.txt", "no text in any encoding we know; save it as text in UTF-8"),
        ("misread.txt", "save it again from its source as UTF-8"),
        ("broken.html", "no article found in this page"),
        ("long.txt", "more than 2 MB; split it"),
    ],
)
def test_bad_input_gets_its_sentence_and_a_line(folder: Path, capsys: Capture, name: str, sentence: str) -> None:
    assert run(["read", str(folder / name), "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    assert sentence in err and "Traceback" not in err
    (record,) = records(out)
    assert (record.coverage.meetings, record.document.text) == ("failed", "")
    assert sentence in record.problems[0].message


def test_file_name_that_is_no_unicode(capsys: Capture) -> None:
    assert run(["read", "no-such-\udcff.txt", "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    assert records(out)[0].document.id == "unread:no-such-\ufffd.txt"
    assert "no such file" in err


def test_bad_lines_cost_only_themselves(folder: Path, capsys: Capture) -> None:
    assert run(["read", str(folder / "list.jsonl"), "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    assert [r.coverage.meetings for r in records(out)] == ["failed", "read", "failed"]
    assert "list.jsonl:1: the line is a list" in err
    assert "list.jsonl:3: the line is not JSON" in err


def test_good_ones_are_read_and_bad_ones_listed_at_the_end(folder: Path, capsys: Capture) -> None:
    assert run(["read", str(folder), "--format", "jsonl", "--world", WORLD]) == 1
    out, err = capsys.readouterr()
    coverage = [r.coverage.meetings for r in records(out)]
    assert (coverage.count("read"), coverage.count("failed"), coverage.count("unsupported_language")) == (3, 7, 1)
    assert len([line for line in err.splitlines() if str(folder) in line]) == 7


def test_unsupported_language_gives_a_correct_document(folder: Path, capsys: Capture) -> None:
    assert run(["read", str(folder / "kazakh.txt"), "--format", "json"]) == 0
    record = decode(capsys.readouterr().out)
    assert (record.document.language, record.document.text) == ("kk", KAZAKH)
    assert record.coverage.meetings == "unsupported_language"


def test_page_without_a_meeting_gives_an_empty_record(folder: Path, capsys: Capture) -> None:
    assert run(["read", str(folder / "menu.txt"), "--format", "json"]) == 0
    record = decode(capsys.readouterr().out)
    assert (record.meetings, record.coverage.meetings) == ((), "read")


def test_same_input_gives_the_same_bytes(folder: Path, capsys: Capture) -> None:
    printed = []
    for _ in range(2):
        assert run(["read", str(folder / "good.txt"), "--format", "jsonl", "--world", WORLD]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]


def test_table_names_the_people(folder: Path, capsys: Capture) -> None:
    assert run(["read", str(folder / "good.txt"), "--world", WORLD]) == 0
    out = capsys.readouterr().out
    assert "Иван Берег" in out and "Анна Холм" in out and "good.txt" in out


def test_explain_names_rules(folder: Path, capsys: Capture) -> None:
    assert run(["read", str(folder / "good.txt"), "--world", WORLD, "--explain", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert decode(out) and "–" in err and "«" in err


def test_header_options_go_before_the_bytes(folder: Path, capsys: Capture) -> None:
    options = ["--published", "15.05.2022", "--publisher", "president.vl", "--language", "ru"]
    assert run(["read", str(folder / "good.txt"), "--world", WORLD, "--format", "json", *options]) == 0
    doc = decode(capsys.readouterr().out).document
    assert doc.published is not None
    assert (doc.published.value, doc.publisher, doc.publisher_state) == ("2022-05-15", "president.vl", "x-velanda")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["read", "good.txt", "empty.txt", "--format", "json"], "use --format jsonl"),
        (["read", "good.txt", "--published", "вчера"], "write 2022-05-14"),
        (["read", "good.txt", "--language", "russian"], "two-letter code"),
        (["read", "good.txt", "--world", "no-such-folder"], "no-such-folder"),
        (["read", "good.txt", "--format", "xml"], "--format"),
        (["read"], "PATH"),
        (["show", "none.json"], "no such file"),
        (["show", "good.json"], "not JSON"),
        (["why-not", "none.txt", "--participant", "Берег"], "no such file"),
        (["why-not", "good.txt"], "--participant"),
        (["invent"], "invent"),
    ],
)
def test_user_errors_leave_with_one(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, args: list[str], sentence: str
) -> None:
    monkeypatch.chdir(folder)
    (folder / "good.json").write_text("{", "utf-8")
    assert run(args) == 1
    err = capsys.readouterr().err
    assert sentence in err and "Traceback" not in err


def test_bug_is_one_sentence_and_two(folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise KeyError("x")

    monkeypatch.delenv("COMMUNIQUE_DEBUG", raising=False)
    monkeypatch.setattr("communique.finding.read.read_document", broken)
    assert run(["read", str(folder / "good.txt"), "--format", "jsonl"]) == 2
    out, err = capsys.readouterr()
    assert "Please report it" in err and "Traceback" not in err
    assert records(out)[0].problems[0].code == "bug"
    assert run(["show", str(folder / "good.txt")]) == 2
    assert "Please report it" in capsys.readouterr().err


def test_stopping_says_so(folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("communique.finding.read.read_document", stopped)
    assert run(["read", str(folder / "good.txt")]) == 130
    assert "stopped" in capsys.readouterr().err


def test_show_marks_words_and_brackets_what_is_inferred(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(encode(reception()))
    assert run(["show", str(path)]) == 0
    out = capsys.readouterr().out
    assert "⟦" in out and "[Карим" in out
    assert "(1) the dateline (from: Сырымкент, Алтынор.)" in out
    assert "Coverage" in out


def test_show_leaves_control_characters_to_the_file(tmp_path: Path, capsys: Capture) -> None:
    plain = json.loads(encode(reception()))
    plain["document"]["title"] = "\x1b[31mкрасный"
    path = tmp_path / "record.json"
    path.write_text(json.dumps(plain), "utf-8")
    assert run(["show", str(path)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_show_reads_a_text_and_a_file_of_records(folder: Path, capsys: Capture) -> None:
    assert run(["show", str(folder / "good.txt"), "--world", WORLD]) == 0
    assert "Meeting" in capsys.readouterr().out
    many = folder / "many.jsonl"
    many.write_bytes(encode(reception()) + b"\n" + encode(reception()) + b"\n")
    assert run(["show", str(many)]) == 0
    assert capsys.readouterr().out.count("Coverage") == 2


def test_why_not(folder: Path, capsys: Capture) -> None:
    base = ["why-not", str(folder / "good.txt"), "--world", WORLD, "--participant"]
    assert run([*base, "Анна Холм"]) == 0
    assert "It is a participant" in capsys.readouterr().out
    assert run([*base, "Роман Волхин"]) == 0
    assert "is not in the text" in capsys.readouterr().out


def test_schema_and_version(capsys: Capture) -> None:
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$defs"]["Record"]
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("communique ")


def test_standard_input(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("cp1251"))))
    assert run(["read", "-", "--format", "json"]) == 0
    assert decode(capsys.readouterr().out).document.text == TEXT


@pytest.mark.parametrize("args", ["--help", "--version", "read --help", "schema", "show RECORD"])
def test_light_commands_load_no_model(tmp_path: Path, args: str) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(encode(reception()))
    code = (
        "import sys; from communique.cli import run; assert run(sys.argv[1:]) == 0; "
        "heavy = {'pymorphy3', 'trafilatura', 'razdel', 'lxml', 'communique.finding'} & set(sys.modules); "
        "print(heavy or 'light', file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *args.replace("RECORD", str(path)).split()]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"}, check=True)
    assert done.stderr.strip() == "light"
