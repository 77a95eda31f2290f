"""Events in the archive: made again where their tellings have changed, and told apart from those of one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from typing import Final

import msgspec

from pipeline.chronicle.preparing import Made
from pipeline.progress import Progress
from pipeline.records import PolicyEvent
from pipeline.store.archive import Archive
from pipeline.timeline.apart import tell_apart
from pipeline.timeline.stages import stage_of
from pipeline.timeline.steps import Step

_STEP: Final = msgspec.msgpack.Decoder(Step)
#: So many steps are held at a time.
_STEPS_HELD: Final = 10_000


class Events:
    """The events of an open archive, each as a step: what linking looks at."""

    def __init__(self, archive: Archive) -> None:
        self.connection = archive.connection
        self._steps: dict[str, Step] = {}
        #: Events that are gone, and those whose row is to be made again.
        self.gone: set[str] = set()
        self.changed: set[str] = set()
        #: Events whose step is another one, new ones among them, and the policies that the events were about first.
        self.stepped: set[str] = set()
        self.foci: set[str] = set()
        #: Events to which links are gone with the event that had them.
        self.retargeted: set[str] = set()
        #: Events that an acronym is of which has changed: their plain titles are made again.
        self.renamed: set[str] = set()
        self._quotes: set[int] = set()

    def step(self, event_id: str) -> Step:
        """An event as a step. Its event has no links and no state yet, and the title that it has by itself."""
        found = self._steps.get(event_id)
        if found is None:
            (record,) = self.connection.execute("SELECT record FROM _events WHERE event_id = ?", (event_id,)).fetchone()
            found = _STEP.decode(record)
            self._hold(found)
        return found

    def _hold(self, step: Step) -> None:
        """Have a step at hand, in the place of those that came first."""
        if len(self._steps) >= _STEPS_HELD:
            for event_id in list(islice(self._steps, _STEPS_HELD // 2)):
                del self._steps[event_id]
        self._steps[step.event.event_id] = step

    def forget_cached(self) -> None:
        """Hold no steps in memory any more."""
        self._steps.clear()

    def clear(self) -> None:
        """Take every event out."""
        self.gone |= {each for (each,) in self.connection.execute("SELECT event_id FROM timeline")}
        for table in ("_events", "_event_policies", "_answers", "_follows"):
            self.connection.execute(f"DELETE FROM {table}")

    # ----------------------------------------------------------------------- what is there

    def bring(self, before: Iterable[str], made: Iterable[Made]) -> None:
        """Put events in the place of others."""
        left = set(before)
        quotes: set[int] = set()
        for each in made:
            left.discard(each.event_id)
            row = self.connection.execute(
                "SELECT record, given, quote, focus FROM _events WHERE event_id = ?", (each.event_id,)
            ).fetchone()
            if row and row[:2] == (each.step, each.given):
                continue
            if row:
                quotes.add(row[2])
                self.foci.add(row[3])
            quotes.add(self._put(_STEP.decode(each.step), each.given, each.step))
        for event_id in sorted(left):
            row = self.connection.execute("SELECT quote, focus FROM _events WHERE event_id = ?", (event_id,)).fetchone()
            if row:
                quotes.add(row[0])
                self.foci.add(row[1])
                self._take_out(event_id)
                self.gone.add(event_id)
        self._quotes |= quotes

    def _take_out(self, event_id: str) -> None:
        for (related,) in self.connection.execute("SELECT related FROM _events WHERE event_id = ?", (event_id,)):
            self.retargeted |= {pair.partition(":")[2] for pair in related.split()}
        for table in ("_events", "_event_policies"):
            self.connection.execute(f"DELETE FROM {table} WHERE event_id = ?", (event_id,))
        self.connection.execute("DELETE FROM _answers WHERE later = ? OR earlier = ?", (event_id, event_id))
        self._steps.pop(event_id, None)

    def _put(self, step: Step, given: str, record: bytes) -> int:
        event = step.event
        self._take_out(event.event_id)
        self._hold(step)
        self.gone.discard(event.event_id)
        self.changed.add(event.event_id)
        self.stepped.add(event.event_id)
        self.foci.add(step.focus)
        quote = _number(event.quote)
        self.connection.execute(
            "INSERT INTO _events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', NULL, ?)",
            (
                event.event_id, quote, step.told, event.date_earliest, event.date_latest, event.type, event.status,
                step.focus, step.old, step.new, stage_of(step) if step.focus else "", given, event.title, record,
            ),
        )  # fmt: skip
        self.connection.executemany(
            "INSERT OR IGNORE INTO _event_policies VALUES (?, ?, ?)",
            [(policy, step.told, event.event_id) for policy in event.policies],
        )
        return quote

    # ----------------------------------------------------------------------- titles

    def entitle(self, acronyms: Mapping[str, str], progress: Progress) -> None:
        """Bring the titles of changed events in line with those of the same sentence."""
        fresh = self.stepped | self.renamed
        progress.start("Telling titles apart", len(self._quotes))
        for quote in sorted(self._quotes):
            progress.advance()
            rows = self.connection.execute(
                "SELECT event_id, given, title FROM _events WHERE quote = ? ORDER BY event_id", (quote,)
            ).fetchall()
            own = [self.step(event_id).event for event_id, _, _ in rows]
            known = {
                event_id: title
                for event, (event_id, given, title) in zip(own, rows, strict=True)
                if not given and title != event.title and event_id not in fresh
            }
            for event, (event_id, given, title) in zip(tell_apart(own, acronyms, known), rows, strict=True):
                wanted = given or event.title
                if wanted != title:
                    self.connection.execute("UPDATE _events SET title = ? WHERE event_id = ?", (wanted, event_id))
                    self.changed.add(event_id)
        self._quotes = set()

    def naming(self, names: Iterable[str], acronyms: Iterable[str]) -> set[str]:
        """The events that name one of the names, or whose sentence has one of the acronyms."""
        found: set[str] = set()
        for name in names:
            rows = self.connection.execute(
                "SELECT event_id FROM timeline WHERE instr('; ' || policies || '; ', '; ' || :name || '; ')"
                " OR instr('; ' || organisations || '; ', '; ' || :name || '; ')",
                {"name": name},
            )
            found |= {event_id for (event_id,) in rows}
        for acronym in acronyms:
            rows = self.connection.execute("SELECT event_id FROM timeline WHERE instr(quote, ?)", (acronym,))
            found |= {event_id for (event_id,) in rows}
        return found

    # ----------------------------------------------------------------------- the rows

    def whole(self, event_ids: Iterable[str]) -> Iterable[PolicyEvent]:
        """Events as the timeline has them; in order of identifier, lazily."""
        for event_id in sorted(event_ids):
            record, title, related, state = self.connection.execute(
                "SELECT record, title, related, state FROM _events WHERE event_id = ?", (event_id,)
            ).fetchone()
            pairs = tuple(related.split(" ")) if related else ()
            yield replace(_STEP.decode(record).event, title=title, related=pairs, state=state)


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
