"""Acts with actors and addressees: who thanked, congratulated, invited, proposed, asked, backed, agreed, informed.

In: a page, its actors, its quotes. Out: unsealed acts in the order of the text. Inside direct speech only the first
person acts, and the actor is the speaker.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from communique.finding.clauses import clause_end, clause_start, find_objects, find_subjects, governed, is_finite
from communique.finding.coref import ActorTable, Draft, pronoun_subject
from communique.finding.lexicon import load_resource, word_set
from communique.finding.page import Mention, Page
from communique.record.document import LONGEST_EVIDENCE, ActorRef, Evidence, Inferred
from communique.record.facts import Act, Quote
from communique.record.vocabulary import ActCode, Relation


@dataclass(frozen=True, slots=True)
class Frame:
    """How a verb or noun names its act: the case of the addressee, the preposition of the matter."""

    act: ActCode
    to: str
    about: str
    with_verbs: frozenset[str] = frozenset()


@cache
def _frames(kind: str) -> dict[str, Frame]:
    return {lemma.replace("ё", "е"): _frame(entry) for lemma, entry in load_resource("ru", "acts")[kind].items()}


def _frame(entry: dict[str, Any]) -> Frame:
    return Frame(entry["act"], entry["to"], entry["about"], frozenset(entry.get("with", ())))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(w).replace("ё", "е") for w in load_resource("ru", "acts")[name])


@cache
def _not_objects() -> dict[str, frozenset[str]]:
    return {verb: frozenset(nouns) for verb, nouns in load_resource("ru", "acts")["not_objects"].items()}


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that perform an act: the verb, and the noun where the verb only carries it."""

    rule: str
    frame: Frame
    verb: int
    noun: int
    passive: bool = False

    @property
    def last(self) -> int:
        return max(self.verb, self.noun) + 1


def find_acts(page: Page, table: ActorTable, quotes: list[Quote]) -> list[Act]:
    """All acts of the page; an act said in a quote bears the index of its quote in `said_by` («#3») until sealed."""
    acts: list[Act] = []
    for first, last in page.tokens.sentences:
        for i in range(first, last):
            trigger = next((t for rule in TRIGGER_RULES if (t := rule(page, i, last))), None)
            if trigger is None:
                continue
            refused = _refusal(page, trigger) or _reported(page, quotes, trigger)
            if refused:
                page.fired(trigger.rule, i, trigger.last, trigger.frame.act, refused)
            elif act := _build(page, table, quotes, trigger):
                acts.append(_with_pronoun(page, trigger, act, acts))
                page.fired(trigger.rule, i, trigger.last, trigger.frame.act)
    acts.extend(_invitations(page, table))
    return _without_echo(acts)


def _with_pronoun(page: Page, trigger: Trigger, act: Act, before: list[Act]) -> Act:
    """«поблагодарил Президента за помощь и пригласил его»: «его» is whom the act before was addressed to."""
    pronoun = trigger.last < len(page.tokens) and page.low[trigger.last] in ("его", "ее", "их")
    if not pronoun or act.addressees or not before or not before[-1].addressees:
        return act
    first, last = page.sentence_range(trigger.verb)
    start, stop = page.chars(first, last)
    if not start <= before[-1].evidence[0].start < stop:
        return act
    reason = Inferred("addressees", "a pronoun for the one addressed before", "coreference")
    to = (ActorRef(before[-1].addressees[0].ref),)
    return msgspec.structs.replace(act, addressees=to, inferred=(*act.inferred, reason))


def _invitations(page: Page, table: ActorTable) -> Iterator[Act]:
    """По приглашению Президента А. прибыл Президент Б.: an invitation of the past."""
    for i in range(1, len(page.tokens) - 1):
        if page.low[i] != "приглашению" or page.low[i - 1] != "по" or page.quoted[i]:
            continue
        host = page.covering.get(i + 1)
        draft = table.draft_of(host) if host else None
        if host is None or draft is None:
            continue
        first, last = page.sentence_range(i)
        guest = next(
            (
                m
                for m in page.mentions_in(first, last)
                if m.kind == "person" and "nomn" in m.cases and table.draft_of(m) not in (None, draft)
            ),
            None,
        )
        spans = {"act": (i - 1, i + 1), "actors": (host.first, host.last)}
        target = table.draft_of(guest) if guest else None
        if guest is not None and target is not None:
            spans["addressees"] = (guest.first, guest.last)
        yield Act(
            actors=(table.refer(draft, host),),
            act="invite",
            addressees=(table.refer(target, guest),) if target else (),
            evidence=_cite(page, spans),
            relation="earlier",
            rule="acts.by_invitation",
        )


