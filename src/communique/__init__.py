"""Communiqué reads official readouts and keeps the record of diplomacy, every fact on the words that state it.

    import communique
    record = communique.read("14 мая Президент Веланды Иван Берег принял Премьер-министра Лирии Анну Холм.")

The public names are loaded on first use, so that `import communique` reads no dictionary.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from communique.errors import ArchiveError, CommuniqueError, EvidenceError, IntakeError, RecordError, WorldError

if TYPE_CHECKING:
    from communique.api import iter_records, read
    from communique.keep import Archive
    from communique.record.codec import decode, encode
    from communique.record.record import Record
    from communique.world.world import load_world

__version__ = "0.1.0"
__all__ = [
    "Archive",
    "ArchiveError",
    "CommuniqueError",
    "EvidenceError",
    "IntakeError",
    "Record",
    "RecordError",
    "WorldError",
    "decode",
    "encode",
    "iter_records",
    "load_world",
    "read",
]
_HOME = {
    "Archive": "communique.keep",
    "Record": "communique.record.record",
    "decode": "communique.record.codec",
    "encode": "communique.record.codec",
    "iter_records": "communique.api",
    "load_world": "communique.cache",
    "read": "communique.api",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'communique' has no attribute {name!r}; public are {', '.join(__all__)}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *_HOME]
