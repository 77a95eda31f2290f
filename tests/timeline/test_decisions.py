"""What reviewers decided: out to a spreadsheet, in again, kept as lines, applied, never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.errors import RegisterError
from pipeline.records import Telling
from pipeline.timeline.decisions import (
    ACCEPTED,
    CORRECTED,
    REVIEW_COLUMNS,
    Decision,
    apply_decisions,
    dump_decision,
    latest_decisions,
    parse_decisions,
    read_review,
    review_rows,
)
from pipeline.timeline.merge import build_timeline
from tests.timeline.tellings import gold_tellings, make_telling

WHEN = "2025-05-01T10:00:00+00:00"
LATER = "2025-05-02T10:00:00+00:00"


@pytest.fixture
def tellings() -> list[Telling]:
    """Three tellings of three events, the second least certain."""
    return [
        make_telling(i, {"told": f"2024-0{i + 1}-01", "quote": f"The {name} scheme has been set up.",
                         "type": "implementation", "status": "happened", "policies": [f"{name} scheme"],
                         "confidence": sure})
        for i, (name, sure) in enumerate((("first", 0.9), ("second", 0.4), ("third", 0.7)))
    ]  # fmt: skip


def decide(telling: Telling, verdict: str, decided: str = WHEN, **corrections: str) -> Decision:
    """A decision on a telling."""
    mention = telling.mention
    return Decision(telling.article_id, mention.quote, mention.type, mention.date, verdict, decided, corrections)


def test_the_least_certain_rows_come_first(tellings: list[Telling]) -> None:
    """As many as asked for, with empty columns for the verdict."""
    rows = review_rows(build_timeline(tellings), tellings, limit=2)
    assert [row["confidence"] for row in rows] == ["0.40", "0.70"]
    assert all(tuple(row) == REVIEW_COLUMNS and not row["verdict"] for row in rows)


def test_what_was_decided_is_not_asked_again(tellings: list[Telling]) -> None:
    """An accepted or corrected row is certain and left out of the next spreadsheet."""
    kept = apply_decisions(tellings, [decide(tellings[1], "accept")]).tellings
    assert len(review_rows(build_timeline(kept), kept)) == len(tellings) - 1


def test_a_spreadsheet_comes_back_as_decisions(tellings: list[Telling]) -> None:
    """Rows with a verdict become decisions, those without are passed over."""
    rows = review_rows(build_timeline(tellings), tellings)
    rows[0] |= {"verdict": "Reject", "note": "no event"}
    rows[1] |= {"verdict": "correct", "new_date": "2024-05", "new_status": "planned"}
    decisions, problems = read_review(rows, tellings, WHEN, "ann")
    assert not problems
    assert [(each.verdict, each.note, each.reviewer) for each in decisions] == [
        ("reject", "no event", "ann"),
        ("correct", "", "ann"),
    ]
    assert dict(decisions[1].corrections) == {"date": "2024-05", "status": "planned"}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"verdict": "maybe"}, "none of accept, correct, reject"),
        ({"verdict": "correct"}, "no new_ column"),
        ({"verdict": "accept", "new_type": "funding"}, "would correct it"),
        ({"verdict": "correct", "new_type": "party"}, "none of announcement"),
        ({"verdict": "correct", "new_date": "next week"}, "no EDTF date"),
        ({"verdict": "correct", "new_amount": "a lot"}, "no number"),
        ({"verdict": "reject", "keys": ""}, "column keys is empty"),
        ({"verdict": "reject", "keys": "0123456789abcdef"}, "export the rows anew"),
    ],
)
def test_a_row_that_cannot_be_taken_is_a_problem(tellings: list[Telling], cells: dict[str, str], reason: str) -> None:
    """It is listed with its line and the reason; the other rows are taken."""
    rows = review_rows(build_timeline(tellings), tellings)
    rows[0] |= {"verdict": "accept"}
    rows[1] |= cells
    decisions, problems = read_review(rows, tellings, WHEN)
    assert len(decisions) == 1
    assert [problem.line for problem in problems] == [2]
    assert reason in problems[0].reason


def test_a_decision_survives_its_line() -> None:
    """Written and read again it is the same, and the same bytes."""
    decision = decide(gold_tellings()[0], "correct", policies="-", amount="1,500,000")
    line = dump_decision(decision)
    (read,) = parse_decisions([line, ""], "decisions.jsonl")
    assert read == decision
    assert dump_decision(read) == line


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("{", "[", "is no JSON"),
        ('"verdict": "reject"', '"verdict": "perhaps"', "none of accept"),
        ('"quote": "', '"quote": "Not ', "the key isn't that"),
        ('"note": ""', '"mood": ""', "must be an object with"),
        ('"corrections": {}', '"corrections": {"date": "soon"}', "no EDTF date"),
    ],
)
def test_a_wrong_line_names_file_line_and_reason(tellings: list[Telling], old: str, new: str, reason: str) -> None:
    """A file that was edited by hand can be mended from the message."""
    line = dump_decision(decide(tellings[0], "reject")).replace(old, new, 1)
    with pytest.raises(RegisterError, match=rf"decisions\.jsonl, line 2.*{reason}"):
        parse_decisions([dump_decision(decide(tellings[1], "reject")), line], "decisions.jsonl")


def test_decisions_are_applied(tellings: list[Telling]) -> None:
    """Rejected is gone, accepted is certain, corrected says what the reviewer said; the rest stays as it was."""
    decisions = [
        decide(tellings[0], "accept"),
        decide(tellings[1], "reject"),
        decide(tellings[2], "correct", date="2023-12-01", policies="fourth scheme; fifth scheme", amount="1,000"),
    ]
    applied = apply_decisions([*tellings, *gold_tellings()[:3]], decisions)
    first, third, *rest = applied.tellings
    assert (first.mention.confidence, first.mention.reasons[0]) == (1.0, ACCEPTED)
    assert third.mention.reasons[0] == CORRECTED
    assert (third.mention.date, third.mention.date_basis, third.mention.amount) == ("2023-12-01", "explicit", 1000.0)
    assert third.mention.policies == ("fourth scheme", "fifth scheme")
    assert rest == gold_tellings()[:3]
    assert len(applied.used) == 3
    assert not applied.gone + applied.changed


def test_the_latest_decision_counts_in_whatever_order_the_lines_are(tellings: list[Telling]) -> None:
    """Two people's files are merged by joining their lines."""
    old, new = decide(tellings[0], "reject"), decide(tellings[0], "accept", LATER)
    assert latest_decisions([old, new]) == latest_decisions([new, old]) == {new.key: new}
    assert len(apply_decisions(tellings, [new, old]).tellings) == len(tellings)


def test_a_decision_whose_evidence_is_gone_or_changed_is_listed(tellings: list[Telling]) -> None:
    """The sentence may be gone, or be read as another event now: neither is applied, neither is lost."""
    gone, changed = decide(tellings[0], "reject"), decide(tellings[1], "reject")
    now = replace(tellings[1], mention=replace(tellings[1].mention, type="appointment"))
    applied = apply_decisions([now, tellings[2]], [gone, changed])
    assert applied.tellings == (now, tellings[2])
    assert (applied.gone, applied.changed, applied.used) == ((gone,), (changed,), ())
