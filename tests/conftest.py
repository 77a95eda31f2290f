"""What several tests share: our corpus, and runs over it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.runs import Made, copy_run, share_run

ROOT = Path(__file__).parent.parent

#: No test, and nothing that is made for several of them, touches the project of whoever runs the tests.
_NOBODY = tempfile.TemporaryDirectory(prefix="carefeed-project-")
os.environ["CAREFEED_PROJECT"] = _NOBODY.name


@pytest.fixture(scope="session")
def _projects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A name for a folder for each test; looking for one that is free takes longer with every test."""
    folder = tmp_path_factory.mktemp("projects")
    return (str(folder / str(n)) for n in count())


@pytest.fixture(autouse=True)
def _own_project(_projects: Iterator[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """No test meets what another one kept: its project isn't there yet."""
    monkeypatch.setenv("CAREFEED_PROJECT", next(_projects))


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
def whole_run(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A run over our corpus. Nobody changes it."""
    return share_run("corpus", [corpus / "dumps"], tmp_path_factory)


@pytest.fixture(scope="session")
def corpus_run(whole_run: Made) -> Path:
    """The output folder of the run over our corpus. Nobody changes it."""
    return whole_run.out


@pytest.fixture(scope="session")
def small_dumps(corpus: Path) -> list[Path]:
    """The dumps of our corpus, the smallest first: for tests that run again."""
    return sorted((corpus / "dumps").iterdir(), key=lambda path: (path.stat().st_size, path.name))


@pytest.fixture(scope="session")
def small_dump(small_dumps: list[Path]) -> Path:
    """The smallest dump of our corpus."""
    return small_dumps[0]


@pytest.fixture(scope="session")
def small_run(small_dump: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A run over the smallest dump of our corpus. Nobody changes it."""
    return share_run("small", [small_dump], tmp_path_factory)


@pytest.fixture
def out(small_run: Made, project: Path, tmp_path: Path) -> Path:
    """The output folder of a copy of the small run, to work on; ``project`` is a copy of its project."""
    return copy_run(small_run, tmp_path / "outputs", project)
