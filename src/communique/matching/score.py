"""Whether two keys are of one meeting: a table of features, each with a sentence, and a verdict.

In: two `MeetingKey`. Out: a `Score`: `same`, `part` (two parts of one visit or session), `unsure` or `different`. Holds always:
swapping the keys changes nothing but the order in the sentences; what one side leaves out speaks neither for nor against.
"""

import datetime
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from communique.matching.features import Feature, differs, partly, unknown
from communique.matching.keys import MeetingKey, Who, share_of_words
from communique.matching.who import same_name, same_sound
from communique.matching.wording import alphabet, overlap
from communique.record.days import days_apart
from communique.world.names.sound import sound_key

Relation = Literal["same", "part", "unsure", "different"]
SAME, UNSURE = 5.0, 3.0
RULES = "merging 2"  # who says it, in a pair's row; a change of rules is a new number
REPRINT = 0.6  # share of common running text from which two pages are one account
# Kinds that are never one meeting though all else agrees: they are parts of one visit or session.
_SIDES = frozenset({"press_statement", "ceremony", "phone_call", "video_call", "forum"})
_WHOLE = frozenset({"visit"})
_MANY = frozenset({"summit", "council_session", "forum"})
_OF_TWO = frozenset({"talks", "reception", "phone_call", "video_call"})
_ALONE = frozenset({"one_on_one", "narrow"})
_OF_HEADS = frozenset({"president", "prime_minister", "monarch", "crown_prince"})


class Score(msgspec.Struct, frozen=True):
    """What was compared, the sum of it, and the verdict."""

    verdict: Relation
    total: float
    features: tuple[Feature, ...]

    @property
    def why(self) -> str:
        return "; ".join(f.sentence for f in self.features if f.score)


def score_keys(one: MeetingKey, other: MeetingKey) -> Score:
    """The features of two meetings, and what they come to."""
    if one.document == other.document:
        return _of_one_page(one, other)
    features = tuple(compare(one, other) for compare in _FEATURES)
    total = round(sum(f.score for f in features), 3)
    return Score(_verdict(one, other, features, total), total, features)


def _of_one_page(one: MeetingKey, other: MeetingKey) -> Score:
    """A page that tells of two meetings knows that they are two."""
    if other.node == one.parent or one.node == other.parent or (one.parent and one.parent == other.parent):
        return Score("part", 0.0, (Feature("page", "partly", 0.0, "page: one page tells of both, as parts of one"),))
    both = [one.relation, other.relation] == ["reported", "reported"]
    if both and one.first and one.first == other.first and len(one.people) > 1 and _all_in(one, other):
        return Score("part", 0.0, (Feature("page", "partly", 0.0, "page: one page tells of both, on one day"),))
    return Score("different", 0.0, (Feature("page", "differs", 0.0, "page: one page tells of both"),))


def _is_reprint(one: MeetingKey, other: MeetingKey) -> bool:
    """The same words of a meeting of the same kind: one account, printed twice."""
    return one.kind == other.kind and one.words == other.words and _all_in(one, other)


def _all_in(one: MeetingKey, other: MeetingKey) -> bool:
    return len(one.people) == len(other.people) and all(any(is_same(w, v) for v in other.people) for w in one.people)


def _verdict(one: MeetingKey, other: MeetingKey, features: Sequence[Feature], total: float) -> Relation:
    named = {f.name: f for f in features}
    if any(f.verdict == "differs" and f.score <= VETO for f in features):
        return "different"
    kinds = {one.kind, other.kind}
    if kinds & _WHOLE and kinds & _MANY:  # a session of many is no part of one guest's visit
        return "unsure" if total >= SAME else "different"
    if _is_reprint(one, other):
        return "same"
    if _is_side(one, other) and total >= SAME and named["people"].score > 0:
        return "part"
    if total >= SAME and _has_ground(named):
        return "same"
    return "unsure" if total >= UNSURE else "different"


VETO = -4.0


