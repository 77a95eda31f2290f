"""What became of things: the state of an event as of a day, and of a policy from its latest events."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import own_clause, own_cues
from pipeline.timeline.wording import fold

DONE: Final = ("happened", "ongoing")
_OPEN: Final = ("planned", "proposed", "conditional")
#: What is over once its day is past, whatever came of it.
_PASSES: Final = ("deadline", "consultation", "meeting")
#: How long a pledge without a day of its own stays due, and what has a day stays overdue.
PLEDGE_LASTS: Final = timedelta(days=730)
#: A plan that its sentence tells of as past: "had been due in May", "was to open in June", "never took place".
_WAS_PLANNED: Final = re.compile(
    r"\b(?:was|were)\s(?:\w+ly\s|first\s)?(?:due|meant|supposed|scheduled|planned|intended|pencilled in)\b"
    r"|\b(?:was|were)\sto\s[a-z]+\b"
)
_HAD_BEEN_PLANNED: Final = re.compile(
    r"\bhad\s(?:been\s)?(?:originally\s|first\s)?(?:due|meant|supposed|scheduled|planned|intended|hoped)\b|\bnever\b"
)
#: What is reported is told in the past without being past.
_REPORTED: Final = re.compile(r"\b(?:said|says|told|confirmed|announced|added|revealed)\b")
#: Money for a financial year or more; what is to come in a calendar year is waited for.
_YEAR: Final = timedelta(days=300)
#: What isn't dropped when something in it is turned down.
_STANDS: Final = re.compile(
    r"\b(?:review|inquiry|commission|survey|census)\b|\b(?:act|bill|budget|statement)(?: \d{4})?$"
)
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
    or condition whose day is past has no state, nor has money for financial years that are over, nor a plan that is
    told of as past. A pledge without a day of its own, or of the day on which it was told, stays due for two years,
    and what has a day overdue for two more. A refusal is never due. What a later step that is done ``follows`` has
    come about.
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
    if event.type == "rejection" or (event.type == "proposal" and event.date_basis == "publication"):
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
        is_late = as_of - date.fromisoformat(event.date_latest) <= PLEDGE_LASTS
        return "overdue" if is_late and not _is_over(event) else None
    return "due" if as_of - told <= PLEDGE_LASTS else None


def _is_over(event: PolicyEvent) -> bool:
    """Whether nobody waits for an event whose day is past: money for financial years, a plan told of as past."""
    if event.type == "funding":
        span = date.fromisoformat(event.date_latest) - date.fromisoformat(event.date_earliest)
        return span >= _YEAR and event.precision != "year"
    start, end = own_clause(event)
    folded = fold(event.quote)
    if _HAD_BEEN_PLANNED.search(folded, start, end):
        return True
    return _WAS_PLANNED.search(folded, start, end) is not None and _REPORTED.search(folded, 0, end) is None


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

    Of the events of its newest article one that ends it weighs more than what was planned before. What ends without
    ever having been begun was dropped.
    """
    by_policy: dict[str, list[PolicyEvent]] = defaultdict(list)
    for event in events:
        for name in event.policies:
            by_policy[name].append(event)
    return {name: state for name, own in by_policy.items() if (state := _state_of(name, own))}


def _state_of(name: str, own: Iterable[PolicyEvent]) -> str | None:
    """The state of one policy with its events; None where none says."""
    told = [(event, state) for event in own if (state := _policy_state(event, name))]
    if not told:
        return None
    told.sort(key=lambda pair: (pair[0].last_published, pair[0].date_latest, pair[0].event_id))
    newest = [pair for pair in told if pair[0].last_published == told[-1][0].last_published]
    ends = [
        pair for pair in newest if pair[0].type == "ending" and pair[1] == "ended" and not _STANDS.search(fold(name))
    ]
    event, state = ends[-1] if ends else told[-1]
    if ends and any(_begins(other) and other.date_latest > event.date_latest for other, _ in newest):
        event, state = told[-1]
    was_begun = any(_begins(other, by=event.date_latest) for other, _ in told)
    if state == "ended" and any(_is_news(other, event) for other in own):
        return None  # something was announced after the end, and whether it goes on isn't certain
    if event.type == "rejection" and any(_begins(other, by=event.date_latest) for other in own):
        return "in_force"
    return "dropped" if state == "ended" and not was_begun else state


def _is_news(event: PolicyEvent, end: PolicyEvent) -> bool:
    """Whether something was announced after an end, in an article as new."""
    is_new = event.date_latest > end.date_latest and event.last_published == end.last_published
    return is_new and event.type == "announcement" and event.status == "happened"


def _begins(event: PolicyEvent, by: str = "") -> bool:
    """Whether an event shows that its policy was begun; money only where it was for a time until a day, ``by``."""
    is_done = event.status in DONE
    return is_done and (event.type == "implementation" or (event.type == "funding" and event.date_latest <= by))


def _policy_state(event: PolicyEvent, name: str) -> str | None:
    if event.type == "rejection":
        return "dropped" if event.status == "happened" and not _STANDS.search(fold(name)) else None
    if event.status == "cancelled":
        return "dropped"
    if event.type == "ending":
        return "ended" if event.status == "happened" else None
    if event.type in ("implementation", "funding"):
        return "in_force" if event.status in ("happened", "ongoing") else "planned"
    if event.type in ("proposal", "consultation") or event.status in ("proposed", "conditional"):
        return "proposed"
    return "planned" if event.status == "planned" else None
