"""The whole reading: composed pages into records, and what a page that is no readout, or a broken part, leaves."""

import json
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import communique
from communique.api import read_release
from communique.cli import run
from communique.finding import read as reading
from communique.finding.read import made_by, rules_version
from communique.text.release import Release
from tables import EXAMPLES, fictional_world, names, read_text, who

FACTS = ("meetings", "quotes", "acts", "agreements", "projects", "commitments", "figures")

TALKS = """Визит Президента Лирии

Сегодня в Остре Президент Веланды Иван Берег провёл переговоры с Президентом Лирии Тимуром Саланом.

Стороны обсудили торговлю и транспорт. Товарооборот двух стран достиг 2,4 млрд долларов.

– Мы рады каждому гостю, – сказал Глава государства.

Тимур Салан поблагодарил Ивана Берега за тёплый приём и отметил, что отношения крепнут.

По итогам переговоров подписан Договор о дружбе между Веландой и Лирией.

Напомним, в марте Иван Берег встречался с Романом Волхиным в Ильгороде."""

CALL = """Состоялся телефонный разговор Президента Веланды Ивана Берега с Президентом Тарлыка Ерланом Оразбеком.

Тарлыкский лидер поздравил Ивана Берега с днём рождения.

Иван Берег проинформировал Ерлана Оразбека о своих переговорах с Тимуром Саланом в Арде."""

ANNOUNCEMENT = """15 июня 2026 года в Баян-Тау состоится заседание Совета глав государств ССГ.

В заседании примут участие Президент Веланды Иван Берег и Президент Лирии Тимур Салан. Президент Кастании Садир Аманов не приедет, страну представит Премьер-министр Кастании Виктор Торин."""

DECREE = """Указом Президента Веланды Лоренц Паргенин назначен послом Веланды в Лирии.

Лоренц Паргенин участвовал в переговорах о границе и во встрече глав государств в Арде."""


def counts(record: communique.Record) -> dict[str, int]:
    return {kind: len(getattr(record, kind)) for kind in FACTS if getattr(record, kind)}


def test_a_page_about_talks():
    record = read_text(TALKS)
    talks, earlier = record.meetings
    assert (talks.kind, talks.status, talks.mode, talks.format) == ("talks", "held", "in_person", "bilateral")
    assert talks.place is not None and talks.start is not None
    assert (talks.place.name, talks.place.country, talks.start.value) == ("Остра", "x-velanda", "2026-05-14")
    assert [who(record, p.actor) for p in talks.participants] == ["Иван Берег", "Тимур Салан"]
    assert {t.code for t in talks.topics} >= {"trade", "transport"}
    assert earlier.relation == "earlier" and "Роман Волхин" in [who(record, p.actor) for p in earlier.participants]
    assert [(q.kind, who(record, q.speaker)) for q in record.quotes] == [
        ("direct", "Иван Берег"),
        ("indirect", "Тимур Салан"),
    ]
    (thanks,) = record.acts
    assert (names(record, thanks.actors), thanks.act, names(record, thanks.addressees)) == (
        "Тимур Салан",
        "thank",
        "Иван Берег",
    )
    assert [(a.kind, a.status) for a in record.agreements] == [("treaty", "signed")]
    assert [(f.measure.code, f.value) for f in record.figures] == [("trade_turnover", "2400000000")]
    assert record.document.genre == "readout"
    assert (record.document.publisher_state, record.document.publisher_kind) == ("x-velanda", "official")
    assert who(record, record.document.voice) == "Веланда"
    assert all(f.meeting == talks.id for f in (*record.quotes, *record.acts, *record.agreements, *record.figures))
    assert set(record.coverage.__struct_fields__) == set(FACTS)
    assert {getattr(record.coverage, kind) for kind in FACTS} == {"read"}


def test_a_page_about_a_call():
    record = read_text(CALL)
    (call,) = record.meetings
    assert (call.kind, call.mode, call.place) == ("phone_call", "phone", None)
    assert [who(record, p.actor) for p in call.participants] == ["Иван Берег", "Ерлан Оразбек"]
    told = [(names(record, a.actors), a.act, names(record, a.addressees)) for a in record.acts]
    assert told == [("Ерлан Оразбек", "congratulate", "Иван Берег"), ("Иван Берег", "inform", "Ерлан Оразбек")]


def test_a_page_that_announces():
    record = read_text(ANNOUNCEMENT)
    (session,) = record.meetings
    assert (session.kind, session.status, session.format) == ("council_session", "planned", "multilateral")
    assert session.start is not None and session.start.value == "2026-06-15"
    parts = {who(record, p.actor): p.presence for p in session.participants}
    assert parts == {
        "Иван Берег": "expected",
        "Тимур Салан": "expected",
        "Садир Аманов": "absent",
        "Виктор Торин": "expected",
    }
    assert record.document.genre == "announcement"


