"""Stretches of time counted on: a year before, from one value to another, back from the data. Pure functions."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.timex import almanac, numerals

_BACK: Final = re.compile(
    rf"(?:the\s+)?(?:previous\s+|preceding\s+|prior\s+)?(?P<n>\d+|{numerals.WORDS})?.*?(?P<unit>year|month|quarter)",
    re.IGNORECASE,
)


def shifted(phrase: str, base: str) -> str | None:
    """The base moved back as far as "a year earlier", "the previous 12 months", "two years ago" say.

    >>> shifted("a year earlier", "2024-09"), shifted("two years before", "2023")
    ('2023-09', '2021')
    """
    match = _BACK.match(phrase)
    if match is None:
        return None
    count = round(numerals.read_number(match["n"]) or 1) if match["n"] else 1
    months = {"month": 1, "quarter": 3}.get(match["unit"].casefold(), 12)
    return almanac.shift(base, -count * months)


def span(old: str | None, new: str | None) -> str | None:
    """The time of a change between two levels: the new one's for levels a year apart, else from the old to the new.

    >>> span("2022-04/2023-03", "2023-04/2024-03"), span("2021-04/2022-03", "2023-04/2024-03")
    ('2023-04/2024-03', '2021-04/2024-03')
    """
    if not old or not new:
        return new or old
    first, last = edtf.parse(old), edtf.parse(new)
    if first is None or last is None or -31 <= (last[1] - first[1]).days <= 440:
        return new
    return join(old, new)


def join(old: str, new: str) -> str:
    """From the beginning of one value to the end of another."""
    value = f"{old.split('/', maxsplit=1)[0]}/{new.rsplit('/', maxsplit=1)[-1]}"
    return value if edtf.is_valid(value) else new


def shifted_by(value: str, months: int) -> str | None:
    """The month before the same one so many months on: where a span of that length ends.

    >>> shifted_by("2022-04", 36)
    '2025-03'
    """
    return almanac.shift(value, months - 1)


_PAST: Final = re.compile(r"(?:over\s+|in\s+)?(?:the\s+)?(?:past|last|previous)\b", re.IGNORECASE)


def stretch_back(phrase: str, value: str | None, published: date) -> int:
    """Months of "over the past five years", told on the day of publication; 0 for what is no stretch of whole years.

    >>> stretch_back("the past five years", "2020-06-01/2025-06-01", date(2025, 6, 1))
    60
    """
    span_of = edtf.parse(value)
    if not span_of or not _PAST.match(phrase) or not (value or "").endswith(f"/{published.isoformat()}"):
        return 0
    months = round((span_of[1] - span_of[0]).days / 30.44)
    return months if months >= 12 and months % 12 == 0 else 0


def end_of_stretch(value: str) -> str:
    """The end of a span of years; other values as they are.

    >>> end_of_stretch("2019-03/2024-03"), end_of_stretch("2023-04/2024-03")
    ('2024-03', '2023-04/2024-03')
    """
    found = edtf.parse(value)
    return value.rpartition("/")[2] if found and (found[1] - found[0]).days > 400 else value


def last_part(value: str | None) -> str | None:
    """The last year of a span of years, as what is told behind a change over it holds for; other values as they are.

    >>> last_part("2018/2022"), last_part("2018-04/2023-03"), last_part("2018/2022-03"), last_part("2023-04/2024-03")
    ('2022', '2022-04/2023-03', '2022-03', '2023-04/2024-03')
    """
    found = edtf.parse(value)
    if not value or not found or (found[1] - found[0]).days < 400:
        return value
    first, _, last = value.partition("/")
    if first[4:] == "-04" and last[4:] == "-03":
        return edtf.financial_year(found[1].year - 1)
    return last


def ends_of_years(value: str | None) -> tuple[str, str] | None:
    """The first and the last year of a span of years; ``None`` for what is none.

    >>> ends_of_years("2019/2023"), ends_of_years("2015-04/2019-03"), ends_of_years("2019")
    (('2019', '2023'), ('2015-04/2016-03', '2018-04/2019-03'), None)
    """
    last = last_part(value)
    if not value or last == value or last is None:
        return None
    first = value.partition("/")[0]
    return (edtf.financial_year(int(first[:4])), last) if "/" in last else (first, last)


def year_after(base: str | None, published: date) -> str | None:
    """The year after the base of a change that tells no other time ("a fall of 2.7% from 2021"), where it has begun.

    >>> year_after("2021", date(2023, 2, 1)), year_after("2012", date(2023, 2, 1))
    ('2022', None)
    """
    later = almanac.shift(base, 12) if base else None
    found = edtf.parse(later)
    if not found or (found[1] - found[0]).days > 400:
        return None
    return later if found[0] <= published and (published - found[1]).days < 400 else None
