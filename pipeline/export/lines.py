"""Rows as CSV, JSON, JSON Lines and Markdown, line by line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from pipeline.harmless import UNSAFE, disarm, one_line, web_address
from pipeline.tables import LIST_SEPARATOR, Cell, Column, cell_text

Row = Mapping[str, object]

BYTE_ORDER_MARK: Final = "\ufeff"
_NUMBERS: Final = ("integer", "number", "boolean")
_MARKDOWN_SIGNS: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|~#"} | {"&": "&amp;"})


def csv_lines(rows: Iterable[Row], columns: Sequence[Column], *, excel: bool = False) -> Iterator[str]:
    """Lines of RFC 4180 with a header, ``\\n`` at their end.

    ``excel`` puts a byte order mark first and an apostrophe before what a spreadsheet would run as a formula.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")

    def line(cells: Iterable[str]) -> str:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(cells)
        return buffer.getvalue()

    yield (BYTE_ORDER_MARK if excel else "") + line(column.name for column in columns)
    for row in rows:
        cells = ((cell_text(typed(row[column.name], column)), column.type) for column in columns)  # type: ignore[arg-type]
        yield line(disarm(text) if excel and type_ not in _NUMBERS else text for text, type_ in cells)


def typed(value: object, column: Column) -> object:
    """A cell as the column's type has it: SQLite keeps booleans as 0 and 1."""
    return bool(value) if column.type == "boolean" and value is not None else value


def record(row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    """A row for JSON: lists as arrays, booleans as booleans, unknown as null."""
    return {column.name: _json_value(row[column.name], column) for column in columns}


def _json_value(value: object, column: Column) -> object:
    if column.type == "list":
        return str(value).split(LIST_SEPARATOR) if value else []
    if isinstance(value, bytes):
        return value.hex()
    return typed(value, column)


def json_text(value: object, indent: int | None = None) -> str:
    """JSON in which control characters and marks of direction are escaped, so that it is harmless wherever it is shown.

    >>> json_text(["a\\u202eb", "é"])
    '["a\\\\u202eb", "é"]'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def json_lines(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[str]:
    """One object a line."""
    for row in rows:
        yield json_text(record(row, columns)) + "\n"


def json_array(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[str]:
    """One array of objects, an object at a time."""
    opening = "["
    for row in rows:
        body = json_text(record(row, columns), indent=2).replace("\n", "\n  ")
        yield f"{opening}\n  {body}"
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def markdown_lines(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[str]:
    """A table in GitHub's Markdown; a title links to its article where the row has an address."""
    shown = [column for column in columns if column.name != "url"]
    yield f"| {' | '.join(markdown_text(column.name.replace('_', ' ')) for column in shown)} |\n"
    yield f"|{'|'.join(' --: ' if column.type in ('integer', 'number') else ' --- ' for column in shown)}|\n"
    for row in rows:
        yield f"| {' | '.join(_markdown_cell(row, column) for column in shown)} |\n"


def _markdown_cell(row: Row, column: Column) -> str:
    value: Cell = typed(row[column.name], column)  # type: ignore[assignment]
    text = markdown_text(cell_text(value))
    address = web_address(row.get("url")) if column.name == "title" else None
    return f"[{text}](<{address}>)" if address and text else text


def markdown_text(text: object) -> str:
    """Text in one line that Markdown shows as it is.

    >>> markdown_text("a|b <i>*c*</i>")
    'a\\\\|b \\\\<i\\\\>\\\\*c\\\\*\\\\</i\\\\>'
    """
    return one_line(text).translate(_MARKDOWN_SIGNS)
