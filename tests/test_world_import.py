"""`communique world import`: each form, whom a row is about, what it says, what is refused, and the folder that comes out.

The answers in tests/wikidata have the shapes of the query service; the people of all but one are invented. The small tables
here have a user's headings, and a world of their own below where the fictional one lacks what is needed.
"""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.cli import run
from communique.errors import WorldError
from communique.world.check import check_world
from communique.world.imports.columns import role_of
from communique.world.imports.folder import write_files
from communique.world.imports.overlay import Import, import_answer
from communique.world.tables import merge_rows
from communique.world.world import World, load_world
from program import PROGRAM
from tables import EXAMPLES, fictional_world
from world_rows import HEADINGS

FICTIONAL = EXAMPLES / "world"
ANSWERS = Path(__file__).parent / "wikidata"
Capture = pytest.CaptureFixture[str]


def answered(name: str, world: World | None = None, source: str = "") -> Import:
    return import_answer(world or fictional_world(), (ANSWERS / name).read_text("utf-8"), name, source)


def imported(table: str, world: World | None = None) -> Import:
    """The import of a table whose cells stand between |; the first line has the headings."""
    lines = [[cell.strip().replace("¦", "|") for cell in line.split("|")] for line in table.strip().splitlines()]
    return import_answer(world or fictional_world(), "\n".join(map("\t".join, lines)), "mine.tsv")


def held(found: Import) -> list[str]:
    """What is said of each tenure, and its row without the source."""
    rows = [(t.status, t.tenure) for t in found.tenures]
    return [f"{s}: {t.person} {t.standing} {t.office} {t.of} {t.start}..{t.end}".replace("  ", " ") for s, t in rows]


def told(found: Import) -> list[str]:
    return [f"{f.number} {f.kind}" for f in found.findings]


def below(folder: Path, **tables: list[str]) -> World:
    """The fictional world with a folder of rows on top; cells stand between |."""
    folder.mkdir()
    for name, rows in tables.items():
        cells = [[c.strip().replace("¦", "|") for c in row.split("|")] for row in rows]
        cells = [row + [""] * (len(HEADINGS[name]) - len(row)) for row in cells]
        text = "".join("\t".join(row) + "\n" for row in (HEADINGS[name], *cells))
        (folder / f"{name}.tsv").write_text(text, "utf-8")
    return load_world([FICTIONAL, folder])


# Forms -----------------------------------------------------------------------------------------------------------


def test_an_answer_in_json():
    found = answered("velanda.json")
    assert found.tables == {
        "people.tsv": "id\tname_ru\tvariants_ru\tname_en\tvariants_en\tname_kk\tvariants_kk\tgender\twikidata\n"
        "x-velanda-vetrova\tНина Ветрова\t\tNina Vetrova\t\tНина Ветрова\t\tf\tQ900000001\n",
        "tenures.tsv": "person\toffice\tof\tstart\tend\tstanding\tsource\n"
        "vl-yasen\tforeign_minister\tx-velanda\t2018\t2023-06-02\t\tfictional|wikidata/Q900000002\n"
        "x-velanda-vetrova\tspeaker\tx-velanda\t2014\t2016-10\t\twikidata/Q900000001\n",
    }
    assert found.findings == [] and found.unread == []


@pytest.mark.parametrize("name", ["velanda.csv", "velanda.tsv"])
def test_the_other_forms_say_the_same(name):
    assert answered(name).tables == answered("velanda.json").tables


def test_the_short_form_of_json_says_the_same():
    bindings = json.loads((ANSWERS / "velanda.json").read_text("utf-8"))["results"]["bindings"]
    short = [{name: term["value"] for name, term in binding.items()} for binding in bindings]
    found = import_answer(fictional_world(), json.dumps(short), "query.json")
    assert found.tables == answered("velanda.json").tables


def test_a_table_of_a_user_with_semicolons_and_russian_headings():
    found, answer = answered("own.csv"), answered("velanda.json")
    assert held(found) == held(answer)
    (person,) = found.people
    assert (person["id"], person["name_ru"], person["gender"]) == ("x-velanda-vetrova", "Нина Ветрова", "f")
    assert [t.tenure.source for t in found.tenures if t.written] == ["fictional|own.csv", "own.csv"]


