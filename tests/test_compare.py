"""Two accounts of one meeting: every planted difference is found, none is invented, and silence says what it means."""

from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from accounts import BEREG, KHOLM, YASEN, Account, account
from communique.api import read
from communique.matching.align import Rule, Stated, align
from communique.matching.compare import Comparison, Row, compare
from communique.matching.features import Feature, compare_words
from communique.matching.meetings import compare_place, compare_series
from communique.matching.several import Several, compare_several
from communique.matching.silence import Silences
from communique.matching.when import compare_dates
from communique.matching.who import compare_actor, compare_actors, same_name
from communique.record.dates import Date
from communique.record.facts import Actor, Meeting, Office, Place, Series
from communique.record.record import Coverage, Record
from communique.world.world import load_world

EXAMPLES = Path(__file__).parents[1] / "examples"
TEXTS = [*sorted(EXAMPLES.glob("*.txt")), *sorted((EXAMPLES / "pairs").glob("*.txt"))]
MIRROR = {"both": "both", "differently": "differently", "only_a": "only_b", "only_b": "only_a"}
Plant = Callable[[], Account]


@pytest.fixture(scope="module")
def read_records() -> list[Record]:
    world = load_world([EXAMPLES / "world"])
    return [read(path, world=world) for path in TEXTS]


def found(comparison: Comparison) -> list[tuple[str, str]]:
    """What is not on both sides, as it is named."""
    return [(row.what, row.verdict) for row in comparison.rows if row.verdict != "both"]


def drawn(row: Row, swapped: bool = False) -> tuple[Any, ...]:
    sides = [tuple(p.shown for p in s.pieces) if s else () for s in (row.a, row.b)]
    verdict = MIRROR[row.verdict] if swapped else row.verdict
    return (row.what, verdict, row.silence, row.nearby, *(reversed(sides) if swapped else sides))


def test_a_record_against_itself_has_only_both(read_records: list[Record]) -> None:
    for record in (*read_records, account().record()):
        comparison = compare(record, record)
        assert found(comparison) == [], record.document.text[:40]
        assert not comparison.doubts
        facts = sum(1 for fact in record.facts if type(fact).__name__ != "Meeting")
        assert len([r for r in comparison.rows if not r.section.startswith(("Meeting", "Other"))]) == facts


def test_swapping_the_records_swaps_the_sides(read_records: list[Record]) -> None:
    for one, other in combinations(read_records, 2):
        here, there = compare(one, other), compare(other, one)
        assert Counter(map(drawn, here.rows)) == Counter(drawn(row, swapped=True) for row in there.rows)


def test_every_side_stands_on_words_of_its_own_record(read_records: list[Record]) -> None:
    for one, other in combinations(read_records, 2):
        for row in compare(one, other).rows:
            for side, record in ((row.a, one), (row.b, other)):
                assert side is None or all(record.document.holds(e) for e in side.evidence)
            silent = one if row.a is None else other
            assert row.nearby is None or silent.document.holds(row.nearby)
            assert (row.silence is None) == (row.a is not None and row.b is not None)


# What the other side's account says differently, and all that may be reported of it.
PLANTED: list[tuple[str, Plant, list[tuple[str, str]]]] = [
    ("nothing", lambda: account("liria"), []),
    ("day", lambda: account("liria", start=("2026-04-15", "15 апреля 2026 года")), [("start", "differently")]),
    ("no year", lambda: account("liria", start=("XXXX-04-14", "14 апреля")), []),
    ("status", lambda: account("liria", status="planned"), [("status", "differently")]),
    ("kind", lambda: account("liria", kind="reception"), [("kind", "differently")]),
    ("mode", lambda: account("liria", mode="video"), [("mode", "differently")]),
    ("setting", lambda: account("liria", setting="narrow"), [("setting", "only_b")]),
    ("informal", lambda: account("liria", informal=True), [("informal", "only_b")]),
    ("series", lambda: account("liria", series=Series("встреча", 3)), [("series", "only_b")]),
    ("place", lambda: account("liria", place=Place(name="Арда", country="x-liria")), [("place", "differently")]),
    (
        "venue",
        lambda: account("liria", place=Place(name="Остра", country="x-velanda", venue="Дворец Ветров")),
        [],
    ),
    ("no place", lambda: account("liria", place=None), [("place", "only_a")]),
    ("participant", lambda: account("liria", people=(BEREG, KHOLM, YASEN)), [("participant", "only_b")]),
    ("presence", lambda: account("liria", presence={KHOLM: "by_video"}), [("participant", "differently")]),
    ("office", lambda: account("liria").holds_office(KHOLM, "minister"), [("participant", "differently")]),
    ("topic", lambda: account("liria", topics={"trade": "торговля"}), [("topic", "only_a")]),
    ("only B act", lambda: account("liria").act("Холм звала в Арду.", KHOLM, "invite", BEREG, "посетить Арду"), [("act", "only_b")]),
    ("agreement", lambda: account("liria").agreement("Договор о дружбе", "signed", "treaty"), [("agreement", "only_b")]),
    ("quote", lambda: account("liria").quote(KHOLM, "Мы рады каждому шагу навстречу"), [("quote", "only_b")]),
    ("figure", lambda: account("liria").figure("Экспорт вырос", "12", "exports", unit="percent", kind="growth"), [("figure", "only_b")]),
]  # fmt: skip


