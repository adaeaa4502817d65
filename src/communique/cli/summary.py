"""One record in a few lines for `communique read`: what happened, who was there, what else was found."""

from collections import Counter

from communique.record.facts import Meeting
from communique.record.markup import FactView, Piece, iter_views
from communique.record.record import Coverage, Record

_WIDTH = 14


def summary_of(record: Record, source: str) -> str:
    """The summary; values that no words state stand in square brackets, `communique show` says why."""
    doc = record.document
    published = doc.published.value if doc.published else None
    genre = None if doc.genre == "other" else doc.genre.replace("_", " ")
    lines = [" · ".join(v for v in (source, doc.title, doc.language, genre, doc.publisher, published) if v)]
    views = list(iter_views(record))
    for fact, view in zip(record.facts, views, strict=True):
        if isinstance(fact, Meeting):
            lines += _meeting_lines(view)
    if others := _counts(views):
        lines.append(_row("also", others))
    if unread := _unread(record.coverage):
        lines.append(_row("not read", unread))
    lines += [_row("problem", p.message) for p in record.problems]
    return "\n".join(lines) + "\n"


def _unread(coverage: Coverage) -> str:
    """The kinds of fact for which this text was not read, with the reason: of these, silence proves nothing."""
    kinds: dict[str, list[str]] = {}
    for kind in coverage.__struct_fields__:
        kinds.setdefault(getattr(coverage, kind), []).append(kind)
    kinds.pop("read", None)
    everything = len(coverage.__struct_fields__)
    return "; ".join(
        state.replace("_", " ") if len(names) == everything else f"{', '.join(names)} ({state.replace('_', ' ')})"
        for state, names in kinds.items()
    )


def _meeting_lines(view: FactView) -> list[str]:
    values = {label: _shown(pieces) for label, pieces in view.rows}
    what = [values[k] for k in ("kind", "status", "mode", "format", "start", "place", "body", "series") if k in values]
    label = view.heading.split(", ", 1)[-1].lower()
    lines = [_row(label, ", ".join(what))]
    lines += [_row("" if n else "participants", _who(p)) for n, p in enumerate(_of(view, "Participation"))]
    if topics := [_shown(dict(t.rows)["code"]) for t in _of(view, "Topic")]:
        lines.append(_row("topics", ", ".join(dict.fromkeys(topics))))
    return lines


def _of(view: FactView, heading: str) -> list[FactView]:
    return [part for part in view.parts if part.heading == heading]


def _who(view: FactView) -> str:
    values = {label: _shown(pieces) for label, pieces in view.rows}
    office = values.get("office", "")
    office = f" – {office}" if office and office != values["actor"] else ""
    known = [values[k] for k in ("represents", "organisation", "presence") if k in values]
    return f"{values['actor']}{office} ({', '.join(known)})"


def _counts(views: list[FactView]) -> str:
    counts = Counter(view.heading.split(",")[0].lower() for view in views)
    del counts["meeting"]
    return ", ".join(f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in counts.items())


def _shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.shown for piece in pieces)


def _row(label: str, value: str) -> str:
    return f"  {label:<{_WIDTH}}{value}"
