"""What a group's first telling rules out: never what could be one event, and most of what couldn't by its time."""

from __future__ import annotations

import random

from pipeline.timeline.facts import Facts, gather
from pipeline.timeline.outlines import Outlines
from pipeline.timeline.sameness import agree_on_time, sameness
from tests.timeline.tellings import make_telling

DATES = ("2024-03-14", "2024-03-17", "2024-03", "2024", "2024-04/2025-03", "2021-06-01", "2022-03-20", "no date")


def _drawn(draw: random.Random, place: int) -> Facts:
    fields = {
        "quote": draw.choice(("The board published guidance on kinship care.", "Councils receive £5m for carers.")),
        "told": draw.choice(("2024-03-20", "2024-03-26", "2022-03-21", "2026-04-01")),
        "type": draw.choice(("publication", "funding", "implementation")),
        "status": draw.choice(("happened", "planned", "ongoing", "conditional")),
        "basis": draw.choice(("explicit", "publication", "context")),
        "amount": draw.choice((None, None, 5e6, 5.05e6, 7e6)),
        "nation": draw.choice((None, "UK", "Wales", "England")),
        "policies": draw.choice(([], ["{P1}"], ["{P1}", "{P2}"])),
    }
    if draw.random() < 0.7:
        fields["date"] = draw.choice(DATES)
    elif fields["basis"] == "explicit":
        fields["basis"] = "publication"
    return gather(make_telling(place, fields))


def test_only_groups_that_the_first_telling_rules_out_are_left_out() -> None:
    """Whoever isn't possible can't be of one event; whoever is, agrees in time or may otherwise be the same."""
    draw = random.Random(7)
    firsts = [_drawn(draw, place) for place in range(1_500)]
    outlines = Outlines()
    for first in firsts:
        outlines.add(first)
    n_left = 0
    for place in range(60):
        each = _drawn(draw, 2_000 + place)
        groups = sorted(draw.sample(range(len(firsts)), 400))
        possible = outlines.possible(each, groups)
        assert list(possible) == sorted(possible)
        for group in set(groups) - set(possible):
            assert sameness(each, firsts[group]) is None
            assert sameness(firsts[group], each) is None
        others = [firsts[group] for group in possible if firsts[group].telling.article_id != each.telling.article_id]
        kept = [other for other in others if agree_on_time(each, other)]
        n_left += len(groups) - len(possible)
        assert len(others) - len(kept) <= sum(other.telling.mention.amount is not None for other in others)
    assert n_left > 60 * 150


def test_few_groups_are_all_looked_at() -> None:
    """Of a handful of groups none is left out: looking at each is as quick."""
    draw = random.Random(8)
    outlines = Outlines()
    for place in range(4):
        outlines.add(_drawn(draw, place))
    assert outlines.possible(_drawn(draw, 9), [0, 1, 3]) == [0, 1, 3]
