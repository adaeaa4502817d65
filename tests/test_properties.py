"""Any Unicode in a readout: evidence stands in the text, JSON goes both ways, the same input gives the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import communique
from bench.cast import example_cast
from bench.compose import compose
from bench.examples import example_names, example_page
from communique.record.codec import convert, decode, encode, to_builtins
from communique.text.clean import normalise_text
from communique.world.world import load_world

ROOT = Path(__file__).parent.parent
WORLD = load_world([ROOT / "examples" / "world"])
CAST = example_cast()
PAGES = [example_page(name, CAST) for name in example_names()] + [compose(seed, CAST) for seed in range(32)]
# Emoji with joiners, combining marks, every kind of space and line end, direction marks, surrogate-free rarities.
ODDITIES = [
    "\N{GRINNING FACE}", "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN}", "и\u0306", "ё\u0301", "\u0301", "\r\n", "\r",
    "\u00a0", "\u202f", "\u2028", "\u200b", "\ufeff", "\u00ad", "\u202e", "\t", "\x0b", "\x00", "\U0001d56c",
    "«", "»", "„", "“", "–", "…", "ҚӘӨ", "中文", "\ufdfd", "\ue000", "\U0010ffff",
]  # fmt: skip
inserted = st.lists(
    st.tuples(st.floats(0, 1), st.one_of(st.sampled_from(ODDITIES), st.text(max_size=6))), min_size=1, max_size=8
)
pages = st.sampled_from(PAGES)
slow = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def with_insertions(text, insertions):
    for share, piece in sorted(insertions, reverse=True):
        at = round(share * len(text))
        text = text[:at] + piece + text[at:]
    return text


def read(text, page):
    return communique.read(text, world=WORLD, publisher=page.publisher, published=page.published, language="ru")


def evidence_of(record):
    for actor in record.actors:
        yield from actor.evidence
    for fact in record.facts:
        yield from fact.evidence
        for part in (*getattr(fact, "participants", ()), *getattr(fact, "topics", ())):
            yield from part.evidence


@slow
@given(pages, inserted)
def test_evidence_stands_in_the_text(page, insertions):
    record = read(with_insertions(page.text, insertions), page)
    for evidence in evidence_of(record):
        assert record.document.text[evidence.start : evidence.end] == evidence.quote
    for actor in record.actors:
        assert all(0 <= m.start < m.end <= len(record.document.text) for m in actor.mentions)


@slow
@given(pages, st.lists(st.tuples(st.floats(0, 1), st.integers(1, 120)), min_size=1, max_size=6))
def test_a_page_with_gaps_is_read(page, gaps):
    """Lost words, lost marks, empty quotes: «– , – сказал Иван Берег»."""
    text = page.text
    for share, length in gaps:
        at = round(share * len(text))
        text = text[:at] + text[at + length :]
    record = read(text + " Встреча состоялась.", page)
    assert decode(encode(record)) == record


@pytest.mark.parametrize("line", ["– , – сказал Иван Берег.", "«», – сказал Иван Берег.", "–", "«", ":", "–\n–\n– ;"])
def test_empty_quotes_are_read(line):
    page = PAGES[0]
    record = read(page.text + "\n\n" + line + "\n", page)
    assert decode(encode(record)) == record


@slow
@given(pages, inserted)
def test_json_goes_both_ways(page, insertions):
    record = read(with_insertions(page.text, insertions), page)
    assert decode(encode(record)) == record
    assert convert(to_builtins(record)) == record
    assert encode(decode(encode(record))) == encode(record)


@slow
@given(pages, inserted)
def test_the_same_text_gives_the_same_bytes(page, insertions):
    text = with_insertions(page.text, insertions)
    assert encode(read(text, page)) == encode(read(text, page))


@slow
@given(st.text(max_size=400))
def test_any_text_gives_a_record_or_a_clear_error(text):
    try:
        record = communique.read(text, world=WORLD)
    except communique.errors.CommuniqueError as error:
        assert str(error)
    else:
        assert decode(encode(record)) == record


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), inserted)
def test_normalising_twice_changes_nothing(text, insertions):
    once = normalise_text(with_insertions(text, insertions)).text
    assert normalise_text(once).text == once


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_do_not_change_the_facts(line_end):
    for page in PAGES[:12]:
        plain, other = read(page.text, page), read(page.text.replace("\n", line_end), page)
        assert [f.id.split("-")[0] for f in plain.facts] == [f.id.split("-")[0] for f in other.facts]
        assert plain.document.text == other.document.text


SCRIPT = """
import sys
import communique
from bench.cast import example_cast
from bench.examples import example_names, example_page
from communique.record.codec import encode
from communique.world.world import load_world
from pathlib import Path
world = load_world([Path("examples/world")])
for name in example_names():
    page = example_page(name, example_cast())
    record = communique.read(page.text, world=world, publisher=page.publisher, published=page.published)
    sys.stdout.buffer.write(encode(record) + b"\\n")
"""


def test_another_process_gives_the_same_bytes():
    outputs = set()
    for hash_seed in ("0", "1", "4242"):
        path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": path}
        done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, env=env, check=True, capture_output=True)
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert outputs.pop().count(b"\n") == len(example_names())
