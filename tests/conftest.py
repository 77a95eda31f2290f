"""What several tests share: our corpus, and one run over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.runner import run
from pipeline.settings import Settings, find_models

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of our own dumps and their annotation."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def corpus_run(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a run over our corpus, with rules alone: quick, and the same on every machine."""
    out = tmp_path_factory.mktemp("run") / "outputs"
    run([corpus / "dumps"], out, find_models(), Settings(model="none", workers=1))
    return out
