"""The small archive of today's schema that stays as a fixture: two documents, two versions, a judgement, a tombstone.

    python -m bench.archive_fixture tests/archives/schema-1.db

Run it once, when a schema is new; never for a schema that has been released.
"""

import sys
from pathlib import Path

from communique import Archive
from communique.errors import ArchiveError

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from kept import keep, release


def make_fixture(path: Path) -> None:
    """Write it; an archive that is there is left alone."""
    if path.exists():
        raise ArchiveError(f"{path} is there already; a fixture of a released schema never changes")
    keep(
        path,
        release("d1", published="2024-05-14"),
        release("d1", "Берег и Холм провели переговоры.", published="2024-05-14"),
    )
    keep(path, release("d2", "Салан принял посла.", published="2024-06-01"), release("d3", "Салан."))
    archive = Archive(path)
    archive.judge(archive.show("d1").meetings[0].key, "confirmed", by="test")
    archive.forget("d3")


if __name__ == "__main__":
    make_fixture(Path(sys.argv[1]))
