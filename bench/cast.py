"""A cast: the names of the fictional world, in every case, and the world files that go with them.

In: nothing, or a seed. Out: a Cast whose roles ("vl.president") are always the same and whose names differ by seed.
Holds always: a renamed cast keeps the gender of every person, so that one template is good Russian in both.
"""

import csv
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CASES = ("nom", "gen", "dat", "acc", "ins", "prp")
EXAMPLE_WORLD = Path(__file__).parent.parent / "examples" / "world"
_HUSHING = "жшчщц"
_VELAR = "гкх" + "жшчщ"


@dataclass(frozen=True)
class Forms:
    """One name in the six cases, in the order of CASES."""

    forms: tuple[str, str, str, str, str, str]

    def __getitem__(self, case: str) -> str:
        return self.forms[CASES.index(case)]

    def __add__(self, other: "Forms") -> "Forms":
        return Forms(tuple(f"{a} {b}" for a, b in zip(self.forms, other.forms, strict=True)))  # type: ignore[arg-type]


def fixed(word: str) -> Forms:
    """A word without case forms.

    >>> fixed("Баян-Тау")["prp"]
    'Баян-Тау'
    """
    return Forms((word,) * 6)


def _with(stem: str, endings: str) -> Forms:
    return Forms(tuple(stem + e.strip("-") for e in endings.split()))  # type: ignore[arg-type]


def masculine(word: str, *, animate: bool = True) -> Forms:
    """A masculine noun or first name by its ending.

    >>> [masculine("Олжан")[c] for c in CASES][1:5]
    ['Олжана', 'Олжану', 'Олжана', 'Олжаном']
    """
    if word[-1] in "ая":
        return feminine(word)
    if word[-1] in "еёиоуыэю":
        return fixed(word)
    if word.endswith("ец") and len(word) > 4:
        forms = _with(word[:-2], "ец ца цу ца цом це")
    elif word.endswith("ий"):
        forms = _with(word[:-1], "й я ю я ем и")
    elif word[-1] in "йь":
        forms = _with(word[:-1], f"{word[-1]} я ю я ем е")
    else:
        forms = _with(word, "- а у а ем е" if word[-1] in _HUSHING else "- а у а ом е")
    return forms if animate else Forms((*forms.forms[:3], word, *forms.forms[4:]))


def feminine(word: str) -> Forms:
    """A feminine noun or first name by its ending; a consonant has no case forms.

    >>> [feminine("Лирия")[c] for c in CASES]
    ['Лирия', 'Лирии', 'Лирии', 'Лирию', 'Лирией', 'Лирии']
    """
    if word.endswith("ия"):
        return _with(word[:-1], "я и и ю ей и")
    if word.endswith("я"):
        return _with(word[:-1], "я и е ю ей е")
    if word.endswith("а"):
        soft = word[-2]
        gen, ins = "и" if soft in _VELAR else "ы", "ей" if soft in _HUSHING else "ой"
        return _with(word[:-1], f"а {gen} е у {ins} е")
    if word.endswith("ь"):
        return _with(word[:-1], "ь и и ь ью и")
    return fixed(word)


def adjective(word: str, gender: str, *, animate: bool = False) -> Forms:
    """A hard adjective, given in the masculine, in the gender asked for (m, f, n, p).

    >>> adjective("веландский", "f")["dat"]
    'веландской'
    """
    stem, high = word[:-2], "и" if word[-3] in _VELAR else "ы"
    if gender == "f":
        return _with(stem, "ая ой ой ую ой ой")
    if gender == "p":
        return _with(stem, f"{high}е {high}х {high}м {high + ('х' if animate else 'е')} {high}ми {high}х")
    nom = word[-2:] if gender == "m" else "ое"
    return _with(stem, f"{nom} ого ому {'ого' if animate else nom} {high}м ом")


