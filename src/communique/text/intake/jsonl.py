"""JSON Lines, one release a line: lines -> Releases and Failures. A bad line never stops the file.

Keys are those of the contract; keys that start with `x_` are carried through, any other key is a mistake worth a word.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from communique.record.record import Problem
from communique.text.release import LONGEST_TEXT, Failure, Release

LONGEST_LINE = 8 * LONGEST_TEXT  # a text written in \uXXXX escapes is up to three times as long as in UTF-8
_OURS = ("original", "source", "extensions", "problems")
_TYPES = {f.name: f.type for f in msgspec.structs.fields(Release) if f.name not in _OURS}


def iter_jsonl(lines: Iterable[bytes], source: str) -> Iterator[Release | Failure]:
    """The releases of these lines in their order; blank lines are skipped, `source` gets the number of the line."""
    for number, line in enumerate(lines, start=1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield _read_line(line.rstrip(b"\r\n"), f"{source}:{number}")


def looks_like_jsonl(data: bytes) -> bool:
    """Whether bytes without a file name are JSON Lines: the first line is an object."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b'{"')


def _read_line(line: bytes, source: str) -> Release | Failure:
    if len(line) > LONGEST_LINE:
        return Failure(
            source=source, code="too_long", message=f"the line is longer than {LONGEST_LINE:,} bytes; split it"
        )
    unread = Release(text="", original=line, source=source)
    try:
        plain = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Failure(source=source, code="not_json", message=f"the line is not JSON ({error}); {_ONE}", known=unread)
    if not isinstance(plain, dict):
        what = "a list" if isinstance(plain, list) else f"{plain!r:.40}"
        return Failure(source=source, code="not_an_object", message=f"the line is {what}; {_ONE}", known=unread)
    return _from_object(plain, line, source)


_ONE = 'each line is one object with a "text": {"id": ..., "url": ..., "text": ...}'


def _from_object(plain: dict[str, Any], line: bytes, source: str) -> Release | Failure:
    """The release; a value of the wrong type costs only its field, except for the text."""
    fields, problems = _read_fields(plain)
    extensions = {k: v for k, v in plain.items() if k.startswith("x_")}
    text = fields.pop("text", "")
    release = Release(
        **fields, text=text, original=line, source=source, extensions=extensions, problems=tuple(problems)
    )
    if not text.strip():
        return Failure(source=source, code="no_text", message=f'the line has no "text"; {_ONE}', known=release)
    if len(text.encode("utf-8", "replace")) > LONGEST_TEXT:
        message = f"the text has more than {LONGEST_TEXT / 1e6:.0f} MB; give each release a line of its own"
        return Failure(source=source, code="too_long", message=message, known=release)
    return release


def _read_fields(plain: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    fields: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in plain.items():
        if value is None or key.startswith("x_"):
            continue
        try:
            fields[key] = msgspec.convert(str(value) if key == "id" else value, _TYPES[key])
        except KeyError:
            message = f"the key {key!r} is not in the contract and was not read; start keys of your own with x_"
            problems.append(Problem(code="unknown_key", message=message))
        except msgspec.ValidationError as error:
            problems.append(Problem(code="bad_field", message=f"{key} = {value!r:.60} was not read: {error}"))
    return fields, problems
