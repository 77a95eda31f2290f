"""The flow goes in one direction: who may import whom."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.sources import calls, import_nodes

PACKAGE = Path(__file__).parent.parent / "pipeline"
LEAVES = {
    "records",
    "vocabulary",
    "lists",
    "errors",
    "settings",
    "edtf",
    "registers",
    "tables",
    "slugs",
    "fingerprints",
    "harmless",
    "crew",
    "cycles",
    "threads",
    "progress",
    "rows",
}
STAGES = {"feeds", "cleaning", "extraction", "topics", "timeline", "store", "report", "query", "export", "evaluation"}


def imported(path: Path) -> set[str]:
    """First parts below ``pipeline`` of what a module imports, wherever in the module."""
    found = set()
    for node in import_nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = node.module.split(".")
            names = [alias.name for alias in node.names] if len(parts) == 1 else [parts[1]]
            found |= set(names) if parts[0] == "pipeline" else set()
        elif isinstance(node, ast.Import):
            found |= {n.name.split(".")[1] for n in node.names if n.name.startswith("pipeline.")}
    return found


def modules(part: str) -> list[Path]:
    """The modules of one part of the package."""
    path = PACKAGE / part
    return sorted(path.rglob("*.py")) if path.is_dir() else [PACKAGE / f"{part}.py"]


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_stage_imports_only_the_shared_modules(stage: str) -> None:
    """Nothing of one stage is known to another: they meet in the runner."""
    for path in modules(stage):
        assert imported(path) <= LEAVES | {stage}, path


@pytest.mark.parametrize("leaf", sorted(LEAVES))
def test_a_shared_module_imports_shared_modules_only(leaf: str) -> None:
    """What everything rests on rests on nothing else."""
    for path in modules(leaf):
        assert imported(path) <= LEAVES, path


def test_only_the_command_line_prints() -> None:
    """No stage writes to the screen."""
    printing = {path for path, call in calls() if isinstance(call.func, ast.Name) and call.func.id == "print"}
    assert {path for path in printing if not path.startswith("cli/")} == set()


def test_only_the_runner_knows_the_order_of_the_stages() -> None:
    """Beside the runner and the modules that do its work, no module imports two stages."""
    allowed = {
        f"{name}.py"
        for name in (
            "runner",
            "reading",
            "extracting",
            "workers",
            "assembly",
            "neighbours",
            "exporting",
            "verifying",
            "reviewing",
            "sorting",
            "usage",
            "review/desk",
            "review/actions",
            "review/gold",
            "review/sentences",
            "chronicle/__init__",
            "chronicle/tellings",
            "chronicle/events",
        )
    }
    for path in PACKAGE.rglob("*.py"):
        relative = path.relative_to(PACKAGE)
        if relative.parts[0] != "cli" and str(relative) not in allowed:
            assert len(imported(path) & STAGES) <= 1, path
