"""Candidates to meetings: which clauses speak of one meeting, which of another, and what each is.

In: a page, its actors, its candidates and dates. Out: unsealed meetings, the main one first; a `part` of a visit or
session names the main one by index in `part_of` («#0») until sealed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from communique.finding.coref import ActorTable, Draft, all_states
from communique.finding.dates import DateSpan
from communique.finding.meetings.find import Candidate
from communique.finding.meetings.kind import find_informal, find_mode, find_setting, settle_kind
from communique.finding.meetings.people import Part, find_parts
from communique.finding.meetings.status import find_relation, find_status
from communique.finding.meetings.when import find_when, first_and_last, header_date
from communique.finding.meetings.where import PlaceFound, find_dateline, find_place, place_of_dateline
from communique.finding.page import Page
from communique.record.document import LONGEST_EVIDENCE, ActorRef, Evidence, Inferred
from communique.record.facts import Meeting, Participation, Series
from communique.record.vocabulary import Format, MeetingStatus, Relation

_FAMILY = {
    "talks": "talk",
    "reception": "talk",
    "summit": "gathering",
    "council_session": "gathering",
    "phone_call": "talk",
    "video_call": "talk",
    "consultations": "talk",
    "visit": "visit",
    "ceremony": "ceremony",
    "press_statement": "press",
    "forum": "gathering",
    "other": "talk",
}
_STRENGTH = {
    "meetings.received": 5.0,
    "meetings.met": 5.0,
    "meetings.held": 5.0,
    "meetings.joined": 5.0,
    "meetings.visited": 4.0,
    "meetings.denied": 5.0,
    "meetings.talk_with": 3.5,
    "meetings.during": 3.0,
    "meetings.visit_noun": 3.6,
    "meetings.credentials": 4.5,
    "meetings.body_met": 4.5,
    "meetings.gathered": 4.0,
    "meetings.by_wire": 5.0,
    "meetings.to_the_press": 4.0,
    "meetings.opened": 3.5,
    "meetings.joined_it": 1.0,
    "meetings.headed": 3.5,
    "meetings.discussed": 3.0,
}


@dataclass(slots=True)
class Group:
    """The candidates of one meeting, with its status and people."""

    candidates: list[Candidate]
    status: MeetingStatus
    relation: Relation
    parts: list[Part] = field(default_factory=list)

    surest: Candidate = field(init=False)

    def __post_init__(self) -> None:
        self.surest = max(self.candidates, key=_rank)

    def add(self, candidate: Candidate, parts: Iterable[Part]) -> None:
        """One more candidate for this meeting, with whoever it brings that was not there before."""
        self.candidates.append(candidate)
        self.surest = max(self.surest, candidate, key=_rank)
        known = self.people
        self.parts.extend(p for p in parts if id(p.draft) not in known)

    @property
    def lead(self) -> Candidate:
        """The surest candidate; «провёл встречу» in a headline says less than «принял» below it."""
        received = next((c for c in self.candidates if c.rule == "meetings.received"), None)
        return received if received is not None and self.surest.kind == "talks" else self.surest

    @property
    def kind(self) -> str:
        return self.lead.kind

    @property
    def family(self) -> str:
        return _FAMILY[self.kind]

    @property
    def people(self) -> set[int]:
        return {id(p.draft) for p in self.parts}


def _rank(candidate: Candidate) -> float:
    return _STRENGTH[candidate.rule] - 0.7 * min(4, candidate.sentence)


def find_meetings(
    page: Page, table: ActorTable, candidates: Sequence[Candidate], dates: Sequence[DateSpan]
) -> tuple[list[Meeting], list[Group]]:
    """All meetings of the page and the groups they were made of, in the same order."""
    groups = _groups(page, table, candidates, dates)
    main = _main(page, table, groups)
    if main is None:
        return [], []
    kept = [main, *(g for g in groups if g is not main and g.relation == "reported" and _stands_alone(page, g, main))]
    for group in groups:
        if group is not main and group.relation in ("earlier", "later") and group.parts:
            kept.append(group)
    alone = len([g for g in kept if g.relation == "reported"]) == 1
    if alone or main.family in ("visit", "gathering") or len(main.people) > 2 or any(s.label for s in page.speeches):
        main.parts = find_parts(page, table, main.candidates, main.status, whole_page=True)
    visit = [
        g for g in groups if g is not main and g.relation == "reported" and {g.family, main.family} == {"visit", "talk"}
    ]
    built = [_build(page, table, g, dates, main, visit) for g in kept]
    built = [_like_main(m, built[0]) for m in built]
    _explain_absent(page, table, kept)
    return built, kept


def _explain_absent(page: Page, table: ActorTable, kept: Sequence[Group]) -> None:
    """Into the trace: why each person of the page who took no part took none, where no rule said so before."""
    taking = {id(p.draft) for g in kept for p in g.parts}
    told = {fired.start for fired in page.trace if fired.rule.startswith("people.")}
    for mention in page.mentions:
        draft = table.draft_of(mention)
        if mention.kind != "person" or draft is None or id(draft) in taking:
            continue
        if page.chars(mention.first, mention.last)[0] not in told:
            why = "named where no words of meeting stand, and says or does nothing in the narrative"
            page.fired("people.apart", mention.first, mention.last, draft.name or "", why)


def _like_main(meeting: Meeting, main: Meeting) -> Meeting:
    """In a digest of calls each is a call; a visit with talks is two-sided."""
    if meeting is main and main.kind == "visit" and main.format is None:
        return meeting
    if (
        meeting is not main
        and meeting.kind == "talks"
        and main.kind == "phone_call"
        and meeting.place is None
        and meeting.relation == "reported"
    ):
        why = Inferred("mode", "one of several calls that the page sums up", "the page's first sentence")
        evidence = tuple(
            msgspec.structs.replace(e, fields=tuple(f for f in e.fields if f != "mode") or ("kind",))
            for e in meeting.evidence
        )
        return msgspec.structs.replace(
            meeting, kind="phone_call", mode="phone", evidence=evidence, inferred=(*meeting.inferred, why)
        )
    return meeting


# Grouping --------------------------------------------------------------------------------------------------------


def _groups(page: Page, table: ActorTable, candidates: Sequence[Candidate], dates: Sequence[DateSpan]) -> list[Group]:
    groups: list[Group] = []
    for candidate in candidates:
        relation, status = find_relation(page, candidate, dates), find_status(page, candidate)
        parts = find_parts(page, table, [candidate], status, whole_page=False)
        home = next((g for g in groups if _same(page, g, candidate, relation, status, parts)), None)
        if home is None:
            groups.append(Group([candidate], status, relation, parts))
        else:
            home.add(candidate, parts)
    return groups


def _same(
    page: Page, group: Group, candidate: Candidate, relation: Relation, status: MeetingStatus, parts: list[Part]
) -> bool:
    """Whether a candidate goes on with a group: same relation and family, and no other counterpart."""
    if candidate.rule == "meetings.joined_it" and group.relation == "reported":
        return True
    if relation != group.relation or not _families_fit(page, group, candidate):
        return False
    if relation == "reported" and (status == "planned") != (group.status == "planned"):
        return False
    people = {id(p.draft) for p in parts}
    if any(candidate.sentence == c.sentence for c in group.candidates) and not _another(page, candidate):
        return True
    if candidate.rule in ("meetings.received", "meetings.met", "meetings.talk_with") or _another(page, candidate):
        fresh = people - group.people
        return not fresh or (not (group.people and _another(page, candidate)) and len(group.people) < 2)
    return True


def _families_fit(page: Page, group: Group, candidate: Candidate) -> bool:
    family = _FAMILY[candidate.kind]
    if family == group.family:
        return group.kind == candidate.kind or {group.kind, candidate.kind} != {"phone_call", "reception"}
    generic = candidate.kind == "talks" and candidate.rule in ("meetings.during", "meetings.joined", "meetings.held")
    return generic and group.family in ("gathering", "talk") and not _another(page, candidate)


def _another(page: Page, candidate: Candidate) -> bool:
    """«также встретился», «затем», «отдельно»: another meeting."""
    first, last = page.tokens.sentences[candidate.sentence]
    words = page.low[first : candidate.trigger[1]]
    if "также" in words and any(
        page.has_lemma(i, {"участие", "участвовать", "присутствовать"}) for i in range(first, last)
    ):
        return False
    if any(page.low[i] == "также" and page.low[i + 1] in ("с", "со") for i in range(candidate.trigger[1], last - 1)):
        return True  # «побеседовал по телефону также с Госсекретарём»
    return any(
        w in ("также", "затем", "позднее", "позже", "отдельно", "потом", "далее", "кроме", "накануне") for w in words
    )


def _main(page: Page, table: ActorTable, groups: list[Group]) -> Group | None:
    """The reported meeting: the strongest words nearest to the head of the page; planned ones only where nothing else."""
    best: tuple[float, Group] | None = None
    for group in groups:
        if group.relation != "reported" or not _credible(page, table, group):
            continue
        score = max(_rank(c) for c in group.candidates) + 0.5 * min(4, len(group.people))
        score -= 1.0 * (group.status == "planned") + 2.0 * (not group.parts)
        if best is None or score > best[0]:
            best = score, group
    return best[1] if best else None


_SAYS_WITHOUT_PEOPLE = frozenset(
    "meetings.held meetings.joined meetings.denied meetings.during meetings.met meetings.body_met meetings.gathered".split()
)
_BODIES = frozenset({"body", "organisation", "format"})
_SIDES = frozenset({"plural", "side", "state"})


def _credible(page: Page, table: ActorTable, group: Group) -> bool:
    """A meeting of those who act for states and bodies; «в ходе визита» or «встретился» of private persons is none."""
    if all(c.rule == "meetings.joined_it" for c in group.candidates):
        return False
    if any(s.label for s in page.speeches) or any(_official(p.draft) for p in group.parts):
        return True
    officials = sum(_official(d) for d in table.persons())
    return any(_body_or_sides(page, c, officials) for c in group.candidates if c.rule in _SAYS_WITHOUT_PEOPLE)


def _body_or_sides(page: Page, candidate: Candidate, officials: int) -> bool:
    """Nobody is named with the words of meeting: a body that meets, or sides whose officials the page names."""
    first, last = page.tokens.sentences[candidate.sentence]
    kinds = {m.kind for m in page.mentions_in(first, last)}
    if kinds & _BODIES:
        return True
    if candidate.rule == "meetings.during":
        return candidate.kind in ("summit", "council_session", "talks") and officials > 1
    gathering = candidate.kind in ("summit", "council_session")
    return bool(kinds & _SIDES and (officials or gathering)) or (
        candidate.kind in ("summit", "council_session", "talks") and officials > 1
    )


def _official(draft: Draft) -> bool:
    """Somebody who acts for a state or an organisation: by an office of this page, or known to the world."""
    return bool(draft.states or draft.represents or draft.person) or any(True for _ in draft.offices)


def _stands_alone(page: Page, group: Group, main: Group) -> bool:
    """A second reported meeting: others met, or a talk within a visit or session."""
    if not group.parts or (group.status == "planned") != (main.status == "planned"):
        return False
    told = {c.sentence for c in main.candidates}
    if main.family == "talk" and all(c.rule == "meetings.visit_noun" and c.sentence in told for c in group.candidates):
        return False  # «прибывшую с визитом», «находящийся с визитом»: why they could meet
    strong = any(_STRENGTH[c.rule] >= 3.5 and c.rule != "meetings.headed" for c in group.candidates)
    return strong and (bool(group.people - main.people) or group.family != main.family)


# Building --------------------------------------------------------------------------------------------------------


def _build(
    page: Page, table: ActorTable, group: Group, dates: Sequence[DateSpan], main: Group, others: Sequence[Group]
) -> Meeting:
    lead = group.lead
    ordered = [lead, *(c for c in group.candidates if c is not lead)]
    mode, mode_tokens = find_mode(page, ordered)
    body, organisation = _body(page, table, ordered)
    people = [p.draft for p in group.parts if p.presence in ("present", "expected")]
    kind = settle_kind(lead.kind, mode, people, body is not None, lead.rule)
    setting, informal = find_setting(page, ordered), find_informal(page, ordered)
    proof = _Proof(page, lead)
    for candidate in [lead, *(c for c in ordered[1:] if c.kind == lead.kind and _STRENGTH[c.rule] >= 3.5)]:
        proof.add(*candidate.trigger, "kind", "status", *(() if mode_tokens else ("mode",)))
    for token in mode_tokens:
        proof.add(token, token + 1, "mode")
    if setting:
        proof.add(setting[1], setting[1] + 1, "setting")
    if informal is not None:
        proof.add(informal, informal + 1, "informal")
    place = find_place(page, ordered)
    if (
        (place is None or place.place.name is None)
        and mode == "in_person"
        and group is main
        and (dateline := find_dateline(page))
    ):
        place = place_of_dateline(page, dateline, place)
    if mode != "in_person" and place and place.inferred:
        place = None
    if place is None and mode == "in_person" and group is main:
        place = _place_of_visit(page, others)
    if mode == "phone" or (mode == "video" and kind == "video_call"):
        place = None
    when = find_when(page, ordered, dates) or (
        header_date(page) if group is main and group.status != "planned" else None
    )
    if place and place.place.venue:
        proof.add(place.first, place.last, "place.venue")
    elif place and not place.inferred:
        proof.add(place.first, place.last, "place")
    if place and place.inferred:
        proof.infer(
            "place.name" if place.place.venue else "place", place.inferred, page.written(place.first, place.last)
        )
    days = first_and_last(when.date) if when else (None, None)
    fields = ("start", "end") if days[1] else ("start",)
    if when and when.first is not None and when.last is not None:
        proof.add(when.first, when.last, *fields)
    if when and when.inferred:
        for name in fields:
            proof.infer(name, when.inferred, when.date.original)
    series = _series(page, lead)
    if series:
        proof.add(series[1], series[2], "series")
    for name, ref_span in (("body", body), ("organisation", organisation)):
        if ref_span:
            proof.add(ref_span[1], ref_span[2], name)
    participants = tuple(_participation(page, table, p, n) for n, p in enumerate(group.parts, 1))
    page.fired(lead.rule, *lead.trigger, f"{kind}, {group.status}, {group.relation}")
    return Meeting(
        kind=kind,
        informal=informal is not None,
        setting=setting[0] if setting else None,
        status=group.status,
        mode=mode,
        format=_format(table, group.parts, kind, (body or organisation) is not None),
        series=series[0] if series else None,
        organisation=organisation[0] if organisation else None,
        body=body[0] if body else None,
        place=place.place if place else None,
        start=days[0],
        end=days[1],
        participants=participants,
        relation=_relation(group, main),
        part_of="#0" if _relation(group, main) == "part" else None,
        evidence=proof.evidence(),
        inferred=tuple(proof.inferred),
        rule=lead.rule,
    )


def _place_of_visit(page: Page, others: Sequence[Group]) -> PlaceFound | None:
    """Talks without a place during a visit that names one, or a visit whose talks name one: inferred."""
    for other in others:
        found = find_place(page, other.candidates)
        if found is not None and found.place.name and not found.inferred:
            return PlaceFound(found.place, found.first, found.last, "the place of another part of the same visit")
    return None


def _relation(group: Group, main: Group) -> Relation:
    if (
        group is not main
        and group.relation == "reported"
        and main.family in ("visit", "gathering")
        and group.family == "talk"
    ):
        return "part"
    return group.relation


class _Proof:
    """Evidence of a meeting: one stretch a sentence where it is short enough, else a stretch a field."""

    def __init__(self, page: Page, lead: Candidate) -> None:
        self.page, self.lead = page, lead
        self.spans: list[tuple[int, int, tuple[str, ...]]] = []
        self.inferred: list[Inferred] = []

    def add(self, first: int, last: int, *fields: str) -> None:
        self.spans.append((first, last, fields))

    def infer(self, field_name: str, reason: str, source: str) -> None:
        self.inferred.append(Inferred(field_name, reason, source))

    def evidence(self) -> tuple[Evidence, ...]:
        merged: dict[tuple[int, int], list[str]] = {}
        for first, last, fields in self.spans:
            merged.setdefault((first, last), []).extend(f for f in fields if f not in merged.get((first, last), []))
        cited = []
        for (first, last), names in merged.items():
            start, stop = self.page.chars(first, last)
            if stop - start <= LONGEST_EVIDENCE:
                cited.append(self.page.doc.cite(start, stop, *names))
            else:
                cited.append(self.page.doc.cite(*self.page.chars(*self.lead.trigger), *names))
        return tuple(cited)


def _participation(page: Page, table: ActorTable, part: Part, order: int) -> Participation:
    """The words from the person to the verb that admits them, where that is short; else the person's own words."""
    first, last = min(part.mention.first, part.trigger), max(part.mention.last, part.trigger + 1)
    start, stop = page.chars(first, last)
    fields = ("actor", "presence", "capacity") if part.capacity else ("actor", "presence")
    if stop - start > LONGEST_EVIDENCE or page.sentence_range(part.mention.first) != page.sentence_range(part.trigger):
        words, verb = page.chars(part.mention.first, part.mention.last), page.chars(part.trigger, part.trigger + 1)
        cited = (page.doc.cite(*words, "actor"), page.doc.cite(*verb, *fields[1:]), *_again(page, part))
        return Participation(
            actor=table.refer(part.draft, part.mention),
            capacity=part.capacity,
            presence=part.presence,
            order=order,
            evidence=cited,
        )
    return Participation(
        actor=table.refer(part.draft, part.mention),
        capacity=part.capacity,
        presence=part.presence,
        order=order,
        evidence=(page.doc.cite(start, stop, *fields), *_again(page, part)),
    )