def test_the_source_can_be_named():
    found = answered("velanda.json", source="справочник\t2024")
    assert [t.tenure.source for t in found.tenures if t.written] == ["fictional|справочник 2024", "справочник 2024"]


def test_quotes_over_lines_and_columns_that_say_nothing():
    text = 'person,state,office,since,party\n"Нина\n Ветрова",x-velanda,speaker,2014,"Лес, поле"\nx,y\n'
    found = import_answer(fictional_world(), text, "mine.csv")
    assert (found.people[0]["name_ru"], found.unread) == ("Нина Ветрова", ["party"])
    (finding,) = found.findings
    assert (finding.place, finding.what) == ("mine.csv:4", "2 cells, the header has 5")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "mine holds no row; it must be results of the Wikidata Query Service in JSON, CSV or TSV"),
        ("person,office,start\n", "mine holds no row"),
        ("person,office,person\n", "mine, line 1: the column 'person' stands there twice; rename one of them"),
        ("person,office\nA,president\n", r"mine has no column of the start: \['person', 'office'\]; write person or"),
        ("office,start\npresident,2010\n", "mine has no column of the person"),
        ('person,office,start\n"A,b,c\n', "mine, line 2: .*; close every quote, and double it within a cell"),
        ('{"results": ', "mine is no JSON .*; download the answer again"),
        ('{"head": {}, "boolean": true}', "mine is JSON, though no results of a SELECT query; it must be"),
        ('{"head": {"vars": []}, "results": {"bindings": [{"a": {"value": 1}}]}}', "mine is JSON, though no results"),
        ("[1, 2]", "mine is JSON, though no results of a SELECT query"),
    ],
)
def test_what_is_no_answer_is_told(text, message):
    with pytest.raises(WorldError, match=message):
        import_answer(fictional_world(), text, "mine")


# People ----------------------------------------------------------------------------------------------------------


def test_people_of_the_world_by_their_q_id():
    found = answered("kyrgyzstan.json")
    assert held(found) == [
        "known: kg-jeenbekov president KG 2017-11-24..2020-10-15",
        "known: kg-zhaparov president KG 2021-01-28..",
    ]
    assert (found.counts.people_matched, found.counts.people_new, found.people) == (2, 0, [])


# person | state | whom it is: an id, or the finding
PEOPLE = """
Глеб Ясень            | x-velanda | vl-yasen
Глеб Павлович Ясень   | Веланда   | vl-yasen
Ясень Глеб            | Веланда   | vl-yasen
vl-yasen              | x-velanda | vl-yasen
Q777                  | x-liria   | no_name
Глеб Ясень            | x-liria   | x-liria-yasen
Павел Ясень           | x-velanda | x-velanda-yasen
Ясень                 | x-velanda | ambiguous_person
Г. Ясень              | x-velanda | ambiguous_person
vl-yassen             | x-velanda | unknown_person
Нур                   | x-altynor | x-altynor-nur
Іңкәр Жұмабекқызы     | x-altynor | x-altynor-zhumabekqyzy
Пётр Щёкин-Юрьев      | x-liria   | x-liria-shchekin-yurev
Ålesund Ødegård III   | x-liria   | x-liria-odegard
"""


@pytest.mark.parametrize("line", PEOPLE.strip().splitlines())
def test_who_is_meant(line):
    person, state, expected = (cell.strip() for cell in line.split("|"))
    found = imported(f"person | state | office | start\n{person} | {state} | ambassador | 2010")
    assert [t.tenure.person for t in found.tenures] + [f.kind for f in found.findings] == [expected]


