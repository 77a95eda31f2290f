"""Stretches of time and what comes round: durations ("three years", "the past month") and sets ("every year")."""

from __future__ import annotations

import re
from typing import Final

from pipeline import edtf
from pipeline.extraction.timex import almanac, numerals
from pipeline.extraction.timex.amounts import (
    AMOUNT,
    AMOUNT_WORDS,
    FEW,
    NUMBER_WORDS,
    UNIT,
    UNIT_MONTHS,
    iso_duration,
    read_amount,
    stretch,
    unit_name,
)
from pipeline.extraction.timex.context import Context, Reading, dated
from pipeline.extraction.timex.rules import WEEKDAY, W, month_number, rule


@rule(
    f"the over in during past last next previous following coming first within for {NUMBER_WORDS}",
    rf"(?:the\s+)?(?P<way>past|last|next|previous|following|coming|preceding)\s+(?P<n>\d+(?:\.\d+)?|{numerals.WORDS}(?:\s+and\s+a\s+half)?|{FEW})\s+(?:or\s+so\s+)?(?:(?:financial|"
    rf"calendar)\s+)?{UNIT}(?:['’])?",
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
        if way in ("previous", "preceding") and told and unit in UNIT_MONTHS and anchor.day == 1:
            first = almanac.add_months(anchor, -round(amount * UNIT_MONTHS[unit]))
            last = almanac.add_days(anchor, -1)
            value = edtf.interval(first, last) if first and last else None
        else:
            value = stretch(anchor, amount, unit, 1 if ahead else -1)
    return Reading("DURATION", iso_duration(amount, unit), value, True)


#: Before "a year": a stretch of time, and not the "per year" of a rate.
_STRETCHED: Final = re.compile(
    r"(?:^|\b(?:for|in|within|over|than|after|about|nearly|almost|least|just|"
    r"lasted|lasting|took|takes|taken|take|spend|spent|under|of|by|once|"
    r"until|only|and|or|be|is|was|wait|waited|another|up\s+to|around|roughly|"
    r"every|during|throughout|half|with|least|last|next)\s+|[,(“\"]\s*)$",
    re.IGNORECASE,
)


@rule(
    f"{AMOUNT_WORDS} nearly almost",
    rf"{AMOUNT}(?P<gap>\s+|-)(?:more\s+|full\s+|further\s+|consecutive\s+|additional\s+|"
    rf"extra\s+|straight\s+)?{UNIT}(?P<long>-long|-old)?['’]?(?P<half>\s+and\s+a\s+half)?",
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
    r"(?P<unit>weeks|months|years|decades|centuries|days|hours)(?:\s+or\s+(?:months|"
    r"years))?\b(?!\s+(?:old|later|earlier|three|two|one))",
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
    rf"(?:every|each|per)\s+(?:(?P<n>other|\d+|{numerals.WORDS})\s+)?(?:{UNIT}|"
    rf"(?P<day>{WEEKDAY})|(?P<mon>{'|'.join(W.months)})\b)",
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
