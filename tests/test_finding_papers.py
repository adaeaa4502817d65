"""Documents and undertakings: titles, statuses, signers, and the near misses that are no document and no project."""

import pytest

from communique.finding.agreements import find_agreements
from communique.finding.commitments import find_commitments
from communique.finding.figures import find_figures
from communique.finding.projects import find_projects
from communique.record.facts import Fact
from communique.record.record import _check_statement
from marked import page_of

# text | kind | status | title
PAPERS = """
Тимур Салан и Карим Нурлан подписали Договор о дружбе между Лирией и Алтынором. | treaty | signed | Договор о дружбе между Лирией и Алтынором
По итогам встречи подписан Меморандум о взаимодействии таможенных служб. | memorandum | signed | Меморандум о взаимодействии таможенных служб
Министры парафировали Протокол о намерениях в области энергетики, экономики и культуры. | protocol | initialled | Протокол о намерениях в области энергетики, экономики и культуры
Стороны обменялись грамотами о ратификации Договора о взаимной правовой помощи. | treaty | ratified | Договора о взаимной правовой помощи
Текст соглашения о защите инвестиций согласован. | agreement | agreed | соглашения о защите инвестиций
Соглашение о защите инвестиций вступило в силу. | agreement | in_force | Соглашение о защите инвестиций
Договор о нераспространении денонсирован. | treaty | denounced | Договор о нераспространении
Участники приняли Совместное заявление и договорились встречаться ежегодно. | declaration | adopted | Совместное заявление
Главы государств утвердили План развития сотрудничества до 2030 года. | plan | approved | План развития сотрудничества до 2030 года
Премьеры одобрили дорожную карту по созданию общего рынка лекарств. | roadmap | approved | дорожную карту по созданию общего рынка лекарств
Премьеры одобрили проект Плана мероприятий на 2026–2030 годы. | plan | approved | Плана мероприятий на 2026–2030 годы
Главы государств обсудили проект Соглашения о зоне свободной торговли. | agreement | discussed | Соглашения о зоне свободной торговли
По итогам планируется принять Заявление о взаимодействии на границах. | declaration | planned | Заявление о взаимодействии на границах
Депутаты намерены до конца года ратифицировать соглашение о приграничном сотрудничестве. | agreement | planned | соглашение о приграничном сотрудничестве
Ожидается подписание ряда двусторонних документов. | package | planned | ряда двусторонних документов
По итогам переговоров подписано 15 документов. | package | signed | 15 документов
Подписан пакет из 12 документов. | package | signed | пакет из 12 документов
Между компаниями заключен контракт на поставку 200 вагонов. | contract | signed | контракт на поставку 200 вагонов
По итогам принято распоряжение о создании единого реестра. | decision | adopted | распоряжение о создании единого реестра
Итогом переговоров стала Декларация о союзничестве, которую подписали главы двух государств. | declaration | signed | Декларация о союзничестве
В Соглашении о транзите, которое подписали стороны, говорится о пошлинах. | agreement | signed | Соглашении о транзите
Ключевым документом года будет Договор о границе, который планируется подписать осенью. | treaty | planned | Договор о границе
Тимур Салан напомнил, что было подписано соответствующее соглашение о транзите. | agreement | signed | соответствующее соглашение о транзите
"""

