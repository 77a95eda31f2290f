"""The pay deal that a story is about: the financial year that it is for, and which rises are its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Protocol

from pipeline import edtf
from pipeline.records import Quantity, Timex

#: So many pieces are a story's opening, in which the deal and its year are told.
_LEAD: Final = 4
#: The month that a financial year begins with.
_APRIL: Final = 4
_DEAL: Final = re.compile(
    r"\b(?:pay|salary|wage)s?\s+(?:rises?|offers?|deals?|awards?|claims?|settlements?|increases?|uplifts?|hikes?)\b|"
    r"\b(?:pay|salar(?:y|ies)|wages?)\s+(?:\w+\s+){0,2}?(?:raised|uprated|increased|rise|go\s+up)\b",
    re.IGNORECASE,
)
#: "backdated to 1 April": the deal is of the year that begins so.
_BACKDATED: Final = re.compile(r"\b(?:backdated|back-dated)\s+to\s+$", re.IGNORECASE)
#: A sentence that can be about the deal, and words of other rises before a figure.
_OF_DEAL: Final = re.compile(
    r"\b(?:pay|rise|offers?|offered|deal|award|claim(?:ed)?|hike|uplift|settlement|increase|boost|salar(?:y|ies)|wages?)\b",
    re.IGNORECASE,
)
_OTHER_RISE: Final = re.compile(
    r"\b(?:inflation|CPI|RPI|prices?|NHS|last\s+year|previous(?:ly)?|since|budget(?:ed|ing)|funding|costs?)\b[^,;]*$",
    re.IGNORECASE,
)


class _Told(Protocol):
    """A sentence with its dates and the piece that it stands in."""

    @property
    def start_char(self) -> int: ...

    @property
    def end_char(self) -> int: ...

    @property
    def piece(self) -> int: ...

    @property
    def dates(self) -> tuple[Timex, ...]: ...


def is_backdated(text: str, timex: Timex) -> bool:
    """Whether a deal is told to run from a date on: "backdated to 1 April"."""
    return _BACKDATED.search(text[max(0, timex.start_char - 20) : timex.start_char]) is not None


def year_of_deal(text: str, settings: Iterable[_Told]) -> str | None:
    """The financial year of the pay deal that the story opens with; ``None`` where it opens with none."""
    is_deal = False
    for setting in settings:
        if setting.piece > _LEAD:
            break
        is_deal = is_deal or _DEAL.search(text, setting.start_char, setting.end_char) is not None
        for timex in setting.dates if is_deal else ():
            if timex.edtf and edtf.precision(timex.edtf) == "financial_year":
                return timex.edtf
            span = edtf.parse(timex.edtf) if is_backdated(text, timex) else None
            if span and span[0].month == _APRIL:
                return edtf.financial_year(span[0].year)
    return None


def is_of_deal(sentence: str, before: str, quantity: Quantity) -> bool:
    """Whether a rise is the one of the pay deal that the story is about; ``before`` is the sentence up to it.

    >>> rise = Quantity("4%", 17, 19, 4, None, "percent", "core", "change", "up", False, "", None)
    >>> is_of_deal("The offer is for 4% more.", "The offer is for ", rise)
    True
    """
    if quantity.unit not in ("percent", "GBP") or quantity.direction != "up":
        return False
    return _OF_DEAL.search(sentence) is not None and _OTHER_RISE.search(before) is None
