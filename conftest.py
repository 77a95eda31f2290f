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


@pytest.fixture(autouse=True)
def names_in_docstrings(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> Iterator[None]:
    """``archive`` and ``example_folder`` in the examples of the library."""
    if "pipeline.library" not in request.node.nodeid.replace("/", "."):
        yield
        return
    from pipeline import open_archive  # noqa: PLC0415  (with pandas: only for these examples)

    folder = request.getfixturevalue("example_folder")
    with open_archive(folder) as archive:
        doctest_namespace |= {"archive": archive, "example_folder": folder}
        yield
