"""What became of things: links from an event to the earlier ones that it answers or comes after.

Found by type, status, dates, wording and cue words, never by name. Events are taken in the order in which they were
told. Each looks back at the open ones (planned, proposed, conditional) of its policies and answers those that it can:

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
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from pipeline.records import EventMention, PolicyEvent, unique
from pipeline.timeline.cuewords import COMMON_ACTS
from pipeline.timeline.facts import clause_key, own_cues
from pipeline.timeline.memo import Memo
from pipeline.timeline.replacing import find_replacement
from pipeline.timeline.stages import previous_stage, share_bodies
from pipeline.timeline.wording import content_words, share, without_names

_OPEN: Final = ("planned", "proposed", "conditional")
_DONE: Final = ("happened", "ongoing")
#: Open events of a policy that a later one looks back at: the latest so many.
_LOOK_BACK: Final = 400
#: Tellings of an event whose wording is looked at.
_COMPARED: Final = 6
#: Wording that two events must share: of one act, of one type, of types that can answer each other.
_ONE_ACT: Final = 0.15
_ONE_TYPE: Final = 0.4
_OTHER_TYPE: Final = 0.45
_CONFIRMED: Final = 0.2
_REJECTED: Final = 0.25
#: A plan whose day is past by more days than this is not confirmed any more.
_STALE: Final = 120
#: Nor is it dropped: whatever became of it, it was no plan any more.
_LONG_PAST: Final = 366

#: What can be done of what was promised as something else.
_DONE_AS: Final = {
    "announcement": (
        "implementation",
        "legislation",
        "funding",
        "consultation",
        "publication",
        "appointment",
    ),
    "proposal": ("implementation", "legislation"),
    "legislation": ("implementation",),
    "funding": ("implementation",),
    "implementation": ("funding", "legislation", "appointment"),
}
_ENDS: Final = ("ending", "rejection")
_CAN_BE_DROPPED: Final = (
    "implementation",
    "proposal",
    "announcement",
    "legislation",
    "funding",
    "consultation",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One event with what linking looks at.

    ``told`` is the day of its first telling (ISO). ``wordings`` are the content words of its tellings, the quoted one
    first. ``foci`` are the policies that a telling names first, ``new``
    and ``old`` the policies of a replacement.
    """

    event: PolicyEvent
    told: str
    wordings: tuple[frozenset[str], ...]
    acts: frozenset[str]
    phases: frozenset[str]
    answers: frozenset[str]
    documents: frozenset[str]
    foci: frozenset[str]
    new: str | None
    old: str | None

    def likeness(self, other: Step) -> float:
        """Words that the likest two tellings share, 0 to 1."""
        return max(share(x, y) for x in self.wordings for y in other.wordings)

    @property
    def focus(self) -> str:
        """The policy that the event is about first; of a replacement, the old one where the event ends it."""
        if self.old and self.event.type in ("ending", "rejection"):
            return self.old
        if self.new:
            return self.new
        return self.event.policies[0] if self.event.policies else ""


def link_events(
    events: Iterable[PolicyEvent], mentions: Mapping[str, EventMention] | None = None, memo: Memo | None = None
) -> list[PolicyEvent]:
    """The events, each with ``related`` links to earlier ones; sorted by identifier.

    ``mentions`` gives each telling by its identifier; without it only the events' own quotes are compared.
    """
    steps = sorted((make_step(event, mentions or {}, memo) for event in events), key=_by_telling)
    links: dict[str, dict[str, str]] = defaultdict(dict)
    _link_answers(steps, links)
    _link_replacements(steps, links)
    _link_stages(steps, links)
    linked = (replace(step.event, related=_pairs(links[step.event.event_id])) for step in steps)
    return sorted(linked, key=lambda event: event.event_id)


def _by_telling(step: Step) -> tuple[str, str, str]:
    return step.told, step.event.date_earliest, step.event.event_id


def _pairs(links: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(f"{kind}:{target}" for target, kind in links.items()))


