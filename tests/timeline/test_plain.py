"""The plain line: what is done to which policy, by whom, and nothing that the event doesn't say."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.timeline.plain import plain_title
from tests.timeline.test_titles import make_event

# what it shows, event, line
CASES: list[tuple[str, dict[str, Any], str]] = [
    ("a verb of the event's type beside the policy",
     {"quote": "The Mentor Fund, which was launched in March 2024, has spent little.", "type": "implementation",
      "status": "happened", "date": "2024-03", "policies": ["Mentor Fund"]},
     "Mentor Fund launched, March 2024"),
    ("a verb that is denied is none",
     {"quote": "The Mentor Fund will not be extended.", "type": "announcement", "status": "happened",
      "policies": ["Mentor Fund"]},
     "Mentor Fund not to be extended"),
    ("another thing's verb is not the policy's",
     {"quote": "A working party was launched in March 2024 under the Mentor Fund.", "type": "implementation",
      "status": "happened", "date": "2024-03", "policies": ["Mentor Fund"]},
     "Working party launched in March 2024 under the Mentor Fund"),
    ("the sentence's words, without what joins them to another, go before the type's",
     {"quote": "The cash was saved in June but the ministry took it back in May 2024, to the panel's regret.",
      "type": "ending", "status": "happened", "date": "2024-05", "policies": ["Mentor Fund"]},
     "Mentor Fund: Ministry takes it back in May 2024"),
    ("a clause told of a thing has it for its subject",
     {"quote": "The panel, which met ministers again on 6 May 2024, is sceptical.", "type": "meeting",
      "status": "happened", "date": "2024-05-06"},
     "“The panel … met ministers again on 6 May 2024”"),
    ("a plan in the sentence's words shows that it is one",
     {"quote": "The panel has a goal of 50 more carers by March 2026.", "type": "announcement", "status": "planned",
      "date": "2026-03", "policies": ["Mentor Fund"]},
     "Mentor Fund: Panel has a goal of 50 more carers by March 2026 (planned)"),
    ("words that say who speaks are no line",
     {"quote": "Fees would rise, said the panel's chair, Ann Lee, in May 2024.", "type": "announcement",
      "status": "happened", "date": "2024-05", "policies": ["Mentor Fund"]},
     "Mentor Fund: Fees would rise, said the panel's chair, Ann Lee, in May 2024"),
    ("a body that gives money is named",
     {"quote": "The Fostering Board provided cash for the Mentor Fund.", "type": "funding", "status": "happened",
      "policies": ["Mentor Fund"], "bodies": ["Fostering Board"]},
     "Fostering Board provides funding for Mentor Fund"),
    ("a body that asks for money doesn't give it",
     {"quote": "The Fostering Board asked for funding for the Mentor Fund.", "type": "funding", "status": "proposed",
      "policies": ["Mentor Fund"], "bodies": ["Fostering Board"]},
     "Funding for Mentor Fund would be provided"),
    ("what takes a policy's place is the news, not the policy",
     {"quote": "Ministers want a new scheme to replace the Starter Pack from May 2027.", "type": "implementation",
      "status": "proposed", "date": "2027-05", "policies": ["Starter Pack", "Mentor Fund"]},
     "Mentor Fund would replace Starter Pack, May 2027"),
    ("whose document it is",
     {"quote": "They cited a recent survey by the Fostering Board on pay.", "type": "publication",
      "status": "happened", "policies": ["Mentor Fund"], "bodies": ["Fostering Board"]},
     "Fostering Board survey published"),
    ("a body that is a policy meets",
     {"quote": "Minutes of its meeting on 6 May 2024 were short.", "type": "meeting", "status": "happened",
      "date": "2024-05-06", "policies": ["Kinship Advisory Panel"]},
     "Kinship Advisory Panel meets, 6 May 2024"),
    ("a policy is asked about in Parliament",
     {"quote": "She was questioned by MPs on the Mentor Fund.", "type": "meeting", "status": "happened",
      "policies": ["Mentor Fund"]},
     "Mentor Fund raised in Parliament"),
    ("a stretch of days made from a word is no date",
     {"quote": "Lately the Mentor Fund was in the news.", "type": "publication", "status": "happened",
      "date": "2025-01-01/2025-03-21", "basis": "relative", "policies": ["Mentor Fund"]},
     "Document on Mentor Fund published"),
    ("of a review it is the recommendation that is turned down",
     {"quote": "The ministry rejected what the Carer Pay Review had wanted.", "type": "rejection",
      "status": "happened", "policies": ["Carer Pay Review"]},
     "Recommendation of Carer Pay Review rejected"),
]  # fmt: skip


@pytest.mark.parametrize(("about", "fields", "line"), CASES, ids=[case[0] for case in CASES])
def test_a_plain_line_says_what_is_done(about: str, fields: dict[str, Any], line: str) -> None:
    """By a verb of the sentence that belongs to the policy, else by the words for the event's type."""
    assert plain_title(make_event(fields), {}, 90) == line, about


def test_no_name_no_line() -> None:
    """Without a policy, a body or a sum there is nothing to say."""
    assert plain_title(make_event({"quote": "It began.", "type": "implementation", "status": "happened"}), {}, 90) == ""
