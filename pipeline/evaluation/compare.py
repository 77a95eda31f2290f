"""When two texts, values, dates or names count as the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pipeline import edtf

_FOLD: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_MARKER: Final = re.compile(r"^\s*(•|\d+\.)\s+")
#: Values this near to each other are one value.
_TOLERANCE: Final = 0.005


def fold(text: str | None) -> str:
    """Quotes, dashes, blanks, capitals and a leading "the" made alike.

    >>> fold("The  Children’s Society")
    "children's society"
    """
    plain = unicodedata.normalize("NFKC", text or "").translate(_FOLD)
    return " ".join(plain.split()).casefold().removeprefix("the ")


def strip_marker(text: str) -> str:
    """A line without its bullet or number.

    >>> strip_marker("  • one"), strip_marker("2. two")
    ('one', 'two')
    """
    return _MARKER.sub("", text)


def words(text: str) -> list[str]:
    """The words of the folded text."""
    return re.findall(r"\w+", fold(text))


def share_of_words(a: str, b: str) -> float:
    """Words in common, counted as often as they occur, over the mean length: 1 for the same words."""
    x, y = Counter(words(a)), Counter(words(b))
    total = x.total() + y.total()
    return 2 * (x & y).total() / total if total else 0.0


def word_f1(a: str, b: str) -> float:
    """F1 of the sets of words; two empty texts agree."""
    x, y = set(words(a)), set(words(b))
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else float(x == y)


def names_f1(a: set[str], b: set[str]) -> float:
    """F1 of two sets of names; two empty sets agree."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def as_number(value: object) -> float | None:
    """A cell as a number, None where it is none."""
    try:
        return float(str(value).replace(",", ""))
    except ValueError:
        return None


def is_true(value: object) -> bool:
    """Whether a cell says yes."""
    return str(value).strip().casefold() in ("true", "1")


def same_days(a: str | None, b: str | None) -> bool:
    """Whether two EDTF values are the same days; two that are no dates agree."""
    return edtf.parse(a) == edtf.parse(b)


def same_value(gold: Mapping[str, Any], row: Mapping[str, str]) -> bool:
    """Whether unit and value agree, the value within half a per cent; a range must agree at both ends."""
    if gold["unit"] != row.get("unit"):
        return False
    high = as_number(row.get("value_high"))
    if (gold.get("value_high") is None) != (high is None):
        return False
    pairs = [(gold["value"], as_number(row.get("value")))]
    if high is not None:
        pairs.append((gold["value_high"], high))
    return all(b is not None and abs(a - b) <= _TOLERANCE * max(abs(a), abs(b), 1e-9) for a, b in pairs)


def name_set(value: str | Iterable[str] | None) -> set[str]:
    """Folded names, from a list or from a cell that joins them."""
    parts = value.split("; ") if isinstance(value, str) else value or ()
    return {fold(part) for part in parts if part}
