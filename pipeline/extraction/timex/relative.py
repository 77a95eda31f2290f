"""The expressions that hang on an anchor, and those without a place in the calendar.

Deictic words ("yesterday", "last week", "two years ago", "a year earlier"), the year to a month, durations, sets,
clock times and vague references. Registered with the rules of ``rules.py``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.timex import almanac, numerals
from pipeline.extraction.timex.context import Context, Reading, dated
from pipeline.extraction.timex.rules import (
    EDGE,
    EDGE_WORDS,
    MON,
    WEEKDAY,
    WEEKDAY_WORDS,
    YEAR,
    W,
    cut,
    edge_of,
    month_number,
    nearest_year,
    rule,
)

UNIT: Final = r"(?P<unit>second|minute|hour|day|week|fortnight|month|quarter|year|decade|centur(?:y|ie))s?\b"
_FEW: Final = r"a\s+few|several|a\s+couple\s+of|few|many|some|recent|coming|couple\s+of"
AMOUNT: Final = rf"(?P<n>\d{{1,3}}\s+\d/\d|\d{{1,3}}(?:\.\d+)?(?:\s?½)?|{numerals.WORDS}(?:\s+and\s+a\s+half)?|{_FEW}|half\s+an?|an?\s+additional|another|an?)"
NUMBER_WORDS: Final = " ".join([*(w for w in numerals.ONES if w != "zero"), *numerals.TENS])
AMOUNT_WORDS: Final = f"# recent coming a an several few couple many some half another {NUMBER_WORDS}"
_UNIT_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_UNIT_DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}


def read_amount(text: str) -> float | None:
    """The number of units; ``None`` for "several" and its like.

    >>> read_amount("two and a half"), read_amount("2 1/2"), read_amount("a"), read_amount("several")
    (2.5, 2.5, 1.0, None)
    """
    words = text.strip().casefold()
    if re.fullmatch(_FEW, words):
        return 2.0 if "couple" in words else None
    if words in ("a", "an", "another") or words.endswith("additional"):
        return 1.0
    if words.startswith("half"):
        return 0.5
    if mixed := re.fullmatch(r"(\d+)\s+(\d)/([1-9])", words):
        return float(mixed[1]) + float(mixed[2]) / float(mixed[3])
    half = 0.5 if words.endswith("and a half") or words.endswith("½") else 0.0
    number = numerals.read_number(words.removesuffix("and a half").rstrip("½ "))
    return None if number is None else number + half


def unit_name(word: str) -> str:
    """The unit in the singular and lower case."""
    word = word.casefold()
    return "century" if word.startswith("centur") else word


def iso_duration(amount: float | None, unit: str) -> str:
    """``P3Y``, ``PT6H``, ``P2Y6M``, ``PXM`` where the number isn't told.

    >>> iso_duration(3, "year"), iso_duration(6, "hour"), iso_duration(2.5, "year"), iso_duration(None, "month")
    ('P3Y', 'PT6H', 'P2Y6M', 'PXM')
    """
    letter = W.units[unit]
    prefix = "PT" if letter.startswith("T") else "P"
    letter = letter.removeprefix("T")
    if amount is None and unit == "quarter":
        return "PXM"
    if amount is None:
        return f"{prefix}X{letter[-1]}"
    scale = {"decade": (10, "Y"), "century": (100, "Y"), "fortnight": (2, "W"), "quarter": (3, "M")}.get(unit)
    if scale:
        amount, letter = amount * scale[0], scale[1]
    whole = int(amount)
    if amount != whole:
        smaller = {"year": ("M", 12), "hour": ("M", 60), "minute": ("S", 60)}.get(unit)
        if not smaller:
            return f"{prefix}{amount:g}{letter}"
        head = f"{whole}{letter}" if whole else ""
        return f"{prefix}{head}{round((amount - whole) * smaller[1])}{smaller[0]}"
    return f"{prefix}{whole}{letter}"


def stretch(anchor: date, amount: float, unit: str, sign: int) -> str | None:
    """The days from the anchor so far back (``sign`` -1) or ahead (+1)."""
    if unit in _UNIT_MONTHS:
        other = almanac.add_months(anchor, sign * round(amount * _UNIT_MONTHS[unit]))
    elif unit in _UNIT_DAYS:
        other = almanac.add_days(anchor, sign * round(amount * _UNIT_DAYS[unit]))
    else:
        return None
    return edtf.interval(min(anchor, other), max(anchor, other)) if other else None


def point(anchor: date, amount: float, unit: str, sign: int) -> str | None:
    """The day, week, month or year so far from the anchor, as exact as the unit."""
    if unit in ("week", "fortnight"):
        return almanac.week_of(anchor, sign * round(amount * _UNIT_DAYS[unit] / 7))
    if unit == "day":
        day = almanac.add_days(anchor, sign * round(amount))
        return day.isoformat() if day else None
    if unit not in _UNIT_MONTHS:
        return anchor.isoformat()
    day = almanac.add_months(anchor, sign * round(amount * _UNIT_MONTHS[unit]))
    if day is None:
        return None
    return f"{day:%Y-%m}" if unit in ("month", "quarter") else f"{day.year:04d}"


@rule("current recent past", r"(?P<word>current|recent)(?=\s+[a-z])(?!\s+(?:and|or)\b)")
def now_adjective(match: re.Match[str], context: Context) -> Reading | None:
    """``current``, ``recent`` before a noun: TimeML's references to now and the past."""
    return Reading("DATE", "PRESENT_REF" if match["word"].casefold() == "current" else "PAST_REF", None, True)


