"""Intake: any bytes become a release or a sentence that says what to do; one bad input never costs another."""

import io
import json
from pathlib import Path

import pytest

from communique.errors import IntakeError
from communique.text.intake import iter_releases
from communique.text.intake.encoding import decode
from communique.text.release import (
    Failure,
    Release,
    canonical_url,
    document_of,
    document_of_failure,
    parse_published,
    problems_of,
)

TEXT = "14 мая в Остре Президент Веланды Иван Берег принял Премьер-министра Лирии Анну Холм. Стороны обсудили торговлю."
PAGE = """<!DOCTYPE html><html><head><meta charset="CHARSET"><title>Встреча — Сосновый дворец</title>
<meta property="og:title" content="Иван Берег принял Анну Холм"><meta property="og:site_name" content="Сосновый дворец">
<meta property="article:published_time" content="2022-05-15T10:30:00+05:00">
<link rel="canonical" href="https://president.vl/ru/events/12"></head><body><nav><a href="/">Главная</a></nav>
<article><h1>Иван Берег принял Анну Холм</h1><p>14&nbsp;мая Президент Веланды <b>Иван Берег</b> принял посла.</p>
<p>Стороны обсудили торговлю.</p></article><footer>Все права</footer></body></html>"""


def read(path: Path) -> list[Release | Failure]:
    return list(iter_releases([path]))


def failure(path: Path) -> Failure:
    (found,) = read(path)
    assert isinstance(found, Failure)
    return found


def release(path: Path) -> Release:
    (found,) = read(path)
    assert isinstance(found, Release), found
    return found


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r", "cp866", "iso8859-5"],
)
def test_text_in_any_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_utf8_with_a_broken_byte_is_still_read() -> None:
    assert decode((TEXT * 5).encode()[:-1] + b"\xd0").startswith(TEXT)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bytes(range(256)) * 8, "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b"%PDF-1.7", "binary"),
        (TEXT.encode().decode("cp1251", "replace").encode(), "encoding"),
        (TEXT.encode().decode("latin-1").encode(), "encoding"),
        (("\ufffd" * 40 + TEXT).encode(), "encoding"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(IntakeError) as error:
        decode(data)
    assert error.value.code == code
    assert "save it" in str(error.value)


def test_plain_text_becomes_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace(". ", ".\r\n").encode("cp1251"))
    found = release(path)
    doc = document_of(found)
    assert doc.text == TEXT.replace(". ", ".\n")
    assert (doc.language, doc.extent, doc.title, doc.published) == ("ru", "full", None, None)
    assert doc.id.startswith("sha256:") and doc.version.startswith("sha256:")
    assert found.original == path.read_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251"])
def test_page_gives_its_article_and_its_head(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.replace("CHARSET", charset).encode(charset))
    doc = document_of(release(path))
    assert "Стороны обсудили торговлю." in doc.text.split("\n")
    assert "14 мая Президент Веланды Иван Берег принял посла." in doc.text
    assert "Главная" not in doc.text and "Все права" not in doc.text
    assert (doc.id, doc.publisher) == ("https://president.vl/ru/events/12", "president.vl")
    assert doc.title == "Иван Берег принял Анну Холм"
    assert doc.published is not None
    assert (doc.published.value, doc.published.original) == ("2022-05-15", "2022-05-15T10:30:00+05:00")


