"""Where tellings are looked for: groups are found by the keys of their tellings."""

from __future__ import annotations

from itertools import product

import numpy as np

from pipeline.timeline.facts import gather
from pipeline.timeline.places import Places, batches_in_order, kept_keys, looked_up_keys
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
    kept = [kept_keys(each) for each in made]
    looked_up = [looked_up_keys(each) for each in made]
    owners = np.repeat(np.arange(len(kept), dtype=np.int32), [len(keys) for keys in kept])
    keys = np.concatenate(kept)
    order = np.concatenate(list(batches_in_order(keys)))
    assert (order == np.argsort(keys, kind="stable")).all()
    places = Places(keys[order], owners[order])
    for n_added in range(0, len(made), 7):
        for telling in range(n_added, min(n_added + 7, len(made))):
            places.add(telling, telling // 2)
        for wanted, slots in zip(looked_up, places.locate(looked_up), strict=True):
            found = {place // 2 for place in range(min(n_added + 7, len(made))) if np.isin(kept[place], wanted).any()}
            assert places.find(slots) == sorted(found)
