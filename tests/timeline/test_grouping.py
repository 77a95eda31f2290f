"""Which tellings reviewers want in one event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.errors import RegisterError
from pipeline.records import Telling
from pipeline.timeline.decisions import WITHDRAWN, Decision, dump_decision, parse_decisions
from pipeline.timeline.grouping import group_decision, make_grouping
from pipeline.timeline.merge import build_timeline
from tests.timeline.tellings import make_telling

WHEN = "2025-05-01T10:00:00+00:00"


@pytest.fixture
def tellings() -> list[Telling]:
    """Two tellings of one event, and one of another."""
    return [
        make_telling(i, {"told": f"2024-0{i + 1}-03", "date": date, "quote": quote, "type": "implementation",
                         "status": "happened", "policies": [policy], "confidence": 0.8})
        for i, (date, quote, policy) in enumerate((
            ("2024-01-01", "The first scheme began on 1 January.", "first scheme"),
            ("2024-01-01", "The first scheme began on 1 January 2024.", "first scheme"),
            ("2023-05-01", "Another scheme was set up in May.", "second scheme"),
        ))
    ]  # fmt: skip


def sizes(tellings: list[Telling], *decisions: Decision) -> list[int]:
    """How many tellings each event has, once the decisions are put on it."""
    grouping, _ = make_grouping(tellings, decisions)
    return sorted(len(event.evidence_ids) for event in build_timeline(tellings, grouping=grouping))


def test_a_telling_is_taken_out_of_its_event(tellings: list[Telling]) -> None:
    """And is one of its own."""
    assert sizes(tellings) == [1, 2]
    assert sizes(tellings, group_decision(tellings[1], WHEN, None)) == [1, 1, 1]


def test_tellings_are_joined_whatever_they_say(tellings: list[Telling]) -> None:
    """In whatever order the decisions stand."""
    joined = [group_decision(tellings[2], WHEN, tellings[0]), group_decision(tellings[1], WHEN, tellings[2])]
    assert sizes(tellings, *joined) == sizes(tellings, *joined[::-1]) == [3]


def test_the_later_decision_counts(tellings: list[Telling]) -> None:
    """Joined, then alone again; or taken back."""
    joined = group_decision(tellings[2], WHEN, tellings[0])
    assert sizes(tellings, joined, group_decision(tellings[2], "2026", None)) == [1, 2]
    back = Decision(**{**{n: getattr(joined, n) for n in joined.__slots__}, "verdict": WITHDRAWN, "decided": "2026"})
    assert sizes(tellings, joined, back) == [1, 2]


def test_a_decision_whose_sentence_is_gone_is_told(tellings: list[Telling]) -> None:
    """The one that is joined, or the one that it is joined with."""
    joined = group_decision(tellings[2], WHEN, tellings[0])
    for rest in (tellings[:2], tellings[1:]):
        assert make_grouping(rest, [joined])[1] == (joined,)


def test_a_line_of_the_file_is_read_again(tellings: list[Telling]) -> None:
    """The same decision; a word that isn't allowed is told with its line."""
    joined = group_decision(tellings[2], WHEN, tellings[0])
    assert parse_decisions([dump_decision(joined)], "file") == [joined]
    for wrong in ('"verdict": "accept"', '"verdict": "glue"'):
        with pytest.raises(RegisterError, match="file, line 1: the verdict"):
            parse_decisions([dump_decision(joined).replace('"verdict": "join"', wrong)], "file")


def test_a_given_title_stays(tellings: list[Telling]) -> None:
    """What a reviewer calls an event is what it is called."""
    named = [replace(each, mention=replace(each.mention, title="My title")) for each in tellings[:1]]
    assert "My title" in {event.title for event in build_timeline([*named, *tellings[1:]])}
