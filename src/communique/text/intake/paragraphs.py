"""Printed lines -> paragraphs: lines joined, hyphenation undone, running heads and page numbers left out.

In: the pages of a PDF. Out: text, one paragraph a line. A word that was broken at the end of a line keeps a soft hyphen
there, which the normaliser drops by its kept map; nothing else is added or changed but spaces and line ends.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from communique.text.intake.pdf_pages import Line, Page
from communique.text.morphology import word

_SOFT_HYPHEN = "\u00ad"
_BULLET = re.compile(r"[•▪◦‣●■]|\d{1,2}[.)] ")
_SENTENCE_END = re.compile(r"[.!?…:;][»”\")]*$")
_BROKEN = re.compile(r"(\w+)[-\u2010]$")  # «прези-», not « – » and not «2020-»
_WORD = re.compile(r"\w+(?:-\w+)*")
_DIGITS = re.compile(r"\d+")
_EDGE = 2  # lines from the top or the bottom of a page, where running heads stand


class Placed(NamedTuple):
    """A line with what its page says of it: the margins of its column, and the usual step from line to line."""

    line: Line
    page: int
    left: float
    right: float
    step: float


def join_pages(pages: Sequence[Page]) -> str:
    """The paragraphs of these pages, one a line."""
    placed = [place for number, lines in enumerate(_without_running(pages)) for place in _places(lines, number)]
    forms = {form.lower() for place in placed for form in _WORD.findall(place.line.text)}
    paragraphs = ("".join(_glued(group, forms)) for group in _groups(placed))
    return "\n".join(paragraphs)


def _groups(placed: Sequence[Placed]) -> Iterator[list[Placed]]:
    group: list[Placed] = []
    for place in placed:
        if group and not continues(group[-1], place):
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def continues(above: Placed, below: Placed) -> bool:
    """Whether a line goes on with the paragraph of the line above it, or at the end of the page before."""
    a, b = above.line, below.line
    step = a.bottom - b.bottom
    beside = above.page == below.page and abs(step) < 0.5 * a.size
    if beside or _BULLET.match(b.text) or abs(a.size - b.size) > 0.15 * a.size:
        return False
    if above.page == below.page and step > min(1.35 * above.step, 2.6 * a.size):
        return False
    turned = above.page != below.page or step < 0  # to the next page or column
    ended = bool(_SENTENCE_END.search(a.text))
    if not ended and (b.text[:1].islower() or _BROKEN.search(a.text)):
        return True  # «принял участие в» / «встрече лидеров»
    if (a.font and b.font and a.font != b.font) or (ended and turned):
        return False
    indented = b.x0 > below.left + 0.8 * b.size
    return not (ended and indented) and not _would_have_fitted(above, b)


def _would_have_fitted(above: Placed, below: Line) -> bool:
    """Whether the first word below had room on the line above: then that line ended a paragraph."""
    letter = (below.x1 - below.x0) / len(below.text)
    first = len(below.text.split()[0])
    return above.line.x1 + (first + 1) * letter < above.right - 0.3 * letter


def _places(lines: Sequence[Line], page: int) -> Iterator[Placed]:
    for line in lines:
        column = [n for n in lines if n.x0 < line.x1 and n.x1 > line.x0 and abs(n.size - line.size) < 0.15 * line.size]
        yield Placed(line, page, min(n.x0 for n in column), max(n.x1 for n in column), _usual_step(column))


def _usual_step(lines: Sequence[Line]) -> float:
    """From line to line within a paragraph: the lower quartile, because the step between paragraphs may be wider.

    Of one or two steps nobody knows which kind they are: they are no more than a line and a half.
    """
    steps = sorted(a.bottom - b.bottom for a, b in pairwise(lines) if a.bottom - b.bottom > 0.5 * a.size)
    usual = steps[len(steps) // 4] if steps else 0.0
    return usual if len(steps) > 2 else min(usual, 1.5 * lines[0].size)


def _glued(group: Sequence[Placed], forms: set[str]) -> Iterator[str]:
    for place, following in zip(group, [*group[1:], None], strict=True):
        yield glue(place.line.text, following.line.text, forms) if following else place.line.text


def glue(text: str, following: str, forms: Iterable[str]) -> str:
    """The words of a line with what joins them to the next: a space, nothing, or a soft hyphen for a broken word.

    >>> glue("Пре-", "зидент принял", ()), glue("Премьер-", "министр", ()), glue("встреча –", "первая", ())
    ('Пре\\xad', 'Премьер-', 'встреча – ')
    """
    if text.endswith(_SOFT_HYPHEN):
        return text
    broken = _BROKEN.search(text)
    if not broken or not following[:1].isalnum():
        return text + " "
    second = _WORD.match(following)
    assert second is not None
    return text if _is_compound(broken[1], second[0], set(forms)) else text[:-1] + _SOFT_HYPHEN


def _is_compound(first: str, second: str, forms: set[str]) -> bool:
    """Whether the hyphen at the end of a line is the word's own: «Премьер-» / «министр», «2020-» / «2025»."""
    if not second[0].islower() or first[-1].isdigit():
        return True
    whole, joined = f"{first}-{second}".lower(), (first + second).lower()
    if whole in forms or joined in forms:
        return whole in forms
    if not _is_cyrillic(joined) or word(joined).known:
        return False
    return word(whole).known or (len(second) > 3 and word(second.lower()).known)


def _is_cyrillic(form: str) -> bool:
    return all("а" <= c <= "ё" or c == "-" for c in form)


def _without_running(pages: Sequence[Page]) -> Iterator[list[Line]]:
    """The lines of each page without its number, and without heads and feet that stand on half of the pages.

    The head of the first page stays: it may be the only place that names the publisher.
    """
    edges = [_edges(page.lines) for page in pages]
    seen = Counter(key for edge in edges for key in {_running_key(line) for line in edge})
    often = {key for key, count in seen.items() if count >= max(2, len(pages) / 2)}
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        running = {line for line in edge if _running_key(line) in often}
        if number == 0:
            running = {line for line in running if not _is_head(line, page.lines)}
        yield [line for line in page.lines if line not in running]


def _edges(lines: Sequence[Line]) -> list[Line]:
    down = sorted(lines, key=lambda line: -line.bottom)
    return [*down[:_EDGE], *down[_EDGE:][-_EDGE:]]


def _running_key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("0", line.text), round(line.bottom / 4)


def _is_head(line: Line, lines: Sequence[Line]) -> bool:
    """A line of words in the upper half; a bare number is a page's number wherever it stands."""
    middle = (max(n.bottom for n in lines) + min(n.bottom for n in lines)) / 2
    return line.bottom > middle and any(c.isalpha() for c in line.text)
