"""Russian names: the nominative of every form, the cases a form can stand in, and the forms a nominative takes."""

import pytest

from communique.finding.coref import compatible_names
from communique.world.names.russian import can_stand_in, fold, name_cases, nominative_name, noun_forms
from tables import rows

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
# gender | nominative | genitive | dative | accusative | instrumental | prepositional; all people are invented
NAMES = """
# Russian surnames
masc | Рустам Бекнов | Рустама Бекнова | Рустаму Бекнову | Рустама Бекнова | Рустамом Бекновым | Рустаме Бекнове
femn | Марина Одинцова | Марины Одинцовой | Марине Одинцовой | Марину Одинцову | Мариной Одинцовой | Марине Одинцовой
masc | Пётр Стахеев | Петра Стахеева | Петру Стахееву | Петра Стахеева | Петром Стахеевым | Петре Стахееве
masc | Николай Дольский | Николая Дольского | Николаю Дольскому | Николая Дольского | Николаем Дольским | Николае Дольском
femn | Карина Ягманская | Карины Ягманской | Карине Ягманской | Карину Ягманскую | Кариной Ягманской | Карине Ягманской
masc | Виктор Торин | Виктора Торина | Виктору Торину | Виктора Торина | Виктором Ториным | Викторе Торине
femn | Елена Зимина | Елены Зиминой | Елене Зиминой | Елену Зимину | Еленой Зиминой | Елене Зиминой
masc | Павел Куницын | Павла Куницына | Павлу Куницыну | Павла Куницына | Павлом Куницыным | Павле Куницыне
masc | Лев Брагин | Льва Брагина | Льву Брагину | Льва Брагина | Львом Брагиным | Льве Брагине
masc | Илья Громов | Ильи Громова | Илье Громову | Илью Громова | Ильёй Громовым | Илье Громове
masc | Никита Зорин | Никиты Зорина | Никите Зорину | Никиту Зорина | Никитой Зориным | Никите Зорине
femn | Дана Галашова | Даны Галашовой | Дане Галашовой | Дану Галашову | Даной Галашовой | Дане Галашовой
# surnames that are also common words, and end in a consonant
masc | Иван Берег | Ивана Берега | Ивану Берегу | Ивана Берега | Иваном Берегом | Иване Береге
masc | Глеб Ясень | Глеба Ясеня | Глебу Ясеню | Глеба Ясеня | Глебом Ясенем | Глебе Ясене
masc | Игорь Коваль | Игоря Коваля | Игорю Ковалю | Игоря Коваля | Игорем Ковалем | Игоре Ковале
masc | Тарас Бондарук | Тараса Бондарука | Тарасу Бондаруку | Тараса Бондарука | Тарасом Бондаруком | Тарасе Бондаруке
# a woman's surname that ends in a consonant does not decline
femn | Анна Холм | Анны Холм | Анне Холм | Анну Холм | Анной Холм | Анне Холм
femn | Клара Вальдес | Клары Вальдес | Кларе Вальдес | Клару Вальдес | Кларой Вальдес | Кларе Вальдес
femn | Эмма Крейг | Эммы Крейг | Эмме Крейг | Эмму Крейг | Эммой Крейг | Эмме Крейг
femn | Ада Делин | Ады Делин | Аде Делин | Аду Делин | Адой Делин | Аде Делин
femn | Ингрид Берг | Ингрид Берг | Ингрид Берг | Ингрид Берг | Ингрид Берг | Ингрид Берг
# surnames that nobody declines
masc | Тарас Головко | Тараса Головко | Тарасу Головко | Тараса Головко | Тарасом Головко | Тарасе Головко
masc | Юрий Черных | Юрия Черных | Юрию Черных | Юрия Черных | Юрием Черных | Юрии Черных
femn | Ольга Дурново | Ольги Дурново | Ольге Дурново | Ольгу Дурново | Ольгой Дурново | Ольге Дурново
femn | Нино Барадзе | Нино Барадзе | Нино Барадзе | Нино Барадзе | Нино Барадзе | Нино Барадзе
masc | Жан-Люк Мерсье | Жан-Люка Мерсье | Жан-Люку Мерсье | Жан-Люка Мерсье | Жан-Люком Мерсье | Жан-Люке Мерсье
masc | Мамед Гулизаде | Мамеда Гулизаде | Мамеду Гулизаде | Мамеда Гулизаде | Мамедом Гулизаде | Мамеде Гулизаде
# Turkic names
masc | Олжан Керей | Олжана Керея | Олжану Керею | Олжана Керея | Олжаном Кереем | Олжане Керее
masc | Ерлан Оразбек | Ерлана Оразбека | Ерлану Оразбеку | Ерлана Оразбека | Ерланом Оразбеком | Ерлане Оразбеке
masc | Касым-Жомарт Байтуров | Касым-Жомарта Байтурова | Касым-Жомарту Байтурову | Касым-Жомарта Байтурова | Касым-Жомартом Байтуровым | Касым-Жомарте Байтурове
masc | Шавкат Мирзиёев | Шавката Мирзиёева | Шавкату Мирзиёеву | Шавката Мирзиёева | Шавкатом Мирзиёевым | Шавкате Мирзиёеве
masc | Мирза Алиханов | Мирзы Алиханова | Мирзе Алиханову | Мирзу Алиханова | Мирзой Алихановым | Мирзе Алиханове
masc | Сердар Аннагельды | Сердара Аннагельды | Сердару Аннагельды | Сердара Аннагельды | Сердаром Аннагельды | Сердаре Аннагельды
masc | Нурбек Жаксыбай | Нурбека Жаксыбая | Нурбеку Жаксыбаю | Нурбека Жаксыбая | Нурбеком Жаксыбаем | Нурбеке Жаксыбае
femn | Айгерим Маденова | Айгерим Маденовой | Айгерим Маденовой | Айгерим Маденову | Айгерим Маденовой | Айгерим Маденовой
femn | Динара Ахметкали | Динары Ахметкали | Динаре Ахметкали | Динару Ахметкали | Динарой Ахметкали | Динаре Ахметкали
# Caucasian names
masc | Давид Гегамян | Давида Гегамяна | Давиду Гегамяну | Давида Гегамяна | Давидом Гегамяном | Давиде Гегамяне
masc | Георгий Ломия | Георгия Ломии | Георгию Ломии | Георгия Ломию | Георгием Ломией | Георгии Ломии
# Chinese-like names: the first word stays, the second declines for a man
masc | Ли Чэньгуан | Ли Чэньгуана | Ли Чэньгуану | Ли Чэньгуана | Ли Чэньгуаном | Ли Чэньгуане
masc | Чжан Вэй | Чжан Вэя | Чжан Вэю | Чжан Вэя | Чжан Вэем | Чжан Вэе
masc | Ван И | Ван И | Ван И | Ван И | Ван И | Ван И
masc | Ким Сон Хо | Ким Сон Хо | Ким Сон Хо | Ким Сон Хо | Ким Сон Хо | Ким Сон Хо
# Western names
masc | Жозеф Рейн | Жозефа Рейна | Жозефу Рейну | Жозефа Рейна | Жозефом Рейном | Жозефе Рейне
masc | Андрей Шульц | Андрея Шульца | Андрею Шульцу | Андрея Шульца | Андреем Шульцем | Андрее Шульце
masc | Оскар Линдгрен | Оскара Линдгрена | Оскару Линдгрену | Оскара Линдгрена | Оскаром Линдгреном | Оскаре Линдгрене
"""
# form and case | reason: forms whose nominative is wrong today
WRONG_NOMINATIVES = """
Павле Куницыне loct | «Павле» is read as a form of another name
Глебе Ясене loct | a prepositional that is also a form of another word
Игоре Ковале loct | a prepositional that is also a form of another word
Ады Делин gent | a woman's name that does not decline is declined
Аду Делин accs | a woman's name that does not decline is declined
Ингрид Берг gent | a woman's name that does not decline is declined
Ингрид Берг accs | a woman's name that does not decline is declined
Нино Барадзе datv | a surname that nobody declines is declined
Нино Барадзе loct | a surname that nobody declines is declined
Жан-Люку Мерсье datv | a surname that nobody declines is declined
Жан-Люке Мерсье loct | a surname that nobody declines is declined
Мамеду Гулизаде datv | a surname that nobody declines is declined
Мамеде Гулизаде loct | a surname that nobody declines is declined
Динары Ахметкали gent | a surname that nobody declines is declined
Георгия Ломии gent | a man's surname in -ия
Георгию Ломии datv | a man's surname in -ия
Георгия Ломию accs | a man's surname in -ия
Георгии Ломии loct | a man's surname in -ия
Чжан Вэя gent | a short word in -й
Чжан Вэю datv | a short word in -й
Чжан Вэя accs | a short word in -й
Чжан Вэем ablt | a short word in -й
Чжан Вэе loct | a short word in -й
Ким Сон Хо gent | a surname that nobody declines is declined
Ким Сон Хо accs | a surname that nobody declines is declined
Жозефе Рейне loct | a prepositional that is also a form of another word
"""
# form and case | reason: forms that are not recognised as forms of their nominative today
WRONG_FORMS = """
Павла Куницына gent | a vowel of the first name that falls out
Павлу Куницыну datv | a vowel of the first name that falls out
Павла Куницына accs | a vowel of the first name that falls out
Павлом Куницыным ablt | a vowel of the first name that falls out
Павле Куницыне loct | a vowel of the first name that falls out
Льва Брагина gent | a vowel of the first name that falls out
Льву Брагину datv | a vowel of the first name that falls out
Льва Брагина accs | a vowel of the first name that falls out
Львом Брагиным ablt | a vowel of the first name that falls out
Льве Брагине loct | a vowel of the first name that falls out
"""
# form and case | reason: forms that are not seen to stand in their case today
WRONG_CASES = """
Эммы Крейг gent | a woman's surname that does not decline makes the whole name nominative
Эмме Крейг datv | a woman's surname that does not decline makes the whole name nominative
Эмму Крейг accs | a woman's surname that does not decline makes the whole name nominative
Эммой Крейг ablt | a woman's surname that does not decline makes the whole name nominative
Эмме Крейг loct | a woman's surname that does not decline makes the whole name nominative
Ады Делин gent | a woman's surname that does not decline makes the whole name nominative
Аду Делин accs | a woman's surname that does not decline makes the whole name nominative
Жан-Люка Мерсье gent | a surname that nobody declines hides the case of the first name
Жан-Люка Мерсье accs | a surname that nobody declines hides the case of the first name
Жан-Люком Мерсье ablt | a surname that nobody declines hides the case of the first name
Георгия Ломии gent | a man's surname in -ия
Георгия Ломию accs | a man's surname in -ия
Чжан Вэя gent | a short word in -й
Чжан Вэю datv | a short word in -й
Чжан Вэя accs | a short word in -й
Чжан Вэем ablt | a short word in -й
Чжан Вэе loct | a short word in -й
Жозефа Рейна gent | the first name is also a woman's
Жозефу Рейну datv | the first name is also a woman's
Жозефа Рейна accs | the first name is also a woman's
"""


