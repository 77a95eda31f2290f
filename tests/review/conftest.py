"""A review of a part of our corpus: a copy of the run over it, and a reviewer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.review.actions import Reviewer
from pipeline.settings import find_models


@pytest.fixture
def out(small_run: tuple[Path, Path], project: Path, tmp_path: Path) -> Path:
    """A copy of that run, with a project of the test's own."""
    shutil.copytree(small_run[1], project)
    return Path(shutil.copytree(small_run[0], tmp_path / "outputs"))


@pytest.fixture
def reviewer(out: Path, project: Path) -> Reviewer:
    """Someone who decides on it, and has decided nothing yet."""
    return Reviewer(out, find_models(), project, "ann")
