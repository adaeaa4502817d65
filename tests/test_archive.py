"""The archive: what is kept, what is written twice, what is forgotten, what is found."""

from pathlib import Path

import pytest

from communique import Archive
from communique.archive.packing import unpack_map
from communique.archive.view import Filter, View
from communique.archive.writer import Writer
from communique.errors import ArchiveError, UnknownDocument
from communique.record.codec import encode
from communique.text.clean import normalise_text
from communique.text.release import Failure
from kept import TEXT, keep, release, rules, states

URL = "https://president.vl/ru/1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def ids(path: Path, **chosen: str) -> list[str]:
    return [entry.id for entry in Archive(path).list(**chosen)]


def test_what_goes_in_comes_out(path: Path) -> None:
    given = release(title="О встрече", published="2024-05-14", publisher="president.vl", extensions={"x_a": [1]})
    assert states(keep(path, given)) == ["added"]
    assert encode(Archive(path).show("d1")) == encode(rules()(given))
    with View(path) as view:
        assert view.release("d1") == given.__class__(
            **{n: getattr(given, n) for n in given.__struct_fields__} | {"source": "d1"}
        )


def test_the_way_back_to_the_text_as_published_is_kept(path: Path) -> None:
    raw = "Бе\u00adрег и Холм\r\nпровели переговоры."
    keep(path, release(text=raw))
    with View(path) as view:
        assert view.release("d1").text == raw
        assert view.show("d1").document.text == "Берег и Холм\nпровели переговоры."
        (row,) = view._connection.exec_driver_sql("SELECT map FROM store_versions").all()
    assert unpack_map(row.map) == normalise_text(raw).steps


def test_the_same_again_changes_nothing(path: Path) -> None:
    keep(path, release(), release("d2", "Салан."))
    before = path.read_bytes()
    assert states(keep(path, release(), release("d2", "Салан."))) == ["known", "known"]
    assert path.read_bytes() == before


def test_the_same_twice_in_one_group(path: Path) -> None:
    assert states(keep(path, release(), release())) == ["added", "known"]


def test_other_words_are_a_new_version_and_the_old_one_stays(path: Path) -> None:
    later = release(text="Берег принял Холм.")
    assert states(keep(path, release(), later, release(), later)) == ["added", "version", "known", "known"]
    archive = Archive(path)
    assert [v.ordinal for v in archive.versions("d1")] == [1, 2]
    assert archive.show("d1").document.text == "Берег принял Холм."
    assert archive.show("d1", version=1).document.text == TEXT
    assert [m.kind for m in archive.show("d1").meetings] == ["reception"]
    assert ids(path, kind="talks") == []  # only the current version is found
    with pytest.raises(ArchiveError, match="has no version 3; its versions are 1 to 2"):
        archive.show("d1", version=3)


def test_a_corrected_header_is_a_version_too(path: Path) -> None:
    keep(path, release())
    dated = release(published="2024-05-14")
    assert sorted(states(keep(path, dated, release(), dated))) == ["known", "known", "version"]
    assert Archive(path).list()[0].published == "2024-05-14"


@pytest.mark.parametrize(
    ("first", "second", "documents"),
    [
        ((None, URL), (None, URL + "?utm_source=x"), 1),
        ((None, URL), ("d1", URL), 1),
        (("d1", URL), (None, URL), 1),
        (("d1", URL), ("d2", URL), 2),  # a digest: two releases on one page
        (("d1", None), (None, URL), 2),
        ((None, None), (None, None), 2),  # an edited file without id or address
    ],
)
def test_a_release_is_known_by_id_or_address(path: Path, first: tuple, second: tuple, documents: int) -> None:
    given = [release(name, f"Берег {n}.", url=url) for n, (name, url) in enumerate((first, second))]
    for whole in (given, given):  # in one group, then each by itself
        keep(path, *whole)
        assert len(ids(path)) == documents
    assert states(keep(path, *reversed(given))) == ["known", "known"]
    assert {fact.key for _, fact in Archive(path).facts()} == {
        r["key"] for r in Archive(path).sql("SELECT key FROM facts")
    }


def test_an_address_of_several_documents_does_not_choose_one(path: Path) -> None:
    keep(path, release("d1", "Раз.", url=URL), release("d2", "Два.", url=URL), release(None, "Три.", url=URL))
    assert sorted(ids(path)) == ["d1", "d2", URL]
    assert states(keep(path, release(None, "Два.", url=URL), release(None, "Три.", url=URL))) == ["known", "version"]


def test_what_cannot_be_read_costs_only_itself(path: Path) -> None:
    def read(one: object) -> object:
        return Failure(source="x", code="bug", message="broke") if one.id == "d2" else rules()(one)  # type: ignore[attr-defined]

    with Writer(path) as writer:
        given = [Failure(source="f", code="missing", message="no file"), release(), release("d2"), release("d3")]
        outcomes = list(writer.add(given, read))  # type: ignore[arg-type]
    assert sorted(states(outcomes)) == ["added", "added", "failed", "failed"]


