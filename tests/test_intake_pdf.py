"""PDF: paragraphs as an editor would type them, and a sentence with the remedy for what cannot be read."""

import time
import zlib
from pathlib import Path

import pytest

from communique.errors import IntakeError
from communique.text.intake import iter_releases, pdf_pages
from communique.text.intake.pdf import read_pdf
from communique.text.intake.properties import sane_day, sane_title
from communique.text.release import Failure, Release, document_of, problems_of, raw_span
from made_pdf import drawn, lines, locked_trailer, made_pdf, stream

READOUT = lines(
    "Президент Веланды Иван Берег принял Премьер-",
    "министра Лирии Анну Холм и обсудил с ней сот-",
    "рудничество двух стран в области торговли.",
    "   Стороны говорили о поставках зерна и воды и",
    "договорились о новой встрече в Остре в 2022-",
    "2023 годах.",
    "– Мы рады гостям, – сказал Иван Берег.",
)


def text_of(*pages: bytes, **more: object) -> str:
    return read_pdf(made_pdf(pages, **more), "a.pdf").text  # type: ignore[arg-type]


def code_of(data: bytes) -> tuple[str, str]:
    with pytest.raises(IntakeError) as error:
        read_pdf(data, "a.pdf")
    return error.value.code, str(error.value)


def test_lines_become_paragraphs_and_broken_words_are_whole() -> None:
    release = read_pdf(made_pdf([drawn(READOUT)]), "a.pdf")
    doc = document_of(release)
    assert doc.text.split("\n") == [
        "Президент Веланды Иван Берег принял Премьер-министра Лирии Анну Холм и обсудил с ней сотрудничество двух стран в области торговли.",
        "Стороны говорили о поставках зерна и воды и договорились о новой встрече в Остре в 2022-2023 годах.",
        "– Мы рады гостям, – сказал Иван Берег.",
    ]
    assert (doc.language, doc.extent, doc.id.startswith("sha256:")) == ("ru", "full", True)
    start = doc.text.index("сотрудничество")
    first, last = raw_span(release, start, start + len("сотрудничество"))
    assert release.text[first:last] == "сот\u00adрудничество"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        # a gap parts paragraphs
        (lines("Президент принял посла Лирии", "", "Стороны обсудили торговлю"), "Президент принял посла Лирии\nСтороны обсудили торговлю"),
        # the first word below would have fitted above
        (lines("Остра, Веланда", "Президент Веланды Иван Берег принял", "посла."), "Остра, Веланда\nПрезидент Веланды Иван Берег принял посла."),
        # points of a list
        (lines("Стороны подписали:", "1. соглашение о воде;", "2. план на год."), "Стороны подписали:\n1. соглашение о воде;\n2. план на год."),
        # words placed one by one, and a line spread to fill the measure
        (
            [(72, 780, "Президент принял посла Лирии в Остре,"), (72, 765, "обсудил"), (150, 765, "торговлю"), (230, 765, "и"), (72, 750, "поблагодарил за приезд в нашу страну.")],
            "Президент принял посла Лирии в Остре, обсудил торговлю и поблагодарил за приезд в нашу страну.",
        ),
        # two columns are read one after the other
        (
            lines("Президент Веланды", "принял посла Лирии", "в своей резиденции.") + lines("Стороны обсудили", "торговлю, воду и", "новые дороги.", x=320),
            "Президент Веланды принял посла Лирии в своей резиденции.\nСтороны обсудили торговлю, воду и новые дороги.",
        ),
    ],
    ids=["gap", "fits", "list", "spread", "columns"],
)  # fmt: skip
def test_layouts(page: list[tuple[float, float, str]], expected: str) -> None:
    assert text_of(drawn(page)) == expected


def test_running_heads_and_page_numbers_are_left_out_and_paragraphs_go_on() -> None:
    head = (72.0, 810.0, "Сосновый дворец")
    pages = [
        drawn([head, *lines("Президент Веланды Иван Берег принял в своей"), (290, 30, "1")]),
        drawn([head, *lines("резиденции посла Лирии."), (290, 30, "2")]),
        drawn([head, *lines("Посол поблагодарил за приём."), (290, 30, "3")]),
    ]
    assert text_of(*pages) == (
        "Сосновый дворец\nПрезидент Веланды Иван Берег принял в своей резиденции посла Лирии.\nПосол поблагодарил за приём."
    )


def test_properties_are_believed_where_the_text_bears_them_out() -> None:
    text = drawn(lines("Остра, 14 мая 2022 года", "Президент Веланды Иван Берег принял посла."))
    info = {"Title": "Иван Берег принял посла Лирии", "CreationDate": "D:20220515103000+05'00'"}
    doc = document_of(read_pdf(made_pdf([text], info), "a.pdf"))
    assert doc.title == "Иван Берег принял посла Лирии"
    assert doc.published is not None and doc.published.value == "2022-05-15"
    stale = {"Title": "Microsoft Word - приказ.docx", "CreationDate": "D:20140101"}
    doc = document_of(read_pdf(made_pdf([text], stale), "a.pdf"))
    assert (doc.title, doc.published) == (None, None)


