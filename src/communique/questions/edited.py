"""Two versions of one page beside each other: sentences that were taken out, put in or reworded.

In: the records of both versions. Out: `Edit`s, each with cells that quote both wordings.
"""

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from communique.record.document import LONGEST_EVIDENCE, Document
from communique.record.record import Record
from communique.reports.report import Footnotes, Run
from communique.text.segment import Tokens, find_tokens

_WORDS = {"delete": "taken out", "insert": "put in", "replace": "reworded"}


class Edit(NamedTuple):
    """One place of a page: what became of it, and the wordings of both versions."""

    what: str
    runs: tuple[Run, ...]


def iter_edits(before: Record, after: Record, names: tuple[str, str], footnotes: Footnotes) -> Iterator[Edit]:
    """The edits in the order of the text; `names` are what the two versions are called."""
    old, new = find_tokens(before.document.text), find_tokens(after.document.text)
    for kind, gone, come in _differing(_sentences(old), _sentences(new)):
        runs = [Run(f"{names[0]}: ")] if gone else []
        runs += [_sentence(before.document, old, n, footnotes) for n in gone]
        runs += [Run(f"{names[1]}: ")] if come else []
        runs += [_sentence(after.document, new, n, footnotes) for n in come]
        yield Edit(_WORDS[kind], tuple(runs))


def _sentences(tokens: Tokens) -> list[str]:
    return [" ".join(tokens.low[first:last]) for first, last in tokens.sentences]


def _differing(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, range, range]]:
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield kind, range(a, b), range(c, d)


def _sentence(doc: Document, tokens: Tokens, number: int, footnotes: Footnotes) -> Run:
    first, last = tokens.sentences[number]
    start, end = tokens.start[first], tokens.end[last - 1]
    cited = doc.cite(start, min(end, start + LONGEST_EVIDENCE), "words")
    return Run(f"«{cited.quote}» ", (footnotes.words(doc, cited),))
