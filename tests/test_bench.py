"""The instruments measure what they say: verdicts, counts, floors that catch a broken rule, a diff that shows it."""

import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from bench import confidence, floors, readme
from bench.counts import Tally, Verdict, count, field_interval, pool, score, score_interval
from bench.diff import differences
from bench.generate import FAMILIES, cast_of, iter_events, iter_releases, releases_of
from bench.quality import (
    EARLIER,
    GOLD,
    RESULTS,
    Results,
    iter_judged,
    judged,
    load_bench_world,
    release_of_gold,
    rule_rows,
)
from bench.run import measure
from bench.scoring import judge, rule_verdicts
from communique.annotation.compile import read_marked
from communique.api import read_release
from communique.errors import CommuniqueError
from communique.finding import read as reading
from communique.finding.confidence import confidence_of
from communique.record.record import Record
from communique.text.release import Release

TEXT = """id: t1
publisher: president.vl
published: 2026-05-14
phenomena: +12 -5
---
14 мая Президент Веланды Иван Берег принял Премьер-министра Лирии Анну Холм. Стороны обсудили торговлю и культуру.
Анна Холм поблагодарила Президента за гостеприимство.
---
@berg person {Президент Веланды Иван Берег}
  name: Иван Берег {Иван Берег}
  office: president {Президент Веланды}
  represents: x-velanda {Веланды}
  also: {Президента}
@holm person {Премьер-министра Лирии Анну Холм}
  name: Анна Холм {Анну Холм}
  office: prime_minister {Премьер-министра Лирии}
  represents: x-liria {Лирии}
  also: {Анна Холм}
meeting: reception {принял}
  status: held {принял}
  mode: in_person {принял}
  start: 2026-05-14 {14 мая} (the year of the header)
  present: @berg host {Президент Веланды Иван Берег}
  present: @holm guest {Премьер-министра Лирии Анну Холм}
  topic: trade {торговлю}
  topic?: culture {культуру}
act: thank {поблагодарила}
  actor: @holm {Анна Холм}
  to: @berg {Президента}
"""


def outcomes(verdicts: list[Verdict]) -> Counter[tuple[str, str]]:
    return Counter((v.field, v.outcome) for v in verdicts)


def changed(old: str, new: str) -> list[Verdict]:
    """The verdicts on another annotation of the same text as if it were a reading."""
    assert old in TEXT
    return judge(read_marked(TEXT), read_marked(TEXT.replace(old, new)).record)


def test_gold_against_itself_is_right_in_everything() -> None:
    assert {v.outcome for v in judge(read_marked(TEXT), read_marked(TEXT).record)} == {"right"}


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("meeting: reception", "meeting: talks", ("meeting.kind", "wrong")),
        ("  start: 2026-05-14 {14 мая} (the year of the header)\n", "", ("meeting.start", "missed")),
        (
            "  mode: in_person {принял}\n",
            "  mode: in_person {принял}\n  place: Арда (a guess)\n",
            ("meeting.place", "invented"),
        ),
        ("  topic: trade {торговлю}\n", "", ("topic", "missed")),
        ("topic: trade {торговлю}", "topic: trade {торговлю}\n  topic: health {гостеприимство}", ("topic", "invented")),
        ("  present: @holm guest {Премьер-министра Лирии Анну Холм}\n", "", ("participant", "missed")),
        ("present: @holm guest", "absent: @holm guest", ("participant.presence", "wrong")),
        (
            "act: thank {поблагодарила}\n  actor: @holm {Анна Холм}",
            "act: thank {поблагодарила}\n  actor: @berg",
            ("act.actors", "wrong"),
        ),
        ("act: thank {поблагодарила}", "act: invite {поблагодарила}", ("act", "invented")),
        ("  to: @berg {Президента}\n", "  to: @berg {Президента}\n  relation: earlier\n", ("act", "missed")),
        ("  to: @berg {Президента}\n", "", ("act.addressees", "missed")),
        ("office: prime_minister", "office: minister", ("participant.office", "wrong")),
        ("represents: x-liria", "represents: x-zarenia", ("participant.state", "wrong")),
    ],
)
def test_a_difference_is_found_where_it_is(old: str, new: str, verdict: tuple[str, str]) -> None:
    found = outcomes(changed(old, new))
    assert found[verdict] == 1
    assert found["meeting", "right"] == 1