def test_a_person_with_another_q_id_is_another_person(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/people.tsv").write_text("id\tname_ru\twikidata\nvl-yasen\tГлеб Ясень\tQ5\n", "utf-8")
    world = load_world([FICTIONAL, tmp_path / "mine"])
    table = "person | label_ru | state | office | start\n{} | Глеб Ясень | x-velanda | ambassador | 2010"
    assert held(imported(table.format("Q5"), world))[0].startswith("new: vl-yasen")
    assert held(imported(table.format("Q6"), world))[0].startswith("new: x-velanda-yasen")


def test_two_who_may_be_one_are_refused():
    found = imported(
        """
        person | label_ru   | state     | office     | start
        Q6     | Глеб Ясень | x-velanda | ambassador | 2010
        Q7     | Глеб Ясень | x-velanda | ambassador | 2012
        """
    )
    assert told(found) == ["2 ambiguous_person", "3 ambiguous_person"] and found.people == []
    assert found.findings[0].what == "two people of the file may be vl-yasen"


def test_new_people_are_numbered_whatever_the_order():
    rows = [
        "Q31 | Анна Лес | x-velanda | aide | 2010",
        "Q9 | Олег Лес | x-velanda | aide | 2011",
        "Q100 | Ян Лес | Лирия | aide | 2012",
    ]
    tables = [
        imported("\n".join(["person | label | state | office | start", *order])).tables for order in (rows, rows[::-1])
    ]
    assert tables[0] == tables[1]
    ids = [line.split("\t")[::8] for line in tables[0]["people.tsv"].splitlines()[1:]]
    assert ids == [["x-liria-les", "Q100"], ["x-velanda-les", "Q9"], ["x-velanda-les-2", "Q31"]]


def test_an_id_that_is_taken_is_not_taken_again(tmp_path):
    world = below(
        tmp_path / "mine", people=["x-velanda-les|Иван Лес||m"], tenures=["x-velanda-les|aide|x-velanda|2001"]
    )
    found = imported("person | state | office | start\nЯн Лес | Веланда | aide | 2010", world)
    assert found.people[0]["id"] == "x-velanda-les-2"


def test_all_names_are_kept_by_their_languages():
    found = imported(
        """
        person | personLabel  | label_kk  | personAltLabel                                     | state     | office | start
        Q9     | "Олег Лес"@ru | Олег Лес | Олег Павлович Лес, Лес, Отец нации, Oleg P. Les     | x-velanda | aide   | 2010
        Q9     | "Oleg Less"@de | Олег Лес | Oleg Pavlovich Les                                 | x-velanda | aide   | 2010
        Q9     | "Oleg Les"@en | Олег Лес | Oleg Pavlovich Les                                  | x-velanda | aide   | 2010
        """
    )
    (person,) = found.people
    assert {k: v for k, v in person.items() if v} == {
        "id": "x-velanda-les",
        "name_ru": "Олег Лес",
        "variants_ru": "Олег Павлович Лес",
        "name_en": "Oleg Les",
        "variants_en": "Oleg P. Les|Oleg Pavlovich Les",
        "name_kk": "Олег Лес",
        "wikidata": "Q9",
    }


@pytest.mark.parametrize(
    ("gender", "expected"),
    [("Q6581072", "f"), ("male", "m"), ("М", "m"), ("женский", "f"), ("Q48270", ""), ("", ""), ("да", "")],
)
def test_genders(gender, expected):
    found = imported(f"person | gender | state | office | start\nОлег Лес | {gender} | x-velanda | aide | 2010")
    assert found.people[0]["gender"] == expected
    assert told(found) == (["2 unknown_gender"] if gender == "да" else [])
    assert found.counts.refused == 0


def test_a_label_of_another_language_stands_in():
    found = imported('person | label | state | office | start\nQ9 | "Oleg Less"@de | x-velanda | aide | 2010')
    assert (found.people[0]["name_en"], found.people[0]["name_ru"]) == ("Oleg Less", "")


# Offices and owners ----------------------------------------------------------------------------------------------

# office | state | of | what it is: office and owner, or the finding
OFFICES = """
president                                        | KZ        |       | president KZ
Prime Minister                                   | kazakhstan |      | prime_minister KZ
Minister of Foreign Affairs of Kyrgyzstan        |           |       | foreign_minister KG
Minister of Foreign Affairs of Kyrgyzstan        | Q813      |       | foreign_minister KG
министр иностранных дел Киргизии                 |           |       | foreign_minister KG
Қазақстан президенті                             |           |       | president KZ
acting President of Kyrgyzstan                   | KGZ       |       | acting president KG
Minister of Health of Ukraine                    |           |       | minister UA
King                                             | the Netherlands |  | monarch NL
Генеральный секретарь ССГ                        | Веланда   |       | secretary_general ssg
генеральный секретарь                            | Веланда   | ССГ   | secretary_general ssg
chair                                            |           | str-board | chair str-board
president                                        | Веланды   |       | president x-velanda
president                                        |           | x-liria | president x-liria
president                                        |           |       | no_state
president                                        | Атлантида |       | unknown_state
president                                        | Q15180    |       | unknown_state
chair                                            |           | ssgg  | unknown_organisation
Minister of Foreign Affairs of Kyrgyzstan        | KZ        |       | two_states
Генеральный секретарь ССГ                        |           | str   | two_states
president of the national bank of Kazakhstan     |           |       | unknown_office
Prime Minister of Northern Ireland               |           |       | unknown_office
Председатель Национального банка Веланды         |           |       | unknown_office
Q191954                                          | RU        |       | unknown_office
                                                 | RU        |       | unknown_office
Prime Minister and Minister of Foreign Affairs of Armenia | |        | several_offices
"""


@pytest.mark.parametrize("line", OFFICES.strip("\n").splitlines())
def test_which_office_it_is_and_whose(line):
    office, state, of, expected = (cell.strip() for cell in line.split("|"))
    found = imported(f"person | office | state | of | start\nАнна Лес | {office} | {state} | {of} | 1900")
    held_as = [f"{t.tenure.standing} {t.tenure.office} {t.tenure.of}".strip() for t in found.tenures]
    assert held_as + [f.kind for f in found.findings] == [expected]


@pytest.mark.parametrize(
    ("office", "state", "remedy"),
    [
        ("presidente", "x-velanda", "write president (president)"),
        ("премьр-министр", "x-velanda", "write prime_minister (премьер-министр)"),
        ("president", "Веланта", "near are x-velanda"),
        ("Q5", "x-velanda", "ask for ?positionLabel too, or add a column office"),
    ],
)
def test_the_remedy_names_what_is_near(office, state, remedy):
    found = imported(f"person | office | state | start\nАнна Лес | {office} | {state} | 1900")
    (finding,) = found.findings
    assert remedy in finding.remedy


def test_the_label_says_what_a_q_id_does_not():
    found = imported(
        "person | country | countryLabel | position | positionLabel | start\n"
        "Анна Лес | Q900 | Веланда | Q901 | посол | 1900\n"
        "Олег Бор | Q900 | Веланда | aide | посол Веланды | 1900"
    )
    assert [(t.tenure.office, t.tenure.of) for t in found.tenures] == [
        ("aide", "x-velanda"),
        ("ambassador", "x-velanda"),
    ]


@pytest.mark.parametrize(
    ("standing", "expected"), [("acting", ["acting"]), ("current", [""]), ("was", ["unknown_standing"])]
)
def test_a_column_of_the_standing(standing, expected):
    found = imported(f"person | office | state | start | standing\nАнна Лес | aide | x-liria | 1900 | {standing}")
    assert [t.tenure.standing for t in found.tenures] + [f.kind for f in found.findings] == expected


# Dates -----------------------------------------------------------------------------------------------------------

# start | its precision | end | its precision | what it is: the dates, or the finding
DATES = """
2019-03-20T00:00:00Z  | 11   | 2021-06-01T00:00:00Z | 10 | 2019-03-20..2021-06
+2019-03-20T00:00:00Z | day  |                      |    | 2019-03-20..
2019-01-01T00:00:00Z  | 9    | 2019-01-01T00:00:00Z | 9  | 2019..2019
2019-01-01T00:00:00Z  |      | 2021-02-03T00:00:00Z |    | 2019..2021-02-03
2019-01-01            |      | 2021-02              |    | 2019-01-01..2021-02
2019                  | 11   |                      |    | 2019..
01.04.2019            |      | 2.5.2020             |    | 2019-04-01..2020-05-02
2019-05               |      | 2019                 |    | 2019-05..2019
1990-01-01T00:00:00Z  | 8    |                      |    | bad_date
1990-01-01T00:00:00Z  | ?    |                      |    | bad_date
весной 2019           |      |                      |    | bad_date
2019-02-30            |      |                      |    | bad_date
-0044-03-15T00:00:00Z | 11   |                      |    | bad_date
                      |      | 2019                 |    | no_date
2019                  |      | _:b12                |    | no_date
2019                  |      | http://www.wikidata.org/.well-known/genid/7f | | no_date
2019-05               |      | 2019-04              |    | reversed_dates
2019                  |      | 2018-12-31           |    | reversed_dates
"""


@pytest.mark.parametrize("line", DATES.strip("\n").splitlines())
def test_dates_are_as_exact_as_they_are_known(line):
    *cells, expected = (cell.strip() for cell in line.split("|"))
    heads = "person | office | state | start | startPrecision | end | endPrecision"
    found = imported(f"{heads}\nАнна Лес | aide | x-liria | {' | '.join(cells)}")
    dates = [f"{t.tenure.start}..{t.tenure.end}" for t in found.tenures]
    assert dates + [f.kind for f in found.findings] == [expected]


# Rows beside each other ------------------------------------------------------------------------------------------

# The rows of one person in one office; expected: tenures, then findings. Words are the same where only dates are given.
BESIDE = {
    "terms that follow": (["2010-05-07..2014-05-07", "2014-05-07..2018", "2018-03-01.."], ["2010-05-07.."]),
    "the day after": (["2010-05-07..2014-05-07", "2014-05-08..2018-01"], ["2010-05-07..2018-01"]),
    "a gap": (["2010-05-07..2014-05-07", "2014-05-09.."], ["2010-05-07..2014-05-07", "2014-05-09.."]),
    "two years": (["2010..2013", "2014.."], ["2010..2013", "2014.."]),
    "less and more exact": (["2010..2014", "2010-05-07..2014-02"], ["2010-05-07..2014-02"]),
    "twice": (["2010..2014", "2010..2014"], ["2010..2014", "3 duplicate"]),
    "two ends": (["2010..2014", "2010..2015"], ["2 contradiction", "3 contradiction"]),
    "an end and none": (["2010..", "2010..2015"], ["2 contradiction", "3 contradiction"]),
    "one within the other": (["2010..2020", "2012..2013", "2022.."], ["2022..", "2 contradiction", "3 contradiction"]),
}


@pytest.mark.parametrize("name", BESIDE)
def test_rows_beside_each_other(name):
    rows, expected = BESIDE[name]
    lines = [" | ".join(["Анна Лес", "aide", "x-liria", *row.split("..")]) for row in rows]
    found = imported("\n".join(["person | office | state | start | end", *lines]))
    assert [f"{t.tenure.start}..{t.tenure.end}" for t in found.tenures] + told(found) == expected
    assert len(found.people) == bool(found.tenures), "nobody is written of whom nothing is left"


def test_two_ministries_are_one_tenure():
    found = imported(
        """
        person   | office                         | start | end
        Анна Лес | Minister of Health of Ukraine  | 1970  | 1974
        Анна Лес | Minister of Economy of Ukraine | 1972  | 1976
        """
    )
    assert held(found) == ["new: ua-les minister UA 1970..1976"] and told(found) == []


def test_acting_and_full_since_one_year_would_be_one_row():
    found = imported(
        """
        person   | office | state   | start | standing
        Анна Лес | aide   | x-liria | 2010  | acting
        Анна Лес | aide   | x-liria | 2010  |
        """
    )
    assert (
        told(found) == ["2 contradiction"]
        and found.findings[0].remedy == "write the day on which each of the two began"
    )


# Against the world -----------------------------------------------------------------------------------------------

# A tenure of the world | a row: start..end | what it is, and the row that is written, or the note
AGAINST = """
2010..2014-05        | 2010..2014-05           | known
2010..2014-05        | 2010..2014-05-07        | more_exact: 2010..2014-05-07
2010..               | 2010..2014              | more_exact: 2010..2014
2010-02..            | 2010..2014              | more_exact: 2010-02..2014
2010..2014           | 2010..                  | known
2010-02-03..2014     | 2010..2014              | known
2010..2014           | 2010-02-03..2014-05     | more_exact: 2010..2014-05
2010..2014           | 2010-02-03..2014        | known: its start is more exact than 2010, which is in the key of the row: correct it where it stands
2010-02-03..2014     | 2010-02-04..2014        | known: the world says 2010-02-03 to 2014
2010..2014-05-07     | 2010..2014-05-08        | known: the world says 2010 to 2014-05-07
2010..2014           | 2014-06..2018           | new: 2014-06..2018
2010..2014           | 2016..                  | new: 2016..
"""


@pytest.mark.parametrize("line", AGAINST.strip().splitlines())
def test_what_a_tenure_is_to_the_world(tmp_path, line):
    known, row, expected = (cell.strip().replace("..", "|") for cell in line.split("|"))
    world = below(tmp_path / "mine", people=["x-les|Анна Лес||f"], tenures=[f"x-les|aide|x-liria|{known}||mine"])
    (tenure,) = imported(f"person | office | state | start | end\nx-les | aide | x-liria | {row}", world).tenures
    dates = (
        f": {tenure.tenure.start}|{tenure.tenure.end}" if tenure.written else f": {tenure.note}" if tenure.note else ""
    )
    assert f"{tenure.status}{dates}" == expected


@pytest.mark.parametrize(
    ("start", "source", "expected"),
    [
        ("2010", "a¦unverified", "a|mine.tsv"),
        ("2011", "a¦unverified", "a|mine.tsv|unverified"),
        ("2010", "unverified", "mine.tsv"),
        ("2010", "mine.tsv", "mine.tsv"),
    ],
)
def test_a_source_joins_those_that_were_there(tmp_path, start, source, expected):
    world = below(tmp_path / "mine", people=["x-les|Анна Лес||f"], tenures=[f"x-les|aide|x-liria|2010|||{source}"])
    found = imported(f"person | office | state | start | end\nx-les | aide | x-liria | {start} | 2014", world)
    assert [t.tenure.source for t in found.tenures] == [expected]


def test_an_acting_tenure_of_the_world_is_not_ended_by_a_full_one(tmp_path):
    rows = ["x-les|aide|x-liria|2010-01||acting", "x-les|aide|x-liria|2012-01|2013||"]
    world = below(tmp_path / "mine", people=["x-les|Анна Лес||f"], tenures=rows)
    (tenure,) = imported(
        "person | office | state | start | end\nx-les | aide | x-liria | 2010-01 | 2011", world
    ).tenures
    assert (tenure.status, tenure.note) == ("known", "the world says acting 2010-01 to now")


def test_two_times_of_an_open_tenure_end_it_and_begin_another(tmp_path):
    world = below(tmp_path / "mine", people=["x-les|Анна Лес||f"], tenures=["x-les|aide|x-liria|2010|||mine"])
    found = imported(
        "person | office | state | start | end\nx-les | aide | x-liria | 2010 | 2012\nx-les | aide | x-liria | 2015 |",
        world,
    )
    assert held(found) == ["more_exact: x-les aide x-liria 2010..2012", "new: x-les aide x-liria 2015.."]


# What is refused -------------------------------------------------------------------------------------------------


def test_each_finding_says_where_what_and_what_to_do():
    found = answered("refused.json")
    said = [f"{f.place}: {f.what}; {f.remedy}" for f in found.findings]
    assert said == (ANSWERS / "refused.txt").read_text("utf-8").splitlines()
    assert (found.counts.refused, found.counts.tenures_new) == (9, 1)


def test_a_cell_can_break_neither_the_file_nor_the_terminal():
    text = '[{"person": "Q9", "label_ru": "Олег\\u2028\\u001b[31m\\tЛ\\u00ades|Лес", "state": "x-liria", "office": "aide", "start": "2010"}]'
    (person,) = import_answer(fictional_world(), text, "a\tb|c.json").people
    assert person["name_ru"] == "Олег [31m Лes Лес"


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(["refused.json", "velanda.tsv", "velanda.csv"]),
    st.floats(0, 1),
    st.integers(0, 20),
    st.text(max_size=8) | st.sampled_from(['"', "\t", ",", "\n", "@", "<", "{", "|"]),
)
def test_a_damaged_answer_is_read_or_refused(name, place, lost, written):
    text = (ANSWERS / name).read_text("utf-8")
    at = int(place * len(text))
    try:
        found = import_answer(fictional_world(), text[:at] + written + text[at + lost :], name)
    except WorldError:
        return
    for table, rows in found.tables.items():
        merge_rows({}, table.removesuffix(".tsv"), rows, table)


