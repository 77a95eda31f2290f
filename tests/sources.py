"""The package's code as the tests of layers, packaging and security read it: each file parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "pipeline"


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Every module of the package: its path below the package, and its code."""
    return tuple((path.relative_to(PACKAGE).as_posix(), tree_of(path)) for path in sorted(PACKAGE.rglob("*.py")))


@cache
def tree_of(path: Path) -> ast.Module:
    """The code of one file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def import_nodes(path: Path) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """Every import of a file, wherever in it."""
    return tuple(node for node in _statements(tree_of(path)) if isinstance(node, ast.Import | ast.ImportFrom))


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in the blocks of a module, class, function or branch: expressions, of which most code is, aside."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for inside in getattr(node, block, ()):
            yield inside
            yield from _statements(inside)


@cache
def calls() -> tuple[tuple[str, ast.Call], ...]:
    """Every call in the package, with the path of its module."""
    return tuple((path, node) for path, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.Call))


@cache
def names_imported(path: str) -> frozenset[str]:
    """Every name that a module of the package imports, with those above it: ``urllib``, ``urllib.request``."""
    return frozenset(_names(import_nodes(PACKAGE / path)))


def _names(nodes: tuple[ast.Import | ast.ImportFrom, ...]) -> Iterator[str]:
    for node in nodes:
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            parts = name.split(".")
            yield from (".".join(parts[: i + 1]) for i in range(len(parts)))
