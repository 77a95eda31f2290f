"""One event, one row: which tellings are joined, and what the row says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import PolicyEvent, Telling
from pipeline.timeline.merge import build_timeline, event_id, group_tellings
from tests.timeline.tellings import gold_events, gold_tellings, make_telling, make_tellings, read_cases

CASES = read_cases("merge.jsonl")


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_tellings_are_joined(case: dict[str, Any]) -> None:
    """The tellings of one event make one group, those of two make two."""
    tellings = make_tellings(case)
    place = {telling.evidence_id: i for i, telling in enumerate(tellings)}
    groups = sorted(sorted(place[each.evidence_id] for each in group) for group in group_tellings(tellings))
    assert groups == case["groups"]


@pytest.fixture(scope="module")
def tellings() -> list[Telling]:
    """What our own annotated articles tell."""
    return gold_tellings()


@pytest.fixture(scope="module")
def events() -> tuple[PolicyEvent, ...]:
    """Their timeline."""
    return gold_events()


@settings(max_examples=2, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_the_order_of_tellings_does_not_matter(
    tellings: list[Telling], events: tuple[PolicyEvent, ...], random: Any
) -> None:
    """In whatever order they come, the events are the same to the last field."""
    shuffled = list(tellings)
    random.shuffle(shuffled)
    assert build_timeline(shuffled) == events


def test_merging_twice_is_merging_once(tellings: list[Telling], events: tuple[PolicyEvent, ...]) -> None:
    """The groups of the groups are the groups; a telling that is given twice counts once."""
    groups = group_tellings(tellings)
    assert group_tellings([each for group in groups for each in group]) == groups
    assert build_timeline(tellings + tellings) == events


def test_every_telling_is_in_one_event(tellings: list[Telling], events: tuple[PolicyEvent, ...]) -> None:
    """None is lost, none is counted twice."""
    told = [each for event in events for each in event.evidence_ids]
    assert sorted(told) == sorted(telling.evidence_id for telling in tellings)


def test_an_old_identifier_is_found_after_more_was_read(
    tellings: list[Telling], events: tuple[PolicyEvent, ...]
) -> None:
    """Whatever an event was called before the other half was read, it or its successor still goes by that name."""
    known = {name for event in events for name in (event.event_id, *event.superseded_ids)}
    for half in (tellings[::2], tellings[: len(tellings) // 2]):
        assert {event.event_id for event in build_timeline(half)} <= known


def test_the_row_takes_the_exact_date_the_latest_status_and_every_article() -> None:
    """Of three tellings the day of one, the status of the last, the identifier of the first."""
    case = next(case for case in CASES if case["about"].startswith("a plan that is repeated"))
    tellings = make_tellings(case)
    (event,) = build_timeline(tellings)
    assert (event.date, event.status, event.n_articles, event.state) == ("2024-10-01", "happened", 3, "done")
    assert event.event_id == event_id(tellings[0])
    assert set(event.superseded_ids) == {event_id(tellings[1]), event_id(tellings[2])}
    assert event.quote == tellings[2].mention.quote, "a plan is not quoted for what has happened"


def test_nothing_told_is_no_event() -> None:
    """No tellings, no rows."""
    assert build_timeline([]) == ()


def test_a_date_that_is_none_is_the_day_of_publication() -> None:
    """Nothing is made up of it and nothing breaks."""
    telling = make_telling(0, {"told": "2024-03-01", "quote": "It will start.", "date": "2024-02-31",
                               "type": "implementation", "status": "planned"})  # fmt: skip
    (event,) = build_timeline([telling])
    assert event.date == "2024-03-01"


def test_a_thousand_tellings_are_not_compared_with_each_other() -> None:
    """Comparisons grow with the number of tellings: twice as many take about twice as long, not four times."""
    from pipeline.timeline import merge  # noqa: PLC0415  (counts calls of a name inside of it)

    def count(n: int, monkeypatch: pytest.MonkeyPatch) -> int:
        calls = 0
        real = merge.sameness

        def counted(a: Any, b: Any) -> float | None:
            nonlocal calls
            calls += 1
            return real(a, b)

        monkeypatch.setattr(merge, "sameness", counted)
        merge.group_tellings(
            make_telling(
                i,
                {
                    "told": f"{2000 + i // 4 % 20}-03-01", "article": f"a-{i}", "type": "implementation",
                    "status": "happened", "policies": [f"scheme number {i // 4}"],
                    "quote": f"The scheme of number {i // 4} was set up by town {i % 7}.",
                },
            )
            for i in range(n)
        )  # fmt: skip
        monkeypatch.undo()
        return calls

    with pytest.MonkeyPatch.context() as patch:
        few, many = count(1000, patch), count(2000, patch)
    assert 0 < many < 3 * few
