"""The expressions that hang on an anchor: "yesterday", "last week", "two years ago", "a year earlier", "now".

Registered with the rules of ``rules.py``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.timex import almanac, numerals
from pipeline.extraction.timex.amounts import (
    AMOUNT,
    AMOUNT_WORDS,
    UNIT,
    UNIT_DAYS,
    UNIT_MONTHS,
    iso_duration,
    point,
    read_amount,
    stretch,
    unit_name,
)
from pipeline.extraction.timex.context import Context, Reading, dated
from pipeline.extraction.timex.rules import (
    EDGE,
    EDGE_WORDS,
    MON,
    YEAR,
    W,
    cut,
    edge_of,
    month_number,
    nearest_year,
    rule,
)


@rule("current recent past", r"(?P<word>current|recent)(?=\s+[a-z])(?!\s+(?:and|or)\b)")
def now_adjective(match: re.Match[str], context: Context) -> Reading | None:
    """``current``, ``recent`` before a noun: TimeML's references to now and the past."""
    return Reading("DATE", "PRESENT_REF" if match["word"].casefold() == "current" else "PAST_REF", None, True)


@rule(
    "yesterday today tomorrow tonight late early earlier later",
    r"(?:(?:late|early|earlier|later)\s+)?(?P<word>yesterday|today|tomorrow|tonight)\b(?:['’]s)?(?:\s+(?P<part>morning|"
    r"afternoon|evening|night))?",
)
def deictic_day(match: re.Match[str], context: Context) -> Reading | None:
    word = match["word"].casefold()
    day = almanac.add_days(context.published, {"yesterday": -1, "tomorrow": 1}.get(word, 0))
    if day is None:
        return None
    if word == "tonight" or match["part"]:
        letters = W.parts_of_day[(match["part"] or "night").casefold()]
        return Reading("TIME", f"{day.isoformat()}T{letters}", day.isoformat(), True)
    return dated(day.isoformat(), True)


_WHICH: Final = (
    r"(?P<which>this|last|next|the\s+coming|the\s+previous|the\s+following|the\s+past|"
    r"the\s+current|that|the\s+same|that\s+same|the|past|current|the\s+latest|"
    r"the\s+present)"
)
#: "the year to March", "the quarter to the end of June": no year of its own.
_UP_TO: Final = rf"\s+to\s+(?:the\s|end\b|mid-|early\b|late\b|\d|(?:{'|'.join(month[:3] for month in W.months)}))"
_SHIFTS: Final = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}


