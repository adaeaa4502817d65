"""Meetings: what kind, held or not, by which means, where, when, who was there, and what is another meeting."""

import pytest

from communique.record.dates import Date
from communique.record.facts import Meeting, Participation
from communique.record.record import Record
from tables import cases, inferred, read_text, who

# text | kind of the reported meeting; - for none
KIND = """
Иван Берег провёл переговоры с Тимуром Саланом. | talks
Иван Берег встретился с Тимуром Саланом. | talks
Иван Берег принял посла Лирии Лоренца Паргенина. | reception
Президент Веланды Иван Берег встретился с послом Лирии Лоренцом Паргениным. | reception
Посол Лирии Лоренц Паргенин был принят Иваном Берегом. | reception
Состоялся телефонный разговор Ивана Берега с Тимуром Саланом. | phone_call
Иван Берег поговорил по телефону с Тимуром Саланом. | phone_call
Иван Берег созвонился с Тимуром Саланом. | phone_call
Иван Берег и Тимур Салан провели переговоры по видеосвязи. | video_call
В Остре прошёл саммит ССГ с участием Ивана Берега, Тимура Салана и Романа Волхина. | summit
В Остре прошло заседание Совета глав государств ССГ. | council_session
Состоялась встреча Президента Веланды Ивана Берега, Президента Лирии Тимура Салана и Президента Зарении Романа Волхина. | summit
Президент Лирии Тимур Салан прибыл в Тарлык с официальным визитом. | visit
Посол Лирии Лоренц Паргенин вручил верительные грамоты Ивану Берегу. | ceremony
Иван Берег принял участие в церемонии открытия завода. | ceremony
Прошли консультации министров иностранных дел Лирии и Тарлыка Олжана Керея и Бахыта Турсунова. | consultations
Иван Берег выступил на форуме «Северный путь» в Арде. | forum
# a body wins over the word «саммит», a summit of an organisation without its body stays one
Иван Берег участвует в саммите ССГ.¶В Арде проходит заседание Совета глав государств ССГ. | council_session
# 36 a proposed video conference is no video call
Состоялся телефонный разговор Ивана Берега с Тимуром Саланом. Тимур Салан предложил провести видеоконференцию Совета. | phone_call
# sidelines are talks
На полях саммита ССГ Иван Берег встретился с Тимуром Саланом. | talks
# an informal meal
Иван Берег дал обед в честь Тимура Салана. | talks
Иван Берег и Тимур Салан сделали заявления для прессы. | press_statement
Иван Берег и Тимур Салан открыли завод в Кызыл-Су. | ceremony
Иван Берег и Тимур Салан дистанционно запустили завод. | ceremony
В рамках саммита ССГ состоялась встреча Ивана Берега с Тимуром Саланом. | talks
Иван Берег принял делегацию Лирии во главе с Анной Холм. | reception
"""
KIND_WRONG = """
Иван Берег и Тимур Салан выступили перед журналистами. | press_statement | read as no meeting
"""

# near misses: words of meetings, and none is reported
NO_MEETING = """
# 42, 43 telegrams
Иван Берег направил телеграмму Тимуру Салану. В ней он напомнил о встрече в Арде.
Свои поздравления Ивану Берегу направили президенты Лирии Тимур Салан и Тарлыка Ерлан Оразбек.
# 86 decrees and biographies
Указом Президента Веланды Лоренц Паргенин назначен послом. Он участвовал в переговорах о границе.
Лоренц Паргенин родился 14 мая 1970 года. Участвовал во встрече глав государств в Арде.
# 45 background only
Напомним, в мае Иван Берег встречался с Тимуром Саланом в Арде.
# light verbs
Иван Берег принял решение о строительстве дороги.
Иван Берег принял закон о торговле.
Иван Берег принял поздравления от Тимура Салана.
# 47 topics
Иван Берег отметил, что переговоры с Мерканией важны.
# 17 a thing, no meeting
Комитет провёл встречу выпускников.
"""
NO_MEETING_WRONG = """
Министры Глеб Ясень и Олжан Керей подготовили встречу Ивана Берега с Тимуром Саланом. | a meeting that others prepared is read as held, with them
Сообщения о том, что Иван Берег встретился с Тимуром Саланом, не подтвердились. | a rumour that is denied is read as held
По мнению Ивана Берега, высказанному на встрече с Тимуром Саланом, торговля растёт. | where an opinion was once said is read as a meeting under way
Иван Берег назвал визит «историческим событием». | the word «визит» with a person is read as a visit
Глава государства сообщил, что он встретится с Тимуром Саланом, если тот приедет. | a condition is read as a plan
"""

