"""Who is meant: offices, surnames, pronouns and sides find their persons, or nobody where two can be meant."""

import pytest

from communique.finding.coref import Draft, resolve
from communique.finding.mentions import find_mentions
from communique.finding.page import Mention, Page, open_page
from communique.finding.speech import find_speech
from communique.record.dates import Date
from communique.record.document import Document
from marked import page_of
from tables import cases, fictional_world, names, read_text, who

# text | publisher | words (#2: their second place) | who; [name] where only the world names the person, - for nobody
WHO = """
# 1 «our state» is the publisher's
Глава нашего государства прибыл в Арду. | president.vl | Глава нашего государства | [Иван Берег]
Глава нашего государства прибыл в Арду. | aksaray.tr | Глава нашего государства | [Ерлан Оразбек]
Президент нашей страны прибыл в Арду. | fortress.zr | Президент нашей страны | [Роман Волхин]
# near miss: whose state it is remains open where nobody publishes
Глава нашего государства прибыл в Арду. | - | Глава нашего государства | -
# «Глава государства» without a state
Глава государства принял посла Лирии. | president.vl | Глава государства | [Иван Берег]
Глава государства принял посла Лирии. | - | Глава государства | ?
Президент Тарлыка Ерлан Оразбек прибыл. Глава государства осмотрел завод. | aksaray.tr | Глава государства | Ерлан Оразбек
Президент Тарлыка Ерлан Оразбек прибыл. Глава государства принял его. | president.vl | Глава государства | [Иван Берег]
# 2 two presidents, one office word: by the source
Иван Берег принял Ерлана Оразбека. Президент Тарлыка поблагодарил хозяев. | president.vl | Президент Тарлыка | Ерлан Оразбек
Прошли переговоры с Президентом Тарлыка Ерланом Оразбеком. Тарлыкский лидер поблагодарил хозяев. | president.vl | Тарлыкский лидер | Ерлан Оразбек
Президент Лирии Тимур Салан провёл переговоры с Президентом Тарлыка Ерланом Оразбеком. Президент отметил рост торговли. | aksaray.tr | Президент#3 | Ерлан Оразбек
Президент Лирии Тимур Салан провёл переговоры с Президентом Тарлыка Ерланом Оразбеком. Президент отметил рост торговли. | president.lr | Президент#3 | Тимур Салан
# 3 the same title, another epoch: see test_holders_depend_on_the_day
# 4 First President and President are two
Прибыли Президент Тарлыка Ерлан Оразбек и Первый Президент Касым Сапаров. Президент Тарлыка выступил. | president.vl | Президент Тарлыка#2 | Ерлан Оразбек
Прибыли Президент Тарлыка Ерлан Оразбек и Первый Президент Тарлыка Касым Сапаров. Первый Президент выступил. | president.vl | Первый Президент#2 | Касым Сапаров
# 12 an office inside an office
Глава государства принял помощника Президента Зарении Ромула Дамурина. Помощник Президента передал привет. | president.vl | Помощник Президента | Ромул Дамурин
# 13 the same surname twice
Прибыли Президент Кастании Марк Делин и министр торговли Лирии Ада Делин. Марк Делин выступил. | president.vl | Марк Делин#2 | Марк Делин
Прибыли Президент Кастании Марк Делин и министр торговли Лирии Ада Делин. Делин поблагодарил хозяев. | president.vl | Делин#3 | -
# 14 spellings of one name
Прибыл министр торговли Лирии Айдар Жолдасбеков. Позднее Жолдасбеков выступил. | president.vl | Жолдасбеков#2 | Айдар Жолдасбеков
Прибыл Пётр Стахеев. Петр Стахеев выступил первым. | president.vl | Петр Стахеев | Пётр Стахеев
# 16 initials and the full name are one
Выступил министр иностранных дел Лирии О.Керей. Олжан Керей ответил на вопросы. | president.vl | О.Керей | Олжан Керей
Выступил министр торговли Лирии А.Делин. Позже Ада Делин ответила на вопросы. | president.vl | А.Делин | Ада Делин
# near miss: other initials, other people
Прибыли А.Делин и Б.Делин. Позже Борис Делин ответил на вопросы. | president.vl | А.Делин | А. Делин
# surname alone
Переговоры прошли с Рустамом Бекновым. Бекнов выступил. | president.vl | Бекнов | Рустам Бекнов
Переговоры прошли с Мариной Одинцовой. Одинцова выступила. | president.vl | Одинцова | Марина Одинцова
# an office found by its holder on the page
Прибыл министр энергетики Тарлыка Арман Кулов. Министр осмотрел завод. | president.vl | Министр | Арман Кулов
Прибыл министр энергетики Тарлыка Арман Кулов. Министр торговли осмотрел завод. | president.vl | Министр торговли | ?
Прибыл посол Лирии Лоренц Паргенин. Дипломат вручил грамоты. | president.vl | Дипломат | Лоренц Паргенин
# two can be meant: nobody is
Прибыли министр торговли Лирии Ада Делин и министр торговли Тарлыка Арман Кулов. Министр осмотрел завод. | president.vl | Министр | -
# the colleague, the guest
Президент Веланды Иван Берег принял посла Лирии Лоренца Паргенина. Высокий гость поблагодарил за приём. | president.vl | гость | Лоренц Паргенин
Олжан Керей принял министра иностранных дел Зарении Сергея Дуванова. Керей поблагодарил заренского коллегу. | president.lr | заренского коллегу | Сергей Дуванов
# an office held by tenure is not read into another state's office
Премьер-министр Кастании выступил. | president.vl | Премьер-министр Кастании | [Виктор Торин]
Министр энергетики Кастании выступил. | president.vl | Министр энергетики Кастании | ?
# the former holder is not the holder
Выступил бывший Президент Веланды Пётр Старов. Президент Веланды ответил. | president.vl | Президент Веланды#2 | [Иван Берег]
Президент Веланды Иван Берег принял посла Лирии Лоренца Паргенина. Гость поблагодарил за приём. | president.vl | Гость | Лоренц Паргенин
"""
WHO_WRONG = """
"""

