"""Which lists of leaders confirm the tenures of the world: counts, disagreements, and what no list says.

In: the world's TSV files, `--data DIR/leaders/*` and `--cabinets DIR` (see `bench.world_lists`). Out: a printed report; `--write`
rewrites the `source` cells (see `bench.world_compare`) and makes a year or month of ours an exact day where a list gives one that agrees.
"""

import argparse
import sys
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path

from bench.world_compare import UNVERIFIED, Difference, Finding, Report, compare_world, iter_differences
from bench.world_lists import CURRENT, HOLDERS, UNGA, load_attestations, load_claims, load_repositories
from bench.world_roster import GROUPS, WORLD, Roster


def share_unverified(sources: list[str]) -> str:
    """«12 of 40 (30 %), in part 7 (18 %)»: tenures that nothing supports, and those that something supports in part."""
    bare, part = (
        sum(source == UNVERIFIED for source in sources),
        sum(source.endswith(f"|{UNVERIFIED}") for source in sources),
    )
    whole = max(len(sources), 1)
    return f"{bare} of {len(sources)} ({bare / whole:.0%}), in part {part} ({part / whole:.0%})"


def print_report(report: Report, roster: Roster) -> None:
    """Counts first, then what to look at: lost support, dates that become exact, disagreements, and what stays unverified."""
    _print_shares(report.findings, roster)
    _print_counts(report.findings)
    weaker = [_row(f, f.tenure.source, f.source) for f in report.findings if _weaker(f)]
    _print_list("Weaker than the file says now", weaker)
    unfound = [_row(f, "", ", ".join(f.unfound)) for f in report.findings if f.unfound]
    _print_list("Named in a source cell, and not found there", unfound)
    days = [(f, f"{f.tenure.start}..{f.tenure.end}", f"{f.start}..{f.end}") for f in report.findings]
    _print_list("Made more exact by --write", [_row(f, old, new) for f, old, new in days if old != new])
    _print_list("Ambiguous, confirms nothing", report.ambiguous)
    _print_differences(list(iter_differences(report.findings)))
    _print_list("Other speakers in the General Debate", report.disputes)
    bare: dict[str, list[str]] = defaultdict(list)
    for t in (f.tenure for f in report.findings if f.source == UNVERIFIED):
        bare[t.of].append(f"{t.person} {t.office} {t.start}")
    _print_list("Unverified, by state", [f"{of} {len(rows)}: {'; '.join(rows)}" for of, rows in sorted(bare.items())])


def _print_shares(findings: list[Finding], roster: Roster) -> None:
    for name in ("all", *GROUPS):
        chosen = [f for f in findings if name in ("all", roster.group(f.tenure.of))]
        before, after = (
            share_unverified(sources) for sources in ([f.tenure.source for f in chosen], [f.source for f in chosen])
        )
        print(f"unverified, {name}: {before} -> {after}")


def _print_counts(findings: list[Finding]) -> None:
    parts = [(_kind(part), UNVERIFIED in f.source) for f in findings for part in set(map(_kind, f.source.split("|")))]
    counted = Counter(parts)
    print("\nTenures a source confirms: whole, in part")
    for source in sorted({source for source, _ in parts} - {UNVERIFIED}):
        print(f"  {source:48}{counted[source, False]:5}{counted[source, True]:5}")
    twice = sum(".." in f.source for f in findings)
    print(
        f"  in the General Debate in two years or more: {twice}, in one: {sum('@' in f.source for f in findings) - twice}"
    )


def _kind(source: str) -> str:
    """A list's name; «cabinets/*» for all cabinets of 2022, «a page» for all addresses."""
    if source.startswith("http"):
        return "a page"
    if source.startswith("cabinets/") and source != f"cabinets/{CURRENT}":
        return "cabinets/*"
    return source.split("@")[0]


def _print_differences(differences: list[Difference]) -> None:
    kinds = Counter(_kind(d.claim.source) for d in differences)
    near = sum(d.days is not None and d.days <= 7 for d in differences)
    print(f"\nDisagreements by list: {', '.join(f'{source} {n}' for source, n in kinds.most_common())}")
    print(f"  {near} by a week at most; {sum(d.seconded for d in differences)} where another list agrees with ours")
    _print_list("Disagreements on a start or an end", list(map(str, differences)))


def _row(finding: Finding, old: str, new: str) -> str:
    t = finding.tenure
    return f"{t.person} {t.office} {t.of} {t.start}: {old} -> {new}"


def _weaker(finding: Finding) -> bool:
    old, new = finding.tenure.source, finding.source
    return old != UNVERIFIED and (new == UNVERIFIED or (UNVERIFIED in new and UNVERIFIED not in old))


def _print_list(title: str, lines: list[str]) -> None:
    print(f"\n{title}: {len(lines)}")
    for line in lines:
        print(f"  {line}")


def write_sources(report: Report, path: Path) -> None:
    """Rewrite `source`, and a start or end that a list gives more exactly; the columns are those of the file."""
    head = path.read_text("utf-8").split("\n", 1)[0]
    written = (asdict(f.tenure) | {"start": f.start, "end": f.end, "source": f.source} for f in report.findings)
    rows = ("\t".join(row[column] for column in head.split("\t")) for row in written)
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")


def options(doc: str | None) -> argparse.ArgumentParser:
    """The options that this report and `bench.world_agreement` share."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds leaders/")
    parser.add_argument("--cabinets", type=Path, help=f"a folder of <repository>{HOLDERS} and {CURRENT}.csv")
    parser.add_argument("--world", type=Path, default=WORLD)
    return parser


def what_is_missing(data: Path, cabinets: Path | None) -> str:
    """What is wrong with the folders, as a sentence, or nothing; lists that are left out are told at once."""
    if not (data / "leaders" / UNGA).exists():
        return f"{data / 'leaders' / UNGA} is missing: give --data the folder that holds leaders/"
    if cabinets is None:
        print("no --cabinets: the lists of cabinets are left out, and what rests on them stays as it is\n")
        return ""
    known = load_repositories()
    there = sum((cabinets / f"{repository}{HOLDERS}").exists() for repository in known)
    if not there:
        return f"{cabinets} has no <repository>{HOLDERS}: give --cabinets the folder that holds them, or leave it out"
    current = "" if (cabinets / f"{CURRENT}.csv").exists() else f", without {CURRENT}.csv"
    print(f"{there} of {len(known)} lists of cabinets{current}\n")
    return ""


def main() -> int:
    parser = options(__doc__)
    parser.add_argument("--write", action="store_true", help="rewrite the sources in tenures.tsv")
    given = parser.parse_args()
    wrong = what_is_missing(given.data, given.cabinets)
    if wrong:
        print(wrong, file=sys.stderr)
        return 1
    roster = Roster(given.world)
    leaders = given.data / "leaders"
    report = compare_world(roster, load_claims(leaders, given.cabinets), load_attestations(leaders / UNGA))
    print_report(report, roster)
    if given.write:
        write_sources(report, given.world / "tenures.tsv")
    return 0


if __name__ == "__main__":
    sys.exit(main())
