"""Who is meant: mentions become actors, offices and surnames find their persons.

In: a page with mentions. Out: an `ActorTable`; every resolved mention bears its actor's draft. Ambiguous means
unresolved and a problem, never a guess. Names that only the world supplies are marked as inferred.
"""

from dataclasses import dataclass, field

from communique.finding.link import days_of, link_named, link_office
from communique.finding.page import Mention, OfficeSpan, Page
from communique.record.document import UNVERIFIED, ActorRef, Evidence, Inferred
from communique.record.document import Mention as Place
from communique.record.facts import Actor, Office
from communique.record.record import Problem
from communique.record.vocabulary import ActorKind, OfficeCode
from communique.world.entities import Person
from communique.world.linking import Candidate, Decision
from communique.world.names.russian import fold, is_first_name, noun_forms
from communique.world.offices import HEADS_OF_STATE, LEADERS, same_office


@dataclass(slots=True, eq=False)
class Draft:
    """An actor in the making."""

    kind: ActorKind
    mentions: list[Mention] = field(default_factory=list)
    name: str | None = None
    gender: str | None = None
    key: str | None = None
    represents: str | None = None
    person: Person | None = None
    link_reason: str = ""
    unverified: bool = False
    collective: str | None = None
    members: list["Draft"] = field(default_factory=list)
    ref: str = ""
    offices: list[OfficeSpan] = field(default_factory=list)
    _said: set[tuple[object, ...]] = field(default_factory=set)

    def named_by(self, mention: Mention) -> None:
        """One more mention; `offices` keeps each office once, so that a name repeated a thousand times costs nothing."""
        self.mentions.append(mention)
        for office in mention.offices:
            said = (office.title, office.code, office.of, office.portfolio, office.standing, office.ours, office.head)
            if said not in self._said:
                self._said.add(said)
                self.offices.append(office)

    def linked_to(self, link: Candidate) -> None:
        """`unverified`: nothing but a tenure without a source says who it is."""
        self.person, self.link_reason = link.person, "; ".join(link.reasons)
        self.unverified = link.rests_on_tenure and not link.verified

    @property
    def states(self) -> set[str]:
        return {o.of for o in self.offices if o.of}

    def holds(self, code: str) -> bool:
        return any(same_office(code, o.code) or same_office(o.code, code) for o in self.offices)