def _again(page: Page, part: Part) -> tuple[Evidence, ...]:
    """The other words of the page that say the same: what is said twice is cited twice."""
    cited = []
    for mention, trigger, capacity in part.again:
        start, stop = page.chars(min(mention.first, trigger), max(mention.last, trigger + 1))
        if stop - start <= LONGEST_EVIDENCE:
            fields = (
                ("actor", "presence", "capacity") if capacity and capacity == part.capacity else ("actor", "presence")
            )
            cited.append(page.doc.cite(start, stop, *fields))
    return tuple(cited)


def _format(table: ActorTable, parts: Sequence[Part], kind: str, body: bool) -> Format | None:
    """Two sides or more, by the states and organisations of those present or expected; a council is multilateral."""
    sides = {_side_of(table, p.draft) for p in parts if p.presence != "absent"}
    if kind == "council_session" and len(sides) == 2 and not body:
        return "bilateral"
    if body or kind in ("summit", "council_session") or len(sides) > 2:
        return "multilateral"
    if len(sides) == 2 or len(parts) == 2:
        return "bilateral"
    return "multilateral" if kind == "forum" else None


def _side_of(table: ActorTable, draft: Draft) -> str:
    """The state or organisation a person stands for, stated or known to the world; else the person."""
    known = all_states(table, draft)
    return min(known) if known else f"person {id(draft)}"


