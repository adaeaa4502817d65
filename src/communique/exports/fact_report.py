"""One wrong fact packed to be sent to us: its words, cut to their sentences, and the versions that made it.

In: a record and one of its facts. Out: a mapping. Of the text only those sentences are in it that hold the fact's evidence;
of the people only those whom the fact names. Nothing is sent: the file is written, and whoever sends it has read it.
"""

from typing import Any

import msgspec

from communique import __version__
from communique.errors import RecordError
from communique.record.document import iter_refs
from communique.record.facts import Fact
from communique.record.markup import iter_views, sentence_around
from communique.record.record import Record

FORM = "communique.report/1"


def find_fact(record: Record, named: str) -> Fact:
    """The fact with this id or key, or the only one whose id or key begins so; RecordError for none or several."""
    exact = [f for f in record.facts if named in (f.id, f.key)]
    found = exact or [f for f in record.facts if f.id.startswith(named) or f.key.startswith(named)]
    if len(found) != 1:
        what = (
            f"no fact of {record.document.id} is named"
            if not found
            else f"{len(found)} facts of {record.document.id} begin with"
        )
        raise RecordError(f"{what} {named!r}; communique read --format json or communique export show ids and keys")
    return found[0]


def pack_fact(record: Record, fact: Fact, why: str | None = None) -> dict[str, Any]:
    """What we need to mend the rule that made this fact."""
    text, doc = record.document.text, record.document
    sentences = sorted({sentence_around(text, e.start, e.end) for e in fact.evidence})
    view = next(v for f, v in zip(record.facts, iter_views(record), strict=True) if f.id == fact.id)
    named = {ref.ref for ref in iter_refs(fact)}
    about = ("language", "publisher", "publisher_state", "genre", "published", "extent")
    return {
        "form": FORM,
        "communique": __version__,
        "made_by": msgspec.to_builtins(record.made_by),
        "document": {name: msgspec.to_builtins(getattr(doc, name)) for name in about},
        "says": {label: "".join(piece.shown for piece in pieces) for label, pieces in view.rows},
        "why": why,
        "sentences": [{"start": s, "end": e, "text": text[s:e]} for s, e in sentences],
        "type": type(fact).__name__.lower(),
        "fact": msgspec.to_builtins(fact),
        "actors": [_cut(a, sentences) for a in record.actors if a.ref in named],
    }


def _cut(actor: Any, sentences: list[tuple[int, int]]) -> dict[str, Any]:
    """An actor with only those words that stand in the sentences."""
    plain: dict[str, Any] = msgspec.to_builtins(actor)
    inside = [e for e in actor.evidence if any(s <= e.start and e.end <= t for s, t in sentences)]
    mentions = [m for m in actor.mentions if any(s <= m.start and m.end <= t for s, t in sentences)]
    return {**plain, "evidence": msgspec.to_builtins(inside), "mentions": msgspec.to_builtins(mentions)}
