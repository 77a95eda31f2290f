"""What a sentence may tell: one candidate for every trigger with a date of its own, and one for its main statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.attach import AS_OF, SINCE, UNTIL, Placed
from pipeline.extraction.events.readings import NOT_FINITE, Reading
from pipeline.extraction.events.status import against_date, from_mood
from pipeline.extraction.events.story import Story
from pipeline.extraction.events.triggers import Trigger
from pipeline.extraction.events.types import refine_type

#: Headings and lead-ins whose list says what is put forward or planned.
_PROPOSING: Final = re.compile(r"\b(?:propos\w+|recommend\w+)\b")
_PLANNING: Final = re.compile(r"\b(?:reforms?|measures|plans?|changes|steps|commitments?|pledges?|key points|priorit\w+)\b")
_OWN_TIME: Final = frozenset({"ending", "deadline", "consultation"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that a sentence may tell. ``placed`` are the dates that belong to it; ``outer`` is the verb of saying or
    pledging that it hangs on; ``is_main`` says that it is the sentence's main statement; ``is_listed`` that it is an
    item of a list of proposals or plans."""

    reading: Reading
    trigger: Trigger
    type: str
    status: str
    date: str
    date_basis: str
    placed: tuple[Placed, ...] = ()
    outer: Trigger | None = None
    is_main: bool = False
    is_listed: bool = False


def find_candidates(reading: Reading, n: int, story: Story, published: date) -> list[Candidate]:
    """The candidates of the article's reading number ``n``, in the order of their triggers."""
    found = []
    for k in range(len(reading.triggers)):
        placed = tuple(each for each in reading.owned.get(k, ()) if _is_usable(each, reading.triggers[k]))
        if placed or k == reading.main:
            candidate = _make(reading, n, k, placed, story, published)
            if candidate is not None:
                found.append(candidate)
    if not found and reading.passage.kind == "list_item":
        listed = _listed(reading, published)
        return [listed] if listed else []
    return found


def _is_usable(placed: Placed, trigger: Trigger) -> bool:
    if placed.role == AS_OF:
        return False
    return placed.role != UNTIL or trigger.type in _OWN_TIME or trigger.mood == "required"


def _make(
    reading: Reading, n: int, k: int, placed: tuple[Placed, ...], story: Story, published: date
) -> Candidate | None:
    kind = refine_type(reading, k)
    if kind is None:
        return None
    trigger, outer = reading.triggers[k], reading.outer(k)
    status = from_mood(trigger, outer, kind, reading.passage.text)
    if placed:
        value, basis = _own_date(placed, published)
    else:
        value, basis = _context_date(reading, n, k, story, published)
    status = against_date(status, kind, value, published)
    return Candidate(reading, trigger, kind, status, value, basis, placed, outer, k == reading.main)


def _own_date(placed: tuple[Placed, ...], published: date) -> tuple[str, str]:
    chosen = placed[0]
    value = chosen.timex.edtf or published.isoformat()
    if chosen.role == SINCE and "/" not in value:
        value = f"{value}/{published.isoformat()}"
    return value, "relative" if chosen.timex.is_relative else "explicit"


def _context_date(reading: Reading, n: int, k: int, story: Story, published: date) -> tuple[str, str]:
    """The date of a document named at the head of the sentence, of what was said, of the sentence before, else the
    publication's."""
    trigger = reading.triggers[k]
    if trigger.mood not in NOT_FINITE and reading.passage.words.lows[:1] == ["in"]:
        for other, dates in reading.owned.items():
            if other < k and reading.triggers[other].mood == "participle" and reading.triggers[other].type == "publication":
                return dates[0].timex.edtf or published.isoformat(), "context"
    if n in story.said:
        return story.said[n], "context"
    if n in story.before and trigger.mood == "past":
        return story.before[n], "context"
    return published.isoformat(), "publication"


def _listed(reading: Reading, published: date) -> Candidate | None:
    """An item of a list of proposals or plans that has no verb of its own."""
    passage = reading.passage
    above = passage.lead_in or passage.heading
    if _PROPOSING.search(above):
        kind, status = "proposal", "proposed"
    elif _PLANNING.search(above):
        kind, status = "implementation", "planned"
    else:
        return None
    trigger = Trigger(kind, "", False, 0, 1, None)
    return Candidate(reading, trigger, kind, status, published.isoformat(), "publication", is_main=True, is_listed=True)


def is_ahead(candidate: Candidate, published: date) -> bool:
    """Whether the event's first day lies after the publication."""
    span = edtf.parse(candidate.date)
    return span is not None and span[0] > published
