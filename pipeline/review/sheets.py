"""The spreadsheet of a review, as a file: CSV or an Excel workbook, written once and read as programs save it.

    rows ─write_sheet─▶ FILE.csv, FILE.xlsx ─a person─▶ FILE.csv, FILE.xlsx ─read_sheet─▶ rows, and where each begins

The workbook has the columns of the CSV, all of them text, lists of the allowed words to choose from, and a second sheet
that explains the columns.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import RegisterError, StoreError
from pipeline.harmless import disarm, rearm, safe
from pipeline.timeline.decisions import REVIEW_COLUMNS, VERDICTS
from pipeline.vocabulary import EVENT_TYPES, STATUSES

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

Row = Mapping[str, str]

#: What each column is for, as the workbook's second sheet has it.
MEANINGS: Final[Mapping[str, str]] = {
    "verdict": f"to fill in: {', '.join(VERDICTS)}; empty where nothing is decided",
    "new_date": "the right date: 2025-03-20, 2025-03, 2025, 2025-21 (spring), 2025-04/2026-03 (from, to)",
    "new_type": f"the right kind: {', '.join(EVENT_TYPES)}",
    "new_status": f"the right status: {', '.join(STATUSES)}",
    "new_policies": "the right policies, all of them, with ; between; - for none",
    "new_organisations": "the right organisations, all of them, with ; between; - for none",
    "new_amount": "the right amount in pounds, as 1500000; - for none",
    "note": "why, if it needs saying",
    "confidence": "how sure the event is, from 0 to 1",
    "reasons": "why it is that sure",
    "title": "what the event is called",
    "quote": "the sentence that tells it best, verbatim",
    "date": "when it happened or is to happen",
    "type": "what kind of event it is",
    "status": "how far it had come when it was told",
    "policies": "the policies that it is about",
    "organisations": "the organisations that take part",
    "amount": "the money, in pounds",
    "state": "what became of it: due, overdue, done, dropped, superseded",
    "n_articles": "how many articles tell it",
    "url": "where it is told",
    "event_id": "the event's identifier",
    "keys": "which sentences the row is about: leave it as it is",
    "new_title": "what the event is to be called",
}
WORKBOOK: Final = ".xlsx"
_HINT: Final = "give a file that carefeed review export wrote, saved as CSV or as an Excel workbook"
_NEEDED: Final = ("verdict", "keys")
_CHOICES: Final = {"verdict": VERDICTS, "new_type": EVENT_TYPES, "new_status": STATUSES}
_WIDTHS: Final = {"title": 50, "quote": 80, "reasons": 30, "policies": 30, "organisations": 30, "url": 30, "keys": 10}
_USUAL_WIDTH: Final = 16
_MOST_CHARACTERS: Final = 32_767
_MOST_BYTES: Final = 500_000_000
_TEXT: Final = "@"


def write_sheet(path: Path, rows: Sequence[Row], *, excel: bool = False) -> None:
    """Write rows with the columns ``REVIEW_COLUMNS``: a workbook where the file is called ``.xlsx``, else a CSV.

    ``excel`` gives a CSV its byte order mark and disarms formulas. Raises ``StoreError`` where the file is there
    already (a review may be in it) or can't be written.
    """
    content = _workbook(rows) if path.suffix.lower() == WORKBOOK else _csv(rows, excel=excel)
    try:
        with path.open("xb") as handle:
            handle.write(content)
    except FileExistsError as error:
        raise StoreError(
            f"{path} is there already", "a review may be in it: import it, or give another name"
        ) from error
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror}", "check the folder or the disk") from error


def read_sheet(path: Path) -> tuple[list[dict[str, str]], list[int]]:
    """The rows of a reviewed spreadsheet, and the line of the file (or row of the sheet) that each begins in.

    What spreadsheet programs make of a CSV is read too: a byte order mark, UTF-16, Windows-1252, semicolons or tabs;
    and what they make of cells: dates and numbers. Raises ``RegisterError`` naming the file, the line and the reason.
    """
    try:
        lines = list(_workbook_lines(path) if path.suffix.lower() == WORKBOOK else _csv_lines(path))
    except OSError as error:
        raise RegisterError(f"{path} can't be read: {error.strerror or error}", _HINT) from error
    header = lines[0][1] if lines else []
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise RegisterError(f"{path}, line 1: there is no column {', '.join(missing)}", _HINT)
    found, places = [], []
    for line, cells in lines[1:]:
        if len(cells) > len(header):
            raise RegisterError(f"{path}, line {line}: there are more cells than columns", _HINT)
        row = dict.fromkeys(header, "") | {name: rearm(cell) for name, cell in zip(header, cells, strict=False) if name}
        found.append(row)
        places.append(line)
    return found, places


# --------------------------------------------------------------------------- CSV


def _csv(rows: Sequence[Row], *, excel: bool) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, REVIEW_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: disarm(cell) for name, cell in row.items()} if excel else row for row in rows)
    return text.getvalue().encode("utf-8-sig" if excel else "utf-8")


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = _decoded(path.read_bytes())
        header = text.partition("\n")[0]
        mark = max(",;\t", key=header.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        before = 0
        for cells in reader:
            if cells:
                yield before + 1, cells
            before = reader.line_num
    except (UnicodeDecodeError, csv.Error) as error:
        raise RegisterError(f"{path} is no CSV: {error}", _HINT) from error


def _decoded(content: bytes) -> str:
    """The text of a spreadsheet. Raises ``UnicodeDecodeError`` for what is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in content:
            raise
        return content.decode("cp1252")


