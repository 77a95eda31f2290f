"""Groups kept up to date are the groups of all tellings at once."""

from __future__ import annotations

import random
from bisect import insort
from collections import defaultdict
from collections.abc import Sequence

import pytest

from pipeline.records import Telling
from pipeline.timeline.facts import Facts, gather
from pipeline.timeline.joining import Placed, join_again
from pipeline.timeline.merge import group_tellings, order_key
from pipeline.timeline.places import kept_keys, looked_up_keys
from tests.timeline.tellings import gold_tellings, make_telling

WORDS = ("fund", "carers", "training", "inspection", "vacancies", "kinship", "advocacy", "thresholds")


class Table:
    """A shelf in memory."""

    def __init__(self) -> None:
        self.all: dict[int, Facts] = {}
        self.kept: dict[int, set[int]] = defaultdict(set)
        self.homes: dict[int, int] = {}
        self.groups: dict[int, list[Placed]] = defaultdict(list)
        self.n = 0

    def put(self, telling: Telling) -> int:
        """Put a telling on the shelf."""
        self.n += 1
        self.all[self.n] = gather(telling)
        for key in kept_keys(self.all[self.n]).tolist():
            self.kept[key].add(self.n)
        return self.n

    def drop(self, telling: int) -> None:
        """Take a telling off the shelf."""
        for key in kept_keys(self.all.pop(telling)).tolist():
            self.kept[key].discard(telling)

    def mates(self, telling: int) -> Sequence[int]:
        return sorted(
            {each for key in looked_up_keys(self.all[telling]).tolist() for each in self.kept[key]} - {telling}
        )

    def place(self, telling: int) -> str:
        return order_key(self.all[telling])

    def home(self, telling: int) -> int | None:
        return self.homes.get(telling)

    def members(self, home: int) -> Sequence[Placed]:
        return self.groups[home]

    def facts(self, telling: int) -> Facts:
        return self.all[telling]

    def move(self, telling: int, home: int | None) -> None:
        before = self.homes.pop(telling, None)
        if before is not None:
            self.groups[before].remove((self.place(telling), telling))
        if home is not None:
            self.homes[telling] = home
            insort(self.groups[home], (self.place(telling), telling))

    def found(self) -> list[list[str]]:
        """The groups, as identifiers."""
        return sorted(
            sorted(self.all[each].telling.evidence_id for _, each in own) for own in self.groups.values() if own
        )


def expected(tellings: Sequence[Telling]) -> list[list[str]]:
    """The groups of all at once."""
    return sorted(sorted(each.evidence_id for each in group) for group in group_tellings(tellings))


def made_up(chance: random.Random, n: int) -> list[Telling]:
    """Tellings of a few policies in a few months, many of which can be of one event."""
    tellings = []
    for place in range(n):
        day = f"2024-{chance.randrange(1, 5):02d}-{chance.randrange(1, 28):02d}"
        date = chance.choice([day, day[:7], "2024", "2024/2026"])
        fields = {
            "told": f"2024-{chance.randrange(1, 5):02d}-{chance.randrange(1, 28):02d}",
            "article": f"a-{place // 3}", "start": place, "type": chance.choice(["funding", "announcement"]),
            "status": chance.choice(["happened", "planned"]),
            "policies": chance.choice([["{P1}"], ["{P2}"], ["{P1}", "{P2}"], []]),
            "quote": " ".join(chance.sample(WORDS, 4)),
        }  # fmt: skip
        if chance.random() < 0.6:
            fields |= {"date": date}
        telling = make_telling(0, fields)
        tellings.append(telling)
    return tellings


@pytest.mark.parametrize("seed", range(12))
def test_groups_are_the_same_in_whatever_steps_tellings_come_and_go(seed: int) -> None:
    """Some come, some go, more come: after each step the groups are those of all at once."""
    chance = random.Random(seed)
    tellings = made_up(chance, 90) if seed else chance.sample(gold_tellings(), 150)
    table, there = Table(), dict[str, int]()
    chance.shuffle(tellings)
    by_id = {each.evidence_id: each for each in tellings}
    while len(there) < len(by_id):
        away = [each for each in by_id if each not in there]
        come = [table.put(by_id[each]) for each in away[: chance.randrange(1, 40)]]
        go = chance.sample(sorted(there.values()), min(len(there), chance.choice([0, 0, 1, 7])))
        join_again(table, come, go)
        for each in go:
            table.drop(each)
        there = {facts.telling.evidence_id: number for number, facts in table.all.items()}
        assert table.found() == expected([by_id[each] for each in there])
