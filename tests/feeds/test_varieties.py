"""The table of what varies in dumps names tests that are there."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent


def test_every_variety_has_its_tests() -> None:
    """Each variety names tests of this folder, and says each thing once."""
    table = tomllib.loads((FOLDER / "varieties.toml").read_text(encoding="utf-8"))["variety"]
    there = {
        node.name
        for path in FOLDER.glob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert len({v["what"] for v in table}) == len(table)
    for variety in table:
        assert variety["tests"], variety["what"]
        assert not set(variety["tests"]) - there, variety["what"]