def test_date_in_the_article_is_not_the_date_of_publication(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><article><p>14 мая 2022 года Президент принял посла.</p></article></body></html>", "utf-8"
    )
    assert document_of(release(path)).published is None


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("<html><body><p>", "no_article"),
        ("<html><script>var x = 1</script></html>", "no_article"),
        ("<<<>>>", "no_article"),
        ("<div>" * 5000 + "Президент", "no_article"),
        ("<html><body>" + "<div>" * 100_000 + "Президент" + "</div>" * 100_000, "no_article"),
        ("<p>Президент принял посла.</p>" + "<span>" * 100_000 + "Стороны обсудили торговлю.", "no_article"),
    ],
)
def test_broken_pages_get_a_sentence(tmp_path: Path, markup: str, code: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(markup)
    assert failure(path).code == code


def test_unclosed_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_text("<html><body><div><p>Президент Веланды принял посла.<p>Стороны обсудили <b>торговлю</div>", "utf-8")
    assert release(path).text == "Президент Веланды принял посла.\nСтороны обсудили торговлю"


def test_json_lines_survive_bad_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        '{"id": 7, "text": "Первый", "x_desk": 1, "lang": "ru", "publisher_kind": "no such"}',
        "",
        "[1, 2]",
        "{broken",
        '{"id": "no-text", "title": "Встреча"}',
        '"words"',
        '{"text": 5}',
        '{"text": "Последний", "published": "вчера"}',
    ]
    path.write_text("\n".join(lines), "utf-8")
    found = read(path)
    codes = [f.code if isinstance(f, Failure) else "read" for f in found]
    assert codes == ["read", "not_an_object", "not_json", "no_text", "not_an_object", "no_text", "read"]
    first, last = found[0], found[-1]
    assert isinstance(first, Release) and isinstance(last, Release)
    assert document_of(first).id == "7"
    assert first.extensions == {"x_desk": 1}
    assert [p.code for p in problems_of(first)] == ["unknown_key", "bad_field"]
    assert [p.code for p in problems_of(last)] == ["published_not_read"]
    assert found[2].source.endswith("a.jsonl:4")
    nameless = found[3]
    assert isinstance(nameless, Failure)
    assert (document_of_failure(nameless).id, document_of_failure(nameless).title) == ("no-text", "Встреча")


def test_a_line_as_long_as_a_book_is_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    long = json.dumps({"text": "а" * 1_000_001}, ensure_ascii=False)
    path.write_text(f'{long}\n{{"text": "Второй"}}\n{{"x": "{"y" * 16_000_010}"}}\n{{"text": "Третий"}}', "utf-8")
    assert [f.code if isinstance(f, Failure) else f.text for f in read(path)] == [
        "too_long",
        "Второй",
        "too_long",
        "Третий",
    ]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t", "empty"),
        ("long.txt", b"a " * 1_000_001, "too_long"),
        ("a.pdf", b"%PDF", "damaged"),
        ("a.docx", b"PK", "truncated"),
    ],
)
def test_bad_files_get_a_code(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert failure(path).code == code


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    assert failure(tmp_path / "none.txt").code == "missing"
    assert failure(tmp_path).code == "empty_folder"


def test_folders_are_walked_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "notes.md", ".hidden/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, "utf-8")
    assert [Path(r.source).name for r in read(tmp_path)] == ["c.txt", "b.txt"]


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (TEXT.encode(), [TEXT]),
        ('{"text": "Один"}\n{"text": "Два"}\n'.encode(), ["Один", "Два"]),
        ("<html><body><p>Президент принял посла.</p></body></html>".encode(), ["Президент принял посла."]),
    ],
)
def test_standard_input_is_recognised(data: bytes, texts: list[str]) -> None:
    found = list(iter_releases(["-"], io.BytesIO(data)))
    assert [r.text for r in found if isinstance(r, Release)] == texts


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2022-05-14", "2022-05-14"),
        ("2022-05-14T18:30:00+05:00", "2022-05-14"),
        ("14.05.2022", "2022-05-14"),
        ("14.05.2022, 18:30", "2022-05-14"),
        ("14 мая 2022 года", "2022-05-14"),
        ("4 Мая 2022", "2022-05-04"),
        ("30.02.2022", None),
        ("14.05.2022 25:10", None),
        ("05/14/2022", None),
        ("мая 2022", None),
        ("", None),
        (None, None),
    ],
)
def test_published_dates(words: str | None, value: str | None) -> None:
    date = parse_published(words)
    assert (date.value if date else None) == value


@pytest.mark.parametrize(("words", "code"), [("ru", "ru"), ("RU-ru", "ru"), ("kk_KZ", "kk"), ("Russian", None)])
def test_languages_given_with_a_release(words: str, code: str | None) -> None:
    given = Release(text="14 мая", original=b"", language=words)
    assert document_of(given).language == code
    assert [p.code for p in problems_of(given)] == ([] if code else ["language_not_read"])


def test_addresses_of_one_page_are_one_id() -> None:
    same = {canonical_url(u) for u in ("http://A.vl", "http://a.vl:80/#top", "http://a.vl/?utm_source=x")}
    assert same == {"http://a.vl/"}
    assert canonical_url("http://[broken") == "http://[broken"
    assert canonical_url(None) is None