# text | status
STATUS = """
Иван Берег встретился с Тимуром Саланом. | held
Иван Берег встретится с Тимуром Саланом. | planned
В Остре состоится саммит ССГ с участием Ивана Берега. | planned
Иван Берег примет участие в саммите ССГ в Арде. | planned
На май запланирован визит Ивана Берега в Лирию. | planned
В Остре проходят переговоры Ивана Берега с Тимуром Саланом. | under_way
# 30 begun, not over
В Остре начались переговоры Ивана Берега с Тимуром Саланом. | under_way
Встреча Ивана Берега с Тимуром Саланом отменена. | cancelled
Встреча Ивана Берега с Тимуром Саланом не состоялась. | cancelled
Визит Ивана Берега в Лирию перенесён на осень. | postponed
# 83 denial
В ведомстве опровергли сообщения о встрече Ивана Берега с Тимуром Саланом. | denied
# near misses: a denied rumour, a future of another thing
Иван Берег встретился с Тимуром Саланом. Завод будет построен в мае. | held
Иван Берег встретился с Тимуром Саланом. Опровергнуты слухи о росте цен. | held
Переговоры Ивана Берега с Тимуром Саланом не были лёгкими, но прошли успешно. | held
# publication in the present tense
Иван Берег проводит переговоры с Тимуром Саланом. | under_way
Иван Берег не встретился с Тимуром Саланом. | cancelled
Иван Берег отказался от встречи с Тимуром Саланом. | cancelled
Иван Берег так и не принял Тимура Салана. | cancelled
Переговоры Ивана Берега с Тимуром Саланом сорваны. | cancelled
"""
STATUS_WRONG = """
# 30 not yet begun
Иван Берег и Тимур Салан направились на переговоры в узком формате. | under_way | «направились на переговоры» is read as held
Встречи Ивана Берега с Тимуром Саланом не было. | cancelled | «встречи не было» is read as no meeting or as held
"""

# text | mode setting informal
MODE = """
Иван Берег встретился с Тимуром Саланом. | in_person - -
Иван Берег и Тимур Салан провели переговоры в режиме видеоконференции. | video - -
Иван Берег в онлайн-формате встретился с Тимуром Саланом. | video - -
Иван Берег поговорил по телефону с Тимуром Саланом. | phone - -
Иван Берег провёл с Тимуром Саланом встречу один на один. | in_person one_on_one -
Иван Берег и Тимур Салан провели переговоры в узком составе. | in_person narrow -
На полях форума Иван Берег встретился с Тимуром Саланом. | in_person sidelines -
В Арде состоялась неформальная встреча Ивана Берега с Тимуром Саланом. | in_person - informal
# 36, 37, 38 other meetings' means, and things done from afar
Иван Берег встретился с Тимуром Саланом. Они впервые за три года встретились очно, прежде говорили по видеосвязи. | in_person - -
Иван Берег встретился с Тимуром Саланом. Президенты дистанционно открыли завод. | in_person - -
Иван Берег принял посла Лирии Лоренца Паргенина. Обсуждено развитие телефонной связи. | in_person - -
Иван Берег встретился с главой телефонной компании Лирии Адой Делин. | in_person - -
Иван Берег и Тимур Салан провели переговоры в расширенном составе. | in_person extended -
"""
MODE_WRONG = """
"""

