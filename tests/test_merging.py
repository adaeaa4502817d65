"""Reports of one meeting become one: scores, partition, and the archive that keeps them."""

import itertools
import json
import random
from collections import defaultdict
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select

import communique
from communique.archive import schema
from communique.archive.merging import write_nodes
from communique.archive.view import View
from communique.archive.writer import Writer
from communique.cli import run
from communique.errors import ArchiveError
from communique.keep import reader
from communique.matching.decide import Edge, FirmWords, Node, partition
from communique.matching.keys import MeetingKey, keys_of, title_key
from communique.matching.merge import merge
from communique.matching.score import score_keys
from communique.text.release import Release
from communique.world.world import load_world

FICTIONAL = Path(__file__).parents[1] / "examples" / "world"
WORLD = load_world([FICTIONAL])
# One meeting by the host, the guest and an agency; the same two a day later elsewhere; a call; another guest of the host; the next year.
REPORTS = {
    "host": ("president.vl", "2026-05-14", "14 мая в Остре Президент Веланды Иван Берег провёл переговоры с Премьер-министром Лирии Анной Холм. Стороны обсудили взаимную торговлю."),
    "guest": ("gov.lr", "2026-05-15", "Глава Правительства Лирии Анна Холм встретилась 14 мая 2026 года в Остре с Президентом Веланды Иваном Берегом. Обсуждены торговля и транспорт."),
    "agency": ("", "2026-05-14", "Сегодня Иван Берег и Анна Холм провели переговоры в Остре. Президент Веланды принял Премьер-министра Лирии в Сосновом дворце."),
    "reprint": ("", "2026-05-14", "Сегодня Иван Берег и Анна Холм провели переговоры в Остре. Президент Веланды принял Премьер-министра Лирии в Сосновом дворце."),
    "next day": ("president.vl", "2026-05-15", "15 мая в Арде Президент Веланды Иван Берег провёл переговоры с Премьер-министром Лирии Анной Холм."),
    "call": ("president.vl", "2026-05-14", "14 мая состоялся телефонный разговор Президента Веланды Ивана Берега с Премьер-министром Лирии Анной Холм."),
    "other guest": ("president.vl", "2026-05-14", "14 мая в Остре Президент Веланды Иван Берег принял Президента Зарении Романа Волхина."),
    "next year": ("president.vl", "2027-05-14", "14 мая 2027 года в Остре Президент Веланды Иван Берег провёл переговоры с Премьер-министром Лирии Анной Холм."),
}  # fmt: skip
ONE = {"host", "guest", "agency", "reprint"}


def release(name: str) -> Release:
    publisher, published, text = REPORTS[name]
    return Release(
        id=name, text=text, original=text.encode(), source=name, publisher=publisher or None,
        published=published,
    )  # fmt: skip


def keys() -> list[MeetingKey]:
    return [k for name in REPORTS for k in keys_of(reader(WORLD)(release(name)))]  # type: ignore[arg-type]


KEYS = {k.document: k for k in keys()}


# Two reports -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", sorted(set(REPORTS) - {"host"}))
def test_reports_of_one_meeting_are_the_same_and_no_others(other: str) -> None:
    verdict = score_keys(KEYS["host"], KEYS[other]).verdict
    assert (verdict == "same") is (other in ONE), score_keys(KEYS["host"], KEYS[other]).why


def test_a_score_says_why_and_does_not_depend_on_the_order() -> None:
    for one, other in itertools.combinations(KEYS.values(), 2):
        assert score_keys(one, other).verdict == score_keys(other, one).verdict
        assert score_keys(one, other).total == score_keys(other, one).total
    why = score_keys(KEYS["host"], KEYS["guest"]).why
    assert (
        "date: both say 2026-05-14" in why
        and "people: both name Иван Берег, Анна Холм" in why
        and "place: both say остра" in why
    )


def test_without_a_day_the_people_alone_join_nothing() -> None:
    undated = msgspec.structs.replace(KEYS["guest"], node="x", document="x", first=None, last=None, stated=False)
    assert score_keys(KEYS["host"], undated).verdict == "unsure"


def test_a_paper_that_both_sign_joins_undated_reports() -> None:
    title = (title_key("Программа развития приграничной торговли до 2030 года"),)
    one = msgspec.structs.replace(KEYS["host"], titles=title)
    undated = msgspec.structs.replace(
        KEYS["guest"], node="x", document="x", first=None, last=None, stated=False, titles=title
    )
    assert score_keys(one, undated).verdict == "same"


def test_a_signing_beside_talks_is_a_part() -> None:
    signing = msgspec.structs.replace(KEYS["guest"], kind="ceremony")
    assert score_keys(KEYS["host"], signing).verdict == "part"


# The partition ---------------------------------------------------------------------------------------------------


