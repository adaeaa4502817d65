"""Renaming people, states, places, numbers and dates changes nothing else. Long run: `bench.metamorphic`."""

from bench.cast import CASES, example_cast, renamed_cast, surname, two_words, write_world
from bench.compose import compose, count_templates
from bench.metamorphic import FLOOR, run


def test_facts_survive_renaming():
    outcome = run(6, first=1000, examples_each=2, composed_each=4)
    shown = "\n".join(f"{label} {mark} {fact}" for label, mark, fact in outcome.exceptions[:20])
    assert outcome.total > 300
    assert outcome.share >= FLOOR, shown


def test_names_are_declined():
    assert [surname("Горская", "f")[c] for c in CASES] == [
        "Горская",
        "Горской",
        "Горской",
        "Горскую",
        "Горской",
        "Горской",
    ]
    assert surname("Торин", "m")["ins"] == "Ториным"
    assert two_words("Сосновый дворец", "m")["prp"] == "Сосновом дворце"
    assert two_words("Верхние Ключи", "p")["gen"] == "Верхних Ключей"
    for seed in range(20):
        for role, forms in renamed_cast(seed).names():
            assert all(forms.forms), role


def test_the_world_of_the_examples_is_what_the_cast_writes(tmp_path):
    from bench.cast import EXAMPLE_WORLD

    written = write_world(example_cast(), tmp_path)
    for source in EXAMPLE_WORLD.glob("*.tsv"):
        assert (written / source.name).read_text("utf-8") == source.read_text("utf-8")


def test_a_renamed_world_shares_no_person_state_or_town(tmp_path):
    own, renamed = example_cast(), renamed_cast(3)
    before = {forms["nom"] for role, forms in own.names() if not role.endswith(".first")}
    after = {forms["nom"] for role, forms in renamed.names() if not role.endswith(".first")}
    assert not before & after


def test_the_same_seed_gives_the_same_skeleton_under_every_cast():
    for seed in range(40):
        own, renamed = compose(seed, example_cast()), compose(seed, renamed_cast(seed))
        assert own.skeleton == renamed.skeleton
        assert own.text != renamed.text
        assert own.text == compose(seed, example_cast()).text


def test_there_are_at_least_two_hundred_templates():
    counts = count_templates()
    assert counts["sentences"] >= 200
    assert counts["plans"] >= 30
    assert len({compose(seed, example_cast()).skeleton for seed in range(300)}) >= 200
