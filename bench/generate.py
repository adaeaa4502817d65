"""Any number of releases in a fictional world: events, each told by several publishers, seeded. For speed, scale, merging.

`python -m bench.generate --events 1000 --seed 7 > releases.jsonl` writes one release a line; `--casts N --world DIR` spreads
the events over N casts and writes the world of each to DIR/000, DIR/001 ... Every release bears what is true of it under
keys that start with `x_`: the event, its kind, day, place, states, cast.

Holds always: the same seed gives the same bytes; all accounts of one event agree in people, day, place, numbers and
documents, and differ in publisher, order, wording and in what they leave out. Some events have a near miss beside them:
the same leaders a day later.
"""

import argparse
import random
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from bench.cast import Cast, example_cast, renamed_cast, write_world
from bench.compose import Plan, join_filled, letters_needed, load_plans, load_sentences, publisher_of, state_has
from bench.page import Filling

FIRST_DAY, DAYS = date(2019, 1, 7), 2200
NEAR_MISS = 0.1  # of the events: the same states again the next day
LEFT_OUT = 0.3  # of the sentences that a plan may leave out


class Account(msgspec.Struct, frozen=True):
    """How one side tells an event: a plan, and whose page it is: `host`, `guest` or `member` (of a multilateral one)."""

    plan: str
    side: str


class Family(msgspec.Struct, frozen=True):
    """A kind of event: how many states, how it is told, and what the meeting is."""

    kind: str
    states: int
    accounts: tuple[Account, ...]
    place: bool = True


FAMILIES: dict[str, Family] = {
    "talks": Family("talks", 2, (Account("talks-host", "host"), Account("talks-guest", "guest"), Account("talks-kremlin", "host"),
                                 Account("talks-agency", "host"))),
    "phone": Family("phone_call", 2, (Account("phone", "host"), Account("phone", "guest"), Account("phone-kremlin", "guest"),
                                      Account("phone-agency", "host")), place=False),
    "video": Family("video_call", 2, (Account("video", "host"), Account("video", "guest")), place=False),
    "ministers": Family("talks", 2, (Account("ministers", "host"), Account("ministers", "guest"))),
    "ministers-phone": Family("phone_call", 2, (Account("ministers-phone", "host"), Account("ministers-phone", "guest")), place=False),
    "heads-of-government": Family("talks", 2, (Account("pm-talks", "host"), Account("pm-talks", "guest"))),
    "council": Family("council_session", 6, (Account("council", "host"), Account("council-official", "member"),
                                             Account("council-official", "member"))),
    "ambassador": Family("reception", 2, (Account("reception-amb", "host"),)),
    "minister-received": Family("reception", 2, (Account("reception-minister", "host"),)),
    "telegram": Family("telegram", 2, (Account("telegram", "host"),), place=False),
    "decree": Family("decree", 2, (Account("decree", "host"),), place=False),
}  # fmt: skip
_FEATURES = {"ministers": "fm", "ministers-phone": "fm", "minister-received": "fm", "heads-of-government": "pm"}
_PUBLISHING = ("vl", "lr", "zr", "tr")  # states whose sites the world knows
_MEMBERS = ("vl", "lr", "ks", "zr", "tr", "al")
_PLACE = re.compile(r"\{!?(\w)\.(capital|town)")
_ELSEWHERE = re.compile("На полях|видео")
# Words that mean the publisher's own leader or state: right on the host's page, wrong on the guest's.
_OWN = re.compile(r"[Гг]лав[аыуео]й? (?:нашего )?(?:государства|правительства)|\bнаш|Президент\w*(?! ?\{)(?! \w+ей\b)")


class Event(msgspec.Struct, frozen=True):
    """What happened: a family, the states with the host first, the day, capital or second town of the host, the cast."""

    number: int
    family: str
    states: tuple[str, ...]
    day: date
    town: str
    cast: int