def declined(wrong: str, marked: bool = True) -> list:
    """(gender, nominative, case, form) of every cell, those in `wrong` expected to fail."""
    reasons = {row[0]: row[1] for row in rows(wrong)}
    found = []
    for gender, *forms in rows(NAMES):
        for case, form in zip(CASES, forms, strict=True):
            reason = reasons.get(f"{form} {case}")
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            found.append(pytest.param(gender, forms[0], case, form, marks=marks, id=f"{form} {case}"))
    assert not reasons.keys() - {param.id for param in found}, "a reason for a form that is not in the table"
    return found


@pytest.mark.parametrize(("gender", "nominative", "case", "form"), declined(WRONG_NOMINATIVES))
def test_the_nominative_of_a_form_in_a_known_case(gender, nominative, case, form):
    assert fold(nominative_name(form.split(), [case])[0]) == fold(nominative)


@pytest.mark.parametrize(("gender", "nominative", "case", "form"), declined(WRONG_FORMS))
def test_a_form_is_recognised_as_one_of_its_name(gender, nominative, case, form):
    """The index finds a person of the world in any case by these forms."""
    assert all(fold(word) in noun_forms(base) for word, base in zip(form.split(), nominative.split(), strict=True))


@pytest.mark.parametrize(("gender", "nominative", "case", "form"), declined(WRONG_CASES))
def test_a_form_can_stand_in_its_case(gender, nominative, case, form):
    """A form that is no other than the nominative may be taken for it alone: the preposition before it decides."""
    assert case in name_cases(form.split()) or (form == nominative and "nomn" in name_cases(form.split()))


