"""A page of the fictional world, read as far as mentions, speech and actors: what tests of single finders start from."""

from pathlib import Path

from communique.finding.coref import ActorTable, resolve
from communique.finding.mentions import find_mentions
from communique.finding.page import Page, open_page
from communique.finding.speech import find_speech
from communique.record.document import Document
from communique.world.world import World, load_world


def fictional_world() -> World:
    return load_world((Path(__file__).parents[1] / "examples" / "world",))


def page_of(text: str, publisher: str = "president.lr") -> tuple[Page, ActorTable]:
    """The page of a text and its actors, ready for a finder."""
    page = open_page(Document(id="test", version="0", text=text, language="ru", publisher=publisher), fictional_world())
    find_mentions(page)
    find_speech(page)
    return page, resolve(page)
