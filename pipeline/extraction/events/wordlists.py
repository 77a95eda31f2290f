"""The word lists of ``wordlists.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError

_FILE: Final = Path(__file__).with_name("wordlists.toml")


@cache
def _read(path: Path) -> dict[str, dict[str, str]]:
    with path.open("rb") as file:
        return tomllib.load(file)


def load_words(table: str, name: str, path: Path = _FILE) -> frozenset[str]:
    """The words of a list; raises ``RegisterError`` where the file hasn't got it or it is empty.

    >>> "council" in load_words("features", "official")
    True
    """
    words = _read(path).get(table, {}).get(name, "")
    if not isinstance(words, str) or not words.split():
        raise RegisterError(f"{path}: [{table}] has no words for {name!r}", "put the file back as it was")
    return frozenset(words.split())
