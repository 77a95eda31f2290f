"""What a time expression is worked out against, and what comes out: ``Context`` in, ``Reading`` out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError
from pipeline.extraction.timex import almanac
from pipeline.extraction.timex.tense import tense

_WORDS: Final = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of ``words.toml``, in lower case."""

    months: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]
    seasons: dict[str, tuple[str, str]]
    units: dict[str, str]
    parts_of_day: dict[str, str]
    holidays: dict[str, str]
    vague: dict[str, str]


@cache
def load_words(path: Path = _WORDS) -> Words:
    """The tables, read once and checked; raises ``RegisterError`` where one is missing or of the wrong length."""
    with path.open("rb") as file:
        raw = tomllib.load(file)
    for name, length in (("months", 12), ("weekdays", 7)):
        if len(raw.get(name, ())) != length:
            raise RegisterError(f"{path}: {name} must hold {length} words", "put the file back as it was")
    try:
        return Words(
            tuple(raw["months"]), tuple(raw["months_short"]), tuple(raw["weekdays"]),
            {word: (str(pair[0]), str(pair[1])) for word, pair in raw["seasons"].items()},
            raw["units"], raw["parts_of_day"], raw["holidays"],
            {phrase: value for value, phrases in raw["vague"].items() for phrase in phrases},
        )  # fmt: skip
    except KeyError as error:
        raise RegisterError(f"{path}: the table {error} is missing", "put the file back as it was") from error


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means: TIMEX3 ``type`` and ``value``, EDTF or ``None``, and whether it hung on an anchor."""

    type: str
    value: str
    edtf: str | None = None
    is_relative: bool = False


#: What looks like a date and can't be one, as 31 February: the whole of it is passed over, no part is read.
IMPOSSIBLE: Final = Reading("", "")


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands: the publication day, its sentence before and after, the last date named before it.

    ``reference`` is EDTF or ``None``: the last date of the same paragraph; ``distant`` that of the text; ``month`` the
    last month or day of the text.
    """

    published: date
    before: str
    after: str
    reference: str | None = None
    distant: str | None = None
    month: str | None = None

    @property
    def tense(self) -> str:
        """``past``, ``future`` or ``""``."""
        return tense(self.before, self.after)


def dated(value: str | None, is_relative: bool = False, timex3: str | None = None) -> Reading | None:
    """A ``DATE`` for an EDTF value, with TIMEX3's spelling of it unless another is given; ``None`` for ``None``."""
    if value is None:
        return None
    return Reading("DATE", timex3 or almanac.timex3(value), value, is_relative)
