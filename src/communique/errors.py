"""Every error the library raises on purpose.

CommuniqueError
├── ArchiveError       an archive that cannot be opened, read or written; the message says what was kept
│   └── UnknownDocument   an id that the archive does not have
├── EvidenceError      a fact whose words are not in its text (also a ValueError)
├── IntakeError        bytes that cannot become a release
├── RecordError        a record that breaks the contract or cannot be decoded
└── WorldError         world data that is wrong: file, line, remedy
"""


class CommuniqueError(Exception):
    """Base of all errors; the message says what was wrong, the value, and the remedy."""


class ArchiveError(CommuniqueError):
    """An archive that cannot be opened, read or written, or does not hold what was asked for."""


class UnknownDocument(ArchiveError):
    """No document of the archive has this id or address."""


class EvidenceError(CommuniqueError, ValueError):
    """A fact whose evidence is missing, or is not in the document's text."""


class IntakeError(CommuniqueError):
    """An input that cannot be read as a release; `code` is for scripts."""

    def __init__(self, message: str, code: str = "unreadable") -> None:
        super().__init__(message)
        self.code = code


class RecordError(CommuniqueError):
    """A record that breaks the contract, or bytes that are no record."""


class WorldError(CommuniqueError):
    """World data that is wrong; the message names the file and the line."""