@pytest.mark.parametrize(("plant", "expected"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED])
def test_the_planted_difference_is_found_and_none_invented(plant: Plant, expected: list[tuple[str, str]]) -> None:
    ours, theirs = account().record(), plant().record()
    assert found(compare(ours, theirs)) == expected
    assert found(compare(theirs, ours)) == [(what, MIRROR[verdict]) for what, verdict in expected]


def bare(name: str = "liria") -> Account:
    return Account(name).meeting(start=("2026-04-14", "14 апреля 2026 года"))


# One fact of each type, said in two ways: what is one fact with a difference, and what are two facts.
FACTS: list[tuple[str, Plant, Plant, list[tuple[str, str]]]] = [
    (
        "number",
        lambda: bare().figure("Товарооборот достиг 4,6 млрд", "4600000000"),
        lambda: bare().figure("Товарооборот достиг 4,8 млрд", "4800000000"),
        [("figure", "differently")],
    ),
    (
        "the same number written otherwise",
        lambda: bare().figure("Товарооборот достиг 4,6 млрд", "4600000000"),
        lambda: bare().figure("Товарооборот составил 4600 млн", "4600000000.0"),
        [],
    ),
    (
        "about a number",
        lambda: bare().figure("Товарооборот достиг 4,6 млрд", "4600000000"),
        lambda: bare().figure("Товарооборот около 4,6 млрд", "4600000000", bound="about"),
        [("figure", "differently")],
    ),
    (
        "level and target",
        lambda: bare().figure("Товарооборот достиг 4,6 млрд", "4600000000"),
        lambda: bare().figure("Товарооборот вырастет до 9 млрд", "9000000000", kind="target"),
        [("figure", "only_a"), ("figure", "only_b")],
    ),
    (
        "status of an agreement",
        lambda: bare().agreement("Соглашение о реадмиссии", "initialled"),
        lambda: bare().agreement("Соглашения о реадмиссии", "signed"),
        [("agreement", "differently")],
    ),
    (
        "kind of an agreement",
        lambda: bare().agreement("Договор о взаимном признании дипломов", "signed", "treaty"),
        lambda: bare().agreement("Соглашение о взаимном признании дипломов", "signed"),
        [("agreement", "differently")],
    ),
    (
        "two agreements",
        lambda: bare().agreement("Соглашение о реадмиссии", "signed"),
        lambda: bare().agreement("Соглашение о туризме", "signed"),
        [("agreement", "only_a"), ("agreement", "only_b")],
    ),
    (
        "another reason for thanks",
        lambda: bare().act("Холм благодарит за приём.", KHOLM, "thank", BEREG, "тёплый приём"),
        lambda: bare().act("Холм благодарит за хлеб.", KHOLM, "thank", BEREG, "гостеприимство"),
        [("act", "differently")],
    ),
    (
        "the hidden thanker",
        lambda: bare().act("Выражена признательность.", "", "thank", "", "возвращение 25 моряков"),
        lambda: bare().act("Холм благодарит за моряков.", KHOLM, "thank", BEREG, "возвращение 25 моряков"),
        [],
    ),
    (
        "the other way round",
        lambda: bare().act("Холм благодарит за приём.", KHOLM, "thank", BEREG, "приём"),
        lambda: bare().act("Берег благодарит за визит.", BEREG, "thank", KHOLM, "визит"),
        [("act", "only_a"), ("act", "only_b")],
    ),
    (
        "two proposals",
        lambda: bare().act("Берег зовёт строить мост.", BEREG, "propose", KHOLM, "строить мост через залив"),
        lambda: bare().act("Берег зовёт открыть рейсы.", BEREG, "propose", KHOLM, "открыть прямые рейсы"),
        [("act", "only_a"), ("act", "only_b")],
    ),
    (
        "a stronger verb",
        lambda: bare().act("Берег осудил набег.", BEREG, "condemn", "", "набег на порт"),
        lambda: bare().act("Берег озабочен набегом.", BEREG, "express_concern", "", "набегом на порт"),
        [("act", "differently")],
    ),
    (
        "a stronger verb for another thing",
        lambda: bare().act("Берег осудил набег.", BEREG, "condemn", "", "набег на порт"),
        lambda: bare().act("Берег озабочен засухой.", BEREG, "express_concern", "", "засухой в степи"),
        [("act", "only_a"), ("act", "only_b")],
    ),
    (
        "verbs of two ladders",
        lambda: bare().act("Берег осудил набег.", BEREG, "condemn", "", "набег на порт"),
        lambda: bare().act("Берег предложил набег.", BEREG, "propose", "", "набег на порт"),
        [("act", "only_a"), ("act", "only_b")],
    ),
    (
        "whose proposal",
        lambda: bare().act("Берег зовёт строить мост.", BEREG, "propose", "", "строить мост через залив"),
        lambda: bare().act("Холм зовёт строить мост.", KHOLM, "propose", "", "строить мост через залив"),
        [("act", "differently")],
    ),
    (
        "two supporters",
        lambda: bare().act("Берег поддержал мост.", BEREG, "support", "", "строить мост через залив"),
        lambda: bare().act("Холм поддержала мост.", KHOLM, "support", "", "строить мост через залив"),
        [("act", "only_a"), ("act", "only_b")],
    ),
    (
        "words of a quote",
        lambda: bare().quote(BEREG, "Наши отношения вышли на новый уровень"),
        lambda: bare().quote(BEREG, "Наши отношения вышли на совершенно новый уровень"),
        [("quote", "differently")],
    ),
    (
        "speaker of a quote",
        lambda: bare().quote(BEREG, "Наши отношения вышли на новый уровень"),
        lambda: bare().quote(KHOLM, "Наши отношения вышли на новый уровень"),
        [("quote", "differently")],
    ),
    (
        "deadline",
        lambda: bare().commitment("Мост будет к 2027 году.", KHOLM, "построить мост", ("2027", "2027 году")),
        lambda: bare().commitment("Мост будет к 2028 году.", KHOLM, "построить мост", ("2028", "2028 году")),
        [("commitment", "differently")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), [row[1:] for row in FACTS], ids=[row[0] for row in FACTS])
def test_facts_are_aligned_or_left_alone(one: Plant, other: Plant, expected: list[tuple[str, str]]) -> None:
    assert found(compare(one().record(), other().record())) == expected


def test_a_difference_says_both_values() -> None:
    (row,) = [
        r for r in compare(account().record(), account("liria", status="planned").record()).rows if r.what == "status"
    ]
    assert [f.sentence for f in row.features] == ["status: held / planned"]


@pytest.mark.parametrize(
    ("theirs", "silence"),
    [
        (lambda: bare(), "not_stated"),
        (lambda: Account("liria", "excerpt").meeting(), "not_found"),
        (lambda: Account("liria", "unknown").meeting(), "not_found"),
        (lambda: bare().not_read_for("acts"), "not_found"),
        (lambda: bare().not_read_for("quotes"), "not_stated"),
    ],
)
def test_silence_counts_only_in_a_whole_text_that_was_read(theirs: Plant, silence: str) -> None:
    ours = bare("velanda").act("Холм благодарит за приём.", KHOLM, "thank", BEREG, "тёплый приём")
    (row,) = [r for r in compare(ours.record(), theirs().record()).rows if r.what == "act"]
    assert (row.verdict, row.silence, row.nearby) == ("only_a", silence, None)


def test_what_stands_in_the_text_and_was_not_read_is_not_found() -> None:
    """The reader misses things: «not stated» would make them the other side's silence."""
    ours = bare("velanda").agreement("Соглашение о реадмиссии", "signed").record()
    missed = bare()
    missed.sentence("Министры подписали соглашение о реадмиссии граждан.")
    (row,) = [r for r in compare(ours, missed.record()).rows if r.what == "agreement"]
    assert row.silence == "not_found"
    assert row.nearby is not None and row.nearby.quote == "Министры подписали соглашение о реадмиссии граждан."


def test_numbers_of_the_missing_fact_must_stand_there_too() -> None:
    record = bare().record()
    text = "Товарооборот достиг 4,6 млрд долларов. Обсуждены миграция и спорт."
    silences = Silences(
        msgspec.structs.replace(
            record, document=msgspec.structs.replace(record.document, text=record.document.text + text)
        )
    )
    assert silences.sentence_with("товарооборота достигла 4,6 млрд долларам")
    assert not silences.sentence_with("товарооборот достиг 5,6 млрд долларов")
    assert not silences.sentence_with("")


def test_a_stronger_verb_says_whose_it_is() -> None:
    acts = ("condemn", "express_concern")
    ours, theirs = (bare().act("Берег о набеге на порт.", BEREG, act, "", "набег на порт").record() for act in acts)
    for one, other, more in ((ours, theirs, "A"), (theirs, ours, "B")):
        (row,) = [r for r in compare(one, other).rows if r.what == "act"]
        assert any(f.sentence.startswith(f"strength: {more} says more: ") for f in row.features)


def test_names_in_another_order() -> None:
    ours, theirs = (
        read(f"14 мая 2026 года в Остре состоялась встреча {names}.", world=load_world([EXAMPLES / "world"]))
        for names in (
            "Президента Веланды Ивана Берега и Премьер-министра Лирии Анны Холм",
            "Премьер-министра Лирии Анны Холм и Президента Веланды Ивана Берега",
        )
    )
    (row,) = [r for r in compare(ours, theirs).rows if r.verdict != "both"]
    assert row.what == "order of names" and row.a and row.b
    assert ["".join(p.text for p in side.pieces) for side in (row.a, row.b)] == [
        "Иван Берег, Анна Холм",
        "Анна Холм, Иван Берег",
    ]


def test_what_one_side_leaves_open_is_said() -> None:
    hidden = bare().act("Выражена признательность.", "", "thank", "", "возвращение 25 моряков")
    told = bare().act("Холм благодарит за моряков.", KHOLM, "thank", BEREG, "возвращение 25 моряков")
    (row,) = [r for r in compare(hidden.record(), told.record()).rows if r.what == "act"]
    assert {f.sentence for f in row.features if f.verdict == "one_sided"} == {
        "actors: only B says",
        "addressees: only B says",
    }


def test_language_that_is_not_read_proves_no_silence() -> None:
    record = msgspec.structs.replace(bare().record(), meetings=(), coverage=Coverage.whole("unsupported_language"))
    comparison = compare(account().record(), record)
    assert {row.silence for row in comparison.rows} == {"not_found"}


def test_two_meetings_are_compared_with_a_doubt() -> None:
    ours = Account("velanda").meeting((BEREG, KHOLM), start=("2026-04-14", "14 апреля 2026 года")).record()
    theirs = Account("liria").meeting((YASEN,), start=("2025-01-02", "2 января 2025 года"), kind="reception").record()
    comparison = compare(ours, theirs)
    assert comparison.doubts[0].startswith("These may be two meetings")
    assert ("start", "differently") in found(comparison)


def test_a_part_of_a_visit_is_matched_with_the_page_of_the_talks(read_records: list[Record]) -> None:
    visit, talks = (
        next(r for r, p in zip(read_records, TEXTS, strict=True) if p.stem == stem)
        for stem in ("10-visit", "10-visit-tarlyk")
    )
    sections = {row.section for row in compare(visit, talks).rows}
    assert "Meeting: talks" in sections and "Other meetings" in sections


def _by_length(one: Stated[str], other: Stated[str]) -> tuple[Feature, ...]:
    return (compare_words("words", one.said, other.said),)


def test_of_equally_good_partners_none_is_taken() -> None:
    record, rule = bare().record(), Rule(frozenset(), {"words": 1.0}, 0.5)
    mine = [Stated(record, "новый мост", "a")]
    theirs = [Stated(record, "новый порт", "b"), Stated(record, "новый цирк", "c")]
    aligned = align(mine, theirs, _by_length, rule)
    assert (aligned.pairs, aligned.only_one, aligned.only_other, aligned.doubtful) == ([], [0], [0, 1], 1)
    assert align(mine, theirs[:1], _by_length, rule).doubtful == 0


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("2026-04-14", "2026-04-14", "same"),
        ("2026-04-14", "XXXX-04-14", "partly"),
        ("2026-04-14", "2026-04", "partly"),
        ("2026-04-14", "2026", "partly"),
        ("2026-04-14", "2026-34", "partly"),  # the second quarter
        ("2026-04-14", "2026-33", "differs"),
        ("2026-04-14", "2026-04-13/2026-04-15", "partly"),
        ("2026-04-16", "2026-04-13/2026-04-15", "differs"),
        ("2026-04-13/2026-04-14", "XXXX-04-13/XXXX-04-14", "partly"),
        ("XXXX-04-14", "XXXX-04-15", "differs"),
        ("2026-04-14", "2025-04-14", "differs"),
    ],
)
def test_dates_agree_as_far_as_both_say(one: str, other: str, verdict: str) -> None:
    dates = [Date(value=v, precision="day", original=v) for v in (one, other)]
    assert compare_dates("start", *dates).verdict == compare_dates("start", *reversed(dates)).verdict == verdict


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (Place(name="Остра"), Place(name="Остра", venue="Дворец Ветров"), "partly"),
        (Place(name="Остра", venue="Дворце Ветров"), Place(name="Остра", venue="Дворец Ветров"), "partly"),
        (Place(name="Остра"), Place(name="Арда"), "differs"),
        (Place(name="Остра"), None, "one_sided"),
    ],
)
def test_places(one: Place, other: Place | None, verdict: str) -> None:
    assert compare_place(one, other).verdict == verdict


