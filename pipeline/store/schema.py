"""The tables of ``archive.sqlite`` and how an older archive becomes a newer one.

Two kinds of tables. *State*, with a leading underscore: what was read (``_dumps``, ``_items``) and what was found in
each text (``_extractions``); all else can be computed from it. *Exports*: the tables of ``pipeline.tables``, rebuilt
from the state, with ``article_texts`` and ``revisions`` beside them and full-text search over articles, quotes and
titles.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from pipeline.errors import StoreError
from pipeline.tables import TABLES, Table

_SQL_TYPES: Final = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}

STATE: Final = """
CREATE TABLE _dumps (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    record BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE _items (
    sha256 TEXT NOT NULL REFERENCES _dumps ON DELETE CASCADE,
    position INTEGER NOT NULL,
    article_id TEXT NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (sha256, position)
) WITHOUT ROWID;
CREATE INDEX _items_by_article ON _items (article_id);
CREATE TABLE _extractions (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    record BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE _facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
"""

TEXTS: Final = """
CREATE TABLE article_texts (
    article_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    blocks TEXT NOT NULL
);
CREATE TABLE revisions (
    article_id TEXT NOT NULL,
    dump TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    changes TEXT NOT NULL,
    PRIMARY KEY (article_id, sha256, position)
);
CREATE VIRTUAL TABLE article_search USING fts5(
    title, text, content='article_texts', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE timeline_search USING fts5(
    title, quote, content='timeline', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE evidence_search USING fts5(
    quote, content='evidence', tokenize="unicode61 remove_diacritics 2");
"""

SEARCHES: Final = ("article_search", "timeline_search", "evidence_search")


def create_table_sql(table: Table) -> str:
    """The CREATE TABLE statement of an export table."""
    columns = [f'"{column.name}" {_SQL_TYPES.get(column.type, "TEXT")}' for column in table.columns]
    key = ", ".join(f'"{name}"' for name in table.key)
    return f'CREATE TABLE "{table.name}" ({", ".join(columns)}, PRIMARY KEY ({key}));'


_INDEXES: Final = """
CREATE INDEX timeline_by_type ON timeline (type, date_earliest);
CREATE INDEX evidence_by_event ON evidence (event_id);
CREATE INDEX evidence_by_article ON evidence (article_id);
CREATE INDEX numbers_by_article ON numbers (article_id);
CREATE INDEX numbers_by_measure ON numbers (measure_id);
CREATE INDEX mentions_by_entity ON mentions (entity_id);
CREATE INDEX mentions_by_article ON mentions (article_id);
"""

#: Step N brings an archive from version N to N + 1. A step is never changed once released.
MIGRATIONS: Final = (STATE + "\n".join(map(create_table_sql, TABLES)) + TEXTS + _INDEXES,)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the archive to the newest version, in one transaction a step.

    Raises ``StoreError`` for an archive that a newer carefeed wrote.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise StoreError(
            f"the archive has version {version}, newer than this carefeed knows ({len(MIGRATIONS)})",
            "use a newer carefeed, or another output folder",
        )
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
