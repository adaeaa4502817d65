"""The adapters of public sets load gold with its offsets, map it, count it, and say what to do where a set is missing.

All samples are composed in the fictional world, in each set's file format; no text of a set is here.
"""

import json
import re
from pathlib import Path

import pytest

from bench.counts import Tally
from bench.public import ADAPTERS, factrueval, kaznerd, nerel, plover, re3d, report, run
from bench.public.agree import keys_named, same_family, share_words
from bench.public.factrueval_gold import Encounter, Occupation, load_documents
from bench.public.measured import Line, Published, Span, count_pairs, count_spans, pair_up, print_measured, rows_of
from bench.public.reading import LABELS, read_text
from communique.record.vocabulary import ActCode
from communique.world.world import World, load_world

ROOT = Path(__file__).parents[1]
TEXT = "Президент Веланды Иван Берег провёл в Арде переговоры с Премьер-министром Лирии Анной Холм. Стороны поддержали ССГ."


@pytest.fixture(scope="module")
def world() -> World:
    return load_world([ROOT / "examples" / "world"])


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def marked(text: str, pairs: list[tuple[str, str]]) -> set[Span]:
    return {Span(label, *at(words, text)) for label, words in pairs}


# What the reading names ------------------------------------------------------------------------------------------


def test_spans_are_names_offices_and_employers(world):
    reading = read_text(TEXT, "ru", world)
    assert reading.coverage == "read"
    assert {s.label for s in reading.spans} <= set(LABELS)
    assert set(reading.spans) == marked(
        TEXT,
        [
            ("titled", "Президент Веланды Иван Берег"),
            ("person", "Иван Берег"),
            ("office", "Президент Веланды"),
            ("state", "Веланды"),
            ("place", "Арде"),
            ("titled", "Премьер-министром Лирии Анной Холм"),
            ("person", "Анной Холм"),
            ("office", "Премьер-министром Лирии"),
            ("state", "Лирии"),
            ("organisation", "ССГ"),
        ],
    )


def test_offsets_are_those_of_the_file(world):
    """What the reader evens out (a soft hyphen, a line end of two signs) is still counted in the gold's offsets."""
    text = TEXT.replace("Иван", "И\u00adван").replace(". Стороны", ".\r\nСтороны")
    names = [text[s.start : s.end] for s in read_text(text, "ru", world).spans if s.label in ("person", "organisation")]
    assert names == ["И\u00adван Берег", "Анной Холм", "ССГ"]


def test_language_that_is_not_read_names_nothing(world):
    reading = read_text("Iwan Bereg met Anna Holm in Arda on Tuesday.", "en", world)
    assert (reading.coverage, reading.spans, reading.actors) == ("unsupported_language", (), ())


# Agreement and counting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Иван Берег", "Берега", True),
        ("Анна Холм", "Берег", False),
        ("Софья Ольховская", "Ольховской", True),
        ("", "Берег", False),
    ],
)
def test_family_names_agree_in_any_form(one, other, same):
    assert same_family(one, other) is same


def test_phrases_agree_by_a_word_that_counts(world):
    assert share_words("заместителем министра", "министр")
    assert not share_words("о торговле и культуре", "и о погоде")
    assert not share_words("the minister of trade", "the head of state")
    assert keys_named(world, "МИД Лирии") == {"x-liria"}


def test_one_answer_serves_one_fact():
    assert pair_up(["ab", "a"], ["a", "b"], lambda g, f: f in g) == {0: 1, 1: 0}
    assert count_pairs(["a", "b"], ["a", "a", "c"], str.__eq__, ignored=["c"]) == Tally(1, 1, 1)


def test_spans_count_when_label_and_both_ends_are_right():
    gold = [Span("PERSON", 0, 5), Span("CITY", 8, 12), Span("CITY", 8, 20)]
    found = count_spans(gold, [Span("PERSON", 0, 4), Span("CITY", 8, 12)])
    assert found == {"PERSON": Tally(0, 1, 1), "CITY": Tally(1, 0, 1)}


# factRuEval ------------------------------------------------------------------------------------------------------