# Triggers --------------------------------------------------------------------------------------------------------


def verb_itself(page: Page, i: int, last: int) -> Trigger | None:
    """Министр поблагодарил Президента за приём; поблагодарив; (в речи) благодарю, хотел бы поблагодарить."""
    lemma = next((x for x in page.words[i].lemmas if x in _frames("verbs")), None)
    if lemma is None or i in page.covering or not _acts_now(page, i):
        return None
    if any(page.has_lemma(k, _not_objects().get(lemma, frozenset())) for k in range(i + 1, min(last, i + 5))):
        return None
    return Trigger("acts.verb", _frames("verbs")[lemma], i, i, _is_passive(page, i))


def verb_with_noun(page: Page, i: int, last: int) -> Trigger | None:
    """Президент выразил искреннюю признательность; выражена признательность; обратился с просьбой."""
    if page.words[i].lemmas.isdisjoint(_listed("carriers")) or i in page.covering or not _acts_now(page, i):
        return None
    for k in range(i + 1, min(last, i + 7)):
        if page.tokens.text[k] in ".;" or (k not in page.covering and is_finite(page, k)):
            break
        if (trigger := _noun_of(page, i, k)) is not None:
            return trigger
    return None


def noun_before_verb(page: Page, i: int, last: int) -> Trigger | None:
    """Признательность за помощь выразил министр."""
    if i and page.words[i - 1].pos & {"PREP"} and page.low[i - 1] not in ("с", "со"):
        return None
    if not any(x in _frames("nouns") for x in page.words[i].lemmas) or not page.words[i].cases & {
        "nomn",
        "accs",
        "ablt",
    }:
        return None
    first = clause_start(page, i)
    if any(not page.words[k].lemmas.isdisjoint(_listed("carriers")) for k in range(first, i)):
        return None
    for k in range(i + 1, min(last, i + 14)):
        if page.tokens.text[k] in ".;,":
            break
        if not page.words[k].lemmas.isdisjoint(_listed("carriers")) and _acts_now(page, k):
            return _noun_of(page, k, i)
    return None


def thanks_word(page: Page, i: int, last: int) -> Trigger | None:
    """(в речи) Большое спасибо за тёплый приём."""
    if page.low[i] == "спасибо" and page.quoted[i] and "за" in page.low[i + 1 : i + 6]:
        return Trigger("acts.thanks_word", _frames("verbs")["поблагодарить"], i, i)
    return None


def spoke_for(page: Page, i: int, last: int) -> Trigger | None:
    """Президент выступил за снятие барьеров; стороны высказались за расширение торговли."""
    if page.words[i].lemmas.isdisjoint(_listed("for_verbs")) or i in page.covering or not _acts_now(page, i):
        return None
    if i + 2 >= last or page.low[i + 1] != "за" or not page.words[i + 2].cases & {"accs"}:
        return None
    if not page.words[i + 2].lemmas.isdisjoint(_listed("not_for")):
        return None
    return Trigger("acts.spoke_for", Frame(act="support", to="none", about="за"), i, i)


TRIGGER_RULES = (verb_itself, verb_with_noun, noun_before_verb, thanks_word, spoke_for)


def _noun_of(page: Page, verb: int, noun: int) -> Trigger | None:
    lemma = next((x for x in page.words[noun].lemmas if x in _frames("nouns")), None)
    if (
        lemma is None
        or noun in page.covering
        or (page.tokens.is_capitalised(noun) and noun != page.sentence_range(noun)[0])
    ):
        return None
    frame = _frames("nouns")[lemma]
    if frame.with_verbs and page.words[verb].lemmas.isdisjoint(frame.with_verbs):
        return None
    return Trigger("acts.noun", frame, verb, noun, _is_passive(page, verb))


