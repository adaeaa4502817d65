"""Marked text: what a linguist writes becomes a record, a record becomes marked text, and errors say what to do."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.cast import example_cast
from bench.compose import compose
from bench.facts import statements
from bench.reading import read_page
from communique.annotation.compile import read_marked
from communique.annotation.lines import precision_of
from communique.annotation.marked import Words
from communique.annotation.places import find_words, mark_words
from communique.annotation.write import write_marked
from communique.errors import CommuniqueError, RecordError
from communique.record.codec import decode, encode
from marked import fictional_world

ROOT = Path(__file__).parents[1]
EXAMPLE = re.findall(r"```text\n(.*?)```", (ROOT / "docs/annotation.md").read_text("utf-8"), re.DOTALL)[0]


def with_line(line: str) -> str:
    return EXAMPLE.replace("act: thank {поблагодарила}", line)


def test_the_example_of_the_documentation_is_a_record() -> None:
    record = read_marked(EXAMPLE).record
    (meeting,) = record.meetings
    assert (meeting.kind, meeting.status, meeting.format) == ("reception", "held", "bilateral")
    assert [(i.field, i.reason) for i in meeting.inferred][-1] == ("start", "the year of the header")
    assert [(p.actor.as_written, p.presence, p.capacity) for p in meeting.participants] == [
        ("Президент Веланды Иван Берег", "present", "host"),
        ("Премьер-министра Лирии Анну Холм", "present", "guest"),
    ]
    (act,) = record.acts
    assert (act.actors[0].ref, act.addressees[0].as_written, act.about) == ("holm", "Президента", "за гостеприимство")
    assert decode(encode(record)) == record


def test_a_question_mark_makes_a_fact_or_a_line_optional() -> None:
    gold = read_marked(with_line("act?: thank {поблагодарила}").replace("topic: trade", "topic?: trade"))
    record = gold.record
    assert gold.optional == {record.acts[0].id, (record.meetings[0].id, "trade")}


def test_words_of_a_quote_claim_the_facts_in_it() -> None:
    text = (
        "id: q\n---\n– Мы построим мост, – сказал Берег. Подписан договор.\n---\n@b person {Берег}\n  name: {Берег}\n\n"
    )
    quote = "quote: direct {Мы построим мост}\n  speaker: @b {Берег}\n\nproject: {мост}\n\nagreement: {договор}\n"
    record = read_marked(text + quote + "  kind: treaty\n  status: signed {Подписан}\n").record
    assert record.projects[0].said_by == record.quotes[0].id
    assert record.agreements[0].said_by == "narrator"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("act: thank {поблагодарил}", "'поблагодарил' is not in the text; copy the words letter by letter"),
        ("act: thank {поблагодарила", "a brace that is not closed"),
        ("act: adore {поблагодарила}", "Invalid enum value 'adore'"),
        ("deed: thank {поблагодарила}", "'deed' is no block; it is one of meeting"),
        ("act: thank {поблагодарила}\n  whom: @berg", "'whom' is no line of this block"),
        ("act: thank {поблагодарила}\n  relation: sometime", "Invalid enum value 'sometime'"),
        ("act: thank {поблагодарила}\n  about: {мая}\n  about: {Арда}", "'about' stands twice in this block"),
        ("act: thank {поблагодарила}\n  to: @bereg", "'@bereg' is no actor of this text; there are @berg, @holm"),
        ("act: thank {поблагодарила}#2", "stands 1 times in the text, not 2"),
        ("thank her", "begins with no key"),
    ],
)
def test_errors_name_the_line_and_the_remedy(line: str, sentence: str) -> None:
    with pytest.raises(CommuniqueError, match=r"line \d+: ") as error:
        read_marked(with_line(line))
    assert sentence in str(error.value)


def test_words_that_stand_twice_must_be_told_apart() -> None:
    text = "Посол прибыл.\nПосол и посол Лирии встретили: посол Лирии молчал."
    with pytest.raises(RecordError, match=r"stands 2 times in the text; say which: \{посол Лирии\}#1"):
        find_words(text, Words("посол Лирии"), None, 1)
    assert find_words(text, Words("Посол"), 20, 1) == (14, 19)  # in the paragraph of the block's own words
    assert text[slice(*find_words(text, Words("посол", before="Посол и "), None, 1))] == "посол"
    assert find_words("Президента и Президент", Words("Президент"), None, 1) == (13, 22)  # whole words only


def test_a_marked_text_has_three_parts() -> None:
    with pytest.raises(RecordError, match="three parts"):
        read_marked("id: x\n---\nтекст")


@pytest.mark.parametrize(
    ("value", "precision"),
    [("2026", "year"), ("2026-05", "month"), ("2026-34", "quarter"), ("2026-41", "half"), ("2026-22", "season")],
)
def test_the_precision_of_a_date_follows_from_its_form(value: str, precision: str) -> None:
    assert precision_of(value) == precision


def said(record) -> list[str]:  # type: ignore[no-untyped-def]
    return sorted(str(s) for s in statements(record) if s.kind != "Document")


@pytest.mark.parametrize("seed", range(700, 740))
def test_a_reading_written_as_marked_text_says_the_same(seed: int) -> None:
    record = read_page(compose(seed, example_cast()), fictional_world())
    again = read_marked(write_marked(record)).record
    assert said(again) == said(record)
    assert [f.key for f in again.acts] == [f.key for f in record.acts]


def test_marked_text_written_and_read_is_the_same_text() -> None:
    once = write_marked(read_marked(EXAMPLE).record)
    assert write_marked(read_marked(once).record) == once


@given(st.text(alphabet="аб {}|\\\n«», ", min_size=1, max_size=30), st.data())
def test_words_are_found_where_they_were_marked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    cut = (start and text[start - 1].isalnum() and words[0].isalnum()) or (
        end < len(text) and words[-1].isalnum() and text[end].isalnum()
    )
    if words.strip() != words or cut:
        return
    from communique.annotation.marked import parse_line

    (parsed,) = parse_line(1, f"to: {mark_words(text, start, end, None)}").words
    assert find_words(text, parsed, None, 1) == (start, end)


GOLD = sorted((ROOT / "bench/gold").rglob("*.gold"))


@pytest.mark.parametrize("path", GOLD, ids=lambda p: f"{p.parent.parent.name}-{p.stem}")
def test_all_gold_compiles_and_is_marked_as_composed(path: Path) -> None:
    gold = read_marked(path.read_text("utf-8"))
    assert gold.record.document.composed
    assert gold.record.document.id.endswith((path.stem, path.stem.split("-")[0]))
