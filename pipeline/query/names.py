"""Names as people write them, found as the archive has them; where nothing goes by a name, what was perhaps meant."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final, NamedTuple

from pipeline.errors import QueryError
from pipeline.tables import LIST_SEPARATOR

PLURALS: Final = {"policy": "policies", "organisation": "organisations", "topic": "topics"}
_FOLD: Final = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "\u00a0": " "})
_SUGGESTIONS: Final = 3
#: How alike two words are that may be one misspelt, from 0 to 1.
_ALIKE: Final = 0.75
_SHORTEST_PREFIX: Final = 6


class Entity(NamedTuple):
    """A policy, organisation or topic of the archive."""

    entity_id: str
    name: str


def resolve(connection: sqlite3.Connection, kind: str, name: str) -> tuple[Entity, ...]:
    """Every policy, organisation or topic that goes by ``name``: identifier, name, acronym or alias, in any capitals.

    Raises ``QueryError`` where there is none, with the nearest names.
    """
    exact = _find_exact(connection, kind, name)
    if exact:
        return exact
    wanted = fold(name)
    forms: dict[str, list[Entity]] = {}
    for entity, written in _entities(connection, kind):
        for form in written:
            forms.setdefault(fold(form), []).append(entity)
    if wanted in forms:
        return tuple(dict.fromkeys(forms[wanted]))
    raise QueryError(f"no {kind} here goes by {name!r}", did_you_mean(wanted, forms, PLURALS[kind]))


def _find_exact(connection: sqlite3.Connection, kind: str, name: str) -> tuple[Entity, ...]:
    """Those whose form is the name but for capitals of plain letters: the database finds them without reading all."""
    if kind == "topic":
        sql = "SELECT topic_id, label FROM topics WHERE ? IN (topic_id, label)"
        return tuple(Entity(*row) for row in connection.execute(sql, (name,)))
    return tuple(
        Entity(*row)
        for row in connection.execute(
            f"SELECT {kind}_id, name FROM {PLURALS[kind]} WHERE {kind}_id = :name OR name = :name COLLATE NOCASE"
            " OR acronym = :name COLLATE NOCASE"
            " OR instr(lower('; ' || aliases || '; '), lower('; ' || :name || '; ')) ORDER BY name",
            {"name": " ".join(name.split())},
        )
    )


def did_you_mean(wanted: str, forms: dict[str, list[Entity]], plural: str) -> str:
    """A hint: the names nearest to what was written, then those that hold it, then those that hold words like it."""
    near = [forms[form][0].name for form in get_close_matches(wanted, forms, n=_SUGGESTIONS)]
    near += sorted(entities[0].name for form, entities in forms.items() if wanted in form)
    if not near:
        near = sorted(entities[0].name for form, entities in forms.items() if _has_words_like(form, wanted))
    nearest = list(dict.fromkeys(near))[:_SUGGESTIONS]
    if nearest:
        return f"did you mean {' or '.join(nearest)}?"
    return f"the names are in {plural}.csv of the output folder: those that an article names"


def _has_words_like(form: str, wanted: str) -> bool:
    """Whether each word that was written is nearly one of the name's."""
    words = form.split()
    return all(get_close_matches(word, words, n=1, cutoff=_ALIKE) for word in wanted.split())


def _entities(connection: sqlite3.Connection, kind: str) -> Iterable[tuple[Entity, list[str]]]:
    """Every entity of a kind with all that it goes by."""
    if kind == "topic":
        for topic_id, label in connection.execute("SELECT topic_id, label FROM topics ORDER BY topic_id"):
            yield Entity(topic_id, label), [form for form in (topic_id, label) if form]
        return
    table = PLURALS[kind]
    found = connection.execute(f"SELECT {kind}_id, name, acronym, aliases FROM {table} ORDER BY name")
    for entity_id, name, acronym, aliases in found:
        others = [form for form in (acronym, *(aliases or "").split(LIST_SEPARATOR)) if form]
        yield Entity(entity_id, name), [entity_id, name, *others]


def list_names(connection: sqlite3.Connection, kind: str) -> list[str]:
    """Canonical names of a kind, sorted: what a shell offers to complete."""
    return sorted(entity.name for entity, _ in _entities(connection, kind) if entity.name)


def resolve_event(connection: sqlite3.Connection, event_id: str) -> str:
    """The present identifier of an event: of itself, of an event that it had become part of, or by its beginning.

    Raises ``QueryError`` where no event, or more than one, goes by it.
    """
    superseding = connection.execute(
        "SELECT t.event_id FROM timeline_keys k JOIN timeline t ON t.rowid = k.row_number"
        " WHERE k.key = ? AND instr('; ' || t.superseded_ids || '; ', '; ' || ? || '; ')",
        (event_id, event_id),
    )
    return _resolve_id(connection, "timeline", "event", event_id, [found for (found,) in superseding])


def resolve_article(connection: sqlite3.Connection, article: str) -> str:
    """The identifier of an article, by itself, its beginning or its address. Raises ``QueryError`` like the above."""
    by_url = connection.execute("SELECT article_id FROM articles WHERE url = ? OR url = ? || '/'", (article, article))
    return _resolve_id(connection, "articles", "article", article, [found for (found,) in by_url])


def _resolve_id(connection: sqlite3.Connection, table: str, kind: str, wanted: str, others: list[str]) -> str:
    key = f"{kind}_id"
    exact = connection.execute(f"SELECT {key} FROM {table} WHERE {key} = ?", (wanted,)).fetchone()
    if exact:
        return str(exact[0])
    if others:
        return others[0]
    longer: list[str] = []
    if len(wanted) >= _SHORTEST_PREFIX:
        found = connection.execute(
            f"SELECT {key} FROM {table} WHERE {key} >= ? AND {key} < ? ORDER BY {key} LIMIT ?",
            (wanted, wanted + "\U0010ffff", _SUGGESTIONS + 1),
        )
        longer = [row[0] for row in found]
    if len(longer) == 1:
        return longer[0]
    if longer:
        raise QueryError(f"more than one {kind} begins with {wanted!r}", f"such as {', '.join(longer[:_SUGGESTIONS])}")
    raise QueryError(f"there is no {kind} {wanted!r}", f"the identifiers are in {table}.csv, column {key}")


def fold(text: str) -> str:
    """A name for comparison: capitals, blanks and kinds of apostrophes and dashes left out of account."""
    return " ".join(text.translate(_FOLD).casefold().split())
