"""A report as JSON, and back: what scripts read; nothing is left out."""

import msgspec

from communique.errors import RecordError
from communique.reports.report import Report


def render_json(report: Report) -> str:
    """Indented JSON; the same report gives the same letters."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode() + "\n"


def decode_report(data: str | bytes) -> Report:
    """The report behind its JSON; raises RecordError for anything else."""
    try:
        return msgspec.json.decode(data, type=Report)
    except (msgspec.DecodeError, ValueError) as error:
        raise RecordError(f"not a report: {error}") from None
