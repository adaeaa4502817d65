"""The examples are their templates under the fictional world, and each is read as what it is."""

import json

import pytest

from bench.cast import example_cast
from bench.examples import EXAMPLES, example_names, example_page, release_line
from bench.reading import read_page
from communique.world.world import load_world

WORLD = load_world([EXAMPLES / "world"])
# example: kind, mode, status and place of the meeting it reports, and who was present (None: no meeting at all).
MEETINGS = {
    "01-summit": ("summit", "in_person", "held", "Голубая Гавань", "Берег Сапаров Нурлан Торин Волхин Салан Оразбек"),
    "02-talks": ("talks", "in_person", "held", "Остра", "Оразбек Берег"),
    "03-phone-call": ("phone_call", "phone", "held", None, "Волхин Берег"),
    "04-council-session": (
        "council_session",
        "in_person",
        "held",
        "Остра",
        "Берег Салан Волхин Торин Лебедин Турсунов",
    ),
    "05-reception": ("reception", "in_person", "held", "Остра", "Берег"),
    "06-announcement": ("council_session", "in_person", "planned", "Баян-Тау", ""),
    "07-telegram": None,
    "08-decree": None,
    "09-video-call": ("video_call", "video", "held", None, "Керей Дуванов"),
    "10-visit": ("visit", "in_person", "held", None, "Салан"),
    "11-ministers": ("talks", "in_person", "held", "Баян-Тау", "Турсунов Ясень"),
    "12-digest": ("phone_call", "phone", "held", None, "Берег Салан"),
}
GENRES = {"06-announcement": "announcement", "07-telegram": "telegram", "08-decree": "decree", "12-digest": "digest"}


@pytest.fixture(scope="module", params=example_names())
def example(request):
    page = example_page(request.param, example_cast())
    return page, read_page(page, WORLD)


def test_the_files_are_the_templates():
    """After a change of a template: python -m bench.examples."""
    pages = [example_page(name, example_cast()) for name in example_names()]
    for page in pages:
        assert (EXAMPLES / f"{page.id}.txt").read_text("utf-8") == page.text
        assert 600 <= len(page.text) <= 2500
    lines = (EXAMPLES / "releases.jsonl").read_text("utf-8").splitlines()
    assert lines == [release_line(page) for page in pages]
    assert all(json.loads(line)["composed"] is True for line in lines)


def test_the_tutorial_names_every_example():
    readme = (EXAMPLES / "README.md").read_text("utf-8")
    assert all(f"{name}.txt" in readme for name in example_names())


def test_the_meeting_is_read(example):
    page, record = example
    expected = MEETINGS[page.id]
    reported = [m for m in record.meetings if m.relation == "reported"]
    if expected is None:
        assert not reported
        return
    kind, mode, status, place, present = expected
    assert reported, "no meeting was read"
    meeting = reported[0]
    assert (meeting.kind, meeting.mode, meeting.status) == (kind, mode, status)
    assert (meeting.place.name if meeting.place else None) == place
    names = [record.actor(p.actor).name for p in meeting.participants if p.presence == "present"]
    assert set(present.split()) <= {name.split()[-1] for name in names if name}


def test_the_genre_is_read(example):
    page, record = example
    assert record.document.genre == GENRES.get(page.id, "readout")
