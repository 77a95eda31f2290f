"""Whether an event has happened, is going on, will happen, would happen, depends on something or was called off."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.triggers import Trigger

_CONDITION: Final = re.compile(
    r"\b(?:subject to|(?:is|are|be|was|were) (?:\w+ )?(?:dependent|contingent|conditional) (?:up)?on|depend(?:s|ing)? (?:up)?on|only (?:\w+ ){0,4}if|"
    r"provided (?:that )?(?:the|it|they)|not certain to|if (?:it is |they are )?(?:approved|agreed|passed|implemented|confirmed)|"
    r"if (?:the|a|an) (?:\w+ ){1,4}(?:provides?|agrees?|passes|approves?|allows?|secures?|gets?|wins?|backs?|votes?)|"
    r"should (?:the|these|they|it|this|a) (?:\w+ ){0,4}(?:come|be|pass|provide|become|agree|win|go))\b",
    re.IGNORECASE,
)
_PROPOSED: Final = re.compile(r"\b(?:propos\w+|would|suggested|recommend\w*|draft|under the plans?|considering)\b", re.IGNORECASE)

_HAPPENED: Final = frozenset({"past", "perfect", "participle", "attributive"})
#: Acts that are done when they are said, whatever time their content is for.
_SPOKEN: Final = frozenset({"announcement", "proposal", "rejection", "appointment", "publication"})


def is_conditional(text: str) -> bool:
    """Whether a sentence makes something depend on something else.

    >>> is_conditional("It will go ahead only if ministers find the money"), is_conditional("It is due in May")
    (True, False)
    """
    return _CONDITION.search(text) is not None


def is_tentative(text: str) -> bool:
    """Whether a sentence speaks of what is put forward and not yet decided."""
    return _PROPOSED.search(text) is not None


def from_mood(trigger: Trigger, outer: Trigger | None, kind: str, text: str) -> str:
    """The status that tense and modality give, before any date is looked at."""
    mood = trigger.mood
    group = trigger.group
    if mood in {"will", "planned", "would", "may", "must", "required", "present"} and is_conditional(text):
        return "conditional"
    if mood in _HAPPENED:
        return "happened"
    if mood == "progressive":
        return "happened" if group is not None and group.is_past and outer is None else "ongoing"
    if mood in {"will", "planned", "must", "required"}:
        return "planned"
    if mood == "would":
        return "planned" if outer is not None else "proposed"
    if mood in {"may", "proposed"}:
        return "proposed"
    if mood == "present":
        return "ongoing"
    if mood in {"purpose", "gerund"} and outer is not None and outer.mood in {"will", "planned", "would"}:
        return "planned"
    return "happened"


def against_date(status: str, kind: str, value: str, published: date) -> str:
    """The status once the event's date is known: what lies ahead has not happened, what lies behind is not planned."""
    span = edtf.parse(value)
    if span is None:
        return status
    first, last = span
    if first > published:
        return "planned" if status in {"happened", "ongoing"} else status
    if last < published:
        return "happened" if status == "ongoing" else status
    if status == "happened" and kind == "funding" and edtf.precision(value) in {"financial_year", "interval"} and last > published:
        return "ongoing"
    if status == "ongoing" and first == last == published:
        return "ongoing"
    return status
