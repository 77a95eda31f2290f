"""What is new since an earlier run: a comparison of what two runs had."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.errors import QueryError
from pipeline.tables import LIST_SEPARATOR, Cell, Column, cell_text

Record = Mapping[str, Cell]
#: Records by table and key.
Snapshot = Mapping[str, Mapping[str, Record]]

COLUMNS: Final = (
    Column("change", "string", "new, changed, joined, corrected, retracted or gone"),
    Column("table", "string", "timeline, series, policies, topics or articles"),
    Column("id", "string", "the row's identifier"),
    Column("what", "string", "the row in a line"),
    Column("column", "string", "the column that changed"),
    Column("before", "string", "its value in the earlier run"),
    Column("after", "string", "its value now"),
    Column("url", "url", "the article's address"),
)
_TITLES: Final = {"timeline": "title", "series": "measure", "policies": "name", "topics": "label", "articles": "title"}
#: Columns that follow from others or say nothing by themselves.
_QUIET: Final = frozenset({"superseded_ids", "url", "articles", "measure"})
_ORDER: Final = ("articles", "timeline", "series", "policies", "topics")


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one row; a row with several changed columns has several.

    ``joined``: an event became part of another, whose identifier is ``after``. ``corrected``: an article has another
    text. ``retracted``: the row is gone and its article was corrected; ``gone``: it is gone for another reason.
    """

    change: str
    table: str
    id: str
    what: str
    column: str = ""
    before: str = ""
    after: str = ""
    url: str = ""


def find_changes(before: Snapshot, after: Snapshot) -> list[Change]:
    """Every change from one snapshot to the other: corrected articles first, then events, figures, policies, topics."""
    corrected = {
        json.loads(key)[0]
        for key, record in after.get("articles", {}).items()
        if key in before.get("articles", {}) and before["articles"][key] != record
    }
    joined = {
        former: json.loads(key)[0]
        for key, record in after.get("timeline", {}).items()
        for former in str(record.get("superseded_ids") or "").split(LIST_SEPARATOR)
        if former
    }
    changes: list[Change] = []
    for table in _ORDER:
        old, new = before.get(table, {}), after.get(table, {})
        for key in sorted(old.keys() | new.keys()):
            if key not in old:
                changes.append(_change("new", table, key, new[key]))
            elif key not in new:
                changes.append(_missing(table, key, old[key], corrected, joined))
            else:
                changes.extend(_columns(table, key, old[key], new[key]))
    return changes


def _missing(table: str, key: str, record: Record, corrected: set[str], joined: Mapping[str, str]) -> Change:
    """A row that is no more, and why."""
    identifier = str(json.loads(key)[0])
    if table == "timeline" and identifier in joined:
        return _change("joined", table, key, record, "event_id", identifier, joined[identifier])
    articles = str(record.get("article_id") or record.get("articles") or "").split(LIST_SEPARATOR)
    return _change("retracted" if corrected & set(articles) else "gone", table, key, record)


def _columns(table: str, key: str, old: Record, new: Record) -> Iterator[Change]:
    for column in new:
        if column not in _QUIET and old.get(column) != new[column]:
            kind = "corrected" if table == "articles" else "changed"
            yield _change(kind, table, key, new, column, cell_text(old.get(column)), cell_text(new[column]))


def _change(
    change: str, table: str, key: str, record: Record, column: str = "", before: str = "", after: str = ""
) -> Change:
    what = str(record.get(_TITLES[table]) or "")
    if table == "series":
        what = f"{what}, {record.get('period') or 'no period'} ({record.get('unit')})"
        after = cell_text(record.get("value")) if change == "new" else after
        before = cell_text(record.get("value")) if change in ("gone", "retracted") else before
    identifier = ", ".join(str(part or "") for part in json.loads(key))
    return Change(change, table, identifier, what, column, before, after, str(record.get("url") or ""))


# ----------------------------------------------------------------------------- from the archive


def list_runs(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Number and moment of every run that is kept, the oldest first."""
    return [(int(run), str(made)) for run, made in connection.execute("SELECT run, made FROM _runs ORDER BY run")]


def resolve_run(connection: sqlite3.Connection, since: str | None) -> int:
    """The number of a run: given as number, or as a date (the last run before or on that day); else the one before.

    Raises ``QueryError`` where there is none.
    """
    runs = list_runs(connection)
    if len(runs) < 2:
        raise QueryError("the archive keeps no earlier run", "changes can be told from the second run on")
    if since is None:
        return runs[-2][0]
    if since.isdigit() and int(since) in dict(runs):
        return int(since)
    older = [run for run, made in runs if made[: len(since)] <= since] if since[:4].isdigit() and "-" in since else []
    if older:
        return older[-1]
    known = ", ".join(f"{run} ({made[:10]})" for run, made in runs[-5:])
    raise QueryError(f"there is no run {since!r}", f"the runs are {known}")


def snapshot(connection: sqlite3.Connection, run: int) -> dict[str, dict[str, Record]]:
    """What a run had."""
    found: dict[str, dict[str, Record]] = {table: {} for table in _ORDER}
    rows = connection.execute(
        "SELECT table_name, key, record FROM _row_versions"
        " WHERE first_run <= :run AND (last_run IS NULL OR last_run >= :run)",
        {"run": run},
    )
    for table, key, record in rows:
        found.setdefault(table, {})[key] = json.loads(record)
    return found