class ActorTable:
    """All actors of one page, with the way from a mention to its actor."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.drafts: list[Draft] = []
        self.of_mention: dict[int, Draft] = {}
        self.problems: list[Problem] = []
        self.era = ("", "")
        self._by_stem: dict[str, list[Draft]] = {}

    def draft_of(self, mention: Mention) -> Draft | None:
        return self.of_mention.get(id(mention))

    def assign(self, mention: Mention, draft: Draft) -> Draft:
        if draft not in self.drafts:
            self.drafts.append(draft)
        draft.named_by(mention)
        self.of_mention[id(mention)] = draft
        return draft

    def join(self, kept: Draft, other: Draft) -> None:
        """Two actors become one: all that is said of `other` is said of `kept`."""
        self.drafts.remove(other)
        for mention in other.mentions:
            self.assign(mention, kept)
        kept.represents = kept.represents or other.represents

    def named_like(self, name: str) -> list[Draft]:
        """Persons of whose names some word begins like a word of this one; a page of names is not paired with itself."""
        found = {id(d): d for stem in _stems_of(name) for d in self._by_stem.get(stem, ())}
        return sorted(found.values(), key=lambda d: d.mentions[0].first)

    def remember(self, draft: Draft, name: str) -> None:
        for stem in _stems_of(name):
            known = self._by_stem.setdefault(stem, [])
            if draft not in known[-1:] and all(draft is not d for d in known):
                known.append(draft)

    def persons(self) -> list[Draft]:
        return [d for d in self.drafts if d.kind == "person"]

    def state(self, code: str, mention: Mention | None = None) -> Draft:
        """The state as an actor, made on first use."""
        draft = next((d for d in self.drafts if d.kind == "state" and d.key == code), None)
        if draft is None:
            draft = Draft("state", key=code, represents=code)
            self.drafts.append(draft)
        if mention is not None:
            self.assign(mention, draft)
        return draft

    def organisation(self, key: str, mention: Mention) -> Draft:
        draft = next((d for d in self.drafts if d.kind == "organisation" and d.key == key), None)
        return self.assign(mention, draft or Draft("organisation", key=key))

    def everyone(self, kind: str) -> Draft:
        """The collective of a kind («стороны»), made on first use."""
        draft = next((d for d in self.drafts if d.kind == "collective" and d.collective == kind), None)
        if draft is None:
            draft = Draft("collective", collective=kind)
            self.drafts.append(draft)
        return draft

    def refer(self, draft: Draft, mention: Mention | None = None) -> ActorRef:
        """A reference to an actor, with the words of the mention where there are any."""
        if not draft.ref:
            draft.ref = f"a{1 + sum(bool(d.ref) for d in self.drafts)}"
        if mention is None:
            return ActorRef(draft.ref)
        start, end = self.page.chars(mention.first, mention.last)
        return ActorRef(draft.ref, self.page.doc.text[start:end], start, end)

    def by_ref(self, ref: ActorRef | None) -> Draft | None:
        return next((d for d in self.drafts if ref is not None and d.ref == ref.ref), None)


def resolve(page: Page) -> ActorTable:
    """Mentions to actors: names first, then offices, in the order of the text."""
    table = ActorTable(page)
    for mention in page.mentions:
        if mention.kind == "person" and mention.name:
            _join_named(table, mention)
    for draft in table.persons():
        _link(table, draft, days_of(page))
    table.era = _era(table)
    for draft in table.persons():
        _not_held(table, draft, _link(table, draft, table.era))
    _join_linked(table)
    for mention in page.mentions:
        if mention.kind == "person" and not mention.name and mention.offices:
            _join_office(table, mention)
        elif mention.plural in ("colleague", "guest") and (person := _by_side(table, mention)):
            table.assign(mention, person)
        elif mention.kind in ("state", "side") and mention.key:
            table.state(mention.key, mention)
        elif mention.kind in ("organisation", "body", "format") and mention.key:
            table.organisation(mention.key, mention)
        elif mention.kind == "plural":
            table.assign(mention, table.everyone(mention.plural or "leaders"))
    table.drafts.sort(key=lambda d: min((m.first for m in d.mentions), default=10**9))
    return table


def _by_side(table: ActorTable, mention: Mention) -> Draft | None:
    """«кастанского коллегу»: the one person of that state; «гость»: the one person of another state than the publisher's."""
    if mention.plural == "colleague":
        if "plur" in {r.number for r in table.page.words[mention.last - 1].readings} and not any(
            r.number == "sing" for r in table.page.words[mention.last - 1].readings
        ):
            return None
        found = [
            d
            for d in table.persons()
            if mention.key in all_states(table, d) and any(o.code != "spokesperson" for o in d.offices)
        ]
        return found[0] if len(found) == 1 else None
    home = table.page.home
    abroad = [
        d
        for d in table.persons()
        if (d.name or d.person)
        and d.mentions[0].first < mention.first
        and (states := all_states(table, d))
        and home not in states
    ]
    return abroad[0] if home and len(abroad) == 1 else None


def person_before(table: ActorTable, offset: int, reach: int = 4, pronoun: str | None = None) -> Draft | None:
    """The person who is the subject of the nearest narrative sentence before a character offset, or None where two are.

    `pronoun` («он», «она») rules out persons whose name shows the other gender.
    """
    page = table.page
    number = page.tokens.sentence_of(offset)
    for k in range(number, max(-1, number - reach), -1):
        first, last = page.tokens.sentences[k]
        if page.tokens.start[first] >= offset:
            continue
        subjects = [
            m
            for m in page.mentions_in(first, last)
            if m.kind == "person"
            and m.cases
            and "nomn" in m.cases
            and not page.quoted[m.first]
            and page.tokens.start[m.first] < offset
        ]
        drafts = list(dict.fromkeys(d for m in subjects if (d := table.draft_of(m)) and gender_fits(d, pronoun)))
        if drafts:
            return drafts[0] if len(drafts) == 1 else None
    return None


