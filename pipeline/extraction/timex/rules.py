"""The expressions with a place in the calendar: days, months, seasons, quarters, years, financial years.

A rule is a pattern, the words that it can begin with, and a function from match and context to a reading (``None``
where the match means no date, as 31 February). The scanner in ``grammar.py`` tries only the rules of the word that it
stands on, so a text is read in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.timex import almanac, numerals
from pipeline.extraction.timex.context import IMPOSSIBLE, Context, Reading, dated, load_words

Resolver = Callable[[re.Match[str], Context], Reading | None]
W: Final = load_words()


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of expression. A compound rule joins what others split (``2023-24``, "the year to March 2024")."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolver
    is_compound: bool = False


#: First word in lower case (``#`` for digits) -> the rules that can begin there, in order.
RULES: Final[dict[str, list[Rule]]] = {}


def rule(starts: str, pattern: str, is_compound: bool = False) -> Callable[[Resolver], Resolver]:
    """Register a resolver for a pattern under the words that it can begin with."""

    def register(resolve: Resolver) -> Resolver:
        made = Rule(resolve.__name__, re.compile(pattern, re.IGNORECASE), resolve, is_compound)
        for word in starts.split():
            RULES.setdefault(word, []).append(made)
        return resolve

    return register


MONTH_WORDS: Final = " ".join(W.months + W.months_short)
WEEKDAY_WORDS: Final = " ".join(W.weekdays)
SEASON_WORDS: Final = " ".join(W.seasons)
EDGE_WORDS: Final = "early mid late the end start beginning middle latter first second"

_SHORT = "|".join(W.months_short)
MON: Final = rf"(?P<mon>(?:{'|'.join(W.months)})\b|(?:{_SHORT})\b\.?+)"
WEEKDAY: Final = rf"(?:{'|'.join(W.weekdays)})"
YEAR: Final = r"(?:1[5-9]|20|21)\d\d(?![\d%]|[,.]\d)"
_ORD = r"(?:st|nd|rd|th)?"
DAY: Final = rf"\d{{1,2}}{_ORD}"
_RELATIVE_YEAR = r"(?P<ryear>(?:this|last|next|that|the\s+same|the\s+following|the\s+previous)\s+year)(?:['’]s)?"
#: A year as broadcasts write it, "nineteen ninety-six"; the first two words are read as one number each.
SPOKEN_YEAR: Final = (
    r"nineteen[\s-](?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?"
)
OF_YEAR: Final = rf"(?:,?\s+(?:(?:of|in)\s+)?(?:(?P<year>{YEAR}|{SPOKEN_YEAR})|{_RELATIVE_YEAR})\b)?"
EDGE: Final = (
    r"(?:(?P<edge>early|mid|late|(?:the\s+)?(?:very\s+)?(?:end|start|beginning|middle)\s+of"
    r"|(?:the\s+)?(?:latter|early)\s+(?:part|half|stages|days|months)\s+of"
    r"|(?:the\s+)?(?:first|second|last)\s+half\s+of)(?:[-\s]+))?"
)
_EDGES: Final = {
    "early": "early", "mid": "mid", "late": "late", "latter": "late", "end": "end", "start": "start",
    "beginning": "start", "middle": "mid", "first": "first half", "second": "second half", "last": "second half",
}  # fmt: skip


def edge_of(match: re.Match[str]) -> str:
    """``early``, ``mid``, ``late``, ``start``, ``end``, ``first half``, ``second half`` or ``""``."""
    for word in (match.group("edge") or "").casefold().split():
        if word in _EDGES:
            return _EDGES[word]
    return ""


def cut(value: str | None, edge: str, is_relative: bool) -> Reading | None:
    """A date cut to an early or late part; TIMEX3 has the whole (its ``MOD`` would hold the part) but for halves."""
    if value is None:
        return None
    whole = almanac.timex3(value)
    if edge in ("start", "end") and edtf.precision(value) == "month":
        return dated(value, is_relative)  # a month is exact enough; its last day would say more than the text
    if edge.endswith("half"):
        if edtf.precision(value) != "year":
            return dated(value, is_relative)
        halves = {"first half": f"{value}-01/{value}-06", "second half": f"{value}-07/{value}-12"}
        return dated(halves[edge], is_relative)
    return dated(almanac.part(value, edge), is_relative, whole)


def month_number(word: str) -> int:
    """1 to 12 for a month's name, long or short."""
    start = word.casefold()[:3]
    return next(i for i, name in enumerate(W.months, start=1) if name.startswith(start))


