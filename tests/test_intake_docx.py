"""DOCX: paragraphs, tables and notes as a reader sees them; a hostile or broken archive gets a sentence."""

import io
import zipfile
from pathlib import Path

import pytest

from communique.errors import IntakeError
from communique.text.intake import docx, iter_releases
from communique.text.intake.docx import read_docx
from communique.text.release import Failure, Release, document_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>TITLE</dc:title><dcterms:created>CREATED</dcterms:created></cp:coreProperties>"
)


def p(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{r}</w:t></w:r>" if not r.startswith("<") else r for r in runs) + "</w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def made(body: str, head: str = "", names: str = W, **parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"{head}<w:document {names}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr({"core": "docProps/core.xml", "notes": "word/footnotes.xml"}[name], text)
    return file.getvalue()


def code_of(data: bytes) -> tuple[str, str]:
    with pytest.raises(IntakeError) as error:
        read_docx(data, "a.docx")
    return error.value.code, str(error.value)


@pytest.mark.parametrize("names", [W, STRICT])
def test_paragraphs_and_tables(names: str) -> None:
    table = (
        "<w:tbl>"
        + row(p("Иван Берег"), p("Президент Веланды"))
        + row(p(""), p("Анна Холм"))
        + row(p("Вода.") + p("Зерно."), p("Торговля."))
        + "</w:tbl>"
    )
    body = p("Президент ", "Веланды", " принял посла.") + p("") + table + p("Стороны обсудили торговлю.")
    assert read_docx(made(body, names=names), "a.docx").text.split("\n") == [
        "Президент Веланды принял посла.",
        "Иван Берег | Президент Веланды",
        "Анна Холм",
        "Вода.",
        "Зерно.",
        "Торговля.",
        "Стороны обсудили торговлю.",
    ]


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ("<w:r><w:t>14</w:t><w:tab/><w:t>мая</w:t></w:r>", "14 мая"),
        ("<w:r><w:t>Остра</w:t><w:br/><w:t>Веланда</w:t></w:r>", "Остра\nВеланда"),
        ("<w:r><w:t>Премьер</w:t><w:noBreakHyphen/><w:t>министр</w:t></w:r>", "Премьер-министр"),
        ("<w:ins><w:r><w:t>принял</w:t></w:r></w:ins><w:del><w:r><w:delText>ждал</w:delText></w:r></w:del>", "принял"),
        ("<w:moveFrom><w:r><w:t>здесь</w:t></w:r></w:moveFrom><w:r><w:t>там</w:t></w:r>", "там"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r><w:r><w:t>видно</w:t></w:r>", "видно"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>видно</w:t></w:r>', "видно"),
        ("<w:hyperlink><w:r><w:t>ссылка</w:t></w:r></w:hyperlink>", "ссылка"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>2</w:t></w:r>", "2"),
        ("<w:r><w:t>вне</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>в рамке</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>", "вне\nв рамке"),
    ],
)  # fmt: skip
def test_what_a_reader_sees(runs: str, words: str) -> None:
    assert read_docx(made(p(runs)), "a.docx").text == words


def test_notes_follow_the_text() -> None:
    notes = f'<w:footnotes {W}><w:footnote w:type="separator">{p("")}</w:footnote><w:footnote>{p("Встреча прошла в Остре.")}</w:footnote></w:footnotes>'
    assert read_docx(made(p("Президент принял посла."), notes=notes), "a.docx").text == (
        "Президент принял посла.\nВстреча прошла в Остре."
    )


def test_core_properties_are_believed_where_the_text_bears_them_out() -> None:
    body = p("14 мая 2022 года Президент Веланды Иван Берег принял посла Лирии.")
    core = CORE.replace("TITLE", "Иван Берег принял посла").replace("CREATED", "2022-05-15T09:00:00Z")
    doc = document_of(read_docx(made(body, core=core), "a.docx"))
    assert doc.title == "Иван Берег принял посла"
    assert doc.published is not None and doc.published.value == "2022-05-15"
    stale = CORE.replace("TITLE", "Шаблон письма").replace("CREATED", "2009-01-12T09:00:00Z")
    doc = document_of(read_docx(made(body, core=stale), "a.docx"))
    assert (doc.title, doc.published) == (None, None)


def test_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    code, sentence = code_of(made(p("а" * 6_000_000)))
    assert code == "bomb" and "unpacks to far more than a text has" in sentence
    monkeypatch.setattr(docx, "HIGHEST_RATIO", 1_000_000)
    assert code_of(made(p("а" * 15_000_000)))[0] == "bomb"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(5_001):
            archive.writestr(str(number), "")
    assert code_of(file.getvalue())[0] == "bomb"


def test_size_in_the_head_of_a_part_is_not_believed() -> None:
    data = bytearray(made(p("а" * 15_000_000)))
    at = data.rindex(b"word/document.xml") - 46 + 24  # the unpacked size in the central directory
    data[at : at + 4] = (1000).to_bytes(4, "little")
    assert code_of(bytes(data))[0] in ("bomb", "damaged")


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd" [<!ENTITY e "x">]>',
        '<!DOCTYPE d [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY e "&b;&b;&b;&b;&b;&b;&b;">]>',
    ],
)
def test_entities_are_refused(declaration: str) -> None:
    code, sentence = code_of(made(p("Президент &e;"), head=declaration))
    assert code == "unsafe" and "declares entities" in sentence and "save it as DOCX again" in sentence


def test_broken_and_locked_archives() -> None:
    whole = made(p("Президент принял посла."))
    assert code_of(whole[: len(whole) // 2])[0] == "truncated"
    assert code_of(b"PK\x03\x04")[0] == "truncated"
    assert code_of(b"\xd0\xcf\x11\xe0" + bytes(600))[0] == "encrypted"
    assert code_of(made("<w:p>"))[0] == "damaged"
    assert code_of(made("<w:tbl>" * 300 + "</w:tbl>" * 300))[0] == "damaged"
    locked = bytearray(whole)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(mark)
        while at >= 0:
            locked[at + flags] |= 1
            at = locked.find(mark, at + 1)
    assert code_of(bytes(locked))[0] == "encrypted"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert code_of(file.getvalue())[0] == "damaged"


@pytest.mark.parametrize("at", range(0, 1000, 61))
def test_any_broken_byte_gets_a_sentence_or_a_text(at: int) -> None:
    data = bytearray(made(p("Президент принял посла."), core=CORE))
    data[at % len(data)] ^= 0xFF
    try:
        read_docx(bytes(data), "a.docx")
    except IntakeError as error:
        assert error.code in ("damaged", "truncated", "encrypted", "bomb", "unsafe")


def test_files_and_failures(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(made(p("Президент принял посла.")))
    (tmp_path / "b.docx").write_bytes(made(p("")))
    (tmp_path / "unnamed").write_bytes(made(p("Президент принял посла.")))
    good, blank = iter_releases([tmp_path])
    (unnamed,) = iter_releases([tmp_path / "unnamed"])
    assert isinstance(good, Release) and isinstance(unnamed, Release) and good.text == unnamed.text
    assert isinstance(blank, Failure) and blank.code == "empty"