def surname(word: str, gender: str) -> Forms:
    """A surname by ending and gender.

    >>> surname("Маденова", "f")["ins"], surname("Дуванов", "m")["ins"], surname("Линд", "f")["ins"]
    ('Маденовой', 'Дувановым', 'Линд')
    """
    if gender == "f":
        if word.endswith(("ова", "ева", "ёва", "ина", "ына")):
            return _with(word[:-1], "а ой ой у ой ой")
        if word.endswith("ая"):
            return _with(word[:-2], "ая ой ой ую ой ой")
        return feminine(word) if word.endswith(("а", "я")) else fixed(word)
    if word.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return _with(word, "- а у а ым е")
    if word.endswith(("ский", "цкий", "ой", "ый")):
        return adjective(word, "m", animate=True)
    return masculine(word)


def two_words(words: str, gender: str) -> Forms:
    """Adjective and noun, or a compound with a fixed head: «Голубая Гавань», «Верхние Ключи», «Порт-Вельд».

    >>> two_words("Старая крепость", "f")["prp"]
    'Старой крепости'
    """
    first, _, second = words.partition(" ")
    if gender == "p":  # the noun is a masculine plural in -и or -ы: Ключи, Мосты
        many = "ей" if second[-2] in _HUSHING else "ов"
        noun = _with(second[:-1], f"{second[-1]} {many} ам {second[-1]} ами ах")
        if first.endswith("ние"):
            return _with(first[:-2], "ие их им ие ими их") + noun
        return adjective(first[:-2] + "ый", "p") + noun
    if gender == "f":
        stem = first[:-2]
        return _with(stem, "ая ой ой ую ой ой") + feminine(second)
    return adjective(first, "m") + masculine(second, animate=False)


@dataclass(frozen=True)
class Person:
    """A person of the cast; `last` is empty for a monarch, whose number stands in `tail`."""

    first: str
    last: str
    gender: str
    patronymic: str | None = None
    tail: str = ""

    @property
    def first_forms(self) -> Forms:
        if self.first == "Пётр":
            return _with("П", "ётр етра етру етра етром етре")
        return masculine(self.first) if self.gender == "m" else feminine(self.first)

    @property
    def last_forms(self) -> Forms:
        return surname(self.last, self.gender) if self.last else self.first_forms + fixed(self.tail)

    @property
    def full(self) -> Forms:
        return self.first_forms + (self.last_forms if self.last else fixed(self.tail))

    def forms(self, way: str) -> Forms:
        """The name as written in one of the ways of readouts: full, last, first, initial, patronymic."""
        if way == "full":
            return self.full
        if way == "last":
            return self.last_forms
        if way == "first":
            return self.first_forms
        if way == "initial":
            return Forms(tuple(f"{self.first[0]}.{form}" for form in self.last_forms.forms))  # type: ignore[arg-type]
        if way == "address":
            return fixed(f"{self.first} {self.patronymic}" if self.patronymic else self.first)
        raise KeyError(f"no way of writing a name is called {way!r}")


@dataclass(frozen=True)
class State:
    """A state of the cast: every name that a readout may use of it, and its people by role."""

    key: str
    code: str
    name: Forms
    official: Forms
    adjective: str
    demonym: str
    capital: Forms
    town: Forms
    residence: Forms | None
    site: str
    people: dict[str, Person]
    venue: Forms | None = None
    agency: str | None = None
    agency_site: str = ""
    once: Forms | None = None  # what the capital was called before

    def forms(self, attribute: str, gender: str = "m") -> Forms:
        """The forms of one attribute; raises KeyError where this state has none."""
        if attribute == "adj":
            return adjective(self.adjective, gender[0], animate=gender.endswith("a"))
        if attribute == "agency" and self.agency:
            return fixed(self.agency)
        value = {"name": self.name, "official": self.official, "capital": self.capital, "town": self.town,
                 "residence": self.residence, "venue": self.venue, "once": self.once}.get(attribute)  # fmt: skip
        if value is None:
            raise KeyError(f"state {self.key} has no {attribute}")
        return value


