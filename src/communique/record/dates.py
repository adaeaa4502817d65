"""Dates as texts give them: an EDTF value with its precision, and the words it came from."""

import re

import msgspec

from communique.errors import RecordError
from communique.record.vocabulary import DateQualifier, Precision

# EDTF, ISO 8601-2 level 1, as far as the record uses it: 2021-12-28, XXXX-12-28, 2021-12, 2021, 2021-33, A/B.
_ONE = (
    r"(?:(?:\d{4}|XXXX)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|XXXX-(?:0[1-9]|1[0-2])"
    r"|\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4]|3[3-6]|4[01]))?)"
)
EDTF = re.compile(rf"{_ONE}(?:/{_ONE})?")


class Date(msgspec.Struct, frozen=True, kw_only=True):
    """One date or interval; `original` is the words of the text, or the header value it came from."""

    value: str
    precision: Precision
    qualifier: DateQualifier | None = None
    weekday: str | None = None
    time: str | None = None
    zone: str | None = None
    original: str

    def __post_init__(self) -> None:
        if not EDTF.fullmatch(self.value):
            raise RecordError(f"{self.value!r} is no EDTF date; write 2021-12-28, XXXX-12-28, 2021-12 or 2021")
