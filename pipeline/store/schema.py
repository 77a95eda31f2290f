"""The tables of ``archive.sqlite`` and how an older archive becomes a newer one.

Two kinds of tables. *State*, with a leading underscore: what was read (``_dumps``, ``_items``, ``_refused``), what was
found in each text (``_extractions``, ``_names``) and what earlier runs had (``_runs``, ``_row_versions``), from which
all else can be computed; and what tells which of the rest is up to date (``_articles``, ``_outcomes``, ``_bands``,
``_uses``, ``_places``, ``_files``, ``_facts``, and from ``_tellings`` to ``_follows`` what the timeline is kept with).
*Exports*: the tables of ``pipeline.tables``, made from the state, with ``article_texts`` and ``revisions`` beside them,
full-text search over articles, quotes and titles, and keys by which rows with lists in them are found quickly. Triggers
keep the last two in step with the rows.
"""

from __future__ import annotations

import hashlib
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
    newest TEXT,
    shown TEXT,
    record BLOB NOT NULL
);
CREATE TABLE _refused (
    name TEXT PRIMARY KEY,
    record BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE _items (
    sha256 TEXT NOT NULL REFERENCES _dumps ON DELETE CASCADE,
    position INTEGER NOT NULL,
    article_id TEXT NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (sha256, position)
);
CREATE INDEX _items_by_article ON _items (article_id, sha256, position);
CREATE TABLE _outcomes (
    sha256 TEXT NOT NULL,
    position INTEGER NOT NULL,
    article_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (sha256, position)
) WITHOUT ROWID;
CREATE INDEX _outcomes_by_article ON _outcomes (article_id);
CREATE TABLE _articles (
    article_id TEXT PRIMARY KEY,
    made TEXT NOT NULL,
    key TEXT NOT NULL,
    near TEXT,
    record BLOB NOT NULL
);
CREATE INDEX _articles_made ON _articles (article_id, made, key);
CREATE INDEX _articles_near ON _articles (near) WHERE near IS NOT NULL;
CREATE TABLE _bands (
    band INTEGER NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (band, article_id)
) WITHOUT ROWID;
CREATE INDEX _bands_by_article ON _bands (article_id);
CREATE TABLE _extractions (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    failure TEXT,
    events BLOB NOT NULL,
    quantities BLOB NOT NULL,
    others BLOB NOT NULL
);
CREATE INDEX _extractions_made ON _extractions (key, fingerprint);
CREATE TABLE _names (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    record BLOB NOT NULL
);
CREATE INDEX _names_made ON _names (key, fingerprint);
CREATE TABLE _uses (
    entity_id TEXT NOT NULL,
    published TEXT NOT NULL,
    article_id TEXT NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (entity_id, published, article_id)
) WITHOUT ROWID;
CREATE INDEX _uses_by_article ON _uses (article_id);
CREATE TABLE _files (
    name TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE _facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
"""

REMEMBERED: Final = """
CREATE TABLE _places (
    article_id TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    model TEXT NOT NULL,
    record BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE _memo (
    key BLOB PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;
"""

CHRONICLE: Final = """
DROP TABLE _memo;
CREATE TABLE _tellings (
    telling INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL,
    evidence_id TEXT NOT NULL,
    content BLOB NOT NULL,
    place TEXT NOT NULL,
    home INTEGER,
    event_id TEXT,
    record BLOB NOT NULL
);
CREATE INDEX _tellings_by_article ON _tellings (article_id);
CREATE INDEX _tellings_by_evidence ON _tellings (evidence_id);
CREATE INDEX _tellings_by_home ON _tellings (home, place);
CREATE INDEX _tellings_by_event ON _tellings (event_id);
CREATE TABLE _telling_keys (
    key INTEGER NOT NULL,
    telling INTEGER NOT NULL,
    PRIMARY KEY (key, telling)
) WITHOUT ROWID;
CREATE TABLE _acronyms (
    name TEXT NOT NULL,
    acronym TEXT NOT NULL,
    telling INTEGER NOT NULL,
    PRIMARY KEY (name, acronym, telling)
) WITHOUT ROWID;
CREATE INDEX _acronyms_by_telling ON _acronyms (telling);
CREATE TABLE _events (
    event_id TEXT PRIMARY KEY,
    quote INTEGER NOT NULL,
    told TEXT NOT NULL,
    date_earliest TEXT NOT NULL,
    date_latest TEXT NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    focus TEXT NOT NULL,
    old TEXT,
    new TEXT,
    stage TEXT NOT NULL,
    given TEXT NOT NULL,
    title TEXT NOT NULL,
    related TEXT NOT NULL,
    state TEXT,
    record BLOB NOT NULL
);
CREATE INDEX _events_by_quote ON _events (quote);
CREATE INDEX _events_by_focus ON _events (focus, stage);
CREATE INDEX _events_replacing ON _events (old) WHERE old IS NOT NULL;
CREATE INDEX _events_linked ON _events (event_id) WHERE related <> '';
CREATE INDEX _events_by_day ON _events (date_latest);
CREATE TABLE _event_policies (
    policy TEXT NOT NULL,
    told TEXT NOT NULL,
    event_id TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    PRIMARY KEY (policy, told, event_id)
) WITHOUT ROWID;
CREATE INDEX _event_policies_by_event ON _event_policies (event_id);
CREATE TABLE _answers (
    later TEXT NOT NULL,
    earlier TEXT NOT NULL,
    kind TEXT NOT NULL,
    weight REAL NOT NULL,
    PRIMARY KEY (later, earlier)
) WITHOUT ROWID;
CREATE INDEX _answers_by_earlier ON _answers (earlier);
CREATE TABLE _follows (
    focus TEXT NOT NULL,
    later TEXT NOT NULL,
    earlier TEXT NOT NULL,
    PRIMARY KEY (focus, later)
) WITHOUT ROWID;
"""

OWNERS: Final = """
CREATE TABLE _conflicts (
    owner TEXT NOT NULL,
    conflict_id TEXT NOT NULL,
    PRIMARY KEY (owner, conflict_id)
) WITHOUT ROWID;
"""

HISTORY: Final = """
CREATE TABLE _runs (
    run INTEGER PRIMARY KEY,
    made TEXT NOT NULL
);
CREATE TABLE _row_versions (
    table_name TEXT NOT NULL,
    key TEXT NOT NULL,
    first_run INTEGER NOT NULL,
    last_run INTEGER,
    record TEXT NOT NULL,
    PRIMARY KEY (table_name, key, first_run)
) WITHOUT ROWID;
CREATE INDEX _row_versions_open ON _row_versions (table_name, key) WHERE last_run IS NULL;
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

#: What makes full-text indexes and keys anew in a copy of an archive whose rows may have got other numbers.
REBUILD: Final = (
    *(f"INSERT INTO {search} ({search}) VALUES ('rebuild')" for search in SEARCHES),
    *(f"DELETE FROM {table}_keys" for table in KEYED),
    *(
        f"INSERT OR IGNORE INTO {table}_keys SELECT value, {table}.rowid FROM {table}, {_items_of(table, column)}"
        for table, columns in KEYED.items()
        for column in columns
    ),
    *REFRESH,
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
    "DELETE FROM _facts WHERE name IN ('timeline made by', 'figures made by', 'pages')",
    "DELETE FROM _facts WHERE name = 'run_key'",
)

#: Step N brings the state of an archive from version N to N + 1. A step is never changed once released; the exports
#: have none: they are made anew from the state where their layout has changed.
MIGRATIONS: Final = (STATE + HISTORY, REMEMBERED, CHRONICLE, OWNERS)


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
