"""A review of a part of our corpus: somebody who decides on a copy of the small run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.review.actions import Reviewer
from pipeline.settings import find_models


@pytest.fixture
def reviewer(out: Path, project: Path) -> Reviewer:
    """Someone who decides on it, and has decided nothing yet."""
    return Reviewer(out, find_models(), project, "ann")
