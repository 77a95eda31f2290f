"""What is new since an earlier run."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from pipeline.errors import QueryError
from pipeline.query.changes import find_changes, list_runs, resolve_run, snapshot
from pipeline.query.opening import open_archive
from tests.example import TABLES, write_example


def compare(folder: Path, since: str | None = None) -> set[tuple[str, ...]]:
    """The changes of the latest run, without their text."""
    connection = open_archive(folder)
    earlier = resolve_run(connection, since)
    latest = list_runs(connection)[-1][0]
    found = find_changes(snapshot(connection, earlier), snapshot(connection, latest))
    connection.close()
    return {(c.change, c.table, c.id, c.column, c.before, c.after) for c in found}


def changed(table: str, place: int, **cells: object) -> dict[str, list[dict[str, object]]]:
    """The example's tables with some cells of one row changed."""
    rows = copy.deepcopy(TABLES[table])
    rows[place] |= cells
    return {table: rows}


# how the second run differs, and what is said
CASES = [
    ({}, set()),
    (
        changed("timeline", 2, state="overdue"),
        {("changed", "timeline", "event-3", "state", "due", "overdue")},
    ),
    ({"timeline": TABLES["timeline"][:2]}, {("gone", "timeline", "event-3", "", "", "")}),
    (
        {"timeline": TABLES["timeline"][1:]} | changed("articles", 0, n_revisions=1),
        {
            ("corrected", "articles", "example-1", "n_revisions", "0", "1"),
            ("retracted", "timeline", "event-1", "", "", ""),
        },
    ),
    (
        {"timeline": [TABLES["timeline"][0], {**TABLES["timeline"][1], "superseded_ids": ("event-3",)}]},
        {("joined", "timeline", "event-3", "event_id", "event-3", "event-2")},
    ),
    (
        changed("series", 1, value=15.5),
        {("changed", "series", "measure-vacancy-rate, percent, 2024-09", "value", "16", "15.5")},
    ),
    (
        {"series": TABLES["series"][:1]},
        {("gone", "series", "measure-vacancy-rate, percent, 2024-09", "", "16", "")},
    ),
    (
        changed("policies", 1, state="in_force"),
        {("changed", "policies", "policy-kinship-fund", "state", "planned", "in_force")},
    ),
    (
        {"topics": [*TABLES["topics"], {"topic_id": "topic-3", "label": "pay", "n_articles": 1}]},
        {("new", "topics", "topic-3", "", "", "")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("second", "said"), CASES)
def test_what_is_said_of_a_second_run(
    second: dict[str, list[dict[str, object]]], said: set[tuple[str, ...]], tmp_path: Path
) -> None:
    """New, changed, retracted with a corrected article, joined, gone: each by its word."""
    write_example(tmp_path, "2025-01-01T00:00:00Z")
    write_example(tmp_path, "2025-02-01T00:00:00Z", **second)
    # A second run that changes nothing is no run: then there is none to compare with.
    write_example(
        tmp_path, "2025-03-01T00:00:00Z", **second, **({} if second else changed("policies", 0, state="ended"))
    )
    since = "1" if second else "2025-01"
    extra = (
        set() if second else {("changed", "policies", "policy-early-career-framework", "state", "proposed", "ended")}
    )
    assert compare(tmp_path, since) == said | extra


def test_runs_are_named_by_number_or_date(tmp_path: Path) -> None:
    """The run before is meant where none is named; of a date, the last one until then."""
    for month, state in ((1, "proposed"), (2, "planned"), (3, "ended")):
        write_example(tmp_path, f"2025-0{month}-10T00:00:00Z", **changed("policies", 0, state=state))
    connection = open_archive(tmp_path)
    assert [resolve_run(connection, since) for since in (None, "1", "2025-02-28", "2025-01-10")] == [2, 1, 2, 1]
    for unknown in ("7", "2024-12-31", "yesterday"):
        with pytest.raises(QueryError, match="no run") as caught:
            resolve_run(connection, unknown)
        assert "3 (2025-03-10)" in caught.value.hint
    connection.close()


def test_one_run_alone_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    """It is said from when on there will be."""
    write_example(tmp_path, "2025-01-01T00:00:00Z")
    connection = open_archive(tmp_path)
    with pytest.raises(QueryError, match="keeps no earlier run"):
        resolve_run(connection, None)
    connection.close()
