"""A reading held against gold of the same text: what is right, missed, invented, wrong.

In: a `Gold`, a Record of the same text. Out: verdicts, one for every fact, participant and topic, and one for every field
of those that were found. Things are paired by the places of their words, never by the order of a list; what belongs to
another meeting (`relation` earlier, later, mentioned) is judged apart and called `... elsewhere`.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, cast

from bench.counts import Outcome, Verdict
from bench.identities import Identities, Span, place_of
from communique.annotation.compile import Gold
from communique.matching.who import label
from communique.record.dates import Date
from communique.record.document import ActorRef, Evidence, iter_refs
from communique.record.facts import (
    Act,
    Agreement,
    Commitment,
    Fact,
    Figure,
    Meeting,
    Participation,
    Place,
    Project,
    Quote,
    Series,
    Topic,
)
from communique.record.record import KINDS, Record
from communique.record.vocabulary import REPORTED

F = TypeVar("F", bound=Fact)
T = TypeVar("T")
LIKE = {"welcome": "support"}
Optional = frozenset[str | tuple[str, str]]
_NOTHING: tuple[object, ...] = (None, (), False)
# A fact is right as a rule's work when it is paired and none of these is wrong in it.
_CORE = frozenset(
    "meeting.kind meeting.status quote.speaker act.actors act.addressees agreement.status project.status commitment.kind "
    "figure.measure figure.value".split()
)


def judge(gold: Gold, got: Record, optional: Optional = frozenset()) -> list[Verdict]:
    """Every verdict on a reading; ValueError when it is of another text.

    `optional` is what the reading itself holds to be optional, where it is another annotation: no invention then.
    """
    if gold.record.document.text != got.document.text:
        raise ValueError(f"{gold.record.document.id}: the reading is of another text than the gold")
    return list(_Judge(gold, got, optional).verdicts())


def rule_verdicts(verdicts: Sequence[Verdict]) -> Iterator[tuple[str, bool]]:
    """Of every fact that a rule made: the rule, and whether the fact is right in what matters."""
    spoilt = {v.fact for v in verdicts if v.field in _CORE and v.outcome in ("wrong", "invented") and v.fact}
    for v in verdicts:
        if v.rule and "." not in v.field and v.outcome in ("right", "invented"):
            yield v.rule, v.outcome == "right" and v.fact not in spoilt


class _Judge:
    def __init__(self, gold: Gold, got: Record, optional: Optional) -> None:
        self.gold, self.mine, self.got, self.free = gold, gold.record, got, optional
        self.who = Identities(self.mine, got)

    def verdicts(self) -> Iterator[Verdict]:
        for kind in KINDS:
            yield from getattr(self, f"_{kind}")()

    def _paired(self, kind: str, alike: Callable[[Fact, Fact], float]) -> Iterator[tuple[Fact | None, Fact | None]]:
        mine, theirs = getattr(self.mine, kind), getattr(self.got, kind)
        for one, other in _pairs(mine, theirs, alike):
            if one is not None and other is not None and _here(one) != _here(other):
                yield one, None
                yield None, other
            else:
                yield one, other

    def _facts(
        self, kind: str, alike: Callable[[F, F], float], fields: Callable[[F, F], Iterator[Verdict]]
    ) -> Iterator[Verdict]:
        """The verdict on each fact of a type, and on the fields of those that were found."""
        for one, other in self._paired(kind, cast("Callable[[Fact, Fact], float]", alike)):
            fact = other or one
            assert fact is not None
            name = kind[:-1] + ("" if _here(fact) else " elsewhere")
            if (one is not None and one.id in self.gold.optional) or (other is not None and other.id in self.free):
                continue
            outcome: Outcome = "right" if one and other else "missed" if one else "invented"
            yield Verdict(
                field=name, outcome=outcome, want=_says(self.mine, one), got=_says(self.got, other),
                words=fact.evidence[0].quote, fact=other.id if other else "", rule=other.rule if other else "",
            )  # fmt: skip
            if one is not None and other is not None and _here(one):
                yield from fields(cast("F", one), cast("F", other))

    def _value(
        self, name: str, one: Fact, other: Fact, want: object, got: object, same: bool | None = None
    ) -> Iterator[Verdict]:
        """One field: nothing where both are empty; the rest as said in `Verdict`."""
        key = name.partition(".")[2]
        wanted, found = want not in _NOTHING, got not in _NOTHING
        if not (wanted or found) or (one.id, key) in self.gold.optional or (other.id, key) in self.free:
            return
        right = want == got if same is None else same
        outcome: Outcome = "right" if right else "missed" if not found else "invented" if not wanted else "wrong"
        yield Verdict(
            field=name, outcome=outcome, want=self._shown(self.mine, want), got=self._shown(self.got, got),
            words=other.evidence[0].quote, fact=other.id,
        )  # fmt: skip

    def _shown(self, record: Record, value: object) -> str:
        if isinstance(value, ActorRef):
            actor = record.actor(value)
            return label(actor) if actor else value.ref
        if isinstance(value, tuple):
            return ", ".join(self._shown(record, v) for v in value)
        return value.value if isinstance(value, Date) else "" if value in (None, False) else str(value)

    def _span(self, name: str, want: Span | None, got: Span | None, fact: Fact) -> Iterator[Verdict]:
        """Whether the words of a thing that was found are exactly those of the gold."""
        if want is None or got is None:
            return
        text = self.mine.document.text
        shown = text[slice(*want)], text[slice(*got)]
        yield Verdict(
            field=name,
            outcome="right" if want == got else "wrong",
            want=shown[0],
            got=shown[1],
            words=shown[1],
            fact=fact.id,
        )

    def _actors(
        self, name: str, one: Fact, other: Fact, want: Sequence[ActorRef], got: Sequence[ActorRef]
    ) -> Iterator[Verdict]:
        if want or got:
            yield from self._value(name, one, other, tuple(want), tuple(got), self.who.same_all(want, got))

    def _actor(
        self, name: str, one: Fact, other: Fact, want: ActorRef | None, got: ActorRef | None
    ) -> Iterator[Verdict]:
        yield from self._actors(name, one, other, (want,) if want else (), (got,) if got else ())

    # meetings

    def _meetings(self) -> Iterator[Verdict]:
        yield from self._facts("meetings", self._alike_meeting, self._meeting_fields)
        yield from self._topics()
        for one, other in self._paired("meetings", cast("Callable[[Fact, Fact], float]", self._alike_meeting)):
            fact = one or other
            if (
                fact is not None
                and _here(fact)
                and not {f.id for f in (one, other) if f} & {*self.gold.optional, *self.free}
            ):
                yield from self._participants(cast("Meeting | None", one), cast("Meeting | None", other))

    def _alike_meeting(self, one: Meeting, other: Meeting) -> float:
        """How much two accounts of meetings of one page have in common; more than 0.5 of it must be more than the kind."""
        if _here(one) != _here(other):
            return 0.0
        common = sum(any(self.who.same(p.actor, q.actor) for q in other.participants) for p in one.participants)
        points = 2 * common / max(1, len(one.participants))
        points += _touch(_spans(one.evidence), _spans(other.evidence)) + (one.kind == other.kind)
        points += bool(one.start and other.start and one.start.value == other.start.value)
        points += 0.1 * (one.relation == other.relation) + 0.5 * (one.status == other.status)
        return points if points > 1.0 else 0.0

    def _meeting_fields(self, one: Meeting, other: Meeting) -> Iterator[Verdict]:
        for name in ("kind", "status", "mode", "setting", "informal"):
            yield from self._value(f"meeting.{name}", one, other, getattr(one, name), getattr(other, name))
        place, found = one.place or Place(), other.place or Place()
        yield from self._value("meeting.place", one, other, place.name, found.name)
        yield from self._value("meeting.country", one, other, place.country, found.country)
        yield from self._value(
            "meeting.venue", one, other, place.venue, found.venue, bool(place.venue) == bool(found.venue)
        )
        for name in ("start", "end"):
            yield from self._date(f"meeting.{name}", one, other, getattr(one, name), getattr(other, name))
        for name in ("organisation", "body"):
            yield from self._actor(f"meeting.{name}", one, other, getattr(one, name), getattr(other, name))
        ordinal = ((one.series or Series("")).ordinal, (other.series or Series("")).ordinal)
        yield from self._value("meeting.series", one, other, *ordinal)

    def _date(self, name: str, one: Fact, other: Fact, want: Date | None, got: Date | None) -> Iterator[Verdict]:
        yield from self._value(name, one, other, want and want.value, got and got.value)

    def _participants(self, one: Meeting | None, other: Meeting | None) -> Iterator[Verdict]:
        mine, theirs = one.participants if one else (), other.participants if other else ()
        fact = other or one
        assert fact is not None
        for want, got in _pairs(mine, theirs, self._alike_participant):
            if one is not None and want is not None and (one.id, want.actor.ref) in self.gold.optional:
                continue
            if other is not None and got is not None and (other.id, got.actor.ref) in self.free:
                continue
            either = got or want
            assert either is not None
            outcome: Outcome = "right" if want and got else "missed" if want else "invented"
            shown = [f"{label_of(r, p)} {p.presence}" if p else "" for r, p in ((self.mine, want), (self.got, got))]
            yield Verdict(
                field="participant",
                outcome=outcome,
                want=shown[0],
                got=shown[1],
                words=either.evidence[0].quote,
                fact=fact.id,
            )
            if one is not None and other is not None and want is not None and got is not None:
                yield from self._participant_fields(one, other, want, got)

    def _alike_participant(self, one: Participation, other: Participation) -> float:
        return 1.0 + 0.1 * (one.presence == other.presence) if self.who.same(one.actor, other.actor) else 0.0

    def _participant_fields(
        self, one: Meeting, other: Meeting, want: Participation, got: Participation
    ) -> Iterator[Verdict]:
        yield from self._value("participant.presence", one, other, want.presence, got.presence)
        yield from self._value("participant.capacity", one, other, want.capacity, got.capacity)
        mine, theirs = self.mine.actor(want.actor), self.got.actor(got.actor)
        if mine is not None and theirs is not None:
            yield from self._value("participant.name", one, other, mine.name, theirs.name)
            codes = {o.code for o in mine.offices}, {o.code for o in theirs.offices}
            free = {key for who, key in self._optional_pairs() if who == f"@{mine.ref}"}
            if codes[0] and "offices" not in free:
                yield from self._value(
                    "participant.office",
                    one,
                    other,
                    ", ".join(sorted(codes[0])),
                    ", ".join(sorted(codes[1])) or None,
                    bool(codes[0] & codes[1]),
                )
            if mine.represents and "represents" not in free:
                yield from self._value("participant.state", one, other, mine.represents, theirs.represents)
        places = {(m.start, m.end) for m in mine.mentions} if mine else set()
        span, found = place_of(want.actor), place_of(got.actor)
        yield from self._span("span.participant", found if found in places else span, found, other)

    def _topics(self) -> Iterator[Verdict]:
        """Topics of the page: a reading says them of the meeting that the page is about."""
        mine, theirs = _topics_of(self.mine), _topics_of(self.got)
        free = _only_optional(self.mine, self.gold.optional) | _only_optional(self.got, self.free)
        for code in sorted({*mine, *theirs} - free):
            outcome: Outcome = "right" if code in mine and code in theirs else "missed" if code in mine else "invented"
            topic = theirs.get(code) or mine[code]
            yield Verdict(
                field="topic",
                outcome=outcome,
                want=code if code in mine else "",
                got=code if code in theirs else "",
                words=topic.evidence[0].quote,
            )

    def _optional_pairs(self) -> Iterator[tuple[str, str]]:
        return (o for o in self.gold.optional if isinstance(o, tuple))

    # words, acts, papers

    def _quotes(self) -> Iterator[Verdict]:
        yield from self._facts("quotes", self._alike_quote, self._quote_fields)

    def _alike_quote(self, one: Quote, other: Quote) -> float:
        return _share(_spans(one.evidence, "text"), _spans(other.evidence, "text"))

    def _quote_fields(self, one: Quote, other: Quote) -> Iterator[Verdict]:
        yield from self._value("quote.kind", one, other, one.kind, other.kind)
        yield from self._actor("quote.speaker", one, other, one.speaker, other.speaker)
        yield from self._span(
            "span.quote", _hull(_spans(one.evidence, "text")), _hull(_spans(other.evidence, "text")), other
        )
        yield from self._span("span.speaker", place_of(one.speaker), place_of(other.speaker), other)

    def _acts(self) -> Iterator[Verdict]:
        yield from self._facts("acts", self._alike_act, self._act_fields)

    def _alike_act(self, one: Act, other: Act) -> float:
        if LIKE.get(one.act, one.act) != LIKE.get(other.act, other.act):
            return 0.0
        touching = _touch(_spans(one.evidence), _spans(other.evidence))
        return touching and touching + self.who.same_all(one.actors, other.actors) + 0.5 * self.who.same_all(
            one.addressees, other.addressees
        )

    def _act_fields(self, one: Act, other: Act) -> Iterator[Verdict]:
        yield from self._actors("act.actors", one, other, one.actors, other.actors)
        if one.addressees:
            yield from self._actors("act.addressees", one, other, one.addressees, other.addressees)
        if one.actors and other.actors:
            yield from self._span("span.actor", place_of(one.actors[0]), place_of(other.actors[0]), other)

    def _agreements(self) -> Iterator[Verdict]:
        yield from self._facts("agreements", self._alike_agreement, self._agreement_fields)

    def _alike_agreement(self, one: Agreement, other: Agreement) -> float:
        return _share(_spans(one.evidence, "title"), _spans(other.evidence, "title"), least=0.3)

    def _agreement_fields(self, one: Agreement, other: Agreement) -> Iterator[Verdict]:
        same = one.status == other.status or {one.status, other.status} in (
            {"approved", "adopted"},
            {"announced", "agreed"},
        )
        yield from self._value("agreement.status", one, other, one.status, other.status, same)
        yield from self._value("agreement.kind", one, other, one.kind, other.kind)
        if one.parties:
            yield from self._actors("agreement.parties", one, other, one.parties, other.parties)
        signers = [tuple(s.actor for s in a.signers) for a in (one, other)]
        if signers[0]:
            yield from self._actors("agreement.signers", one, other, *signers)
        yield from self._value("agreement.count", one, other, one.count, other.count)
        for name in ("document_date", "status_date", "period"):
            yield from self._date(f"agreement.{name}", one, other, getattr(one, name), getattr(other, name))
        yield from self._span(
            "span.title", _hull(_spans(one.evidence, "title")), _hull(_spans(other.evidence, "title")), other
        )

    def _projects(self) -> Iterator[Verdict]:
        yield from self._facts("projects", self._alike_project, self._project_fields)

    def _alike_project(self, one: Project, other: Project) -> float:
        return _share(_spans(one.evidence, "what"), _spans(other.evidence, "what"), least=0.3)

    def _project_fields(self, one: Project, other: Project) -> Iterator[Verdict]:
        yield from self._value("project.status", one, other, one.status, other.status)
        if one.parties:
            yield from self._actors("project.parties", one, other, one.parties, other.parties)
        place, found = one.place or Place(), other.place or Place()
        yield from self._value("project.place", one, other, place.name, found.name)
        yield from self._span(
            "span.what", _hull(_spans(one.evidence, "what")), _hull(_spans(other.evidence, "what")), other
        )

    def _commitments(self) -> Iterator[Verdict]:
        yield from self._facts("commitments", self._alike_commitment, self._commitment_fields)

    def _alike_commitment(self, one: Commitment, other: Commitment) -> float:
        return _share(_spans(one.evidence, "what"), _spans(other.evidence, "what"), least=0.3)

    def _commitment_fields(self, one: Commitment, other: Commitment) -> Iterator[Verdict]:
        yield from self._value("commitment.kind", one, other, one.kind, other.kind)
        yield from self._actors("commitment.who", one, other, one.who, other.who)
        days = [d and last_day(d.value) for d in (one.deadline, other.deadline)]
        yield from self._value("commitment.deadline", one, other, one.deadline, other.deadline, days[0] == days[1])

    def _figures(self) -> Iterator[Verdict]:
        yield from self._facts("figures", self._alike_figure, self._figure_fields)

    def _alike_figure(self, one: Figure, other: Figure) -> float:
        touching = _touch(_spans(one.evidence, "value"), _spans(other.evidence, "value"))
        return touching and touching + (_number(one.value) == _number(other.value)) + 0.5 * (one.unit == other.unit)

    def _figure_fields(self, one: Figure, other: Figure) -> Iterator[Verdict]:
        yield from self._value("figure.measure", one, other, one.measure.code, other.measure.code)
        yield from self._value(
            "figure.value", one, other, one.value, other.value, _number(one.value) == _number(other.value)
        )
        yield from self._value("figure.unit", one, other, one.unit, other.unit)
        for name in ("kind", "bound"):
            yield from self._value(f"figure.{name}", one, other, getattr(one, name), getattr(other, name))
        yield from self._date("figure.period", one, other, one.period, other.period)


def _pairs(mine: Sequence[T], theirs: Sequence[T], alike: Callable[[T, T], float]) -> list[tuple[T | None, T | None]]:
    """One to one, the most alike first; whoever finds nobody stands alone."""
    scored = sorted(
        ((points, i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs) if (points := alike(a, b)) > 0),
        key=lambda s: (-s[0], s[1], s[2]),
    )
    taken: dict[int, int] = {}
    for _, i, j in scored:
        if i not in taken and j not in taken.values():
            taken[i] = j
    alone = [j for j in range(len(theirs)) if j not in taken.values()]
    found = [(a, theirs[taken[i]] if i in taken else None) for i, a in enumerate(mine)]
    return [*found, *((None, theirs[j]) for j in alone)]


def _topics_of(record: Record) -> dict[str, Topic]:
    return {t.code: t for m in reversed(record.meetings) if _here(m) for t in m.topics}


def _only_optional(record: Record, optional: Optional) -> set[str]:
    """The topics that a page may have or not: optional wherever they stand."""
    codes = [(t.code, (m.id, t.code) in optional) for m in record.meetings if _here(m) for t in m.topics]
    return {code for code, free in codes if free} - {code for code, free in codes if not free}


def _here(fact: Fact) -> bool:
    return fact.relation in REPORTED


def _spans(evidence: Iterable[Evidence], field: str | None = None) -> list[Span]:
    return [(e.start, e.end) for e in evidence if field is None or any(f.split(".")[0] == field for f in e.fields)]


def _touch(mine: Sequence[Span], theirs: Sequence[Span]) -> float:
    """1 where any words of the two are the same words."""
    return float(any(a < d and c < b for a, b in mine for c, d in theirs))


def _share(mine: Sequence[Span], theirs: Sequence[Span], least: float = 0.5) -> float:
    """The letters that both have, as a share of those that either has; 0 below the least."""
    one = {i for a, b in mine for i in range(a, b)}
    other = {i for a, b in theirs for i in range(a, b)}
    share = len(one & other) / max(1, len(one | other))
    return share if share >= least else 0.0


def _hull(spans: Sequence[Span]) -> Span | None:
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else None


def last_day(value: str) -> str:
    """The last day of a term: «by 2027» and «by 2027-12-31» are the same term.

    >>> last_day("2027"), last_day("2026-11"), last_day("2026-09/2026-11"), last_day("XXXX-12-31")
    ('2027-12-31', '2026-11-30', '2026-11-30', 'XXXX-12-31')
    """
    value = value.rpartition("/")[2]
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-12-31"
    if re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", value):
        return f"{value}-{calendar.monthrange(int(value[:4]), int(value[5:]))[1]}"
    return value


def _number(value: str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return value


def label_of(record: Record, part: Participation) -> str:
    """The shortest words for a participant."""
    actor = record.actor(part.actor)
    return label(actor) if actor else part.actor.ref


def _says(record: Record, fact: Fact | None) -> str:
    """A fact in a few words: its code and its main words."""
    if fact is None:
        return ""
    names = ("act", "kind", "status", "title", "what", "text", "value")
    values = [str(v) for n in names if (v := getattr(fact, n, None)) is not None]
    who = [
        label(a)
        for r in iter_refs((getattr(fact, "actors", ()), getattr(fact, "speaker", None)))
        if (a := record.actor(r))
    ]
    return " · ".join([*who, *values])[:160]
