"""A table in plain text that fits the terminal: columns share its width, cells go over several lines."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, NamedTuple

_GAP: Final = 2
_LEAST: Final = 8
#: Words up to this width (an identifier, a date) aren't broken where that can be.
_LONGEST_WHOLE: Final = 24
_INDENT: Final = "    "
#: Column widths are settled on so many rows, so that the first ones show before the last are read.
_SETTLED_ON: Final = 200
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


class TableLine(NamedTuple):
    """A row's cells, safe to print, and the notes that stand below it."""

    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()


def table_lines(header: Sequence[str], rows: Iterable[TableLine], width: int) -> Iterator[str]:
    """Lines no wider than ``width``, without line ends; the header first. Nothing where there is no row.

    Where the columns can't stand side by side without breaking words, each row's cells stand one below the other.
    """
    remaining = iter(rows)
    first = list(islice(remaining, _SETTLED_ON))
    if not first:
        return
    natural = [max(text_width(name), *(text_width(row.cells[i]) for row in first)) for i, name in enumerate(header)]
    words = [max(_longest_word(name), *(_longest_word(row.cells[i]) for row in first)) for i, name in enumerate(header)]
    whole = [min(each, _LONGEST_WHOLE) for each in words]
    available = width - _GAP * (len(header) - 1)
    is_narrow = sum(whole) > available
    widths = share_width(natural, available, whole)
    if not is_narrow:
        yield from (emphasise(line) for line in _lines(header, widths))
    for row in chain(first, remaining):
        yield from _stacked(header, row.cells, width) if is_narrow else _lines(row.cells, widths)
        for note in row.notes:
            yield from (_INDENT + line for line in wrap(note, max(width - len(_INDENT), _LEAST)))


def share_width(natural: Sequence[int], available: int, whole: Sequence[int] = ()) -> list[int]:
    """Widths that add up to no more than ``available``: the widest columns give way first.

    As long as there is room elsewhere, no column gets narrower than its width in ``whole``.

    >>> share_width([10, 50, 30], 60), share_width([10, 50, 30], 60, [5, 9, 28])
    ([10, 25, 25], [10, 22, 28])
    """
    widths = list(natural)
    for floors in (list(whole) or [_LEAST] * len(widths), [_LEAST] * len(widths)):
        while sum(widths) > available:
            wide = [
                i for i, (width, floor) in enumerate(zip(widths, floors, strict=True)) if width > max(floor, _LEAST)
            ]
            if not wide:
                break
            widths[max(wide, key=lambda i: (widths[i], -i))] -= 1
    return widths


def _stacked(header: Sequence[str], cells: Sequence[str], width: int) -> Iterator[str]:
    """A row with its cells one below the other, for a screen where side by side they would break words."""
    for i, (name, cell) in enumerate(zip(header, cells, strict=True)):
        if cell:
            first, *others = wrap(f"{name}: {cell}", width if i == 0 else width - _GAP)
            yield (emphasise(first) if i == 0 else " " * _GAP + first)
            yield from (" " * _GAP + line for line in others)


def _longest_word(text: str) -> int:
    return max(map(text_width, text.split()), default=0)


def _lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for i in range(max(len(lines) for lines in wrapped)):
        parts = [lines[i] if i < len(lines) else "" for lines in wrapped]
        padded = (part + " " * (width - text_width(part)) for part, width in zip(parts, widths, strict=True))
        yield (" " * _GAP).join(padded).rstrip()


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` columns, broken between words where that can be.

    >>> wrap("a long sentence", 8)
    ['a long', 'sentence']
    """
    lines, line = [], ""
    for word in text.split():
        candidate = f"{line} {word}" if line else word
        if text_width(candidate) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        while text_width(word) > width:
            cut = _cut(word, width)
            lines.append(word[:cut])
            word = word[cut:]  # noqa: PLW2901  (what is left of it)
        line = word
    return [*lines, line]


def _cut(word: str, width: int) -> int:
    """How many characters fit; one at least."""
    used = 0
    for i, char in enumerate(word):
        used += text_width(char)
        if used > width:
            return max(i, 1)
    return len(word)


def text_width(text: str) -> int:
    """Columns that a text takes on a terminal; signs of emphasis take none.

    >>> text_width("é"), text_width("日本")
    (1, 4)
    """
    if text.isascii() and "\x1b" not in text:
        return len(text)
    for code in (_BOLD, _PLAIN):
        text = text.replace(code, "")
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def emphasise(text: str) -> str:
    """Bold where stdout is a terminal that shows it and ``NO_COLOR`` isn't set."""
    is_shown = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return f"{_BOLD}{text}{_PLAIN}" if is_shown and text else text


def terminal_width() -> int:
    """Columns of the terminal; 80 where stdout is none, unless ``COLUMNS`` says otherwise."""
    return max(shutil.get_terminal_size((80, 24)).columns, 20)


def terminal_height() -> int:
    """Lines of the terminal."""
    return shutil.get_terminal_size((80, 24)).lines
