"""Amounts of time: how many of which unit ("two and a half years"), and where so much leads from a day."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.timex import almanac, numerals
from pipeline.extraction.timex.rules import W

UNIT: Final = r"(?P<unit>second|minute|hour|day|week|fortnight|month|quarter|year|decade|centur(?:y|ie))s?\b"


FEW: Final = r"a\s+few|several|a\s+couple\s+of|few|many|some|recent|coming|couple\s+of"


AMOUNT: Final = (
    rf"(?P<n>\d{{1,3}}\s+\d/\d|\d{{1,3}}(?:\.\d+)?(?:\s?½)?|{numerals.WORDS}(?:\s+and\s+a\s+half)?|{FEW}|"
    rf"half\s+an?|an?\s+additional|another|an?)"
)


NUMBER_WORDS: Final = " ".join([*(w for w in numerals.ONES if w != "zero"), *numerals.TENS])


AMOUNT_WORDS: Final = f"# recent coming a an several few couple many some half another {NUMBER_WORDS}"


UNIT_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


UNIT_DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}


def read_amount(text: str) -> float | None:
    """The number of units; ``None`` for "several" and its like.

    >>> read_amount("two and a half"), read_amount("2 1/2"), read_amount("a"), read_amount("several")
    (2.5, 2.5, 1.0, None)
    """
    words = text.strip().casefold()
    if re.fullmatch(FEW, words):
        return 2.0 if "couple" in words else None
    if words in ("a", "an", "another") or words.endswith("additional"):
        return 1.0
    if words.startswith("half"):
        return 0.5
    if mixed := re.fullmatch(r"(\d+)\s+(\d)/([1-9])", words):
        return float(mixed[1]) + float(mixed[2]) / float(mixed[3])
    half = 0.5 if words.endswith(("and a half", "½")) else 0.0
    number = numerals.read_number(words.removesuffix("and a half").rstrip("½ "))
    return None if number is None else number + half


def unit_name(word: str) -> str:
    """The unit in the singular and lower case."""
    word = word.casefold()
    return "century" if word.startswith("centur") else word


def iso_duration(amount: float | None, unit: str) -> str:
    """``P3Y``, ``PT6H``, ``P2Y6M``, ``PXM`` where the number isn't told.

    >>> iso_duration(3, "year"), iso_duration(6, "hour"), iso_duration(2.5, "year"), iso_duration(None, "month")
    ('P3Y', 'PT6H', 'P2Y6M', 'PXM')
    """
    letter = W.units[unit]
    prefix = "PT" if letter.startswith("T") else "P"
    letter = letter.removeprefix("T")
    if amount is None and unit == "quarter":
        return "PXM"
    if amount is None:
        return f"{prefix}X{letter[-1]}"
    scale = {"decade": (10, "Y"), "century": (100, "Y"), "fortnight": (2, "W"), "quarter": (3, "M")}.get(unit)
    if scale:
        amount, letter = amount * scale[0], scale[1]
    whole = int(amount)
    if amount != whole:
        smaller = {"year": ("M", 12), "hour": ("M", 60), "minute": ("S", 60)}.get(unit)
        if not smaller:
            return f"{prefix}{amount:g}{letter}"
        head = f"{whole}{letter}" if whole else ""
        return f"{prefix}{head}{round((amount - whole) * smaller[1])}{smaller[0]}"
    return f"{prefix}{whole}{letter}"


def stretch(anchor: date, amount: float, unit: str, sign: int) -> str | None:
    """The days from the anchor so far back (``sign`` -1) or ahead (+1)."""
    if unit in UNIT_MONTHS:
        other = almanac.add_months(anchor, sign * round(amount * UNIT_MONTHS[unit]))
    elif unit in UNIT_DAYS:
        other = almanac.add_days(anchor, sign * round(amount * UNIT_DAYS[unit]))
    else:
        return None
    return edtf.interval(min(anchor, other), max(anchor, other)) if other else None


def point(anchor: date, amount: float, unit: str, sign: int) -> str | None:
    """The day, week, month or year so far from the anchor, as exact as the unit."""
    if unit in ("week", "fortnight"):
        return almanac.week_of(anchor, sign * round(amount * UNIT_DAYS[unit] / 7))
    if unit == "day":
        day = almanac.add_days(anchor, sign * round(amount))
        return day.isoformat() if day else None
    if unit not in UNIT_MONTHS:
        return anchor.isoformat()
    day = almanac.add_months(anchor, sign * round(amount * UNIT_MONTHS[unit]))
    if day is None:
        return None
    return f"{day:%Y-%m}" if unit in ("month", "quarter") else f"{day.year:04d}"
