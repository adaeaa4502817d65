"""The options of measures over folders of texts: which gold, which of its folders, whether to show what is wrong."""

import argparse
from pathlib import Path


def parse_folders(about: str | None, gold: Path) -> tuple[list[Path], bool]:
    """The folders that are asked for, in the order of their names, and whether to show each difference."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=gold, metavar="DIR")
    parser.add_argument("--only", nargs="*", metavar="FOLDER", help="some of its folders")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    folders = [f for f in sorted(given.gold.iterdir()) if f.is_dir() and (not given.only or f.name in given.only)]
    return folders, given.show
