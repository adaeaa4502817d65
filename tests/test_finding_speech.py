"""Quotes: marked words, words told with «что», and the prose of press services, each with its speaker."""

import pytest

from communique.record.facts import Quote
from tables import cases, inferred, read_text, who

# text | speaker: words; direct quotes in the order of the text; (i) behind a speaker who is inferred, - for none
DIRECT = """
– Мы рады гостям, – сказал Иван Берег. | Иван Берег: Мы рады гостям
— Мы рады гостям, — отметил Иван Берег. — Приезжайте ещё. | Иван Берег: Мы рады гостям Приезжайте ещё
– Рады ли мы? Да! – заявил Иван Берег. | Иван Берег: Рады ли мы? Да!
«Мы рады гостям», – сказал Иван Берег. | Иван Берег: Мы рады гостям
«Мы рады гостям», - сказал Президент Лирии Тимур Салан. | Тимур Салан: Мы рады гостям
"Мы рады гостям", - сказал Иван Берег. | Иван Берег: Мы рады гостям
“Мы рады гостям”, — сказал Иван Берег. | Иван Берег: Мы рады гостям
Иван Берег сказал: «Мы рады гостям». | Иван Берег: Мы рады гостям
# the speaker by office, and by pronoun
Прибыл Тимур Салан. «Мы рады гостям», – сказал Президент Лирии. | Тимур Салан: Мы рады гостям
Выступила Анна Холм. «Мы рады гостям», – сказала она. | Анна Холм (i): Мы рады гостям
«Мы рады гостям», – сказал Тимуру Салану Иван Берег. | Иван Берег: Мы рады гостям
Иван Берег принял Тимура Салана.¶– Мы согласны, – сказал Президент Лирии. | Тимур Салан: Мы согласны
Иван Берег принял Тимура Салана.¶– Торговля растёт, – отметил он. | Иван Берег (i): Торговля растёт
# 81 from outside: the speaker is who wrote
Тем временем Садир Аманов написал в статье: «Саммит ничего не решит». | Садир Аманов: Саммит ничего не решит
# 74 a lost mark
Мы рады гостям», - сказал Иван Берег. | Иван Берег: Мы рады гостям
«Мы рады гостям, – сказал Иван Берег. | Иван Берег: Мы рады гостям
# 76 a quote inside a quote
– Есть слово «сосед», и мы его бережём, – сказал Иван Берег. | Иван Берег: Есть слово «сосед», и мы его бережём
«Есть слово «сосед», и мы его бережём», – сказал Иван Берег. | Иван Берег: Есть слово «сосед», и мы его бережём
# 77 two speakers in one paragraph
«Мы рады гостям», – сказал Иван Берег. «Это взаимно», – ответил Тимур Салан. | Иван Берег: Мы рады гостям; Тимур Салан: Это взаимно
# 78, 79 labels of a transcript
# 82 ellipsis and insertion
«Следующее заседание [Совета] <...> пройдёт в Арде», – сказал Иван Берег. | Иван Берег: Следующее заседание [Совета] <...> пройдёт в Арде
# two paragraphs of one speaker, the first without attribution
Выступил Иван Берег.¶– Мы рады гостям из Лирии.¶– Приезжайте ещё, – добавил он. | Иван Берег (i): Мы рады гостям из Лирии; Иван Берег (i): Приезжайте ещё
«Мы рады», – сказал Иван Берег, а Тимур Салан ответил: «Спасибо вам». | Иван Берег: Мы рады; Тимур Салан: Спасибо вам
Тимур Салан напомнил, что Иван Берег сказал: «Мы рады гостям». | Иван Берег: Мы рады гостям
И.Берег: Уважаемый Тимур Павлович! Мы рады вам.¶Т.Салан: Благодарю вас. | Иван Берег: Уважаемый Тимур Павлович! Мы рады вам.; Тимур Салан: Благодарю вас.
А.Холм: Спасибо за тёплый приём. | Анна Холм: Спасибо за тёплый приём.
– Мы рады гостям, – сказал Иван Берег. – Приезжайте ещё, – добавил он. | Иван Берег: Мы рады гостям Приезжайте ещё
Как отметил Иван Берег, «мы рады каждому гостю нашей страны». | Иван Берег: мы рады каждому гостю нашей страны
„Мы рады гостям“, — сказал Иван Берег. | Иван Берег: Мы рады гостям
"""
DIRECT_WRONG = """
# another speaks
# the words
"""

# near misses: marks without anybody who speaks
NO_DIRECT = """
Президент осмотрел завод «Северный лес».
Стороны подписали соглашение «О туризме».
Журнал «Вестник Остры» опубликовал отчёт.
Железная дорога Арда – Остра открыта.
Фото: пресс-служба
По итогам подписаны:¶– Договор о дружбе;¶– Программа обменов на 2026–2030 годы.
Темы переговоров:¶– торговля и инвестиции;¶– транспорт.
"""
NO_DIRECT_WRONG = """
"""

