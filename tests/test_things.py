"""One paper, project, promise or person through several readouts: scores, the archive that keeps them, the commands."""

import itertools
import json
import random
from pathlib import Path

import msgspec
import pytest

import communique
from communique.archive.view import View
from communique.archive.writer import Writer
from communique.cli import run
from communique.errors import ArchiveError
from communique.keep import reader
from communique.matching.merge import merge
from communique.matching.nodes import nodes_of
from communique.matching.thing_score import score_things
from communique.matching.things import ThingKey, thing_keys_of
from communique.text.release import Release
from communique.world.world import load_world

WORLD = load_world([Path(__file__).parents[1] / "examples" / "world"])
# A paper is discussed, signed, ratified; the same title of another pair; the plan of this year and of the next; a bridge and the road to it.
READOUTS = {
    "march": ("president.vl", "2025-03-10", "10 марта в Остре Президент Веланды Иван Берег провёл переговоры с Премьер-министром Лирии Анной Холм. Стороны обсудили проект Соглашения о взаимном признании дипломов об образовании. Рассмотрено строительство моста через реку Остра."),
    "may": ("gov.lr", "2025-05-14", "14 мая 2025 года в Арде Премьер-министр Лирии Анна Холм приняла Президента Веланды Ивана Берега. Подписано Соглашение о взаимном признании дипломов об образовании. Начато строительство моста через Остру."),
    "next year": ("president.vl", "2026-02-01", "1 февраля 2026 года в Остре Президент Веланды Иван Берег провёл переговоры с Премьер-министром Лирии Анной Холм. Ратифицировано Соглашение о взаимном признании дипломов. Подписан Меморандум о туризме."),
    "other pair": ("president.vl", "2026-03-01", "1 марта 2026 года в Остре Президент Веланды Иван Берег провёл переговоры с Президентом Тарлыка Ерланом Оразбеком. Подписано Соглашение о взаимном признании дипломов об образовании."),
}  # fmt: skip


def release(name: str) -> Release:
    publisher, published, text = READOUTS[name]
    return Release(id=name, text=text, original=text.encode(), source=name, publisher=publisher, published=published)


