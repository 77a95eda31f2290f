"""The life of a policy in stages: proposed, consulted on, started, tested, completed, ended, renewed.

A stage follows the nearest one before it that it can come after. The table says which can; what is in neither column
has no stage, so a remark or a statistic about a policy is no step in its life.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.timeline.chains import Step

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
    "enrolment": ("enrolment",),
    "report": ("finish", "start"),
}
#: Days within which one stage can be said to follow another.
_WITHIN: Final = {"renewal": 400, "grant": 400, "enrolment": 550}
_ANY_TIME: Final = 3660


def previous_stage(own: Sequence[Step]) -> Iterator[tuple[Step, Step]]:
    """Pairs of a step and the one that it follows, of one policy's steps; a step follows one at most."""
    staged = sorted(
        ((step, stage) for step in own if (stage := stage_of(step))),
        key=lambda pair: (pair[0].event.date_earliest, pair[0].event.date_latest, pair[0].event.event_id),
    )
    for place, (step, stage) in enumerate(staged):
        for before, other in reversed(staged[:place]):
            if other in _AFTER[stage] and _comes_after(step, before, _WITHIN.get(stage, _ANY_TIME)):
                yield step, before
                break


def _comes_after(step: Step, before: Step, within: int) -> bool:
    """Whether the days are in order; the same vague date will do."""
    x, y = step.event, before.event
    gap = date.fromisoformat(x.date_earliest).toordinal() - date.fromisoformat(y.date_latest).toordinal()
    is_one_date = x.date == y.date and x.precision != "day"
    return (0 <= gap <= within or is_one_date) and x.quote != y.quote and not (y.status == "cancelled")


def stage_of(step: Step) -> str:
    """The stage that a step is in its policy's life; empty where it is none."""
    event, acts, phases = step.event, step.acts, step.phases
    is_done = event.status in ("happened", "ongoing")
    if event.status == "cancelled":
        return ""
    if event.type == "rejection":
        return "rejection"
    if event.type == "ending":
        if "unfund" in acts:
            return "unfunded"
        return "finish" if "test" in phases else "end"
    if event.type == "consultation":
        return "consultation" if is_done else "closing" if event.date_basis == "explicit" else ""
    if "enrol" in acts and event.type in ("implementation", "announcement"):
        return "enrolment"
    if event.type == "funding":
        return "renewal" if is_done and step.answers & {"extend", "confirm"} else "grant" if is_done else ""
    if "finish" in phases and event.type in ("meeting", "implementation"):
        return "finish"
    if "report" in acts and event.status == "planned":
        return "report"
    if event.type == "proposal":
        return "proposal"
    if event.type in ("implementation", "appointment") and "test" in phases:
        return "test"
    if event.type == "implementation" and acts & {"found", "force"} and event.date_basis != "publication":
        return "start"
    return "start" if event.type == "implementation" and is_done and acts & {"found", "force"} else ""
