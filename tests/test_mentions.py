"""The labelled mentions: links are right, and most people who can be linked are."""

from bench.mentions import NIL, judge, load_items, row_of
from communique.world.world import load_world

ITEMS = load_items()
JUDGED = list(judge(load_world(), ITEMS))


def test_links_are_right_and_people_are_found():
    row = row_of("all", JUDGED)
    assert row.precision >= 0.99, [
        (j.item.words, j.item.on, j.linked) for j in JUDGED if j.linked != NIL and not j.right
    ]
    assert row.recall >= 0.90


def test_each_language_holds():
    for language in ("ru", "en", "kk"):
        row = row_of(language, [j for j in JUDGED if j.item.language == language])
        assert row.precision >= 0.98 and row.recall >= 0.85, language


def test_a_third_of_the_mentions_are_traps():
    assert len(ITEMS) >= 400 and sum(i.expected == NIL for i in ITEMS) >= len(ITEMS) / 3


def test_expected_people_are_in_the_world():
    world = load_world()
    assert [i.words for i in ITEMS if i.expected != NIL and i.expected not in world.people] == []
