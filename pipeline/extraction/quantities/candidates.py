"""Every expression of a text that could be a number, with its value and unit; ``rejection.py`` says which are none.

Pure functions over text. A candidate's span is the shortest that holds the number with its sign, scale and unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pipeline.extraction.quantities.candidate import Candidate, value_of
from pipeline.extraction.quantities.elided import share_units
from pipeline.extraction.quantities.gates import has_piece, in_small_letters, last_word
from pipeline.extraction.quantities.parts import read_fraction, read_multiple, read_ratio, read_times
from pipeline.extraction.quantities.patterns import (
    AGE_AFTER,
    AGE_GROUP,
    AGE_LIST,
    AGED,
    APPOSED_AGE,
    BY,
    COUNT,
    DURATION,
    FIGURE,
    FROM,
    MONEY,
    NAMED_BEFORE,
    NUMBER_WORD,
    OTHER,
    PENCE,
    PER,
    PERCENT,
    PERSON_BEFORE,
    RANGING,
    RUN,
    START,
    UNITS,
)
from pipeline.extraction.timex.numerals import SCALES, read_digits


def find_candidates(text: str, start: int = 0, end: int | None = None) -> list[Candidate]:
    """The candidates of ``text[start:end]`` by start, none overlapping another.

    >>> [(c.value, c.unit) for c in find_candidates("£1.32bn, 3.9%, one in five, six hours and 1,920 staff")]
    [(1320000000.0, 'GBP'), (3.9, 'percent'), (20.0, 'percent'), (6.0, 'hour'), (1920.0, 'count')]
    """
    end = len(text) if end is None else end
    lowered = _lowered(text)
    if not FIGURE.search(text, start, end) and not NUMBER_WORD.search(lowered, start, end):
        return []
    found: list[Candidate] = []
    position = start
    for match in START.finditer(lowered, start, end):
        at = match.start()
        if at < position or (at and text[at - 1].isalnum() and not match["sign"]):
            continue
        for each in _read(text, at, min(end, at + 160)):
            found.append(each)
            position = max(position, each.end_char)
        if position <= at:  # what was no number is passed over whole, so that no part of it is read
            run = RUN.match(text, at, end)
            position = run.end() if run else at + 1
    return share_units(text, found)


@lru_cache(maxsize=2)
def _lowered(text: str) -> str:
    """An article in small letters: its paragraphs are looked at one after the other."""
    return in_small_letters(text)


def _read(text: str, at: int, end: int) -> list[Candidate]:
    """The candidate (two for "16 or 17" and its like) that begins here; the readers in order of certainty."""
    ahead = text[at:end].casefold()
    kind = "digit" if ahead[:1].isdigit() else "word" if ahead[:1].isalpha() else "sign"
    for reader, triggers in _READERS_BY_START[kind]:
        for trigger in triggers:
            if trigger in ahead:
                found = reader(text, at, end)
                if found:
                    return found
                break
    return []


#: "40 in 2010 to 36 in 2015", "in March 2010 to 36", "in 2010/11 to 36": a year, no end of a range.
_YEAR: Final = re.compile(r"(?:19|20)\d\d\s")
_IN: Final = re.compile(
    r"\b(?:in|since|by|of|for|during|until|january|february|march|april|may|june|july|august|september|october|november|"
    r"december|spring|summer|autumn|winter)\s+$",
    re.IGNORECASE,
)
_YEAR_BEFORE: Final = re.compile(r"\b(?:19|20)\d\d[/–-]$")


def is_range(text: str, at: int, link: str, low: float, high: float) -> bool:
    """Whether two numbers joined by a dash, "to" or "and" are one range and not two levels.

    >>> text = "numbers rose from 5,680 to 7,380"
    >>> is_range(text, text.index("5"), " to ", 5680, 7380), is_range("between 16 and 17", 8, " and ", 16, 17)
    (False, True)
    """
    if low >= high:
        return False
    before = text[max(0, at - 60) : at]
    word = link.strip().casefold()
    if word == "and":
        return bool(re.search(r"\bbetween\s+(?:(?:about|around|the\s+ages\s+of)\s+)?$", before, re.IGNORECASE))
    if word == "or":
        return False
    if word == "to":
        if (_YEAR.match(text, at) and _IN.search(before)) or _YEAR_BEFORE.search(before):
            return False
        if RANGING.search(before) or re.search(r"\bbetween\s+$", before, re.IGNORECASE):
            return True
        return not (FROM.search(before) or BY.search(before))
    return not (BY.search(before) and high > 10 * low)


def _two(
    text: str, at: int, a: tuple[int, int, float], b: tuple[int, int, float], link: str, unit: str, kind: str
) -> list[Candidate]:
    """One range or, where the two are levels or alternatives, two candidates; ``a`` and ``b`` are spans and values."""
    if is_range(text, at, link, a[2], b[2]):
        return [Candidate(a[0], b[1], a[2], b[2], unit, kind)]
    return [Candidate(a[0], a[1], a[2], None, unit, kind), Candidate(b[0], b[1], b[2], None, unit, kind)]


def _read_money(text: str, at: int, end: int) -> list[Candidate]:
    match = MONEY.match(text, at, end)
    if not match:
        return []
    unit = "GBP" if match["sign"] == "£" else "other"
    low = value_of(match["a"], match["sa"])
    if low is None:
        return []
    first_end = match.end("sa") if match["sa"] else match.end("a")
    if match["b"] is None:
        return [Candidate(at, first_end, low, None, unit, "money")]
    is_dash = match["link"].strip() in "-–—−"
    if not match["sign2"] and not is_dash and not (match["sb"] and not match["sa"]):
        return [Candidate(at, first_end, low, None, unit, "money")]
    if not match["sign2"] and is_dash and re.fullmatch(r"\d{4}", match["b"] or "") and not match["sb"]:
        return [Candidate(at, first_end, low, None, unit, "money")]
    high = value_of(match["b"], match["sb"])
    if high is None:
        return [Candidate(at, first_end, low, None, unit, "money")]
    if match["sb"] and not match["sa"] and low < 1000:
        low = value_of(match["a"], match["sb"]) or low
    second = match.start("sign2") if match["sign2"] else match.start("b")
    last_end = match.end("sb") if match["sb"] else match.end("b")
    if is_range(text, at, match["link"], low, high):
        return [Candidate(at, last_end, low, high, unit, "money")]
    if not match["sign2"]:
        return [Candidate(at, first_end, low, None, unit, "money")]
    return [Candidate(at, first_end, low, None, unit, "money"), Candidate(second, last_end, high, None, unit, "money")]


def _read_percent(text: str, at: int, end: int) -> list[Candidate]:
    match = PERCENT.match(text, at, end)
    if not match:
        return []
    sign = match["unit"].casefold()
    unit = (
        "percentage_point"
        if "point" in sign or sign.strip(" -") in ("pp", "pps", "ppt", "ppts") or match["points"]
        else "percent"
    )
    low = value_of(match["a"])
    if low is None or (match["b"] and not match["p1"] and re.fullmatch(r"(?:19|20)\d\d", match["a"])):
        return []
    half = (match["half"] or "").strip()
    low += {"½": 0.5, "¼": 0.25, "¾": 0.75}.get(half, 0.5 if half else 0.0)
    if match["b"] is None:
        return [Candidate(at, match.end(), low, None, unit, "percent")]
    high = value_of(match["b"])
    first_end = match.end("p1") if match["p1"] else match.end("a")
    if high is None:
        return []
    link = match["link"]
    if link.strip().casefold() == "and" and not match["p1"] and not is_range(text, at, link, low, high):
        return []
    if is_range(text, at, link, low, high):
        return [Candidate(at, match.end(), low, high, unit, "percent")]
    if not match["p1"] and link.strip() in "-–—−":
        return []
    first_unit = "percent" if match["p1"] or link.strip().casefold() == "to" else "count"
    return [
        Candidate(at, first_end, low, None, first_unit, "percent"),
        Candidate(match.start("b"), match.end(), high, None, unit, "percent"),
    ]


def _read_duration(text: str, at: int, end: int) -> list[Candidate]:
    match = DURATION.match(text, at, end)
    if not match or match["a"].casefold() in ("a", "an"):
        return []
    low = value_of(match["a"], match["scale"])
    if low is None:
        return []
    if "½" in match[0]:
        low += 0.5
    if match["half"]:
        low += 0.5
    unit = UNITS[match["unit"].casefold().removesuffix("s")]
    finish = match.end("unit")
    kind = "duration"
    if match["old"]:
        kind, finish = "age", match.end("old")
    if match["b"] is None:
        return [Candidate(at, finish, low, None, unit, kind)]
    high = value_of(match["b"])
    if high is None:
        return []
    return _two(text, at, (at, match.end("a"), low), (match.start("b"), finish, high), match["link"], unit, kind)


def _read_other(text: str, at: int, end: int) -> list[Candidate]:
    pence = PENCE.match(text, at, end)
    if pence and (value := value_of(pence["a"])) is not None:
        return [Candidate(at, pence.end(), value / 100, None, "GBP", "money")]
    match = OTHER.match(text, at, end)
    if not match:
        return []
    low = value_of(match["a"], match["sa"])
    if low is None:
        return []
    high = value_of(match["b"], match["sb"]) if match["b"] else None
    if match["sb"] and not match["sa"] and low < 1000:
        low = value_of(match["a"], match["sb"]) or low
    unit, name = "other", match["unit"].casefold()
    if name.startswith("pound"):
        unit = "GBP"
    if name == "pence":
        unit, low, high = "GBP", low / 100, None if high is None else high / 100
    if high is not None and not is_range(text, at, match["link"], low, high):
        first = Candidate(at, match.end("sa") if match["sa"] else match.end("a"), low, None, unit, "measure")
        return [first, Candidate(match.start("b"), match.end(), high, None, unit, "measure")]
    return [Candidate(at, match.end(), low, high, unit, "measure")]


_AND_A_HALF: Final = re.compile(r"\s+and\s+a\s+half\s+(million|billion|thousand)\b")
#: Without one of these before it no number is an age.
_AGE_STEMS: Final = ("age", "under", "over", "below", "above", "older", "younger", "he ", "who ", "young", "turn")
#: What ``AGED`` and ``AGE_LIST`` can end in.
_LAST_BEFORE_AGE: Final = frozenset(
    {
        "about", "above", "age", "aged", "ages", "and", "around", "as", "at", "below", "between", "from", "is", "just",
        "least", "now", "of", "only", "or", "over", "than", "to", "turn", "turned", "turning", "turns", "under", "was",
    }
)  # fmt: skip


def _is_behind_age(before: str) -> bool:
    """Whether the words before a number make it an age: "aged under", "children over", "aged 4, 6 and"."""
    last = last_word(before)
    if last not in _LAST_BEFORE_AGE and last[-1:] != ",":
        return False
    lowered = before.lower()
    return has_piece(lowered, _AGE_STEMS) and bool(AGED.search(before) or AGE_LIST.search(before[-60:]))


def _read_count(text: str, at: int, end: int) -> list[Candidate]:
    match = COUNT.match(text, at, end)
    if not match or match["a"].casefold() in ("a", "an"):
        return []
    low = value_of(match["a"], match["sa"])
    first_end = match.end("plus") if match["plus"] else match.end("sa") if match["sa"] else match.end("a")
    if low is None:
        return []
    if half := _AND_A_HALF.match(text[match.end("a") : match.end("a") + 30]):
        low = (low + 0.5) * SCALES[half[1].casefold()]
        return [Candidate(at, match.end("a") + half.end(), low, None, "count", "count")]
    if match["vulgar"]:
        low += read_digits("0" + match["vulgar"].strip()) or 0.0
        first_end = max(first_end, match.end("vulgar"))
    before = text[max(0, at - 90) : at]
    is_age = _is_behind_age(before)
    single = [Candidate(at, first_end, low, None, "count", "count")]
    result = single
    if match["b"] is not None:
        high = value_of(match["b"], match["sb"])
        finish = match.end("sb") if match["sb"] else match.end("b")
        has_unit = PERCENT.match(text, match.start("b"), end) or DURATION.match(text, match.start("b"), end)
        is_dash = match["link"].strip() in "-–—−"
        if high is not None and not has_unit and is_range(text, at, match["link"], low, high):
            both_words = match["a"][0].isalpha() == match["b"][0].isalpha()
            if match["sb"] and not match["sa"] and low < 1000:
                low = value_of(match["a"], match["sb"]) or low
            if both_words and (is_dash or high <= 100 * max(low, 1)):
                result = [Candidate(at, finish, low, high, "count", "count")]
        elif match["link"] in ("-", "–") and match["a"][0].isdigit() and match["b"][0].isdigit():
            return []
    is_age = is_age or bool(
        match["a"].isdigit()
        and APPOSED_AGE.match(text, first_end)
        and (NAMED_BEFORE.search(text[max(0, at - 40) : at]) or PERSON_BEFORE.search(before))
    )
    is_age = is_age or (result[0].value_high is not None and bool(AGE_GROUP.match(text, result[0].end_char)))
    rate = PER.match(text, result[0].end_char, end)
    if rate and len(result) == 1:
        result = [replace(result[0], end_char=rate.end())]
    if is_age or AGE_AFTER.match(text, result[0].end_char):
        top = result[0].value_high or result[0].value
        if top <= 120 and not re.match(r"\s?(?:%|per\s?cent)|,\d", text[result[0].end_char : result[0].end_char + 10]):
            result = [replace(result[0], unit="year", kind="age")]
    return result


#: The readers by certainty: of what one must stand somewhere ahead for it to be worth a try, and how a number may begin.
_READERS: Final[tuple[tuple[Callable[[str, int, int], list[Candidate]], tuple[str, ...], str], ...]] = (
    (_read_money, ("£", "€", "$", "¥"), "sign word"),
    (read_ratio, ("in", "out"), "digit word"),
    (read_fraction, ("",), "word"),
    (_read_percent, ("%", "per", "pc", "pp", "point"), "digit word"),
    (read_times, ("",), "digit word"),
    (read_multiple, ("",), "word"),
    (_read_duration, ("year", "yr", "month", "week", "day", "hour", "hr", "min"), "digit word"),
    (_read_other, ("",), "digit word"),
    (_read_count, ("",), "digit word sign"),
)
_READERS_BY_START: Final = {
    kind: tuple((reader, triggers) for reader, triggers, kinds in _READERS if kind in kinds.split())
    for kind in ("digit", "word", "sign")
}