def gender_fits(draft: Draft, pronoun: str | None) -> bool:
    wanted = {"он": "masc", "она": "femn"}.get(pronoun or "")
    return wanted is None or draft.gender in (None, wanted)


def pronoun_subject(table: ActorTable, verb: int) -> Draft | None:
    """The person behind «он», «она» before a finite verb of the same clause."""
    page = table.page
    first, _ = page.sentence_range(verb)
    for i in range(verb - 1, max(first - 1, verb - 8), -1):
        if page.low[i] in ("он", "она") and not page.quoted[i]:
            return person_before(table, page.tokens.start[first], pronoun=page.low[i])
        if page.tokens.text[i] in ";:":
            break
    return None


# Names -----------------------------------------------------------------------------------------------------------


def _join_named(table: ActorTable, mention: Mention) -> None:
    """One person per compatible name: «О. Керей» joins «Олжан Керей», not «Алма Керей» named in full."""
    fitting = [
        d
        for d in table.named_like(mention.name or "")
        if d.name
        and (compatible_names(d.name, mention.name or "") or same_forms(d.name, mention.name or ""))
        and _states_agree(d, mention)
    ]
    if len(fitting) > 1:
        exact = [d for d in fitting if fold(d.name or "") == fold(mention.name or "")]
        fitting = exact or _narrow(table, fitting, mention)
    draft = fitting[-1] if len(fitting) == 1 else None
    if draft is None and fitting:
        _unresolved(table, mention, "ambiguous_name", "several persons on this page bear this surname")
        return
    draft = table.assign(mention, draft or Draft("person"))
    table.remember(draft, mention.name or "")
    if mention.key and mention.key in table.page.world.states:
        draft.represents = mention.key
    longer = draft.name is None or len(_bare(mention.name or "")) > len(_bare(draft.name))
    surer = (
        draft.name is not None
        and mention.cases == {"nomn"}
        and len(_bare(mention.name or "")) == len(_bare(draft.name))
        and not any(m.cases == {"nomn"} and m.name == draft.name for m in draft.mentions)
    )
    if longer or surer:
        draft.name, draft.gender = mention.name, mention.gender or draft.gender


def _narrow(table: ActorTable, fitting: list[Draft], mention: Mention) -> list[Draft]:
    if mention.offices:
        return [d for d in fitting if any(d.holds(o.code) for o in mention.offices)] or fitting
    return fitting


def _states_agree(draft: Draft, mention: Mention) -> bool:
    states = {o.of for o in mention.offices if o.of}
    return not states or not draft.states or bool(states & draft.states) or not any(len(s) == 2 for s in states)


def _bare(name: str) -> list[str]:
    return [w for w in fold(name).replace(".", ". ").split() if not w.endswith(".")]


def _stems_of(name: str) -> set[str]:
    return {w[:3] for w in _bare(name)}


def compatible_names(one: str, other: str) -> bool:
    """Whether two renderings can be one person: the same surname, first names equal or an initial of each other.

    >>> compatible_names("С. Дуванов", "Сергей Дуванов"), compatible_names("Сердар Б.", "Гурбангулы Б.")
    (True, False)
    """
    a, b = fold(one).replace(".", ". ").split(), fold(other).replace(".", ". ").split()
    if not a or not b:
        return False
    if a == b:
        return True
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) == 1:
        return shorter[0] == longer[-1] or (
            len(longer) > 1
            and not longer[0].endswith(".")
            and (len(longer[0]) <= 3 or (len(longer[0]) == 4 and not is_first_name(longer[0])))
            and shorter[0] == longer[0]
        )
    if set(shorter) <= set(longer):
        return True
    if shorter[-1] != longer[-1] and not (shorter[0] == longer[0] and _one_letter_apart(shorter[-1], longer[-1])):
        return False
    return all(
        any(
            y == x
            or (y.startswith(x.rstrip(".")) and x.endswith("."))
            or (x.startswith(y.rstrip(".")) and y.endswith("."))
            for y in longer[:-1]
        )
        for x in shorter[:-1]
    )