# --------------------------------------------------------------------------- workbook


def _workbook(rows: Sequence[Row]) -> bytes:
    """The bytes of the workbook: the rows, and what the columns mean."""
    openpyxl = _openpyxl()
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("review")
    letters = {name: get_column_letter(number) for number, name in enumerate(REVIEW_COLUMNS, start=1)}
    for name, letter in letters.items():
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, _USUAL_WIDTH)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{letters[REVIEW_COLUMNS[-1]]}{len(rows) + 1}"
    for name, words in _CHOICES.items():
        choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
        choice.errorTitle, choice.error = name, f"One of {', '.join(words)}"
        choice.add(f"{letters[name]}2:{letters[name]}{max(len(rows), 1) + 1}")
        sheet.data_validations.append(choice)
    header = [_cell(sheet, name) for name in REVIEW_COLUMNS]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for row in rows:
        sheet.append([_cell(sheet, row[name]) for name in REVIEW_COLUMNS])
    about = book.create_sheet("columns")
    about.freeze_panes = "A2"
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 20, 110
    for cells in (("column", "meaning"), *MEANINGS.items()):
        about.append([_cell(about, cell) for cell in cells])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(sheet: Any, text: str) -> WriteOnlyCell:
    """A cell that is text to every program, and stays so when it is edited."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    cell = WriteOnlyCell(sheet, safe(text)[:_MOST_CHARACTERS])
    cell.data_type = "s"  # openpyxl takes "=…" for a formula
    cell.number_format = _TEXT
    if disarm(text) != text:
        cell.quotePrefix = True
    return cell


def _workbook_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet that has our columns, without those that are empty."""
    openpyxl = _openpyxl()
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        with zipfile.ZipFile(path) as members:
            if sum(member.file_size for member in members.infolist()) > _MOST_BYTES:
                raise RegisterError(f"{path} unpacks to more than {_MOST_BYTES:,} bytes", _HINT)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError) as error:
        raise RegisterError(f"{path} is no Excel workbook: {error}", _HINT) from error
    try:
        sheet = book["review"] if "review" in book.sheetnames else book.worksheets[0]
        for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield line, cells
    finally:
        book.close()


def _text(value: object) -> str:
    """A cell's value as it was meant: what a program made a date of is one, a whole number has no point.

    >>> _text(datetime(2025, 3, 20)), _text(2025.0), _text(None)
    ('2025-03-20', '2025', '')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _openpyxl() -> Any:
    """The library of Excel workbooks. Raises ``StoreError`` where it isn't installed."""
    try:
        import openpyxl  # noqa: PLC0415  (only workbooks need it)
    except ModuleNotFoundError as error:
        raise StoreError("an Excel workbook needs openpyxl", "pip install openpyxl; or give a .csv") from error
    return openpyxl
