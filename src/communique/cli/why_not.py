"""`communique why-not`: which rules looked at a name, and why none made it a participant."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import LanguageOption, PublishedOption, PublisherOption, WorldOption, chosen_world

if TYPE_CHECKING:
    from communique.finding.read import Reading
    from communique.record.facts import Meeting, Participation
    from communique.record.record import Record

_SHORTEST_STEM = 3
_WORD = re.compile(r"\w+")


def why_not(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The release in question.")],
    participant: Annotated[str, typer.Option(metavar="NAME", help="The name that you miss, as the dictionary has it.")],
    world: WorldOption = None,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    language: LanguageOption = None,
) -> None:
    """Say why somebody is not among the participants: the rules that looked at the name, with their reasons."""
    from communique.api import only_release, read_release, with_header

    release = with_header(only_release(path), published=published, publisher=publisher, language=language)
    reading = read_release(release, chosen_world(world), explain=True)
    for line in explanation(reading, participant):
        typer.echo(line)


def explanation(reading: "Reading", name: str) -> Iterator[str]:
    """Sentences: where the name stands, what became of it, and the trace of the rules on its words."""
    from communique.cli.trace import trace_lines

    text = reading.record.document.text
    places = list(find_name(text, name))
    if not places:
        yield f"«{name}» is not in the text. Write the name as the text has it."
        return
    yield f"«{name}» stands in the text {len(places)} time{'' if len(places) == 1 else 's'}."
    parts = list(_participations(reading.record, places))
    for meeting, part in parts:
        yield f"It is a participant: {part.presence} at the {meeting.kind.replace('_', ' ')} (rule {meeting.rule})."
    touching = [f for f in reading.trace if any(f.start < end and start < f.end for start, end in places)]
    refusals = [f for f in touching if f.refused]
    if not parts and not refusals:
        yield "No rule declined it, and none made it a participant: no words of meeting that we know stand with it."
    if not parts and not refusals and not any(_is_mention(reading.record, start, end) for start, end in places):
        yield "It was not recognised as a person or state: a row in the people.tsv of a --world folder makes it known."
    yield from trace_lines(touching, text)


def find_name(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name stands in any case: every word of it by its stem, one after the other.

    >>> list(find_name("принял Анну Холм и поблагодарил Анну", "Анна Холм"))
    [(7, 16)]
    """
    stems = [re.escape(w[: max(_SHORTEST_STEM, len(w) - 2)]) for w in _WORD.findall(name)]
    if not stems:
        return
    pattern = r"[\s.-]+".join(rf"{stem}\w{{0,4}}" for stem in stems)
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
        yield match.start(), match.end()


def _participations(record: "Record", places: list[tuple[int, int]]) -> "Iterator[tuple[Meeting, Participation]]":
    for meeting in record.meetings:
        for part in meeting.participants:
            actor = record.actor(part.actor)
            spans = [(m.start, m.end) for m in actor.mentions] if actor else []
            if part.actor.start is not None and part.actor.end is not None:
                spans.append((part.actor.start, part.actor.end))
            if any(a < end and start < b for a, b in spans for start, end in places):
                yield meeting, part


def _is_mention(record: "Record", start: int, end: int) -> bool:
    return any(m.start < end and start < m.end for actor in record.actors for m in actor.mentions)
