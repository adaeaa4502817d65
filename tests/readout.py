"""A record of an invented readout, put together by hand: what tests of the record and its views start from."""

from communique.record.dates import Date
from communique.record.document import ActorRef, Document, Evidence, Inferred
from communique.record.facts import Actor, Meeting, Office, Participation, Place, Quote, Topic
from communique.record.identity import seal
from communique.record.record import Coverage, MadeBy, Record

TEXT = (
    "Сырымкент, Алтынор. 3 сентября Президент Алтынора Карим Нурлан принял Премьер-министра Ольмии Ингрид Берг.\n"
    "Стороны обсудили поставки энергии. – Мы готовы к работе, – сказал Глава государства."
)
DOC = Document(id="test:reception", version="sha256:0", text=TEXT, language="ru", published=None, extent="full")


def cite(words: str, *fields: str) -> Evidence:
    """Evidence at the only place where these words stand."""
    assert TEXT.count(words) == 1, words
    start = TEXT.index(words)
    return DOC.cite(start, start + len(words), *fields)


def ref(name: str, words: str) -> ActorRef:
    start = TEXT.index(words)
    return ActorRef(name, words, start, start + len(words))


def reception() -> Record:
    """Two people, one meeting with an inferred place, one quote whose speaker is named by office only."""
    (meeting,) = seal([_meeting()], DOC.id, lambda at: TEXT.split("\n")[0])
    (quote,) = seal([_quote(meeting.id)], DOC.id, lambda at: TEXT.split("\n")[1])
    return Record(
        made_by=MadeBy(communique="0", rules="0"),
        document=DOC,
        actors=(
            _person("a1", "Карим Нурлан", "Президент Алтынора", "president", "x-altynor"),
            _person("a2", "Ингрид Берг", "Премьер-министра Ольмии", "prime_minister", "x-olmia"),
        ),
        meetings=(meeting,),
        quotes=(quote,),
        coverage=Coverage.whole("read"),
    )


def _person(name_ref: str, name: str, title: str, code: str, of: str) -> Actor:
    evidence = cite(f"{title} {name}", "name", "offices", "represents")
    office = Office(title=title, code=code, of=of)  # type: ignore[arg-type]
    return Actor(ref=name_ref, kind="person", name=name, offices=(office,), represents=of, evidence=(evidence,))


def _meeting() -> Meeting:
    host, guest = "Президент Алтынора Карим Нурлан", "Премьер-министра Ольмии Ингрид Берг"
    return Meeting(
        kind="reception",
        status="held",
        start=Date(value="XXXX-09-03", precision="no_year", original="3 сентября"),
        place=Place(name="Сырымкент", country="x-altynor"),
        participants=(
            Participation(actor=ref("a1", host), presence="present", evidence=(cite(host, "actor", "presence"),)),
            Participation(actor=ref("a2", guest), presence="present", evidence=(cite(guest, "actor", "presence"),)),
        ),
        topics=(Topic(code="energy", label="поставки энергии", evidence=(cite("поставки энергии", "label"),)),),
        evidence=(cite("3 сентября Президент Алтынора Карим Нурлан принял", "kind", "status", "start"),),
        inferred=(Inferred("place", "the dateline", "Сырымкент, Алтынор."),),
    )


def _quote(meeting_id: str) -> Quote:
    words = "Мы готовы к работе"
    return Quote(
        meeting=meeting_id,
        speaker=ref("a1", "Глава государства"),
        kind="direct",
        text=words,
        evidence=(cite(words, "text", "kind"), cite("сказал Глава государства", "speaker")),
        inferred=(Inferred("speaker", "the only head of state at the meeting", "coreference"),),
    )
