"""Cases as lines of data: what the tables of tests are read from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


def read_table(path: Path) -> list[tuple[str, ...]]:
    """The cells of every line, which tabs part; what is empty or begins with ``#`` is left out."""
    return [cells for _, cells in _lines(path)]


def read_known_failures(path: Path) -> list[Any]:
    """The same as parameters of tests that are expected to fail, for the reason that the comment above gives."""
    return [pytest.param(*cells, marks=pytest.mark.xfail(reason=why, strict=True)) for why, cells in _lines(path)]


def _lines(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The comment that stands nearest above each line, and the line's cells."""
    comment = ""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            comment = line.removeprefix("#").strip()
        elif line:
            yield comment, tuple(line.split("\t"))
