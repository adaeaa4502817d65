"""Marked text in, record out: words become evidence, values without words become inferred.

In: a parsed `Marked`. Out: `Gold`: a Record that keeps the four rules, and which of its facts may be left out. Errors are
RecordError or EvidenceError that name the line.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, get_args

import msgspec

from communique.annotation.lines import BY_HAND, Lines, Naming, Proof, at, unknown
from communique.annotation.marked import BLOCKS, Block, Line, Marked, parse_line, parse_marked
from communique.annotation.places import Place as Span
from communique.annotation.places import find_words, first_place
from communique.errors import RecordError
from communique.record.document import Document, Mention
from communique.record.facts import (
    Act,
    Actor,
    Agreement,
    Commitment,
    Fact,
    Figure,
    Measure,
    Meeting,
    Office,
    Participation,
    Place,
    Project,
    Quote,
    Series,
    Signer,
    Topic,
)
from communique.record.identity import seal
from communique.record.record import Coverage, MadeBy, Record
from communique.record.vocabulary import (
    Capacity,
    OfficeCode,
    Presence,
    SignerAct,
    Standing,
)
from communique.text.release import Release, document_of
from communique.text.segment import find_tokens

_FIELDS = {"actor": "actors", "to": "addressees", "party": "parties", "signer": "signers", "office": "offices"}


class Gold(msgspec.Struct, frozen=True, kw_only=True):
    """A record made by hand. `ids` are those of its facts in the order of their blocks.

    `optional` holds what may be found or left out: ids of facts, and (fact id, key of a line).

    For a participant the key is its ref, for a topic its code, else the field; of an actor (@ref, field).
    """

    record: Record
    header: dict[str, str] = {}
    ids: tuple[str, ...] = ()
    optional: frozenset[str | tuple[str, str]] = frozenset()


def read_marked(source: str) -> Gold:
    """The record that a marked text says; RecordError or EvidenceError with the line for what it cannot mean."""
    return compile_marked(parse_marked(source))


def compile_marked(marked: Marked) -> Gold:
    """The record of a parsed marked text."""
    doc = _document(marked)
    compiler = _Compiler(doc, {b.head.label for b in marked.blocks if b.head.key == "actor" and b.head.label})
    for block in marked.blocks:
        if block.head.key == "actor":
            compiler.actor(block)
    for block in marked.blocks:
        if block.head.key != "actor":
            compiler.fact(block)
    record = compiler.record()
    return Gold(record=record, header=marked.header, ids=compiler.ids, optional=frozenset(compiler.optional))


def places_of(source: str, block: int, lines: Sequence[str]) -> list[Span]:
    """Where the words of some lines of the block with this number stand in the text."""
    marked = parse_marked(source)
    chosen, text = marked.blocks[block], marked.text
    words = [w for number, line in enumerate(lines) for w in parse_line(number, line.strip()).words]
    if chosen.head.key == "actor":
        return [first_place(text, w, chosen.head.number) for w in words]
    near = Lines(Naming(_document(marked), set()), chosen).near
    return [find_words(text, w, None if w in chosen.head.words else near, chosen.head.number) for w in words]


def _document(marked: Marked) -> Document:
    h = marked.header
    text = marked.text
    release = Release(
        id=h.get("id"), url=h.get("url"), publisher=h.get("publisher"), title=h.get("title"), language=h.get("language", "ru"),
        published=h.get("published"), composed=h.get("composed", "yes") == "yes", text=text, original=text.encode(),
        extent=msgspec.convert(h.get("extent", "full"), Release.__annotations__["extent"]),
    )  # fmt: skip
    doc = document_of(release)
    if doc.text != text:
        raise RecordError(
            "the text is not as the reader normalises it; take out tabs, no-break spaces and soft hyphens"
        )
    return doc


class _Compiler:
    """Blocks to statements of one document."""

    def __init__(self, doc: Document, labels: set[str]) -> None:
        self.doc, self.naming = doc, Naming(doc, labels)
        self.optional: set[str | tuple[str, str]] = set()
        self.ids: tuple[str, ...] = ()
        self._actors: list[Actor] = []
        self._facts: list[tuple[Block, Fact]] = []

    def actor(self, block: Block) -> None:
        """`@berg person {Президент Веланды Иван Берег}` and its lines."""
        head = block.head
        proof = Proof(self.doc)
        mentions = [first_place(self.doc.text, w, head.number) for w in head.words]
        values: dict[str, Any] = {}
        offices: list[Office] = []
        for line in block.lines:
            spans = [first_place(self.doc.text, w, line.number) for w in line.words]
            mentions += spans if line.key in ("also", "name") else []
            if line.key == "office":
                offices.append(self._office(line))
                proof.add("offices", line, spans)
            elif line.key in ("name", "represents", "organisation"):
                values[line.key] = line.value or self.naming.said(spans)
                proof.add(line.key, line, spans)
            elif line.key == "members":
                values["members"] = tuple(self.naming.label(v, line) for v in line.value.split())
            elif line.key == "id":
                values["id"] = line.value
            elif line.key != "also":
                raise unknown(line, "name office represents organisation members also id")
        values.setdefault("names", {self.doc.language or "ru": values["name"]} if values.get("name") else {})
        self.optional |= {(f"@{head.label}", _FIELDS.get(x.key, x.key)) for x in block.lines if x.optional}
        with at(head):
            self._actors.append(
                Actor(
                    ref=head.label or "", kind=_code(head.value, Actor, "kind", head), offices=tuple(offices),
                    evidence=proof.evidence, inferred=tuple(proof.inferred),
                    mentions=tuple(Mention(*span) for span in sorted(set(mentions))), **values,
                )
            )  # fmt: skip

    def _office(self, line: Line) -> Office:
        """`minister acting of x-velanda for торговли {и.о. министра торговли}`; the words are the title, or `= title`."""
        value, _, label = line.value.partition(" = ")
        value, _, portfolio = value.partition(" for ")
        value, _, of = value.partition(" of ")
        code, *standing = value.split() or [""]
        title = label or " ".join(w.text for w in line.words)
        if code not in get_args(OfficeCode) or any(s not in get_args(Standing) for s in standing):
            raise RecordError(
                f"line {line.number}: {line.value!r} is no office; write «CODE [standing] [of X] [for portfolio]»"
            )
        said = {"title": title, "code": code, "of": of or None, "portfolio": portfolio or None}
        return msgspec.convert(said | ({"standing": standing[0]} if standing else {}), Office)

    def fact(self, block: Block) -> None:
        head = block.head
        if head.key not in BLOCKS:
            raise RecordError(
                f"line {head.number}: {head.key!r} is no block; it is one of {', '.join(BLOCKS)} or @label"
            )
        with at(head):
            self._facts.append((block, getattr(self, f"_{head.key}")(Lines(self.naming, block))))

    def _meeting(self, b: Lines) -> Meeting:
        b.take("kind", b.head)
        place, country, venue = (
            b.value("place", "place.name"),
            b.value("country", "place.country"),
            b.value("venue", "place.venue"),
        )
        series, ordinal = b.value("series"), b.value("ordinal", "series")
        people = [p for line in b.lines if (p := self._participation(line, b))]
        topics = [self._topic(line, b) for line in b.lines if line.key == "topic"]
        present = {self._side(p.actor.ref) for p in people if p.presence in ("present", "expected", "by_video")}
        b.used |= {*get_args(Presence), "topic"}
        people = [msgspec.structs.replace(p, order=i) for i, p in enumerate(people, start=1)]
        return b.build(
            Meeting, kind=b.head.value, informal=b.value("informal") == "yes",
            place=self._place(place, country, venue),
            series=Series(series, int(ordinal) if ordinal else None) if series else None,
            participants=tuple(people), topics=tuple(topics),
            format=b.taken("format") or (None if len(present) < 2 else "bilateral" if len(present) == 2 else "multilateral"),
            **b.values("status mode setting"), **b.refs("organisation body"), **b.dates("start end"), **b.relation(),
        )  # fmt: skip

    def _place(self, name: str | None, country: str | None, venue: str | None = None) -> Place | None:
        names = {self.doc.language: name} if name and self.doc.language else {}
        return Place(name=name, names=names, country=country, venue=venue) if name or country or venue else None

    def _side(self, ref: str) -> str:
        actor = next((a for a in self._actors if a.ref == ref), None)
        return (actor and (actor.represents or actor.organisation)) or ref

    def _participation(self, line: Line, b: Lines) -> Participation | None:
        if line.key not in get_args(Presence):
            return None
        label, _, capacity = line.value.partition(" ")
        proof, spans = Proof(self.doc), b.spans(line)
        if not spans:
            raise RecordError(f"line {line.number}: a participant needs the {{words}} that say so")
        for field in ("actor", "presence", *(["capacity"] if capacity else [])):
            proof.add(field, line, spans)
        said: dict[str, Any] = {"presence": line.key, "capacity": capacity or None}
        if capacity and capacity not in get_args(Capacity):
            raise RecordError(
                f"line {line.number}: {capacity!r} is no capacity; it is one of {', '.join(get_args(Capacity))}"
            )
        ref = self.naming.ref(label, line, spans)
        return Participation(actor=ref, evidence=proof.evidence, inferred=tuple(proof.inferred), **said)

    def _topic(self, line: Line, b: Lines) -> Topic:
        code, _, label = line.value.partition(" = ")
        proof, spans = Proof(self.doc), b.spans(line)
        if not spans:
            raise RecordError(f"line {line.number}: a topic needs the {{words}} that say so")
        proof.add("code", line, spans)
        proof.add("label", line, spans)
        said = {"code": code.strip(), "label": label or self.naming.said(spans)}
        return msgspec.convert(said | {"evidence": proof.evidence, "inferred": tuple(proof.inferred)}, Topic)

    def _quote(self, b: Lines) -> Quote:
        spans = b.take("text", b.head)
        b.take("kind", b.head)
        if not spans:
            raise RecordError(f"line {b.head.number}: a quote needs the {{words}} that were said")
        text = self.doc.text
        whole = text[spans[0][0] : spans[-1][1]]
        gaps = [text[a[1] : c[0]] for a, c in pairwise(spans)]
        said = whole if not any(g.strip() for g in gaps) else " ".join(text[s:e] for s, e in spans)
        return b.build(
            Quote, kind=b.head.value, text=said, **b.refs("speaker addressee"), **b.values("cue"), **b.relation()
        )

    def _act(self, b: Lines) -> Act:
        b.take("act", b.head)
        return b.build(
            Act, act=b.head.value, actors=b.several("actor", "actors"), addressees=b.several("to", "addressees"),
            **b.values("about"), **b.relation(),
        )  # fmt: skip

    def _agreement(self, b: Lines) -> Agreement:
        b.take("title", b.head)
        signers = []
        for line in b.named("signer"):
            who, _, for_ = line.value.partition(" for ")
            label, _, act = who.partition(" ")
            if act and act not in get_args(SignerAct):
                raise RecordError(
                    f"line {line.number}: {act!r} is no way to sign; it is one of {', '.join(get_args(SignerAct))}"
                )
            actor = self.naming.ref(label, line, b.take("signers", line))
            signers.append(Signer(actor, self.naming.ref(for_, line, []) if for_ else None, act or None))  # type: ignore[arg-type]
        count = b.value("count")
        return b.build(
            Agreement, title=b.title(), parties=b.several("party", "parties"), signers=tuple(signers), count=int(count) if count else None,
            **b.values("kind status subject"), **b.dates("document_date status_date period"), **b.relation(),
        )  # fmt: skip

    def _project(self, b: Lines) -> Project:
        b.take("what", b.head)
        place, country = b.value("place", "place.name"), b.value("country", "place.country")
        return b.build(
            Project, what=b.title(), parties=b.several("party", "parties"), **b.values("status value product"),
            place=Place(name=place, country=country) if place or country else None, **b.relation(),
        )  # fmt: skip

    def _commitment(self, b: Lines) -> Commitment:
        b.take("kind", b.head)
        return b.build(
            Commitment, kind=b.head.value, who=b.several("who", "who"), beneficiaries=b.several("to", "beneficiaries"),
            **b.values("what amount condition progress"), **b.dates("deadline"), **b.relation(),
        )  # fmt: skip

    def _figure(self, b: Lines) -> Figure:
        b.take("measure", b.head)
        code, _, label = b.head.value.partition(" = ")
        return b.build(
            Figure, measure=Measure(code.strip(), label or self.naming.said(b.spans(b.head)) or code),  # type: ignore[arg-type]
            parties=b.several("party", "parties"), **b.values("value unit bound kind change_percent"),
            **b.dates("period compared_with"), **b.relation(),
        )  # fmt: skip

    def record(self) -> Record:
        facts = [self._within_quotes(fact) for _, fact in self._facts]
        order = sorted(range(len(facts)), key=lambda i: facts[i].evidence[0].start if facts[i].evidence else 0)
        order.sort(key=lambda i: facts[i].relation != "reported" if isinstance(facts[i], Meeting) else False)
        sealed = self._sealed(facts, order)
        self.ids = tuple(sealed[i].id for i in range(len(facts)))
        main = next((f.id for f in sealed.values() if isinstance(f, Meeting) and f.relation == "reported"), None)
        labels: dict[str, str] = {b.head.label: sealed[i].id for i, (b, _) in enumerate(self._facts) if b.head.label}
        quotes = {(q.evidence[0].start, q.evidence[0].end): q.id for q in sealed.values() if isinstance(q, Quote)}
        done: dict[str, list[Fact]] = {key: [] for key in BLOCKS}
        for i in order:
            block, fact = self._facts[i][0], sealed[i]
            done[block.head.key].append(_placed(fact, main, labels, quotes, block))
            self._note_optional(block, fact)
        kept = {f"{key}s": tuple(found) for key, found in done.items()}
        made_by = MadeBy(communique=BY_HAND, rules=BY_HAND)
        about = {
            "made_by": made_by,
            "document": self.doc,
            "actors": tuple(self._actors),
            "coverage": Coverage.whole("read"),
        }
        return msgspec.convert({**about, **kept}, Record)

    def _sealed(self, facts: Sequence[Fact], order: Sequence[int]) -> dict[int, Fact]:
        tokens = find_tokens(self.doc.text)

        def sentence_at(offset: int) -> str:
            return tokens.sentence_text(tokens.sentence_of(offset)) if tokens.sentences else ""

        sealed: dict[int, Fact] = {}
        for kind in BLOCKS:
            chosen = [i for i in order if self._facts[i][0].head.key == kind]
            found = seal([facts[i] for i in chosen], self.doc.id, sentence_at)
            if len(found) != len(chosen):
                raise RecordError(f"two blocks «{kind}» say the same to the letter; keep one")
            sealed |= dict(zip(chosen, found, strict=True))
        return sealed

    def _within_quotes(self, fact: Fact) -> Fact:
        """A fact whose first words stand inside marked words is claimed by that quote."""
        if isinstance(fact, Quote) or not fact.evidence:
            return fact
        start = fact.evidence[0].start
        for _, quote in self._facts:
            if isinstance(quote, Quote) and quote.kind != "indirect":
                words = [e for e in quote.evidence if "text" in e.fields]
                if any(e.start <= start < e.end for e in words):
                    return msgspec.structs.replace(fact, said_by=f"{words[0].start}:{words[0].end}")
        return fact

    def _note_optional(self, block: Block, fact: Fact) -> None:
        if block.head.optional:
            self.optional.add(fact.id)
        for line in block.lines:
            if line.optional:
                listed = line.key in (*get_args(Presence), "topic")
                key = line.value.split()[0].removeprefix("@") if listed else _FIELDS.get(line.key, line.key)
                self.optional.add(
                    (fact.id, "beneficiaries" if key == "addressees" and isinstance(fact, Commitment) else key)
                )


def _placed(fact: Fact, main: str | None, labels: dict[str, str], quotes: dict[Span, str], block: Block) -> Fact:
    """The fact with its references to others: the reported meeting, the visit that it is part of, the quote that claims it."""
    changes: dict[str, Any] = {} if isinstance(fact, Meeting) else {"meeting": main}
    for line in block.lines:
        if line.key == "part_of":
            if line.value not in labels:
                raise RecordError(
                    f"line {line.number}: no meeting has the label {line.value!r}; write «meeting {line.value}: ...»"
                )
            changes["part_of"] = labels[line.value]
    if fact.said_by != "narrator":
        start, end = map(int, fact.said_by.split(":"))
        changes["said_by"] = quotes[start, end]
    return msgspec.structs.replace(fact, **changes)


def _code(value: str, kind: type, field: str, line: Line) -> Any:
    """A code of the vocabulary of a field."""
    known = get_args(next(f.type for f in msgspec.structs.fields(kind) if f.name == field))
    if value not in known:
        raise RecordError(f"line {line.number}: {value!r} is no {field}; it is one of {', '.join(known)}")
    return value
