"""Two records side by side: the reported meeting field by field, and fact by fact.

In: two Records. Out: a Comparison of rows, each with a verdict and the words of each side. Holds always: a record
against itself has only `both`; swapping the records swaps the sides; each value stands with its evidence, or with the
reason why it was inferred.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from communique.matching import meetings, statements
from communique.matching.align import Alignment, Compare, Pair, Rule, Stated, align
from communique.matching.features import Feature
from communique.matching.sides import Shown, Side, Sides, evidence_of
from communique.matching.silence import Silence, Silences
from communique.matching.who import label
from communique.matching.wording import Encoder
from communique.record.document import Evidence
from communique.record.facts import Meeting, Participation
from communique.record.markup import Piece
from communique.record.record import Record
from communique.record.vocabulary import REPORTED

Verdict = Literal["both", "only_a", "only_b", "differently"]
Words = Callable[[Stated[Any]], str]  # what the other text is searched for before its silence is believed
ORDER_OF_NAMES = "order of names"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that at least one record says. `silence` and `nearby` are of the side that does not."""

    section: str
    what: str
    verdict: Verdict
    a: Side | None = None
    b: Side | None = None
    silence: Silence | None = None
    nearby: Evidence | None = None
    features: tuple[Feature, ...] = ()


class Comparison(msgspec.Struct, frozen=True):
    """All rows in the order of record A, then what only B has; `doubts` are sentences for the reader of the table."""

    a: Record
    b: Record
    rows: tuple[Row, ...]
    doubts: tuple[str, ...]


def compare(a: Record, b: Record, encoder: Encoder | None = None) -> Comparison:
    """What both records say, what only one says, and what they say differently; `encoder` compares words of two languages."""
    comparing = _Comparing(a, b, encoder)
    rows = (*comparing.meetings(), *(row for kind in _KINDS for row in comparing.facts(kind)))
    return Comparison(a, b, rows, tuple(comparing.doubts))


class _Kind(NamedTuple):
    """How facts of one type are compared: field of the record, name of a row, values that make a cell, rule, words."""

    facts: str
    what: str
    cell: tuple[str, ...]
    compare: Compare[Any]
    rule: Rule
    words: str | None
    looser: tuple[tuple[Compare[Any], Rule], ...] = ()  # then, for what found no partner


_KINDS = (
    _Kind(
        "quotes", "quote", ("speaker", "text"), statements.compare_quote, statements.QUOTES, "text",
        ((statements.compare_quote, statements.OTHER_SPEAKER),),
    ),
    _Kind(
        "acts", "act", ("actors", "act", "addressees", "about"), statements.compare_act, statements.ACTS, "about",
        (
            (statements.compare_act, statements.SAME_ABOUT), (statements.compare_verbs, statements.OTHER_VERB),
            (statements.compare_proposers, statements.OTHER_PERSON),
        ),
    ),
    _Kind(
        "agreements", "agreement", ("title", "status", "parties", "document date", "status date", "period"),
        statements.compare_agreement, statements.AGREEMENTS, "title", ((statements.compare_papers, statements.OTHER_LANGUAGE),),
    ),
    _Kind(
        "projects", "project", ("what", "status", "value", "product", "place", "parties"),
        statements.compare_project, statements.PROJECTS, "what",
    ),
    _Kind(
        "commitments", "commitment", ("who", "kind", "what", "deadline", "condition", "progress"),
        statements.compare_commitment, statements.COMMITMENTS, "what",
    ),
    _Kind(
        "figures", "figure", ("measure", "kind", "bound", "value", "unit", "period", "parties"),
        statements.compare_figure, statements.FIGURES, None,
    ),
)  # fmt: skip


