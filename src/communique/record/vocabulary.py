"""The closed vocabularies of the record, each declared once; JSON Schema and checks are derived from them."""

from typing import Literal

Genre = Literal[
    "readout", "announcement", "transcript", "joint_document", "press_statement", "interview", "news_report",
    "digest", "telegram", "decree", "statistics", "biography", "other",
]  # fmt: skip
PublisherKind = Literal["official", "agency", "media", "aggregator"]
Extent = Literal["full", "excerpt", "truncated", "unknown"]
Rights = Literal["open", "quote_only", "unknown"]
ActorKind = Literal["person", "state", "organisation", "collective"]
Standing = Literal["current", "acting", "former", "designate", "honorary"]
OfficeCode = Literal[
    "president", "first_president", "vice_president", "prime_minister", "deputy_prime_minister", "foreign_minister",
    "defence_minister", "minister", "deputy_minister", "speaker", "secretary_of_state", "security_secretary",
    "ambassador", "secretary_general", "director_general", "executive_secretary", "chair", "member", "aide",
    "special_envoy", "chief_of_staff", "spokesperson", "monarch", "crown_prince", "leader", "head", "governor",
    "mayor", "commander", "commissioner", "council_president", "commission_president", "religious_leader",
    "business_head", "first_lady", "other",
]  # fmt: skip
TopicCode = Literal[
    "trade", "investment", "energy", "transport", "security", "defence", "biosafety", "health", "culture",
    "education", "water_environment", "agriculture", "digital", "space", "migration", "human_rights",
    "regional_agenda", "integration", "peace_process",
    "bilateral_relations", "international_agenda", "economy", "finance", "border", "nuclear", "counter_terrorism",
    "sanctions", "humanitarian", "science_technology", "tourism", "labour", "legal_consular", "climate", "industry",
    "parliament", "youth_sport", "other",
]  # fmt: skip
ActCode = Literal[
    "thank", "congratulate", "invite", "propose", "request", "support", "condemn", "agree", "inform",
    "condole", "accept", "promise", "instruct", "praise", "welcome", "reaffirm", "express_readiness",
    "express_concern", "appeal", "warn", "protest", "offer", "award", "mediate", "reject", "deny", "apologise",
]  # fmt: skip
Relation = Literal["reported", "part", "earlier", "later", "mentioned"]
REPORTED: tuple[Relation, ...] = ("reported", "part")  # what a page tells as its own news
Origin = Literal["extracted", "reviewed", "entered"]
MeetingKind = Literal[
    "summit", "council_session", "talks", "reception", "phone_call", "video_call", "visit", "ceremony",
    "press_statement", "forum", "consultations", "other",
]  # fmt: skip
Setting = Literal["one_on_one", "narrow", "extended", "sidelines"]
MeetingStatus = Literal["planned", "under_way", "held", "cancelled", "postponed", "denied"]
Mode = Literal["in_person", "phone", "video"]
Format = Literal["bilateral", "multilateral"]
Capacity = Literal["head", "member", "host", "chair", "guest", "observer"]
Presence = Literal["present", "expected", "absent", "represented", "by_video"]
QuoteKind = Literal["direct", "indirect", "press_release"]
AgreementKind = Literal[
    "treaty", "agreement", "memorandum", "declaration", "communique", "protocol", "roadmap", "programme", "plan",
    "decision", "contract", "package", "other",
]  # fmt: skip
AgreementStatus = Literal[
    "discussed", "planned", "agreed", "initialled", "signed", "adopted", "approved", "ratified", "in_force",
    "announced", "denounced",
]  # fmt: skip
SignerAct = Literal["signed", "initialled", "ratified", "witnessed"]
ProjectStatus = Literal["idea", "planned", "under_way", "launched", "completed", "suspended"]
CommitmentKind = Literal["promise", "task", "plan", "progress_report"]
Progress = Literal["none", "under_way", "done", "dropped"]
MeasureCode = Literal[
    "trade_turnover", "exports", "imports", "investment_stock", "investment_flow", "projects_count",
    "companies_count", "documents_count", "credit", "transit_volume", "energy_volume", "vaccine_doses", "tourists",
    "students", "other",
]  # fmt: skip
Bound = Literal["exact", "about", "at_least", "at_most"]
FigureKind = Literal["level", "growth", "target", "share"]
Precision = Literal["day", "month", "quarter", "half", "season", "year", "no_year"]
DateQualifier = Literal["on", "by", "before", "after", "about"]
CoverageState = Literal["read", "partial", "unsupported_language", "failed"]
