"""Releases and records to the bytes of a row and back: zlib over JSON; a record without the text that stands beside it.

What is unpacked is what was packed, and a record passes all its checks again on the way out.
"""

import hashlib
import zlib

import msgspec

from communique.errors import ArchiveError
from communique.record.codec import convert, encode
from communique.record.record import Record
from communique.text.clean import Step, normalise_text
from communique.text.release import Release, canonical_url

_NOT_HEADER = ("id", "text", "original", "source", "problems")


class PackedRelease(msgspec.Struct, frozen=True):
    """A release as rows keep it; `raw` and `map` are None where normalising changes nothing."""

    original: bytes
    release: bytes
    raw: bytes | None
    map: bytes | None


def pack_record(record: Record) -> bytes:
    """The record without its text."""
    doc = msgspec.json.decode(encode(record))
    doc["document"]["text"] = ""
    return zlib.compress(msgspec.json.encode(doc))


def unpack_record(packed: bytes, text: str) -> Record:
    """The record over its text; raises ArchiveError for bytes that were damaged."""
    try:
        plain = msgspec.json.decode(zlib.decompress(packed))
    except (zlib.error, msgspec.DecodeError) as error:
        raise ArchiveError(f"a record in the archive is damaged ({error}); go back to your latest backup") from None
    plain["document"]["text"] = text
    return convert(plain)


def pack_release(release: Release) -> PackedRelease:
    """The bytes, the header and the way back from the normalised text to the intake's own."""
    header = msgspec.structs.replace(release, text="", original=b"", source="")
    normalised = normalise_text(release.text)
    changed = normalised.text != release.text
    return PackedRelease(
        original=zlib.compress(release.original),
        release=zlib.compress(msgspec.json.encode(header)),
        raw=zlib.compress(release.text.encode("utf-8", "surrogatepass")) if changed else None,
        map=zlib.compress(msgspec.json.encode(normalised.steps)) if changed else None,
    )


def unpack_release(packed: PackedRelease, text: str, source: str) -> Release:
    """The release as the intake gave it; `text` is the normalised one."""
    header = msgspec.json.decode(zlib.decompress(packed.release), type=Release)
    raw = zlib.decompress(packed.raw).decode("utf-8", "surrogatepass") if packed.raw else text
    return msgspec.structs.replace(header, text=raw, original=zlib.decompress(packed.original), source=source)


def unpack_map(packed: bytes | None) -> tuple[Step, ...]:
    """The steps that lead from the normalised text to the intake's; none where they are the same."""
    return msgspec.json.decode(zlib.decompress(packed), type=tuple[Step, ...]) if packed else ()


def header_of(release: Release) -> str:
    """A hash of what the publisher says around the text; tracking marks in the address are not said by it."""
    plain = msgspec.to_builtins(msgspec.structs.replace(release, original=b"", url=canonical_url(release.url)))
    said = {name: value for name, value in plain.items() if name not in _NOT_HEADER}
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()[:16]
