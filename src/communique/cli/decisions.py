"""Where the decisions of `annotate` go: into a file of marked text, or as judgements into an archive; at once, each."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from communique.annotation.compile import Gold
from communique.annotation.review import Item, Review
from communique.annotation.write import write_marked
from communique.archive.judgements import Judgement, Verdict
from communique.errors import CommuniqueError, IntakeError, RecordError
from communique.record.facts import Fact
from communique.record.record import Record

if TYPE_CHECKING:
    from communique.keep import Archive
    from communique.world.world import World

SUFFIX = ".gold"


class Decisions(Protocol):
    """A review whose every step is kept before it returns."""

    review: Review
    text: str

    def accept(self) -> None: ...
    def reject(self) -> None: ...
    def correct(self, line: int, to: str) -> None: ...
    def add_line(self, line: str) -> None: ...
    def add(self, block: str) -> None: ...
    def undo(self) -> bool: ...
    def kept(self) -> str: ...


class GoldDecisions:
    """Decisions that are a file of marked text, written anew after each."""

    def __init__(self, review: Review, path: Path) -> None:
        self.review, self._path = review, path
        self.text = review.gold().record.document.text
        self._write()

    def _write(self) -> None:
        unfinished = self._path.with_name(self._path.name + ".unfinished")
        try:
            unfinished.write_text(self.review.source(), "utf-8")
            unfinished.replace(self._path)
        except OSError as error:
            raise IntakeError(f"{self._path} cannot be written ({error.strerror}); name another with --to") from None

    def accept(self) -> None:
        self.review.accept()
        self._write()

    def reject(self) -> None:
        self.review.reject()
        self._write()

    def correct(self, line: int, to: str) -> None:
        self.review.correct(line, to)
        self._write()

    def add_line(self, line: str) -> None:
        self.review.add_line(line)
        self._write()

    def add(self, block: str) -> None:
        self.review.add(block)
        self._write()

    def undo(self) -> bool:
        undone = self.review.undo()
        self._write()
        return undone

    def kept(self) -> str:
        return f"kept in {self._path}"


def decisions_in_gold(
    path: Path, to: Path | None, world: "Callable[[], World]", header: Mapping[str, str | None], *, again: bool
) -> GoldDecisions:
    """A review of a marked text, or of a text read now; one that was begun is gone on with."""
    target = to or (path if path.suffix == SUFFIX else path.with_suffix(SUFFIX))
    if path.suffix != SUFFIX and target.exists() and not again:
        path = target
    if path.suffix == SUFFIX:
        return GoldDecisions(Review(_marked_text(path), fresh=again), target)
    from communique.api import only_release, read_release, with_header

    release = with_header(only_release(path), **header)
    return GoldDecisions(Review(write_marked(read_release(release, world()).record), fresh=True), target)


def _marked_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(f"{path} cannot be read ({error}); name a text, or a marked text in UTF-8") from None


class ArchiveDecisions:
    """Decisions that are rows of judgement, one a fact; undoing withdraws the row."""

    def __init__(self, record: Record, archive: "Archive", by: str, judged: set[str]) -> None:
        self.review = Review(write_marked(record), whole=True, fresh=True)
        self.text, self._document = record.document.text, record.document.id
        self._archive, self._by = archive, by
        self._keys = [fact.key for fact in record.facts]
        self._before = self.review.gold()
        self._blocks = [item.number for item in self.review.items if not item.kind.startswith("@")]
        self._rows: list[list[int]] = []
        self._skip(judged)

    def _skip(self, judged: set[str]) -> None:
        """Actors are judged where facts name them; facts that were judged before stay as they are."""
        for item in self.review.items:
            if item.kind.startswith("@") or self._keys[self._blocks.index(item.number)] in judged:
                self.review.accept_item(item.number)

    def accept(self) -> None:
        item = self._now()
        self.review.accept()
        value = self._correction(item) if item.touched else {}
        self._judge(item, "corrected" if value else "confirmed", value or None)

    def reject(self) -> None:
        item = self._now()
        self.review.reject()
        self._judge(item, "wrong")

    def correct(self, line: int, to: str) -> None:
        self.review.correct(line, to)
        self._rows.append([])

    def add_line(self, line: str) -> None:
        self.review.add_line(line)
        self._rows.append([])

    def add(self, block: str) -> None:
        from communique.archive.corrections import entry_key, entry_of

        item = self.review.add(block)
        gold = self.review.gold()
        if item.kind.startswith("@"):
            self._rows.append([])
            return
        fact = self._fact_of(gold, item)
        value = entry_of(fact, gold.record.actors)
        self._keep(Judgement(document=self._document, key=entry_key(fact), verdict="entered", value=value, by=self._by))

    def undo(self) -> bool:
        if not self.review.undo():
            return False
        for number in self._rows.pop():
            self._archive.withdraw(number)
        return True

    def kept(self) -> str:
        rows = sum(map(len, self._rows))
        return f"{rows} judgements kept in {self._archive.path}"

    def _now(self) -> Item:
        item = self.review.current
        if item is None:
            raise RecordError("everything has been decided; undo takes the last decision back")
        return item

    def _correction(self, item: Item) -> dict[str, Any]:
        from communique.archive.corrections import correction_of

        gold = self.review.gold()
        before = self._before.ids[self._blocks.index(item.number)]
        return correction_of(_by_id(self._before, before), self._fact_of(gold, item), gold.record.actors)

    def _fact_of(self, gold: Gold, item: Item) -> Fact:
        return _by_id(gold, gold.ids[self.review.fact_number(item)])

    def _judge(self, item: Item, verdict: Verdict, value: dict[str, Any] | None = None) -> None:
        key = self._keys[self._blocks.index(item.number)]
        self._keep(Judgement(document=self._document, key=key, verdict=verdict, value=value, by=self._by))

    def _keep(self, judgement: Judgement) -> None:
        try:
            self._rows.append([self._archive.keep_judgement(judgement)])
        except CommuniqueError:
            self.review.undo()
            raise


def _by_id(gold: Gold, known_as: str) -> Fact:
    return next(fact for fact in gold.record.facts if fact.id == known_as)


def decisions_in_archive(document: str, path: Path, by: str, *, again: bool) -> ArchiveDecisions:
    """A review of a document of the archive; facts that have a judgement are left out unless `again`."""
    from communique.keep import Archive

    archive = Archive(path)
    record = archive.show(document)
    judged = {row.key for row in archive.judgements() if row.withdrawn is None}
    return ArchiveDecisions(record, archive, by, set() if again else judged)
