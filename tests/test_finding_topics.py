"""Topics: which words give which code, and where words give none."""

import pytest

from communique.finding.topics import find_topics, topic_ranges
from marked import page_of

# text | codes in the order of the text
TOPICS = """
Обсуждено сотрудничество в торговой, энергетической и культурно-гуманитарной сферах. | trade energy humanitarian culture
Стороны обсудили транспорт и логистику. | transport
Обсуждены водно-энергетические вопросы. | water_environment energy
Обсуждены вопросы биологической безопасности. | biosafety
Особое внимание уделено продовольственной безопасности. | agriculture
Рассмотрены вопросы здравоохранения, борьбы с пандемией и поставок вакцин. | health
Стороны обменялись мнениями по региональной и международной повестке. | regional_agenda
Стороны обменялись мнениями о ситуации в Кастании. | regional_agenda
Рассмотрены перспективы взаимодействия в рамках ССГ. | integration
Речь шла о подготовке инженерных кадров. | education
Обсуждены поставки зерна и подготовка агрономов. | trade agriculture education
Стороны обсудили распределение воды и охрану рек. | water_environment
Обсуждены строительство моста и линия электропередачи. | transport energy
Рассмотрены подготовка саммита и реформа Секретариата. | integration
В центре внимания были миграция, права человека и космос. | migration human_rights space
Лидеры рассмотрели искусственный интеллект и искусство. | digital culture
Карим Нурлан предложил расширить транзит. | transport
– Мы обсудили торговлю, – сказал Тимур Салан. | trade
"""

NO_TOPICS = """
Министр энергетики Лирии встретился с министром транспорта Тарлыка.
Напомним, ранее лидеры обсудили торговлю и инвестиции.
«Торговля важна для нас», — сказал Тимур Салан.
Тимур Салан поблагодарил за помощь в борьбе с пандемией.
Президент пригласил коллегу на форум по цифровизации.
Лидеры обсудили дорожную карту.
Тимур Салан поблагодарил за помощь в ликвидации последствий паводка.
Стороны обсудили график встреч в рамках Совета Безопасности ООН.
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def topics_of(text: str):
    page, table = page_of(text)
    return page, find_topics(page, table, topic_ranges(page))


@pytest.mark.parametrize(("text", "codes"), rows(TOPICS))
def test_topics(text, codes):
    page, topics = topics_of(text)
    assert [t.code for t in topics] == codes.split()
    for topic in topics:
        (proof,) = topic.evidence
        assert topic.label == proof.quote and page.doc.holds(proof) and proof.fields == ("code", "label")


@pytest.mark.parametrize("text", NO_TOPICS.strip().splitlines())
def test_no_topics(text):
    assert topics_of(text)[1] == []


def test_the_words_after_a_signing_belong_to_the_document():
    _, topics = topics_of("Стороны обсудили торговлю и подписали Меморандум о туризме.")
    assert [t.code for t in topics] == ["trade"]


def test_one_topic_a_code_in_a_range():
    _, topics = topics_of("Обсуждены экспорт, импорт и таможенные пошлины.")
    assert [t.label for t in topics] == ["экспорт"]