def same_forms(one: str, other: str) -> bool:
    """Whether each word of one full name is a case form of the other's: a nominative guessed wrong.

    >>> same_forms("Терей Палам", "Теря Палам"), same_forms("Иван Берег", "Анна Берег")
    (True, False)
    >>> same_forms("Дана Галашова", "Дан Галашов")
    True
    """
    a, b = fold(one).split(), fold(other).split()
    return len(a) == len(b) > 1 and all(x in noun_forms(y) or y in noun_forms(x) for x, y in zip(a, b, strict=True))


def _one_letter_apart(a: str, b: str) -> bool:
    """Two spellings of one long surname on one page: Жолдасбеков, Жолдосбеков."""
    if min(len(a), len(b)) < 6 or abs(len(a) - len(b)) > 1 or a[:3] != b[:3]:
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


# The world -------------------------------------------------------------------------------------------------------


def _link(table: ActorTable, draft: Draft, days: tuple[str, str]) -> Decision:
    """Link a named draft to a person of the world; what stands against it is a problem where it matters to a reader."""
    decision = link_named(table.page, draft.name or "", draft.offices, draft.represents, days)
    draft.person, draft.link_reason = None, ""
    if decision.link is not None:
        draft.linked_to(decision.link)
    return decision


def _era(table: ActorTable) -> tuple[str, str]:
    """The first and last day this page can be of: its date, else the days on which all its persons held their offices."""
    days = days_of(table.page)
    if days[0]:
        return days
    first, last = "", "9999"
    for draft in table.persons():
        if draft.person is None:
            continue
        spans = [
            t
            for t in table.page.world.tenures_of[draft.person.id]
            if any(o.of == t.of and same_office(o.code, t.office) and o.standing == "current" for o in draft.offices)
        ]
        if spans:
            first, last = max(first, min(t.start for t in spans)), min(last, max(t.end or "9999" for t in spans))
    return (first, last) if first and first <= last else ("", "")


def _join_linked(table: ActorTable) -> None:
    """«Роман Волхин» and «Роман Андреевич», two names of one person of the world, are one actor."""
    first: dict[str, Draft] = {}
    for draft in [d for d in table.persons() if d.person is not None]:
        assert draft.person is not None
        kept = first.setdefault(draft.person.id, draft)
        if kept is not draft:
            if compatible_names(draft.person.name, draft.name or "") and not compatible_names(
                draft.person.name, kept.name or ""
            ):
                kept.name, kept.gender = draft.name, draft.gender
            table.join(kept, draft)


def _not_held(table: ActorTable, draft: Draft, decision: Decision) -> None:
    """A person who does not hold the stated office on that day stays as stated, with a problem."""
    if decision.refused == "not_held":
        first = decision.candidates[0]
        why = f"{first.person.name} did not hold the office then, by the world's tenures: {first.reasons[-1]}"
        _unresolved(table, draft.mentions[0], "office_not_held", why)


# Offices ---------------------------------------------------------------------------------------------------------


def _join_office(table: ActorTable, mention: Mention) -> None:
    office = mention.offices[-1]
    of = office.of or (table.page.home if office.ours else None)
    draft = _with_state(table, mention, office, of) if of else _without_state(table, mention, office)
    if draft is not None:
        table.assign(mention, draft)


def _with_state(table: ActorTable, mention: Mention, office: OfficeSpan, of: str) -> Draft | None:
    """«Президент Казахстана»: the person on this page who holds it, else whom the tenures name, else nameless."""
    fits = [
        d
        for d in table.persons()
        if of in all_states(table, d) and _holds(table, d, office.code, of) and _standing_fits(d, office)
    ]
    if office.portfolio:
        fits = [d for d in fits if _portfolio_fits(d, office)]
    if len(fits) == 1:
        return fits[0]
    if len(fits) > 1:
        named = [d for d in fits if any(o.code == office.code and o.of == of for o in d.offices)]
        if len(named) == 1:
            return named[0]
        _unresolved(table, mention, "ambiguous_office", "several persons on this page hold this office")
        return None
    draft = Draft("person", represents=of if of in table.page.world.states else None)
    # «лидеры Веланды и Тарлыка»: listed leaders stay without a name (reading rule 3)
    decision = link_office(table.page, office, of, table.era) if mention.plural != "listed" else None
    if decision is not None and decision.link is not None:
        draft.linked_to(decision.link)
    return draft


