"""The printed lines of a PDF, page by page, read by pdfminer.six within limits of pages, size and time.

In: the bytes of a file that its reader has found to be a whole PDF. Out: `Page`s of `Line`s in reading order. Raises
IntakeError where a limit is passed. pdfminer itself has no limits: a stream of 20 KB may unpack to 20 GB, and a form may
draw itself ten times ten times. So every stream is measured before it is unpacked, and a clock looks in at each word.
"""

import io
import time
import zlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import IndexAssigner, LAParams, LTChar, LTPage, LTTextBoxHorizontal, LTTextLineHorizontal
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_ASCIIHEX_DECODE,
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFStream,
)

from communique.errors import IntakeError

MOST_PAGES = 500
MOST_SECONDS = 30.0
LARGEST_STREAM = 20_000_000  # bytes, unpacked; a page of text has some 10 KB, a font 1 MB
LARGEST_UNPACKED = 200_000_000
MOST_LETTERS = 40_000  # on a page; a dense one has 6,000
MOST_LINES = 1_000  # on a page
MOST_BOXES = 400  # on a page; their order is found in the square of their number
_CHUNK = 65_536
_PRINT = "print it to PDF again from a viewer, or save its words as a .txt file and read that"


class Line(NamedTuple):
    """One printed line, in points from the lower left corner; `font` is empty where several are used."""

    text: str
    x0: float
    x1: float
    bottom: float
    size: float
    font: str


class Page(NamedTuple):
    """The lines of a page in reading order, and whether anything is drawn on it that is not text."""

    lines: tuple[Line, ...]
    has_image: bool


class Budget:
    """What one file may cost: seconds and unpacked bytes. Raises IntakeError when it is spent."""

    def __init__(self, seconds: float = MOST_SECONDS, unpacked: int = LARGEST_UNPACKED) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._left = unpacked

    def look_at_clock(self) -> None:
        if time.monotonic() > self._end:
            raise IntakeError(f"this PDF takes more than {self._seconds:.0f} seconds to read; {_PRINT}", "too_slow")

    def unpack(self, size: int) -> None:
        self.look_at_clock()
        self._left -= size
        if size > LARGEST_STREAM or self._left < 0:
            raise IntakeError(f"this PDF unpacks to far more than it should; {_PRINT}", "bomb")


def open_document(data: bytes, budget: Budget) -> PDFDocument:
    """The document, opened with no password."""
    return PDFDocument(_Parser(data, budget))


def iter_pages(document: PDFDocument, budget: Budget) -> Iterator[Page]:
    """The pages, one at a time; raises IntakeError at the first page beyond the limit."""
    resources = PDFResourceManager()
    device = _Device(resources, budget)
    interpreter = _Interpreter(resources, device)
    interpreter.budget = budget
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if number > MOST_PAGES:
            raise IntakeError(f"it has more than {MOST_PAGES} pages; split it into one file a release", "too_long")
        budget.look_at_clock()
        interpreter.process_page(page)
        yield Page(tuple(_lines_of(device.page)), device.images > 0)


class _Stream(PDFStream):
    """A stream that is measured before pdfminer unpacks it."""

    budget: Budget

    def decode(self) -> None:
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        if not self._measure(data):
            self._keep_what_is_whole(data)
        super().decode()

    def _measure(self, data: bytes) -> bool:
        """Whether all of it unpacks. Packed twice, the inside could be measured only by unpacking the outside."""
        packed, whole = 0, True
        for name, _ in self.get_filters():
            if spelled := _spellings().get(name):
                data = spelled(data)
            elif measure := _measures().get(name):
                packed += 1
                size, whole = measure(data)
                self.budget.unpack(size)
            if packed > 1:
                raise IntakeError(f"a part of this PDF is packed twice; {_PRINT}", "bomb")
        return whole

    def _keep_what_is_whole(self, data: bytes) -> None:
        """pdfminer mends a broken stream byte by byte, in the square of its length: give it what unpacks."""
        names = [name for name, _ in self.get_filters()]
        if len(names) == 1 and names[0] in LITERALS_FLATE_DECODE:
            self.rawdata, self.decipher = zlib.compress(b"".join(_inflate(data))), None
        else:
            raise IntakeError(f"a part of this PDF is broken; {_PRINT}", "damaged")


def _spellings() -> dict[Any, Callable[[bytes], bytes]]:
    """Bytes spelled in letters, which shrink when they are read."""
    return {
        **dict.fromkeys(LITERALS_ASCII85_DECODE, ascii85decode),
        **dict.fromkeys(LITERALS_ASCIIHEX_DECODE, asciihexdecode),
    }


def _measures() -> dict[Any, Callable[[bytes], tuple[int, bool]]]:
    return {
        **dict.fromkeys(LITERALS_FLATE_DECODE, _measure_flate),
        **dict.fromkeys(LITERALS_LZW_DECODE, _measure_lzw),
        **dict.fromkeys(LITERALS_RUNLENGTH_DECODE, _measure_runs),
    }


def _inflate(data: bytes) -> Iterator[bytes]:
    """The unpacked stretches up to the limit, or to the first broken byte."""
    unpacker = zlib.decompressobj()
    size = 0
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        while chunk and size <= LARGEST_STREAM:
            try:
                piece = unpacker.decompress(chunk, _CHUNK)
            except zlib.error:
                return
            yield piece
            size += len(piece)
            chunk = unpacker.unconsumed_tail


def _measure_flate(data: bytes) -> tuple[int, bool]:
    size = sum(len(piece) for piece in _inflate(data))
    return size, size > LARGEST_STREAM or _ends_well(data)


def _ends_well(data: bytes) -> bool:
    try:
        zlib.decompress(data)
    except zlib.error:
        return False
    return True


