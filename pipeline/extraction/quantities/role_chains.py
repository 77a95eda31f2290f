"""Roles that a number takes over from the one before it: a bracket, the next place of a list, the share of a pair."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.extraction.quantities import role_cues as cues
from pipeline.extraction.quantities.candidate import Candidate

Role = tuple[str, str | None]
LEVEL: Final[Role] = ("level", None)
#: A share in words and the same in figures ("half (51%)") lie no further apart, in percentage points.
_ABOUT: Final = 4


def _of_pair(candidate: Candidate, last: Candidate, candidates: Sequence[Candidate], text: str) -> Role | None:
    """ "fell from 900 to 850 (6%)", "cut from £40m to £35m, or by 12.5%": the share by which the pair differs.

    >>> from pipeline.extraction.quantities.candidates import find_candidates
    >>> text = "It fell from 900 to 850 (6%)."
    >>> old, new, share = find_candidates(text)
    >>> _of_pair(share, new, [old, new, share], text)
    ('change', 'down')
    """
    place = candidates.index(candidate)
    if candidate.unit != "percent" or last.unit == "percent" or place < 2:
        return None
    first = candidates[place - 2]
    is_pair = (
        first.unit == last.unit
        and first.value != last.value
        and cues.PAIR_FROM.search(text[max(0, first.start_char - 90) : first.start_char])
        and cues.PAIR_LINK.fullmatch(text, first.end_char, last.start_char)
        and cues.PAIR_SHARE.fullmatch(text, last.end_char, candidate.start_char)
    )
    if not is_pair or text.startswith(" of ", candidate.end_char):
        return None
    return "change", "up" if last.value > first.value else "down"


def _is_told_twice(candidate: Candidate, last: Candidate, between: str) -> bool:
    """ "slashed by half (51%)": the share in figures behind the share in words."""
    return (
        candidate.unit == last.unit == "percent"
        and not {last.kind, candidate.kind}.isdisjoint(("fraction", "ratio"))
        and abs(candidate.value - last.value) <= _ABOUT
        and cues.SHARE_AGAIN.fullmatch(between) is not None
    )


def _is_next_group(candidate: Candidate, last: Candidate, between: str, text: str) -> bool:
    """ "a rise of £900 for care staff, £1,200 for nurses": the same change for the next group."""
    return (
        candidate.unit == last.unit
        and candidate.kind in ("money", "percent")
        and cues.FOR_GROUP.match(text, candidate.end_char) is not None
        and cues.NEXT_GROUP.fullmatch(between) is not None
    )


def _is_listed(candidate: Candidate, between: str, text: str) -> bool:
    """ "cuts of 9%, 7% and 5% respectively", "cut by 9%, and 7% in Fife": the next of a list of changes."""
    if candidate.unit != "percent" or not cues.LISTED.fullmatch(between):
        return False
    is_next = between.strip() != "," and cues.FOR_GROUP.match(text, candidate.end_char)
    return bool(is_next or cues.RESPECTIVELY.match(text, candidate.end_char))


def _of_other_group(
    candidate: Candidate, between: str, roles: list[Role], candidates: Sequence[Candidate], text: str
) -> Role | None:
    """ "£900 for those on up to £30,000 and 3% for the rest": the change told of for the first group."""
    if not (cues.AND_END.search(between) and cues.FOR_GROUP.match(text, candidate.end_char)):
        return None
    for other, role in zip(reversed(candidates[: len(roles)]), reversed(roles), strict=True):
        if re.search(r"[.;:%]", text[other.end_char : candidate.start_char]):
            return None
        if role[0] == "change" and other.unit == "GBP" and cues.FOR_GROUP.match(text, other.end_char):
            return role
    return None


def inherited(
    candidate: Candidate, last: Candidate, roles: list[Role], candidates: Sequence[Candidate], text: str
) -> Role:
    """ "(9.2%)" behind a change is the same change; "compared with 2%" is set against a change of the same unit."""
    between = text[last.end_char : candidate.start_char]
    if way := _of_pair(candidate, last, candidates, text):
        return way
    if _is_told_twice(candidate, last, between) or _is_next_group(candidate, last, between, text):
        return roles[-1]
    if candidate.unit == "percent" and (way := _of_other_group(candidate, between, roles, candidates, text)):
        return way
    if (
        roles[-1][0] == "change"
        and candidate.unit == last.unit
        and cues.NEXT_BASE.fullmatch(between)
        and cues.BASE_AFTER.match(text, candidate.end_char)
    ):
        return roles[-1]
    is_bracket = last.kind == "count" and candidate.unit == "percent" and cues.COUNT_BRACKET.fullmatch(between)
    if roles[-1][0] == "change" and is_bracket and not text.startswith(" of ", candidate.end_char):
        return roles[-1]
    if roles[-1][0] == "change" and candidate.unit == last.unit and candidate.kind in ("percent", "money"):
        if cues.ONE_OF.fullmatch(between) or _is_listed(candidate, between, text):
            return roles[-1]
        if cues.NEXT_BY.fullmatch(between) and cues.BY_END.search(text[max(0, last.start_char - 60) : last.start_char]):
            return roles[-1]
        if candidate.kind == "money" and (more := cues.MORE_END.match(text, candidate.end_char)):
            return "change", "up" if more["up"] else "down"
    if roles[-1][0] == "change" and last.kind != "multiplier" and candidate.unit != last.unit:
        if cues.PARENTHESIS.fullmatch(between):
            is_part = re.match(
                r"\s*(?:of|in)\s+(?:the\s+)?(?:total|whole|workforce|all)\b",
                text[candidate.end_char : candidate.end_char + 30],
            )
            return LEVEL if is_part else roles[-1]
        if cues.EQUAL_TO.fullmatch(between):
            return roles[-1]
    if cues.COMPARED_BEFORE.search(between):
        for other, role in zip(reversed(candidates[: len(roles)]), reversed(roles), strict=True):
            if other.unit == candidate.unit:
                return role if role[0] == "change" and candidate.kind == "percent" else LEVEL
    if (
        roles[-1][0] == "change"
        and candidate.unit == last.unit
        and candidate.kind == "percent"
        and any(link.fullmatch(between) for link in (cues.LIST_OF_PLACES, cues.NEXT_PLACE, cues.NEXT_THING))
    ):
        return roles[-1]
    if (
        roles[-1][0] == "change"
        and candidate.unit == last.unit
        and candidate.kind == "percent"
        and re.fullmatch(r"[^.;:()]{0,60}\s+and\s+(?:(?:by|of)\s+)?(?:(?:just|over|about|almost|nearly)\s+)*", between)
    ):
        return (
            roles[-1]
            if re.search(r"\b(?:by|and\s+of|and\s+at)\s+(?:\w+\s+)*$", between)
            or re.fullmatch(r"\s*(?:in\s+\S+\s+)?and\s+", between)
            else LEVEL
        )
    return LEVEL
