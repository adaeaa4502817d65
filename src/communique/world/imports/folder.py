"""The folder of an import: checked before it is written, written whole, and never over files of somebody else.

In: the files of an `Import` by name. Out: the files, and beside them `import.json`, which says of what they were made.
"""

import hashlib
import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import msgspec

from communique.errors import WorldError
from communique.world.check import Finding, check_world
from communique.world.tables import COLUMNS

FILES = ("people.tsv", "tenures.tsv")
NOTE = "import.json"
_MADE_BY = "communique world import"
_ELSEWHERE = "name another folder with --to, or write --replace"


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What an import wrote: of which file, and the hash of each of its own."""

    made_by: str
    of: str
    files: dict[str, str]


def check_folder(folder: Path, below: Sequence[Path]) -> None:
    """WorldError where an import cannot go into this folder: it is a file, or its rows are what is compared with."""
    if folder.exists() and not folder.is_dir():
        raise WorldError(f"{folder} is no folder; name one with --to, it is made where it is missing")
    if any(folder.resolve() == Path(path).resolve() for path in below):
        raise WorldError(f"{folder} stands in --world and in --to; keep what is imported in a folder of its own")


def check_files(folder: Path, of: str) -> None:
    """WorldError where a file that an import writes is there, and was not made by an import of the file `of`."""
    note = _note(folder)
    for path in (folder / name for name in FILES if (folder / name).exists()):
        if note is None or note.files.get(path.name) != _hash(path.read_bytes()):
            raise WorldError(f"{path} was not made by an import, or was changed since; {_ELSEWHERE}")
        if note.of != of:
            raise WorldError(f"{path} was made of {note.of}, which would be lost; {_ELSEWHERE}")


def check_tables(folder: Path, tables: Mapping[str, str], below: Sequence[Path]) -> list[Finding]:
    """The errors that the world would have in this folder with these files in it, on top of those below."""
    with TemporaryDirectory() as name:
        tried = Path(name)
        for path in (folder / f"{table}.tsv" for table in COLUMNS):
            if path.name not in tables and path.is_file():
                shutil.copyfile(path, tried / path.name)
        _write(tried, tables)
        found = [f for f in check_world([*below, tried]) if Path(f.file).parent == tried and f.severity == "error"]
    return [
        msgspec.structs.replace(f, file=str(folder / Path(f.file).name), what=f.what.replace(name, str(folder)))
        for f in found
    ]


def write_files(folder: Path, of: str, tables: Mapping[str, str]) -> list[Path]:
    """Write the files and the note about them; returns the paths. All of them, or, stopped at any moment, none."""
    note = Note(made_by=_MADE_BY, of=of, files={n: _hash(text.encode()) for n, text in tables.items()})
    texts = {**tables, NOTE: msgspec.json.format(msgspec.json.encode(note), indent=1).decode() + "\n"}
    missing = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staged = Path(mkdtemp(dir=folder, prefix=".import-"))
        try:
            _write(staged, texts)
            _move(staged, folder, texts)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            if missing:
                folder.rmdir()
            raise
        staged.rmdir()
    except OSError as error:
        raise WorldError(f"{folder} cannot be written ({error.strerror}); name another folder with --to") from None
    return [folder / name for name in texts]


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())


def _move(staged: Path, folder: Path, names: Collection[str]) -> None:
    """Each file is the old or the new one at any moment; if we are stopped between two, the old ones come back."""
    old = {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}
    try:
        for name in names:
            (staged / name).replace(folder / name)
    except BaseException:
        for name in names:
            if name in old:
                (staged / name).write_bytes(old[name])
                (staged / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise


def _note(folder: Path) -> Note | None:
    try:
        return msgspec.json.decode((folder / NOTE).read_bytes(), type=Note)
    except (OSError, msgspec.MsgspecError):
        return None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
