"""The documentation follows the code: every command and option is described, every named file is there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from communique.cli import app, run

ROOT = Path(__file__).parents[1]
CLI = (ROOT / "docs/cli.md").read_text("utf-8")


def iter_commands(group: Any, path: str = "communique") -> Iterator[tuple[str, Any]]:
    """Every command under its heading; a group comes before its own commands, which stand one level deeper."""
    for name, command in group.commands.items():
        yield f"##{'#' * path.count(' ')} {path} {name}", command
        if hasattr(command, "commands"):
            yield from iter_commands(command, f"{path} {name}")


COMMANDS = list(iter_commands(typer.main.get_command(app)))


def section(heading: str) -> str:
    """What stands under a heading, to the next one of any level."""
    found = re.search(rf"^{re.escape(heading)}$(.*?)(?=^##|\Z)", CLI, re.DOTALL | re.MULTILINE)
    assert found, f"docs/cli.md has no {heading!r}"
    return found[1]


@pytest.mark.parametrize(("heading", "command"), COMMANDS, ids=[heading for heading, _ in COMMANDS])
def test_every_command_and_option_is_documented(heading: str, command: Any) -> None:
    words = section(heading)
    assert heading.lstrip("# ") in words, "the section begins with how the command is written"
    for parameter in command.params:
        for option in parameter.opts:
            assert not option.startswith("--") or option in words, option


def test_groups_are_walked() -> None:
    headings = {heading for heading, _ in COMMANDS}
    assert {"## communique read", "## communique world", "### communique world check"} <= headings


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