@dataclass(frozen=True)
class Cast:
    """All names. `seed` is None for the world of the examples."""

    seed: int | None
    states: dict[str, State]
    loose: dict[str, Person] = field(default_factory=dict)

    def stranger(self, page: int, state: str, role: str, gender: str) -> Person:
        """A person of no roster, for one page: an ambassador, an aide. The same page and cast give the same person."""
        rng = random.Random(f"{page} {self.seed} {state} {role}")
        return _new_person(rng, gender, set())

    def names(self) -> Iterator[tuple[str, Forms]]:
        """Every name with the role that it belongs to; longer ones are no part of this order."""
        for key, state in self.states.items():
            for attribute in ("name", "official", "capital", "town", "residence", "venue", "once"):
                if (forms := getattr(state, attribute)) is not None:
                    yield f"{key}.{attribute}", forms
            for gender in ("m", "ma", "f", "n", "p", "pa"):
                yield f"{key}.adj", state.forms("adj", gender)
            yield f"{key}.demonym", fixed(state.demonym)
            yield f"{key}.code", fixed(state.code)
            yield f"{key}.site", fixed(state.site)
            if state.agency:
                yield f"{key}.agency", fixed(state.agency)
                yield f"{key}.agency_site", fixed(state.agency_site)
            for role, person in state.people.items():
                yield from _person_names(f"{key}.{role}", person)
        for role, person in self.loose.items():
            yield from _person_names(role, person)


def _person_names(role: str, person: Person) -> Iterator[tuple[str, Forms]]:
    yield f"{role}.full", person.full
    if person.last:
        yield f"{role}.last", person.last_forms
        yield f"{role}.initial", person.forms("initial")
        yield f"{role}.initial", Forms(tuple(f.replace(".", ". ") for f in person.forms("initial").forms))  # type: ignore[arg-type]
    yield f"{role}.first", person.first_forms
    if person.patronymic:
        yield f"{role}.address", person.forms("address")
        yield (
            f"{role}.long",
            Forms(
                tuple(f"{person.first} {person.patronymic} {form}" for form in person.last_forms.forms)  # type: ignore[arg-type]
            ),
        )


_REPUBLIC, _FEDERATION = feminine("Республика"), feminine("Федерация")
_KINGDOM = _with("Королевств", "о а у о ом е")


def _official(way: str, name: str, adj: str) -> Forms:
    """The state's full name: «Республика Тарлык», «Лирийская Республика», «Королевство Ольмия»."""
    head = adjective(adj[0].upper() + adj[1:], "f")
    return {"of": _REPUBLIC + fixed(name), "republic": head + _REPUBLIC, "federation": head + _FEDERATION,
            "kingdom": _KINGDOM + fixed(name)}[way]  # fmt: skip


def _person(text: str, gender: str, patronymic: str | None = None) -> Person:
    first, _, last = text.partition(" ")
    return Person(first, last, gender, patronymic)