def test_a_series_goes_by_its_number() -> None:
    def of(name: str, ordinal: int) -> Stated[Meeting]:
        record = bare().record()
        return Stated(record, msgspec.structs.replace(record.meetings[0], series=Series(name, ordinal)), "")

    assert compare_series(of("заседание", 21), of("сессия", 21)).verdict == "same"
    assert compare_series(of("заседание", 21), of("заседание", 22)).verdict == "differs"


def person(
    name: str | None = None, code: str = "president", of: str | None = "x-velanda", known: str | None = None
) -> Actor:
    return Actor(
        ref="a1", kind="person", name=name, represents=of, id=known, offices=(Office(title=code, code=code, of=of),)
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (person("Иван Берег"), person("И. Берег"), "same"),
        (person("Иван Берег"), person("Пётр Берег"), "differs"),
        (person("Иван Берег", known="vl-bereg"), person("Иван Берег", known="another"), "differs"),
        (person(None), person("Иван Берег"), "same"),
        (person(None), person("Анна Холм", of="x-liria"), "differs"),
        (person(None, "minister"), person("Иван Берег"), "differs"),
        (person(None, of=None), person("Иван Берег"), "unknown"),
        (Actor(ref="s", kind="state", represents="x-velanda"), person("Иван Берег"), "partly"),
        (Actor(ref="s", kind="state", represents="x-liria"), person("Иван Берег"), "differs"),
        (
            Actor(ref="s", kind="state", represents="x-liria"),
            Actor(ref="t", kind="state", represents="x-liria"),
            "same",
        ),
        (
            Actor(ref="c", kind="collective", name="Стороны"),
            Actor(ref="d", kind="collective", name="Президенты"),
            "partly",
        ),
    ],
)
def test_people_and_states(one: Actor, other: Actor, verdict: str) -> None:
    assert compare_actor("actor", one, other).verdict == compare_actor("actor", other, one).verdict == verdict