class _Found(NamedTuple):
    """What costs time to find in an event's sentences; the meanings are those of ``Step``."""

    wordings: tuple[frozenset[str], ...]
    acts: frozenset[str]
    phases: frozenset[str]
    answers: frozenset[str]
    documents: frozenset[str]
    new: str | None
    old: str | None


def make_step(event: PolicyEvent, mentions: Mapping[str, EventMention], memo: Memo | None = None) -> Step:
    """The event with its words and cues, names left out."""
    told = [mentions[each] for each in event.evidence_ids[:_COMPARED] if each in mentions]
    quotes = unique((event.quote, *(each.quote for each in told)))
    found = (memo or Memo()).recall(_Found, "step", (*clause_key(event), quotes), lambda: _find(event, quotes))
    return Step(
        event=event,
        told=event.first_published.date().isoformat(),
        foci=frozenset(policies[0] for policies in (event.policies, *(each.policies for each in told)) if policies),
        **found._asdict(),
    )


def _find(event: PolicyEvent, quotes: Sequence[str]) -> _Found:
    names = (*event.policies, *event.organisations)
    new, old = find_replacement(event.quote, event.policies) or (None, None)
    return _Found(
        wordings=tuple(content_words(without_names(quote, names)) for quote in quotes),
        acts=own_cues(event, "acts"),
        phases=own_cues(event, "phases"),
        answers=own_cues(event, "answers"),
        documents=own_cues(event, "documents"),
        new=new,
        old=old,
    )


# --------------------------------------------------------------------------- answers to what is open


def _link_answers(steps: Sequence[Step], links: dict[str, dict[str, str]]) -> None:
    """Every step's links to the open ones told before it; what is settled is open no longer."""
    still_open: dict[str, list[Step]] = defaultdict(list)
    settled: set[str] = set()
    for step in steps:
        earlier = {
            other.event.event_id: other
            for name in step.event.policies
            for other in still_open[name][-_LOOK_BACK:]
            if other.event.event_id not in settled
        }
        found = [(kind, weight, other) for other in earlier.values() for kind, weight in [answer(step, other)] if kind]
        for kind, _, other in _best_of_each(found):
            links[step.event.event_id][other.event.event_id] = kind
            if kind in ("fulfils", "cancels", "delays"):
                settled.add(other.event.event_id)
        if step.event.status in _OPEN or step.event.status == "cancelled":
            for name in step.event.policies:
                still_open[name].append(step)