def _standing_fits(draft: Draft, office: OfficeSpan) -> bool:
    if "former" in (office.standing, *(o.standing for o in draft.offices)):
        return all(o.standing == office.standing for o in draft.offices if o.code == office.code)
    return True


def _portfolio_fits(draft: Draft, office: OfficeSpan) -> bool:
    """«министр энергетики» and «глава концерна»: some word of the two portfolios has one stem.

    The head of something («глава компании», «глава Коллегии») is no head of state whose office says nothing of it.
    """
    wanted = _stems(office.portfolio or "")
    of_a_thing = office.code in ("head", "leader")
    return any(
        wanted & _stems(o.portfolio or "") or (not o.portfolio and not (of_a_thing and o.code in LEADERS))
        for o in draft.offices
        if same_office(office.code, o.code) or same_office(o.code, office.code)
    )


def _stems(words: str) -> set[str]:
    return {w[:5] for w in fold(words).replace("«", " ").replace("»", " ").split() if len(w) > 3}


def all_states(table: ActorTable, draft: Draft) -> set[str]:
    states = set(draft.states)
    if draft.represents:
        states.add(draft.represents)
    if any(o.ours for o in draft.offices) and table.page.home:
        states.add(table.page.home)
    if draft.person is not None and not states:
        states |= {t.of for t in table.page.world.tenures_of[draft.person.id]}
    return states


def _holds(table: ActorTable, draft: Draft, code: str, of: str) -> bool:
    """Stated on this page, or, for a name without an office, held by the tenures."""
    if any(same_office(code, o.code) or same_office(o.code, code) for o in draft.offices):
        return True
    if not any(True for _ in draft.offices) and draft.represents == of and draft.name:
        return True  # «министры А и Б» and «её лирийская коллега Софья Бреннер»
    if draft.person is None:
        return False
    if any(o.of for o in draft.offices):
        return False
    tenures = [t for t in table.page.world.tenures_of[draft.person.id] if t.of == of and same_office(code, t.office)]
    return any(not table.era[0] or t.covers(*table.era) for t in tenures)


def _without_state(table: ActorTable, mention: Mention, office: OfficeSpan) -> Draft | None:
    """«Глава государства», «Президент», «министр»: the publisher's own, the only one, or the one last spoken of."""
    fits = [
        d
        for d in table.persons()
        if d.holds(office.code) and _standing_fits(d, office) and (not office.portfolio or _portfolio_fits(d, office))
    ]
    fits = [d for d in fits if any(o.code == office.code for o in d.offices)] or fits  # a king is no president
    home = table.page.home
    if len(fits) > 1 and home:
        ours = [d for d in fits if home in all_states(table, d)]
        if ours and all(_sends_greetings(table, d, mention) for d in ours):
            ours = [d for d in fits if all_states(table, d) and not _sends_greetings(table, d, mention)]
        fits = ours if len(ours) == 1 else fits
    if office.ours and not home:
        return next(iter(fits)) if len(fits := [d for d in fits if any(o.ours for o in d.offices)]) == 1 else None
    if len(fits) > 1 and office.code not in LEADERS:
        same_word = [d for d in fits if any(fold(o.title).startswith(fold(office.head)[:6]) for o in d.offices)]
        fits = same_word if len(same_word) == 1 else fits
    if len(fits) == 1:
        of = all_states(table, fits[0])
        if not (home and office.head.lower().startswith("глава госуд") and of and home not in of):
            return fits[0]
    if len(fits) > 1:
        return _last_subject(table, mention, fits)
    if home and office.code in HEADS_OF_STATE:
        return _with_state(table, mention, office, home)
    return Draft("person")


def _sends_greetings(table: ActorTable, draft: Draft, apart_from: Mention) -> bool:
    """«передал пожелания от Президента Веланды»: named only as the one who sends them, and not in the room."""
    named = [m for m in draft.mentions if m is not apart_from]
    return bool(named) and all(m.first and table.page.low[m.first - 1] in ("от", "имени") for m in named)


