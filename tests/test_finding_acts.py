"""Acts: who thanked, congratulated, invited, proposed, asked, backed, agreed, informed whom, and for what."""

import pytest

from communique.record.facts import Act
from communique.record.record import Record
from tables import cases, inferred, names, read_text

# text | actors act addressees: about; several acts by ; - for nobody, (i) behind those who are inferred
ACTS = """
# verbs
Иван Берег поблагодарил Тимура Салана за тёплый приём. | Иван Берег thank Тимур Салан: тёплый приём
Иван Берег поздравил Анну Холм с днём рождения. | Иван Берег congratulate Анна Холм: днём рождения
Иван Берег пригласил Тимура Салана посетить Остру осенью. | Иван Берег invite Тимур Салан: посетить Остру осенью
Тимур Салан предложил создать водный совет. | Тимур Салан propose -: создать водный совет
Анна Холм предложила Ивану Берегу создать водный совет. | Анна Холм propose Иван Берег: создать водный совет
Иван Берег попросил Тимура Салана о помощи. | Иван Берег request Тимур Салан: о помощи
Роман Волхин поддержал эту инициативу. | Роман Волхин support -: эту инициативу
Иван Берег осудил нападение на порт. | Иван Берег condemn -: нападение на порт
Стороны договорились об открытии рынков. | they agree -: об открытии рынков
Иван Берег договорился с Тимуром Саланом об открытии рынков. | Иван Берег agree Тимур Салан: об открытии рынков
Анна Холм проинформировала Ивана Берега о ходе реформ. | Анна Холм inform Иван Берег: ходе реформ
Глеб Ясень доложил Ивану Берегу об итогах визита. | Глеб Ясень inform Иван Берег: итогах визита
Анна Холм пообещала поставить зерно. | Анна Холм promise -: поставить зерно
Иван Берег поручил Маре Линд подготовить план. | Иван Берег instruct Мара Линд: подготовить план
Иван Берег призвал Тимура Салана к миру. | Иван Берег appeal Тимур Салан: к миру
Иван Берег наградил Анну Холм орденом. | Иван Берег award Анна Холм: орденом
# nouns with a verb that carries them
Иван Берег выразил признательность Тимуру Салану за помощь. | Иван Берег thank Тимур Салан: помощь
Иван Берег выразил искреннюю благодарность лирийской стороне за помощь. | Иван Берег thank Лирия: помощь
Иван Берег обратился к Тимуру Салану с просьбой открыть рынок. | Иван Берег request Тимур Салан: открыть рынок
Иван Берег выступил с инициативой создать водный совет. | Иван Берег propose -: создать водный совет
Иван Берег выразил соболезнования Анне Холм в связи с наводнением. | Иван Берег condole Анна Холм: в связи с наводнением
Иван Берег подтвердил готовность углублять торговлю. | Иван Берег express_readiness -: углублять торговлю
Анна Холм выразила обеспокоенность ростом цен. | Анна Холм express_concern -: ростом цен
Стороны условились поддерживать связь. | they agree -: поддерживать связь
# the words of another about another
От имени Ивана Берега Глеб Ясень поблагодарил Анну Холм за помощь. | Глеб Ясень thank Анна Холм: помощь
Инициативу Тимура Салана поддержал Иван Берег. | Иван Берег support -: Инициативу Тимура Салана
# the colleague
Олжан Керей принял министра иностранных дел Зарении Сергея Дуванова. Олжан Керей поблагодарил заренского коллегу за помощь. | Олжан Керей thank Сергей Дуванов: помощь
# two acts in a sentence
Иван Берег поблагодарил Тимура Салана за помощь, поддержав инициативу об открытии рынков. | Иван Берег thank Тимур Салан: помощь; Иван Берег support -: инициативу об открытии рынков
# 50 an invitation that only explains a visit is earlier
По приглашению Тимура Салана в Арду прибыл Иван Берег. | Тимур Салан invite Иван Берег: - earlier
# 52 a passive has no actor
Выражена признательность за помощь. | - thank -: помощь
Достигнута договорённость об открытии рынков. | - agree -: об открытии рынков
# 53 an act in the headline only
Иван Берег поблагодарил главу фонда¶Встреча прошла в Остре. | Иван Берег thank ? head: -
# first person of a speaker
# background is earlier
Ранее Иван Берег поблагодарил Тимура Салана за помощь. | Иван Берег thank Тимур Салан: помощь earlier
# 2 each president by his state
Президент Лирии поблагодарил Президента Тарлыка за приём. | Тимур Салан thank Ерлан Оразбек: приём
# the other of two
Иван Берег принял Тимура Салана. Тимур Салан поблагодарил за приём. | Тимур Салан thank Иван Берег (i): приём
"""
ACTS_WRONG = """
# the object stands before the verb
Тимура Салана поблагодарил Иван Берег. | Иван Берег thank Тимур Салан: - | who thanks is read as who is thanked
Тимура Салана пригласил Иван Берег. | Иван Берег invite Тимур Салан: - | who invites is read as who is invited
Анну Холм поздравила Мара Линд. | Мара Линд congratulate Анна Холм: - | the subject behind its object is lost
# in speech
«Благодарю Ивана Берега за помощь», – сказал Тимур Салан. | Тимур Салан (i) thank Иван Берег: помощь | the verb at the head of the words is glued to the name
– Большое спасибо за тёплый приём, – сказал Тимур Салан. | Тимур Салан (i) thank -: тёплый приём | the matter runs over the end of the words into their attribution
# the rest
Тимур Салан рассказал о том, что завод построен. | Тимур Салан inform -: том, что завод построен | the matter is cut before its clause
Иван Берег поблагодарил Тимура Салана, который пригласил Анну Холм в Остру. | Иван Берег thank Тимур Салан: -; Тимур Салан invite Анна Холм: в Остру | «который» finds no actor
Иван Берег поблагодарил Тимура Салана за помощь и пригласил его посетить Остру. | Иван Берег thank Тимур Салан: помощь; Иван Берег invite Тимур Салан (i): посетить Остру | «его» finds no addressee outside a meeting of two
Признательность за помощь выразил Иван Берег. | Иван Берег thank -: помощь | the matter between noun and verb is lost
Иван Берег поручил Маре Линд подготовить план, а Глебу Ясеню – доложить. | Иван Берег instruct Мара Линд: подготовить план; Иван Берег instruct Глеб Ясень: доложить | a second order without its verb is taken into the first
"""

