"""`communique report`: a wrong fact in a file, with its sentences and nothing else of the text."""

import json
from pathlib import Path

import pytest

from communique import Archive
from communique.cli import run

WORLD = str(Path(__file__).parents[1] / "examples/world")
SECRET = "Охрана сменилась в полночь."
TEXT = f"14 мая Президент Веланды Иван Берег принял посла Лирии. {SECRET} Иван Берег поблагодарил посла Лирии за книгу."
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["add", "page.txt", "--world", WORLD, "--archive", "a.db"]) == 0
    return tmp_path


def test_a_fact_of_the_archive_is_packed_without_the_rest_of_the_text(folder: Path, capsys: Capture) -> None:
    (act,) = next(iter(Archive("a.db").records())).acts
    assert run(["report", act.key[:12], "--archive", "a.db", "--why", "он поблагодарил не посла"]) == 0
    out = capsys.readouterr().out
    path = folder / f"communique-report-{act.id}.json"
    assert path.name in out and "Nothing was sent" in out
    packed = json.loads(path.read_text("utf-8"))
    assert packed["why"] == "он поблагодарил не посла"
    assert packed["fact"]["id"] == act.id and packed["made_by"]["rules"]
    assert [s["text"].strip() for s in packed["sentences"]] == ["Иван Берег поблагодарил посла Лирии за книгу."]
    assert "полночь" not in path.read_text("utf-8")
    for actor in packed["actors"]:
        assert all(
            "принял" not in e["quote"] and e["start"] >= packed["sentences"][0]["start"] for e in actor["evidence"]
        )


def test_a_fact_of_a_text_is_packed(folder: Path, capsys: Capture) -> None:
    assert run(["report", "act-", "--in", "page.txt", "--world", WORLD, "--to", "r.json"]) == 0
    assert json.loads((folder / "r.json").read_text("utf-8"))["type"] == "act"


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["nobody", "--archive", "a.db"], "no fact of this archive is named 'nobody'"),
        (["nobody", "--in", "page.txt"], "is named 'nobody'"),
        (["", "--in", "page.txt"], "begin with ''"),
        (["act-", "--in", "page.txt", "--world", WORLD, "--to", "no/r.json"], "name another with --to"),
    ],
)
def test_bad_names(folder: Path, capsys: Capture, args: list[str], sentence: str) -> None:
    assert run(["report", *args]) == 1
    assert sentence in capsys.readouterr().err
