"""What makes two facts of two records one fact, type by type: the features that are compared, and the rule.

A rule's weights are set by hand on the example pairs. What vetoes is what makes it another fact (another speaker, another
act, another measure); all else that differs is a finding about one fact.
"""

from collections.abc import Sequence
from typing import Any

from communique.matching.align import Rule, Stated, compare_worded
from communique.matching.features import (
    SAME_WORDING,
    Feature,
    compare_across,
    compare_codes,
    compare_numbers,
    compare_quoted,
    compare_words,
    differs,
    same,
)
from communique.matching.ladder import compare_strength, compare_wordings, strengthens
from communique.matching.meetings import compare_place
from communique.matching.when import compare_dates
from communique.matching.who import actors_of, compare_actors
from communique.matching.wording import content_words
from communique.record.document import ActorRef
from communique.record.facts import Act, Agreement, Commitment, Fact, Figure, Project, Quote

Features = tuple[Feature, ...]
# Acts that two people have once at a meeting, however the reason is worded.
_BETWEEN_PEOPLE = frozenset({"thank", "congratulate", "condole", "invite", "apologise", "award"})
_ONCE = frozenset({"propose", "offer"})
_FEW_WORDS = 0.2
_LONGEST_VERB = 6  # words; a longer proof is a clause, and its verbs are not all the act's
QUOTES = Rule(frozenset({"speaker"}), {"words": 1.0, "speaker": 0.2}, 0.7)
OTHER_SPEAKER = Rule(frozenset(), {"words": 1.0}, 0.8)  # the same words in another mouth
ACTS = Rule(
    frozenset({"act", "actors", "addressees", "relation"}),
    {"act": 0.0, "actors": 0.6, "addressees": 0.6, "about": 1.0},
    1.0,
)
SAME_ABOUT = Rule(ACTS.vetoes, {"about": 1.0}, 0.75)  # where nobody says who did it to whom, the words must say more
# One thing done, told with another verb of its ladder; and one proposal, told of another person.
OTHER_VERB = Rule(frozenset({"act", "actors", "addressees", "relation"}), {"actors": 0.6, "about": 1.0}, 0.9)
OTHER_PERSON = Rule(frozenset({"act", "about", "relation"}), {"about": 1.0}, SAME_WORDING)
AGREEMENTS = Rule(frozenset({"parties"}), {"title": 1.0}, 0.6)
OTHER_LANGUAGE = Rule(
    frozenset({"title", "kind", "parties", "period", "count", "document date", "status date"}),
    {"kind": 1.0, "period": 0.5, "count": 0.5, "document date": 0.5, "status date": 0.5},
    1.0,
)
PROJECTS = Rule(frozenset({"parties"}), {"what": 1.0}, 0.5)
COMMITMENTS = Rule(frozenset({"who"}), {"what": 1.0, "who": 0.2}, 0.6)
FIGURES = Rule(
    frozenset({"measure", "unit", "kind", "parties", "period"}), {"measure": 1.0, "value": 0.5, "label": 0.3}, 0.4
)


def compare_quote(one: Stated[Quote], other: Stated[Quote]) -> Features:
    """Speaker and words; a clause reported without marks is compared by its words too."""
    a, b = one.said, other.said
    return (
        _actors("speaker", one, _listed(a.speaker), other, _listed(b.speaker)),
        compare_quoted("words", a.text, b.text)
        if one.of_one_language(other)
        else compare_across("words", a.text, b.text, one.encoder),
        compare_codes("kind", a.kind, b.kind),
        *_standing(a, b),
    )


def compare_act(one: Stated[Act], other: Stated[Act]) -> Features:
    """Who did what to whom; what it was about tells two thanks of one person apart."""
    a, b = one.said, other.said
    about = compare_worded("about", one, a.about, other, b.about)
    return (
        compare_codes("act", a.act, b.act),
        *_who_to_whom(one, other),
        about if a.act in _BETWEEN_PEOPLE else _against(about),
        *_standing(a, b),
        *_strength(one, other),
    )


