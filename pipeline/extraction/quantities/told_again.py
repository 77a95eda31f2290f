"""Figures told more than once: what one telling says of their time or measure holds for the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.extraction.quantities import clues
from pipeline.extraction.quantities.datasets import Setting
from pipeline.extraction.quantities.scope import is_answers, is_scope
from pipeline.records import Quantity

#: A span up to the day of publication ("since 2020"): of one figure, not of those around it.
_SINCE: Final = re.compile(r"/\d{4}-\d\d-\d\d$")


def parts_take_whole(
    text: str, settings: Sequence[Setting], quantities: Sequence[Quantity], periods: list[str | None]
) -> None:
    """ "Half of the 85": a whole told again with "the", and its part, hold for the time it was told with."""
    for setting in settings:
        for one, whole in pairwise(setting.numbers):
            between = text[quantities[one].end_char : quantities[whole].start_char]
            if periods[one] or not clues.OF_WHOLE_AGAIN.fullmatch(between):
                continue
            value, unit = quantities[whole].value, quantities[whole].unit
            told = (
                p for q, p in zip(quantities[:one], periods, strict=False) if (q.value, q.unit) == (value, unit) and p
            )
            periods[one] = periods[whole] = next(told, None)


def lead_takes_body(
    text: str, settings: Sequence[Setting], quantities: Sequence[Quantity], periods: list[str | None], bases: set[int]
) -> None:
    """A headline's or opening line's figure without a date takes that of the first dated figure right after it."""
    head = [k for k, setting in enumerate(settings) if setting.numbers and setting.piece <= 2][:2]
    for k in head:
        if clues.tells_survey(text[settings[k].start_char : settings[k].end_char]):
            continue
        for i in settings[k].numbers:
            quantity = quantities[i]
            if periods[i] or quantity.tier == "minor" or quantity.unit == "GBP":
                continue
            start = settings[k].start_char
            if is_scope(text, start, quantity) or is_answers(text, start, quantity):
                continue
            same = (
                p
                for q, p in zip(quantities[i + 1 :], periods[i + 1 :], strict=True)
                if p and (q.value, q.unit, q.role) == (quantity.value, quantity.unit, quantity.role)
            )
            if quantity.value >= 13 and (told := next(same, None)):
                periods[i] = told
                continue
            following = [j for setting in settings[k + 1 : k + 4] if setting.piece <= 3 for j in setting.numbers]
            periods[i] = next(
                (
                    p
                    for j in following
                    if (p := periods[j]) and quantities[j].tier == "core" and j not in bases and not _SINCE.search(p)
                ),
                None,
            )


def by_same_value(
    text: str, settings: Sequence[Setting], quantities: Sequence[Quantity], periods: list[str | None]
) -> list[str | None]:
    """A figure told twice holds for the same time both times, where one telling gives it.

    A sum is the same one whether it is told as a rise or as a level ("a £900 rise", "the £900 award"); a headline's or
    cross-heading's figure is told again below, however small, unless it is what somebody says.
    """
    known: dict[tuple[float, str, str], set[str]] = {}
    for quantity, period in zip(quantities, periods, strict=True):
        if period:
            known.setdefault(_telling(quantity), set()).add(period)
    headed = {
        i
        for setting in settings
        if setting.kind in ("title", "heading") and text[setting.start_char] not in "‘“'\""
        for i in setting.numbers
    }
    filled = []
    for i, (quantity, period) in enumerate(zip(quantities, periods, strict=True)):
        told = known.get(_telling(quantity), set())
        is_telling = quantity.tier == "core" and (quantity.value >= 100 or quantity.value % 1 > 0 or i in headed)
        filled.append(period or (next(iter(told)) if is_telling and len(told) == 1 else None))
    return filled


def _telling(quantity: Quantity) -> tuple[float, str, str]:
    return quantity.value, quantity.unit, "" if quantity.unit == "GBP" else quantity.role


def fuller_words(quantities: Sequence[Quantity], measures: list[str]) -> list[str]:
    """A sum or a long figure told twice measures the same thing: the fuller words stand for a bare "grant"."""
    fuller: dict[tuple[float, str], str] = {}
    for quantity, measure in zip(quantities, measures, strict=True):
        key = (quantity.value, quantity.unit)
        if 3 <= len(measure.split()) <= 14 and key not in fuller:
            fuller[key] = measure
    return [
        fuller.get((quantity.value, quantity.unit), measure)
        if len(measure.split()) <= 1 and (quantity.unit == "GBP" or quantity.value >= 1000)
        else measure
        for quantity, measure in zip(quantities, measures, strict=True)
    ]