class _Comparing:
    """Holds the two sides, and the doubts that come up."""

    def __init__(self, a: Record, b: Record, encoder: Encoder | None) -> None:
        self._a, self._b = Sides(a, encoder), Sides(b, encoder)
        self._of_a, self._of_b = Silences(a), Silences(b)
        self.doubts: list[str] = []
        languages = a.document.language, b.document.language
        if all(languages) and languages[0] != languages[1] and encoder is None:
            self.doubts.append(
                f"A is in the language {languages[0]}, B in {languages[1]}: names, codes, dates, numbers and kinds of papers are compared, "
                "words are not."
            )

    def meetings(self) -> Iterator[Row]:
        """The rows of every pair of meetings, then one row for each meeting that has no partner."""
        mine, theirs = self._a.meetings(), self._b.meetings()
        found = align(mine.stated, theirs.stated, meetings.compare_meeting, meetings.MEETINGS)
        found = _of_the_rest(mine, theirs, found, meetings.compare_next, meetings.NEXT)
        found = self._forced(mine, theirs, found)
        pairs = [(mine.stated[p.one], theirs.stated[p.other]) for p in found.pairs]
        these = [pair for pair in pairs if pair[0].said.relation in REPORTED]
        for number, (one, other) in enumerate(these, start=1):
            yield from self._meeting(one, other, _section(one.said, number if len(these) > 1 else None))
        others = [p for p in found.pairs if mine.stated[p.one].said.relation not in REPORTED]
        rest = found._replace(pairs=others)
        yield from self._rows("Other meetings", "meeting", mine, theirs, rest, "meetings", _first_words)

    def facts(self, kind: _Kind) -> Iterator[Row]:
        """The rows of all facts of one type, whichever meeting they belong to."""
        mine, theirs = (s.facts(getattr(s.record, kind.facts), kind.cell) for s in (self._a, self._b))
        found = align(mine.stated, theirs.stated, kind.compare, kind.rule)
        for looser, rule in kind.looser:
            found = _of_the_rest(mine, theirs, found, looser, rule)

        def words(stated: Stated[Any]) -> str:
            return (kind.words and getattr(stated.said, kind.words)) or _first_words(stated)

        yield from self._rows(kind.facts.capitalize(), kind.what, mine, theirs, found, kind.facts, words)

    def _meeting(self, one: Stated[Meeting], other: Stated[Meeting], section: str) -> Iterator[Row]:
        for field, compare_field in meetings.FIELDS.items():
            a, b = self._a.field(one.said, field), self._b.field(other.said, field)
            if a and b:
                yield _paired(section, field, a, b, (compare_field(one, other),))
            elif a or b:
                yield self._lonely(section, field, a, b, "meetings", _field_words(one.said if a else other.said, field))
        mine, theirs = self._a.people(one.said), self._b.people(other.said)
        found = align(mine.stated, theirs.stated, meetings.compare_participation, meetings.PARTICIPANTS)
        yield from self._rows(section, "participant", mine, theirs, found, "meetings", _surname)
        yield from _order_of_names(section, mine, theirs, found)
        mine, theirs = self._subjects(one, other)
        found = align(mine.stated, theirs.stated, meetings.compare_subject, meetings.TOPICS)
        yield from self._rows(section, "topic", mine, theirs, found, "meetings", _label)

    def _subjects(self, one: Stated[Meeting], other: Stated[Meeting]) -> tuple[Shown, Shown]:
        """The topics of both; where one page names them only for the visit or session as a whole, those."""
        mine = one.said if one.said.topics or not other.said.topics else self._whole(one, "A")
        theirs = other.said if other.said.topics or not one.said.topics else self._whole(other, "B")
        return self._a.subjects(mine), self._b.subjects(theirs)

    def _whole(self, stated: Stated[Meeting], name: str) -> Meeting:
        """What this meeting is part of, if that has topics; else the meeting itself."""
        whole = next((m for m in stated.record.meetings if m.id == stated.said.part_of), None)
        if whole is None or not whole.topics:
            return stated.said
        self.doubts.append(f"{name} names topics only for the {whole.kind.replace('_', ' ')} as a whole.")
        return whole

    def _rows(
        self, section: str, what: str, mine: Shown, theirs: Shown, found: Alignment, coverage: str, words: Words
    ) -> Iterator[Row]:
        """The pairs and what only A has in the order of A, then what only B has."""
        rows = {
            p.one: _paired(section, what, mine.sides[p.one], theirs.sides[p.other], p.features) for p in found.pairs
        }
        for n in found.only_one:
            rows[n] = self._lonely(section, what, mine.sides[n], None, coverage, words(mine.stated[n]))
        yield from (rows[n] for n in sorted(rows))
        for n in found.only_other:
            yield self._lonely(section, what, None, theirs.sides[n], coverage, words(theirs.stated[n]))
        if found.doubtful:
            self.doubts.append(
                f"{section}: {found.doubtful} of A fit several of B, or several of A one of B, equally well; "
                "none of these was taken for the same."
            )

    def _lonely(self, section: str, what: str, a: Side | None, b: Side | None, coverage: str, words: str) -> Row:
        """A row that one side fills, with what the silence of the other means."""
        speaking = (self._a if a else self._b).record.document.language
        silent = (self._of_b if a else self._of_a).about(coverage, words, speaking)
        verdict: Verdict = "only_a" if a else "only_b"
        return Row(
            section=section, what=what, verdict=verdict, a=a, b=b, silence=silent.kind, nearby=silent.nearby
        )  # fmt: skip

    def _forced(self, mine: Shown, theirs: Shown, found: Alignment) -> Alignment:
        """The one meeting that each page reports is compared even where little says that it is one meeting."""
        if (
            not mine.stated
            or not theirs.stated
            or any(mine.stated[p.one].said.relation in REPORTED for p in found.pairs)
        ):
            return found
        ones = [n for n in found.only_one if mine.stated[n].said.relation == "reported"]
        others = [n for n in found.only_other if theirs.stated[n].said.relation == "reported"]
        if len(ones) != 1 or len(others) != 1:
            self.doubts.append("No meeting of A could be told to be a meeting of B.")
            return found
        pair = Pair(ones[0], others[0], meetings.compare_meeting(mine.stated[ones[0]], theirs.stated[others[0]]))
        against = "; ".join(f.sentence for f in pair.features if f.verdict == "differs")
        self.doubts.append(f"These may be two meetings, compared because each text reports one. {against}".strip())
        return Alignment(
            sorted([*found.pairs, pair]),
            [n for n in found.only_one if n != pair.one],
            [n for n in found.only_other if n != pair.other],
            found.doubtful,
        )