def test_a_page_without_a_meeting():
    """A decree has all the words of readouts; what it lacks is absent because it was read, not because it was not."""
    record = read_text(DECREE)
    assert record.meetings == () and record.document.genre == "decree"
    assert record.coverage.meetings == "read"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("President Ivan Bereg met today with Prime Minister Anna Holm of Liria.", "en"),
        ("Бүгін Президент Ерлан Оразбек Лирия Премьер-министрі Анна Холмды қабылдады.", "kk"),
        ("12 34 56", None),
    ],
)
def test_a_language_that_is_not_read_says_so(text, language):
    record = communique.read(text, publisher="president.vl", language=language, world=fictional_world())
    assert record.document.text == text and counts(record) == {}
    assert {getattr(record.coverage, kind) for kind in FACTS} == {"unsupported_language"}
    (problem,) = record.problems
    assert problem.code == "unsupported_language" and (language or "unknown") in problem.message
    assert record.document.publisher_state == "x-velanda"


# Noise -----------------------------------------------------------------------------------------------------------

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


def noise(size: int) -> str:
    """Words of two thousand meaningless forms, as many as fill `size` bytes."""
    chance = random.Random(1)
    forms = ["".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(2000)]
    return " ".join(chance.choices(forms, k=size // 13))


def test_a_megabyte_of_noise_gives_an_empty_record_soon():
    text = noise(1_000_000)
    assert len(text.encode()) > 900_000
    started = time.perf_counter()
    record = read_text(text)
    assert time.perf_counter() - started < 15  # 3 s when this was written
    assert counts(record) == {}
    assert {getattr(record.coverage, kind) for kind in FACTS} == {"read"}


def growth(unit: str, times: int) -> float:
    """How much longer four times the text takes: 4 where time grows with length, 16 where with its square."""

    def seconds(n: int) -> float:
        started = time.perf_counter()
        read_text(unit * n)
        return time.perf_counter() - started

    seconds(2)
    return min(seconds(4 * times) for _ in range(2)) / min(seconds(times) for _ in range(2))


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        ("Президент Лирии Тимур Салан поблагодарил Ивана Берега за помощь, – сказал он. ", 150),
        ("Президент Лирии Тимур Салан поблагодарил Ивана Берега за помощь.\n", 150),
        ("ы", 20_000),
        ("а-", 10_000),
        ("а\n", 3_000),
        ("А.", 800),
        ("– а\n", 1_000),
        ("»", 2_000),
    ],
)
def test_time_grows_with_length_only(unit, times):
    assert growth(unit, times) < 8


# Broken parts ----------------------------------------------------------------------------------------------------

BROKEN_PACKAGE = """
import logging, sys
logging.disable(logging.CRITICAL)
from pathlib import Path
import communique
world = communique.load_world([Path(sys.argv[1])])
record = communique.read(sys.stdin.read(), publisher="president.vl", published="2026-05-14", language="ru", world=world)
sys.stdout.buffer.write(communique.encode(record))
"""


