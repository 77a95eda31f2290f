"""Which policy takes the place of which, by the words between their names in one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.timeline.cuewords import cue_spans
from pipeline.timeline.wording import fold, name_pattern

#: After these the new stands behind and the old before ("the levy is to be replaced by a fund").
_TURNED: Final = re.compile(
    r"(?:replaced|superseded|supplanted|succeeded)\s+(?:by|with)\b|replacement\s+by\b|subsumed|merged into"
)
_TURN_ROOM: Final = 12
_DENIED: Final = re.compile(r"\b(?:no|not|without|never|nothing)(?:\s+\w+)?\s+$")


def find_replacement(quote: str, policies: Sequence[str]) -> tuple[str | None, str] | None:
    """``(new, old)``: the policy that takes another's place, and that other; new is ``None`` where it isn't named.

    >>> find_replacement("The levy would replace the fund from May.", ["fund", "levy"])
    ('levy', 'fund')
    >>> find_replacement("The fund is to be replaced by the levy.", ["fund", "levy"])
    ('levy', 'fund')
    """
    folded = fold(quote)
    places = sorted((match.start(), name) for name in policies for match in name_pattern(name).finditer(folded))
    for start, end in cue_spans(quote, "answers", "replace"):
        if _DENIED.search(folded, 0, start):
            continue
        before = [name for place, name in places if place < start]
        after = [name for place, name in places if place >= end]
        if _TURNED.match(folded, start, end + _TURN_ROOM):
            before, after = after[:1], before[-1:]
        old = next((name for name in after), None)
        new = next((name for name in reversed(before) if name != old), None)
        if old is not None:
            return new, old
    return None
