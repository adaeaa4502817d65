"""`communique who`, and what a link to a tenure without a source does to a record and to exports."""

import json
from pathlib import Path

import pytest

import communique
from communique.cli import run
from communique.exports.jsonl import export_lines
from communique.world.world import load_world
from world_rows import HEADINGS

Capture = pytest.CaptureFixture[str]
FICTIONAL = Path(__file__).parents[1] / "examples" / "world"


def listed(capsys: Capture, *args: str) -> list[dict]:
    assert run(["who", "--format", "json", *args]) == 0
    return json.loads(capsys.readouterr().out)


def test_who_gives_a_list_best_first(capsys: Capture) -> None:
    (one,) = listed(capsys, "Президент Казахстана", "--on", "2012-05-01")
    assert (one["id"], one["office"], one["of"], one["linked"]) == ("kz-nazarbayev", "president", "KZ", True)
    assert one["names"] == {"ru": "Нурсултан Назарбаев", "en": "Nursultan Nazarbayev", "kk": "Нұрсұлтан Назарбаев"}
    assert one["tenure"]["end"] == "2019-03-20" and one["verified"] and one["source"].startswith("leaders/")
    assert one["reasons"][1] == "that is true of 2012-05-01"


def test_who_lists_all_that_an_office_may_mean_on_an_unknown_day(capsys: Capture) -> None:
    found = listed(capsys, "Президент Казахстана")
    assert {f["id"] for f in found} == {"kz-nazarbayev", "kz-tokayev"} and not any(f["linked"] for f in found)


def test_who_is_empty_where_nobody_fits(capsys: Capture) -> None:
    assert listed(capsys, "Президент Казахстана Касым-Жомарт Токаев", "--on", "2012-05-01") == []
    assert listed(capsys, "Безымянный") == []


def test_who_in_lines_and_for_a_publisher(capsys: Capture) -> None:
    assert run(["who", "Мемлекет басшысы", "--on", "2021-05-05", "--publisher", "akorda.kz", "--format", "jsonl"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["id"] == "kz-tokayev"


def test_who_says_why_nobody_is_linked(capsys: Capture) -> None:
    assert run(["who", "Токаев"]) == 0
    assert "Not linked: a name alone needs a day: say --on DAY." in capsys.readouterr().out
    assert run(["who", "Президент Казахстана Токаев", "--on", "2012"]) == 0
    out = capsys.readouterr().out
    assert "Not linked: the office was held by somebody else then." in out and "from 2019-03-20 to this day" in out


def test_who_refuses_what_it_does_not_know(capsys: Capture) -> None:
    assert run(["who", "Токаев", "--on", "вчера"]) == 1
    assert "write 2022-05-14, 2022-05 or 2022" in capsys.readouterr().err
    assert run(["who", "Токаев", "--publisher", "no.such"]) == 1
    assert "no publisher 'no.such'" in capsys.readouterr().err


# Without a source ------------------------------------------------------------------------------------------------


def record_of(tmp_path: Path, source: str) -> communique.Record:
    """A readout of a state whose president the world knows from this source alone."""
    folder = tmp_path / "mine"
    folder.mkdir(exist_ok=True)
    rows = {
        "states": "x-mar\tМарь\tРеспублика Марь\tмарский\t\t\t\t",
        "people": "x-one\tОлег Марин\t\tm",
        "tenures": f"x-one\tpresident\tx-mar\t2001\t2024\t\t{source}",
    }
    for name, row in rows.items():
        (folder / f"{name}.tsv").write_text("\n".join(["\t".join(HEADINGS[name]), row]) + "\n", "utf-8")
    text = "Премьер-министр Лирии Анна Холм провела переговоры с Президентом Мари в Торвеле."
    return communique.read(text, published="2020-05-05", world=load_world([FICTIONAL, folder]))


@pytest.mark.parametrize(
    ("source", "marked"), [("unverified", True), ("my/list", False), ("my/list|unverified", False)]
)
def test_what_rests_on_a_tenure_without_a_source_says_so(tmp_path: Path, source: str, marked: bool) -> None:
    actor = next(a for a in record_of(tmp_path, source).actors if a.represents == "x-mar" and a.kind == "person")
    assert (actor.name, actor.id) == ("Олег Марин", "x-one")
    inferred = {i.field: i for i in actor.inferred}
    assert inferred["name"].unverified is marked and ("id" in inferred) is marked
    assert "president of Марь from 2001 until 2024" in inferred["name"].reason


def test_precise_exports_leave_it_out(tmp_path: Path) -> None:
    record = record_of(tmp_path, "unverified")
    named = [json.loads(line) for line in export_lines(record)]
    precise = [json.loads(line) for line in export_lines(record, precise=True)]
    assert "Олег Марин" in json.dumps(named, ensure_ascii=False)
    assert "Олег Марин" not in json.dumps(precise, ensure_ascii=False)
    assert "Анна Холм" in json.dumps(precise, ensure_ascii=False)
    actor = next(a for line in precise for a in line.get("actors_named", ()) if a["represents"] == "x-mar")
    assert (actor["name"], actor["id"]) == (None, None) and [o["code"] for o in actor["offices"]] == ["president"]