# The command -----------------------------------------------------------------------------------------------------


def command(name: str, to: Path, *args: str) -> list[str]:
    return ["world", "import", str(ANSWERS / name), "--to", str(to), "--world", str(FICTIONAL), *args]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_overlay_is_used(tmp_path: Path, capsys: Capture) -> None:
    to = tmp_path / "new/velanda"
    assert run(command("velanda.json", to)) == 0
    assert f"read with --world {to}" in capsys.readouterr().out
    assert sorted(contents(to)) == ["import.json", "people.tsv", "tenures.tsv"]
    worlds = ["--world", str(FICTIONAL), "--world", str(to)]
    assert run(["who", "Нина Ветрова", "--on", "2015-05", *worlds, "--format", "json"]) == 0
    (person,) = json.loads(capsys.readouterr().out)
    assert (person["id"], person["office"], person["wikidata"]) == ("x-velanda-vetrova", "speaker", "Q900000001")
    assert (person["linked"], person["source"]) == (True, "wikidata/Q900000001")
    assert run(["who", "министр иностранных дел Веланды", "--on", "2024", *worlds]) == 0
    assert "Not linked" in capsys.readouterr().out, "who was open to this day has an end"
    assert [f for f in check_world([FICTIONAL, to]) if Path(f.file).parent == to] == []


