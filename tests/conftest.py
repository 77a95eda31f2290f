"""What several tests share: our corpus, and one run over it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from pipeline.runner import run
from pipeline.settings import Settings, find_models

ROOT = Path(__file__).parent.parent

#: What the run over our corpus leaves for its user to own; every test has a copy of its own, subprocesses too.
_PROJECT = tempfile.TemporaryDirectory(prefix="carefeed-project-")
os.environ["CAREFEED_PROJECT"] = _PROJECT.name


@pytest.fixture(scope="session")
def _projects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A name for a folder for each test; looking for one that is free takes longer with every test."""
    folder = tmp_path_factory.mktemp("projects")
    return (folder / str(n) for n in count())


@pytest.fixture(autouse=True)
def _own_project(_projects: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """No test meets what another one kept."""
    folder = next(_projects)
    shutil.copytree(_PROJECT.name, folder)
    monkeypatch.setenv("CAREFEED_PROJECT", str(folder))


@pytest.fixture
def project(_own_project: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
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


@pytest.fixture(scope="session")
def small_dump(corpus: Path) -> Path:
    """The smallest dump of our corpus."""
    return min((corpus / "dumps").iterdir(), key=lambda path: (path.stat().st_size, path.name))


@pytest.fixture(scope="session")
def small_run(small_dump: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The output folder of a run over one dump of our corpus, and its project's folder: small, since tests rerun it."""
    folder = tmp_path_factory.mktemp("review")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAREFEED_PROJECT", str(folder / "project"))
        run([small_dump], folder / "outputs", find_models(), Settings(model="none", workers=1))
    return folder / "outputs", folder / "project"