def _best_of_each(
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


def answer(later: Step, earlier: Step) -> tuple[str, float]:
    """``(kind, weight)`` of the link from the later to the earlier event; kind is empty where there is none."""
    x, y = later.event, earlier.event
    if later.told <= earlier.told or not _is_one_subject(later, earlier) or not _agree_in_sum(x.amount, y.amount):
        return "", 0.0
    wording = later.likeness(earlier)
    act = bool((later.acts & earlier.acts) - COMMON_ACTS)
    phase = bool(later.phases & earlier.phases)
    if _drops(later, earlier, wording):
        return "cancels", wording
    if x.status in _DONE and _fulfils(later, earlier, wording, act and not _only_goes_on(later, earlier)):
        return "fulfils", wording + act
    if _delays(later, earlier, wording, act or phase):
        return "delays", wording + act
    if _confirms(later, earlier, wording):
        return "confirms", wording
    return "", 0.0


def _is_one_subject(later: Step, earlier: Step) -> bool:
    """Whether the two are about one policy first, or about the same ones."""
    if later.focus == earlier.focus or set(later.event.policies) == set(earlier.event.policies):
        return True
    return later.old is None and not later.foci.isdisjoint(earlier.foci)


def _agree_in_sum(x: float | None, y: float | None) -> bool:
    return x is None or y is None or abs(x - y) <= 0.02 * max(x, y)


def _drops(later: Step, earlier: Step, wording: float) -> bool:
    x, y = later.event, earlier.event
    if y.status not in _OPEN or y.type not in _CAN_BE_DROPPED or not _is_one_subject(later, earlier):
        return False
    if x.date_latest < earlier.told or x.status not in (*_DONE, "cancelled"):
        return False
    is_dated = y.date_basis != "publication" and y.type not in (
        "proposal",
        "announcement",
    )
    days_past = 0 if not is_dated else _days(x.date_earliest) - _days(y.date_latest)
    if days_past > (0 if y.type == "consultation" else _LONG_PAST):
        return False
    if x.type == "ending":
        return later.old == earlier.focus or (
            "drop" in later.answers and (y.type != "proposal" or _is_of_one_body(x, y) or wording >= _REJECTED)
        )
    if x.type == "rejection":
        return y.type in ("proposal", "consultation") and wording >= _REJECTED
    return x.type == "announcement" and "drop" in later.acts and wording >= _REJECTED


def _is_of_one_body(x: PolicyEvent, y: PolicyEvent) -> bool:
    return not set(x.organisations).isdisjoint(y.organisations)


def _fulfils(later: Step, earlier: Step, wording: float, act: bool) -> bool:
    x, y = later.event, earlier.event
    if y.status not in _OPEN or x.date_latest < earlier.told:
        return False
    if (x.type in _ENDS) != (y.type in _ENDS) or x.type == "announcement" or not share_bodies(x, y):
        return False
    has_day = y.date_basis != "publication"
    if has_day and _days(x.date_latest) < _days(y.date_earliest) - 31:
        return False
    if _only_one_finishes(later, earlier):
        return False
    if x.type == y.type:
        if x.type == "publication" and not later.documents & earlier.documents:
            return False
        return wording >= (_ONE_ACT if act else _ONE_TYPE)
    if x.type not in _DONE_AS.get(y.type, ()):
        return False
    return wording >= (_ONE_ACT + 0.1 if act else _OTHER_TYPE)


def _only_goes_on(x: Step, y: Step) -> bool:
    """Whether all that the two have in common is that a thing was founded, and it merely goes on by now."""
    return x.event.status == "ongoing" and (x.acts & y.acts) - COMMON_ACTS <= {"found"}


def _only_one_finishes(x: Step, y: Step) -> bool:
    """Whether the completion of a thing is told in one place only."""
    return ("finish" in x.phases) != ("finish" in y.phases)


def _delays(later: Step, earlier: Step, wording: float, act: bool) -> bool:
    """A plan with a day, and a later day for it."""
    x, y = later.event, earlier.event
    if x.status not in _OPEN or y.status not in (*_OPEN, "cancelled") or x.type != y.type:
        return False
    if "publication" in (x.date_basis, y.date_basis) or x.date_earliest <= y.date_latest:
        return False
    if x.type == "funding" or _only_one_finishes(later, earlier):
        return False
    if "delay" in later.answers or y.status == "cancelled":
        return wording >= _ONE_ACT or act
    return wording >= _OTHER_TYPE + 0.1 and (act or not later.acts)


def _confirms(later: Step, earlier: Step, wording: float) -> bool:
    """Said again, as a decision: "the government confirmed that it would"."""
    x, y = later.event, earlier.event
    if "confirm" not in later.answers or x.type not in ("announcement", "funding") or x.status not in _DONE:
        return False
    if y.date_basis != "publication" and _days(y.date_latest) < _days(later.told) - _STALE:
        return False
    if y.status not in _OPEN or y.type not in (
        "proposal",
        "implementation",
        "funding",
        "legislation",
        "announcement",
    ):
        return False
    return bool(later.acts & earlier.acts) or wording >= _CONFIRMED


# --------------------------------------------------------------------------- one in the place of another


def _link_replacements(steps: Sequence[Step], links: dict[str, dict[str, str]]) -> None:
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
        for other in by_focus[step.old][-_LOOK_BACK:]:
            is_open = _is_plan(other.event) and other.event.status in _OPEN
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
        for step, before in previous_stage(own):
            said = set(links[step.event.event_id].values())
            if "fulfils" not in said and before.event.event_id not in links[step.event.event_id]:
                links[step.event.event_id][before.event.event_id] = "follows"


def _days(day: str) -> int:
    return date.fromisoformat(day).toordinal()
