"""A record as claims that a person can call right or wrong: one value of one field, with its words.

The names of the fields are those of the bench, so that an audit and the bench can be read side by side.
"""

from collections.abc import Iterator, Sequence

import msgspec

from communique.archive.audits import Claim
from communique.record.document import ActorRef, Evidence
from communique.record.facts import (
    Act,
    Actor,
    Agreement,
    Commitment,
    Fact,
    Figure,
    Meeting,
    Participation,
    Project,
    Quote,
    Topic,
)
from communique.record.markup import actor_pieces, date_words
from communique.record.record import Record
from communique.record.vocabulary import REPORTED


def iter_claims(record: Record) -> Iterator[Claim]:
    """Every claim of a record about what its page reports."""
    for fact in record.facts:
        if fact.relation in REPORTED and fact.origin == "extracted":
            yield from _Claims(record, fact).claims()


class _Claims:
    def __init__(self, record: Record, fact: Fact) -> None:
        self._record, self._fact = record, fact

    def claims(self) -> Iterator[Claim]:
        match self._fact:
            case Meeting() as meeting:
                yield from self._meeting(meeting)
            case Quote() as quote:
                yield self._claim("quote", f"{quote.kind}: {quote.text}", "text")
                yield from self._who("quote.speaker", "speaker", [quote.speaker] if quote.speaker else [])
            case Act() as act:
                yield self._claim("act", f"{act.act}{_about(act.about)}", "act")
                yield from self._who("act.actors", "actors", act.actors)
                yield from self._who("act.addressees", "addressees", act.addressees)
            case Agreement() as agreement:
                yield self._claim("agreement", agreement.title, "title")
                yield self._claim("agreement.status", f"{agreement.status}: {agreement.title}", "status")
                yield from self._who("agreement.parties", "parties", agreement.parties)
            case Project() as project:
                yield self._claim("project", project.what, "what")
                if project.status:
                    yield self._claim("project.status", f"{project.status}: {project.what}", "status")
            case Commitment() as commitment:
                yield self._claim("commitment", f"{commitment.kind}: {commitment.what}", "what")
                yield from self._who("commitment.who", "who", commitment.who)
                if commitment.deadline:
                    yield self._claim("commitment.deadline", date_words(commitment.deadline), "deadline")
            case Figure() as figure:
                said = f"{figure.measure.label}: {figure.value} {figure.unit}, {figure.kind}"
                yield self._claim("figure", said, "value")

    def _meeting(self, meeting: Meeting) -> Iterator[Claim]:
        yield self._claim("meeting", f"{meeting.kind}, {meeting.status}", "kind")
        place = meeting.place
        named = {"kind": meeting.kind, "status": meeting.status, "mode": meeting.mode, "setting": meeting.setting,
                 "start": meeting.start and date_words(meeting.start), "end": meeting.end and date_words(meeting.end),
                 "place": place and place.name, "country": place and place.country}  # fmt: skip
        for name, value in named.items():
            if value:
                yield self._claim(f"meeting.{name}", value, "place.country" if name == "country" else name)
        for name in ("organisation", "body"):
            ref = getattr(meeting, name)
            yield from self._who(f"meeting.{name}", name, [ref] if ref else [])
        for part in meeting.participants:
            yield from self._participant(part)
        for topic in meeting.topics:
            yield self._of("topic", f"{topic.code}: {topic.label}", topic, "code")

    def _participant(self, part: Participation) -> Iterator[Claim]:
        shown = self._shown(part.actor)
        yield self._of("participant", f"{shown}: {part.presence}", part, "actor")
        actor = self._record.actor(part.actor)
        if actor is None:
            return
        if actor.name:
            yield self._of_actor("participant.name", f"{actor.name}", actor, "name")
        if actor.offices:
            yield self._of_actor(
                "participant.office", f"{shown}: {', '.join(o.title for o in actor.offices)}", actor, "offices"
            )
        if actor.represents:
            yield self._of_actor("participant.state", f"{shown}: {actor.represents}", actor, "represents")

    def _who(self, field: str, name: str, refs: Sequence[ActorRef]) -> Iterator[Claim]:
        if refs:
            fact = self._fact
            act = (
                getattr(fact, "act", None)
                or getattr(fact, "title", None)
                or getattr(fact, "what", None)
                or type(fact).__name__.lower()
            )
            yield self._claim(field, f"{act}: {', '.join(self._shown(ref) for ref in refs)}", name)

    def _shown(self, ref: ActorRef) -> str:
        return "".join(piece.shown for piece in actor_pieces(self._record, ref))

    def _claim(self, field: str, value: str, name: str) -> Claim:
        return self._of(field, value, self._fact, name)

    def _of(self, field: str, value: str, of: Fact | Participation | Topic, name: str) -> Claim:
        return self._made(field, value, of.evidence, {i.field for i in of.inferred}, name)

    def _of_actor(self, field: str, value: str, actor: Actor, name: str) -> Claim:
        return self._made(field, value, actor.evidence, {i.field for i in actor.inferred}, name)

    def _made(self, field: str, value: str, evidence: Sequence[Evidence], inferred: set[str], name: str) -> Claim:
        roots = {name, name.split(".")[0]}
        places = [(e.start, e.end) for e in evidence if roots & {*e.fields, *(f.split(".")[0] for f in e.fields)}]
        fact = self._fact
        return Claim(
            document=self._record.document.id, key=fact.key, field=field, value=value, rule=fact.rule,
            places=tuple(places or [(e.start, e.end) for e in fact.evidence]), rules=self._record.made_by.rules,
            inferred=bool(roots & inferred) or (name == "place.country" and "place.country" in inferred),
        )  # fmt: skip


def _about(words: str | None) -> str:
    return f": {words}" if words else ""


def fields_of(claims: Sequence[Claim]) -> list[str]:
    """The fields that claims speak of, each once, in the order of the record."""
    return list(dict.fromkeys(claim.field for claim in claims))


def placed(claim: Claim, stratum: int) -> Claim:
    """The claim as one of a stratum of this size."""
    return msgspec.structs.replace(claim, stratum=stratum)
