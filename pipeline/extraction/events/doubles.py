"""Events that one sentence tells twice: of money the decision counts, of a deed the date that stands with it.

"In May ministers set aside £3m to train staff in 2025-26"     the decision in May, not £3m in 2025-26 besides
"A chair is to be named early in 2026, says yesterday’s paper"  early in 2026, not yesterday
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Final

from pipeline import edtf
from pipeline.records import EventMention

_MONEYED: Final = ("funding", "proposal", "announcement")
_SUM: Final = re.compile(r"£\s?\d")
_GAP: Final = re.compile(
    r"£\s?[\d.,]+\s?(?:bn|m|k|billion|million)?\s(?:[a-z-]+\s){0,2}(?:hole|deficit|shortfall|gap|overspend|debt|arrears)\b"
)
#: A financial year or more: what money is for.
_TERM: Final = timedelta(days=300)


def drop_doubles(events: Sequence[EventMention]) -> list[EventMention]:
    """The events without those that another of the same sentence tells already; in their order."""
    kept: list[EventMention] = []
    events = [event for event in events if not _is_of_a_gap(event)]
    for _, group in groupby(events, key=lambda event: (event.start_char, event.end_char)):
        own = list(group)
        kept += [each for each in own if not any(_is_decision_of(other, each) for other in own if other is not each)]
    return kept


def _is_of_a_gap(event: EventMention) -> bool:
    """Whether the only sum of a sentence that is taken for money given is one that is lacking."""
    return event.type == "funding" and len(_SUM.findall(event.quote)) == 1 and _GAP.search(event.quote) is not None


def _is_decision_of(one: EventMention, other: EventMention) -> bool:
    """Whether one is the decision, with a date of its own, on the money that the other gives by the years it is for."""
    is_same_sum = one.amount is not None and one.amount == other.amount
    is_told = is_same_sum and one.type in _MONEYED and other.type == "funding"
    return is_told and not _is_term(one) and _is_term(other)


def _is_term(event: EventMention) -> bool:
    span = edtf.parse(event.date)
    return span is not None and span[1] - span[0] >= _TERM and re.fullmatch(r"\d{4}", event.date) is None