def test_the_same_again_writes_the_same(tmp_path: Path) -> None:
    assert run(command("velanda.json", tmp_path / "a")) == 0
    first = contents(tmp_path / "a")
    assert run(command("velanda.json", tmp_path / "a")) == 0
    assert run(command("velanda.json", tmp_path / "b")) == 0
    assert first == contents(tmp_path / "a") == contents(tmp_path / "b")


def test_findings_go_to_standard_error_and_the_rest_is_written(tmp_path: Path, capsys: Capture) -> None:
    assert run(command("refused.json", tmp_path / "a")) == 0
    said = capsys.readouterr()
    assert "refused.json, binding 3: ends 2002 before it starts 2003-05; correct one of the dates" in said.err
    assert "x-velanda-vetrova\tspeaker" in (tmp_path / "a/tenures.tsv").read_text("utf-8")


def test_strict_takes_all_rows_or_none(tmp_path: Path, capsys: Capture) -> None:
    assert run(command("refused.json", tmp_path / "a", "--strict")) == 1
    assert not (tmp_path / "a").exists()
    assert "nothing was written: --strict takes all rows or none" in capsys.readouterr().err
    assert run(command("velanda.json", tmp_path / "a", "--strict")) == 0


def test_a_dry_run_prints_and_writes_nothing(tmp_path: Path, capsys: Capture) -> None:
    assert run(command("velanda.json", tmp_path / "a", "--dry-run")) == 0
    said = capsys.readouterr()
    assert "x-velanda-vetrova" in said.out and "2023-06-02" in said.out
    assert "nothing was written: this was a dry run" in said.err
    assert list(tmp_path.iterdir()) == []


