"""Groups of tellings kept up to date: only tellings whose group can be another one are joined anew.

The groups are those that ``merge.group_tellings`` makes of all tellings at once. There every telling takes its group
from those before it in the order of exactness, looking at groups that hold a mate: a telling under one of its keys.
So when a telling comes, goes or moves, what can change are the mates of its group that come after it; they are decided
anew in order, and whoever moves is passed on in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import islice, takewhile
from typing import Protocol

from pipeline.timeline.facts import Facts
from pipeline.timeline.merge import COMPARED, agreement, best_group
from pipeline.timeline.sameness import sameness

#: A telling's place in the order in which groups are made, and its number.
Placed = tuple[str, int]


class Shelf(Protocol):
    """Tellings by number, with places, groups (``home`` is the number of the first member) and facts."""

    def mates(self, telling: int) -> Sequence[int]:
        """The other tellings that are under the keys of this one."""

    def place(self, telling: int) -> str:
        """What the telling is sorted by."""

    def home(self, telling: int) -> int | None:
        """The group of a telling; None where it has none yet."""

    def members(self, home: int) -> Sequence[Placed]:
        """The tellings of a group, sorted by place."""

    def facts(self, telling: int) -> Facts:
        """What is compared."""

    def move(self, telling: int, home: int | None) -> None:
        """Put a telling into another group, or into none."""


def join_again(shelf: Shelf, new: Iterable[int], gone: Iterable[int]) -> set[int]:
    """Bring the groups up to date with tellings that are new and others that go: the groups that were touched.

    All are on the shelf; those that go are in no group afterwards, and can be taken off.
    """
    return _Joiner(shelf, new, gone).join()


class _Joiner:
    def __init__(self, shelf: Shelf, new: Iterable[int], gone: Iterable[int]) -> None:
        self.shelf = shelf
        self.gone = set(gone)
        self.touched: set[int] = set()
        self.waiting: list[Placed] = []
        self.queued: set[int] = set()
        for telling in new:
            self._queue(telling)

    def join(self) -> set[int]:
        for telling in self.gone:
            self._leave(telling)
        while self.waiting:
            place, telling = heappop(self.waiting)
            self.queued.discard(telling)
            self._decide(telling, place)
        return self.touched

    def _queue(self, telling: int) -> None:
        if telling not in self.queued and telling not in self.gone:
            self.queued.add(telling)
            heappush(self.waiting, (self.shelf.place(telling), telling))

    def _decide(self, telling: int, place: str) -> None:
        before, after = self.shelf.home(telling), self._best(telling, place)
        if before == after:
            return
        if before is not None:
            self._leave(telling)
        self.shelf.move(telling, after)
        self.touched.add(after)
        self._pass_on(telling, after)

    def _best(self, telling: int, place: str) -> int:
        """The group that agrees best of those before; its own where there is none."""
        shelf = self.shelf
        homes = set()
        for mate in shelf.mates(telling):
            if shelf.place(mate) < place and mate not in self.gone:
                homes.add(shelf.home(mate))
        ordered = sorted((home for home in homes if home is not None), key=shelf.place)
        best = best_group((home, self._agreement(telling, place, home)) for home in ordered)
        return telling if best is None else best

    def _agreement(self, telling: int, place: str, home: int) -> float | None:
        shelf = self.shelf
        before = takewhile(lambda member: member[0] < place, islice(shelf.members(home), COMPARED))
        return agreement(shelf.facts(telling), (shelf.facts(other) for _, other in before))

    def _leave(self, telling: int) -> None:
        home = self.shelf.home(telling)
        if home is None:
            return
        after = self._lookers(telling, home)
        self.shelf.move(telling, None)
        self.touched.add(home)
        for each in after:
            self._queue_if_near(each, home)

    def _pass_on(self, telling: int, home: int) -> None:
        shelf = self.shelf
        own, is_seen = shelf.facts(telling), self._is_compared(telling, home)
        for each in self._lookers(telling, home):
            if is_seen and shelf.home(each) != home and sameness(shelf.facts(each), own) is None:
                continue  # it is kept out of the group now, and was not in it before
            self._queue_if_near(each, home)

    def _is_compared(self, telling: int, home: int) -> bool:
        return any(each == telling for _, each in islice(self.shelf.members(home), COMPARED))

    def _lookers(self, telling: int, home: int) -> set[int]:
        """Who comes after a telling and may see its group otherwise with it than without.

        Places are taken in order: who is new and comes after is waiting still.
        """
        shelf = self.shelf
        place = shelf.place(telling)
        seen = [each for _, each in shelf.members(home)] if self._is_compared(telling, home) else [telling]
        mates = {mate for each in seen for mate in shelf.mates(each)} - self.queued - self.gone
        return {mate for mate in mates if shelf.place(mate) > place}

    def _queue_if_near(self, telling: int, home: int) -> None:
        """Decide anew who is in the group, or could be now."""
        if self.shelf.home(telling) != home:
            mean = self._agreement(telling, self.shelf.place(telling), home)
            if mean is None or mean < 0:
                return
        self._queue(telling)
