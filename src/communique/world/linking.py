"""Who is meant: a reference to a person becomes ranked candidates with reasons, and a link or none.

In: a `Reference` (name, offices, standing, day, publisher). Out: a `Decision`: candidates, best first, each with features that
say in a sentence what speaks for it; and the one that is linked, or why nobody is. Ambiguous means nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from communique.world.entities import Person, Tenure
from communique.world.offices import held_as, is_of_chamber
from communique.world.people_names import Completeness, Fit, iter_spellings
from communique.world.reference import Reference, StatedOffice, split_name
from communique.world.world import World

FeatureName = Literal["name", "office", "day", "state", "publisher", "source", "only"]
Refusal = Literal[
    "nobody", "not_held", "another_office", "another_state", "ambiguous", "not_in_office", "no_day", "common_name", "seat",
]  # fmt: skip
# What is not refused for the words, only for want of certainty: the person is among those who may be meant.
UNSURE: frozenset[Refusal | None] = frozenset({None, "ambiguous", "not_in_office", "no_day", "common_name", "seat"})
_HOLDING = ("", "current", "acting")
# Offices by which alone a person can be known: one holds them at a time.
_OF_ONE = frozenset(
    "president monarch prime_minister foreign_minister defence_minister secretary_of_state first_president crown_prince "
    "secretary_general director_general executive_secretary commission_president council_president security_secretary "
    "speaker vice_president chair".split()
)
_HEADS = ("president", "monarch", "leader", "prime_minister")
_OF_ORGANISATIONS = frozenset(
    "secretary_general director_general executive_secretary chair commission_president council_president".split()
)
_HEADS_OF_ORGANISATIONS = (
    "secretary_general", "director_general", "executive_secretary", "president", "chair", "commission_president",
)  # fmt: skip
_NEAR = 5  # years in which a namesake of the same state may still be meant
_YOUNG = 3  # years after a state's birth in which its first president took office
_WHOLE = {Completeness.part: 0.35, Completeness.family: 0.45, Completeness.initials: 0.6, Completeness.full: 0.8}


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that speaks for a candidate (above 0) or against it, with the sentence that says so."""

    name: FeatureName
    value: float
    says: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be meant, by which tenure; `refused` says what forbids a link, None where nothing does."""

    person: Person
    tenure: Tenure | None
    features: tuple[Feature, ...]
    refused: Refusal | None = None

    @property
    def score(self) -> float:
        return round(sum(f.value for f in self.features), 3)

    @property
    def verified(self) -> bool:
        """Whether the tenure on which the link rests has a source; a link without a tenure rests on the name alone."""
        return self.tenure is None or self.tenure.verified

    @property
    def rests_on_tenure(self) -> bool:
        """Whether the tenure alone says who it is: the words have no whole name."""
        return all(f.name != "name" or f.value < _WHOLE[Completeness.full] for f in self.features)

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(f.says for f in self.features)


@dataclass(frozen=True, slots=True)
class Decision:
    """The link, if any; `refused` is why there is none; `candidates` stand best first."""

    candidates: tuple[Candidate, ...]
    link: Candidate | None
    refused: Refusal | None = None


def link(world: World, reference: Reference) -> Decision:
    """Who is meant, or why nobody can be linked.

    A stated office must have been held on the day; a name without an office is linked where it is whole and its bearer the
    only one, a family name alone only to who was in office that day. Without a name the office must have had one holder.
    """
    ranked = rank(world, reference)
    allowed = [c for c in ranked if c.refused is None]
    if len(allowed) > 1 and not reference.offices:  # of two namesakes the one who was in office
        then = [c for c in allowed if c.tenure is not None and _holding(c.tenure, reference)]
        allowed = then if len(then) == 1 else allowed
    if len(allowed) > 1 and " " in reference.name:  # written in full is more than a part of a longer name
        top = allowed[0].score
        best = [c for c in allowed if c.score >= top - 0.05]
        allowed = best if len(best) == 1 and reference.offices else allowed
    if len(allowed) == 1:
        return Decision(tuple(ranked), allowed[0])
    refused: Refusal = "ambiguous" if allowed else ranked[0].refused or "nobody" if ranked else "nobody"
    return Decision(tuple(ranked), None, refused)


def rank(world: World, reference: Reference) -> list[Candidate]:
    """All who may be meant, best first; those whom something forbids come after those who can be linked."""
    found = list((_named if reference.name else _by_office)(world, reference))
    if reference.seat:
        found = [replace(c, refused="seat") for c in found]
    found.sort(key=lambda c: (c.refused is not None, -c.score, c.person.id))
    return found


def _named(world: World, reference: Reference) -> Iterable[Candidate]:
    written = tuple(split_name(reference.name))
    fits = world.people_names.fits(written)
    whole = [f for f in fits if f.completeness is not Completeness.part]
    if not reference.offices:  # «Каримова» without an office may be his or hers
        whole = [f for f in whole if not f.or_hers]
    found = [_by_name(world, reference, fit, len(whole)) for fit in whole]
    if reference.offices:  # «King Abdullah», «President Fernández»: one word of the name of who held the office then
        parts = (_by_name(world, reference, f, len(fits)) for f in fits if f.completeness is Completeness.part)
        found += [c for c in parts if c.refused is None and reference.first]
    if not any(c.refused is None for c in found):
        known = {c.person.id for c in found}
        found += [c for c in _by_spelling(world, reference, written) if c.person.id not in known]
    return found


# By name ---------------------------------------------------------------------------------------------------------


def _by_name(world: World, reference: Reference, fit: Fit, rivals: int) -> Candidate:
    person = world.people[fit.person]
    features = [Feature("name", _WHOLE[fit.completeness], _says_name(fit))]
    if rivals == 1:
        features.append(Feature("only", 0.1, "nobody else in the world bears this name"))
    tenures = world.tenures_of.get(person.id, ())
    if reference.offices:
        return _with_office(reference, person, tenures, features, world)
    return _without_office(reference, person, tenures, features, fit.completeness, world)


def _says_name(fit: Fit) -> str:
    if fit.completeness is Completeness.full:
        return f"the name is {fit.name}"
    part = "family name and initials" if fit.completeness is Completeness.initials else "family name"
    verb = "agree" if fit.completeness is Completeness.initials else "agrees"
    return f"the {part} {verb} with {fit.name}"


def _with_office(
    reference: Reference, person: Person, tenures: Sequence[Tenure], features: list[Feature], world: World
) -> Candidate:
    held = [t for t in tenures if any(_is_that_office(world, o, t, reference) for o in reference.offices)]
    if not held:
        elsewhere = [
            t for t in tenures if any(held_as(o.code, t.office, t.of) and not o.portfolio for o in reference.offices)
        ]
        refused: Refusal = "another_state" if elsewhere else "another_office"
        return Candidate(person, None, (*features, Feature("office", -0.5, _says_never(world, reference))), refused)
    then = [t for t in held if _stands_so(t, reference) or _was_first(t, reference, world)]
    if not then:
        nearest = held[-1]
        says = f"held the office {_spell(world, nearest)}, not {_on(reference)}"
        return Candidate(person, nearest, (*features, Feature("day", -0.5, says)), "not_held")
    tenure = max(then, key=lambda t: (t.verified, t.start))
    features.append(Feature("office", 0.3, f"held the office {_spell(world, tenure)}"))
    if reference.first:
        features.append(Feature("day", 0.1, _says_day(tenure, reference)))
    if _by_publisher(reference, tenure):
        features.append(_says_publisher(world, reference, tenure))
    return Candidate(person, tenure, (*features, *_source(tenure)))


def _without_office(
    reference: Reference,
    person: Person,
    tenures: Sequence[Tenure],
    features: list[Feature],
    completeness: Completeness,
    world: World,
) -> Candidate:
    states = {t.of for t in tenures}
    if reference.state and reference.state not in states:
        says = f"no office of {world.english_name_of(reference.state)} is known"
        return Candidate(person, None, (*features, Feature("state", -0.5, says)), "another_state")
    if reference.state:
        features.append(Feature("state", 0.2, f"held office in {world.english_name_of(reference.state)}"))
    then = [t for t in tenures if _holding(t, reference)]
    tenure = max(then, key=lambda t: (t.verified, t.start), default=None)
    if tenure is not None:
        says = f"held the office {_spell(world, tenure)}; {_says_day(tenure, reference)}"
        features += [Feature("day", 0.2, says), *_source(tenure)]
        whole = completeness is Completeness.full
        return Candidate(
            person, tenure, tuple(features), None if whole else _why_not_alone(world, reference, person, tenure)
        )
    refused = _why_not_out_of_office(reference, tenures, completeness)
    if refused == "not_in_office":
        features.append(Feature("day", -0.2, f"was in no office {_on(reference)}"))
    elif refused == "no_day":
        features.append(Feature("day", -0.2, "a name alone needs a day"))
    return Candidate(person, None, tuple(features), refused)


def _why_not_out_of_office(
    reference: Reference, tenures: Sequence[Tenure], completeness: Completeness
) -> Refusal | None:
    """Who is in no office is known by a whole name only, after the first office, and under no title that we cannot read."""
    if completeness is not Completeness.full:
        return "not_in_office" if reference.first else "no_day"
    known_since = min((t.start for t in tenures), default="")
    before = bool(reference.first) and reference.last[: len(known_since)] < known_since
    return "not_in_office" if before or reference.unexplained else None


def _why_not_alone(world: World, reference: Reference, person: Person, tenure: Tenure) -> Refusal | None:
    """A family name alone is that of a head, where no namesake comes into question; initials or a state make it anybody's."""
    initials = any(w.endswith(".") for w in split_name(reference.name))
    if tenure.office not in _HEADS and reference.state is None and not initials:
        return "common_name"
    fits = world.people_names.fits(tuple(split_name(reference.name)))
    others = (t for f in fits if f.person != person.id for t in world.tenures_of.get(f.person, ()))
    return "ambiguous" if any(t.of == tenure.of and _near(t, reference) for t in others) else None


