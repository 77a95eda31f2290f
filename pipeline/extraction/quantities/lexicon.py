"""The cue words of ``lexicon.toml`` as compiled patterns, read once and checked when read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError

_FILE: Final = Path(__file__).with_name("lexicon.toml")
_TABLES: Final = {
    "change": ("up_verbs", "down_verbs", "up_nouns", "down_nouns", "money_nouns", "adverbs"),
    "approximate": ("before", "after"),
    "names": ("heads", "weak_heads"),
    "nouns": ("minor",),
    "measures": ("empty", "does"),
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Alternations (``a|b|c``) for use inside of patterns, by table and list: ``lexicon["change", "up_verbs"]``.

    ``entries`` are what each is made of.
    """

    lists: dict[tuple[str, str], str]
    entries: dict[tuple[str, str], tuple[str, ...]]

    def __getitem__(self, key: tuple[str, str]) -> str:
        return self.lists[key]


def by_letter(entries: Iterable[str]) -> str:
    """An alternation grouped by first letter, the longest first: an engine gets through it many times faster.

    >>> by_letter(["up", "rise", "rose", "under"])
    'u(?:nder|p)|r(?:ise|ose)'
    """
    letters: dict[str, list[str]] = {}
    for entry in sorted(entries, key=len, reverse=True):
        letters.setdefault(entry[0] if entry[0].isalpha() and entry[1:2] not in ("?", "*", "+") else "", []).append(
            entry
        )
    plain = letters.pop("", [])
    grouped = [f"{letter}(?:{'|'.join(word[1:] for word in words)})" for letter, words in letters.items()]
    return "|".join([*grouped, *plain])


@cache
def load_lexicon(path: Path = _FILE) -> Lexicon:
    """The lists, each entry checked to be a pattern; raises ``RegisterError`` naming file, list and reason."""
    with path.open("rb") as file:
        raw = tomllib.load(file)
    lists, kept = {}, {}
    for table, names in _TABLES.items():
        for name in names:
            entries = raw.get(table, {}).get(name)
            if not entries or not all(isinstance(entry, str) and entry for entry in entries):
                raise RegisterError(f"{path}: [{table}] {name} must be a list of words", "put the file back as it was")
            for entry in entries:
                try:
                    re.compile(entry)
                except re.error as error:
                    raise RegisterError(f"{path}: [{table}] {name}: {entry!r}: {error}", "mend the entry") from error
            lists[table, name] = by_letter(entries)
            kept[table, name] = tuple(entries)
    return Lexicon(lists, kept)
