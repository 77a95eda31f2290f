"""Links between the events of the archive, and their states: what two events give is kept, and put together anew.

Whether one event answers another depends on the two alone; so does the stage of a policy that an event follows on the
events of that policy. Both are kept in the archive for all events, found only for those that have changed, and then
gone through in the order of telling, since what has been answered isn't answered again.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from types import SimpleNamespace
from typing import Any, Final

from pipeline.chronicle.events import Events
from pipeline.progress import Progress
from pipeline.timeline.answers import STAYS_OPEN, answer, can_answer, can_be_answered
from pipeline.timeline.chains import best_of_each, link_replacements
from pipeline.timeline.linking import Linking, put_decided
from pipeline.timeline.stages import previous_stage
from pipeline.timeline.states import DONE, PLEDGE_LASTS, event_state
from pipeline.timeline.steps import Step

Links = dict[str, dict[str, str]]
#: The events of so many policies are held at a time.
_POLICIES_HELD: Final = 64
#: Behind every identifier of an event.
_BEHIND: Final = "~"


class Linker:
    """Brings links and states of an archive's events up to date."""

    def __init__(self, events: Events) -> None:
        self.events = events
        self.connection = events.connection
        self._told_of = lru_cache(_POLICIES_HELD)(self._read_told_of)

    def link(self, linking: Linking, progress: Progress) -> None:
        """Find the links anew, as reviewers want them; ``events.changed`` gains those that have others."""
        decided = linking.of_events(self._events_of(linking.evidence_ids))
        linked = self._by_policy(self.events.stepped)
        progress.start("Linking events", len(linked))
        for event_id in linked:
            self._answer(event_id)
            progress.advance()
        self._told_of.cache_clear()
        for focus in sorted(self.events.foci - {""}):
            self._follow(focus)
        links: Links = defaultdict(dict)
        self._put_answers(links, decided)
        self._put_replacements(links)
        self._put_follows(links)
        put_decided(links, decided)
        self._keep(links)

    def _events_of(self, evidence_ids: Iterable[str]) -> dict[str, str]:
        """The events of tellings."""
        query = "SELECT evidence_id, event_id FROM _tellings WHERE evidence_id = ? AND event_id IS NOT NULL"
        return {key: value for each in evidence_ids for key, value in self.connection.execute(query, (each,))}

    # ----------------------------------------------------------------------- what two events give

    def _by_policy(self, event_ids: Iterable[str]) -> Collection[str]:
        """Those of the events that are about a policy: one after the other those that may answer each other."""
        rows = self.connection.execute(
            "SELECT event_id FROM _event_policies WHERE event_id IN (SELECT value FROM json_each(?))"
            " ORDER BY policy, told, event_id",
            (json.dumps(sorted(event_ids)),),
        )
        return dict.fromkeys(event_id for (event_id,) in rows)

    def _read_told_of(self, policy: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """The events of a policy by type and status: day of telling and identifier, in order."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        rows = self.connection.execute(
            "SELECT e.type, e.status, p.told, p.event_id FROM _event_policies p JOIN _events e USING (event_id)"
            " WHERE p.policy = ? ORDER BY p.told, p.event_id",
            (policy,),
        )
        for type_, status, *placed in rows:
            found[type_, status].append((placed[0], placed[1]))
        return found

    def _answer(self, event_id: str) -> None:
        step = self.events.step(event_id)
        told = date.fromisoformat(step.told)
        first, last = (told - STAYS_OPEN).isoformat(), (told + STAYS_OPEN).isoformat()
        mine = step.event.type, step.event.status
        earlier: set[str] = set()
        later: set[str] = set()
        is_open = can_be_answered(step.event.status)
        for policy in step.event.policies:
            for kind, placed in self._told_of(policy).items():
                if can_be_answered(kind[1]) and can_answer(mine, kind):
                    earlier |= _ids_of(placed[bisect_left(placed, (first,)) : bisect_left(placed, (step.told,))])
                if is_open and can_answer(kind, mine):
                    after, until = (step.told, _BEHIND), (last, _BEHIND)
                    later |= _ids_of(placed[bisect_left(placed, after) : bisect_left(placed, until)])
        found = [(event_id, each, *answer(step, self.events.step(each))) for each in earlier]
        found += [
            (each, event_id, *answer(self.events.step(each), step)) for each in later if each not in self.events.stepped
        ]
        self.connection.executemany(
            "INSERT OR REPLACE INTO _answers VALUES (?, ?, ?, ?)", [each for each in found if each[2]]
        )

    def _follow(self, focus: str) -> None:
        rows = self.connection.execute(
            "SELECT stage, event_id, told, date_earliest, date_latest, status FROM _events"
            " WHERE focus = ? AND stage <> '' ORDER BY told, date_earliest, event_id",
            (focus,),
        )
        own: Any = [(_Late(self.events, *facts), stage) for stage, *facts in rows.fetchall()]
        self.connection.execute("DELETE FROM _follows WHERE focus = ?", (focus,))
        self.connection.executemany(
            "INSERT INTO _follows VALUES (?, ?, ?)",
            [(focus, step.event.event_id, before.event.event_id) for step, before in previous_stage(own)],
        )

    # ----------------------------------------------------------------------- putting together

    def _put_answers(self, links: Links, decided: Mapping[tuple[str, str], str]) -> None:
        """Every event's links to the open ones told before it; what is settled is open no longer."""
        rows = self.connection.execute(
            "SELECT a.later, a.earlier, a.kind, a.weight, e.told FROM _answers a"
            " JOIN _events l ON l.event_id = a.later JOIN _events e ON e.event_id = a.earlier"
            " ORDER BY l.told, l.date_earliest, l.event_id, e.told, e.date_earliest, e.event_id"
        )
        settled: set[str] = set()
        later, found = "", list[tuple[str, float, Any]]()
        for each, earlier, kind, weight, told in chain(rows, [("", "", "", 0.0, "")]):
            if each != later and found:
                if len(found) > 1:  # of answers that are equally sure, that of the policy named first counts
                    names = self.events.step(later).event.policies
                    found.sort(key=lambda each: min(names.index(n) for n in each[2].event.policies if n in names))
                for chosen, _, other in best_of_each(found):
                    links[later][_id(other)] = chosen
                    if chosen in ("fulfils", "cancels", "delays"):
                        settled.add(_id(other))
                found = []
            later = each
            if earlier and earlier not in settled and (each, earlier) not in decided:
                found.append((kind, weight, _Late(self.events, earlier, told)))

    def _put_replacements(self, links: Links) -> None:
        wanted = "SELECT old FROM _events WHERE old IS NOT NULL UNION SELECT new FROM _events WHERE old IS NOT NULL"
        rows = self.connection.execute(
            "SELECT event_id, told, date_earliest, date_latest, type, status, focus, old, new FROM _events"
            f" WHERE old IS NOT NULL OR focus IN ({wanted}) ORDER BY told, date_earliest, event_id"
        )
        steps = [
            SimpleNamespace(
                event=SimpleNamespace(
                    event_id=event_id, date_earliest=earliest, date_latest=latest, type=type_, status=status
                ),
                told=told, focus=focus, old=old, new=new,
            )
            for event_id, told, earliest, latest, type_, status, focus, old, new in rows
        ]  # fmt: skip
        link_replacements(steps, links)  # type: ignore[arg-type]

    def _put_follows(self, links: Links) -> None:
        for later, earlier in self.connection.execute("SELECT later, earlier FROM _follows"):
            said = links.get(later, {})
            if "fulfils" not in said.values() and earlier not in said:
                links[later][earlier] = "follows"

    def _keep(self, links: Mapping[str, Mapping[str, str]]) -> None:
        """Keep the links that are not what they were; whoever has a link, or is linked to, may have another state."""
        wanted = {
            event_id: " ".join(sorted(f"{kind}:{target}" for target, kind in own.items()))
            for event_id, own in links.items()
            if own
        }
        before = dict(self.connection.execute("SELECT event_id, related FROM _events WHERE related <> ''"))
        self.retargeted = set(self.events.retargeted)
        for event_id in before.keys() | wanted.keys():
            old, new = before.get(event_id, ""), wanted.get(event_id, "")
            if old != new:
                self.connection.execute("UPDATE _events SET related = ? WHERE event_id = ?", (new, event_id))
                self.events.changed.add(event_id)
                pairs = set(old.split()) ^ set(new.split())
                self.retargeted |= {pair.partition(":")[2] for pair in pairs}
        self.answers: dict[str, list[str]] = defaultdict(list)
        rows = self.connection.execute("SELECT event_id FROM _events WHERE related <> '' AND status IN (?, ?)", DONE)
        done = {event_id for (event_id,) in rows}
        for event_id, own in wanted.items():
            for pair in own.split():
                kind, _, target = pair.partition(":")
                if kind != "follows" or event_id in done:
                    self.answers[target].append(kind)

    # ----------------------------------------------------------------------- states

    def _ids(self, query: str, *values: str) -> set[str]:
        return {event_id for (event_id,) in self.connection.execute(query, values)}

    def set_states(self, before: str, newest: str) -> None:
        """Bring the states in line with the links and the day; ``before`` is the day that they were made for."""
        if not newest:
            return
        ids = self.events.stepped | self.retargeted
        if before != newest:
            first, last = sorted((before or newest, newest))
            ids |= self._ids("SELECT event_id FROM _events WHERE date_latest BETWEEN ? AND ?", first, last)
            stale = [(date.fromisoformat(day) - PLEDGE_LASTS).isoformat() for day in (first, last)]
            ids |= self._ids(
                "SELECT event_id FROM timeline WHERE substr(last_published, 1, 10) BETWEEN ? AND ?", *stale
            )
            ids |= self._ids("SELECT event_id FROM _events WHERE date_latest BETWEEN ? AND ?", *stale)
        as_of = date.fromisoformat(newest)
        query = "SELECT state, told, date_earliest, date_latest, status FROM _events WHERE event_id = ?"
        for event_id in sorted(ids):
            row = self.connection.execute(query, (event_id,)).fetchone()
            if row is None:
                continue
            was, *facts = row
            event: Any = _Late(self.events, event_id, *facts).event  # of most the status says all
            state = event_state(event, self.answers.get(event_id, ()), as_of)
            if state != was:
                self.connection.execute("UPDATE _events SET state = ? WHERE event_id = ?", (state, event_id))
                self.events.changed.add(event_id)


def _ids_of(placed: Iterable[tuple[str, str]]) -> set[str]:
    return {event_id for _, event_id in placed}


def _id(step: Step) -> str:
    """The identifier of an event, without reading the rest of it."""
    return step.event_id if isinstance(step, _Late) else step.event.event_id


class _Late:
    """A step of which only some facts are known until more is asked."""

    def __init__(
        self, events: Events, event_id: str, told: str, earliest: str = "", latest: str = "", status: str = ""
    ) -> None:
        self._events = events
        self.event_id = event_id
        self.told = told
        self.event = _LateEvent(events, event_id)
        if earliest:
            self.event.date_earliest, self.event.date_latest, self.event.status = earliest, latest, status

    def __getattr__(self, name: str) -> Any:
        return getattr(self._events.step(self.event_id), name)


class _LateEvent:
    """The event of such a step."""

    date_earliest: str
    date_latest: str
    status: str

    def __init__(self, events: Events, event_id: str) -> None:
        self._events = events
        self.event_id = event_id

    def __getattr__(self, name: str) -> Any:
        return getattr(self._events.step(self.event_id).event, name)
