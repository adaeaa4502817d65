"""A web page: bytes -> Release with the article's text, and title, date, site and address from its head.

trafilatura finds the article; where it finds none, the paragraphs of the page are taken as they stand. The date comes
from the head only: a date that stands in the article, or in the address, is not the day of publication.
"""

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from communique.errors import IntakeError
from communique.text.intake.encoding import decode
from communique.text.release import Release, host_of, parse_published

_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_TAG = re.compile(r"<(?:!doctype|html|head|body|article|main|div|p|h1|meta|title|span|table)\b[^>]*>", re.IGNORECASE)
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date", "dc.date.issued",
    "dcterms.created", "pubdate", "publishdate", "date",
)  # fmt: skip
_JSON_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
_FURNITURE = ("script", "style", "noscript", "nav", "header", "footer", "aside", "form", "template")
_DEEPEST = 240
_BLOCKS = "//p | //li | //h1 | //h2 | //h3 | //blockquote | //td"


def looks_like_html(text: str) -> bool:
    """Whether a text without a file name is a page: a known tag near its start."""
    return bool(_TAG.search(text[:2000])) and text.lstrip("\ufeff \t\r\n").startswith("<")


def read_html(data: bytes, source: str, charset: str | None = None) -> Release:
    """The release of a page; raises IntakeError where no article text can be found.

    `charset` is what the server said; it goes before what the page says of itself, as in a browser.
    """
    declared = _DECLARED.search(data[:4000])
    markup = decode(data, charset or (declared[1].decode("ascii", "replace") if declared else None))
    _quiet()
    import trafilatura

    tree = trafilatura.load_html(markup)
    if tree is None:
        raise IntakeError(_no_article("its markup is broken beyond repair"), "no_article")
    _check_depth(tree)
    text = _article(markup) or _paragraphs(tree)
    if not text.strip():
        raise IntakeError(_no_article("no paragraph of text stands in it"), "no_article")
    return _release(markup, tree, text, data, source)


def _check_depth(tree: Any) -> None:
    """Raise where the parser left words out: it does not go deeper than 256 tags, and says nothing."""
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise IntakeError(_no_article(f"its tags stand more than {_DEEPEST} deep in each other"), "no_article")


def _no_article(reason: str) -> str:
    return f"no article found in this page: {reason}; save the article's words as a .txt file and read that"


def _release(markup: str, tree: Any, text: str, data: bytes, source: str) -> Release:
    import trafilatura

    head = trafilatura.extract_metadata(markup, extensive=False)
    return Release(
        url=head.url,
        publisher=host_of(head.url) or head.sitename,
        title=head.title,
        published=_published(tree),
        text=text,
        original=data,
        source=source,
    )


@cache
def _quiet() -> None:
    """Pages without an article are our own problem to report: keep the libraries' warnings out of stderr."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())


@cache
def _settings() -> Any:
    """Without this, trafilatura drops the line breaks of texts under 250 characters; a readout may be two lines."""
    from trafilatura.settings import use_config

    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    settings.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    return settings


def _article(markup: str) -> str:
    import trafilatura

    return trafilatura.extract(markup, config=_settings(), include_comments=False) or ""


def _paragraphs(tree: Any) -> str:
    """The words of the page's blocks, one a line, without menus and scripts."""
    blocks = [b for b in tree.xpath(_BLOCKS) if not _in_furniture(b) and not b.xpath(".//p | .//li | .//td")]
    lines = [" ".join(b.text_content().split()) for b in blocks]
    return "\n".join(line for line in lines if line)


def _in_furniture(element: Any) -> bool:
    return any(a.tag in _FURNITURE for a in element.iterancestors())


def _published(tree: Any) -> str | None:
    """The first date of the head, or of a <time> or date element, that reads as one."""
    return next((words for words in _iter_dates(tree) if parse_published(words)), None)


def _iter_dates(tree: Any) -> Iterator[str]:
    metas = {(m.get("property") or m.get("name") or m.get("itemprop") or "").lower(): m for m in tree.iter("meta")}
    yield from (metas[name].get("content") or "" for name in _DATE_NAMES if name in metas)
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        yield from _JSON_LD_DATE.findall(script.text_content())
    for element in tree.xpath("//time | //*[contains(@class, 'date') or @itemprop='datePublished']"):
        if _in_furniture(element):
            continue
        yield element.get("datetime") or element.get("content") or ""
        yield element.text_content()
