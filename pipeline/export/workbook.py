"""Tables as an Excel workbook: a sheet a table, and one that says what the columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import StoreError
from pipeline.export.lines import typed
from pipeline.harmless import safe, web_address
from pipeline.tables import Column, Table

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

Row = Mapping[str, object]

#: What a sheet and a cell can hold.
_MOST_ROWS: Final = 1_048_575
_MOST_CHARACTERS: Final = 32_767
_MOST_LINKS: Final = 65_530
_WIDTHS: Final = {"date": 12, "datetime": 18, "integer": 10, "number": 14, "boolean": 9, "url": 30, "list": 30}
_WIDE: Final = {"title": 60, "quote": 80, "measure": 40, "label": 40, "description": 80, "why": 60, "quotes": 80}


def write_workbook(path: Path, sheets: Iterable[tuple[Table, Iterable[Row]]]) -> None:
    """An ``.xlsx`` file: dates as dates, moments in UTC, amounts as numbers, addresses as links, texts never formulas.

    Texts longer than a cell holds are cut, with ``…`` at their end. Raises ``StoreError`` where a table has more rows
    than a sheet holds or openpyxl isn't installed.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415  (only this export needs it)
    except ModuleNotFoundError as error:
        raise StoreError("an Excel workbook needs openpyxl", "pip install openpyxl") from error
    book = Workbook(write_only=True)
    about = book.create_sheet("about")
    about.append(["table", "one row is", "column", "type", "meaning"])
    for letter, width in zip("ABCDE", (14, 40, 20, 10, 80), strict=True):
        about.column_dimensions[letter].width = width
    for table, rows in sheets:
        for column in table.columns:
            about.append([table.name, table.one_row_is, column.name, column.type, column.description])
        _write_sheet(book.create_sheet(table.name), table, rows)
    about.append(["", "", "", "", "Moments are in UTC, money in pounds; an empty cell means unknown."])
    book.save(path)


def _write_sheet(sheet: Any, table: Table, rows: Iterable[Row]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns, start=1):
        width = _WIDE.get(column.name, _WIDTHS.get(column.type, 18))
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}1"
    sheet.append(list(table.header))
    links = 0
    for n, row in enumerate(rows, start=1):
        if n > _MOST_ROWS:
            raise StoreError(
                f"{table.name} has more rows than a sheet holds ({_MOST_ROWS:,})", "narrow it down, or use parquet"
            )
        cells = list(_cells(sheet, row, table.columns, with_links=links < _MOST_LINKS))
        links += sum(1 for cell in cells if getattr(cell, "hyperlink", None))
        sheet.append(cells)


def _cells(sheet: object, row: Row, columns: Sequence[Column], *, with_links: bool) -> Iterator[object]:
    for column in columns:
        value = typed(row[column.name], column)
        if value is None or value == "":
            yield None
        elif column.type == "date":
            yield _day(str(value))
        elif column.type == "datetime":
            yield _moment(str(value))
        elif column.type in ("integer", "number", "boolean"):
            yield value
        else:
            yield _text_cell(sheet, str(value), web_address(value) if with_links and column.type == "url" else None)


def _text_cell(sheet: object, text: str, link: str | None) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    shown = safe(text)
    cell = WriteOnlyCell(sheet, shown if len(shown) <= _MOST_CHARACTERS else shown[: _MOST_CHARACTERS - 1] + "…")
    cell.data_type = "s"  # openpyxl takes "=…" for a formula
    if link:
        cell.hyperlink = link
        cell.style = "Hyperlink"
    return cell


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _moment(text: str) -> datetime | str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
