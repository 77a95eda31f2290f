"""Whether a figure may take over the time that the text before it spoke of.

A figure goes on from the sentence before it only where the text goes on: in a paragraph that is still told in the past
by the same voice. The present ("are run for profit"), a new voice ("said", "according to"), a sum of money and a plan
each begin anew. The items of a list are not asked: they have the time of the line above them.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.extraction.quantities import clues
from pipeline.records import Quantity

_PRESENT: Final = re.compile(
    r"\b(?:is|are|has|have|do|does)\b(?!\s+(?:(?:also|about|around|just|only|some|an?)\s+)*(?:(?:up|down|higher|lower|more|fewer|"
    r"rise|fall|increase|drop|decrease|reduction|decline)\b|[£\d][^;]{0,40}?\b(?:fewer|more|higher|lower|less)\b(?:\s*\([^()]*\))?"
    r"\s+(?:than|on)\b))"
)
#: "That is 83 for every 10,000 children": the same told in another way, so near to the sentence's beginning.
_THAT_IS: Final = re.compile(
    r"(?:That|This|It)\s+(?:is|was|represents?|represented|equates?|equated|amounts?|amounted)\s"
)
_NEAR: Final = 40
_AHEAD: Final = re.compile(r"\b(?:will|would|should|could|may|might|must|can|shall)\b", re.IGNORECASE)


def goes_on(sentence: str, quantity: Quantity) -> bool:
    """Whether the figure of a running paragraph takes the time of the sentence before."""
    if quantity.unit != "GBP" and _THAT_IS.match(sentence) and quantity.start_char - quantity.quote_start < _NEAR:
        return True
    return quantity.unit != "GBP" and not (
        _PRESENT.search(sentence) or clues.OTHER_VOICE.search(sentence) or _AHEAD.search(sentence)
    )
