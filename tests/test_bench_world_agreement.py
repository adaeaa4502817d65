"""The roster is held against lists in its own scope; what is not agreed on is told with the verdict that is kept of it."""

import pytest

from bench import world_agreement
from bench.world_agreement import (
    JUDGEMENTS,
    Answer,
    group_open,
    iter_cabinet_answers,
    iter_holder_answers,
    iter_minister_answers,
    iter_reign_answers,
    load_verdicts,
)
from bench.world_lists import MINISTERS, REIGN
from bench.world_roster import Roster
from leader_lists import make_cabinets, make_lists, make_world


def answers(iterate, tmp_path, tenures: str, lists: dict[str, str]) -> list[Answer]:
    roster = Roster(make_world(tmp_path / "world", tenures))
    return list(iterate(roster, make_lists(tmp_path / "data", lists) / "leaders"))


def told(found: list[Answer], question: str = "") -> list[tuple[str, str]]:
    return [(answer.when, answer.outcome) for answer in found if question in answer.question]


def test_a_leader_is_asked_for_at_the_end_of_each_year_and_in_the_middle(tmp_path):
    rows = {REIGN: "CRO,344,x,Grabic,1,3,2012,5,2014\nCRO,344,x,Javor,7,5,2014,2,2016"}
    tenures = """
    hr-grabic prime_minister HR 2012-03-01 2014-05-07 - unverified
    ru-sosnin president HR 2010 2020 - unverified"""
    found = answers(iter_reign_answers, tmp_path, tenures, rows)
    years = [("2012-12-31", "agree"), ("2013-12-31", "agree"), ("2014-12-31", "disagree"), ("2015-12-31", "disagree")]
    assert told(found, "end of a year") == years
    assert told(found, "middle") == [("2013-04-03", "agree"), ("2015-04-03", "disagree")]


def test_a_head_of_no_office_is_absent_and_a_namesake_of_other_days_is_not_he(tmp_path):
    rows = {REIGN: "KZK,705,x,Lipov,1,3,2004,5,2005"}
    found = answers(iter_reign_answers, tmp_path, "kz-lipov president KZ 2006 2010 - unverified", rows)
    assert told(found) == [("2004-12-31", "absent"), ("2004-10-13", "absent")]


@pytest.mark.parametrize(("state", "years"), [("KZK,705", 2), ("CRO,344", 0), ("CHL,155", 0)])
def test_years_before_the_scope_of_the_state_are_not_asked_for(tmp_path, state, years):
    rows = {REIGN: f"{state},x,Lipov,1,3,1995,5,1997"}
    assert len(told(answers(iter_reign_answers, tmp_path, "", rows), "year")) == years


def test_two_captains_are_two_questions(tmp_path):
    rows = {REIGN: "KZK,705,x,Lipov and Dubov,1,3,2004,9,2004"}
    assert len(told(answers(iter_reign_answers, tmp_path, "", rows), "middle")) == 2


def test_the_minister_is_the_one_of_the_day_not_the_next(tmp_path):
    rows = {
        MINISTERS: """
        Q1,Yerzhan Lipov,Q2,Kazakhstan,Q3,Minister of Foreign Affairs,2020-03-01,x
        Q77,Ivo Grabić,Q4,Croatia,Q5,Minister of Foreign Affairs,,x
        Q6,Ana Encina,Q7,Chile,Q8,Minister of Foreign Affairs,2022-03-11,x"""
    }
    tenures = """
    kz-lipov foreign_minister KZ 2020-03-01 2022-12-01 - unverified
    kz-dubov foreign_minister KZ 2022-12-01 - - unverified
    hr-grabic foreign_minister HR 2019-07-22 - - unverified"""
    found = answers(iter_minister_answers, tmp_path, tenures, rows)
    assert told(found) == [("2022-12-15", "disagree"), ("2022-12-15", "agree")], "of Chile the roster has no ministers"


