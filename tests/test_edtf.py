"""EDTF values: days, labels and what is no date."""

from __future__ import annotations

import pytest

from pipeline import edtf

# value, first day, last day, precision, label
CASES = [
    ("2025-03-20", "2025-03-20", "2025-03-20", "day", "20 March 2025"),
    ("2024-02", "2024-02-01", "2024-02-29", "month", "February 2024"),
    ("2027", "2027-01-01", "2027-12-31", "year", "2027"),
    ("2024-24", "2024-12-01", "2025-02-28", "season", "winter 2024"),
    ("2022-04/2023-03", "2022-04-01", "2023-03-31", "financial_year", "financial year 2022-23"),
    ("2025-04/2028-03", "2025-04-01", "2028-03-31", "interval", "April 2025 to March 2028"),
    ("2025-03-17/2025-03-23", "2025-03-17", "2025-03-23", "interval", "week of 17 March 2025"),
    ("2024-23/2025-21", "2024-09-01", "2025-05-31", "interval", "autumn 2024 to spring 2025"),
]


@pytest.mark.parametrize(("value", "first", "last", "precision", "label"), CASES)
def test_value_is_read(value: str, first: str, last: str, precision: str, label: str) -> None:
    """A value has a first and a last day, a precision and a label."""
    span = edtf.parse(value)
    assert span is not None
    assert (span[0].isoformat(), span[1].isoformat()) == (first, last)
    assert edtf.precision(value) == precision
    assert edtf.label(value) == label


@pytest.mark.parametrize("value", ["", None, "2023-99", "2025-02-31", "soon", "2025/2024", "20", "2024-1-1", "/"])
def test_what_is_no_date_is_none(value: str | None) -> None:
    """Impossible and foreign values are no dates, and overlap nothing."""
    assert edtf.parse(value) is None
    assert edtf.overlap(value, "2024") == 0.0


def test_a_year_meets_its_month() -> None:
    """An event of a year meets a question for a month of it."""
    assert edtf.meets("2024", "2024-05")
    assert not edtf.meets("2024", "2025-05")