def test_lists_of_actors() -> None:
    bereg, holm = person("Иван Берег"), person("Анна Холм", of="x-liria")
    assert compare_actors("who", [bereg, holm], [holm, bereg]).verdict == "same"
    assert compare_actors("who", [bereg, holm], [bereg]).verdict == "partly"
    assert compare_actors("who", [bereg], [holm]).verdict == "differs"
    assert compare_actors("who", [], [holm]).verdict == "one_sided"


def test_names_in_other_letters_are_not_guessed() -> None:
    assert not same_name("Иван Берег", "Ivan Bereg")


def test_a_leader_is_no_other_office_than_a_president() -> None:
    theirs = account("liria").holds_office(BEREG, "leader")
    assert found(compare(account().record(), theirs.record())) == []


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        ("Берег потребовал снять ограничения.", "Берег попросил снять ограничения.", "A"),
        ("Берег поддержал идею порта.", "Берег решительно поддержал идею порта.", "B"),
        ("Берег поддержал идею порта.", "Берег одобрил идею порта.", ""),
    ],
)
def test_of_two_verbs_for_one_act_the_stronger_is_told(one: str, other: str, more: str) -> None:
    """The proof of an act is its verb; the word before may strengthen it."""
    records = []
    for words in (one, other):
        account = bare().act(words, BEREG, "support", "", "идея порта")
        record = account.record()
        verb = next(w for w in words.split() if w.endswith(("ал", "ил")))
        start = record.document.text.index(verb, record.document.text.index(words))
        whole = record.acts[0].evidence[0]
        proofs = (
            record.document.cite(start, start + len(verb), "act"),
            msgspec.structs.replace(whole, fields=("actors", "about")),
        )
        records.append(
            msgspec.structs.replace(record, acts=(msgspec.structs.replace(record.acts[0], evidence=proofs),))
        )
    (row,) = [r for r in compare(*records).rows if r.what == "act"]
    said = [f.sentence for f in row.features if f.name == "strength"]
    assert said == [] if not more else said[0].startswith(f"strength: {more} says more: ")


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("передать здание до конца июня", "передать здание до конца сентября", "differs"),
        ("поставить 300 тысяч доз вакцины", "поставить 250 тысяч доз вакцины", "differs"),
        ("провести встречу глав в Остре", "провести встречу глав в Ильгороде", "differs"),
        ("провести встречу глав в Остре", "провести встречу глав", "partly"),
        ("передать здание до конца июня", "до конца июня передать здание", "same"),
    ],
)
def test_another_number_month_or_name_is_a_difference_and_not_a_wording(one: str, other: str, verdict: str) -> None:
    assert compare_words("about", one, other).verdict == verdict


