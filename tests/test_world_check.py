"""`communique world`: each kind of finding with a near miss, what ships has no error, and names lead to their tenures.

The overlays lie on the fictional world. A line of a case is `table: cell | cell | ...`; expected are kinds by line.
"""

import json
from pathlib import Path

import pytest

from communique.cli import run
from communique.errors import WorldError
from communique.world.check import Finding, check_world, read_tables
from communique.world.world import load_world
from tables import EXAMPLES
from world_rows import HEADINGS

FICTIONAL = EXAMPLES / "world"
Capture = pytest.CaptureFixture[str]


def overlay(folder: Path, text: str) -> Path:
    """A folder of tables; each begins with its header, so that the first row given stands on line 2."""
    folder.mkdir(exist_ok=True)
    tables: dict[str, list[str]] = {}
    for line in text.strip().splitlines():
        name, _, cells = line.strip().partition(":")
        row = [cell.strip().replace("¦", "|") for cell in cells.split("|")]
        row += [""] * (len(HEADINGS[name]) - len(row))
        tables.setdefault(name, ["\t".join(HEADINGS[name])]).append("\t".join(row))
    for name, rows in tables.items():
        (folder / f"{name}.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


def found_in(folder: Path, *below: Path) -> list[Finding]:
    """The findings in the files of a folder on top of the fictional world."""
    return [f for f in check_world([FICTIONAL, *below, folder]) if Path(f.file).parent == folder]


def told(findings: list[Finding]) -> list[str]:
    return [f"{Path(f.file).stem} {f.line} {f.kind}" for f in findings]


# Kinds: rows, and what is found in them ---------------------------------------------------------------------------
CASES = {
    "twice in one office": ("tenures: vl-bereg|president|x-velanda|2020|2021", ["tenures 2 overlap"]),
    "twice, once acting": ("tenures: vl-bereg|president|x-velanda|2020|2021|acting", ["tenures 2 overlap"]),
    "in two offices": ("tenures: vl-bereg|chair|ssg-heads|2020|2021", []),
    "again, from the year it ended": ("tenures: vl-gorskaya|minister|x-velanda|2010|2019", []),
    "honorary beside full": ("tenures: vl-bereg|president|x-velanda|2020|2021|honorary", []),
    "two presidents": ("tenures: vl-yasen|president|x-velanda|2020-01|2020-06", ["tenures 2 double_occupancy"]),
    "two heads of an organisation": ("tenures: vl-lind|secretary_general|ssg|2020", ["tenures 2 double_occupancy"]),
    "in the place of one who is there": ("tenures: vl-yasen|president|x-velanda|2020-01|2020-06|acting", []),
    "handed over within the year": ("tenures: lr-kholm|president|x-liria|2010|2015-06-01", []),
    "handed over a year late": ("tenures: lr-kholm|president|x-liria|2010|2016", ["tenures 2 double_occupancy"]),
    "two ministers": ("tenures: vl-lind|minister|x-velanda|2019", []),
    "two speakers": ("tenures: vl-lind|speaker|x-velanda|2019\ntenures: vl-bereg|speaker|x-velanda|2019", []),
    "61 days without": (
        "tenures: ol-berg|foreign_minister|x-olmia|2010|2010-03\ntenures: ol-oswald|foreign_minister|x-olmia|2010-05-31",
        ["tenures 3 gap"],
    ),
    "60 days without": (
        "tenures: ol-berg|foreign_minister|x-olmia|2010|2010-03\ntenures: ol-oswald|foreign_minister|x-olmia|2010-05-30",
        [],
    ),
    "an end known by the year": (
        "tenures: ol-berg|foreign_minister|x-olmia|2005|2008\ntenures: ol-oswald|foreign_minister|x-olmia|2010-05",
        [],
    ),
    "a start known by the year": (
        "tenures: ol-berg|foreign_minister|x-olmia|2005|2008-01\ntenures: ol-oswald|foreign_minister|x-olmia|2010",
        [],
    ),
    "acting in between": (
        "tenures: ol-berg|foreign_minister|x-olmia|2010|2010-03\ntenures: ol-oswald|foreign_minister|x-olmia|2011-05\n"
        "tenures: vl-lind|foreign_minister|x-olmia|2010-03|2011-05|acting",
        [],
    ),
    "only designate in between": (
        "tenures: ol-berg|foreign_minister|x-olmia|2010|2010-03\ntenures: ol-oswald|foreign_minister|x-olmia|2011-05\n"
        "tenures: vl-lind|foreign_minister|x-olmia|2010-03|2011-05|designate",
        ["tenures 3 gap"],
    ),
    "a secretary of state where no foreign minister is": (
        "tenures: ks-torin|secretary_of_state|x-kastania|2010|2010-03\n"
        "tenures: ks-amanov|secretary_of_state|x-kastania|2011-05",
        ["tenures 3 gap"],
    ),
    "a secretary of state beside a foreign minister": (
        "tenures: lr-salan|secretary_of_state|x-liria|2010|2010-03\ntenures: lr-kholm|secretary_of_state|x-liria|2011-05",
        [],
    ),
    "a president after a monarch": (
        "states: x-mar|Марь\ntenures: vl-lind|monarch|x-mar|2010|2010-03\ntenures: vl-bereg|president|x-mar|2010-08",
        ["tenures 3 gap"],
    ),
    "an office that may be empty": (
        "tenures: ks-torin|speaker|x-kastania|2010|2010-03\ntenures: ks-amanov|speaker|x-kastania|2011-05",
        [],
    ),
    "an end before its start": ("tenures: vl-lind|aide|x-velanda|2010-05|2010-04", ["tenures 2 reversed_dates"]),
    "an end within the year of its start": ("tenures: vl-lind|aide|x-velanda|2010-05|2010", []),
    "words for a date": ("tenures: vl-lind|aide|x-velanda|летом 2010", ["tenures 2 bad_date"]),
    "no such day": ("tenures: vl-lind|aide|x-velanda|2010|2023-02-29", ["tenures 2 bad_date"]),
    "no start": ("tenures: vl-lind|aide|x-velanda||2010", ["tenures 2 bad_date"]),
    "a day of a leap year": ("tenures: vl-lind|aide|x-velanda|2010|2024-02-29", []),
    "an unknown person": ("tenures: no-such|aide|x-velanda|2010", ["tenures 2 unknown_id"]),
    "an unknown state": ("tenures: vl-lind|aide|x-mar|2010", ["tenures 2 unknown_id"]),
    "an office of an organisation": ("tenures: vl-lind|aide|ssg|2010", []),
    "an unknown parent": ("organisations: x-org|body||Совет|| no-such", ["organisations 2 unknown_id"]),
    "an unknown member, of an unknown body": (
        "memberships: ssg|x-mar|||member\nmemberships: x-org|x-liria|||member",
        ["memberships 2 unknown_id", "memberships 3 unknown_id"],
    ),
    "a parent, and members": (
        "organisations: x-org|body||Совет||ssg\norganisations: x-two|format||Двойка\n"
        "memberships: x-two|x-liria|||member\nmemberships: x-two|RU|2001||observer",
        [],
    ),
    "a member before it was one": ("memberships: ssg|RU|2010|2009|member", ["memberships 2 reversed_dates"]),
    "no such standing": ("memberships: ssg|RU|||friend", ["memberships 2 unknown_code"]),
    "a former capital": ("capitals: x-velanda|Остра|Остроград|1990|1999", []),
    "a former capital that is no place": ("capitals: x-velanda|Арда|Арда|1990|1999", ["capitals 2 unknown_id"]),
    "an unknown capital": ("states: x-mar|Марь||||||Град", ["states 2 unknown_id"]),
    "a capital of another state": ("states: x-mar|Марь||||||Остра", ["states 2 unknown_id"]),
    "a capital": ("states: x-mar|Марь||||||Град\nplaces: Град|x-mar|city", []),
    "a place in an unknown state": ("places: Град|x-mar|city", ["places 2 unknown_id"]),
    "a venue in an unknown city": ("places: Дворец|x-velanda|venue||Арда", ["places 2 unknown_id"]),
    "a venue": ("places: Дворец|x-velanda|venue||Остра", []),
    "a publisher of an unknown state": ("publishers: a.example|А|x-mar|official", ["publishers 2 unknown_id"]),
    "a publisher of no state": ("publishers: a.example|А||agency", []),
    "an id twice": ("people: x-one|Олег Марин||m\npeople: x-one|Пётр Марин||m", ["people 3 duplicate_id"]),
    "a tenure twice": (
        "tenures: vl-lind|aide|x-velanda|2010|2011\ntenures: vl-lind|aide|x-velanda|2010|2012",
        ["tenures 3 duplicate_id"],
    ),
    "an id of an earlier folder": ("people: vl-bereg|Иван Новый||m", []),
    "two people of one name": ("people: x-one|Петр Старов||m\ntenures: x-one|aide|x-velanda|2010", ["people 2 duplicate_name"]),
    "a name that is a variant of another": (
        "people: x-one|Олег Марин|Глеб Ясень|m\ntenures: x-one|aide|x-velanda|2010",
        ["people 2 duplicate_name"],
    ),
    "one name in two states": ("people: x-one|Пётр Старов||m\ntenures: x-one|aide|x-liria|2010", []),
    "one surname": ("people: x-one|Олег Старов||m\ntenures: x-one|aide|x-velanda|2010", []),
    "no name": ("people: x-one|||m\nstates: x-mar|—", ["people 2 empty_name", "states 2 empty_name"]),
    "no id": ("people: |Олег Марин||m", ["people 2 empty_name"]),
    "a name of one letter": ("people: x-one|О||m", []),
    "an unknown office": ("tenures: vl-lind|presidente|x-velanda|2010", ["tenures 2 unknown_code"]),
    "an unknown standing": ("tenures: vl-lind|aide|x-velanda|2010|||mine\ntenures: vl-bereg|aide|x-velanda|2010||was", ["tenures 3 unknown_code"]),
    "an unknown kind": (
        "publishers: a.example|А||blog\nplaces: Град|x-velanda|town\npeople: x-one|Олег Марин||x",
        ["people 2 unknown_code", "places 2 unknown_code", "publishers 2 unknown_code"],
    ),
    "bodies of each other": (
        "organisations: x-a|body||Совет А||x-b\norganisations: x-b|body||Совет Б||x-a\norganisations: x-c|body||Совет В||x-a",
        ["organisations 2 circular", "organisations 3 circular"],
    ),
    "a body of a body": ("organisations: x-a|body||Совет А||x-b\norganisations: x-b|body||Совет Б||ssg", []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_found_and_nothing_else(tmp_path, name):
    text, expected = CASES[name]
    assert told(found_in(overlay(tmp_path / "mine", text))) == expected


def test_a_finding_says_what_where_and_what_to_do(tmp_path):
    folder = overlay(
        tmp_path / "mine", "tenures: vl-lind|aide|x-velanda|2010\ntenures: vl-yasen|president|x-velanda|2020"
    )
    (finding,) = found_in(folder)
    assert finding == Finding(
        kind="double_occupancy",
        severity="error",
        file=str(folder / "tenures.tsv"),
        line=3,
        row="vl-yasen\tpresident\tx-velanda\t2020\t\t\t",
        what="two are president of x-velanda: vl-yasen 2020 to now, and vl-bereg 2016-12-01 to now "
        f"({FICTIONAL / 'tenures.tsv'}:3)",
        remedy="end one of them, or write acting as the standing",
    )


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("tenures: vl-berek|aide|x-velanda|2010", "add it to people.tsv, or write vl-bereg"),
        ("tenures: vl-lind|aide|qqqq|2010", "add it to states.tsv or organisations.tsv"),
        ("tenures: vl-lind|presidente|x-velanda|2010", "write president"),
        ("people: x-one|Олег Марин||w", "write m, f"),
        ("states: x-velanda|Веланда||||||Астра", "add it to places.tsv, or write Остра"),
    ],
)
def test_the_remedy_names_what_is_near(tmp_path, text, remedy):
    (finding,) = found_in(overlay(tmp_path / "mine", text))
    assert finding.remedy.startswith(remedy)


def test_errors_come_first(tmp_path):
    text = """
    people: x-one|Пётр Старов||m
    tenures: x-one|aide|x-velanda|2010
    tenures: x-one|aide|x-mar|2011
    """
    assert told(found_in(overlay(tmp_path / "mine", text))) == ["tenures 3 unknown_id", "people 2 duplicate_name"]


def test_a_row_that_is_replaced_is_not_looked_at(tmp_path):
    wrong = overlay(tmp_path / "a", "organisations: x-org|body||Совет||no-such")
    right = overlay(tmp_path / "b", "organisations: x-org|body||Совет||ssg")
    assert told(found_in(wrong)) == ["organisations 2 unknown_id"]
    assert [f for f in check_world([FICTIONAL, wrong, right]) if Path(f.file).is_relative_to(tmp_path)] == []


# What cannot be read ---------------------------------------------------------------------------------------------


def test_a_bad_row_costs_only_itself(tmp_path):
    folder = overlay(tmp_path / "mine", "people: x-one|Олег Марин||m\npeople: x-three|||m")
    path = folder / "people.tsv"
    header, first, last = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([header, first, "", "x-two\tПётр Марин\tm", last]), "utf-8")
    overlay(folder, "tenures: x-one|presidente|x-velanda|2010")
    short, empty, office = found_in(folder)
    assert (short.kind, short.line, short.row) == ("unreadable", 4, "x-two\tПётр Марин\tm")
    assert (short.what, short.remedy) == ("3 cells, the header has 4", "separate cells with tabs")
    assert told([empty, office]) == ["people 5 empty_name", "tenures 2 unknown_code"]