# text | place country venue; (i) where inferred, - for none
PLACE = """
Иван Берег встретился с Тимуром Саланом в Порт-Вельде. | Порт-Вельд x-merkania -
Переговоры Ивана Берега с Тимуром Саланом прошли в городе Верхние Ключи. | Верхние Ключи x-velanda -
Переговоры Ивана Берега с Тимуром Саланом прошли в столице Лирии Арде. | Арда x-liria -
Арда, Лирия¶Иван Берег встретился с Тимуром Саланом. | Арда x-liria - (i)
АРДА, 14 мая – Иван Берег встретился с Тимуром Саланом. | Арда x-liria - (i)
# 22 a renamed city keeps the name of its day
Иван Берег встретился с Ерланом Оразбеком в Старом Тарлыке. | Старый Тарлык x-tarlyk -
# 23 a dateline is not the place when the text says another
АРДА, 14 мая – Иван Берег встретился с Тимуром Саланом в Порт-Вельде. | Порт-Вельд x-merkania -
# 24 a residence
Иван Берег встретился с Ерланом Оразбеком в Доме Согласия в Баян-Тау. | Баян-Тау x-tarlyk Доме Согласия
# never for phone or video
АРДА, 14 мая – Иван Берег поговорил по телефону с Тимуром Саланом. | -
АРДА, 14 мая – Иван Берег и Тимур Салан провели переговоры по видеосвязи. | -
# 20, 21 a capital that acts is no place
Остра и Арда договорились. Иван Берег встретился с Тимуром Саланом. | -
# 46 the place of a topic
Иван Берег встретился с Тимуром Саланом. Обсуждены переговоры в Порт-Вельде. | -
# 47 a country as a topic
Иван Берег встретился с Тимуром Саланом. Обсуждено положение в Меркании. | -
# 49 the place of an invitation
Иван Берег встретился с Тимуром Саланом и пригласил его на саммит в Остре. | -
# 67 a project
Иван Берег встретился с Тимуром Саланом. Обсуждена дорога Арда – Остра. | -
Иван Берег встретился с Тимуром Саланом и осмотрел завод в Кызыл-Су. | -
# 68 the next one
Иван Берег встретился с Тимуром Саланом. Следующая встреча пройдёт в Арде. | -
# an embassy
Иван Берег встретился с послом Веланды в Лирии Лоренцом Паргениным. | -
# where they came from
Иван Берег встретился с прибывшим из Арды Тимуром Саланом. | -
В Арде Иван Берег встретился с Тимуром Саланом. | Арда x-liria -
"""
PLACE_WRONG = """
Тимур Салан, встреча с которым прошла накануне, вылетел в Арду. | - | where he flew afterwards is read as the place
Тимур Салан посетил Остру, где встретился с Иваном Берегом. | Остра x-velanda - | the town before «где» is lost
Иван Берег встретился с Тимуром Саланом в Сосновом дворце. | - x-velanda Сосновом дворце | a palace that is also a nickname is no venue
"""

# text | published | start; (i) where inferred
WHEN = """
14 мая 2026 года Иван Берег встретился с Тимуром Саланом. | - | 2026-05-14
14 мая Иван Берег встретился с Тимуром Саланом. | - | XXXX-05-14
14 мая Иван Берег встретился с Тимуром Саланом. | 2026-05-15 | 2026-05-14 (i)
30 декабря Иван Берег встретился с Тимуром Саланом. | 2026-01-02 | 2025-12-30 (i)
Сегодня Иван Берег встретился с Тимуром Саланом. | 2026-05-14 | 2026-05-14
Вчера Иван Берег встретился с Тимуром Саланом. | 2026-05-14 | 2026-05-13
Во вторник Иван Берег встретился с Тимуром Саланом. | 2026-05-14 | 2026-05-12
Иван Берег встретился с Тимуром Саланом. | 2026-05-14 | 2026-05-14 (i)
Иван Берег встретился с Тимуром Саланом. | - | -
14 мая 2026 года, 18:20¶Иван Берег встретился с Тимуром Саланом. | - | 2026-05-14 (i)
Саммит ССГ с участием Ивана Берега прошёл 12–14 октября 2025 года в Арде. | - | 2025-10-12/2025-10-14
# without a header a weekday is no date
Во вторник Иван Берег встретился с Тимуром Саланом. | - | -
# 45, 49, 60, 61, 64 dates of other things
Иван Берег встретился с Тимуром Саланом и пригласил его посетить Остру 3 июня 2026 года. | - | -
Иван Берег и Тимур Салан встретились и подписали План на 2026–2030 годы. | - | -
Иван Берег встретился с Тимуром Саланом. Обсуждён Договор от 3 марта 2018 года. | - | -
Иван Берег встретился с Тимуром Саланом. Следующая встреча состоится 3 июня 2026 года. | - | -
Иван Берег встретился с Тимуром Саланом. Оборот вырастет к 1 января 2030 года. | - | -
Иван Берег встретился с Тимуром Саланом. Предыдущая встреча прошла 3 марта 2025 года. | - | -
Иван Берег встретился с Тимуром Саланом, который родился 3 марта 1965 года. | - | -
"""
WHEN_WRONG = """
24 января Иван Берег встретится с Тимуром Саланом. | 2026-03-10 | 2027-01-24 (i) | more than 300 days ahead
"""

