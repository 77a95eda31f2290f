"""The timeline of an archive, kept up to date: a run costs what is new, and gives what a build of everything would.

    tellings that come and go ─▶ groups that were touched ─▶ their events ─▶ links, states ─▶ rows that have changed

Everything that merging and linking ask is kept in the archive: tellings with their keys and groups (``tellings``),
events as steps (``events``), what each two events give (``links``). All of it is made anew where the code that makes it
has changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Final

from pipeline.chronicle.events import Events
from pipeline.chronicle.links import Linker
from pipeline.chronicle.preparing import FACTS, Made, content_of, make_all, shelve_all
from pipeline.chronicle.tellings import Tellings
from pipeline.crew import Ahead, Crew
from pipeline.lists import batched
from pipeline.progress import QUIET, Progress
from pipeline.records import PolicyEvent, Telling
from pipeline.store.archive import Archive
from pipeline.timeline.grouping import Grouping, regroup
from pipeline.timeline.joining import join_again
from pipeline.timeline.linking import Linking
from pipeline.timeline.merge import in_order

#: A telling that is joined to what stands takes so many times as long as one that is joined with all others.
MANY: Final = 20
#: Tellings made ready, and groups made events, by one process at a time.
_SHELVED_TOGETHER: Final = 200
_MADE_TOGETHER: Final = 100
_CODE: Final = "timeline made by"
_ACRONYMS: Final = "acronyms"
_GROUPING: Final = "grouping"
_DAY: Final = "timeline day"


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed: events whose row is another one, those that are gone, and which event tellings are of.

    The events are read one by one as they are asked for, once.
    """

    events: Iterable[PolicyEvent]
    gone: frozenset[str]
    told: Mapping[str, str]


