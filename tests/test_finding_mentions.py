"""Mentions: who and what is named, with offices, states and the nominative of every name."""

import itertools

import pytest

from communique.finding.page import Mention, OfficeSpan, Page
from marked import page_of
from tables import cases

# text | persons: name (standing office state «portfolio» + second office); `?` for a person without a name
PERSONS = """
Президент Веланды Иван Берег прибыл в столицу. | Иван Берег (president x-velanda)
Президентом Республики Веланда Иваном Берегом подписан закон. | Иван Берег (president x-velanda)
Премьер-министр Лирии Анна Холм выступила. | Анна Холм (prime_minister x-liria)
Стороны ждут премьер-министра Тарлыка Айгерим Маденову. | Айгерим Маденова (prime_minister x-tarlyk)
Король Ольмии Освальд II выступил. | Освальд II (monarch x-olmia)
Выступил глава МИД Лирии Олжан Керей. | Олжан Керей (foreign_minister x-liria)
Выступил лирийский лидер. | ? (leader x-liria)
Выступил глава государства. | ? (president)
Выступил тарлыкский президент Ерлан Оразбек. | Ерлан Оразбек (president x-tarlyk)
Государственный секретарь Меркании Клара Вальдес выступила. | Клара Вальдес (secretary_of_state x-merkania)
Выступил министр энергетики Тарлыка Арман Кулов. | Арман Кулов (minister x-tarlyk «энергетики»)
Выступил министр транспорта и связи Лирии Демид Орлин. | Демид Орлин (minister x-liria «транспорта и связи»)
Выступил губернатор Верхнеключевского края Тарас Ковель. | Тарас Ковель (governor «Верхнеключевского края»)
Делегация во главе с министром энергетики Тарлыка Арманом Куловым прибыла. | Арман Кулов (minister x-tarlyk «энергетики»)
Прибыл ректор Арданского университета Лев Орлов. | Лев Орлов (head «Арданского университета»)
Выступил Генеральный секретарь ССГ Николай Лебедин. | Николай Лебедин (secretary_general ssg)
Прибыл Чрезвычайный и Полномочный Посол Лирии в Веланде Лоренц Паргенин. | Лоренц Паргенин (ambassador x-liria «в Веланде»)
Прибыл бывший Президент Веланды Пётр Старов. | Пётр Старов (former president x-velanda)
Прибыл избранный Президент Кастании Марк Делин. | Марк Делин (designate president x-kastania)
Прибыл исполняющий обязанности министра обороны Лирии Гордей Стахов. | Гордей Стахов (acting defence_minister x-liria)
# 4 the First President is another person than the President
Прибыли Президент Тарлыка Ерлан Оразбек и Первый Президент Тарлыка Касым Сапаров. | Ерлан Оразбек (president x-tarlyk); Касым Сапаров (honorary first_president x-tarlyk)
# 5 parallel lists
Премьер-министры Веланды, Лирии и Кастании – М. Линд, А. Холм и В. Торин – прибыли. | М. Линд (prime_minister x-velanda); А. Холм (prime_minister x-liria); В. Торин (prime_minister x-kastania)
# 6 a plural title holds until it is replaced
Президенты Веланды Иван Берег, Лирии Тимур Салан и премьер-министр Кастании Виктор Торин прибыли. | Иван Берег (president x-velanda); Тимур Салан (president x-liria); Виктор Торин (prime_minister x-kastania)
# 7 mixed dash list
Прибыли президенты Республики Веланда – Иван Берег, Республики Тарлык – Ерлан Оразбек. | Иван Берег (president x-velanda); Ерлан Оразбек (president x-tarlyk)
# 9 countries without names
Прибыли лидеры Веланды и Тарлыка. | ? (leader x-velanda); ? (leader x-tarlyk)
# 11 a compound office is one person
Выступил заместитель Премьер-министра – министр иностранных дел Лирии Олжан Керей. | Олжан Керей (deputy_prime_minister x-liria + foreign_minister x-liria)
# 12 the office inside an office is nobody
Приехал помощник Президента Зарении Ромул Дамурин. | Ромул Дамурин (aide x-zarenia)
Приехал советник премьер-министра Кастании Андрей Гуров. | Андрей Гуров (aide x-kastania)
# 15 oblique cases only
Он говорил с Рустамом Бекновым. | Рустам Бекнов
Переговоры вела с Олжаном Кереем Анна Холм. | Олжан Керей; Анна Холм
Он позвонил Марине Одинцовой. | Марина Одинцова
Он поблагодарил Дану Галашову. | Дана Галашова
Он обратился к Касым-Жомарту Байтурову. | Касым-Жомарт Байтуров
Он поручил это министру торговли Карине Ягманской. | Карина Ягманская (minister «торговли»)
Указом Президента Веланды Ивана Берега Ромул Бейсал назначен послом. | Иван Берег (president x-velanda); Ромул Бейсал; ? (ambassador)
# 16 initials
Выступил министр иностранных дел Зарении С.Дуванов. | С. Дуванов (foreign_minister x-zarenia)
Он говорил с С.А.Петровым. | С.А. Петров
# 17 honorifics
Прибыл Его Величество Король Ольмии Освальд II. | Освальд II (monarch x-olmia)
Прибыл шейх Мухаммад бен Рашид Аль Нуайми. | Мухаммад бен Рашид Аль Нуайми (monarch)
Выступил Его Превосходительство господин Карим Саидов. | Карим Саидов
Выступил уважаемый Иван Берег. | Иван Берег
# 18 surname first
Выступил министр иностранных дел Меркании Ли Чэньгуан. | Ли Чэньгуан (foreign_minister x-merkania)
# an office after the name
Иван Берег, Президент Веланды, выступил первым. | Иван Берег (president x-velanda)
Выступил Анатолий Вагрен (министр обороны). | Анатолий Вагрен (defence_minister)
# places before a name
В Новом Торвеле Иван Берег выступил первым. | Иван Берег
В Порт-Вельде Клара Вальдес выступила первой. | Клара Вальдес
# offices with a complement
Прибыл представитель Лирии при ССГ Олег Марин. | Олег Марин (other x-liria «при ССГ»)
Прибыл специальный представитель Президента Лирии по вопросам торговли Олег Марин. | Олег Марин (special_envoy x-liria «по вопросам торговли»)
Прибыл генеральный директор компании «Северный лес» Олег Марин. | Олег Марин (director_general «компании «Северный лес»»)
Прибыла супруга Президента Лирии Дана Салан. | Дана Салан (first_lady x-liria)
Приехал мэр Арды Олег Марин. | Олег Марин (mayor x-liria «Арды»)
Прибыли премьер-министры Лирии и Кастании Анна Холм и Виктор Торин. | Анна Холм (prime_minister x-liria); Виктор Торин (prime_minister x-kastania)
# near misses: none of these is a person
Берег реки Вельды укреплён. |
Холм у реки закрыт для посещений. |
Дворец Ветров открыт для посещений. |
Совет обороны утвердил план. |
Северный водный совет начал работу. |
В Новом Торвеле открыта школа. |
Указ подписан в Доме Согласия. |
Министерство энергетики Лирии опубликовало отчёт. |
«Встретил Ивана Берега и понял всё», – сказал Тимур Салан. | Иван Берег; Тимур Салан
– Благодарю Ивана Берега за помощь, – сказал Тимур Салан. | Иван Берег; Тимур Салан
Вчера в Арде Рустам Бекнов выступил. | Рустам Бекнов
В Арде О.Керей выступил. | О. Керей
И.Берег выступил. | И. Берег
А.Холм выступила. | А. Холм
С.Дуванов выступил. | С. Дуванов
По словам С.Дуванова, завод построен. | С. Дуванов
Выступил господин Саидов. | Саидов
Прибыл экс-президент Веланды Пётр Старов. | Пётр Старов (former president x-velanda)
Приехал аким Баян-Тау Олег Марин. | Олег Марин (governor x-tarlyk «Баян-Тау»)
Администрация Президента опубликовала указ. |
Прибыл член Государственного совета, министр иностранных дел Лирии Олжан Керей. | Олжан Керей (member x-liria «Государственного совета» + foreign_minister x-liria)
Губернатор области Олег Марин прибыл. | Олег Марин (governor «области»)
"""
PERSONS_WRONG = """
# a word before the name is taken into the name
# initials
# names
Он встретил Ван И. | Ван И | two syllables unknown to the dictionary, without an office
Президент Берег выступил. | Берег (president) | a surname that is also a common word, behind an office
# offices
"""

