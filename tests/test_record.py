"""The four rules: no Record escapes them, whether built, replaced, converted or decoded."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from communique import EvidenceError, Record, RecordError, decode, encode
from communique.record.codec import convert, json_schema, to_builtins
from communique.record.dates import Date
from communique.record.document import Evidence, Inferred
from communique.record.identity import content_id, normalise_sentence, seal
from communique.record.markup import iter_marked, iter_views, record_html
from readout import DOC, TEXT, cite, reception, ref

Spoil = Callable[[dict[str, Any]], None]


def replaced(**fields: Any) -> Record:
    return msgspec.structs.replace(reception(), **fields)


def test_json_round_trip_gives_the_same_bytes() -> None:
    record = reception()
    assert decode(encode(record)) == record
    assert encode(decode(encode(record))) == encode(record)


def test_evidence_must_stand_in_the_text_on_replacement() -> None:
    other = msgspec.structs.replace(DOC, text=TEXT.replace("3 сентября", "4 сентября"))
    with pytest.raises(EvidenceError, match="reads '4 сентября"):
        replaced(document=other)


def test_evidence_must_measure_its_quote() -> None:
    with pytest.raises(EvidenceError, match="does not measure"):
        Evidence(0, 3, "Сырым", ("place",))
    with pytest.raises(EvidenceError, match="at most 600"):
        Evidence(0, 601, "а" * 601, ("text",))
    with pytest.raises(EvidenceError):
        DOC.cite(0, len(TEXT) + 1, "text")


def test_field_without_proof_is_refused() -> None:
    meeting = reception().meetings[0]
    with pytest.raises(EvidenceError, match="mode = 'phone'"):
        replaced(meetings=(msgspec.structs.replace(meeting, mode="phone"),))
    inferred = (*meeting.inferred, Inferred("mode", "a reception is in person", "rule"))
    assert replaced(meetings=(msgspec.structs.replace(meeting, mode="in_person", inferred=inferred),))


def test_date_words_stand_in_their_proof() -> None:
    meeting = reception().meetings[0]
    start = Date(value="XXXX-09-04", precision="no_year", original="4 сентября")
    with pytest.raises(EvidenceError, match="4 сентября"):
        replaced(meetings=(msgspec.structs.replace(meeting, start=start),))


def test_actor_words_stand_in_their_proof() -> None:
    quote = reception().quotes[0]
    elsewhere = ref("a2", "Ингрид Берг")
    with pytest.raises(EvidenceError, match="outside the evidence"):
        replaced(quotes=(msgspec.structs.replace(quote, speaker=elsewhere, inferred=()),))


def test_quote_text_is_the_words_of_its_evidence() -> None:
    quote = reception().quotes[0]
    with pytest.raises(EvidenceError, match="the text of quote"):
        replaced(quotes=(msgspec.structs.replace(quote, text="Мы не готовы"),))


def test_references_resolve() -> None:
    quote = reception().quotes[0]
    with pytest.raises(RecordError, match="which is no fact"):
        replaced(quotes=(msgspec.structs.replace(quote, meeting="mtg-none"),))
    with pytest.raises(RecordError, match="two actors share"):
        replaced(actors=reception().actors * 2)
    with pytest.raises(RecordError, match="not in actors"):
        replaced(actors=reception().actors[:1])


def spoil_quote(plain: dict[str, Any]) -> None:
    plain["quotes"][0]["text"] = "Другие слова"


def spoil_offset(plain: dict[str, Any]) -> None:
    plain["meetings"][0]["evidence"][0]["start"] += 1


def spoil_text(plain: dict[str, Any]) -> None:
    plain["document"]["text"] = "Другой текст."


def drop_evidence(plain: dict[str, Any]) -> None:
    plain["meetings"][0]["participants"][1]["evidence"] = []


def drop_inferred(plain: dict[str, Any]) -> None:
    plain["meetings"][0]["inferred"] = []


@pytest.mark.parametrize("spoil", [spoil_quote, spoil_offset, spoil_text, drop_evidence, drop_inferred])
def test_evidence_rules_hold_on_conversion_and_decoding(spoil: Spoil) -> None:
    plain = to_builtins(reception())
    spoil(plain)
    with pytest.raises(EvidenceError):
        convert(plain)
    with pytest.raises(EvidenceError):
        decode(msgspec.json.encode(plain))
    with pytest.raises((EvidenceError, msgspec.ValidationError)):
        msgspec.convert({**plain, "extensions": {}}, Record)


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"{", "not JSON"), (b"[]", "this is a list"), (b"{}", "not a record"), (b'{"odd": 1}', "unknown keys")],
)
def test_bytes_that_are_no_record(data: bytes, message: str) -> None:
    with pytest.raises(RecordError, match=message):
        decode(data)


def test_later_schema_is_refused_with_the_remedy() -> None:
    plain = to_builtins(reception()) | {"schema": "communique.record/9"}
    with pytest.raises(RecordError, match="upgrade communique"):
        convert(plain)


def test_keys_that_start_with_x_survive() -> None:
    plain = to_builtins(reception()) | {"x_desk": {"seen": True}}
    assert to_builtins(decode(encode(convert(plain))))["x_desk"] == {"seen": True}


def test_json_schema_names_the_types() -> None:
    schema = json_schema()
    assert schema["$defs"]["Record"]["patternProperties"] == {"^x_": {}}
    assert {"Meeting", "Quote", "Figure", "Evidence"} <= set(schema["$defs"])


def test_ids_are_the_same_in_another_process() -> None:
    code = "from readout import reception; from communique import encode; print(encode(reception()).hex())"
    here = Path(__file__).parent
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", code], cwd=here, env=environment, capture_output=True, check=True)
        assert bytes.fromhex(run.stdout.decode().strip()) == encode(reception())


def test_id_follows_content_and_key_follows_the_sentence() -> None:
    meeting = reception().meetings[0]
    moved = msgspec.structs.replace(meeting, status="planned")
    assert content_id(moved, DOC.id) != meeting.id
    assert content_id(msgspec.structs.replace(meeting, rule="another"), DOC.id) == meeting.id
    first, second = seal([meeting, moved], DOC.id, lambda at: "Одно и то же предложение.")
    assert first.key != second.key
    assert normalise_sentence("Всё – готово!") == normalise_sentence("все  готово")


def test_inferred_values_stand_in_brackets_behind_the_words() -> None:
    shown = {view.heading: {label: "".join(p.shown for p in pieces) for label, pieces in view.rows} for view in views()}
    assert shown["Quote"]["speaker"] == "«Глава государства» [Карим Нурлан]"
    assert shown["Meeting"]["place"] == "[Сырымкент], [x-altynor]"
    assert shown["Meeting"]["status"] == "held"


def views() -> Any:
    return list(iter_views(reception()))


def test_notebook_page_marks_and_escapes() -> None:
    record = reception()
    page = record._repr_html_()
    assert page.count("<mark") >= 5
    assert "[Карим Нурлан]" in page and "the only head of state" in page
    title = "<script>alert(1)</script>"
    assert "<script" not in record_html(replaced(document=msgspec.structs.replace(DOC, title=title)))


def test_marked_stretches_are_the_text() -> None:
    from communique.record.markup import marks_of

    marks = [m for view in views() for m in marks_of(view)]
    assert "".join(words for words, _ in iter_marked(TEXT, marks)) == TEXT


def test_every_fact_of_the_fixture_is_cited() -> None:
    assert all(DOC.holds(e) for fact in reception().facts for e in fact.evidence)
    assert cite("Стороны", "x").quote == "Стороны"
