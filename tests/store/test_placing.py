"""Files are put in place together, or not at all."""

from __future__ import annotations

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
    assert placing.commit(tmp_path, obsolete=["a", "topics/b"]) == ["a", "topics/c"]
    assert read(tmp_path) == {"a": "new", "note": "mine", "topics/c": "new"}


def test_a_placement_cut_short_before_its_list_leaves_the_old_files(tmp_path: Path) -> None:
    """Staged files without a list don't count."""
    write(tmp_path, a="old")
    write(placing.stage(tmp_path), a="new")
    placing.recover(tmp_path)
    assert read(tmp_path) == {"a": "old"}


@pytest.mark.parametrize("n_moved", [0, 1, 2])
def test_a_placement_cut_short_after_its_list_is_completed(tmp_path: Path, n_moved: int) -> None:
    """However many files were moved before the end came, the rest follow."""
    write(tmp_path, a="old", b="old")
    staging = placing.stage(tmp_path)
    write(staging, a="new", b="new", COMMIT='{"files": ["a", "b"], "gone": []}')
    for name in ["a", "b"][:n_moved]:
        (staging / name).replace(tmp_path / name)
    placing.recover(tmp_path)
    assert read(tmp_path) == {"a": "new", "b": "new"}
