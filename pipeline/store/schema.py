"""The export tables of ``archive.sqlite``, and how an older archive becomes a newer one.

*Exports* are the tables of ``pipeline.tables``, made from the state (``migrations``), with ``article_texts`` and
``revisions`` beside them, full-text search over articles, quotes and titles, and keys by which rows with lists in them
are found quickly. Triggers keep the last two in step with the rows.
"""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Final

from pipeline.errors import StoreError
from pipeline.store.migrations import MIGRATIONS
from pipeline.tables import TABLES, Table

_SQL_TYPES: Final = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}

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

#: The full-text indexes: the table that each is over, and its columns.
SEARCHES: Final = {
    "article_search": ("article_texts", ("title", "text")),
    "timeline_search": ("timeline", ("title", "quote")),
    "evidence_search": ("evidence", ("quote",)),
    "numbers_search": ("numbers", ("measure", "quote")),
}

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


def _triggers(table: str) -> str:
    """The triggers that keep a table's full-text index and keys in step with its rows.

    An update of other columns than those (a telling's event, a number's measure) costs nothing.
    """
    into, out_of = [], []
    changed: list[str] = []
    for search, (content, columns) in SEARCHES.items():
        if content == table:
            names, changed = ", ".join(columns), [*changed, *columns]
            into.append(f"INSERT INTO {search} (rowid, {names}) VALUES (new.rowid, {_of('new', columns)});")
            out_of.append(
                f"INSERT INTO {search} ({search}, rowid, {names}) VALUES ('delete', old.rowid, {_of('old', columns)});"
            )
    for column in KEYED.get(table, ()):
        changed.append(column)
        into.append(f"INSERT OR IGNORE INTO {table}_keys SELECT value, new.rowid FROM {_items_of('new', column)};")
        out_of.append(
            f"DELETE FROM {table}_keys WHERE row_number = old.rowid AND key IN"
            f" (SELECT value FROM {_items_of('old', column)});"
        )
    return "\n".join(
        f"CREATE TRIGGER {table}_{name} AFTER {when} ON {table} BEGIN {' '.join(body)} END;"
        for name, when, body in (
            ("added", "INSERT", into),
            ("removed", "DELETE", out_of),
            ("changed", f"UPDATE OF {', '.join(changed)}", [*out_of, *into]),
        )
    )


def _of(row: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{row}.{column}" for column in columns)


def _items_of(row: str, column: str) -> str:
    """A list column of a row, taken apart."""
    return (
        f"json_each('[' || replace(json_quote({row}.{column}), '; ', '\",\"') || ']') WHERE {row}.{column} IS NOT NULL"
    )


#: What helps SQLite to find the shortest way to an answer, once rows have changed.
REFRESH: Final = ("PRAGMA analysis_limit = 400", "ANALYZE")

#: What makes full-text indexes and keys anew from the rows.
REINDEX: Final = (
    *(f"INSERT INTO {search} ({search}) VALUES ('rebuild')" for search in SEARCHES),
    *(f"DELETE FROM {table}_keys" for table in KEYED),
    *(
        f"INSERT OR IGNORE INTO {table}_keys SELECT value, {table}.rowid FROM {table}, {_items_of(table, column)}"
        for table, columns in KEYED.items()
        for column in columns
    ),
)

#: What is done to a copy of an archive whose rows may have got other numbers.
REBUILD: Final = (*REINDEX, *REFRESH)


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
CREATE INDEX timeline_by_nation ON timeline (nation, date_earliest, date_latest, event_id);
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
CREATE INDEX mentions_in_order ON mentions (article_id, field, start_char, kind, mention_id);
CREATE INDEX revisions_by_article ON revisions (article_id);
CREATE INDEX ledger_in_order ON ledger (dump, sha256, start_byte);
"""

_EXPORTS: Final = "\n".join(
    (
        *map(create_table_sql, TABLES),
        TEXTS,
        KEYS,
        _INDEXES,
        *map(_triggers, ("article_texts", "timeline", "evidence", "numbers")),
    )
)
#: Stands for the layout of the exports.
_LAYOUT: Final = hashlib.sha256(_EXPORTS.encode()).hexdigest()[:16]
_LAYOUT_FACT: Final = "layout"
#: What makes every row of the exports be made anew.
_FORGET_ROWS: Final = (
    "UPDATE _articles SET made = ''",
    "UPDATE _dumps SET shown = NULL",
    "DELETE FROM _files",
    "DELETE FROM _facts WHERE name IN ('timeline made by', 'figures made by', 'names made by', 'pages')",
    "DELETE FROM _facts WHERE name = 'run_key'",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the archive to the newest version, in one transaction a step.

    Raises ``StoreError`` for an archive that a newer carefeed wrote.
    """
    connection.execute("PRAGMA recursive_triggers = ON")  # a row that is replaced leaves the indexes, too
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise StoreError(
            f"the archive has version {version}, newer than this carefeed knows ({len(MIGRATIONS)})",
            "use a newer carefeed, or another output folder",
        )
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
    if connection.execute("SELECT value FROM _facts WHERE name = ?", (_LAYOUT_FACT,)).fetchone() != (_LAYOUT,):
        _lay_out_anew(connection)


def _lay_out_anew(connection: sqlite3.Connection) -> None:
    """Give the exports their present layout, empty; the next run fills them from the state."""
    tables = [
        name
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        if not name.startswith(("_", "sqlite_")) and (sql.startswith("CREATE VIRTUAL") or not _is_part(name))
    ]
    drops = "".join(f'DROP TABLE "{name}";' for name in tables)
    remember = f"INSERT OR REPLACE INTO _facts VALUES ('{_LAYOUT_FACT}', '{_LAYOUT}')"
    connection.executescript(f"BEGIN; {drops} {_EXPORTS} {'; '.join(_FORGET_ROWS)}; {remember}; COMMIT;")


def _is_part(name: str) -> bool:
    """Whether SQLite keeps a full-text index in this table: it goes with the index."""
    return any(name.startswith(f"{search}_") for search in SEARCHES)