def _near(tenure: Tenure, reference: Reference) -> bool:
    """Whether somebody was in office within a few years of the day."""
    year = int(reference.first[:4])
    return int(tenure.start[:4]) - _NEAR <= year and (not tenure.end or int(tenure.end[:4]) + _NEAR >= year)


def _by_spelling(world: World, reference: Reference, written: Sequence[str]) -> Iterable[Candidate]:
    """Whose name is written with another letter or in another way, and who held an office on that day."""
    if not reference.first or any(w.endswith(".") for w in written):
        return
    if len(written) > 1 or len(written[0]) > 5:
        for tenure in _holders(world, reference):
            name = next((n for n in world.people[tenure.person].names if all(iter_spellings(written, n))), None)
            if name is not None:
                yield _heard(world, reference, tenure, name)
                return
    for person in sorted(world.people_names.sounding_like(written)):
        held = [t for t in world.tenures_of.get(person, ()) if _is_held(world, t, reference)]
        if held:
            yield _heard(world, reference, max(held, key=lambda t: (t.verified, t.start)), world.people[person].name)


def _is_held(world: World, tenure: Tenure, reference: Reference) -> bool:
    """Whether the tenure is a stated office, as it is stated; where none is, any office on the day."""
    if not reference.offices:
        return not reference.unexplained and _holding(tenure, reference)
    return _stands_so(tenure, reference) and any(
        _is_that_office(world, o, tenure, reference) for o in reference.offices
    )


