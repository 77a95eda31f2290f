"""Inputs into the archive."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from pipeline import reading
from pipeline.cleaning.marks import load_marks
from pipeline.crew import open_crew
from pipeline.progress import QUIET
from pipeline.reading import begin, read_inputs
from pipeline.settings import Settings, find_models
from pipeline.store.archive import ARCHIVE_NAME, Archive
from pipeline.store.state import State


@pytest.mark.parametrize("largest", [reading._LARGEST_SENT, 25_000])
def test_several_processes_read_what_one_reads(
    small_dumps: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, largest: int
) -> None:
    """The same dumps with the same items; bytes that lie there twice are one dump, under the name that sorts first.

    So it is where some of the dumps are too large to be sent.
    """
    monkeypatch.setattr(reading, "_LARGEST_SENT", largest)
    monkeypatch.setattr(reading, "_SMALLEST_SHARED", 1)
    folder = tmp_path / "dumps"
    folder.mkdir()
    for dump in small_dumps:
        shutil.copy(dump, folder)
    shutil.copy(small_dumps[-1], tmp_path / "0-again.txt")
    found = []
    for workers in (1, 2):
        out = tmp_path / str(workers)
        out.mkdir()
        with Archive(out / ARCHIVE_NAME) as archive:
            state, settings = State(archive), Settings(workers=workers)
            inputs, marks = [folder, tmp_path / "0-again.txt"], load_marks(find_models())
            with open_crew(workers, partial(begin, marks, settings.limits)) as crew:
                counts = read_inputs(state, inputs, marks, settings, QUIET, None, out, crew)
                assert crew.is_at_work == (workers > 1)
            assert counts == (len(small_dumps) + 1, len(small_dumps))
            assert "0-again.txt" in state.dump_names().values()
            found.append((state.dump_names(), sorted(archive.connection.execute("SELECT * FROM _items"))))
    assert found[0] == found[1]
    assert found[0][1]