# text | speaker: words; what «что», «по словам» and «подчеркнул важность» tell
INDIRECT = """
Иван Берег отметил, что торговля растёт. | Иван Берег: торговля растёт
Президент Лирии Тимур Салан сообщил, что завод построен. | Тимур Салан: завод построен
По словам Ивана Берега, торговля растёт. | Иван Берег: торговля растёт
Иван Берег подчеркнул важность регионального диалога. | Иван Берег: важность регионального диалога
Иван Берег, выступая в Арде, отметил, что торговля растёт. | Иван Берег: торговля растёт
Стороны отметили, что торговля растёт. | they: торговля растёт
Выступила Анна Холм. Она отметила, что торговля растёт. | Анна Холм: торговля растёт
Отмечено, что торговля растёт. | -: торговля растёт
Иван Берег отметил, что торговля растёт, и поблагодарил Тимура Салана за помощь. | Иван Берег: торговля растёт
Тимур Салан выступил первым. По его словам, торговля растёт. | Тимур Салан: торговля растёт
Отвечая на вопрос Тимура Салана, Иван Берег сказал, что торговля растёт. | Иван Берег: торговля растёт
Ивану Берегу сообщили, что завод построен. | -: завод построен
Как сообщил Иван Берег, завод построен. | Иван Берег: завод построен
Елена Горская, выслушав Тимура Салана, отметила, что торговля растёт. | Елена Горская: торговля растёт
Иван Берег отметил, что «торговля растёт». | Иван Берег: торговля растёт
Завод построен, сообщил Иван Берег. | Иван Берег: Завод построен
"""
INDIRECT_WRONG = """
По мнению Ивана Берега, высказанному в Арде, торговля растёт. | Иван Берег: торговля растёт | a participle behind the speaker is taken into the words
Иван Берег подтвердил, что приедет, и заявил, что торговля растёт. | Иван Берег: приедет; Иван Берег: торговля растёт | a reported clause of one word is dropped
"""

# near misses: no reported words
NO_INDIRECT = """
Иван Берег знал, что гость прибудет.
Стороны выразили надежду на мир.
Иван Берег отметил рост торговли.
По словам очевидцев, было тепло.
Договор предусматривает, что пошлины снижаются.
"""
NO_INDIRECT_WRONG = """
"""

# 72 the words of a press service are no person's | speaker: words
PRESS = """
Иван Берег принял посла. «Главы государств обсудили торговлю», – говорится в сообщении пресс-службы Президента. | пресс-служба Президента: Главы государств обсудили торговлю
«Стороны обсудили торговлю», – отмечается в коммюнике. | -: Стороны обсудили торговлю
«Иван Берег обсудил торговлю», – сообщили в ведомстве. | ведомство: Иван Берег обсудил торговлю
"""
PRESS_WRONG = """
"""


def quotes(text: str, *kinds: str) -> str:
    record = read_text(text)

    def speaker(quote: Quote) -> str:
        return who(record, quote.speaker) + (" (i)" if quote.kind == "direct" and inferred(quote, "speaker") else "")

    return "; ".join(f"{speaker(q)}: {q.text}" for q in record.quotes if q.kind in kinds)


def direct(text: str) -> str:
    return quotes(text, "direct")


def indirect(text: str) -> str:
    return quotes(text, "indirect")


def press(text: str) -> str:
    return quotes(text, "press_release", "direct")


@pytest.mark.parametrize(("text", "expected"), cases(DIRECT, DIRECT_WRONG))
def test_direct_speech(text, expected):
    assert direct(text) == expected


@pytest.mark.parametrize("text", cases(NO_DIRECT, NO_DIRECT_WRONG))
def test_marks_without_a_speaker_are_no_speech(text):
    assert direct(text) == ""


@pytest.mark.parametrize(("text", "expected"), cases(INDIRECT, INDIRECT_WRONG))
def test_reported_words(text, expected):
    assert indirect(text) == expected


@pytest.mark.parametrize("text", cases(NO_INDIRECT, NO_INDIRECT_WRONG))
def test_no_reported_words(text):
    assert indirect(text) == ""


@pytest.mark.parametrize(("text", "expected"), cases(PRESS, PRESS_WRONG))
def test_press_services(text, expected):
    assert press(text) == expected


@pytest.mark.parametrize("text", [row.values[0] for row in cases(DIRECT + INDIRECT + PRESS)])
def test_the_first_evidence_is_the_words(text):
    record = read_text(text)
    assert record.quotes
    for quote in record.quotes:
        assert "text" in quote.evidence[0].fields
        assert quote.evidence[0].quote in quote.text
        assert not quote.text.startswith(("«", "–", "—", '"', "“", "„"))


def test_a_long_quotation_has_several_evidences_in_a_row():
    words = " ".join(f"Слово номер {n} сказано друзьям." for n in range(60))
    record = read_text(f"– {words[:-1]}, – сказал Иван Берег.")
    (quote,) = record.quotes
    pieces = [e.quote for e in quote.evidence if "text" in e.fields]
    assert len(pieces) > 2 and all(len(p) <= 600 for p in pieces) and " ".join(pieces) == quote.text


def test_a_claim_in_a_quote_is_the_speakers():
    """«Мы подписали мир» is said by the speaker, not by the readout."""
    record = read_text("Прибыл Тимур Салан. «Мы благодарим Веланду за помощь», – сказал Тимур Салан.")
    (act,) = record.acts
    assert (act.act, act.said_by) == ("thank", record.quotes[0].id)


def test_words_without_a_speaker_are_a_problem():
    record = read_text("Был тёплый день.\n– Мы рады каждому гостю нашей страны.")
    assert [(q.speaker, p.code) for q, p in zip(record.quotes, record.problems, strict=True)] == [(None, "no_speaker")]


@pytest.mark.parametrize("text", ["– , – сказал Иван Берег.", "«», – сказал Иван Берег.", "–", "– –", "«", "»", ":"])
def test_words_that_were_lost_leave_no_quote_and_no_failure(text):
    record = read_text(f"Иван Берег выступил.\n{text}\n")
    assert not [q for q in record.quotes if q.kind == "direct"]
    assert record.coverage.quotes == "read"
