"""`communique audit`: a stratified sample, kept before it is asked; precision per field, in every export's codebook."""

import io
import json
import sys
from pathlib import Path

import pytest

from communique import Archive
from communique.annotation.precision import wilson
from communique.archive.audits import Claim
from communique.archive.view import View
from communique.cli import run
from communique.questions.audit import draw_sample, precision_by_field, whole_precision
from communique.questions.claims import iter_claims

ROOT = Path(__file__).parents[1]
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("audit") / "a.db"
    assert (
        run(
            [
                "add",
                str(ROOT / "examples/releases.jsonl"),
                "--world",
                str(ROOT / "examples/world"),
                "--archive",
                str(path),
            ]
        )
        == 0
    )
    return path


@pytest.fixture
def path(examples: Path, tmp_path: Path) -> Path:
    Archive(examples).backup(tmp_path / "a.db")
    return tmp_path / "a.db"


def audit(monkeypatch: pytest.MonkeyPatch, path: Path, keys: str, *args: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
    return run(["audit", "--archive", str(path), "--by", "Лия", *args])


def answers(path: Path) -> list[str | None]:
    with View(path) as view:
        return [c.verdict for c in view.audit_claims()]


def test_a_sample_is_drawn_by_its_seed_and_every_field_has_a_share(examples: Path) -> None:
    with View(examples) as view:
        records = list(view.records(judged=False))
    sample, documents = draw_sample(records, 60, seed=1)
    assert documents == 12 and len(sample) == 60
    assert draw_sample(records, 60, seed=1)[0] == sample != draw_sample(records, 60, seed=2)[0]
    fields = {c.field for r in records for c in iter_claims(r)}
    assert {c.field for c in sample} == fields
    population = [c.field for r in records for c in iter_claims(r)]
    assert all(c.stratum == population.count(c.field) for c in sample)
    texts = {r.document.id: r.document.text for r in records}
    assert all(0 <= s < e <= len(texts[c.document]) for c in sample for s, e in c.places)
    assert len(draw_sample(records, 100_000, seed=1)[0]) == len(population)  # no more than there are


def test_answers_are_kept_at_once_and_the_sitting_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert audit(monkeypatch, path, "yyns" + "q", "--sample", "10", "--seed", "4") == 0
    assert "left here: 4 of 10" in capsys.readouterr().err
    assert answers(path).count(None) == 6
    audit(monkeypatch, path, "yuuyyyyyn", "--sample", "99")
    captured = capsys.readouterr()
    assert "going on with the audit" in captured.err and "done: 10 of 10" in captured.err
    assert sorted(a or "" for a in answers(path)) == ["right"] * 7 + ["unsure"] + ["wrong"] * 2
    assert "10 of 10 claims were answered" in captured.out
    audit(monkeypatch, path, "q", "--sample", "5")
    assert len(answers(path)) == 15  # a finished audit makes room for another


def test_the_table_for_scripts(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    audit(monkeypatch, path, "y" * 30, "--sample", "30", "--seed", "4")
    capsys.readouterr()
    assert audit(monkeypatch, path, "", "--summary", "--format", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["columns"][0] == "field" and len(report["rows"]) > 10


def test_what_was_judged_wrong_still_counts_in_an_audit(path: Path) -> None:
    """Judgements mend the record; an audit measures the reading."""
    archive = Archive(path)
    before = sum(1 for r in View(path).records(judged=False) for _ in iter_claims(r))
    fact = next(f for _, f in archive.facts())
    archive.judge(fact.key, "wrong", by="Лия")
    with View(path) as view:
        assert sum(1 for r in view.records(judged=False) for _ in iter_claims(r)) == before


def test_forgetting_a_document_takes_its_claims(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit(monkeypatch, path, "yq", "--sample", "80", "--seed", "4")
    with View(path) as view:
        document = view.audit_claims()[0].document
    Archive(path).forget(document)
    with View(path) as view:
        assert document not in {c.document for c in view.audit_claims()} and view.audit_claims()


def test_an_empty_archive_says_what_to_do(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "menu.txt").write_text("Суп с грибами подаётся горячим и без хлеба, если гость не попросил.", "utf-8")
    run(["add", str(tmp_path / "menu.txt"), "--archive", str(tmp_path / "a.db")])
    assert audit(monkeypatch, tmp_path / "a.db", "") == 1
    assert "communique add PATH" in capsys.readouterr().err


def claim(field: str, verdict: str | None, stratum: int = 10) -> Claim:
    return Claim(
        document="d", key="k", field=field, value="v", places=((0, 1),), inferred=False, rule="r", rules="1",
        stratum=stratum, verdict=verdict,  # type: ignore[arg-type]
    )  # fmt: skip


def test_precision_and_its_weights() -> None:
    claims = [
        claim("act", "right", 90),
        claim("act", "right", 90),
        claim("topic", "wrong", 10),
        claim("topic", "unsure", 10),
        claim("quote", None),
    ]
    rows = {row.field: row for row in precision_by_field(claims)}
    assert (rows["act"].precision, rows["topic"].precision, rows["topic"].unsure) == (1.0, 0.0, 1)
    assert (rows["act"].low, rows["act"].high) == wilson(2, 2)
    assert "quote" not in rows
    assert whole_precision(list(rows.values())) == 0.9
    assert whole_precision([]) is None


def test_every_export_begins_with_its_codebook(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    run(["export", "--archive", str(path)])
    book = json.loads(capsys.readouterr().out.splitlines()[0])
    assert book["type"] == "codebook" and book["documents"] == 12
    assert "nobody has audited" in book["audit"]["note"]
    assert book["fields"]["act"]["act"][:2] == ["thank", "congratulate"]
    audit(monkeypatch, path, "ynyyyyyyyy", "--sample", "10", "--seed", "4")
    capsys.readouterr()
    assert run(["export", "--archive", str(path), "--codebook", str(tmp_path / "codebook.md")]) == 0
    book = json.loads(capsys.readouterr().out.splitlines()[0])
    assert book["audit"]["answers"] == 10 and len(book["audit"]["rules"]) == 1
    page = (tmp_path / "codebook.md").read_text("utf-8")
    assert "10 answers" in page and "| field | right | wrong |" in page
    assert run(["export", "--archive", str(path), "--codebook", str(tmp_path / "no" / "c.md")]) == 1
    assert "name another with --codebook" in capsys.readouterr().err
