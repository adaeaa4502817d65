"""What a publisher put out, as its bytes say it, and the document that the finder reads.

In: fields that an intake found. Out: `Release`, and from it a `Document` whose id and version are the same everywhere.
Nothing here guesses: what the bytes do not say (genre, voice, the publisher's state) is left to the reading.
"""

import datetime
import hashlib
import re
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from communique.record.dates import Date
from communique.record.document import Document
from communique.record.record import Problem
from communique.record.vocabulary import Extent, PublisherKind, Rights
from communique.text.clean import normalise_text
from communique.text.language import detect_language

LONGEST_TEXT = 2_000_000  # bytes of UTF-8: some 400 pages of Russian


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """One release: the reader's text and what stood around it. `source` names the input, for messages only."""

    id: str | None = None
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    language: str | None = None
    published: str | None = None
    publisher_kind: PublisherKind | None = None
    rights: Rights | None = None
    extent: Extent = "full"
    composed: bool = False
    text: str
    original: bytes
    source: str = ""
    extensions: dict[str, Any] = {}
    problems: tuple[Problem, ...] = ()


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """An input that could not be read: a code for scripts, a sentence with the remedy, what is known of it."""

    source: str
    code: str
    message: str
    known: Release | None = None


def document_of(release: Release) -> Document:
    """The document of a release; `version` hashes the normalised text, so a new layout is no new version."""
    text = normalise_text(release.text).text
    return Document(
        id=document_id(release),
        url=release.url,
        publisher=release.publisher or host_of(release.url),
        publisher_kind=release.publisher_kind,
        title=_line(release.title),
        language=parse_language(release.language) or _detected(text),
        published=parse_published(release.published),
        extent=release.extent,
        rights=release.rights or "unknown",
        composed=release.composed,
        version=_sha256(text.encode("utf-8")),
        text=text,
    )


def document_of_failure(failure: Failure) -> Document:
    """What is known of a release that could not be read; its text is empty."""
    known = failure.known or Release(text="", original=b"")
    nameless = not (known.id or known.url or known.original)
    doc = document_of(msgspec.structs.replace(known, text="", extent="unknown"))
    return msgspec.structs.replace(doc, id=f"unread:{_line(failure.source)}") if nameless else doc


def problems_of(release: Release) -> tuple[Problem, ...]:
    """What the intake met and could not use; the record carries these before the finder's own."""
    problems = list(release.problems)
    if release.published and not parse_published(release.published):
        message = f"the date of publication {release.published!r} was not read; write 2022-05-14 or 14.05.2022"
        problems.append(Problem(code="published_not_read", message=message))
    if release.language and not parse_language(release.language):
        message = f"the language {release.language!r} was not read; write its two-letter code, such as ru"
        problems.append(Problem(code="language_not_read", message=message))
    return tuple(problems)


def raw_span(release: Release, start: int, end: int) -> tuple[int, int]:
    """The stretch of the release's own text behind `document.text[start:end]`: the words as they were published.

    >>> raw_span(Release(text="Пре\\u00adзидент\\r\\nпринял", original=b""), 10, 16)
    (12, 18)
    """
    return normalise_text(release.text).raw_span(start, end)


def document_id(release: Release) -> str:
    """The given id, else the canonical address, else the hash of the original bytes."""
    return release.id or canonical_url(release.url) or _sha256(release.original)


def canonical_url(url: str | None) -> str | None:
    """The address without what does not name the page: case of the host, default port, fragment, tracking marks.

    >>> canonical_url("HTTPS://President.VL:443/ru/events/12?utm_source=x&page=2#top")
    'https://president.vl/ru/events/12?page=2'
    """
    parts = _split(url)
    if parts is None:
        return url or None
    host = parts.netloc.lower().removesuffix(":80" if parts.scheme == "http" else ":443")
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    return urlunsplit((parts.scheme, host, parts.path or "/", urlencode(query), ""))


def host_of(url: str | None) -> str | None:
    """The site of an address, as publishers are listed: `president.vl`."""
    parts = _split(url)
    return parts.hostname.removeprefix("www.") if parts and parts.hostname else None


def parse_published(words: str | None) -> Date | None:
    """A header's date, to the day: ISO date or date and time, `14.05.2022`, «14 мая 2022 года»; None for anything else.

    >>> parse_published("14.05.2022, 18:30").value, parse_published("14 мая 2022 года").value
    ('2022-05-14', '2022-05-14')
    """
    words = " ".join((words or "").split())
    match = next((m for form in _PUBLISHED if (m := form.fullmatch(words))), None)
    if match is None:
        return None
    month = _MONTHS.get(match["m"].lower(), match["m"])
    value = f"{match['y']}-{month}-{int(match['d']):02}"
    if not _is_day(value) or not _is_time(match["time"]):
        return None
    return Date(value=value, precision="day", qualifier="on", time=match["time"], zone=match["zone"], original=words)


_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_]\w+)*")
_TRACKING = re.compile(r"utm_|fbclid$|yclid$|gclid$|_openstat$")
_MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
        start=1,
    )
}
_TIME = r"(?:(?:T|,? |, )(?P<time>\d\d:\d\d)(?::\d\d(?:\.\d+)?)? ?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
_PUBLISHED = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)" + _TIME),
    re.compile(r"(?P<d>\d\d)\.(?P<m>\d\d)\.(?P<y>\d{4})(?: ?г\.?)?" + _TIME),
    re.compile(rf"(?P<d>\d\d?) (?P<m>{'|'.join(_MONTHS)}) (?P<y>\d{{4}})(?: года| ?г\.?)?" + _TIME, re.IGNORECASE),
)


def _split(url: str | None) -> SplitResult | None:
    try:
        parts = urlsplit(url or "")
        return parts if parts.scheme in ("http", "https") and parts.netloc else None
    except ValueError:  # [::1 and the like
        return None


def _is_day(value: str) -> bool:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_time(value: str | None) -> bool:
    return value is None or (value < "24:00" and value[3:] < "60")


def parse_language(words: str | None) -> str | None:
    """The two-letter code of a language: `ru`, also from `RU` or `ru-RU`; None for anything else."""
    match = _LANGUAGE.fullmatch((words or "").strip())
    return match[1].lower() if match else None


def _detected(text: str) -> str | None:
    """Only languages that have a code of their own: `other` says which languages it is not."""
    language = detect_language(text)
    return None if language == "other" else language


def _line(title: str | None) -> str | None:
    return " ".join(normalise_text(title).text.split()) or None if title else None


def _sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()
