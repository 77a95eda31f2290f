"""Runs over our corpus and what they leave behind: what tests of the whole share."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock

from pipeline.runner import run
from pipeline.settings import Settings, find_models

#: Rules alone and one process: quick, and the same on every machine.
SETTINGS = Settings(model="none", workers=1)
#: Files that hold times, or whose rows are the same but not their bytes.
NOT_COMPARED = {"run.json", "archive.sqlite", "archive.sqlite-wal", "archive.sqlite-shm", ".lock"}


class Made(NamedTuple):
    """What a run has left: the output folder, and the project folder with what is its user's."""

    out: Path
    project: Path


def make_run(dumps: Sequence[Path], folder: Path) -> Made:
    """A run over dumps, in a folder, with a project of its own beside the outputs."""
    made = Made(folder / "outputs", folder / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAREFEED_PROJECT", str(made.project))
        run(dumps, made.out, find_models(), SETTINGS)
    return made


def share_run(name: str, dumps: Sequence[Path], factory: pytest.TempPathFactory) -> Made:
    """A run that all tests read and none changes: the first worker that wants it makes it, the others wait for it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    done = folder / "done"
    with FileLock(f"{folder}.lock"):
        if not done.is_file():
            shutil.rmtree(folder, ignore_errors=True)
            make_run(dumps, folder)
            done.touch()
    return Made(folder / "outputs", folder / "project")


def copy_run(made: Made, out: Path, project: Path) -> Path:
    """A copy of a run to work on, and of its project; the copy's output folder."""
    shutil.copytree(made.project, project)
    return Path(shutil.copytree(made.out, out))


def read_rows(out: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table's CSV."""
    with (out / f"{table}.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def bytes_of(out: Path) -> dict[str, bytes]:
    """Every file of an output folder that must be the same, by its name."""
    files = (path for path in out.rglob("*") if path.is_file() and path.name not in NOT_COMPARED)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
