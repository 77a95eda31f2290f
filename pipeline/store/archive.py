"""``archive.sqlite``: one file that is the one state of a corpus.

What was read and found is in ``state``, the export tables made from it in ``contents``; both work on an open archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from pipeline.errors import StoreError
from pipeline.store.schema import migrate

ARCHIVE_NAME = "archive.sqlite"
_CACHE_KIB = 65_536
_PATIENCE_MS = 60_000


class Archive:
    """An open archive; use it in a ``with`` statement.

    Raises ``StoreError`` where the file can't be opened, is damaged, or comes from a newer carefeed. What SQLite can't
    do later (a full disk) comes as ``sqlite3.Error``.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        try:
            target = f"{path.absolute().as_uri()}?mode=ro" if read_only else str(path)
            self.connection = sqlite3.connect(target, uri=read_only, isolation_level=None)
            self.connection.execute("PRAGMA foreign_keys = ON")
            self.connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            self.connection.execute("PRAGMA temp_store = MEMORY")  # nothing is written outside of the output folder
            if not read_only:
                self.connection.execute("PRAGMA journal_mode = WAL")
                self.connection.execute("PRAGMA synchronous = NORMAL")
                migrate(self.connection)
            self.connection.execute("SELECT count(*) FROM _articles").fetchone()
        except sqlite3.Error as error:
            is_begun = read_only and path.with_name(f"{path.name}-journal").is_file()
            raise StoreError(
                f"the archive {path} can't be used: {error}",
                "its first run is under way or was cut short: run again"
                if is_begun
                else "check the folder's permissions; if the file is damaged, delete the output folder and run again",
            ) from error

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is written inside, or nothing. Others read what was there before."""
        with self._all_or_nothing():
            yield

    @contextmanager
    def first_transaction(self) -> Iterator[None]:
        """The same where there is nothing yet that others could ask for: they wait until it is there.

        Pages go where they belong instead of into a log: in a log of gigabytes each takes long to be found again, and
        the disk would have to hold everything twice. Where somebody has the archive open all the same, there is a log.
        """
        self.connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")  # whoever reads at its end is waited for
        self._use_journal("DELETE")
        with self._all_or_nothing():
            yield
        self._use_journal("WAL")

    def _use_journal(self, mode: str) -> None:
        """Change how a transaction is kept until its end; while others have the archive open it stays as it is.

        Either way is safe, and whoever opens the archive for writing asks for the log again.
        """
        with suppress(sqlite3.OperationalError):  # "database is locked"
            self.connection.execute(f"PRAGMA journal_mode = {mode}")

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:  # a full disk may have undone it already
                self.connection.execute("ROLLBACK")
            raise

    def check(self) -> list[str]:
        """What SQLite's own check of the file finds wrong; nothing where all is well."""
        found = [row[0] for row in self.connection.execute("PRAGMA integrity_check")]
        return [] if found == ["ok"] else found

    def fact(self, name: str) -> str | None:
        """A remembered fact of the archive, or None."""
        row = self.connection.execute("SELECT value FROM _facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_fact(self, name: str, value: str) -> None:
        """Remember a fact."""
        self.connection.execute("INSERT OR REPLACE INTO _facts VALUES (?, ?)", (name, value))
