"""What is wrong with a row of an import: where it stands, what is wrong, and what to do."""

from typing import Literal

import msgspec

Unit = Literal["line", "binding"]
FindingKind = Literal[
    "cells", "no_name", "unknown_person", "ambiguous_person", "unknown_state", "no_state", "two_states", "unknown_organisation",
    "unknown_office", "several_offices", "unknown_standing", "unknown_gender", "no_date", "bad_date", "reversed_dates",
    "duplicate", "contradiction",
]  # fmt: skip


class ImportFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One row that could not be used, or with `kept` not all of it.

    `number` counts the lines of a table from 1, its header, and the bindings of an answer in JSON from 1.
    """

    kind: FindingKind
    file: str
    unit: Unit
    number: int
    what: str
    remedy: str
    kept: bool = False

    @property
    def place(self) -> str:
        """As an editor opens it, where the file has lines.

        >>> finding = ImportFinding(kind="no_date", file="a.csv", unit="line", number=4, what="no start", remedy="add it")
        >>> finding.place, msgspec.structs.replace(finding, file="a.json", unit="binding").place
        ('a.csv:4', 'a.json, binding 4')
        """
        return f"{self.file}:{self.number}" if self.unit == "line" else f"{self.file}, {self.unit} {self.number}"


class Refused(Exception):
    """A row that cannot be used, on its way to its finding; it never leaves this package."""

    def __init__(self, kind: FindingKind, what: str, remedy: str) -> None:
        super().__init__(what)
        self.kind, self.what, self.remedy = kind, what, remedy

    def finding(self, file: str, unit: Unit, number: int, *, kept: bool = False) -> ImportFinding:
        return ImportFinding(
            kind=self.kind, file=file, unit=unit, number=number, what=self.what, remedy=self.remedy, kept=kept
        )
