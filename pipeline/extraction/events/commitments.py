"""Undated statements that are events by what they do: decided, pledged, ruled out, under way; else description.

Of sentences without a date few tell an event. Those that do have an actor with a say, a verb of doing or undertaking
in a tense that ties it to the day of publication, and stand in the reporter's own words.
"""

from __future__ import annotations

from typing import Final

from pipeline.extraction.events.actors import BODY, COUNCILS, NOBODY, OFFICIAL, PERSON, POLICY
from pipeline.extraction.events.candidates import Candidate
from pipeline.extraction.events.cues import FINDING, OTHER
from pipeline.extraction.events.readings import CARRIERS, is_subordinate
from pipeline.extraction.events.types import SOURCES
from pipeline.extraction.events.words import is_inside_quotes

_HEDGES: Final = frozenset({"if", "whether", "how", "when", "why", "unless"})
_BACKWARD: Final = frozenset(
    ["previously", "repeatedly", "historically", "longstanding", "traditionally", "typically", "often"]
)
_UNDERTAKING: Final = frozenset({"pledge", "promise", "vow", "commit", "plan", "agree", "prepare"})
_LEAD: Final = 3


def find_commitment(candidate: Candidate, actor: str) -> str | None:
    """The name of the ground on which an undated main statement is an event; ``None`` where there is none."""
    if not candidate.is_main or candidate.placed or candidate.is_listed or candidate.trigger.group is None:
        return None
    if not _is_plain(candidate):
        return None
    trigger = candidate.trigger
    is_lead = candidate.reading.passage.kind == "body" and candidate.reading.passage.rank < _LEAD
    has_say = actor in {OFFICIAL, BODY, PERSON}
    is_finding = trigger.type == FINDING or (trigger.base in {"reveal"} and candidate.type == "publication")
    if is_finding or (candidate.type == "publication" and trigger.base == "report"):
        return "findings" if is_lead and _is_outright(candidate) else None
    if candidate.type == "rejection" and has_say:
        return "refused"
    if trigger.mood == "perfect" and trigger.is_strong and (has_say or is_lead or actor == NOBODY):
        return "done"
    return _forward(candidate, actor, has_say, is_lead)


def _is_outright(candidate: Candidate) -> bool:
    """Whether what was found is the sentence's news: "…, figures have shown", "found the survey"."""
    trigger, lows = candidate.trigger, candidate.reading.passage.words.lows
    if trigger.mood == "perfect" or (trigger.group is not None and trigger.group.is_passive):
        return True
    return not SOURCES.isdisjoint(lows[trigger.last : trigger.last + 4])


def _forward(candidate: Candidate, actor: str, has_say: bool, is_lead: bool) -> str | None:
    """Grounds that lie in what is to come or under way."""
    trigger, outer = candidate.trigger, candidate.outer
    names_policy = bool(candidate.reading.passage.policies)
    if has_say and _is_undertaken(candidate):
        return "pledged"
    if trigger.mood in {"would", "will"} and outer is not None and has_say and (trigger.is_strong or names_policy):
        return "said"
    if trigger.mood == "will" and trigger.is_strong and (has_say or (names_policy and actor != COUNCILS)):
        return "will"
    if trigger.mood == "proposed" and (has_say or is_lead) and candidate.type == "proposal":
        return "sought"
    if trigger.mood == "progressive" and trigger.group is not None and not trigger.group.is_past:
        if trigger.group.has_ceased or (trigger.group.is_passive and (names_policy or is_lead)):
            return "under way"
        if trigger.is_strong and trigger.type != OTHER and (names_policy or is_lead) and actor != COUNCILS:
            return "under way"
    if is_lead and trigger.mood == "planned" and actor != POLICY:
        return "to come"
    if candidate.reading.passage.rank == 0 and trigger.mood == "will" and trigger.is_strong:
        return "to come"  # the story's first sentence
    return None


def _is_undertaken(candidate: Candidate) -> bool:
    """Whether somebody pledges, plans or has agreed to do it."""
    trigger = candidate.trigger
    if trigger.base in {"pledge", "promise", "vow"}:
        return True
    group = trigger.group
    if group is None or group.governor is None or trigger.mood != "planned":
        return False
    outer = candidate.outer
    return outer is not None and outer.base in CARRIERS & _UNDERTAKING and outer.first <= group.governor < outer.last


def _is_plain(candidate: Candidate) -> bool:
    """Whether it is said in the reporter's words, outright, and not of the past."""
    passage, trigger = candidate.reading.passage, candidate.trigger
    lows = passage.words.lows
    if passage.opens_quoted or is_inside_quotes(lows, trigger.first) or passage.text.rstrip("”’").endswith("?"):
        return False
    if any(each.type == "opinion" and each.position < trigger.position for each in candidate.reading.triggers):
        return False
    before = lows[max(0, trigger.first - 5) : trigger.first]
    if not _HEDGES.isdisjoint(before) or is_subordinate(trigger, lows):
        return False
    return _BACKWARD.isdisjoint(lows[: trigger.position])
