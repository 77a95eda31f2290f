"""SQL that people write themselves: it reads, within limits, and can do nothing else."""

from __future__ import annotations

import sqlite3
import time
from typing import Final, NamedTuple

from pipeline.errors import QueryError

DEFAULT_SECONDS: Final = 10.0
DEFAULT_ROWS: Final = 10_000
#: The longest string or blob that a query may build, in bytes, and how many steps go by between looks at the clock.
_LONGEST: Final = 10_000_000
_STEPS: Final = 10_000
_ALLOWED: Final = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_FUNCTION}
)
#: Functions that reach outside of the data, wherever a build of SQLite has them.
_FORBIDDEN: Final = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "sqlite_log"})
#: Pragmas that only tell; full-text search asks for the first itself.
_TELLING: Final = frozenset({"data_version", "table_info", "table_xinfo", "table_list", "index_list", "index_info"})
_TABLE_FUNCTIONS: Final = (
    "json_each",
    "json_tree",
    *(f"pragma_{name}" for name in sorted(_TELLING - {"data_version"})),
)


class Answer(NamedTuple):
    """Names of the columns, rows, and whether there were more than the limit."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    has_more: bool


def run_sql(
    connection: sqlite3.Connection, sql: str, seconds: float = DEFAULT_SECONDS, rows: int = DEFAULT_ROWS
) -> Answer:
    """The answer to one statement that reads.

    Raises ``QueryError`` for a statement that writes, attaches or
    sets anything, for one that is wrong, and for one that takes longer than ``seconds``.
    """
    deadline = time.monotonic() + seconds
    connection.execute("PRAGMA query_only = ON")
    _open_virtual_tables(connection)
    longest = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.set_authorizer(_authorize)
    connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    try:
        cursor = connection.execute(sql)
        if cursor.description is None:
            raise QueryError("the statement gives no rows", "write one that begins with SELECT or WITH")
        found: list[tuple[object, ...]] = []
        for row in cursor:
            if time.monotonic() > deadline:
                raise _too_slow(seconds)
            if len(found) == rows:
                return Answer(_names(cursor), found, has_more=True)
            found.append(tuple(row))
        return Answer(_names(cursor), found, has_more=False)
    except sqlite3.Warning as error:
        raise QueryError(f"the SQL can't be run: {error}", "give one statement") from error
    except sqlite3.DatabaseError as error:
        raise _explain(error, seconds) from error
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_authorizer(None)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)


def _open_virtual_tables(connection: sqlite3.Connection) -> None:
    """Use each once, since SQLite makes them at their first use, which looks like writing to the authorizer."""
    searches = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
    for name in [*_TABLE_FUNCTIONS, *(row[0] for row in searches)]:
        connection.execute(f'SELECT 1 FROM "{name}" LIMIT 0').fetchall()


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if (second or "").lower() in _FORBIDDEN else sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if (first or "").lower() in _TELLING else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _names(cursor: sqlite3.Cursor) -> tuple[str, ...]:
    return tuple(each[0] for each in cursor.description)


def _too_slow(seconds: float) -> QueryError:
    return QueryError(f"the SQL took longer than {seconds:g} s", "ask for less, or give it more with --seconds")


def _explain(error: sqlite3.Error, seconds: float) -> QueryError:
    message = str(error)
    if "interrupted" in message:
        return _too_slow(seconds)
    if "not authorized" in message or "prohibited" in message or "readonly" in message:
        return QueryError("the SQL may only read", "write a SELECT; to change data, work on a copy of the archive")
    return QueryError(f"the SQL can't be run: {message}", "the tables and columns are those of the CSV files")
