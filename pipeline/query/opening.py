"""The archive of a run, opened to be asked."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from pipeline.errors import StoreError

_NAME: Final = "archive.sqlite"


def open_archive(out: Path) -> sqlite3.Connection:
    """The archive of an output folder, or an archive given itself, for reading only.

    An archive in a folder that can't be written is opened as it lies there. Raises ``StoreError`` where there is none.
    """
    path = out / _NAME if out.is_dir() or not out.suffix else out
    if not path.is_file():
        raise StoreError(f"there is no archive at {path}", f"make one with: carefeed run DUMPS --out {out}")
    connection = None
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        try:
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)
            connection.execute("SELECT 1 FROM timeline_keys LIMIT 1")
            break
        except sqlite3.Error as error:
            if connection is not None:
                connection.close()
            has_log = path.with_name(path.name + "-wal").is_file()
            if "unable to open" not in str(error) or "immutable" in mode or has_log:
                if path.with_name(path.name + "-journal").is_file():
                    raise StoreError(
                        f"nothing can be asked of {path} yet: {error}",
                        "its first run is under way or was cut short: run again",
                    ) from error
                raise StoreError(
                    f"{path} is no archive of carefeed: {error}", "give the output folder of a run"
                ) from error
    assert connection is not None
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA query_only = ON")
    return connection
