"""The dates that a story's figures fall back on: those of the statistics and of the survey that it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline import edtf
from pipeline.extraction.quantities import bases, clues
from pipeline.extraction.quantities.deals import year_of_deal
from pipeline.extraction.timex import almanac
from pipeline.records import Timex

#: The date of the data must stand in the opening of a story, within so many pieces (title, paragraphs, list items) that
#: hold a number or a date: a line that was left in or out above must not move it. Tuned on our corpus.
OPENING: Final = 7

_STRONG: Final = re.compile(
    r"\b(?:as\s+of|as\s+at|dates?\s+from|dated|figures\s+for|data\s+for|statistics\s+for|"
    r"data\s+from|figures\s+from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
#: Figures that a sentence of the opening says to be released statistics.
_RELEASED: Final = re.compile(
    r"\b(?:figures|statistics|data|returns|census)\b[^.;]{0,40}\b(?:show(?:s|ed|n)?|reveal(?:s|ed)?|issued|published|"
    r"released|out)\b|\b(?:show(?:s|ed)?|reveal(?:s|ed)?|according\s+to)\s+(?:[\w’'()-]+\s+){0,6}(?:figures|statistics|data|"
    r"returns|census)\b",
    re.IGNORECASE,
)
#: Dates of the news around the figures, no time of data.
_NO_DATA_DATE: Final = re.compile(r"(?:last|this|next)\s+(?:year|month|week|\w+)", re.IGNORECASE)
#: So many pieces are a story's opening where its figures are told to be a release.
_LEAD: Final = 4
#: When a survey was held: "was carried out between".
_HELD: Final = re.compile(
    r"\b(?:carried\s+out|conducted|undertaken|took\s+place|fielded|answered\s+by|completed\s+by)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
#: "It was carried out in …", right behind the sentence that brings a survey in.
_GOES_ON: Final = re.compile(r"(?:This|It|That|They|These|The\s+(?:research|study|exercise|fieldwork))\b")
#: So many pieces on, a sentence about a survey is still about the one brought in before.
_NEAR: Final = 2
#: How prices rose is told beside other figures, and dates none of them.
_PRICES: Final = re.compile(r"\b(?:inflation|CPI|RPI|(?:consumer|retail)\s+prices?)\b", re.IGNORECASE)
#: A day or month named without its year, and how a census's day is told: "were in care on 31 March this year".
_NAMED: Final = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_AT_DAY: Final = re.compile(r"\b(?:were|was|had|as)\b[^.;]{0,60}\b(?:on|at|of)\s+$")
_ON_DAY: Final = re.compile(r"\b(?:on|at)\s+(?:the\s+)?$", re.IGNORECASE)
#: "a peak of 7,900 in": a time that the story's figures are far from.
_PEAK: Final = re.compile(r"\b(?:peak|high|low|record)\s+of\s+[^.;,]{0,40}\bin\s+$", re.IGNORECASE)
_IN_OR_FOR: Final = re.compile(r"\b(?:in|for|during|over)\s+(?:the\s+)?$", re.IGNORECASE)
#: "The data were collected in the summer of 2022".
_COLLECTED: Final = re.compile(
    r"\b(?:data|figures|information|returns?|statistics)\b[^.;]{0,60}\b(?:collected|gathered|compiled|submitted)\b[^.;]{0,80}\b(?:in|during|between|on)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_DAY: Final = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s+[A-Z]|[a-z]\s+\d{1,2}\b(?!\d)")
_YEAR_TO: Final = re.compile(r"(?:the\s+)?(?:\d+\s+months|year|twelve\s+months|quarter)\s+(?:to|end)", re.IGNORECASE)
NEW_SURVEY: Final = re.compile(
    r"\b(?:an?|our|its|another)\s+(?:\w+[\s-]+){0,4}(?:poll|survey|questionnaire)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence with its numbers (their positions in the article's list) and its dates, in order.

    ``piece`` counts the titles, paragraphs, headings and list items from 0; ``kind`` is the piece's.
    """

    start_char: int
    end_char: int
    piece: int
    kind: str
    numbers: tuple[int, ...]
    dates: tuple[Timex, ...]


#: The paper speaking of itself or to its readers: a call, a promotion, an advertisement that cleaning left in.
_TO_READERS: Final = re.compile(
    r"\b(?:you|your|yours|we|us|our|take\s+part|sign\s+up|click|subscribe|read\s+more|find\s+out\s+more)\b",
    re.IGNORECASE,
)

#: One of these stands in whatever speaks to readers; spares the others the look.
_READER_STEMS: Final = (
    "you",
    "You",
    "we ",
    "We ",
    " us",
    "Us ",
    "our ",
    "Our ",
    "part",
    "ign up",
    "lick",
    "ubscribe",
    "ead more",
    "out more",
)


