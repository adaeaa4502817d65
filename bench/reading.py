"""One composed page through the reader: the only place of the bench that knows how a page becomes a release."""

from pathlib import Path

import msgspec

from bench.cast import Cast, write_world
from bench.compose import Page
from communique.api import read_release
from communique.record.record import Record
from communique.text.release import Release
from communique.world.world import World, load_world


def release_of(page: Page) -> Release:
    """The release of a page, as JSON Lines would bring it."""
    return Release(
        id=page.id, publisher=page.publisher, title=page.title, language="ru", published=page.published.isoformat(),
        rights="open", composed=True, text=page.text, original=page.text.encode(),
    )  # fmt: skip


def world_of(cast: Cast, folder: Path) -> World:
    """The world that ships with this cast's overlay on top."""
    return load_world([write_world(cast, folder)])


def read_page(page: Page, world: World, text: str | None = None) -> Record:
    """The record of a page, or of another text in its place."""
    release = release_of(page)
    return read_release(release if text is None else msgspec.structs.replace(release, text=text), world).record
