"""Update notes: what editors add after publication."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.cleaning.marks import load_marks
from pipeline.cleaning.notes import is_dated_after, is_update_note
from pipeline.settings import find_models
from tests.cases import read_table

MARKS = load_marks(find_models())
PUBLISHED = datetime(2025, 6, 2, 8, tzinfo=UTC)
CASES = read_table(Path(__file__).parent / "cases" / "update_notes.tsv")


@pytest.mark.parametrize(("want", "line"), CASES)
def test_update_note(want: str, line: str) -> None:
    """A note is told from a story about updates, and one that names a later day is told from the others."""
    is_note = is_update_note(line, MARKS)
    assert is_note == (want != "story")
    assert (is_note and is_dated_after(line, PUBLISHED)) == (want == "later")


@pytest.mark.parametrize(
    ("published", "want"),
    [
        (datetime(2025, 6, 2, 22, 30, tzinfo=UTC), True),
        (datetime(2025, 6, 2, 23, 30, tzinfo=UTC), False),  # 3 June in London
    ],
)
def test_days_are_londons(published: datetime, want: bool) -> None:
    """The day of publication is the one in London."""
    assert is_dated_after("Updated 3 June 2025", published) is want


def test_no_day_of_the_calendar() -> None:
    """A day that no calendar has says nothing."""
    assert not is_dated_after("Updated 31 June 2025 and 45/13/2026", PUBLISHED)
