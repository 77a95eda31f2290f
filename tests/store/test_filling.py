"""Many rows at once: indexes made when all are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.store.archive import Archive
from pipeline.store.filling import indexed_at_the_end

_ROWS = "INSERT INTO article_texts VALUES (?, ?, ?, '[]')"
_FOUND = "SELECT rowid FROM article_search WHERE article_search MATCH ?"


def found(archive: Archive, word: str) -> int:
    """How many texts a search finds."""
    return len(archive.connection.execute(_FOUND, (word,)).fetchall())


def test_rows_put_in_at_once_are_found_and_later_ones_too(tmp_path: Path) -> None:
    """Those from before and those put in are found; afterwards triggers do their work again, also for a row to go."""
    with Archive(tmp_path / "archive.sqlite") as archive:
        archive.connection.execute(_ROWS, ("a", "Fostering", "carers"))
        with archive.transaction(), indexed_at_the_end(archive.connection):
            archive.connection.execute(_ROWS, ("b", "Adoption", "carers"))
        assert found(archive, "carers") == 2
        archive.connection.execute(_ROWS, ("c", "Kinship", "carers"))
        archive.connection.execute("DELETE FROM article_texts WHERE article_id = 'a'")
        assert (found(archive, "carers"), found(archive, "fostering")) == (2, 0)


def test_a_list_is_found_by_each_of_its_keys(tmp_path: Path) -> None:
    """The keys of rows with lists in them are made with the searches."""
    with Archive(tmp_path / "archive.sqlite") as archive:
        with archive.transaction(), indexed_at_the_end(archive.connection):
            archive.connection.execute("INSERT INTO timeline (event_id, policy_ids) VALUES ('e', 'policy-a; policy-b')")
        keys = archive.connection.execute("SELECT key FROM timeline_keys ORDER BY key").fetchall()
        assert keys == [("policy-a",), ("policy-b",)]


def test_what_is_undone_leaves_the_triggers_as_they_were(tmp_path: Path) -> None:
    """A failure in between takes back the rows and gives back the triggers."""
    with Archive(tmp_path / "archive.sqlite") as archive:
        with (
            pytest.raises(ValueError, match="in between"),
            archive.transaction(),
            indexed_at_the_end(archive.connection),
        ):
            archive.connection.execute(_ROWS, ("b", "Adoption", "carers"))
            raise ValueError("in between")
        archive.connection.execute(_ROWS, ("c", "Kinship", "carers"))
        assert found(archive, "carers") == 1
