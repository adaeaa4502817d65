"""The shipped world's layer of the alias index in two files: built once for a version of the world, mapped ever after.

In: a folder for such files. Out: a `Layer`. The forms are a MARISA trie that the system maps into memory; the aliases are one
MessagePack array. A file that is missing, cut off or another version's is built anew, and where the folder cannot be
written the layer is made in memory: a cache never stops a run.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from tempfile import mkstemp

import marisa_trie
import msgspec

from communique.world.index import Alias, Entry, Layer, number_words

_KEPT = 4  # versions in the folder; older ones are swept


class Header(msgspec.Struct, array_like=True):
    """What the aliases' file says of itself: the size of the trie it belongs to, then the aliases."""

    trie_bytes: int
    aliases: list[Alias]


def compiled_layer(version: str, entries: Callable[[], Iterable[Entry]], folder: Path | None) -> Layer:
    """The layer of this version of the world's rows; `entries` is called only where it has to be built."""
    if folder is None:
        return _in_memory(entries())
    stem = folder / f"world-{version}-{_code_version()}"
    found = _open(stem)
    if found is not None:
        return found
    forms, aliases = number_words(entries())
    trie = marisa_trie.RecordTrie("<I", ((form, (number,)) for form, ids in forms.items() for number in ids))
    try:
        _save(stem, trie, aliases)
    except OSError:
        return _layer(trie, aliases)
    return _open(stem) or _layer(trie, aliases)


def _in_memory(entries: Iterable[Entry]) -> Layer:
    forms, aliases = number_words(entries)
    known = {form: tuple(ids) for form, ids in forms.items()}
    return Layer(lambda form: known.get(form, ()), aliases)


def _layer(trie: marisa_trie.RecordTrie, aliases: list[Alias]) -> Layer:
    get = trie.get

    def ids(form: str) -> tuple[int, ...]:
        found = get(form)
        return tuple(number for (number,) in found) if found else ()

    return Layer(ids, aliases)


def _open(stem: Path) -> Layer | None:
    forms = stem.with_suffix(".forms")
    try:
        header = msgspec.msgpack.decode(stem.with_suffix(".aliases").read_bytes(), type=Header)
        if forms.stat().st_size != header.trie_bytes:
            return None
        trie = marisa_trie.RecordTrie("<I")
        trie.mmap(str(forms))
    except (OSError, msgspec.MsgspecError, RuntimeError, ValueError):
        return None
    return _layer(trie, header.aliases)


def _save(stem: Path, trie: marisa_trie.RecordTrie, aliases: list[Alias]) -> None:
    """Whole files under other names first: a reader beside us sees the old ones or the new ones."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    data = trie.tobytes()
    _replace(stem.with_suffix(".forms"), data)
    _replace(stem.with_suffix(".aliases"), msgspec.msgpack.encode(Header(len(data), aliases)))
    _sweep(stem.parent)


def _replace(path: Path, data: bytes) -> None:
    handle, name = mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    """Only the newest few versions stay."""
    kept = sorted(folder.glob("world-*.aliases"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in kept[_KEPT:]:
        old.unlink(missing_ok=True)
        old.with_suffix(".forms").unlink(missing_ok=True)


@cache
def _code_version() -> str:
    """A hash of the code that makes forms: a new rule of declension is a new file."""
    here = Path(__file__).parent
    sources = (here / "index.py", *sorted((here / "names").glob("*.py")))
    return hashlib.sha256(b"".join(p.read_bytes() for p in sources)).hexdigest()[:8]
