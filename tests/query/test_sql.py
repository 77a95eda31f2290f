"""SQL that people write: it reads, and can do nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import QueryError
from pipeline.query.opening import open_archive
from pipeline.query.sql import run_sql


@pytest.fixture
def connection(example_folder: Path) -> Iterator[sqlite3.Connection]:
    """The tiny archive."""
    opened = open_archive(example_folder)
    yield opened
    opened.close()


READS = [
    ("SELECT count(*) FROM timeline", 3),
    ("WITH x AS (SELECT 1 AS n UNION ALL SELECT 2) SELECT sum(n) FROM x", 3),
    ("SELECT count(*) FROM timeline_search WHERE timeline_search MATCH 'delay'", 1),
    ("SELECT count(*) FROM timeline, json_each('[1, 2]')", 6),
    ("SELECT count(*) > 5 FROM sqlite_master", 1),
    ("SELECT name FROM pragma_table_info('timeline') WHERE cid = 0", "event_id"),
]


@pytest.mark.parametrize(("sql", "answer"), READS)
def test_it_reads(connection: sqlite3.Connection, sql: str, answer: object) -> None:
    """Tables, searches, the schema."""
    assert run_sql(connection, sql).rows == [(answer,)]


WRITES = [
    "DELETE FROM timeline",
    "INSERT INTO topics (topic_id) VALUES ('x')",
    "UPDATE timeline SET title = ''",
    "DROP TABLE timeline",
    "CREATE TABLE x (y)",
    "CREATE TEMP TABLE x (y)",
    "ATTACH DATABASE ':memory:' AS other",
    "ATTACH DATABASE '/etc/passwd' AS other",
    "DETACH DATABASE main",
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = 1",
    "PRAGMA journal_mode = DELETE",
    "VACUUM INTO '/dev/null'",
    "BEGIN",
    "REINDEX",
    "ANALYZE",
    "SELECT load_extension('x')",
    "SELECT writefile('x', 'y')",
    "SELECT fts3_tokenizer('simple')",
    "INSERT INTO timeline_search (timeline_search) VALUES ('rebuild')",
    "SELECT 1; DROP TABLE timeline",
    "EXPLAIN",
    "",
    "SELECT no_such_column FROM timeline",
]


@pytest.mark.parametrize("sql", WRITES)
def test_it_can_do_nothing_else(connection: sqlite3.Connection, sql: str) -> None:
    """What writes, attaches, sets or reaches out is refused, and nothing has changed."""
    with pytest.raises(QueryError):
        run_sql(connection, sql)
    assert run_sql(connection, "SELECT count(*) FROM timeline").rows == [(3,)]


ENDLESS = [
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0",
]


@pytest.mark.parametrize("sql", ENDLESS)
def test_it_stops_in_time(connection: sqlite3.Connection, sql: str) -> None:
    """A statement that would never end is ended."""
    with pytest.raises(QueryError, match="took longer"):
        run_sql(connection, sql, seconds=0.2)


def test_it_stops_at_so_many_rows(connection: sqlite3.Connection) -> None:
    """And says that there are more."""
    sql = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    answer = run_sql(connection, sql, rows=5)
    assert answer.rows == [(1,), (2,), (3,), (4,), (5,)]
    assert answer.has_more


def test_it_builds_nothing_huge(connection: sqlite3.Connection) -> None:
    """A blob that would fill the memory is refused."""
    with pytest.raises(QueryError):
        run_sql(connection, "SELECT zeroblob(1000000000)")
