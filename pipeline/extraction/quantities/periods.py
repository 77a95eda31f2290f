"""The time that a number holds for: its own clause's, then the sentence's, the paragraph's, the list's, the data's.

A number takes the date that stands at it ("4,826 in 2021-22", "in the year to September 2024 (5,254.6)"), else the
last one before it in its sentence, else what the paragraph last spoke of. The old level of a pair ("from 17.9% to
16.2%", "up from 15.2%") lies a year before the new one unless the text says otherwise; a pair over a span ("from
2022-24") takes its two ends. Numbers of a statistical story fall back on the date of its data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.timex import almanac
from pipeline.extraction.timex.grammar import endpoints
from pipeline.records import Quantity, Timex


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


#: Words before a date that make it the time of something other than the figures.
_NOT_OF_DATA: Final = _compile(
    r"(?:\b(?:published|released|announced|launched|began|begun|started|established|introduced|set\s+up|created|founded|passed|unveiled|issued|dating\s+back\s+to|date\s+back\s+to|dated|"
    r"(?:lowest|highest|largest|biggest|smallest|first|most|fewest|worst|best|records?|high|low|peak)\b[^.;]{0,50}?\bsince(?:\s+(?:records|the|its|data|comparable)[^.;,]{0,40})?|"
    r"since\s+(?:records|the\s+data\w*|the\s+series)\b[^.;,]{0,40}|first\s+time\s+[^.;]{0,60}|(?:a|the|its|their|recent)\s+(?:report|review|survey|study|paper|white\s+paper|article)|similar\s+(?:number|figure|level|proportion)\s+to|come|until|by|before|beyond|no\s+later\s+than)\s+(?:in|on|back\s+in|to|at|as)?\s*)$"
)
_SINCE: Final = _compile(r"\bsince\s+(?:the\s+(?:start|end|beginning)\s+of\s+)?$")
_DATA_DATE: Final = _compile(r"\b(?:as\s+of|as\s+at|at|dates?\s+from|taken\s+on|figures\s+for|data\s+for|statistics\s+for|in)\s+(?:the\s+)?$")
_STRONG_DATA_DATE: Final = _compile(r"\b(?:as\s+of|as\s+at|dates?\s+from|figures\s+for|data\s+for|statistics\s+for)\s+(?:the\s+)?$")
_OLD: Final = _compile(
    r"(?:\b(?:up|down|rising|falling|rose|fell|risen|fallen|increas\w+|decreas\w+|grew|grown|growing|drop\w*|declin\w+|compared|reduc\w+|cut|dip\w*|climb\w*|jump\w*|chang\w+|rate|number|proportion|percentage|figure|total|staff|of\s+\w+|it|this|level|average|caseloads?),?\s+(?:[^.;()]{0,60}?\s)?from|,\s+from|^\s*from|\bfrom)\s+(?:(?:a|an|the|record|high|low|of|about|around|just|over|under|almost|nearly|more|less|than|some)\s+)*$"
)
_COMPARED: Final = _compile(r"\b(?:compared\s+(?:with|to)|against|versus|than|on)\s+(?:(?:a|an|the|about|around|just|over|under|almost|nearly|in|for|of|previous)\s+)*$")
_NEW_TO: Final = _compile(r"\bto\s+(?:(?:a|an|the|record|new|high|low|of|about|around|just|over|under|almost|nearly|more|less|than)\s+)*$")
_CHANGE_WORD: Final = _compile(r"\b(?:ris\w+|rose|fell|fall\w*|drop\w*|increas\w+|decreas\w+|gr(?:ew|ow\w*)|declin\w+|up|down|cut\w*|reduc\w+|bring\w*|brought|chang\w+|dip\w*|climb\w*|jump\w*|push\w*|halv\w+|doubl\w+|shr\w+)\b")
_BREAK: Final = re.compile(r"[;:]|\s[–—]\s|,\s+(?:while|but|and|with|whereas|although|though|which|meaning|representing|up|down|compared|rising|falling|from)\b|\bwhile\b|\bcompared\b|\bup\s+from\b|\bdown\s+from\b")
_SHIFT_WORDS: Final = _compile(r"^(?:(?:a|one|twelve|12|two|three|four|five|six|ten|\d+)\s+(?:year|month)s?\s+(?:earlier|before|previously|ago)|the\s+(?:year|month)\s+(?:before|earlier|above)|the\s+(?:previous|preceding|prior)\s+(?:year|12\s+months|twelve\s+months)|the\s+same\s+(?:time|period|month|point)\s+(?:last\s+year|the\s+(?:previous\s+year|year\s+before)|a\s+year\s+(?:earlier|before)))$")
_POINT_IN_YEAR: Final = _compile(r"\b(?:rate|proportion|percentage|share|workforce|in\s+post|employed|vacanc\w+|caseloads?|posts|numbers?)\b")
_FUTURE: Final = _compile(r"\b(?:will|would|aims?|target|plans?|pledge[ds]?|proposed|recruit|expected|to\s+be)\b")
_SURVEY: Final = _compile(r"\b(?:poll|survey|respondents?|vote[sd]?|questionnaire|interview\w*|asked)\b")


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence with its numbers (their positions in the article's list) and its usable dates, in order."""

    start_char: int
    end_char: int
    piece: int
    kind: str
    numbers: tuple[int, ...]
    dates: tuple[Timex, ...]


