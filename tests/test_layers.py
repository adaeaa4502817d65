"""The layers of the package, read from its import statements."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import communique

ROOT = Path(communique.__file__).parent
# From the bottom up: a package imports only from those before it. The names without a folder are the edges.
LAYERS = ("errors", "record", "text", "annotation", "world", "finding", "matching", "archive", "reports", "questions")
FILES = sorted(p for p in ROOT.rglob("*.py"))
BELOW_THE_EDGES = [p for p in FILES if p.relative_to(ROOT).parts[0].removesuffix(".py") in LAYERS]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, also within functions. The bare package gives its version to anybody."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", BELOW_THE_EDGES, ids=name_of)
def test_imports_go_down_only(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0].removesuffix(".py")
    allowed = LAYERS[: LAYERS.index(own) + 1]
    for module in imported(ast.parse(path.read_text("utf-8"))):
        if module.split(".")[0] == "communique":
            layer = module.removeprefix("communique").split(".")
            assert layer == [""] or layer[1] in allowed, f"{own} may not import {module}"


@pytest.mark.parametrize("path", BELOW_THE_EDGES, ids=name_of)
def test_nothing_below_the_edges_prints_or_reads_the_environment(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("print", "input"), f"line {node.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used = f"{node.value.id}.{node.attr}"
            assert used not in ("os.environ", "os.getenv", "sys.stdout", "sys.stderr"), f"line {node.lineno}"


@pytest.mark.parametrize("path", BELOW_THE_EDGES, ids=name_of)
def test_nothing_below_the_edges_opens_a_connection(path: Path) -> None:
    network = {"socket", "ssl", "http", "urllib3", "requests", "httpx"}
    modules = {m.split(".")[0] for m in imported(ast.parse(path.read_text("utf-8")))}
    assert not modules & network
    assert "urllib.request" not in set(imported(ast.parse(path.read_text("utf-8"))))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_module_is_a_drawer_for_everything(path: Path) -> None:
    assert path.stem not in ("utils", "helpers", "common", "manager", "handler", "base")


def test_public_names_are_there() -> None:
    for name in communique.__all__:
        assert getattr(communique, name) is not None
    with pytest.raises(AttributeError, match="public are"):
        communique.no_such_name  # noqa: B018
