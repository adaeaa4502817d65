"""Texts that break off, are mangled or very long: read without fault, in time that grows with their length."""

import random

import pytest

from bench.robust import MUTATIONS, failure_of, growth, mutate


@pytest.mark.parametrize(
    "text",
    [
        "Уверен, что ",
        "Правительствам поручено подготовить до конца года план мероприятий",
        "Правительствам Лирии подготовить до конца года план в",
        "Встретились министры иностранных дел Турсунов. Министры Зарении",
        "Президент отметил, что «",
        "Стороны подписали",
    ],
)
def test_a_text_that_breaks_off_is_read(text: str) -> None:
    assert failure_of(text) is None


def test_mutated_texts_are_read() -> None:
    """The short form of `make robust`."""
    for number in range(150):
        text, names = mutate(number, seed=11)
        assert failure_of(text) is None, (number, names)


def test_every_mutation_changes_a_text() -> None:
    text = "14 мая Президент Веланды Иван Берег принял посла. – Мы рады, – сказал он.\nСтороны обсудили торговлю."
    for name, mutation in MUTATIONS.items():
        assert any(mutation(random.Random(seed), text) != text for seed in range(20)), name


def test_time_grows_with_the_length_of_the_text() -> None:
    """Twenty times the length, at most three times the time a letter: the machine is noisy, a quadratic rule is not."""
    (_, short, short_line), (_, long, long_line) = growth((5_000, 100_000))
    assert long < 3 * short and long_line < 3 * short_line
