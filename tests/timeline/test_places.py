"""Where tellings are looked for: groups in memory are found as by the keys that an archive keeps."""

from __future__ import annotations

from itertools import product

from pipeline.timeline.facts import gather
from pipeline.timeline.places import Places, kept_keys, looked_up_keys
from tests.timeline.tellings import make_telling

QUOTES = (
    "The board published guidance on fostering allowances for kinship families.",
    "Guidance on fostering allowances was published for kinship families.",
    "Councils will receive £5m for recruitment campaigns next spring.",
)
DATES = ({}, {"date": "2024-03-14"}, {"date": "2024"}, {"date": "2024-04/2025-03"}, {"date": "2021-06-01"})
TYPES = ("publication", "funding", "announcement")


def test_a_group_is_found_as_by_its_keys() -> None:
    """Whoever shares a key with a telling, and nobody else, is found by it."""
    cases = product(QUOTES, DATES, TYPES, ("happened", "planned"), ([], ["{P1}"]))
    made = [
        gather(
            make_telling(
                place,
                {"quote": quote, "told": "2024-03-20", "type": type_, "status": status, "policies": policies} | date,
            )
        )
        for place, (quote, date, type_, status, policies) in enumerate(cases)
    ]
    places = Places()
    for group, each in enumerate(made):
        places.add(each, group)
    kept = [set(kept_keys(each)) for each in made]
    for each in made:
        looked_up = set(looked_up_keys(each))
        assert places.find(each) == [group for group, keys in enumerate(kept) if keys & looked_up]
