"""The tables of ``archive.sqlite`` and how an older archive becomes a newer one.

Two kinds of tables. *State*, with a leading underscore: what was read (``_dumps``, ``_items``) and what was found in
each text (``_extractions``); all else can be computed from it. *Exports*: the tables of ``pipeline.tables``, rebuilt
from the state, with ``article_texts`` and ``revisions`` beside them, full-text search over articles, quotes and
titles, and keys by which rows with lists in them are found quickly.
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
    title, text, content='article_texts', tokenize="porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE timeline_search USING fts5(
    title, quote, content='timeline', tokenize="porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE evidence_search USING fts5(
    quote, content='evidence', tokenize="porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE numbers_search USING fts5(
    measure, quote, content='numbers', tokenize="porter unicode61 remove_diacritics 2");
"""

SEARCHES: Final = ("article_search", "timeline_search", "evidence_search", "numbers_search")

#: What the rows of a table can be looked up by, from their lists: ``row_number`` is SQLite's rowid of the row.
KEYED: Final = {
    "timeline": ("policy_ids", "organisation_ids", "related", "superseded_ids"),
    "evidence": ("policy_ids", "organisation_ids"),
}
KEYS: Final = "".join(
    f"CREATE TABLE {table}_keys (key TEXT NOT NULL, row_number INTEGER NOT NULL,"
    " PRIMARY KEY (key, row_number)) WITHOUT ROWID;\n"
    for table in KEYED
)


def _keys_sql(table: str, column: str) -> str:
    """The statement that takes a list column apart into keys."""
    items = f"json_each('[' || replace(json_quote({table}.{column}), '; ', '\",\"') || ']')"
    return (
        f"INSERT OR IGNORE INTO {table}_keys SELECT value, {table}.rowid FROM {table}, {items}"
        f" WHERE {table}.{column} IS NOT NULL"
    )


#: What is made anew when the rows of the export tables have changed, in this order.
REFRESH: Final = (
    *(f"INSERT INTO {search} ({search}) VALUES ('rebuild')" for search in SEARCHES),
    *(f"DELETE FROM {table}_keys" for table in KEYED),
    *(_keys_sql(table, column) for table, columns in KEYED.items() for column in columns),
    "ANALYZE",
)


def create_table_sql(table: Table) -> str:
    """The CREATE TABLE statement of an export table."""
    columns = [f'"{column.name}" {_SQL_TYPES.get(column.type, "TEXT")}' for column in table.columns]
    key = ", ".join(f'"{name}"' for name in table.key)
    return f'CREATE TABLE "{table.name}" ({", ".join(columns)}, PRIMARY KEY ({key}));'


_INDEXES: Final = """
CREATE INDEX timeline_in_order ON timeline (date_earliest, date_latest, event_id);
CREATE INDEX timeline_by_type ON timeline (type, date_earliest, date_latest, event_id);
CREATE INDEX timeline_by_status ON timeline (status, date_earliest, date_latest, event_id);
CREATE INDEX timeline_by_state ON timeline (state, date_earliest, date_latest, event_id);
CREATE INDEX timeline_by_due_date ON timeline (state, date_latest, date_earliest, event_id);
CREATE INDEX timeline_by_topic ON timeline (topic_id, date_earliest, date_latest, event_id);
CREATE INDEX timeline_by_amount ON timeline (amount);
CREATE INDEX evidence_in_order ON evidence (published, article_id, field, start_char, evidence_id);
CREATE INDEX evidence_by_event ON evidence (event_id);
CREATE INDEX evidence_by_article ON evidence (article_id);
CREATE INDEX evidence_by_date ON evidence (date);
CREATE INDEX numbers_in_order ON numbers (published, article_id, field, start_char, number_id);
CREATE INDEX numbers_by_article ON numbers (article_id);
CREATE INDEX numbers_by_measure ON numbers (measure_id);
CREATE INDEX numbers_by_period ON numbers (period);
CREATE INDEX numbers_by_source ON numbers (source);
CREATE INDEX series_by_period ON series (period);
CREATE INDEX articles_in_order ON articles (published, article_id);
CREATE INDEX articles_by_topic ON articles (topic_id, published);
CREATE INDEX mentions_by_entity ON mentions (entity_id);
CREATE INDEX mentions_by_article ON mentions (article_id);
"""

#: Step N brings an archive from version N to N + 1. A step is never changed once released.
MIGRATIONS: Final = (STATE + "\n".join(map(create_table_sql, TABLES)) + TEXTS + KEYS + _INDEXES,)


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
