"""Whether what was planned is said not to come: put off, dropped, or told as what had been due."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from pipeline.extraction.events.readings import Reading

#: Words by which something is set for a date, and adverbs that say it no longer is.
_SET: Final = frozenset(
    ["due", "expected", "intended", "meant", "pencilled", "planned", "scheduled", "set", "supposed", "was", "were"]
)
_AT_FIRST: Final = frozenset({"first", "initially", "originally"})
#: Verbs and moods by which what was to happen is called off or put off.
_CALLING_OFF: Final = frozenset({"perfect", "past", "progressive"})
_PUTTING_OFF: Final = frozenset({"delay", "postpone", "defer", "push", "shelve"})
#: Particles of "put off", "put it back", "stood down".
_OFF: Final = frozenset({"back", "down", "hold", "off"})
#: How far behind a verb its object begins.
_OBJECT: Final = 3


def is_cancelled(reading: Reading, k: int) -> bool:
    """Whether what was planned is said not to come: "was due in May but has been put off", "was originally due in May",
    "had been due in May", "shelved plans to open it in May"."""
    group, lows = reading.triggers[k].group, reading.passage.words.lows
    if group is None or group.mood != "planned" or not group.is_past:
        return _is_plan_dropped(reading, k)
    helpers = lows[max(0, group.first - 2) : reading.triggers[k].position]
    is_set = group.governor is None or lows[group.governor] in _SET
    is_given_up = not _AT_FIRST.isdisjoint(helpers) or "had" in helpers or ("to", "have") in pairwise(helpers)
    return (is_set and is_given_up) or _is_called_off(reading, k)


def _is_called_off(reading: Reading, k: int) -> bool:
    """Whether what "was to" happen is said to be off: "…, which was to start in May, has been scrapped"."""
    lows = reading.passage.words.lows
    return any(
        m != k
        and (
            (each.type == "ending" and each.mood in _CALLING_OFF)
            or each.base in _PUTTING_OFF
            or _OFF.intersection(lows[each.position : each.last + 2] if each.base in {"put", "stand"} else ())
            or (each.mood == "would" and "have" in lows[each.first : each.position])
            or (each.mood == "past" and "never" in lows[each.first - 1 : each.position])
        )
        for m, each in enumerate(reading.triggers)
    )


def _is_plan_dropped(reading: Reading, k: int) -> bool:
    """Whether what is planned is the object of dropping or putting off: "shelved plans to charge from May"."""
    group = reading.triggers[k].group
    if k == 0 or group is None or group.governor is None or group.mood != "planned":
        return False
    before = reading.triggers[k - 1]
    is_dropping = before.type == "ending" or before.base in _PUTTING_OFF
    return is_dropping and before.mood in _CALLING_OFF and 0 <= group.governor - before.last <= _OBJECT