# one rendering | another | whether one person can bear both
COMPATIBLE = """
С. Дуванов | Сергей Дуванов | yes
С. Дуванов | Михаил Дуванов | no
Дуванов | Сергей Дуванов | yes
Пётр Старов | Петр Старов | yes
Марк Делин | Ада Делин | no
Айдар Жолдасбеков | Айдар Жолдосбеков | yes
Айдар Жолдасбеков | Айдар Жолдыбаев | no
Роман Волхин | Роман Андреевич Волхин | yes
Роман Волхин | Роман Волков | no
Ли | Ли Чэньгуан | yes
Анна | Анна Холм | no
А. Холм | Анна Холм | yes
"""
COMPATIBLE_ROWS = rows(COMPATIBLE)


@pytest.mark.parametrize(("one", "other", "expected"), COMPATIBLE_ROWS)
def test_two_renderings_of_a_name(one, other, expected):
    assert compatible_names(one, other) is (expected == "yes")
    assert compatible_names(other, one) is (expected == "yes")


@pytest.mark.parametrize(
    ("form", "case", "gender", "expected"),
    [
        ("Холмова", "gent", "femn", False),
        ("Холмова", "gent", "masc", True),
        ("Холмов", "gent", "masc", False),
        ("Барадзе", "gent", "masc", True),
        ("Берг", "ablt", "femn", True),
        ("Берг", "ablt", "masc", False),
        ("Волхиным", "nomn", "masc", False),
    ],
)
def test_where_a_form_cannot_stand(form, case, gender, expected):
    assert can_stand_in(form, case, gender) is expected


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Верхние", "верхних"),
        ("Ключи", "ключах"),
        ("Баян-Тау", "баян-тау"),
        ("Порт-Вельд", "порт-вельде"),
        ("Остра", "остре"),
        ("Кызыл-Су", "кызыл-су"),
        ("Торвель", "торвеле"),
        ("Гавань", "гаванью"),
        ("Тарлык", "тарлыком"),
        ("Зарения", "зарению"),
        ("Содружество", "содружества"),
        ("Тбилиси", "тбилиси"),
    ],
)
def test_forms_of_places_states_and_organisations(name, form):
    assert form in noun_forms(name)


@pytest.mark.parametrize(
    ("name", "form"), [("Остра", "остров"), ("Арда", "ардов"), ("Торвель", "торвельский"), ("Ли", "лис")]
)
def test_words_that_are_no_forms(name, form):
    assert form not in noun_forms(name)


def test_ё_and_е_are_one():
    assert fold("Пётр") == fold("Петр") == "петр"
