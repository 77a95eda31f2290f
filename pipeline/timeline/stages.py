"""The life of a policy in stages: proposed, consulted on, started, tested, completed, ended, renewed.

A stage follows the nearest one before it that it can come after. The table says which can; what is in neither column
has no stage, so a remark or a statistic about a policy is no step in its life.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import own_clause
from pipeline.timeline.wording import fold, name_pattern

if TYPE_CHECKING:
    from pipeline.timeline.steps import Step

#: Stage: the stages that it can follow.
_AFTER: Final = {
    "proposal": (),
    "consultation": ("proposal",),
    "closing": ("consultation",),
    "rejection": ("proposal", "consultation"),
    "start": ("consultation", "proposal", "closing"),
    "test": ("start", "proposal"),
    "finish": ("start", "test"),
    "end": ("start", "test", "grant"),
    "unfunded": ("grant", "test", "start"),
    "grant": ("unfunded",),
    "renewal": ("end", "unfunded"),
    "enrolment": ("enrolment", "unfunded"),
    "report": ("finish", "start"),
}
#: Days within which one stage can be said to follow another.
_WITHIN: Final = {"renewal": 400, "grant": 400, "enrolment": 550}
#: Money is over some years after it was given: what ends later is the end of something else.
_GRANT_LASTS: Final = 1100
#: Days by which "the past three years" may reach beyond the day on which something ended.
_ROUNDED: Final = 3
_ANY_TIME: Final = 3660
_LIKE: Final = 0.35


def previous_stage(own: Iterable[tuple[Step, str]]) -> Iterator[tuple[Step, Step]]:
    """Pairs of a step and the one that it follows, of one policy's steps, given with their stages.

    A step follows one at most, and of several of one stage that could follow it only the first does, done ones first.
    """
    staged = sorted(
        own, key=lambda pair: (pair[0].event.date_earliest, pair[0].event.date_latest, pair[0].event.event_id)
    )
    of_stage: dict[str, list[Step]] = defaultdict(list)
    for step, stage in sorted(staged, key=lambda pair: _last_day(pair[0]), reverse=True):
        of_stage[stage].append(step)
    chosen: dict[tuple[str, str], tuple[Step, Step]] = {}
    for step, stage in staged:
        before = _nearest(step, stage, of_stage)
        if before is None:
            continue
        key = (before.event.event_id, stage)
        if key not in chosen or (_is_done(step.event) and not _is_done(chosen[key][0].event)):
            chosen[key] = (step, before)
    yield from chosen.values()


def _last_day(step: Step) -> tuple[str, str]:
    return step.event.date_latest, step.event.event_id


def _nearest(step: Step, stage: str, of_stage: Mapping[str, Sequence[Step]]) -> Step | None:
    """The latest step before this one that its stage can follow; the steps of each stage are given latest first."""
    found = []
    for other in _AFTER[stage]:
        steps = (
            before
            for before in of_stage.get(other, ())
            if _comes_after(step, stage, before, other) and _fits(step, stage, before)
        )
        found += [before for before in (next(steps, None),) if before is not None]
    return max(found, key=_last_day, default=None)


def _comes_after(step: Step, stage: str, before: Step, other: str) -> bool:
    """Whether the days are in order; the same vague date will do where the order of the stages is plain."""
    x, y = step.event, before.event
    if x.event_id == y.event_id or y.status == "cancelled":
        return False
    if not _is_done(x) and y.date_earliest > step.told:
        return False  # a plan can't follow what came after it was made
    gap = date.fromisoformat(x.date_earliest).toordinal() - date.fromisoformat(y.date_latest).toordinal()
    longest = _GRANT_LASTS if stage == "end" and other == "grant" else _WITHIN.get(stage, _ANY_TIME)
    if 0 <= gap <= longest:
        return True
    if -_ROUNDED <= gap < 0 and y.date_earliest < x.date_earliest and y.precision in ("interval", "financial_year"):
        return True
    if x.date_earliest != y.date_earliest or x.date != y.date or x.precision == "day":
        return False
    return stage not in _AFTER[other] or not _fits(before, other, step)


def _fits(step: Step, stage: str, before: Step) -> bool:
    """What a stage asks beyond its place: a rejection is of a like proposal, money stops that one has given."""
    if stage == "rejection":
        return step.likeness(before) >= _LIKE
    if stage == "unfunded" and not share_bodies(step.event, before.event):
        return False
    if stage in ("end", "unfunded"):  # what never came about is dropped, not ended
        return _is_done(before.event) or not _is_done(step.event)
    return True


def share_bodies(x: PolicyEvent, y: PolicyEvent) -> bool:
    """Whether the same body acts, as far as both events say who does."""
    return not x.organisations or not y.organisations or not set(x.organisations).isdisjoint(y.organisations)


def _is_done(event: PolicyEvent) -> bool:
    return event.status in ("happened", "ongoing")


def stage_of(step: Step) -> str:
    """The stage that a step is in its policy's life; empty where it is none."""
    event = step.event
    if event.status == "cancelled":
        return ""
    if event.type in ("rejection", "proposal"):
        return "report" if "report" in step.acts and event.status == "planned" else event.type
    if event.type == "ending":
        return "unfunded" if "unfund" in step.acts else "finish" if "test" in step.phases else "end"
    if event.type == "consultation":
        return "consultation" if _is_done(event) else "closing" if event.date_basis == "explicit" else ""
    if event.type == "funding":
        is_renewed = bool(step.answers & {"extend", "confirm"})
        is_settled = _is_done(event) or (is_renewed and event.status == "planned")
        if not is_settled or not _is_of_policy(event):
            return ""
        return "renewal" if is_renewed else "grant"
    return _stage_of_doing(step)


def _is_of_policy(event: PolicyEvent) -> bool:
    """Whether money is said to be the policy's: by a sum, or by the policy's name in the event's own clause."""
    start, end = own_clause(event)
    clause = fold(event.quote[start:end])
    return event.amount is not None or any(name_pattern(name).search(clause) for name in event.policies)


def _stage_of_doing(step: Step) -> str:
    """The stage of what is done with a policy: enrolment, completion, a report, a test or the start."""
    event, acts = step.event, step.acts
    if "enrol" in acts and event.type in ("implementation", "announcement"):
        return "enrolment"
    if "finish" in step.phases and event.type in ("meeting", "implementation"):
        return "finish"
    if "report" in acts and event.status == "planned":
        return "report"
    if "test" in step.phases and event.type in ("implementation", "appointment"):
        return "test"
    has_day = event.date_basis != "publication" or _is_done(event)
    is_start = bool(acts & {"found", "force"}) or (
        step.old is not None and event.status in ("planned", "conditional", "proposed")
    )
    return "start" if event.type == "implementation" and is_start and has_day else ""