def _has_ground(named: dict[str, Feature]) -> bool:
    """Two of: the people, the day, the place or body, something said or signed alike. One alone is a coincidence."""
    content = named["titles"].score + named["quotes"].score + named["numbers"].score + named["words"].score >= 1.5
    if named["date"].verdict in ("unknown", "one_sided") and not content:
        return False  # the same two meet again
    ground = [
        named["people"].score >= 1.5,
        named["date"].score >= 1.5,
        named["place"].score >= 1 or named["body"].score >= 1 or named["series"].score >= 1,
        content,
    ]
    return sum(ground) >= 2


def _is_side(one: MeetingKey, other: MeetingKey) -> bool:
    """A signing beside talks, a dinner beside a session: of one occasion, and two meetings."""
    kinds = {one.kind, other.kind}
    if len(kinds) == 2 and (kinds & _SIDES or kinds & _WHOLE or "other" in kinds):
        return True
    settings = {one.setting, other.setting}
    return "extended" in settings and bool(settings & _ALONE)


# Features --------------------------------------------------------------------------------------------------------


def _compare_dates(one: MeetingKey, other: MeetingKey) -> Feature:
    if one.month_day or other.month_day:
        return _compare_month_days(one, other)
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return unknown("date", one.first, other.first)
    said = _said(one), _said(other)
    apart = days_apart((one.first, one.last), (other.first, other.last))
    exact = one.stated and other.stated
    if apart > 0:
        return Feature("date", "differs", VETO if exact or apart > 1 else -1.0, f"date: {said[0]} / {said[1]}")
    if exact:
        short = _length(one) <= 1 and _length(other) <= 1
        return (
            Feature("date", "same", 3.0 if short else 1.5, f"date: both say {said[0]}")
            if said[0] == said[1]
            else partly("date", 2.0 if short else 0.5, f"{said[0]} / {said[1]}")
        )
    return partly("date", 1.5 if _length(one) + _length(other) <= 6 else 0.3, f"{said[0]} / {said[1]}")


def _compare_month_days(one: MeetingKey, other: MeetingKey) -> Feature:
    """A day without a year agrees with that day of any year, and with no other."""
    mine, theirs = (_month_days(k) for k in (one, other))
    if not mine or not theirs:
        return unknown("date", mine, theirs)
    said = " or ".join(sorted(mine)[:2]), " or ".join(sorted(theirs)[:2])
    if not mine & theirs:
        stated = (one.month_day or one.stated) and (other.month_day or other.stated)
        return Feature("date", "differs", VETO if stated else -1.5, f"date: {said[0]} / {said[1]}")
    return partly("date", 2.5 if len(mine) == len(theirs) == 1 else 1.5, f"{said[0]} / {said[1]}, the year is not said")


def _month_days(key: MeetingKey) -> set[str]:
    if key.month_day:
        return {key.month_day}
    if key.first is None or key.last is None:
        return set()
    return {d[5:] for d in _each_day(key.first, key.last)}


@lru_cache(4096)
def _each_day(first: str, last: str) -> tuple[str, ...]:
    begin = datetime.date.fromisoformat(first)
    length = min((datetime.date.fromisoformat(last) - begin).days, 31)
    return tuple((begin + datetime.timedelta(n)).isoformat() for n in range(length + 1))


def _length(key: MeetingKey) -> int:
    assert key.first and key.last
    return len(_each_day(key.first, key.last)) - 1


def _said(key: MeetingKey) -> str:
    days = key.first or "" if key.first == key.last else f"{key.first} to {key.last}"
    return days if key.stated else f"{days} by the page's date"


