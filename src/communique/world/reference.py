"""What a string says of one person: name, offices, state or organisation, standing.

In: words in Russian, English or Kazakh, in any case form, such as «Президентом Казахстана К.Токаевым». Out: a `Reference`.
It is the reading of a mention alone; whole texts are read by `finding`, which makes its own references.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from communique.world.entities import Publisher
from communique.world.index import WORD, AliasIndex
from communique.world.names.russian import fold
from communique.world.offices import chamber_of

_ACTING = re.compile(r"\b([ИиМм])\.\s+([оОаА])\.")  # «и. о.», «м. а.»
_SUFFIXED = re.compile(
    r"([А-ЯЁӘҒҚҢӨҰҮҺІ]{2,})[-‑][а-яёәғқңөұүһі]+$"
)  # «БҰҰ-ның»: a Kazakh suffix after an abbreviation
_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\.[-‑\s]*(?=[^\W\d_])")
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
    "жоғары мәртебелі республика республики республике республикой республикасының шейх шейха шейху шейхом sheikh lord lady dame "
    "prince princess принц принца принцу принцем наш нашей нашего".split()
)


@dataclass(frozen=True, slots=True)
class StatedOffice:
    """An office as stated: its code, whose it is (a state or an organisation, None where the words leave it open), and what it is over.

    `among` are the states that alone have an office of this name: «канцлер»; `chamber` is that of a speaker.
    """

    code: str
    of: str | None = None
    portfolio: str = ""
    among: frozenset[str] = frozenset()
    chamber: str = ""


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
    seat: bool = False
    unexplained: bool = False

    @property
    def home(self) -> str | None:
        """The state whose own account this is: what an agency calls «the President» is not its state's."""
        official = self.publisher is not None and self.publisher.kind == "official"
        return (self.publisher.state or None) if self.publisher and official else None


@dataclass(frozen=True, slots=True)
class Parsed:
    """The part of a reference that lies in the words.

    `seat`: a palace speaks for who sits there, «Downing Street»; `unexplained`: words stand there that nothing explains, so that
    they may be an office of which we know nothing.
    """

    name: str
    offices: tuple[StatedOffice, ...]
    standing: str
    state: str | None
    seat: bool = False
    unexplained: bool = False

    def at(self, first: str, last: str, publisher: Publisher | None) -> Reference:
        """The reference that these words make on a day, for a publisher."""
        return Reference(
            self.name, self.offices, self.standing, self.state, first, last, publisher, self.seat, self.unexplained
        )


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
    """As `split_name`; «экс-президент» and «President-elect» are two words, «БҰҰ-ның» is its abbreviation."""
    for token in split_name(_ACTING.sub(r"\1.\2", words)):
        low = token.lower()
        if (suffixed := _SUFFIXED.match(token)) is not None:
            yield suffixed[1]
        elif low.startswith(("экс-", "ex-")):
            head, _, rest = token.partition("-")
            yield from (head, rest)
        elif low.endswith(("-elect", "-designate")):
            yield from token.rsplit("-", 1)
        else:
            yield token


def _parse(index: AliasIndex, seats: Mapping[tuple[str, str], str], words: str) -> Parsed:
    reader = _Reader(index, seats, list(_tokens(words)))
    reader.read()
    found, name = reader.found, " ".join(reader.name)
    stated = tuple(_offices(found))
    seated = tuple(reader.seated) if not stated or reader.holder else ()
    return Parsed(
        name, stated or (() if name else seated), _standing(found), _state(found),
        seat=bool(seated) and not stated and not reader.holder and not name,
        unexplained=any(kind == "words" for kind, _ in found),
    )  # fmt: skip


