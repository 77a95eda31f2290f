"""What several tests share: our corpus, and one run over it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from pipeline.runner import run
from pipeline.settings import Settings, find_models

ROOT = Path(__file__).parent.parent

#: What the tests' runs leave for their user to own; subprocesses find it, too.
_PROJECT = tempfile.TemporaryDirectory(prefix="carefeed-project-")
os.environ["CAREFEED_PROJECT"] = _PROJECT.name


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of the test's own; not there yet."""
    folder = tmp_path / "project"
    monkeypatch.setenv("CAREFEED_PROJECT", str(folder))
    return folder


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