def test_rows_that_cannot_be_made_cost_only_themselves(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(record: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("communique.archive.writer.document_row", broken)
    (outcome,) = keep(path, release())
    assert (outcome.state, outcome.code) == ("failed", "bug")
    assert "please report this text" in outcome.message


def test_added_is_said_after_the_commit(path: Path) -> None:
    with Writer(path) as writer:
        for outcome in writer.add([release(f"d{n}") for n in range(250)], rules()):
            with View(path) as view:
                assert view.show(outcome.id or "").document.id == outcome.id


def test_forget_erases_every_byte_and_is_respected(path: Path) -> None:
    secret = "Совершенно особые слова этого текста."
    given = release(text=TEXT + secret, url=URL, title="Особый заголовок")
    keep(path, release("d0"), given, release(text=secret))
    archive = Archive(path)
    archive.judge(archive.show("d1", 1).meetings[0].key, "wrong", by="me") if archive.show("d1").meetings else None
    assert archive.forget("d1") == "d1"
    for file in path.parent.iterdir():
        for words in ("особые слова", "Особый заголовок", "president.vl"):
            assert words.encode() not in file.read_bytes()
    assert ids(path) == ["d0"]
    assert states(keep(path, given, release(None, "Иное.", url=URL))) == ["forgotten", "forgotten"]
    assert states(keep(path, given, again=True)) == ["added"]
    assert states(keep(path, given)) == ["known"]
    archive.forget("d1")
    assert states(keep(path, given)) == ["forgotten"]


def test_forgetting_asks_for_one_document(path: Path) -> None:
    keep(path, release("d1"), release("d2"))
    with pytest.raises(UnknownDocument, match="'d3' is in the archive"):
        Archive(path).forget("d3")
    with pytest.raises(ArchiveError, match="several documents match 'd'"):
        Archive(path).forget("d")
    with pytest.raises(ArchiveError, match="there is no archive"):
        Archive(path.with_name("none.db")).forget("d1")
    assert not path.with_name("none.db").exists()


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"state": "x-velanda"}, "d1"),
        ({"state": "KZ"}, ""),
        ({"person": "берег"}, "d1"),
        ({"person": "vl-bereg"}, "d1"),
        ({"person": "Салан"}, "d2"),
        ({"kind": "talks", "person": "Холм"}, "d1"),
        ({"since": "2024-05-15"}, "d2"),
        ({"until": "2024-05-14"}, "d1"),
        ({"since": "2024-05-14", "until": "2024-06-01", "state": "x-liria"}, "d2 d1"),
        ({}, "d2 d1"),
    ],
)
def test_lists(path: Path, chosen: dict[str, str], found: str) -> None:
    keep(path, release("d1", published="2024-05-14"), release("d2", "Салан принял посла.", published="2024-06-01"))
    assert ids(path, **chosen) == found.split()
    with View(path) as view:
        assert view.count(Filter(**chosen)) == len(found.split())
        assert sorted(r.document.id for r in view.records(Filter(**chosen))) == sorted(found.split())


def test_sql_reads_the_documented_views(path: Path) -> None:
    keep(path, release())
    archive = Archive(path)
    assert archive.sql("SELECT kind, states FROM meetings ORDER BY kind") == [
        {"kind": "reception", "states": "x-liria x-velanda"},
        {"kind": "talks", "states": "x-liria x-velanda"},
    ]
    counted = "WITH f AS (SELECT document FROM facts) SELECT count(*) AS n, (SELECT count(*) FROM texts) AS t FROM f"
    assert archive.sql(counted) == [{"n": 2, "t": 1}]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM store_versions",
        "SELECT count(*) FROM store_tombstones",
        "SELECT name FROM sqlite_master",
        "SELECT * FROM pragma_table_info('store_documents')",
        "DELETE FROM store_documents",
        "DROP VIEW facts",
        "PRAGMA query_only = OFF",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'copy.db'",
        "SELECT load_extension('x')",
        "SELECT 1; DROP VIEW facts",
        "BEGIN",
        "",
        "SELEC",
    ],
)
def test_sql_refuses_everything_else(path: Path, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    keep(path, release())
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="sql takes one SELECT, and reads the views"):
        Archive(path).sql(query)
    assert path.read_bytes() == before
    assert {p.name for p in path.parent.iterdir()} <= {"a.db", "a.db-shm", "a.db-wal"}


def test_backup_is_an_archive_and_is_made_while_somebody_writes(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with Writer(path) as writer:
        list(writer.add([release()], rules()))
        Archive(path).backup(copy)
        list(writer.add([release("d2")], rules()))
    assert ids(copy) == ["d1"]
    assert states(keep(copy, release("d2"))) == ["added"]
    with pytest.raises(ArchiveError, match="is there already; name a new file"):
        Archive(path).backup(copy)


def test_stopping_keeps_what_was_read(path: Path) -> None:
    def read(one: object) -> object:
        if one.id == "d2":  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        return rules()(one)  # type: ignore[arg-type]

    outcomes = []
    with pytest.raises(KeyboardInterrupt), Writer(path) as writer:
        for outcome in writer.add([release("d1"), release("d2"), release("d3")], read):  # type: ignore[arg-type]
            outcomes.append(outcome)
    assert [outcome.id for outcome in outcomes] == ["d1"]
    assert ids(path) == ["d1"]