class _Reader:
    """One pass over the tokens of a mention: what each run of them names."""

    def __init__(self, index: AliasIndex, seats: Mapping[tuple[str, str], str], written: list[str]) -> None:
        self.index, self.seats, self.written = index, seats, written
        self.low = [fold(t) for t in written]
        self.name: list[str] = []
        self.found: list[tuple[str, str]] = []  # (kind, key), and ("words", the words that nothing explains)
        self.seated: list[StatedOffice] = []
        self.holder = False  # «хозяин Белого дома»: the person, not the house

    def read(self) -> None:
        i = 0
        while i < len(self.written):
            i = self._office(i) or self._thing(i) or self._word(i)

    def _office(self, at: int) -> int:
        """The token after the office that begins here; an adjective may stand within: «спикер казахстанского Сената»."""
        if self.written[at].endswith("."):
            return 0
        places = [at, *(n for n in range(at + 1, min(len(self.written), at + _LONGEST)) if not self._adjective(n))]
        low, written = [self.low[n] for n in places], [self.written[n] for n in places]
        offices = [a for a in self.index.match(low, written, 0) if a.kind == "office"]
        if not offices:
            return 0
        longest = [a.key for a in offices if a.length == offices[0].length]
        end = places[offices[0].length - 1] + 1
        keys = dict.fromkeys(longest)
        if all(key.startswith(_HOLDER) for key in keys):
            self.holder = True
        else:
            chamber = chamber_of(offices[0].name) if any(key.startswith("speaker@") for key in keys) else ""
            self.found.append(("office", "|".join(keys) + (f"#{chamber}" if chamber else "")))
        self.found += [("adjective", code) for n in range(at, end) if (code := self._adjective(n))]
        return end

    def _adjective(self, at: int) -> str | None:
        found = self.index.match(self.low, self.written, at)
        return next((a.key for a in found if a.kind == "adjective" and a.length == 1), None)

    def _thing(self, at: int) -> int:
        """The token after the state, palace or organisation that is named here."""
        if self.written[at].endswith("."):
            return 0
        found = [a for a in self.index.match(self.low, self.written, at) if a.kind in _RANK]
        if not found:
            return 0
        best = max(found, key=lambda a: (a.length, _RANK[a.kind]))
        self.found.append((best.kind, best.key))
        if best.kind == "metonym" and (best.key, best.name) in self.seats:
            self.seated.append(StatedOffice(self.seats[best.key, best.name], best.key))
        return at + best.length

    def _word(self, at: int) -> int:
        written, low = self.written[at], self.low[at]
        if low in _IGNORED:
            return at + 1
        if written[0].isupper() or (self.name and low in _PARTICLES):
            self.name.append(written)
        elif written[0].isalpha():
            self.found.append(("words", low))
        return at + 1


_LONGEST = 9
_HOLDER = "holder@"
_RANK = {"state": 5, "organisation": 4, "body": 3, "format": 2, "adjective": 1, "metonym": 0}


def _standing(found: list[tuple[str, str]]) -> str:
    codes = [key.partition("@")[0] for kind, key in found if kind == "office"]
    return next((code for code in codes if code in _STANDINGS), "current")


def _state(found: list[tuple[str, str]]) -> str | None:
    states = dict.fromkeys(key for kind, key in found if kind in ("state", "adjective", "metonym"))
    return next(iter(states)) if len(states) == 1 else None


def _offices(found: list[tuple[str, str]]) -> Iterator[StatedOffice]:
    """Each office with the state or organisation that stands nearest, after it rather than before."""
    owners = [(n, kind, key) for n, (kind, key) in enumerate(found) if kind in _RANK]
    for n, (kind, keys) in enumerate(found):
        if kind == "office":
            after = found[n + 1] if n + 1 < len(found) else ("", "")
            yield from _stated(keys, _owner(n, owners), after[1] if after[0] == "words" else "")


def _stated(keys: str, owner: str | None, words: str) -> Iterator[StatedOffice]:
    """Of the offices that bear one name that of the owner, else the one of no state, else each with whose it may be.

    >>> [s.code for s in _stated("prime_minister@DE|prime_minister@AT", "AT", "")]
    ['prime_minister']
    >>> [(s.code, sorted(s.among)) for s in _stated("first_president@KZ|president@TJ", None, "")]
    [('first_president', ['KZ']), ('president', ['TJ'])]
    """
    keys, _, chamber = keys.partition("#")
    split = [(code, own) for code, _, own in (key.partition("@") for key in keys.split("|")) if code not in _STANDINGS]
    plain = [code for code, own in split if not own]
    owned = [code for code, own in split if own and own == owner]
    for code in (owned or plain)[:1]:
        yield StatedOffice(code, owner, words if code in _OF_A_THING else "", chamber=chamber)
    if owned or plain:
        return
    for code in dict.fromkeys(code for code, _ in split):
        among = frozenset(own for c, own in split if c == code)
        if owner is not None:  # «председатель Сейма Литвы»: a word of Latvia's used of another parliament
            yield StatedOffice(code, owner, "", chamber=chamber)
        else:
            yield StatedOffice(code, next(iter(among)) if len(split) == 1 else None, "", among, chamber)


def _owner(at: int, owners: list[tuple[int, str, str]]) -> str | None:
    following = [o for o in owners if o[0] > at]
    before = [o for o in owners if o[0] < at]
    things = [o for o in following[:1] if o[1] in ("organisation", "body", "format")]
    chosen = things or following[:1] or before[-1:]
    return chosen[0][2] if chosen else None
