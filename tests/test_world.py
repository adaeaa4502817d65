"""The world: what ships is consistent, overlays replace and add, and a wrong file is told by file, line and remedy."""

import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from communique.errors import WorldError
from communique.finding.lexicon import load_resource
from communique.record.vocabulary import OfficeCode, PublisherKind, Standing
from communique.world.tables import COLUMNS
from communique.world.world import World, iter_member_states, load_world
from tables import EXAMPLES, fictional_world
from world_rows import HEADINGS

SHIPPED = load_world()
WORLDS = {"shipped": SHIPPED, "fictional": fictional_world()}
ISO_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def raw(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a shipped file with their numbers, before any row replaces another."""
    text = (files("communique.world") / "data" / f"{name}.tsv").read_text("utf-8")
    head, *lines = text.splitlines()
    for number, line in enumerate(lines, 2):
        yield number, dict(zip(head.split("\t"), line.split("\t"), strict=True))


def write(folder: Path, name: str, *lines: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.tsv").write_text("\n".join(["\t".join(HEADINGS[name]), *lines]) + "\n", "utf-8")
    return folder


# What ships ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"), [("states", "code"), ("people", "id"), ("organisations", "id"), ("publishers", "site")]
)
def test_keys_are_unique(name, key):
    counted = Counter(row[key] for _, row in raw(name))
    assert [k for k, n in counted.items() if n > 1] == []


def test_no_row_is_written_twice():
    for name in ("places", "tenures"):
        counted = Counter(tuple(row.values()) for _, row in raw(name))
        assert [row for row, n in counted.items() if n > 1] == [], name


def test_cells_have_no_stray_blanks():
    wrong = [
        (name, n, cell)
        for name in COLUMNS
        for n, row in raw(name)
        for cell in row.values()
        if cell != cell.strip() or "  " in cell
    ]
    assert wrong == []


def test_every_person_held_an_office_and_has_a_gender():
    assert [p for p in SHIPPED.people if p not in SHIPPED.tenures_of] == []
    assert {p.gender for p in SHIPPED.people.values()} == {"m", "f"}


def test_tenures_use_the_vocabularies_and_name_their_source():
    for number, row in raw("tenures"):
        assert row["office"] in get_args(OfficeCode), number
        assert row["standing"] in ("", *get_args(Standing)), number
        assert row["source"], number


def test_tenures_are_dated_in_order():
    for number, row in raw("tenures"):
        start, end = row["start"], row["end"]
        assert ISO_DAY.fullmatch(start), number
        assert not end or ISO_DAY.fullmatch(end), number
        assert not end or end[: len(start)] >= start[: len(end)], number


def test_tenures_point_to_people_and_states():
    for number, row in raw("tenures"):
        assert row["person"] in SHIPPED.people, number
        assert row["of"] in SHIPPED.states or row["of"] in SHIPPED.organisations, number


def overlapping(world: World, office: str) -> list[tuple[str, str, str]]:
    """Pairs of full holders of one office who would have held it on the same days, not only on the day of change."""
    found = []
    for (held, of), tenures in world.tenures_in.items():
        if held != office:
            continue
        full = [t for t in tenures if t.standing in ("", "current")]
        for i, one in enumerate(full):
            for other in full[i + 1 :]:
                first, second = sorted((one, other), key=lambda t: t.start)
                width = min(len(first.end), len(second.start))
                if one.person != other.person and (not first.end or first.end[:width] > second.start[:width]):
                    found.append((of, first.person, second.person))
    return found


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("office", ["president", "monarch", "prime_minister"])
def test_a_state_has_one_head_at_a_time(name, office):
    assert overlapping(WORLDS[name], office) == []


@pytest.mark.parametrize("name", WORLDS)
def test_capitals_are_places_of_their_state(name):
    world = WORLDS[name]
    cities = {(p.name, p.country) for p in world.places}
    assert [s.code for s in world.states.values() if s.capital and (s.capital, s.code) not in cities] == []


@pytest.mark.parametrize("name", WORLDS)
def test_places_stand_in_known_states_and_venues_in_known_cities(name):
    world = WORLDS[name]
    cities = {(p.name, p.country) for p in world.places if p.kind != "venue"}
    assert [p for p in world.places if p.country not in world.states] == []
    assert [p for p in world.places if p.of and (p.of, p.country) not in cities] == []


@pytest.mark.parametrize("name", WORLDS)
def test_organisations_have_known_members_and_parents(name):
    world = WORLDS[name]
    for organisation in world.organisations.values():
        assert not {m.state for m in world.memberships[organisation.id]} - set(world.states), organisation.id
        assert not organisation.parent or organisation.parent in world.organisations, organisation.id
        assert organisation.kind in ("organisation", "body", "format"), organisation.id


@pytest.mark.parametrize("name", WORLDS)
def test_publishers_are_of_known_states_and_kinds(name):
    world = WORLDS[name]
    for publisher in world.publishers.values():
        assert not publisher.state or publisher.state in world.states, publisher.site
        assert publisher.kind in get_args(PublisherKind), publisher.site


def test_no_name_means_two_states():
    names: dict[str, set[str]] = {}
    for _, row in raw("states"):
        for name in (row["name_ru"], row["official_ru"], *row["aliases_ru"].split("|")):
            if name:
                names.setdefault(name, set()).add(row["code"])
    assert {name: codes for name, codes in names.items() if len(codes) > 1} == {}


def test_the_fictional_world_shares_no_name_with_the_real_one():
    """Examples put no words into the mouth of a living person."""
    fictional = fictional_world()
    invented = [p for p in fictional.people.values() if p.id not in SHIPPED.people]
    real = {p.name for p in SHIPPED.people.values()}
    assert len(invented) > 20 and not {p.name for p in invented} & real
    added = [s.name for s in fictional.states.values() if s.code not in SHIPPED.states]
    assert len(added) == 8 and not {*added} & {s.name for s in SHIPPED.states.values()}


# Look-ups --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "site"),
    [
        ("president.vl", "president.vl"),
        ("www.president.vl", "president.vl"),
        ("https://president.vl/ru/news/14", "president.vl"),
        ("news.president.vl", "president.vl"),
        ("Сосновый дворец", "president.vl"),
        ("пресс-служба Президента Веланды", "president.vl"),
        ("PRESIDENT.VL", "president.vl"),
        ("xpresident.vl", None),
        ("president.vl.example.org", None),
        ("Вестник", None),
        ("", None),
        (None, None),
    ],
)
def test_publishers_are_found_by_site_address_and_name(asked, site):
    publisher = fictional_world().publisher(asked)
    assert (publisher.site if publisher else None) == site


@pytest.mark.parametrize(
    ("office", "of", "day", "holders"),
    [
        ("president", "x-velanda", "2016-11-30", "vl-starov"),
        ("president", "x-velanda", "2016-12-01", "vl-bereg"),
        ("president", "x-velanda", "", "vl-starov vl-bereg"),
        ("president", "x-tarlyk", "2018-03-18", "tr-sapar"),
        ("president", "x-tarlyk", "2018-03-19", "tr-orazbek"),
        ("first_president", "x-tarlyk", "2018-03-18", ""),
        ("prime_minister", "x-velanda", "2020-01-31", ""),
        ("prime_minister", "x-velanda", "2020-02-01", "vl-lind"),
        ("president", "x-nowhere", "2020-02-01", ""),
    ],
)
def test_holders_of_an_office_depend_on_the_day(office, of, day, holders):
    assert " ".join(t.person for t in fictional_world().holders(office, of, day, day)) == holders


def test_an_era_gives_all_who_may_have_held_an_office():
    """A tenure known by the month overlaps every day of it."""
    found = fictional_world().holders("president", "x-velanda", "2016-01-01", "2016-12-31")
    assert [t.person for t in found] == ["vl-starov", "vl-bereg"]


def test_members_of_a_body_are_those_of_its_organisation():
    world = fictional_world()
    assert list(iter_member_states(world, "ssg-heads")) == [m.state for m in world.memberships["ssg"]]
    assert list(iter_member_states(world, "no-such")) == []


def test_people_are_found_by_surname_and_variant():
    world = fictional_world()
    assert [p.id for p in world.people_named("Холм")] == ["lr-kholm"]
    assert [p.id for p in world.people_named("освальд")] == ["ol-oswald"]
    assert list(world.people_named("Безымянный")) == []


# Overlays --------------------------------------------------------------------------------------------------------


def test_an_overlay_adds_and_replaces(tmp_path):
    overlay = write(tmp_path / "mine", "people", "vl-bereg\tИван Новый\t\tm", "vl-extra\tОлег Марин\t\tm")
    write(overlay, "tenures", "vl-extra\tminister\tx-velanda\t2024\t\t\tmine")
    world = load_world([EXAMPLES / "world", overlay])
    assert world.people["vl-bereg"].name == "Иван Новый"
    assert [t.person for t in world.holders("minister", "x-velanda")] == ["vl-gorskaya", "vl-extra"]
    assert fictional_world().people["vl-bereg"].name == "Иван Берег", "the overlay is not kept for the next"


def test_later_overlays_win(tmp_path):
    first = write(tmp_path / "a", "people", "vl-bereg\tИван Первый\t\tm")
    second = write(tmp_path / "b", "people", "vl-bereg\tИван Второй\t\tm")
    assert load_world([EXAMPLES / "world", first, second]).people["vl-bereg"].name == "Иван Второй"
    assert load_world([EXAMPLES / "world", second, first]).people["vl-bereg"].name == "Иван Первый"


def test_a_tenure_is_closed_by_the_same_key(tmp_path):
    """An overlay ends a tenure by repeating person, office, state and start."""
    overlay = write(tmp_path / "mine", "tenures", "vl-bereg\tpresident\tx-velanda\t2016-12-01\t2026-01-31\t\tmine")
    world = load_world([EXAMPLES / "world", overlay])
    assert world.holders("president", "x-velanda", "2026-05-14", "2026-05-14") == []


def test_the_version_is_the_content(tmp_path):
    plain, fictional = load_world(), fictional_world()
    copy = write(tmp_path / "mine", "people")
    assert plain.version != fictional.version
    assert load_world([EXAMPLES / "world"]).version == fictional.version
    assert load_world([EXAMPLES / "world", copy]).version != fictional.version


def test_a_changed_file_is_read_again(tmp_path):
    import os

    overlay = write(tmp_path / "mine", "people", "x-one\tОлег Марин\t\tm")
    assert "x-two" not in load_world([overlay]).people
    write(overlay, "people", "x-two\tОлег Марин\t\tm")
    os.utime(overlay / "people.tsv", (1, 1))
    assert "x-two" in load_world([overlay]).people


# Errors: file of the overlay, its lines, words of the message -----------------------------------------------------
BROKEN = [
    ("people", ["x-one\tОлег Марин\tm"], "people.tsv, line 2: 3 cells, the header has 4; separate cells with tabs"),
    ("people", ["x-one\tОлег Марин\t\tm", "", "x-two"], "people.tsv, line 4: 1 cells"),
    ("tenures", ["no-such\tpresident\tRU\t2020\t\t\tmine"], "unknown person 'no-such'; add a row to people.tsv"),
    ("tenures", ["ru-putin\tpresident\tXX\t2020\t\t\tmine"], "unknown 'XX'; add it to states.tsv or organisations.tsv"),
    ("tenures", ["ru-putin\tpresident\tRU\t2020-05\t2019\t\tmine"], "ends 2019 before it starts 2020-05"),
]


@pytest.mark.parametrize(("name", "lines", "message"), BROKEN)
def test_a_wrong_row_is_told_with_the_remedy(tmp_path, name, lines, message):
    with pytest.raises(WorldError, match=re.escape(message)):
        load_world([write(tmp_path / "mine", name, *lines)])


def test_wrong_columns_are_told_with_the_right_ones(tmp_path):
    (tmp_path / "people.tsv").write_text("id\tname\n", "utf-8")
    with pytest.raises(WorldError, match=r"people\.tsv, line 1: columns .*'name'.*; write \['id', 'name_ru'"):
        load_world([tmp_path])


def test_an_empty_file_is_told(tmp_path):
    (tmp_path / "people.tsv").write_text("", "utf-8")
    with pytest.raises(WorldError, match=r"people\.tsv, line 1"):
        load_world([tmp_path])


def test_a_missing_and_an_empty_folder_are_told(tmp_path):
    with pytest.raises(WorldError, match=r"no folder .*nowhere; --world takes a folder with states\.tsv"):
        load_world([tmp_path / "nowhere"])
    with pytest.raises(WorldError, match=r"holds none of states\.tsv"):
        load_world([tmp_path])


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("tenures", ["ru-putin\tpresident\tRU\tлетом 2020\t\t\tmine"]),
        ("tenures", ["ru-putin\tpresidente\tRU\t2020\t\t\tmine"]),
        ("publishers", ["a.example\tА\tXX\tofficial\t"]),
        ("publishers", ["a.example\tА\tRU\tblog\t"]),
        ("places", ["Марь\tXX\tcity\t\t"]),
        ("organisations", ["x-org\torganisation\tХОР\tХор\t\tno-such\t"]),
        ("states", ["x-mar\t\t\t\t\t\t\t"]),
    ],
)
def test_a_row_that_means_nothing_is_told(tmp_path, name, lines):
    """A wrong cell must not be found out by a record that lacks a fact."""
    with pytest.raises(WorldError):
        load_world([write(tmp_path / "mine", name, *lines)])


def test_a_file_in_another_encoding_is_told(tmp_path):
    (tmp_path / "people.tsv").write_bytes(
        "\t".join(HEADINGS["people"]).encode() + "\nx\tОлег Марин\t\tm\n".encode("cp1251")
    )
    with pytest.raises(WorldError):
        load_world([tmp_path])


@pytest.mark.xfail(strict=True, reason="the line of a wrong tenure is not named")
def test_the_line_of_a_wrong_tenure_is_told(tmp_path):
    overlay = write(tmp_path / "mine", "tenures", "ru-putin\tpresident\tRU\t2020\t2019\t\tmine")
    with pytest.raises(WorldError, match=r"mine/tenures\.tsv, line 2"):
        load_world([overlay])


def test_offices_of_the_lexicon_are_of_the_vocabulary():
    offices = load_resource("ru", "offices")
    assert set(offices["closed"].values()) | set(offices["open"].values()) <= set(get_args(OfficeCode))
    assert set(offices["standing"].values()) <= set(get_args(Standing))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("people.tsv", "id\tname_ru\tvariants_ru\tgender\nx-a\t\t\tm\n", r"people.tsv: 'x-a' has no name"),
        ("people.tsv", f"id\tname_ru\tvariants_ru\tgender\nx-a\t{'а' * 140_000}\t\tm\n", r"line 2: field larger than"),
        ("people.tsv", None, r"people.tsv cannot be read"),
    ],
)
def test_an_overlay_that_cannot_be_loaded_says_where(tmp_path, name, content, sentence):
    if content is None:
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(WorldError, match=sentence):
        load_world([tmp_path])