# key, code, name, gender, official, adjective, demonym, capital, town, residence, site
_OWN = (
    ("vl", "x-velanda", "Веланда", "of", "веландский", "веландец", feminine("Остра"),
     two_words("Верхние Ключи", "p"), two_words("Сосновый дворец", "m"), "president.vl"),
    ("lr", "x-liria", "Лирия", "republic", "лирийский", "лириец", feminine("Арда"),
     two_words("Голубая Гавань", "f"), two_words("Белый утёс", "m"), "president.lr"),
    ("ks", "x-kastania", "Кастания", "of", "кастанский", "кастанец", masculine("Торвель", animate=False),
     two_words("Новый Торвель", "m"), None, "president.ks"),
    ("zr", "x-zarenia", "Зарения", "federation", "заренский", "заренец", masculine("Ильгород", animate=False),
     _with("Каме", "нец-Озёрный нца-Озёрного нцу-Озёрному нец-Озёрный нцем-Озёрным нце-Озёрном"),
     two_words("Старая крепость", "f"), "fortress.zr"),
    ("mk", "x-merkania", "Меркания", "republic", "мерканский", "мерканец", masculine("Порт-Вельд", animate=False),
     masculine("Порт-Вельд", animate=False), None, "president.mk"),
    ("tr", "x-tarlyk", "Тарлык", "of", "тарлыкский", "тарлычанин", fixed("Баян-Тау"), fixed("Кызыл-Су"),
     masculine("Ак-Сарай", animate=False), "aksaray.tr"),
    ("ol", "x-olmia", "Ольмия", "kingdom", "ольмийский", "ольмиец", masculine("Эстерхольм", animate=False),
     masculine("Эстерхольм", animate=False), None, "crown.ol"),
    ("al", "x-altynor", "Алтынор", "of", "алтынорский", "алтынорец", masculine("Сырымкент", animate=False),
     masculine("Сырымкент", animate=False), None, "president.al"),
)  # fmt: skip
# The people of examples/world/people.tsv by the role in which the templates call them.
_PEOPLE: dict[str, tuple[str, str, str, str | None]] = {
    "vl-bereg": ("vl.president", "Иван Берег", "m", None),
    "vl-lind": ("vl.pm", "Мара Линд", "f", None),
    "vl-yasen": ("vl.fm", "Глеб Ясень", "m", "Павлович"),
    "vl-gorskaya": ("vl.minister", "Елена Горская", "f", None),
    "vl-starov": ("vl.former", "Пётр Старов", "m", None),
    "lr-salan": ("lr.president", "Тимур Салан", "m", None),
    "lr-kholm": ("lr.pm", "Анна Холм", "f", None),
    "lr-kerey": ("lr.fm", "Олжан Керей", "m", None),
    "ks-amanov": ("ks.president", "Садир Аманов", "m", None),
    "ks-torin": ("ks.pm", "Виктор Торин", "m", None),
    "zr-volkhin": ("zr.president", "Роман Волхин", "m", "Андреевич"),
    "zr-duvanov": ("zr.fm", "Сергей Дуванов", "m", None),
    "zr-laptin": ("zr.pm", "Михаил Лаптин", "m", None),
    "mk-reyn": ("mk.president", "Жозеф Рейн", "m", None),
    "mk-valdes": ("mk.secretary", "Клара Вальдес", "f", None),
    "tr-orazbek": ("tr.president", "Ерлан Оразбек", "m", None),
    "tr-tursun": ("tr.fm", "Бахыт Турсунов", "m", None),
    "tr-maden": ("tr.pm", "Айгерим Маденова", "f", None),
    "tr-sapar": ("tr.first", "Касым Сапаров", "m", None),
    "ol-oswald": ("ol.monarch", "Освальд II", "m", None),
    "ol-berg": ("ol.pm", "Ингрид Берг", "f", None),
    "al-karim": ("al.president", "Карим Нурлан", "m", None),
    "al-seit": ("al.pm", "Сеит Байдар", "m", None),
    "ssg-lebed": ("ssg.secretary", "Николай Лебедин", "m", None),
    "str-mir": ("str.chair", "Мирза Алиханов", "m", None),
}
_AGENCIES = {"vl": ("Вестник Остры", "vestnik.vl"), "tr": ("Тарлык-Информ", "tarlyk-inform.tr")}
_VENUES = {"vl": "Дворец Ветров", "tr": "Дом Согласия"}


def _venue(words: str) -> Forms:
    """«Дворец Ветров», «Дом Согласия»: the first word is declined, the second is not."""
    head, _, tail = words.partition(" ")
    first = _with("Двор", "ец ца цу ец цом це") if head == "Дворец" else masculine(head, animate=False)
    return first + fixed(tail)


def example_cast() -> Cast:
    """The names of examples/world."""
    people = {role: _person(name, gender, patronymic) for role, name, gender, patronymic in _PEOPLE.values()}
    people["ol.monarch"] = Person("Освальд", "", "m", tail="II")
    states = {}
    for key, code, name, official, adj, demonym, capital, town, residence, site in _OWN:
        agency, agency_site = _AGENCIES.get(key, (None, ""))
        forms = feminine(name) if name[-1] in "ая" else masculine(name, animate=False)
        states[key] = State(
            key, code, forms, _official(official, name, adj), adj, demonym, capital, town, residence, site,
            {role.split(".")[1]: p for role, p in people.items() if role.startswith(key + ".")},
            _venue(_VENUES[key]) if key in _VENUES else None, agency, agency_site,
            two_words("Старый Тарлык", "m") if key == "tr" else None,
        )  # fmt: skip
    return Cast(None, states, {r: p for r, p in people.items() if r.split(".")[0] not in states})


