"""The state tables of ``archive.sqlite``, by the steps in which they came.

What was read (``_dumps``, ``_items``, ``_refused``), what was found in each text (``_extractions``, ``_names``) and
what earlier runs had (``_runs``, ``_row_versions``), from which all else can be computed; and what tells which of the
rest is up to date (``_articles``, ``_outcomes``, ``_bands``, ``_uses``, ``_places``, ``_files``, ``_facts``,
``_conflicts``, and from ``_tellings`` to ``_follows`` what the timeline is kept with).
"""

from __future__ import annotations

from typing import Final

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

#: What is asked of all events that are linked is in the index, without their records.
LINKED: Final = """
DROP INDEX _events_linked;
CREATE INDEX _events_linked ON _events (event_id, related, status) WHERE related <> '';
"""

#: Whether an event is open is read from the event.
OPENNESS: Final = "ALTER TABLE _event_policies DROP COLUMN is_open;"

#: Step N brings the state of an archive from version N to N + 1. A step is never changed once released; the exports
#: have none: they are made anew from the state where their layout has changed.
MIGRATIONS: Final = (STATE + HISTORY, REMEMBERED, CHRONICLE, OWNERS, LINKED, OPENNESS)
