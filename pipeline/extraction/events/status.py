"""Whether an event has happened, is going on, will happen, would happen, depends on something or was called off."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.triggers import Trigger

_CONDITION: Final = re.compile(
    r"\b(?:subject to|(?:is|are|be|was|were) (?:\w+ )?(?:dependent|contingent|conditional) (?:up)?on|depends (?:up)?on|"
    r"only (?:\w+ ){0,4}if|provid(?:ed|ing) (?:that )?(?:the|it|they|\w+ \w+ (?:is|are|comes?))|not certain to|"
    r"if (?:it is |they are )?(?:approved|agreed|passed|implemented|confirmed)|"
    r"if (?:the|a|an|these|those|this) (?:[\w,]+ ){1,9}"
    r"(?:becomes? law|goes ahead|go ahead|(?:is|are) (?:approved|agreed|passed|accepted|backed|confirmed)|"
    r"provides?|agrees?|passes|approves?|allows?|secures?|gets?|wins?|backs?|votes?)|"
    r"if (?:parliament|ministers|members|mps|peers|msps|voters|staff|unions|councils|they|it) (?:\w+ )?"
    r"(?:agrees?|pass(?:es)?|approves?|accepts?|backs?|votes?|rejects?)|if enough (?:\w+ ){1,3}(?:can|could|is|are)|"
    r"should (?:the|these|they|it|this|a) (?:\w+ ){0,4}"
    r"(?:come|be|pass|provide|become|agree|win|go|vote|form|reject))\b",
    re.IGNORECASE,
)
_HAPPENED: Final = frozenset({"past", "perfect", "participle", "attributive"})
_PROPOSING: Final = frozenset({"propose", "recommend", "suggest", "float", "moot"})
#: What is done by deciding on it.
_AGREEING: Final = frozenset({"agree", "decide", "vote"})
_PERFORMED: Final = frozenset({"accept", "approve", "back", "endorse", "recommend", "reject", "settle", "support"})
#: What is done in a moment, though told in the present: "the report reveals today".
_AT_ONCE: Final = frozenset({"appointment", "publication"})
_WEIGHING: Final = frozenset({"consider", "float", "mull", "weigh"})
_OPEN: Final = frozenset({"will", "planned", "would", "may", "must", "required", "present"})


def is_conditional(text: str) -> bool:
    """Whether a sentence makes something depend on something else.

    >>> is_conditional("It will go ahead only if ministers find the money"), is_conditional("It is due in May")
    (True, False)
    """
    return _CONDITION.search(text) is not None


def from_mood(trigger: Trigger, outer: Trigger | None, kind: str, text: str) -> str:
    """The status that tense and modality give, before any date is looked at.

    ``outer`` is the verb of saying or pledging, or the main verb of a noun or -ing form.
    """
    mood = trigger.mood
    group = trigger.group
    is_agreed = outer is not None and outer.base in _AGREEING and outer.mood in {"past", "perfect"}
    if mood == "planned" and is_agreed and trigger.base in _PERFORMED:
        return "happened"  # "members voted to accept the offer"
    if mood in _OPEN and is_conditional(text):
        return "conditional"
    if mood in _HAPPENED or kind == "rejection":
        return "happened"
    if mood == "progressive" and trigger.base in _WEIGHING and kind == "proposal":
        return "proposed"  # "is considering closing it"
    if mood == "progressive":
        return (
            "happened" if group is not None and ((group.is_past and outer is None) or group.has_ceased) else "ongoing"
        )
    if mood in {"will", "planned", "must", "required"}:
        return "planned"
    if mood == "would":
        return "planned" if outer is not None else "proposed"
    if mood in {"may", "proposed"}:
        return "proposed"
    if mood == "present":
        return "ongoing"
    if outer is not None and outer.base in _PROPOSING and outer.type == "proposal":
        return "proposed"
    if outer is None or outer.mood not in {"will", "planned", "would"}:
        return "happened"
    return "conditional" if outer.mood == "would" and is_conditional(text) else "planned"


def against_date(status: str, trigger: Trigger, kind: str, value: str, published: date) -> str:
    """The status once the event's date is known: what lies ahead has not happened, what lies behind is not going on.

    Money given for years that are not over is being paid, unless the giving is told in the past tense.
    """
    span = edtf.parse(value)
    if span is None:
        return status
    first, last = span
    if trigger.mood == "perfect" and kind == "implementation" and first < last == published:
        return "ongoing"  # "has been tested over the past two years"
    if status == "ongoing" and kind in _AT_ONCE and trigger.mood == "present":
        return "happened" if first <= published else "planned"
    if first > published:
        is_fixed = kind in {"consultation", "deadline", "meeting"} and status == "proposed"
        return "planned" if is_fixed or status in {"happened", "ongoing"} else status
    if last < published:
        return "happened" if status == "ongoing" else status
    is_term = kind == "funding" and edtf.precision(value) in {"financial_year", "interval"} and last >= published
    if status == "happened" and is_term and trigger.mood != "past":
        return "ongoing"
    return status
