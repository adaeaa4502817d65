"""Record in, marked text out: what a linguist corrects. Read back, it says the same.

Each field stands on a line with the words that name or prove it. Where a field's evidence is a whole clause and names an
actor, the words are those that name it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from communique.annotation.marked import BLOCKS, RULE
from communique.annotation.places import mark_words
from communique.record.dates import Date
from communique.record.document import ActorRef, Document, Evidence, Inferred
from communique.record.facts import (
    Act,
    Actor,
    Agreement,
    Commitment,
    Fact,
    Figure,
    Meeting,
    Office,
    Participation,
    Project,
    Quote,
    Topic,
)
from communique.record.record import Record

_HEADER = ("id", "url", "publisher", "language")
_FIRST = dict(zip(BLOCKS, ("kind", "text", "act", "title", "what", "kind", "measure"), strict=True))


def write_marked(record: Record, header: Mapping[str, str] | None = None) -> str:
    """The record as marked text; `header` adds lines, such as the phenomena that the text is for."""
    writer = _Writer(record)
    lines = [*_header(record.document, header or {}), RULE, record.document.text, RULE]
    for actor in record.actors:
        lines += [*writer.actor(actor), ""]
    for kind in BLOCKS:
        for fact in getattr(record, f"{kind}s"):
            lines += [*writer.fact(kind, fact), ""]
    return "\n".join(lines)


def _header(doc: Document, more: Mapping[str, str]) -> Iterator[str]:
    said = {name: value for name in _HEADER if (value := getattr(doc, name))}
    if doc.published:
        said["published"] = doc.published.original
    said["extent"] = doc.extent
    said["composed"] = "yes" if doc.composed else "no"
    for key, value in {**said, **more}.items():
        yield f"{key}: {' '.join(value.split())}"


class _Writer:
    def __init__(self, record: Record) -> None:
        self._record, self._text = record, record.document.text
        self._labels = {m.id: f"m{i}" for i, m in enumerate(record.meetings, start=1)}
        self._near: int | None = None

    def actor(self, actor: Actor) -> Iterator[str]:
        self._near = None
        mentions = [self._words(m.start, m.end) for m in actor.mentions]
        yield f"@{actor.ref} {actor.kind} {' '.join(mentions[:1])}".rstrip()
        if actor.name:
            yield self._line("name", actor.name, actor, "name")
        for number, office in enumerate(actor.offices):
            proofs = [e for e in actor.evidence if "offices" in e.fields]
            proofs = proofs if len(actor.offices) == 1 else proofs[number : number + 1]
            yield self._line("office", _office(office, proofs), actor, "offices", proofs)
        for name in ("represents", "organisation"):
            if value := getattr(actor, name):
                yield self._line(name, value, actor, name)
        if actor.members:
            yield f"  members: {' '.join('@' + m for m in actor.members)}"
        for words in mentions[1:]:
            yield f"  also: {words}"
        if actor.id:
            yield f"  id: {actor.id}"

    def fact(self, kind: str, fact: Fact) -> Iterator[str]:
        self._near = None  # the words of the first line stand for themselves, and the others near them
        for line in getattr(self, f"_{kind}")(fact):
            yield line
            self._near = next((e.start for e in fact.evidence if _proves(e, _FIRST[kind])), None)
        if fact.relation != "reported":
            yield f"  relation: {fact.relation}"

    def _meeting(self, m: Meeting) -> Iterator[str]:
        yield f"meeting {self._labels[m.id]}: {m.kind}{self._tail(m, 'kind')}"
        yield from self._plain(m, "status mode setting")
        if m.format:
            yield f"  format: {m.format}"
        if m.informal:
            yield self._line("informal", "yes", m, "informal")
        if m.series:
            yield self._line("series", m.series.name, m, "series")
            if m.series.ordinal is not None:
                yield self._line("ordinal", str(m.series.ordinal), m, "series")
        yield from self._refs(m, "organisation", "organisation", [m.organisation] if m.organisation else [])
        yield from self._refs(m, "body", "body", [m.body] if m.body else [])
        for part, key in (("name", "place"), ("country", "country"), ("venue", "venue")):
            if m.place and (value := getattr(m.place, part)):
                yield self._line(key, value, m, f"place.{part}")
        yield from self._dates(m, "start end")
        for p in m.participants:
            yield self._participation(p)
        for t in m.topics:
            yield self._topic(t)
        if m.part_of:
            yield f"  part_of: {self._labels[m.part_of]}"

    def _participation(self, p: Participation) -> str:
        capacity = f" {p.capacity}" if p.capacity else ""
        spans = [(p.actor.start, p.actor.end)] if p.actor.start is not None else [(e.start, e.end) for e in p.evidence]
        sign = "" if p.actor.start is not None else "~"
        words = " ".join(sign + self._words(s, e) for s, e in spans if s is not None and e is not None)
        return f"  {p.presence}: @{p.actor.ref}{capacity} {words}{_reason(p.inferred)}"

    def _topic(self, t: Topic) -> str:
        words = " ".join(self._words(e.start, e.end) for e in t.evidence)
        label = "" if " ".join(e.quote for e in t.evidence) == t.label else f" = {t.label}"
        return f"  topic: {t.code}{label} {words}{_reason(t.inferred)}"

    def _quote(self, q: Quote) -> Iterator[str]:
        yield f"quote: {q.kind}{self._tail(q, 'text')}"
        yield from self._refs(q, "speaker", "speaker", [q.speaker] if q.speaker else [])
        yield from self._refs(q, "addressee", "addressee", [q.addressee] if q.addressee else [])
        yield from self._plain(q, "cue")

    def _act(self, a: Act) -> Iterator[str]:
        yield f"act: {a.act}{self._tail(a, 'act')}"
        yield from self._refs(a, "actor", "actors", a.actors)
        yield from self._refs(a, "to", "addressees", a.addressees)
        yield from self._plain(a, "about")

    def _agreement(self, a: Agreement) -> Iterator[str]:
        yield f"agreement: {a.title}{self._tail(a, 'title')}"
        yield from self._plain(a, "kind status subject")
        yield from self._refs(a, "party", "parties", a.parties)
        for s in a.signers:
            said = f"@{s.actor.ref}" + (f" {s.act}" if s.act else "") + (f" for @{s.for_.ref}" if s.for_ else "")
            yield f"  signer: {said}{self._naming(a, 'signers', s.actor)}"
        yield from self._dates(a, "document_date status_date period")
        if a.count is not None:
            yield self._line("count", str(a.count), a, "count")

    def _project(self, p: Project) -> Iterator[str]:
        yield f"project: {p.what}{self._tail(p, 'what')}"
        yield from self._plain(p, "status value product")
        yield from self._refs(p, "party", "parties", p.parties)
        for part, key in (("name", "place"), ("country", "country")):
            if p.place and (value := getattr(p.place, part)):
                yield self._line(key, value, p, f"place.{part}")

    def _commitment(self, c: Commitment) -> Iterator[str]:
        yield f"commitment: {c.kind}{self._tail(c, 'kind')}"
        yield from self._refs(c, "who", "who", c.who)
        yield from self._refs(c, "to", "beneficiaries", c.beneficiaries)
        yield from self._plain(c, "what amount condition progress")
        yield from self._dates(c, "deadline")

    def _figure(self, f: Figure) -> Iterator[str]:
        words = " ".join(e.quote for e in f.evidence if "measure" in e.fields)
        label = "" if words == f.measure.label else f" = {f.measure.label}"
        yield f"figure: {f.measure.code}{label}{self._tail(f, 'measure')}"
        yield from self._plain(f, "value unit bound kind change_percent")
        yield from self._refs(f, "party", "parties", f.parties)
        yield from self._dates(f, "period compared_with")

    def _plain(self, fact: Fact, names: str) -> Iterator[str]:
        for name in names.split():
            if (value := getattr(fact, name)) is not None:
                yield self._line(name, str(value), fact, name)

    def _dates(self, fact: Fact, names: str) -> Iterator[str]:
        for name in names.split():
            date: Date | None = getattr(fact, name)
            if date is not None:
                value = f"{date.qualifier} {date.value}" if date.qualifier else date.value
                yield self._line(name, value, fact, name)

    def _refs(self, fact: Fact, key: str, field: str, refs: Sequence[ActorRef]) -> Iterator[str]:
        for ref in refs:
            yield f"  {key}: @{ref.ref}{self._naming(fact, field, ref)}"

    def _naming(self, fact: Fact, field: str, ref: ActorRef) -> str:
        """The words that name an actor, or that prove the field without naming it, and the reason for what is inferred."""
        if ref.start is not None and ref.end is not None:
            return f" {self._words(ref.start, ref.end)}{_reason(_why(fact, field))}"
        proofs = [e for e in fact.evidence if _proves(e, field)]
        words = "".join(f" ~{self._words(e.start, e.end)}" for e in proofs)
        return words + _reason(_why(fact, field))

    def _line(
        self, key: str, value: str, of: Fact | Actor, field: str, proofs: Sequence[Evidence] | None = None
    ) -> str:
        value = "" if value == self._said([e for e in of.evidence if _proves(e, field)]) and value else f" {value}"
        return f"  {key}:{value}{self._tail(of, field, proofs)}"

    def _said(self, proofs: Sequence[Evidence]) -> str:
        return " ".join(" ".join(e.quote.split()) for e in proofs)

    def _tail(self, of: Fact | Actor, field: str, proofs: Sequence[Evidence] | None = None) -> str:
        """The words that prove a field, and the reason where it is inferred."""
        root = field.split(".")[0]
        chosen = proofs if proofs is not None else [e for e in of.evidence if _proves(e, field)]
        if not chosen and not _why(of, field):  # nothing is said of this part: it stands on what the whole stands on
            chosen = [e for e in of.evidence if any(f.split(".")[0] == root for f in e.fields)]
        words = "".join(f" {self._words(e.start, e.end)}" for e in chosen)
        return words + _reason(_why(of, field))

    def _words(self, start: int, end: int) -> str:
        return mark_words(self._text, start, end, self._near)


def _office(office: Office, proofs: Sequence[Evidence]) -> str:
    standing = "" if office.standing == "current" else f" {office.standing}"
    of = (f" of {office.of}" if office.of else "") + (f" for {office.portfolio}" if office.portfolio else "")
    label = "" if office.title == " ".join(e.quote for e in proofs) else f" = {office.title}"
    return f"{office.code}{standing}{of}{label}"


def _proves(evidence: Evidence, field: str) -> bool:
    """Whether words prove a field, or the whole of which it is a part: `place` proves `place.name`."""
    return field in evidence.fields or field.split(".")[0] in evidence.fields


def _why(of: Fact | Actor, field: str) -> list[Inferred]:
    return [i for i in of.inferred if i.field in (field, field.split(".")[0])]


def _reason(inferred: Iterable[Inferred]) -> str:
    reasons = "; ".join(i.reason for i in inferred)
    return f" ({reasons.translate(_NO_BRACKETS)})" if reasons else ""


_NO_BRACKETS = str.maketrans({"{": "[", "}": "]", "\n": " "})