def test_wrong_columns_cost_one_file(tmp_path):
    folder = overlay(tmp_path / "mine", "tenures: vl-lind|presidente|x-velanda|2010")
    (folder / "people.tsv").write_text("id\tname\nx-one\tОлег Марин\n", "utf-8")
    (folder / "places.tsv").write_text("", "utf-8")
    findings = found_in(folder)
    assert told(findings) == ["people 1 unreadable", "places 1 unreadable", "tenures 2 unknown_code"]
    assert findings[0].what == "columns ['id', 'name'], unknown ['name']"
    assert (
        findings[0].remedy
        == "write ['id', 'name_ru', 'variants_ru', 'name_en', 'variants_en', 'name_kk', 'variants_kk', 'gender', 'wikidata'], or some of them"
    )


def test_another_encoding_and_a_folder_cost_one_file(tmp_path):
    folder = overlay(tmp_path / "mine", "tenures: vl-lind|presidente|x-velanda|2010")
    (folder / "people.tsv").write_bytes("id\tимя\n".encode("cp1251"))
    (folder / "places.tsv").mkdir()
    findings = found_in(folder)
    assert told(findings) == ["people None unreadable", "places None unreadable", "tenures 2 unknown_code"]
    assert (findings[0].what, findings[0].remedy) == ("byte 3 is no UTF-8", "save the file as UTF-8")