# text | participants: name presence capacity
PEOPLE = """
Иван Берег встретился с Тимуром Саланом. | Иван Берег present -; Тимур Салан present -
Иван Берег принял Тимура Салана. | Иван Берег present host; Тимур Салан present guest
Состоялся телефонный разговор Ивана Берега с Тимуром Саланом. | Иван Берег present -; Тимур Салан present -
# lists of those who took part
В саммите ССГ участвовали Иван Берег, Тимур Салан и Роман Волхин. | Иван Берег present -; Тимур Салан present -; Роман Волхин present -
Наряду с Иваном Берегом в саммите ССГ участвовали Тимур Салан и Роман Волхин. | Иван Берег present -; Тимур Салан present -; Роман Волхин present -
# 6 titles distribute
В саммите участвовали президенты Веланды Иван Берег, Лирии Тимур Салан и премьер-министр Кастании Виктор Торин. | Иван Берег present -; Тимур Салан present -; Виктор Торин present -
# 10 «also took part»
Иван Берег встретился с Тимуром Саланом. Во встрече также участвовал министр иностранных дел Лирии Олжан Керей. | Иван Берег present -; Тимур Салан present -; Олжан Керей present -
# 12 the president inside a title
Иван Берег принял помощника Президента Зарении Ромула Дамурина. | Иван Берег present host; Ромул Дамурин present guest
# 31 announced: all expected
В саммите ССГ примут участие Иван Берег и Тимур Салан. | Иван Берег expected -; Тимур Салан expected -
# 32 met at the airport
Тимур Салан прибыл в Тарлык с визитом. В аэропорту гостя встретила Айгерим Маденова. | Тимур Салан present -
# 33 named absentee and substitute
В саммите ССГ примут участие Иван Берег и Тимур Салан. Президент Кастании Садир Аманов не приедет, страну представит Премьер-министр Виктор Торин. | Иван Берег expected -; Тимур Салан expected -; Садир Аманов absent -; Виктор Торин expected -
# 34 a guest by video
В Остре прошёл саммит ССГ с участием Ивана Берега, Тимура Салана и Романа Волхина. Президент Меркании Жозеф Рейн обратился к участникам по видеосвязи. | Иван Берег present -; Тимур Салан present -; Роман Волхин present -; Жозеф Рейн by_video -
# 46 a third party as a topic
Иван Берег встретился с Тимуром Саланом. Иван Берег рассказал о переговорах с Жозефом Рейном. | Иван Берег present -; Тимур Салан present -
# 48 greetings passed on
Иван Берег принял посла Лирии Лоренца Паргенина. Лоренц Паргенин передал приветствие Президента Лирии Тимура Салана. | Иван Берег present host; Лоренц Паргенин present guest
# 50 the inviter of a visit
По приглашению Ивана Берега Тимур Салан прибыл в Веланду с визитом. | Тимур Салан present -
# 70 the chair
Под председательством Ивана Берега прошло заседание Совета глав государств ССГ. | Иван Берег present chair
# 70 a country in the chair is no person
Под председательством Веланды прошло заседание Совета глав государств ССГ с участием Тимура Салана. | Тимур Салан present -
# 73 the spokesman
Иван Берег встретился с Тимуром Саланом. Об этом сообщил пресс-секретарь Орвин Пигартин. | Иван Берег present -; Тимур Салан present -
# 76 named in a quote
Иван Берег встретился с Тимуром Саланом. «Мы помним Петра Старова», – сказал Иван Берег. | Иван Берег present -; Тимур Салан present -
# a deputy speaks, the absent one is not there
Вместо Ивана Берега на саммите ССГ выступила Мара Линд. | Мара Линд present -
По поручению Ивана Берега Мара Линд провела переговоры с Анной Холм. | Мара Линд present -; Анна Холм present -
Иван Берег встретился с журналистами и рассказал о переговорах с Тимуром Саланом. | Иван Берег present -
Заместитель Ивана Берега встретился с Анной Холм. | Анна Холм present -
# an award, an appointment
Иван Берег встретился с Тимуром Саланом и наградил Анну Холм орденом. | Иван Берег present -; Тимур Салан present -
# a comment from outside
Иван Берег встретился с Тимуром Саланом. Садир Аманов приветствовал эту встречу. | Иван Берег present -; Тимур Салан present -
В саммите ССГ участвовали лидеры Веланды и Тарлыка. | ? leader x-velanda present -; ? leader x-tarlyk present -
Иван Берег принял участие в церемонии открытия порта. На церемонии присутствовал Тимур Салан. | Иван Берег present -; Тимур Салан present -
Встреча Ивана Берега и Тимура Салана пройдёт в Арде, сообщил Олжан Керей. | Иван Берег expected -; Тимур Салан expected -
Иван Берег принял делегацию Лирии во главе с Анной Холм. | Иван Берег present host; Анна Холм present guest
Прошла встреча главы МИД Лирии О.Керея с главой МИД Зарении С.Дувановым. | Олжан Керей present -; Сергей Дуванов present -
Иван Берег принял Тимура Салана, ранее встречавшегося с Романом Волхиным. | Иван Берег present host; Тимур Салан present guest
Пресс-секретарь Ивана Берега Орвин Пигартин сообщил, что Тимур Салан встретится с Романом Волхиным. | Тимур Салан expected -; Роман Волхин expected -
Иван Берег обсудил с Марой Линд итоги переговоров с Тимуром Саланом. | Иван Берег present -; Мара Линд present -
Иван Берег встретился с Тимуром Саланом. Роман Волхин, сообщил Иван Берег, тоже приедет. | Иван Берег present -; Тимур Салан present -
"""
PEOPLE_WRONG = """
Иван Берег встретился с Тимуром Саланом (Роман Волхин к ним не присоединился). | Иван Берег present -; Тимур Салан present - | who did not join is read as present
# 9 countries without names are participants without a name
Тимур Салан прибыл в Арду. Затем состоялись его переговоры с Иваном Берегом. | Тимур Салан present -; Иван Берег present - | «его переговоры» has one side
В заседании Совета глав государств ССГ участвовали Иван Берег и Тимур Салан. В качестве наблюдателя присоединился Карим Нурлан. | Иван Берег present -; Тимур Салан present -; Карим Нурлан present observer | an observer has no capacity
"""