@rule(
    f"this last next the that current past {EDGE_WORDS} earlier later",
    rf"(?:{EDGE}|(?P<part>earlier|later)\s+){_WHICH}\s+(?:(?P<kind>financial|fiscal|calendar|academic|school|tax)\s+)?"
    rf"(?P<unit>week|weekend|month|quarter|year|decade|century|night|morning|afternoon|"
    rf"evening|day|period)\b(?!{_UP_TO})(?:['’]s)?(?P<ornext>\s+(?:or|and)\s+next\b)?",
)
def which_unit(match: re.Match[str], context: Context) -> Reading | None:
    """``last week``, ``earlier this year``, ``the end of this month``, ``this year or next``."""
    unit, which, edge = match["unit"].casefold(), match["which"].casefold().split()[-1], edge_of(match)
    is_edged = edge and unit in ("week", "month", "year", "decade")
    if which == "the" and not is_edged and unit not in ("weekend", "quarter"):
        return None
    if which == "past" and not match["which"].casefold().startswith("the"):
        return None
    if unit == "period":
        return _period(which, context)
    if unit in W.parts_of_day:
        return _part_of_day(unit, which, context.published)
    is_anaphoric = which in ("that", "same", "previous", "following")
    reference = context.reference or (context.distant if which in ("following", "same", "that") else None)
    if unit == "month" and which in ("that", "same"):
        reference = context.month or reference
    told = edtf.parse(reference) if is_anaphoric else None
    base, step = told[1] if told else context.published, _SHIFTS.get(which, 0)
    if unit == "day":
        day = (
            almanac.add_days(base, step)
            if which in ("next", "coming", "previous", "following", "that", "same")
            else None
        )
        return dated(day.isoformat(), True) if day else None
    if which == "past" and unit != "weekend":
        return Reading("DURATION", iso_duration(1, unit), stretch(context.published, 1, unit, -1), True)
    if unit in ("decade", "century"):
        span = 10 if unit == "decade" else 100
        start = base.year // span * span + span * step
        return Reading("DATE", str(start // span), f"{start}/{start + span - 1}", True)
    kind = (match["kind"] or "").casefold()
    if told and unit == "year" and not kind and reference and edtf.precision(reference) == "financial_year":
        return dated(almanac.shift(reference, 12 * step), True)
    value = _year(base, step, kind) if unit == "year" else _stretch_of(unit, which, base, step, context)
    if value is None:
        return None
    if match["ornext"]:
        return dated(f"{value}/{almanac.shift(value, 12)}" if unit == "year" else value, True)
    if match["part"]:
        return _rest(value, match["part"].casefold(), context.published)
    return cut(value, edge, True)


def _period(which: str, context: Context) -> Reading | None:
    """``the same period``, ``the latest period``."""
    if which == "latest":
        return dated(_told_quarter(context), True)
    return dated(context.reference or context.distant, True) if which == "same" else None


def _part_of_day(unit: str, which: str, published: date) -> Reading | None:
    """``this morning``, ``last night``."""
    day = almanac.add_days(published, -1 if which == "last" else 0) if which in ("this", "last") else None
    return Reading("TIME", f"{day.isoformat()}T{W.parts_of_day[unit]}", day.isoformat(), True) if day else None


def _year(base: date, step: int, kind: str) -> str:
    """A calendar, financial (April to March) or school year (September to August), so many on from a day's."""
    if kind in ("financial", "fiscal", "tax"):
        return edtf.financial_year(base.year - (base.month < 4) + step)
    if kind in ("academic", "school"):
        start = base.year - (base.month < 8) + step
        return f"{start}-09/{start + 1}-08"
    return f"{base.year + step:04d}"


def _stretch_of(unit: str, which: str, base: date, step: int, context: Context) -> str | None:
    """A week, weekend, month or quarter, so many on from a day's."""
    if unit == "week":
        return almanac.week_of(base, step)
    if unit == "weekend":
        if which in ("the", "past"):
            step = -1 if base.weekday() < 5 and context.tense != "future" else 0
        return almanac.weekend_of(base, step)
    if unit == "quarter" and which in ("the", "latest"):
        return _told_quarter(context)
    moved = almanac.add_months(base, step if unit == "month" else 3 * step)
    if moved is None:
        return None
    return f"{moved:%Y-%m}" if unit == "month" else almanac.quarter(moved.year, (moved.month + 2) // 3)


def _rest(value: str, part: str, now: date) -> Reading | None:
    """``earlier this year`` ends with the day of publication, ``later this year`` begins with it."""
    span = edtf.parse(value)
    if span is None or not span[0] <= now <= span[1]:
        return dated(value, True)
    first, last = (span[0], now) if part == "earlier" else (now, span[1])
    return dated(f"{first}/{last}" if first < last else first.isoformat(), True, almanac.timex3(value))


def _told_quarter(context: Context) -> str | None:
    """The quarter spoken of: the last one named, else the last one that is over."""
    told = context.reference or context.distant
    if told and re.fullmatch(r"\d{4}-Q\d", almanac.timex3(told)):
        return told
    before = almanac.add_months(context.published, -3)
    return almanac.quarter(before.year, (before.month + 2) // 3) if before else None


@rule(
    f"{AMOUNT_WORDS} about nearly almost around over more less",
    rf"(?:(?:about|nearly|almost|around|over|more\s+than|less\s+than|just\s+over)\s+)?{AMOUNT}(?:\s+|"
    rf"-){UNIT}(?:\s+or\s+(?:so|more))?\s+ago\b",
)
def ago(match: re.Match[str], context: Context) -> Reading | None:
    amount, unit = read_amount(match["n"]), unit_name(match["unit"])
    if amount is None:
        return Reading("DATE", "PAST_REF", None, True)
    if unit == "year" and amount == 1 and context.reference and "Q" in almanac.timex3(context.reference):
        return dated(almanac.shift(context.reference, -12), True)
    value = point(context.published, amount, unit, -1)
    if value and unit in ("week", "fortnight"):
        day = almanac.add_days(context.published, -round(amount * UNIT_DAYS[unit]))
        return dated(value, True, day.isoformat() if day else None)
    return dated(value, True)


@rule(
    f"{AMOUNT_WORDS} the year comparable",
    rf"(?:{AMOUNT}[\s-]+{UNIT}\s+(?P<way>earlier|later(?!\s+than)|previously|beforehand|"
    rf"(?:before|after|on)(?=\s*[.,;:)–—?!]|\s*$|\s+(?:and|but|when|in|at|to|than|"
    rf"of\s+the)\b))\b"
    rf"|the\s+(?P<unit2>year|month|day|week|quarter)\s+(?P<way2>before|earlier|above|after)(?=\s*[.,;:)–—?!]|"
    rf"\s*$|\s*\(|\s+(?:and|but|when|to|last|was|were)\b)"
    rf"|(?:the\s+|a\s+)?(?:comparable\s+|same\s+)?(?P<unit3>year)-(?P<way3>earlier|"
    rf"ago)(?:\s+(?P<what>(?P<nth>first|second|third|fourth)[\s-]quarter|quarter|"
    rf"period))?\b)",
)
def shifted(match: re.Match[str], context: Context) -> Reading | None:
    """``a year earlier``, ``two months later``, ``the year before``: so far from the last date named."""
    unit = unit_name(match["unit"] or match["unit2"] or match["unit3"])
    way = (match["way"] or match["way2"] or match["way3"]).casefold()
    if way == "on" and not re.match(r"\s*[.,]", context.after):
        return None
    amount = read_amount(match["n"]) if match["n"] else 1.0
    if amount is None or unit in ("second", "minute", "hour"):
        return None
    sign = 1 if way in ("later", "after", "on") else -1
    anchor = context.reference
    if match["unit3"] and anchor and edtf.precision(anchor) == "year":
        anchor = str(context.published.year)  # "year-ago results" are set against this year's
    if match["what"] and "quarter" in match["what"].casefold():
        anchor = _told_quarter(context)
        if match["nth"] and anchor:
            nth = ("first", "second", "third", "fourth").index(match["nth"].casefold()) + 1
            anchor = almanac.quarter(int(anchor[:4]), nth)
    if unit in UNIT_MONTHS and anchor is not None:
        months = sign * round(amount * UNIT_MONTHS[unit])
        moved = almanac.shift(anchor, months)
        if moved is None:
            return None
        name = almanac.timex3(moved)
        is_year = unit == "year" and not re.search(r"-Q", name)
        return dated(moved, True, name[:4] if is_year and name[0].isdigit() else name)
    told = edtf.parse(anchor)
    return dated(point(told[1] if told else context.published, amount, unit, sign), True)


@rule(
    f"the in over {AMOUNT_WORDS} year twelve half quarter",
    rf"(?:the\s+)?(?:(?:first\s+|last\s+|final\s+)?(?P<n>\d{{1,2}}|{numerals.WORDS})[\s-]+(?P<unit>months?|"
    rf"years?|quarters?|weeks?)(?:\s+period)?|(?:financial\s+|full\s+)?(?P<one>year|"
    rf"quarter|half[-\s]year))"
    rf"\s+(?:to|ending|ended|up\s+to|until|that\s+ended|which\s+ended)\s+(?:in\s+|"
    rf"on\s+)?(?:the\s+)?(?P<end>end\s+of\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|"
    rf"th)?\s+)?"
    rf"{MON}(?:\s+(?P<day2>\d{{1,2}})(?![\d%]|[,.]\d),?)?(?:,?\s+(?:(?P<year>{YEAR})|"
    rf"(?P<ryear>this|last|next)\s+year))?",
    is_compound=True,
)
def year_to(match: re.Match[str], context: Context) -> Reading | None:
    """``the year to September 2024``, ``the 12 months ending 31 March 2024``, ``the quarter to June``."""
    if not match["mon"][:1].isupper():
        return None
    month = month_number(match["mon"])
    if match["year"]:
        year = int(match["year"])
    elif match["ryear"]:
        year = context.published.year + {"last": -1, "next": 1}.get(match["ryear"].casefold(), 0)
    else:
        year = nearest_year(context, lambda y: almanac.make_day(y, month, 1))
    day = match["day"] or match["day2"]
    last = almanac.make_day(year, month, int(day)) if day else almanac.make_day(year, month, 1)
    if last is None:
        return None
    word = (match["one"] or match["unit"]).casefold()
    amount = read_amount(match["n"]) if match["n"] else 1.0
    if amount is None:
        return None
    if word.startswith("week"):
        return dated(stretch(last, amount, "week", -1), not match["year"])
    months = round(
        amount
        * (6 if word.startswith("half") else 3 if word.startswith("quarter") else 1 if word.startswith("month") else 12)
    )
    if not 0 < months <= 240:
        return None
    after = almanac.add_days(last, 1)
    if day and after and after.day != 1:
        begin = almanac.add_months(after, -months)
        return dated(edtf.interval(begin, last), not match["year"]) if begin else None
    begin = almanac.add_months(last.replace(day=1), 1 - months)
    value = f"{begin:%Y-%m}/{last:%Y-%m}" if begin and months > 1 else f"{last:%Y-%m}"
    return dated(value, not match["year"])


@rule(
    f"the {AMOUNT_WORDS}",
    rf"(?:the\s+)?(?P<n>\d{{1,2}}|{numerals.WORDS})\s+years\s+(?:to|ending|up\s+to)\s+(?P<last>{YEAR})(?:\s?[-–/]\s?"
    rf"(?P<fy>\d\d)(?!\d))?(?![\d%-])",
    is_compound=True,
)
def years_to(match: re.Match[str], context: Context) -> Reading | None:
    """``the six years to 2014-15``: from the year so many before to the last one."""
    amount = read_amount(match["n"])
    last = edtf.financial_year(int(match["last"])) if match["fy"] else match["last"]
    first = almanac.shift(last, -round(12 * amount)) if amount and amount <= 100 else None
    return dated(f"{first.split('/')[0]}/{last.split('/')[-1]}") if first else None


@rule("the", rf"the\s+(?P<year>{YEAR})\s+(?:quarter|period)\b")
def period_of_year(match: re.Match[str], context: Context) -> Reading | None:
    """``the 1988 period``: the quarter spoken of, in another year."""
    told = context.reference or context.distant
    if told and re.fullmatch(r"\d{4}-Q\d", almanac.timex3(told)):
        return dated(almanac.quarter(int(match["year"]), int(almanac.timex3(told)[-1])), True)
    return dated(match["year"])


@rule(
    f"in {AMOUNT_WORDS}",
    rf"(?:in\s+)?{AMOUNT}[\s-]+{UNIT}(?:['’]s?\s+time|['’]?\s+from\s+now)\b",
)
def in_time(match: re.Match[str], context: Context) -> Reading | None:
    """``in two years' time``, ``six weeks from now``."""
    amount = read_amount(match["n"])
    if amount is None:
        return Reading("DATE", "FUTURE_REF", None, True)
    return dated(point(context.published, amount, unit_name(match["unit"]), 1), True)


_VAGUE: Final = "|".join(sorted(W.vague, key=len, reverse=True)).replace(" ", r"\s+")


@rule(" ".join(dict.fromkeys(phrase.split()[0] for phrase in W.vague)), rf"(?P<phrase>{_VAGUE})\b")
def vague(match: re.Match[str], context: Context) -> Reading | None:
    """``now``, ``recently``, ``in the future``: no date at all."""
    return Reading("DATE", W.vague[re.sub(r"\s+", " ", match["phrase"].casefold())], None, True)