def test_what_is_optional_is_neither_missed_nor_counted() -> None:
    assert not any(v.want == "culture" or v.got == "culture" for v in changed("  topic?: culture {культуру}\n", ""))


def test_the_wrong_person_is_wrong_although_the_words_are_the_same() -> None:
    verdicts = changed("  to: @berg {Президента}", "  to: @holm {Президента}")
    assert outcomes(verdicts)["act.addressees", "wrong"] == 1


def test_a_reading_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="another text"):
        judge(read_marked(TEXT), read_marked(TEXT.replace("14 мая", "15 мая")).record)


def test_rules_are_judged_by_their_facts() -> None:
    gold = read_marked(TEXT)
    record = read_release(release_of_gold(gold), load_bench_world()).record
    found = dict(rule_verdicts(judge(gold, record)))
    assert found["meetings.received"] and found["acts.verb"]
    wrong = read_marked(TEXT.replace("actor: @holm {Анна Холм}", "actor: @berg {Президента}"))
    assert not dict(rule_verdicts(judge(wrong, record)))["acts.verb"]
    rows = rule_rows([judged("t1", gold, record)])
    assert all(row.low <= row.precision <= row.high for row in rows)


def test_counts_and_intervals() -> None:
    assert count([Verdict(field="topic", outcome=o) for o in ("right", "missed", "invented", "wrong")]) == {
        "topic": Tally(1, 2, 2)
    }
    documents = [{"topic": Tally(8, 2, 2)}, {"topic": Tally(2, 8, 8)}, {"topic": Tally(5, 5, 5)}]
    low, high = score_interval(documents)
    assert low < score(pool(documents)) < high
    assert score_interval(documents) == score_interval(documents)
    assert score_interval([]) == (0.0, 0.0)
    low, high = field_interval([{"topic": Tally(3, 1, 1)}], ["topic"])  # one document: its things are drawn again
    assert low < 0.75 < high


@pytest.fixture(scope="module")
def sample() -> list[Path]:
    return sorted(GOLD.glob("*.gold"))[::8]