def iter_events(count: int, seed: int, casts: int = 1) -> Iterator[Event]:
    """The events in the order of their numbers; a near miss counts as an event of its own."""
    number = 0
    while number < count:
        event = _event(number, seed, casts)
        yield event
        number += 1
        if number < count and random.Random(f"near {seed} {event.number}").random() < NEAR_MISS:
            yield msgspec.structs.replace(event, number=number, day=event.day + timedelta(days=1))
            number += 1


def _event(number: int, seed: int, casts: int) -> Event:
    rng = random.Random(f"event {seed} {number}")
    name = rng.choice(sorted(FAMILIES))
    family = FAMILIES[name]
    host = rng.choice(_PUBLISHING)
    role = _FEATURES.get(name)
    others = [k for k in (_MEMBERS if family.states > 2 else (*_MEMBERS, "mk")) if k != host and _may(k, role)]
    rng.shuffle(others)
    if not _may(host, role):
        host = next(k for k in _PUBLISHING if _may(k, role) and k not in others[:1])
    states = (host, *[k for k in others if k != host][: family.states - 1])
    day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
    return Event(number, name, states, day, "town" if rng.random() < 0.15 else "capital", rng.randrange(casts))


def _may(key: str, role: str | None) -> bool:
    return role is None or role in example_cast_once().states[key].people


def releases_of(event: Event, cast: Cast, seed: int) -> Iterator[dict[str, Any]]:
    """The accounts of one event as lines of JSON Lines."""
    rng = random.Random(f"accounts {seed} {event.number}")
    family = FAMILIES[event.family]
    possible = [a for a in family.accounts if _can_tell(a, event, cast)]
    if not possible:
        return
    chosen = rng.sample(possible, k=max(rng.randint(1, len(possible)), rng.randint(1, len(possible))))
    shared = Filling(cast, event.number, {}, event.day)
    members = iter(event.states[1:])
    seen: set[str] = set()
    for account in sorted(chosen, key=lambda a: (a.side, a.plan)):
        ours = {"host": event.states[0], "guest": event.states[-1]}.get(account.side) or next(members)
        plan = _plan(account.plan)
        letters = {"A": ours}
        if family.states == 2:
            letters["B"] = next(k for k in event.states if k != ours)
        elif account.side == "member":
            letters["B"] = event.states[0]
        line = _line(event, plan, letters, shared, seed, len(seen))
        if line["text"] not in seen:
            seen.add(line["text"])
            yield line


def _can_tell(account: Account, event: Event, cast: Cast) -> bool:
    """Whether the side has a site that the world knows, and an agency where the plan is an agency's."""
    ours = event.states[-1] if account.side == "guest" else event.states[0]
    agency = _plan(account.plan).manner == "agency"
    return ours in _PUBLISHING and (not agency or bool(cast.states[ours].agency))


def _plan(name: str) -> Plan:
    return next(p for p in load_plans() if p.name == name)


def _line(
    event: Event, plan: Plan, letters: dict[str, str], shared: Filling, seed: int, ordinal: int
) -> dict[str, Any]:
    chosen = _chosen(event, plan, letters, shared.cast, seed, ordinal)
    every = " ".join(template for paragraph in chosen for _, template in paragraph)
    roles = _bound(event, dict(zip("AB", event.states, strict=False)), every, shared.cast, seed)

    def filling_of(bound: Mapping[str, str]) -> Filling:
        return Filling(shared.cast, event.number, bound, event.day, shared.numbers, shared.dates, shared.strangers)

    own, fixed = filling_of({**roles, **letters}), filling_of(roles)
    filling = own
    paragraphs = [join_filled([(own if _opens(slot) else fixed, t) for slot, t in p]) for p in chosen if p]
    title, home = paragraphs[0], shared.cast.states[letters["A"]]
    head = [filling.fill("{@meet.full}, 15:40"), title] if plan.manner == "stamped" else [title]
    published = filling.day("pub") if "pub" in filling.dates else filling.day("meet")
    place = shared.cast.states[event.states[0]].forms(event.town)["nom"] if FAMILIES[event.family].place else None
    return {
        "id": f"g{seed}-{event.number}-{ordinal}", "publisher": publisher_of(plan, home), "title": title, "language": "ru",
        "published": published.isoformat(), "extent": "full", "rights": "open", "composed": True,
        "text": "\n\n".join([*head, *paragraphs[1:]]) + "\n",
        "x_event": f"e{seed}-{event.number}", "x_kind": FAMILIES[event.family].kind, "x_day": filling.day("meet").isoformat(),
        "x_place": place, "x_states": [shared.cast.states[k].code for k in event.states], "x_cast": event.cast,
    }  # fmt: skip


