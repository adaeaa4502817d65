"""Dates of Russian texts: what each form is worth, which words it takes, and what is no date."""

import pytest

from communique.finding.dates import find_dates, find_deictic
from marked import page_of

# text | value | precision | qualifier | the words
DATED = """
28 декабря 2021 года состоялась встреча | 2021-12-28 | day | - | 28 декабря 2021 года
14 мая прошла встреча | XXXX-05-14 | no_year | - | 14 мая
12-14 октября 2024 г. гость посетил Арду | 2024-10-12/2024-10-14 | day | - | 12-14 октября 2024 г.
28–29 мая в Арде | XXXX-05-28/XXXX-05-29 | no_year | - | 28–29 мая
с 28 сентября по 2 октября 2024 года | 2024-09-28/2024-10-02 | day | - | с 28 сентября по 2 октября 2024 года
30 декабря 2024 года – 2 января 2025 года | 2024-12-30/2025-01-02 | day | - | 30 декабря 2024 года – 2 января 2025 года
АРДА, 31.03.2025 | 2025-03-31 | day | - | 31.03.2025
31 марта 2025 | 2025-03-31 | day | - | 31 марта 2025
2024-04-18 в Арде | 2024-04-18 | day | - | 2024-04-18
2 ноября с.г. состоялась встреча | XXXX-11-02 | no_year | - | 2 ноября с.г.
в мае 2023 года | 2023-05 | month | - | мае 2023 года
встреча пройдет в марте | XXXX-03 | no_year | - | марте
в январе–июне 2025 года | 2025-01/2025-06 | month | - | январе–июне 2025 года
план на 2021–2025 годы. | 2021/2025 | year | - | 2021–2025 годы
итоги за 2021 год. | 2021 | year | - | 2021 год
присоединилась в 2011-м, потом | 2011 | year | - | 2011-м
в первом квартале 2025 года | 2025-33 | quarter | - | первом квартале 2025 года
во втором полугодии 2025 года | 2025-41 | half | - | втором полугодии 2025 года
осенью 2024 года | 2024-23 | season | - | осенью 2024 года
завершить до конца 2027 года | 2027-12-31 | day | by | до конца 2027 года
к концу мая 2025 года | 2025-05-31 | day | by | к концу мая 2025 года
довести к 2030 году | 2030 | year | by | к 2030 году
подать до 1 мая | XXXX-05-01 | no_year | before | до 1 мая
после 1 июня 2020 года | 2020-06-01 | day | after | после 1 июня 2020 года
ратифицировать до конца года | XXXX-12-31 | no_year | by | до конца года
в конце мая | XXXX-05 | no_year | about | в конце мая
"""

NOT_DATED = """
подписано 15 документов
в работе 2025 участников
маршрут № 14 Майского района
в 17:30 по местному времени
мощность 300 МВт
30-летие Договора
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "value", "precision", "qualifier", "words"), rows(DATED))
def test_dates(text, value, precision, qualifier, words):
    page, _ = page_of(text)
    (span,) = find_dates(page)
    assert (span.date.value, span.date.precision, span.date.qualifier or "-", span.date.original) == (
        value,
        precision,
        qualifier,
        words,
    )
    assert page.written(span.first, span.last) == words


@pytest.mark.parametrize("text", NOT_DATED.strip().splitlines())
def test_no_dates(text):
    assert find_dates(page_of(text)[0]) == []


def test_a_day_inside_the_interval_named_before():
    page, _ = page_of("12–14 октября 2024 года гость посетил завод, 13-го выступил, 20-го числа уехал.")
    assert [s.date.value for s in find_dates(page)] == ["2024-10-12/2024-10-14", "2024-10-13"]


def test_the_year_that_a_header_must_supply():
    page, _ = page_of("2 ноября с.г. прошла встреча, 5 мая прошлого года – предыдущая, 7 июня – третья.")
    assert [s.year_shift for s in find_dates(page)] == [0, -1, None]


def test_weekday_with_its_date():
    page, _ = page_of("Во вторник, 14 мая, прошла встреча.")
    (span,) = find_dates(page)
    assert (span.date.weekday, span.date.original) == ("tuesday", "вторник, 14 мая")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Сегодня стороны встретились, вчера гость прибыл.", ["today", "yesterday"]),
        ("Встреча пройдет завтра.", ["tomorrow"]),
        ("В среду в столице прошла встреча.", ["weekday"]),
        ("Обсуждена забота о переходе в среду обитания рыб.", []),
        ("Накануне саммита прошли переговоры.", []),
        ("Накануне он прибыл.", ["yesterday"]),
    ],
)
def test_deictic(text, kinds):
    assert [d.kind for d in find_deictic(page_of(text)[0])] == kinds