def _is_passive(page: Page, i: int) -> bool:
    return "PRTS" in page.words[i].pos or (
        page.low[i].endswith(("лась", "лось", "лись"))
        and not any(x.endswith("ся") for x in page.words[i].lemmas & _frames("verbs").keys())
    )


def _acts_now(page: Page, i: int) -> bool:
    """A finite verb of the past or present, a gerund, or «хотел бы поблагодарить»; no plan, no possibility."""
    word = page.words[i]
    if "GRND" in word.pos:
        return True
    if "INFN" in word.pos:
        return page.quoted[i] and any(low in _WISHING for low in page.low[max(0, i - 5) : i])
    if not word.pos & {"VERB", "PRTS"}:
        return False
    if page.quoted[i]:
        ours = "мы" in page.low[max(0, i - 4) : i] and any({"past", "plur"} <= r.tags for r in word.readings)
        return ours or any("1per" in r.tags and "futr" not in r.tags for r in word.readings)
    return any(r.pos == "PRTS" or (r.pos == "VERB" and r.tags & {"past", "pres"}) for r in word.readings)


_WISHING = word_set("acts.wishing")
_MODAL = word_set("acts.modal")
_BACKGROUND = word_set("acts.background")


def _refusal(page: Page, trigger: Trigger) -> str | None:
    """Why a trigger is no act, or None."""
    before = range(max(page.sentence_range(trigger.verb)[0], trigger.verb - 3), trigger.verb)
    if any(page.low[k] == "не" for k in before if k >= trigger.verb - 2):
        return "negated"
    if not page.quoted[trigger.verb] and any(page.low[k] in _MODAL for k in before):
        return "a possibility or a plan"
    if page.low[trigger.verb - 1] == "если" or any(page.low[k] == "если" for k in before):
        return "a condition"
    return None


def _reported(page: Page, quotes: list[Quote], trigger: Trigger) -> str | None:
    """«отметил, что страны поддерживали друг друга»: told by somebody, not done here."""
    start = page.tokens.start[trigger.verb]
    inside = any(
        q.kind == "indirect" and q.rule != "quotes.stresses_noun" and q.evidence[0].start <= start < q.evidence[0].end
        for q in quotes
    )
    return "inside a reported clause" if inside else None


# Building --------------------------------------------------------------------------------------------------------


def _build(page: Page, table: ActorTable, quotes: list[Quote], trigger: Trigger) -> Act | None:
    last = clause_end(page, trigger.verb)
    if page.quoted[trigger.verb]:
        last = next((k for k in range(trigger.verb, last) if not page.quoted[k]), last)
    said_by = _quote_at(page, quotes, trigger.verb)
    subjects = _actors(page, table, trigger) if said_by is None else []
    addressees = _addressees(page, table, trigger, last, subjects)
    about = _about(page, trigger, last, addressees)
    if about and any(about[0] <= m.first < about[1] for m in subjects):  # «Инициативу поддержал министр»
        about = _object_before(page, trigger)
    if trigger.frame.act == "welcome" and _greets(page, trigger, last):
        return None
    if (
        trigger.frame.act == "agree"
        and said_by is not None
        and not page.has_lemma(trigger.verb, {"договориться", "условиться"})
    ):
        return None
    evidence, actor_refs, addressee_refs, inferred = _proof(page, table, trigger, subjects, addressees, about)
    if said_by is None and not actor_refs and not trigger.passive and (implied := _implied_actor(page, table, trigger)):
        actor_refs = (table.refer(implied[0]),)
        inferred = (*inferred, Inferred("actors", implied[1], "coreference"))
    if said_by is not None:
        quote = quotes[said_by]
        if trigger.frame.act == "agree":  # «Мы договорились»: both sides, as the speaker says
            actor_refs = (table.refer(table.everyone("sides")),)
            inferred = (*inferred, Inferred("actors", "'we' in the words of one of the parties", "coreference"))
        elif quote.speaker is not None:
            actor_refs = (ActorRef(quote.speaker.ref),)
            inferred = (*inferred, Inferred("actors", "the speaker of the quote", "coreference"))
    if not actor_refs and not trigger.passive and trigger.frame.act in _NEEDS_ACTOR and said_by is None:
        page.fired(trigger.rule, trigger.verb, trigger.last, trigger.frame.act, "no actor found")
        return None
    about_text = page.written(*about) if about else None
    if about_text and not any("about" in e.fields for e in evidence):
        about_text = None
    return Act(
        actors=actor_refs,
        act=trigger.frame.act,
        addressees=addressee_refs,
        about=about_text,
        evidence=evidence,
        inferred=inferred,
        relation=_relation(page, trigger),
        rule=trigger.rule,
        said_by=f"#{said_by}" if said_by is not None else "narrator",
    )