def _strength(one: Stated[Act], other: Stated[Act]) -> Features:
    """Two verbs for one act, the word before them included: «потребовал», «попросил»; «решительно поддержал»."""
    if one.said.act != other.said.act or not one.of_one_language(other):
        return ()
    mine, theirs = _verb(one), _verb(other)
    found = compare_wordings(mine, theirs, one.record.document.language or "ru") if mine and theirs else None
    return (found,) if found else ()


def _verb(stated: Stated[Act]) -> str | None:
    """The words that state the act, with the one before where it strengthens them."""
    proof = next((e for e in stated.said.evidence if "act" in e.fields), None)
    if proof is None or len(proof.quote.split()) > _LONGEST_VERB:
        return None
    before = stated.record.document.text[: proof.start].split("\n")[-1].split()[-1:]
    stronger = [w for w in before if strengthens(w, stated.record.document.language or "ru")]
    return " ".join([*stronger, proof.quote])


def _who_to_whom(one: Stated[Act], other: Stated[Act]) -> Features:
    a, b = one.said, other.said
    return (
        _actors("actors", one, a.actors, other, b.actors),
        _actors("addressees", one, a.addressees, other, b.addressees),
    )


def compare_verbs(one: Stated[Act], other: Stated[Act]) -> Features:
    """What somebody did, told with two verbs of one ladder; verbs that no ladder has are two acts."""
    a, b = one.said, other.said
    strength = compare_strength(a.act, b.act) or differs("act", a.act, b.act)
    return (
        strength,
        *_who_to_whom(one, other),
        *_standing(a, b),
        compare_worded("about", one, a.about, other, b.about),
    )


def compare_proposers(one: Stated[Act], other: Stated[Act]) -> Features:
    """One proposal that each side tells of another person. Two people may each thank or support; one thing is proposed once."""
    a, b = one.said, other.said
    proposed = a.act == b.act and a.act in _ONCE
    act = compare_codes("act", a.act, b.act) if proposed else differs("act", a.act, b.act)
    return (act, *_who_to_whom(one, other), *_standing(a, b), compare_worded("about", one, a.about, other, b.about))


def _against(about: Feature) -> Feature:
    """Of one person who proposes twice, only the words tell the proposals apart: few in common make two."""
    if about.verdict == "differs" and about.score < _FEW_WORDS:
        return Feature(about.name, about.verdict, -1.0, about.sentence)
    return about


def compare_agreement(one: Stated[Agreement], other: Stated[Agreement]) -> Features:
    """The title by its stems; a package by its being one."""
    a, b = one.said, other.said
    package = a.kind == b.kind == "package"
    return (
        compare_codes("title", a.kind, b.kind) if package else _titled(one, other),
        compare_codes("kind", a.kind, b.kind),
        compare_codes("status", a.status, b.status),
        compare_numbers("count", a.count, b.count),
        compare_dates("document date", a.document_date, b.document_date),
        compare_dates("status date", a.status_date, b.status_date),
        compare_dates("period", a.period, b.period),
        _actors("parties", one, a.parties, other, b.parties),
        *_standing(a, b),
    )


def compare_papers(one: Stated[Agreement], other: Stated[Agreement]) -> Features:
    """Papers of two languages that are alike in all but the words of their titles; where a page has several of a kind, none is."""
    a, b = one.said, other.said
    far = differs("title", a.title, b.title) if one.of_one_language(other) or "other" in (a.kind, b.kind) else None
    return (far,) if far else compare_agreement(one, other)


def _titled(one: Stated[Agreement], other: Stated[Agreement]) -> Feature:
    if one.of_one_language(other):
        return compare_titles(one.said.title, other.said.title)
    return compare_across("title", one.said.title, other.said.title, one.encoder)


