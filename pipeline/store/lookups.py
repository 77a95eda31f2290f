"""Questions to the export tables of an archive: for exports, which go through whole tables, and for the report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from pipeline.store.archive import Archive
from pipeline.tables import BY_NAME, LIST_SEPARATOR, TABLES, Cell, Column, Table

Stored = str | int | float | None

#: The fact that says whether the report shows whole texts: ``yes`` or ``no``.
FULL_TEXT = "full_text"


class Lookups:
    """The export tables of an open archive, to be read."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.connection = archive.connection

    def published(self) -> dict[str, str]:
        """When each article came out, in ISO 8601, by its identifier."""
        return dict(self.connection.execute("SELECT article_id, published FROM articles"))

    def count(self, name: str) -> int:
        """Number of rows of an export table."""
        return int(self.connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])

    def counts(self) -> dict[str, int]:
        """Number of rows of every export table."""
        return {table.name: self.count(table.name) for table in TABLES}

    def rows(self, table: Table, key: str | None = None) -> Iterator[tuple[Cell, ...]]:
        """The rows of an export table in its order, booleans as booleans, lists joined; ``key``: one row alone."""
        order = quoted(table.order)
        booleans = [i for i, column in enumerate(table.columns) if column.type == "boolean"]
        columns = quoted(table.header)
        query = f'SELECT {columns} FROM "{table.name}" {_of(key, table)} ORDER BY {order}'
        for row in self.connection.execute(query, _values(key)):
            cells = list(row)
            for i in booleans:
                cells[i] = None if cells[i] is None else bool(cells[i])
            yield tuple(cells)

    def cells(self, table: Table, key: str | None = None) -> Iterator[tuple[Stored, ...]]:
        """The rows of an export table in its order, each cell so that ``str`` makes of it what ``cell_text`` would.

        ``key``: one row alone.
        """
        order = quoted(table.order)
        columns = ", ".join(_as_text(column) for column in table.columns)
        query = f'SELECT {columns} FROM "{table.name}" {_of(key, table)} ORDER BY {order}'
        return self.connection.execute(query, _values(key))

    def articles_with_text(self, key: str | None = None) -> Iterator[tuple[tuple[Cell, ...], str, str]]:
        """The rows of ``articles`` in their order, with text and blocks (JSON); lazily. ``key``: one article alone."""
        texts = "SELECT text, blocks FROM article_texts WHERE article_id = ?"
        for row in self.rows(BY_NAME["articles"], key):
            text, blocks = self.connection.execute(texts, (row[0],)).fetchone()
            yield row, text, blocks

    def table_rows(self, name: str, where: str = "", values: Sequence[Stored] = ()) -> list[dict[str, Cell]]:
        """Rows of an export table by column name, in its order, all or those that meet a condition; lists as tuples."""
        table = BY_NAME[name]
        header = table.header
        order = quoted(table.order)
        query = f'SELECT {quoted(header)} FROM "{name}" {f"WHERE {where}" if where else ""} ORDER BY {order}'
        rows = [dict(zip(header, row, strict=True)) for row in self.connection.execute(query, values)]
        for column in table.columns:
            if column.type == "list":
                for row in rows:
                    row[column.name] = listed(row[column.name])
            elif column.type == "boolean":
                for row in rows:
                    value = row[column.name]
                    row[column.name] = None if value is None else bool(value)
        return rows

    def rows_of(self, name: str, column: str, *values: str) -> list[dict[str, Cell]]:
        """Those rows of an export table that have one of the values in a column, in the table's order."""
        if len(values) == 1:
            return self.table_rows(name, f'"{column}" = ?', values)
        return self.table_rows(name, f'"{column}" IN (SELECT value FROM json_each(?))', (json.dumps(values),))

    def numbers_about(
        self, article_ids: Sequence[str], name: str, forms: Sequence[str], most: int
    ) -> list[dict[str, Cell]]:
        """Core figures of the articles that a body states, or whose sentence has a name in one of its forms.

        Of the articles, given newest first, as many are gone through as it takes to have ``most`` figures.
        """
        named = " OR ".join(["source = ?", *("instr(quote, ?) > 0" for _ in forms)])
        query = f"SELECT number_id FROM numbers WHERE article_id = ? AND tier = 'core' AND ({named})"
        order = BY_NAME["numbers"].order
        found: list[str] = []
        for article_id in article_ids:
            rows = self.connection.execute(f"{query} ORDER BY {quoted(order)}", (article_id, name, *forms))
            found += [number_id for (number_id,) in rows]
            if len(found) >= most:
                break
        return self.rows_of("numbers", "number_id", *found[:most]) if found else []

    def articles_naming(self, entity_id: str) -> list[str]:
        """The articles that name an organisation or a policy, newest first."""
        rows = self.connection.execute(
            "SELECT article_id FROM _uses WHERE entity_id = ? ORDER BY published DESC, article_id DESC", (entity_id,)
        )
        return [article_id for (article_id,) in rows]

    def named_in(self, article_ids: Sequence[str]) -> list[tuple[str, str, str, str]]:
        """What each of the articles names: article, kind, identifier and name of the organisation or policy."""
        rows = self.connection.execute(
            "SELECT DISTINCT article_id, kind, entity_id, name FROM mentions"
            " WHERE article_id IN (SELECT value FROM json_each(?))",
            (json.dumps(article_ids),),
        )
        return list(rows)

    def articles_with(self, phrase: str) -> set[int]:
        """The row numbers of the articles in whose title or text the words stand side by side, in any form."""
        words = '"' + phrase.replace('"', " ") + '"'
        rows = self.connection.execute("SELECT rowid FROM article_search WHERE article_search MATCH ?", (words,))
        return {number for (number,) in rows}

    def bytes_by_bin(self) -> dict[str, int]:
        """How many bytes of all inputs went into each bin of the ledger."""
        return dict(self.connection.execute("SELECT bin, sum(end_byte - start_byte) FROM ledger GROUP BY bin"))

    def dump_names(self) -> list[str]:
        """The dumps in the ledger, by name."""
        return [name for (name,) in self.connection.execute("SELECT DISTINCT dump FROM ledger ORDER BY dump")]

    def shows_full_text(self) -> bool:
        """Whether the report is to show the articles' whole texts."""
        return self.archive.fact(FULL_TEXT) == "yes"

    def headings(self, article_id: str) -> set[int]:
        """Where the headings of an article's text begin; none for an article that isn't there."""
        query = "SELECT blocks FROM article_texts WHERE article_id = ?"
        rows = self.connection.execute(query, (article_id,))
        return {each["start_char"] for (blocks,) in rows for each in json.loads(blocks) if each["kind"] == "heading"}

    def text(self, article_id: str) -> str:
        """The text of one article; raises ``KeyError`` where there is none."""
        row = self.connection.execute("SELECT text FROM article_texts WHERE article_id = ?", (article_id,)).fetchone()
        if row is None:
            raise KeyError(article_id)
        return str(row[0])


def _of(key: str | None, table: Table) -> str:
    """The condition that picks one row of a table with a key of one column."""
    return "" if key is None else f'WHERE "{table.key[0]}" = ?'


def _values(key: str | None) -> tuple[str, ...]:
    return () if key is None else (key,)


def _as_text(column: Column) -> str:
    """A column as the CSV shows it: whole numbers without a point, booleans in words."""
    name = f'"{column.name}"'
    if column.type == "number":
        whole = f"CAST({name} AS INTEGER)"
        return f"CASE WHEN {name} = {whole} AND abs({name}) < 1e15 THEN {whole} ELSE {name} END"
    if column.type == "boolean":
        return f"CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"
    return name


def quoted(header: Iterable[str]) -> str:
    """Columns as SQL lists them."""
    return ", ".join(f'"{column}"' for column in header)


def listed(cell: Cell) -> tuple[str, ...]:
    return tuple(str(cell).split(LIST_SEPARATOR)) if cell else ()
