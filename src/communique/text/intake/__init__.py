"""Paths -> releases, one file a format. Trouble with one input is a `Failure` in its place; the others are read."""

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from communique.errors import IntakeError
from communique.text.intake.html import looks_like_html, read_html
from communique.text.intake.jsonl import LONGEST_LINE, iter_jsonl, looks_like_jsonl
from communique.text.intake.plain import read_plain
from communique.text.release import LONGEST_TEXT, Failure, Release

LARGEST_FILE = 20_000_000  # bytes; a page's markup may be ten times its text
STDIN = "-"


def _read_pdf(data: bytes, source: str) -> Release:
    from communique.text.intake.pdf import read_pdf  # 0.1 s for its parser

    return read_pdf(data, source)


def _read_docx(data: bytes, source: str) -> Release:
    from communique.text.intake.docx import read_docx

    return read_docx(data, source)


_READERS: dict[str, Callable[[bytes, str], Release]] = {
    ".txt": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": _read_pdf,
    ".docx": _read_docx,
}
_WALKED = (*_READERS, ".jsonl")


def iter_releases(paths: Iterable[Path | str], stdin: BinaryIO | None = None) -> Iterator[Release | Failure]:
    """Every release of these files, folders (by name, hidden files left out) and `-` (standard input), in order."""
    for path in paths:
        if str(path) == STDIN:
            yield from _from_stream(stdin or sys.stdin.buffer)
        elif Path(path).is_dir():
            yield from _from_folder(Path(path))
        else:
            yield from _from_file(Path(path))


def read_release(data: bytes, source: str, reader: Callable[[bytes, str], Release] = read_plain) -> Release:
    """One release from bytes; raises IntakeError for what is empty, too long or no text."""
    if not data.strip():
        raise IntakeError("it is empty; save the release again", "empty")
    if len(data) > LARGEST_FILE:
        raise IntakeError(_too_long(len(data), LARGEST_FILE), "too_long")
    release = reader(data, source)
    if not release.text.strip():
        raise IntakeError("it has no text, only blanks; save the release again", "empty")
    if (size := len(release.text.encode("utf-8", "replace"))) > LONGEST_TEXT:
        raise IntakeError(_too_long(size, LONGEST_TEXT), "too_long")
    return release


def _too_long(size: int, limit: int) -> str:
    return f"it has {size / 1e6:.1f} MB, more than {limit / 1e6:.0f} MB; split it into one file a release"


def _from_folder(folder: Path) -> Iterator[Release | Failure]:
    found = sorted(
        p for p in folder.rglob("*") if p.suffix.lower() in _WALKED and p.is_file() and not _hidden(p, folder)
    )
    if not found:
        message = f"the folder has no {', '.join(_WALKED)} files; name the files to read"
        yield Failure(source=str(folder), code="empty_folder", message=message)
    for path in found:
        yield from _from_file(path)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _from_file(path: Path) -> Iterator[Release | Failure]:
    suffix, source = path.suffix.lower(), str(path)
    try:
        with path.open("rb") as file:
            if suffix == ".jsonl":
                yield from iter_jsonl(_iter_lines(file), source)
            else:
                data = file.read(LARGEST_FILE + 1)
                yield from_bytes(data, source, _READERS.get(suffix) or reader_for(data))
    except FileNotFoundError:
        yield Failure(source=source, code="missing", message="there is no such file; check the path")
    except OSError as error:
        yield Failure(
            source=source, code="unreadable", message=f"it cannot be opened ({error.strerror}); check its rights"
        )


def _from_stream(stream: BinaryIO) -> Iterator[Release | Failure]:
    head = stream.readline(LONGEST_LINE + 1)
    if looks_like_jsonl(head):
        yield from iter_jsonl(chain([head], _iter_lines(stream)), "standard input")
    else:
        data = head + stream.read(LARGEST_FILE + 1)
        yield from_bytes(data, "standard input", reader_for(data))


def _iter_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of a line beyond the limit only as much as shows that it is too long."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)


def reader_for(data: bytes) -> Callable[[bytes, str], Release]:
    """The reader that the first bytes ask for; plain text where they ask for none."""
    if data.startswith(b"%PDF-"):
        return _read_pdf
    if data.startswith(b"PK\x03\x04"):
        return _read_docx
    return read_html if looks_like_html(data[:4000].decode("utf-8", "ignore")) else read_plain


def from_bytes(data: bytes, source: str, reader: Callable[[bytes, str], Release]) -> Release | Failure:
    """One release from bytes, or why they cannot be read."""
    try:
        return read_release(data, source, reader)
    except IntakeError as error:
        known = Release(text="", original=data, source=source)
        return Failure(source=source, code=error.code, message=str(error), known=known)
