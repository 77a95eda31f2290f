"""What the examples in docstrings stand on: a tiny made-up archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.example import write_example


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder with the tiny archive in it."""
    return write_example(tmp_path_factory.mktemp("example") / "outputs")


@pytest.fixture
def library_names(example_folder: Path, doctest_namespace: dict[str, Any]) -> Iterator[None]:
    """``archive`` and ``example_folder`` in the examples of the library."""
    from pipeline import open_archive  # noqa: PLC0415  (with pandas: only for these examples)

    with open_archive(example_folder) as archive:
        doctest_namespace |= {"archive": archive, "example_folder": example_folder}
        yield


@pytest.fixture(autouse=True)
def names_in_docstrings(request: pytest.FixtureRequest) -> None:
    """What the examples of a module stand on."""
    if request.path.name == "library.py":
        request.getfixturevalue("library_names")
