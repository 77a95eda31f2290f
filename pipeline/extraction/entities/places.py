"""When the name of a place means its council: "Kent said", "councils including Kent, Essex and Leeds"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extraction.entities.cues import Cues, phrase_after, phrase_before
from pipeline.extraction.entities.forms import Found
from pipeline.extraction.entities.tokens import Tokens

PLACE = "local_authority"
_SENTENCE = 25  # tokens that a list may be away from the councils that it is of
_FEWEST_LISTED = 2
_FEWEST_LINES = 3  # places on lines of their own that make a list
_LONGEST_LINK = 3  # tokens between two places of a list: ", and the"


def listed_places(
    tokens: Tokens, found: Sequence[Found], cues: Cues, starts: frozenset[int] = frozenset()
) -> set[tuple[int, int]]:
    """Spans of places that stand in a list of councils: lines of their own, or "councils including A, B and C".

    ``starts`` are the tokens that begin a sentence: "Eight councils are good. Kent and Essex were the first."
    """
    places: dict[int, Found] = {}
    for each in found:
        if each.form.entity.type == PLACE and (each.first not in places or each.last > places[each.first].last):
            places[each.first] = each
    listed: set[tuple[int, int]] = set()
    run: list[Found] = []
    for first in sorted(places):
        if run and _is_next(tokens, run[-1].last, first):
            run.append(places[first])
        elif not run or first >= run[-1].last:
            listed |= _spans_if_listed(tokens, run, cues, starts)
            run = [places[first]]
    return listed | _spans_if_listed(tokens, run, cues, starts)


def _is_next(tokens: Tokens, last: int, first: int) -> bool:
    between = tokens.lows[last:first]
    return 0 < len(between) <= _LONGEST_LINK and all(
        low in (",", "and", ";", "the") or low[0] == "\n" for low in between
    )


def _spans_if_listed(tokens: Tokens, run: list[Found], cues: Cues, starts: frozenset[int]) -> set[tuple[int, int]]:
    if len(run) < _FEWEST_LISTED:
        return set()
    at = run[0].first
    while at > 0 and tokens.lows[at - 1] == "the":
        at -= 1
    is_introduced = any(
        tuple(tokens.lows[at - length : at]) in cues.places_linking
        and phrase_before(tokens, at - length, [cues.places_before])
        for length in (1, 2)
    ) or phrase_before(tokens, at, [cues.places_before])
    is_introduced = is_introduced or (len(run) > _FEWEST_LISTED and _has_councils_before(tokens, at, cues))
    is_introduced = is_introduced or (at in starts and _goes_on(tokens, at, run[-1].last, cues))
    is_closed = phrase_after(tokens, run[-1].last, [cues.places_after])
    is_named = any(not each.form.is_weak for each in run)
    lines = sum("\n" in "".join(tokens.lows[one.last : two.first]) for one, two in pairwise(run))
    if is_introduced or is_closed or is_named or lines >= _FEWEST_LINES:
        return {(each.first, each.last) for each in run}
    return set()


def _goes_on(tokens: Tokens, at: int, last: int, cues: Cues) -> bool:
    """Whether places that begin a sentence do something, and the sentences before speak of councils."""
    if tokens.lows[last : last + 1] == [] or tokens.lows[last] not in cues.places_verbs:
        return False
    return _has_councils_before(tokens, at, cues, is_same_sentence=False)


def _has_councils_before(tokens: Tokens, at: int, cues: Cues, is_same_sentence: bool = True) -> bool:
    """Whether the text speaks of councils not long before token ``at``: "the three authorities left are A, B and C"."""
    for before in range(at - 1, max(-1, at - _SENTENCE), -1):
        if is_same_sentence and (tokens.lows[before] == "." or tokens.lows[before][0] == "\n"):
            return False
        if (tokens.lows[before],) in cues.places_before:
            return True
    return False
