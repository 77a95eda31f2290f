"""Lines that say what can be seen in a picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cleaning.scenes import is_scene
from tests.cases import read_table

ROWS = read_table(Path(__file__).parent / "cases" / "scenes.tsv")


@pytest.mark.parametrize(("want", "line"), ROWS)
def test_scene(want: str, line: str) -> None:
    """One thing and its place are a picture's text; many, or what can't be seen, are a heading."""
    assert is_scene(line) == (want == "caption")
