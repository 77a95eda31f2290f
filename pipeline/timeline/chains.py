"""What became of things: links from an event to the earlier ones that it answers or comes after.

Found by type, status, dates, wording and cue words, never by name. Events are taken in the order in which they were
told. Each looks back at the open ones (planned, proposed, conditional) that were told of its policies within five
years, and answers those that it can:

    fulfils     what was planned is done
    cancels     what was planned is dropped, turned down or replaced by something else
    delays      what was planned for a day is planned for a later one
    confirms    what was planned or proposed will indeed be done
    supersedes  another policy, or a new version, takes the place of the one planned or in force
    follows     the next step in the life of a policy: consulted on what was proposed, ended what was begun

Precision comes first: an event that has been answered is not answered again, and of several that could be answered
alike by wording only the likest is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.records import EventMention, PolicyEvent
from pipeline.timeline.answers import OPEN, STAYS_OPEN, answer
from pipeline.timeline.cuewords import COMMON_ACTS
from pipeline.timeline.linking import Linking, put_decided
from pipeline.timeline.stages import previous_stage, stage_of
from pipeline.timeline.steps import Step, make_step


def link_events(
    events: Iterable[PolicyEvent],
    mentions: Mapping[str, EventMention] | None = None,
    linking: Linking | None = None,
) -> list[PolicyEvent]:
    """The events, each with ``related`` links to earlier ones; sorted by identifier.

    ``mentions`` gives each telling by its identifier; without it only the events' own quotes are compared. ``linking``
    is what reviewers want linked, or not.
    """
    events = list(events)
    event_of = {each: event.event_id for event in events for each in event.evidence_ids}
    decided = linking.of_events(event_of) if linking else {}
    steps = sorted((make_step(event, mentions or {}) for event in events), key=_by_telling)
    links: dict[str, dict[str, str]] = defaultdict(dict)
    _link_answers(steps, links, decided)
    link_replacements(steps, links)
    _link_stages(steps, links)
    put_decided(links, decided)
    linked = (replace(step.event, related=_pairs(links[step.event.event_id])) for step in steps)
    return sorted(linked, key=lambda event: event.event_id)


def _by_telling(step: Step) -> tuple[str, str, str]:
    return step.told, step.event.date_earliest, step.event.event_id


def _pairs(links: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(f"{kind}:{target}" for target, kind in links.items()))


# --------------------------------------------------------------------------- answers to what is open


def _link_answers(
    steps: Sequence[Step], links: dict[str, dict[str, str]], decided: Mapping[tuple[str, str], str]
) -> None:
    """Every step's links to the open ones told before it; what is settled is open no longer.

    Pairs that reviewers decided on settle nothing here.
    """
    still_open: dict[str, list[Step]] = defaultdict(list)
    settled: set[str] = set()
    for step in steps:
        first = (date.fromisoformat(step.told) - STAYS_OPEN).isoformat()
        earlier = {
            other.event.event_id: other
            for name in step.event.policies
            for other in still_open[name]
            if other.told >= first
            and other.event.event_id not in settled
            and (step.event.event_id, other.event.event_id) not in decided
        }
        found = [(kind, weight, other) for other in earlier.values() for kind, weight in [answer(step, other)] if kind]
        for kind, _, other in best_of_each(found):
            links[step.event.event_id][other.event.event_id] = kind
            if kind in ("fulfils", "cancels", "delays"):
                settled.add(other.event.event_id)
        if step.event.status in OPEN or step.event.status == "cancelled":
            for name in step.event.policies:
                still_open[name].append(step)


def best_of_each(
    found: list[tuple[str, float, Step]],
) -> list[tuple[str, float, Step]]:
    """Of every kind the surest answer; whatever is cancelled is cancelled together."""
    best: dict[str, tuple[str, float, Step]] = {}
    kept = [each for each in found if each[0] == "cancels"]
    for kind, weight, other in found:
        if kind != "cancels" and (kind not in best or (weight, other.told) > (best[kind][1], best[kind][2].told)):
            best[kind] = (kind, weight, other)
    if "fulfils" in best:
        done = best["fulfils"][2]
        kept += [each for each in found if each[0] == "fulfils" and each[2] is not done and _is_repeated(each[2], done)]
    return [*kept, *best.values()]


def _is_repeated(step: Step, other: Step) -> bool:
    """Whether one article promises the same act of the same policy twice: what fulfils one fulfils both."""
    x, y = step.event, other.event
    is_one_act = bool((step.acts & other.acts) - COMMON_ACTS)
    return is_one_act and (x.article_id, x.type, set(x.policies)) == (
        y.article_id,
        y.type,
        set(y.policies),
    )


# --------------------------------------------------------------------------- one in the place of another


def link_replacements(steps: Sequence[Step], links: dict[str, dict[str, str]]) -> None:
    """The new policy's first plan supersedes what was planned for the old one before."""
    by_focus: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_focus[step.focus].append(step)
    for step in steps:
        if step.old is None:
            continue
        if step.new is None or step.new == step.old:
            _link_version(step, by_focus[step.old], links)
            continue
        starters = [each for each in by_focus[step.new] if each.told <= step.told and _is_plan(each.event)]
        if not starters:
            continue
        starter = min(
            starters,
            key=lambda each: (
                each.told,
                each.event.type != "proposal",
                each.event.event_id,
            ),
        )
        for other in by_focus[step.old]:
            is_open = _is_plan(other.event) and other.event.status in OPEN
            if is_open and other.told < starter.told and other.old is None:
                links[starter.event.event_id].setdefault(other.event.event_id, "supersedes")


def _is_plan(event: PolicyEvent) -> bool:
    return event.type in ("proposal", "implementation", "announcement", "legislation") and event.status != "cancelled"


def _link_version(step: Step, own: Sequence[Step], links: dict[str, dict[str, str]]) -> None:
    """A new version of a policy supersedes the one that came out before, and only that."""
    if step.event.type != "publication":
        return
    before = [
        each
        for each in own
        if each.event.type == "publication"
        and each.event.date_latest < step.event.date_earliest
        and each.told <= step.told
    ]
    if before:
        last = max(before, key=lambda each: (each.event.date_latest, each.event.event_id))
        links[step.event.event_id].setdefault(last.event.event_id, "supersedes")


# --------------------------------------------------------------------------- the life of a policy


def _link_stages(steps: Sequence[Step], links: dict[str, dict[str, str]]) -> None:
    """Every stage in a policy's life follows the one before it, where no other link says more."""
    by_focus: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        if step.focus:
            by_focus[step.focus].append(step)
    for own in by_focus.values():
        for step, before in previous_stage((step, stage) for step in own if (stage := stage_of(step))):
            said = set(links[step.event.event_id].values())
            if "fulfils" not in said and before.event.event_id not in links[step.event.event_id]:
                links[step.event.event_id][before.event.event_id] = "follows"
