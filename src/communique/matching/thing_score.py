"""Whether two keys are of one thing: a table of features for papers, projects, undertakings and people, and a verdict.

In: two `ThingKey` of one kind. Out: a `Score`: `same`, `unsure` or `different`. Holds always: swapping the keys changes nothing but the
order in the sentences; what changes in the life of a thing (its status, a deadline) does not make it two.
"""

from collections.abc import Callable, Mapping

from communique.matching.features import Feature, partly, unknown
from communique.matching.score import VETO, Score, is_same
from communique.matching.things import ThingKey
from communique.matching.wording import overlap, same_root
from communique.record.days import days_apart, parse_days

SAME, UNSURE = 4.5, 3.0
SIGNED = ("signed", "adopted")
# How far a paper has come; what is still planned on a later day is another paper than the one signed before.
_STEPS = {
    "discussed": 0, "planned": 0, "announced": 0, "agreed": 1, "initialled": 2, "approved": 2, "signed": 3, "adopted": 3,
    "ratified": 4, "in_force": 5, "denounced": 6,
}  # fmt: skip
_PROMISED_ANEW = 400  # days
_ONE_SIGNING = 7  # days within which two pages may tell of one signing
# Kinds by which one paper may go; of any two others, one leads to the other and they are two.
_LIKE_KINDS = (
    frozenset({"treaty", "agreement", "contract"}), frozenset({"programme", "plan", "roadmap"}),
    frozenset({"declaration", "communique"}), frozenset({"decision", "plan", "programme"}),
)  # fmt: skip
_ONE_WORD = 1.5  # of the score of one word that both sides have
Compare = Callable[[ThingKey, ThingKey], Feature]


def score_things(one: ThingKey, other: ThingKey) -> Score:
    """The features of two things, and what they come to."""
    features = tuple(compare(one, other) for compare in _FEATURES[one.kind])
    total = round(sum(f.score for f in features), 3)
    named = {f.name: f for f in features}
    if any(f.verdict == "differs" and f.score <= VETO for f in features):
        return Score("different", total, features)
    if total >= SAME and _GROUND[one.kind](named):
        return Score("same", total, features)
    return Score("unsure" if total >= UNSURE else "different", total, features)


# When `same` is believed ------------------------------------------------------------------------------------------


def _ground_of_paper(named: Mapping[str, Feature]) -> bool:
    """What it is about and whose it is; where nothing says whose, a date or a number of its own. A bare joint statement: its day."""
    about, whose = named["title"].score, named["parties"].score
    its_own = named["document date"].score + named["signing"].score + named["numbers"].score + named["period"].score
    if named["title"].verdict == "unknown":
        return whose >= 1 and named["document date"].score + named["signing"].score >= 2
    return about >= 1.5 and (whose >= 1 or its_own >= 1)


def _ground_of_project(named: Mapping[str, Feature]) -> bool:
    """What it is, with where or whose; of one word («школа») with both. Where one page alone says where, whose is not enough."""
    grounds = sum(named[name].score >= 1 for name in ("place", "parties"))
    if named["place"].verdict == "one_sided":
        return False
    return named["what"].score >= 1.5 and grounds >= (1 if named["what"].score > _ONE_WORD else 2)


def _ground_of_commitment(named: Mapping[str, Feature]) -> bool:
    return named["what"].score >= 2 and named["parties"].score >= 1


def _ground_of_person(named: Mapping[str, Feature]) -> bool:
    """The name with the state; a whole name also with the office; an initial with both."""
    grounds = sum(named[name].score >= 1 for name in ("state", "office"))
    return grounds >= (1 if named["name"].score >= 3 else 2)


_GROUND = {
    "agreement": _ground_of_paper,
    "project": _ground_of_project,
    "commitment": _ground_of_commitment,
    "person": _ground_of_person,
}


# Features --------------------------------------------------------------------------------------------------------


def _words(name: str) -> Compare:
    """What the thing is, by the words that are its own: those that all of its kind have are left out of `matter`."""

    def compare(one: ThingKey, other: ThingKey) -> Feature:
        mine, theirs = set(one.matter.split()), set(other.matter.split())
        if not mine or not theirs:
            return unknown(name, mine, theirs)
        found = len(_related(mine, theirs)), len(_related(theirs, mine))
        few, share = min(len(mine), len(theirs)), sum(found) / (len(mine) + len(theirs))
        said = f"«{one.title}» / «{other.title}»"
        if share == 1:
            return Feature(name, "same", 3.0 if few >= 2 else _ONE_WORD, f"{name}: {said}")
        if few >= 2 and (share >= 0.75 or few in found):
            return partly(name, 2.5 if share >= 0.75 else 2.0, said)
        if few >= 3 and share >= 0.6:
            return partly(name, 1.5, said)
        if share >= 0.34:
            return partly(name, 0.5, said)
        return Feature(name, "differs", -3.0, f"{name}: {said}")

    return compare