SPANS = [  # type, words
    ("job", "Президент"),
    ("loc_name", "Веланды"),
    ("name", "Иван"),
    ("surname", "Берег"),
    ("loc_name", "Арде"),
    ("job", "Премьер-министром"),
    ("loc_name", "Лирии"),
    ("name", "Анной"),
    ("surname", "Холм"),
    ("org_name", "ССГ"),
    ("org_descr", "переговоры"),
]
OBJECTS = "1 LocOrg 1 # Веланды\n2 Person 2 3 # Иван Берег\n3 LocOrg 4 # Арде\n4 LocOrg 6 # Лирии\n5 Person 7 8 # Анной Холм\n6 Org 9 10 # ССГ переговоры\n"
COREF = "11 1\nname Веланда\n\n12 2\nfirstname Иван\nlastname Берег\n\n14 4\nname Лирия\n\n15 5\nfirstname Анна\nlastname Холм\n\n16\nnickname Гость\n"
FACTS = """7-0 Occupation
Who obj12 Берег Иван
Position span0 Президент
Where obj11 Веланда

7-1 Occupation
Who obj15 Холм Анна
Job span5 Премьер-министром | span6 премьер
Where obj14 Лирия | ЛР

7-2 Occupation
Who obj12 Берег Иван
Job span1 капитан
Where obj9 сборная
Сложность повышенная

7-3 Meeting
Participant obj12 Берег Иван
Модальность завершено в прошлом
Participant obj15 Холм Анна

7-4 Meeting
Participant obj15 Холм Анна
Participant obj16 Гость
Сложность повышенная

7-5 Deal
Participant obj11 Веланда
"""


def write_factrueval(folder: Path) -> Path:
    folder.mkdir(parents=True)
    words = [(m.start(), m.group()) for m in re.finditer(r"[\w-]+|[^\w\s]", TEXT)]
    tokens = "".join(f"{n} {start} {len(word)} {word}\n" for n, (start, word) in enumerate(words))
    spans = "".join(f"{n} {kind} {at(w)[0]} {len(w)} 0 1  # 0 {w}\n" for n, (kind, w) in enumerate(SPANS))
    layers = {"txt": TEXT, "tokens": tokens, "spans": spans, "objects": OBJECTS, "coref": COREF, "facts": FACTS}
    for end, layer in layers.items():
        (folder / f"book_7.{end}").write_text(layer, "utf-8")
    (folder / "book_8.txt").write_text("Без разметки.", "utf-8")
    return folder


def test_factrueval_is_loaded(tmp_path):
    (doc,) = load_documents(write_factrueval(tmp_path / "devset"))
    assert set(doc.names) == marked(
        TEXT,
        [
            ("place", "Веланды"),
            ("person", "Иван Берег"),
            ("place", "Арде"),
            ("place", "Лирии"),
            ("person", "Анной Холм"),
            ("organisation", "ССГ"),
        ],
    )
    assert [TEXT[start:end] for start, end in doc.tokens[:3]] == ["Президент", "Веланды", "Иван"]
    assert doc.occupations == (
        Occupation(("Берег",), "Президент", "Веланда"),
        Occupation(("Холм",), "Премьер-министром | премьер", "Лирия | ЛР"),
        Occupation(("Берег",), "капитан", "сборная", difficult=True),
    )
    assert doc.meetings == (Encounter((("Берег",), ("Холм",))), Encounter((("Холм",), ("Гость",)), difficult=True))


def test_factrueval_is_counted(tmp_path, world):
    rows = {row.what: row for row in factrueval.measure(write_factrueval(tmp_path / "testset"), world)}
    assert {what: row.tally for what, row in rows.items()} == {
        "PER, tokens in names": Tally(4, 0, 0),
        "LOC, tokens in names": Tally(3, 0, 0),
        "ORG, tokens in names": Tally(1, 0, 0),
        "PER, whole names": Tally(2, 0, 0),
        "LOC, whole names": Tally(3, 0, 0),
        "ORG, whole names": Tally(1, 0, 0),
        "Occupation: person, job": Tally(2, 0, 0),
        "Occupation: person, job, where": Tally(2, 0, 0),
        "Meeting: two participants": Tally(1, 0, 0),
        "Meeting: all participants, no other": Tally(1, 0, 0),
    }
    assert rows["Meeting: two participants"].published == Published(0.242, "best of 2016, t3 in reports/run_2")
    assert all(row.note for row in rows.values() if row.published)


@pytest.mark.parametrize(
    ("job", "where", "first", "second"),
    [
        ("президент", "Веланда", True, True),
        ("президентом", "Лирия", True, False),
        ("посол", "Веланда", False, False),
        ("", "Веланда", True, True),
        ("", "Лирия", False, False),
    ],
)
def test_a_job_agrees_by_its_words_and_where_it_is(world, job, where, first, second):
    actor = next(a for a in read_text(TEXT, "ru", world).actors if a.name == "Иван Берег")
    gold, post = Occupation(("Берег",), job, where), (actor, actor.offices[0])
    assert factrueval.job_agrees(gold, post, world) is first
    assert factrueval.job_and_where_agree(gold, post, world) is second