def test_a_cell_without_end_is_told(tmp_path):
    folder = overlay(tmp_path / "mine", f"people: x-one|{'О' * 140_000}||m\npeople: x-two|Олег Марин||w")
    assert told(found_in(folder)) == ["people 2 unreadable", "people 3 unknown_code"]


@pytest.mark.parametrize("rows", [3, 5])
def test_what_the_world_refuses_is_an_error(tmp_path, rows):
    folder = overlay(tmp_path / "mine", "people: x-one|Олег Марин||m")
    cells = ["vl-lind", "aide", "x-velanda", "2010", "", "", "mine", "more"]
    (folder / "tenures.tsv").write_text("\n".join("\t".join(r) for r in (HEADINGS["tenures"], cells[:rows])), "utf-8")
    with pytest.raises(WorldError) as raised:
        load_world([FICTIONAL, folder])
    (finding,) = found_in(folder)
    assert str(raised.value) == f"{finding.file}, line {finding.line}: {finding.what}; {finding.remedy}"


@pytest.mark.parametrize(
    "text",
    [
        "tenures: no-such|aide|x-velanda|2010",
        "tenures: vl-lind|aide|x-mar|2010",
        "tenures: vl-lind|aide|x-velanda|2010-05|2009",
    ],
)
def test_a_link_that_the_world_refuses_is_an_error(tmp_path, text):
    folder = overlay(tmp_path / "mine", text)
    with pytest.raises(WorldError):
        load_world([FICTIONAL, folder])
    assert [f.severity for f in found_in(folder)] == ["error"]


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(WorldError, match="no folder"):
        check_world([tmp_path / "nowhere"])


