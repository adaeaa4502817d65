"""A Word document (DOCX): bytes -> Release with its paragraphs and tables; title and day from its core properties.

Of the archive only three parts are unpacked, each within a limit. Their XML may declare no document type, so it has no
entities to expand and names no outside file. Deleted and hidden words are left out, inserted ones are read; the numbers
of automatic lists are not in the file.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from communique.errors import IntakeError
from communique.text.intake.properties import sane_day, sane_title
from communique.text.release import Release

LARGEST_PART = 20_000_000  # bytes, unpacked; a text of 2 MB in Word's XML is about that
HIGHEST_RATIO = 200  # unpacked to packed; Word's own XML has 5 to 30
SMALL_PART = 1_000_000  # below this a ratio says nothing
MOST_PARTS = 5_000
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_BODY, _NOTES, _CORE = "word/document.xml", "word/footnotes.xml", "docProps/core.xml"
_AGAIN = "open it in a word processor, save it as DOCX again, and read that"
_SKIPPED = ("del", "moveFrom", "Fallback", "instrText", "delText", "pPr")
_PASSED = "sdt sdtContent ins moveTo customXml smartTag body footnote AlternateContent Choice".split()
_WRITTEN = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_OFF = ("0", "false", "off")


def looks_like_docx(data: bytes) -> bool:
    """Whether these bytes begin as a zip archive does."""
    return data.startswith(_ZIP)


def read_docx(data: bytes, source: str) -> Release:
    """The release of a Word document; raises IntakeError with the remedy for what cannot be read."""
    archive = _open(data)
    body = _part(archive, _BODY)
    if body is None:
        raise IntakeError(f"no Word text is in this archive; if it is a document, {_AGAIN}", "damaged")
    notes, core = _part(archive, _NOTES), _part(archive, _CORE)
    lines = [*_blocks(body), *(() if notes is None else _blocks(notes))]
    text = "\n".join(line for line in lines if line.strip())
    return Release(
        title=sane_title(_property(core, "title"), text),
        published=sane_day(_property(core, "created"), text),
        text=text,
        original=data,
        source=source,
    )


def _open(data: bytes) -> zipfile.ZipFile:
    if data.startswith(_OLE):
        message = f"it is protected by a password, or is a Word file of before 2007; without a password, {_AGAIN}"
        raise IntakeError(message, "encrypted")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise IntakeError("this DOCX is broken or breaks off; download or copy it again", "truncated") from None
    if len(archive.infolist()) > MOST_PARTS:
        raise IntakeError(f"this DOCX has {len(archive.infolist()):,} parts, no document has so many; {_AGAIN}", "bomb")
    return archive


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    """The root of a part's XML, or None where the archive has no such part."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.flag_bits & 1:
        raise IntakeError(f"it is protected by a password; remove the password: {_AGAIN}", "encrypted")
    return _root(_unpacked(archive, info), name)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The part's bytes; never more of them than the limit, whatever its head says."""
    try:
        with archive.open(info) as part:
            data = part.read(LARGEST_PART + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        raise IntakeError(f"{info.filename} in this DOCX is broken; download or copy it again", "damaged") from None
    packed = max(info.compress_size, 1)
    if len(data) > LARGEST_PART or (len(data) > SMALL_PART and len(data) > HIGHEST_RATIO * packed):
        raise IntakeError(f"{info.filename} in this DOCX unpacks to far more than a text has; {_AGAIN}", "bomb")
    return data


def _root(data: bytes, name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise IntakeError(f"{name} in this DOCX is broken; {_AGAIN}", "damaged") from None
    if root.getroottree().docinfo.doctype:
        message = (
            f"{name} in this DOCX declares entities, which Word never does and which may name other files; {_AGAIN}"
        )
        raise IntakeError(message, "unsafe")
    return root


def _name(element: Any) -> str:
    """The tag without its namespace, of which there are two (transitional and strict); empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _blocks(element: Any) -> Iterator[str]:
    """The paragraphs and table rows below an element, in order."""
    for child in element:
        name = _name(child)
        if name == "p":
            yield "".join(_words(child)).strip()
            yield from _boxes(child)
        elif name == "tbl":
            yield from _rows(child)
        elif name in _PASSED:
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[str]:
    """A row is a line, its cells parted by a bar; cells of several paragraphs stand one after another."""
    for row in table.iterchildren("{*}tr"):
        cells = [[line for line in _blocks(cell) if line] for cell in row.iter("{*}tc") if cell.getparent() is row]
        cells = [cell for cell in cells if cell]
        if all(len(cell) == 1 for cell in cells):
            yield " | ".join(cell[0] for cell in cells)
        else:
            yield from (line for cell in cells for line in cell)


def _boxes(paragraph: Any) -> Iterator[str]:
    """The text boxes that hang on a paragraph."""
    for box in paragraph.iter("{*}txbxContent"):
        if not any(_name(a) in _SKIPPED for a in box.iterancestors()):
            yield from _blocks(box)


def _words(element: Any) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _WRITTEN:
            yield _WRITTEN[name]
        elif name not in _SKIPPED and name != "txbxContent" and not (name == "r" and _is_hidden(child)):
            yield from _words(child)


def _is_hidden(run: Any) -> bool:
    marks = [mark for properties in run.iterchildren("{*}rPr") for mark in properties.iterchildren("{*}vanish")]
    return any(next(iter(mark.attrib.values()), "true") not in _OFF for mark in marks)


def _property(core: Any, name: str) -> str | None:
    if core is None:
        return None
    return next((element.text for element in core.iterchildren(f"{{*}}{name}") if element.text), None)
