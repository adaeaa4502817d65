"""Options that several commands share, and the world that they name."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from communique.world.world import World

WorldOption = Annotated[
    list[Path] | None,
    typer.Option("--world", metavar="DIR", help="A folder of your own states, people and offices; may be repeated."),
]
PublishedOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="The day of publication: 2022-05-14 or 14.05.2022.")
]
PublisherOption = Annotated[
    str | None, typer.Option(metavar="SITE", help="Whose page this is: president.vl. «Our state» is the publisher's.")
]
LanguageOption = Annotated[
    str | None, typer.Option(metavar="CODE", help="The language, where the text does not tell: ru.")
]


def chosen_world(folders: list[Path] | None) -> "World":
    """The world that ships with these folders on top; raises WorldError."""
    from communique.world.world import load_world

    return load_world(folders or ())