def test_the_report_as_json(tmp_path: Path, capsys: Capture) -> None:
    assert run(command("refused.json", tmp_path / "a", "--format", "json")) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["counts"] == {
        "people_new": 1,
        "people_matched": 0,
        "tenures_new": 1,
        "tenures_more_exact": 0,
        "tenures_known": 0,
        "refused": 9,
    }
    assert report["written"] == [str(tmp_path / "a" / name) for name in ("people.tsv", "tenures.tsv", "import.json")]
    assert report["tenures"][0]["status"] == "new" and report["people"][0]["id"] == "x-velanda-vetrova"
    assert [f["number"] for f in report["findings"]] == list(range(2, 11)) and report["errors"] == []
    assert run(command("refused.json", tmp_path / "a", "--format", "jsonl")) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["type"] for line in lines] == ["person", "tenure", *["finding"] * 9, "import"]
    assert lines[-1]["counts"] == report["counts"]


def test_files_of_others_are_not_written_over(tmp_path: Path, capsys: Capture) -> None:
    to = tmp_path / "a"
    to.mkdir()
    (to / "people.tsv").write_text("id\tname_ru\n", "utf-8")
    before = contents(to)
    assert run(command("velanda.json", to)) == 1
    assert "was not made by an import, or was changed since; name another folder with --to" in capsys.readouterr().err
    assert contents(to) == before
    assert run(command("velanda.json", to, "--replace")) == 0
    made = contents(to)
    (to / "tenures.tsv").write_bytes(made["tenures.tsv"] + b"vl-lind\taide\tx-velanda\t2001\t\t\tmine\n")
    assert run(command("velanda.json", to)) == 1
    assert run(command("velanda.json", to, "--replace")) == 0
    assert contents(to) == made
    assert run(command("refused.json", to)) == 1
    assert "was made of velanda.json, which would be lost" in capsys.readouterr().err


