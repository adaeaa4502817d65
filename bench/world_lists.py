"""The lists of leaders as claims: who held which office of which state, from when, until when, by which list.

In: `DIR/leaders/*` and, where there is one, a folder of cabinets. Out: `Claim`s, and `Attestation`s of the speakers in the UN. What a
list says, and so what a `source` means:

- `leaders/{russia,kazakhstan}-cabinet`, `leaders/uzbekistan-ministers`, `cabinets/<repository>` (Wikidata, of 2022): office, start and
  end, mostly to the day. A list is read as of its latest row: many were left as they stood in 2021.
- `cabinets/world-leaders-current` (August 2026): heads of state and government of the G20 and ASEAN, and their start.
- `leaders/foreign_ministers_2023-01`: foreign ministers at the end of 2022 and their start; an end only by silence.
- `leaders/reign_leaderlist_2021-03`: the day a person came to lead a state and the month of the end. It names no office, so it supports
  one tenure, of the highest office of a head (monarch, president, prime minister, leader, chair) that begins within 45 days,
  and not where both ends differ. Leading is not holding: Deng led without an office. Another start is another scope.
- `leaders/heads_2021` (to September 2022): heads of states and governments, years only. A day of ours stays unverified.
- `leaders/unga_speakers_1946_2022`: who spoke in the General Debate and in which post. It confirms that the office was held on that day
  of the second half of September (in 2001 of November), never a start or an end, which stay unverified. `@2004..2011`: attested
  in these two years and held in between as far as the list knows; `@2008`: attested once. Until about 2015 its «Minister for
  Foreign Affairs» is a rank that deputies are given as well (Belarus 2010, Kazakhstan 2012): once is weak.
"""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

from bench.world_posts import cabinet_office, offices_of

UNGA = "unga_speakers_1946_2022.xlsx"
REIGN = "reign_leaderlist_2021-03.csv"
HEADS = "heads_2021.csv"
MINISTERS = "foreign_ministers_2023-01.csv"
CABINETS = {"russia-cabinet.csv": "RU", "kazakhstan-cabinet.csv": "KZ", "uzbekistan-ministers.csv": "UZ"}
CURRENT = "world-leaders-current"
HOLDERS = ".holders21.csv"
# The last day that a list knows of: until then its open end says that the office was still held.
AS_OF = {**dict.fromkeys(CABINETS, "2022-07"), MINISTERS: "2022-12", REIGN: "2021-02", HEADS: "2022-09"}
CURRENT_AS_OF = "2026-08"
HEAD_OFFICES = ("monarch", "president", "prime_minister", "leader", "chair")
STATES = Path(__file__).with_name("world_states.tsv")
REPOSITORIES = Path(__file__).with_name("world_cabinets.tsv")