_NEEDS_ACTOR = frozenset({"inform", "promise", "appeal", "instruct", "warn", "offer"})


def _implied_actor(page: Page, table: ActorTable, trigger: Trigger) -> tuple[Draft, str] | None:
    """«Он предложил»: the person before; «Приветствуем» in a declaration: all who declare."""
    if (draft := pronoun_subject(table, trigger.verb)) is not None:
        return draft, "a pronoun for the person last spoken of"
    if any({"1per", "plur"} <= r.tags for r in page.words[trigger.verb].readings):
        return table.everyone("leaders"), "those who speak as «we»"
    return None


def _relation(page: Page, trigger: Trigger) -> Relation:
    """«Ранее ... поблагодарил», «Напомним, ...»: not of this meeting."""
    first, _ = page.sentence_range(trigger.verb)
    opening = range(first, min(first + 4, trigger.verb))
    return "earlier" if any(page.low[k] in _BACKGROUND for k in opening) else "reported"


def _quote_at(page: Page, quotes: list[Quote], i: int) -> int | None:
    if not page.quoted[i]:
        return None
    start = page.tokens.start[i]
    return next(
        (
            k
            for k, q in enumerate(quotes)
            if q.kind == "direct" and any(e.start <= start < e.end for e in q.evidence if "text" in e.fields)
        ),
        None,
    )


def _actors(page: Page, table: ActorTable, trigger: Trigger) -> list[Mention]:
    if trigger.passive:
        agents = [
            m
            for m in page.mentions_in(clause_start(page, trigger.verb), clause_end(page, trigger.verb))
            if m.kind in ("person", "plural", "side") and m.cases == frozenset(["ablt"])
        ]
        return [m for m in agents if m.first == 0 or page.low[m.first - 1] not in ("с", "со", "между", "перед")]
    return [
        m for m in find_subjects(page, trigger.verb) if table.draft_of(m) is not None or m.kind in ("person", "plural")
    ]


def _addressees(page: Page, table: ActorTable, trigger: Trigger, last: int, subjects: list[Mention]) -> list[Mention]:
    to = trigger.frame.to
    if to == "none":
        return []
    if to == "with":
        return [
            m
            for m in page.mentions_in(trigger.verb, last)
            if m.kind in ("person", "side") and page.low[m.first - 1] in ("с", "со")
        ][:1]
    cases = ("accs", "gent") if to == "accs" else (to,)
    stop = _matter_start(page, trigger, last)
    if trigger.frame.act == "invite":
        if trigger.last < len(page.tokens) and page.low[trigger.last] in ("его", "ее", "их"):
            return []
        stop = next(
            (
                k
                for k in range(trigger.last, stop)
                if "INFN" in page.words[k].pos or page.low[k] in ("в", "на", "принять")
            ),
            stop,
        )
    found = [
        m
        for m in find_objects(page, trigger.verb + 1, stop, *cases)
        if m.kind in ("person", "plural", "side", "state", "organisation", "body")
    ]
    if not found and trigger.frame.to == "datv":
        found = [
            m
            for m in find_objects(page, clause_start(page, trigger.verb), trigger.verb, "datv")
            if m.kind in ("person", "plural", "side", "state")
        ]
    if (
        not found and trigger.frame.act in ("request", "propose", "invite") and trigger.noun != trigger.verb
    ):  # «обратилась к главе правительства с просьбой»
        found = [
            m
            for m in page.mentions_in(trigger.verb, trigger.noun)
            if m.kind in ("person", "side", "state") and m.first and page.low[m.first - 1] in ("к", "ко")
        ]
    if not found and to == "accs":  # «Анну Холм поблагодарил министр»
        before = page.covering.get(trigger.verb - 1)
        found = (
            [before]
            if before is not None
            and before.kind in ("person", "plural", "side")
            and "accs" in before.cases
            and "nomn" not in before.cases
            and not governed(page, before)
            else []
        )
    return [m for m in found if m not in subjects]