def find_periods(
    text: str, published: date, settings: Sequence[Setting], quantities: Sequence[Quantity]
) -> list[str | None]:
    """EDTF or ``None`` for each quantity, in order; ``settings`` are all sentences of the text in order."""
    periods: list[str | None] = [None] * len(quantities)
    default = _data_date(text, settings, quantities)
    spoken: str | None = None
    heading: str | None = None
    piece = -1
    for setting in settings:
        if setting.piece != piece:
            if setting.kind != "list_item":
                heading = spoken if setting.kind == "heading" else None
            piece = setting.piece
            if setting.kind != "list_item":
                spoken = None if setting.kind != "heading" else spoken
        usable = [t for t in setting.dates if _is_of_data(text, t, setting)]
        _sentence_periods(text, published, setting, usable, quantities, periods, spoken or heading, default)
        told = [t for t in usable if not _SHIFT_WORDS.match(t.text)]
        if told:
            spoken = told[-1].edtf if not setting.numbers else (periods[setting.numbers[0]] or told[0].edtf)
    return _by_same_value(quantities, periods)


def _is_of_data(text: str, timex: Timex, setting: Setting) -> bool:
    before = text[max(setting.start_char, timex.start_char - 110) : timex.start_char]
    if timex.edtf is None or re.match(r"(?:today|yesterday|tomorrow|now|this\s+week|last\s+week|next\s+week|(?:earlier|later)\s+this)", timex.text, re.I):
        return False
    return _NOT_OF_DATA.search(before) is None


def _data_date(text: str, settings: Sequence[Setting], quantities: Sequence[Quantity]) -> str | None:
    """The date of a statistical story's data: the first "as of …" or "in the year to …" beside a figure."""
    for setting in settings:
        if _SURVEY.search(text, setting.start_char, setting.end_char):
            continue
        for timex in setting.dates:
            before = text[max(setting.start_char, timex.start_char - 40) : timex.start_char]
            if timex.edtf is None or timex.is_relative or not _is_of_data(text, timex, setting):
                continue
            is_year_to = re.match(r"(?:the\s+)?(?:\d+\s+months|year|twelve\s+months|quarter)\s+(?:to|end)", timex.text, re.I)
            if is_year_to and setting.numbers or _STRONG_DATA_DATE.search(before):
                span = edtf.parse(timex.edtf)
                return f"{span[1]:%Y-%m}" if span and is_year_to else timex.edtf
    return None


