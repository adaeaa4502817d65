"""Releases and rules for tests of the archive: a word makes a meeting, a name a participant. No model is loaded."""

from collections.abc import Callable, Mapping
from pathlib import Path

from communique.archive.writer import Outcome, Writer
from communique.record.document import ActorRef
from communique.record.facts import Actor, Meeting, Participation
from communique.record.identity import seal
from communique.record.record import Coverage, MadeBy, Record
from communique.text.release import Release, document_of

PEOPLE = {"Берег": ("vl-bereg", "x-velanda"), "Холм": ("lr-holm", "x-liria"), "Салан": (None, "x-liria")}
WORDS = {"переговоры": "talks", "принял": "reception"}
TEXT = "Берег и Холм провели переговоры. Потом Берег принял посла."


def release(name: str | None = "d1", text: str = TEXT, **header: object) -> Release:
    return Release(id=name, text=text, original=text.encode(), source=f"{name}.txt", **header)  # type: ignore[arg-type]


def rules(words: Mapping[str, str] = WORDS, version: str = "1") -> Callable[[Release], Record]:
    """A reader whose rules are these words."""

    def read(one: Release) -> Record:
        doc = document_of(one)
        actors, parts = [], []
        for name, (known_as, state) in PEOPLE.items():
            if (start := doc.text.find(name)) >= 0:
                end = start + len(name)
                named = doc.cite(start, end, "name", "represents")
                ref = f"a{len(actors)}"
                actors.append(
                    Actor(ref=ref, kind="person", name=name, id=known_as, represents=state, evidence=(named,))
                )
                there = doc.cite(start, end, "actor", "presence")
                parts.append(
                    Participation(actor=ActorRef(ref, name, start, end), presence="present", evidence=(there,))
                )
        found = sorted((doc.text.find(word), word) for word in words if word in doc.text)
        meetings = [
            Meeting(
                kind=words[w],
                status="held",
                participants=tuple(parts),
                evidence=(doc.cite(at, at + len(w), "kind", "status"),),
            )  # type: ignore[arg-type]
            for at, w in found
        ]
        sealed = seal(meetings, doc.id, lambda at: doc.text[doc.text.rfind(".", 0, at) + 1 : doc.text.find(".", at)])
        made = MadeBy(communique="0", rules=version)
        return Record(
            made_by=made, document=doc, actors=tuple(actors), meetings=tuple(sealed), coverage=Coverage.whole("read")
        )

    return read


def keep(path: Path, *releases: Release, again: bool = False) -> list[Outcome]:
    """Add these releases with the rules of these tests."""
    with Writer(path) as writer:
        return list(writer.add(releases, rules(), again=again))


def states(outcomes: list[Outcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]