NO_PAPERS = """
В рамках Конвенции о трансграничных реках стороны рассмотрели водопользование.
Стороны обменялись посланиями по случаю 30-летия Договора о дружбе.
Стороны обсудили реализацию Дорожной карты на 2024–2026 годы.
По итогам принятых решений достигнуто соглашение о продолжении контактов.
Рассмотрено 15 вопросов повестки дня.
Стороны сделали заявления для прессы.
Соглашение о транзите не подписано.
Министр принял программу пребывания.
Иван Берег напомнил о Договоре о границе, который подписали его предшественники.
Стороны обсудили ход выполнения Соглашения о транзите, которое подписали министры.
Соглашение о транзите, которое не подписали, вернули министрам.
Президент принял посла и поблагодарил за План мероприятий.
Организация Договора о совместной обороне провела заседание.
«Они подписали мир», — сказал посредник.
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def check(page, table, facts: list) -> list:
    """Each fact keeps the contract: evidence in the text, every field proven, references in their proofs."""
    refs = {d.ref for d in table.drafts if d.ref}
    for fact in facts:
        assert isinstance(fact, Fact)
        _check_statement(fact, page.doc, refs)
    assert not [p for p in table.problems if p.code.endswith("not_built")]
    return facts


@pytest.mark.parametrize(("text", "kind", "status", "title"), rows(PAPERS))
def test_papers(text, kind, status, title):
    page, table = page_of(text)
    (paper,) = check(page, table, find_agreements(page, table))
    assert (paper.kind, paper.status, paper.title, paper.relation) == (kind, status, title, "reported")


@pytest.mark.parametrize("text", NO_PAPERS.strip().splitlines())
def test_no_papers(text):
    page, table = page_of(text)
    assert find_agreements(page, table) == []


@pytest.mark.parametrize(
    "text",
    [
        "Тимур Салан напомнил о подписанном в 2019 году Соглашении о транзите.",
        "Важной вехой стал саммит 2014 года, на котором лидеры утвердили Стратегию экономического развития.",
        "В Договоре о границе, который подписали в 2019 году, говорится о реках.",
        "Напомним, в мае министры подписали программу сотрудничества.",
    ],
)
def test_earlier_papers(text):
    page, table = page_of(text)
    assert [a.relation for a in check(page, table, find_agreements(page, table))] == ["earlier"]


@pytest.mark.parametrize("mark", ["• ", "– ", ""])
def test_a_list_takes_its_status_from_its_head(mark):
    text = f"Приняты и подписаны следующие документы:\n{mark}Совместное заявление;\n{mark}Соглашение о карантине растений;\n{mark}Программа обменов на 2025–2027 годы."
    page, table = page_of(text)
    papers = check(page, table, find_agreements(page, table))
    assert [(a.kind, a.status) for a in papers] == [
        ("declaration", "adopted"),
        ("agreement", "signed"),
        ("programme", "signed"),
    ]
    assert papers[2].period.value == "2025/2027"


def test_a_list_inside_a_sentence():
    page, table = page_of(
        "В ходе визита подписаны: Соглашение о безвизовом режиме; Меморандум о сотрудничестве в сфере туризма."
    )
    assert [a.status for a in check(page, table, find_agreements(page, table))] == ["signed", "signed"]


def test_signers_and_their_states():
    page, table = page_of(
        "Президент Лирии Тимур Салан и Президент Алтынора Карим Нурлан подписали Декларацию о партнерстве."
    )
    (paper,) = check(page, table, find_agreements(page, table))
    assert [table.by_ref(s.actor).name for s in paper.signers] == ["Тимур Салан", "Карим Нурлан"]
    assert [table.by_ref(p).key for p in paper.parties] == ["x-liria", "x-altynor"]


def test_a_witness_is_no_party():
    page, table = page_of(
        "Президент Кастании Садир Аманов и Президент Лирии Тимур Салан подписали Соглашение о границе. "
        "Президент Меркании Жозеф Рейн поставил под документом свою подпись в качестве свидетеля."
    )
    (paper,) = check(page, table, find_agreements(page, table))
    assert [s.act for s in paper.signers] == ["signed", "signed", "witnessed"]
    assert [table.by_ref(p).key for p in paper.parties] == ["x-kastania", "x-liria"]


def test_signed_and_initialled_side_by_side():
    page, table = page_of(
        "Президенты подписали Декларацию о партнерстве, министры парафировали соглашение о перевозках, а Договор о границе ратифицирован."
    )
    assert [a.status for a in check(page, table, find_agreements(page, table))] == ["signed", "initialled", "ratified"]


# text | status | what
PROJECTS = """
Речь шла о строительстве нового автомобильного моста и взаимном признании дипломов. | - | строительстве нового автомобильного моста
Стороны рассмотрели ход строительства ветропарка мощностью 300 МВт. | under_way | строительства ветропарка мощностью 300 МВт
Стороны создадут единый гидрологический центр. | planned | единый гидрологический центр
Тимур Салан предложил учредить координационный центр по кибербезопасности. | idea | координационный центр по кибербезопасности
Лидеры открыли завод по выпуску электробусов. | launched | завод по выпуску электробусов
Будет построен новый мост через реку. | planned | новый мост через реку
Мост через Сойму возводится по графику. | under_way | Мост через Сойму
Тимур Салан предложил создать общий склад для грузов. | idea | общий склад для грузов
Стороны откроют новую паромную линию. | planned | новую паромную линию
Достигнута договоренность о совместном производстве вакцины в Кызыл-Су. | planned | совместном производстве вакцины в Кызыл-Су
– Мы договорились открыть филиал медицинского университета в Арде, – сказал Тимур Салан. | planned | филиал медицинского университета в Арде
"""

NO_PROJECTS = """
Отмечена важность реализации совместных проектов в энергетике.
Обсуждены вопросы модернизации тепловых электростанций и расширения транспортных коридоров.
Планируется открытие генерального консульства Лирии в Кызыл-Су.
Президент посетил завод «Лирмаш».
Обсуждено создание рабочей группы и комплекс мер по развитию торговли.
Создан благоприятный инвестиционный климат.
Тимур Салан открыл выставку и памятник.
Форум «Торговый мост» открыт Тимуром Саланом.
Порт открыт для судов обеих стран.
Напомним, в 2019 году был открыт совместный завод по выпуску шин.
Ерлан Оразбек поблагодарил за помощь в строительстве школы.
"""


@pytest.mark.parametrize(("text", "status", "what"), rows(PROJECTS))
def test_projects(text, status, what):
    page, table = page_of(text)
    (project,) = check(page, table, find_projects(page, table))
    assert (project.status or "-", project.what) == (status, what)


@pytest.mark.parametrize("text", NO_PROJECTS.strip().splitlines())
def test_no_projects(text):
    page, table = page_of(text)
    assert find_projects(page, table) == []


def test_cost_place_and_product_of_an_undertaking():
    page, table = page_of(
        "Лидеры открыли завод по выпуску шин в Кызыл-Су. Объем инвестиций составил 85 миллионов долларов."
    )
    (project,) = check(page, table, find_projects(page, table))
    assert (project.value, project.place.name, project.product) == ("85 миллионов долларов", "Кызыл-Су", "шин")


def test_commitments():
    page, table = page_of(
        "Правительству поручено до конца 2027 года удвоить поставки зерна. Стороны намерены обсудить торговлю."
    )
    (task,) = check(page, table, find_commitments(page, table))
    assert (task.kind, task.what, task.deadline.value) == (
        "task",
        "до конца 2027 года удвоить поставки зерна",
        "2027-12-31",
    )


# text | code | kind | value | unit
FIGURES = """
Товарооборот вырос на 15,5 %. | trade_turnover | growth | 15.5 | percent
Товарооборот достиг 4 млрд долларов. | trade_turnover | level | 4000000000 | USD
Экспорт сократился на 3 %. | exports | growth | -3 | percent
Решено довести товарооборот до 10 млрд долларов к 2030 году. | trade_turnover | target | 10000000000 | USD
"""


@pytest.mark.parametrize(("text", "code", "kind", "value", "unit"), rows(FIGURES))
def test_figures(text, code, kind, value, unit):
    page, table = page_of(text)
    (figure,) = check(page, table, find_figures(page, table))
    assert (figure.measure.code, figure.kind, figure.value, figure.unit) == (code, kind, value, unit)


def test_a_number_without_a_measure_is_no_figure():
    page, table = page_of("В зале собрались 300 человек, рассмотрено 15 вопросов.")
    assert find_figures(page, table) == []