def is_beside_story(text: str, setting: Setting) -> bool:
    """Whether a sentence is none of the story's: a loose line such as a caption, or one that speaks to the readers.

    It brings in no date, survey or list for the figures around it, and parts none from theirs.

    >>> line = "Nurses outside a hospital in Leeds"
    >>> is_beside_story(line, Setting(0, len(line), 0, "body", (), ()))
    True
    """
    if setting.kind != "body":
        return False
    sentence = text[setting.start_char : setting.end_char]
    if not setting.numbers and not setting.dates and sentence[-1:].isalnum():
        return True
    if not any(stem in sentence for stem in _READER_STEMS) or any(mark in sentence for mark in '“”"'):
        return False
    return _TO_READERS.search(sentence) is not None


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a figure without a date holds for: in a sentence about statistics, about a survey, about a pay deal."""

    data: str | None = None
    survey: str | None = None
    deal: str | None = None


#: What goes on from a survey told of in the sentence before.
_RESULTS: Final = re.compile(
    r"[“\"]?(?:The|Its|Their|These|Those)\s+(?:\w+\s+)?(?:results?|findings?|responses|answers|replies|respondents)\b"
)
_ROUND: Final = re.compile(r"\b(?:wave|round|sweep|phase)\s+(?:\d{1,2}|one|two|three|four|five|six)\b", re.IGNORECASE)
_ROUND_WORDS: Final = (
    "wave",
    "Wave",
    "round",
    "Round",
    "sweep",
    "Sweep",
    "phase",
    "Phase",
    "WAVE",
    "ROUND",
    "SWEEP",
    "PHASE",
)
_DATED_ROUND: Final = re.compile(
    r"[^.;:()]{0,50}\(\s*(?:(?:carried\s+out|conducted|run|held|covering|from|in|between|during)\s+)*(?:the\s+)?",
    re.IGNORECASE,
)


def find_rounds(text: str, timexes: Sequence[Timex]) -> list[Timex]:
    """Every mention of a survey's round whose date the text gives once ("wave 5 (carried out in autumn 2022)"), dated.

    >>> text = "In wave 1 (June 2021) it was 5%; by wave 2, 7%; it was less in wave 1."
    >>> [(t.text, t.edtf) for t in find_rounds(text, [Timex("June 2021", 11, 20, "DATE", "2021-06", "2021-06", False)])]
    [('wave 1', '2021-06'), ('wave 1', '2021-06')]
    """
    if not any(word in text for word in _ROUND_WORDS):
        return []
    mentions = list(_ROUND.finditer(text))
    dates: dict[str, str] = {}
    for match in mentions:
        following = next((t for t in timexes if t.start_char >= match.end()), None)
        if following is None or not following.edtf or following.start_char - match.end() >= 100:
            continue
        if _DATED_ROUND.fullmatch(text, match.end(), following.start_char):
            dates.setdefault(match[0].casefold(), following.edtf)
    return [
        Timex(match[0], match.start(), match.end(), "DATE", value, value, False)
        for match in mentions
        if (value := dates.get(match[0].casefold()))
    ]


def find_defaults(text: str, settings: Sequence[Setting]) -> list[Defaults]:
    """The defaults that hold at each sentence; a survey brought in without a date ends the one before it."""
    data: str | None = None
    survey: str | None = None
    found = []
    depths = _depths(settings)
    first = _first_data_date(text, settings, depths)
    ahead = _surveys_ahead(text, settings)
    deal = year_of_deal(text, settings)
    is_undated = False
    section: str | None = None
    for k, setting in enumerate(settings):
        if setting.kind == "heading" or _is_opener(text, setting):
            section = _date_of_heading(text, setting)
        if is_beside_story(text, setting):
            found.append(Defaults(section or data or first, survey, deal))
            continue
        if is_undated and _RESULTS.match(text, setting.start_char):
            found.append(Defaults(None, None, deal))
            continue
        is_survey = clues.tells_survey(text[setting.start_char : setting.end_char])
        told = _told(text, setting)
        if is_survey and told:
            survey = told
        elif k in ahead:
            survey = ahead[k]
        elif is_survey and NEW_SURVEY.search(text, setting.start_char, setting.end_char):
            survey = None
        elif told and not is_survey and data is None and depths[k] <= OPENING:
            data = told
        is_undated = is_survey and survey is None and not setting.dates
        found.append(Defaults(section or data or first, survey, deal))
    return found


def _is_opener(text: str, setting: Setting) -> bool:
    """Whether a line without a figure opens what stands below it: "In the year ending March 2020:"."""
    return not setting.numbers and text[setting.end_char - 1] == ":"


def _date_of_heading(text: str, setting: Setting) -> str | None:
    """The year, quarter or month that a cross-heading or opening line gives the figures below it ("Referrals in 2022-23")."""
    dates = [timex for timex in setting.dates if timex.type == "DATE" and not timex.is_relative]
    if len(dates) != 1 or setting.numbers or not clues.is_of_data(text, dates[0], setting.start_char):
        return None
    span = edtf.parse(dates[0].edtf)
    is_in = _IN_OR_FOR.search(text[max(setting.start_char, dates[0].start_char - 12) : dates[0].start_char])
    return dates[0].edtf if is_in and span and 27 <= (span[1] - span[0]).days <= 366 else None


def _surveys_ahead(text: str, settings: Sequence[Setting]) -> dict[int, str]:
    """For the sentence that brings a survey in, its date where one of the next paragraphs tells when it was held."""
    found: dict[int, str] = {}
    first: int | None = None
    for k, setting in enumerate(settings):
        sentence = text[setting.start_char : setting.end_char]
        is_on = first is not None and settings[first].piece == setting.piece and _GOES_ON.match(sentence)
        if not is_on and not clues.tells_survey(sentence):
            continue
        held = next(
            (
                timex.edtf
                for timex in setting.dates
                if timex.type == "DATE"
                and _HELD.search(text[max(setting.start_char, timex.start_char - 90) : timex.start_char])
            ),
            None,
        )
        if first is None or setting.piece - settings[first].piece > _NEAR:
            first = k
        if held:
            found[first] = found[k] = held
            first = None
    return found


def _depths(settings: Sequence[Setting]) -> list[int]:
    """For each sentence how many pieces with a number or a date there are up to its own."""
    told: set[int] = set()
    depths = []
    for setting in settings:
        if setting.numbers or setting.dates:
            told.add(setting.piece)
        depths.append(len(told))
    return depths


def _first_data_date(text: str, settings: Sequence[Setting], depths: Sequence[int]) -> str | None:
    is_release = False
    for setting, depth in zip(settings, depths, strict=True):
        if depth > OPENING:
            return None
        if is_beside_story(text, setting) or clues.tells_survey(text[setting.start_char : setting.end_char]):
            continue
        if setting.piece <= _LEAD and _RELEASED.search(text, setting.start_char, setting.end_char):
            is_release = True
        told = _told(text, setting) or (_released(text, setting) if is_release and setting.piece <= _LEAD + 1 else None)
        if told:
            return told
    return None


def tells_release(sentence: str) -> bool:
    """Whether a sentence gives its figures as released statistics: "Ofsted's figures show", "according to the data"."""
    return _RELEASED.search(sentence) is not None


def _released(text: str, setting: Setting) -> str | None:
    """The time that the statistics of the opening are told for: "received 137,000 in 2014-15", "from April to June"."""
    for place, timex in enumerate(setting.dates):
        following = setting.dates[place + 1] if place + 1 < len(setting.dates) else None
        if following and text[timex.end_char : following.start_char].strip(" ,") == "":
            continue
        if timex.type != "DATE" or not timex.edtf or not clues.is_of_data(text, timex, setting.start_char):
            continue
        head = text[max(setting.start_char, timex.start_char - 90) : timex.start_char]
        is_base = any(cue.search(head) for cue in (bases.COMPARED_DATE, clues.SINCE, bases.ON_BASE, _PEAK))
        if is_base or _NO_DATA_DATE.fullmatch(timex.text):
            continue
        is_named = _NAMED.match(timex.text) is not None and _AT_DAY.search(head) is not None
        if (not is_named and clues.is_event_day(text, timex, setting.start_char)) or clues.is_reporting_date(
            text, timex, setting.end_char
        ):
            continue
        span = edtf.parse(timex.edtf)
        days = (span[1] - span[0]).days if span else 0
        if timex.is_relative and not (27 <= days <= 300 or is_named):
            continue
        if "/" in timex.edtf and not (27 <= days <= 366):
            continue
        if edtf.precision(timex.edtf) in ("year", "financial_year", "month", "day") or "/" in timex.edtf:
            return timex.edtf
    return None


def _told(text: str, setting: Setting) -> str | None:
    """The sentence's "as of …", or the end of its "year to …" where figures stand beside."""
    for timex in setting.dates:
        before = text[max(setting.start_char, timex.start_char - 40) : timex.start_char]
        is_named = _NAMED.match(timex.text) is not None and _STRONG.search(before) is not None
        if (timex.is_relative and not is_named) or timex.type != "DATE":
            continue
        if _PRICES.search(text, max(setting.start_char, timex.start_char - 120), timex.start_char):
            continue
        is_year_to = bool(setting.numbers) and _YEAR_TO.match(timex.text) is not None
        head = text[setting.start_char : timex.start_char]
        is_census = bool(setting.numbers) and clues.is_census_day(timex) and _ON_DAY.search(before) is not None
        is_census = is_census and clues.PLANNED.search(text, setting.start_char, timex.start_char) is None
        if not (is_year_to or is_census or _STRONG.search(before) or _COLLECTED.search(head)) or not clues.is_of_data(
            text, timex, setting.start_char
        ):
            continue
        span = edtf.parse(timex.edtf)
        if span and is_year_to:
            return span[1].isoformat() if _DAY.search(timex.text) else f"{span[1]:%Y-%m}"
        return timex.edtf
    return None


def year_of_data(own: Timex, data: str | None, role: str) -> str | None:
    """The year of the story's statistics for "last year" in it: a financial year, or the one up to their month."""
    if not data or own.text.casefold() != "last year":
        return None
    if edtf.precision(data) == "financial_year":
        return data
    if role == "change" and edtf.precision(data) == "month":
        return f"{almanac.shift(data, -11)}/{data}"
    return None
