"""Bytes to text, whatever they were saved in: byte order mark, UTF-8, UTF-16, the Cyrillic code pages, the rest.

In: bytes and, from a page's head, the encoding that it declares. Out: text, or IntakeError for what is no text.
UTF-8 goes first even where something else is declared: bytes that are UTF-8 by chance are rarer than wrong heads.
"""

import codecs
import re
from collections.abc import Iterable

from communique.errors import IntakeError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN_FILES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive (DOCX, ODT, EPUB ...)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a SQLite database"),
)
_CYRILLIC_PAGES = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_FREQUENT = frozenset("оеаинтсрвлкмдпуяыьзбгчй")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 20_000
_AS_TEXT = "save it as text in UTF-8 and read that"


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of these bytes; raises IntakeError for binary data and for text whose letters are lost."""
    for magic, what in _KNOWN_FILES:
        if data.startswith(magic):
            raise IntakeError(f"this is {what}, not text; {_AS_TEXT}", "binary")
    text = _by_mark(data) or _by_zeros(data) or _as_utf8(data) or _by_declaration(data, declared) or _by_letters(data)
    if text is None or len(_CONTROL.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 100:
        raise IntakeError(f"these bytes are no text in any encoding we know; {_AS_TEXT}", "binary")
    _check_letters(text)
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _by_mark(data: bytes) -> str | None:
    return next((_try(data, name) for mark, name in _MARKS if data.startswith(mark)), None)


def _by_zeros(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is 0 (Latin), 4 (Cyrillic) or 0x20 (dashes and quotes)."""
    sample = data[:_SAMPLE]
    for encoding, highs in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(highs) > 1 and sum(b in b"\x00\x04\x20" for b in highs) > 0.95 * len(highs) and _has_high(highs):
            return _try(data, encoding)
    return None


def _has_high(highs: bytes) -> bool:
    return highs.count(0) + highs.count(4) > len(highs) // 2


def _as_utf8(data: bytes) -> str | None:
    """UTF-8, also with a few broken bytes (a cut end, one foreign line) that become U+FFFD."""
    if (text := _try(data, "utf-8")) is not None:
        return text
    text = data.decode("utf-8", "replace")
    wide = sum(c > "\x7f" for c in text)
    return text if text.count("\ufffd") <= max(1, wide // 100) and wide > 20 else None


def _by_declaration(data: bytes, declared: str | None) -> str | None:
    return _try(data, declared) if declared else None


def _by_letters(data: bytes) -> str | None:
    """The Cyrillic code page in which these bytes read best, else what charset-normalizer makes of them."""
    readings = [t for page in _CYRILLIC_PAGES if (t := _try(data[:_SAMPLE], page)) is not None]
    best = max(readings, key=_frequent_share, default="")
    if _frequent_share(best) > 0.5:
        return next(t for page in _CYRILLIC_PAGES if (t := _try(data, page)) is not None and t.startswith(best))
    from charset_normalizer import from_bytes  # slow to import, and needed only here

    match = from_bytes(data).best()
    return str(match) if match else None


def _frequent_share(text: str) -> float:
    """How many of the characters beyond ASCII are frequent small Russian letters: .8 in Russian, under .4 misread."""
    wide = [c for c in text if c > "\x7f"]
    return sum(c in _FREQUENT for c in wide) / len(wide) if wide else 0.0


def _check_letters(text: str) -> None:
    """Raise where the letters were lost before the text came to us."""
    lost = text.count("\ufffd")
    if lost > max(3, len(text) // 100):
        raise IntakeError(
            f"{lost} characters are lost: it was saved in a wrong encoding; save it again from its source as UTF-8",
            "encoding",
        )
    if page := _misread_as(text[:2000], ("cp1251", "latin-1", "cp1252")):
        raise IntakeError(
            f"the text was UTF-8 and was saved as if it were {page}; save it again from its source as UTF-8", "encoding"
        )


def _misread_as(text: str, pages: Iterable[str]) -> str | None:
    """The code page through which UTF-8 was read by mistake: «РџСЂРµР·РёРґРµРЅС‚» is «Президент»."""
    for page in pages:
        words = [w for w in text.split() if len(w) > 3 and w > "\x7f"][:50]
        undone = [w for w in words if _undo(w, page)]
        if len(words) >= 3 and len(undone) > 0.6 * len(words):
            return page
    return None


def _undo(word: str, page: str) -> bool:
    try:
        return len(word.encode(page).decode("utf-8")) < len(word)
    except UnicodeError:
        return False