def add(path: Path, *names: str) -> None:
    with Writer(path) as writer:
        assert all(o.state == "added" for o in writer.add(map(release, names), reader(WORLD)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def lives(path: Path, kind: str | None = None) -> dict[str, set[str]]:
    """Each thing of two documents, by its id, with the documents."""
    with View(path) as view:
        found = view.things(kind=kind)
    return {thing.id: {s.document for s in thing.stations} for thing in found if thing.documents > 1}


# Two mentions ----------------------------------------------------------------------------------------------------


def paper(title: str, status: str = "signed", **fields: object) -> ThingKey:
    """A mention as the keys have it: the matter is what is left of the title."""
    matter = " ".join(
        w for w in title.casefold().split() if w not in ("соглашение", "программа", "план", "о", "на", "об")
    )
    known: dict[str, object] = {
        "node": f"agr-{title}-{status}-{fields}", "document": str(fields), "kind": "agreement", "relation": "reported", "title": title,
        "matter": matter, "quote": title, "start": 0, "end": len(title), "sort": "agreement", "status": status,
        "parties": ("x-liria", "x-velanda"), "numbers": tuple(w for w in title.split() if w.isdigit()),
    }  # fmt: skip
    return ThingKey(**(known | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (paper("Соглашение о признании дипломов", "discussed"), paper("Соглашение о признании дипломов"), "same"),
        (paper("Соглашение о признании дипломов"), paper("Соглашение о признании дипломов об образовании", "ratified"), "same"),
        # Whose it is, is half of what it is.
        (paper("Соглашение о признании дипломов"), paper("Соглашение о признании дипломов", parties=("x-tarlyk", "x-velanda")), "different"),
        (paper("Соглашение о признании дипломов"), paper("Соглашение о признании дипломов", parties=()), "unsure"),
        # The programme of other years, the plan that is signed each year, the memorandum before the agreement.
        (paper("Программа обменов 2024 2026", period="2024/2026"), paper("Программа обменов 2027 2029", period="2027/2029"), "different"),
        (paper("План консультаций", first="2025-02-11", last="2025-02-11"), paper("План консультаций", first="2026-02-10", last="2026-02-10"), "different"),
        (paper("признании дипломов", sort="memorandum"), paper("признании дипломов"), "different"),
        # What is still planned after it was signed is another one.
        (paper("Соглашение о признании дипломов", told="2025-05-14"), paper("Соглашение о признании дипломов", "planned", told="2026-05-14"), "unsure"),
        # A bare joint statement is that of its day.
        (paper("", sort="declaration", first="2025-03-20", last="2025-03-20"), paper("", "adopted", sort="declaration", first="2025-03-20", last="2025-03-20"), "same"),
        (paper("", sort="declaration"), paper("", sort="declaration"), "different"),
    ],
)  # fmt: skip
def test_two_mentions_of_papers(one: ThingKey, other: ThingKey, verdict: str) -> None:
    score = score_things(one, other)
    assert score.verdict == verdict, score.why
    assert score_things(other, one).verdict == verdict and score_things(other, one).total == score.total


def test_what_names_the_states_and_the_kind_is_no_matter() -> None:
    """«Соглашение между Веландой и Лирией о сотрудничестве в области туризма» is about tourism."""
    text = (
        "14 мая 2025 года Президент Веланды Иван Берег принял Премьер-министра Лирии Анну Холм. "
        "Подписано Соглашение между Веландой и Лирией о сотрудничестве в области туризма."
    )
    record = communique.read(text, world=WORLD)
    (key,) = [k for k in thing_keys_of(record) if k.kind == "agreement"]
    assert key.matter == "туризма" and key.parties == ("x-liria", "x-velanda")
    assert text[key.start : key.end] == key.quote


def test_many_papers_at_once_are_no_paper() -> None:
    record = communique.read("14 мая 2025 года Иван Берег принял Анну Холм. Подписано 12 документов.", world=WORLD)
    assert record.agreements and not [k for k in thing_keys_of(record) if k.kind == "agreement"]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("Заместитель министра торговли Веланды Павел Рогов", "Павел Рогов, заместитель министра торговли Веланды,", "same"),
        ("Заместитель министра торговли Веланды Павел Рогов", "Заместитель министра торговли Веланды Степан Рогов", "different"),
        ("Заместитель министра торговли Веланды Павел Рогов", "Павел Рогов", "unsure"),
        ("Заместитель министра торговли Веланды Павел Рогов", "Заместитель министра торговли Лирии Павел Рогов", "different"),
    ],
)  # fmt: skip
def test_two_mentions_of_a_person_whom_the_roster_does_not_know(one: str, other: str, verdict: str) -> None:
    keys = []
    for n, words in enumerate((one, other)):
        text = f"14 мая 2025 года в Остре {words} встретился с Премьер-министром Лирии Анной Холм."
        record = reader(WORLD)(Release(id=str(n), text=text, original=text.encode(), source=""))
        keys += [k for k in thing_keys_of(record) if k.kind == "person" and "Рогов" in k.title]  # type: ignore[arg-type]
    assert score_things(*keys).verdict == verdict, score_things(*keys).why


def test_a_bridge_is_not_the_road_to_it() -> None:
    shared = {
        "kind": "project", "relation": "reported", "quote": "", "start": 0, "end": 0, "parties": ("x-liria", "x-velanda"),
        "document": "d",
    }  # fmt: skip
    bridge = ThingKey(node="prj-1", title="мост через Сойму", matter="мост сойму", head="мост", **shared)  # type: ignore[arg-type]
    road = ThingKey(
        node="prj-2", title="дорога к мосту через Сойму", matter="дорога мосту сойму", head="дорога", **shared
    )  # type: ignore[arg-type]
    again = msgspec.structs.replace(bridge, node="prj-3")
    assert score_things(bridge, road).verdict != "same" and score_things(bridge, again).verdict == "same"


# The archive -----------------------------------------------------------------------------------------------------


def test_an_agreement_has_a_life(path: Path) -> None:
    add(path, *READOUTS)
    (agreement,) = [t for t in communique.Archive(path).things(kind="agreement") if t.documents > 1]
    assert [(s.day, s.status, s.document) for s in agreement.stations] == [
        ("2025-03-10", "discussed", "march"), ("2025-05-14", "signed", "may"), ("2026-02-01", "ratified", "next year"),
    ]  # fmt: skip
    assert agreement.status == "ratified" and agreement.id == agreement.stations[0].node
    for station in agreement.stations:
        assert READOUTS[station.document][2][station.start : station.end] == station.quote
    assert list(lives(path, "project").values()) == [{"march", "may"}]