def _measure_lzw(data: bytes) -> tuple[int, bool]:
    size = 0
    for piece in LZWDecoder(io.BytesIO(data)).run():
        size += len(piece)
        if size > LARGEST_STREAM:
            break
    return size, True


def _measure_runs(data: bytes) -> tuple[int, bool]:
    """Run lengths: at most 128 bytes for every two."""
    return len(data) * 64, True


class _Parser(PDFParser):
    """A parser whose streams are measured."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        super().__init__(io.BytesIO(data))
        self._budget = budget

    def push(self, *objs: Any) -> None:
        self._budget.look_at_clock()
        super().push(*[(at, self._measured(thing)) for at, thing in objs])

    def _measured(self, thing: Any) -> Any:
        if not isinstance(thing, PDFStream):
            return thing
        stream = _Stream(thing.attrs, thing.rawdata or b"", thing.decipher)
        stream.budget = self._budget
        return stream


class _Interpreter(PDFPageInterpreter):
    """Looks at the clock with every operand, and for the operators that have none and may stand in millions."""

    budget: Budget

    def push(self, obj: Any) -> None:
        self.budget.look_at_clock()
        super().push(obj)

    def do_q(self) -> None:
        self.budget.look_at_clock()
        super().do_q()

    def do_n(self) -> None:
        self.budget.look_at_clock()
        super().do_n()

    def subinterp(self) -> PDFPageInterpreter:
        interpreter = super().subinterp()
        assert isinstance(interpreter, _Interpreter)
        interpreter.budget = self.budget
        return interpreter


class _Device(PDFLayoutAnalyzer):
    """Collects the letters of a page, those in forms too; pictures are counted, lines and areas left out."""

    page: LTPage

    def __init__(self, resources: PDFResourceManager, budget: Budget) -> None:
        super().__init__(resources, laparams=None)
        self.images = 0
        self._letters = 0
        self._budget = budget

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self.images = self._letters = 0
        super().begin_page(page, ctm)

    def receive_layout(self, ltpage: LTPage) -> None:
        self.page = ltpage

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self._budget.look_at_clock()

    def end_figure(self, _: str) -> None:
        pass

    def render_image(self, name: str, stream: PDFStream) -> None:
        self.images += 1

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        self._budget.look_at_clock()

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        self._letters += 1
        if self._letters > MOST_LETTERS:
            raise IntakeError(f"a page of it has more than {MOST_LETTERS:,} letters; {_PRINT}", "too_long")
        return super().render_char(*args, **kwargs)

    def handle_undefined_char(self, font: PDFFont, cid: int) -> str:
        return "\ufffd"


def _lines_of(page: LTPage) -> Iterator[Line]:
    """The printed lines, in the order of reading: columns are told apart where the page is not too crowded."""
    settings = LAParams()
    letters = [letter for letter in page if isinstance(letter, LTChar)]
    rows = [row for row in page.group_objects(settings, letters) if not row.is_empty()] if letters else []
    if len(rows) > MOST_LINES:
        raise IntakeError(f"a page of it has more than {MOST_LINES:,} lines; {_PRINT}", "too_long")
    boxes = [b for b in page.group_textlines(settings, _mended(rows)) if isinstance(b, LTTextBoxHorizontal)]
    for box in _in_reading_order(page, boxes, settings):
        for line in sorted(box, key=lambda row: -row.y1):
            if isinstance(line, LTTextLineHorizontal) and line.get_text().strip():
                yield _adapt_line(line)


def _mended(rows: list[Any]) -> list[Any]:
    """Lines whose words were spread so far apart to fill the measure that pdfminer takes them for columns."""
    mended: list[Any] = []
    for row in sorted(rows, key=lambda r: (-round(r.y0), r.x0)):
        if mended and _is_spread(mended[-1], row, rows):
            mended[-1] = _joined(mended[-1], row)
        else:
            mended.append(row)
    return mended


def _is_spread(left: Any, right: Any, rows: list[Any]) -> bool:
    """Two pieces of one line: no wide gap, and of the lines above and below those that reach so far run across it."""
    if abs(left.y0 - right.y0) > 0.3 * left.height or not 0 <= right.x0 - left.x1 < 4 * left.height:
        return False
    above = [row for row in rows if 0.5 < (row.y0 - left.y0) / left.height < 2.0]
    below = [row for row in rows if 0.5 < (left.y0 - row.y0) / left.height < 2.0]
    near = [side for side in (above, below) if any(row.x1 > right.x0 for row in side)]
    return bool(near) and all(any(row.x0 < left.x1 and row.x1 > right.x0 for row in side) for side in near)


def _joined(left: Any, right: Any) -> LTTextLineHorizontal:
    row = LTTextLineHorizontal(LAParams().word_margin)
    for letter in (*left, *right):
        if isinstance(letter, LTChar):
            row.add(letter)
    return row


def _in_reading_order(page: LTPage, boxes: list[LTTextBoxHorizontal], settings: LAParams) -> list[LTTextBoxHorizontal]:
    for box in boxes:
        box.analyze(settings)
    if not 1 < len(boxes) <= MOST_BOXES:
        return sorted(boxes, key=lambda box: -box.y1)
    order = IndexAssigner()
    for group in page.group_textboxes(settings, list(boxes)):
        group.analyze(settings)
        order.run(group)
    return sorted(boxes, key=lambda box: box.index)


def _adapt_line(line: LTTextLineHorizontal) -> Line:
    letters = [letter for letter in line if isinstance(letter, LTChar)]
    fonts = {letter.fontname for letter in letters if letter.get_text().strip()}
    size = sorted(letter.size for letter in letters)[len(letters) // 2]
    text = " ".join(line.get_text().split())
    return Line(text, line.x0, line.x1, line.y0, size, fonts.pop() if len(fonts) == 1 else "")
