"""How things stand with a policy, by what its events say of it and not of something in it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.timeline.tellings import policy_states
from tests.timeline.test_titles import make_event


def told(quote: str, type_: str, status: str, day: str, policy: str, at: str = "2025-03-21", **more: Any) -> Any:
    """An event that one sentence tells."""
    return make_event(
        {"quote": quote, "type": type_, "status": status, "date": day, "told": at, "policies": [policy], **more}
    )


LAUNCHED = ("The mentor scheme was launched in May 2024.", "implementation", "happened", "2024-05")
CASES = [
    # what was begun stays in force while more of it is planned
    ("mentor scheme", [LAUNCHED, ("The mentor scheme will reach all areas by 2026.", "implementation", "planned", "2026")], "in_force"),
    # work to found it is not yet it
    ("Care Agency", [("Work to establish the Care Agency begins this year.", "implementation", "happened", "2025"),
                     ("Ministers will create the Care Agency.", "announcement", "happened", "2025-03-21")], "planned"),
    # what was to replace it was dropped, so that it stands
    ("visiting rules", [("The visiting rules began in May 2020.", "implementation", "happened", "2020-05"),
                        ("Ministers have shelved the replacement of the visiting rules.", "ending", "happened", "2025-03-21")], "in_force"),
    # a law of an earlier year holds, whatever is planned under it
    ("Carers Act 2014", [("Councils will be assessed under the Carers Act 2014 by 2026.", "implementation", "planned", "2026")], "in_force"),
    # a bill is no law yet
    ("Carers Bill", [("The Carers Bill was left out of the programme.", "implementation", "happened", "2025-01")], "planned"),
    # a strategy holds once it is out, not as a draft
    ("family strategy", [("The family strategy was published in May 2024.", "publication", "happened", "2024-05")], "in_force"),
    ("family strategy", [("The draft family strategy was published in May 2024.", "publication", "happened", "2024-05")], None),
    # a review is over when its report is out, and its proposals are not it
    ("review of fostering", [("The review of fostering published its report in May 2024.", "publication", "happened", "2024-05"),
                             ("The review of fostering called for a ban.", "proposal", "proposed", "2024-05")], "ended"),
    ("review of fostering", [("The review of fostering was launched in May 2024.", "implementation", "happened", "2024-05"),
                             ("The review of fostering will report in 2026.", "publication", "planned", "2026")], "in_force"),
    # a Budget is over on the day, a survey comes round
    ("Budget", [("The Budget gave £5m.", "funding", "happened", "2024-10")], None),
    ("carers survey", [("The carers survey will be published in July.", "publication", "planned", "2025-07")], None),
    # what is to close is open
    ("mentor fund", [("The mentor fund will close on 31 August 2025.", "ending", "planned", "2025-08-31")], "in_force"),
    # more of it is turned down, not it
    ("mentor trial", [("The mentor trial will start in September 2025.", "implementation", "planned", "2025-09"),
                      ("Ministers have ruled out extending the mentor trial.", "rejection", "happened", "2025-03-21")], "planned"),
    # it was to end and goes on
    ("mentor fund", [("The mentor fund ended on 19 March.", "ending", "happened", "2025-03-19"),
                     ("The mentor fund will continue for another year.", "announcement", "happened", "2025-03-21")], "in_force"),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "events", "state"), CASES, ids=[str(i) for i in range(len(CASES))])
def test_state_of_a_policy(policy: str, events: list[Any], state: str | None) -> None:
    """As its sentences have it."""
    found = policy_states([told(*event, policy) for event in events])
    assert found.get(policy) == state
