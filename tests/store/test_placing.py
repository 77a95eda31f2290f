"""Files are put in place together, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.store import placing


def write(folder: Path, **files: str) -> None:
    """Files by name; two underscores stand for a folder."""
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def read(folder: Path) -> dict[str, str]:
    """Every file of a folder by its name."""
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_new_files_take_the_place_of_old_ones(tmp_path: Path) -> None:
    """What the new set doesn't have is taken away, with folders that become empty; strangers stay."""
    write(tmp_path, a="old", topics__b="old", note="mine")
    write(placing.stage(tmp_path), a="new", topics__c="new")
    placing.seal(tmp_path, placing.staged(tmp_path), ["topics/b"], "state 2")
    placing.recover(tmp_path, "state 2")
    assert read(tmp_path) == {"a": "new", "note": "mine", "topics/c": "new"}


@pytest.mark.parametrize("is_sealed", [False, True])
def test_files_that_the_archive_does_not_know_of_are_cleared_away(tmp_path: Path, is_sealed: bool) -> None:
    """Cut short before the plan was written, or before the archive was committed: the old files stand."""
    write(tmp_path, a="old", b="old")
    write(placing.stage(tmp_path), a="new")
    if is_sealed:
        placing.seal(tmp_path, ["a"], ["b"], "state 2")
    placing.recover(tmp_path, "state 1")
    assert read(tmp_path) == {"a": "old", "b": "old"}


@pytest.mark.parametrize("n_moved", [0, 1, 2])
def test_a_placement_cut_short_after_the_commit_is_completed(tmp_path: Path, n_moved: int) -> None:
    """However many files were moved before the end came, the rest follow."""
    write(tmp_path, a="old", b="old")
    staging = placing.stage(tmp_path)
    write(staging, a="new", b="new")
    placing.seal(tmp_path, ["a", "b"], [], "state 2")
    for name in ["a", "b"][:n_moved]:
        (staging / name).replace(tmp_path / name)
    placing.recover(tmp_path, "state 2")
    assert read(tmp_path) == {"a": "new", "b": "new"}


def test_an_untouched_file_is_known_without_reading_it(tmp_path: Path) -> None:
    """Size and time tell; where they don't agree, the bytes decide."""
    write(tmp_path, a="one")
    path = tmp_path / "a"
    known = placing.describe(path)
    assert placing.stands(path, known)
    os.utime(path, ns=(0, 0))
    assert placing.stands(path, known)
    path.write_text("two")
    assert not placing.stands(path, known)
    path.unlink()
    assert not placing.stands(path, known)
