"""`communique who`: whom a few words name, on a day, for a publisher; with the reasons. No model is loaded."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli.listing import Listing
from communique.cli.options import PublisherOption, WorldOption, chosen_world
from communique.cli.tables import print_rows, print_table

if TYPE_CHECKING:
    from communique.world.entities import Tenure
    from communique.world.linking import Candidate, Decision
    from communique.world.reference import Reference
    from communique.world.world import World

_WHY = {
    "ambiguous": "several can be meant",
    "no_day": "a name alone needs a day: say --on DAY",
    "not_in_office": "who bears this family name was in no known office then",
    "not_held": "the office was held by somebody else then",
    "another_office": "who bears this name held no such office",
    "another_state": "who bears this name held office elsewhere",
    "common_name": "a family name alone is linked to heads of state and government only",
    "seat": "the words name a palace, and so an institution; they may mean",
    "nobody": "the world knows nobody whom these words fit",
}


def who(
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help="As in a text: «Президент Казахстана», Токаев, глава МИД.")
    ],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="When it was said: 2012-05-01, 2012-05, 2012.")
    ] = None,
    publisher: PublisherOption = None,
    folders: WorldOption = None,
    form: Annotated[Listing, typer.Option("--format", help="A table for people, or JSON.")] = Listing.table,
) -> None:
    """Say who is meant by a name or an office, best first, with the tenure, its source and the reasons."""
    from communique.world.linking import link

    world = chosen_world(folders)
    reference = _reference(world, words, on, publisher)
    decision = link(world, reference)
    if form is Listing.table:
        _print_decision(world, decision)
    else:
        print_rows((_as_row(world, c, decision) for c in _fitting(decision)), lines=form is Listing.jsonl)


def _reference(world: "World", words: str, on: str | None, publisher: str | None) -> "Reference":
    from communique.cli.world import days_of
    from communique.errors import WorldError

    first, last = days_of(on) or ("", "")
    known = world.publisher(publisher)
    if publisher and known is None:
        raise WorldError(f"no publisher {publisher!r} in the world; write its site, or leave --publisher out")
    return world.parse_reference(words).at(first, last, known)


def _fitting(decision: "Decision") -> "Iterator[Candidate]":
    """Those whom the words fit, also where not surely enough for a link."""
    from communique.world.linking import UNSURE

    return (c for c in decision.candidates if c.refused in UNSURE)


def _as_row(world: "World", candidate: "Candidate", decision: "Decision") -> dict[str, Any]:
    person, tenure = candidate.person, candidate.tenure or _latest(world, candidate)
    names = {"ru": person.name, "en": person.name_en, "kk": person.name_kk}
    return {
        "id": person.id,
        "name": person.name,
        "names": {language: name for language, name in names.items() if name},
        "office": tenure.office if tenure else None,
        "of": tenure.of if tenure else None,
        "tenure": {"start": tenure.start, "end": tenure.end or None, "standing": tenure.standing or None}
        if tenure
        else None,
        "source": tenure.source if tenure else None,
        "verified": tenure.verified if tenure else None,
        "linked": candidate is decision.link,
        "score": candidate.score,
        "reasons": list(candidate.reasons),
        "wikidata": person.wikidata or None,
    }


def _latest(world: "World", candidate: "Candidate") -> "Tenure | None":
    """The last known office of somebody whom no office on the day speaks for."""
    return max(world.tenures_of.get(candidate.person.id, ()), key=lambda t: t.start, default=None)


def _print_decision(world: "World", decision: "Decision") -> None:
    rows = list(_rows(world, decision))
    if rows:
        print_table(("", "who", "office", "why"), rows)
    if decision.link is None:
        typer.echo(f"Not linked: {_WHY.get(decision.refused or 'nobody', decision.refused)}.")
    for candidate in [] if rows else decision.candidates[:3]:
        typer.echo(f"  {candidate.person.name} ({candidate.person.id}): {'; '.join(candidate.reasons)}")


def _rows(world: "World", decision: "Decision") -> Iterator[tuple[str, ...]]:
    for candidate in _fitting(decision):
        row = _as_row(world, candidate, decision)
        office, dates = "", ""
        if row["tenure"]:
            office = " ".join(
                filter(
                    None,
                    (
                        row["tenure"]["standing"],
                        row["office"].replace("_", " "),
                        "of",
                        world.english_name_of(row["of"]),
                    ),
                )
            )
            dates = f", {row['tenure']['start']} to {row['tenure']['end'] or 'now'}"
        mark = "linked" if row["linked"] else f"{row['score']:.2f}"
        yield mark, f"{row['name']} ({row['id']})", office + dates, "; ".join(row["reasons"])
