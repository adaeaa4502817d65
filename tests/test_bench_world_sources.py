"""The lists of leaders confirm a tenure only by state, office, person and years; the rest is told and not confirmed."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from bench import world_sources
from bench.latin_names import same_latin, same_name
from bench.world_compare import iter_differences
from bench.world_lists import CURRENT, HEADS, MINISTERS, REIGN, UNGA, load_repositories
from bench.world_posts import cabinet_office, offices_of
from leader_lists import CABINET, HEADERS, compared, make_lists, make_world, sources


def differences(report) -> list[str]:
    return list(map(str, iter_differences(report.findings)))


# Names and posts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Жамшид Осинов", "Jamshid Osinov"),
        ("Жамшид Осинов", "Mr. Dzhamshid OSINOV,"),
        ("Гулжан Яблоков", "Guljan Jablokow"),
        ("Пётр Шишкевич", "Petr Šiškevič"),
        ("Аскар Ключевой", "Askar A. Klyuchevoy"),
        ("Касым-Жан Рябинов", "Kassymzhan Ryabinov"),
        ("Аскар Берёзов", "Berezov"),
        ("Фумико Сакура", "Sakura Fumiko"),
        ("Салим бен Рашид Аль Вади", "His Highness Sheikh Salim bin Rashid Al-Wadi"),
        ("Карл IX", "Carl IX of Norway"),
    ],
)
def test_spellings_of_one_name_agree(ours, theirs):
    assert same_name([ours], theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Арслан Дубов", "Oleg Dubov"),
        ("Арслан Дубов", "Arslan Lipov"),
        ("Арслан Дубов", "Arslan"),
        ("Салим бен Рашид Аль Вади", "Fahd bin Salim bin Rashid Al-Wadi"),
        ("Махди Салим Вади", "Salim Wadi"),
        ("Ян Дуб", "Yuan Tab"),
        ("Ержан Липов", "Mr. Lopatin"),
    ],
)
def test_names_that_look_alike_are_not_one(ours, theirs):
    assert not same_name([ours], theirs)


@pytest.mark.parametrize(
    ("post", "offices"),
    [
        ("Minister for Foregn Affairs", "foreign_minister"),
        ("Deputy Minister for Foreign Affairs", ""),
        (
            "Deputy Chairman of the Cabinet of Ministers and Minister for Foreign Affairs",
            "deputy_prime_minister foreign_minister",
        ),
        ("President ", "president"),
        ("Vice-President", "vice_president"),
        ("President of the Council of Ministers", "prime_minister"),
        ("Chair of the Delegation", ""),
        ("UN Representative", ""),
        ("Chair of the Senate", "speaker"),
        ("Governor of Novgorod Oblast", ""),
        ("Minister of Finance", ""),
        ("Minister of Investments and Foreign Trade", ""),
        ("Minister for Foreign Affairs and Foreign Trade", "foreign_minister"),
        ("Federal Minister for Europe, Integration, and Foreign Affairs", "foreign_minister"),
        ("Minister for Foreign and CARICOM Affairs", "foreign_minister"),
    ],
)
def test_posts_are_our_offices_or_none(post, offices):
    assert offices_of(post, "KZ") == tuple(offices.split())


@pytest.mark.parametrize(
    ("title", "state", "office"),
    [
        ("President", "KZ", "president"),
        ("Acting President", "KZ", "president acting"),
        ("Chairman of the Cabinet of Ministers (Prime Minister)", "KG", "prime_minister"),
        ("Deputy Chairman of the Cabinet of Ministers", "KG", "deputy_prime_minister"),
        ("Federal Minister of European and International Affairs", "AT", "foreign_minister"),
        (
            "Minister of Foreign Affairs, African Integration, La Francophonie, and Beninese Abroad",
            "BJ",
            "foreign_minister",
        ),
        ("Secretary of State for Foreign and Commonwealth Affairs", "GB", "foreign_minister"),
        ("Secretary of State for Foreign Affairs", "ES", ""),
        ("Secretary for Foreign Affairs", "IN", ""),
        ("Deputy Minister of Foreign Affairs", "KZ", ""),
        ("Minister of State for Foreign Affairs", "JP", ""),
        ("Minister Delegate for Foreign Affairs", "FR", ""),
        ("Minister of Foreign Trade", "BE", ""),
        ("Premier of Nova Scotia", "CA", ""),
        ("President of the Province of Lodi", "IT", ""),
        ("President of the Senate", "BE", ""),
        ("Federal Chancellor", "AT", "prime_minister"),
        ("Federal Chancellor", "CH", ""),
        ("Secretary of State", "US", "secretary_of_state"),
        ("Secretary of State", "HU", ""),
        ("monarch", "NO", "monarch"),
        ("monarch", "AU", ""),
        ("Captain Regent", "SM", "leader"),
        ("Secretary of the National Security and Defense Council", "UA", "security_secretary"),
        ("Deputy Chair of the Mazhilis", "KZ", ""),
    ],
)
def test_only_whole_titles_of_a_cabinet_are_offices(title, state, office):
    found, acting = cabinet_office(title, state)
    assert " ".join([found, *(["acting"] if acting else [])]).strip() == office


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Ivo Grabić", "Grabic, Ivo"),
        ("Đorđe Hrastić", "Dorde Hrastic"),
        ("Ana Sosa Robles", "Sosa Robles"),
        ("Bruno Encina", "Carlos Bruno Encina Robles"),
    ],
)
def test_a_latin_name_is_one_but_for_marks_order_and_more_names(ours, theirs):
    assert same_latin([ours], theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Ivo Grabić", "Iva Grabić"),
        ("Salim bin Rashid Al Wadi", "Rashid Al Wadi"),
        ("Rashid Al Wadi", "Salim bin Rashid Al Wadi"),
    ],
)
def test_a_latin_name_of_other_letters_or_of_the_father_is_another(ours, theirs):
    assert not same_latin([ours], theirs)


# What confirms ---------------------------------------------------------------------------------------------------


def test_a_list_with_both_ends_confirms_whole(tmp_path):
    rows = {"kazakhstan-cabinet.csv": "Minister of Defence,Arslan Dubov,Q1,2010-03-01,2012-05-07"}
    report = compared(tmp_path, "kz-dubov defence_minister KZ 2010-03-01 2012-05-07 - unverified", rows)
    assert sources(report) == [CABINET]


def test_another_office_name_state_or_time_confirms_nothing(tmp_path):
    rows = {
        "kazakhstan-cabinet.csv": """
        Minister of Finance,Arslan Dubov,Q1,2010-03-01,2012-05-07
        Deputy Minister of Defence,Arslan Dubov,Q1,2010-03-01,2012-05-07
        Minister of Defence,Erzhan Lipov,Q2,2010-03-01,2012-05-07
        Minister of Defence,Arslan Dubov,Q1,2002-03-01,2004-05-07""",
        "russia-cabinet.csv": "Minister of Defence,Arslan Dubov,Q1,2010-03-01,2012-05-07",
    }
    report = compared(tmp_path, "kz-dubov defence_minister KZ 2010-03-01 2012-05-07 - unverified", rows)
    assert sources(report) == ["unverified"]


def test_an_end_after_the_list_was_made_stays_unverified(tmp_path):
    rows = {MINISTERS: "Q1,Arslan Dubov,Q2,Kazakhstan,Q3,Minister of Foreign Affairs,2020-03-01,x"}
    tenures = """
    kz-dubov foreign_minister KZ 2020-03-01 2024-01-31 - unverified
    kz-lipov foreign_minister KZ 2024-01-31 - - unverified"""
    assert sources(compared(tmp_path, tenures, rows)) == [f"leaders/{MINISTERS}|unverified", "unverified"]


def test_a_year_confirms_a_year_and_a_day_in_part(tmp_path):
    rows = {
        HEADS: """
        Q1,Kazakhstan,Q2,President of Kazakhstan,Q3,Arslan Dubov,2004,2010
        Q1,Kazakhstan,Q2,Prime Minister of Kazakhstan,Q3,Yerzhan Lipov,2015,"""
    }
    tenures = """
    kz-dubov president KZ 2004 2010 - unverified
    kz-lipov prime_minister KZ 2015-03-01 - - unverified"""
    assert sources(compared(tmp_path, tenures, rows)) == [f"leaders/{HEADS}", f"leaders/{HEADS}|unverified"]


def test_a_leader_of_no_named_office_needs_the_month_and_ranks_offices(tmp_path):
    rows = {REIGN: "KZK,705,x,Dubov,1,3,2004,5,2010\nKZK,705,y,Lipov,1,3,2011,5,2019"}
    tenures = """
    kz-dubov prime_minister KZ 2004-03-01 2010-05-07 - unverified
    kz-dubov president KZ 2004-03-01 2010-05-07 - unverified
    kz-lipov president KZ 2015-03-01 2019-05-07 - unverified"""
    report = compared(tmp_path, tenures, rows)
    assert sources(report) == ["unverified", f"leaders/{REIGN}", "unverified"]
    assert differences(report) == [], "an earlier start is another scope"


def test_a_leader_of_other_days_confirms_nothing(tmp_path):
    """An interim of some weeks before the office was taken is another holding."""
    rows = {REIGN: "KZK,705,x,Dubov,1,3,2004,3,2004"}
    report = compared(tmp_path, "kz-dubov president KZ 2004-03-22 2010-05-07 - unverified", rows)
    assert sources(report) == ["unverified"] and len(differences(report)) == 2


def test_of_two_namesakes_the_one_with_both_ends_is_meant(tmp_path):
    rows = {REIGN: "KZK,705,x,Dubov,1,3,2004,5,2010"}
    tenures = """
    kz-dubov president KZ 2004-03-01 2008-04-09 - unverified
    kz-dubov-oleg prime_minister KZ 2004-03-01 2010-05-07 - unverified"""
    assert sources(compared(tmp_path, tenures, rows)) == ["unverified", f"leaders/{REIGN}"]


def test_the_standing_of_an_acting_holder_must_be_said(tmp_path):
    rows = {
        REIGN: "KZK,705,x,Dubov,1,3,2004,5,2004",
        "kazakhstan-cabinet.csv": "Acting President,Yerzhan Lipov,Q1,2010-03-01,2010-05-07",
    }
    tenures = """
    kz-dubov president KZ 2004-03-01 2004-05-07 acting unverified
    kz-lipov president KZ 2010-03-01 2010-05-07 acting unverified"""
    assert sources(compared(tmp_path, tenures, rows)) == [f"leaders/{REIGN}|unverified", CABINET]


def test_cabinets_that_follow_each_other_are_one_holding(tmp_path):
    rows = {
        "kazakhstan-cabinet.csv": """
        Minister of Defence,Arslan Dubov,Q1,2010-03-01,2011-01-15
        Minister of Defence,Arslan Dubov,Q1,2011-01-15,2012-05-07"""
    }
    report = compared(tmp_path, "kz-dubov defence_minister KZ 2010-03-01 2012-05-07 - unverified", rows)
    assert sources(report) == [CABINET]


def test_speeches_confirm_days_and_no_end(tmp_path):
    speeches = """
    2011 | Mr. Arslan DUBOV | Minister for Foreign Affairs
    2013 | Dubov | Minister of Foreign Affairs
    2014 | Yerzhan Lipov | Deputy Prime Minister
    2016 | Yerzhan Lipov | Minister for Foreign Affairs"""
    tenures = """
    kz-dubov foreign_minister KZ 2011-02 2014-06 - unverified
    kz-lipov foreign_minister KZ 2014-06 2017 - unverified"""
    report = compared(tmp_path, tenures, speeches=speeches)
    assert sources(report) == [f"leaders/{UNGA}@2011..2013|unverified", f"leaders/{UNGA}@2016|unverified"]
    assert report.disputes == []


def test_a_speech_near_the_end_of_a_tenure_says_nothing(tmp_path):
    """In 2001 the debate was held in November; a tenure that ends within the debate may have ended before the speech."""
    speeches = "2001 | Arslan Dubov | President\n2010 | Arslan Dubov | Prime Minister"
    tenures = """
    kz-dubov president KZ 1999 2001-10-30 - unverified
    kz-dubov prime_minister KZ 2009-01-01 2010-09-20 - unverified"""
    report = compared(tmp_path, tenures, speeches=speeches)
    assert sources(report) == ["unverified", "unverified"] and report.disputes == []


@pytest.mark.parametrize(("year", "added"), [(2006, ""), (2022, f"|leaders/{UNGA}@2022")])
def test_speeches_are_named_beside_a_list_only_where_they_say_more(tmp_path, year, added):
    rows = {REIGN: "KZK,705,x,Dubov,1,3,2004,,"}
    tenure = "kz-dubov president KZ 2004-03-01 2024-05-07 - unverified"
    report = compared(tmp_path, tenure, rows, f"{year} | Arslan Dubov | President")
    assert sources(report) == [f"leaders/{REIGN}{added}|unverified"]


# What does not agree ---------------------------------------------------------------------------------------------


def test_another_date_is_told_with_both_values(tmp_path):
    rows = {"kazakhstan-cabinet.csv": "Minister of Defence,Arslan Dubov,Q1,2010-03-05,"}
    report = compared(tmp_path, "kz-dubov defence_minister KZ 2010-03-01 2012-05-07 - unverified", rows)
    assert differences(report) == [
        f"kz-dubov defence_minister KZ start: ours 2010-03-01, {CABINET} 2010-03-05 (Arslan Dubov)",
        f"kz-dubov defence_minister KZ end: ours 2012-05-07, {CABINET} open (Arslan Dubov)",
    ]
    assert sources(report) == [f"{CABINET}|unverified"]


def test_a_surname_of_two_holders_is_ambiguous(tmp_path):
    rows = {HEADS: "Q1,Kazakhstan,Q2,President of Kazakhstan,Q3,Dubov,2004,2010"}
    tenures = """
    kz-dubov president KZ 2004 2007 - unverified
    kz-dubov-oleg president KZ 2007 2010 - unverified"""
    report = compared(tmp_path, tenures, rows)
    assert len(report.ambiguous) == 1 and sources(report) == ["unverified", "unverified"]


def test_another_speaker_in_the_post_is_told(tmp_path):
    report = compared(
        tmp_path,
        "kz-dubov foreign_minister KZ 2011-02 2014-06 - unverified\nkz-lipov foreign_minister KZ 2014-06 - - unverified",
        speeches="2012 | Yerzhan Lipov | Minister for Foreign Affairs",
    )
    assert report.disputes == [
        f"KZ foreign_minister 2012: {UNGA} has Yerzhan Lipov (= kz-lipov), ours kz-dubov 2011-02..2014-06"
    ]


# Writing ---------------------------------------------------------------------------------------------------------


def run_main(monkeypatch, *words: str | Path) -> int:
    monkeypatch.setattr("sys.argv", ["world_sources", *map(str, words)])
    return world_sources.main()


def test_write_changes_sources_and_makes_months_exact(tmp_path, monkeypatch, capsys):
    tenures = """
    kz-dubov defence_minister KZ 2010-03 2012 - unverified
    ru-sosnin prime_minister RU 2010-03 2012 - unverified"""
    world = make_world(tmp_path / "world", tenures)
    before = (world / "tenures.tsv").read_text("utf-8").splitlines()
    data = make_lists(
        tmp_path / "data", {"kazakhstan-cabinet.csv": "Minister of Defence,Arslan Dubov,Q1,2010-03-05,2012-05-07"}
    )
    assert run_main(monkeypatch, "--data", data, "--world", world) == 0
    assert (world / "tenures.tsv").read_text("utf-8").splitlines() == before, "without --write nothing is written"
    assert run_main(monkeypatch, "--data", data, "--world", world, "--write") == 0
    after = (world / "tenures.tsv").read_text("utf-8").splitlines()
    assert after[1] == f"kz-dubov\tdefence_minister\tKZ\t2010-03-05\t2012-05-07\t\t{CABINET}"
    assert [after[0], after[2]] == [before[0], before[2]]
    assert "unverified, all: 2 of 2 (100%), in part 0 (0%) -> 1 of 2 (50%), in part 0 (0%)" in capsys.readouterr().out


def test_writing_twice_changes_nothing_more(tmp_path, monkeypatch, capsys):
    world = make_world(tmp_path / "world", "kz-dubov president KZ 2004-03 2010-05 - unverified")
    data = make_lists(tmp_path / "data", {REIGN: "KZK,705,x,Dubov,1,3,2004,5,2010"}, "2005 | Dubov | President")
    for _ in range(2):
        run_main(monkeypatch, "--data", data, "--world", world, "--write")
        assert (world / "tenures.tsv").read_text("utf-8").endswith(f"2004-03-01\t2010-05\t\tleaders/{REIGN}\n")


def test_missing_lists_are_told(tmp_path, monkeypatch, capsys):
    assert run_main(monkeypatch, "--data", tmp_path) == 1
    assert "is missing: give --data the folder that holds leaders/" in capsys.readouterr().err


@pytest.fixture(scope="module")
def shipped() -> list[str]:
    rows = (files("communique.world") / "data" / "tenures.tsv").read_text("utf-8").splitlines()[1:]
    return [row.split("\t")[6] for row in rows]


def test_sources_that_ship_are_lists_pages_and_what_they_leave_open(shipped):
    """«leaders/<list>» (of the speakers with the years), «cabinets/<repository>», addresses of pages, joined by |, each once.

    «unverified» stands last, or alone.
    """
    lists = "|".join(re.escape(name) for name in HEADERS)
    cabinets = "|".join(map(re.escape, (*load_repositories(), CURRENT, "world")))
    one = re.compile(
        rf"leaders/({lists}|{re.escape(UNGA)}@\d{{4}}(\.\.\d{{4}})?)|cabinets/({cabinets})|https?://[^\s|/]+\.[^\s|]+"
    )
    for source in set(shipped) - {"unverified"}:
        named = source.removesuffix("|unverified").split("|")
        assert [part for part in named if not one.fullmatch(part)] == [], source
        assert len(set(named)) == len(named), source


def test_speakers_alone_confirm_no_start_and_no_end(shipped):
    alone = [s for s in shipped if re.fullmatch(rf"leaders/{re.escape(UNGA)}@[\d.]+(\|unverified)?", s)]
    assert [source for source in alone if not source.endswith("|unverified")] == []
