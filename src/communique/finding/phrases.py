"""Phrases with stems and slots: «торгов*», «ситуац* в <place>», «внимание <any> удел*».

A word ending in `*` matches a beginning, also of a part after a hyphen; `<place>`, `<org>`, `<adjective>`, `<any>` are slots;
any other word matches in all its forms. The longest phrase wins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from communique.finding.lexicon import load_resource
from communique.finding.page import Mention, Page


@dataclass(frozen=True, slots=True)
class Pattern:
    """One phrase of the resource and the codes it gives."""

    words: tuple[str, ...]
    codes: tuple[str, ...]


class Phrases:
    """Phrases by the first three letters of their first word; the longest wins, equally long ones give all their codes."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        codes: dict[tuple[str, ...], list[str]] = {}
        for code, phrases in table.items():
            for phrase in phrases:
                codes.setdefault(tuple(str(phrase).lower().replace("ё", "е").split()), []).append(code)
        self._by_start: dict[str, list[Pattern]] = {}
        for words, found in sorted(codes.items(), key=lambda entry: (-len(entry[0]), entry[0])):
            self._by_start.setdefault(words[0].rstrip("*-")[:3], []).append(Pattern(words, tuple(found)))

    def match(self, page: Page, at: int, last: int) -> tuple[Pattern, int] | None:
        """The longest phrase that begins at token `at`, and the token after it."""
        if at >= last:
            return None
        found: list[tuple[int, Pattern]] = []
        for start in _starts(page, at):
            for pattern in self._by_start.get(start, ()):
                end = _end_of(page, pattern.words, at, last)
                if end is not None:
                    found.append((end, pattern))
        if not found:
            return None
        longest = max(end for end, _ in found)
        best = sorted((p for end, p in found if end == longest), key=lambda p: p.words)
        codes = tuple(dict.fromkeys(code for p in best for code in p.codes))
        return Pattern(best[0].words, codes), longest


def _starts(page: Page, i: int) -> set[str]:
    parts = page.low[i].split("-")
    return {w[:3] for w in (*parts, *page.words[i].lemmas)} | {p[:2] for p in parts if len(p) <= 3}


def _end_of(page: Page, words: tuple[str, ...], at: int, last: int) -> int | None:
    i = at
    for word in words:
        if i >= last or (step := _fits(page, word, i)) is None:
            return None
        i = step
    return i


def _fits(page: Page, word: str, i: int) -> int | None:
    """The token after the one that fits this word of a phrase, or None."""
    mention = page.covering.get(i)
    if word == "<place>":
        i = _skip_adjectives(page, i)
        mention = page.covering.get(i)
        return mention.last if mention is not None and mention.kind in ("state", "place") else None
    if word == "<org>":
        return mention.last if mention is not None and _integrates(page, mention) else None
    if word == "<adjective>":
        return i + 1 if page.words[i].pos & {"ADJF"} else None
    if word == "<any>":
        return i + 1 if page.tokens.is_word(i) else None
    if word.endswith("*"):
        stem = word[:-1]
        fits = page.low[i].startswith(stem) or any(part.startswith(stem) for part in page.low[i].split("-"))
        return i + 1 if fits else None
    return i + 1 if page.low[i] == word or word in page.words[i].lemmas else None


def _integrates(page: Page, mention: Mention) -> bool:
    """СНГ, ЕАЭС, ШОС and their bodies; not the UN, the EU or NATO."""
    if mention.kind not in ("organisation", "body", "format") or mention.key is None:
        return False
    key, steps = mention.key, 0
    while key in page.world.organisations and steps < 5:
        if key in _no_integration():
            return False
        key, steps = page.world.organisations[key].parent, steps + 1
    return True


def _skip_adjectives(page: Page, i: int) -> int:
    while i + 1 < len(page.tokens) and i not in page.covering and page.words[i].pos == {"ADJF"}:
        i += 1
    return i


@cache
def _no_integration() -> frozenset[str]:
    return frozenset(load_resource("ru", "topics")["no_integration"])
