"""Tellings in the archive, with their groups: a shelf that reads what it is asked for."""

from __future__ import annotations

from array import array
from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from pipeline.chronicle.preparing import FACTS, Shelved
from pipeline.store.archive import Archive
from pipeline.timeline.facts import Facts

_LAST: Final = "last telling"
_KEYS_AT_ONCE: Final = 50_000

Keys = Callable[[Facts], Sequence[int]]
Placed = tuple[str, int]


class Tellings:
    """The tellings of an open archive. ``kept`` and ``looked_up`` give the keys of a telling's facts."""

    def __init__(self, archive: Archive, kept: Keys, looked_up: Keys) -> None:
        self.archive = archive
        self.connection = archive.connection
        self._kept, self._looked_up = kept, looked_up
        self._last = int(archive.fact(_LAST) or 0)
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

    def is_empty(self) -> bool:
        """Whether nothing is on the shelf."""
        return self.connection.execute("SELECT 1 FROM _tellings LIMIT 1").fetchone() is None

    def put(self, made: Iterable[Shelved]) -> list[int]:
        """Put tellings on the shelf: their numbers. They are in no group yet."""
        numbers, keys, owners = [], array("q"), array("q")
        for each in made:
            self._last += 1
            numbers.append(self._last)
            self._facts[self._last] = each.facts
            self._placed[self._last] = (each.place, None)
            telling = each.facts.telling
            self.connection.execute(
                "INSERT INTO _tellings VALUES (?, ?, ?, ?, ?, NULL, NULL, ?)",
                (self._last, telling.article_id, telling.evidence_id, each.content, each.place, each.record),
            )
            self.connection.executemany(
                "INSERT OR IGNORE INTO _acronyms VALUES (?, ?, ?)",
                [(name, acronym, self._last) for name, acronym in each.acronyms.items()],
            )
            own = array("q", each.keys)
            keys += own
            owners += array("q", [self._last]) * len(own)
        self._insert_keys(keys, owners)
        self.archive.set_fact(_LAST, str(self._last))
        return numbers

    def _insert_keys(self, keys: array[int], owners: array[int]) -> None:
        """Rows of keys in their order, which SQLite takes several times as quickly as in any other."""
        import numpy as np  # noqa: PLC0415  (a run with nothing new must not wait for it)

        by_key, by_owner = np.array(keys), np.array(owners)
        order = np.lexsort((by_owner, by_key))
        for start in range(0, len(order), _KEYS_AT_ONCE):
            some = order[start : start + _KEYS_AT_ONCE]
            rows = zip(by_key[some].tolist(), by_owner[some].tolist(), strict=True)
            self.connection.executemany("INSERT INTO _telling_keys VALUES (?, ?)", rows)

    def put_into_groups(self, groups: Iterable[Sequence[int]]) -> set[int]:
        """Put tellings that are in no group into groups, of which each is the number of its first telling."""
        homes = set()
        for group in groups:
            homes.add(group[0])
            self._placed |= {number: (self._placed[number][0], group[0]) for number in group}
            self.connection.executemany(
                "UPDATE _tellings SET home = ? WHERE telling = ?", [(group[0], number) for number in group]
            )
        return homes

    def drop(self, tellings: Iterable[int]) -> set[str]:
        """Take tellings off the shelf: the events that they were of."""
        events = set()
        for telling in tellings:
            keys = [(key, telling) for key in self._kept(self.facts(telling))]
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
            keys = ",".join(map(str, self._looked_up(self.facts(telling))))
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
            (record,) = self.connection.execute("SELECT record FROM _tellings WHERE telling = ?", (telling,)).fetchone()
            found = self._facts[telling] = FACTS.decode(record)
        return found

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
