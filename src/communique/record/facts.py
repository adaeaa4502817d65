"""All facts of the record, declared once: JSON, JSON Schema and later SQL columns are derived from these types.

Every fact carries evidence; every non-null field is named by some evidence or by `inferred`. `Record` checks both.
"""

import msgspec

from communique.record.dates import Date
from communique.record.document import ActorRef, Evidence, Inferred, Mention
from communique.record.vocabulary import (
    ActCode,
    ActorKind,
    AgreementKind,
    AgreementStatus,
    Bound,
    Capacity,
    CommitmentKind,
    FigureKind,
    Format,
    MeasureCode,
    MeetingKind,
    MeetingStatus,
    Mode,
    OfficeCode,
    Origin,
    Presence,
    Progress,
    ProjectStatus,
    QuoteKind,
    Relation,
    Setting,
    SignerAct,
    Standing,
    TopicCode,
)


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """One office; a compound one is two of these. `of` is ISO 3166-1 alpha-2, EU, UN, an organisation or x-name."""

    title: str
    code: OfficeCode
    of: str | None = None
    portfolio: str | None = None
    standing: Standing = "current"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A person, state, organisation or collective of this document."""

    ref: str
    kind: ActorKind
    name: str | None = None
    names: dict[str, str] = {}
    offices: tuple[Office, ...] = ()
    represents: str | None = None
    organisation: str | None = None
    members: tuple[str, ...] = ()
    id: str | None = None
    evidence: tuple[Evidence, ...] = ()
    inferred: tuple[Inferred, ...] = ()
    mentions: tuple[Mention, ...] = ()


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """What every fact has. `said_by` is `narrator` or the id of the quote that claims it."""

    id: str = ""
    key: str = ""
    meeting: str | None = None
    relation: Relation = "reported"
    said_by: str = "narrator"
    rule: str = ""
    confidence: float | None = None
    evidence: tuple[Evidence, ...] = ()
    inferred: tuple[Inferred, ...] = ()
    origin: Origin = "extracted"


class Series(msgspec.Struct, frozen=True):
    """A series of meetings and the number of this one in it."""

    name: str
    ordinal: int | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """`name` is the city, `venue` the building; `country` is coded like `Office.of`."""

    name: str | None = None
    names: dict[str, str] = {}
    country: str | None = None
    venue: str | None = None
    id: str | None = None


class Participation(msgspec.Struct, frozen=True, kw_only=True):
    """One actor's part in a meeting; `order` counts from 1 in the order of the text."""

    actor: ActorRef
    capacity: Capacity | None = None
    presence: Presence
    order: int | None = None
    honorific: str | None = None
    evidence: tuple[Evidence, ...] = ()
    inferred: tuple[Inferred, ...] = ()


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """What a meeting was about, in the words of the text and as a code."""

    code: TopicCode
    label: str
    about: tuple[ActorRef, ...] = ()
    raised_by: ActorRef | None = None
    evidence: tuple[Evidence, ...] = ()
    inferred: tuple[Inferred, ...] = ()


class Plover(msgspec.Struct, frozen=True):
    """PLOVER event and mode codes."""

    event: str
    mode: str | None = None


class Meeting(Fact, frozen=True, kw_only=True):
    """A meeting or call, with who took part, where, when and about what."""

    kind: MeetingKind
    informal: bool = False
    setting: Setting | None = None
    status: MeetingStatus
    mode: Mode | None = None
    format: Format | None = None
    series: Series | None = None
    organisation: ActorRef | None = None
    body: ActorRef | None = None
    place: Place | None = None
    start: Date | None = None
    end: Date | None = None
    part_of: str | None = None
    participants: tuple[Participation, ...] = ()
    topics: tuple[Topic, ...] = ()
    plover: Plover | None = None


class Quote(Fact, frozen=True, kw_only=True):
    """Words of a speaker. The first evidence is the words without their marks."""

    speaker: ActorRef | None = None
    kind: QuoteKind
    text: str
    addressee: ActorRef | None = None
    cue: str | None = None


class Act(Fact, frozen=True, kw_only=True):
    """Who thanked, invited, proposed ... whom, and for what."""

    actors: tuple[ActorRef, ...] = ()
    act: ActCode
    addressees: tuple[ActorRef, ...] = ()
    about: str | None = None
    strength: int | None = None
    plover: str | None = None
    cameo: str | None = None


class Signer(msgspec.Struct, frozen=True):
    """Who put a name under a document, for whom, and how."""

    actor: ActorRef
    for_: ActorRef | None = msgspec.field(default=None, name="for")
    act: SignerAct | None = None


class Agreement(Fact, frozen=True, kw_only=True):
    """A document between states or bodies, and what happened to it."""

    title: str
    kind: AgreementKind
    parties: tuple[ActorRef, ...] = ()
    signers: tuple[Signer, ...] = ()
    subject: str | None = None
    status: AgreementStatus
    document_date: Date | None = None
    status_date: Date | None = None
    period: Date | None = None
    count: int | None = None


class Project(Fact, frozen=True, kw_only=True):
    """A joint undertaking: a plant, a road, a production."""

    what: str
    parties: tuple[ActorRef, ...] = ()
    place: Place | None = None
    value: str | None = None
    product: str | None = None
    status: ProjectStatus | None = None


class Commitment(Fact, frozen=True, kw_only=True):
    """What somebody undertook, was told or plans to do, with its deadline."""

    kind: CommitmentKind
    who: tuple[ActorRef, ...] = ()
    what: str
    beneficiaries: tuple[ActorRef, ...] = ()
    deadline: Date | None = None
    amount: str | None = None
    condition: str | None = None
    progress: Progress | None = None


class Measure(msgspec.Struct, frozen=True):
    """What a figure measures, coded and in the words of the text."""

    code: MeasureCode
    label: str


class Figure(Fact, frozen=True, kw_only=True):
    """A number of the text. `value` is a decimal string in `unit` (ISO 4217, percent, count, ...)."""

    measure: Measure
    parties: tuple[ActorRef, ...] = ()
    value: str
    bound: Bound = "exact"
    unit: str
    period: Date | None = None
    compared_with: Date | None = None
    change_percent: str | None = None
    kind: FigureKind
    same_as: str | None = None