def test_the_next_meeting_may_be_given_another_day() -> None:
    def announced(value: str, original: str) -> Record:
        record = bare().record()
        text = record.document.text + f"Следующая встреча пройдёт {original}.\n"
        doc = msgspec.structs.replace(record.document, text=text)
        proof = doc.cite(text.index("Следующая"), len(text) - 1, "kind", "status", "start")
        day = Date(value=value, precision="month", original=original)
        later = Meeting(
            id="mtg-next",
            key="mtg-next",
            relation="later",
            kind="summit",
            status="planned",
            start=day,
            evidence=(proof,),
        )
        return msgspec.structs.replace(record, document=doc, meetings=(*record.meetings, later))

    one, other = announced("2026-06", "в июне"), announced("2026-07", "в июле")
    (row,) = [r for r in compare(one, other).rows if r.section == "Other meetings"]
    assert row.verdict == "differently" and any(f.sentence == "start: 2026-06 / 2026-07" for f in row.features)


# Two languages ---------------------------------------------------------------------------------------------------


class WordList:
    """An encoder that knows a few words: what the seam asks for, with nothing behind it."""

    def likeness(self, one: str, other: str) -> float:
        return 0.9 if {one, other} == {"Вода ждать не будет.", "Water will not wait."} else 0.1


def in_two_languages(*, paper: str = "Memorandum on tourism", kind: str = "memorandum") -> tuple[Record, Record]:
    ours = (
        bare("velanda").quote(BEREG, "Вода ждать не будет.").agreement("Меморандум о туризме", "signed", "memorandum")
    )
    theirs = bare("liria").quote(BEREG, "Water will not wait.").agreement(paper, "signed", kind)
    record = theirs.record()
    english = msgspec.structs.replace(record.document, language="en")
    return ours.record(), msgspec.structs.replace(record, document=english)


