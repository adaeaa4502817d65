"""`communique audit`: a random sample of your own archive, right or wrong by one key each; precision per field.

The sample is kept before the first question and every answer at once: Ctrl-C loses nothing, the same command goes on.
"""

import random
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.compare import Rendering, print_report
from communique.cli.messages import STOPPED_AND_SAID, complain
from communique.cli.options import ArchiveOption, chosen_archive, current_user

if TYPE_CHECKING:
    from communique.archive.audits import Answer, Claim
    from communique.archive.view import View
    from communique.archive.writer import Writer
    from communique.cli.console import Terminal

KEYS = "y right · n wrong · s cannot tell · u undo · q stop"
_ANSWERS: "dict[str, Answer]" = {"y": "right", "n": "wrong", "s": "unsure"}


def audit(
    sample: Annotated[int, typer.Option(metavar="N", min=1, help="How many claims to ask about.")] = 100,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help="Draw the same sample again; random if not given.")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Draw a new sample although one is not finished.")] = False,
    summary: Annotated[bool, typer.Option("--summary", help="Ask nothing; print what the audits so far say.")] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="Whose answers they are.")] = "",
    form: Annotated[Rendering, typer.Option("--format", help="How the table is printed.")] = Rendering.table,
    archive: ArchiveOption = None,
) -> None:
    """Call a stratified random sample of the archive right or wrong; prints the precision per field with its interval."""
    from communique.archive.view import View
    from communique.questions.audit import audit_report

    path = chosen_archive(archive)
    if not summary:
        with View(path) as view:
            number = _audit(view, path, sample, seed, new=new)
            _ask(view, path, number, by or current_user())
    with View(path) as view:
        print_report(audit_report(view.audit_claims()), form)


def _audit(view: "View", path: Path, size: int, seed: int | None, *, new: bool) -> int:
    """The audit to go on with, or a new one."""
    from communique.archive.audits import Audit
    from communique.archive.writer import Writer
    from communique.errors import ArchiveError
    from communique.questions.audit import draw_sample

    begun = [a for a in view.audits() if any(c.verdict is None for c in view.audit_claims(a.number))]
    if begun and not new:
        complain(f"going on with the audit of {begun[-1].at[:10]}; --new draws another sample")
        return begun[-1].number
    seed = random.SystemRandom().randrange(1_000_000) if seed is None else seed
    claims, documents = draw_sample(view.records(judged=False), size, seed)
    if not claims:
        raise ArchiveError(f"nothing was read in {path} that could be audited; communique add PATH adds releases")
    with Writer(path) as writer:
        return writer.begin_audit(Audit(seed=seed, documents=documents, claims=len(claims)), claims)


def _ask(view: "View", path: Path, number: int, by: str) -> None:
    from communique.archive.writer import Writer
    from communique.cli.console import Terminal

    with Writer(path) as writer:
        sitting = _Sitting(view, writer, Terminal(), view.audit_claims(number), by)
        try:
            sitting.run()
        except KeyboardInterrupt:
            sitting.leave("stopped")
            raise typer.Exit(STOPPED_AND_SAID) from None
        sitting.leave("done" if sitting.at >= len(sitting.claims) else "left here")


class _Sitting:
    """The claims of one audit, and where somebody is in them."""

    def __init__(self, view: "View", writer: "Writer", terminal: "Terminal", claims: "list[Claim]", by: str) -> None:
        self._view, self._writer, self._terminal, self._by = view, writer, terminal, by
        self.claims = sorted(claims, key=lambda c: c.verdict is None)  # answered ones first, the rest in their order
        self.at = self._first = sum(c.verdict is not None for c in claims)
        self._texts: dict[tuple[str, int], str] = {}

    def run(self) -> None:
        while self.at < len(self.claims):
            self._show(self.claims[self.at])
            key = self._terminal.key()
            if key in ("q", "\x1b", "\x04", ""):
                return
            if key == "\x03":
                raise KeyboardInterrupt
            if key == "u":
                self._undo()
            elif key in _ANSWERS:
                self._writer.answer_claim(self.claims[self.at].number, _ANSWERS[key], self._by)
                self.at += 1

    def _undo(self) -> None:
        if self.at > self._first:
            self.at -= 1
            self._writer.answer_claim(self.claims[self.at].number, None, self._by)

    def _show(self, claim: "Claim") -> None:
        terminal = self._terminal
        terminal.clear()
        terminal.print(terminal.text(self._text(claim), claim.places))
        how = ", inferred: no words state it" if claim.inferred else ""
        terminal.print(f"\n{claim.field}: {claim.value}{how}")
        terminal.print(f"[{self.at + 1}/{len(self.claims)}] {KEYS}")

    def _text(self, claim: "Claim") -> str:
        wanted = (claim.document, claim.ordinal)
        if wanted not in self._texts:
            self._texts = {wanted: self._view.show(*wanted).document.text}
        return self._texts[wanted]

    def leave(self, how: str) -> None:
        complain(f"{how}: {self.at} of {len(self.claims)} claims answered, kept in {self._view.path}")
