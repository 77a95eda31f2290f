"""Every expression of a text that could be a number, with its value and unit; ``rejection.py`` says which are none.

Pure functions over text. A candidate's span is the shortest that holds the number with its sign, scale and unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.extraction.quantities.patterns import (
    AGE_AFTER,
    AGE_GROUP,
    AGE_LIST,
    AGED,
    APPOSED_AGE,
    BY,
    COUNT,
    DURATION,
    FACTOR,
    FOLD,
    FRACTION,
    FRACTION_NAMES,
    FROM,
    FURTHER,
    INSTEAD,
    LIST_LINK,
    MONEY,
    MULTIPLE,
    MULTIPLIERS,
    NAMED_BEFORE,
    NO_NOUN,
    NUMBER,
    OTHER,
    PENCE,
    PER,
    PERCENT,
    POINTS,
    RANGING,
    RATIO,
    RUN,
    SCALE_WORDS,
    START,
    TIMES,
    UNITS,
)
from pipeline.extraction.timex.numerals import ONES, SCALES, read_digits, read_number


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible number. ``kind`` says how it is written: money, percent, point, duration, age, fraction, ratio,
    multiplier, measure (miles, kg) or count."""

    start_char: int
    end_char: int
    value: float
    value_high: float | None
    unit: str
    kind: str


def find_candidates(text: str, start: int = 0, end: int | None = None) -> list[Candidate]:
    """The candidates of ``text[start:end]`` by start, none overlapping another.

    >>> [(c.value, c.unit) for c in find_candidates("£1.44bn, 4.7%, one in five, six hours and 1,485 staff")]
    [(1440000000.0, 'GBP'), (4.7, 'percent'), (20.0, 'percent'), (6.0, 'hour'), (1485.0, 'count')]
    """
    end = len(text) if end is None else end
    found: list[Candidate] = []
    position = start
    for match in START.finditer(text, start, end):
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


