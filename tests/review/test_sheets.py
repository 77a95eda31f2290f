"""The spreadsheet of a review as an Excel workbook: out, filled in, and in again."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.errors import RegisterError, StoreError
from pipeline.review.sheets import MEANINGS, read_sheet, write_sheet
from pipeline.reviewing import export_review, import_review
from pipeline.timeline.decisions import REVIEW_COLUMNS

openpyxl = pytest.importorskip("openpyxl")
WHEN = "2025-05-01T10:00:00+00:00"
ROW = dict.fromkeys(REVIEW_COLUMNS, "") | {
    "title": '=HYPERLINK("http://evil.example")', "quote": "“Line one\nline two” \x1b[31m", "date": "2025-03", "keys": "a; b",
}  # fmt: skip


def fill_in(path: Path, **cells: object) -> None:
    """Write into the first row of the workbook, as its user does."""
    book = openpyxl.load_workbook(path)
    sheet = book["review"]
    for name, value in cells.items():
        sheet.cell(2, REVIEW_COLUMNS.index(name) + 1).value = value
    book.save(path)


def test_every_column_is_explained() -> None:
    """In the order of the sheet's columns, whichever that is."""
    assert set(MEANINGS) == set(REVIEW_COLUMNS)


def test_a_workbook_is_text_with_lists_to_choose_from(tmp_path: Path) -> None:
    """No formula, dates as they are written, the header stays in view, and a second sheet says what the columns mean."""
    write_sheet(tmp_path / "a.xlsx", [ROW])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["review", "columns"]
    sheet = book["review"]
    assert [cell.value for cell in sheet[1]] == list(REVIEW_COLUMNS)
    cells = dict(zip(REVIEW_COLUMNS, sheet[2], strict=True))
    assert (cells["title"].data_type, cells["title"].value) == ("s", ROW["title"])
    assert cells["title"].quotePrefix
    assert (cells["date"].value, cells["new_date"].number_format) == ("2025-03", "@")
    assert "\x1b" not in cells["quote"].value
    assert sheet.freeze_panes == "B2"
    choices = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert choices["A2"] == '"accept,correct,reject"'
    assert dict(book["columns"].iter_rows(min_row=2, values_only=True)) == dict(MEANINGS)


def test_a_workbook_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Every cell, with the row that it stands in; empty rows are passed over."""
    write_sheet(tmp_path / "a.xlsx", [ROW, ROW | {"keys": "c"}])
    rows, lines = read_sheet(tmp_path / "a.xlsx")
    assert [row["keys"] for row in rows] == ["a; b", "c"]
    assert {name: cell for name, cell in rows[0].items() if name != "quote"} == {
        name: cell for name, cell in ROW.items() if name != "quote"
    }
    assert lines == [2, 3]


def test_what_programs_make_of_cells_is_read(tmp_path: Path) -> None:
    """A date is one again, a whole number has no point."""
    write_sheet(tmp_path / "a.xlsx", [ROW])
    fill_in(tmp_path / "a.xlsx", new_date=datetime(2025, 3, 20), new_amount=1500000.0, note=2024)
    (row,), _ = read_sheet(tmp_path / "a.xlsx")
    assert (row["new_date"], row["new_amount"], row["note"]) == ("2025-03-20", "1500000", "2024")


def test_verdicts_in_a_workbook_are_kept(out: Path, project: Path, tmp_path: Path) -> None:
    """From the archive to the workbook and back; a wrong word is named with its row."""
    sheet = tmp_path / "review.xlsx"
    assert export_review(out, project, sheet, limit=2) == 2
    fill_in(sheet, verdict="correct", new_date="1999-12-31", note="checked")
    done = import_review(sheet, out, project, WHEN, "ann")
    assert done.problems == ()
    assert {(each.verdict, each.corrections["date"], each.note) for each in done.added} == {
        ("correct", "1999-12-31", "checked")
    }
    fill_in(sheet, verdict="perhaps")
    (problem,) = import_review(sheet, out, project, WHEN, "ann").problems
    assert problem.line == 2
    with pytest.raises(StoreError, match="is there already"):
        export_review(out, project, sheet, limit=2)


def test_what_is_no_workbook_says_so(tmp_path: Path) -> None:
    """Whatever the file holds: other bytes, another archive, another table."""
    for name, content in (("a.xlsx", b"verdict,keys\n"), ("b.xlsx", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RegisterError, match="no Excel workbook"):
            read_sheet(tmp_path / name)
    with zipfile.ZipFile(tmp_path / "c.xlsx", "w") as other:
        other.writestr("letter.txt", "no workbook")
    with pytest.raises(RegisterError, match="no Excel workbook"):
        read_sheet(tmp_path / "c.xlsx")
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(tmp_path / "d.xlsx")
    with pytest.raises(RegisterError, match="there is no column verdict, keys"):
        read_sheet(tmp_path / "d.xlsx")
