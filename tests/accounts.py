"""Records of invented readouts put together by hand: gold that no reader has touched, with a fault planted at will."""

from typing import Any

from communique.record.dates import Date
from communique.record.document import ActorRef, Document, Evidence
from communique.record.facts import (
    Act,
    Actor,
    Agreement,
    Commitment,
    Figure,
    Measure,
    Meeting,
    Office,
    Participation,
    Place,
    Quote,
    Topic,
)
from communique.record.identity import seal
from communique.record.record import Coverage, MadeBy, Record

BEREG, KHOLM, YASEN = "Иван Берег", "Анна Холм", "Глеб Ясень"
PEOPLE = {
    BEREG: ("Президент", "president", "x-velanda", "vl-bereg"),
    KHOLM: ("Премьер-министр", "prime_minister", "x-liria", "lr-kholm"),
    YASEN: ("Министр иностранных дел", "foreign_minister", "x-velanda", "vl-yasen"),
}


class Account:
    """One side's readout; every sentence is added with the facts that it states."""

    def __init__(self, name: str, extent: str = "full") -> None:
        self._doc: dict[str, Any] = {"id": name, "version": f"sha256:{name}", "extent": extent, "language": "ru"}
        self._text = ""
        self._facts: dict[str, list[Any]] = {}
        self._coverage: dict[str, str] = {}
        self._meeting: dict[str, Any] = {}
        self._offices: dict[str, str] = {}

    def sentence(self, words: str, *fields: str) -> Evidence:
        """A sentence at the end of the text, as the evidence of these fields."""
        start = len(self._text)
        self._text += words + "\n"
        return Evidence(start, start + len(words), words, fields)

    def not_read_for(self, kind: str) -> "Account":
        self._coverage[kind] = "failed"
        return self

    def holds_office(self, name: str, code: str) -> "Account":
        self._offices[name] = code
        return self

    def meeting(
        self, people: tuple[str, ...] = (BEREG, KHOLM), start: tuple[str, str] | None = None,
        topics: dict[str, str] | None = None, presence: dict[str, str] | None = None, **fields: Any,
    ) -> "Account":  # fmt: skip
        """The reported meeting in one sentence that names what it states; `topics` maps codes to labels."""
        known = {"kind": "talks", "status": "held", "mode": "in_person", "format": "bilateral", **fields}
        if start:
            precision = "no_year" if start[0].startswith("XXXX") else "day"
            known["start"] = Date(value=start[0], precision=precision, original=start[1])
        place = known["place"].name if known.get("place") else ""
        named = [start[1] if start else "", place, *(topics or {}).values(), *people]
        whole = self.sentence(f"Встреча: {', '.join(n for n in named if n)}.", *known)
        part = Evidence(whole.start, whole.end, whole.quote, ("actor", "presence", "label"))
        self._meeting = {
            **known,
            "participants": tuple(
                Participation(actor=self.ref(n), presence=(presence or {}).get(n, "present"), evidence=(part,))  # type: ignore[arg-type]
                for n in people
            ),
            "topics": tuple(Topic(code=c, label=label, evidence=(part,)) for c, label in (topics or {}).items()),  # type: ignore[arg-type]
            "evidence": (whole,),
        }
        return self

    def act(self, words: str, actor: str, act: str, addressee: str, about: str) -> "Account":
        evidence = self.sentence(words, "actors", "act", "addressees", "about")
        return self._add(
            "acts", Act(actors=self._refs(actor), act=act, addressees=self._refs(addressee), about=about, evidence=(evidence,))  # type: ignore[arg-type]
        )  # fmt: skip

    def agreement(self, title: str, status: str, kind: str = "agreement") -> "Account":
        evidence = self.sentence(f"{title}: {status}", "title", "status", "kind")
        return self._add("agreements", Agreement(title=title, kind=kind, status=status, evidence=(evidence,)))  # type: ignore[arg-type]

    def figure(self, words: str, value: str, code: str = "trade_turnover", **fields: Any) -> "Account":
        evidence = self.sentence(words, "measure", "value", "unit", "kind", "bound", *fields)
        known = {"unit": "USD", "kind": "level", **fields}
        return self._add(
            "figures", Figure(measure=Measure(code, words.split()[0]), value=value, evidence=(evidence,), **known)
        )  # type: ignore[arg-type]

    def quote(self, speaker: str, words: str, kind: str = "direct") -> "Account":
        text = self.sentence(words, "text", "kind")
        said = self.sentence(f"{speaker} сказал это.", "speaker")
        return self._add("quotes", Quote(speaker=self.ref(speaker), kind=kind, text=words, evidence=(text, said)))  # type: ignore[arg-type]

    def commitment(self, words: str, who: str, what: str, deadline: tuple[str, str]) -> "Account":
        evidence = self.sentence(words, "kind", "who", "what", "deadline")
        date = Date(value=deadline[0], precision="year", qualifier="by", original=deadline[1])
        fact = Commitment(kind="promise", who=self._refs(who), what=what, deadline=date, evidence=(evidence,))
        return self._add("commitments", fact)

    def record(self) -> Record:
        doc = Document(text=self._text, **self._doc)
        facts = {kind: tuple(seal(found, doc.id, lambda at: str(at))) for kind, found in self._facts.items()}
        meetings = tuple(seal([Meeting(**self._meeting)], doc.id, str)) if self._meeting else ()
        coverage = Coverage(**{k: self._coverage.get(k, "read") for k in Coverage.__struct_fields__})  # type: ignore[arg-type]
        return Record(
            made_by=MadeBy(communique="0", rules="0"), document=doc, actors=tuple(self._actors(doc)),
            meetings=meetings, coverage=coverage, **facts,
        )  # fmt: skip

    def ref(self, name: str) -> ActorRef:
        return ActorRef(f"a{list(PEOPLE).index(name) + 1}")

    def _refs(self, name: str) -> tuple[ActorRef, ...]:
        return (self.ref(name),) if name else ()

    def _actors(self, doc: Document) -> list[Actor]:
        everything = doc.cite(0, 1, "name", "offices", "represents")
        return [
            Actor(
                ref=self.ref(name).ref, kind="person", name=name, represents=state, id=known, evidence=(everything,),
                offices=(Office(title=title, code=self._offices.get(name, code), of=state),),  # type: ignore[arg-type]
            )
            for name, (title, code, state, known) in PEOPLE.items()
        ]  # fmt: skip

    def _add(self, kind: str, fact: Any) -> "Account":
        self._facts.setdefault(kind, []).append(fact)
        return self


def account(name: str = "velanda", extent: str = "full", **planted: Any) -> Account:
    """The readout that both sides could have published; a keyword plants one difference into its meeting."""
    given: dict[str, Any] = {
        "start": ("2026-04-14", "14 апреля 2026 года"),
        "place": Place(name="Остра", country="x-velanda"),
        "topics": {"trade": "торговля", "energy": "энергетика"},
    }
    return (
        Account(name, extent)
        .meeting(**{**given, **planted})
        .act("Берег поблагодарил Холм за гостеприимство.", BEREG, "thank", KHOLM, "гостеприимство")
        .agreement("Соглашение о реадмиссии", "signed")
        .figure("Товарооборот достиг 4,6 млрд долларов.", "4600000000")
        .quote(BEREG, "Наши страны связывает дружба")
        .commitment("Холм обещала построить мост к 2027 году.", KHOLM, "построить мост", ("2027", "2027 году"))
    )
