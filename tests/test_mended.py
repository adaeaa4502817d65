"""What the gold showed and was mended: rows that failed before, and their near misses. All composed anew, none is of the gold."""

import pytest

from tables import cases, read_text, who

PRESENT = """
Президент Веланды Иван Берег принял помощника Президента Зарении по водной политике Олега Дымова. | Иван Берег, Олег Дымов
Иван Берег встретился с президентом Академии наук Лирии Саидом Орловым. | Иван Берег, Саид Орлов
Президент Тарлыка Ерлан Орaзбек принял посла Лирии Дениса Каримова. | Ерлан Оразбек, Денис Каримов
"""
SPEAKERS = """
# the head of a company is no head of state; a king is no president
Президент Тарлыка Ерлан Оразбек принял председателя правления компании «Степьруда» Рашида Кемелова. Глава компании сообщил, что добыча выросла. | aksaray.tr | Рашид Кемелов
Президент Веланды Иван Берег провёл переговоры с королём Ольмии Освальдом II. «Мы помним эту помощь», – сказал король. | president.vl | Освальд II
# who only sends greetings is not in the room
Президент Лирии Тимур Салан принял министра Глеба Ясеня. Министр передал привет от Президента Веланды Ивана Берега. «Рад встрече», – сказал Президент. | mfa.vl | Тимур Салан
"""
COMMITMENTS = """
Следующее заседание Совета глав государств ССГ состоится 3 июня в Арде. | plan: Следующее заседание Совета глав государств ССГ состоится 3 июня в Арде, 2026-06-03 [deadline]
Председательство в Содружестве перейдёт к Лирии. | plan: Председательство в Содружестве перейдёт к Лирии
Министры договорились до 1 марта отменить визы для студентов. | plan: до 1 марта отменить визы для студентов, 2027-03-01 [deadline]
Министры договорились углублять сотрудничество. | -
Анна Холм пообещала достроить мост до конца октября. | promise: достроить мост до конца октября, 2026-10-31 [deadline]
Предыдущее заседание Совета глав государств ССГ состоялось в Арде. | -
Министр проинформировал о ходе строительства моста через Айру. | -
"""
DAYS = """
Президент Лирии Тимур Салан находился в Остре с визитом 21–22 апреля. | 2026-04-21 – 2026-04-22
21 апреля Президент Веланды Иван Берег принял посла Лирии. | 2026-04-21
"""


@pytest.mark.parametrize(("text", "expected"), cases(PRESENT))
def test_who_was_there(text: str, expected: str) -> None:
    record = read_text(text)
    meeting = next(m for m in record.meetings if m.relation == "reported")
    assert ", ".join(who(record, p.actor) for p in meeting.participants) == expected


@pytest.mark.parametrize(("text", "publisher", "expected"), cases(SPEAKERS))
def test_who_said_it(text: str, publisher: str, expected: str) -> None:
    record = read_text(text, publisher)
    assert [who(record, q.speaker) for q in record.quotes] == [expected]


@pytest.mark.parametrize(("text", "expected"), cases(COMMITMENTS))
def test_what_is_to_come(text: str, expected: str) -> None:
    shown = []
    for c in read_text(text).commitments:
        year = " [deadline]" if any(i.field == "deadline" for i in c.inferred) else ""
        shown.append(f"{c.kind}: {c.what}" + (f", {c.deadline.value}{year}" if c.deadline else ""))
    assert "; ".join(shown) == ("" if expected == "-" else expected)


@pytest.mark.parametrize(("text", "expected"), cases(DAYS))
def test_first_and_last_day(text: str, expected: str) -> None:
    meeting = next(m for m in read_text(text).meetings if m.relation == "reported")
    assert " – ".join(d.value for d in (meeting.start, meeting.end) if d) == expected


def test_an_accepted_invitation_is_no_reception() -> None:
    text = "Министр Глеб Ясень провёл телефонный разговор с Олжаном Кереем. Собеседник пригласил министра в Арду, приглашение было принято."
    assert {m.kind for m in read_text(text, "mfa.vl").meetings if m.relation == "reported"} == {"phone_call"}


def test_engineers_are_no_state() -> None:
    record = read_text("Президент Веланды Иван Берег поблагодарил лирийских инженеров за восстановление дамбы.")
    assert [who(record, r) for a in record.acts for r in a.addressees] == []


def test_a_headline_that_says_less_does_not_lead() -> None:
    text = "Иван Берег провёл встречу с Олжаном Кереем\n\nПрезидент Веланды Иван Берег принял министра иностранных дел Лирии Олжана Керея."
    assert [m.kind for m in read_text(text).meetings if m.relation == "reported"] == ["reception"]


@pytest.mark.parametrize(
    "text",
    ["Строители работали на мосту через реку.", "Договор ратифицирован парламентами.", "Он отметил ударный труд."],
)
def test_words_in_passing_are_no_topics(text: str) -> None:
    record = read_text(f"Президент Веланды Иван Берег принял посла Лирии. {text}")
    assert [t.code for m in record.meetings for t in m.topics] == []


@pytest.mark.parametrize(
    "words",
    [
        "Рассказал «Вестнику» помощник президента Лев Сомов, что гость остался доволен.",
        "Помощник президента Лев Сомов сообщил корреспонденту, что гость остался доволен.",
        "Помощник президента Лев Сомов написал, что гость остался доволен.",
    ],
)
def test_who_tells_the_press_is_not_in_the_room(words: str) -> None:
    record = read_text(f"Президент Веланды Иван Берег принял посла Лирии Дениса Каримова. Беседа была тёплой. {words}")
    meeting = next(m for m in record.meetings if m.relation == "reported")
    assert [who(record, p.actor) for p in meeting.participants] == ["Иван Берег", "Денис Каримов"]


def test_a_quotation_mark_is_no_initial() -> None:
    text = (
        "Премьер-министр Лирии Анна Холм приняла министра связи Ивана Дубова. Они говорили о работе компании «Волна».\n\n"
        "Дубов поблагодарил Анну Холм за встречу."
    )
    (act,) = read_text(text).acts
    assert [(r.as_written, r.start) for r in act.actors] == [("Дубов", text.rindex("Дубов"))]


def test_a_colleague_is_the_other_in_the_same_office() -> None:
    text = (
        "Министр иностранных дел Веланды Глеб Ясень провёл переговоры с министром иностранных дел Лирии Олжаном Кереем. "
        "Во встрече участвовал посол Лирии Денис Каримов. Глеб Ясень предложил коллеге провести форум."
    )
    record = read_text(text, "mfa.vl")
    act = next(a for a in record.acts if a.act == "propose")
    assert [who(record, r) for r in act.addressees] == ["Олжан Керей"]
    assert [i.field for i in act.inferred] == ["addressees"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Инвестиции Лирии в экономику Веланды составили 300 млн долларов.", ["investment_stock"]),
        ("Инвестиции в завод составили 300 млн долларов.", ["investment_flow"]),
        ("Объём взаимных инвестиций превысил 1,2 млрд долларов.", ["investment_stock"]),
        ("За год компания вложила 20 млн долларов.", ["investment_flow"]),
        ("Женщины займут 70 процентов рабочих мест.", ["other"]),
        ("Гости займут 70 процентов номеров.", []),
    ],
)
def test_what_a_sum_of_investment_is(text: str, codes: list[str]) -> None:
    record = read_text(f"Президент Веланды Иван Берег принял посла Лирии. {text}")
    assert [f.measure.code for f in record.figures] == codes
