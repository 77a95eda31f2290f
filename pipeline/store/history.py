"""What earlier runs had: every row that people watch, from the run that brought it to the run that changed it.

A row that stays the same is kept once, however many runs there are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Set
from typing import Final

from pipeline.tables import BY_NAME

#: The columns whose change is news.
WATCHED: Final = {
    "timeline": (
        "title", "date", "type", "status", "state", "policies", "amount", "quote", "article_id", "url",
        "superseded_ids",
    ),
    "series": ("measure", "unit", "period", "value", "articles"),
    "policies": ("name", "state"),
    "topics": ("label", "n_articles"),
    "articles": ("title", "published", "n_words", "n_revisions", "summary", "url"),
}  # fmt: skip


def keep_run(
    connection: sqlite3.Connection, made: str, touched: Mapping[str, Set[tuple[object, ...]]] | None = None
) -> int:
    """Keep what the export tables hold now as a run of its own, and give its number; inside a transaction.

    ``touched`` are the keys of the rows that can be others than before, by table; None means all.
    Nothing is kept, and the number is that of the run before, where no watched row has changed.
    """
    (before,) = connection.execute("SELECT coalesce(max(run), 0) FROM _runs").fetchone()
    run = before + 1
    if touched is None:
        n_changes = sum(_keep_table(connection, table, run) for table in WATCHED)
    else:
        n_changes = sum(_keep_rows(connection, table, run, touched.get(table, frozenset())) for table in WATCHED)
    if not n_changes and before:
        return int(before)
    connection.execute("INSERT INTO _runs VALUES (?, ?)", (run, made))
    return int(run)


def _keep_rows(connection: sqlite3.Connection, table: str, run: int, keys: Set[tuple[object, ...]]) -> int:
    """The same as ``_keep_table`` for some rows, by their keys."""
    names = BY_NAME[table].key
    pairs = ", ".join(f"'{name}', {name}" for name in WATCHED[table])
    present = f"SELECT json_object({pairs}) FROM {table} WHERE {' AND '.join(f'{name} IS ?' for name in names)}"
    as_json = f"SELECT json_array({', '.join('?' * len(names))})"
    n_changes = 0
    for key in sorted(keys, key=repr):
        ((name,),) = connection.execute(as_json, key)
        now = connection.execute(present, key).fetchone()
        before = connection.execute(
            "SELECT record FROM _row_versions WHERE table_name = ? AND key = ? AND last_run IS NULL", (table, name)
        ).fetchone()
        if before == now:
            continue
        if before:
            n_changes += connection.execute(
                "UPDATE _row_versions SET last_run = ? WHERE table_name = ? AND key = ? AND last_run IS NULL",
                (run - 1, table, name),
            ).rowcount
        if now:
            connection.execute("INSERT INTO _row_versions VALUES (?, ?, ?, NULL, ?)", (table, name, run, now[0]))
            n_changes += 1
    return n_changes


def _keep_table(connection: sqlite3.Connection, table: str, run: int) -> int:
    """Close the versions that are no more, open those that are new: how many there were of both."""
    key = f"json_array({', '.join(f't.{name}' for name in BY_NAME[table].key)})"
    pairs = ", ".join(f"'{name}', t.{name}" for name in WATCHED[table])
    present = f"SELECT {key} AS key, json_object({pairs}) AS record FROM {table} t"
    closed = connection.execute(
        f"UPDATE _row_versions SET last_run = :before WHERE table_name = :table AND last_run IS NULL"
        f" AND (key, record) NOT IN ({present})",
        {"before": run - 1, "table": table},
    )
    opened = connection.execute(
        f"INSERT INTO _row_versions SELECT :table, key, :run, NULL, record FROM ({present}) WHERE (key, record) NOT IN"
        " (SELECT key, record FROM _row_versions WHERE table_name = :table AND last_run IS NULL)",
        {"run": run, "table": table},
    )
    return closed.rowcount + opened.rowcount
