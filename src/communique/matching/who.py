"""Actors of two records beside each other: by id, by forms of the name, by office, by the state they speak for."""

from collections.abc import Iterator, Sequence

from communique.matching.features import Feature, compare_sets, differs, partly, same, unknown
from communique.matching.wording import alphabet, overlap, same_word
from communique.record.document import ActorRef
from communique.record.facts import Actor
from communique.record.record import Record
from communique.world.names.sound import sound_key

_ANY_OFFICE = frozenset({"leader", "head", "other"})
_SAME_NAME = 0.75  # organisations: «Совет глав государств ССГ» / «Совет глав государств Содружества»


def actors_of(record: Record, refs: Sequence[ActorRef]) -> list[Actor]:
    """The actors behind these references, a collective as its members, each once."""
    found: dict[str, Actor] = {}
    for ref in refs:
        for actor in _members(record, record.actor(ref), depth=3):
            found.setdefault(actor.ref, actor)
    return list(found.values())


def compare_actor(name: str, one: Actor | None, other: Actor | None) -> Feature:
    """Two actors. Not `same` unless an id, a name, a code or an office says so; not `differs` unless one denies it."""
    if one is None or other is None:
        return unknown(name, one, other)
    if one.kind != other.kind:
        return _of_two_kinds(name, one, other)
    if one.id and other.id:
        return _judged(name, one, other, one.id == other.id)
    if one.kind == "state" and one.represents and other.represents:
        return _judged(name, one, other, one.represents == other.represents)
    if one.name and other.name:
        return _by_name(name, one, other)
    return _by_office(name, one, other)


def compare_actors(name: str, mine: Sequence[Actor], theirs: Sequence[Actor]) -> Feature:
    """Two lists of actors, in any order."""
    if not mine or not theirs:
        return unknown(name, mine, theirs)
    verdicts = [_best(a, theirs) for a in mine] + [_best(b, mine) for b in theirs]
    said = ", ".join(label(a) for a in mine), ", ".join(label(b) for b in theirs)
    if all(v == "same" for v in verdicts):
        return same(name, said[0])
    if all(v == "differs" for v in verdicts):
        return differs(name, *said)
    if common := verdicts.count("same"):
        return partly(name, common / len(verdicts), f"{said[0]} / {said[1]}")
    return partly(name, 0.5 if "partly" in verdicts else 0.0, f"{said[0]} / {said[1]}")


def same_name(one: str, other: str) -> bool:
    """Whether two forms can name one person: the surname in any case, no other given name or initial.

    >>> same_name("Иван Берег", "И. Берега"), same_name("Иван Берег", "Пётр Берег"), same_name("Берег", "Иван Берег")
    (True, False, True)
    """
    mine, theirs = (_name_words(n) for n in (one, other))
    if not mine or not theirs or not same_word(mine[-1], theirs[-1]):
        return False
    pairs = zip(mine[:-1], theirs[:-1], strict=False)
    return all(same_word(a, b) if min(len(a), len(b)) > 1 else a[0] == b[0] for a, b in pairs)


def label(actor: Actor) -> str:
    """The shortest words for an actor in a sentence."""
    if actor.name:
        return actor.name
    return actor.offices[0].title if actor.offices else actor.represents or actor.ref


def _members(record: Record, actor: Actor | None, depth: int) -> Iterator[Actor]:
    if actor is None:
        return
    if not actor.members or not depth:
        yield actor
        return
    for member in actor.members:
        yield from _members(record, record.actor(member), depth - 1)


def _best(actor: Actor, others: Sequence[Actor]) -> str:
    verdicts = {compare_actor("", actor, other).verdict for other in others}
    return next(v for v in ("same", "partly", "unknown", "differs") if v in verdicts)


def _judged(name: str, one: Actor, other: Actor, equal: bool) -> Feature:
    return same(name, label(one)) if equal else differs(name, label(one), label(other))


def _by_name(name: str, one: Actor, other: Actor) -> Feature:
    pairs = [(a, b) for a in _forms(one) for b in _forms(other)]
    written_alike = [(a, b) for a, b in pairs if alphabet(a) == alphabet(b)]
    if one.kind == "person":
        if any(same_name(a, b) for a, b in pairs) or (not written_alike and any(same_sound(a, b) for a, b in pairs)):
            return same(name, label(one) if written_alike else f"{label(one)} / {label(other)}")
    elif max(overlap(a, b) for a, b in pairs) >= _SAME_NAME:
        return same(name, label(one))
    if one.kind == "collective":  # «Стороны», «Президенты» without members name nobody
        return partly(name, 0.0, f"{label(one)} / {label(other)}")
    if not written_alike:
        return Feature(name, "unknown", 0.0, f"{name}: {label(one)} / {label(other)}, in two alphabets")
    return differs(name, label(one), label(other))


def same_sound(one: str, other: str) -> bool:
    """Whether two full names in two alphabets are spelled after one sound.

    >>> same_sound("Иван Берег", "Ivan Bereg"), same_sound("Иван Берег", "Pyotr Bereg"), same_sound("Берег", "Bereg")
    (True, False, False)
    """
    mine, theirs = (_name_words(n) for n in (one, other))
    return len(mine) == len(theirs) > 1 and all(sound_key(a) == sound_key(b) for a, b in zip(mine, theirs, strict=True))


def _by_office(name: str, one: Actor, other: Actor) -> Feature:
    """A person without a name is who holds that office for that state."""
    if one.represents and other.represents and one.represents != other.represents:
        return differs(name, label(one), label(other))
    offices = compare_sets(name, office_codes(one), office_codes(other))
    if offices.verdict == "same" and one.represents == other.represents and one.represents:
        return same(name, f"{label(one)} / {label(other)}")
    if offices.verdict == "differs":
        return differs(name, label(one), label(other))
    return Feature(name, "unknown", 0.0, f"{name}: {label(one)} / {label(other)}, which need not be the same")


def _of_two_kinds(name: str, one: Actor, other: Actor) -> Feature:
    """«Веландская сторона» and Иван Берег: one speaks for the other, which makes them no two parties and not one."""
    sentence = f"{label(one)} / {label(other)}"
    if not one.represents or not other.represents:
        return Feature(name, "unknown", 0.0, f"{name}: {sentence}")
    if one.represents != other.represents:
        return differs(name, label(one), label(other))
    return partly(name, 0.5, f"{sentence}, of one state")


def office_codes(actor: Actor) -> list[str]:
    """The codes of the offices, without those that any office may be called by: «лидер» is no other office."""
    return [o.code for o in actor.offices if o.code not in _ANY_OFFICE]


def _forms(actor: Actor) -> list[str]:
    return list(dict.fromkeys(n for n in (actor.name, *actor.names.values()) if n))


def _name_words(name: str) -> list[str]:
    return name.casefold().replace("ё", "е").replace(".", " ").split()