def test_other_tables_of_the_folder_stay_and_count(tmp_path: Path) -> None:
    (tmp_path / "states.tsv").write_text("code\tname_ru\nx-mar\tМарь\n", "utf-8")
    assert run(command("velanda.json", tmp_path)) == 0
    assert (tmp_path / "states.tsv").read_text("utf-8").startswith("code\tname_ru\nx-mar")
    assert "x-mar" in load_world([FICTIONAL, tmp_path]).states


def test_errors_of_the_overlay_are_told(tmp_path: Path, capsys: Capture) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("person,office,state,start\nАнна Лес,president,x-liria,2020\n", "utf-8")
    args = ["world", "import", str(table), "--to", str(tmp_path / "a"), "--world", str(FICTIONAL)]
    assert run([*args, "--strict"]) == 1 and not (tmp_path / "a").exists()
    capsys.readouterr()
    assert run([*args, "--format", "json"]) == 1
    said = capsys.readouterr()
    (error,) = json.loads(said.out)["errors"]
    assert (error["kind"], error["file"], error["line"]) == ("double_occupancy", str(tmp_path / "a/tenures.tsv"), 2)
    assert f"{tmp_path / 'a/tenures.tsv'}:2: two are president of x-liria" in said.err
    assert (tmp_path / "a/tenures.tsv").exists()