def test_a_company_agrees_in_part_or_whole():
    gold = Encounter((("Берег",), ("Холм",)))
    more = ["Анна Холм", "Иван Берег", "Тимур Салан"]
    assert (factrueval.two_agree(gold, more), factrueval.all_agree(gold, more)) == (True, False)
    assert factrueval.all_agree(gold, more[:2])
    assert not factrueval.two_agree(Encounter((("Берег",), ("Берег",))), ["Иван Берег", "Тимур Салан"])


# NEREL -----------------------------------------------------------------------------------------------------------

NEWS = (
    "14 мая 2026 года Президент Веланды Иван Берег принял капитана сборной Олега Ветрова. В среду Берег уедет в Арду."
)
ENTITIES = [
    ("DATE", "14 мая 2026 года"),
    ("PROFESSION", "Президент Веланды"),
    ("COUNTRY", "Веланды"),
    ("PERSON", "Иван Берег"),
    ("PROFESSION", "Президент"),
    ("PROFESSION", "капитана сборной"),
    ("PERSON", "Олега Ветрова"),
    ("DATE", "В среду"),
    ("CITY", "Арду"),
    ("EVENT", "уедет"),
]
RELATIONS = ["WORKS_AS Arg1:T4 Arg2:T2", "WORKS_AS Arg1:T4 Arg2:T5", "WORKS_AS Arg1:T7 Arg2:T6", "WORKPLACE Arg1:T4 Arg2:T3",
             "WORKPLACE Arg1:T2 Arg2:T3", "KNOWS Arg1:T4 Arg2:T7"]  # fmt: skip


def write_nerel(folder: Path) -> Path:
    folder.mkdir(parents=True)
    rows = [f"T{n}\t{kind} {at(w, NEWS)[0]} {at(w, NEWS)[1]}\t{w}" for n, (kind, w) in enumerate(ENTITIES, 1)]
    rows += [f"T11\tORGANIZATION {at('сборной', NEWS)[0]} {at('сборной', NEWS)[1]};80 85\tсборной\u0020часть"]
    rows += [f"R{n}\t{relation}\t" for n, relation in enumerate(RELATIONS, 1)]
    (folder / "1.txt").write_text(NEWS, "utf-8")
    (folder / "1.ann").write_text("\n".join([*rows, "N1\tReference T4 Wikidata:Q1\tИван Берег", "stray line"]), "utf-8")
    return folder


def test_nerel_is_loaded(tmp_path):
    (doc,) = nerel.load_documents(write_nerel(tmp_path / "dev"))
    assert marked(NEWS, ENTITIES) < set(doc.entities)
    assert Span("ORGANIZATION", at("сборной", NEWS)[0], 85) in doc.entities  # in two pieces: the whole extent
    assert doc.ties == (  # a nested phrase once, a person's alone
        nerel.Tie("WORKS_AS", "Иван Берег", "Президент Веланды"),
        nerel.Tie("WORKS_AS", "Олега Ветрова", "капитана сборной"),
        nerel.Tie("WORKPLACE", "Иван Берег", "Веланды"),
    )


def test_nerel_is_counted(tmp_path, world):
    rows = {row.what: row.tally for row in nerel.measure(write_nerel(tmp_path / "test"), world)}
    assert (rows["COUNTRY"], rows["CITY"], rows["DATE"]) == (Tally(1, 0, 0), Tally(1, 0, 0), Tally(2, 0, 0))
    assert rows["PROFESSION"].tp == 1 and rows["PROFESSION"].fn == 2
    assert rows["relation WORKS_AS"] == Tally(1, 0, 1)
    assert rows["relation WORKPLACE"] == Tally(1, 0, 0)
    every, mapped = rows["all 7 types of the gold"], rows["the 7 types that we map"]
    assert every.fn == mapped.fn + 1  # the event


def test_every_type_of_nerel_is_in_the_table():
    assert len(nerel.TYPES) == 29
    assert {label for labels in nerel.TYPES.values() for label in labels} < set(LABELS)
    assert nerel.bare_date("Во вторник", Span("DATE", 0, 10)) == Span("DATE", 3, 10)
    assert nerel.bare_date("в Арде", Span("CITY", 0, 6)) == Span("CITY", 0, 6)


# Languages that are not read yet ---------------------------------------------------------------------------------

KAZAKH = (
    "Веланда B-GPE\nпрезиденті B-POSITION\nИван B-PERSON\nБерег I-PERSON\nкелді O\n. O\n\nАрда B-GPE\nЛирия B-GPE\n\n"
)


