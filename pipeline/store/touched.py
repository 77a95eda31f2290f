"""What a run has touched, and which pages of the report show any of it: all others can stay as they are."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.store.history import WATCHED
from pipeline.tables import BY_NAME, LIST_SEPARATOR
from pipeline.vocabulary import LINK_KINDS

#: The columns whose values say what a row belongs to, by table.
_ARTICLES: Final = dict.fromkeys(("articles", "article_texts", "evidence", "numbers", "mentions"), "article_id")
_ENTITIES: Final = {
    "mentions": ("entity_id",),
    "timeline": ("policy_ids", "organisation_ids"),
    "policies": ("policy_id",),
    "organisations": ("organisation_id",),
}
_EVENTS: Final = {"timeline": "event_id", "evidence": "event_id"}


@dataclass
class Touched:
    """Identifiers of what rows that came, went or changed belong to; ``months`` are those that events begin in.

    ``entities`` are organisations and policies; ``listed`` those of which there is a row now and was none, or the
    other way round. ``keys`` are those of rows whose versions are kept, by table.
    """

    articles: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    keys: dict[str, set[tuple[object, ...]]] = field(default_factory=lambda: defaultdict(set))

    def note(self, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Take note of rows of a table that came or went."""
        if name in WATCHED:
            places = [header.index(column) for column in BY_NAME[name].key]
            self.keys[name] |= {tuple(row[i] for i in places) for row in rows}
        if name == "numbers":
            self.measures |= _cells(header, rows, "measure_id")
        if name in _ARTICLES:
            self.articles |= _cells(header, rows, _ARTICLES[name])
        for column in _ENTITIES.get(name, ()):
            found = {each for cell in _cells(header, rows, column) for each in cell.split(LIST_SEPARATOR)}
            self.entities |= found
            if name in ("policies", "organisations"):
                self.listed ^= found
        if name in _EVENTS:
            self.events |= _cells(header, rows, _EVENTS[name])
        if name == "timeline":
            self.months |= {cell[:7] for cell in _cells(header, rows, "date_earliest")}
            related = {pair for cell in _cells(header, rows, "related") for pair in cell.split(LIST_SEPARATOR)}
            self.events |= {pair.partition(":")[2] for pair in related}

    def note_column(self, name: str, keys: Iterable[str]) -> None:
        """Take note of rows of a table, by their keys, of which a column that pages show is another one now."""
        keys = set(keys)
        if name in WATCHED:
            self.keys[name] |= {(key,) for key in keys}
        if name == "articles":
            self.articles |= keys
        elif name == "timeline":
            self.events |= keys
        elif name == "evidence":
            self.articles |= {key.rpartition(".")[0] for key in keys}


def _cells(header: Sequence[str], rows: Iterable[Sequence[object]], column: str) -> set[str]:
    place = header.index(column)
    return {str(row[place]) for row in rows if row[place]}


@dataclass(frozen=True, slots=True)
class Due:
    """The pages that show anything touched: articles and entities by identifier, months of events."""

    articles: frozenset[str]
    months: frozenset[str]
    entities: frozenset[str]


def find_due(connection: sqlite3.Connection, touched: Touched) -> Due:
    """The pages that show anything of what was touched, as the rows are now."""

    def ask(query: str, values: Iterable[str]) -> set[str]:
        asked = sorted(set(values))
        return {each for value in asked for (each,) in connection.execute(query, (value,)) if each}

    by_key = "SELECT t.event_id FROM timeline_keys k JOIN timeline t ON t.rowid = k.row_number WHERE k.key = ?"
    naming = ask("SELECT DISTINCT article_id FROM mentions WHERE entity_id = ?", touched.listed)
    events = touched.events | ask(by_key, touched.listed)
    shown = events | ask(by_key, (f"{kind}:{event_id}" for event_id in events for kind in LINK_KINDS))
    months = touched.months | ask("SELECT substr(date_earliest, 1, 7) FROM timeline WHERE event_id = ?", shown)
    telling = ask("SELECT DISTINCT article_id FROM evidence WHERE event_id = ?", events)
    entities = touched.entities | ask("SELECT DISTINCT entity_id FROM mentions WHERE article_id = ?", touched.articles)
    for column in ("policy_ids", "organisation_ids"):
        cells = ask(f"SELECT {column} FROM timeline WHERE event_id = ?", shown)  # lists name what an event answers
        entities |= {each for cell in cells for each in cell.split(LIST_SEPARATOR)}
    return Due(frozenset(touched.articles | naming | telling), frozenset(months), frozenset(entities))