@pytest.mark.parametrize(
    ("source", "data", "message"),
    [
        ("nowhere.csv", None, "nowhere.csv cannot be read (No such file or directory); name the file of an answer"),
        ("a.xlsx", b"PK\x03\x04", "a.xlsx: this is a zip archive"),
        ("a.csv", "имя;пост;начало\nАнна Лес;премьр Лирии;2020\n".encode("cp1251"), "nobody knows the office"),
    ],
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, source: str, data: bytes | None, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if data:
        Path(source).write_bytes(data)
    assert run(["world", "import", source, "--to", "a", "--strict"]) == 1
    assert message in capsys.readouterr().err
    assert not Path("a").exists()


def test_a_folder_that_cannot_be_one_is_told(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").write_text("")
    assert run(command("velanda.json", tmp_path / "file")) == 1
    assert "is no folder; name one with --to" in capsys.readouterr().err
    assert run(command("velanda.json", FICTIONAL)) == 1
    assert "keep what is imported in a folder of its own" in capsys.readouterr().err


@pytest.mark.parametrize("at", ["people.tsv", "tenures.tsv", "import.json"])
def test_stopped_between_two_files_leaves_the_old_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    to = tmp_path / "a"
    write_files(to, "a.csv", {"people.tsv": "old", "tenures.tsv": "old"})
    before = contents(to)
    move, stopped = Path.replace, []

    def stop_once(self: Path, target: Path) -> Path:
        if self.name == at and not stopped:
            stopped.append(at)
            raise KeyboardInterrupt
        return move(self, target)

    monkeypatch.setattr(Path, "replace", stop_once)
    with pytest.raises(KeyboardInterrupt):
        write_files(to, "a.csv", {"people.tsv": "new", "tenures.tsv": "new"})
    assert contents(to) == before
    stopped.clear()
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path / "b", "a.csv", {"people.tsv": "new", "tenures.tsv": "new"})
    assert not (tmp_path / "b").exists()


def test_ctrl_c_leaves_the_old_files(tmp_path: Path) -> None:
    """The source is a pipe that never ends: once it is open, the program waits for its rows."""
    assert run(command("velanda.json", tmp_path / "a")) == 0
    before = contents(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe")
    args = [*PROGRAM, "world", "import", str(tmp_path / "pipe"), "--to", str(tmp_path / "a"), "--replace"]
    process = subprocess.Popen(args, stderr=subprocess.PIPE, text=True)
    pipe = opened_by_the_reader(tmp_path / "pipe")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    os.close(pipe)
    assert (process.returncode, err) == (130, f"communique: stopped; {tmp_path / 'a'} is as it was\n")
    assert contents(tmp_path / "a") == before


def opened_by_the_reader(pipe: Path) -> int:
    """The writing end of a pipe, as soon as somebody reads from it."""
    for _ in range(600):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nobody has opened the pipe for a minute")


def test_the_columns_of_the_query_in_the_documentation_are_known() -> None:
    page = (EXAMPLES.parent / "docs/cli.md").read_text("utf-8")
    asked = re.findall(r"\?(\w+)", page.partition("SELECT DISTINCT")[2].partition("WHERE")[0])
    assert len(asked) == 12 and None not in map(role_of, asked)