# text | format
FORMAT = """
Иван Берег встретился с Тимуром Саланом. | bilateral
Президент Веланды Иван Берег принял посла Лирии Лоренца Паргенина. | bilateral
В Остре прошло заседание Совета глав государств ССГ. | multilateral
Президент Веланды Иван Берег, Президент Лирии Тимур Салан и Президент Зарении Роман Волхин провели встречу. | multilateral
# two states, more people than two
Президент Лирии Тимур Салан и министр иностранных дел Лирии Олжан Керей встретились с Президентом Тарлыка Ерланом Оразбеком. | bilateral
# one side only
Президент Лирии Тимур Салан прибыл в Тарлык с визитом. | -
Президент Веланды Иван Берег встретился с Президентом Лирии Тимуром Саланом. Во встрече участвовал Глеб Ясень. | bilateral
"""
FORMAT_WRONG = """
"""

# text | all meetings: kind relation people, joined by ;
PARTS = """
# 28, 91 a visit with its parts
Президент Лирии Тимур Салан прибыл в Тарлык с визитом. В Доме Согласия состоялись переговоры Тимура Салана с Президентом Тарлыка Ерланом Оразбеком. Затем Тимур Салан встретился с Премьер-министром Тарлыка Айгерим Маденовой. | visit reported Салан; talks part Салан Оразбек; talks part Салан Маденова
# 39 two receptions
Иван Берег принял посла Лирии Лоренца Паргенина. Затем Иван Берег принял посла Кастании Йоргиса Логара. | reception reported Берег Паргенин; reception reported Берег Логар
# 40 a digest
Иван Берег поговорил по телефону с Тимуром Саланом. Сергей Дуванов встретился в Ильгороде с Бахытом Турсуновым. | phone_call reported Берег Салан; talks reported Дуванов Турсунов
# 41 a later lunch
Иван Берег провёл переговоры с Тимуром Саланом. Позднее Иван Берег дал обед в честь Анны Холм. | talks reported Берег Салан; talks reported Берег Холм
# 45 an earlier one
Иван Берег встретился с Тимуром Саланом. Напомним, в марте Иван Берег встречался с Романом Волхиным в Ильгороде. | talks reported Берег Салан; talks earlier Берег Волхин
# 68 the next one
Иван Берег встретился с Тимуром Саланом. Следующая встреча Ивана Берега с Тимуром Саланом пройдёт в Арде. | talks reported Берег Салан; talks later Берег Салан
# one meeting told twice
Иван Берег встретился с Тимуром Саланом¶Сегодня в Остре состоялась встреча Ивана Берега с Тимуром Саланом. В ходе встречи обсуждена торговля. | talks reported Берег Салан
# 71 narrow, then extended: one session
В Остре прошло заседание Совета глав государств ССГ. В узком составе участвовали Иван Берег и Тимур Салан. В расширенном составе к ним присоединился Карим Нурлан. | council_session reported Берег Салан Нурлан
Иван Берег, находящийся в Арде с визитом, встретился с Тимуром Саланом. | talks reported Берег Салан
"""
PARTS_WRONG = """
Президент Лирии Тимур Салан, который прибыл в Остру, провёл переговоры с Премьер-министром Веланды Марой Линд. | talks reported Салан Линд | the arrival that explains talks is read as a visit of both
# 39, 40 several counterparts are several meetings
Иван Берег провёл телефонные разговоры с Президентом Лирии Тимуром Саланом и Президентом Тарлыка Ерланом Оразбеком. | phone_call reported Берег Салан; phone_call reported Берег Оразбек | two calls are read as one of three
Иван Берег принял послов Лирии и Кастании – Лоренца Паргенина и Йоргиса Логара. В беседе с Лоренцом Паргениным обсуждена торговля, с Йоргисом Логаром – транспорт. | reception reported Берег Паргенин; reception reported Берег Логар | two receptions are read as one of three
# one meeting, and no second
Иван Берег принял Премьер-министра Лирии Анну Холм, прибывшую в Остру с рабочим визитом. | reception reported Берег Холм | the visit that explains a reception is read as a visit of both
"""


