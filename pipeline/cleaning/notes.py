"""Notes that editors add to an article after it came out, and the days that they name."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pipeline.cleaning.marks import Marks

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH}),? (\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE)
_FIGURES = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
#: Days are London's.
_LONDON = ZoneInfo("Europe/London")


def is_update_note(text: str, marks: Marks) -> bool:
    """The line begins as a note that the article was changed after it came out."""
    return bool(marks.index.worth(text) & marks.note_bit) and marks.update_note.match(text) is not None


def is_dated_after(text: str, published: datetime) -> bool:
    """The text names a day, with its year, that is later than the day of publication in London.

    >>> is_dated_after("Updated on 3 June 2025 with a reply.", datetime(2025, 6, 2, 12, tzinfo=UTC))
    True
    """
    day = published.replace(tzinfo=published.tzinfo or UTC).astimezone(_LONDON).date()
    return any(each > day for each in _find_days(text))


def _find_days(text: str) -> list[date]:
    """The days of the calendar that a text names in full; figures are day, month, year."""
    parts = [(m[3], _MONTHS.index(m[2].lower()) + 1, m[1]) for m in _DAY_FIRST.finditer(text)]
    parts += [(m[3], _MONTHS.index(m[1].lower()) + 1, m[2]) for m in _MONTH_FIRST.finditer(text)]
    parts += [(m[3], int(m[2]), m[1]) for m in _FIGURES.finditer(text)]
    return [day for day in (_day_of(int(y), m, int(d)) for y, m, d in parts) if day]


def _day_of(year: int, month: int, day: int) -> date | None:
    """The day, ``None`` where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
