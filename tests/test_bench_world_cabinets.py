"""Lists of cabinets and of the leaders of today confirm as the others do; ids say who is meant; pages and lists that stand are kept."""

from pathlib import Path

import pytest

from bench import world_sources
from bench.world_compare import iter_differences
from bench.world_lists import REIGN, UNGA, load_cabinets, load_repositories
from bench.world_roster import MAIN_PARTNERS, POST_SOVIET, WORLD, Roster
from leader_lists import compared, make_cabinets, make_lists, make_world, sources

GRABIC = "Minister of Foreign and European Affairs,Ivo Grabić,Q77,2010-03-01,2012-05-07"
SINCE_2010 = "hr-grabic foreign_minister HR 2010-03-01 2012-05-07 -"


# Cabinets --------------------------------------------------------------------------------------------------------


def test_a_list_of_cabinets_confirms_whole(tmp_path):
    report = compared(tmp_path, f"{SINCE_2010} unverified", cabinets={"croatia-ministers": GRABIC})
    assert sources(report) == ["cabinets/croatia-ministers"]


def test_deputies_and_other_states_confirm_nothing(tmp_path):
    cabinets = {"croatia-ministers": GRABIC.replace("Minister", "Deputy Minister"), "chile-ministers": GRABIC}
    assert sources(compared(tmp_path, f"{SINCE_2010} unverified", cabinets=cabinets)) == ["unverified"]


def test_an_open_end_is_as_old_as_the_list(tmp_path):
    """The latest row of the list is of 2011: what came in 2012 it does not know, and does not deny."""
    cabinets = {"croatia-ministers": "President,Iva Javor,Q1,2011-02-18,\n" + GRABIC.replace("2012-05-07", "")}
    report = compared(tmp_path, f"{SINCE_2010} unverified", cabinets=cabinets)
    assert sources(report) == ["cabinets/croatia-ministers|unverified"]
    assert list(iter_differences(report.findings)) == []


def test_an_end_before_the_latest_row_is_denied(tmp_path):
    cabinets = {"croatia-ministers": "President,Iva Javor,Q1,2015-02-18,\n" + GRABIC.replace("2012-05-07", "")}
    report = compared(tmp_path, f"{SINCE_2010} unverified", cabinets=cabinets)
    assert [str(d) for d in iter_differences(report.findings)] == [
        "hr-grabic foreign_minister HR end: ours 2012-05-07, cabinets/croatia-ministers open (Ivo Grabić)"
    ]


def test_the_list_of_today_confirms_a_start_and_an_open_end(tmp_path):
    current = '"Croatia","HR","Prime Minister","","","President","Ivo Grabić","2025-02-18"'
    tenures = "hr-grabic president HR 2025-02 - - unverified"
    report = compared(tmp_path, tenures, current=current)
    assert sources(report) == ["cabinets/world-leaders-current"]
    assert report.findings[0].start == "2025-02-18"


def test_the_three_shipped_cabinets_are_read_once(tmp_path):
    row = "Minister of Defence,Marat Kedrov,Q502,2010-03-01,2012-05-07"
    tenures = "kz-kedrov defence_minister KZ 2010-03-01 2012-05-07 - unverified"
    lists = {"kazakhstan-cabinet.csv": row}
    report = compared(tmp_path, tenures, lists, cabinets={"kazakhstan-cabinet": row, "croatia-ministers": ""})
    assert sources(report) == ["leaders/kazakhstan-cabinet.csv"]


def test_every_list_of_cabinets_is_of_a_state_of_the_world():
    states = Roster(WORLD).states
    assert {state for state in load_repositories().values() if state not in states} == set()
    assert states[: len(POST_SOVIET)] == POST_SOVIET
    assert len(MAIN_PARTNERS) == len(set(MAIN_PARTNERS)) == 53 and set(MAIN_PARTNERS) <= set(states) - set(POST_SOVIET)


def test_a_folder_with_some_lists_is_read(tmp_path):
    folder = make_cabinets(tmp_path / "cabinets", {"croatia-ministers": GRABIC, "no-such-list": GRABIC})
    assert [claim.source for claim in load_cabinets(folder)] == ["cabinets/croatia-ministers"]


# Ids -------------------------------------------------------------------------------------------------------------


def test_an_id_says_who_is_meant_whatever_the_name(tmp_path):
    rows = {"kazakhstan-cabinet.csv": "Minister of Defence,Mara Bukova,Q501,2010-03-01,2012-05-07"}
    tenures = "kz-klenova defence_minister KZ 2010-03-01 2012-05-07 - unverified"
    assert sources(compared(tmp_path, tenures, rows)) == ["leaders/kazakhstan-cabinet.csv"]


def test_another_id_is_another_person_whatever_the_name(tmp_path):
    rows = {"kazakhstan-cabinet.csv": "Minister of Defence,Rosa Klenova,Q999,2010-03-01,2012-05-07"}
    tenures = "kz-klenova defence_minister KZ 2010-03-01 2012-05-07 - unverified"
    assert sources(compared(tmp_path, tenures, rows)) == ["unverified"]


def test_a_name_as_written_is_meant_before_one_that_only_sounds_so(tmp_path):
    """Of Пётр Кедров no Latin spelling is known; where nobody is written as the list has it, the sound decides."""
    rows = {REIGN: "KZK,705,x,Kedrov,1,3,2004,5,2010"}
    tenures = """
    kz-kedrov prime_minister KZ 2004-03-01 2010-05-07 - unverified
    kz-kedrov-petr president KZ 2004-03-01 2010-05-07 - unverified"""
    report = compared(tmp_path, tenures, rows)
    assert sources(report) == [f"leaders/{REIGN}", "unverified"] and report.ambiguous == []


