"""A PDF: bytes -> Release with its paragraphs; title and day from its properties where the text bears them out.

What cannot be read gets a sentence: a password, pages that are only pictures, a file that breaks off, letters that its
fonts do not name. Nothing of the file is run, and nothing outside it is opened.
"""

import logging
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.utils import decode_text

from communique.errors import IntakeError
from communique.record.record import Problem
from communique.text.intake.paragraphs import join_pages
from communique.text.intake.pdf_pages import Budget, Page, iter_pages, open_document
from communique.text.intake.properties import sane_day, sane_title
from communique.text.release import Release

_TAIL = 2048  # bytes; some programs write a little after the mark of the end
_MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_LOCKED = "open it with its password and print it to a new PDF, or save its words as a .txt file and read that"
_SCANNED = "run it through text recognition (OCR) and save it as PDF or text, then read that"


def looks_like_pdf(data: bytes) -> bool:
    """Whether these bytes begin as a PDF does; a little rubbish before the mark is common."""
    return b"%PDF-" in data[:1024]


def read_pdf(data: bytes, source: str) -> Release:
    """The release of a PDF; raises IntakeError with the remedy for what cannot be read."""
    _check_ends(data)
    _quiet()
    try:
        budget = Budget()
        document = open_document(data, budget)
        pages = list(iter_pages(document, budget))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise IntakeError(f"it is protected by a password; {_LOCKED}", "encrypted") from None
    except IntakeError:
        raise
    except Exception as error:  # a broken file breaks its parser in ways that have no common name
        message = f"its inside is broken ({type(error).__name__}); download it again, or print it to a new PDF"
        raise IntakeError(message, "damaged") from error
    return _release(pages, document, data, source)


def _check_ends(data: bytes) -> None:
    if not looks_like_pdf(data):
        raise IntakeError("this is no PDF in spite of its name; give it the ending of its own format", "damaged")
    if b"%%EOF" not in data[-_TAIL:]:
        raise IntakeError("this PDF breaks off before its end; download or copy it again", "truncated")


def _release(pages: Sequence[Page], document: PDFDocument, data: bytes, source: str) -> Release:
    text = join_pages(pages)
    _check_text(text, pages)
    bare = [number for number, page in enumerate(pages, start=1) if page.has_image and not page.lines]
    properties = _properties(document)
    return Release(
        title=sane_title(properties.get("Title"), text),
        published=sane_day(_day(properties.get("CreationDate")), text),
        extent="excerpt" if bare else "full",
        text=text,
        original=data,
        source=source,
        problems=_problems(bare),
    )


def _check_text(text: str, pages: Sequence[Page]) -> None:
    if not text.strip() and any(page.has_image for page in pages):
        raise IntakeError(f"its pages are pictures without a text layer (a scan); {_SCANNED}", "scanned")
    if not text.strip():
        raise IntakeError(f"no text stands on its {len(pages)} pages; {_SCANNED}", "empty")
    lost = text.count("\ufffd")
    if lost > max(3, len(text) // 100):
        message = f"its fonts do not say which letters {lost} of its characters are; {_SCANNED}"
        raise IntakeError(message, "encoding")


def _problems(bare: Sequence[int]) -> tuple[Problem, ...]:
    if not bare:
        return ()
    which = ", ".join(str(number) for number in bare[:10]) + (" ..." if len(bare) > 10 else "")
    message = f"{len(bare)} pages are pictures without text and were not read: {which}; {_SCANNED}"
    return (Problem(code="page_not_read", message=message, count=len(bare)),)


def _properties(document: PDFDocument) -> dict[str, str]:
    """The file's own properties; of several generations the newest."""
    found: dict[str, str] = {}
    for info in document.info:
        for key, value in info.items():
            if isinstance(value, bytes) and key not in found:
                found[key] = decode_text(value)
    return found


def _day(stamp: str | None) -> str | None:
    """`D:20220515103000+05'00'` -> `2022-05-15`."""
    match = _MADE.match(stamp or "")
    return "-".join(match.groups()) if match else None


@cache
def _quiet() -> None:
    """pdfminer warns of each oddity of a file; what matters to the reader is said in our own words."""
    logger: Any = logging.getLogger("pdfminer")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
