"""What an address answered -> Release. The fetching is an edge's (`sources/address.py`); nothing here opens anything.

In: an `Answer`, the bytes with the address they came from in the end. Out: a Release whose address is that one, or one
that the page itself gives on the same host: a page may not speak for another site.
"""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import msgspec

from communique.errors import IntakeError
from communique.text.intake import from_bytes, reader_for
from communique.text.intake.html import read_html
from communique.text.intake.plain import read_plain
from communique.text.release import Failure, Release, host_of

_HTML = ("text/html", "application/xhtml+xml")
_BYTES_TELL = (
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "application/pdf",
    "application/x-pdf",
    "application/zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/plain",
)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes that an address gave, the address they came from after redirects, and their kind as the server said."""

    url: str
    data: bytes
    content_type: str = ""  # `text/html`, in small letters, without parameters
    charset: str | None = None


def is_address(words: object) -> bool:
    """Whether an input is an address and no file: it begins with http:// or https://."""
    return str(words).lower().startswith(("http://", "https://"))


def read_answer(answer: Answer, source: str) -> Release | Failure:
    """The release of an answer; `source` is the address that was asked for, for messages."""
    try:
        reader = _reader_of(answer)
    except IntakeError as error:
        return Failure(source=source, code=error.code, message=str(error), known=_known(answer, source))
    found = from_bytes(answer.data, source, reader)
    if isinstance(found, Failure):
        return msgspec.structs.replace(found, known=_known(answer, source))
    url = _own_address(found.url, answer.url)
    return msgspec.structs.replace(found, url=url, publisher=host_of(url))


def _known(answer: Answer, source: str) -> Release:
    return Release(text="", original=answer.data, url=answer.url, source=source)


def _own_address(stated: str | None, fetched: str) -> str:
    """The page's canonical address where it is on the host that answered, else the one that was fetched."""
    if stated and host_of(stated) == host_of(fetched) and urlsplit(stated).path not in ("", "/"):
        return stated
    return fetched


def _reader_of(answer: Answer) -> Callable[[bytes, str], Release]:
    """The reader by the server's word, corrected by the first bytes; raises IntakeError for what we do not read."""
    told = reader_for(answer.data)
    if told not in (read_html, read_plain):
        return told
    if answer.content_type in _HTML or (told is read_html and answer.content_type in _BYTES_TELL):
        return partial(read_html, charset=answer.charset)
    if answer.content_type in _BYTES_TELL:
        return partial(read_plain, charset=answer.charset)
    raise IntakeError(
        f"it answers with {answer.content_type[:60]!r}, and HTML, text, PDF and DOCX are read from addresses; "
        "give the address of the page itself",
        "unsupported_format",
    )
