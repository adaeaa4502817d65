"""What another reading of the same document gained, lost and changed: facts, each with its words.

Two facts are the same when their content is (`id`); a fact that says something else in the same sentence (`key`) changed.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from communique.record.facts import Fact
from communique.record.markup import FactView, iter_views
from communique.record.record import Record


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One fact that is new, gone or different; `fields` are those that differ, `words` its first evidence."""

    kind: Literal["gained", "lost", "changed"]
    type: str
    key: str
    says: str
    words: str
    fields: tuple[str, ...] = ()


def changes_between(before: Record, after: Record) -> Iterator[Change]:
    """The facts that differ, in the order of the later record, the lost ones last."""
    old = {fact.key: (fact, view) for fact, view in zip(before.facts, iter_views(before), strict=True)}
    old_ids, new_ids = {f.id for f in before.facts}, {f.id for f in after.facts}
    seen = set()
    for fact, view in zip(after.facts, iter_views(after), strict=True):
        seen.add(fact.key)
        former = old.get(fact.key)
        if former is not None and former[0].id != fact.id and former[0].id not in new_ids:
            yield _change("changed", fact, view, fields=tuple(_differing(former[0], fact)))
        elif fact.id not in old_ids:
            yield _change("gained", fact, view)
    for fact, view in old.values():
        if fact.key not in seen and fact.id not in new_ids:
            yield _change("lost", fact, view)


def _change(
    kind: Literal["gained", "lost", "changed"], fact: Fact, view: FactView, fields: tuple[str, ...] = ()
) -> Change:
    says = "; ".join(f"{label}: {''.join(p.shown for p in pieces)}" for label, pieces in view.rows)
    return Change(
        kind=kind,
        type=type(fact).__name__.lower(),
        key=fact.key,
        says=says,
        words=fact.evidence[0].quote,
        fields=fields,
    )


_NEVER = frozenset(("id", "key", "meeting", "part_of", "said_by", "rule", "confidence", "same_as", "origin"))


def _differing(before: Fact, after: Fact) -> Iterator[str]:
    for name in type(after).__struct_fields__:
        if name not in _NEVER and getattr(before, name, None) != getattr(after, name):
            yield name
