"""`communique meetings`, `same`, `different`, `unsure`, `withdraw`: reports of one meeting as one, and a person's word on them.

The same words are for things: papers, projects, undertakings and people through several readouts (`cli/things.py`).
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli.listing import Listing
from communique.cli.options import ArchiveOption, chosen_archive, current_user
from communique.cli.tables import print_rows, print_table

if TYPE_CHECKING:
    from communique.archive.merged import MergedMeeting, Reporting, SaidOfTwo
    from communique.matching.score import Relation

FormatOption = Annotated[Listing, typer.Option("--format", help="A table for people, or JSON.")]
ReportArgument = Annotated[
    str,
    typer.Argument(
        metavar="REPORT",
        help="The key of a report (communique meetings) or a thing (communique things), or a document that reports one meeting.",
    ),
]


class NodeKind(StrEnum):
    """What is merged."""

    meeting = "meeting"
    agreement = "agreement"
    project = "project"
    commitment = "commitment"
    person = "person"


WhyOption = Annotated[str | None, typer.Option("--why", metavar="WORDS", help="Kept beside your word.")]
_WIDE = 3


def meetings(
    wanted: Annotated[
        str | None,
        typer.Argument(metavar="[MEETING]", help="One meeting, by the key of any of its reports or a document."),
    ] = None,
    form: FormatOption = Listing.table,
    archive: ArchiveOption = None,
) -> None:
    """List the meetings of the archive, each once with all its reports; parts of a visit or session under it."""
    import msgspec

    from communique.archive.view import View

    with View(chosen_archive(archive)) as view:
        found = view.meetings(wanted)
    if form is not Listing.table:
        print_rows((msgspec.to_builtins(m) for m in found), lines=form is Listing.jsonl)
    elif wanted is None:
        print_table(("day", "meeting", "who", "reports"), (row for m in found for row in _lines(m)))
    else:
        for meeting in found:
            _print_meeting(meeting)


def same(one: ReportArgument, other: ReportArgument, why: WhyOption = None, archive: ArchiveOption = None) -> None:
    """Say that two reports are of one meeting, or two mentions of one thing. Your word goes before what the rules found; withdraw takes it back."""
    _judge(one, other, "same", why, archive)


def different(
    one: ReportArgument,
    other: ReportArgument,
    part: Annotated[bool, typer.Option("--part", help="They are two parts of one visit or session.")] = False,
    why: WhyOption = None,
    archive: ArchiveOption = None,
) -> None:
    """Say that two reports are of two meetings, or two mentions of two things; with --part, of two parts of one visit or session."""
    _judge(one, other, "part" if part else "different", why, archive)


def unsure(
    everything: Annotated[
        bool, typer.Option("--all", help="Everything that is said of pairs, also what was withdrawn.")
    ] = False,
    kind: Annotated[NodeKind | None, typer.Option("--kind", help="Only these.")] = None,
    form: FormatOption = Listing.table,
    archive: ArchiveOption = None,
) -> None:
    """List the pairs of reports that may be of one meeting, and of mentions of one thing, the likeliest first, with what speaks for it."""
    import msgspec

    from communique.archive.view import View

    with View(chosen_archive(archive)) as view:
        pairs = [p for p in view.pairs(unsure=not everything) if kind is None or p.kind == kind.value]
    if form is not Listing.table:
        print_rows((msgspec.to_builtins(p) for p in pairs), lines=form is Listing.jsonl)
    elif not pairs:
        typer.echo("No pair is in doubt.")
    else:
        print_table(("", "reports", "why"), (row for pair in pairs for row in _pair_lines(pair)))


def withdraw(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Of your word, as same and different printed it.")],
    archive: ArchiveOption = None,
) -> None:
    """Take a word on two reports or mentions back: all is again what it was without it."""
    from communique.archive.view import View
    from communique.archive.writer import Writer

    path = chosen_archive(archive)
    View(path).close()
    with Writer(path) as writer:
        writer.withdraw_pair(number)
    typer.echo(f"withdrawn: {number}")


def _judge(one: str, other: str, verdict: "Relation", why: str | None, archive: Any) -> None:
    from communique.archive.view import View
    from communique.archive.writer import Writer

    path = chosen_archive(archive)
    View(path).close()  # an archive that is not there is not made
    with Writer(path) as writer:
        number = writer.judge_pair(one, other, verdict, by=current_user(), why=why)
    typer.echo(f"{number}: {verdict}; communique withdraw {number} takes it back")


def _lines(meeting: "MergedMeeting", depth: int = 0) -> Iterator[tuple[str, ...]]:
    kind = str(meeting.fields["kind"][0].value).replace("_", " ") if meeting.fields else "parts of one occasion"
    places = meeting.fields.get("place", ())
    what = kind + (f", {str(places[0].value).title()}" if places else "")
    who = ", ".join(meeting.participants[:_WIDE]) + (" ..." if len(meeting.participants) > _WIDE else "")
    reports = ", ".join(r.publisher or r.id for r in (*meeting.documents, *meeting.also_in))
    day = meeting.day_from or ""
    yield day if not depth else "", "  " * depth + f"{what}  {meeting.id}", who, reports
    for part in meeting.parts:
        yield from _lines(part, depth + 1)


def _print_meeting(meeting: "MergedMeeting") -> None:
    rows = [("participants", ", ".join(meeting.participants))]
    for name, sources in meeting.fields.items():
        for source in sources:
            value = str(source.value).title() if name == "place" else source.value
            rows.append((name, f"{value}  ({', '.join(source.documents)})"))
    rows += [("reported by", _report(r)) for r in meeting.documents]
    rows += [("told in", _report(r)) for r in meeting.also_in]
    rows += [("voices", f"{meeting.voices}: reprints of one account are one")] if _has_reprints(meeting) else []
    rows += [("part", line[1].strip()) for part in meeting.parts for line in _lines(part)]
    print_table(("meeting", meeting.id), rows)


def _report(report: "Reporting") -> str:
    reprint = "" if report.voice == report.id else f", reprints {report.voice}"
    return f"{report.id}  {report.publisher or ''}  {report.node}{reprint}"


def _has_reprints(meeting: "MergedMeeting") -> bool:
    return any(report.voice != report.id for report in (*meeting.documents, *meeting.also_in))


def _pair_lines(pair: "SaidOfTwo") -> Iterator[tuple[str, str, str]]:
    score = "" if pair.score is None else f"{pair.score:.1f}"
    gone = f", withdrawn {pair.withdrawn[:10]}" if pair.withdrawn else ""
    yield (
        f"{pair.number}  {score}",
        "\n".join(f"{document}  {node}" for document, node in zip(pair.documents, (pair.one, pair.other), strict=True)),
        f"{pair.in_force}, by {pair.by}{gone}: {pair.why or ''}",
    )