@pytest.fixture
def broken_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deliberately broken rule: every act is found with its actors and addressees exchanged."""
    find = reading.find_acts

    def exchanged(*args: object) -> list[object]:
        return [msgspec.structs.replace(a, act="congratulate") if a.act == "thank" else a for a in find(*args)]  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "find_acts", exchanged)


def test_a_broken_rule_falls_below_the_floors_and_shows_in_the_diff(
    sample: list[Path], request: pytest.FixtureRequest
) -> None:
    world = load_bench_world()
    before = list(iter_judged(sample, world))
    held = floors.raised({}, measure(before, "2026-01-01"))
    assert floors.fallen(held, measure(before, "2026-01-01")) == []
    request.getfixturevalue("broken_acts")
    after = list(iter_judged(sample, world))
    fallen = floors.fallen(held, measure(after, "2026-01-02"))
    assert any("below the floor: acts is" in line for line in fallen)
    assert any("below the floor: score is" in line for line in fallen)
    lost = [d for d in differences(before, after) if not d.gain]
    assert any(d.field == "act" and d.before == "found" and d.after == "missed" and "thank" in d.what for d in lost)
    assert any(d.field == "act" and d.after == "invented" and "congratulate" in d.what for d in lost)
    assert all(d.words for d in lost)
    assert differences(before, before) == []
    assert [d.gain for d in differences(after, before)].count(True) >= len(lost) // 2


def results(f1: float) -> Results:
    from bench.quality import Row

    row = Row("acts", 1, 1, 1, f1, 0.0, 1.0, 3)
    return Results(day="2026-01-01", documents=3, groups=(row,), fields=(), phenomena=(), rules=())


def test_floors_rise_by_themselves_and_fall_only_with_a_reason(tmp_path: Path) -> None:
    first = floors.raised({}, results(0.5))
    assert floors.raised(first, results(0.4)) == first  # never lower
    higher = floors.raised(first, results(0.7))
    assert higher["acts"] == floors.Floor(0.7, 0.7)
    path = tmp_path / "floors.json"
    path.write_bytes(msgspec.json.encode({"acts": {"floor": 0.6, "reached": 0.7}}))
    with pytest.raises(CommuniqueError, match=r"floor of acts is 0.6, and 0.7 was reached; say in «why»"):
        floors.load(path)
    path.write_bytes(
        msgspec.json.encode({"acts": {"floor": 0.6, "reached": 0.7, "why": "rumours are no acts any more"}})
    )
    lowered = floors.load(path)
    assert floors.fallen(lowered, results(0.65)) == []
    assert floors.raised(lowered, results(0.65))["acts"].floor == 0.65  # rises again, the reason stays
    assert floors.raised(lowered, results(0.8))["acts"] == floors.Floor(0.8, 0.8)


def test_the_floors_hold() -> None:
    """The gold is read as well as bench/floors.json says; `python -m bench.diff HEAD` shows what was lost."""
    world = load_bench_world()
    now = measure(list(iter_judged([GOLD], world)), "2026-01-01", list(iter_judged([EARLIER], world)))
    assert floors.fallen(floors.load(), now) == []


def test_the_readme_shows_what_was_measured_last() -> None:
    last = msgspec.json.decode(RESULTS.read_bytes(), type=Results)
    text = readme.README.read_text("utf-8")
    assert readme.written(text, last) == text


def test_the_confidence_of_rules_is_what_was_measured_last() -> None:
    last = msgspec.json.decode(RESULTS.read_bytes(), type=Results)
    assert confidence.TARGET.read_text("utf-8") == confidence.table(last)
    gold = read_marked(TEXT)
    (act,) = read_release(release_of_gold(gold), load_bench_world()).record.acts
    assert act.confidence == pytest.approx(next(r.precision for r in last.rules if r.rule == act.rule), abs=0.001)
    assert all(r.low <= confidence_of(r.rule) <= r.high for r in last.rules if r.made >= 8)  # type: ignore[operator]


def test_generated_accounts_of_an_event_agree() -> None:
    lines = list(iter_releases(120, seed=3))
    assert lines == list(iter_releases(120, seed=3)) and lines != list(iter_releases(120, seed=4))
    assert len({line["id"] for line in lines}) == len(lines)
    by_event: dict[str, list[dict[str, object]]] = {}
    for line in lines:
        by_event.setdefault(line["x_event"], []).append(line)
    several = [accounts for accounts in by_event.values() if len(accounts) > 1]
    assert len(several) > 30
    for accounts in several:
        for key in ("x_kind", "x_day", "x_place", "x_states"):
            assert len({str(a[key]) for a in accounts}) == 1
        assert len({a["text"] for a in accounts}) == len(accounts)
        assert all(a["publisher"] for a in accounts)


def test_near_misses_and_casts() -> None:
    events = list(iter_events(400, seed=2, casts=3))
    again = [b for a, b in pairwise(events) if a.states == b.states and (b.day - a.day).days == 1]
    assert 15 < len(again) < 80
    assert {e.family for e in events} == set(FAMILIES) and {e.cast for e in events} == {0, 1, 2}
    other = next(e for e in events if e.cast == 2)
    text = next(iter(releases_of(other, cast_of(2, 2), 2)))["text"]
    assert "Веланд" not in text and "Лири" not in text


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_generated_is_read_as_what_it_is(seed: int) -> None:
    """The reported meeting of generated pages is mostly of the kind, on the day and between the states that it says."""
    world = load_bench_world()
    lines = [x for x in iter_releases(60, seed=seed) if x["x_kind"] not in ("telegram", "decree")]
    right = Counter[str]()
    for line in random.Random(seed).sample(lines, 40):
        record = read_line(line)
        meeting = next((m for m in record.meetings if m.relation == "reported"), None)
        right["found"] += meeting is not None
        if meeting is not None:
            states = {record.actor(p.actor).represents for p in meeting.participants}  # type: ignore[union-attr]
            right["states"] += states >= set(line["x_states"][:2]) or line["x_kind"] == "council_session"
            right["day"] += meeting.start is not None and meeting.start.value == line["x_day"]
            right["place"] += (meeting.place.name if meeting.place else None) in (line["x_place"], None)
    assert right["found"] >= 38 and right["states"] >= 32 and right["day"] >= 32 and right["place"] >= 36, right
    assert world is not None


def read_line(line: dict[str, object]) -> Record:
    known = {k: v for k, v in line.items() if not k.startswith("x_")}
    return read_release(Release(original=b"", **known), load_bench_world()).record  # type: ignore[arg-type]