# text | publisher | actors and act | addressees
PRONOUNS = """
Президент Лирии Тимур Салан выступил в Арде. Он поблагодарил Ивана Берега за помощь. | president.lr | Тимур Салан thank | Иван Берег
Премьер-министр Лирии Анна Холм выступила в Арде. Она поблагодарила Ивана Берега за помощь. | president.lr | Анна Холм thank | Иван Берег
# «она» cannot be the president
Иван Берег выступил. Анна Холм ответила. Она поблагодарила Тимура Салана за помощь. | president.lr | Анна Холм thank | Тимур Салан
# 2 «Президент поблагодарил Президента»: the guest thanks the host
Президент Веланды Иван Берег принял Президента Лирии Тимура Салана. Президент Лирии поблагодарил Президента Веланды за приём. | president.vl | Тимур Салан thank | Иван Берег
Президент Лирии Тимур Салан и Президент Тарлыка Ерлан Оразбек выступили. Он поблагодарил Ивана Берега за помощь. | - | - thank | Иван Берег
"""
PRONOUNS_WRONG = """
# 92 an ambiguous «он» is nobody
"""


def find_mention(page: Page, words: str) -> Mention:
    """The mention that begins with these words («слова#2»: at their second place)."""
    phrase, _, number = words.partition("#")
    at = -1
    for _ in range(int(number or 1)):
        at = page.doc.text.index(phrase, at + 1)
    first, _last = page.tokens_at(at, at + len(phrase))
    mention = page.covering.get(first)
    assert mention is not None, f"{words} is no mention"
    return mention


def meant(draft: Draft | None) -> str:
    if draft is None:
        return "-"
    if draft.name:
        return draft.name
    if draft.person is not None:
        return f"[{draft.person.name}]"
    return "?"


def resolved(text: str, publisher: str, words: str) -> str:
    day = Date(value="2026-05-14", precision="day", original="2026-05-14")
    doc = Document(id="test", version="0", text=text, language="ru", publisher=publisher, published=day)
    page = open_page(doc, fictional_world())
    find_mentions(page)
    find_speech(page)
    table = resolve(page)
    return meant(table.draft_of(find_mention(page, words)))


def first_act(text: str, publisher: str) -> str:
    record = read_text(text, publisher if publisher != "-" else None)
    act = record.acts[-1]
    return f"{names(record, act.actors)} {act.act}|{names(record, act.addressees)}"


@pytest.mark.parametrize(("text", "publisher", "words", "expected"), cases(WHO, WHO_WRONG))
def test_who_is_meant(text, publisher, words, expected):
    assert resolved(text, publisher, words) == expected


@pytest.mark.parametrize(("text", "publisher", "actors", "addressees"), cases(PRONOUNS, PRONOUNS_WRONG))
def test_pronouns(text, publisher, actors, addressees):
    assert first_act(text, publisher) == f"{actors}|{addressees}"


@pytest.mark.parametrize(("day", "holder"), [("2014-05-14", "Пётр Старов"), ("2017-05-14", "Иван Берег")])
def test_holders_depend_on_the_day(day, holder):
    """3: «Глава государства» is who held the office on the day of the page."""
    record = read_text("Глава государства принял посла Лирии Лоренца Паргенина.", published=day)
    (head,) = [a for a in record.actors if a.offices and a.offices[0].code == "president"]
    assert head.name == holder
    (why,) = [i for i in head.inferred if i.field == "name"]
    assert "tenure" in why.reason and why.source.startswith("world ")


def test_an_undated_page_names_no_head_of_two():
    """Without a day two tenures fit «Глава государства», so nobody is named."""
    record = read_text("Глава государства принял посла Лирии Лоренца Паргенина.", published=None)
    assert [a.name for a in record.actors if a.offices and a.offices[0].code == "president"] == [None]


def test_a_name_in_the_text_is_stated_not_inferred():
    record = read_text("Президент Веланды Иван Берег принял посла Лирии Лоренца Паргенина.")
    head = next(a for a in record.actors if a.name == "Иван Берег")
    assert not head.inferred
    assert {f for e in head.evidence for f in e.fields} == {"name", "offices", "represents"}


def test_two_who_can_be_meant_are_a_problem():
    text = "Прибыли министр торговли Лирии Ада Делин и министр торговли Тарлыка Арман Кулов. Министр выступил."
    _, table = page_of(text, "president.vl")
    (problem,) = table.problems
    assert (problem.code, text[problem.start : problem.end]) == ("ambiguous_office", "Министр")


def test_an_office_that_was_not_held_that_day_is_a_problem():
    record = read_text("Президент Тарлыка Ерлан Оразбек принял посла Лирии Лоренца Паргенина.", published="2014-05-14")
    assert [p.code for p in record.problems] == ["office_not_held"]
    assert who(record, record.meetings[0].participants[0].actor) == "Ерлан Оразбек"


def test_a_state_named_by_an_office_only_is_no_second_actor():
    record = read_text("Президент Лирии Тимур Салан поблагодарил Ивана Берега за помощь.")
    assert sorted(a.name for a in record.actors if a.kind == "person") == ["Иван Берег", "Тимур Салан"]