# Code and name of a country in the speakers' sheet where the code is another country's or nobody's.
CODE_SLIPS = {
    ("CHE", "Sweden"): "SWE",
    ("SWE", "Swaziland"): "SWZ",
    ("POR", "Portugal"): "PRT",
    ("POR", "Portuguese Republic"): "PRT",
    ("PKR", "Democratic People’s Republic of Korea"): "PRK",
    ("ZFA", "South Africa"): "ZAF",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a list says: who held which offices (all of a head where it names none), from when, until when. Open as of `as_of`."""

    source: str
    state: str
    offices: tuple[str, ...]
    name: str
    start: str
    end: str
    as_of: str
    acting: bool = False
    wikidata: str = ""

    @property
    def known_until(self) -> str:
        return self.end or self.as_of


@dataclass(frozen=True, slots=True)
class Attestation:
    """One speech in the General Debate: the person had the post on a day between `first` and `last`."""

    state: str
    offices: tuple[str, ...]
    name: str
    year: int
    acting: bool = False
    wikidata: str = ""

    @property
    def days(self) -> tuple[str, str]:
        """The days between which the debate was held: in 2001 put off to November, until 2003 as late as mid-October."""
        if self.year == 2001:
            return "2001-11-10", "2001-11-16"
        return f"{self.year}-09-15", f"{self.year}-10-{'15' if self.year < 2004 else '05'}"


def iter_states() -> Iterator[tuple[str, str, str, list[str]]]:
    """Each state of the lists: our code, the UN list's, REIGN's (empty where a list lacks it), its English names."""
    for line in STATES.read_text("utf-8").splitlines()[1:]:
        code, iso, reign, names = line.split("\t")
        yield code, iso, reign, names.split("|")


def load_repositories() -> dict[str, str]:
    """The lists of cabinets with the code of the state that each is about."""
    return dict(line.split("\t") for line in REPOSITORIES.read_text("utf-8").splitlines()[1:])


def load_claims(folder: Path, cabinets: Path | None = None) -> list[Claim]:
    """All rows with dates of the lists in `folder`, then of the cabinets where their folder is given."""
    by_name = {name: code for code, _, _, names in iter_states() for name in names}
    claims = load_shipped(folder)
    claims += [claim for claim in iter_ministers(folder) if claim.start]
    claims += list(iter_reign(folder))
    claims += _join_runs(_heads(folder, by_name))
    return claims + (load_cabinets(cabinets) if cabinets else [])


def load_shipped(folder: Path) -> list[Claim]:
    """The claims of the three lists of cabinets in `leaders/`."""
    return [claim for file, state in CABINETS.items() for claim in _join_runs(_shipped(folder, file, state))]


def load_cabinets(folder: Path) -> list[Claim]:
    """The claims of `<repository>.holders21.csv` and `world-leaders-current.csv`; a file that is absent says nothing."""
    claims: list[Claim] = []
    for repository, state in load_repositories().items():
        path = folder / f"{repository}{HOLDERS}"
        if path.exists() and f"{repository}.csv" not in CABINETS:  # those lie in leaders/, too
            rows = _read(path)
            claims += _join_runs(_cabinet(rows, f"cabinets/{repository}", state, _as_of(rows)))
    current = folder / f"{CURRENT}.csv"
    return claims + (list(_current(current)) if current.exists() else [])


def load_attestations(path: Path) -> list[Attestation]:
    """The speeches with a name and a post of ours. Before 1994 few posts are given; the sheet's slips in codes are mended."""
    states = {iso: code for code, iso, _, _ in iter_states() if iso} | {"EC": "eu-council-heads"}
    found = []
    for row in read_sheet(path):
        code = CODE_SLIPS.get((row.get("C", ""), row.get("D", "").strip()), row.get("C", ""))
        state, post = states.get(code), row.get("F", "")
        if not state or not row.get("E") or not row.get("A", "").isdigit():
            continue
        if state == "eu" and "Council" in post:
            state = "eu-council-heads"
        offices = ("council_president",) if state == "eu-council-heads" else offices_of(post, state)
        if offices:
            acting = bool(re.search("acting|interim", post.lower()))
            found.append(Attestation(state, offices, " ".join(row["E"].split()), int(row["A"]), acting))
    return found


def iter_reign(folder: Path) -> Iterator[Claim]:
    states = {reign: code for code, _, reign, _ in iter_states() if reign}
    for row in _read(folder / REIGN):
        if row["stateabb"] in states:
            start = f"{int(row['syear'])}-{int(row['smonth']):02}-{int(row['sdate']):02}"
            end = f"{int(row['eyear'])}-{int(row['emonth']):02}" if row["eyear"] else ""
            for name in re.split(" and | & ", row["leader"].strip()):  # the captains regent of San Marino are two
                yield Claim(f"leaders/{REIGN}", states[row["stateabb"]], HEAD_OFFICES, name, start, end, AS_OF[REIGN])


def _shipped(folder: Path, file: str, state: str) -> Iterator[Claim]:
    return _cabinet(_read(folder / file), f"leaders/{file}", state, AS_OF[file])


def _cabinet(rows: Iterable[dict[str, str]], source: str, state: str, as_of: str) -> Iterator[Claim]:
    for row in rows:
        office, acting = cabinet_office(row["position"], state)
        if office and row["person"] and row["start"]:
            who, qid = " ".join(row["person"].split()), row["personID"]
            yield Claim(source, state, (office,), who, row["start"], row["end"] or "", as_of, acting, qid)


def _as_of(rows: Iterable[dict[str, str]]) -> str:
    """The month of the latest row: what changed later the list may not know."""
    return max((day[:7] for row in rows for day in (row["start"], row["end"]) if day and len(day) >= 7), default="2000")


def _current(path: Path) -> Iterator[Claim]:
    for row in _read(path):
        for title, name, since in (
            ("HoS Title", "Head of State", "HoS Since"),
            ("HoG Title", "Head of Government", "HoG Since"),
        ):
            title, name, since = row[title], row[name], row[since]
            office, _ = cabinet_office(re.sub(r"Sultan and | \(King\)$", "", title), row["ISO"])
            if office and name and since:
                of = {"commission_president": "eu-commission", "council_president": "eu-council-heads"}.get(
                    office, row["ISO"]
                )
                yield Claim(f"cabinets/{CURRENT}", of, (office,), name, since, "", CURRENT_AS_OF)


def iter_ministers(folder: Path) -> Iterator[Claim]:
    """The foreign ministers at the end of 2022; of some the list has no start."""
    states = {name: code for code, _, _, names in iter_states() for name in names}
    for row in _read(folder / MINISTERS):
        state = states.get(row["countryLabel"])
        if state and row["name"]:
            office = "secretary_of_state" if state == "US" else "foreign_minister"
            who, qid = row["name"], row["person"]
            yield Claim(
                f"leaders/{MINISTERS}", state, (office,), who, row["start"] or "", "", AS_OF[MINISTERS], wikidata=qid
            )


def _heads(folder: Path, states: dict[str, str]) -> Iterator[Claim]:
    for row in _read(folder / HEADS):
        state, offices = states.get(row["country"]), offices_of(row["positionLabel"], "")
        if state and offices and row["start_year"]:
            who, qid, end = row["officeholderLabel"], row["officeholder"], row["end_year"] or ""
            yield Claim(f"leaders/{HEADS}", state, offices, who, row["start_year"], end, AS_OF[HEADS], wikidata=qid)


def _join_runs(claims: Iterable[Claim]) -> list[Claim]:
    """Rows of one person and office where one begins as the other ends are one holding: two cabinets, a re-election."""
    joined: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (c.state, c.offices, c.name, c.acting, c.start)):
        last = joined[-1] if joined else None
        same = last and replace(last, start=claim.start, end=claim.end) == claim and last.end == claim.start
        if last and same and len(last.end) == 10:
            joined[-1] = replace(last, end=claim.end)
        else:
            joined.append(claim)
    return joined


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        return list(csv.DictReader(lines))


def read_sheet(path: Path) -> Iterator[dict[str, str]]:
    """The rows of the first sheet of an xlsx file: column letter to text. No library: a sheet is zipped XML."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as packed:
        strings = ElementTree.fromstring(packed.read("xl/sharedStrings.xml"))
        shared = ["".join(t.text or "" for t in item.iter(f"{space}t")) for item in strings]
        sheet = ElementTree.fromstring(packed.read("xl/worksheets/sheet1.xml"))
    for row in sheet.iter(f"{space}row"):
        cells = {re.sub(r"\d", "", cell.get("r", "")): (cell.get("t"), cell.findtext(f"{space}v")) for cell in row}
        yield {column: shared[int(v)] if kind == "s" else v for column, (kind, v) in cells.items() if v}
