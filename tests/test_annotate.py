"""`communique annotate`: one key a fact, every decision kept at once, undone when asked; into gold or into an archive."""

import io
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from communique import Archive
from communique.annotation.compile import read_marked
from communique.annotation.review import Review, edited
from communique.cli import run
from communique.errors import RecordError
from marked import fictional_world
from program import PROGRAM

ROOT = Path(__file__).parents[1]
WORLD = str(ROOT / "examples/world")
TEXT = (
    "14 мая в Остре Президент Веланды Иван Берег принял Премьер-министра Лирии Анну Холм.\n"
    "Стороны обсудили торговлю. Анна Холм поблагодарила Президента за гостеприимство.\n"
)
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    return tmp_path / "page.txt"


def annotate(monkeypatch: pytest.MonkeyPatch, keys: str, *args: str) -> int:
    """A sitting in which these keys are typed into a pipe."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
    return run(["annotate", *args])


def source(path: Path) -> str:
    return path.with_suffix(".gold").read_text("utf-8")


def test_everything_accepted_is_the_reading_itself(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert annotate(monkeypatch, "y" * 40, str(page), "--world", WORLD) == 0
    captured = capsys.readouterr()
    assert "everything is decided" in captured.err and str(page.with_suffix(".gold")) in captured.err
    assert "⟦Анна Холм поблагодарила Президента за гостеприимство⟧" in captured.out
    record = read_marked(source(page)).record
    assert [m.kind for m in record.meetings] == ["reception"] and [a.act for a in record.acts] == ["thank"]
    assert "# todo" not in source(page)


def test_a_sitting_is_gone_on_with(page: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    annotate(monkeypatch, "yyq", str(page), "--world", WORLD)
    assert "left here: 2 of" in capsys.readouterr().err
    left = source(page).count("# todo")
    annotate(monkeypatch, "yu", str(page), "--world", WORLD)  # undo takes back what this sitting decided
    assert source(page).count("# todo") == left
    annotate(monkeypatch, "y", str(page.with_suffix(".gold")))
    assert source(page).count("# todo") == left - 1


def test_reject_correct_and_add(page: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    annotate(monkeypatch, "q", str(page), "--world", WORLD)
    kinds = [item.kind for item in Review(source(page)).items]
    before = "y" * kinds.index("topic")
    keys = before + "n"  # the topic
    keys += "c2\n{Холм}#2\n" + "c1\nwelcome\n" + "y"  # of the act: who does it in other words, what it is
    keys += "a\n"  # nothing is left to be decided: the sitting is over before
    assert annotate(monkeypatch, keys, str(page)) == 0
    record = read_marked(source(page)).record
    assert record.meetings[0].topics == ()
    assert (record.acts[0].act, record.acts[0].actors[0].as_written) == ("welcome", "Холм")
    assert "everything is decided" in capsys.readouterr().err


def test_a_fact_is_added_before_the_end(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = "aagreement: {торговлю}\nkind: other\nstatus: discussed {обсудили}\n\nq"
    annotate(monkeypatch, keys, str(page), "--world", WORLD)
    (agreement,) = read_marked(source(page)).record.agreements
    assert (agreement.title, agreement.status) == ("торговлю", "discussed")


def test_what_means_nothing_is_said_and_changes_nothing(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    annotate(monkeypatch, "q", str(page), "--world", WORLD)
    before = source(page)
    annotate(monkeypatch, "nc1\n{Салан}\nc77\naact: dream\n\nxq", str(page))
    out = capsys.readouterr().out
    assert "'@a1' is no actor of this text" in out  # still named by the meeting
    assert "'Салан' is not in the text" in out
    assert "'77' is no line of this fact" in out
    assert "Invalid enum value 'dream'" in out
    assert "take the last decision back" in out  # the help
    assert source(page) == before


def test_a_rejected_meeting_takes_its_participants_with_it() -> None:
    text = "id: x\n---\nБерег принял посла.\n---\n@b person {Берег}\n\nmeeting: reception {принял}\n  status: held {принял}\n"
    review = Review(text + "  present: @b {Берег}\n  topic: trade {посла}\n", fresh=True)
    review.accept()
    review.reject()
    assert review.current is None and review.gold().record.meetings == ()
    assert review.undo() and [i.state for i in review.items] == ["accepted", "todo", "todo", "todo"]


def test_lines_are_edited_by_what_is_typed() -> None:
    line = "  actor: @berg {Берег} (the only one)"
    assert edited(line, "@holm") == "  actor: @holm {Берег} (the only one)"
    assert edited(line, "{Глава государства}#2") == "  actor: @berg {Глава государства}#2 (the only one)"
    assert edited(line, "actor: @berg") == "  actor: @berg"
    assert edited(line, "") == ""
    with pytest.raises(RecordError, match="no marked text"):
        Review("слова")


def test_ctrl_c_loses_nothing(page: Path) -> None:
    """In a real terminal: two keys, then Ctrl-C."""
    parent, child = pty.openpty()
    command = [*PROGRAM, "annotate", str(page), "--world", WORLD]
    env = {**os.environ, "TERM": "dumb"}
    with subprocess.Popen(
        command, stdin=child, stdout=child, stderr=subprocess.PIPE, env=env, start_new_session=True
    ) as sitting:
        try:
            os.close(child)
            wait_for(parent, b"[1/")
            os.write(parent, "н".encode())  # the key of the letter y under a Russian layout
            wait_for(parent, b"[2/")
            os.write(parent, b"y")
            wait_for(parent, b"[3/")
            sitting.send_signal(signal.SIGINT)
            error = sitting.communicate(timeout=20)[1].decode()
        finally:
            sitting.kill()
    os.close(parent)
    assert sitting.returncode == 130
    assert "stopped: 2 of" in error
    assert source(page).count("# todo") == len(Review(source(page)).items) - 2


def wait_for(terminal: int, words: bytes) -> None:
    seen = b""
    deadline = time.monotonic() + 20
    while words not in seen and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 4096)
    assert words in seen


@pytest.fixture
def archive(page: Path) -> Archive:
    archive = Archive(page.with_name("a.db"), world=fictional_world())
    assert run(["add", str(page), "--world", WORLD, "--archive", str(archive.path)]) == 0
    return archive


def review(monkeypatch: pytest.MonkeyPatch, archive: Archive, keys: str) -> int:
    (entry,) = archive.list()
    return annotate(monkeypatch, keys, entry.id, "--review", "--archive", str(archive.path), "--by", "Лия")


def test_decisions_become_judgements(archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    (entry,) = archive.list()
    assert review(monkeypatch, archive, "yc1\ncongratulate\nc2\n{Холм}#2\ny") == 0
    assert "2 judgements kept" in capsys.readouterr().err
    rows = archive.judgements()
    assert [(r.verdict, r.by) for r in rows] == [("confirmed", "Лия"), ("corrected", "Лия")]
    (act,) = archive.show(entry.id).acts
    assert (act.act, act.actors[0].as_written, act.origin) == ("congratulate", "Холм", "reviewed")
    assert "actors" not in {i.field for i in act.inferred}  # the words of the text prove it
    archive.reread()
    assert archive.show(entry.id).acts[0].act == "congratulate"
    review(monkeypatch, archive, "")
    assert "everything is decided" in capsys.readouterr().err  # judged facts are not asked again


def test_undo_withdraws_and_wrong_takes_away(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    (entry,) = archive.list()
    review(monkeypatch, archive, "nuyn")
    assert [(r.verdict, r.withdrawn is not None) for r in archive.judgements()] == [
        ("wrong", True), ("confirmed", False), ("wrong", False),
    ]  # fmt: skip
    record = archive.show(entry.id)
    assert record.meetings and not record.acts


def test_a_fact_that_no_rule_found_is_entered(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    (entry,) = archive.list()
    added = "a@lr organisation {гостеприимство}\nname: Гостеприимство\n\nacommitment: promise {обсудили}\nwho: @lr\nwhat: {торговлю}\n\nq"
    review(monkeypatch, archive, added)
    (commitment,) = archive.show(entry.id).commitments
    assert (commitment.kind, commitment.what, commitment.origin) == ("promise", "торговлю", "entered")
    who = archive.show(entry.id).actor(commitment.who[0])
    assert who is not None and who.name == "Гостеприимство"
    archive.reread()
    assert archive.show(entry.id).commitments == (commitment,)
    assert archive.orphans() == []
    (row,) = archive.judgements()
    archive.withdraw(row.number)
    assert archive.show(entry.id).commitments == ()


def test_a_person_of_a_correction_is_found_again_when_refs_change(archive: Archive) -> None:
    """Refs are numbered anew by every reading: a row that says a2 must not mean whoever is a2 then."""
    (entry,) = archive.list()
    record = archive.show(entry.id)
    (act,) = record.acts
    berg = next(a for a in record.actors if a.name == "Иван Берег")
    stale = {**msgspec.to_builtins(berg), "ref": "a99"}
    value = {"people": [stale], "addressees": [{"ref": "a99"}]}
    archive.judge(act.key, "corrected", by="Лия", value=value)
    shown = archive.show(entry.id)
    assert [shown.actor(r).name for r in shown.acts[0].addressees] == ["Иван Берег"]  # type: ignore[union-attr]
    assert len(shown.actors) == len(record.actors)
