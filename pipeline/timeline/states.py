"""What became of things: the state of an event as of a day, and of a policy from its latest events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import own_cues

DONE: Final = ("happened", "ongoing")
_OPEN: Final = ("planned", "proposed", "conditional")
#: What is over once its day is past, whatever came of it.
_PASSES: Final = ("deadline", "consultation", "meeting")
#: How long a pledge without a day of its own stays due.
PLEDGE_LASTS: Final = timedelta(days=730)
#: What a link from a later event makes of an open one; the strongest first.
_ENDED_BY: Final = {"fulfils": "done", "cancels": "dropped", "supersedes": "superseded", "delays": "superseded"}


def set_states(events: Sequence[PolicyEvent], as_of: date) -> list[PolicyEvent]:
    """The events, each with its state as of a day; in the order given."""
    answers = answers_by_target(events)
    return [replace(event, state=event_state(event, answers.get(event.event_id, ()), as_of)) for event in events]


def answers_by_target(events: Iterable[PolicyEvent]) -> dict[str, list[str]]:
    """The kinds of links that point to each event, by its identifier; of what merely follows, only what is done."""
    answers: dict[str, list[str]] = defaultdict(list)
    for event in events:
        for pair in event.related:
            kind, _, target = pair.partition(":")
            if kind != "follows" or event.status in DONE:
                answers[target].append(kind)
    return answers


def event_state(event: PolicyEvent, answers: Iterable[str], as_of: date) -> str | None:
    """One of ``records.STATES``, or None where the question doesn't arise; ``answers`` are the links to the event.

    What was planned, proposed or conditional is ``done``, ``dropped`` or ``superseded`` when a later event says so;
    else it is ``due`` until its date is past, and ``overdue`` after. Only what was planned can be overdue: a proposal
    or condition whose day is past has no state. A pledge without a day of its own, or of the day on which it was told,
    stays due for two years. What a later step that is done ``follows`` has come about.
    """
    if event.status == "cancelled":
        return "dropped"
    if event.status == "happened":
        return "done"
    if event.status not in _OPEN:
        return None
    given = set(answers)
    for kind, state in _ENDED_BY.items():
        if kind in given:
            return state
    told = event.last_published.date()
    has_day = event.date_basis != "publication" and event.date_latest > told.isoformat()
    if event.type == "proposal" and event.date_basis == "publication":
        return None
    if event.date_latest >= as_of.isoformat():
        return "due"
    if event.date_basis != "publication" and _passes(event):
        return "done"
    if event.status != "planned" or event.type == "proposal":
        return None
    if "follows" in given:
        return "done"
    if has_day:
        return "overdue"
    return "due" if as_of - told <= PLEDGE_LASTS else None


def _passes(event: PolicyEvent) -> bool:
    """Whether an event is over once its day is past: a meeting, a deadline, a debate on a bill."""
    if event.type == "legislation":
        return "debate" in own_cues(event, "acts")[0]
    return event.type in _PASSES


def upcoming(events: Iterable[PolicyEvent], as_of: date) -> list[PolicyEvent]:
    """What is still to come: open events whose last day isn't before ``as_of``, soonest first."""
    return sorted(
        (e for e in events if e.state == "due" and e.status in _OPEN and e.date_latest >= as_of.isoformat()),
        key=lambda event: (event.date_latest, event.date_earliest, event.event_id),
    )


def overdue(events: Iterable[PolicyEvent]) -> list[PolicyEvent]:
    """What should have come and of which nothing was heard, the longest overdue first."""
    return sorted(
        (event for event in events if event.state == "overdue"),
        key=lambda event: (event.date_latest, event.date_earliest, event.event_id),
    )


def policy_states(events: Iterable[PolicyEvent]) -> dict[str, str]:
    """State of every policy that has events: proposed, planned, in_force, ended or dropped, by its latest event.

    What ends without ever having been begun was dropped.
    """
    by_policy: dict[str, list[PolicyEvent]] = defaultdict(list)
    for event in events:
        for name in event.policies:
            by_policy[name].append(event)
    states = {}
    for name, own in by_policy.items():
        for event in sorted(own, key=lambda e: (e.last_published, e.date_latest, e.event_id), reverse=True):
            state = _policy_state(event)
            if state:
                was_begun = any(_policy_state(other) == "in_force" for other in own)
                states[name] = "dropped" if state == "ended" and not was_begun else state
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