def test_words_of_two_languages_are_not_called_different_and_not_called_missing() -> None:
    comparison = compare(*in_two_languages())
    quotes = [row for row in comparison.rows if row.what == "quote"]
    assert [(row.verdict, row.silence) for row in quotes] == [("only_a", "not_found"), ("only_b", "not_found")]
    assert any("words are not" in doubt for doubt in comparison.doubts)


def test_an_encoder_finds_a_quote_in_another_language() -> None:
    (row,) = [r for r in compare(*in_two_languages(), WordList()).rows if r.what == "quote"]
    assert row.verdict == "both"
    assert "words: said in two languages, alike by 90 %" in [f.sentence for f in row.features]


def test_papers_of_two_languages_are_one_by_kind_where_each_page_has_one() -> None:
    (row,) = [r for r in compare(*in_two_languages()).rows if r.what == "agreement"]
    assert row.verdict == "both" and "in two languages, not compared" in row.features[0].sentence
    rows = [r for r in compare(*in_two_languages(kind="treaty")).rows if r.what == "agreement"]
    assert [r.verdict for r in rows] == ["only_a", "only_b"]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("Иван Берег", "Ivan Bereg", "same"),
        ("Иван Берег", "Pyotr Bereg", "unknown"),  # no more than a sound, and Xi is Си
        ("Қайрат Омаров", "Kairat Omarov", "same"),
        ("Иван Берег", "Пётр Берег", "differs"),
    ],
)
def test_names_in_two_alphabets_are_held_together_by_their_sound(one: str, other: str, verdict: str) -> None:
    actors = [Actor(ref=f"a{n}", kind="person", name=name) for n, name in enumerate((one, other))]
    assert compare_actor("actor", *actors).verdict == verdict


