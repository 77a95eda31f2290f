"""Which events reviewers want linked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.chronicle import Chronicle
from pipeline.errors import RegisterError
from pipeline.records import PolicyEvent, Telling
from pipeline.store.archive import Archive
from pipeline.timeline.decisions import WITHDRAWN, Decision, dump_decision, parse_decisions
from pipeline.timeline.grouping import Grouping
from pipeline.timeline.linking import chain_decision, make_linking
from pipeline.timeline.merge import build_timeline
from tests.timeline.tellings import make_telling

WHEN = "2025-05-01T10:00:00+00:00"


@pytest.fixture
def tellings() -> list[Telling]:
    """A plan, its start, and another plan that nothing is heard of."""
    return [
        make_telling(i, {"told": told, "date": date, "quote": quote, "type": "implementation", "status": status,
                         "policies": [policy]})
        for i, (told, date, quote, status, policy) in enumerate((
            ("2024-01-03", "2024-06-01", "The first scheme will begin on 1 June.", "planned", "first scheme"),
            ("2024-06-04", "2024-06-01", "The first scheme began on 1 June.", "happened", "first scheme"),
            ("2024-01-05", "2024-03-01", "The second scheme will open its doors in March.", "planned", "second scheme"),
        ))
    ]  # fmt: skip


def built(tellings: list[Telling], *decisions: Decision) -> dict[str, PolicyEvent]:
    """The events by their tellings, once the decisions are put on them."""
    linking, _ = make_linking(tellings, decisions)
    return {each: event for event in build_timeline(tellings, linking=linking) for each in event.evidence_ids}


def one_by_one(tellings: list[Telling], folder: Path, *decisions: Decision) -> dict[str, PolicyEvent]:
    """The same by an archive in which the decisions came after the tellings."""
    linking, _ = make_linking(tellings, decisions)
    found: dict[str, PolicyEvent] = {}
    with Archive(folder / "archive.sqlite") as archive:
        for asked in (None, linking):
            with archive.transaction():
                chronicle = Chronicle(archive, "code")
                for each in tellings:
                    chronicle.put_article(each.article_id, [each])
                change = chronicle.bring_up_to_date(Grouping(), "2024-06-04", asked)
                found |= {each: event for event in change.events for each in event.evidence_ids}
    return found


def test_a_link_that_was_missed_is_there_and_changes_the_state(tellings: list[Telling], tmp_path: Path) -> None:
    """What a later event carries out is overdue no longer, in one go or in steps."""
    _, start, other = tellings
    assert built(tellings)[other.evidence_id].state == "overdue"
    decision = chain_decision(start, other, "fulfils", WHEN)
    for events in (built(tellings, decision), one_by_one(tellings, tmp_path, decision)):
        assert events[other.evidence_id].state == "done"
        assert f"fulfils:{events[other.evidence_id].event_id}" in events[start.evidence_id].related


def test_a_plan_that_follows_a_plan_settles_nothing(tellings: list[Telling], tmp_path: Path) -> None:
    """Only what is done brings about what it follows."""
    plan, _, other = tellings
    decision = chain_decision(other, plan, "follows", WHEN)
    before = built(tellings)[plan.evidence_id].state
    for events in (built(tellings, decision), one_by_one(tellings, tmp_path, decision)):
        assert any(pair.startswith("follows:") for pair in events[other.evidence_id].related)
        assert events[plan.evidence_id].state == before


def test_a_wrong_link_is_gone_with_what_it_settled(tmp_path: Path) -> None:
    """The plan is open again, in one go or in steps; taken back, the link stands as it was found."""
    first = {"date": "2024-03-01", "type": "implementation", "policies": ["first scheme"]}
    found = [
        make_telling(0, {**first, "told": "2024-01-03", "quote": "The first scheme will begin on 1 March.",
                         "status": "planned"}),
        make_telling(1, {**first, "told": "2024-02-20", "date": "2024-09-01", "status": "planned",
                         "quote": "The start of the first scheme has been delayed to 1 September."}),
    ]  # fmt: skip
    plan, delay = found
    assert built(found)[plan.evidence_id].state == "superseded"
    wrong = chain_decision(delay, plan, "", WHEN)
    for events in (built(found, wrong), one_by_one(found, tmp_path, wrong)):
        assert events[delay.evidence_id].related == ()
        assert events[plan.evidence_id].state != "superseded"
    back = replace(wrong, verdict=WITHDRAWN, decided="2026")
    assert built(found, wrong, back) == built(found)


def test_a_decision_whose_sentence_is_gone_is_told(tellings: list[Telling]) -> None:
    """On either side."""
    decision = chain_decision(tellings[1], tellings[2], "follows", WHEN)
    for rest in (tellings[:2], tellings[2:]):
        assert make_linking(rest, [decision])[1] == (decision,)


def test_the_later_decision_counts(tellings: list[Telling]) -> None:
    """Another kind, or none, in the place of the one before."""
    _, start, other = tellings
    decisions = [chain_decision(start, other, kind, when) for kind, when in (("fulfils", "2024"), ("follows", "2025"))]
    for order in (decisions, decisions[::-1]):
        assert [pair.split(":")[0] for pair in built(tellings, *order)[start.evidence_id].related].count("follows") == 1
    assert all(
        not pair.endswith(built(tellings)[other.evidence_id].event_id)
        for pair in built(tellings, *decisions, chain_decision(start, other, "", "2026"))[start.evidence_id].related
    )


def test_a_line_of_the_file_is_read_again(tellings: list[Telling]) -> None:
    """The same decision; a kind that isn't allowed is told with its line."""
    decision = chain_decision(tellings[1], tellings[2], "confirms", WHEN)
    assert parse_decisions([dump_decision(decision)], "file") == [decision]
    with pytest.raises(RegisterError, match="file, line 1: the kind 'marries' is none of confirms"):
        parse_decisions([dump_decision(decision).replace("confirms", "marries")], "file")