def test_a_row_of_a_cabinet_is_person_office_and_days(tmp_path):
    rows = {
        "kazakhstan-cabinet.csv": """
        Prime Minister,Yerzhan Lipov,Q1,2010-03-01,2012-05-07
        Prime Minister,Arslan Dubov,Q2,2012-05-07,2014-04-02
        Minister of Foreign Affairs,Rosa Klenova,Q501,2012-05-07,2014-04-02
        Minister of Finance,Rosa Klenova,Q501,2008-05-07,2010-04-02"""
    }
    tenures = """
    kz-lipov prime_minister KZ 2010-03-01 2012-05 - unverified
    kz-dubov prime_minister KZ 2012-05-08 2014-04-02 - unverified"""
    found = answers(iter_cabinet_answers, tmp_path, tenures, rows)
    assert sorted((a.claim.name, a.outcome) for a in found) == [
        ("Arslan Dubov", "disagree"),
        ("Rosa Klenova", "absent"),
        ("Yerzhan Lipov", "agree"),
    ]


def test_other_lists_are_asked_for_the_person_alone(tmp_path):
    roster = Roster(make_world(tmp_path / "world", "hr-grabic foreign_minister HR 2010-03-09 2012 - unverified"))
    rows = """
    Minister of Foreign Affairs,Ivo Grabić,Q77,2010-03-01,2012-05-07
    Minister of Foreign Affairs,Iva Javor,Q78,2010-11,2012-01-07"""
    found = list(iter_holder_answers(roster, make_cabinets(tmp_path / "cabinets", {"croatia-ministers": rows})))
    assert told(found) == [("2011-06-05", "disagree"), ("2011-04-04", "agree")]


# Verdicts --------------------------------------------------------------------------------------------------------


def test_one_verdict_covers_the_years_of_a_leader(tmp_path):
    rows = {REIGN: "KZK,705,x,Lipov,1,3,2004,5,2006"}
    found = answers(iter_reign_answers, tmp_path, "kz-dubov president KZ 2000 2010 - unverified", rows)
    assert {key: len(group) for key, group in group_open(found).items()} == {("reign", "KZ Lipov 2004-03-01"): 3}


def test_the_report_tells_counts_lines_and_verdicts(tmp_path, monkeypatch, capsys):
    world = make_world(tmp_path / "world", "kz-dubov president KZ 2000 2010 - unverified")
    rows = {
        REIGN: "KZK,705,x,Lipov,1,3,2004,5,2005\nKZK,705,x,Dubov,1,5,2005,3,2006\nKZK,705,x,Klenova,1,3,2006,5,2007"
    }
    data = make_lists(tmp_path / "data", rows)
    verdicts = tmp_path / "verdicts.tsv"
    verdicts.write_text("list\tkey\tverdict\twhy\nreign\tKZ Lipov 2004-03-01\tours\the was designated\n", "utf-8")
    kept = load_verdicts(verdicts)
    monkeypatch.setattr(world_agreement, "load_verdicts", lambda: kept)
    monkeypatch.setattr("sys.argv", ["world_agreement", "--data", str(data), "--world", str(world)])
    assert world_agreement.main() == 0
    out = capsys.readouterr().out
    assert "reign: end of a year        post-Soviet states             1         2         0  33.3%" in out
    ours = "ours kz-dubov president 2000..2010"
    assert f"reign KZ Lipov 2004-03-01 (2004-12-31, 2004-09-30): {ours} [ours: he was designated]" in out
    assert f"reign KZ Klenova 2006-03-01 (2006-12-31, 2006-10-13): {ours} [NO VERDICT]" in out
    assert "  reign: ours 1, theirs 0, both 0, scope 0, none 1" in out


def test_verdicts_that_ship_are_known_words_with_a_reason():
    kept = load_verdicts()
    assert {verdict.verdict for verdict in kept.values()} <= set(JUDGEMENTS)
    assert {list_ for list_, _ in kept} == {"reign", "cabinets", "lists"}
    assert [key for key, verdict in kept.items() if len(verdict.why) < 10] == []
