"""``archive.sqlite``: what was read and what was found, and the export tables made from it.

Records are kept as JSON (msgspec), never as pickles.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import msgspec

from pipeline.errors import StoreError
from pipeline.records import CleanDump, CleanItem, Extraction
from pipeline.store.schema import REFRESH, migrate
from pipeline.tables import BY_NAME, LIST_SEPARATOR, TABLES, Cell, Row, Table

ARCHIVE_NAME = "archive.sqlite"


class Archive:
    """An open archive; use it in a ``with`` statement.

    Raises ``StoreError`` where the file can't be opened, is damaged, or comes from a newer carefeed.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        try:
            target = f"{path.absolute().as_uri()}?mode=ro" if read_only else str(path)
            self.connection = sqlite3.connect(target, uri=read_only, isolation_level=None)
            self.connection.execute("PRAGMA foreign_keys = ON")
            if not read_only:
                self.connection.execute("PRAGMA journal_mode = WAL")
                self.connection.execute("PRAGMA synchronous = NORMAL")
                migrate(self.connection)
            self.connection.execute("SELECT count(*) FROM _facts").fetchone()
        except sqlite3.Error as error:
            raise StoreError(
                f"the archive {path} can't be used: {error}",
                "check the folder's permissions; if the file is damaged, delete the output folder and run again",
            ) from error

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is written inside, or nothing."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    # ----------------------------------------------------------------------- state: dumps

    def dump_fingerprints(self) -> dict[str, str]:
        """For every dump in the archive, by its hash, the fingerprint of what cleaned it."""
        return dict(self.connection.execute("SELECT sha256, fingerprint FROM _dumps"))

    def add_dump(self, clean: CleanDump, fingerprint: str) -> None:
        """Keep a cleaned dump with its items, in one transaction; what was kept of it before is replaced."""
        header = replace(clean, items=())
        with self.transaction():
            self.connection.execute("DELETE FROM _dumps WHERE sha256 = ?", (clean.sha256,))
            self.connection.execute(
                "INSERT INTO _dumps VALUES (?, ?, ?, ?)",
                (clean.sha256, clean.name, fingerprint, msgspec.json.encode(header)),
            )
            self.connection.executemany(
                "INSERT INTO _items VALUES (?, ?, ?, ?)",
                [(clean.sha256, item.position, item.article_id, msgspec.json.encode(item)) for item in clean.items],
            )

    def rename_dump(self, sha256: str, name: str) -> None:
        """Give a dump another name."""
        with self.transaction():
            self.connection.execute("UPDATE _dumps SET name = ? WHERE sha256 = ?", (name, sha256))

    def dump_names(self) -> dict[str, str]:
        """The name of every dump, by its hash."""
        return dict(self.connection.execute("SELECT sha256, name FROM _dumps"))

    def dumps(self) -> list[CleanDump]:
        """Every dump without its items, sorted by name and hash."""
        rows = self.connection.execute("SELECT name, record FROM _dumps ORDER BY name, sha256")
        return [replace(msgspec.json.decode(record, type=CleanDump), name=name) for name, record in rows]

    def items(self) -> Iterator[CleanItem]:
        """Every item of every dump, sorted by article, dump and position; lazily."""
        rows = self.connection.execute("SELECT record FROM _items ORDER BY article_id, sha256, position")
        decoder = msgspec.json.Decoder(CleanItem)
        for (record,) in rows:
            yield decoder.decode(record)

    # ----------------------------------------------------------------------- state: extractions

    def extraction_keys(self, fingerprint: str) -> set[str]:
        """Keys of the texts whose extraction was made by what ``fingerprint`` stands for."""
        rows = self.connection.execute("SELECT key FROM _extractions WHERE fingerprint = ?", (fingerprint,))
        return {key for (key,) in rows}

    def add_extractions(self, fingerprint: str, extractions: Iterable[tuple[str, Extraction]]) -> None:
        """Keep extractions by the key of their text, in one transaction."""
        with self.transaction():
            self.connection.executemany(
                "INSERT OR REPLACE INTO _extractions VALUES (?, ?, ?)",
                ((key, fingerprint, msgspec.json.encode(extraction)) for key, extraction in extractions),
            )

    def extraction(self, key: str) -> Extraction:
        """The extraction kept under ``key``; raises ``KeyError`` where there is none."""
        row = self.connection.execute("SELECT record FROM _extractions WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return msgspec.json.decode(row[0], type=Extraction)

    def drop_extractions_except(self, keys: set[str]) -> None:
        """Forget the extractions of texts that no article has any more."""
        known = {key for (key,) in self.connection.execute("SELECT key FROM _extractions")}
        with self.transaction():
            self.connection.executemany("DELETE FROM _extractions WHERE key = ?", [(key,) for key in known - keys])

    # ----------------------------------------------------------------------- facts

    def fact(self, name: str) -> str | None:
        """A remembered fact of the archive, or None."""
        row = self.connection.execute("SELECT value FROM _facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_fact(self, name: str, value: str) -> None:
        """Remember a fact."""
        self.connection.execute("INSERT OR REPLACE INTO _facts VALUES (?, ?)", (name, value))

    # ----------------------------------------------------------------------- export tables

    def write_tables(self, tables: Mapping[str, Iterable[Row]], facts: Mapping[str, str]) -> None:
        """Replace the rows of the given tables, renew what is made from them and set the facts, in one transaction."""
        with self.transaction():
            for name, rows in tables.items():
                self._replace_rows(name, rows)
            for statement in REFRESH:
                self.connection.execute(statement)
            for name, value in facts.items():
                self.set_fact(name, value)

    def _replace_rows(self, name: str, rows: Iterable[Row]) -> None:
        header = BY_NAME[name].header if name in BY_NAME else _PLAIN_HEADERS[name]
        marks = ", ".join("?" * len(header))
        self.connection.execute(f'DELETE FROM "{name}"')
        self.connection.executemany(
            f'INSERT INTO "{name}" VALUES ({marks})',
            (tuple(_stored(row[column]) for column in header) for row in rows),
        )

    def rows(self, table: Table) -> Iterator[tuple[Cell, ...]]:
        """The rows of an export table in its order, booleans as booleans, lists joined."""
        order = ", ".join(f'"{name}"' for name in table.order)
        booleans = [i for i, column in enumerate(table.columns) if column.type == "boolean"]
        columns = ", ".join(f'"{name}"' for name in table.header)
        for row in self.connection.execute(f'SELECT {columns} FROM "{table.name}" ORDER BY {order}'):
            cells = list(row)
            for i in booleans:
                cells[i] = None if cells[i] is None else bool(cells[i])
            yield tuple(cells)

    def tables(self) -> dict[str, list[dict[str, Cell]]]:
        """Every export table as rows by column name, in its order; lists as tuples."""
        found: dict[str, list[dict[str, Cell]]] = {}
        for table in TABLES:
            lists = {column.name for column in table.columns if column.type == "list"}
            found[table.name] = [
                {name: _listed(cell) if name in lists else cell for name, cell in zip(table.header, row, strict=True)}
                for row in self.rows(table)
            ]
        return found

    def texts(self) -> dict[str, tuple[str, str]]:
        """Text and blocks (JSON) of every article, by its id."""
        rows = self.connection.execute("SELECT article_id, text, blocks FROM article_texts")
        return {article_id: (text, blocks) for article_id, text, blocks in rows}


_PLAIN_HEADERS = {
    "article_texts": ("article_id", "title", "text", "blocks"),
    "revisions": ("article_id", "dump", "sha256", "position", "title", "text", "changes"),
}


def _listed(cell: Cell) -> tuple[str, ...]:
    return tuple(str(cell).split(LIST_SEPARATOR)) if cell else ()


def _stored(value: Cell) -> str | int | float | None:
    """A cell as SQLite keeps it: an empty list or string is NULL, as it is empty in the CSV."""
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value) or None
    return None if value == "" else value