def _heard(world: World, reference: Reference, tenure: Tenure, name: str) -> Candidate:
    features = (
        Feature("name", 0.4, f"the name is {name}, written otherwise"),
        Feature("office", 0.3, f"held the office {_spell(world, tenure)}"),
        Feature("day", 0.1, _says_day(tenure, reference)),
    )
    return Candidate(world.people[tenure.person], tenure, (*features, *_source(tenure)))


# By office -------------------------------------------------------------------------------------------------------


def _by_office(world: World, reference: Reference) -> Iterable[Candidate]:
    """The holders; one who only acts is meant where the words say so."""
    holders = [
        t for t in _holders(world, reference) if (t.standing == "acting") == (reference.standing == "acting")
    ] or [t for t in _holders(world, reference) if reference.standing == "acting"]
    people = {t.person: t for t in holders}
    for tenure in people.values():
        features = [Feature("office", 0.5, f"held the office {_spell(world, tenure)}")]
        if reference.first:
            features.append(Feature("day", 0.3, _says_day(tenure, reference)))
        elif len(people) == 1:
            features.append(Feature("only", 0.2, "nobody else is known to have held it, on whatever day"))
        if _by_publisher(reference, tenure):
            features.append(_says_publisher(world, reference, tenure))
        yield Candidate(world.people[tenure.person], tenure, (*features, *_source(tenure)))


