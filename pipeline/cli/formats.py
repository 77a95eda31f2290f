"""Rows of a table as a terminal, a spreadsheet or a program wants them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from pipeline import edtf
from pipeline.cli.pager import show
from pipeline.cli.plain import TableLine, emphasise, table_lines, terminal_width
from pipeline.errors import QueryError
from pipeline.harmless import one_line, safe, web_address
from pipeline.query.search import HIT_END, HIT_START
from pipeline.tables import BY_NAME, Column, cell_text

Row = dict[str, object]

FORMATS: Final = ("table", "csv", "json", "jsonl", "markdown", "ics")
SNIPPET: Final = Column("snippet", "string", "the stretch where the words stand")

#: What a table on a terminal shows of each kind of row.
_SHOWN: Final = {
    "timeline": ("date_label", "status", "type", "title", "policies"),
    "evidence": ("date", "status", "type", "quote", "title"),
    "numbers": ("published", "text", "measure", "period", "source"),
    "series": ("measure", "period", "value", "unit", "n_articles", "conflict"),
    "articles": ("published", "title", "article_id"),
}
#: What it leaves out where there is no room for it.
_ROOM: Final = 100
_LEFT_OUT: Final = ("policies", "source")
#: What Markdown shows where that is more.
_MARKDOWN: Final = {
    "timeline": ("date_label", "status", "type", "title", "policies", "quote", "url"),
    "evidence": ("date", "status", "type", "quote", "title", "url"),
    "articles": ("published", "title", "article_id", "url"),
}
_HEADINGS: Final = {"date_label": "date", "n_articles": "articles"}
_KEYS: Final = {"timeline": "event_id", "evidence": "evidence_id", "numbers": "number_id", "articles": "article_id"}


def check_format(format_: str, table: str = "timeline") -> None:
    """Raises ``QueryError`` for a format that isn't there, or not for such rows."""
    if format_ not in FORMATS:
        raise QueryError(f"{format_!r} is no format", f"it can be {', '.join(FORMATS)}")
    if format_ == "ics" and table != "timeline":
        raise QueryError(f"{table} has no calendar", "ask for events: carefeed query --format ics")


def table_columns(table: str, chosen: str = "", *, with_snippet: bool = False) -> list[Column]:
    """The columns of a table, or those of ``chosen`` (``date,title``) in that order."""
    columns = [*BY_NAME[table].columns, *([SNIPPET] if with_snippet else [])]
    if not chosen:
        return columns
    by_name = {column.name: column for column in columns}
    names = [name.strip() for name in chosen.split(",") if name.strip()]
    for name in names:
        if name not in by_name:
            raise QueryError(f"{table} has no column {name!r}", f"it can be {', '.join(by_name)}")
    return [by_name[name] for name in names]


def print_rows(
    rows: Iterable[Row],
    format_: str,
    table: str,
    chosen: str = "",
    *,
    verbose: bool = False,
    notes: Callable[[Row], Iterable[str]] = lambda row: (),
) -> int:
    """Print rows of an export table to stdout and give their number; ``notes`` are lines below a row of the table."""
    check_format(format_, table)
    remaining = iter(rows)
    first = next(remaining, None)
    counted = _Counted([] if first is None else [first], remaining)
    has_snippet = first is not None and "snippet" in first
    columns = table_columns(table, chosen, with_snippet=has_snippet)
    if format_ == "table":
        width = terminal_width()
        left_out = _LEFT_OUT if width < _ROOM else ()
        shown = columns if chosen else [c for c in _named(columns, _SHOWN[table]) if c.name not in left_out]
        lines = (
            TableLine(cells, (*notes(row), *_notes(row, cells, table, verbose)))
            for row in counted
            for cells in [tuple(_cell(row[c.name], c) for c in shown)]
        )
        show(table_lines([_HEADINGS.get(c.name, c.name) for c in shown], lines, width))
    elif format_ == "ics":
        from pipeline.export.calendar import calendar_lines  # noqa: PLC0415

        _write(calendar_lines(counted))
    else:
        if format_ == "markdown" and not chosen:
            columns = _named(columns, _MARKDOWN.get(table, _SHOWN[table]))
        print_columns((_without_marks(row) for row in counted), format_, columns)
    return counted.n


def print_columns(rows: Iterable[Mapping[str, object]], format_: str, columns: Sequence[Column]) -> None:
    """Print rows with whatever columns: counts, the answer to SQL. Every format but ``ics``."""
    from pipeline.export import lines  # noqa: PLC0415

    check_format(format_, "counts")
    if format_ == "table":
        texts = (TableLine(tuple(_cell(row[c.name], c) for c in columns)) for row in rows)
        show(table_lines([one_line(c.name) for c in columns], texts, terminal_width()))
        return
    writers = {
        "csv": lines.csv_lines, "json": lines.json_array, "jsonl": lines.json_lines, "markdown": lines.markdown_lines,
    }  # fmt: skip
    _write(writers[format_](rows, columns))


def _named(columns: Sequence[Column], names: Sequence[str]) -> list[Column]:
    """The columns of those names, in their order."""
    by_name = {column.name: column for column in columns}
    return [by_name[name] for name in names]


class _Counted:
    """Rows that are counted as they go by."""

    def __init__(self, first: Sequence[Row], remaining: Iterable[Row]) -> None:
        self.n = 0
        self._parts = (first, remaining)

    def __iter__(self) -> Iterator[Row]:
        for part in self._parts:
            for row in part:
                self.n += 1
                yield row


def _write(pieces: Iterable[str]) -> None:
    """To stdout as it is; what a dump may hold can't steer a terminal."""
    is_terminal = sys.stdout.isatty()
    sys.stdout.writelines(safe(piece) if is_terminal else piece for piece in pieces)


def _notes(row: Row, cells: Sequence[str], table: str, verbose: bool) -> Iterator[str]:
    """What stands below a row: where the words were found; on ``--verbose`` the quote, the link, the identifier."""
    snippet = one_line(_without_marks(row).get("snippet") or "").strip("…")
    if snippet and not (verbose and row.get("quote")) and not any(snippet in cell for cell in cells):
        yield _emphasised(one_line(str(row["snippet"]).replace(HIT_START, "\ue000").replace(HIT_END, "\ue001")))
    if not verbose:
        return
    if row.get("quote") and "quote" not in _SHOWN[table]:
        yield f"“{one_line(row['quote'])}”"
    address = web_address(row.get("url"))
    if address:
        yield address
    key = row.get(_KEYS.get(table, ""))
    if key:
        confidence = row.get("confidence")
        yield one_line(key) + (f", confidence {cell_text(confidence)}" if confidence is not None else "")  # type: ignore[arg-type]


def _emphasised(text: str) -> str:
    """A snippet with its found words in bold, or without marks."""
    parts = text.replace("\ue001", "\ue000").split("\ue000")
    return "".join(
        " ".join(emphasise(word) for word in part.split(" ")) if i % 2 else part for i, part in enumerate(parts)
    )


def _without_marks(row: Row) -> Row:
    if "snippet" not in row:
        return row
    return {**row, "snippet": str(row["snippet"] or "").replace(HIT_START, "").replace(HIT_END, "")}


def _cell(value: object, column: Column) -> str:
    """A cell for reading: dates in words, thousands set apart."""
    if value is None:
        return ""
    if column.type == "edtf":
        return edtf.label(str(value)) if edtf.is_valid(str(value)) else one_line(value)
    if column.type == "datetime":
        return one_line(value)[:10]
    if column.type == "boolean":
        return "yes" if value else "no"
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if column.type in ("number", "integer") and isinstance(value, int | float):
        return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"
    return one_line(value)