def test_kaznerd_is_loaded_and_nothing_is_found(tmp_path, world):
    path = tmp_path / "IOB2_test.txt"
    path.write_text(KAZAKH, "utf-8")
    first, second = kaznerd.load_sentences(path)
    assert first.text == "Веланда президенті Иван Берег келді ."
    named = [(s.label, first.text[s.start : s.end]) for s in first.entities]
    assert named == [("GPE", "Веланда"), ("POSITION", "президенті"), ("PERSON", "Иван Берег")]
    assert [second.text[s.start : s.end] for s in second.entities] == ["Арда", "Лирия"]
    rows = {row.what: row for row in kaznerd.measure(path, world)}
    assert rows["GPE"].tally == Tally(0, 0, 3)
    assert rows["all 3 types of the gold"].tally == Tally(0, 0, 5)
    assert rows["GPE"].unread == {"unsupported_language": 2} and rows["GPE"].read == 0


def write_re3d(folder: Path) -> Path:
    text = "President Iwan Bereg of Welanda met Anna Holm in Arda."

    def span(words: str) -> dict[str, int]:
        start, end = at(words, text)
        return {"begin": start, "end": end}

    def relation(kind: str, source: str, target: str, confidence: float = 1) -> dict[str, object]:
        ends = {f"{name}{end.title()}": at(w, text)[k] for name, w in (("source", source), ("target", target)) for k, end in enumerate(("begin", "end"))}  # fmt: skip
        return {"type": kind, "documentId": "d", "confidence": confidence, "source": source, "target": target, **ends}

    own = {"documentId": "d", "confidence": 1}
    entities = [
        {"type": "Person", **span("President Iwan Bereg"), **own},
        {"type": "Person", **span("Anna Holm"), **own, "confidence": 0.9},
        {"type": "Person", **span("Iwan Bereg"), **own, "confidence": 0},
        {"type": "Organisation", **span("Welanda"), **own},
        {"type": "Location", **span("Arda"), **own},
        {"type": "Location", "begin": 0, "end": 3, "documentId": "other", "confidence": 1},
    ]
    relations = [
        relation("CommWith", "President Iwan Bereg", "Anna Holm"),
        relation("BelongsTo", "President Iwan Bereg", "Welanda"),
        relation("InChargeOf", "Welanda", "Arda"),
        relation("BelongsTo", "Anna Holm", "Welanda", 0.2),
        relation("CoLocated", "Anna Holm", "Arda"),
    ]
    (folder / "Welanda").mkdir(parents=True)
    for name, rows in (("documents", [{"_id": "d", "text": text}]), ("entities", entities), ("relations", relations)):
        lines = "\n".join(json.dumps(row) for row in rows)
        (folder / "Welanda" / f"{name}.json").write_text(lines + "\n", "utf-8")
    return folder


def test_re3d_is_loaded_and_nothing_is_found(tmp_path, world):
    folder = write_re3d(tmp_path / "re3d")
    (doc,) = re3d.load_documents(folder)
    named = [(s.label, doc.text[s.start : s.end]) for s in doc.entities]
    assert named == [
        ("Person", "President Iwan Bereg"),
        ("Person", "Anna Holm"),
        ("Organisation", "Welanda"),
        ("Location", "Arda"),
    ]
    assert doc.ties == (
        re3d.Tie("meeting", "President Iwan Bereg", "Anna Holm"),
        re3d.Tie("office", "President Iwan Bereg", "Welanda"),
    )
    rows = {row.what: row.tally for row in re3d.measure(folder, world)}
    assert rows["the 5 types that we map"] == Tally(0, 0, 4)
    assert rows["CommWith: meetings"] == rows["BelongsTo, InChargeOf: offices"] == Tally(0, 0, 1)


def test_re3d_comes_alive_with_a_language_that_is_read(world):
    """The same comparison on a Russian text: titles inside the person, both directions of a tie."""
    spans = marked(TEXT, [("Person", "Президент Веланды Иван Берег"), ("Location", "Арде"), ("Organisation", "ССГ")])
    ties = (re3d.Tie("office", "Иван Берег", "Веланды"), re3d.Tie("meeting", "Анной Холм", "Иван Берег"))
    tallies = re3d.judge(re3d.Document(TEXT, tuple(spans), ties), read_text(TEXT, "ru", world))
    assert (tallies["Person"].tp, tallies["Location"].tp, tallies["Organisation"].tp) == (1, 1, 1)
    assert tallies["office"] == Tally(1, 1, 0)
    assert tallies["meeting"] == Tally(1, 0, 0)