def _last_subject(table: ActorTable, mention: Mention, fits: list[Draft]) -> Draft | None:
    """Of several, the one who was the subject of the sentence before; else nobody."""
    before = [m for d in fits for m in d.mentions if m.first < mention.first and "nomn" in m.cases]
    sentence = table.page.sentence_range(mention.first)
    near_start = table.page.sentence_range(max(0, sentence[0] - 1))[0]
    near = [m for m in before if m.first >= near_start]
    drafts = {id(d): d for m in near if (d := table.draft_of(m))}
    if len(drafts) != 1:  # «В беседе с послом А ... Посол поблагодарил»
        recent = [m for d in fits for m in d.mentions if near_start <= m.first < mention.first]
        drafts = {id(d): d for m in recent if (d := table.draft_of(m))}
    if len(drafts) == 1:
        return next(iter(drafts.values()))
    _unresolved(table, mention, "ambiguous_office", "several persons on this page can be meant")
    return None


def _unresolved(table: ActorTable, mention: Mention, code: str, why: str) -> None:
    start, end = table.page.chars(mention.first, mention.last)
    words = table.page.doc.text[start:end]
    table.problems.append(Problem(code=code, message=f"«{words}»: {why}", start=start, end=end))


# Into the record -------------------------------------------------------------------------------------------------


def build_actors(table: ActorTable) -> tuple[Actor, ...]:
    """The actors that facts refer to, in the order of their refs."""
    for draft in [d for d in table.drafts if d.ref]:
        for member in draft.members:
            table.refer(member)
    used = sorted((d for d in table.drafts if d.ref), key=lambda d: int(d.ref[1:]))
    return tuple(_build(table, d) for d in used)


def _build(table: ActorTable, draft: Draft) -> Actor:
    page = table.page
    name, offices, represents = draft.name, _offices(table, draft), _represents(table, draft)
    evidence: list[Evidence] = []
    inferred: list[Inferred] = []
    if draft.person and draft.link_reason and _lacks_name(table, name):
        name = draft.person.name
        inferred.append(Inferred("name", draft.link_reason, _roster(table, draft)))
    if draft.unverified:
        inferred.append(Inferred("id", draft.link_reason, _roster(table, draft)))
    if draft.kind != "person":
        name = _thing_name(page, draft)
    supplied = any(i.field == "name" for i in inferred)
    proofs = _proofs(table, draft, None if supplied else name)
    for fields, mention in proofs:
        evidence.append(page.doc.cite(*page.chars(mention.first, mention.last), *fields))
    proven = {f for fields, _ in proofs for f in fields}
    if name and "name" not in proven and not any(i.field == "name" for i in inferred):
        inferred.append(
            Inferred(
                "name",
                "the collective of those who took part" if draft.kind == "collective" else "named by the world",
                "coreference",
            )
        )
    if represents and "represents" not in proven:
        inferred.append(
            Inferred(
                "represents",
                _why_represents(table, draft, represents),
                "publisher" if represents == page.home else _roster(table, draft),
            )
        )
    if offices and "offices" not in proven:
        inferred.append(Inferred("offices", "stated for another form of the name", "coreference"))
    organisation = _organisation_of(page, draft)
    if organisation and "organisation" not in proven:
        inferred.append(Inferred("organisation", "the organisation of the office", "office"))
    return Actor(
        ref=draft.ref,
        kind=draft.kind,
        name=name,
        names={"ru": name} if name else {},
        offices=offices,
        represents=represents,
        organisation=organisation,
        members=tuple(dict.fromkeys(m.ref for m in draft.members)),
        id=draft.person.id if draft.person else draft.key if draft.kind == "organisation" else None,
        evidence=tuple(evidence),
        inferred=tuple(inferred),
        mentions=tuple(Place(*page.chars(m.first, m.last)) for m in sorted(draft.mentions, key=lambda m: m.first)),
    )


def _roster(table: ActorTable, draft: Draft) -> str:
    """The source of what the world supplies; exports that want certainty leave out what ends in `unverified`."""
    return f"world {table.page.world.version}" + (f", {UNVERIFIED}" if draft.unverified else "")


def _lacks_name(table: ActorTable, name: str | None) -> bool:
    """Nameless, or a family name alone on a page of a known time: then the world's full name is supplied."""
    return name is None or (len(_bare(name)) < 2 and bool(table.era[0]))


