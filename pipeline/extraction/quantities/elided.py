"""Numbers that leave their unit to the one before: "10 days to five", "three, four or five years", "52 weeks, against 39".

Pure functions over the candidates of a text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipeline.extraction.quantities.candidate import Candidate
from pipeline.extraction.quantities.patterns import POINTS, RATE_BEFORE, compiled

_LIST_LINK: Final = compiled(r"\s*,\s*|\s*,?\s+or\s+(?:even\s+)?|\s+and\s+then\s+")
_FURTHER: Final = compiled(r"[^.;]{0,120}\b(?:another|a\s+further)\s+")
_QUALIFIED: Final = (
    r"(?:(?:just|only|about|around|over|under|almost|nearly|up\s+to|even|some|more\s+than|less\s+than)\s+)*"
)
#: What sets a second stretch against the first: "up from", "as opposed to", "would become".
_INSTEAD: Final = compiled(
    r"[^.;:()]{0,60}?\b(?:to|rather\s+than|or|instead\s+of|against|and\s+not|as\s+opposed\s+to|compared\s+(?:with|to)|"
    rf"(?:up|down)\s+from|from|bec[ao]me)\s+{_QUALIFIED}"
)
_PARALLEL: Final = compiled(
    rf"[^.;:()]{{0,40}}?\b(?:and|but|while)\s+[^.;:(),]{{1,40}}?\s(?P<link>for|in|after|within)\s+{_QUALIFIED}"
)
_LINK_BEFORE: Final = compiled(rf"\b(?P<link>for|in|after|within)\s+{_QUALIFIED}$")
#: "It took 24 on average": the stretch told of before.
_TOOK: Final = compiled(
    rf"\b(?:took|takes?|taken|taking|lasted|lasts?|(?:is|are|was|were)\s+(?:now\s+)?(?:getting|doing|working))\s+{_QUALIFIED}$"
)
#: "areas with waits over 30 weeks fell from 12 to 9 over a year": a pair of its own.
_FROM_BEFORE: Final = compiled(
    rf"\b(?:fell|fallen|falling|dropped|declined|rose|risen|rising|grew|grown|increased|reduced|down|up)\s+from\s+{_QUALIFIED}$"
)
_BARE_PAIR: Final = compiled(
    rf"\s+to\s+{_QUALIFIED}\d[\d,]*(?:\s*[.,;:)]|\s+(?:in|over|between|during|since|by|at|last|this)\b|$)"
)
_NO_NOUN: Final = compiled(
    r"\s*(?:[.,;:)–—]|$|\s(?:\w+ed|to|in|for|on|at|with|after|if|and|where|when|unless|before|until|or\s+(?:so|even|\d)|a\s+year|two|three|"
    r"a\s+week|now)\b)"
)
#: The second stretch is no more than so many times the first.
_AT_MOST: Final = 12
#: "It took 24" looks back so far, in characters.
_REACH: Final = 320


def share_units(text: str, found: list[Candidate]) -> list[Candidate]:
    """The same, with the unit of "three, four, five years" and "two years … a further three" on every number."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        one, other = shared[i], shared[i + 1]
        if (
            one.kind == "count"
            and other.kind in ("duration", "age")
            and _LIST_LINK.fullmatch(text, one.end_char, other.start_char)
        ):
            shared[i] = replace(one, unit=other.unit, kind=other.kind)
    for i, each in enumerate(shared):
        if each.kind == "count" and POINTS.match(text, each.end_char) and RATE_BEFORE.search(
            text[max(0, each.start_char - 90) : each.start_char]
        ):  # fmt: skip
            shared[i] = replace(each, unit="percentage_point", kind="percent")
    for i in range(1, len(shared)):
        one, other = shared[i - 1], shared[i]
        if other.kind != "count":
            continue
        if POINTS.match(text, other.end_char):
            if one.unit in ("percent", "percentage_point"):
                shared[i] = replace(other, unit="percentage_point", kind="percent")
        elif _NO_NOUN.match(text, other.end_char) and (unit := _told_before(text, shared, i)):
            shared[i] = replace(other, unit=unit, kind="age" if one.kind == "age" and unit == "year" else "duration")
    return shared


def _told_before(text: str, shared: list[Candidate], i: int) -> str | None:
    """The unit of the stretch of time that a bare number is set against."""
    other = shared[i]
    one = next((each for each in reversed(shared[:i]) if not 1900 <= each.value < 2100), shared[i - 1])
    if _BARE_PAIR.match(text, other.end_char) and _FROM_BEFORE.search(
        text[max(0, other.start_char - 30) : other.start_char]
    ):
        return None
    if one.kind in ("duration", "age") and other.value <= _AT_MOST * one.value:
        if any(link.fullmatch(text, one.end_char, other.start_char) for link in (_FURTHER, _INSTEAD)):
            return one.unit
        if one.kind == "age" and _LIST_LINK.fullmatch(text, one.end_char, other.start_char):
            return one.unit
        parallel = _PARALLEL.fullmatch(text, one.end_char, other.start_char)
        before = _LINK_BEFORE.search(text[max(0, one.start_char - 40) : one.start_char]) if parallel else None
        if parallel and before and parallel["link"].casefold() == before["link"].casefold():
            return one.unit
    if other.value < 400 and _TOOK.search(text[max(0, other.start_char - 60) : other.start_char]):
        low = text.rfind("\n", 0, other.start_char)
        for each in reversed(shared[:i]):
            if each.start_char < low or other.start_char - each.start_char > _REACH:
                return None
            if each.kind == "duration":
                return each.unit if other.value <= _AT_MOST * each.value else None
    return None