PLV = (
    "uid\tsentence\tsource\ttarget\tgold_root\n0\tBereg met Holm.\tBereg\tHolm\tCONSULT\n1\tHolm fled.\tHolm\t\tYIELD\n"
)


def test_plover_is_loaded_and_nothing_is_found(tmp_path, world):
    (path := tmp_path / "PLV_test.tsv").write_text(PLV, "utf-8")
    assert next(plover.load_sentences(path)) == plover.Row("Bereg met Holm.", "Bereg", "CONSULT")
    rows = {row.what: row for row in plover.measure_sentences(path, world)}
    assert rows["CONSULT"].tally == Tally(0, 0, 1)
    assert rows["CONSULT"].published is not None
    assert rows["all 2 roots of the gold"].tally == Tally(0, 0, 2)


def test_the_manual_of_plover_is_loaded(tmp_path, world):
    entries = [
        {"event": "DOCUMENT", "eventText": "about this file"},
        {"event": "DEMAND", "text": "Bereg demanded a map.", "source": [{"actorText": "Bereg"}]},
        {"event": "AGREE", "text": "Holm agreed.", "source": ""},
    ]
    (path := tmp_path / "PLOVER_GSR_CAMEO.txt").write_text(json.dumps(entries), "utf-8")
    assert [(r.source, r.root) for r in plover.load_gold(path)] == [("Bereg", "REQUEST"), ("", "AGREE")]
    assert all(row.published is None for row in plover.measure_gold(path, world))


def test_plover_comes_alive_with_a_language_that_is_read(world):
    text = "Президент Веланды Иван Берег поблагодарил Премьер-министра Лирии Анну Холм за приглашение."
    reading = read_text(text, "ru", world)
    assert plover.judge(plover.Row(text, "Иван Берег", "SUPPORT"), reading)["SUPPORT"] == Tally(1, 0, 0)
    assert plover.judge(plover.Row(text, "Тимур Салан", "SUPPORT"), reading)["SUPPORT"] == Tally(0, 0, 1)
    assert plover.judge(plover.Row(text, "Иван Берег", "REJECT"), reading)["REJECT"] == Tally(0, 0, 1)


def test_every_act_has_a_root_or_none():
    facts = {"meeting", "agreement", "project"}
    assert set(plover.ROOTS) - facts | set(plover.NO_ROOT) == set(ActCode.__args__)


# The report ------------------------------------------------------------------------------------------------------


def test_a_missing_set_gets_one_line_that_says_what_to_do(tmp_path, world, capsys):
    for adapter in ADAPTERS:
        said = run(adapter, tmp_path, world)
        assert isinstance(said, str) and "\n" not in said
        assert adapter.path in said and str(tmp_path) in said and adapter.origin in said
    (tmp_path / "re3d").mkdir()
    assert "nothing under" in str(run(next(a for a in ADAPTERS if a.path == "re3d"), tmp_path, world))
    report(tmp_path)
    lines = [line for line in capsys.readouterr().out.splitlines() if line]
    assert len(lines) == len(ADAPTERS) + 1
    assert lines[-1].startswith("0 texts")


def test_the_report_prints_counts_beside_what_was_published(tmp_path, capsys):
    write_factrueval(tmp_path / "factrueval" / "testset")
    (tmp_path / "kaznerd").mkdir()
    (tmp_path / "kaznerd" / "IOB2_test.txt").write_text(KAZAKH, "utf-8")
    report(tmp_path)
    told = capsys.readouterr().out
    assert re.search(r"Meeting: two participants +1 +1 .* 0\.242 best of 2016", told)
    assert "not read: 2 of 2, coverage unsupported_language" in told
    assert re.search(r"all 3 types of the gold +2 +0 +0 +0 +5 +0 found of 5 +0\.972 XLM-R", told)
    assert "3 texts" in told


def test_ratios_are_printed_where_something_was_read(capsys):
    lines = [Line("things", ("thing",), Published(0.5, "somebody"), "otherwise"), Line("others", ("other",))]
    print_measured(rows_of("a set", ["read", "failed"], {"thing": Tally(1, 1, 2)}, lines))
    told = capsys.readouterr().out
    assert re.search(r"things +2 +1 +1 +1 +2 +0\.500 +0\.333 +0\.400 +0\.500 somebody \[1\]", told)
    assert re.search(r"others +2 +1 +0 +0 +0 .*–\n", told)
    assert "[1] otherwise" in told and "not read: 1 of 2, coverage failed" in told
    assert rows_of("empty", [], {}, lines) == []