def read_elsewhere(package: Path, text: str, seed: str = "0") -> communique.Record:
    """The record that another process makes with the package in this folder."""
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", BROKEN_PACKAGE, str(EXAMPLES / "world")]
    done = subprocess.run(command, input=text.encode(), capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return communique.decode(done.stdout)


SOURCE = Path(communique.__file__).parents[1]


@pytest.fixture
def package(tmp_path):
    """A copy of the package whose files a test may break."""
    shutil.copytree(SOURCE / "communique", tmp_path / "communique", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.parametrize(
    ("broken", "costs"),
    [("projects", {"projects"}), ("commitments", {"commitments"}), ("figures", {"figures", "projects", "commitments"})],
)
def test_a_broken_word_list_costs_only_the_facts_that_need_it(package, broken, costs):
    """Projects and commitments have amounts, which are words of the list of figures."""
    lists = package / "communique" / "finding" / "resources" / "ru"
    (lists / f"{broken}.yml").write_text("words: [unclosed\n", "utf-8")
    record = read_elsewhere(package, TALKS)
    assert {kind for kind in FACTS if getattr(record.coverage, kind) == "failed"} == costs
    assert {p.message.split()[0] for p in record.problems if p.code == "finder_failed"} == costs
    assert counts(record) == {kind: n for kind, n in counts(read_text(TALKS)).items() if kind not in costs}


@pytest.mark.parametrize(
    ("finder", "kind"),
    [
        ("find_quotes", "quotes"),
        ("find_meetings", "meetings"),
        ("find_acts", "acts"),
        ("find_agreements", "agreements"),
        pytest.param(
            "find_topics",
            "meetings",
            marks=pytest.mark.xfail(strict=True, reason="one problem three times, not one with its count"),
        ),
        pytest.param("find_candidates", "meetings", marks=pytest.mark.xfail(strict=True, reason="outside `attempt`")),
        pytest.param("find_mentions", "meetings", marks=pytest.mark.xfail(strict=True, reason="outside `attempt`")),
        pytest.param("find_speech", "quotes", marks=pytest.mark.xfail(strict=True, reason="outside `attempt`")),
        pytest.param("find_dates", "meetings", marks=pytest.mark.xfail(strict=True, reason="outside `attempt`")),
    ],
)
def test_a_finder_that_raises_costs_a_problem(monkeypatch, finder, kind):
    def broken(*args, **kwargs):
        raise RuntimeError("lost its way")

    monkeypatch.setattr(reading, finder, broken)
    record = read_text(TALKS)
    assert getattr(record.coverage, kind) == "failed"
    (problem,) = [p for p in record.problems if p.code == "finder_failed"]
    assert kind in problem.message and "lost its way" in problem.message and "report" in problem.message
    if finder == "find_quotes":
        assert record.meetings and record.agreements and record.figures


# The same everywhere ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", ["1", "2026"])
def test_another_process_makes_the_same_record(seed):
    text = "\n".join((TALKS, CALL, ANNOUNCEMENT))
    here = communique.encode(read_text(text))
    assert communique.encode(read_elsewhere(SOURCE, text, seed)) == here


def test_reading_twice_makes_the_same_record():
    assert communique.encode(read_text(TALKS)) == communique.encode(read_text(TALKS))


def test_a_sentence_before_changes_no_key():
    """Judgements hang on the key: it is the document and the sentence, not the offset."""

    def keys(text: str) -> list[str]:
        release = Release(id="doc", text=text, original=text.encode(), language="ru", publisher="president.vl")
        return [a.key for a in read_release(release, fictional_world()).record.acts]

    assert len(keys(CALL)) == 2
    assert keys("Это вступление ничего не меняет.\n\n" + CALL) == keys(CALL)


def test_a_record_says_what_made_it():
    record = read_text(CALL)
    assert record.made_by == made_by(fictional_world())
    assert record.made_by.roster == fictional_world().version and record.made_by.rules == rules_version()
    assert json.loads(communique.encode(record))["made_by"]["communique"] == communique.__version__


def test_another_word_list_is_another_version_of_the_rules(package):
    before = read_elsewhere(package, CALL).made_by.rules
    lists = package / "communique" / "finding" / "resources" / "ru" / "topics.yml"
    lists.write_text(lists.read_text("utf-8") + "# a comment\n", "utf-8")
    assert before == rules_version() != read_elsewhere(package, CALL).made_by.rules


# The page about reading ------------------------------------------------------------------------------------------

PAGE = (EXAMPLES.parent / "docs" / "reading.md").read_text("utf-8")


def test_the_examples_of_the_page_are_what_the_commands_print(monkeypatch, capsys):
    """After a change that is meant: copy what the command prints into docs/reading.md."""
    monkeypatch.chdir(EXAMPLES.parent)
    shown = re.findall(r"```sh\n(.*?)\n```\n\n```text\n(.*?)```", PAGE, re.DOTALL)
    assert len(shown) == 2
    for command, printed in shown:
        assert run(shlex.split(command)[1:]) == 0
        assert capsys.readouterr().out.strip() == printed.strip()


def test_the_lines_of_the_trace_on_the_page_are_printed(monkeypatch, capsys):
    monkeypatch.chdir(EXAMPLES.parent)
    command = shlex.split(re.findall(r"```sh\n(communique read .*?)\n", PAGE)[0])[1:]
    assert run([*command, "--explain"]) == 0
    trace = capsys.readouterr().out.splitlines()
    lines = re.findall(r"^  \d+–\d+  .*$", PAGE, re.MULTILINE)
    assert len(lines) == 3 and set(lines) <= set(trace)


def test_the_page_names_every_problem_of_the_reading():
    sources = "".join(p.read_text("utf-8") for p in (SOURCE / "communique" / "finding").rglob("*.py"))
    codes = set(re.findall(r'code="(\w+)"', sources)) | set(
        re.findall(r'_unresolved\(\s*\w+,\s*[\w.\[\]]+,\s*"(\w+)"', sources)
    )
    assert len(codes) > 5
    assert [code for code in sorted(codes) if f"`{code}`" not in PAGE] == []


def test_a_letter_without_a_unicode_name_is_a_word_like_any():
    record = read_text("Президент Веланды Иван Берег принял Президента Лирии Тимура Салана. 𗀀𗀁.")
    assert record.coverage.meetings == "read"
    assert [record.actor(p.actor).name for p in record.meetings[0].participants] == ["Иван Берег", "Тимур Салан"]