def _related(words: set[str], others: set[str]) -> list[str]:
    """The words of one side that the other has in any form, or made from the same root: «энергетика», «энергетический»."""
    return [w for w in words if any(same_root(w, other) for other in others)]


def _compare_sorts(one: ThingKey, other: ThingKey) -> Feature:
    if not one.sort or not other.sort or "other" in (one.sort, other.sort):
        return unknown("kind", one.sort, other.sort)
    if one.sort == other.sort:
        return Feature("kind", "same", 0.5, f"kind: both {one.sort}")
    if any({one.sort, other.sort} <= like for like in _LIKE_KINDS):
        return partly("kind", 0.0, f"{one.sort} / {other.sort}")
    return Feature("kind", "differs", VETO, f"kind: {one.sort} / {other.sort}")


def _compare_numbers(one: ThingKey, other: ThingKey) -> Feature:
    """Years and amounts among the words: the programme for 2024 to 2026 is not that for 2027 to 2029."""
    if not one.numbers or not other.numbers:
        return unknown("numbers", one.numbers, other.numbers)
    said = f"{', '.join(one.numbers)} / {', '.join(other.numbers)}"
    common = set(one.numbers) & set(other.numbers)
    if common in (set(one.numbers), set(other.numbers)):
        return Feature("numbers", "same", 1.0, f"numbers: {said}")
    return Feature("numbers", "differs", VETO, f"numbers: {said}")


def _compare_parties(one: ThingKey, other: ThingKey) -> Feature:
    """Whose it is; where the page does not say, the states at whose meeting it is told."""
    mine, theirs = (k.parties or k.between for k in (one, other))
    if not mine or not theirs:
        return unknown("parties", mine, theirs)
    said = f"{' '.join(mine)} / {' '.join(theirs)}"
    stated = bool(one.parties and other.parties)
    common = set(mine) & set(theirs)
    if set(mine) == set(theirs):
        return Feature("parties", "same", 2.0 if stated else 1.5, f"parties: both {' '.join(mine)}")
    if not common:
        return Feature(
            "parties", "differs", VETO if stated or len(mine) == len(theirs) == 2 else -1.5, f"parties: {said}"
        )
    if common in (set(mine), set(theirs)):
        return partly("parties", 1.0, said)
    return Feature("parties", "differs", VETO if len(mine) == len(theirs) == 2 else -1.5, f"parties: {said}")


def _compare_document_dates(one: ThingKey, other: ThingKey) -> Feature:
    """The date that a paper bears; of the other side the day of its signing will do."""
    mine, theirs = (_dated(k) for k in (one, other))
    if mine is None or theirs is None or not (one.document_date or other.document_date):
        return unknown("document date", mine, theirs)
    apart = days_apart(mine, theirs)
    said = f"{_days(mine)} / {_days(theirs)}"
    if apart > 3:
        return Feature("document date", "differs", VETO, f"document date: {said}")
    return (
        Feature("document date", "same", 2.0, f"document date: {said}")
        if apart == 0
        else partly("document date", 0.5, said)
    )


def _compare_signings(one: ThingKey, other: ThingKey) -> Feature:
    """A paper is signed once: a plan that is signed each year is another one each year."""
    if one.status not in SIGNED or other.status not in SIGNED or not one.first or not other.first:
        return unknown("signing", one.first and one.status in SIGNED, other.first and other.status in SIGNED)
    mine, theirs = _span(one), _span(other)
    said = f"{_days(mine)} / {_days(theirs)}"
    apart = days_apart(mine, theirs)
    if apart > _ONE_SIGNING:
        return Feature("signing", "differs", VETO, f"signing: {said}")
    return Feature("signing", "same", 2.0 if apart == 0 else 1.0, f"signing: {said}")


def _compare_steps(one: ThingKey, other: ThingKey) -> Feature:
    """What is still to be signed after it was signed is another paper."""
    earlier, later = sorted((one, other), key=lambda k: k.told or "")
    steps = _STEPS.get(earlier.status or ""), _STEPS.get(later.status or "")
    if not earlier.told or not later.told or None in steps or earlier.told == later.told:
        return unknown("order", one.told, other.told)
    done, then = steps
    assert done is not None and then is not None
    said = f"{earlier.status} on {earlier.told}, {later.status} on {later.told}"
    if done >= 3 > then and later.relation != "earlier":
        return Feature("order", "differs", -2.0, f"order: {said}")
    return partly("order", 0.3 if done < then else 0.0, said)


def _one_alone(field: str, weight: float) -> Compare:
    """What a thing has one of: two places, two periods are two things."""

    def compare(one: ThingKey, other: ThingKey) -> Feature:
        mine, theirs = getattr(one, field), getattr(other, field)
        if not mine or not theirs:
            return unknown(field, mine, theirs)
        if mine == theirs:
            return Feature(field, "same", weight, f"{field}: both {mine}")
        return Feature(field, "differs", VETO, f"{field}: {mine} / {theirs}")

    return compare


