"""Arithmetic of dates: weeks, quarters, shifts, holidays, parts of years; all in EDTF, no words.

Weeks are ISO 8601's (Monday to Sunday). A year outside of 1 to 9999 is ``None``, never an error.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from pipeline import edtf


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or ``None`` where the calendar has none such.

    >>> make_day(2025, 2, 31) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date | None:
    """The day so many months on, cut to the month's end; ``None`` beyond the calendar.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date | None:
    """The day so many days on; ``None`` beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift(value: str, months: int) -> str | None:
    """The same stretch of time, so many months on: a month stays a month, a financial year a financial year.

    >>> shift("2024-09", -12), shift("2023-10/2024-09", -12), shift("2023", 12), shift("2024-21", -12)
    ('2023-09', '2022-10/2023-09', '2024', '2023-21')
    """
    span = edtf.parse(value)
    if span is None:
        return None
    if edtf.precision(value) == "season" and months % 12 == 0:
        return f"{int(value[:4]) + months // 12:04d}{value[4:]}"
    first, last = add_months(span[0], months), add_months(span[1], months)
    if first is None or last is None:
        return None
    after = add_days(span[1], 1)
    if after is not None and after.day == 1 and span[0].day == 1:  # whole months stay whole
        last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return edtf.interval(first, last)


def week_of(day: date, weeks: int = 0) -> str | None:
    """The ISO week of a day, or so many weeks on, as an interval of days.

    >>> week_of(date(2025, 3, 26), -1)
    '2025-03-17/2025-03-23'
    """
    monday = add_days(day, 7 * weeks - day.weekday())
    sunday = add_days(monday, 6) if monday else None
    return edtf.interval(monday, sunday) if monday and sunday else None


def weekend_of(day: date, weeks: int = 0) -> str | None:
    """Saturday and Sunday of the day's week, or so many weeks on."""
    saturday = add_days(day, 7 * weeks - day.weekday() + 5)
    sunday = add_days(saturday, 1) if saturday else None
    return edtf.interval(saturday, sunday) if saturday and sunday else None


def quarter(year: int, number: int) -> str:
    """A quarter of the calendar year.

    >>> quarter(2024, 3)
    '2024-07/2024-09'
    """
    return f"{year:04d}-{3 * number - 2:02d}/{year:04d}-{3 * number:02d}"


def part(value: str, edge: str) -> str:
    """The early, mid or late part, the start or the end of a year, month or financial year, as the tables write it.

    Thirds of a year; the first ten days, the middle ten and the rest of a month. Other values stay whole.

    >>> [part("2024", edge) for edge in ("early", "mid", "late", "end", "start")]
    ['2024-01/2024-04', '2024-05/2024-08', '2024-09/2024-12', '2024-12', '2024-01']
    >>> part("2023-10", "mid"), part("2024-04/2025-03", "end")
    ('2023-10-11/2023-10-20', '2025-03')
    """
    span = edtf.parse(value)
    kind = edtf.precision(value)
    if span is None or not edge:
        return value
    first, last = span
    if kind == "month":
        bounds = {
            "early": (1, 10),
            "mid": (11, 20),
            "late": (21, last.day),
            "start": (1, 1),
            "end": (last.day, last.day),
        }
        low, high = bounds[edge]
        return edtf.interval(first.replace(day=low), first.replace(day=high))
    if kind not in ("year", "financial_year"):
        return value
    offsets = {"early": (0, 3), "mid": (4, 7), "late": (8, 11), "start": (0, 0), "end": (11, 11)}
    low, high = offsets[edge]
    start, end = add_months(first, low), add_months(first, high)
    if start is None or end is None:
        return value
    return edtf.interval(start, end.replace(day=calendar.monthrange(end.year, end.month)[1]))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature, 1876).

    >>> easter(2025)
    datetime.date(2025, 4, 20)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holiday(name: str, year: int) -> date | None:
    """The day of a fixed (``12-25``) or moving (``easter``, ``good_friday``, ``thanksgiving``) holiday."""
    if name == "easter":
        return easter(year)
    if name == "good_friday":
        return easter(year) - timedelta(days=2)
    if name == "thanksgiving":
        first = date(year, 11, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    month, day = name.split("-")
    return make_day(year, int(month), int(day))


def timex3(value: str) -> str:
    """TIMEX3's way to write an EDTF value: weeks, weekends, quarters, halves, seasons, financial years.

    >>> [timex3(v) for v in ("2025-03-17/2025-03-23", "2024-07/2024-09", "2024-21", "2023-04/2024-03", "2024-09")]
    ['2025-W12', '2024-Q3', '2024-SP', 'FY2023', '2024-09']
    """
    kind, span = edtf.precision(value), edtf.parse(value)
    if span is None:
        return value
    first, last = span
    if kind == "season":
        return f"{value[:4]}-{dict(zip(('21', '22', '23', '24'), ('SP', 'SU', 'FA', 'WI'), strict=True))[value[5:]]}"
    if kind == "financial_year":
        return f"FY{first.year:04d}"
    if "/" not in value:
        return value
    days = (last - first).days
    year, week, weekday = first.isocalendar()
    if days == 6 and weekday == 1:
        return f"{year:04d}-W{week:02d}"
    if days == 1 and weekday == 6:
        return f"{year:04d}-W{week:02d}-WE"
    if first.day == 1 and first.year == last.year and "-" in value:
        if last.month - first.month == 2 and first.month % 3 == 1 and days > 80:
            return f"{first.year:04d}-Q{(first.month + 2) // 3}"
        if last.month - first.month == 5 and first.month in (1, 7) and days > 170:
            return f"{first.year:04d}-H{1 if first.month == 1 else 2}"
    return value