@rule(
    "yesterday today tomorrow tonight late early earlier later",
    r"(?:(?:late|early|earlier|later)\s+)?(?P<word>yesterday|today|tomorrow|tonight)\b(?:['’]s)?(?:\s+(?P<part>morning|afternoon|evening|night))?",
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


_WHICH: Final = r"(?P<which>this|last|next|the\s+coming|the\s+previous|the\s+following|the\s+past|the\s+current|that|the\s+same|that\s+same|the|past|current|the\s+latest|the\s+present)"
_SHIFTS: Final = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}


@rule(
    f"this last next the that current past {EDGE_WORDS} earlier later",
    rf"(?:{EDGE}|(?P<part>earlier|later)\s+){_WHICH}\s+(?:(?P<kind>financial|fiscal|calendar|academic|school|tax)\s+)?"
    rf"(?P<unit>week|weekend|month|quarter|year|decade|century|night|morning|afternoon|evening|day|period)\b(?!\s+to\s+\w)(?:['’]s)?(?P<ornext>\s+(?:or|and)\s+next\b)?",
)
def which_unit(match: re.Match[str], context: Context) -> Reading | None:
    """``last week``, ``earlier this year``, ``the end of this month``, ``this financial year``, ``this year or next``."""
    unit, now = match["unit"].casefold(), context.published
    which = match["which"].casefold().split()[-1]
    part = (match["part"] or "").casefold()
    edge = edge_of(match)
    reference = context.reference or (context.distant if which in ("following", "same", "that") else None)
    told = edtf.parse(reference)
    step = _SHIFTS.get(which, 0)
    if which == "the" and not (
        (edge and unit in ("week", "month", "year", "weekend", "decade")) or unit in ("weekend", "quarter")
    ):
        return None
    is_anaphoric = which in ("that", "same", "previous", "following", "period") or (unit == "period")
    if unit == "period":
        if which == "latest":
            return dated(_told_quarter(context), True)
        return dated(reference, True) if which == "same" else None
    if which == "past" and not match["which"].casefold().startswith("the"):
        return None
    base = told[1] if is_anaphoric and told else now
    if unit in ("morning", "afternoon", "evening", "night"):
        if which not in ("this", "last"):
            return None
        day = almanac.add_days(now, -1 if which == "last" else 0)
        return Reading("TIME", f"{day.isoformat()}T{W.parts_of_day[unit]}", day.isoformat(), True) if day else None
    if unit == "day":
        if which in ("this", "the", "current", "past", "last", "latest", "present"):
            return None
        day = almanac.add_days(base, step)
        return dated(day.isoformat(), True) if day else None
    if which == "past" and unit != "weekend":
        value = stretch(now, 1, unit, -1)
        return Reading("DURATION", iso_duration(1, unit), value, True)
    if unit == "year" and (match["kind"] or "").casefold() in ("financial", "fiscal", "tax"):
        start = base.year - (base.month < 4) + step
        return cut(edtf.financial_year(start), edge, True)
    if unit == "year" and (match["kind"] or "").casefold() in ("academic", "school"):
        start = base.year - (base.month < 8) + step
        return dated(f"{start}-09/{start + 1}-08", True)
    if is_anaphoric and told and unit == "year" and reference and edtf.precision(reference) == "financial_year":
        return dated(almanac.shift(reference, 12 * step), True)
    value: str | None
    if unit == "week":
        value = almanac.week_of(base, step)
    elif unit == "weekend":
        weeks = (
            step
            if which != "the" and which != "past"
            else (-1 if base.weekday() < 5 and context.tense != "future" else 0)
        )
        value = almanac.weekend_of(base, weeks)
    elif unit == "month":
        moved = almanac.add_months(base, step)
        value = f"{moved:%Y-%m}" if moved else None
    elif unit == "quarter":
        moved = almanac.add_months(base, 3 * step)
        value = almanac.quarter(moved.year, (moved.month + 2) // 3) if moved else None
        if which in ("the", "latest"):
            value = _told_quarter(context)
    elif unit == "year":
        value = f"{base.year + step:04d}"
    else:
        span = 10 if unit == "decade" else 100
        start = base.year // span * span + span * step
        return Reading("DATE", str(start // span), f"{start}/{start + span - 1}", True)
    if value is None:
        return None
    if match["ornext"]:
        return dated(f"{value}/{almanac.shift(value, 12)}", True) if unit == "year" else dated(value, True)
    if part and (span_of := edtf.parse(value)):
        first, last = span_of
        if part == "earlier" and first <= now <= last:
            return dated(f"{first}/{now}" if first < now else first.isoformat(), True, almanac.timex3(value))
        if part == "later" and first <= now <= last:
            return dated(f"{now}/{last}" if now < last else last.isoformat(), True, almanac.timex3(value))
    return cut(value, edge, True)


def _told_quarter(context: Context) -> str | None:
    """The quarter spoken of: the last one named, else the last one that is over."""
    told = context.reference or context.distant
    if told and re.fullmatch(r"\d{4}-Q\d", almanac.timex3(told)):
        return told
    before = almanac.add_months(context.published, -3)
    return almanac.quarter(before.year, (before.month + 2) // 3) if before else None


@rule(
    f"{AMOUNT_WORDS} about nearly almost around over more less",
    rf"(?:(?:about|nearly|almost|around|over|more\s+than|less\s+than|just\s+over)\s+)?{AMOUNT}(?:\s+|-){UNIT}(?:\s+or\s+(?:so|more))?\s+ago\b",
)
def ago(match: re.Match[str], context: Context) -> Reading | None:
    amount, unit = read_amount(match["n"]), unit_name(match["unit"])
    if amount is None:
        return Reading("DATE", "PAST_REF", None, True)
    if unit == "year" and amount == 1 and context.reference and "Q" in almanac.timex3(context.reference):
        return dated(almanac.shift(context.reference, -12), True)
    value = point(context.published, amount, unit, -1)
    if value and unit in ("week", "fortnight"):
        day = almanac.add_days(context.published, -round(amount * _UNIT_DAYS[unit]))
        return dated(value, True, day.isoformat() if day else None)
    return dated(value, True)


@rule(
    f"{AMOUNT_WORDS} the year comparable",
    rf"(?:{AMOUNT}[\s-]+{UNIT}\s+(?P<way>earlier|later(?!\s+than)|previously|beforehand|(?:before|after|on)(?=\s*[.,;:)–—?!]|\s*$|\s+(?:and|but|when|in|at|to|than|of\s+the)\b))\b"
    rf"|the\s+(?P<unit2>year|month|day|week)\s+(?P<way2>before|earlier|above|after)(?=\s*[.,;:)–—?!]|\s*$|\s+(?:and|but|when|to|last|was|were)\b)"
    rf"|(?:the\s+|a\s+)?(?:comparable\s+|same\s+)?(?P<unit3>year)-(?P<way3>earlier|ago)(?:\s+(?P<what>(?P<nth>first|second|third|fourth)[\s-]quarter|quarter|period))?\b)",
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
    if unit in _UNIT_MONTHS and anchor is not None:
        months = sign * round(amount * _UNIT_MONTHS[unit])
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
    rf"(?:the\s+)?(?:(?:first\s+|last\s+|final\s+)?(?P<n>\d{{1,2}}|{numerals.WORDS})[\s-]+(?P<unit>months?|years?|quarters?|weeks?)(?:\s+period)?|(?:financial\s+|full\s+)?(?P<one>year|quarter|half[-\s]year))"
    rf"\s+(?:to|ending|ended|up\s+to|until|that\s+ended|which\s+ended)\s+(?:in\s+|on\s+)?(?:the\s+)?(?P<end>end\s+of\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?"
    rf"{MON}(?:\s+(?P<day2>\d{{1,2}})(?![\d%]|[,.]\d),?)?(?:,?\s+(?:(?P<year>{YEAR})|(?P<ryear>this|last|next)\s+year))?",
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
    f"the over in during past last next previous following coming first within for {NUMBER_WORDS}",
    rf"(?:the\s+)?(?P<way>past|last|next|previous|following|coming|preceding)\s+(?P<n>\d+(?:\.\d+)?|{numerals.WORDS}(?:\s+and\s+a\s+half)?|{_FEW})\s+(?:or\s+so\s+)?(?:(?:financial|calendar)\s+)?{UNIT}(?:['’])?",
)
def run_of(match: re.Match[str], context: Context) -> Reading | None:
    """``the past three years``, ``the next 12 months``: a duration that ends or begins at the anchor."""
    amount, unit = read_amount(match["n"]), unit_name(match["unit"])
    way = match["way"].casefold()
    value = None
    if amount is not None:
        ahead = way in ("next", "coming", "following")
        told = edtf.parse(context.reference)
        anchor = context.published
        if way in ("previous", "following", "preceding") and told:
            anchor = told[1] if ahead else told[0]
        if way in ("previous", "preceding") and told and unit in _UNIT_MONTHS and anchor.day == 1:
            first = almanac.add_months(anchor, -round(amount * _UNIT_MONTHS[unit]))
            last = almanac.add_days(anchor, -1)
            value = edtf.interval(first, last) if first and last else None
        else:
            value = stretch(anchor, amount, unit, 1 if ahead else -1)
    return Reading("DURATION", iso_duration(amount, unit), value, True)


#: Before "a year": a stretch of time, and not the "per year" of a rate.
_STRETCHED: Final = re.compile(
    r"(?:^|\b(?:for|in|within|over|than|after|about|nearly|almost|least|just|lasted|lasting|took|takes|taken|take|spend|spent|under|of|by|once|"
    r"until|only|and|or|be|is|was|wait|waited|another|up\s+to|around|roughly|every|during|throughout|half|with|least|last|next)\s+|[,(“\"]\s*)$",
    re.IGNORECASE,
)


@rule(
    f"{AMOUNT_WORDS} nearly almost",
    rf"{AMOUNT}(?P<gap>\s+|-)(?:more\s+|full\s+|further\s+|consecutive\s+|additional\s+|extra\s+|straight\s+)?{UNIT}(?P<long>-long|-old)?['’]?(?P<half>\s+and\s+a\s+half)?",
)
def duration(match: re.Match[str], context: Context) -> Reading | None:
    """``three years``, ``a five-year plan``, ``two and a half years``; "a year" after money or a number is a rate."""
    amount, unit = read_amount(match["n"]), unit_name(match["unit"])
    word = match["n"].casefold()
    if (match["long"] or "").endswith("old") or re.match(r"[\s-]olds?\b", context.after):
        return None  # an age
    if amount is not None and match["half"]:
        amount += 0.5
    if word in ("a", "an") and not match["half"] and unit != "century" and match["gap"] != "-":
        if not _STRETCHED.search(context.before[-20:]):
            is_rate = unit == "year" and re.search(
                r"(?:\d|million|billion|bn|£\S+)\s+$", context.before[-40:], re.IGNORECASE
            )
            return Reading("SET", iso_duration(1, unit)) if is_rate else None
        if unit in ("second", "quarter", "minute"):
            return None
    if word in ("some", "few", "many", "another") and unit == "second":
        return None
    if unit == "second" and not match["unit"].islower():
        return None
    if unit == "quarter" and (("-" in match["gap"] and amount == 3) or re.match(r"\s+of\b", context.after)):
        return None  # "three-quarters of"
    if word == "some" and not match[0].rstrip("'’").endswith("s"):
        return None
    return Reading("DURATION", iso_duration(amount, unit))


@rule(
    "weeks months years decades centuries days hours",
    r"(?P<unit>weeks|months|years|decades|centuries|days|hours)(?:\s+or\s+(?:months|years))?\b(?!\s+(?:old|later|earlier|three|two|one))",
)
def bare_units(match: re.Match[str], context: Context) -> Reading | None:
    """``for weeks``, ``over decades``: an untold number of them."""
    if not re.search(
        r"\b(?:for|in|over|after|within|of|took|takes|taken|last|spent)\s+$", context.before[-40:], re.IGNORECASE
    ):
        return None
    return Reading("DURATION", iso_duration(None, unit_name(match["unit"].rstrip("s").replace("centurie", "century"))))


@rule("the", r"the\s+(?:(?:fiscal|financial|full|past)\s+)?year(?=\s+(?:ended|ending)\b)|the\s+full\s+year\b")
def whole_year(match: re.Match[str], context: Context) -> Reading | None:
    """``the year ended Sept. 30``, where the date stands on its own."""
    if match[0].casefold().endswith("full year"):
        return dated(str(context.published.year), True)
    return Reading("DURATION", "P1Y")


_ADVERBS: Final = {
    "daily": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M", "annually": "P1Y",
    "yearly": "P1Y", "hourly": "PT1H",
}  # fmt: skip


@rule(" ".join(_ADVERBS), rf"(?P<word>{'|'.join(_ADVERBS)})\b")
def frequency(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("SET", _ADVERBS[match["word"].casefold()])


@rule(
    "every each per once twice",
    rf"(?:every|each|per)\s+(?:(?P<n>other|\d+|{numerals.WORDS})\s+)?(?:{UNIT}|(?P<day>{WEEKDAY})|(?P<mon>{'|'.join(W.months)})\b)",
)
def repeated(match: re.Match[str], context: Context) -> Reading | None:
    """``every year``, ``each Thursday``, ``every three years``."""
    if match["day"]:
        return Reading("SET", f"XXXX-WXX-{W.weekdays.index(match['day'].casefold()) + 1}")
    if match["mon"]:
        return Reading("SET", f"XXXX-{month_number(match['mon']):02d}") if match["mon"][0].isupper() else None
    word = (match["n"] or "one").casefold()
    amount = 2.0 if word == "other" else numerals.read_number(word)
    return Reading("SET", iso_duration(amount, unit_name(match["unit"])))


@rule(
    f"{WEEKDAY_WORDS} last next this early late earlier later on",
    rf"(?:(?P<which>last|next|this(?:\s+coming)?|early|late|earlier|later(?:\s+on)?)\s+)?(?P<day>{WEEKDAY})(?P<many>s)?\b(?:['’]s)?(?:\s+(?P<part>morning|afternoon|evening|night)s?)?(?:\s+(?P<rel>last|next)\s+week\b)?",
)
def weekday(match: re.Match[str], context: Context) -> Reading | None:
    """``Friday``, ``next Monday``, ``Saturday night``: the last one or the coming one, as the clause looks."""
    if not match["day"][0].isupper():
        return None
    number, now = W.weekdays.index(match["day"].casefold()), context.published
    if match["many"]:
        return Reading("SET", f"XXXX-WXX-{number + 1}")
    which = (match["which"] or "").casefold()
    if match["rel"]:
        week = -1 if match["rel"].casefold() == "last" else 1
        day = almanac.add_days(now, 7 * week - now.weekday() + number)
    elif which == "next" or which == "this coming":
        day = almanac.add_days(now, (number - now.weekday() - 1) % 7 + 1)
    elif which == "last":
        day = almanac.add_days(now, -((now.weekday() - number - 1) % 7 + 1))
    elif _AHEAD.search(context.before[-70:]):
        day = almanac.add_days(now, (number - now.weekday()) % 7)
    else:
        day = almanac.add_days(now, -((now.weekday() - number) % 7))
    if day is None:
        return None
    if match["part"]:
        return Reading("TIME", f"{day.isoformat()}T{W.parts_of_day[match['part'].casefold()]}", day.isoformat(), True)
    return dated(day.isoformat(), True)


#: What sends a weekday to the coming one; a weekday alone is the last one, as papers write.
_AHEAD: Final = re.compile(
    r"(?:\b(?:will|shall|won['’]t|is\s+to|are\s+to|scheduled|plans|planning|set\s+to|going\s+to|would\s+be\s+\w+ing|"
    r"as\s+(?:soon|early)\s+as|(?:due|expected)\s+(?:to|on|back)|"
    r"to\s+(?:meet|begin|start|open|vote|hold|be|visit|arrive|appear|return|speak|publish|close|decide))\b"
    r"(?:(?!\b(?:said|says|told|announced|announcement|met|from|by|after|since|around)\b)[^.;,]){0,45})$",
    re.IGNORECASE,
)


@rule("the", rf"the\s+(?P<year>{YEAR})\s+(?:quarter|period)\b")
def period_of_year(match: re.Match[str], context: Context) -> Reading | None:
    """``the 1988 period``: the quarter spoken of, in another year."""
    told = context.reference or context.distant
    if told and re.fullmatch(r"\d{4}-Q\d", almanac.timex3(told)):
        return dated(almanac.quarter(int(match["year"]), int(almanac.timex3(told)[-1])), True)
    return dated(match["year"])


@rule(
    f"in {AMOUNT_WORDS}",
    rf"(?:in\s+)?{AMOUNT}[\s-]+{UNIT}['’]s?\s+time\b|(?:in\s+)?{AMOUNT.replace('<n>', '<n2>')}[\s-]+{UNIT.replace('<unit>', '<unit2>')}['’]?\s+from\s+now\b",
)
def in_time(match: re.Match[str], context: Context) -> Reading | None:
    """``in two years' time``, ``six weeks from now``."""
    amount = read_amount(match["n"] or match["n2"])
    if amount is None:
        return Reading("DATE", "FUTURE_REF", None, True)
    return dated(point(context.published, amount, unit_name(match["unit"] or match["unit2"]), 1), True)


@rule(
    "# noon midnight",
    rf"(?:(?P<h>\d{{1,2}})(?:(?::|\.)(?P<m>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?)|(?P<word>noon|midnight)|(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)\b)"
    rf"(?:\s+(?:[ECMPGB][SMD]?T|local\s+time))?(?:,?\s+(?:on\s+)?(?:(?P<day>{WEEKDAY}|today|tomorrow|yesterday)\b|{MON}\s+(?P<dom>\d{{1,2}})(?!\d)))?",
)
def clock(match: re.Match[str], context: Context) -> Reading | None:
    """``10.30am``, ``noon Thursday``, ``14:00``."""
    if match["word"]:
        hour, minute = (12 if match["word"].casefold() == "noon" else 24), 0
    elif match["h"]:
        hour, minute = int(match["h"]), int(match["m"] or 0)
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0].casefold() == "p" else 0)
    else:
        hour, minute = int(match["h24"]), int(match["m24"])
    day = context.published
    name = (match["day"] or "").casefold()
    if match["mon"] and match["mon"][0].isupper():
        number, dom = month_number(match["mon"]), int(match["dom"])
        year = nearest_year(context, lambda y: almanac.make_day(y, number, dom), True)
        day = almanac.make_day(year, number, dom) or day
    elif name in W.weekdays:
        ahead = (W.weekdays.index(name) - day.weekday()) % 7
        found = almanac.add_days(day, ahead if _AHEAD.search(context.before[-70:]) or ahead == 0 else ahead - 7)
        day = found or day
    elif name:
        day = almanac.add_days(day, {"yesterday": -1, "tomorrow": 1}.get(name, 0)) or day
    is_dated = bool(name or match["mon"])
    return Reading("TIME", f"{day.isoformat()}T{hour:02d}:{minute:02d}", day.isoformat() if is_dated else None, True)


_HOLIDAYS: Final = "|".join(sorted(W.holidays, key=len, reverse=True)).replace(" ", r"\s+")


@rule(
    " ".join(dict.fromkeys(name.split()[0].split("’")[0] for name in W.holidays)) + " last next this",
    rf"(?:(?P<which>last|next|this)\s+)?(?P<name>{_HOLIDAYS})\b(?:\s+(?P<year>{YEAR}))?",
)
def holiday(match: re.Match[str], context: Context) -> Reading | None:
    """``Christmas 2024``, ``Easter``: with a capital only."""
    if not match["name"][0].isupper():
        return None
    name = W.holidays[re.sub(r"\s+", " ", match["name"].casefold())]
    which = (match["which"] or "").casefold()
    if match["year"]:
        year = int(match["year"])
    elif which:
        this = almanac.holiday(name, context.published.year)
        is_over = this is not None and this < context.published
        year = context.published.year + {"last": -1 + is_over, "next": int(is_over)}.get(which, 0)
    else:
        year = nearest_year(context, lambda y: almanac.holiday(name, y))
    day = almanac.holiday(name, year)
    return dated(day.isoformat(), not match["year"]) if day else None


@rule(
    "the week w",
    rf"(?:the\s+)?week\s+(?:of|beginning|commencing|starting|ending)\s+(?:on\s+)?(?:{WEEKDAY},?\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?{MON}(?:\s+(?P<day2>\d{{1,2}}))?(?:,?\s+(?P<year>{YEAR}))?",
)
def week_beginning(match: re.Match[str], context: Context) -> Reading | None:
    """``the week of 17 March``."""
    day, month = int(match["day"] or match["day2"] or 0), month_number(match["mon"])
    if not day or not match["mon"][0].isupper():
        return None
    year = int(match["year"]) if match["year"] else nearest_year(context, lambda y: almanac.make_day(y, month, day))
    first = almanac.make_day(year, month, day)
    return dated(almanac.week_of(first), not match["year"]) if first else None


_VAGUE: Final = "|".join(sorted(W.vague, key=len, reverse=True)).replace(" ", r"\s+")


@rule(" ".join(dict.fromkeys(phrase.split()[0] for phrase in W.vague)), rf"(?P<phrase>{_VAGUE})\b")
def vague(match: re.Match[str], context: Context) -> Reading | None:
    """``now``, ``recently``, ``in the future``: no date at all."""
    return Reading("DATE", W.vague[re.sub(r"\s+", " ", match["phrase"].casefold())], None, True)