def _compare_people(one: MeetingKey, other: MeetingKey) -> Feature:
    """Who was there. Two heads of one state that are two persons make two meetings of two sides."""
    if not one.people or not other.people:
        return unknown("people", one.people, other.people)
    left, matched = list(other.people), []
    for who in one.people:
        found = next((w for w in left if is_same(who, w)), None)
        if found is not None:
            left.remove(found)
            matched.append(who)
    mine, theirs = (", ".join(_spelled(w) for w in k.people[:4]) for k in (one, other))
    least = min(len(one.people), len(other.people))
    if not matched and _of_two_alphabets(one, other):
        return unknown("people", None, None)
    if not matched:
        few = _two_sides(one) and _two_sides(other)  # of many, each page may name its own
        against = VETO if few and _are_named(one) and _are_named(other) else -1.5
        return Feature("people", "differs", against, f"people: {mine} / {theirs}")
    if _two_sides(one) and _two_sides(other) and _rivals(one, other):
        return Feature("people", "differs", VETO, f"people: {mine} / {theirs}")
    if _other_guests(one, other, matched, left):
        return Feature("people", "differs", VETO, f"people: {mine} / {theirs}")
    mine_first, theirs_first = _heads(one), _heads(other)
    if len(mine_first) == len(theirs_first) > 1 and all(any(is_same(w, v) for v in theirs_first) for w in mine_first):
        matched, least = mine_first, len(mine_first)  # of the delegations each page may name its own
    share = len(matched) / least
    weight = 3.0 if len(matched) > 1 else 1.5
    if share == 1 and len(one.people) == len(other.people) == least:
        return Feature("people", "same", weight, f"people: both name {mine}")
    return partly(
        "people",
        round(weight * share * share, 3),
        f"{len(matched)} of {least} are in both: {', '.join(_spelled(w) for w in matched[:4])}",
    )


def _other_guests(one: MeetingKey, other: MeetingKey, matched: Sequence[Who], left: Sequence[Who]) -> bool:
    """Two who met, and two who met, with one in common: the host received two guests."""
    alone = [w for w in one.people if w not in matched]
    pair = len(one.people) == len(other.people) == 2 and len(matched) == 1
    return pair and all(w.name or w.id for w in (*alone, *left))


def is_same(one: Who, other: Who) -> bool:
    """One person: by the roster's id, by the name, or nameless in one office of one state."""
    if one.id and other.id:
        return one.id == other.id
    if one.name and other.name:
        return are_one_name(one.name, other.name) and (
            one.state is None or other.state is None or one.state == other.state
        )
    return bool(one.state and one.state == other.state and set(one.offices) & set(other.offices))


