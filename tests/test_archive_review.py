"""Judgements, and reading again: what people decided outlives the rules, and every gain and loss is named."""

from pathlib import Path

import pytest

from communique import Archive
from communique.archive.writer import Writer
from communique.errors import ArchiveError
from communique.record.codec import decode, encode
from kept import WORDS, keep, release, rules


@pytest.fixture
def path(tmp_path: Path) -> Path:
    keep(tmp_path / "a.db", release(), release("d2", "Салан провёл переговоры."))
    return tmp_path / "a.db"


def reread(path: Path, words: dict[str, str]) -> dict[str, list[tuple[str, str, str]]]:
    with Writer(path) as writer:
        again = list(writer.reread(rules(words, "2")))
    return {r.id: [(c.kind, c.says.split(";")[0], c.words) for c in r.changes] for r in again}


def key_of(path: Path, document: str, kind: str) -> str:
    return next(m.key for m in Archive(path).show(document).meetings if m.kind == kind)


def test_reread_names_gains_losses_and_changes(path: Path) -> None:
    changes = reread(path, {"переговоры": "consultations", "провели": "other", "посла": "ceremony"})
    assert changes == {
        "d1": [
            ("changed", "kind: other", "провели"),
            ("gained", "kind: consultations", "переговоры"),
            ("changed", "kind: ceremony", "посла"),
        ],
        "d2": [("changed", "kind: consultations", "переговоры")],
    }
    assert reread(path, {}) == {
        "d1": [
            ("lost", "kind: other", "провели"),
            ("lost", "kind: consultations", "переговоры"),
            ("lost", "kind: ceremony", "посла"),
        ],
        "d2": [("lost", "kind: consultations", "переговоры")],
    }
    assert reread(path, {}) == {"d1": [], "d2": []}
    assert Archive(path).sql("SELECT count(*) AS n FROM facts") == [{"n": 0}]
    assert [v.rules for v in Archive(path).versions("d1")] == ["2"]


def test_reread_keeps_older_versions_as_they_were(path: Path) -> None:
    keep(path, release(text="Холм принял Берега."))
    reread(path, {})
    archive = Archive(path)
    assert [v.rules for v in archive.versions("d1")] == ["1", "2"]
    assert len(archive.show("d1", 1).meetings) == 2 and not archive.show("d1").meetings


def test_judgements_are_applied_when_a_record_is_shown(path: Path) -> None:
    archive = Archive(path)
    stored = encode(rules()(release()))
    archive.judge(
        key_of(path, "d1", "talks"), "corrected", by="Лия", value={"status": "planned"}, why="сказано в анонсе"
    )
    archive.judge(key_of(path, "d1", "reception"), "wrong", by="Лия")
    (meeting,) = archive.show("d1").meetings
    assert (meeting.kind, meeting.status, meeting.origin) == ("talks", "planned", "reviewed")
    assert [(i.field, i.reason) for i in meeting.inferred] == [("status", "сказано в анонсе")]
    assert meeting.inferred[0].source.startswith("review by Лия, 20")
    assert all("status" not in e.fields for e in meeting.evidence)
    assert decode(encode(archive.show("d1"))) == archive.show("d1")
    for judgement in archive.judgements():
        archive.withdraw(judgement.number)
    assert encode(archive.show("d1")) == stored
    assert all(j.withdrawn for j in archive.judgements())


def test_the_last_judgement_holds(path: Path) -> None:
    archive, key = Archive(path), key_of(path, "d1", "talks")
    archive.judge(key, "wrong", by="a")
    archive.judge(key, "confirmed", by="b")
    assert [m.origin for m in archive.show("d1").meetings] == ["reviewed", "extracted"]
    assert archive.sql(f"SELECT verdict FROM facts WHERE key = '{key}'") == [{"verdict": "confirmed"}]


def test_judgements_outlive_better_rules_and_orphans_are_reported(path: Path) -> None:
    archive, key = Archive(path), key_of(path, "d1", "talks")
    archive.judge(key, "confirmed", by="a")
    reread(path, {"провели": "talks", "принял": "reception"})  # other words of the same sentence
    assert next(m for m in archive.show("d1").meetings if m.key == key).origin == "reviewed"
    assert archive.orphans() == []
    reread(path, {})
    assert [(j.document, j.key, j.verdict) for j in archive.orphans()] == [("d1", key, "confirmed")]
    reread(path, WORDS)
    assert archive.orphans() == []
    assert next(m for m in archive.show("d1").meetings if m.key == key).origin == "reviewed"


def test_a_correction_that_does_not_fit_is_a_problem(path: Path) -> None:
    archive = Archive(path)
    archive.judge(key_of(path, "d1", "talks"), "corrected", by="a", value={"status": "dreamt"})
    record = archive.show("d1")
    assert record.problems[0].code == "judgement_not_applied"
    assert [m.status for m in record.meetings] == ["held", "held"]


@pytest.mark.parametrize(
    ("key", "verdict", "value", "sentence"),
    [
        ("mtg-0", "wrong", None, "no fact has the key 'mtg-0'"),
        ("", "nonsense", None, "a verdict is one of confirmed, wrong, corrected"),
        ("", "corrected", None, "corrected needs the fields in value"),
        ("", "wrong", {"status": "held"}, "other verdicts have none"),
    ],
)
def test_bad_judgements(path: Path, key: str, verdict: str, value: dict[str, str] | None, sentence: str) -> None:
    with pytest.raises(ArchiveError, match=sentence):
        Archive(path).judge(key or key_of(path, "d1", "talks"), verdict, by="a", value=value)  # type: ignore[arg-type]


def test_forgetting_takes_the_judgements_too(path: Path) -> None:
    archive = Archive(path)
    archive.judge(key_of(path, "d1", "talks"), "wrong", by="a", why="слова из текста")
    archive.forget("d1")
    assert archive.judgements() == []
