"""A copy of the archive for others, and what Datasette says of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from pipeline.tables import TABLES, Table

#: Columns that Datasette offers to filter by at the side of each table.
_FACETS: Final = {
    "timeline": ["type", "status", "state", "nation"],
    "evidence": ["type", "status", "date_basis"],
    "numbers": ["unit", "tier", "role", "source_kind"],
    "series": ["unit", "conflict"],
    "conflicts": ["kind"],
    "mentions": ["kind", "type"],
    "organisations": ["type", "origin"],
    "policies": ["type", "state", "origin"],
    "articles": ["topic_id"],
    "ledger": ["bin", "dump"],
    "rejections": ["stage", "reason"],
}
_SORTS: Final = {"timeline": "date_earliest", "numbers": "published", "evidence": "published", "articles": "published"}
_SEARCHES: Final = {"timeline": "timeline_search", "evidence": "evidence_search", "numbers": "numbers_search"}
_LABELS: Final = {
    "timeline": "title", "organisations": "name", "policies": "name", "topics": "label", "articles": "title",
    "series": "measure",
}  # fmt: skip
_UNITS: Final = {"amount": "GBP", "n_words": "words", "start_byte": "B", "end_byte": "B"}
_LICENCE: Final = "Quotes belong to the publisher of the articles; each row links to its source."


def write_database(source: sqlite3.Connection, path: Path, rebuild: Sequence[str], *, full_text: bool) -> None:
    """A copy of the archive without what only a run needs, and without the articles' texts unless ``full_text``.

    ``rebuild`` are the statements that make indexes and keys anew from the tables.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        names = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if name.startswith("_"):
                copy.execute(f'DROP TABLE "{name}"')
        for name in () if full_text else ("article_texts", "revisions"):
            copy.execute(f'DELETE FROM "{name}"')
        copy.execute("VACUUM")  # gives every row a new number, so what points to numbers is made anew
        for statement in rebuild:
            copy.execute(statement)


def datasette_metadata(database: str, tables: Iterable[Table] = TABLES) -> dict[str, Any]:
    """``metadata.json`` for Datasette: what tables and columns mean, units, facets, order, search."""
    return {
        "title": "carefeed: a timeline of policy events",
        "description": "Events, figures, organisations and policies from a social care news feed.",
        "license": _LICENCE,
        "databases": {
            database: {
                "tables": {
                    **{table.name: _table_metadata(table) for table in tables},
                    **{f"{name}_keys": {"hidden": True} for name in ("timeline", "evidence")},
                }
            }
        },
    }


def _table_metadata(table: Table) -> dict[str, Any]:
    said: dict[str, Any] = {
        "description": f"One row is {table.one_row_is}.",
        "columns": {column.name: column.description for column in table.columns},
        "facets": _FACETS.get(table.name, []),
        "units": {column.name: _UNITS[column.name] for column in table.columns if column.name in _UNITS},
    }
    optional = {
        "sort": _SORTS.get(table.name),
        "fts_table": _SEARCHES.get(table.name),
        "label_column": _LABELS.get(table.name),
    }
    return said | {key: value for key, value in optional.items() if value}