def test_a_place_in_two_alphabets_is_not_called_another() -> None:
    assert (
        compare_place(Place(name="Остра", country="x-velanda"), Place(name="Ostra", country="x-velanda")).verdict
        == "partly"
    )
    assert (
        compare_place(Place(name="Остра", country="x-velanda"), Place(name="Arda", country="x-liria")).verdict
        == "differs"
    )


# More than two ---------------------------------------------------------------------------------------------------


def several() -> Several:
    one = (
        bare("one")
        .figure("Товарооборот достиг 4,6 млрд.", "4600000000")
        .quote(BEREG, "Вода ждать не будет, и мы не будем.")
    )
    two = (
        bare("two")
        .figure("Товарооборот вырос до 4,8 млрд.", "4800000000")
        .quote(BEREG, "Вода ждать не будет, и мы не будем.")
    )
    three = (
        bare("three")
        .figure("Товарооборот составил 4,8 млрд.", "4800000000")
        .act("Холм благодарит.", KHOLM, "thank", BEREG, "приём")
    )
    return compare_several([account.record() for account in (one, two, three)])


def test_several_records_stand_in_one_row() -> None:
    rows = {row.what: row for row in several().rows if row.section != "Meeting"}
    assert (rows["figure"].verdict, rows["figure"].having) == ("differently", (0, 1, 2))
    assert {(b.one, b.other) for b in rows["figure"].between for f in b.features if f.verdict == "differs"} == {
        (0, 1),
        (0, 2),
    }
    assert (rows["quote"].verdict, rows["quote"].having) == ("some", (0, 1))
    assert rows["quote"].silences[2] and rows["quote"].silences[2].kind == "not_stated"
    assert (rows["act"].verdict, rows["act"].having) == ("some", (2,))
    assert all(row.verdict == "all" for row in several().rows if row.section == "Meeting")


def test_no_statement_stands_in_two_rows_and_none_is_lost(read_records: list[Record]) -> None:
    for records in zip(read_records, read_records[1:], read_records[2:], strict=False):
        rows = compare_several(records).rows
        for n, record in enumerate(records):
            for kind, what in (
                ("agreements", "agreement"),
                ("acts", "act"),
                ("figures", "figure"),
                ("quotes", "quote"),
            ):
                having = [row.sides[n] for row in rows if row.what == what and row.sides[n]]
                assert len(having) == len(getattr(record, kind)), (record.document.id, what)


def test_of_two_records_the_rows_are_those_of_their_comparison(read_records: list[Record]) -> None:
    for one, other in combinations(read_records[:6], 2):
        pairs = [(row.section, row.what, row.a, row.b) for row in compare(one, other).rows]
        assert [(row.section, row.what, *row.sides) for row in compare_several([one, other]).rows] == pairs
