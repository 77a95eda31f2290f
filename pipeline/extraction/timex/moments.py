"""Moments that come round: weekdays, clock times, holidays, weeks by their first day."""

from __future__ import annotations

import re
from typing import Final

from pipeline.extraction.timex import almanac
from pipeline.extraction.timex.context import Context, Reading, dated
from pipeline.extraction.timex.rules import MON, WEEKDAY, WEEKDAY_WORDS, YEAR, W, month_number, nearest_year, rule


@rule(
    f"{WEEKDAY_WORDS} last next this early late earlier later on",
    rf"(?:(?P<which>last|next|this(?:\s+coming)?|early|late|earlier|later(?:\s+on)?)\s+)?(?P<day>{WEEKDAY})(?P<many>s)?\b(?:['’]s)?(?:\s+(?P<part>morning|"
    rf"afternoon|evening|night)s?)?(?:\s+(?P<rel>last|next)\s+week\b)?",
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
    elif which in ("next", "this coming"):
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


@rule(
    "# noon midnight",
    rf"(?:(?P<h>\d{{1,2}})(?:(?::|\.)(?P<m>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?)|"
    rf"(?P<word>noon|midnight)|(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)\b)"
    rf"(?:\s+(?:[ECMPGB][SMD]?T|local\s+time))?(?:,?\s+(?:on\s+)?(?:(?P<day>{WEEKDAY}|"
    rf"today|tomorrow|yesterday)\b|{MON}\s+(?P<dom>\d{{1,2}})(?!\d)))?",
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
    rf"(?:the\s+)?week\s+(?:of|beginning|commencing|starting|ending)\s+(?:on\s+)?(?:{WEEKDAY},?\s+)?(?:(?P<day>\d{{1,2}})(?:st|"
    rf"nd|rd|th)?\s+)?{MON}(?:\s+(?P<day2>\d{{1,2}}))?(?:,?\s+(?P<year>{YEAR}))?",
)
def week_beginning(match: re.Match[str], context: Context) -> Reading | None:
    """``the week of 17 March``."""
    day, month = int(match["day"] or match["day2"] or 0), month_number(match["mon"])
    if not day or not match["mon"][0].isupper():
        return None
    year = int(match["year"]) if match["year"] else nearest_year(context, lambda y: almanac.make_day(y, month, day))
    first = almanac.make_day(year, month, day)
    return dated(almanac.week_of(first), not match["year"]) if first else None