# text | states, sides, organisations, bodies, places and venues in the order of the text
THINGS = """
Делегация прибыла в Лирию из Веланды. | state x-liria; state x-velanda
Компании Лирийской Республики вышли на рынок. | state x-liria
Гости посетили Верхние Ключи и Каменец-Озёрный. | place Верхние Ключи; place Каменец-Озёрный
Форум пройдёт в Голубой Гавани. | place Голубая Гавань
Завод построен в Кызыл-Су. | place Кызыл-Су
Делегация вылетела из Порт-Вельда в Эстерхольм. | place Порт-Вельд; place Эстерхольм
Договор подписан в Доме Согласия. | venue Дом Согласия
Гость осмотрел Дворец Ветров. | venue Дворец Ветров
# 20 a capital that acts is its state
Арда поддержала решение Ильгорода. | state x-liria; state x-zarenia
Договорённости между Ардой и Торвелем выполняются. | state x-liria; state x-kastania
# 21 state and place on one page
Арда поддержала проект. Встреча прошла в Арде. | state x-liria; place Арда
# near miss: a capital that is only a place
Арда расположена на берегу реки. | place Арда
В Арде открыта выставка. | place Арда
# 19 nicknames
Ак-Сарай опроверг эти сообщения. | state x-tarlyk
Белый утёс подтвердил это. | state x-liria
# 22 a renamed city
Форум прошёл в Старом Тарлыке. | place Баян-Тау
# sides
Лирийская сторона поддержала проект. | side x-liria
Выражена признательность заренской стороне. | side x-zarenia
Он встретился с кастанскими партнёрами. | side x-kastania
# near miss: an adjective without a side
В стране работает лирийский капитал. |
Открыта заренская школа. |
# organisations and their bodies
Саммит ССГ прошёл успешно. | organisation ssg
Содружество Северных Государств приняло план. | organisation ssg
Заседание Совета глав государств ССГ завершено. | body ssg-heads
Совет обороны ОДСО утвердил план. | body odso-council
Встреча «Пять рек» завершена. | format five-rivers
# near miss: small letters, another thing
Он дал мудрый совет. |
Он жил на берегу пяти рек. |
Остра и Баян-Тау намерены завершить демаркацию. | state x-velanda; state x-tarlyk
"""
THINGS_WRONG = """
Заседание Совета глав государств Содружества завершено. | body ssg-heads | an alias of the shipped world wins over the longer name of the overlay
"""

