"""The word lists of the meeting rules, as sets and lexicons."""

from functools import cache
from typing import cast

from communique.finding.lexicon import Lexicon, load_resource
from communique.record.vocabulary import MeetingKind


@cache
def nouns() -> Lexicon[MeetingKind]:
    return Lexicon(cast("dict[str, MeetingKind]", load_resource("ru", "meetings")["nouns"]))


@cache
def meet_verbs() -> dict[str, MeetingKind]:
    return dict(load_resource("ru", "meetings")["meet"])


@cache
def group(name: str) -> frozenset[str]:
    """One list of `meetings.yml` as a set of lemmas."""
    return frozenset(w.replace("ё", "е") for w in load_resource("ru", "meetings")[name])