Found = tuple[ActorRef, int, int]


def _body(page: Page, table: ActorTable, candidates: Sequence[Candidate]) -> tuple[Found | None, Found | None]:
    """The body that meets («заседание Совета глав государств СНГ») and the organisation it belongs to."""
    body: Found | None = None
    organisation: Found | None = None
    for candidate in candidates:
        if _FAMILY[candidate.kind] != "gathering" or candidate.noun is None:
            continue
        first, last = page.tokens.sentences[candidate.sentence]
        for mention in page.mentions_in(max(first, candidate.noun - 6), min(last, candidate.noun + 14)):
            draft = table.draft_of(mention)
            if (
                draft is None
                or mention.kind not in ("body", "organisation", "format")
                or _other_matter(page, candidate, mention.first)
            ):
                continue
            found = (table.refer(draft, mention), mention.first, mention.last)
            if mention.kind == "body" and body is None:
                body = found
            elif mention.kind in ("organisation", "format") and organisation is None:
                organisation = found
    return body, organisation


def _other_matter(page: Page, candidate: Candidate, at: int) -> bool:
    noun = candidate.noun or 0
    return any(
        page.tokens.text[i] in ";:." or page.low[i] in ("с", "в", "о", "по")
        for i in range(min(noun, at) + 1, max(noun, at))
    )


_ORDINAL = re.compile(r"(\d{1,3})(?:-?(?:е|й|го|м|ое|ого|ом|я|ая|ый))?$")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
    "xiii": 13,
    "xiv": 14,
    "xv": 15,
    "xvi": 16,
    "xvii": 17,
    "xviii": 18,
    "xix": 19,
    "xx": 20,
}


def _series(page: Page, lead: Candidate) -> tuple[Series, int, int] | None:
    """«VII Каспийский саммит», «33-е заседание»: the number before the noun, and the name from it to the noun's complement."""
    if lead.noun is None:
        return None
    for i in range(max(page.tokens.sentences[lead.sentence][0], lead.noun - 5), lead.noun):
        number = _ROMAN.get(page.low[i]) if page.tokens.text[i].isupper() else None
        match = _ORDINAL.match(page.low[i])
        if match and "-" in page.tokens.text[i]:
            number = int(match.group(1))
        if number:
            return Series(page.written(i + 1, lead.noun + 1), number), i, lead.noun + 1
    return None
