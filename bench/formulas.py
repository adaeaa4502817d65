"""Whether `communique changed` finds the formulas of a pair of states, where they rise and vanish, and who reports what: composed chronicles
through `read`.

`python -m bench.formulas`: formulas found and missed, their standings, degrees that rise, those that vanish, meetings that one side alone reports
and who published first; phrases that no writer planted are counted, and `--show` prints them. Whether such a phrase is a formula is for a
reader to say. `bench/gold/lives/*` was composed by writers who had not seen the rules.
"""

import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from bench.folders import parse_folders
from bench.marked import load_gold
from bench.meetings import read_rows
from bench.quality import load_bench_world, release_of_gold
from bench.things import GOLD
from communique.archive.view import View
from communique.keep import Archive
from communique.matching.formulas import Formula
from communique.questions.changed import LAST, Chronicle, changed_report, formulas_of, read_chronicle

_MOST = 0.6  # of the releases in which a planted formula stands, for it to be found


def main() -> int:
    folders, show = parse_folders(__doc__, GOLD)
    counts: Counter[str] = Counter()
    for folder in folders:
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "a.db"
            texts = [gold for _, gold in load_gold([folder / "releases"])]
            Archive(path, world=load_bench_world()).add_releases(map(release_of_gold, texts))
            names = {gold.header["id"]: gold.record.document.id for gold in texts}
            counts += _count(folder, path, names, show)
    for what in ("formulas", "standings", "rises", "vanished", "one-sided", "first"):
        print(f"{what:10} {counts[f'{what} right']:3} of {counts[f'{what} gold']:3}, {counts[f'{what} wrong']:3} wrong")
    print(f"{counts['one-sided unsure']} more meetings may be reported by one side; nothing is claimed of them")
    print(f"{counts['unplanted']} phrases listed that nobody planted")
    return 0


def _count(folder: Path, path: Path, names: dict[str, str], show: bool) -> Counter[str]:
    rows = list(read_rows(folder / "formulas.tsv"))
    one, other = rows[0]["pair"].split()
    with View(path) as view:
        chronicle = read_chronicle(view, (one, other))
        report = changed_report(view, one, other)
        official = "SELECT id, CASE publisher_kind WHEN 'official' THEN publisher_state END AS side FROM documents"
        sides = {str(row["id"]): row["side"] for row in view.sql(official)}
    counts: Counter[str] = Counter()
    found = formulas_of(chronicle)
    planted: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        planted[row["formula"]].append(row)
    used: set[str] = set()
    for formula, places in planted.items():
        counts += _of_formula(formula, places, found, chronicle, names, used, show)
    spare = [f for f in found if f.words not in used]
    counts["unplanted"] += len(spare)
    if show:
        print(*(f"{folder.name} unplanted: «{f.words}» {len(f.meetings)}" for f in spare), sep="\n")
    counts += _of_events(folder, report, names, sides, show)
    return counts


def _of_formula(
    formula: str, places: list[dict[str, str]], found: list[Formula], chronicle: Chronicle, names: dict[str, str], used: set[str], show: bool
) -> Counter[str]:  # fmt: skip
    texts = {t.record.document.id: t.record.document.text for t in chronicle.told}
    spans = {}
    for row in places:
        document = names[row["release"]]
        at = texts.get(document, "").find(row["words"].replace("\\n", "\n"))
        if at >= 0:
            spans[document] = (at, at + len(row["words"]), row["what"])
    covering = {
        f.words: {s.document for s in f.standings if s.document in spans and s.start < spans[s.document][1] and spans[s.document][0] < s.end}
        for f in found
    }  # fmt: skip
    used |= {words for words, documents in covering.items() if documents}
    best = max(covering, key=lambda w: len(covering[w]), default="")
    documents = covering.get(best, set())
    counts = Counter({"standings gold": len(spans), "standings right": len(documents), "formulas gold": 1})
    if len(documents) < _MOST * len(spans):
        if show:
            print(f"missed: {formula}: {best} {len(documents)} of {len(spans)}")
        return counts
    counts["formulas right"] += 1
    mine = next(f for f in found if f.words == best)
    if mine.ladder:
        rises = {s.document for s in mine.rises()}
        wanted = {d for d, (_, _, what) in spans.items() if what == "stronger"}
        same = _of_one_meeting(chronicle)
        right = {d for d in wanted if any(same[d] == same[r] for r in rises)}
        wrong = [r for r in rises if all(same[d] != same[r] for d in wanted)]
        counts.update({"rises gold": len(wanted), "rises right": len(right), "rises wrong": len(wrong)})
    day = {t.record.document.id: t.day for t in chronicle.told}
    since = {t.meeting for t in chronicle.told if t.day > max(day[d] for d in spans)}
    gone = len({t.meeting for t in chronicle.told if t.day > mine.standings[-1].day}) >= LAST
    wanted_gone = len(since) >= LAST
    counts["vanished gold"] += wanted_gone
    counts["vanished right"] += wanted_gone and gone
    counts["vanished wrong"] += gone and not wanted_gone
    return counts


def _of_one_meeting(chronicle: Chronicle) -> dict[str, str]:
    return {t.record.document.id: t.meeting for t in chronicle.told}


def _of_events(folder: Path, report, names: dict[str, str], sides: dict[str, str | None], show: bool) -> Counter[str]:  # type: ignore[no-untyped-def]
    """Rows about who reports what, held against the table of events, by the documents that a row cites."""
    counts: Counter[str] = Counter()
    events: dict[str, list[dict[str, str]]] = defaultdict(list)
    event = {}
    for row in read_rows(folder / "events.tsv"):
        events[row["event"]].append(row)
        event[names[row["release"]]] = row["event"]
    notes = {f.number: f.document for f in report.footnotes if hasattr(f, "document")}
    for row in report.rows:
        cited = {notes[n] for cell in row.cells[1:3] for run in cell.runs for n in run.footnotes if n in notes}
        told = {event[d] for d in cited if d in event}
        if row.section == "Reported by one side" and row.cells[-1].code == "unsure":
            counts["one-sided unsure"] += 1
        elif row.section == "Reported by one side" and told:
            right = len({sides[names[r["release"]]] for e in told for r in events[e]} - {None}) == 1
            counts["one-sided right" if right else "one-sided wrong"] += 1
            if show and not right:
                print("one-sided wrong:", row.cells[0].shown, cited, told)
        if row.section == "Who published first" and len(told) == 1 and row.cells[-1].code != "one_day":
            (name,) = told
            firsts = {names[r["release"]] for r in events[name] if r["first_published"] == "yes"}
            if all(
                sides[d] is None for d in firsts
            ):  # an agency was before both: nothing to hold the two sides against
                continue
            side = (row.cells[-1].code or "").removeprefix("first_")
            column = next((n for n, c in enumerate(report.columns) if c == side), None)
            mine = {notes[n] for run in (row.cells[column].runs if column else ()) for n in run.footnotes}
            counts["first right" if firsts & mine else "first wrong"] += 1
            if show and not firsts & mine:
                print("first wrong:", row.cells[0].shown, row.cells[-1].shown, firsts, mine)
    counts["first gold"] = counts["first right"] + counts["first wrong"]
    counts["one-sided gold"] = counts["one-sided right"] + counts["one-sided wrong"]
    return counts


if __name__ == "__main__":
    sys.exit(main())
