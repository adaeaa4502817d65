"""Linking on a page: a person in the making becomes a reference, and the world says who is meant, or why nobody is.

In: a page, an actor's draft with the offices that its mentions give it, and the days on which the page can be. Out: a `Decision`
of `world.linking`. Names come first: who is named with an office stays named, whoever held it.
"""

from dataclasses import replace

from communique.finding.page import OfficeSpan, Page
from communique.world.linking import Decision, link
from communique.world.offices import chamber_of
from communique.world.reference import Reference, StatedOffice

Days = tuple[str, str]
_UNSURE = frozenset({"leader", "head"})
# Whose offices these are must be said before they speak for or against anybody: «председатель Совета глав правительств».
_OF_SOMETHING = frozenset({"leader", "head", "chair", "member"})


def days_of(page: Page) -> Days:
    """The first and the last day on which a dated page can be; two empty strings where it has no date."""
    published = page.doc.published
    if published is None or published.precision != "day" or not published.value[:4].isdigit():
        return "", ""
    return published.value[:10], published.value[:10]


def link_named(page: Page, name: str, offices: list[OfficeSpan], state: str | None, days: Days) -> Decision:
    """Who bears this name: with an office, whoever held it then; else by the name alone."""
    stated = tuple(_stated(o) for o in offices if o.of or o.code not in _OF_SOMETHING)
    standing = next((o.standing for o in offices if o.of), "current")
    first, last = days
    return link(page.world, Reference(name, stated, standing, state, first, last, page.publisher))


def link_office(page: Page, office: OfficeSpan, of: str, days: Days) -> Decision | None:
    """Who held the office; None for offices that several hold, and where the words say that somebody else did."""
    if office.standing not in ("current", "honorary") or office.portfolio or office.code in _UNSURE:
        return None
    first, last = days
    return link(
        page.world, Reference("", (replace(_stated(office), of=of),), "current", None, first, last, page.publisher)
    )


def _stated(office: OfficeSpan) -> StatedOffice:
    chamber = chamber_of(f"{office.title} {office.portfolio or ''}") if office.code == "speaker" else ""
    return StatedOffice(office.code, office.of, office.portfolio or "", chamber=chamber)
