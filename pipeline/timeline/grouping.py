"""Which tellings reviewers want in one event, and which apart: put on the groups that were found.

A decision ``join`` puts a telling into the event of another one (``with`` is that one's key), ``alone`` takes it out of
the event that it was found in. Of both on one telling the later counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.records import Telling
from pipeline.timeline.decisions import Decision, decide, standing_decisions, telling_key

ABOUT: Final = "group"


@dataclass(frozen=True, slots=True)
class Grouping:
    """Tellings by identifier: those taken out of the event that they were found in, and pairs that are of one event."""

    alone: frozenset[str] = frozenset()
    joined: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.alone or self.joined)


def group_decision(telling: Telling, decided: str, target: Telling | None, reviewer: str = "") -> Decision:
    """The decision that a telling is of the same event as ``target``, or of one of its own where that is None."""
    if target is None:
        return decide(telling, "alone", decided, {}, reviewer, about=ABOUT)
    return decide(telling, "join", decided, {"with": telling_key(target)}, reviewer, about=ABOUT)


def make_grouping(tellings: Iterable[Telling], decisions: Iterable[Decision]) -> tuple[Grouping, tuple[Decision, ...]]:
    """What the decisions ask for of these tellings, as they were found, and the decisions that found none of theirs."""
    wanted = standing_decisions(decisions, ABOUT)
    if not wanted:
        return Grouping(), ()
    places: dict[tuple[str, str, str, str], list[Telling]] = {}
    by_key: dict[str, Telling] = {}
    for telling in tellings:
        mention = telling.mention
        by_key.setdefault(telling_key(telling), telling)
        places.setdefault((telling.article_id, mention.quote, mention.type, mention.date), []).append(telling)
    alone: set[str] = set()
    joined: list[tuple[str, str]] = []
    missed: list[Decision] = []
    for key in sorted(wanted):
        each = wanted[key]
        own = places.get((each.article_id, each.quote, each.type, each.date), [])
        target = by_key.get(each.corrections.get("with", ""))
        if not own or (each.verdict == "join" and target is None):
            missed.append(each)
        elif target is None:
            alone |= {telling.evidence_id for telling in own}
        else:
            joined += [(telling.evidence_id, target.evidence_id) for telling in own]
    return Grouping(frozenset(alone), tuple(joined)), tuple(missed)


def regroup(groups: Sequence[Sequence[Telling]], grouping: Grouping) -> list[list[Telling]]:
    """The groups as reviewers want them; tellings keep the order of the groups, new groups stand behind."""
    kept: list[list[Telling]] = []
    split: list[list[Telling]] = []
    for group in groups:
        kept.append([telling for telling in group if telling.evidence_id not in grouping.alone])
        split += [[telling] for telling in group if telling.evidence_id in grouping.alone]
    found = [group for group in [*kept, *split] if group]
    place = {telling.evidence_id: i for i, group in enumerate(found) for telling in group}
    for one, other in grouping.joined:
        source, target = place.get(one), place.get(other)
        if source is None or target is None or source == target:
            continue
        for telling in found[source]:
            place[telling.evidence_id] = target
        found[target] += found[source]
        found[source] = []
    return [group for group in found if group]