def _holders(world: World, reference: Reference) -> list[Tenure]:
    """Who held one of the stated offices, on the day if it is known."""
    found: list[Tenure] = []
    for stated in reference.offices:
        of = _owner(reference, stated)
        if of is None or stated.portfolio or not _names_one(world, stated.code, of):
            continue
        if stated.code == "first_president":
            found += _first_president(world, of)
            continue
        if stated.code == "leader" and not _leads_alone(world, reference, of):
            continue
        for code in _codes(stated.code):
            held = (t for owner in _owners(world, of, code) for t in world.tenures_in.get((code, owner), ()))
            held = (t for t in held if is_of_chamber(stated.chamber, t.chamber))
            found += [
                t
                for t in held
                if (stated.code == "head" or held_as(stated.code, code, t.of)) and _stands_so(t, reference)
            ]
    return list(dict.fromkeys(found))


def _names_one(world: World, code: str, of: str) -> bool:
    """Whether an office without a name can say who is meant; «глава» of an organisation can, of a state may be either head."""
    return code in _OF_ONE or code == "leader" or (code == "head" and of in world.organisations)


def _owner(reference: Reference, stated: StatedOffice) -> str | None:
    """Whose office it is: as stated, else the publisher's, be it a state or an organisation."""
    of = stated.of or reference.state
    if of is None and stated.code in _OF_ORGANISATIONS and reference.publisher is not None:
        of = reference.publisher.organisation or None
    of = of or reference.home
    return of if not stated.among or of in stated.among else None


def _owners(world: World, of: str, code: str) -> tuple[str, ...]:
    """The organisation, or else its bodies that have such an office: «исполнительный секретарь СНГ» is its committee's."""
    if of in world.states or (code, of) in world.tenures_in:
        return (of,)
    return tuple(o.id for o in world.organisations.values() if o.parent == of and (code, o.id) in world.tenures_in)


def _first_president(world: World, of: str) -> list[Tenure]:
    """The first holder of the office in a state that is not much older than it; the title itself where somebody bears it."""
    titled = world.tenures_in.get(("first_president", of), [])
    held = sorted(world.tenures_in.get(("president", of), ()), key=lambda t: t.start)
    born = world.states[of].gw[-1].partition("@")[2][:4] if of in world.states and world.states[of].gw else ""
    if held and born >= "1990" and int(held[0].start[:4]) <= int(born) + _YOUNG:
        return held[:1]
    return titled


def _leads_alone(world: World, reference: Reference, of: str) -> bool:
    """«Туркменский лидер»: of a state that has a head and no head of government beside it."""
    premiers = world.tenures_in.get(("prime_minister", of), ())
    return not any(_stands_so(t, reference) for t in premiers)


def _codes(code: str) -> tuple[str, ...]:
    """The codes under which an office is held: «Президент» is also said of a king, a palace speaks for who sits in it."""
    if code == "president":
        return ("president", "monarch")
    if code == "leader":
        return ("leader", "president", "monarch")
    if code == "foreign_minister":
        return ("foreign_minister", "secretary_of_state")
    if code == "head":
        return _HEADS_OF_ORGANISATIONS
    return (code,)


# Comparing -------------------------------------------------------------------------------------------------------