def test_all_reports_at_once_in_any_order() -> None:
    wanted = {frozenset(KEYS[n].node for n in ONE), *(frozenset([KEYS[n].node]) for n in set(KEYS) - ONE)}
    for seed in range(10):
        mixed = list(KEYS.values())
        random.Random(seed).shuffle(mixed)
        assert {frozenset(m) for m in merge(mixed).partition.members().values()} == wanted


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 9)), max_size=20),
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=6),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_no_component_holds_what_is_different_and_order_has_no_say(links, apart, rng) -> None:  # type: ignore[no-untyped-def]
    nodes = {str(n): Node(f"d{n}", n) for n in range(8)}
    edges = [Edge(str(a), str(b), float(w)) for a, b, w in links if a != b]
    known = {frozenset((str(a), str(b))) for a, b in apart if a != b}

    def different(one: str, other: str) -> bool:
        return frozenset((one, other)) in known

    found = partition(nodes, edges, different)
    for members in found.members().values():
        assert not any(different(a, b) for a, b in itertools.combinations(members, 2))
    mixed = list(edges)
    rng.shuffle(mixed)
    assert partition(nodes, mixed, different).component == found.component


def test_the_weakest_edge_between_two_different_nodes_is_left_out() -> None:
    nodes = {n: Node(n, n) for n in "abc"}
    found = partition(nodes, [Edge("a", "b", 6), Edge("b", "c", 9)], lambda one, other: {one, other} == {"a", "c"})
    assert found.component["b"] == found.component["c"] != found.component["a"]
    assert [e.pair for e in found.refused] == [("a", "b")]


def test_a_persons_word_goes_before_the_rules() -> None:
    nodes = {n: Node(n, n) for n in "ab"}
    same = FirmWords({("a", "b"): "same"})
    assert partition(nodes, [Edge("a", "b", 0, firm=True)], lambda *_: True, same).component == {"a": "a", "b": "a"}
    apart = FirmWords({("a", "b"): "different"})
    assert partition(nodes, [Edge("a", "b", 9)], lambda *_: False, apart).component == {"a": "a", "b": "b"}


# The archive -----------------------------------------------------------------------------------------------------


def add(path: Path, *names: str) -> None:
    with Writer(path) as writer:
        assert all(o.state in ("added", "known") for o in writer.add(map(release, names), reader(WORLD), again=True))


