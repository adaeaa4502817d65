"""Where files are kept that can be made anew: the user's cache, or the folder that COMMUNIQUE_CACHE names."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.world.world import World


def cache_folder() -> Path | None:
    """The folder for the index of names; None where COMMUNIQUE_CACHE is set and empty: keep nothing."""
    import platformdirs

    named = os.environ.get("COMMUNIQUE_CACHE")
    return Path(named or platformdirs.user_cache_dir("communique", appauthor=False)) if named != "" else None


def load_world(overlays: Sequence[Path] = ()) -> "World":
    """The world that ships, with overlay folders on top; raises WorldError with file, line and remedy."""
    from communique.world import world

    return world.load_world(overlays, cache_folder())
