"""Which pages show anything of what was touched, and which versions of rows are kept."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from pipeline.slugs import first_letter
from pipeline.store.archive import ARCHIVE_NAME, Archive
from pipeline.store.contents import Contents
from pipeline.store.history import keep_run
from pipeline.store.touched import find_due
from tests.example import TABLES, full_rows, write_example


def test_what_has_not_changed_is_due_nowhere(tmp_path: Path) -> None:
    """The same rows once more touch nothing, and no page is due."""
    write_example(tmp_path)
    with Archive(tmp_path / ARCHIVE_NAME) as archive, archive.transaction():
        contents = Contents(archive)
        for table, rows in TABLES.items():
            contents.replace_rows(table, full_rows(table, rows))
        due = find_due(archive.connection, contents.touched)
    assert not any(asdict(due).values())


def test_an_event_is_due_where_it_is_shown(tmp_path: Path) -> None:
    """Its month, the articles that tell it, its policies and bodies, and the months of events linked to it."""
    write_example(tmp_path)
    event = next(row for row in TABLES["timeline"] if row.get("related"))
    target = str(event["related"][0]).partition(":")[2]  # type: ignore[index]
    other = next(row for row in TABLES["timeline"] if row["event_id"] == target)
    with Archive(tmp_path / ARCHIVE_NAME) as archive, archive.transaction():
        contents = Contents(archive)
        contents.put_rows("timeline", (), full_rows("timeline", [{**event, "title": "Another line"}]))
        due = find_due(archive.connection, contents.touched)
    assert {str(event["date_earliest"])[:7], str(other["date_earliest"])[:7]} <= due.months
    assert {
        str(row["article_id"]) for row in TABLES["evidence"] if row["event_id"] == event["event_id"]
    } <= due.articles
    assert set(event["policy_ids"]) <= due.entities  # type: ignore[call-overload]


def test_versions_are_kept_of_what_was_touched(tmp_path: Path) -> None:
    """By keys or by going through all rows: the same versions are closed and opened."""
    kept = []
    for place in (tmp_path / "keys", tmp_path / "all"):
        write_example(place, made="2024-03-02T00:00:00Z")
        with Archive(place / ARCHIVE_NAME) as archive, archive.transaction():
            contents = Contents(archive)
            first, *rest = full_rows("timeline", TABLES["timeline"])
            contents.put_rows("timeline", [str(each["event_id"]) for each in rest[:1]], [{**first, "title": "Other"}])
            touched = contents.touched.keys if place.name == "keys" else None
            assert keep_run(archive.connection, "2024-03-03T00:00:00Z", touched) == 2
            query = "SELECT * FROM _row_versions ORDER BY table_name, key, first_run"
            kept.append(archive.connection.execute(query).fetchall())
    assert kept[0] == kept[1]


def test_figures_are_due_by_the_letter_of_their_measure(tmp_path: Path) -> None:
    """Those that are gone are due where they stood; nothing else is."""
    write_example(tmp_path)
    gone = TABLES["series"][0]
    with Archive(tmp_path / ARCHIVE_NAME) as archive, archive.transaction():
        contents = Contents(archive)
        contents.replace_some("series", "measure_id", [str(gone["measure_id"])], [])
        due = find_due(archive.connection, contents.touched)
    assert due.letters == {first_letter(str(gone["measure"]))}
    assert str(gone["measure_id"]) in due.figures