def _matter_start(page: Page, trigger: Trigger, last: int) -> int:
    """Where the matter begins: addressees stand before it."""
    preposition = trigger.frame.about
    if preposition in ("за", "с", "о"):
        for k in range(trigger.last, last):
            if page.low[k] in (preposition, preposition + "о", preposition + "б") and k not in page.covering:
                return k
    if trigger.frame.about == "object":
        for k in range(trigger.last, last):
            if "INFN" in page.words[k].pos:
                return k
    return last


def _about(page: Page, trigger: Trigger, last: int, addressees: list[Mention]) -> tuple[int, int] | None:
    """The token range of the matter: after «за», «с», «о», or the object itself."""
    if trigger.noun < trigger.verb:  # «Признательность за помощь выразил министр»
        at = next((k for k in range(trigger.noun + 1, trigger.verb) if page.low[k] == trigger.frame.about), None)
        return (at + 1, trigger.verb) if at is not None and at + 1 < trigger.verb else None
    start = _matter_start(page, trigger, last)
    first = start + 1 if trigger.frame.about in ("за", "с", "о") else max([trigger.last, *(m.last for m in addressees)])
    stop = _next_predicate(page, first, last)
    while stop > first and page.tokens.text[stop - 1] in ".,;:!?»–—-":
        stop -= 1
    while first < stop and page.low[first] in (",", "–", "—", "-", ":", "«", "его", "ее", "их"):
        first += 1
    return (first, stop) if stop > first else None


def _object_before(page: Page, trigger: Trigger) -> tuple[int, int] | None:
    first = clause_start(page, trigger.verb)
    words = [
        i
        for i in range(first, trigger.verb)
        if i not in page.covering and page.words[i].cases & {"accs"} and "NOUN" in page.words[i].pos
    ]
    return (words[0], trigger.verb) if words else None


def _next_predicate(page: Page, first: int, last: int) -> int:
    """Where the next thing that somebody does begins: «и отметил», «, а также подтвердил», «, подчеркнув»."""
    for k in range(first + 1, last):
        if page.low[k] in ("и", "а", ",") and k + 1 < last:
            follows = k + 2 if page.low[k + 1] in ("также", "затем") and k + 2 < last else k + 1
            if follows not in page.covering and (
                is_finite(page, follows) or (page.low[k] == "," and "GRND" in page.words[follows].pos)
            ):
                return k
            if (
                page.low[k] == ","
                and follows in page.covering
                and any(
                    is_finite(page, i)
                    for i in range(page.covering[follows].last, min(last, page.covering[follows].last + 4))
                    if i not in page.covering
                )
            ):
                return k
    return last


def _greets(page: Page, trigger: Trigger, last: int) -> bool:
    """«приветствовал гостей»: a greeting, no support."""
    following = page.covering.get(trigger.verb + 1)
    if following is not None and following.kind in ("person", "plural"):
        return True
    if "GRND" in page.words[trigger.verb].pos:
        return True
    return trigger.verb + 1 < last and page.has_lemma(
        trigger.verb + 1, {"гость", "участник", "глава", "делегация", "собравшийся", "коллега"}
    )


Proof = tuple[tuple[Evidence, ...], tuple[ActorRef, ...], tuple[ActorRef, ...], tuple[Inferred, ...]]