def main_meeting(text: str, published: str | None = "2026-05-14") -> tuple[Record, Meeting | None]:
    record = read_text(text, published=published)
    return record, next((m for m in record.meetings if m.relation == "reported"), None)


def marked(value: str | None, meeting: Meeting, field: str) -> str:
    return (value or "-") + (" (i)" if value and inferred(meeting, field) else "")


def kind(text: str) -> str:
    _, meeting = main_meeting(text)
    return meeting.kind if meeting else "-"


def status(text: str) -> str:
    _, meeting = main_meeting(text)
    return meeting.status if meeting else "-"


def mode(text: str) -> str:
    _, meeting = main_meeting(text)
    if meeting is None:
        return "no meeting"
    return f"{meeting.mode} {meeting.setting or '-'} {'informal' if meeting.informal else '-'}"


def place(text: str) -> str:
    _, meeting = main_meeting(text)
    if meeting is None:
        return "no meeting"
    if meeting.place is None:
        return "-"
    words = f"{meeting.place.name or '-'} {meeting.place.country or '-'} {meeting.place.venue or '-'}"
    return marked(words, meeting, "place")


def when(text: str, published: str) -> str:
    _, meeting = main_meeting(text, None if published == "-" else published)
    if meeting is None:
        return "no meeting"
    days = marked(_value(meeting.start), meeting, "start")
    return days if meeting.end is None else f"{days}/{marked(_value(meeting.end), meeting, 'end')}"


