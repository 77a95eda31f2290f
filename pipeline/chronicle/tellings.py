"""Tellings in the archive, with their groups: a shelf that reads what it is asked for."""

from __future__ import annotations

from array import array
from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from pipeline.chronicle.preparing import FACTS, Shelved
from pipeline.progress import Progress
from pipeline.store.archive import Archive
from pipeline.timeline.facts import Facts
from pipeline.timeline.merge import group_in_order
from pipeline.timeline.places import Places, batches_in_order, kept_keys, looked_up_keys

_LAST: Final = "last telling"
_KEYS_AT_ONCE: Final = 50_000
#: Facts held while all tellings are grouped: they are taken by time, and compared with others of their time.
_FACTS_HELD: Final = 20_000

Placed = tuple[str, int]


class Tellings:
    """The tellings of an open archive."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.connection = archive.connection
        self._last = int(archive.fact(_LAST) or 0)
        #: Keys of tellings that were put here, and whose each is: they go into the archive all at once.
        self._keys, self._owners = array("q"), array("i")
        self.forget_cached()

    def forget_cached(self) -> None:
        """Hold nothing in memory any more: what comes next are other tellings."""
        self._facts: dict[int, Facts] = {}
        self._placed: dict[int, tuple[str, int | None]] = {}
        self._mates: dict[int, list[int]] = {}
        self._members: dict[int, list[Placed]] = {}

    # ----------------------------------------------------------------------- what is there

    def of_article(self, article_id: str) -> dict[str, tuple[int, bytes]]:
        """The tellings of an article by identifier: number and content."""
        rows = self.connection.execute(
            "SELECT evidence_id, telling, content FROM _tellings WHERE article_id = ?", (article_id,)
        )
        return {evidence_id: (telling, content) for evidence_id, telling, content in rows}

    def __len__(self) -> int:
        """How many tellings are on the shelf."""
        (n,) = self.connection.execute("SELECT count(*) FROM _tellings").fetchone()
        return int(n)

    def put(self, made: Iterable[Shelved]) -> list[int]:
        """Put tellings on the shelf: their numbers. They are in no group yet, and ``keep_keys`` is to be called."""
        numbers = []
        for each in made:
            self._last += 1
            numbers.append(self._last)
            self.connection.execute(
                "INSERT INTO _tellings VALUES (?, ?, ?, ?, ?, NULL, NULL, ?)",
                (self._last, each.article_id, each.evidence_id, each.content, each.place, each.record),
            )
            self.connection.executemany(
                "INSERT OR IGNORE INTO _acronyms VALUES (?, ?, ?)",
                [(name, acronym, self._last) for name, acronym in each.acronyms.items()],
            )
            n_before = len(self._keys)
            self._keys.frombytes(each.keys)
            self._owners.extend([self._last] * (len(self._keys) - n_before))
        return numbers

    def keep_keys(self) -> None:
        """Put the keys of all that was put here into the archive.

        They go in their order, which SQLite takes several times as quickly as any other.
        """
        keys, owners = np.frombuffer(self._keys, np.int64), np.frombuffer(self._owners, np.int32)
        for some in batches_in_order(keys):
            rows = zip(keys[some].tolist(), owners[some].tolist(), strict=True)
            self.connection.executemany("INSERT INTO _telling_keys VALUES (?, ?)", rows)
        self._keys, self._owners = array("q"), array("i")
        self.archive.set_fact(_LAST, str(self._last))

    def group_all(self, progress: Progress) -> set[int]:
        """Put every telling into the group that it is of: the groups that were touched. A step is a telling.

        The number of a group is that of its first telling.
        """
        numbers = [number for (number,) in self.connection.execute("SELECT telling FROM _tellings ORDER BY place")]
        before = dict(self.connection.execute("SELECT telling, home FROM _tellings WHERE home IS NOT NULL"))
        touched: set[int] = set()
        in_order = _counted(numbers, progress)
        for group in group_in_order(in_order, lru_cache(_FACTS_HELD)(self._read_facts), self._all_places()):
            moved = [number for number in group if before.get(number) != group[0]]
            if moved:
                touched |= {group[0], *(before[number] for number in moved if number in before)}
            self.connection.executemany(
                "UPDATE _tellings SET home = ? WHERE telling = ?", [(group[0], number) for number in moved]
            )
        return touched

    def _all_places(self) -> Places:
        """The places of all tellings, with no group in them yet."""
        (n,) = self.connection.execute("SELECT count(*) FROM _telling_keys").fetchone()
        keys, owners = np.empty(n, np.int64), np.empty(n, np.int32)
        rows = self.connection.execute("SELECT key, telling FROM _telling_keys ORDER BY key, telling")
        for start in range(0, n, _KEYS_AT_ONCE):
            some = np.array(rows.fetchmany(_KEYS_AT_ONCE))
            keys[start : start + len(some)], owners[start : start + len(some)] = some.T
        return Places(keys, owners)

    def drop(self, tellings: Iterable[int]) -> set[str]:
        """Take tellings off the shelf: the events that they were of."""
        events = set()
        for telling in tellings:
            keys = [(key, telling) for key in kept_keys(self.facts(telling)).tolist()]
            (event_id,) = self.connection.execute(
                "SELECT event_id FROM _tellings WHERE telling = ?", (telling,)
            ).fetchone()
            events |= {event_id} if event_id else set()
            self.connection.executemany("DELETE FROM _telling_keys WHERE key = ? AND telling = ?", keys)
            self.connection.execute("DELETE FROM _acronyms WHERE telling = ?", (telling,))
            self.connection.execute("DELETE FROM _tellings WHERE telling = ?", (telling,))
        return events

    def clear(self) -> None:
        """Take everything off."""
        for table in ("_tellings", "_telling_keys", "_acronyms"):
            self.connection.execute(f"DELETE FROM {table}")
        self.forget_cached()

    # ----------------------------------------------------------------------- what joining asks

    def mates(self, telling: int) -> Sequence[int]:
        """The other tellings that are under the keys of this one."""
        found = self._mates.get(telling)
        if found is None:
            keys = ",".join(map(str, looked_up_keys(self.facts(telling)).tolist()))
            rows = self.connection.execute(
                f"SELECT DISTINCT telling FROM _telling_keys WHERE key IN ({keys}) AND telling <> {telling}"
            )
            found = self._mates[telling] = [number for (number,) in rows]
        return found

    def place(self, telling: int) -> str:
        """What the telling is sorted by."""
        return self._where(telling)[0]

    def home(self, telling: int) -> int | None:
        """The group of a telling."""
        return self._where(telling)[1]

    def _where(self, telling: int) -> tuple[str, int | None]:
        found = self._placed.get(telling)
        if found is None:
            found = self._placed[telling] = self.connection.execute(
                "SELECT place, home FROM _tellings WHERE telling = ?", (telling,)
            ).fetchone()
        return found

    def members(self, home: int) -> list[Placed]:
        """The tellings of a group, sorted by place."""
        found = self._members.get(home)
        if found is None:
            rows = self.connection.execute(
                "SELECT place, telling FROM _tellings WHERE home = ? ORDER BY place", (home,)
            )
            found = self._members[home] = list(rows)
        return found

    def facts(self, telling: int) -> Facts:
        """What is compared."""
        found = self._facts.get(telling)
        if found is None:
            found = self._facts[telling] = self._read_facts(telling)
        return found

    def _read_facts(self, telling: int) -> Facts:
        (record,) = self.connection.execute("SELECT record FROM _tellings WHERE telling = ?", (telling,)).fetchone()
        return FACTS.decode(record)

    def move(self, telling: int, home: int | None) -> None:
        """Put a telling into another group, or into none."""
        place, before = self._where(telling)
        if before is not None:
            self.members(before).remove((place, telling))
        if home is not None:
            insort(self.members(home), (place, telling))
        self._placed[telling] = (place, home)
        self.connection.execute("UPDATE _tellings SET home = ? WHERE telling = ?", (home, telling))

    # ----------------------------------------------------------------------- what events are made from

    def homes_of_events(self, events: Iterable[str]) -> set[int]:
        """The groups whose tellings are of the events."""
        query = "SELECT DISTINCT home FROM _tellings WHERE event_id = ?"
        return {home for event_id in events for (home,) in self.connection.execute(query, (event_id,))}

    def homes_of_numbers(self, tellings: Iterable[int]) -> set[int]:
        """The groups of tellings by their numbers."""
        return {home for home in map(self.home, tellings) if home is not None}

    def homes_of(self, evidence_ids: Iterable[str]) -> set[int]:
        """The groups of tellings by their identifiers."""
        query = "SELECT home FROM _tellings WHERE evidence_id = ?"
        return {home for each in evidence_ids for (home,) in self.connection.execute(query, (each,))}

    def events_of(self, homes: Iterable[int]) -> set[str]:
        """The events that the tellings of groups were of."""
        query = "SELECT DISTINCT event_id FROM _tellings WHERE home = ? AND event_id IS NOT NULL"
        return {event_id for home in homes for (event_id,) in self.connection.execute(query, (home,))}

    def group(self, home: int) -> list[bytes]:
        """The facts of a group's tellings, packed."""
        rows = self.connection.execute("SELECT record FROM _tellings WHERE home = ? ORDER BY place", (home,))
        return [record for (record,) in rows]

    def tell(self, event_id: str, evidence_ids: Iterable[str]) -> None:
        """Remember the event of tellings."""
        self.connection.executemany(
            "UPDATE _tellings SET event_id = ? WHERE evidence_id = ? AND event_id IS NOT ?",
            [(event_id, each, event_id) for each in evidence_ids],
        )

    # ----------------------------------------------------------------------- acronyms

    def acronyms(self) -> dict[str, str]:
        """The most used acronym of every name that has one; of several alike the first in the alphabet."""
        rows = self.connection.execute(
            "SELECT name, acronym FROM _acronyms GROUP BY name, acronym ORDER BY name, count(*), acronym DESC"
        )
        return dict(rows)


def _counted(numbers: Iterable[int], progress: Progress) -> Iterator[int]:
    for number in numbers:
        yield number
        progress.advance()