# near misses: no act
NO_ACTS = """
# 83 negation
Иван Берег не поддержал эту инициативу.
Иван Берег не поблагодарил Тимура Салана.
# 84 condition, possibility, plan
Иван Берег может поддержать эту инициативу.
Иван Берег готов пригласить Тимура Салана.
Если Иван Берег поддержит инициативу, план изменится.
Иван Берег поблагодарит Тимура Салана за помощь.
# passing on good wishes is no act
Иван Берег пожелал Тимуру Салану крепкого здоровья.
# told about others
Анна Холм сообщила, что Тимур Салан поддержал инициативу Ивана Берега.
Иван Берег отметил, что страны поддержали друг друга.
# other meanings of the verbs
Иван Берег предложил тост.
Иван Берег принял участие в параде.
Иван Берег приветствовал гостей парада.
Между странами поддерживаются дружеские связи.
Прибыл благодарный гость.
Состоялся поздравительный концерт.
# a commitment to values is no promise
Стороны приверженны миру.
# in direct speech only the first person acts
– Они поддержали нас в трудный час, – сказал Тимур Салан.
"""
NO_ACTS_WRONG = """
"""


def parties(record: Record, act: Act, field: str) -> str:
    return names(record, getattr(act, field)) + (" (i)" if inferred(act, field) else "")


def acts(text: str) -> str:
    record = read_text(text)

    def row(act: Act) -> str:
        words = f"{parties(record, act, 'actors')} {act.act} {parties(record, act, 'addressees')}: {act.about or '-'}"
        return words if act.relation == "reported" else f"{words} {act.relation}"

    return "; ".join(row(a) for a in record.acts)


@pytest.mark.parametrize(("text", "expected"), cases(ACTS, ACTS_WRONG))
def test_acts(text, expected):
    assert acts(text) == expected


@pytest.mark.parametrize("text", cases(NO_ACTS, NO_ACTS_WRONG))
def test_no_acts(text):
    assert acts(text) == ""


def test_the_actor_of_an_act_stands_in_its_evidence():
    record = read_text("Иван Берег поблагодарил Тимура Салана за тёплый приём.")
    (act,) = record.acts
    cited = {f: e.quote for e in act.evidence for f in e.fields}
    assert "Иван Берег" in cited["actors"] and "Тимура Салана" in cited["addressees"]
    assert "поблагодарил" in cited["act"] and "тёплый приём" in cited["about"]


def test_an_act_told_and_quoted_is_one():
    text = "Тимур Салан поблагодарил Ивана Берега за помощь.\n– Благодарю за помощь, – сказал Тимур Салан."
    assert [a.said_by for a in read_text(text).acts] == ["narrator"]