def share_units(text: str, found: list[Candidate]) -> list[Candidate]:
    """The same, with the unit of "three, four, five years" and "two years … a further three" on every number."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        one, other = shared[i], shared[i + 1]
        if (
            one.kind == "count"
            and other.kind in ("duration", "age")
            and LIST_LINK.fullmatch(text, one.end_char, other.start_char)
        ):
            shared[i] = replace(one, unit=other.unit, kind=other.kind)
    for i in range(1, len(shared)):
        one, other = shared[i - 1], shared[i]
        if other.kind == "count" and one.unit in ("percent", "percentage_point") and POINTS.match(text, other.end_char):
            shared[i] = replace(other, unit="percentage_point", kind="percent")
        if (
            other.kind == "count" and one.kind == "duration"
            and any(link.fullmatch(text, one.end_char, other.start_char) for link in (FURTHER, INSTEAD))
            and other.value < 100 and NO_NOUN.match(text, other.end_char)
        ):  # fmt: skip
            shared[i] = replace(other, unit=one.unit, kind="duration")
    return shared


def _read(text: str, at: int, end: int) -> list[Candidate]:
    """The candidate (two for "16 or 17" and its like) that begins here; the readers in order of certainty."""
    for reader in (_read_money, _read_ratio, _read_fraction, _read_percent, _read_times, _read_multiple,
                   _read_duration, _read_other, _read_count):  # fmt: skip
        found = reader(text, at, end)
        if found:
            return found
    return []


def _value(text: str | None, scale: str | None = None) -> float | None:
    if text is None:
        return None
    number = read_number(text)
    return None if number is None else round(number * SCALE_WORDS.get((scale or "").casefold(), 1), 6)


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
    low = _value(match["a"], match["sa"])
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
    high = _value(match["b"], match["sb"])
    if high is None:
        return [Candidate(at, first_end, low, None, unit, "money")]
    if match["sb"] and not match["sa"] and low < 1000:
        low = _value(match["a"], match["sb"]) or low
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
    low = _value(match["a"])
    if low is None or (match["b"] and not match["p1"] and re.fullmatch(r"(?:19|20)\d\d", match["a"])):
        return []
    half = (match["half"] or "").strip()
    low += {"½": 0.5, "¼": 0.25, "¾": 0.75}.get(half, 0.5 if half else 0.0)
    if match["b"] is None:
        return [Candidate(at, match.end(), low, None, unit, "percent")]
    high = _value(match["b"])
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


def _read_ratio(text: str, at: int, end: int) -> list[Candidate]:
    """``one in five`` is 20 per cent; a ratio above one is none ("20 in 2023")."""
    match = RATIO.match(text, at, end)
    if not match:
        return []
    part, whole = _value(match["a"]), _value(match["b"])
    if part is None or whole is None or not 0 < part < whole or whole > 100_000:
        return []
    is_of = "out" in match["link"].casefold()
    if not is_of and (
        (whole > 1000 and part > 1)
        or re.match(r"\s+(?:local|councils|cases|areas)", text[match.end() : match.end() + 12])
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
    return [Candidate(at, match.end(), round(100 * part / whole, 2), None, "percent", "ratio")]


def _read_fraction(text: str, at: int, end: int) -> list[Candidate]:
    match = FRACTION.match(text, at, end)
    if not match:
        return []
    name = match["word"].casefold()
    base = "half" if name == "halves" else name.removesuffix("s")
    head = (match["n"] or "").casefold()
    if not head and base != "half":
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
    if scaled := re.match(r"\s+(?:an?\s+)?(million|billion|dozen)\b", tail):
        finish = match.end() + scaled.end()
        pounds = re.match(r"\s+pounds\b", text[finish : finish + 8])
        value = times / parts * SCALES[scaled[1].casefold()]
        if pounds:
            return [Candidate(at, finish + pounds.end(), value, None, "GBP", "money")]
        return [Candidate(at, finish, value, None, "count", "count")]
    if timed := re.match(r"(?:\s+an?|-an?)?[\s-](hour|day|year|month|week|minute|decade|century)\b", tail):
        unit = timed[1].casefold()
        if unit in ("decade", "century") or (
            base == "half" and not re.match(r"(?:\s+an?|-an?)", tail) and unit in ("day", "year")
        ):
            return []
        return [Candidate(at, match.end() + timed.end(), times / parts, None, unit, "duration")]
    return [Candidate(at, match.end(), round(100 * times / parts, 2), None, "percent", "fraction")]


def _read_times(text: str, at: int, end: int) -> list[Candidate]:
    if fold := FOLD.match(text, at, end):
        value = 100.0 if fold["a"].casefold() == "hundred" else _value(fold["a"])
        return [Candidate(at, fold.end(), value, None, "multiplier", "multiplier")] if value else []
    match = TIMES.match(text, at, end)
    if not match:
        factor = (
            re.compile(NUMBER, re.IGNORECASE).match(text, at, end)
            if FACTOR.search(text[max(0, at - 40) : at])
            else None
        )
        value = _value(factor[0]) if factor else None
        return [Candidate(at, factor.end(), value, None, "multiplier", "multiplier")] if factor and value else []
    value = _value(match["a"])
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


def _read_multiple(text: str, at: int, end: int) -> list[Candidate]:
    match = MULTIPLE.match(text, at, end)
    if not match:
        return []
    return [Candidate(at, match.end(), MULTIPLIERS[match["word"].casefold()], None, "multiplier", "multiplier")]


def _read_duration(text: str, at: int, end: int) -> list[Candidate]:
    match = DURATION.match(text, at, end)
    if not match or match["a"].casefold() in ("a", "an"):
        return []
    low = _value(match["a"])
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
    high = _value(match["b"])
    if high is None:
        return []
    return _two(text, at, (at, match.end("a"), low), (match.start("b"), finish, high), match["link"], unit, kind)


def _read_other(text: str, at: int, end: int) -> list[Candidate]:
    pence = PENCE.match(text, at, end)
    if pence and (value := _value(pence["a"])) is not None:
        return [Candidate(at, pence.end(), value / 100, None, "GBP", "money")]
    match = OTHER.match(text, at, end)
    if not match:
        return []
    low = _value(match["a"], match["sa"])
    if low is None:
        return []
    high = _value(match["b"]) if match["b"] else None
    unit, name = "other", match["unit"].casefold()
    if name.startswith("pound"):
        unit = "GBP"
    if name == "pence":
        unit, low = "GBP", low / 100
    if high is not None and not is_range(text, at, match["link"], low, high):
        return []
    return [Candidate(at, match.end(), low, high, unit, "measure")]


def _read_count(text: str, at: int, end: int) -> list[Candidate]:
    match = COUNT.match(text, at, end)
    if not match or match["a"].casefold() in ("a", "an"):
        return []
    low = _value(match["a"], match["sa"])
    first_end = match.end("plus") if match["plus"] else match.end("sa") if match["sa"] else match.end("a")
    if low is None:
        return []
    if match["vulgar"]:
        low += read_digits("0" + match["vulgar"].strip()) or 0.0
        first_end = max(first_end, match.end("vulgar"))
    is_age = bool(AGED.search(text[max(0, at - 40) : at]) or AGE_LIST.search(text[max(0, at - 60) : at]))
    single = [Candidate(at, first_end, low, None, "count", "count")]
    result = single
    if match["b"] is not None:
        high = _value(match["b"], match["sb"])
        finish = match.end("sb") if match["sb"] else match.end("b")
        has_unit = PERCENT.match(text, match.start("b"), end) or DURATION.match(text, match.start("b"), end)
        is_dash = match["link"].strip() in "-–—−"
        if high is not None and not has_unit and is_range(text, at, match["link"], low, high):
            both_words = match["a"][0].isalpha() == match["b"][0].isalpha()
            if match["sb"] and not match["sa"] and low < 1000:
                low = _value(match["a"], match["sb"]) or low
            if both_words and (is_dash or high <= 100 * max(low, 1)):
                result = [Candidate(at, finish, low, high, "count", "count")]
        elif match["link"] in ("-", "–") and match["a"][0].isdigit() and match["b"][0].isdigit():
            return []
    is_age = is_age or bool(
        APPOSED_AGE.match(text, first_end) and NAMED_BEFORE.search(text[max(0, at - 40) : at]) and match["a"].isdigit()
    )
    is_age = is_age or (result[0].value_high is not None and bool(AGE_GROUP.match(text, result[0].end_char)))
    rate = PER.match(text, result[0].end_char, end)
    if rate and len(result) == 1:
        result = [replace(result[0], end_char=rate.end())]
    if is_age or AGE_AFTER.match(text, result[0].end_char):
        top = result[0].value_high or result[0].value
        if top <= 120 and not re.match(r"\s?(?:%|per\s?cent)", text[result[0].end_char : result[0].end_char + 10]):
            result = [replace(result[0], unit="year", kind="age")]
    return result
