"""The documentation follows the code: every command and option is described, every named file is there."""

import re
from pathlib import Path

import pytest
import typer.main

from communique.cli import app, run

ROOT = Path(__file__).parents[1]
CLI = (ROOT / "docs/cli.md").read_text("utf-8")


def test_every_command_and_option_is_documented() -> None:
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        assert f"## communique {name}" in CLI
        section = CLI.split(f"## communique {name}")[1].split("\n## ")[0]
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("--") or option in section, f"{name} {option}"


def test_the_example_of_the_readme_is_what_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text, printed = re.findall(r"```text\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "meeting.txt").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["read", "--world", str(ROOT / "examples/world"), "meeting.txt"]) == 0
    assert capsys.readouterr().out.strip() == printed.strip()


def test_the_example_of_the_comparison_is_what_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs, printed = re.findall(r"```text\n(.*?)```", (ROOT / "docs/compare.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "ours.txt").write_text(ours, "utf-8")
    (tmp_path / "theirs.txt").write_text(theirs, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["compare", "--world", str(ROOT / "examples/world"), "ours.txt", "theirs.txt"]) == 0
    assert capsys.readouterr().out == printed


def test_links_between_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        words = re.sub(r"`[^`]*`", "", page.read_text("utf-8"))
        for target in re.findall(r"\]\((?!http|#)([^)#]+)", words):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_readme_names_only_targets_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"`make (\w+)`", (ROOT / "README.md").read_text("utf-8")):
        assert f"\n{target}:" in makefile
