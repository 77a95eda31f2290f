"""What became of things: the state of an event as of a day, and of a policy from its latest events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from pipeline.records import PolicyEvent

_OPEN: Final = ("planned", "proposed", "conditional")
#: What is over once its day is past, whatever came of it.
_PASSES: Final = ("deadline", "consultation", "meeting")
_ENDED_BY: Final = {"fulfils": "done", "confirms": "done", "cancels": "dropped", "supersedes": "superseded"}


def event_state(event: PolicyEvent, events: Sequence[PolicyEvent], as_of: date) -> str | None:
    """One of ``records.STATES``, or None where the question doesn't arise.

    What was planned, proposed or conditional is ``done``, ``dropped`` or ``superseded`` when a later event says so;
    else it is ``due`` until its date is past, and ``overdue`` after. A pledge without a date of its own is never
    overdue.
    """
    if event.status == "cancelled":
        return "dropped"
    if event.status == "happened":
        return "done"
    for other in events:
        for pair in other.related:
            kind, _, target = pair.partition(":")
            if target == event.event_id and kind in _ENDED_BY:
                return _ENDED_BY[kind]
    if event.status not in _OPEN:
        return None
    if event.date_basis == "publication" or event.date_latest >= as_of.isoformat():
        return "due"
    return "done" if event.type in _PASSES else "overdue"


def policy_states(events: Iterable[PolicyEvent]) -> dict[str, str]:
    """State of every policy that has events: proposed, planned, in_force, ended or dropped, by its latest event."""
    by_policy: dict[str, list[PolicyEvent]] = defaultdict(list)
    for event in events:
        for name in event.policies:
            by_policy[name].append(event)
    states = {}
    for name, own in by_policy.items():
        for event in sorted(own, key=lambda e: (e.last_published, e.date_latest, e.event_id), reverse=True):
            state = _policy_state(event)
            if state:
                states[name] = state
                break
    return states


def _policy_state(event: PolicyEvent) -> str | None:
    if event.status == "cancelled" or event.type == "rejection":
        return "dropped"
    if event.type == "ending":
        return "ended" if event.status == "happened" else None
    if event.type in ("implementation", "funding"):
        return "in_force" if event.status in ("happened", "ongoing") else "planned"
    if event.type in ("proposal", "consultation") or event.status in ("proposed", "conditional"):
        return "proposed"
    return "planned" if event.status == "planned" else None
