"""What a run has touched, and which pages of the report show any of it: all others can stay as they are."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.slugs import first_letter
from pipeline.store.history import WATCHED
from pipeline.tables import BY_NAME, LIST_SEPARATOR
from pipeline.vocabulary import LINK_KINDS

#: Of tables without history, the keys of so many rows are noted: where more were touched, all are gone through.
_MOST_KEYS: Final = 20_000
#: The tables of which pages of articles show rows; those of all but the last, pages of what the articles name as well.
_SHOWN: Final = ("articles", "article_texts", "numbers", "mentions", "evidence")
_NAMING: Final = _SHOWN[:-1]
#: The columns whose values say what a row belongs to, by table.
_ENTITIES: Final = {
    "mentions": ("entity_id",),
    "timeline": ("policy_ids", "organisation_ids"),
    "policies": ("policy_id",),
    "organisations": ("organisation_id",),
}
_EVENTS: Final = {"timeline": "event_id", "evidence": "event_id"}
_FIGURES: Final = {"series": "measure_id", "conflicts": "conflict_id"}
#: What a page shows of an event that it only points at.
_HEADLINE: Final = ("event_id", "title", "date_label", "date_earliest", "date_basis", "status", "state")


@dataclass
class Touched:
    """Identifiers of what rows that came, went or changed belong to; ``months`` are those that events begin in.

    ``renewed`` are articles of which more has changed than what their tellings are of or their topic; ``linked`` the
    events that others were linked to, or are. ``entities`` are organisations and policies, ``policies`` the names of
    those that events are about; ``listed`` those of which there is a row now and was none, or the other way round;
    ``labels`` likewise those of topics, and ``headlines`` what is shown of an event beside others and on pages of
    articles. ``figures`` are measures and conflicts by their identifiers, ``letters`` those that their measures begin
    with, ``disputed`` the measures of conflicts by name, ``years`` those in which articles came out. ``keys`` are those
    of rows, by table.
    """

    articles: set[str] = field(default_factory=set)
    renewed: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    policies: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    labels: set[tuple[object, ...]] = field(default_factory=set)
    headlines: set[tuple[object, ...]] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)
    disputed: set[str] = field(default_factory=set)
    years: set[str] = field(default_factory=set)
    keys: dict[str, set[tuple[object, ...]]] = field(default_factory=lambda: defaultdict(set))

    def note(self, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Take note of rows of a table that came or went."""
        if self._is_keyed(name):
            self.keys[name] |= _parts(header, rows, BY_NAME[name].key)
        if name == "numbers":
            self.measures |= _cells(header, rows, "measure_id")
        if name in _SHOWN:
            self.articles |= _cells(header, rows, "article_id")
        if name in _NAMING:
            self.renewed |= _cells(header, rows, "article_id")
        if name == "articles":
            self.years |= {cell[:4] for cell in _cells(header, rows, "published")}
        if name in _FIGURES:
            self.figures |= _cells(header, rows, _FIGURES[name])
            self.letters |= set(map(first_letter, _cells(header, rows, "measure")))
        if name == "conflicts":
            self.disputed |= _cells(header, rows, "measure")
        if name == "topics":
            self.labels ^= _parts(header, rows, ("topic_id", "label"))
        for column in _ENTITIES.get(name, ()):
            found = {each for cell in _cells(header, rows, column) for each in cell.split(LIST_SEPARATOR)}
            self.entities |= found
            if name in ("policies", "organisations"):
                self.listed ^= found
        if name in _EVENTS:
            self.events |= _cells(header, rows, _EVENTS[name])
        if name == "timeline":
            self.policies |= {name for cell in _cells(header, rows, "policies") for name in cell.split(LIST_SEPARATOR)}
            self.headlines ^= _parts(header, rows, _HEADLINE)
            self.months |= {cell[:7] for cell in _cells(header, rows, "date_earliest")}
            related = {pair for cell in _cells(header, rows, "related") for pair in cell.split(LIST_SEPARATOR)}
            self.linked |= {pair.partition(":")[2] for pair in related}

    def _is_keyed(self, name: str) -> bool:
        return name in WATCHED or (name in BY_NAME and len(self.keys[name]) <= _MOST_KEYS)

    def rows(self, name: str) -> set[str] | None:
        """The keys of rows of a table with a key of one column; None where there are too many."""
        return None if len(self.keys[name]) > _MOST_KEYS else {str(key) for (key,) in self.keys[name]}

    def note_column(self, name: str, keys: Iterable[str]) -> None:
        """Take note of rows of a table, by their keys, of which a column that pages show is another one now."""
        keys = set(keys)
        if self._is_keyed(name):
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