def _compare_products(one: ThingKey, other: ThingKey) -> Feature:
    if not one.product or not other.product:
        return unknown("product", one.product, other.product)
    alike = overlap(one.product, other.product) >= 0.5
    said = f"{one.product} / {other.product}"
    return (
        Feature("product", "same", 1.0, f"product: {said}")
        if alike
        else Feature("product", "differs", -2.0, f"product: {said}")
    )


def _compare_deadlines(one: ThingKey, other: ThingKey) -> Feature:
    """A deadline that moved is told, and makes no other promise."""
    if not one.deadline or not other.deadline:
        return unknown("deadline", one.deadline, other.deadline)
    if one.deadline == other.deadline:
        return Feature("deadline", "same", 1.0, f"deadline: both {one.deadline}")
    return Feature("deadline", "differs", 0.0, f"deadline: {one.deadline} / {other.deadline}")


def _compare_tellings(one: ThingKey, other: ThingKey) -> Feature:
    """What is promised again after more than a year, with no date or amount in common, may be promised anew: a visit, a credit."""
    if not one.told or not other.told:
        return unknown("told", one.told, other.told)
    shared = (one.deadline and one.deadline == other.deadline) or set(one.numbers) & set(other.numbers)
    apart = days_apart((one.told, one.told), (other.told, other.told)) > _PROMISED_ANEW
    return partly("told", -2.0 if apart and not shared else 0.0, f"{one.told} / {other.told}")


def _compare_heads(one: ThingKey, other: ThingKey) -> Feature:
    """What sort of thing it is called: a bridge is not the road to it."""
    if not one.head or not other.head:
        return unknown("called", one.head, other.head)
    if same_root(one.head, other.head):
        return Feature("called", "same", 0.5, f"called: both «{one.head}»")
    return Feature("called", "differs", -1.5, f"called: {one.head} / {other.head}")


def _compare_names(one: ThingKey, other: ThingKey) -> Feature:
    """A whole name; an initial or a surname alone is less, for there are brothers and namesakes."""
    assert one.who and other.who
    said = f"{one.title} / {other.title}"
    if not is_same(one.who, other.who):
        return Feature("name", "differs", VETO, f"name: {said}")
    whole = min(len(one.who.name), len(other.who.name)) >= 2
    letters = any(len(part) == 1 for part in (*one.who.name, *other.who.name))
    return Feature("name", "same", 3.0 if whole and not letters else 1.5 if whole else 0.5, f"name: {said}")


def _compare_states(one: ThingKey, other: ThingKey) -> Feature:
    """The state or the organisation that a person speaks for. Two states contradict; two organisations may be two offices."""
    if not one.parties or not other.parties:
        return unknown("state", one.parties, other.parties)
    said = f"{' '.join(one.parties)} / {' '.join(other.parties)}"
    if any(a == b or overlap(a, b) >= 0.5 for a in one.parties for b in other.parties):
        return Feature("state", "same", 1.5, f"state: {said}")
    states = [[p for p in k.parties if " " not in p and (p.isupper() or p.startswith("x-"))] for k in (one, other)]
    return Feature("state", "differs", VETO if all(states) else -1.0, f"state: {said}")


def _compare_company(one: ThingKey, other: ThingKey) -> Feature:
    """At whose meetings somebody is told of."""
    if not one.between or not other.between:
        return unknown("told with", one.between, other.between)
    said = f"{' '.join(one.between)} / {' '.join(other.between)}"
    return partly("told with", 1.0 if set(one.between) == set(other.between) else 0.0, said)


def _compare_offices(one: ThingKey, other: ThingKey) -> Feature:
    """People rise: another office speaks against nothing, the same one for them."""
    assert one.who and other.who
    if not one.status or not other.status:
        return unknown("office", one.status, other.status)
    said = f"{one.status} / {other.status}"
    common = set(one.who.offices) & set(other.who.offices)
    if common or overlap(one.status, other.status) >= 0.6:
        return Feature("office", "same", 1.0, f"office: {said}")
    return partly("office", 0.0, said)


_FEATURES: dict[str, tuple[Compare, ...]] = {
    "agreement": (
        _words("title"), _compare_sorts, _compare_numbers, _compare_parties, _compare_document_dates, _compare_signings,
        _compare_steps, _one_alone("period", 1.0),
    ),
    "project": (
        _words("what"), _compare_heads, _one_alone("place", 1.5), _compare_parties, _compare_products, _compare_numbers,
    ),
    "commitment": (_words("what"), _compare_parties, _compare_numbers, _compare_deadlines, _compare_heads, _compare_tellings),
    "person": (_compare_names, _compare_states, _compare_offices, _compare_company),
}  # fmt: skip


# Days ------------------------------------------------------------------------------------------------------------


def _dated(key: ThingKey) -> tuple[str, str] | None:
    if key.document_date:
        return parse_days(key.document_date, key.told)
    return _span(key) if key.status in SIGNED and key.first else None


def _span(key: ThingKey) -> tuple[str, str]:
    assert key.first
    return key.first, key.last or key.first


def _days(span: tuple[str, str]) -> str:
    return span[0] if span[0] == span[1] else f"{span[0]} to {span[1]}"