def _thing_name(page: Page, draft: Draft) -> str | None:
    if draft.kind == "state":
        return page.world.state_name(draft.key)
    if draft.kind == "organisation" and draft.key:
        return page.world.organisations[draft.key].name
    if draft.name:
        return draft.name
    return page.written(draft.mentions[0].first, draft.mentions[0].last) if draft.mentions else "стороны"


def _offices(table: ActorTable, draft: Draft) -> tuple[Office, ...]:
    """The offices as stated, each once, the fullest title of a code first met."""
    found: dict[tuple[OfficeCode, str | None], Office] = {}
    for span in draft.offices:
        of = span.of or next(iter(draft.states), None)
        if span.code in ("leader", "head", "minister", "chair") and any(
            code != span.code and same_office(span.code, code) for code, _ in found
        ):
            continue
        key = (span.code, of)
        if key not in found or (len(span.title) > len(found[key].title) and found[key].of is None):
            found[key] = Office(
                title=span.title, code=span.code, of=of, portfolio=span.portfolio, standing=span.standing
            )
    generic = [
        k
        for k in found
        if k[0] in ("leader", "head", "minister") and any(k[0] != c and same_office(k[0], c) for c, _ in found)
    ]
    return tuple(o for k, o in found.items() if k not in generic)


_BLOCS = {"eu": "EU", "un": "UN"}


def _represents(table: ActorTable, draft: Draft) -> str | None:
    if draft.kind == "state":
        return draft.key
    if draft.kind != "person":
        return _BLOCS.get(draft.key or "")
    world = table.page.world
    for of in (o.of for o in draft.offices if o.of):
        if of in world.states:
            return of
        parent = world.organisations[of].parent if of in world.organisations else ""
        if of in _BLOCS or parent in _BLOCS:
            return _BLOCS.get(of) or _BLOCS[parent]
    if draft.represents or (any(o.ours for o in draft.offices) and table.page.home):
        return draft.represents or table.page.home
    if any(o.of for o in draft.offices):
        return None
    held = {t.of for t in world.tenures_of.get(draft.person.id, ()) if t.of in world.states} if draft.person else set()
    return held.pop() if len(held) == 1 else None


def _why_represents(table: ActorTable, draft: Draft, represents: str) -> str:
    if draft.link_reason and draft.person:
        return f"{draft.person.name}: {draft.link_reason}"
    if represents == table.page.home:
        return "the publisher's own head of state"
    return "the state of the office that the words name"


def _organisation_of(page: Page, draft: Draft) -> str | None:
    if draft.kind != "person":
        return None
    found = next((o.of for o in draft.offices if o.of in page.world.organisations), None)
    return page.world.organisations[found].name if found else None


def _proofs(table: ActorTable, draft: Draft, name: str | None) -> list[tuple[list[str], Mention]]:
    """All mentions that prove name, offices or state: each proves what its own words say."""
    wanted = {"name", "offices", "represents", "organisation"}
    proofs: list[tuple[list[str], Mention]] = []
    ranked = sorted(draft.mentions, key=lambda m: (-len(_proven_by(table, draft, m, name) & wanted), m.first))
    for mention in ranked:
        proven = _proven_by(table, draft, mention, name) & wanted
        if proven:
            proofs.append((sorted(proven), mention))
    return proofs


def _proven_by(table: ActorTable, draft: Draft, mention: Mention, name: str | None) -> set[str]:
    proven: set[str] = set()
    if draft.kind == "person":
        if name and mention.name and len(_bare(mention.name)) >= len(_bare(name)):
            proven.add("name")
        if mention.offices:
            proven.add("offices")
        if mention.key in table.page.world.states or any(
            o.of in table.page.world.states or o.of in _BLOCS for o in mention.offices
        ):
            proven.add("represents")
        if any(o.of in table.page.world.organisations for o in mention.offices):
            proven |= {"organisation"}
            if any(
                table.page.world.organisations[o.of].parent in _BLOCS
                for o in mention.offices
                if o.of in table.page.world.organisations
            ):
                proven.add("represents")
    else:
        proven.add("name")
        if draft.kind == "state":
            proven.add("represents")
    return proven
