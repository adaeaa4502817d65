"""Who is meant by a few words: the parse of a mention, the candidates, and the link or the refusal."""

from pathlib import Path

import pytest

from communique.world.compiled import compiled_layer
from communique.world.index import Entry
from communique.world.linking import link
from communique.world.people_names import Completeness
from communique.world.reference import Reference, StatedOffice, split_name
from communique.world.world import World, load_world
from world_rows import HEADINGS

FICTIONAL = Path(__file__).parents[1] / "examples" / "world"
SHIPPED = load_world()


def linked(words: str, on: str = "", publisher: str = "", world: World = SHIPPED) -> str:
    """The id of the person linked, or why there is none."""
    said = world.parse_reference(words)
    reference = Reference(said.name, said.offices, said.standing, said.state, on, on, world.publisher(publisher))
    decision = link(world, reference)
    return decision.link.person.id if decision.link else f"- {decision.refused}"


# Russian, English and Kazakh; the days are well inside tenures, or well outside where nobody may be linked.
LINKS = """
Президент Казахстана                                 | 2012-05-01 |           | kz-nazarbayev
Президентом Казахстана Касым-Жомартом Токаевым       | 2021-12-28 |           | kz-tokayev
К.Токаев                                             | 2021-12-28 |           | kz-tokayev
Токаев К.К.                                          | 2021-12-28 |           | kz-tokayev
Касым-Жомарту Кемелевичу Токаеву                     | 2021-12-28 |           | kz-tokayev
Токаев                                               |            |           | - no_day
министр иностранных дел Казахстана К.Токаев          | 1996-05-05 |           | kz-tokayev
Президент Казахстана Касым-Жомарт Токаев             | 2015-05-05 |           | - not_held
экс-президент Казахстана Нурсултан Назарбаев         | 2021-05-05 |           | kz-nazarbayev
Президент Кыргызстана Касым-Жомарт Токаев            | 2021-05-05 |           | - another_state
министр энергетики Сергей Лавров                     | 2015-05-05 |           | - another_office
министр Лавров                                       | 2015-05-05 |           | ru-lavrov
Иванов                                               | 2015-05-05 |           | mk-ivanov
Глава государства                                    | 2021-05-05 | akorda.kz | kz-tokayev
Глава государства                                    | 2021-05-05 |           | - nobody
глава МИД                                            | 2015-05-05 | mid.ru    | ru-lavrov
Президент Беларуси                                   |            |           | by-lukashenko
Президент России                                     |            |           | - ambiguous
российский лидер                                     | 2015-05-05 |           | - nobody
Президент Кыргызстана Сооронбай Жээнбеков            | 2018-05-05 |           | kg-jeenbekov
Генеральный секретарь ООН Антониу Гутерриш           | 2020-05-05 |           | un-guterres
Генсек ООН                                           | 2012-05-05 |           | kr-ban
President of Kazakhstan Kassym-Jomart Tokayev        | 2021-05-05 |           | kz-tokayev
Tokayev's                                            | 2021-05-05 |           | kz-tokayev
Russian Foreign Minister Sergey Lavrov               | 2015-05-05 |           | ru-lavrov
Downing Street                                       | 2012-05-01 |           | gb-cameron
former US President Barack Obama                     | 2018-05-05 |           | us-obama
President-elect Donald Trump                         | 2016-12-05 |           | us-trump
Мемлекет басшысы                                     | 2021-05-05 | akorda.kz | kz-tokayev
Қазақстан Президенті Қасым-Жомарт Тоқаевтың          | 2021-05-05 |           | kz-tokayev
Ресей Президенті Владимир Путинмен                   | 2021-05-05 |           | ru-putin
Сыртқы істер министрі Мұхтар Тілеуберді              | 2021-05-05 | gov.kz    | kz-tleuberdi
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in LINKS.strip().splitlines()]


@pytest.mark.parametrize(("words", "on", "publisher", "expected"), ROWS, ids=[f"{r[0]} {r[1]}" for r in ROWS])
def test_words_a_day_and_a_publisher_make_a_link_or_none(words, on, publisher, expected):
    assert linked(words, on, publisher) == expected


def overlay(folder: Path, **tables: list[str]) -> World:
    folder.mkdir()
    for name, lines in tables.items():
        (folder / f"{name}.tsv").write_text("\n".join(["\t".join(HEADINGS[name]), *lines]) + "\n", "utf-8")
    return load_world([FICTIONAL, folder])


def test_of_two_who_bear_a_name_the_one_in_office_then(tmp_path):
    world = overlay(
        tmp_path / "mine",
        people=["x-one\tПётр Марин\t\tm", "x-two\tПётр Марин\t\tm"],
        tenures=[
            "x-one\tprime_minister\tx-liria\t2001\t2004\t\tmine",
            "x-two\tspeaker\tx-kastania\t2010\t2012\t\tmine",
        ],
    )
    assert linked("Пётр Марин", "2011-05-05", world=world) == "x-two"
    assert linked("Пётр Марин", "", world=world) == "- ambiguous"
    assert linked("премьер-министр Лирии Пётр Марин", "2002-05-05", world=world) == "x-one"
    assert linked("премьер-министр Лирии Пётр Марин", "2011-05-05", world=world) == "- not_held"


def test_a_change_known_by_the_year_leaves_the_office_open_that_year(tmp_path):
    world = overlay(
        tmp_path / "mine",
        people=["x-one\tОлег Марин\t\tm", "x-two\tИнга Марина\t\tf"],
        tenures=[
            "x-one\taide\tx-liria\t2001\t2004\t\t",
            "x-one\tspeaker\tx-velanda\t2001\t2004\t\t",
            "x-two\tspeaker\tx-velanda\t2004\t\t\t",
        ],
    )
    assert linked("спикер Веланды", "2003-05-05", world=world) == "x-one"
    assert linked("спикер Веланды", "2004-05-05", world=world) == "- ambiguous"
    assert linked("спикер Веланды Марин", "2004-05-05", world=world) == "x-one"


def test_an_acting_holder_is_meant_where_the_words_say_so(tmp_path):
    world = overlay(
        tmp_path / "mine",
        people=["x-one\tОлег Марин\t\tm"],
        tenures=["x-one\tprime_minister\tx-mar\t2001\t2004\tacting\t"],
        states=["x-mar\tМарь\t\t\t\t\t\t"],
    )
    assert linked("исполняющий обязанности Премьер-министра Мари", "2002-05-05", world=world) == "x-one"
    assert linked("Премьер-министр Мари", "2002-05-05", world=world) == "- nobody"
    assert linked("Премьер-министр Мари Олег Марин", "2002-05-05", world=world) == "x-one"


def test_an_overlay_that_renames_a_person_hides_the_former_name(tmp_path):
    world = overlay(tmp_path / "mine", people=["ru-lavrov\tСемён Лавринов\t\tm"])
    assert linked("министр Лавринов", "2015-05-05", world=world) == "ru-lavrov"
    assert linked("министр Лавров", "2015-05-05", world=world) == "- nobody"


def test_a_link_says_what_speaks_for_it_and_whether_a_source_does():
    decision = link(
        SHIPPED, Reference("К. Токаев", (StatedOffice("president", "KZ"),), first="2021-12-28", last="2021-12-28")
    )
    assert decision.link is not None and decision.link.verified
    assert decision.link.reasons[0] == "the family name and initials agree with Касым-Жомарт Токаев"
    assert [f.name for f in decision.link.features] == ["name", "only", "office", "day", "source"]
    assert "from 2019-03-20 to this day" in decision.link.reasons[2]


def test_a_tenure_that_no_source_names_is_not_verified(tmp_path):
    world = overlay(
        tmp_path / "mine",
        people=["x-one\tОлег Марин\t\tm"],
        tenures=["x-one\tprime_minister\tx-mar\t2001\t2004\t\tunverified"],
        states=["x-mar\tМарь\t\t\t\t\t\t"],
    )
    decision = link(
        world, Reference("", (StatedOffice("prime_minister", "x-mar"),), first="2002-05-05", last="2002-05-05")
    )
    assert decision.link is not None and not decision.link.verified
    assert decision.link.reasons[-1] == "the tenure is unverified"


@pytest.mark.parametrize(
    ("words", "name", "offices", "standing", "state"),
    [
        ("экс-президента Франции Ф.Олланда", "Ф. Олланда", [("president", "FR", "")], "former", "FR"),
        ("Премьер-министр, министр иностранных дел Катара", "", [("prime_minister", "QA", ""), ("foreign_minister", "QA", "")], "current", "QA"),
        ("казахстанский министр энергетики", "", [("minister", "KZ", "энергетики")], "current", "KZ"),
        ("acting President of Ukraine Oleksandr Turchynov", "Oleksandr Turchynov", [("president", "UA", "")], "acting", "UA"),
        ("Мухаммед бин Салман", "Мухаммед бин Салман", [], "current", None),
    ],
)  # fmt: skip
def test_a_mention_is_read_alone(words, name, offices, standing, state):
    said = SHIPPED.parse_reference(words)
    assert (said.name, said.standing, said.state) == (name, standing, state)
    assert said.offices == tuple(StatedOffice(*o) for o in offices)


@pytest.mark.parametrize(
    ("name", "person", "completeness"),
    [
        ("Си Цзиньпина", "cn-xi", Completeness.full),
        ("Си", "cn-xi", Completeness.family),
        ("Кемелевич Токаев", "kz-tokayev", Completeness.full),
        ("Ж.Токаев", None, None),
        ("Нурлан Токаев", None, None),
        ("Erdogan", "tr-erdogan", Completeness.family),
    ],
)
def test_a_name_fits_by_its_words(name, person, completeness):
    fits = {f.person: f.completeness for f in SHIPPED.people_names.fits(tuple(split_name(name)))}
    assert fits == ({person: completeness} if person else {}) or fits.get(person) == completeness


# The file of forms -----------------------------------------------------------------------------------------------


def entries():
    yield Entry("person", "a", "Иван Берег", "ru")
    yield Entry("state", "b", "Қазақстан", "kk")


def test_the_forms_are_built_once_for_a_version(tmp_path):
    built = []

    def counted():
        built.append(1)
        return entries()

    for _ in range(2):
        layer = compiled_layer("one", counted, tmp_path)
        assert [a.key for a in layer.aliases] == ["a", "b"]
        assert layer.ids("берегом") and layer.ids("қазақстанның") and not layer.ids("река")
    assert len(built) == 1
    compiled_layer("two", counted, tmp_path)
    assert len(built) == 2


@pytest.mark.parametrize("suffix", [".forms", ".aliases"])
@pytest.mark.parametrize("harm", ["cut", "other", "gone"])
def test_a_spoiled_file_of_forms_is_built_anew(tmp_path, suffix, harm):
    compiled_layer("one", entries, tmp_path)
    (path,) = tmp_path.glob(f"*{suffix}")
    data = path.read_bytes()
    path.unlink()
    if harm != "gone":
        path.write_bytes(data[: len(data) // 2] if harm == "cut" else b"\x00" * len(data))
    layer = compiled_layer("one", entries, tmp_path)
    assert layer.ids("берегом") and [a.key for a in layer.aliases] == ["a", "b"]


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("no folder", "utf-8")
    layer = compiled_layer("one", entries, tmp_path / "file")
    assert layer.ids("берегом")


def test_old_versions_are_swept(tmp_path):
    for number in range(7):
        compiled_layer(str(number), entries, tmp_path)
    assert len(list(tmp_path.iterdir())) == 8
