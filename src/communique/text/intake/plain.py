"""Plain text in any encoding: bytes -> Release."""

from communique.text.intake.encoding import decode
from communique.text.release import Release


def read_plain(data: bytes, source: str, charset: str | None = None) -> Release:
    """The release of a text file, which has no title or date of its own; raises IntakeError for what is no text."""
    return Release(text=decode(data, charset), original=data, source=source)