def _proof(
    page: Page,
    table: ActorTable,
    trigger: Trigger,
    subjects: list[Mention],
    addressees: list[Mention],
    about: tuple[int, int] | None,
) -> Proof:
    """One stretch of words from actor to matter where it is short enough, else a stretch a field."""
    inferred: list[Inferred] = []
    drafts = [(m, d) for m in subjects if (d := table.draft_of(m))]
    targets = [(m, _addressee_draft(table, m, drafts)) for m in addressees]
    targets = [(m, d) for m, d in targets if d is not None]
    spans: dict[str, tuple[int, int]] = {"act": (min(trigger.verb, trigger.noun), trigger.last)}
    if drafts:
        spans["actors"] = (min(m.first for m, _ in drafts), max(m.last for m, _ in drafts))
    if targets:
        spans["addressees"] = (min(m.first for m, _ in targets), max(m.last for m, _ in targets))
    if about:
        spans["about"] = about
    evidence = _cite(page, spans)
    actor_refs = tuple(table.refer(d, m) for m, d in drafts)
    addressee_refs = tuple(table.refer(d, m) for m, d in targets if d)
    return evidence, actor_refs, addressee_refs, tuple(inferred)


def _cite(page: Page, spans: dict[str, tuple[int, int]]) -> tuple[Evidence, ...]:
    first, last = min(a for a, _ in spans.values()), max(b for _, b in spans.values())
    start, stop = page.chars(first, last)
    if stop - start <= LONGEST_EVIDENCE:
        return (page.doc.cite(start, stop, *spans),)
    cited = []
    for field, span in spans.items():
        start, stop = page.chars(*span)
        if stop - start <= LONGEST_EVIDENCE:
            cited.append(page.doc.cite(start, stop, field))
    return tuple(cited)


def _addressee_draft(table: ActorTable, mention: Mention, actors: list[tuple[Mention, Draft]]) -> Draft | None:
    """«Президент поблагодарил Президента»: the addressee is the other one who holds the office, if there is one other."""
    draft = table.draft_of(mention)
    if draft is None or all(draft is not d for _, d in actors):
        return draft
    if not mention.offices:
        return None
    others = [d for d in table.persons() if d is not draft and d.holds(mention.offices[0].code)]
    return others[0] if len(others) == 1 else None


def _without_echo(acts: list[Act]) -> list[Act]:
    """An act that the readout tells and then quotes in the speaker's own words is one act."""
    told = {(a.act, ref.ref) for a in acts if a.said_by == "narrator" for ref in a.actors}
    return [a for a in acts if a.said_by == "narrator" or not any((a.act, ref.ref) in told for ref in a.actors)]


_COLLEAGUE = re.compile(r"\bколлег[еу]\b")
_TWO_SIDED = frozenset(
    {
        "thank",
        "invite",
        "propose",
        "request",
        "inform",
        "support",
        "welcome",
        "congratulate",
        "promise",
        "appeal",
        "offer",
        "praise",
    }
)


def complete_addressees(table: ActorTable, acts: list[Act], present: list[Draft]) -> list[Act]:
    """At a meeting of two, an act without an addressee is addressed to the other: inferred, and marked so.

    «предложил коллеге»: of several, the one other who holds the same office.
    """
    return [_completed(table, act, present) for act in acts]


def _completed(table: ActorTable, act: Act, present: list[Draft]) -> Act:
    actors = [d for ref in act.actors if (d := table.by_ref(ref))]
    if (
        act.addressees
        or act.relation != "reported"
        or act.act not in _TWO_SIDED
        or len(actors) != 1
        or actors[0] not in present
    ):
        return act
    others, reason = [d for d in present if d is not actors[0]], "the other side of a meeting of two"
    if len(present) != 2:
        codes = {o.code for o in actors[0].offices}
        others = [d for d in others if codes & {o.code for o in d.offices}]
        reason = "the one colleague in the same office who was present"
        if len(others) != 1 or not any(_COLLEAGUE.search(e.quote) for e in act.evidence):
            return act
    other, inferred = others[0], Inferred("addressees", reason, "participants")
    return msgspec.structs.replace(act, addressees=(table.refer(other),), inferred=(*act.inferred, inferred))
