"""Questions to the timeline: what meets a filter, and what is said when nothing can."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import QueryError, StoreError
from pipeline.query.timeline import TimelineFilter, open_archive, query_timeline
from pipeline.store.archive import Archive
from pipeline.store.contents import Contents
from pipeline.tables import BY_NAME

# event_id, date_earliest, date_latest, type, status, title, policies, organisations
EVENTS = [
    ("e1", "2023-02-02", "2023-02-02", "proposal", "proposed", "DfE proposes a framework", "early career framework", "Department for Education"),
    ("e2", "2024-01-01", "2024-12-31", "funding", "happened", "Fund gets £50m", "kinship fund", ""),
    ("e3", "2025-03-20", "2025-03-20", "ending", "happened", "Framework dropped", "early career framework; kinship fund", "Ofsted"),
]  # fmt: skip
POLICIES = [("policy-ecf", "early career framework", "ECF", "career scheme"), ("policy-kf", "kinship fund", "", "")]


def rows(table: str, records: list[tuple[str, ...]], columns: tuple[str, ...]) -> list[dict[str, object]]:
    """Rows of a table from some of its columns; the others are empty."""
    empty = dict.fromkeys(BY_NAME[table].header)
    return [{**empty, **dict(zip(columns, record, strict=True))} for record in records]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An archive of three events."""
    columns = ("event_id", "date_earliest", "date_latest", "type", "status", "title", "policies", "organisations")
    with Archive(tmp_path / "archive.sqlite") as archive:
        contents = Contents(archive)
        contents.replace_rows("timeline", rows("timeline", EVENTS, columns))
        contents.replace_rows("policies", rows("policies", POLICIES, ("policy_id", "name", "acronym", "aliases")))
        contents.replace_rows("organisations", rows("organisations", [("o", "Ofsted")], ("organisation_id", "name")))
    opened = open_archive(tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (TimelineFilter(), ["e1", "e2", "e3"]),
        (TimelineFilter(policies=("ecf",)), ["e1", "e3"]),  # by acronym, in whatever capitals
        (TimelineFilter(policies=("Career Scheme",)), ["e1", "e3"]),  # by alias
        (TimelineFilter(policies=("ECF", "kinship fund")), ["e1", "e2", "e3"]),  # any one of them
        (TimelineFilter(organisations=("Ofsted",)), ["e3"]),
        (TimelineFilter(types=("ending", "funding")), ["e2", "e3"]),
        (TimelineFilter(statuses=("proposed",)), ["e1"]),
        (TimelineFilter(start="2024-05", end="2024-05"), ["e2"]),  # a year meets its month
        (TimelineFilter(start="2025"), ["e3"]),
        (TimelineFilter(text="framework drop"), ["e3"]),  # all words, the last unfinished
        (TimelineFilter(text='"AND ( NEAR'), []),  # no query language: words only
        (TimelineFilter(limit=1), ["e1"]),
    ],
)
def test_rows_that_meet_a_filter(connection: sqlite3.Connection, wanted: TimelineFilter, found: list[str]) -> None:
    """Fields are joined by and, values of one field by or; rows come in the order of the timeline."""
    assert [row["event_id"] for row in query_timeline(connection, wanted)] == found


@pytest.mark.parametrize(
    ("wanted", "message", "hint"),
    [
        (TimelineFilter(policies=("early carer framework",)), "no policy here", "early career framework"),
        (TimelineFilter(types=("party",)), "'party' is no type", "announcement"),
        (TimelineFilter(start="soon"), "'soon' is no date", "2024-05"),
    ],
)
def test_a_question_that_can_not_be_answered(
    connection: sqlite3.Connection, wanted: TimelineFilter, message: str, hint: str
) -> None:
    """The error says what was wrong and what would be right."""
    with pytest.raises(QueryError, match=message) as caught:
        query_timeline(connection, wanted)
    assert hint in caught.value.hint


def test_a_folder_without_archive(tmp_path: Path) -> None:
    """It is said how to make one."""
    with pytest.raises(StoreError, match="no archive") as caught:
        open_archive(tmp_path)
    assert "carefeed run" in caught.value.hint
