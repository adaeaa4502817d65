"""What a string says of one person: name, offices, state or organisation, standing.

In: words in Russian, English or Kazakh, in any case form, such as «Президентом Казахстана К.Токаевым». Out: a `Reference`.
It is the reading of a mention alone; whole texts are read by `finding`, which makes its own references.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from communique.world.entities import Publisher
from communique.world.index import WORD, Alias, AliasIndex
from communique.world.names.russian import fold

_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\.[-‑\s]*(?=[^\W\d_])")
_KINDS = frozenset({"office", "state", "adjective", "metonym", "organisation", "body", "format"})
_STANDINGS = frozenset({"former", "acting", "designate", "honorary"})
# Offices that say nothing without the words after them: «министр энергетики», «глава компании».
_OF_A_THING = frozenset(
    "minister deputy_minister head chair member governor mayor commander commissioner leader aide chief_of_staff "
    "special_envoy director_general deputy_prime_minister".split()
)
_PARTICLES = frozenset(
    "бин бен ибн аль эль да де ди ду дос фон ван дер оглы кызы уулу углы улы угли қызы ұлы al el bin ben ibn da de di du dos "
    "van von der ul ur".split()
)
_IGNORED = frozenset(
    "г-н г-жа господин господином господина господину госпожа госпожой его её ее превосходительство высочество величество в на из с со "
    "от к и по за of the for and with by to from mr mrs ms dr sir his her excellency majesty highness мырза ханым "
    "жоғары мәртебелі республика республики республикасы republic us".split()
)


@dataclass(frozen=True, slots=True)
class StatedOffice:
    """An office as stated: its code, whose it is (a state or an organisation, None where the words leave it open), and what it is over."""

    code: str
    of: str | None = None
    portfolio: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What is said of a person, when and by whom. `first` and `last` are ISO days between which it was said; empty: unknown."""

    name: str = ""
    offices: tuple[StatedOffice, ...] = ()
    standing: str = "current"
    state: str | None = None
    first: str = ""
    last: str = ""
    publisher: Publisher | None = None

    @property
    def home(self) -> str | None:
        """The state whose account this is."""
        return (self.publisher.state or None) if self.publisher else None


@dataclass(frozen=True, slots=True)
class Parsed:
    """The part of a reference that lies in the words."""

    name: str
    offices: tuple[StatedOffice, ...]
    standing: str
    state: str | None


def parser(index: AliasIndex, seats: Mapping[tuple[str, str], str]) -> Callable[[str], Parsed]:
    """A function from words to `Parsed`, which remembers the strings that it has read.

    `seats` are the palaces that stand for one office: (state, name) to its code, «Даунинг-стрит» to the prime minister.
    """

    @lru_cache(20_000)
    def parse(words: str) -> Parsed:
        return _parse(index, seats, words)

    return parse


def split_name(words: str) -> list[str]:
    """The words of a name as written, initials with their full stop.

    >>> split_name("К.-Ж.К. Токаев"), split_name("Токаев К.К.")
    (['К.', 'Ж.', 'К.', 'Токаев'], ['Токаев', 'К.', 'К.'])
    """
    spaced = _INITIAL.sub(lambda m: f"{m[1]}. " if m[1].isupper() else m[0], words)
    return [
        f"{m[0]}." if len(m[0]) == 1 and spaced[m.end() : m.end() + 1] == "." else m[0] for m in WORD.finditer(spaced)
    ]


def _tokens(words: str) -> Iterator[str]:
    """As `split_name`; «экс-президент» and «President-elect» are two words."""
    for token in split_name(words):
        low = token.lower()
        if low.startswith(("экс-", "ex-")):
            head, _, rest = token.partition("-")
            yield from (head, rest)
        elif low.endswith("-elect"):
            yield from (token[:-6], "elect")
        else:
            yield token


def _parse(index: AliasIndex, seats: Mapping[tuple[str, str], str], words: str) -> Parsed:
    written = list(_tokens(words))
    low = [fold(t) for t in written]
    name: list[str] = []
    seated: list[StatedOffice] = []
    found: list[tuple[str, str]] = []  # (kind, key), and ("words", the words that nothing explains)
    i = 0
    while i < len(written):
        alias = _alias_at(index, low, written, i)
        if alias is not None:
            found.append((alias.kind, alias.key))
            if alias.kind == "metonym" and (alias.key, alias.name) in seats:
                seated.append(StatedOffice(seats[alias.key, alias.name], alias.key))
            i += alias.length
            continue
        if low[i].rstrip(".") not in _IGNORED:
            if written[i][0].isupper() or (name and low[i] in _PARTICLES):
                name.append(written[i])
            elif written[i][0].isalpha():
                found.append(("words", low[i]))
        i += 1
    offices = tuple(_offices(found)) or (() if name else tuple(seated))
    return Parsed(" ".join(name), offices, _standing(found), _state(found))


def _alias_at(index: AliasIndex, low: list[str], written: list[str], at: int) -> Alias | None:
    """The longest name here; of equal ones an office before a state, a state before an adjective."""
    if written[at].endswith("."):
        return None
    best: Alias | None = None
    for alias in index.match(low, written, at):
        if alias.kind not in _KINDS:
            continue
        if best is None or (alias.length, _RANK[alias.kind]) > (best.length, _RANK[best.kind]):
            best = alias
    return best


_RANK = {"office": 6, "state": 5, "organisation": 4, "body": 3, "format": 2, "adjective": 1, "metonym": 0}


def _standing(found: list[tuple[str, str]]) -> str:
    codes = [key.partition("@")[0] for kind, key in found if kind == "office"]
    return next((code for code in codes if code in _STANDINGS), "current")


def _state(found: list[tuple[str, str]]) -> str | None:
    states = dict.fromkeys(key for kind, key in found if kind in ("state", "adjective", "metonym"))
    return next(iter(states)) if len(states) == 1 else None


def _offices(found: list[tuple[str, str]]) -> Iterator[StatedOffice]:
    """Each office with the state or organisation that stands nearest, after it rather than before."""
    owners = [(n, kind, key) for n, (kind, key) in enumerate(found) if kind in _RANK and kind != "office"]
    for n, (kind, key) in enumerate(found):
        code, _, own = key.partition("@")
        if kind != "office" or code in _STANDINGS:
            continue
        after = found[n + 1] if n + 1 < len(found) else ("", "")
        portfolio = after[1] if code in _OF_A_THING and after[0] == "words" else ""
        yield StatedOffice(code, own or _owner(n, owners), portfolio)


def _owner(at: int, owners: list[tuple[int, str, str]]) -> str | None:
    following = [o for o in owners if o[0] > at]
    before = [o for o in owners if o[0] < at]
    things = [o for o in following[:1] if o[1] in ("organisation", "body", "format")]
    chosen = things or following[:1] or before[-1:]
    return chosen[0][2] if chosen else None