def nearest_year(context: Context, starts: Callable[[int], date | None], is_day: bool = False) -> int:
    """The year of something that comes round every year: the last one when the clause looks back, else the next one.

    A day is the nearest such day, since papers tell the year of what is further off. Without a verb to go by it is
    the nearer one, the past one first; what is due within a month is meant unless a past participle stands right
    before. In a sentence that tells an older date ("in March 2021 … in May") it is the year that follows on.
    """
    now = context.published
    tail = context.before[-90:]
    year = now.year
    is_behind = _BEHIND.search(tail) is not None
    is_ahead = _BY.search(tail) is not None
    tense = "" if _HAD_MEANT.search(tail) else "future" if is_ahead and not _HAD.search(tail) else context.tense
    told = edtf.parse(context.reference)
    if (
        told and tense != "future" and told[1].year < year and str(told[1].year) in context.before
        and edtf.precision(context.reference or "") in ("month", "day")
    ):  # fmt: skip
        first = starts(told[0].year)
        return told[0].year if first is None or first >= told[0].replace(day=1) else told[0].year + 1
    this = starts(year)
    ahead = year if this is None or this >= now.replace(day=1) else year + 1
    behind = year if this is None or this <= now else year - 1
    if is_day and not is_behind:
        options = [(abs((day - now).days), y) for y in (year, year - 1, year + 1) if (day := starts(y))]
        return min(options)[1] if options else year
    to_come = starts(ahead)
    is_near = to_come is not None and 0 <= (to_come - now).days <= 31 and not _DONE.search(tail)
    if is_behind:
        return behind
    if tense == "future" or is_near:
        return ahead
    if tense == "past" and not (_FROM.search(tail) and to_come is not None and (to_come - now).days <= _SOON):
        return behind
    if tense == "past":
        return ahead
    days = [abs((day - now).days) if (day := starts(y)) else 0 for y in (behind, ahead)]
    return ahead if days[1] < days[0] / 2 else behind


#: "from April", told in the weeks before it, begins with the next one whatever the verb.
_FROM: Final = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_SOON: Final = 120
_BY: Final = re.compile(r"\b(?:come|by|until|till|through|before|deadline|deadline\s+of)\s+(?:the\s+)?$", re.IGNORECASE)
_HAD: Final = re.compile(r"\b(?:had|was|were|reached|fell|rose|stood)\b(?:[^.;,]|[.,](?=\d)){0,60}$", re.IGNORECASE)
#: What had been meant for a month is as likely behind as ahead: the nearer one.
_HAD_MEANT: Final = re.compile(r"(?i)\bhad\s+(?:\w+\s+){0,2}?(?:due|expected|hoped|meant|planned)\b[^.;]{0,60}$")
_BEHIND: Final = re.compile(r"\b(?:since|last|after|ended|following|dated|night\s+of)\s+(?:the\s+)?$", re.IGNORECASE)
_DONE: Final = re.compile(
    r"\b(?:\w+ed|out|held|met|began|made|set|up|came|was|were|had)\s+(?:back\s+)?(?:in|during|on)\s+$", re.IGNORECASE
)


def relative_year(phrase: str, context: Context) -> int:
    """The year of "this year", "last year", "that year", "the following year" …"""
    words = phrase.casefold().split()
    told = edtf.parse(context.reference or context.distant)
    if words[0] in ("that", "the"):
        base = told[1].year if told else context.published.year
        return base + {"following": 1, "previous": -1}.get(words[1], 0)
    return context.published.year + {"last": -1, "next": 1}.get(words[0], 0)


