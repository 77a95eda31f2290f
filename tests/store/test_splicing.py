"""A file made from the one that stands has the bytes that writing all rows gives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.store.archive import ARCHIVE_NAME, Archive
from pipeline.store.contents import Contents
from pipeline.store.exports import SPLICED, rewrite_file, write_file
from pipeline.tables import BY_NAME
from tests.example import TABLES, full_rows, write_example


@pytest.mark.parametrize("seed", range(6))
def test_what_is_spliced_is_what_would_be_written(seed: int, tmp_path: Path) -> None:
    """Rows come, go, change and take other places, at either end and in between."""
    chance = random.Random(seed)
    write_example(tmp_path)
    old, new, whole = (tmp_path / each for each in ("old", "new", "whole"))
    for folder in (old, new, whole):
        folder.mkdir()
    for name in sorted(name for name, table in SPLICED.items() if name.endswith(".csv") and table in TABLES):
        table = BY_NAME[SPLICED[name]]
        (key,) = table.key
        place = next((column for column in table.order if column != key), key)
        rows = [dict(row) for row in full_rows(table.name, TABLES[table.name])]
        more = [{**row, place: chance.choice(rows)[place], key: f"{row[key]}-{n}"} for row in rows for n in range(3)]
        with Archive(tmp_path / ARCHIVE_NAME) as archive, archive.transaction():
            contents = Contents(archive)
            contents.put_rows(table.name, (), more)
            write_file(contents, name, old)
            after = Contents(archive)
            gone = [str(each[key]) for each in chance.sample([*rows, *more], min(2, len(rows)))]
            moved = [
                {**row, place: chance.choice(rows)[place], key: row[key]} for row in chance.sample(more, len(more) // 3)
            ]
            added = [{**row, key: f"{row[key]}-9"} for row in rows[:2]]
            after.put_rows(table.name, gone, [each for each in (*moved, *added) if str(each[key]) not in gone])
            keys = after.touched.rows(table.name)
            assert keys is not None
            assert rewrite_file(after, name, new, old / name, keys), name
            write_file(after, name, whole)
        assert (new / name).read_bytes() == (whole / name).read_bytes()


def test_a_cell_of_two_lines_is_left_to_those_who_write_all(tmp_path: Path) -> None:
    """Where a line is no row, nothing is spliced."""
    write_example(tmp_path)
    table = BY_NAME["timeline"]
    first, second, *_ = full_rows("timeline", TABLES["timeline"])
    with Archive(tmp_path / ARCHIVE_NAME) as archive, archive.transaction():
        contents = Contents(archive)
        contents.put_rows(table.name, (), [{**first, "quote": "One.\nTwo."}])
        write_file(contents, "timeline.csv", tmp_path)
        (tmp_path / "new").mkdir()
        contents.put_rows(table.name, (), [{**second, "title": "Other"}])
        key = str(second["event_id"])
        assert not rewrite_file(contents, "timeline.csv", tmp_path / "new", tmp_path / "timeline.csv", {key})
        assert not (tmp_path / "new" / "timeline.csv").exists()
