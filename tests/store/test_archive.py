"""The first transaction of an archive: all or nothing, and cut short it is undone by the next run."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.query.opening import open_archive
from pipeline.store.archive import ARCHIVE_NAME, Archive


def _mode(archive: Archive) -> str:
    return str(archive.connection.execute("PRAGMA journal_mode").fetchone()[0])


def test_a_first_transaction_is_kept_or_undone_and_what_follows_is_logged(tmp_path: Path) -> None:
    """What was written is there, or nothing of it where anything is raised; readers are served from then on."""
    with Archive(tmp_path / ARCHIVE_NAME) as archive:
        with pytest.raises(KeyError), archive.first_transaction():
            archive.set_fact("a", "1")
            raise KeyError
        assert archive.fact("a") is None
        with archive.first_transaction():
            archive.set_fact("a", "2")
        assert (archive.fact("a"), _mode(archive)) == ("2", "wal")
    assert not list(tmp_path.glob("*-journal"))


@pytest.mark.parametrize("is_open_before", [True, False])
def test_whoever_reads_meanwhile_does_not_stop_it(tmp_path: Path, is_open_before: bool) -> None:
    """The archive is whole whether somebody had it open before or comes while it is written."""
    with Archive(tmp_path / ARCHIVE_NAME) as archive, ExitStack() as readers:
        if is_open_before:
            reader = readers.enter_context(Archive(tmp_path / ARCHIVE_NAME, read_only=True))
            reader.connection.execute("BEGIN")
            assert reader.fact("a") is None
        with archive.first_transaction():
            archive.set_fact("a", "1")
            if not is_open_before:
                reader = readers.enter_context(Archive(tmp_path / ARCHIVE_NAME, read_only=True))
                assert reader.fact("a") is None
        assert archive.fact("a") == "1"


def test_a_first_transaction_that_is_cut_short_is_undone(tmp_path: Path) -> None:
    """Whoever only reads is told to run again; whoever writes finds the archive as it was."""
    (tmp_path / "cut").mkdir()
    with Archive(tmp_path / ARCHIVE_NAME) as archive:
        archive.set_fact("a", "1")
        archive.connection.execute("PRAGMA cache_size = 4")
        with archive.first_transaction():
            archive.set_fact("a", "2")
            archive.connection.executemany(
                "INSERT INTO _facts VALUES (?, ?)", [(f"fact {n}", "x" * 500) for n in range(500)]
            )
            for path in tmp_path.glob(f"{ARCHIVE_NAME}*"):
                shutil.copy(path, tmp_path / "cut")
    cut = tmp_path / "cut" / ARCHIVE_NAME
    with pytest.raises(StoreError, match="yet") as asked:
        open_archive(cut.parent)
    assert "run again" in str(asked.value.hint)
    with pytest.raises(StoreError) as opened:
        Archive(cut, read_only=True)
    assert "cut short" in str(opened.value.hint)
    with Archive(cut) as archive:
        assert (archive.fact("a"), archive.fact("fact 7"), archive.check()) == ("1", None, [])
