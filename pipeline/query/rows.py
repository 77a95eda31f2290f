"""Rows of a table that meet a filter: to read, to count, to group."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from pipeline.errors import QueryError
from pipeline.query.clauses import join, where
from pipeline.query.filters import Filter
from pipeline.query.search import INDEXES, match_expression, rank_of, snippet_of
from pipeline.tables import BY_NAME, Table

#: The row's own date, EDTF or a moment, for counting by a part of it.
_DATE_COLUMNS: Final = {
    "timeline": "date", "evidence": "date", "numbers": "period", "series": "period", "articles": "published",
}  # fmt: skip
#: How a value begins that has the part, and how long it is; ``2024-21`` is a season, not a month.
_DATE_PARTS: Final = {"year": ("[0-9]" * 4 + "*", 4), "month": ("[0-9]" * 4 + "-[01][0-9]*", 7)}
_SINGULARS: Final = {
    "policy": "policies", "organisation": "organisations", "topic": "topic_id", "person": "people", "tag": "tags",
    "flag": "flags", "dump": "dumps",
}  # fmt: skip
#: Names to sort by that stand for more than one column.
_SORTS: Final = {"date": {"timeline": ("date_earliest", "date_latest")}}
#: Names to sort by that stand for a condition: rows that meet it come last. A plan without a day to come of its own
#: goes by the day on which it was told, or promised.
_LAST: Final = {"undated": {"timeline": "date_basis = 'publication' OR date_latest <= substr(last_published, 1, 10)"}}


def select(connection: sqlite3.Connection, table: str, wanted: Filter) -> Iterator[dict[str, object]]:
    """Rows of an export table that meet the filter, lazily, with the table's columns.

    In the table's own order unless the filter sorts. A search for words adds a column ``snippet``: the stretch where
    they stand, each found word between ``search.HIT_START`` and ``search.HIT_END``. Raises ``QueryError`` as
    ``clauses.where`` does, and for a column to sort by that isn't there.
    """
    columns = ", ".join(f'{table}."{name}"' for name in BY_NAME[table].header)
    met = join(where(connection, table, wanted))
    order, order_values = _order(table, wanted)
    snippet = f", {snippet_of(table)} AS snippet" if wanted.text else ""
    snippet_values = (match_expression(wanted.text),) if wanted.text else ()
    # First which rows, then what stands in them: sorting a million narrow rows is quick, wide ones not.
    return _rows(
        connection,
        f"SELECT {columns}{snippet} FROM (SELECT {table}.rowid AS chosen FROM {table} WHERE {met.sql}"
        f" ORDER BY {order} LIMIT ? OFFSET ?) CROSS JOIN {table} ON {table}.rowid = chosen ORDER BY {order}",
        (
            *snippet_values, *met.values, *order_values,
            -1 if wanted.limit is None else wanted.limit, wanted.offset, *order_values,
        ),
    )  # fmt: skip


def _rows(connection: sqlite3.Connection, sql: str, values: Sequence[object]) -> Iterator[dict[str, object]]:
    cursor = connection.execute(sql, values)  # here, so that a wrong question is known at once
    names = [each[0] for each in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def count(connection: sqlite3.Connection, table: str, wanted: Filter) -> int:
    """How many rows meet the filter, its limit left out of account."""
    met = join(where(connection, table, wanted))
    (n,) = connection.execute(f"SELECT count(*) FROM {table} WHERE {met.sql}", met.values).fetchone()
    return int(n)


def count_by(
    connection: sqlite3.Connection, table: str, wanted: Filter, columns: Sequence[str]
) -> list[dict[str, object]]:
    """Rows counted by columns, by ``year`` or ``month`` of their date, or by each ``policy``, ``organisation`` and so
    on of their lists: one dictionary a group with its ``n``.

    Groups by time come in its order, others by falling number. A row with several names in a list counts for each.
    Raises ``QueryError`` for a column that isn't there.
    """
    met = join(where(connection, table, wanted))
    groups, joins = [], []
    for number, name in enumerate(columns):
        expression, source = _group(BY_NAME[table], name, number)
        groups.append(f'{expression} AS "{name}"')
        joins += source
    names = [f'"{name}"' for name in columns]
    by_time = any(name in _DATE_PARTS for name in columns)
    order = ", ".join(names) if by_time else ", ".join(["n DESC", *names])
    limit = -1 if wanted.limit is None else wanted.limit
    return list(
        _rows(
            connection,
            f"SELECT {', '.join(groups)}, count(*) AS n FROM {', '.join([table, *joins])} WHERE {met.sql}"
            f" GROUP BY {', '.join(names)} ORDER BY {order} LIMIT ? OFFSET ?",
            (*met.values, limit, wanted.offset),
        )
    )


def _group(table: Table, name: str, number: int) -> tuple[str, list[str]]:
    """What to group by, and what must stand in FROM for it."""
    if name in _DATE_PARTS and table.name in _DATE_COLUMNS:
        column = f"{table.name}.{_DATE_COLUMNS[table.name]}"
        pattern, length = _DATE_PARTS[name]
        return f"CASE WHEN {column} GLOB '{pattern}' THEN substr({column}, 1, {length}) END", []
    column = name if name in table.header else _SINGULARS.get(name, "")
    if column not in table.header:
        allowed = [*table.header, *(_DATE_PARTS if table.name in _DATE_COLUMNS else ())]
        raise QueryError(f"{table.name} has no column {name!r} to count by", _which(name, allowed))
    full = f'{table.name}."{column}"'
    if next(each for each in table.columns if each.name == column).type != "list":
        return full, []
    items = f"""'[' || replace(json_quote({full}), '; ', '","') || ']'"""
    return f"part{number}.value", [f"json_each({items}) AS part{number}"]


def _order(table: str, wanted: Filter) -> tuple[str, tuple[object, ...]]:
    """The ORDER BY terms, unknown values last, made certain by the table's own order."""
    terms: dict[str, str] = {}
    values: list[object] = []
    direction = "ASC"
    for name in wanted.sort:
        bare = name.removeprefix("-")
        direction = "DESC" if name.startswith("-") else "ASC"
        if bare == "relevance":
            if table not in INDEXES or not wanted.text:
                raise QueryError("there is no relevance without words to look for", "give some with --text")
            terms[rank_of(table)] = direction
            values.append(match_expression(wanted.text))
            continue
        if table in _LAST.get(bare, {}):
            terms[f"({_LAST[bare][table]})"] = direction
            continue
        columns = _SORTS.get(bare, {}).get(table, (bare,))
        if any(column not in BY_NAME[table].header for column in columns):
            raise QueryError(f"{table} has no column {bare!r} to sort by", _which(bare, BY_NAME[table].header))
        terms |= {f'{table}."{column}"': f"{direction} NULLS LAST" for column in columns}
    for name in BY_NAME[table].order:  # in the same direction, so that an index can be read from its other end
        terms.setdefault(f'{table}."{name}"', direction)
    # A plus takes an index out of the choice: where amounts are asked for, theirs is the one to use.
    plus = "+" if wanted.min_amount is not None or wanted.max_amount is not None else ""
    return ", ".join(f"{plus}{term} {how}" for term, how in terms.items()), tuple(values)


def _which(name: str, allowed: Sequence[str]) -> str:
    near = get_close_matches(name, allowed, n=1)
    return f"did you mean {near[0]}?" if near else f"it can be {', '.join(allowed)}"
