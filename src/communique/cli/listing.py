"""`communique list`: the documents of the archive, newest first. No model is loaded."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli.options import ArchiveOption, chosen_archive
from communique.cli.tables import print_rows, print_table

if TYPE_CHECKING:
    from communique.archive.view import Entry

LISTED = 50


class Listing(StrEnum):
    """How a list is printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


def list_documents(
    state: Annotated[str | None, typer.Option(metavar="CODE", help="Takes part: KZ, EU, x-velanda.")] = None,
    person: Annotated[str | None, typer.Option(metavar="NAME", help="Takes part: a surname, a name, an id.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Of meeting: summit, talks, phone_call ...")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DAY", help="Not before: 2022-05-14, 2022-05.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Not after; the day is included.")] = None,
    topic: Annotated[str | None, typer.Option(metavar="CODE", help="Was discussed: trade, energy, border ...")] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="At most so many; 0 is all.")] = LISTED,
    form: Annotated[Listing, typer.Option("--format", help="A table for people, or JSON.")] = Listing.table,
    archive: ArchiveOption = None,
) -> None:
    """List the documents of the archive, newest first; several filters must hold of one and the same meeting."""
    from communique.archive.view import Filter, View

    first, last = _day(since, 0, "--from"), _day(until, 1, "--to")
    chosen = Filter(
        state=state, person=person, kind=_known_kind(kind), since=first, until=last, topic=_known_topic(topic)
    )
    with View(chosen_archive(archive)) as view:
        entries = view.entries(chosen, limit=limit or None)
        print_entries(entries, form)
        if limit and len(entries) == limit and form is Listing.table:
            _say_how_many(len(entries), view.count(chosen))


def _say_how_many(shown: int, there: int) -> None:
    if there > shown:
        typer.echo(f"{shown} of {there} documents; --limit 0 lists all, the filters narrow the list")


def _day(words: str | None, end: int, option: str) -> str | None:
    """The first or the last day of what was given."""
    from communique.errors import ArchiveError
    from communique.record.dates import EDTF
    from communique.record.days import parse_days

    if words is None:
        return None
    days = parse_days(words) if EDTF.fullmatch(words) else None
    if days is None:
        raise ArchiveError(f"{option} {words!r} is no day; write 2022-05-14, 2022-05 or 2022")
    return days[end]


def _known_kind(kind: str | None) -> str | None:
    from communique.record.vocabulary import MeetingKind

    return _known("--kind", kind, MeetingKind)


def _known_topic(topic: str | None) -> str | None:
    from communique.record.vocabulary import TopicCode

    return _known("--topic", topic, TopicCode)


def _known(option: str, code: str | None, vocabulary: Any) -> str | None:
    from typing import get_args

    from communique.errors import ArchiveError

    if code is not None and code not in get_args(vocabulary):
        raise ArchiveError(f"{option} {code!r} is not known; it is one of {', '.join(get_args(vocabulary))}")
    return code


def print_entries(entries: "list[Entry]", form: Listing) -> None:
    """The list to standard output."""
    if form is not Listing.table:
        import msgspec

        print_rows([msgspec.to_builtins(entry) for entry in entries], lines=form is Listing.jsonl)
        return
    rows = [row for entry in entries for row in _rows(entry)]
    if not rows:
        typer.echo("No document matches.")
        return
    print_table(("day", "kind", "who", "where", "document"), rows)
    if any("[" in cell for row in rows for cell in row):
        typer.echo("[in brackets]: inferred, no words of the text state it")
    sys.stdout.flush()


def _rows(entry: "Entry") -> Iterator[tuple[str, ...]]:
    """A line for each meeting that the page reports; the title and the id stand on the first."""
    for number, meeting in enumerate(entry.meetings):
        kind = meeting["kind"] or entry.genre
        status = "" if meeting["status"] in (None, "held") else f", {meeting['status']}"
        name = "" if number else f"{_short(entry.id)}  {entry.title or ''}".rstrip()
        yield _shown_day(meeting), f"{kind}{status}".replace("_", " "), meeting["who"], _place(meeting), name


def _shown_day(meeting: dict[str, Any]) -> str:
    days = (meeting["day_from"], meeting["day_to"])
    shown = (days[0] or "") if days[0] == days[1] else f"{days[0]} – {days[1]}"
    return _bracketed(shown, meeting, "date", "day_from")


def _place(meeting: dict[str, Any]) -> str:
    return _bracketed(meeting["place"] or meeting["country"] or "", meeting, "place" if meeting["place"] else "country")


def _bracketed(shown: str, meeting: dict[str, Any], *fields: str) -> str:
    return f"[{shown}]" if shown and set(fields) & set(meeting["inferred"].split()) else shown


def _short(name: str) -> str:
    """Enough of a long hash to name the document."""
    return name[:15] + "…" if name.startswith("sha256:") else name
