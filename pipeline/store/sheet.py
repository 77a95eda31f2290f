"""A ``timeline.csv`` alone as an archive in memory, for those who were only sent the file."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline import edtf
from pipeline.errors import StoreError
from pipeline.harmless import rearm
from pipeline.store.schema import REFRESH, migrate
from pipeline.tables import BY_NAME, LIST_SEPARATOR

#: What must be there; the columns that an older or a cut file lacks stay empty.
_NEEDED: Final = ("event_id", "date", "type", "title")
_NUMBERS: Final = {"integer": int, "number": float}
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def read_timeline_csv(path: Path) -> sqlite3.Connection:
    """An archive whose timeline is that of the file, and whose policies and organisations are those named in it.

    Columns may stand in any order. Of a file that ``export csv --excel`` wrote, the byte order mark and the apostrophes
    before formulas are taken off.
    Raises ``StoreError`` for a file that isn't there or is no timeline.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        _fill(connection, path)
    except BaseException:
        connection.close()
        raise
    connection.execute("PRAGMA query_only = ON")
    return connection


def _fill(connection: sqlite3.Connection, path: Path) -> None:
    migrate(connection)
    header = BY_NAME["timeline"].header
    try:
        with path.open("rb") as handle:
            is_disarmed = handle.read(len(_BYTE_ORDER_MARK)) == _BYTE_ORDER_MARK
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = csv.DictReader(handle, strict=True)
            missing = set(_NEEDED) - set(rows.fieldnames or ())
            if missing:
                raise _no_timeline(path, f"it has no column {', '.join(sorted(missing))}")
            connection.execute("BEGIN")
            connection.executemany(
                f"INSERT OR REPLACE INTO timeline VALUES ({', '.join('?' * len(header))})",
                _cells(rows, path, is_disarmed),
            )
    except OSError as error:
        raise StoreError(f"{path} can't be read: {error.strerror}", "give a timeline.csv") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise _no_timeline(path, str(error)) from error
    for plural in ("policies", "organisations"):
        _add_names(connection, plural)
    for statement in REFRESH:
        connection.execute(statement)
    connection.execute("COMMIT")


def _no_timeline(path: Path, why: str) -> StoreError:
    return StoreError(f"{path} is no timeline: {why}", "give the timeline.csv of a run")


def _cells(rows: csv.DictReader[str], path: Path, is_disarmed: bool) -> Iterator[list[object]]:
    columns, header = BY_NAME["timeline"].columns, BY_NAME["timeline"].header
    for row in rows:
        cells: list[object] = []
        for column in columns:
            text = row.get(column.name) or None
            if text and column.type in _NUMBERS:
                try:
                    cells.append(_NUMBERS[column.type](text))
                except ValueError as error:
                    raise _no_timeline(path, f"line {rows.line_num}: {column.name} is {text!r}") from error
            else:
                cells.append(rearm(text) if text and is_disarmed else text)
        for name, day in zip(("date_earliest", "date_latest"), edtf.parse(row["date"]) or (), strict=False):
            place = header.index(name)
            cells[place] = cells[place] or day.isoformat()
        yield cells


def _add_names(connection: sqlite3.Connection, plural: str) -> None:
    """Rows for the policies or organisations that the timeline names."""
    kind = {"policies": "policy", "organisations": "organisation"}[plural]
    names: dict[str, str] = {}
    for ids, written in connection.execute(f"SELECT {kind}_ids, {plural} FROM timeline WHERE {plural} IS NOT NULL"):
        own = written.split(LIST_SEPARATOR)
        given = ids.split(LIST_SEPARATOR) if ids else own
        if len(given) == len(own):
            names.update(zip(given, own, strict=True))
    connection.execute(f"UPDATE timeline SET {kind}_ids = {plural} WHERE {kind}_ids IS NULL")
    connection.executemany(f"INSERT INTO {plural} ({kind}_id, name) VALUES (?, ?)", sorted(names.items()))
