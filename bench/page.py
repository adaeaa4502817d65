"""Templates with slots, and what fills them: names in a case, numbers, dates.

In: a template, a Cast, letters bound to states. Out: Russian text and what every slot stood for.
Slots: `{B.president:gen}`, `{A.adj:dat.f}`, `{A|m|f}` (words by gender), `{#t.bn}` (a number), `{@meet.dm}` (a date).
"""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.cast import Cast, Forms, Person

SLOT = re.compile(r"\{(?P<upper>!?)(?P<path>[^{}|:]+)(?::(?P<case>[a-z.]+))?(?:\|(?P<m>[^{}|]*)\|(?P<f>[^{}|]*))?\}")
STRANGERS = frozenset("amb aide trade chief speaker energy deputy".split())
_MONTHS = (
    "январь января январе", "февраль февраля феврале", "март марта марте", "апрель апреля апреле", "май мая мае",
    "июнь июня июне", "июль июля июле", "август августа августе", "сентябрь сентября сентябре",
    "октябрь октября октябре", "ноябрь ноября ноябре", "декабрь декабря декабре",
)  # fmt: skip
_WEEKDAYS = "понедельник вторник среду четверг пятницу субботу воскресенье".split()


def weekday_words(day: date) -> str:
    """The weekday after «в»; a template writes «В {@meet.weekday}», and only Tuesday would ask for «во»."""
    return _WEEKDAYS[day.weekday()]


@dataclass
class Filling:
    """What one page's slots stand for: letters, numbers, dates. Numbers and dates are drawn when first asked for."""

    cast: Cast
    page: int
    letters: Mapping[str, str]
    meet: date
    numbers: dict[str, str] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    strangers: dict[str, Person] = field(default_factory=dict)
    own_numbers: Mapping[str, str] = field(default_factory=dict)
    own_dates: Mapping[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shift = (
            random.Random(f"weeks {self.page} {self.cast.seed}").randrange(-9, 10) if self.cast.seed is not None else 0
        )
        self._shift = timedelta(weeks=shift)
        self.day("meet")

    def fill(self, template: str) -> str:
        """The template as Russian text; raises KeyError for a slot that this cast cannot fill."""
        return SLOT.sub(self._slot, template)

    def _slot(self, match: re.Match[str]) -> str:
        path, case = match["path"], match["case"] or "nom"
        if match["m"] is not None:
            return match["m"] if self._gender(path) == "m" else match["f"]
        if path[0] == "#":
            return self.number(path[1:])
        if path[0] == "@":
            return self._date(path[1:], case)
        text = self._name(path, match["case"])
        return text.upper() if match["upper"] else text

    def _state_key(self, letter: str) -> str:
        return self.letters.get(letter, letter)

    def person(self, path: str) -> Person:
        letter, role = path.split(".")[:2]
        key = self._state_key(letter)
        if role in STRANGERS:
            known = f"{key}.{role}"
            if known not in self.strangers:
                gender = "f" if random.Random(f"{self.page} {known}").random() < 0.3 else "m"
                self.strangers[known] = self.stranger(key, role, gender)
            return self.strangers[known]
        if key in self.cast.states:
            return self.cast.states[key].people[role]
        return self.cast.loose[f"{key}.{role}"]

    def stranger(self, key: str, role: str, gender: str) -> Person:
        taken = {p.last for s in self.cast.states.values() for p in s.people.values()}
        taken |= {p.last for p in self.strangers.values()}
        for attempt in range(99):
            person = self.cast.stranger(self.page * 100 + attempt, key, role, gender)
            if not any(person.last[:4] == last[:4] for last in taken):
                return person
        raise KeyError("no free name is left")

    def _gender(self, path: str) -> str:
        if "." in path:
            return self.person(path).gender
        return "f" if self.cast.states[self._state_key(path)].name["nom"][-1] in "ая" else "m"

    def _name(self, path: str, case: str | None) -> str:
        parts = path.split(".")
        state = self.cast.states.get(self._state_key(parts[0]))
        if state and len(parts) == 1:
            return state.name[case or "nom"]
        if state and parts[1] == "adj":
            if case is None:
                return state.adjective[:-2]
            which, _, gender = case.partition(".")
            return state.forms("adj", gender)[which]
        if state and parts[1] in ("capital", "town", "official", "residence", "venue", "agency", "once", "name"):
            return state.forms(parts[1])[case or "nom"]
        forms: Forms = self.person(path).forms(parts[2] if len(parts) > 2 else "full")
        return forms[case or "nom"]

    def number(self, name: str) -> str:
        """A number of its own for this page; kinds: bn 4,6; pct and n (genitive plural); ord; year; span 2027–2031."""
        if name not in self.numbers:
            if self.cast.seed is None and name in self.own_numbers:
                return self.numbers.setdefault(name, self.own_numbers[name])
            rng = random.Random(f"number {self.page} {self.cast.seed} {name}")
            taken = {part.replace(",", "").strip("0") for n in self.numbers.values() for part in n.split("–")}
            while True:
                drawn = _draw(rng, name.rpartition(".")[2])
                if not taken & {part.replace(",", "").strip("0") for part in drawn.split("–")}:
                    break
            self.numbers[name] = drawn
        return self.numbers[name]

    def day(self, name: str) -> date:
        """The date of this name, at a distance from the meeting that the page and the name fix."""
        if name not in self.dates and name in self.own_dates:
            self.dates[name] = self.own_dates[name] + self._shift
        if name not in self.dates:
            rng = random.Random(f"date {self.page} {name}")
            days = {"meet": 0, "pub": 1, "day2": 1, "next": rng.randrange(50, 280), "before": -rng.randrange(120, 700),
                    "born": -rng.randrange(12000, 22000)}[name]  # fmt: skip
            self.dates[name] = self.meet + self._shift + timedelta(days=days)
        return self.dates[name]

    def _date(self, name: str, case: str) -> str:
        name, _, style = name.partition(".")
        day = self.day(name)
        nominative, genitive, prepositional = _MONTHS[day.month - 1].split()
        month = {"nom": nominative, "gen": genitive, "prp": prepositional}[case]
        return {"full": f"{day.day} {genitive} {day.year} года", "dm": f"{day.day} {genitive}", "y": str(day.year),
                "my": f"{month} {day.year} года", "month": month, "weekday": weekday_words(day), "iso": day.isoformat(),
                "d": str(day.day), "short": f"{day:%d.%m.%Y}"}[style]  # fmt: skip


def _draw(rng: random.Random, kind: str) -> str:
    if kind == "bn":
        return f"{rng.randrange(1, 60)},{rng.randrange(1, 10)}"
    if kind == "pct":
        return str(rng.choice([n for n in range(5, 60) if n % 10 in (0, 5, 6, 7, 8, 9) or n < 20]))
    if kind == "n":
        return str(rng.choice([n for n in range(5, 80) if n % 10 in (0, 5, 6, 7, 8, 9) or n < 20]))
    if kind == "ord":
        return str(rng.randrange(4, 60))
    if kind == "year":
        return str(rng.randrange(2027, 2040))
    if kind == "span":
        return f"{(start := rng.randrange(2024, 2028))}–{start + rng.randrange(2, 7)}"
    raise KeyError(f"no kind of number is called {kind!r}")