def test_any_order_gives_the_same_things_and_the_first_added_names_them(tmp_path: Path) -> None:
    found = set()
    for n, names in enumerate(itertools.permutations(["march", "may", "next year"])):
        path = tmp_path / f"{n}.db"
        add(path, *names)
        agreements = lives(path, "agreement")
        found |= {frozenset(documents) for documents in agreements.values()}
        with View(path) as view:
            (thing,) = [t for t in view.things(kind="agreement") if t.documents > 1]
            first = next(s.node for s in thing.stations if s.document == names[0])
        assert list(agreements) == [first]
    assert found == {frozenset(["march", "may", "next year"])}


def test_the_archive_and_merging_all_at_once_agree(path: Path) -> None:
    add(path, *READOUTS)
    keys = [k for name in READOUTS for k in thing_keys_of(reader(WORLD)(release(name)))]  # type: ignore[arg-type]
    random.Random(1).shuffle(keys)
    documents = {k.node: k.document for k in keys}
    groups = [{documents[n] for n in members} for members in merge(keys).partition.members().values()]
    assert sorted(map(sorted, (g for g in groups if len(g) > 1))) == sorted(map(sorted, lives(path).values()))
    assert {n.page for n in nodes_of(keys).values()} == {k.node for k in keys}


def test_a_persons_word_and_its_withdrawal(path: Path) -> None:
    add(path, *READOUTS)
    archive, before = communique.Archive(path), lives(path)
    stations = {s.document: s.node for t in archive.things(kind="agreement") for s in t.stations if "диплом" in s.title}
    number = archive.judge_pair(stations["march"], stations["may"], "different", by="test")
    with pytest.raises(ArchiveError, match="only meetings are parts"):
        archive.judge_pair(stations["march"], stations["may"], "part", by="test")
    assert not any({"march", "may"} <= documents for documents in lives(path, "agreement").values())
    archive.withdraw_pair(number)
    assert lives(path) == before
    number = archive.judge_pair(stations["may"], stations["other pair"], "same", by="test")
    assert {"may", "other pair"} in lives(path, "agreement").values(), (
        "a word of people goes before what the rules say of others"
    )
    archive.withdraw_pair(number)
    assert lives(path) == before


def test_forgetting_a_document_takes_its_station(path: Path) -> None:
    add(path, "march", "may", "next year")
    archive = communique.Archive(path)
    (name,) = lives(path, "agreement")
    archive.forget("may")
    assert list(lives(path, "agreement").values()) == [{"march", "next year"}]
    with Writer(path) as writer:
        assert [o.state for o in writer.add([release("may")], reader(WORLD), again=True)] == ["added"]
    assert lives(path, "agreement") == {name: {"march", "may", "next year"}}


def test_meetings_and_things_are_not_of_one_kind(path: Path) -> None:
    add(path, "march", "may")
    archive = communique.Archive(path)
    (thing,) = lives(path, "agreement")
    meeting = archive.meetings("march")[0].id
    with pytest.raises(ArchiveError, match="not of one kind"):
        archive.judge_pair(thing, meeting, "same", by="test")
    with pytest.raises(ArchiveError, match=f"communique things {thing}"):
        archive.meetings(thing)
    with pytest.raises(ArchiveError, match=f"communique meetings {meeting}"):
        archive.things(meeting)


def test_the_commands(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ["--archive", str(path)]
    add(path, "other pair")
    assert run(["things", *at]) == 0
    assert "--all lists what one tells of" in capsys.readouterr().out
    add(path, "march", "may", "next year")
    assert run(["things", "--kind", "agreement", "--format", "jsonl", *at]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [s["status"] for s in row["stations"]] == ["discussed", "signed", "ratified"]
    assert run(["things", row["id"], *at]) == 0
    printed = capsys.readouterr().out
    assert "ratified" in printed and "2025-05-14" in printed and "next year" in printed
    assert run(["things", "--all", *at]) == 0
    assert "Меморандум о туризме" in capsys.readouterr().out
    assert run(["unsure", "--kind", "person", *at]) == 0
    assert "No pair is in doubt." in capsys.readouterr().out
    rows = communique.Archive(path).sql(
        "SELECT merged, count(*) AS n FROM things WHERE kind = 'agreement' GROUP BY 1 ORDER BY 2 DESC"
    )
    assert rows[0] == {"merged": row["id"], "n": 3}