# Invented roots: no rule and no dictionary knows them. First letters need no «во», «со», «об».
_FIRST_M = (
    "Тальмир Орвин Кальвар Дарген Ромул Бенедар Арсен Левон Марат Йоргис Эмиль Тадеуш Нурхан Юлдаш Дамиан Касиан "
    "Ольгер Андрей Николай Терей Кирилл Гайдар Анатолий Валерий Жандос Хуан Лоренц Умар"
).split()
_FIRST_F = (
    "Мирена Дальмира Оливия Тереза Кора Розалия Айнур Гульзат Марта Юлия Наталья Ирина Бригит Лейла Карина Дана"
).split()
_PATRONYMIC = "Олегович Маратович Кириллович Тимурович Николаевич Борисович Романович".split()
_ROOT_M = (
    "Кальден Тавар Борен Мадир Гелун Норвен Палам Дорхан Ливер Рамуз Темур Каргал Вагрен Бейсал Могар Руден Ханзар "
    "Жалун Логар Темиш Багур Дельмар Кубар Ломакс Нурал Парген Тунгал Вердан Галаш Девен Кирган Мелех Байтур Дамур "
    "Ерган Латрон Манкур Навер Ольжар Пигарт Рубан Тибер Улкар Хорен Чалун Юркал Ягман Кондар Лигор Вилман"
).split()
_SURNAME_TAIL_M = ("", "ов", "ов", "ин", "ский", "")
_SURNAME_TAIL_F = ("", "ова", "ова", "ина", "ская", "")
_STATE_ROOT = (
    "Морав Далмор Кантар Бельвар Канор Гардал Лумар Норвал Ромар Палант Борув Кельдар Хармон Мелор Доран Лагун "
    "Валар Тирон Галмар Кордун"
).split()
_TOWN_ROOT = (
    "Мадер Калвур Борнев Лавор Толмар Дагар Нивел Кармон Ховарт Гелвор Равул Пальм Тумар Бикар Долун Менгар Кувар "
    "Ломмар Ратан Гамул Будор Девул Кегар Лапур Миргал Новур Порен Рекур Тегал Чинар"
).split()
_RESIDENCES = (("Липовый дом", "m"), ("Каменный терем", "m"), ("Речной двор", "m"), ("Янтарный холм", "m"),
               ("Тихий сад", "m"), ("Медная башня", "f"), ("Новая застава", "f"), ("Узорная палата", "f"))  # fmt: skip
_TWO_WORD_TOWNS = (("Белая Коса", "f"), ("Рыбная Пристань", "f"), ("Долгие Мосты", "p"), ("Красный Яр", "m"),
                   ("Малый Порог", "m"), ("Каменные Броды", "p"))  # fmt: skip
_SECOND_OF_VENUE = ("Дружбы", "Мира", "Рек", "Единства", "Ремёсел", "Звёзд")


def _new_person(rng: random.Random, gender: str, taken: set[str]) -> Person:
    """An unused name of this gender; `taken` grows."""
    while True:
        first = rng.choice(_FIRST_M if gender == "m" else _FIRST_F)
        root = rng.choice(_ROOT_M)
        last = root + rng.choice(_SURNAME_TAIL_M if gender == "m" else _SURNAME_TAIL_F)
        if root not in taken:
            taken.add(root)
            return Person(first, last, gender)