def _paired(section: str, what: str, a: Side, b: Side, features: Sequence[Feature]) -> Row:
    verdict: Verdict = "differently" if any(f.verdict == "differs" for f in features) else "both"
    return Row(section=section, what=what, verdict=verdict, a=a, b=b, features=tuple(features))


def _of_the_rest(mine: Shown, theirs: Shown, found: Alignment, compare: Compare[Any], rule: Rule) -> Alignment:
    """What found no partner, compared once more by a looser rule."""
    ones, others = (
        [side.stated[n] for n in free] for side, free in ((mine, found.only_one), (theirs, found.only_other))
    )
    pairs = [
        Pair(found.only_one[p.one], found.only_other[p.other], p.features)
        for p in align(ones, others, compare, rule).pairs
    ]
    return Alignment(
        sorted([*found.pairs, *pairs]),
        [n for n in found.only_one if n not in {p.one for p in pairs}],
        [n for n in found.only_other if n not in {p.other for p in pairs}],
        found.doubtful,
    )


def _order_of_names(section: str, mine: Shown, theirs: Shown, found: Alignment) -> Iterator[Row]:
    """A row where the people whom both name stand in another order: protocol has an eye on it."""
    at = {(p.one, p.other): (_start(mine, p.one), _start(theirs, p.other)) for p in found.pairs}
    both = [pair for pair, (a, b) in at.items() if a >= 0 and b >= 0]
    by_a, by_b = (sorted(both, key=lambda pair: at[pair][side]) for side in (0, 1))
    at_once = any(len({at[pair][side] for pair in both}) < len(both) for side in (0, 1))  # named by one word
    if by_a == by_b or at_once:
        return
    a, b = _one_after_another([mine.sides[n] for n, _ in by_a]), _one_after_another([theirs.sides[n] for _, n in by_b])
    order = Feature("order", "differs", 0.0, "order of names: not the same")
    yield Row(section=section, what=ORDER_OF_NAMES, verdict="differently", a=a, b=b, features=(order,))


def _start(shown: Shown, number: int) -> int:
    """Where a participant is named; -1 where the text leaves it implicit."""
    start: int | None = shown.stated[number].said.actor.start
    return -1 if start is None else start


def _one_after_another(sides: Sequence[Side]) -> Side:
    """The first value of each in one cell, on the first words of each."""
    return Side(_listed([side.pieces[:1] for side in sides]), tuple(e for side in sides for e in side.evidence[:1]))


def _listed(values: Sequence[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """Values in one cell, with commas between."""
    comma = (Piece(", "),)
    return tuple(piece for n, value in enumerate(values) for piece in (*(comma if n else ()), *value))


def _section(meeting: Meeting, number: int | None) -> str:
    kind = meeting.kind.replace("_", " ")
    return f"Meeting {number}: {kind}" if number else f"Meeting: {kind}"


def _field_words(meeting: Meeting, field: str) -> str:
    """The words for one field of a meeting; none for bare codes, which no words of their own state."""
    if field in ("kind", "status", "mode", "format"):
        return ""
    if field == "place" and meeting.place:
        return meeting.place.name or meeting.place.venue or ""
    if field in ("start", "end"):
        date = meeting.start if field == "start" else meeting.end
        return date.original if date else ""
    return " ".join(e.quote for e in evidence_of(meeting, field))


def _first_words(stated: Stated[Any]) -> str:
    words: str = stated.said.evidence[0].quote
    return words


def _label(stated: Stated[meetings.Subject]) -> str:
    return stated.said[0].label


def _surname(stated: Stated[Participation]) -> str:
    actor = stated.record.actor(stated.said.actor)
    return label(actor).split()[-1] if actor and actor.name else ""
