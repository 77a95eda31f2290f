"""An event as a step: what linking looks at, its words and cues with names left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.lists import unique
from pipeline.records import EventMention, PolicyEvent
from pipeline.timeline.clauses import own_cues
from pipeline.timeline.replacing import find_replacement
from pipeline.timeline.wording import content_words, share, without_names

_DONE: Final = ("happened", "ongoing")
#: Tellings of an event whose wording is looked at.
_COMPARED: Final = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One event with what linking looks at.

    ``told`` is the day of its first telling (ISO), of what is done that of its last: it may have been told as a plan
    before. ``wordings`` are the content words of its tellings, the quoted one
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


def make_step(event: PolicyEvent, mentions: Mapping[str, EventMention]) -> Step:
    """The event with its words and cues, names left out."""
    told = [mentions[each] for each in event.evidence_ids[:_COMPARED] if each in mentions]
    quotes = unique((event.quote, *(each.quote for each in told)))
    names = (*event.policies, *event.organisations)
    new, old = find_replacement(event.quote, event.policies) or (None, None)
    acts, phases, answers, documents = own_cues(event, "acts", "phases", "answers", "documents")
    return Step(
        event=event,
        told=(event.last_published if event.status in _DONE else event.first_published).date().isoformat(),
        foci=frozenset(policies[0] for policies in (event.policies, *(each.policies for each in told)) if policies),
        wordings=tuple(content_words(without_names(quote, names)) for quote in quotes),
        acts=acts,
        phases=phases,
        answers=answers,
        documents=documents,
        new=new,
        old=old,
    )
