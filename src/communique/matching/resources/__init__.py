"""Words that matching compares by, a file a language."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def _load(language: str) -> dict[str, Any]:
    path = files(__name__) / f"{language}.yml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text("utf-8"), Loader=loader) if path.is_file() else {}


def load_table(language: str, name: str) -> Any:
    """One entry of a language's file; an empty one of a language that has none."""
    return _load(language).get(name) or {}


@cache
def load_words(language: str, name: str) -> tuple[str, ...]:
    """One list of a language, with ё as е.

    >>> "меморандум" in load_words("ru", "papers"), load_words("xx", "papers")
    (True, ())
    """
    return tuple(str(w).replace("ё", "е") for w in load_table(language, name))
