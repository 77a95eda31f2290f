"""Due, overdue, done, dropped: what became of an event as of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.timeline.merge import build_timeline
from pipeline.timeline.states import event_state
from tests.timeline.tellings import make_telling, make_tellings, policy_states, read_cases
from tests.timeline.test_titles import make_event

CASES = read_cases("states.jsonl")


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_state(case: dict[str, Any]) -> None:
    """From the status, the day and what later events say of it."""
    event = make_event({"quote": "It is so.", **case})
    assert event_state(event, case["answers"], date.fromisoformat(case["as_of"])) == case["state"]


def test_states_are_as_of_the_newest_article_or_a_day() -> None:
    """Without a day, the newest article is today."""
    tellings = [
        make_telling(0, {"told": "2024-01-01", "quote": "The scheme will start in May 2024.", "date": "2024-05",
                         "type": "implementation", "status": "planned"}),
        make_telling(1, {"told": "2024-09-01", "quote": "The panel met.", "type": "meeting", "status": "happened",
                         "policies": []}),
    ]  # fmt: skip
    assert next(event.state for event in build_timeline(tellings) if event.type == "implementation") == "overdue"
    as_of = build_timeline(tellings, date(2024, 3, 1))
    assert next(event.state for event in as_of if event.type == "implementation") == "due"


def test_the_state_of_a_policy_is_that_of_its_latest_event() -> None:
    """Proposed first, dropped in the end."""
    case = next(case for case in read_cases("chains.jsonl") if case["about"].startswith("a plan that was never"))
    events = build_timeline(make_tellings(case))
    assert policy_states(events) == {"family mentor scheme": "dropped"}
    assert policy_states(events[:1]) == {"family mentor scheme": "proposed"}


def make_policy_event(type_: str, status: str, date_: str, told: str = "2025-03-21") -> Any:
    """An event of one policy."""
    return make_event({"quote": "It is so.", "type": type_, "status": status, "date": date_, "told": told,
                       "policies": ["mentor grant"]})  # fmt: skip


def test_what_ends_in_the_newest_article_has_ended_whatever_had_been_planned() -> None:
    """The plan that it tells of beside the end weighs less; work that began after the end weighs more."""
    end = make_policy_event("ending", "happened", "2025-03-20")
    plan = make_policy_event("implementation", "planned", "2025-10")
    begun = make_policy_event("implementation", "happened", "2024-05", told="2024-06-01")
    assert policy_states([end, plan]) == {"mentor grant": "dropped"}
    assert policy_states([begun, end, plan]) == {"mentor grant": "ended"}
    assert policy_states([end, make_policy_event("implementation", "happened", "2025-03-21")]) == {
        "mentor grant": "in_force"
    }


def test_what_is_turned_down_in_an_act_or_review_leaves_it_standing() -> None:
    """Recommendations are rejected, not the review that made them; a refusal to come rejects nothing yet."""
    refused = make_policy_event("rejection", "happened", "2025-03-20")
    assert policy_states([refused]) == {"mentor grant": "dropped"}
    assert policy_states([replace(refused, policies=("Carers Act 2014", "review of fostering"))]) == {
        "Carers Act 2014": "in_force"
    }
    assert policy_states([make_policy_event("rejection", "planned", "2026-03")]) == {}
    begun = make_policy_event("implementation", "happened", "2024-05", told="2024-06-01")
    assert policy_states([begun, refused]) == {"mentor grant": "in_force"}


def test_an_end_with_an_announcement_after_it_is_not_certain() -> None:
    """It may have been renewed."""
    end = make_policy_event("ending", "happened", "2025-03-20")
    assert policy_states([end, make_policy_event("announcement", "happened", "2025-03-21")]) == {}


def test_states_are_asked_of_rows_as_of_events() -> None:
    """A row of the archive with the columns of an event has a state, though nothing can be kept by it."""
    event = make_event({"quote": "The bill will be debated in April 2025.", "type": "legislation", "status": "planned",
                        "date": "2025-04", "told": "2025-03-01"})  # fmt: skip
    row: Any = SimpleNamespace(**{name: getattr(event, name) for name in event.__dataclass_fields__})
    assert event_state(row, (), date(2025, 6, 1)) == event_state(event, (), date(2025, 6, 1)) == "done"