# What stands is kept ---------------------------------------------------------------------------------------------


PAGE = "https://example.org/grabic"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PAGE, f"cabinets/croatia-ministers|{PAGE}"),
        (f"{PAGE}|unverified", f"cabinets/croatia-ministers|{PAGE}"),
        ("cabinets/croatia-ministers|unverified", "cabinets/croatia-ministers"),
        (f"{PAGE}|cabinets/chile-ministers", f"cabinets/croatia-ministers|cabinets/chile-ministers|{PAGE}"),
        ("fictional", "cabinets/croatia-ministers|fictional"),
    ],
)
def test_lists_that_confirm_both_ends_are_added_and_settle_it(tmp_path, before, after):
    cabinets = {"croatia-ministers": GRABIC, "chile-ministers": "President,Ana Encina,Q3,2010-03-11,"}
    report = compared(tmp_path, f"{SINCE_2010} {before}", cabinets=cabinets)
    assert set(sources(report)[0].split("|")) == set(after.split("|"))


@pytest.mark.parametrize("before", [PAGE, f"{PAGE}|unverified", f"{PAGE}|https://example.org/other"])
def test_a_page_keeps_what_it_said_where_a_list_confirms_a_part(tmp_path, before):
    cabinets = {"croatia-ministers": GRABIC.replace("2012-05-07", "2014")}
    report = compared(tmp_path, f"{SINCE_2010} {before}", cabinets=cabinets)
    assert sources(report) == [f"cabinets/croatia-ministers|{before}"]


def test_a_list_that_is_found_to_support_a_part_says_so(tmp_path):
    cabinets = {"croatia-ministers": GRABIC.replace("2012-05-07", "2014")}
    report = compared(tmp_path, f"{SINCE_2010} cabinets/croatia-ministers", cabinets=cabinets)
    assert sources(report) == ["cabinets/croatia-ministers|unverified"]


def test_a_list_in_which_the_row_is_not_found_is_told_and_kept(tmp_path):
    cabinets = {"croatia-ministers": "President,Iva Javor,Q1,2015-02-18,"}
    report = compared(tmp_path, f"{SINCE_2010} cabinets/croatia-ministers", cabinets=cabinets)
    assert sources(report) == ["cabinets/croatia-ministers"]
    assert report.findings[0].unfound == ["cabinets/croatia-ministers"]


def test_a_list_of_leaders_that_no_longer_confirms_is_dropped(tmp_path):
    report = compared(tmp_path, f"{SINCE_2010} leaders/{REIGN}")
    assert sources(report) == ["unverified"]


def test_a_day_is_not_taken_where_two_would_hold_the_office(tmp_path):
    tenures = """
    hr-grabic foreign_minister HR 2010-03-01 2012-05 - unverified
    ru-sosnin foreign_minister HR 2012-05-02 2014 - unverified"""
    report = compared(tmp_path, tenures, cabinets={"croatia-ministers": GRABIC})
    assert report.findings[0].end == "2012-05" and sources(report)[0] == "cabinets/croatia-ministers"


def test_without_the_lists_what_rests_on_them_stays(tmp_path, monkeypatch, capsys):
    source = f"leaders/{UNGA}@2011|cabinets/kazakhstan-ministers-of-old|{PAGE}"
    world = make_world(tmp_path / "world", f"kz-lipov president KZ 2004-03 2010-05 - {source}")
    data = make_lists(tmp_path / "data", {REIGN: "KZK,705,x,Lipov,1,3,2004,5,2010"})
    before = (world / "tenures.tsv").read_text("utf-8")
    monkeypatch.setattr("sys.argv", ["world_sources", "--data", str(data), "--world", str(world), "--write"])
    assert world_sources.main() == 0
    assert (world / "tenures.tsv").read_text("utf-8") == before
    assert capsys.readouterr().out.startswith("no --cabinets: the lists of cabinets are left out")


def test_writing_with_cabinets_twice_changes_nothing_more(tmp_path, monkeypatch, capsys):
    tenures = f"{SINCE_2010} {PAGE}|unverified\nhr-grabic president HR 2015 - - unverified"
    world = make_world(tmp_path / "world", tenures)
    data = make_lists(tmp_path / "data", {})
    rows = f"{GRABIC}\nPresident,Ivo Grabić,Q77,2015-02-18,"
    cabinets = make_cabinets(tmp_path / "cabinets", {"croatia-ministers": rows})
    words = ["--data", data, "--cabinets", cabinets, "--world", world, "--write"]
    monkeypatch.setattr("sys.argv", ["world_sources", *map(str, words)])
    for _ in range(2):
        world_sources.main()
        assert (world / "tenures.tsv").read_text("utf-8").splitlines()[1:] == [
            f"hr-grabic\tforeign_minister\tHR\t2010-03-01\t2012-05-07\t\tcabinets/croatia-ministers|{PAGE}",
            "hr-grabic\tpresident\tHR\t2015-02-18\t\t\tcabinets/croatia-ministers",
        ]
    assert (
        f"1 of {len(load_repositories())} lists of cabinets, without world-leaders-current.csv"
        in capsys.readouterr().out
    )


def test_a_folder_without_lists_is_refused(tmp_path, monkeypatch, capsys):
    data = make_lists(tmp_path / "data", {})
    monkeypatch.setattr("sys.argv", ["world_sources", "--data", str(data), "--cabinets", str(Path(tmp_path))])
    assert world_sources.main() == 1
    assert "give --cabinets the folder that holds them, or leave it out" in capsys.readouterr().err