def _new_state(rng: random.Random, old: State, taken: set[str]) -> State:
    root = _fresh(rng, _STATE_ROOT, taken)
    stem, soft = root.lower(), rng.random() < 0.5
    hard = stem + ("ь" if stem.endswith("л") else "") + "ский"
    name, adj = (root + "ия", stem + "ийский") if soft else (root + "а", hard)
    if old.name["nom"][-1] not in "ая":  # a verb may agree with it
        name, adj = root, hard
    demonym = stem + "ец"
    way = "kingdom" if old.key == "ol" else rng.choice(("of", "republic", "federation"))
    residence = rng.choice([r for r in _RESIDENCES if r[0] not in taken]) if old.residence else None
    if residence:
        taken.add(residence[0])
    agency = f"{_fresh(rng, _TOWN_ROOT, taken)}-Пресс" if old.agency else None
    forms = feminine(name) if name[-1] in "ая" else masculine(name, animate=False)
    ascii_key = f"{old.key}{rng.randrange(10, 99)}"
    people = {role: _renamed(rng, person, taken) for role, person in old.people.items()}
    venue = rng.choice([w for w in _SECOND_OF_VENUE if w not in taken]) if old.venue else None
    taken |= {venue} if venue else set()
    capital = _new_town(rng, taken)
    return State(
        old.key, f"x-{ascii_key}", forms, _official(way, name, adj), adj, demonym, capital,
        capital if old.town.forms == old.capital.forms else _new_town(rng, taken),
        two_words(*residence) if residence else None, f"{ascii_key}.example", people,
        _venue(f"{old.venue['nom'].split()[0]} {venue}") if old.venue else None, agency,
        f"{ascii_key}-press.example" if agency else "",
        two_words(f"Старый {_fresh(rng, _TOWN_ROOT, taken)}", "m") if old.once else None,
    )  # fmt: skip


def _renamed(rng: random.Random, person: Person, taken: set[str]) -> Person:
    fresh = _new_person(rng, person.gender, taken)
    if not person.last:
        return Person(fresh.first, "", person.gender, tail=rng.choice(("III", "IV", "VI")))
    return Person(fresh.first, fresh.last, person.gender, rng.choice(_PATRONYMIC) if person.patronymic else None)


def _fresh(rng: random.Random, roots: Sequence[str], taken: set[str]) -> str:
    root = rng.choice([r for r in roots if r not in taken])
    taken.add(root)
    return root


def _new_town(rng: random.Random, taken: set[str]) -> Forms:
    if rng.random() < 0.2 and (free := [t for t in _TWO_WORD_TOWNS if t[0] not in taken]):
        words, gender = rng.choice(free)
        taken.add(words)
        return two_words(words, gender)
    root = _fresh(rng, _TOWN_ROOT, taken)
    tail = rng.choice(("а", "", "", "город", "кент", "и", "ь"))
    if tail in ("а",):
        return feminine(root + tail)
    return fixed(root + tail) if tail == "и" else masculine(root + tail, animate=False)


def renamed_cast(seed: int) -> Cast:
    """The same roles under other names of people, states, towns, residences, agencies and sites."""
    rng = random.Random(f"cast {seed}")
    own = example_cast()
    taken: set[str] = set()
    states = {key: _new_state(rng, state, taken) for key, state in own.states.items()}
    return Cast(seed, states, {role: _renamed(rng, person, taken) for role, person in own.loose.items()})


def write_world(cast: Cast, folder: Path) -> Path:
    """Write examples/world under the names of this cast to `folder`; returns the folder."""
    own = example_cast()
    names = _rewrites(own, cast)
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(EXAMPLE_WORLD.glob("*.tsv")):
        with source.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, delimiter="\t"))
        body = [[_rewrite(cell, names) for cell in row] for row in rows[1:]]
        with (folder / source.name).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter="\t", lineterminator="\n").writerows([rows[0], *body])
    return folder


def _rewrites(own: Cast, cast: Cast) -> dict[str, str]:
    """Old form -> new form, for every case form of every name, and for the ids of people."""
    table: dict[str, str] = {}
    for (role, old), (_, new) in zip(own.names(), cast.names(), strict=True):
        if not role.endswith(".first") or role == "ol.monarch.first":
            for before, after in zip(old.forms, new.forms, strict=True):
                table.setdefault(before, after)
    for person_id, (role, *_) in _PEOPLE.items():
        table[person_id] = person_id if cast.seed is None else role.replace(".", "-")
    return table


def _rewrite(cell: str, names: dict[str, str]) -> str:
    """The cell with every old name replaced, longest first, whole words only."""
    if cell in names:
        return names[cell]
    pattern = re.compile(
        r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?![\w-])"
    )
    return pattern.sub(lambda m: names[m.group()], cell)