def _sentence_periods(
    text: str, published: date, setting: Setting, usable: list[Timex], quantities: Sequence[Quantity],
    periods: list[str | None], spoken: str | None, default: str | None,
) -> None:  # fmt: skip
    """Fill in the periods of one sentence's numbers."""
    numbers = [i for i in setting.numbers]
    attached = {i: _attached(text, i, numbers, usable, quantities, setting) for i in numbers}
    current: str | None = None
    for place, i in enumerate(numbers):
        quantity = quantities[i]
        before = text[max(setting.start_char, quantity.start_char - 120) : quantity.start_char]
        timex = attached[i]
        fallback = current or spoken or (default if _may_default(text, setting, quantity) else None)
        if quantity.unit in ("year", "month", "week", "day", "minute") and timex is None:
            continue
        is_old = bool(_OLD.search(before)) and _is_pair_or_comparison(text, setting, quantity, before)
        partner = _partner(text, i, place, numbers, quantities, setting) if is_old else None
        if timex is None and is_old and partner is not None and attached[partner] is not None:
            timex_of_pair = attached[partner]
            assert timex_of_pair is not None
            ends = endpoints(timex_of_pair, published)
            periods[i] = ends[0] if ends else _year_before(_value(timex_of_pair, published, text, setting, quantity))
            continue
        if timex is not None:
            value = _value(timex, published, text, setting, quantity)
            if _SHIFT_WORDS.match(timex.text):
                base = current or spoken or default
                value = _shifted(timex, base) or value
                periods[i] = value
                continue
            ends = endpoints(timex, published)
            if ends and quantity.role == "level" and (is_old or _is_pair_end(text, i, place, numbers, quantities, setting)):
                periods[i] = ends[0] if is_old else ends[1]
            elif ends and quantity.role == "change" and _are_adjacent(*ends):
                periods[i] = ends[1]
            elif ends is None and quantity.role == "level" and _is_year_to(timex) and _NEW_TO.search(before) and _CHANGE_WORD.search(before):
                span = edtf.parse(value)
                periods[i] = f"{span[1]:%Y-%m}" if span else value
            else:
                periods[i] = value
            if not is_old and not _COMPARED.search(before):
                current = periods[i] if quantity.role == "level" or current is None else current
            continue
        if is_old:
            periods[i] = _year_before(fallback) if fallback else None
            continue
        periods[i] = fallback


def _is_year_to(timex: Timex) -> bool:
    return re.match(r"(?:the\s+)?(?:\d+\s+months|year|twelve\s+months)\s+(?:to|end)", timex.text, re.I) is not None


def _are_adjacent(first: str, last: str) -> bool:
    """Whether the two are a year apart: a change between them is one on the year before."""
    return almanac.shift(first, 12) == last


def _value(timex: Timex, published: date, text: str, setting: Setting, quantity: Quantity) -> str | None:
    if _SINCE.search(text[max(setting.start_char, timex.start_char - 30) : timex.start_char]):
        span = edtf.parse(timex.edtf)
        if span and span[0] <= published:
            return f"{(timex.edtf or '').split('/')[0]}/{published.isoformat()}"
    return timex.edtf


def _year_before(value: str | None) -> str | None:
    return almanac.shift(value, -12) if value else None


def _shifted(timex: Timex, base: str | None) -> str | None:
    """ "a year earlier" against the number's own story; ``None`` where there is nothing to go by."""
    if base is None:
        return None
    match = re.match(r"(?:the\s+|a\s+|one\s+|twelve\s+|12\s+)?(?P<n>two|three|four|five|six|ten|\d+)?\s*(?P<unit>year|month)", timex.text, re.I)
    words = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
    count = 1
    if match and match["n"]:
        count = words.get(match["n"].casefold()) or int(match["n"])
    months = 12 * count
    if match and match["unit"].casefold() == "month" and not re.search(r"12|twelve", timex.text):
        months = count
    return almanac.shift(base, -months)


def _is_pair_or_comparison(text: str, setting: Setting, quantity: Quantity, before: str) -> bool:
    """Whether "from N" is an old level and not a source ("data from 124 councils")."""
    if quantity.role == "change":
        return False
    sentence = text[setting.start_char : setting.end_char]
    return bool(_CHANGE_WORD.search(before) or (_CHANGE_WORD.search(sentence) and re.search(r"\bto\s", sentence)))


def _partner(text: str, i: int, place: int, numbers: list[int], quantities: Sequence[Quantity], setting: Setting) -> int | None:
    """The new level that follows an old one: "from A to B"."""
    for other in numbers[place + 1 : place + 3]:
        between = text[quantities[i].end_char : quantities[other].start_char]
        if _NEW_TO.search(between) and quantities[other].unit == quantities[i].unit and len(between) < 80:
            return other
    return None


def _is_pair_end(text: str, i: int, place: int, numbers: list[int], quantities: Sequence[Quantity], setting: Setting) -> bool:
    """Whether a level is the new one of a pair: "from A to B", or "rose by A to B"."""
    before = text[max(setting.start_char, quantities[i].start_char - 40) : quantities[i].start_char]
    return bool(_NEW_TO.search(before))