def _parts(header: Sequence[str], rows: Iterable[Sequence[object]], columns: Sequence[str]) -> set[tuple[object, ...]]:
    places = [header.index(column) for column in columns]
    return {tuple(row[i] for i in places) for row in rows}


@dataclass(frozen=True, slots=True)
class Due:
    """What shows anything touched: pages of articles and entities by identifier, of months, and events on them.

    ``years`` are those of which articles are listed anew, ``figures`` measures and conflicts, ``letters`` those that
    the names of such measures begin with.
    """

    articles: frozenset[str]
    events: frozenset[str]
    months: frozenset[str]
    entities: frozenset[str]
    years: frozenset[str]
    figures: frozenset[str]
    letters: frozenset[str]


def find_due(connection: sqlite3.Connection, touched: Touched) -> Due:
    """The pages that show anything of what was touched, as the rows are now."""

    def ask(query: str, values: Iterable[str]) -> set[str]:
        asked = sorted(set(values))
        return {each for value in asked for (each,) in connection.execute(query, (value,)) if each}

    by_key = "SELECT t.event_id FROM timeline_keys k JOIN timeline t ON t.rowid = k.row_number WHERE k.key = ?"
    topics = {str(topic_id) for topic_id, _ in touched.labels}
    headlines = {str(event_id) for event_id, *_ in touched.headlines}
    events = touched.events | ask(by_key, touched.listed)
    events |= ask("SELECT event_id FROM timeline WHERE topic_id = ?", topics)
    listed = events | ask(by_key, (f"{kind}:{event_id}" for event_id in headlines for kind in LINK_KINDS))
    shown = listed | touched.linked  # a list names what an event answers, a month also what answers it
    months = touched.months | ask("SELECT substr(date_earliest, 1, 7) FROM timeline WHERE event_id = ?", shown)
    articles = touched.articles | ask("SELECT DISTINCT article_id FROM evidence WHERE event_id = ?", headlines)
    articles |= ask("SELECT DISTINCT article_id FROM mentions WHERE entity_id = ?", touched.listed)
    articles |= ask("SELECT article_id FROM articles WHERE topic_id = ?", topics)
    entities = touched.entities | ask("SELECT DISTINCT entity_id FROM mentions WHERE article_id = ?", touched.renewed)
    for column in ("policy_ids", "organisation_ids"):
        cells = ask(f"SELECT {column} FROM timeline WHERE event_id = ?", listed)
        entities |= {each for cell in cells for each in cell.split(LIST_SEPARATOR)}
    years = touched.years | ask("SELECT substr(published, 1, 4) FROM articles WHERE article_id = ?", articles)
    shown_figures = _figures_of(connection, touched)
    figures = touched.figures | touched.measures | shown_figures.keys()
    letters = touched.letters | set(map(first_letter, shown_figures.values()))
    return Due(*map(frozenset, (articles, shown, months, entities, years, figures, letters)))


def _figures_of(connection: sqlite3.Connection, touched: Touched) -> dict[str, str]:
    """Measures and conflicts that show an article which was touched, and measures beside which a conflict stands.

    Each with the name of the measure.
    """
    found: dict[str, str] = {}
    for article_id in touched.renewed:
        rows = connection.execute("SELECT measure_id, measure FROM numbers WHERE article_id = ?", (article_id,))
        found |= {measure_id: measure or "" for measure_id, measure in rows if measure_id}
    for conflict_id, measure, articles in connection.execute("SELECT conflict_id, measure, articles FROM conflicts"):
        if not touched.renewed.isdisjoint((articles or "").split(LIST_SEPARATOR)):
            found[conflict_id] = measure or ""
    for measure_id, measure in connection.execute("SELECT measure_id, measure FROM series"):
        if measure in touched.disputed:
            found[measure_id] = measure
    return found
