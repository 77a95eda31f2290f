"""Dates read anew for the numbers beside them: "at 31 March" of what is over, "this year" of public money.

What a date alone would say ("31 March" is the next one, "this year" runs from January) is not what it says of figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.quantities import clues
from pipeline.extraction.quantities.datasets import Setting
from pipeline.extraction.timex import almanac

#: The month that a financial year begins with, and how many years on from the one of publication these words say.
_APRIL: Final = 4
_YEARS_ON: Final = {"last year": -1, "this year": 0, "next year": 1, "the coming year": 1}


def in_the_past(text: str, published: date, setting: Setting) -> Setting:
    """The sentence with "at 31 March" of what is told as over as the last such day, not the next."""
    if not any(t.is_relative and (t.edtf or "") > published.isoformat() for t in setting.dates):
        return setting
    is_open = clues.NOT_OVER.search(text, setting.start_char, setting.end_char) is not None
    dates = [
        replace(t, edtf=almanac.shift(t.edtf, -12))
        if t.is_relative
        and t.edtf
        and t.edtf > published.isoformat()
        and edtf.precision(t.edtf) in ("day", "month")
        and clues.BARE_MONTH.fullmatch(t.text)
        and (clues.AS_OF if is_open else clues.AT_OVER).search(
            text[max(setting.start_char, t.start_char - 12) : t.start_char]
        )
        else t
        for t in setting.dates
    ]
    return replace(setting, dates=tuple(dates))


def in_money_years(text: str, published: date, settings: Sequence[Setting]) -> list[Setting]:
    """The sentences with "this year" of budgets, grants and pay as the financial year, where the story tells of one.

    So it is where the sentence itself tells of a financial year beside ("…, up from 41% in 2023-24"), and where it
    tells a sum of money in a story that tells of a financial year anywhere.
    """
    has_year = [
        any(edtf.precision(t.edtf or "2000") == "financial_year" and not t.is_relative for t in setting.dates)
        for setting in settings
    ]
    if not any(has_year):
        return list(settings)
    first = published.year if published.month >= _APRIL else published.year - 1
    return [
        replace(
            setting,
            dates=tuple(
                replace(t, edtf=edtf.financial_year(first + years))
                if t.is_relative
                and (years := _YEARS_ON.get(t.text.casefold().removesuffix("’s").removesuffix("'s"))) is not None
                else t
                for t in setting.dates
            ),
        )
        if is_beside or (setting.numbers and "£" in text[setting.start_char : setting.end_char])
        else setting
        for setting, is_beside in zip(settings, has_year, strict=True)
    ]
