"""A timeline.csv alone, asked like an archive."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.query.filters import Filter, make_filter
from pipeline.query.opening import open_archive
from pipeline.query.rows import count, count_by, select
from pipeline.store.sheet import read_timeline_csv
from pipeline.tables import BY_NAME, cell_text


@pytest.fixture
def sheet(example_folder: Path, tmp_path: Path) -> Path:
    """The example's timeline as a file."""
    from pipeline.export.lines import csv_lines  # noqa: PLC0415

    path = tmp_path / "timeline.csv"
    with closing(open_archive(example_folder)) as connection:
        rows = select(connection, "timeline", Filter())
        path.write_text("".join(csv_lines(rows, BY_NAME["timeline"].columns)), encoding="utf-8")
    return path


def test_it_answers_like_the_archive(sheet: Path, example_folder: Path) -> None:
    """The same rows for the same questions, cell for cell."""
    questions = [
        {}, {"policy": "early career framework"}, {"organisation": "Ofsted"}, {"text": "delays"},
        {"start": "2024-05", "end": "2024-05"}, {"min_amount": "1m"}, {"event": "event-0"}, {"sort": "-confidence"},
    ]  # fmt: skip
    with closing(read_timeline_csv(sheet)) as ours, closing(open_archive(example_folder)) as theirs:
        for asked in questions:
            wanted = make_filter("timeline", asked)
            found, expected = (
                [{k: cell_text(v) for k, v in row.items()} for row in select(connection, "timeline", wanted)]  # type: ignore[arg-type]
                for connection in (ours, theirs)
            )
            assert found == expected
        assert count_by(ours, "timeline", Filter(), ["policy"]) == count_by(theirs, "timeline", Filter(), ["policy"])


def test_columns_may_be_missing_or_in_another_order(tmp_path: Path) -> None:
    """What an older or a cut file has is enough."""
    path = tmp_path / "some.csv"
    path.write_text("title,type,date,event_id,policies,mine\nFund opens,funding,2024,e1,A; B,x\n")
    with closing(read_timeline_csv(path)) as connection:
        assert (
            count(
                connection, "timeline", make_filter("timeline", {"policy": "b", "type": "funding", "start": "2024-05"})
            )
            == 1
        )


# content, what is said
WRONG = [
    (b"", "no column date, event_id, title, type"),
    (b"a,b\n1,2\n", "no column"),
    (b"event_id,date,type,title,amount\ne1,2024,funding,x,lots\n", "line 2: amount is 'lots'"),
    (b"\xff\xfe\x00e", "no timeline"),
    (b'event_id,date,type,title\n"e1', "no timeline"),
]


@pytest.mark.parametrize(("content", "message"), WRONG)
def test_a_file_that_is_no_timeline(content: bytes, message: str, tmp_path: Path) -> None:
    """It is said what is wrong with it."""
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=message):
        read_timeline_csv(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is said that it can't be read."""
    with pytest.raises(StoreError, match="can't be read"):
        read_timeline_csv(tmp_path / "timeline.csv")
