"""What an export is and how far to trust it: the codebook that goes before every export, for scripts and for people.

In: an archive's view. Out: a mapping for the first line of JSON Lines, and the same as Markdown. Fields and codes are
derived from the types of the record; the precision is that of the audits of this archive, never ours.
"""

import datetime
from typing import Any, get_args

import msgspec

from communique import __version__
from communique.archive.view import View
from communique.questions.audit import precision_by_field, whole_precision
from communique.record import facts
from communique.record.facts import Fact
from communique.record.record import SCHEMA

_TYPES: tuple[type[Fact], ...] = (
    facts.Meeting, facts.Quote, facts.Act, facts.Agreement, facts.Project, facts.Commitment, facts.Figure,
)  # fmt: skip
_NO_AUDIT = "nobody has audited this archive; communique audit asks about a sample and prints the precision here"


def codebook(view: View) -> dict[str, Any]:
    """The codebook of an archive's export: versions, fields with their codes, and the precision that audits found."""
    claims = view.audit_claims()
    rows = precision_by_field(claims)
    return {
        "type": "codebook",
        "schema": SCHEMA,
        "communique": __version__,
        "made": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "documents": view.count(),
        "fields": {kind.__name__.lower(): _fields(kind) for kind in _TYPES},
        "audit": {
            "answers": sum(row.right + row.wrong for row in rows),
            "rules": sorted({claim.rules for claim in claims if claim.verdict}),
            "whole": whole_precision(rows),
            "precision": msgspec.to_builtins(rows),
            "note": "precision with Wilson's 95 % interval, right among those called right or wrong"
            if rows
            else _NO_AUDIT,
        },
    }


def _fields(kind: type[Fact]) -> dict[str, Any]:
    """The fields of a type of fact; of a coded one its codes."""
    return {f.encode_name: list(_codes(f.type)) for f in msgspec.structs.fields(kind)}


def _codes(of: Any) -> tuple[str, ...]:
    found = [a for a in get_args(of) if isinstance(a, str)]
    return tuple(found or [c for a in get_args(of) for c in _codes(a)]) if "Literal" in str(of) else ()


def codebook_markdown(book: dict[str, Any]) -> str:
    """The codebook as a page."""
    lines = [
        "# Codebook", "",
        f"{book['documents']} documents, exported on {book['made']} by communique {book['communique']}, schema {book['schema']}.", "",
        "Every fact stands on `evidence`: the exact words, with their offsets, and the fields that they prove. A field in "
        "`inferred` is stated by no words; its reason and source are given. An empty field was not stated, if `coverage` of its "
        "document is `read` and its `extent` is `full`; else it may not have been read. `confidence` is the precision of the "
        "rule that made a fact, measured on our own composed texts; null where there were too few.", "",
        "## How often it is right", "",
    ]  # fmt: skip
    audit = book["audit"]
    lines += [f"{audit['note'][0].upper()}{audit['note'][1:]}.", ""]
    if audit["precision"]:
        lines += [f"{audit['answers']} answers; readings by rules {', '.join(audit['rules'])}.", ""]
        lines += ["| field | right | wrong | cannot tell | of | precision | 95 % |", "|---|---|---|---|---|---|---|"]
        for row in audit["precision"]:
            share = "–" if row["precision"] is None else f"{row['precision']:.0%}"
            counts = f"{row['right']} | {row['wrong']} | {row['unsure']} | {row['stratum']}"
            lines.append(f"| {row['field']} | {counts} | {share} | {row['low']:.0%}–{row['high']:.0%} |")
        lines.append("")
    for kind, fields in book["fields"].items():
        lines += [f"## {kind}", "", "| field | codes |", "|---|---|"]
        lines += [f"| {name} | {', '.join(codes)} |" for name, codes in fields.items()]
        lines.append("")
    return "\n".join(lines)
