"""What the words of a cell mean in a world: dates with precision, genders, states, organisations, offices, languages.

In: the text of a cell. Out: its value, or `Refused` with the remedy. Ambiguous means refused, not a guess.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from communique.record.vocabulary import OfficeCode, Standing
from communique.world.check import parse_span
from communique.world.imports.answers import Value
from communique.world.imports.findings import Refused
from communique.world.index import AliasKind
from communique.world.names.russian import fold
from communique.world.reference import StatedOffice
from communique.world.world import World

_ENTITY = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/|wd:)?(Q[1-9][0-9]*)")
_DATE = re.compile(r"\+?([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(T[0-9:.]+(?:Z|[+-]00:00)?)?")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_LENGTHS = {"9": 4, "10": 7, "11": 10, "12": 10, "13": 10, "14": 10, "year": 4, "month": 7, "day": 10}
_GENDERS = {
    "q6581097": "m", "male": "m", "m": "m", "мужской": "m", "мужчина": "m", "муж": "m", "м": "m", "ер": "m", "q2449503": "m",
    "q6581072": "f", "female": "f", "f": "f", "женский": "f", "женщина": "f", "жен": "f", "ж": "f", "әйел": "f", "q1052281": "f",
}  # fmt: skip
_CYRILLIC, _LATIN = re.compile(r"[\u0400-\u04ff]"), re.compile(r"[a-z]", re.IGNORECASE)
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
# Offices whose words go on with what they are over: «Minister of Health of Ukraine».
_WITH_PORTFOLIO = ("minister", "deputy_minister", "deputy_prime_minister")
_STATE_KINDS: tuple[AliasKind, ...] = ("state",)
_ORGANISATION_KINDS: tuple[AliasKind, ...] = ("organisation", "body", "format")


def entity_of(text: str) -> str:
    """The Q-id of an address of Wikidata or a Q-id; empty for anything else.

    >>> entity_of("http://www.wikidata.org/entity/Q7747"), entity_of("Q7747"), entity_of("Quito")
    ('Q7747', 'Q7747', '')
    """
    found = _ENTITY.fullmatch(text)
    return found[1] if found else ""


def parse_precision(text: str) -> int | None:
    """How many letters of an ISO date are known, by Wikidata's number or a word; None for a decade and for what is none.

    >>> parse_precision("9"), parse_precision("month"), parse_precision("11"), parse_precision("8")
    (4, 7, 10, None)
    """
    return _LENGTHS.get(text.lower())


def parse_date(text: str, length: int | None = None) -> str | None:
    """An ISO day, month or year, cut to `length` letters; None for what is no date.

    The service writes a year as its 1 January and a month as its first day: with no precision told, 1 January with a
    time of day is the year only.

    >>> parse_date("2019-03-20T00:00:00Z"), parse_date("2019-03-01T00:00:00Z", 7), parse_date("20.03.2019")
    ('2019-03-20', '2019-03', '2019-03-20')
    >>> parse_date("2019-01-01T00:00:00Z"), parse_date("2019-01-01T00:00:00Z", 10), parse_date("2019-01-01")
    ('2019', '2019-01-01', '2019-01-01')
    """
    dotted, found = _DOTTED.fullmatch(text), _DATE.fullmatch(text)
    iso = f"{dotted[3]}-{dotted[2]:0>2}-{dotted[1]:0>2}" if dotted else found[1] if found else ""
    if parse_span(iso) is None:
        return None
    if length is None and found and found[2] and iso.endswith("-01-01"):
        return iso[:4]
    return iso[:length]


def parse_gender(text: str) -> str | None:
    """`m` or `f`; empty where Wikidata has another or nothing is told; None for words that are no gender.

    >>> parse_gender("http://www.wikidata.org/entity/Q6581072"), parse_gender("Мужской"), parse_gender("Q48270")
    ('f', 'm', '')
    """
    entity = entity_of(text)
    return _GENDERS.get(fold(entity or text), "" if entity or not text else None)


def parse_standing(text: str) -> str | None:
    """A standing as the tenures have it, empty for a full one; None for another word."""
    low = text.lower()
    return None if low not in ("", *get_args(Standing)) else "" if low == "current" else low


def language_of(value: Value) -> str:
    """The language of a name by what is told and by its letters, which win; empty for letters that we cannot read.

    >>> language_of(Value("Sadyr Japarov", "ru")), language_of(Value("Садыр Жапаров", "ky")), language_of(Value("Қасым"))
    ('en', 'ru', 'kk')
    """
    told = value.language.partition("-")[0]
    if _CYRILLIC.search(value.text):
        kazakh = told == "kk" or (not told and bool(_KAZAKH.search(value.text)))
        return "kk" if kazakh else "ru"
    return "en" if _LATIN.search(value.text) else ""


@dataclass(frozen=True, slots=True)
class Post:
    """An office as words state it: its code, whose it is where they say so, and the standing; no words for a bare code."""

    code: str
    of: str | None = None
    standing: str = ""
    words: str = ""


class Meanings:
    """States, organisations, offices and people of one world, by whatever names them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = {p.wikidata: p.id for p in world.people.values() if p.wikidata}
        self._states = {s.wikidata: s.code for s in world.states.values() if s.wikidata}
        self._states |= {s.iso3: s.code for s in world.states.values() if s.iso3}
        self._states |= {code.upper(): code for code in world.states}
        self._state_names = self._names(_STATE_KINDS, world.states)
        self._organisation_names = self._names(_ORGANISATION_KINDS, world.organisations)
        self._offices = sorted({a.name for layer in world.layers for a in layer.aliases if a.kind == "office"})

    def _names(self, kinds: tuple[AliasKind, ...], keys: Iterable[str]) -> dict[str, set[str]]:
        known = frozenset(keys)
        names: dict[str, set[str]] = defaultdict(set)
        for alias in (a for layer in self.world.layers for a in layer.aliases):
            if alias.kind in kinds and alias.key in known:
                names[fold(alias.name)].add(alias.key)
        return names

    def state(self, texts: Sequence[str]) -> str | None:
        """The state that these cells of one row name: a Q-id, a code, a name in any language and case; None for no cells.

        The first that is known says it: a Q-id that we lack may stand beside its label.
        """
        for text in texts:
            found = self._states_called(text)
            if len(found) == 1:
                return found.pop()
            if found:
                raise Refused("unknown_state", f"{text!r} may be {_or(sorted(found))}", "write one of these codes")
        if not texts:
            return None
        wanted = next((t for t in texts if not entity_of(t)), texts[0])
        near = [min(self._state_names[n]) for n in difflib.get_close_matches(fold(wanted), self._state_names, 3)]
        remedy = "add it to states.tsv of an overlay and name that with --world, or write the code of a state"
        raise Refused("unknown_state", f"unknown state {wanted!r}", with_near(remedy, near))

    def _states_called(self, text: str) -> set[str]:
        code = self._states.get(entity_of(text) or text.upper())
        if code is not None:
            return {code}
        named = self._state_names.get(fold(text).removeprefix("the "))
        if named:
            return set(named)
        parsed = self.world.parse_reference(_capitalised(text))
        return {parsed.state} if parsed.state and not parsed.name and not parsed.offices else set()

    def owner(self, text: str) -> str:
        """The organisation, or the state, that a cell of the column `of` names."""
        organisations, states = self.world.organisations, self.world.states
        if text in organisations or text in states:
            return text
        found = {text.lower()} & organisations.keys() or self._organisation_names.get(fold(text), set())
        found = found or self._states_called(text)
        if len(found) == 1:
            return next(iter(found))
        near = difflib.get_close_matches(fold(text), (*self._organisation_names, *organisations), 3)
        keys = [key for n in near for key in (self._organisation_names.get(n) or {n})]
        what = f"{text!r} may be {_or(sorted(found))}" if found else f"unknown organisation {text!r}"
        remedy = "write an id of organisations.tsv, or add it there in an overlay that --world names"
        raise Refused("unknown_organisation", what, with_near(remedy, keys))

    def office(self, texts: Sequence[str]) -> Post:
        """The office that these cells of one row name: a code, or words such as «президент Казахстана»."""
        words = [t for t in texts if not entity_of(t)]
        if not words:
            missing = f"the position {entity_of(texts[0])} has no words" if texts else "no office"
            remedy = "ask for ?positionLabel too, or add a column office"
            raise Refused("unknown_office", missing, remedy)
        readings = [posts for text in words if (posts := self._posts(text))]
        if not readings:
            raise Refused("unknown_office", f"nobody knows the office {words[0]!r}", self._near_offices(words[0]))
        code = readings[0][0].code
        if len({(post.code, post.of) for post in readings[0]}) > 1:
            codes = _or(dict.fromkeys(post.code for post in readings[0]))
            raise Refused("several_offices", f"{words[0]!r} are several offices", f"write a row for each: {codes}")
        alike = [post for posts in readings for post in posts if post.code == code]
        return next((post for post in alike if post.of), alike[0])

    def _posts(self, text: str) -> list[Post]:
        code = re.sub(r"[\s-]+", "_", fold(text))
        if code in get_args(OfficeCode):
            return [Post(code)]
        parsed = self.world.parse_reference(_capitalised(text))
        if any(not _explained(parsed.name, parsed.state, office) for office in parsed.offices):
            return []
        standing = "" if parsed.standing == "current" else parsed.standing
        return [Post(office.code, office.of, standing, fold(text)) for office in parsed.offices]

    def _near_offices(self, words: str) -> str:
        near = [
            f"{post.code} ({name})"
            for name in difflib.get_close_matches(fold(words), self._offices, 3)
            for post in self._posts(name)[:1]
        ]
        near += difflib.get_close_matches(fold(words), get_args(OfficeCode), 2)
        return f"write {_or(near or get_args(OfficeCode))} in a column office"


def _explained(rest: str, state: str | None, office: StatedOffice) -> bool:
    """Whether no word is left over that makes it another office: «President of the National Bank of Kazakhstan»."""
    if office.code in _WITH_PORTFOLIO:
        return not rest or state == office.of
    return not rest and not office.portfolio


def _capitalised(words: str) -> str:
    """A word that nothing explains is then read as a name, which shows that it is left over."""
    return " ".join(word[:1].upper() + word[1:] for word in words.split())


def _or(values: Iterable[str]) -> str:
    *most, last = values
    return f"{', '.join(most)} or {last}" if most else last


def with_near(remedy: str, near: Sequence[str]) -> str:
    """A remedy with the names that are near, where there are some."""
    return f"{remedy}; near are {', '.join(dict.fromkeys(near))}" if near else remedy
