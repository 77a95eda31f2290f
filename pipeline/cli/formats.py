"""Rows of a table as a terminal, a spreadsheet or a program wants them."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence

from rich.table import Table as RichTable

from pipeline.cli.screen import out, safe
from pipeline.errors import QueryError
from pipeline.tables import BY_NAME, LIST_SEPARATOR, cell_text

FORMATS = ("table", "csv", "json")

#: What a table on a terminal shows of each kind of row, with the least width of each column.
_SHOWN = {
    "timeline": (("date_label", 12), ("status", 8), ("type", 12), ("title", 30), ("policies", 16)),
}


def print_rows(rows: Sequence[dict[str, object]], format_: str, table: str) -> None:
    """Print rows of ``table`` to stdout. Raises ``QueryError`` for an unknown format."""
    if format_ not in FORMATS:
        raise QueryError(f"{format_!r} is no format", f"it can be {', '.join(FORMATS)}")
    {"table": _print_table, "csv": _print_csv, "json": _print_json}[format_](rows, table)


def _print_table(rows: Sequence[dict[str, object]], table: str) -> None:
    if not rows:
        return
    view = RichTable(box=None, pad_edge=False, header_style="bold")
    for name, width in _SHOWN[table]:
        view.add_column(name.removesuffix("_label"), min_width=width, overflow="fold")
    for row in rows:
        view.add_row(*(safe(row[name] or "").replace("[", "\\[") for name, _ in _SHOWN[table]))
    out.print(view, soft_wrap=False)


def _print_csv(rows: Sequence[dict[str, object]], table: str) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(BY_NAME[table].header)
    writer.writerows([cell_text(row[name]) for name in BY_NAME[table].header] for row in rows)  # type: ignore[arg-type]


def _print_json(rows: Sequence[dict[str, object]], table: str) -> None:
    lists = {column.name for column in BY_NAME[table].columns if column.type == "list"}
    records = [
        {
            name: (str(value).split(LIST_SEPARATOR) if value else []) if name in lists else value
            for name, value in row.items()
        }
        for row in rows
    ]
    print(json.dumps(records, indent=2, ensure_ascii=False))
