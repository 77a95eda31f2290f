"""A filter as SQL: one function a field."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple

from pipeline import edtf
from pipeline.errors import QueryError
from pipeline.query.filters import WORDS, Filter, check_filter
from pipeline.query.names import resolve, resolve_article, resolve_event
from pipeline.query.search import column_expression, match_expression, matching_rows


class Clause(NamedTuple):
    """A condition with the values for its question marks."""

    sql: str
    values: tuple[object, ...] = ()


#: What an article is asked by that only the events told in it can answer.
_TOLD: Final = ("type", "status", "nation")
#: The EDTF column of the tables that have no first and last day beside it.
_DATES: Final = {"evidence": "date", "numbers": "period", "series": "period"}


def where(connection: sqlite3.Connection, table: str, wanted: Filter) -> list[Clause]:
    """The conditions that a row of the table must meet.

    Raises ``QueryError`` for a name that nothing in the archive goes by, a word that isn't on its list, a date that is
    none, and a field that the table doesn't answer to.
    """
    check_filter(table, wanted)
    asked = wanted.asked
    clauses = []
    if table == "articles" and set(asked) & set(_TOLD):
        told = Filter(type=wanted.type, status=wanted.status, nation=wanted.nation)
        inner = join(where(connection, "evidence", told))
        clauses.append(Clause(f"article_id IN (SELECT article_id FROM evidence WHERE {inner.sql})", inner.values))
        wanted = replace(wanted, type=(), status=(), nation=())
    for name in wanted.asked:
        if name in ("start", "end"):
            continue
        if name in WORDS:
            clauses.append(_words(connection, table, name, getattr(wanted, name)))
        else:
            clauses.append(_CLAUSES[name](connection, table, getattr(wanted, name)))
    if wanted.start or wanted.end:
        clauses.extend(_own_date(connection, table, wanted.start, wanted.end))
    return clauses


def join(clauses: Sequence[Clause]) -> Clause:
    """All of the conditions as one; true where there are none."""
    sql = " AND ".join(f"({clause.sql})" for clause in clauses) or "TRUE"
    return Clause(sql, tuple(value for clause in clauses for value in clause.values))


def is_in(column: str, values: Sequence[object]) -> Clause:
    """The column has one of the values."""
    return Clause(f"{column} IN ({', '.join('?' * len(values))})", tuple(values))


# ----------------------------------------------------------------------------- names and words


def _words(_: sqlite3.Connection, table: str, name: str, words: tuple[str, ...]) -> Clause:
    if name == "state" and table == "evidence":
        inner = is_in("state", words)
        return Clause(f"event_id IN (SELECT event_id FROM timeline WHERE {inner.sql})", inner.values)
    return is_in(name, words)


def _entity(kind: str) -> Callable[[sqlite3.Connection, str, tuple[str, ...]], Clause]:
    def clause(connection: sqlite3.Connection, table: str, names: tuple[str, ...]) -> Clause:
        entities = dict.fromkeys(entity for name in names for entity in resolve(connection, kind, name))
        ours = is_in("entity_id", [entity.entity_id for entity in entities])
        if table == "articles":
            return Clause(f"article_id IN (SELECT article_id FROM mentions WHERE {ours.sql})", ours.values)
        if table == "numbers":
            return _in_the_sentence(ours, [entity.name for entity in entities])
        keys = ours.sql.replace("entity_id", "key")
        return Clause(f"{table}.rowid IN (SELECT row_number FROM {table}_keys WHERE {keys})", ours.values)

    return clause


def _in_the_sentence(ours: Clause, names: Sequence[str]) -> Clause:
    """Numbers whose sentence names the entity, or whose source it is."""
    source = is_in("source", names)
    return Clause(
        "numbers.rowid IN ("
        "SELECT n.rowid FROM mentions m JOIN numbers n ON n.article_id = m.article_id AND n.field = m.field"
        f" WHERE m.{ours.sql} AND instr(n.quote, m.text)"
        f" UNION SELECT rowid FROM numbers WHERE {source.sql})",
        ours.values + source.values,
    )


def _topic(connection: sqlite3.Connection, table: str, names: tuple[str, ...]) -> Clause:
    topics = dict.fromkeys(topic.entity_id for name in names for topic in resolve(connection, "topic", name))
    ours = is_in("topic_id", list(topics))
    if table in ("timeline", "articles"):
        return ours
    return Clause(f"article_id IN (SELECT article_id FROM articles WHERE {ours.sql})", ours.values)


def _person(_: sqlite3.Connection, table: str, name: str) -> Clause:
    return Clause(f"instr(lower({table}.people), lower(?))", (name,))


def _event(connection: sqlite3.Connection, table: str, event_ids: tuple[str, ...]) -> Clause:
    return is_in(f"{table}.event_id", [resolve_event(connection, each) for each in event_ids])


def _article(connection: sqlite3.Connection, table: str, article_ids: tuple[str, ...]) -> Clause:
    known = [resolve_article(connection, each) for each in article_ids]
    if table != "timeline":
        return is_in(f"{table}.article_id", known)
    told = is_in("article_id", known)  # an event belongs to every article that tells it
    return Clause(f"timeline.event_id IN (SELECT event_id FROM evidence WHERE {told.sql})", told.values)


# ----------------------------------------------------------------------------- dates


def days(value: str) -> tuple[date, date]:
    """First and last day of a date as people write it. Raises ``QueryError`` for what is none."""
    span = edtf.parse(value)
    if span is None:
        raise QueryError(f"{value!r} is no date", "write 2024, 2024-05, 2024-05-28 or an EDTF interval: 2024/2025-06")
    return span


def _own_date(connection: sqlite3.Connection, table: str, start: str | None, end: str | None) -> Iterator[Clause]:
    """The row's own date shares a day with the time from ``start`` to ``end``."""
    first = days(start)[0] if start else date.min
    last = days(end)[1] if end else date.max
    if first > last:
        raise QueryError(f"the time ends ({end}) before it begins ({start})", "change --from and --to about")
    if table == "timeline":
        if start:
            yield Clause("date_latest >= ?", (first.isoformat(),))
        if end:
            yield Clause("date_earliest <= ?", (last.isoformat(),))
    elif table == "articles":
        yield _came_out("published", "published", first, last)
    else:
        yield _meets(connection, table, first, last)