def _is_that_office(world: World, stated: StatedOffice, tenure: Tenure, reference: Reference) -> bool:
    if stated.portfolio and stated.code != tenure.office:
        return False
    if stated.portfolio and stated.code in ("deputy_prime_minister", "director_general", "chair"):
        return False
    if not is_of_chamber(stated.chamber, tenure.chamber):
        return False
    of = stated.of or reference.state
    if stated.among and tenure.of not in stated.among:
        return False
    if of is not None and of != tenure.of and not _is_part(world, tenure.of, of):
        return False
    if stated.code == "first_president" and tenure.office == "president":
        return True
    return held_as(stated.code, tenure.office, tenure.of)


def _is_part(world: World, body: str, of: str) -> bool:
    return body in world.organisations and world.organisations[body].parent == of


def _stands_so(tenure: Tenure, reference: Reference) -> bool:
    """Whether the tenure is, on the day, of the standing that the words give it."""
    first, last = reference.first, reference.last
    if tenure.standing in ("former", "honorary", "designate") and tenure.standing != reference.standing:
        return False
    if not first:
        return True
    if reference.standing == "former":
        return tenure.standing == "former" or (bool(tenure.end) and tenure.end[: len(last)] <= last[: len(tenure.end)])
    if reference.standing == "designate":
        return tenure.standing == "designate" or (
            tenure.start >= last[: len(tenure.start)] and _soon(tenure.start, last)
        )
    return tenure.covers(first, last)


def _was_first(tenure: Tenure, reference: Reference, world: World) -> bool:
    """«Первый Президент»: whoever was the first to hold the office, in it and after."""
    if tenure.office != "president" or all(o.code != "first_president" for o in reference.offices):
        return False
    held = world.tenures_in["president", tenure.of]
    return tenure.start == min(t.start for t in held) and tenure.start <= (reference.last or "9999")


def _soon(start: str, day: str) -> bool:
    """Within the year or the next January to March: the time between an election and the oath."""
    return start[:4] == day[:4] or (int(start[:4]) == int(day[:4]) + 1 and start[5:7] <= "03")


def _holding(tenure: Tenure, reference: Reference) -> bool:
    if not reference.first or tenure.standing not in _HOLDING:
        return False
    return tenure.covers(reference.first, reference.last) and (reference.state in (None, tenure.of))


def _by_publisher(reference: Reference, tenure: Tenure) -> bool:
    return reference.home == tenure.of and not any(o.of for o in reference.offices) and reference.state is None


# Sentences -------------------------------------------------------------------------------------------------------


def _spell(world: World, tenure: Tenure) -> str:
    standing = f"{tenure.standing} " if tenure.standing else ""
    until = f"until {tenure.end}" if tenure.end else "to this day"
    return (
        f"{standing}{tenure.office.replace('_', ' ')} of {world.english_name_of(tenure.of)} from {tenure.start} {until}"
    )


def _on(reference: Reference) -> str:
    if not reference.first:
        return "on any day"
    if reference.first == reference.last:
        return f"on {reference.first}"
    return f"between {reference.first} and {reference.last}"


def _says_day(tenure: Tenure, reference: Reference) -> str:
    day = _on(reference).removeprefix("on ")
    if tenure.covers(reference.first, reference.last):
        return f"that is true of {day}"
    return f"that was before {day}" if tenure.start < reference.first else f"that was after {day}"


def _says_never(world: World, reference: Reference) -> str:
    stated = reference.offices[0]
    of = stated.of or reference.state
    office = " ".join(filter(None, (stated.code.replace("_", " "), stated.portfolio)))
    return f"is not known to have been {office or 'in office'}" + (f" of {world.english_name_of(of)}" if of else "")


def _says_publisher(world: World, reference: Reference, tenure: Tenure) -> Feature:
    name = reference.publisher.name if reference.publisher else ""
    return Feature(
        "publisher", 0.1, f"the publisher is {name}, so the office is that of {world.english_name_of(tenure.of)}"
    )


def _source(tenure: Tenure) -> tuple[Feature, ...]:
    if tenure.verified:
        return (Feature("source", 0.05, f"the tenure is attested by {tenure.source.replace('|', ', ')}"),)
    return (Feature("source", 0.0, f"the tenure is {tenure.source or 'without a source'}"),)
