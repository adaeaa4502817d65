"""Normalising: what no reader sees goes, and every offset finds its way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.record.document import Document
from communique.text.clean import normalise_text

TRICKY = "аб\r\n\u00ad\u200b\u200d\u0306\u0301и е\u00a0😀👩\ufeff\ud800\u0344\u2028"
RAW = st.text(st.one_of(st.characters(), st.sampled_from(TRICKY)), max_size=40)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("строка\r\nдругая\rтретья\u2028четвёртая", "строка\nдругая\nтретья\nчетвёртая"),
        ("14\u00a0мая\t2022\u202fгода", "14 мая 2022 года"),
        ("Пре\u00adзи\u200bдент\ufeff\x00", "Президент"),
        ("и\u0306 и е\u0308", "й и ё"),
        ("Қасым-Жомарт «Ел» – №5", "Қасым-Жомарт «Ел» – №5"),
        ("👩\u200d🚀 и не\u200dт", "👩\u200d🚀 и нет"),
        ("\ud800", "\ufffd"),
        ("", ""),
    ],
)
def test_normalises(raw: str, clean: str) -> None:
    assert normalise_text(raw).text == clean


@given(RAW)
def test_normalising_twice_changes_nothing(raw: str) -> None:
    again = normalise_text(normalise_text(raw).text)
    assert again.text == normalise_text(raw).text
    assert not again.steps


@given(RAW, st.data())
def test_spans_go_back_to_the_words_that_made_them(raw: str, data: st.DataObject) -> None:
    clean = normalise_text(raw)
    start = data.draw(st.integers(0, len(clean.text)))
    end = data.draw(st.integers(start, len(clean.text)))
    raw_start, raw_end = clean.raw_span(start, end)
    assert 0 <= raw_start <= raw_end <= len(raw)
    within_a_letter = any(e.start < at < e.end for s in clean.steps for e in s.edits for at in (start, end))
    if start < end and not within_a_letter:
        assert normalise_text(raw[raw_start:raw_end]).text == clean.text[start:end]
        assert clean.offset(raw_start) == start


@given(RAW)
def test_offsets_keep_their_order(raw: str) -> None:
    clean = normalise_text(raw)
    offsets = [clean.offset(at) for at in range(len(raw) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] <= len(clean.text)


@given(RAW, st.data())
def test_cited_evidence_equals_its_slice(raw: str, data: st.DataObject) -> None:
    doc = Document(id="d", version="v", text=normalise_text(raw + "я").text)
    start = data.draw(st.integers(0, len(doc.text) - 1))
    end = data.draw(st.integers(start + 1, len(doc.text)))
    evidence = doc.cite(start, end, "text")
    assert doc.text[evidence.start : evidence.end] == evidence.quote
    assert doc.holds(evidence)
