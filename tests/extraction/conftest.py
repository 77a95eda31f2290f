"""The extraction stage on rules alone, with our registers: loaded once for all of its tests."""

from __future__ import annotations

import pytest

from pipeline.extraction.extractor import Extractor
from pipeline.registers import load_registers
from pipeline.settings import find_models


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The stage's own door."""
    return Extractor("none", load_registers(find_models()))