def _opens(slot: str) -> bool:
    """Titles and first sentences are told from the publisher's side; the rest by who was host and who was guest."""
    return slot.startswith(("title", "lead"))


def _chosen(
    event: Event, plan: Plan, letters: Mapping[str, str], cast: Cast, seed: int, ordinal: int
) -> list[list[tuple[str, str]]]:
    """Slots and templates of a plan; a slot has the same sentence in every account of the event that it fits."""
    own = random.Random(f"account {seed} {event.number} {ordinal}")
    paragraphs: list[list[tuple[str, str]]] = []
    for paragraph in plan.paragraphs:
        kept: list[tuple[str, str]] = []
        for slot, optional in paragraph:
            fitting = [t for t in load_sentences()[slot] if _fits(t, slot, event, letters, cast)]
            ordered = random.Random(f"slot {seed} {event.number} {slot}").sample(fitting, k=len(fitting))
            skipped = optional and own.random() < LEFT_OUT
            if ordered and not skipped:
                kept.append((slot, own.choice(ordered) if _opens(slot) else ordered[0]))
        paragraphs.append(kept)
    return paragraphs


def _fits(template: str, slot: str, event: Event, letters: Mapping[str, str], cast: Cast) -> bool:
    """Whether a sentence says nothing against the event: its place, its mode, offices that a state has, whose page it is."""
    family, roles = FAMILIES[event.family], dict(zip("AB", event.states, strict=False))
    bound = letters if _opens(slot) else roles
    if _opens(slot):
        if family.place and _ELSEWHERE.search(template):
            return False
        if any(bound.get(m[1]) != event.states[0] or m[2] != event.town for m in _PLACE.finditer(template)):
            return False
    elif letters["A"] != event.states[0] and _OWN.search(template):
        return False
    needs = letters_needed(template)
    return all(state_has(cast, bound[k], needed) for k, needed in needs.items() if k in bound)


def _bound(event: Event, letters: Mapping[str, str], template: str, cast: Cast, seed: int) -> dict[str, str]:
    """The letters that a page needs besides its own, the same in every account of the event."""
    rng = random.Random(f"letters {seed} {event.number}")
    own = FAMILIES[event.family].states > 2
    pool = [
        k for k in (event.states if own else _MEMBERS) if k not in letters.values() and (own or k not in event.states)
    ]
    rng.shuffle(pool)
    bound = dict(letters)
    for letter, needed in sorted(letters_needed(template).items()):
        if letter not in bound:
            free = [k for k in pool if k not in bound.values() and state_has(cast, k, needed)]
            bound[letter] = (
                free[0]
                if free
                else next(k for k in cast.states if k not in bound.values() and state_has(cast, k, needed))
            )
    return bound


@lru_cache
def example_cast_once() -> Cast:
    return example_cast()


@lru_cache(maxsize=64)
def cast_of(number: int, seed: int) -> Cast:
    """The cast of this number: the fictional world itself first, then renamed ones."""
    return example_cast() if number == 0 else renamed_cast(1000 * seed + number)


def iter_releases(events: int, seed: int = 0, casts: int = 1) -> Iterator[dict[str, Any]]:
    """Every account of so many events."""
    for event in iter_events(events, seed, casts):
        yield from releases_of(event, cast_of(event.cast, seed), seed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--casts", type=int, default=1)
    parser.add_argument("--world", type=Path, metavar="DIR", help="write the world of every cast here")
    given = parser.parse_args()
    if given.world:
        for number in range(given.casts):
            write_world(cast_of(number, given.seed), given.world / f"{number:03}")
    for line in iter_releases(given.events, given.seed, given.casts):
        sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