@pytest.mark.parametrize("folders", [[], [FICTIONAL]])
def test_the_rows_are_those_of_the_world(folders):
    tables, findings = read_tables(folders)
    world = load_world(folders)
    assert not findings
    assert list(tables["people"]) == list(world.people) and list(tables["states"]) == list(world.states)
    assert [len(tables["tenures"]), len(tables["places"])] == [len(world.tenures), len(world.places)]


# What ships ------------------------------------------------------------------------------------------------------


def test_what_ships_has_no_error():
    assert [(f.file, f.line, f.what) for f in check_world() if f.severity == "error"] == []


def test_the_fictional_world_has_no_finding():
    assert [f for f in check_world([FICTIONAL]) if not f.file.startswith("world/data/")] == []


# The command check -----------------------------------------------------------------------------------------------


def checked(folder: Path, *args: str) -> int:
    return run(["world", "check", "--world", str(FICTIONAL), "--world", str(folder), *args])


def test_check_prints_a_table_and_fails_on_an_error(tmp_path: Path, capsys: Capture) -> None:
    folder = overlay(tmp_path / "mine", "people: x-one|\x1b[31m||w")
    assert checked(folder) == 1
    out = capsys.readouterr().out
    assert "error: unknown code" in out and "people.tsv:2" in out and "unknown gender 'w'; write m, f" in out
    assert "\x1b" not in out, "a row must not steer the terminal"