def _meets(connection: sqlite3.Connection, table: str, first: date, last: date) -> Clause:
    """The EDTF column shares a day with the time: there are far fewer dates than rows, so each is looked at once."""
    column = _DATES[table]
    distinct = connection.execute(
        f"WITH RECURSIVE each (value) AS (SELECT min({column}) FROM {table} UNION ALL"
        f" SELECT (SELECT min({column}) FROM {table} WHERE {column} > each.value) FROM each WHERE value IS NOT NULL)"
        " SELECT value FROM each WHERE value IS NOT NULL"
    )
    spans = ((value, edtf.parse(value)) for (value,) in distinct)
    met = [value for value, span in spans if span and span[0] <= last and span[1] >= first]
    return Clause(f"{table}.{column} IN (SELECT value FROM json_each(?))", (json.dumps(met),))


def _published(_: sqlite3.Connection, table: str, value: str) -> Clause:
    first, last = days(value)
    if table == "timeline":
        return _came_out("first_published", "last_published", first, last)
    return _came_out("published", "published", first, last)


def _came_out(earliest: str, latest: str, first: date, last: date) -> Clause:
    """A moment between the two columns lies in the days, as London counts them."""
    parts = []
    if first > date.min:
        parts.append(Clause(f"{latest} >= ?", (_london_midnight(first),)))
    if last < date.max:
        parts.append(Clause(f"{earliest} < ?", (_london_midnight(last + timedelta(days=1)),)))
    return join(parts)


def _london_midnight(day: date) -> str:
    """The moment when a day begins in London, as the archive writes moments."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (most questions don't need it)

    return datetime.combine(day, time(), ZoneInfo("Europe/London")).astimezone(UTC).isoformat()


# ----------------------------------------------------------------------------- amounts and texts


def _compare(expression: str) -> Callable[[sqlite3.Connection, str, float], Clause]:
    return lambda _connection, _table, bound: Clause(expression, (bound,))


def _text(_: sqlite3.Connection, table: str, text: str) -> Clause:
    return Clause(f"{table}.rowid IN ({matching_rows(table)})", (match_expression(text),))


def _measure(_: sqlite3.Connection, table: str, text: str) -> Clause:
    hits = f"SELECT rowid FROM ({matching_rows('numbers')})"
    expression = (column_expression("measure", text),)
    if table == "numbers":
        return Clause(f"numbers.rowid IN ({hits})", expression)
    return Clause(f"measure_id IN (SELECT measure_id FROM numbers WHERE rowid IN ({hits}))", expression)


_CLAUSES: Final[dict[str, Callable[..., Clause]]] = {
    "policy": _entity("policy"),
    "organisation": _entity("organisation"),
    "topic": _topic,
    "person": _person,
    "event": _event,
    "article": _article,
    "published": _published,
    "min_amount": _compare("amount >= ?"),
    "max_amount": _compare("amount <= ?"),
    "min_confidence": _compare("confidence >= ?"),
    "min_value": _compare("value >= ?"),
    "max_value": _compare("value <= ?"),
    "text": _text,
    "measure": _measure,
}
