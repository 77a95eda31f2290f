"""Dates of the world: the part of EDTF (ISO 8601-2, level 1) that our tables use.

A value is a day ``2025-03-20``, a month ``2024-07``, a year ``2027``, a season ``2025-21`` … ``2025-24`` (spring is
March to May; winter, 24, runs into February of the next year) or an interval of any two of them joined by ``/``.
``~``, ``?`` and ``%`` behind a part are understood and left out of account.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

_PART = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?$")
_SEASONS = {21: (3, 5, "spring"), 22: (6, 8, "summer"), 23: (9, 11, "autumn"), 24: (12, 14, "winter")}
_MONTHS = tuple(calendar.month_name)


@lru_cache(maxsize=4096)
def parse(value: str | None) -> tuple[date, date] | None:
    """First and last day of an EDTF value; ``None`` where it is no date.

    >>> parse("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    >>> parse("2023-31") is None
    True
    """
    if not value:
        return None
    first, slash, last = value.strip().partition("/")
    start = _parse_part(first)
    end = _parse_part(last) if slash else start
    if start is None or end is None or end[1] < start[0]:
        return None
    return start[0], end[1]


def _parse_part(part: str) -> tuple[date, date] | None:
    match = _PART.match(part.strip())
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        if not match[2]:
            return date(year, 1, 1), date(year, 12, 31)
        if match[3]:
            only = date(year, month, day)
            return only, only
        if month in _SEASONS:
            first, last, _ = _SEASONS[month]
            return date(year, first, 1), _month_end(year + (last > 12), last - 12 * (last > 12))
        return date(year, month, 1), _month_end(year, month)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def is_valid(value: str) -> bool:
    """Whether ``parse`` understands the value."""
    return parse(value) is not None


def interval(first: date, last: date) -> str:
    """The shortest EDTF value for the days from ``first`` to ``last``.

    >>> interval(date(2024, 2, 1), date(2024, 2, 29)), interval(date(2023, 4, 1), date(2024, 3, 31))
    ('2024-02', '2023-04/2024-03')
    """
    if first == last:
        return first.isoformat()
    if (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31):
        return f"{first.year:04d}" if first.year == last.year else f"{first.year:04d}/{last.year:04d}"
    if first.day == 1 and last == _month_end(last.year, last.month):
        start, end = f"{first:%Y-%m}", f"{last:%Y-%m}"
        return start if start == end else f"{start}/{end}"
    return f"{first.isoformat()}/{last.isoformat()}"


def financial_year(start_year: int, end_year: int | None = None) -> str:
    """April of ``start_year`` to March of ``end_year`` (the next year unless given).

    >>> financial_year(2023), financial_year(2025, 2028)
    ('2023-04/2024-03', '2025-04/2028-03')
    """
    return f"{start_year:04d}-04/{end_year or start_year + 1:04d}-03"


def precision(value: str) -> str:
    """One of ``records.PRECISIONS``.

    >>> [precision(v) for v in ("2025-03-20", "2024-07", "2025-21", "2027", "2023-04/2024-03", "2023/2024")]
    ['day', 'month', 'season', 'year', 'financial_year', 'interval']
    """
    if "/" in value:
        span = parse(value)
        is_financial = (
            span is not None
            and (span[0].month, span[0].day, span[1].month, span[1].day) == (4, 1, 3, 31)
            and span[1].year == span[0].year + 1
        )
        return "financial_year" if is_financial else "interval"
    bits = value.rstrip("~?%").split("-")
    if len(bits) == 3:
        return "day"
    if len(bits) == 2:
        return "season" if int(bits[1]) in _SEASONS else "month"
    return "year"


def label(value: str) -> str:
    """The value in words, since EDTF's ``2022-23`` is an autumn.

    >>> label("2022-23"), label("2022-04/2023-03"), label("2025-03-17/2025-03-23"), label("2025-04/2028-03")
    ('autumn 2022', 'financial year 2022-23', 'week of 17 March 2025', 'April 2025 to March 2028')
    """
    if "/" not in value:
        return _label_part(value)
    first, last = value.split("/")
    span = parse(value)
    if span is None:
        return value
    if precision(value) == "financial_year":
        return f"financial year {span[0].year}-{span[1].year % 100:02d}"
    if span[0].weekday() == 0 and span[1] - span[0] == timedelta(days=6):
        return f"week of {_label_part(first)}"
    return f"{_label_part(first)} to {_label_part(last)}"


def _label_part(part: str) -> str:
    bits = [int(bit) for bit in part.rstrip("~?%").split("-")]
    if len(bits) == 3:
        return f"{bits[2]} {_MONTHS[bits[1]]} {bits[0]}"
    if len(bits) == 2:
        return f"{_SEASONS[bits[1]][2] if bits[1] in _SEASONS else _MONTHS[bits[1]]} {bits[0]}"
    return str(bits[0])


def overlap(a: str | None, b: str | None) -> float:
    """Days that both values cover over the days that they cover together, 0 to 1.

    >>> overlap("2024", "2024-01/2024-06"), overlap("2024", None)
    (0.4972677595628415, 0.0)
    """
    x, y = parse(a), parse(b)
    if x is None or y is None:
        return 0.0
    shared = (min(x[1], y[1]) - max(x[0], y[0])).days + 1
    union = (max(x[1], y[1]) - min(x[0], y[0])).days + 1
    return max(0, shared) / union


def meets(a: str | None, b: str | None) -> bool:
    """Whether the two values share a day: an event of ``2024`` meets a query for ``2024-05``."""
    return overlap(a, b) > 0