def read_year(text: str) -> int:
    """A year in four digits or spoken.

    >>> read_year("1996"), read_year("nineteen ninety-six")
    (1996, 1996)
    """
    if text.isdigit():
        return int(text)
    return 1900 + int(numerals.read_words(re.split(r"[\s-]", text, maxsplit=1)[1]) or 0)


def year_of(
    match: re.Match[str], context: Context, starts: Callable[[int], date | None], is_day: bool = False
) -> tuple[int, bool]:
    """The year named by ``OF_YEAR``, or worked out; and whether it was worked out."""
    if match.group("year"):
        return read_year(match.group("year")), False
    if match.group("ryear"):
        return relative_year(match.group("ryear"), context), True
    return nearest_year(context, starts, is_day), True


def _is_name(match: re.Match[str]) -> bool:
    """Whether the month has its capital: "may" and "march" are verbs."""
    return match.group("mon")[:1].isupper()


@rule("#", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])")
def iso_day(match: re.Match[str], context: Context) -> Reading | None:
    day = almanac.make_day(int(match["y"]), int(match["m"]), int(match["d"]))
    return dated(day.isoformat()) if day else IMPOSSIBLE


@rule("#", r"(?P<a>\d{1,2})(?P<sep>[/-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)(?![\d/-])")
def slash_day(match: re.Match[str], context: Context) -> Reading | None:
    """``20/03/2025``: day first, month first only where it can't be otherwise."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if year < 100:
        year += 1900 if year > 50 else 2000
    day = almanac.make_day(year, b, a) or almanac.make_day(year, a, b)
    return dated(day.isoformat()) if day else IMPOSSIBLE


@rule(
    f"{WEEKDAY_WORDS} #",
    rf"(?:{WEEKDAY},?\s+)?(?:(?P<d1>\d{{1,2}}){_ORD}\s*(?:-|–|—|to|and|or|until)\s*)?"
    rf"(?P<day>\d{{1,2}}){_ORD}(?:\s+of)?\s+{MON}{OF_YEAR}",
)
def day_month(match: re.Match[str], context: Context) -> Reading | None:
    """``17 to 21 March 2025``, ``Monday 3 June``: a day, or the days between two of one month."""
    month, day = month_number(match["mon"]), int(match["day"])
    if not _is_name(match):
        return None
    if re.match(r"\s+(?:each|every)\s+year\b", context.after, re.IGNORECASE):
        return Reading("SET", f"XXXX-{month:02d}-{day:02d}") if almanac.make_day(2024, month, day) else None
    year, is_relative = year_of(match, context, lambda y: almanac.make_day(y, month, day), True)
    last = almanac.make_day(year, month, day)
    first = almanac.make_day(year, month, int(match["d1"])) if match["d1"] else last
    if first is None or last is None or last < first:
        return IMPOSSIBLE
    return dated(edtf.interval(first, last), is_relative)


@rule(
    f"{WEEKDAY_WORDS} {MONTH_WORDS} the",
    rf"(?:(?:this\s+coming\s+)?{WEEKDAY},?\s+)?{MON}\s+(?:the\s+)?(?P<day>\d{{1,2}}){_ORD}(?![\d%/]|[,.:]\d)"
    rf"(?:\s*(?:-|–|to)\s*(?P<d2>\d{{1,2}}){_ORD}(?![\d%]|[,.]\d))?(?:,?\s+(?P<year>{YEAR}))?(?P<ryear>)",
)
def month_day(match: re.Match[str], context: Context) -> Reading | None:
    """``March 5, 1946``, ``Sept. 30``: the other order."""
    month, day = month_number(match["mon"]), int(match["day"])
    if not _is_name(match):
        return None
    year, is_relative = year_of(match, context, lambda y: almanac.make_day(y, month, day), True)
    first = almanac.make_day(year, month, day)
    last = almanac.make_day(year, month, int(match["d2"])) if match["d2"] else first
    if first is None or last is None or last < first:
        return IMPOSSIBLE
    return dated(edtf.interval(first, last), is_relative)


@rule(f"{EDGE_WORDS} {MONTH_WORDS} very", rf"{EDGE}{MON}{OF_YEAR}(?!\s*\d{{1,2}}{_ORD}\b(?!%|[,.]\d))")
def month(match: re.Match[str], context: Context) -> Reading | None:
    """``mid-October 2023``, ``July this year``, ``May``."""
    number = month_number(match["mon"])
    if not _is_name(match):
        return None
    word = match["mon"].casefold()
    is_bare = not (match["year"] or match["ryear"] or match["edge"])
    if is_bare and word in ("may", "march", "mar", "august") and not re.search(
        r"\b(?:in|by|since|until|till|from|to|of|for|during|before|after|through|and|or|late|between|come|on|"
        r"until|around|throughout)\s+$", context.before[-40:], re.IGNORECASE
    ):  # fmt: skip
        return None
    if is_bare and word in ("mar", "jun", "sep", "jan", "dec") and not match["mon"].endswith("."):
        return None
    year, is_relative = year_of(match, context, lambda y: almanac.make_day(y, number, 1))
    return cut(f"{year:04d}-{number:02d}", edge_of(match), is_relative)


@rule("last next this", rf"(?P<which>last|next|this)\s+{MON}(?!\s*\d)")
def which_month(match: re.Match[str], context: Context) -> Reading | None:
    """``last November``: the last one that is over; ``next May``: the next one to begin."""
    if not _is_name(match):
        return None
    number, now = month_number(match["mon"]), context.published
    which = match["which"].casefold()
    year = now.year
    if which == "last":
        year -= number >= now.month - 1  # last month's name with "last" is the year before's
    elif which == "next":
        year += number <= now.month
    return dated(f"{year:04d}-{number:02d}", True)


_NO_SEASON_AFTER = r"(?!\s+(?:statement|budget|term|conference|school|fair|forum|survey|camp|time|break|holidays?))"


#: "numbers fell in fall last year", not "numbers are to fall this year".
_IN_FALL = re.compile(r"\b(?:in|during|since|until|by|from)\s+$", re.IGNORECASE)


@rule(
    f"{EDGE_WORDS} this last next coming over in during by since until from {SEASON_WORDS}",
    rf"{EDGE}(?:(?P<which>the|this|last|next|the\s+coming|the\s+following|the\s+previous)\s+)?"
    rf"(?P<season>spring|summer|autumn|fall|winter)\b{_NO_SEASON_AFTER}{OF_YEAR}",
)
def season(match: re.Match[str], context: Context) -> Reading | None:
    """``autumn 2022``, ``spring next year``, ``this summer``, ``in the winter``; "fall" only where it is a season."""
    number, letters = W.seasons[match["season"].casefold()]
    which = (match["which"] or "").casefold()
    named = match["year"] or match["ryear"]
    if match["season"].casefold() == "fall" and not named:
        is_noun = which in ("last", "this", "next") and not re.match(r"\s+(?:in|of|to|from|was|is|by)\b", context.after)
        if not is_noun:
            return None
    if match["season"].casefold() == "fall" and not (which or match["year"] or _IN_FALL.search(context.before)):
        return None
    if not which and not named and not re.search(
        r"\b(?:in|by|since|until|from|over|during|before|after|of|and|to|for|through|"
r"come)\s+$", context.before[-40:], re.I
    ):  # fmt: skip
        return None
    if (
        which == "the"
        and not named
        and not re.search(r"\b(?:in|over|during|by|since|until|from|for|through)\s+$", context.before[-40:], re.I)
    ):
        return None
    month_of_start = {"21": 3, "22": 6, "23": 9, "24": 12}[number]
    now = context.published
    start = almanac.make_day(now.year, month_of_start, 1) or now
    if named or which in ("", "the"):
        year, is_relative = year_of(match, context, lambda y: almanac.make_day(y, month_of_start, 1))
    else:
        is_relative, year = True, now.year
        end_month = month_of_start + 2
        if which == "this":
            year -= number == "24" and now.month <= 2
        elif which in ("last", "the previous"):
            year -= now.month <= end_month if number != "24" else (1 if now.month > 2 else 2)
        else:
            year += start <= now
    return dated(f"{year:04d}-{number}", is_relative, f"{year:04d}-{letters}")


_QUARTERS: Final = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4, "last": 4,
}  # fmt: skip


@rule(
    "the first second third fourth final # fiscal this last next",
    r"(?:the\s+)?(?:(?P<y0>\d{4})\s+|(?P<rel>this|last|next)\s+year['’]s\s+)?(?:fiscal\s+)?(?P<n>first|"
    r"second|third|fourth|1st|2nd|3rd|4th|final|last(?=\s+quarter\s+of\s+\d))[-\s](?P<what>quarter|half)\b"
    rf"(?!['’]?s?\s+of\s+(?:the\s+)?(?!year|calendar|\d|this|last|next)[a-z])(?:['’]s)?"
    rf"(?:\s+(?:of|in)\s+(?:the\s+(?:calendar\s+|financial\s+)?year|(?P<fy>{YEAR}\s?[-–/]\s?\d\d)\b|"
    rf"(?P<year>{YEAR})|{_RELATIVE_YEAR}))?",
)
def quarter(match: re.Match[str], context: Context) -> Reading | None:
    """``the third quarter``, ``first quarter of 2024-25`` (April to June), ``second half of 2024``."""
    number = _QUARTERS[match["n"].casefold()]
    size = 3 if match["what"].casefold() == "quarter" else 6
    if number * size > 12 or (size == 6 and not (match["year"] or match["fy"] or match["ryear"] or match["y0"])):
        return None
    if match["fy"]:
        start = date(int(match["fy"][:4]), 4, 1)
        is_relative = False
    elif match["year"] or match["y0"]:
        start, is_relative = date(int(match["year"] or match["y0"]), 1, 1), False
    elif match["ryear"] or match["rel"]:
        phrase = match["ryear"] or f"{match['rel']} year"
        start, is_relative = date(relative_year(phrase, context), 1, 1), True
    else:
        year = context.published.year
        month_of_start = size * (number - 1) + 1
        if (year, month_of_start) > (context.published.year, context.published.month) and context.tense != "future":
            year -= 1
        start, is_relative = date(year, 1, 1), True
    first = almanac.add_months(start, size * (number - 1))
    last = almanac.add_months(start, size * number - 1)
    if first is None or last is None:
        return None
    return dated(f"{first:%Y-%m}/{last:%Y-%m}", is_relative)


@rule(
    "quarter",
    r"quarter\s+(?P<n>one|two|three|four|[1-4])(?:\s*,)?\s+(?:(?:of|in)\s+)?"
    rf"(?:(?P<fy>{YEAR}\s?[-–/]\s?\d\d)\b|(?P<year>{YEAR})\b)",
)
def quarter_named(match: re.Match[str], context: Context) -> Reading | None:
    """``quarter two of 2021-22``, ``quarter 3 2024``: those of a financial year begin with April."""
    number = {"one": 1, "two": 2, "three": 3, "four": 4}.get(match["n"].casefold()) or int(match["n"])
    if match["year"]:
        return dated(almanac.quarter(int(match["year"]), number))
    first = almanac.add_months(date(int(match["fy"][:4]), 4, 1), 3 * number - 3)
    last = almanac.add_months(first, 2) if first else None
    return dated(f"{first:%Y-%m}/{last:%Y-%m}") if first and last else None


@rule("q1 q2 q3 q4 q", rf"Q(?P<n>[1-4])(?:\s+(?:of\s+)?(?:(?P<fy>{YEAR}\s?[-–/]\s?\d\d)\b|(?P<year>{YEAR})))?\b")
def quarter_code(match: re.Match[str], context: Context) -> Reading | None:
    """``Q1 2024``; bare ``Q3`` is a question as often as a quarter and left alone."""
    number = int(match["n"])
    if match["fy"]:
        first = almanac.add_months(date(int(match["fy"][:4]), 4, 1), 3 * number - 3)
        last = almanac.add_months(first, 2) if first else None
        return dated(f"{first:%Y-%m}/{last:%Y-%m}") if first and last else None
    return dated(almanac.quarter(int(match["year"]), number)) if match["year"] else None
