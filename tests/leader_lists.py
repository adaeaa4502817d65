"""A small world, and lists of leaders in the formats of the public ones, composed here: no row of a list is here. States are real codes."""

import re
import zipfile
from pathlib import Path

from bench.world_compare import Report, compare_world
from bench.world_lists import CURRENT, HEADS, HOLDERS, MINISTERS, REIGN, UNGA, load_attestations, load_claims
from bench.world_roster import Roster

PEOPLE = """
kz-dubov Арслан Дубов||m||
kz-dubov-oleg Олег Дубов||m||
kz-lipov Ержан Липов||m||
kz-klenova Роза Кленова||f|Rosa Klenova|Q501
kz-kedrov Марат Кедров||m|Marat Kedrov|Q502
kz-kedrov-petr Пётр Кедров||m||
ru-sosnin Павел Соснин||m||
hr-grabic Иво Грабич||m|Ivo Grabić|
"""
HEADERS = {
    MINISTERS: "person,name,country,countryLabel,position,positionLabel,start,psid",
    HEADS: "countryid,country,position,positionLabel,officeholder,officeholderLabel,start_year,end_year",
    REIGN: "stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear",
    "kazakhstan-cabinet.csv": "position,person,personID,start,end",
    "russia-cabinet.csv": "position,person,personID,start,end",
    "uzbekistan-ministers.csv": "position,person,personID,start,end",
}
CABINET = "leaders/kazakhstan-cabinet.csv"


def tsv(text: str) -> str:
    return "\n".join("\t".join(line.split("|")) for line in text.strip().splitlines()) + "\n"


def make_world(folder: Path, tenures: str) -> Path:
    """A world of the people above; a tenure is written «person office state start end standing source» with - for empty."""
    folder.mkdir()
    (folder / "people.tsv").write_text(
        "id\tname_ru\tvariants_ru\tgender\tname_en\twikidata\n" + tsv(re.sub(r"(?m)^(\S+) ", r"\1|", PEOPLE)), "utf-8"
    )
    (folder / "states.tsv").write_text("code\tname_ru\nRU\tРоссия\nKZ\tКазахстан\nHR\tХорватия\nCL\tЧили\n", "utf-8")
    rows = [["" if cell == "-" else cell for cell in line.split()] for line in tenures.strip().splitlines()]
    lines = ["person\toffice\tof\tstart\tend\tstanding\tsource", *("\t".join(row) for row in rows)]
    (folder / "tenures.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def make_sheet(path: Path, rows: list[tuple[str, ...]]) -> None:
    """An xlsx file of shared strings, as spreadsheets write it: the year as a number, an empty cell left out."""
    strings = sorted({cell for row in rows for cell in row[1:] if cell})
    cells = [
        "<row>"
        + f'<c r="A{n}"><v>{row[0]}</v></c>'
        + "".join(
            f'<c r="{c}{n}" t="s"><v>{strings.index(v)}</v></c>' for c, v in zip("CDEF", row[1:], strict=True) if v
        )
        + "</row>"
        for n, row in enumerate(rows, 2)
    ]
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "xl/sharedStrings.xml", f"<sst {space}>{''.join(f'<si><t>{s}</t></si>' for s in strings)}</sst>"
        )
        packed.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{''.join(cells)}</sheetData></worksheet>"
        )


def make_lists(folder: Path, lists: dict[str, str], speeches: str = "") -> Path:
    leaders = folder / "leaders"
    leaders.mkdir(parents=True)
    for name, header in HEADERS.items():
        rows = [line.strip() for line in lists.get(name, "").strip().splitlines()]
        (leaders / name).write_text("\n".join([header, *rows]) + "\n", "utf-8")
    said = [tuple(cell.strip() for cell in line.split("|")) for line in speeches.strip().splitlines()]
    make_sheet(leaders / UNGA, [(year, "KAZ", "Kazakhstan", name, post) for year, name, post in said])
    return folder


def make_cabinets(folder: Path, lists: dict[str, str], current: str = "") -> Path:
    folder.mkdir()
    for repository, rows in lists.items():
        lines = ["position,person,personID,start,end", *(line.strip() for line in rows.strip().splitlines())]
        (folder / f"{repository}{HOLDERS}").write_text("\n".join(lines) + "\n", "utf-8")
    if current:
        header = '"Country","ISO","HoG Title","Head of Government","HoG Since","HoS Title","Head of State","HoS Since"'
        (folder / f"{CURRENT}.csv").write_text(f"{header}\n{current}\n", "utf-8")
    return folder


def compared(
    tmp_path: Path,
    tenures: str,
    lists: dict[str, str] | None = None,
    speeches: str = "",
    *,
    cabinets: dict[str, str] | None = None,
    current: str = "",
) -> Report:
    """What the composed lists say of the composed tenures; cabinets are read where some are given."""
    roster = Roster(make_world(tmp_path / "world", tenures))
    leaders = make_lists(tmp_path / "data", lists or {}, speeches) / "leaders"
    folder = make_cabinets(tmp_path / "cabinets", cabinets or {}, current) if cabinets or current else None
    return compare_world(roster, load_claims(leaders, folder), load_attestations(leaders / UNGA))


def sources(report: Report) -> list[str]:
    return [finding.source for finding in report.findings]
