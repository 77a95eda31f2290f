"""Whose date an undated main statement takes: the verb of saying that carries it."""

from __future__ import annotations

from typing import Final

from pipeline.extraction.events.attach import Placed
from pipeline.extraction.events.readings import CARRIERS, REPORTING, Reading

#: Verbs by which something becomes known.
MADE_PUBLIC: Final = frozenset({"reveal", "announce", "confirm", "say", "pledge", "state"})
_CARRYING: Final = (CARRIERS | MADE_PUBLIC) - REPORTING
_TOLD: Final = frozenset({"past", "perfect", "present"})
#: How many words a closing tag has before its verb: ", the safeguarding minister announced yesterday".
_TAG: Final = 6


def is_dated_pledge(reading: Reading, k: int) -> bool:
    """Whether the verb that announces it has the date: "announced last May that it would bring in a bill"."""
    return any(
        m < k and reading.triggers[m].base in _CARRYING and reading.triggers[m].mood in _TOLD for m in reading.owned
    )


def lending(reading: Reading) -> int:
    """The verb of saying whose date the undated main statement takes ("…, she told MPs on Tuesday"), or -1."""
    if reading.main < 0 or reading.owned.get(reading.main):
        return -1
    for k, placed in reading.owned.items():
        trigger = reading.triggers[k]
        is_told = trigger.group is not None and trigger.group.is_passive  # "was told in May to close it"
        if k == reading.main or trigger.mood not in _TOLD or is_told:
            continue
        if trigger.base in REPORTING or (trigger.base in MADE_PUBLIC and _is_closing(reading, k, placed[-1])):
            return k
    return -1


def _is_closing(reading: Reading, k: int, placed: Placed) -> bool:
    """Whether a verb with its date ends the sentence behind a comma: "…, it revealed today"."""
    lows, trigger = reading.passage.words.lows, reading.triggers[k]
    is_last = len(lows) - max(trigger.last, placed.last) <= 1 and k > reading.main
    return is_last and "," in lows[max(0, trigger.first - _TAG) : trigger.first]