@lru_cache(50_000)
def are_one_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Two forms of a name; in two alphabets both given name and surname must sound alike."""
    mine, theirs = " ".join(one), " ".join(other)
    return same_name(mine, theirs) if alphabet(mine) == alphabet(theirs) else same_sound(mine, theirs)


def _heads(key: MeetingKey) -> list[Who]:
    """Those who met, of a page that names their delegations too."""
    return [w for w in key.people if _OF_HEADS & set(w.offices)]


def _of_two_alphabets(one: MeetingKey, other: MeetingKey) -> bool:
    """Whether no name of one page can be read in the letters of the other: Си and Xi."""
    mine, theirs = ({alphabet(w.name[-1]) for w in k.people if w.name} for k in (one, other))
    return bool(mine and theirs and not mine & theirs)


def _are_named(key: MeetingKey) -> bool:
    return any(w.id or w.name for w in key.people)


def _two_sides(key: MeetingKey) -> bool:
    return len(key.states) == 2 and len(key.people) <= 4


def _rivals(one: MeetingKey, other: MeetingKey) -> bool:
    """Whether for some state both name somebody of the same office, and not the same person."""
    lonely = [w for w in one.people if not any(is_same(w, r) for r in other.people)]
    rivals = [r for r in other.people if not any(is_same(r, w) for w in one.people)]
    return any(_is_rival(who, rival) for who in lonely for rival in rivals)


def _is_rival(one: Who, other: Who) -> bool:
    named = (one.name or one.id) and (other.name or other.id)
    return bool(named and one.state and one.state == other.state and set(one.offices) & set(other.offices))


def _spelled(who: Who) -> str:
    return who.shown or "somebody"


def _compare_states(one: MeetingKey, other: MeetingKey) -> Feature:
    if not one.states or not other.states:
        return unknown("states", one.states, other.states)
    mine, theirs = " ".join(one.states), " ".join(other.states)
    common = set(one.states) & set(other.states)
    if one.states == other.states:
        return Feature("states", "same", 1.0 if len(common) > 1 else 0.3, f"states: both {mine}")
    if not common:
        return Feature("states", "differs", -2.0, f"states: {mine} / {theirs}")
    if {len(one.states) > 2, len(other.states) > 2} == {True, False} and _beside(one, other):
        return Feature("states", "differs", VETO, f"states: {mine} / {theirs}")
    inside = common in (set(one.states), set(other.states))
    if len(one.states) == len(other.states) == 2:
        return Feature("states", "differs", -2.0, f"states: {mine} / {theirs}")
    return partly("states", 0.5 if inside and len(common) > 1 else 0.0, f"{mine} / {theirs}")


def _beside(one: MeetingKey, other: MeetingKey) -> bool:
    """Talks of two beside a meeting of many."""
    few, many = sorted((one, other), key=lambda k: len(k.states))
    return len(few.states) == 2 and few.kind in _OF_TWO and many.kind not in _OF_TWO


def _compare_places(one: MeetingKey, other: MeetingKey) -> Feature:
    if one.place and other.place:
        if one.place == other.place or _sound(one.place) == _sound(other.place):
            return Feature("place", "same", 1.5, f"place: both say {one.place}")
        if one.country == other.country and {one.kind, other.kind} & _WHOLE:
            return partly("place", 0.0, f"{one.place} / {other.place}, in one country")
        return Feature("place", "differs", VETO, f"place: {one.place} / {other.place}")
    if one.country and other.country:
        if one.country == other.country:
            return partly("place", 0.5, f"both in {one.country}")
        return Feature("place", "differs", VETO, f"place: {one.country} / {other.country}")
    return unknown("place", one.place or one.country, other.place or other.country)


@lru_cache(10_000)
def _sound(name: str) -> str:
    """«Кызыл-Су», Қызыл-Су and Kyzyl-Su."""
    return " ".join(sound_key(word) for word in name.split())


def _compare_modes(one: MeetingKey, other: MeetingKey) -> Feature:
    if one.mode is None or other.mode is None:
        return unknown("mode", one.mode, other.mode)
    if one.mode == other.mode:
        return Feature("mode", "same", 0.3, f"mode: both {one.mode}")
    return Feature("mode", "differs", VETO, f"mode: {one.mode} / {other.mode}")


def _compare_kinds(one: MeetingKey, other: MeetingKey) -> Feature:
    if one.kind == other.kind:
        return Feature("kind", "same", 0.5, f"kind: both {one.kind}")
    many = [k.kind in _MANY or len(k.states) > 2 for k in (one, other)]
    if many[0] != many[1] and {one.kind, other.kind} & _OF_TWO:
        return Feature("kind", "differs", -3.5, f"kind: {one.kind} / {other.kind}")
    return partly("kind", 0.0, f"{one.kind} / {other.kind}")


def _compare_settings(one: MeetingKey, other: MeetingKey) -> Feature:
    """One-on-one and extended talks of one visit are told apart by nothing else."""
    if not one.setting or not other.setting:
        return unknown("setting", one.setting, other.setting)
    if one.setting == other.setting:
        return Feature("setting", "same", 1.5, f"setting: both {one.setting}")
    settings = {one.setting, other.setting}
    against = "extended" in settings and settings & _ALONE
    return partly("setting", -1.5 if against else 0.0, f"{one.setting} / {other.setting}")


def _compare_bodies(one: MeetingKey, other: MeetingKey) -> Feature:
    if not one.body or not other.body:
        return unknown("body", one.body, other.body)
    if one.body == other.body:
        return Feature("body", "same", 1.5, f"body: both {one.body}")
    if " " in one.body or " " in other.body:  # a name that the world does not know: spelled out here, shortened there
        share = overlap(one.body, other.body)
        return partly("body", 1.0 if share > 0.6 else 0.0, f"{one.body} / {other.body}")
    return Feature("body", "differs", -2.0, f"body: {one.body} / {other.body}")


def _compare_series(one: MeetingKey, other: MeetingKey) -> Feature:
    if one.ordinal is None or other.ordinal is None:
        return unknown("series", one.ordinal, other.ordinal)
    if one.ordinal == other.ordinal:
        return Feature("series", "same", 1.5, f"series: both the {one.ordinal}th")
    return Feature("series", "differs", VETO, f"series: the {one.ordinal}th / the {other.ordinal}th")


def _common(name: str, field: str, each: float, most: float, words: str) -> Callable[[MeetingKey, MeetingKey], Feature]:
    def compare(one: MeetingKey, other: MeetingKey) -> Feature:
        mine, theirs = (getattr(k, field) for k in (one, other))
        if not mine or not theirs:
            return unknown(name, mine, theirs)
        common = set(mine) & set(theirs)
        if not common:
            return Feature(name, "partly", 0.0, f"{name}: none in common")
        return Feature(name, "same", min(most, each * len(common)), f"{name}: {len(common)} {words} in both")

    return compare


def _compare_titles(one: MeetingKey, other: MeetingKey) -> Feature:
    """Papers of both; a title may be shortened to most of its words."""
    if not one.titles or not other.titles:
        return unknown("titles", one.titles, other.titles)
    common = sum(any(_is_title(a, b) for b in other.titles) for a in one.titles)
    if not common:
        return Feature("titles", "partly", 0.0, "titles: none in common")
    return Feature("titles", "same", min(3.0, 1.5 * common), f"titles: {common} titles of papers in both")


def _is_title(one: Sequence[str], other: Sequence[str]) -> bool:
    shared, least = len(set(one) & set(other)), min(len(one), len(other))
    return shared == least if least < 5 else shared >= 0.8 * least


def _compare_visit(one: MeetingKey, other: MeetingKey) -> Feature:
    """A visit, and what the visitor did in that country on those days."""
    if one.kind == other.kind or not {one.kind, other.kind} & _WHOLE or {one.kind, other.kind} & _MANY:
        return unknown("visit", None, None)
    visit, meeting = (one, other) if one.kind in _WHOLE else (other, one)
    there = visit.country and visit.country == meeting.country and visit.country not in visit.states
    guest = any(is_same(w, v) for w in visit.people for v in meeting.people)
    if not there or not guest or not visit.first or not meeting.first:
        return unknown("visit", None, None)
    return Feature("visit", "same", 1.5, f"visit: to {visit.country} on these days")


def _compare_words(one: MeetingKey, other: MeetingKey) -> Feature:
    share = share_of_words(one, other)
    if share < REPRINT / 4:
        return Feature("words", "partly", 0.0, "words: told in other words")
    return Feature(
        "words",
        "same",
        2.0 if share >= REPRINT else 1.0,
        f"words: {share:.0%} of the running text is the same".replace("%", " %"),
    )


def _compare_status(one: MeetingKey, other: MeetingKey) -> Feature:
    off = {"cancelled", "postponed", "denied"}
    if (one.status in off) != (other.status in off):
        return differs("status", one.status, other.status)
    return partly("status", 0.0, f"{one.status} / {other.status}")


_FEATURES: tuple[Callable[[MeetingKey, MeetingKey], Feature], ...] = (
    _compare_dates,
    _compare_people,
    _compare_states,
    _compare_places,
    _compare_modes,
    _compare_kinds,
    _compare_settings,
    _compare_bodies,
    _compare_series,
    _compare_status,
    _compare_titles,
    _common("quotes", "quotes", 2.0, 4.0, "quotations"),
    _common("numbers", "numbers", 0.7, 1.5, "numbers"),
    _common("topics", "topics", 0.15, 0.6, "topics"),
    _compare_words,
    _compare_visit,
)