def compare_titles(one: str, other: str) -> Feature:
    """Two titles by what they are about: the first word is the kind of document, and every other one has it too.

    >>> compare_titles("Соглашение о реадмиссии", "Договора о реадмиссии").score
    1.0
    >>> compare_titles("Соглашение о реадмиссии", "Соглашение о туризме").score
    0.0
    """
    matters = [" ".join(content_words(t)[1:]) for t in (one, other)]
    if not all(matters):
        return compare_words("title", one, other)
    feature = compare_words("title", *matters)
    return Feature("title", feature.verdict, feature.score, compare_words("title", one, other).sentence)


def compare_project(one: Stated[Project], other: Stated[Project]) -> Features:
    a, b = one.said, other.said
    return (
        compare_worded("what", one, a.what, other, b.what),
        compare_codes("status", a.status, b.status),
        compare_numbers("value", a.value, b.value),
        compare_worded("product", one, a.product, other, b.product),
        compare_place(a.place, b.place),
        _actors("parties", one, a.parties, other, b.parties),
        *_standing(a, b),
    )


def compare_commitment(one: Stated[Commitment], other: Stated[Commitment]) -> Features:
    a, b = one.said, other.said
    return (
        compare_worded("what", one, a.what, other, b.what),
        _actors("who", one, a.who, other, b.who),
        compare_codes("kind", a.kind, b.kind),
        compare_dates("deadline", a.deadline, b.deadline),
        compare_worded("amount", one, a.amount, other, b.amount),
        compare_worded("condition", one, a.condition, other, b.condition),
        compare_codes("progress", a.progress, b.progress),
        *_standing(a, b),
    )


def compare_figure(one: Stated[Figure], other: Stated[Figure]) -> Features:
    """Measure, unit and kind make the figure; the number is what may differ. Trade of two years is two figures."""
    a, b = one.said, other.said
    label = compare_worded("label", one, a.measure.label, other, b.measure.label)
    unnamed = "other" in (a.measure.code, b.measure.code)
    measure = _renamed(label, "measure") if unnamed else compare_codes("measure", a.measure.code, b.measure.code)
    return (
        measure,
        compare_codes("unit", a.unit, b.unit),
        compare_codes("kind", a.kind, b.kind),
        compare_numbers("value", a.value, b.value),
        compare_codes("bound", a.bound, b.bound),
        compare_dates("period", a.period, b.period),
        compare_numbers("change, percent", a.change_percent, b.change_percent),
        _actors("parties", one, a.parties, other, b.parties),
        *_standing(a, b),
    )


def _standing(one: Fact, other: Fact) -> Features:
    """Whether it belongs to the reported meeting (a part of a visit does), and whose words it is."""
    mine, theirs = ("reported" if f.relation == "part" else f.relation for f in (one, other))
    voices = ("the narrator" if f.said_by == "narrator" else "a quote" for f in (one, other))
    return compare_codes("relation", mine, theirs), compare_codes("said by", *voices)


def _actors(
    name: str, one: Stated[Any], mine: Sequence[ActorRef], other: Stated[Any], theirs: Sequence[ActorRef]
) -> Feature:
    """Who does it. «Стороны» of one meeting are «Стороны» of the other's report, whoever is found behind the word."""
    words = [{(r.as_written or "").casefold() for r in refs} for refs in (mine, theirs)]
    kinds = {a.kind for s, refs in ((one, mine), (other, theirs)) for r in refs if (a := s.record.actor(r))}
    if words[0] == words[1] and words[0] - {""} and kinds == {"collective"}:
        return same(name, ", ".join(sorted(words[0])))
    return compare_actors(name, actors_of(one.record, mine), actors_of(other.record, theirs))


def _listed(ref: ActorRef | None) -> tuple[ActorRef, ...]:
    return (ref,) if ref else ()


def _renamed(feature: Feature, name: str) -> Feature:
    return Feature(name, feature.verdict, feature.score, feature.sentence.replace("label", name, 1))
