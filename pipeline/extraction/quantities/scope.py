"""Counts that only say where or among whom: "in 12 councils", "all 153 authorities", "drew 500 responses".

Such a count frames the story's other figures. It holds for no time of its own, whatever date stands beside it.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.records import Quantity

_BODIES: Final = (
    r"(?:councils?|authorities|areas|agencies|unions|bodies|organisations|trusts|boards|forces|employers|regions|"
    r"departments|charities|universities|providers|pilots|pathfinders|countries|nations|parties|boroughs|counties|"
    r"constituencies|health\s+boards|local\s+authority\s+areas|sites|partners|commissioners|companies|firms)"
)
_BODIES_AFTER: Final = re.compile(
    rf"(?:\s+of\s+(?:the\s+|[A-Z][\w’]*s?\s+)?\d{{1,3}})?\s+(?:(?!of\b|in\b|and\b|to\b)[\w’'-]+\s+){{0,3}}?{_BODIES}\b",
    re.IGNORECASE,
)
_AMONG_BEFORE: Final = re.compile(
    r"(?:\b(?:in|by|from|of|to|all|the|across|among|between|covering|these|those|its|their|with|for|other|at|a\s+further|"
    r"into|on)|\w[’']s?)\s+(?:(?:about|around|just|over|under|almost|nearly|more|less|than|some|up|to|only|at|least|"
    r"other|remaining|first|initial|original|all)\s+)*$",
    re.IGNORECASE,
)
_DRAWN: Final = re.compile(
    r"\b(?:dr[ae]w|draws|drawing|receiv(?:ed|es|ing)|attract(?:ed|s|ing)|prompt(?:ed|s|ing)|gather(?:ed|s|ing)|collect(?:ed|s|"
    r"ing)|analys(?:ed|es|ing)|generat(?:ed|es|ing)|with|from|of)\s+(?:(?:about|around|just|over|under|almost|nearly|more|less|"
    r"than|some|only|at|least|a|total)\s+)*$",
    re.IGNORECASE,
)
_ANSWERS: Final = re.compile(
    r"\s+(?:[\w’'-]+\s+){0,2}?(?:responses|replies|submissions|respondents|returns|signatures|comments)\b",
    re.IGNORECASE,
)


def is_scope(text: str, start: int, quantity: Quantity) -> bool:
    """Whether a count names the bodies that something is done in or by; ``start`` is its sentence's.

    >>> text = "It will run in 12 councils from May."
    >>> is_scope(text, 0, Quantity("12", 15, 17, 12, None, "count", "core", "level", None, False, "", None))
    True
    """
    if quantity.unit != "count" or quantity.role == "change" or quantity.value > 1000:
        return False
    before = text[max(start, quantity.start_char - 60) : quantity.start_char]
    return _BODIES_AFTER.match(text, quantity.end_char) is not None and _AMONG_BEFORE.search(before) is not None


def is_answers(text: str, start: int, quantity: Quantity) -> bool:
    """Whether a count is of the answers that a survey or consultation drew."""
    if quantity.unit != "count":
        return False
    before = text[max(start, quantity.start_char - 60) : quantity.start_char]
    return _ANSWERS.match(text, quantity.end_char) is not None and _DRAWN.search(before) is not None