class Chronicle:
    """The timeline of an open archive; every method works inside of a transaction."""

    def __init__(
        self,
        archive: Archive,
        code: str,
        crew: Crew | None = None,
        many: int = MANY,
        progress: Progress = QUIET,
    ) -> None:
        """``many``: where one in so many tellings is new or gone, all are put into groups anew."""
        self.archive = archive
        self._many = many
        self._progress = progress
        self.crew = crew or Crew()
        self.tellings = Tellings(archive)
        self.events = Events(archive)
        #: Whether all tellings are to be put in anew: other code made what is there.
        self.is_void = archive.fact(_CODE) != code
        if self.is_void:
            self.tellings.clear()
            self.events.clear()
            for name in (_ACRONYMS, _GROUPING, _DAY):
                archive.set_fact(name, "")
            archive.set_fact(_CODE, code)
        self._new = Ahead(self.crew, shelve_all, _SHELVED_TOGETHER)
        self._shelved: list[int] = []
        self._gone: list[int] = []
        self._touched: set[int] = set()
        self._before: set[str] = set()

    # ----------------------------------------------------------------------- in

    def put_article(self, article_id: str, tellings: Iterable[Telling]) -> None:
        """Replace what an article tells."""
        before = self.tellings.of_article(article_id)
        for telling in tellings:
            _, content = before.get(telling.evidence_id, (0, b""))
            if content == content_of(telling):
                del before[telling.evidence_id]
            else:
                self._new.add(telling)
        self._gone += [number for number, _ in before.values()]
        self._shelved += self.tellings.put(self._new.ready())

    def _join(self) -> None:
        """Have everyone in the group that they are in where all are grouped at once."""
        new = [*self._shelved, *self.tellings.put(self._new.rest())]
        self.tellings.keep_keys()
        if self._many * (len(new) + len(self._gone)) > len(self.tellings):
            self._touched |= self.tellings.homes_of_numbers(self._gone)
            self._before |= self.tellings.drop(self._gone)
            self._progress.start("Joining tellings", len(self.tellings))
            self._touched |= self.tellings.group_all(self._progress)
        else:
            self._touched |= join_again(self.tellings, new, self._gone)
            self._before |= self.tellings.drop(self._gone)
        self._shelved, self._gone = [], []
        self.tellings.forget_cached()

    # ----------------------------------------------------------------------- out

    def bring_up_to_date(self, grouping: Grouping, newest: str, linking: Linking | None = None) -> Change:
        """Make events of what was put in, and link them; ``newest`` is the day of the newest article with a telling.

        ``grouping`` and ``linking`` are what reviewers want in one event, and linked.
        """
        self._join()
        acronyms = self._learn(self.tellings.acronyms())
        told = self._make_events(grouping, acronyms)
        self.events.entitle(acronyms, self._progress)
        linker = Linker(self.events)
        linker.link(linking or Linking(), self._progress)
        linker.set_states(self.archive.fact(_DAY) or "", newest)
        self.archive.set_fact(_DAY, newest)
        self.events.forget_cached()
        changed = self.events.changed - self.events.gone
        return Change(self.events.whole(changed), frozenset(self.events.gone), told)

    def _learn(self, acronyms: dict[str, str]) -> dict[str, str]:
        """The acronyms; the groups of events that they give another title are touched."""
        before = dict(json.loads(self.archive.fact(_ACRONYMS) or "{}"))
        other = {name for name in before.keys() | acronyms.keys() if before.get(name) != acronyms.get(name)}
        if other:
            written = {each.get(name, "") for each in (before, acronyms) for name in other} - {""}
            naming = self.events.naming(other, written)
            self.events.renamed |= naming
            self._touched |= self.tellings.homes_of_events(naming)
            self.archive.set_fact(_ACRONYMS, json.dumps(acronyms, sort_keys=True))
        return acronyms

    def _make_events(self, grouping: Grouping, acronyms: Mapping[str, str]) -> dict[str, str]:
        """Make the events of all groups that were touched: the event of each of their tellings."""
        asked = self.tellings.homes_of(grouping.alone | {each for pair in grouping.joined for each in pair})
        homes = self._touched | self._regrouped(grouping) | asked
        while True:  # an event of groups that were joined takes all of them along
            before = self._before | self.tellings.events_of(homes)
            more = self.tellings.homes_of_events(before)
            if more <= homes:
                break
            homes |= more
        self._progress.start("Making events", len(homes))
        groups = (self.tellings.group(home) for home in sorted(homes - asked))
        joined = self._joined([self.tellings.group(home) for home in asked & homes], grouping)
        told: dict[str, str] = {}
        self.events.bring(before, self._made(chain(groups, joined), acronyms, told))
        return told

    def _regrouped(self, grouping: Grouping) -> set[int]:
        """The groups that reviewers want otherwise than they did."""
        wanted = json.dumps([sorted(grouping.alone), grouping.joined])
        before = self.archive.fact(_GROUPING) or "[[], []]"
        if wanted == before:
            return set()
        self.archive.set_fact(_GROUPING, wanted)
        asked = [json.loads(before), json.loads(wanted)]
        names = {each for alone, joined in asked for each in (*alone, *(name for pair in joined for name in pair))}
        return self.tellings.homes_of(names)

    def _joined(self, groups: Iterable[Sequence[bytes]], grouping: Grouping) -> Iterator[list[bytes]]:
        """The groups that reviewers said something of, as they want them."""
        told = [[(FACTS.decode(record).telling, record) for record in group] for group in groups]
        records = {telling.evidence_id: record for group in told for telling, record in group}
        by_first = {own[0].evidence_id: own for own in (in_order(telling for telling, _ in group) for group in told)}
        ordered = [by_first[first.evidence_id] for first in in_order(own[0] for own in by_first.values())]
        for group in regroup(ordered, grouping):
            yield [records[telling.evidence_id] for telling in group]

    def _made(
        self, groups: Iterable[Sequence[bytes]], acronyms: Mapping[str, str], told: dict[str, str]
    ) -> Iterator[Made]:
        """The events of groups; ``told`` takes the event of each telling."""
        parts = batched((group for group in groups if group), _MADE_TOGETHER)
        for made in chain.from_iterable(self.crew.each(partial(make_all, acronyms), parts)):
            self.tellings.tell(made.event_id, made.evidence_ids)
            told |= dict.fromkeys(made.evidence_ids, made.event_id)
            yield made
            self._progress.advance()
