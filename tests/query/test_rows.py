"""Questions: which rows meet a filter, in which order, how many, and what is said when nothing can."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import QueryError, StoreError
from pipeline.query import rows
from pipeline.query.filters import FIELDS, Filter, make_filter
from pipeline.query.opening import open_archive
from pipeline.query.search import HIT_END, HIT_START
from pipeline.tables import BY_NAME


@pytest.fixture
def connection(example_folder: Path) -> Iterator[sqlite3.Connection]:
    """The tiny archive."""
    opened = open_archive(example_folder)
    yield opened
    opened.close()


# table, what is asked, which rows (the last part of their identifiers)
QUESTIONS = [
    ("timeline", {}, "1 2 3"),
    ("timeline", {"policy": "ecf"}, "1 3"),  # by acronym, in whatever capitals: see ORDER below
    ("timeline", {"policy": "Career Scheme"}, "1 3"),  # by alias
    ("timeline", {"policy": "policy-kinship-fund"}, "2"),
    ("timeline", {"policy": ["ECF", "kinship fund"]}, "1 2 3"),  # any one of them
    ("timeline", {"organisation": "the Education  Department"}, "1"),
    ("timeline", {"topic": "Kinship care"}, "2"),
    ("timeline", {"person": "minister"}, "1"),
    ("timeline", {"type": ["proposal", "funding"]}, "1 2"),
    ("timeline", {"status": "proposed"}, "1"),
    ("timeline", {"state": "due"}, "2"),
    ("timeline", {"nation": "Wales"}, "2"),
    ("timeline", {"start": "2024-05", "end": "2024-05"}, "2"),  # a year meets its month
    ("timeline", {"end": "2023"}, "1"),
    ("timeline", {"start": "2024-03"}, "2 3"),
    ("timeline", {"start": "2023-21", "end": "2023-21"}, ""),  # spring 2023
    ("timeline", {"published": "2023"}, "1"),
    ("timeline", {"min_amount": "£2m", "max_amount": "3m"}, "2"),
    ("timeline", {"min_amount": "3m"}, ""),
    ("timeline", {"min_confidence": 0.8}, "1 3"),
    ("timeline", {"text": "frameworks delays"}, "3"),  # all words, in any form of theirs
    ("timeline", {"text": '"proposed a framework"'}, "1"),
    ("timeline", {"text": '"a proposed framework"'}, ""),
    ("timeline", {"text": "kin*"}, "2"),
    ("timeline", {"text": "AND ( NEAR*"}, ""),  # no query language: words only
    ("timeline", {"event": "event-2"}, "3"),
    ("timeline", {"event": "event-0"}, "1"),  # an identifier of an earlier run
    ("timeline", {"article": "https://www.example.org/2024/03/01/delay"}, "3"),
    ("timeline", {"sort": "-confidence", "limit": 2}, "1 3"),
    ("timeline", {"sort": ["nation", "-date"]}, "3 1 2"),
    ("timeline", {"sort": "amount"}, "2 1 3"),  # unknown last
    ("timeline", {"sort": "-amount"}, "2 3 1"),
    ("timeline", {"text": "framework", "sort": "relevance"}, "3 1"),
    ("evidence", {"policy": "ECF"}, "1 2"),
    ("evidence", {"state": "done"}, "2"),
    ("evidence", {"start": "2024-03-09", "end": "2024-03-09"}, "2"),  # a month meets its day
    ("evidence", {"topic": "topic-2"}, "2"),
    ("numbers", {"measure": "vacancy"}, "1 2"),  # vacancies too
    ("numbers", {"policy": "ECF"}, "2"),  # whose sentence names it
    ("numbers", {"organisation": "DfE"}, "1"),  # whose source it is
    ("numbers", {"min_value": 17}, "1"),
    ("numbers", {"start": "2024"}, "2"),
    ("numbers", {"source_kind": "official_statistics", "unit": "percent"}, "1"),
    ("series", {"measure": "vacancies"}, "1 2"),
    ("series", {"measure": "vacancy", "start": "2024"}, "2"),
    ("articles", {"policy": "ECF"}, "1 2"),
    ("articles", {"text": "posts vacant"}, "2"),
    ("articles", {"type": "proposal"}, "1"),  # in which such an event is told
    ("articles", {"type": "proposal", "status": "happened"}, ""),  # of one and the same telling
    ("articles", {"start": "2024-03-01", "end": "2024-03-01"}, "2"),
    ("articles", {"topic": "topic-1"}, "1"),
]  # fmt: skip

#: Where each row of the timeline stands by date: the year 2024 begins before March.
ORDER = {"event-1": "1", "event-3": "2", "event-2": "3"}


def short(table: str, row: dict[str, object]) -> str:
    """A row in a sign."""
    if table == "timeline":
        return ORDER[str(row["event_id"])]
    if table == "series":
        return {"2023-09": "1", "2024-09": "2"}[str(row["period"])]
    return str(row[BY_NAME[table].key[0]]).split(".")[0].removeprefix("example-")


@pytest.mark.parametrize(("table", "asked", "found"), QUESTIONS)
def test_rows_that_meet_a_filter(
    connection: sqlite3.Connection, table: str, asked: dict[str, object], found: str
) -> None:
    """Fields are joined by and, values of one field by or; rows come in order."""
    wanted = make_filter(table, asked)
    met = list(rows.select(connection, table, wanted))
    assert " ".join(short(table, row) for row in met) == found
    assert all(set(BY_NAME[table].header) <= set(row) for row in met)
    if wanted.limit is None:
        assert rows.count(connection, table, wanted) == len(met)


def test_every_field_of_every_table_is_asked_for_above() -> None:
    """No filter goes untested in the table that it was made for; the event fields are tested on the timeline."""
    asked = {(table, name) for table, options, _ in QUESTIONS for name in options}
    for name in FIELDS["timeline"]:
        assert ("timeline", name) in asked, name
    assert {("numbers", "measure"), ("series", "measure"), ("articles", "text")} <= asked


def test_words_are_shown_where_they_stand(connection: sqlite3.Connection) -> None:
    """A search adds a snippet with the found words marked; of an article from its text."""
    (row,) = rows.select(connection, "articles", make_filter("articles", {"text": "vacant"}))
    assert f"stood {HIT_START}vacant{HIT_END}." in str(row["snippet"])


# table, by, groups
GROUPS = [
    ("timeline", ["year"], [("2023", 1), ("2024", 2)]),
    ("timeline", ["year", "type"], [("2023", "proposal", 1), ("2024", "announcement", 1), ("2024", "funding", 1)]),
    ("timeline", ["month"], [(None, 1), ("2023-02", 1), ("2024-03", 1)]),  # a year has no month
    ("timeline", ["policy"], [("early career framework", 2), ("kinship fund", 1)]),
    ("timeline", ["organisations"], [(None, 1), ("Department for Education", 1), ("Ofsted", 1)]),
    ("numbers", ["unit"], [("percent", 2)]),
    ("articles", ["tag"], [(None, 1), ("workforce", 1)]),
]


@pytest.mark.parametrize(("table", "by", "groups"), GROUPS)
def test_rows_are_counted_by_columns_dates_and_names(
    connection: sqlite3.Connection, table: str, by: list[str], groups: list[tuple[object, ...]]
) -> None:
    """Time in its order, others by number; a row with several names counts for each, one with none for none."""
    found = rows.count_by(connection, table, Filter(), by)
    assert [tuple(group.values()) for group in found] == groups


# what is asked of which table, what is said, what is advised
MISTAKES = [
    ("timeline", {"policy": "early carer framework"}, "no policy here", "did you mean early career framework?"),
    ("timeline", {"policy": "career"}, "no policy here", "early career framework"),  # a part of the name
    ("timeline", {"organisation": "xyz"}, "no organisation here", "organisations.csv"),
    ("timeline", {"topic": "kinship"}, "no topic here", "kinship care"),
    ("timeline", {"type": "proposals"}, "'proposals' is no type", "did you mean proposal?"),
    ("timeline", {"nation": "wales"}, "'wales' is no nation", "did you mean Wales?"),
    ("timeline", {"start": "soon"}, "'soon' is no date", "2024-05"),
    ("timeline", {"start": "2025", "end": "2024"}, "before it begins", "--from"),
    ("timeline", {"text": '" "'}, "no word to look for", "--text"),
    ("timeline", {"sort": "titel"}, "no column 'titel'", "did you mean title?"),
    ("timeline", {"sort": "relevance"}, "no relevance", "--text"),
    ("timeline", {"event": "event-9"}, "no event 'event-9'", "timeline.csv"),
    ("timeline", {"limit": -1}, "limit must be 0 or more", ""),
    ("timeline", {"min_amount": "much"}, "'much' is no amount", "£1.5bn"),
    ("timeline", {"measure": "x"}, "timeline can't be asked by measure", "policy"),
    ("series", {"nation": "Wales"}, "series can't be asked by nation", "measure"),
    ("timeline", {"colour": "x"}, "no filter 'colour'", "policy"),
    ("articles", {"article": "example-"}, "more than one article", "example-1"),
]


@pytest.mark.parametrize(("table", "asked", "message", "hint"), MISTAKES)
def test_a_question_that_can_not_be_answered(
    connection: sqlite3.Connection, table: str, asked: dict[str, object], message: str, hint: str
) -> None:
    """The error says what was wrong and what would be right."""
    with pytest.raises(QueryError, match=message) as caught:
        list(rows.select(connection, table, make_filter(table, asked)))
    assert hint in caught.value.hint


def test_a_day_is_london_s(connection: sqlite3.Connection, example_folder: Path) -> None:
    """In summer an article of 23:30 UTC came out on the next day."""
    del example_folder
    wanted = make_filter("articles", {"start": "2024-03-02"})  # winter time: 23:30 is still 1 March
    assert rows.count(connection, "articles", wanted) == 0


def test_a_folder_without_archive(tmp_path: Path) -> None:
    """It is said how to make one."""
    with pytest.raises(StoreError, match="no archive") as caught:
        open_archive(tmp_path)
    assert "carefeed run" in caught.value.hint


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    """It is said that it is none."""
    (tmp_path / "archive.sqlite").write_text("nothing of the kind")
    with pytest.raises(StoreError, match="is no archive of carefeed"):
        open_archive(tmp_path)