@pytest.mark.parametrize(
    "title", ["Приказ № 5", "12345", "", None, "Президент " * 100, "президент.pdf", "Âñòðå÷à â Îñòðå"]
)
def test_titles_that_say_nothing(title: str | None) -> None:
    assert sane_title(title, "14 мая в Остре президент принял посла.") is None


@pytest.mark.parametrize("day", ["2022-05-13", "2022-06-30", "вчера", None])
def test_days_that_the_text_does_not_bear_out(day: str | None) -> None:
    assert sane_day(day, "14.05.2022 президент принял посла.") is None


def test_locked_with_a_password_and_locked_only_against_changes() -> None:
    trailer, key = locked_trailer()
    assert text_of(drawn(lines("Президент принял посла.")), trailer=trailer, key=key) == "Президент принял посла."
    trailer, key = locked_trailer(right=False)
    code, sentence = code_of(made_pdf([drawn(READOUT)], trailer=trailer, key=key))
    assert code == "encrypted" and "open it with its password and print it to a new PDF" in sentence


def test_scan_and_half_a_scan() -> None:
    code, sentence = code_of(made_pdf([b""], image=True))
    assert code == "scanned" and "text recognition (OCR)" in sentence
    assert code_of(made_pdf([b""]))[0] == "empty"
    half = made_pdf([drawn(READOUT), b" q 500 0 0 700 40 40 cm /Im1 Do Q"])
    release = read_pdf(half, "a.pdf")
    assert release.extent == "excerpt"
    assert [(p.code, p.count) for p in problems_of(release)] == [("page_not_read", 1)]


def test_file_that_breaks_off_and_file_that_is_no_pdf() -> None:
    whole = made_pdf([drawn(READOUT)])
    for end in (20, len(whole) // 2, len(whole) - 10):
        code, sentence = code_of(whole[:end])
        assert code == "truncated" and "download or copy it again" in sentence
    assert code_of("Президент принял посла.".encode())[0] == "damaged"


def test_fonts_that_do_not_name_their_letters() -> None:
    code, sentence = code_of(made_pdf([drawn(READOUT)], letters=False))
    assert code == "encoding" and "fonts do not say" in sentence


@pytest.mark.parametrize("end", range(30, 2400, 137))
def test_any_broken_byte_gets_a_sentence_or_a_text(end: int) -> None:
    whole = made_pdf([drawn(READOUT)])
    broken = whole[: end % len(whole)] + b"\xff\x00<<[(" + whole[end % len(whole) + 6 :]
    try:
        assert read_pdf(broken, "a.pdf").text
    except IntakeError as error:
        assert error.code in ("damaged", "empty", "scanned", "encoding", "encrypted")


def test_stream_that_unpacks_to_far_too_much() -> None:
    started = time.monotonic()
    assert code_of(made_pdf([b" " * 40_000_000]))[0] == "bomb"
    twice = stream(zlib.compress(zlib.compress(b" " * 1000)), b"/Filter[/FlateDecode/FlateDecode]")
    assert code_of(made_pdf([b""], objects={11: twice}))[0] == "bomb"
    assert time.monotonic() - started < 5


def test_broken_stream_is_read_as_far_as_it_goes_and_fast() -> None:
    packed = zlib.compressobj(0)  # stored, not packed: the slow way to mend is slowest here
    content = drawn(READOUT) + b" " * 3_000_000
    data = (packed.compress(content) + packed.flush())[:-200]
    started = time.monotonic()
    broken = made_pdf([b""], objects={11: stream(data, b"/Filter /FlateDecode")})
    assert "Премьер-министра" in read_pdf(broken, "a.pdf").text
    assert time.monotonic() - started < 5


def test_forms_that_draw_each_other_end_with_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages.Budget.__init__, "__defaults__", (0.5, 200_000_000))
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</Fm1 %d 0 R>>>>"
    forms = {n: stream(b"/Fm1 Do " * 20, head % (n + 1)) for n in range(20, 40)}
    forms[7] = stream(b"/Fm1 Do " * 20, head % 20)
    code, sentence = code_of(made_pdf([b"/Fm1 Do"], objects=forms))
    assert code == "too_slow" and "print it to PDF again" in sentence


def test_limits_of_pages_and_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MOST_PAGES", 2)
    monkeypatch.setattr(pdf_pages, "MOST_LETTERS", 500)
    monkeypatch.setattr(pdf_pages, "MOST_LINES", 20)
    page = drawn(lines("Президент принял посла."))
    assert code_of(made_pdf([page] * 3))[0] == "too_long"
    assert code_of(made_pdf([drawn(lines("а" * 501))]))[0] == "too_long"
    assert code_of(made_pdf([drawn(lines(*["а"] * 21))]))[0] == "too_long"


def test_files_and_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made_pdf([drawn(READOUT)]))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 broken off")
    (tmp_path / "unnamed").write_bytes(made_pdf([drawn(READOUT)]))
    named, broken = iter_releases([tmp_path])
    assert isinstance(named, Release) and isinstance(broken, Failure)
    assert (broken.code, broken.known is not None) == ("truncated", True)
    (unnamed,) = iter_releases([tmp_path / "unnamed"])
    assert isinstance(unnamed, Release) and unnamed.text == named.text
