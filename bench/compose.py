"""Composed readouts: page plans × sentence templates, filled with a cast.

In: a seed, a cast. Out: Page objects: text, publisher, date, and the skeleton (plan and sentences) they were made of.
Holds always: the same seed gives the same skeleton, letters and genders under every cast; names and numbers differ.
A skeleton is a page template: two pages share one only when plan and every chosen sentence are the same.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from bench.cast import Cast, State
from bench.page import SLOT, STRANGERS, Filling

TEMPLATES = Path(__file__).parent / "templates"
_SLOT_LINE = re.compile(r"\[([\w.]+)(\?)?\]")
_PUBLISHING = {"official": ("vl", "lr", "zr", "tr"), "stamped": ("vl", "lr", "zr", "tr"),
               "ministry": ("vl", "lr", "zr", "tr"), "agency": ("vl", "tr")}  # fmt: skip
_ALL = ("vl", "lr", "ks", "zr", "mk", "tr", "al")


@dataclass(frozen=True)
class Plan:
    """A page plan: its paragraphs are lists of sentence slots, some of which may be left out."""

    name: str
    manner: str
    among: dict[str, tuple[str, ...]]
    paragraphs: tuple[tuple[tuple[str, bool], ...], ...]


@dataclass(frozen=True)
class Page:
    """One composed readout and everything that its slots stood for."""

    id: str
    title: str
    text: str
    publisher: str
    published: date
    skeleton: tuple[str, ...]
    filling: Filling


@lru_cache
def load_sentences() -> dict[str, tuple[str, ...]]:
    """Slot name -> its sentence templates."""
    sentences: dict[str, list[str]] = {}
    for line in (TEMPLATES / "sentences.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("> "):
            current = sentences.setdefault(line[2:].strip(), [])
        elif line.strip() and not line.startswith("#"):
            current.append(line.strip())
    return {name: tuple(lines) for name, lines in sentences.items()}


@lru_cache
def load_plans() -> tuple[Plan, ...]:
    """The page plans in the order of the file."""
    text = (TEMPLATES / "plans.txt").read_text(encoding="utf-8")
    return tuple(_plan(block) for block in re.split(r"^= ", text, flags=re.M)[1:])


def _plan(block: str) -> Plan:
    head, _, body = block.partition("\n")
    name, manner, *among = [part.strip() for part in head.split("|")]
    letters, _, keys = among[0].partition("=") if among else ("", "", "")
    paragraphs = tuple(
        tuple((m[1], bool(m[2])) for m in _SLOT_LINE.finditer(line)) for line in body.splitlines() if line.strip()
    )
    return Plan(name, manner, {letter: tuple(keys.split()) for letter in letters.split()}, paragraphs)


def count_templates() -> dict[str, int]:
    """How many plans and sentence templates there are, and how many page skeletons the plans can yield."""
    sentences = load_sentences()
    skeletons = 0
    for plan in load_plans():
        ways = 1
        for slot, optional in (s for paragraph in plan.paragraphs for s in paragraph):
            ways *= len(sentences[slot]) + optional
        skeletons += ways
    return {"plans": len(load_plans()), "sentences": sum(map(len, sentences.values())), "skeletons": skeletons}


def compose(seed: int, cast: Cast, plan_name: str | None = None) -> Page:
    """The readout of this seed under the names of this cast; plans take turns by seed."""
    rng = random.Random(f"page {seed}")
    plans = load_plans()
    plan = next(p for p in plans if p.name == plan_name) if plan_name else plans[seed % len(plans)]
    while True:
        chosen = [_choose(rng, paragraph) for paragraph in plan.paragraphs]
        letters = _bind(rng, plan, " ".join(s for paragraph in chosen for _, s in paragraph), cast)
        if letters is not None:
            break
    meet = date(2022, 9, 1) + timedelta(days=rng.randrange(1300))
    filling = Filling(cast, seed, letters, meet)
    paragraphs = [join_filled([(filling, s) for _, s in paragraph]) for paragraph in chosen if paragraph]
    skeleton = (plan.name, *(label for paragraph in chosen for label, _ in paragraph))
    return _page(seed, plan, paragraphs, skeleton, filling)


def _choose(rng: random.Random, paragraph: tuple[tuple[str, bool], ...]) -> list[tuple[str, str]]:
    chosen = []
    for slot, optional in paragraph:
        if not (optional and rng.random() < 0.25):
            number = rng.randrange(len(load_sentences()[slot]))
            chosen.append((f"{slot}/{number}", load_sentences()[slot][number]))
    return chosen


def _bind(rng: random.Random, plan: Plan, template: str, cast: Cast) -> dict[str, str] | None:
    """Letters to states that have what the slots ask for; None when there is no such choice."""
    needs = {"A": set(), **letters_needed(template)}
    bound: dict[str, str] = {}
    for letter in sorted(needs, key=lambda n: (n != "A", -len(needs[n] & {"fm", "pm"}), n)):
        possible = [
            key
            for key in plan.among.get(letter, _ALL)
            if key not in bound.values() and state_has(cast, key, needs[letter])
        ]
        if letter == "A":
            possible = [key for key in possible if key in _PUBLISHING.get(plan.manner, _ALL)]
        if not possible:
            return None
        bound[letter] = rng.choice(possible)
    return bound


def letters_needed(template: str) -> dict[str, set[str]]:
    """The letters of a template and what each must have: an adjective, a capital, a president."""
    needs: dict[str, set[str]] = {}
    for match in SLOT.finditer(template):
        letter, _, rest = match["path"].partition(".")
        if len(letter) == 1 and letter.isupper():
            needs.setdefault(letter, set()).add(rest.split(".")[0])
    return needs


def state_has(cast: Cast, key: str, needed: set[str]) -> bool:
    """Whether a state of the cast has all that a template asks of it."""
    state = cast.states[key]
    own = {"", "adj", "capital", "town", "official", "name"} | set(state.people) | STRANGERS
    own |= {name for name in ("residence", "venue", "agency", "once") if getattr(state, name)}
    return needed <= own


def join_filled(sentences: list[tuple[Filling, str]]) -> str:
    """Templates, each with what fills it, joined to a paragraph."""
    return _paragraph([_sentence(filling, template) for filling, template in sentences])


def publisher_of(plan: Plan, home: State) -> str:
    """Whose page a plan is: the state's own, its agency's, a secretariat's, an aggregator's."""
    sites = {"agency": home.agency_site, "secretariat": "ssg.int", "aggregator": "severnews.example"}
    return sites.get(plan.manner, home.site)


def _paragraph(sentences: list[str]) -> str:
    """The sentences as one paragraph; a quote after a dash begins a paragraph of its own, and ends it."""
    text = ""
    for before, sentence in zip(["", *sentences], sentences, strict=False):
        apart = sentence.startswith("– ") or before.startswith("– ")
        text += ("\n\n" if apart and text else " " if text else "") + sentence
    return text


def _sentence(filling: Filling, template: str) -> str:
    text = filling.fill(template)
    text = re.sub(r"\b([Вв]) (вторник)", r"\1о \2", text)
    return text[0].upper() + text[1:]


def _page(seed: int, plan: Plan, paragraphs: list[str], skeleton: tuple[str, ...], filling: Filling) -> Page:
    title, *body = paragraphs
    home = filling.cast.states[filling.letters["A"]]
    published = filling.day("pub" if "pub" in filling.dates else "meet")
    head = [filling.fill("{@meet.full}, 15:40"), title] if plan.manner == "stamped" else [title]
    return Page(
        f"composed-{seed}",
        title,
        "\n\n".join([*head, *body]) + "\n",
        publisher_of(plan, home),
        published,
        skeleton,
        filling,
    )


def iter_pages(count: int, cast: Cast, first: int = 0) -> Iterator[Page]:
    """`count` pages from seed `first` on, all different in text: a seed that repeats a text is passed over."""
    seen: set[str] = set()
    seed = first
    while len(seen) < count:
        page = compose(seed, cast)
        seed += 1
        if page.text not in seen:
            seen.add(page.text)
            yield page


if __name__ == "__main__":
    import sys

    from bench.cast import example_cast, renamed_cast

    which = renamed_cast(int(sys.argv[2])) if len(sys.argv) > 2 else example_cast()
    print(count_templates())
    for page in iter_pages(int(sys.argv[1]) if len(sys.argv) > 1 else 3, which):
        print(f"--- {page.id} {page.publisher} {page.published} {page.skeleton[0]}\n{page.text}")