def test_check_prints_json(tmp_path: Path, capsys: Capture) -> None:
    folder = overlay(tmp_path / "mine", "people: x-one|Олег Марин||w")
    assert checked(folder, "--format", "json") == 1
    listed = json.loads(capsys.readouterr().out)
    assert checked(folder, "--format", "jsonl") == 1
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == listed
    mine = [f for f in listed if f["file"] == str(folder / "people.tsv")]
    assert [(f["kind"], f["severity"], f["line"], f["row"]) for f in mine] == [
        ("unknown_code", "error", 2, "x-one\tОлег Марин\t\tw")
    ]


def test_check_leaves_with_0_where_there_are_only_warnings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture
) -> None:
    folder = overlay(tmp_path / "mine", "people: x-one|Пётр Старов||m\ntenures: x-one|aide|x-velanda|2010")
    mine = found_in(folder)
    monkeypatch.setattr("communique.world.check.check_world", lambda _: mine)
    assert checked(folder) == 0
    assert "0 errors, 1 warning\n" in capsys.readouterr().out
    monkeypatch.setattr("communique.world.check.check_world", lambda _: [])
    assert checked(folder) == 0
    assert capsys.readouterr().out == "Nothing is wrong in the world.\n"


def test_check_names_a_folder_that_is_none(tmp_path: Path, capsys: Capture) -> None:
    assert checked(tmp_path / "nowhere") == 1
    assert "no folder" in capsys.readouterr().err


# The command show ------------------------------------------------------------------------------------------------


def shown(capsys: Capture, *args: str) -> list[dict]:
    assert run(["world", "show", "--world", str(FICTIONAL), "--format", "json", *args]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("what", "ids"),
    [
        ("vl-bereg", "vl-bereg"),
        ("Иван Берег", "vl-bereg"),
        ("  иван   БЕРЕГ ", "vl-bereg"),
        ("Петр Старов", "vl-starov"),
        ("Глеб Павлович Ясень", "vl-yasen"),
        ("Ясень", "vl-yasen"),
        ("X-VELANDA", "x-velanda"),
        ("Республика Веланда", "x-velanda"),
        ("Сосновый дворец", "x-velanda"),
        ("ссг", "ssg"),
        ("Содружество Северных Государств", "ssg"),
        ("Содружество", "cis ssg"),
        ("Совет обороны", "odso-council"),
    ],
)
def test_show_finds_by_id_and_name(capsys, what, ids):
    assert " ".join(entry["id"] for entry in shown(capsys, what)) == ids