def groups(path: Path) -> dict[str, set[str]]:
    with View(path) as view:
        return {m.id: {d.id for d in m.documents} for m in view.meetings()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.mark.parametrize("seed", range(6))
def test_an_archive_merges_as_all_at_once(path: Path, seed: int) -> None:
    names = list(REPORTS)
    random.Random(seed).shuffle(names)
    for name in names:  # each by a writer of its own
        add(path, name)
    assert sorted(map(sorted, groups(path).values())) == sorted(
        [sorted(ONE), *([n] for n in sorted(set(REPORTS) - ONE))]
    )
    founder = next(n for n in names if n in ONE)
    assert KEYS[founder].node in groups(path)


def test_a_signing_that_could_be_a_welcome_is_told_by_its_talks_in_an_archive_as_at_once(path: Path) -> None:
    """The guest's page tells of a welcome and of a signing, both ceremonies; only the signing belongs to the talks."""

    def ceremony(of: str, number: int, parent: str | None) -> MeetingKey:
        return msgspec.structs.replace(KEYS[of], node=f"mtg-{of}{number}", kind="ceremony", parent=parent)

    pages = {
        "host": [KEYS["host"], ceremony("host", 1, KEYS["host"].node)],
        "guest": [KEYS["guest"], ceremony("guest", 1, None), ceremony("guest", 2, KEYS["guest"].node)],
    }
    wanted = {frozenset(m) for m in merge([*pages["host"], *pages["guest"]]).partition.members().values()}
    assert {"mtg-host1", "mtg-guest2"} in wanted and {"mtg-guest1"} in wanted
    add(path, *pages)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for row in connection.execute(select(schema.documents.c.number, schema.documents.c.id)).all():
            write_nodes(connection, row.number, pages[row.id])
        found: dict[str, set[str]] = defaultdict(set)
        for row in connection.execute(select(schema.nodes.c.node, schema.nodes.c.merged)):
            found[row.merged].add(row.node)
    assert {frozenset(m) for m in found.values()} == wanted


def test_a_meeting_bears_the_key_of_the_report_that_came_first(path: Path) -> None:
    add(path, "guest")
    add(path, "host", "agency")
    assert groups(path) == {KEYS["guest"].node: {"guest", "host", "agency"}}
    with View(path) as view:
        for name in ("host", "guest", KEYS["agency"].node):
            assert [m.id for m in view.meetings(name)] == [KEYS["guest"].node]


def test_add_forget_add_restores_the_ids(path: Path) -> None:
    add(path, "guest", "host", "call")
    before = groups(path)
    with Writer(path) as writer:
        writer.forget("host")
    assert groups(path) == {KEYS["guest"].node: {"guest"}, KEYS["call"].node: {"call"}}
    add(path, "host")
    assert groups(path) == before


def test_a_word_joins_and_its_withdrawal_restores_both_ids(path: Path) -> None:
    add(path, "host", "call")
    before = groups(path)
    archive = communique.Archive(path)
    number = archive.judge_pair("host", "call", "same", by="me", why="a slip of the editor")
    assert groups(path) == {KEYS["host"].node: {"host", "call"}}
    archive.withdraw_pair(number)
    assert groups(path) == before
    with pytest.raises(ArchiveError, match="nobody's word in force"):
        archive.withdraw_pair(number)


def test_a_word_parts_what_the_rules_joined_and_holds_through_later_reports(path: Path) -> None:
    add(path, "host", "guest")
    communique.Archive(path).judge_pair("host", "guest", "different", by="me")
    assert sorted(map(sorted, groups(path).values())) == [["guest"], ["host"]]
    add(path, "agency")
    apart = groups(path).values()
    assert not any({"host", "guest"} <= documents for documents in apart)
    assert any("agency" in documents and len(documents) == 2 for documents in apart)
    unsure = communique.Archive(path).unsure()
    assert [{p.one, p.other} & {KEYS["agency"].node} != set() for p in unsure] == [True]


def test_a_changed_text_leaves_the_meeting(path: Path) -> None:
    add(path, "host", "guest")
    text = "Глава Правительства Лирии Анна Холм встретилась 20 мая 2026 года в Торвеле с Президентом Веланды Иваном Берегом."
    changed = msgspec.structs.replace(release("guest"), text=text, original=text.encode())
    with Writer(path) as writer:
        assert [o.state for o in writer.add([changed], reader(WORLD))] == ["version"]
    assert sorted(map(sorted, groups(path).values())) == [["guest"], ["host"]]


def test_views_for_sql(path: Path) -> None:
    add(path, "host", "guest", "call")
    archive = communique.Archive(path)
    query = "SELECT merged, count(*) AS n FROM reports JOIN facts USING (key) GROUP BY 1 ORDER BY 2 DESC"
    assert archive.sql(query) == [{"merged": KEYS["host"].node, "n": 2}, {"merged": KEYS["call"].node, "n": 1}]
    (said,) = archive.sql("SELECT verdict, in_force FROM pairs WHERE score > 5 AND verdict = 'same'")
    assert said == {"verdict": "same", "in_force": "same"}


def test_the_two_reports_of_a_meeting_are_compared(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(path, "host", "guest", "call")
    at = ["--archive", str(path)]
    assert run(["compare", "guest", *at]) == 0
    printed = capsys.readouterr().out
    assert "A: host" in printed and "B: guest" in printed
    assert run(["compare", "call", *at]) == 1
    assert "only call reports it" in capsys.readouterr().err
    add(path, "agency", "reprint")
    assert run(["compare", KEYS["host"].node, *at]) == 0
    printed = capsys.readouterr().out
    assert "C: agency" in printed and "reprint" not in printed, "a reprint is no voice of its own"


def test_reprints_are_one_voice(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(path, "agency", "reprint", "host")
    (meeting,) = communique.Archive(path).meetings()
    assert [(r.id, r.voice) for r in meeting.documents] == [
        ("agency", "agency"),
        ("reprint", "agency"),
        ("host", "host"),
    ]
    assert meeting.voices == 2 and meeting.fields["kind"][0].voices == 1
    assert run(["meetings", "host", "--archive", str(path)]) == 0
    assert "reprints agency" in capsys.readouterr().out


def test_the_commands(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(path, "host", "guest", "next day")
    at = ["--archive", str(path)]
    assert run(["meetings", "--format", "jsonl", *at]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [{d["id"] for d in row["documents"]} for row in rows] == [{"next day"}, {"host", "guest"}]
    assert rows[1]["fields"]["date"] == [{"value": "2026-05-14", "documents": ["host", "guest"], "voices": 2}]
    assert run(["meetings", "host", *at]) == 0
    assert "reported by" in capsys.readouterr().out
    assert run(["same", "host", "next day", "--why", "one visit", *at]) == 0
    number = capsys.readouterr().out.split(":")[0]
    # The guest's report gives another day than the next day's, so that the rules no longer hold it to the host's.
    assert sorted(map(sorted, groups(path).values())) == [["guest"], ["host", "next day"]]
    assert run(["unsure", *at]) == 0
    assert "guest  mtg-" in capsys.readouterr().out
    assert run(["withdraw", number, *at]) == 0
    assert groups(path).keys() == {KEYS["host"].node, KEYS["next day"].node}
    assert run(["different", "host", "guest", "--part", *at]) == 0
    capsys.readouterr()
    assert run(["meetings", *at]) == 0
    assert "parts of one occasion" in capsys.readouterr().out
    assert run(["unsure", *at]) == 0
    assert "No pair is in doubt." in capsys.readouterr().out
    assert run(["unsure", "--all", "--format", "json", *at]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [p["withdrawn"] is not None for p in said if p["score"] is None] == [True, False]
    assert run(["same", "host", "nowhere", *at]) == 1
    assert "no document 'nowhere'" in capsys.readouterr().err
