"""The library in a few verbs: texts, files and releases in, records out. It is all that the command line calls."""

import dataclasses
import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import communique
from communique.errors import IntakeError
from communique.record.record import Coverage, MadeBy, Problem, Record
from communique.text.release import (
    Failure,
    Release,
    document_of,
    document_of_failure,
    parse_language,
    parse_published,
    problems_of,
)

if TYPE_CHECKING:
    from communique.finding.read import Reading
    from communique.world.world import World


def read(
    source: str | Path,
    *,
    published: str | datetime.date | None = None,
    publisher: str | None = None,
    language: str | None = None,
    world: "World | None" = None,
) -> Record:
    """The record of one readout: a str is its text, a Path is a file.

    `published`, `publisher` and `language` say what the bytes do not, and go before what they do. Raises IntakeError
    for a file that cannot be read or holds several releases (see `iter_records`).
    """
    release = only_release(source) if isinstance(source, Path) else _release_of_text(source)
    release = with_header(release, published=published, publisher=publisher, language=language)
    return read_release(release, world).record


def iter_records(paths: Iterable[Path], *, world: "World | None" = None) -> Iterator[Record]:
    """A record for every release of these files and folders, in order; coverage `failed` where one cannot be read."""
    from communique.text.intake import iter_releases

    for release in iter_releases(paths):
        yield record_of_failure(release) if isinstance(release, Failure) else read_release(release, world).record


def read_release(release: Release, world: "World | None" = None, *, explain: bool = False) -> "Reading":
    """The record of one release, with what the intake met and carried; `explain` adds the rules' trace."""
    from communique.cache import load_world
    from communique.finding.read import read_document

    reading = read_document(document_of(release), world or load_world(), explain=explain)
    problems = problems_of(release)
    if not problems and not release.extensions:
        return reading
    found = reading.record
    record = msgspec.structs.replace(found, problems=(*problems, *found.problems), extensions=release.extensions)
    return dataclasses.replace(reading, record=record)


def record_of_failure(failure: Failure) -> Record:
    """The record of an input that could not be read: the document as far as it is known, no text, one problem."""
    from communique.finding.read import rules_version

    problem = Problem(code=failure.code, message=failure.message)
    return Record(
        made_by=MadeBy(communique=communique.__version__, rules=rules_version()),
        document=document_of_failure(failure),
        coverage=Coverage.whole("failed"),
        problems=(problem,),
        extensions=failure.known.extensions if failure.known else {},
    )


def with_header(
    release: Release,
    *,
    published: str | datetime.date | None = None,
    publisher: str | None = None,
    language: str | None = None,
) -> Release:
    """The release with what its reader knows better than its bytes; raises IntakeError for values that say nothing."""
    said: dict[str, str] = {}
    if published is not None:
        said["published"] = str(published)
        if parse_published(said["published"]) is None:
            raise IntakeError(f"{said['published']!r} is no date; write 2022-05-14 or 14.05.2022", "header")
    if language is not None:
        if not parse_language(language):
            raise IntakeError(f"{language!r} is no language; write its two-letter code, such as ru", "header")
        said["language"] = language
    if publisher is not None:
        said["publisher"] = publisher.strip()
    return msgspec.structs.replace(release, **said)


def _release_of_text(text: str) -> Release:
    from communique.text.intake import read_release as checked

    original = text.encode("utf-8", "surrogatepass")
    return checked(original, "text", lambda data, source: Release(text=text, original=data, source=source))


def only_release(path: Path) -> Release:
    """The one release of a file (or of standard input, `-`); raises IntakeError for none or several."""
    from communique.text.intake import iter_releases

    releases = iter_releases([path])
    release, another = next(releases, None), next(releases, None)
    if release is None or another is not None:
        count = "no release" if release is None else "several releases"
        raise IntakeError(f"{path} holds {count}; read one file, or many with communique.iter_records", "several")
    if isinstance(release, Failure):
        raise IntakeError(f"{release.source}: {release.message}", release.code)
    return release