def test_show_a_person(capsys):
    (person,) = shown(capsys, "tr-sapar")
    assert (person["kind"], person["name"], person["variants"]) == ("person", "Касым Сапаров", [])
    assert [(t["office"], t["of_name"], t["start"], t["end"], t["standing"]) for t in person["tenures"]] == [
        ("first_president", "Тарлык", "2018-03-19", None, "honorary"),
        ("president", "Тарлык", "1999", "2018-03-18", None),
    ]


def test_show_a_state_on_a_day(capsys):
    (state,) = shown(capsys, "x-velanda", "--on", "2016-11-30")
    assert (state["official"], state["capital"], state["metonyms"]) == (
        ["Республика Веланда"],
        "Остра",
        ["Сосновый дворец"],
    )
    assert [(t["office"], t["name"]) for t in state["tenures"]] == [("president", "Пётр Старов")]
    (state,) = shown(capsys, "x-velanda", "--on", "2016")
    assert [t["person"] for t in state["tenures"]] == ["vl-bereg", "vl-starov"]
    (state,) = shown(capsys, "x-velanda")
    assert [t["start"] for t in state["tenures"]] == ["2020-02", "2019", "2018", "2016-12-01", "2004"]


def test_show_an_organisation(capsys):
    (organisation,) = shown(capsys, "ssg")
    assert organisation["members"][:2] == ["x-velanda", "x-liria"] and organisation["bodies"] == ["ssg-heads"]
    assert [t["name"] for t in organisation["tenures"]] == ["Николай Лебедин"]
    (body,) = shown(capsys, "ssg-heads")
    assert (body["parent"], body["members"]) == ("ssg", organisation["members"])


@pytest.mark.parametrize(
    ("source", "verified", "printed"),
    [
        ("leaders/a.csv", True, "leaders/a.csv"),
        ("leaders/a.csv¦unverified", False, "leaders/a.csv, in part unverified"),
        ("unverified", False, "unverified"),
        ("", False, "none named"),
    ],
)
def test_show_says_what_is_unverified(tmp_path, capsys, source, verified, printed):
    folder = overlay(tmp_path / "mine", f"people: x-one|Олег Марин||m\ntenures: x-one|aide|x-liria|2010|||{source}")
    (person,) = shown(capsys, "x-one", "--world", str(folder))
    assert person["tenures"][0]["verified"] is verified
    assert run(["world", "show", "x-one", "--world", str(FICTIONAL), "--world", str(folder)]) == 0
    assert capsys.readouterr().out.rstrip().splitlines()[-1].endswith(f" {printed}")


def test_show_prints_tables(capsys):
    assert run(["world", "show", "ssg", "--world", str(FICTIONAL)]) == 0
    out = capsys.readouterr().out
    assert "Веланда (x-velanda)" in out and "Совет глав государств ССГ (ssg-heads)" in out
    assert "secretary general" in out and "Николай Лебедин (ssg-lebed)" in out
    assert run(["world", "show", "vl-lind", "--on", "2001", "--world", str(FICTIONAL)]) == 0
    assert "No tenure of 2001 is known." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["Берегг"], "no person, state or organisation is called 'Берегг'; near are Берег,"),
        (["qqqqqq"], "is called 'qqqqqq'; write an id, or a name as a dictionary has it"),
        ([""], "is called ''"),
        (["ssg", "--on", "2022-02-30"], "--on '2022-02-30' is no day; write 2022-05-14, 2022-05 or 2022"),
    ],
)
def test_show_says_what_it_does_not_know(capsys, args, message):
    assert run(["world", "show", "--world", str(FICTIONAL), *args]) == 1
    said = capsys.readouterr()
    assert message in said.err and not said.out