def _value(date: Date | None) -> str | None:
    return date.value if date else None


def meeting_format(text: str) -> str:
    _, meeting = main_meeting(text)
    return (meeting.format or "-") if meeting else "no meeting"


def participant(record: Record, part: Participation) -> str:
    return f"{who(record, part.actor)} {part.presence} {part.capacity or '-'}"


def people(text: str) -> str:
    record, meeting = main_meeting(text)
    return "; ".join(participant(record, p) for p in meeting.participants) if meeting else "no meeting"


def all_meetings(text: str) -> str:
    record = read_text(text)

    def row(meeting: Meeting) -> str:
        surnames = " ".join(who(record, p.actor).split()[-1] for p in meeting.participants)
        return f"{meeting.kind} {meeting.relation} {surnames}"

    return "; ".join(row(m) for m in record.meetings)


@pytest.mark.parametrize(("text", "expected"), cases(KIND, KIND_WRONG))
def test_kind(text, expected):
    assert kind(text) == expected


@pytest.mark.parametrize("text", cases(NO_MEETING, NO_MEETING_WRONG))
def test_no_meeting_is_reported(text):
    assert kind(text) == "-"


@pytest.mark.parametrize(("text", "expected"), cases(STATUS, STATUS_WRONG))
def test_status(text, expected):
    assert status(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases(MODE, MODE_WRONG))
def test_mode_and_setting(text, expected):
    assert mode(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases(PLACE, PLACE_WRONG))
def test_place(text, expected):
    assert place(text) == expected


@pytest.mark.parametrize(("text", "published", "expected"), cases(WHEN, WHEN_WRONG))
def test_date(text, published, expected):
    assert when(text, published) == expected


@pytest.mark.parametrize(("text", "expected"), cases(PEOPLE, PEOPLE_WRONG))
def test_people(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases(FORMAT, FORMAT_WRONG))
def test_format(text, expected):
    assert meeting_format(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases(PARTS, PARTS_WRONG))
def test_several_meetings(text, expected):
    assert all_meetings(text) == expected


def test_a_session_has_its_body_its_number_and_its_organisation():
    text = "В Остре прошло 21-е заседание Совета глав государств ССГ под председательством Ивана Берега."
    record, meeting = main_meeting(text)
    assert meeting is not None and meeting.series is not None
    assert who(record, meeting.body) == "Совет глав государств ССГ"
    assert (meeting.series.name, meeting.series.ordinal) == ("заседание", 21)


def test_a_part_names_its_whole():
    text = PARTS.strip().splitlines()[1].split("|")[0]
    record = read_text(text)
    visit, *parts = record.meetings
    assert parts and {p.part_of for p in parts} == {visit.id}


def test_a_stated_place_is_cited_and_an_inferred_one_has_its_reason():
    _, stated = main_meeting("В Арде Президент Иван Берег встретился с Тимуром Саланом.")
    _, dateline = main_meeting("Арда, Лирия\nИван Берег встретился с Тимуром Саланом.")
    assert stated is not None and dateline is not None
    assert "Арде" in next(e.quote for e in stated.evidence if "place" in e.fields)
    (why,) = [i for i in dateline.inferred if i.field == "place"]
    assert why.source == "Арда" and "dateline" in why.reason


def test_topics_of_the_reported_meeting_stay_out_of_the_earlier_one():
    text = "Иван Берег встретился с Тимуром Саланом. Обсуждена торговля. Напомним, в марте Иван Берег встречался с Романом Волхиным."
    record = read_text(text)
    assert [[t.code for t in m.topics] for m in record.meetings] == [["trade"], []]


def test_talks_that_have_just_begun_have_no_topics():
    """30: what they will discuss is not known yet."""
    _, meeting = main_meeting("В Арде начались переговоры Ивана Берега с Тимуром Саланом.")
    assert meeting is not None and (meeting.status, meeting.topics) == ("under_way", ())
