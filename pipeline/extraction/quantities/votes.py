"""The figures of a vote or ballot ("by 310 to 205", "voted by 62% to 38%"): which side each is of, and its day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Protocol

from pipeline import edtf
from pipeline.records import Quantity, Timex

_VOTE: Final = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballot\w*|approved|backed|passed|carried|agreed|accepted|supported|reject\w*|defeat\w*|lost|"
    r"turned\s+(?:\w+\s+){0,3}?down|thrown\s+out|opposed|won|division|amend\w*)\b",
    re.IGNORECASE,
)
_AGAINST: Final = re.compile(
    r"\b(?:reject\w*|defeat\w*|lost|turned\s+(?:\w+\s+){0,3}?down|thrown\s+out|voted\s+(?:down|against)|opposed|blocked)\b",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"\bby\s+(?:(?:a\s+)?(?:margin|majority|vote)\s+of\s+|about\s+|just\s+)*$", re.IGNORECASE)
_TO: Final = re.compile(r"\s+(?:votes\s+)?(?:to|against)\s+", re.IGNORECASE)


class _Number(Protocol):
    @property
    def start_char(self) -> int: ...

    @property
    def end_char(self) -> int: ...

    @property
    def unit(self) -> str: ...


def find_votes(text: str, start: int, numbers: Sequence[int], quantities: Sequence[_Number]) -> dict[int, bool]:
    """The numbers of a sentence that are the two sides of a vote, with whether each is for what was voted on.

    >>> text = "It was lost by 212 to 190."
    >>> def count(a, b): return Quantity(text[a:b], a, b, int(text[a:b]), None, "count", "core", "level", None, False, "", None)
    >>> find_votes(text, 0, [0, 1], [count(15, 18), count(22, 25)])
    {0: False, 1: True}
    """
    found: dict[int, bool] = {}
    for one, other in pairwise(numbers):
        first, second = quantities[one], quantities[other]
        if first.unit != second.unit or first.unit not in ("count", "percent"):
            continue
        before = text[start : first.start_char]
        if not _BY.search(before) or not _TO.fullmatch(text, first.end_char, second.start_char):
            continue
        if _VOTE.search(before[-160:]):
            is_for = _AGAINST.search(before[-110:]) is None
            found[one], found[other] = is_for, not is_for
    return found


def day_of_vote(dates: Sequence[Timex], quantity: Quantity, last_day: str | None) -> str | None:
    """The date nearest to the vote in its sentence, that of the news ("yesterday") too; else the last day spoken of."""
    near = [timex for timex in dates if timex.type == "DATE" and edtf.precision(timex.edtf or "") in ("day", "month")]
    if not near:
        return last_day
    return min(near, key=lambda timex: abs(timex.start_char - quantity.start_char)).edtf
