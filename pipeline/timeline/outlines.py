"""Which groups a telling can be of at all, by what their first tellings say of time, nation and money.

Most groups that are found under a telling's keys are ruled out by these alone. They are asked of all groups at once,
so nothing of such a group is read. Whoever is ruled out here has ``sameness`` ``None`` with the group's first telling.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.timeline.facts import Facts
from pipeline.timeline.sameness import INFERRED, NEAR_SHARE, PLEDGE_DAYS, ROUNDING, SLACK, WEEK

#: Of fewer groups each is looked at by itself.
_FEWEST: Final = 6
_EVERYWHERE: Final = (None, "UK")
_BITS: Final = 52

Traits = NDArray[np.float64]


class Outlines:
    """Groups by number, each by its first telling. Takes 88 bytes a group, twice as much at most."""

    def __init__(self) -> None:
        self._n = 0
        self._rows: Traits = np.empty((1024, 11))
        self._nations: dict[str | None, int] = {}

    def add(self, first: Facts) -> None:
        """One more group, which begins with a telling."""
        if self._n == len(self._rows):
            self._rows = np.concatenate((self._rows, np.empty_like(self._rows)))
        self._rows[self._n] = self._traits(first)
        self._n += 1

    def possible(self, each: Facts, groups: Sequence[int]) -> Sequence[int]:
        """The groups of these that a telling isn't kept out of, in their order."""
        if len(groups) < _FEWEST:
            return groups
        own = self._traits(each)
        rows = self._rows[groups].T
        day, article, nation, money, amount = rows[:5]
        is_one_sum = bool(own[3]) & (money > 0) & (amount == own[4])
        is_possible = (_agree_on_time(own, rows) | (day == own[0]) | is_one_sum) & ~_differ(own[4], amount)
        if own[2]:
            is_possible &= (nation == own[2]) | (nation == 0)
        is_possible |= article == own[1]
        return [group for group, is_one in zip(groups, is_possible.tolist(), strict=True) if is_one]

    def _traits(self, each: Facts) -> tuple[float, ...]:
        """What is compared; words as numbers, which may be alike by chance: then the group is looked at."""
        mention = each.telling.mention
        is_somewhere = mention.nation not in _EVERYWHERE
        return (
            _number(mention.date),
            _number(each.telling.article_id),
            self._nations.setdefault(mention.nation, len(self._nations) + 1) if is_somewhere else 0,
            mention.type == "funding",
            np.nan if mention.amount is None else mention.amount,
            each.is_promise,
            mention.date_basis in INFERRED,
            each.last - each.first,
            each.last,
            each.first,
            each.earliest,
        )


def _number(word: str) -> int:
    return hash(word) & ((1 << _BITS) - 1)


def _differ(own: float, amounts: Traits) -> NDArray[np.bool_]:
    """Whether sums are two sums. What has none differs from none."""
    return np.abs(amounts - own) > ROUNDING * np.maximum(np.abs(amounts), abs(own))


def _agree_on_time(own: tuple[float, ...], rows: Traits) -> NDArray[np.bool_]:
    """Whether dates that are not the same agree, as ``sameness.agree_on_time`` has it."""
    is_promise, is_inferred, length, last = rows[5:9]
    firsts, own_firsts = rows[9:], np.array(own[9:])[:, None]
    end, begin = np.minimum(last, own[8]), np.maximum(firsts, own_firsts)
    shared = end - begin + 1
    together = np.maximum(last, own[8]) - np.minimum(firsts, own_firsts) + 1
    shorter = np.minimum(last - firsts, own[8] - own_firsts) + 1
    is_agreed = ((shared > 0) & (shared >= NEAR_SHARE * together)) | (shared >= shorter)
    agreed: NDArray[np.bool_] = is_agreed.any(axis=0)
    gap = begin[1] - end
    is_near = (gap > 0) & (gap <= SLACK) & (np.minimum(length, own[7]) <= WEEK)
    agreed |= is_near if own[6] else is_near & (is_inferred > 0)
    if own[5]:
        agreed = np.where(is_promise > 0, np.abs(firsts[0] - own[9]) <= PLEDGE_DAYS, agreed)
    return agreed
