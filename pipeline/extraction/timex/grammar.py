"""Time expressions of a text, found and normalised: one pass of the rules, then spans that are told in two dates.

No spaCy here. A text is scanned word by word; on each word only the rules that can begin with it are tried, and the
longest match wins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.timex import almanac
from pipeline.extraction.timex import durations as _durations  # noqa: F401  (each registers its rules)
from pipeline.extraction.timex import moments as _moments  # noqa: F401
from pipeline.extraction.timex import relative as _relative  # noqa: F401
from pipeline.extraction.timex import years as _years  # noqa: F401
from pipeline.extraction.timex.context import IMPOSSIBLE, Context, Reading
from pipeline.extraction.timex.rules import RULES, Rule, W
from pipeline.records import Timex

#: Every expression holds one of these or a number.
_TIME_WORDS: Final = frozenset(
    {*W.months, *W.months_short, *W.weekdays, *(f"{day}s" for day in W.weekdays), *W.seasons, *W.parts_of_day}
    | {unit + ending for unit in W.units for ending in ("", "s")}
    | {
        word
        for phrase in (*W.vague, *W.holidays)
        for word in phrase.replace("’", " ").replace("'", " ").split()
        if len(word) > 3
    }
    | {
        "mornings",
        "afternoons",
        "evenings",
        "nights",
        "centuries",
        "half",
        "noon",
        "midnight",
        "yesterday",
        "today",
        "tomorrow",
    }
    | {
        "tonight",
        "period",
        "quarter",
        "recent",
        "current",
        "coming",
        "time",
        "daily",
        "weekly",
        "fortnightly",
        "monthly",
    }
    | {
        "annually",
        "yearly",
        "hourly",
        "nineteen",
        "now",
        "q1",
        "q2",
        "q3",
        "q4",
        "q",
        "nineties",
        "eighties",
        "seventies",
    }
    | {"sixties", "fifties", "forties", "thirties", "twenties", "thousand"}
)
_WORD: Final = re.compile(r"[A-Za-z]++|\d++|['’](?=\d0s)")
_JOIN: Final = re.compile(r"\s+(?:to|until|till|and|through)\s+|\s*[–—-]\s*", re.IGNORECASE)
_MONTH_OR_DAY: Final = re.compile(r"\d{4}-(?:0\d|1[0-2])(?:-\d\d)?")
_JOIN_BEFORE: Final = re.compile(r"\b(?P<word>from|between)\s+(?:the\s+)?$", re.IGNORECASE)

#: What is itself worked out from the last date named is no anchor for the next.
_NO_ANCHORS: Final = frozenset({"shifted", "ago"})

#: A word of time stands within so many characters of where its expression begins …
NEAR: Final = 60
#: … with at most so many other words that could begin one in between.
MAX_WAITING: Final = 8
MAX_NUMBER: Final = 16

#: Nothing longer is a time expression; keeps every look at a text short.
MAX_LENGTH: Final = 100


def find_timexes(
    text: str,
    published: date,
    sentences: Sequence[tuple[int, int]] = (),
    sections: Sequence[tuple[int, int]] = (),
    is_compound: bool = True,
) -> list[Timex]:
    """Every time expression of the text, by start, none overlapping another.

    ``sentences`` and ``sections`` (paragraphs) are half-open spans in order; without them the text is one of each.
    ``is_compound`` joins what a table wants as one date ("from May to July 2024", ``2023-24``) and TimeML as two.

    >>> [(t.text, t.edtf) for t in find_timexes("It began last month, up from 2023-24.", date(2025, 1, 15))]
    [('last month', '2024-12'), ('2023-24', '2023-04/2024-03')]
    """
    spans = list(sentences) or [(0, len(text))]
    found = _scan(text, published, spans, list(sections) or [(0, len(text))], is_compound)
    return _join(text, found) if is_compound else found


def _scan(
    text: str, published: date, sentences: list[tuple[int, int]], sections: list[tuple[int, int]], is_compound: bool
) -> list[Timex]:
    found: list[Timex] = []
    starts = [start for start, _ in sentences]
    paragraphs = [start for start, _ in sections]
    position, paragraph = 0, -1
    reference: str | None = None
    distant: str | None = None
    month: str | None = None
    for start, rules in _places(text):
        if start < position or (start and _is_inside(text, start)):
            continue
        at = bisect_right(starts, start) - 1
        sentence = sentences[at] if at >= 0 and start < sentences[at][1] else (start, start)
        here = bisect_right(paragraphs, start)
        if here != paragraph:
            paragraph, reference = here, None
        low = max(sentence[0], start - 400)
        before, after_to = text[low:start], min(sentence[1], start + 400)
        timex = None
        for match, rule in _matches(text, start, rules, is_compound):
            end = match.end()
            context = Context(published, before, text[end : max(end, after_to)], reference, distant, month)
            reading = rule.resolve(match, context)
            if reading is IMPOSSIBLE:
                position = end
                break
            if reading is not None and (reading.edtf is None or edtf.is_valid(reading.edtf)):
                timex = _record(match, reading)
                break
        if timex is None:
            continue
        found.append(timex)
        position = timex.end_char
        if timex.type == "DATE" and timex.edtf and rule.name not in _NO_ANCHORS:
            reference = distant = timex.edtf
            if _MONTH_OR_DAY.fullmatch(timex.edtf):
                month = timex.edtf[:7]
    return found


def _places(text: str) -> Iterator[tuple[int, list[Rule]]]:
    """Where an expression can begin, and the rules to try there.

    A word such as "the" or "two" is worth a try only where a word of time follows soon; digits always are.
    """
    waiting: list[tuple[int, list[Rule]]] = []
    for word in _WORD.finditer(text):
        key = word[0].lower()
        is_number = key[0].isdigit()
        if is_number or key in _TIME_WORDS:
            start = word.start()
            for place in waiting:
                if start - place[0] <= NEAR:
                    yield place
            waiting.clear()
            rules = RULES.get("#" if is_number else key)
            if rules and len(key) <= MAX_NUMBER:
                yield start, rules
        elif rules := RULES.get(key):
            if len(waiting) == MAX_WAITING:
                del waiting[0]
            waiting.append((word.start(), rules))


def _is_inside(text: str, start: int) -> bool:
    """Whether the word is the tail of a longer one: "13.5", "pre-2020" is not, "x2024" is."""
    before = text[start - 1]
    if before.isalnum() or before in "£$€#@_":
        return True
    return before in ".,:/" and start > 1 and text[start - 2].isdigit() and text[start].isdigit()


def _matches(text: str, start: int, rules: list[Rule], is_compound: bool) -> list[tuple[re.Match[str], Rule]]:
    """What the rules match at a place, the longest first: a rule that refuses its match gives way to the next."""
    end = min(len(text), start + MAX_LENGTH)
    matches = [
        (match, rule)
        for rule in rules
        if (is_compound or not rule.is_compound) and (match := rule.pattern.match(text, start, end))
    ]
    return sorted(matches, key=lambda pair: -pair[0].end())


def _record(match: re.Match[str], reading: Reading) -> Timex:
    span = match[0].rstrip(" ,")
    return Timex(
        span, match.start(), match.start() + len(span), reading.type, reading.value, reading.edtf, reading.is_relative
    )


def _join(text: str, found: Iterable[Timex]) -> list[Timex]:
    """Two dates told as a span ("from September 2023 to September 2024", "November 2018 to March 2019") as one."""
    joined: list[Timex] = []
    for timex in found:
        before = joined[-1] if joined else None
        if before is not None and _is_span(text, before, timex):
            before = _in_year_of(before, timex)
            first, last = edtf.parse(before.edtf), edtf.parse(timex.edtf)
            if first and last and first[0] < last[0]:
                value = _joined_value(before.edtf or "", timex.edtf or "")
                if _YEAR_PAIR.fullmatch(value) and last[0].year - first[0].year == 1 and _is_official(text, before):
                    value = edtf.financial_year(first[0].year)
                joined[-1] = Timex(
                    text[before.start_char : timex.end_char], before.start_char, timex.end_char, "DATE",
                    f"{before.value}/{timex.value}", value, before.is_relative or timex.is_relative,
                )  # fmt: skip
                continue
        joined.append(timex)
    return joined


#: A month or a day without a year, or in "this year".
_BARE: Final = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?[A-Z][a-z]+(?:\s+(?:of\s+)?(?:this|last)\s+year)?", re.ASCII)


def _in_year_of(before: Timex, timex: Timex) -> Timex:
    """The first date of a span without a year of its own, in the year of the second: "from 30 May to 9 June 2024"."""
    span = edtf.parse(timex.edtf)
    if (
        not before.is_relative
        or (timex.is_relative and not _BARE.fullmatch(timex.text))
        or span is None
        or not re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", before.edtf or "")
    ):
        return before
    if not re.search(r"(?i)[a-z]{3}", before.text) or re.search(
        r"(?i)\b(?:last|this|next|today|yesterday|ago)\b", before.text
    ):
        return before
    for year in (span[0].year, span[0].year - 1):
        value = f"{year:04d}{(before.edtf or '')[4:]}"
        first = edtf.parse(value)
        if first and first[0] <= span[0]:
            return replace(before, edtf=value, value=value)
    return before


def _is_span(text: str, before: Timex, timex: Timex) -> bool:
    if not (before.edtf and timex.edtf and before.type == timex.type == "DATE"):
        return False
    between = _JOIN.fullmatch(text, before.end_char, timex.start_char)
    if between is None:
        return False
    opening = _JOIN_BEFORE.search(text, max(0, before.start_char - 14), before.start_char)
    word = opening["word"].casefold() if opening else ""
    link = between[0].strip().casefold()
    if link == "and":
        return word == "between"
    return word == "from" or (link != "through" and edtf.precision(before.edtf) == edtf.precision(timex.edtf))


#: "in 2021 to 2022", "statistics for 2023 to 2024": official figures write a financial year so.
_YEAR_PAIR: Final = re.compile(r"\d{4}/\d{4}")
_OF_YEAR: Final = re.compile(r"\b(?:in|for|during|of)\s+(?:the\s+(?:financial\s+)?year\s+)?$", re.IGNORECASE)


def _is_official(text: str, first: Timex) -> bool:
    return _OF_YEAR.search(text, max(0, first.start_char - 30), first.start_char) is not None


def _joined_value(first: str, last: str) -> str:
    """From the first part's beginning to the last part's end, seasons kept by name where both are whole parts."""
    head = first.split("/", maxsplit=1)[0]
    tail = last.rsplit("/", maxsplit=1)[-1]
    if (
        len(last.split("/")) == 2
        and len(tail) == 10
        and tail.endswith("-20")
        and last.split("/", maxsplit=1)[0].endswith("-11")
    ):
        tail = f"{tail[:8]}15"  # "to mid-October": the middle day
    return f"{head}/{tail}"


_MONTH: Final = re.compile(r"\d{4}-\d\d")
_JOIN_AND: Final = re.compile(r"^[A-Z][a-z]+(?:\s+\d{4})?(?:\s+(?:to|and|until)\s+|\s*[-–]\s*)[A-Z]")
_YEARS_TO: Final = re.compile(r"\byears\s+(?:to|ending|up\s+to)\s+(?P<last>\d{4}(?:\s?[-–/]\s?\d\d)?)$", re.IGNORECASE)


def endpoints(timex: Timex, published: date) -> tuple[str, str] | None:
    """First and last part of an expression that tells a span in two parts, else ``None``.

    >>> found = find_timexes("It grew from 2015-16 to 2023-24.", date(2025, 1, 1))
    >>> endpoints(found[0], date(2025, 1, 1))
    ('2015-04/2016-03', '2023-04/2024-03')
    """
    if "/" not in (timex.edtf or ""):
        return None
    if stretch := _YEARS_TO.search(timex.text):
        last = next((each.edtf for each in find_timexes(stretch["last"], published)), None)
        begin = (timex.edtf or "").partition("/")[0][:4]
        months = 12 * (int((last or begin)[:4]) - int(begin))
        first = almanac.shift(last or "", -months)
        return (first, last) if first and last and months else None
    halves = (timex.edtf or "").split("/")
    if len(halves) == 2 and all(_MONTH.fullmatch(half) for half in halves) and _JOIN_AND.search(timex.text):
        return halves[0], halves[1]
    parts = _scan(timex.text, published, [(0, len(timex.text))], [(0, len(timex.text))], True)
    dates = [part.edtf for part in parts if part.edtf and part.type == "DATE"]
    if len(dates) == 2:
        return dates[0], dates[1]
    first, slash, last = (timex.edtf or "").partition("/")
    if len(parts) == 1 and slash and len(first) == len(last) == 4:
        return first, last
    return None