# text | the cases of the first person
CASES = """
Анну Холм встретили в столице. | accs
Ивана Берега встретили в столице. | accs gent
Иван Берег прибыл. | nomn
Он говорил с Иваном Берегом. | ablt
Он позвонил Ивану Берегу. | datv
"""


def office(span: OfficeSpan) -> str:
    words = [span.standing if span.standing != "current" else "", span.code, span.of or ""]
    return " ".join(w for w in [*words, f"«{span.portfolio}»" if span.portfolio else ""] if w)


def person(mention: Mention) -> str:
    offices = " + ".join(office(o) for o in mention.offices)
    return (mention.name or "?") + (f" ({offices})" if offices else "")


def persons(text: str) -> str:
    page, _ = page_of(text)
    return "; ".join(person(m) for m in page.mentions if m.kind == "person")


def thing(page: Page, mention: Mention) -> str:
    key = mention.key or ""
    return f"{mention.kind} {page.world.places[int(key)].name if mention.kind in ('place', 'venue') else key}"


def things(text: str) -> str:
    page, _ = page_of(text)
    return "; ".join(thing(page, m) for m in page.mentions if m.kind not in ("person", "plural"))


@pytest.mark.parametrize(("text", "expected"), cases(PERSONS, PERSONS_WRONG))
def test_persons(text, expected):
    assert persons(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases(THINGS, THINGS_WRONG))
def test_things(text, expected):
    assert things(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_cases_of_a_name(text, expected):
    page, _ = page_of(text)
    assert " ".join(sorted(page.mentions[0].cases)) == expected


@pytest.mark.parametrize("text", [row.values[0] for row in cases(PERSONS + THINGS)])
def test_mentions_are_in_order_and_do_not_overlap(text):
    page, _ = page_of(text)
    ends = [(m.first, m.last) for m in page.mentions]
    assert all(a_last <= b_first for (_, a_last), (b_first, _) in itertools.pairwise(ends))
    assert all(page.covering[i] is m for m in page.mentions for i in range(m.first, m.last))
