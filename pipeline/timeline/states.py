"""What became of events: the state of each as of a day."""

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
#: The like by its name, whatever kind of event it was taken for: an election, a strike, a Budget on its day.
_OCCASION: Final = re.compile(
    r"\b(?:elections?|strikes?|walk-?outs?|stoppages?|ballots?|vote (?:will|to|runs?)|take evidence)\b"
    r"|\b(?:budget|spending review|statement) on \d"
)
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
#: What nobody means to do, whatever kind of event it was taken for.
_NOT_MEANT: Final = re.compile(
    r"\bno (?:current |present |immediate )?(?:plans?|intention) (?:to|of|for)\b"
    r"|\bnot (?:planning|intending) to\b|\brul(?:ed|es) out\b"
)
#: What is reported is told in the past without being past.
_REPORTED: Final = re.compile(r"\b(?:said|says|told|confirmed|announced|added|revealed)\b")
#: Money for a financial year or more; what is to come in a calendar year is waited for.
_YEAR: Final = timedelta(days=300)
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
    if _NOT_MEANT.search(fold(event.quote), *own_clause(event)):
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
    start, end = own_clause(event)
    return event.type in _PASSES or (
        event.status == "planned" and _OCCASION.search(fold(event.quote), start, end) is not None
    )
