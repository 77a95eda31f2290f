"""Numbers that are told as a part or a multiple: "one in five", "two-thirds", "four times as many", "doubled"."""

from __future__ import annotations

import re
from typing import Final

from pipeline.extraction.quantities.candidate import Candidate, value_of
from pipeline.extraction.quantities.patterns import (
    FACTOR,
    FOLD,
    FRACTION,
    FRACTION_NAMES,
    MULTIPLE,
    MULTIPLIERS,
    NUMBER,
    RATIO,
    TIMES,
)
from pipeline.extraction.timex.numerals import ONES, SCALES

#: Wholes that a share is told out of; "85 out of 1,312" is two counts.
_ROUND: Final = (1_000, 10_000, 100_000)
#: "up by third", as a headline tells it.
_BY_ALONE: Final = re.compile(r"\bby\s+(?:(?:about|almost|nearly|over|around|more\s+than)\s+)*$", re.IGNORECASE)
#: "the poorest fifth", "the bottom third": a share that superlatives single out.
_SINGLED_OUT: Final = re.compile(
    r"\b(?:\w{3,}est|(?:most|least)\s+\w+|top|bottom|wealthiest|upper|lower)\s+$", re.IGNORECASE
)


def read_ratio(text: str, at: int, end: int) -> list[Candidate]:
    """``one in five`` is 20 per cent; a ratio above one is none ("20 in 2023")."""
    match = RATIO.match(text, at, end)
    if not match:
        return []
    part, whole = value_of(match["a"]), value_of(match["b"])
    if part is None or whole is None or not 0 < part < whole or whole > 100_000:
        return []
    is_of = "out" in match["link"].casefold()
    if not is_of and (
        (whole > 1000 and part > 1)
        or (part > 1 and re.match(r"\s+(?:local|councils|cases|areas)", text[match.end() : match.end() + 12]))
    ):
        return []
    if re.fullmatch(r"(?:19|20)\d\d", match["b"]) and not is_of:
        return []
    if not is_of and re.match(
        r"\s*[-–/]\s*\d|\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
        text[match.end() : match.end() + 12],
        re.I,
    ):
        return []
    if is_of and whole > 100 and whole not in _ROUND and "every" not in match[0].casefold():
        first = Candidate(at, match.end("a"), part, None, "count", "count")
        return [first, Candidate(match.start("b"), match.end("b"), whole, None, "count", "count")]
    return [Candidate(at, match.end(), round(100 * part / whole, 2), None, "percent", "ratio")]


def read_fraction(text: str, at: int, end: int) -> list[Candidate]:
    match = FRACTION.match(text, at, end)
    if not match:
        return []
    name = match["word"].casefold()
    base = "half" if name == "halves" else name.removesuffix("s")
    head = (match["n"] or "").casefold()
    if not head and base != "half":
        ahead, behind = text[max(0, at - 40) : at], text[match.end() : match.end() + 8]
        is_alone = _BY_ALONE.search(ahead) and not re.match(r"-|\s+(?:part|sector)", behind)
        if name.endswith("s") or not (is_alone or _SINGLED_OUT.search(ahead)):
            return []
    if head in ("", "a", "an", "one") and name.endswith("s"):
        return []
    if head and base == "half" and head not in ("a", "one"):
        return []
    times = ONES.get(head, 1)
    parts = FRACTION_NAMES[base]
    if times >= parts:
        return []
    tail = text[match.end() : match.end() + 40]
    if re.match(r"\s+(?:a\s+)?(?:as|the\s+(?:rate|likelihood|chance))\s+\w+", tail) and re.match(
        r"\s+as\s+\w+(?:\s+\w+){0,3}\s+as\b|\s+as\s+(?:likely|many|much|high|often|big|large)\b",
        text[match.end() : match.end() + 60],
    ):
        return [Candidate(at, match.end(), round(times / parts, 4), None, "multiplier", "multiplier")]
    if scaled := re.match(r"\s+(?:of\s+)?(?:an?\s+)?(million|billion|dozen)\b", tail):
        finish = match.end() + scaled.end()
        pounds = re.match(r"\s+pounds\b", text[finish : finish + 8])
        value = times / parts * SCALES[scaled[1].casefold()]
        if pounds:
            return [Candidate(at, finish + pounds.end(), value, None, "GBP", "money")]
        return [Candidate(at, finish, value, None, "count", "count")]
    if points := re.match(r"\s+a\s+(?:percentage|per\s?cent)\s+point\b", tail):
        return [Candidate(at, match.end() + points.end(), times / parts, None, "percentage_point", "percent")]
    if timed := re.match(r"(?:\s+an?|-an?)?[\s-](hour|day|year|month|week|minute|decade|century)\b", tail):
        unit = timed[1].casefold()
        if unit in ("decade", "century") or (
            base == "half" and not re.match(r"(?:\s+an?|-an?)", tail) and unit in ("day", "year")
        ):
            return []
        return [Candidate(at, match.end() + timed.end(), times / parts, None, unit, "duration")]
    return [Candidate(at, match.end(), round(100 * times / parts, 2), None, "percent", "fraction")]


def read_times(text: str, at: int, end: int) -> list[Candidate]:
    ahead = text[at : at + 80].casefold()
    is_behind_factor = "factor" in text[max(0, at - 40) : at].casefold()
    if not (is_behind_factor or "times" in ahead or "fold" in ahead or "x" in ahead):
        return []
    if fold := FOLD.match(text, at, end):
        value = 100.0 if fold["a"].casefold() == "hundred" else value_of(fold["a"])
        return [Candidate(at, fold.end(), value, None, "multiplier", "multiplier")] if value else []
    match = TIMES.match(text, at, end)
    if not match:
        factor = (
            re.compile(NUMBER, re.IGNORECASE).match(text, at, end)
            if is_behind_factor and FACTOR.search(text[max(0, at - 40) : at])
            else None
        )
        value = value_of(factor[0]) if factor else None
        return [Candidate(at, factor.end(), value, None, "multiplier", "multiplier")] if factor and value else []
    value = value_of(match["a"])
    if value is None:
        return []
    body = match[0].casefold()
    is_fold = "fold" in body
    if "times" in body and not match["after"]:
        return []
    if (
        not is_fold
        and "times" not in body
        and not re.match(r"\s+(?:as|more|higher|the)", text[match.end() : match.end() + 8])
    ):
        return []
    finish = match.start("after") if match["after"] else match.end()
    return [Candidate(at, finish, value + (0.5 if match["half"] else 0), None, "multiplier", "multiplier")]


def read_multiple(text: str, at: int, end: int) -> list[Candidate]:
    match = MULTIPLE.match(text, at, end)
    if not match:
        return []
    return [Candidate(at, match.end(), MULTIPLIERS[match["word"].casefold()], None, "multiplier", "multiplier")]
