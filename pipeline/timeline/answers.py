"""Whether a later event answers an earlier, open one: fulfils, cancels, delays or confirms it.

Judged by type, status, dates, wording and cue words of two steps, never by name; knows no third event.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.cuewords import COMMON_ACTS
from pipeline.timeline.stages import share_bodies
from pipeline.timeline.steps import Step

OPEN: Final = ("planned", "proposed", "conditional")
#: How long after it was told an open event can be answered: what is older is history.
STAYS_OPEN: Final = timedelta(days=5 * 365)
DONE: Final = ("happened", "ongoing")
#: Wording that two events must share: of one act, of one type, of types that can answer each other.
_ONE_ACT: Final = 0.15
_ONE_TYPE: Final = 0.4
_OTHER_TYPE: Final = 0.45
_CONFIRMED: Final = 0.2
_REJECTED: Final = 0.25
#: A plan whose day is past by more days than this is not confirmed any more.
_STALE: Final = 120
#: Nor is it dropped: whatever became of it, it was no plan any more.
_LONG_PAST: Final = 366

#: What can be done of what was promised as something else.
_DONE_AS: Final = {
    "announcement": (
        "implementation",
        "legislation",
        "funding",
        "consultation",
        "publication",
        "appointment",
    ),
    "proposal": ("implementation", "legislation"),
    "legislation": ("implementation",),
    "funding": ("implementation",),
    "implementation": ("funding", "legislation", "appointment"),
}
_ENDS: Final = ("ending", "rejection")
_CAN_BE_DROPPED: Final = (
    "implementation",
    "proposal",
    "announcement",
    "legislation",
    "funding",
    "consultation",
)
_CONFIRMING: Final = ("announcement", "funding")
_CAN_BE_CONFIRMED: Final = ("proposal", "implementation", "funding", "legislation", "announcement")


def answer(later: Step, earlier: Step) -> tuple[str, float]:
    """``(kind, weight)`` of the link from the later to the earlier event; kind is empty where there is none."""
    x, y = later.event, earlier.event
    if (
        _differ(x.nation, y.nation)
        or later.told <= earlier.told
        or not _is_one_subject(later, earlier)
        or not _agree_in_sum(x.amount, y.amount)
    ):
        return "", 0.0
    wording = later.likeness(earlier)
    act = bool((later.acts & earlier.acts) - COMMON_ACTS)
    phase = bool(later.phases & earlier.phases)
    if _drops(later, earlier, wording):
        return "cancels", wording
    if x.status in DONE and _fulfils(later, earlier, wording, act and not _only_goes_on(later, earlier)):
        return "fulfils", wording + act
    if _delays(later, earlier, wording, act or phase):
        return "delays", wording + act
    if _confirms(later, earlier, wording):
        return "confirms", wording
    return "", 0.0


def can_be_answered(status: str) -> bool:
    """Whether an event of a status can be answered by a later one at all."""
    return status in OPEN or status == "cancelled"


def can_answer(later: tuple[str, str], earlier: tuple[str, str]) -> bool:
    """Whether an event of one type and status can answer one of another at all: all that ``answer`` asks of the four.

    >>> can_answer(("legislation", "happened"), ("proposal", "planned"))
    True
    >>> can_answer(("statistic", "happened"), ("proposal", "planned"))
    False
    """
    (x_type, x_status), (y_type, y_status) = later, earlier
    if x_status in OPEN and x_type == y_type:
        return y_status in OPEN or y_status == "cancelled"
    if y_status not in OPEN:
        return False
    can_drop = x_type in (*_ENDS, "announcement") and y_type in _CAN_BE_DROPPED
    can_confirm = x_type in _CONFIRMING and y_type in _CAN_BE_CONFIRMED
    if x_status in DONE:
        return can_drop or can_confirm or x_type == y_type or x_type in _DONE_AS.get(y_type, ())
    return x_status == "cancelled" and can_drop


def _is_one_subject(later: Step, earlier: Step) -> bool:
    """Whether the two are about one policy first, or about the same ones."""
    if later.focus == earlier.focus or set(later.event.policies) == set(earlier.event.policies):
        return True
    return later.old is None and not later.foci.isdisjoint(earlier.foci)


def _differ(x: str | None, y: str | None) -> bool:
    """Whether two events are of different nations, as far as both are said to be of one."""
    return x is not None and y is not None and x != y and "UK" not in (x, y)


def _agree_in_sum(x: float | None, y: float | None) -> bool:
    return x is None or y is None or abs(x - y) <= 0.02 * max(x, y)


def _drops(later: Step, earlier: Step, wording: float) -> bool:
    x, y = later.event, earlier.event
    if y.status not in OPEN or y.type not in _CAN_BE_DROPPED or not _is_one_subject(later, earlier):
        return False
    if x.date_latest < earlier.told or x.status not in (*DONE, "cancelled"):
        return False
    is_dated = y.date_basis != "publication" and y.type not in (
        "proposal",
        "announcement",
    )
    days_past = 0 if not is_dated else _days(x.date_earliest) - _days(y.date_latest)
    if days_past > (0 if y.type == "consultation" else _LONG_PAST):
        return False
    if x.type == "ending":
        if later.old == earlier.focus:
            return True
        least = 0.0 if y.type != "proposal" or _is_of_one_body(x, y) else _ONE_TYPE if y.organisations else _REJECTED
        return "drop" in later.answers and wording >= least
    if x.type == "rejection":
        return y.type in ("proposal", "consultation") and wording >= _REJECTED
    return x.type == "announcement" and "drop" in later.acts and wording >= _REJECTED


def _is_of_one_body(x: PolicyEvent, y: PolicyEvent) -> bool:
    return not set(x.organisations).isdisjoint(y.organisations)


def _fulfils(later: Step, earlier: Step, wording: float, act: bool) -> bool:
    x, y = later.event, earlier.event
    if y.status not in OPEN or x.date_latest < earlier.told:
        return False
    if (x.type in _ENDS) != (y.type in _ENDS) or x.type == "announcement" or not share_bodies(x, y):
        return False
    has_day = y.date_basis != "publication"
    if has_day and _days(x.date_latest) < _days(y.date_earliest) - 31:
        return False
    if _only_one_finishes(later, earlier):
        return False
    if x.type == y.type:
        if x.type == "publication" and not later.documents & earlier.documents:
            return False
        return wording >= (_ONE_ACT if act else _ONE_TYPE)
    if x.type not in _DONE_AS.get(y.type, ()):
        return False
    return wording >= (_ONE_ACT + 0.1 if act else _OTHER_TYPE)


def _only_goes_on(x: Step, y: Step) -> bool:
    """Whether all that the two have in common is that a thing was founded, and it merely goes on by now."""
    return x.event.status == "ongoing" and (x.acts & y.acts) - COMMON_ACTS <= {"found"}


def _only_one_finishes(x: Step, y: Step) -> bool:
    """Whether the completion of a thing is told in one place only."""
    return ("finish" in x.phases) != ("finish" in y.phases)


def _delays(later: Step, earlier: Step, wording: float, act: bool) -> bool:
    """A plan with a day, and a later day for it."""
    x, y = later.event, earlier.event
    if x.status not in OPEN or y.status not in (*OPEN, "cancelled") or x.type != y.type:
        return False
    if "publication" in (x.date_basis, y.date_basis) or x.date_earliest <= y.date_latest:
        return False
    if x.type == "funding" or _only_one_finishes(later, earlier):
        return False
    if "delay" in later.answers or y.status == "cancelled":
        return wording >= _ONE_ACT or act
    return wording >= _OTHER_TYPE + 0.1 and (act or not later.acts)


def _confirms(later: Step, earlier: Step, wording: float) -> bool:
    """Said again, as a decision: "the government confirmed that it would"."""
    x, y = later.event, earlier.event
    if "confirm" not in later.answers or x.type not in _CONFIRMING or x.status not in DONE:
        return False
    if y.date_basis != "publication" and _days(y.date_latest) < _days(later.told) - _STALE:
        return False
    if y.status not in OPEN or y.type not in _CAN_BE_CONFIRMED:
        return False
    return bool(later.acts & earlier.acts) or wording >= _CONFIRMED


def _days(day: str) -> int:
    return date.fromisoformat(day).toordinal()