def _attached(
    text: str, i: int, numbers: list[int], usable: list[Timex], quantities: Sequence[Quantity], setting: Setting
) -> Timex | None:
    """The date that stands at a number: behind its bracket, after it in its clause, else the last before it."""
    quantity = quantities[i]
    start, end = quantity.start_char, quantity.end_char
    before = [t for t in usable if t.end_char <= start]
    after = [t for t in usable if t.start_char >= end]
    inside = [t for t in usable if t.start_char <= start and end <= t.end_char]
    if inside:
        return inside[0]
    if before and re.fullmatch(r"\s*\(\s*(?:(?:about|around|just|over|under|almost|nearly|up|down|from|a|the)\s+)*", text[before[-1].end_char : start]):
        return before[-1]
    opened = _bracket(text, quantity, setting)
    if after:
        first = after[0]
        between = text[end : first.start_char]
        others = [j for j in numbers if quantities[j].start_char >= end and quantities[j].end_char <= first.start_char and quantities[j].unit not in ("year", "month")]
        if opened and ")" in between and _closes(between):
            is_same = True
        else:
            is_same = _BREAK.search(between) is None
        if not others and is_same and len(between) < 160 and not (opened and "(" in between):
            return first
        if others and is_same and len(between) < 160 and _is_chain(text, i, others, quantities, first):
            return first
    if before:
        return before[-1] if not _belongs_to_other(text, before[-1], i, numbers, quantities) else _leading(before, setting, text)
    if after and not any(quantities[j].start_char < after[0].start_char and quantities[j].start_char > start for j in numbers):
        return after[0] if len(text[end : after[0].start_char]) < 200 and not re.search(r"\b(?:up|down)\s+(?:[\d.]+%\s+)?(?:from|on)\b|\bcompared\b", text[end : after[0].start_char]) and not _SHIFT_WORDS.match(after[0].text) else None
    return None


def _closes(between: str) -> bool:
    return between.count(")") > between.count("(") and _BREAK.search(between) is None


def _bracket(text: str, quantity: Quantity, setting: Setting) -> bool:
    """Whether the number stands in brackets."""
    before = text[setting.start_char : quantity.start_char]
    return before.count("(") > before.count(")")


def _is_chain(text: str, i: int, others: list[int], quantities: Sequence[Quantity], timex: Timex) -> bool:
    """Whether the numbers between this one and the date are of its pair or chain: "by 4.7% (1,485) to 33,119 in …"."""
    ends = [quantities[i].end_char, *(quantities[j].end_char for j in others)]
    starts = [*(quantities[j].start_char for j in others), timex.start_char]
    for low, high in zip(ends, starts, strict=True):
        if not re.fullmatch(r"[^.;:]{0,60}?(?:\bto\b|\(|\)|,\s+to\b|\bfrom\b|\bin\b|\bbetween\b|,|\bas\s+of\b|\bat\b|\bby\b|\bor\b|–)[^.;:]{0,60}", text[low:high]):
            return False
    return True


def _belongs_to_other(text: str, timex: Timex, i: int, numbers: list[int], quantities: Sequence[Quantity]) -> bool:
    """Whether a date before the number is that of a comparison ("up from 14.6% a year earlier, with …")."""
    if _SHIFT_WORDS.match(timex.text):
        return True
    head = text[max(0, timex.start_char - 90) : timex.start_char]
    return bool(re.search(r"\b(?:compared\s+(?:with|to)|(?:up|down)(?:\s+\S+){0,2}\s+(?:from|on)|from|than\s+in|than)\b[^,;]*$", head)) and any(
        quantities[j].end_char <= timex.start_char for j in numbers
    )


def _leading(before: list[Timex], setting: Setting, text: str) -> Timex | None:
    """The first date of the sentence that opens it or stands before any comparison."""
    first = before[0]
    if len(before) > 1 and not _SHIFT_WORDS.match(first.text):
        return first
    return None


def _may_default(text: str, setting: Setting, quantity: Quantity) -> bool:
    """Whether a number without a date may be of the story's data: not money, plans, polls or small counts."""
    if quantity.unit == "GBP" or quantity.tier == "minor":
        return False
    sentence = text[setting.start_char : setting.end_char]
    if _SURVEY.search(sentence) or _FUTURE.search(sentence) and quantity.unit == "count":
        return False
    return True


def _by_same_value(quantities: Sequence[Quantity], periods: list[str | None]) -> list[str | None]:
    """A figure told twice holds for the same time both times, where one telling gives it."""
    known: dict[tuple[float, str, str], set[str]] = {}
    for quantity, period in zip(quantities, periods, strict=True):
        if period:
            known.setdefault((quantity.value, quantity.unit, quantity.role), set()).add(period)
    return [
        period or (next(iter(told)) if quantity.tier == "core" and (quantity.value >= 100 or quantity.value % 1) and len(told := known.get((quantity.value, quantity.unit, quantity.role), set())) == 1 else None)
        for quantity, period in zip(quantities, periods, strict=True)
    ]
