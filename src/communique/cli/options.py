"""Options that several commands share, and the world that they name."""

import os
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
AllowPrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from addresses that are not public, such as localhost.")
]
ArchiveOption = Annotated[
    Path | None,
    typer.Option(
        "--archive", metavar="PATH", help="The archive: communique.db here, or what COMMUNIQUE_ARCHIVE names."
    ),
]


def chosen_archive(path: Path | None) -> Path:
    """The archive of this command: the option's, else the environment's, else communique.db here."""
    return path or Path(os.environ.get("COMMUNIQUE_ARCHIVE") or "communique.db")


def chosen_world(folders: list[Path] | None) -> "World":
    """The world that ships with these folders on top; raises WorldError."""
    from communique.cache import load_world

    return load_world(folders or ())


def current_user() -> str:
    """Who sits here, for judgements and answers that say by whom they are."""
    return os.environ.get("USER") or os.environ.get("USERNAME") or "reviewer"
