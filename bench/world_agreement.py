"""How far the roster agrees with public lists in its own scope, and who is right where it does not.

In: the world's TSV files, `--data DIR/leaders/*`, and `bench/world_verdicts.tsv`, which says of each disagreement who is right and why:
`ours`, `theirs`, `both` (two things are told apart that one of them does not), or `scope` (the roster does not mean to have it). Out:
counts by group of states, then every disagreement with its verdict. The scope is that of `Roster.in_scope`.

- `reign`: who leads each state at the end of each year from 2000 to 2020, and in the middle of each spell; we agree where the person then
  held an office of a head, whichever it is, since the list names none.
- `ministers`: the foreign ministers on 15 December 2022.
- `cabinets`: each row of the cabinets of Kazakhstan, Russia and Uzbekistan: person, office, start and end.
- `lists`, with `--cabinets`: who held the office in the middle of each row of the other lists of cabinets, and of the leaders of today.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bench.world_days import first_day, grade, grade_end, last_day
from bench.world_lists import HEAD_OFFICES, Claim, iter_ministers, iter_reign, load_cabinets, load_shipped
from bench.world_roster import GROUPS, SINCE, Roster, TenureRow
from bench.world_sources import options, what_is_missing

VERDICTS = Path(__file__).with_name("world_verdicts.tsv")
JUDGEMENTS = ("ours", "theirs", "both", "scope")
OUTCOMES = ("agree", "disagree", "absent")
LAST_YEAR, LAST_DAY = 2020, "2021-03-01"
MINISTERS_DAY = "2022-12-15"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a list says on one question, and whether the roster agrees; `key` names what a verdict is about, within a list."""

    list_: str
    question: str
    claim: Claim
    key: str
    when: str
    ours: tuple[TenureRow, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Verdict:
    verdict: str
    why: str


def load_verdicts(path: Path = VERDICTS) -> dict[tuple[str, str], Verdict]:
    """List and key of a disagreement to the verdict."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    return {(list_, key): Verdict(verdict, why) for list_, key, verdict, why in rows}


# Questions -------------------------------------------------------------------------------------------------------


def iter_reign_answers(roster: Roster, folder: Path) -> Iterator[Answer]:
    spells: dict[str, list[Claim]] = defaultdict(list)
    for claim in iter_reign(folder):
        spells[claim.state].append(claim)
    for state, claims in spells.items():
        since = SINCE.get(roster.group(state), "9999")
        for year in range(int(since), LAST_YEAR + 1):
            yield from _year_end(roster, claims, f"{year}-12-31")
        for claim in claims:
            if last_day(claim.end) >= f"{since}-01-01":
                first, last = middle(_dated(claim, claims), f"{since}-01-01")
                yield _head_answer(roster, claim, "middle of a spell", first, last)


def _year_end(roster: Roster, claims: list[Claim], day: str) -> Iterator[Answer]:
    """The one who came last before the day, unless he had gone."""
    latest = max((c for c in claims if c.start <= day), key=lambda c: c.start, default=None)
    if latest and last_day(latest.end) >= day:
        yield _head_answer(roster, latest, "end of a year", day, day)


def _dated(claim: Claim, claims: list[Claim]) -> Claim:
    """The spell with a day for its end, which the list gives by the month: the day on which another begins, if in that month."""
    after = [c.start for c in claims if c.start > claim.start and c.start[:7] == claim.end]
    return replace(claim, end=min(after, default=claim.end))


def middle(claim: Claim, since: str) -> tuple[str, str]:
    """The day in the middle of a spell from `since` on; all its days where it ends in the month in which it begins.

    >>> middle(Claim("", "KZ", (), "", "2010-01-01", "2010-02-11", "2021-02"), "2000-01-01")
    ('2010-01-21', '2010-01-21')
    >>> middle(Claim("", "KZ", (), "", "2010-01-20", "2010-01", "2021-02"), "2000-01-01")
    ('2010-01-20', '2010-01-28')
    """
    start = max(claim.start, since)
    end = (claim.end if len(claim.end) != 7 else f"{claim.end}-28") or LAST_DAY
    if start[:7] >= end[:7]:
        return start, max(start, end)
    first = date.fromisoformat(start)
    day = (first + (date.fromisoformat(end) - first) / 2).isoformat()
    return day, day


def _head_answer(roster: Roster, claim: Claim, question: str, first: str, last: str) -> Answer:
    holders = roster.holders(claim.state, HEAD_OFFICES, first, last)
    key = f"{claim.state} {claim.name} {claim.start}"
    when = first if first == last else f"{first}..{last}"
    return Answer("reign", question, claim, key, when, tuple(holders), _outcome(roster, claim, holders))


def _outcome(roster: Roster, claim: Claim, holders: list[TenureRow]) -> str:
    return "agree" if roster.meant(holders, claim) else "disagree" if holders else "absent"


def iter_minister_answers(roster: Roster, folder: Path) -> Iterator[Answer]:
    for claim in iter_ministers(folder):
        day = max(MINISTERS_DAY, last_day(claim.start) if claim.start else "")
        if roster.in_scope(claim.state, claim.offices[0], day):
            holders = roster.holders(claim.state, claim.offices, day, day)
            key = f"{claim.state} {claim.name}"
            yield Answer("ministers", "holder", claim, key, day, tuple(holders), _outcome(roster, claim, holders))


def iter_cabinet_answers(roster: Roster, folder: Path) -> Iterator[Answer]:
    """We agree with a row where a tenure of ours begins and ends with it, as exactly as both say it."""
    for claim in load_shipped(folder):
        office = claim.offices[0]
        if not roster.in_scope(claim.state, office, claim.known_until):
            continue
        held = [t for t in roster.in_office[claim.state, office] if t.overlaps(claim) and t.standing in ("", "acting")]
        named = roster.meant(held, claim)
        same = any(grade(t.start, claim.start) > 0 <= grade_end(t.end, claim.end, claim.as_of) for t in named)
        outcome = "agree" if same else "disagree" if held else "absent"
        key = f"{claim.state} {office} {claim.name} {claim.start}"
        days = f"{claim.start}..{claim.end}"
        yield Answer("cabinets", "holder and dates", claim, key, days, tuple(named or held), outcome)


def iter_holder_answers(roster: Roster, folder: Path) -> Iterator[Answer]:
    """Of every other list of cabinets: who held the office in the middle of the time that a row tells."""
    for claim in load_cabinets(folder):
        since = f"{SINCE.get(roster.group(claim.state), '9999')}-01-01"
        told = replace(claim, start=first_day(claim.start), end=claim.end or max(claim.as_of, first_day(claim.start)))
        if (
            not roster.in_scope(claim.state, claim.offices[0], claim.known_until)
            or len(told.end) < 7
            or told.end < since
        ):
            continue
        first, last = middle(told, since)
        holders = roster.holders(claim.state, claim.offices, first, last)
        key = f"{claim.state} {claim.offices[0]} {claim.name} {claim.start}"
        when = first if first == last else f"{first}..{last}"
        yield Answer("lists", "holder", claim, key, when, tuple(holders), _outcome(roster, claim, holders))


# The report ------------------------------------------------------------------------------------------------------


def print_agreement(answers: list[Answer], roster: Roster, verdicts: dict[tuple[str, str], Verdict]) -> None:
    """Counts by question and group, then what is not agreed on, a key a line, then the verdicts counted."""
    counted = Counter((f"{a.list_}: {a.question}", roster.group(a.claim.state), a.outcome) for a in answers)
    print(f"{'':50}{''.join(f'{outcome:>10}' for outcome in OUTCOMES)}")
    for question in dict.fromkeys(question for question, _, _ in counted):
        for group in GROUPS:
            row = [counted[question, group, outcome] for outcome in OUTCOMES]
            if any(row):
                print(f"{question:28}{group:22}{''.join(f'{n:10}' for n in row)}  {row[0] / sum(row):.1%}")
    open_keys = group_open(answers)
    print(f"\nNot agreed: {len(open_keys)}")
    for (list_, key), told in open_keys.items():
        print(f"  {line_of(list_, key, told, verdicts.get((list_, key)))}")
    _print_verdicts(open_keys, verdicts)


def group_open(answers: Iterable[Answer]) -> dict[tuple[str, str], list[Answer]]:
    """The answers that do not agree, by list and key: one verdict covers a leader's years and his spell."""
    grouped: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer.outcome != "agree":
            grouped[answer.list_, answer.key].append(answer)
    return grouped


def line_of(list_: str, key: str, told: list[Answer], verdict: Verdict | None) -> str:
    days = ", ".join(answer.when for answer in told)
    held = dict.fromkeys(f"{t.person} {t.office} {t.start}..{t.end}" for answer in told for t in answer.ours)
    judged = f"{verdict.verdict}: {verdict.why}" if verdict else "NO VERDICT"
    return f"{list_} {key} ({days}): ours {'; '.join(held) or 'nobody'} [{judged}]"


def _print_verdicts(open_keys: Iterable[tuple[str, str]], verdicts: dict[tuple[str, str], Verdict]) -> None:
    keys = list(open_keys)
    counted = Counter((key[0], verdicts[key].verdict if key in verdicts else "none") for key in keys)
    print("\nVerdicts")
    for list_ in dict.fromkeys(key[0] for key in keys):
        told = ", ".join(f"{v} {counted[list_, v]}" for v in (*JUDGEMENTS, "none"))
        print(f"  {list_}: {told}")
    unused = [key for key in verdicts if key not in keys]
    if unused:
        print(f"  of no disagreement: {'; '.join(' '.join(key) for key in unused)}")


def main() -> int:
    given = options(__doc__).parse_args()
    wrong = what_is_missing(given.data, given.cabinets)
    if wrong:
        print(wrong, file=sys.stderr)
        return 1
    roster = Roster(given.world)
    leaders = given.data / "leaders"
    iterators = (iter_reign_answers, iter_minister_answers, iter_cabinet_answers)
    answers = [answer for iterate in iterators for answer in iterate(roster, leaders)]
    answers += iter_holder_answers(roster, given.cabinets) if given.cabinets else ()
    print_agreement(answers, roster, load_verdicts())
    return 0


if __name__ == "__main__":
    sys.exit(main())
