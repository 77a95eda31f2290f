"""The words that tell which date a number has: comparisons, breaks between clauses, asides, shifts. Pure functions."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache
from typing import Final

from pipeline import edtf
from pipeline.extraction.quantities.gates import Cues, cue, has_piece
from pipeline.extraction.timex import numerals
from pipeline.records import Timex

#: Units whose numbers are stretches of time themselves.
TIME_UNITS: Final = frozenset({"year", "month", "week", "day", "minute"})


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_APPROX = (
    r"(?:(?:a|an|the|record|new|high|low|of|about|around|just|over|under|almost|"
    r"nearly|more|less|little|than|some|roughly|approximately|only|as|many|much|to|average|median|mean|total|estimated)\s+)*"
)
_VERBS_OF_MAKING = (
    r"(?:published|released|announced|launched|began|begun|started|established|introduced|set\s+up|created|founded|"
    r"passed|unveiled|issued|signed|elected|appointed|axed|scrapped|closed|ended|"
    r"expired|widened|delayed|came\s+out|come\s+out|called|confirmed|named|shortlisted|"
    r"opened|reported|told|heard|promised|legislated|dat(?:ing|e|es|ed)\s+back\s+to|"
    r"c[ao]mes?\s+into\s+force|(?:takes?|took)\s+(?:effect|office)|r[ua]ns?\s+out|expires)"
)
_NOT_OF_DATA: Final = Cues(
    cue(
        "published released announced launched began begun started established introduced set created founded passed "
        "unveiled issued signed elected appointed axed scrapped closed ended expired widened delayed came come called "
        "confirmed named shortlisted opened reported told heard promised legislated dating date dates dated took runs run ran out comes expires takes effect force",
        rf"(?<!who\s)\b{_VERBS_OF_MAKING}(?:(?:\s+(?:by|under)(?:\s+[\w’'-]+){{1,7}}?|(?:\s+(?!since\b)\w+){{0,2}}?)\s+"
        r"(?:in|on|at|back\s+in)?\s*)(?<!\sover\s)(?<!\sduring\s)$",
    ),
    cue(
        "since",
        r"\b(?:lowest|highest|largest|biggest|smallest|first|most|fewest|worst|best|"
        r"records?|high|low|peak|time)\b[^.;]{0,60}?\bsince\s+(?:\w+\s+){0,6}$",
    ),
    cue("first", r"\bfirst\s+time\s+(?:(?!\d|per\s?cent\b)[^.;]){0,60}$"),
    cue("first", r"\bfirst\s+(?:\w+ed|taken|held|begun|run)\s+(?:out\s+)?in\s+$"),
    cue("began started", r"\b(?:records|data(?:set)?|series)\s+(?:began|started|that\s+started)\s+in\s+$"),
    cue(
        "report review paper article",
        r"\b(?:a|the|its|their|recent|earlier|previous)\s+(?:report|review|"
        r"paper|white\s+paper|article)\s+(?:in\s+|from\s+)?$",
    ),
    cue(
        "similar same unchanged",
        r"\b(?:similar\s+(?:\w+\s+)?to|the\s+same\s+as|unchanged\s+(?:from|on|since))\s+(?:that\s+)?(?:in\s+)?$",
    ),
    cue("come until before beyond since", r"\b(?:come|until|before|beyond|since\s+the)\s+(?:the\s+)?$"),
    cue(
        "told said wrote warned heard announced",
        r"(?<!%\s)(?<!cent\s)(?<!who\s)\b(?:told|said|wrote|warned|heard|announced)\b[^.;\d]{0,60}$",
    ),
    cue(
        "calculated estimated forecast predicted suggested projected claimed reported",
        r"\b(?:calculated|estimated|forecast|predicted|suggested|projected|claimed|reported)\s+$",
    ),
    cue(
        "elected voted minister president secretary",
        r"\b(?:elected|voted|minister|president|secretary)\s+(?:in|from|since)\s+$",
    ),
)
_NEWS = _compile(
    r"(?:today|yesterday|tomorrow|now|(?:this|last|next)\s+week|(?:earlier|later)\s+this|recently|tonight|on\s+)"
)
SINCE: Final = _compile(
    r"\bsince\s+(?:(?:its|the|their|his|her)\s+[^.;,\d]{3,40}\s(?:in|of)\s+)?(?:the\s+(?:start|end|beginning)\s+of\s+)?$"
)
AS_OF: Final = _compile(r"\bas\s+(?:of|at)\s+(?:the\s+)?$")
SHIFT: Final = _compile(
    rf"(?:(?:an?|\d+|{numerals.WORDS})\s+(?:year|month)s?\s+(?:earlier|before|previously|ago)|"
    r"the\s+(?:year|month)\s+(?:before|earlier|above)|the\s+(?:previous|preceding|prior)\s+(?:year|month)|"
    r"the\s+(?:previous|preceding|prior)\s+(?:12|twelve)\s+months|the\s+quarter\s+(?:before|earlier)|"
    r"the\s+(?:previous|preceding|prior)\s+quarter|a\s+quarter\s+(?:earlier|before|ago))$"
)
#: "– which represents 40,000 workers – this summer": the clause between dashes keeps to itself.
RELATIVE_ASIDE: Final = _compile(r"[\s–—,]*(?:which|who|whose|where)\b")
#: "20%, down from 24% in 2020-21": the first is the year's after.
AGAINST_OLD: Final = _compile(
    r"[^.;()]{0,30}?,?\s+(?:up|down|a\s+(?:rise|fall|drop|increase|decrease))\s+(?:slightly\s+)?from\s+"
)
YEAR_BEFORE: Final = _compile(r"(?:last|the\s+previous|the\s+prior|the\s+preceding)\s+year")
#: "the previous year's (total of) 9,202": the end of a date that owns the number behind it.
OWNED: Final = _compile(
    r"(?::\s*|\s+(?:figure|total|level|rate|number|tally)\s*\(\s*|[’']s?\s+(?:(?:figure|total|level|rate|number|tally|record)\s+)?(?:of\s+)?|\s+(?:figure|total|level|rate|number|tally)\s+of\s+|"
    r",?\s+when\s+(?:there\s+(?:were|was)|(?:it|they|the\s+\w+)\s+(?:was|were|stood\s+at))\s+)"
    r"(?:(?:about|around|just|over|under|almost|nearly)\s+)*"
)
#: "the figure a year previously of 88,370".
FIGURE_BEFORE: Final = _compile(r"\b(?:figure|total|level|rate|number|tally)\s+(?:(?:in|for|from|at)\s+)?(?:the\s+)?$")
OF_OWNED: Final = _compile(r"\s+of\s+(?:(?:about|around|just|over|under|almost|nearly)\s+)*")
#: "the same quarter of 2018", "the same period last year".
SAME_PERIOD: Final = _compile(r"the\s+same\s+\w+")
OF_SAME: Final = _compile(r"\s+(?:(?:of|in)\s+(?:the\s+)?)?")
OF_SAME_BEFORE: Final = _compile(
    r"\bthe\s+(?:same|corresponding|equivalent)\s+(?:period|quarter|month|time|day|week|point|date|(?:\w+\s+)?months|weeks)\s+(?:(?:of|in)\s+(?:the\s+)?)?$"
)
FROM: Final = _compile(rf"\bfrom\s+{_APPROX}$")
#: Behind "9,020, from 8,310": an earlier level even where no word tells of a change.
FROM_LAST_YEAR: Final = _compile(
    r"\s+(?:last\s+year|the\s+(?:year\s+before|previous\s+year)|a\s+year\s+(?:earlier|before|ago))\b"
)
#: A sentence that opens with a subordinate clause: what stands behind its comma is of the main one.
SUBORDINATE: Final = re.compile(r"[“\"]?(?:While|Whereas|Although|Though)\b")
NEW_TO: Final = _compile(rf"(?<!equates )(?<!equating )(?<!equivalent )(?<!equal )\bto\s+{_APPROX}$")
UP_TO: Final = _compile(r"\bup\s+to\s+(?:an?\s+)?$")
#: "a peak in 2015, when 7,200 …": the date right before is the number's.
WHEN: Final = _compile(
    r",?\s+when\s+(?:(?:about|around|just|over|almost|nearly|some|only|as\s+many\s+as|a\s+record)\s+)*"
)
#: "the previous year, when so many were held, at a rate of": the clause of that time.
IN_WHEN: Final = _compile(r",?\s+when\b(?:(?!\b(?:but|while|whereas)\b|,\s+and\b)[^.;:]){0,90}")
#: Between a number and the months that it was counted in.
IN_MONTHS: Final = _compile(r"\s+(?:[\w’-]+\s+){0,2}?(?:between|in|during|over|for|from)\s+(?:the\s+)?")
#: Where a new clause begins between two numbers, and what tells that it is of today, of plans or of any time.
NEW_CLAUSE: Final = _compile(
    r",?\s+(?:while|but|though|although|whereas|as\s+(?:is|are|do|does)|and\s+that|whose|because)\b|"
    r";\s(?!of\s+(?:these|those|them|whom|which)\b)"
)
OF_TODAY: Final = _compile(
    r"\b(?:is|are|has|have|will|would|could|may|might|can|wants?|leaves?|remains?|says?|needs?)\b(?!\s+(?:up|down|higher|lower|more|fewer)\b)"
)
OF_STRETCH: Final = _compile(r"the\s+(?:past|previous|last)\s+(?:month|week|(?:12|twelve)\s+months)")
#: "£50m of that", "half of this": a part of what was told before.
OF_THAT: Final = _compile(r"\s+of\s+(?:that|this|it|these|those)\b(?!\s+(?:who|that|in|with|on|aged|under|over)\b)")
#: "will train", "aims to recruit": what is planned of the number behind it.
PLANS_TO: Final = _compile(r"\b(?:will|would|to|should)\s+(?:\w+\s+){1,4}$")
DURING_YEAR: Final = _compile(r"\b(?:in|during)\s+(?:the\s+)?$")
COMPARED_WITH: Final = _compile(
    rf"\b(?:compare(?:d|s)\s+(?:with|to)|in\s+comparison\s+with|as\s+against|as\s+opposed\s+to|against|versus)\s+{_APPROX}$"
)
_COMPARING_STEMS: Final = ("compar", "against", "opposed", "versus")


def is_set_against(before: str) -> bool:
    """Whether a text ends in "compared with" or its like, before a number.

    >>> is_set_against("down on the year, compared with about ")
    True
    """
    lowered = before.lower()
    return has_piece(lowered, _COMPARING_STEMS) and COMPARED_WITH.search(before) is not None


CHANGE: Final = _compile(
    r"\b(?:ris\w+|rose|fell|fall\w*|drop\w*|increas\w+|decreas\w+|gr(?:ew|ow\w*)|"
    r"declin\w+|up|down|cut\w*|reduc\w+|bring\w*|"
    r"brought|chang\w+|dip\w*|climb\w*|jump\w*|push\w*|halv\w+|doubl\w+|trebl\w+|tripl\w+|quadrupl\w+|shr\w+|"
    r"improv\w+|lengthen\w*|shorten\w*|widen\w*|narrow\w*|surg\w+|soar\w+|slip\w*|tumbl\w+|plummet\w*|eas(?:ed|ing)|edg(?:ed|ing)|slump\w*|"
    r"plung\w*|rais\w+|lower\w*|went|gone|mov\w+)\b"
)
#: What a share of people means to do: the date is of the deed.
INTENDS: Final = _compile(
    r"\b(?:said|say|want(?:ed)?|plan(?:ned|ning)?|looking|consider\w*|expect\w*|intend\w*|indicated|hop(?:e|ed|ing)|likely|fear(?:ed)?)\b"
)
PAST_STRETCH: Final = _compile(r"(?:over\s+|in\s+)?(?:the\s+)?(?:past|last|previous)\b")
LAST_STRETCH: Final = _compile(r"the\s+(?:past|previous|last)\s+(?:year|month|(?:12|twelve)\s+months)")
#: What is told of as still to come, and a month or day named without a year in what is over: "as at 31 March".
NOT_OVER: Final = _compile(
    r"\b(?:will|would|should|could|may|might|must|can|shall|is|are|due|plans?|planned|set|expected|next|until|by|before|ahead|deadline)\b"
)
BARE_MONTH: Final = _compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december)(?:\s+\d{1,2}(?:st|nd|rd|th)?)?"
)
AT_OVER: Final = _compile(r"\b(?:at|in|on|as\s+of|end\s+of|during)\s+(?:the\s+)?$")
#: "up 4% on the year before (": the bracket holds the old level.
SHIFT_BRACKET: Final = _compile(
    r"\b(?:the\s+(?:year|month)\s+before|the\s+previous\s+(?:year|month)|a\s+year\s+(?:earlier|before))\s*\(\s*$"
)
OPENING: Final = _compile(r"[“\"]?(?:(?:but|and|however,)\s+)?(?:in|at|by|during|on|as\s+of|as\s+at)\s+(?:the\s+)?")
RIGHT_BEHIND: Final = _compile(
    r",?\s+(?:there\s+(?:were|was|had\s+been)\s+)?(?:(?:about|around|just|over|under|almost|nearly|more|less|than|some|only|an?|a\s+record|"
    r"as\s+many\s+as|at\s+least|up\s+to|fewer|the)\s+)*"
)
#: Before months told as one stretch: "figures covering July to September".
OVER_MONTHS: Final = _compile(r"\b(?:covering|for|in|during|of|the)\s+(?:the\s+)?$|[(,]\s*$")
SAME_TIME_AGAIN: Final = _compile(
    r"(?:in|at|over|during|on)\s+(?:the|that)\s+same\s+(?:month|year|period|quarter|day|time|week)\b"
)
#: "… had rates of 23% at the same time", "… by a quarter during this period".
SAME_TIME_BEHIND: Final = _compile(
    r"(?<!,)\s(?:at|over|during|in|within)\s+(?:the\s+same|this|that)\s+(?:time|period)(?=\s*(?:[,.;]|$))"
)
BREAK: Final = _compile(
    r",\s+(?:has|have|had|will|would|is|was|were|are|can|could|may|should|must|"
    r"said|who|where|whose)\b|\bwho\s+(?:heard|said|were\s+told)\b|"
    r"[;:]|\s[–—]\s|,\s+(?:while|but|and|with|whereas|although|though|which|meaning|"
    r"representing|up|down|compared|rising|falling|by|(?!during\b)\w+ing|when|as\s+well)\b|"
    r",\s+from\s+(?=\S)(?!.*\bto\b)"
    r"|,?\s+and\s+(?:the|its|their)\s+\w+\s+(?:had|has|have|will|would|was|is|were|are)\b|"
    r",?\s+and\s+(?:will|would|is|are|has|have)\b|"
    r",\s+(?:no|the|an?|its|their|this|these|some|most|many|all)\s+(?:\w+\s+){1,3}(?:was|were|is|are|had|has|have|will)\b|\bas\s+opposed\s+to\b"
    r"|\bwhile\b|\bwhereas\b|\bcompared\s+(?:with|to)\b|\b(?:up|down)\s+from\b|\bsaid\b[^,]*,"
)
LINK: Final = _compile(r"[^.;:]{0,80}?(?:\bto\b|[()]|\bfrom\b|\bby\b|\bor\b|\band\b)[^.;:]{0,70}")
OPENED: Final = _compile(rf"\s*\(\s*(?:(?:up|down|from|to|at)\s+)*{_APPROX}")
NAMED_BRACKET: Final = _compile(
    r"[^.;:()]{0,50}\(\s*(?:in|carried\s+out\s+in|as\s+of|at|from|for|during)?\s*(?:the\s+)?"
)
OF_WHOLE: Final = _compile(
    r"\s+(?:out\s+)?of\s+(?:the\s+|all\s+|its\s+|their\s+|our\s+|[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)?[’']s?\s+)?(?:total\s+(?:of\s+)?)?"
)
#: A year, a month or a word of earlier time behind a compared number.
EARLIER: Final = _compile(
    r"[^.;]{0,70}?\b(?:(?:19|20)\d\d|years?|months?|before|earlier|previous|previously|last|ago|when|then|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)\b"
)
#: "By then": the last date told of.
BY_THEN: Final = _compile(r"(?:[“\"]|but\s+|and\s+)?(?:by|at|until)\s+(?:then|that\s+(?:point|stage|time))\b")
#: "three times the 210 recorded …": between a multiple and what it is of.
TIMES_THE: Final = _compile(r"\s+(?:the|its|their)\s+(?:(?:about|around|just|over|under|almost|nearly|some)\s+)*")
TO_DATE: Final = _compile(r"\b(?:has|have)\b")
#: "£5m to raise pay to £12 from April": the date is of what the money does.
TO_DO: Final = _compile(r"\s+(?:a\s+year\s+)?to\s+[a-z]{3,}")
#: What is told of today as it is.
TODAY: Final = _compile(r"\b(?:is|are|has|have)\b")
#: Behind "in March", what happened then is over: the figures of the clause behind it are not of its date.
DONE_THEN: Final = _compile(
    r"\b(?:was|were|had|has|have|been|it|they)\s+(?:\w+\s+)?(?:rejected|accepted|agreed|approved|ordered|urged|asked|called|appointed|"
    r"brought\s+(?:in|back)|backed|defeated)(?:\s+[\w’'-]+){0,4}?\s+(?:in|on)\s+(?:the\s+)?$"
)
#: Behind "compared with N": another group at the same time, not an earlier time.
SAME_TIME: Final = _compile(
    r"\s*\)?\s+(?:of|among|for|across|nationally|in\s+(?!last\b|this\b|the\s+(?:year|previous|last|"
    r"same|12|twelve)|\d|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|spring|summer|autumn|winter))\b"
)
#: "of the 85", "of those 12": a whole that has been told before.
OF_WHOLE_AGAIN: Final = _compile(r"\s+(?:out\s+)?of\s+(?:the|these|those)\s+")
YEAR_TO_BEFORE: Final = _compile(r"\b(?:year|12\s+months)\s+to\s+$")
YEAR_TO: Final = _compile(r"(?:the\s+)?(?:\d+\s+months|twelve\s+months|year)\s+(?:to|end(?:ing|ed)?)\b")
GIVEN: Final = _compile(
    r"\b(?:set\s+aside|announced|promised|pledged|allocated|committed|confirmed|unveiled|earmarked|handed|awarded|gave|"
    r"found|published|launched)\b"
)
CHANGED_OVER: Final = _compile(
    r"\s+(?:[\w’'-]+\s+){0,5}?(?:in|over|during|within)\s+(?:the\s+)?(?:(?:past|last|previous)\s+)?(?P<n>two|three|four|"
    r"five|six|seven|eight|nine|ten|\d{1,2})(?:\s+years\b|(?=[.,;]))"
)
#: "a union which represents 9,000 carers", "a firm that runs 60 homes": how big a body is, told beside the story.
SIZE_OF_BODY: Final = _compile(
    r"\b(?:which|who|that)\s+(?:\w+ly\s+)?(?:represents?|employs?|has|have|covers?|serves?|runs?|operates?|owns?|comprises?|includes?|"
    r"brings?\s+together|speaks?\s+for|looks?\s+after|cares?\s+for|provides?|registers?|regulates?|oversees?)\s+(?:an?\s+estimated\s+)?"
    r"(?:(?:about|around|just|over|under|almost|nearly|more|less|than|some|the|all|estimated)\s+)*$"
)
POPULATION_BEFORE: Final = _compile(r"\bpopulation\s*\(\s*$")
AS_MANY: Final = _compile(r"\s*(?:as\b[^,;]{0,30}\bas\b|[^,;]{0,30}\bthan\b)[^,;]*")
CONNECTIVE: Final = _compile(
    r"[“\"]?(?:likewise|however|similarly|meanwhile|but|and|this|these|those|"
    r"that|there\s+was\s+also|there\s+were\s+also|it\s+also|they\s+also|at\s+the\s+same\s+time|"
    r"in\s+addition|also|among|of\s+(?:these|those|this|the)|despite|though|yet|"
    r"conversely|by\s+contrast|in\s+contrast|overall|a\s+further|the\s+\w+\s+also|"
    r"just|only|nearly|almost|more\s+than|over)\b"
)
OTHER_GROUP: Final = _compile(
    r"\s*\)?\s*(?:of|in|among|for|across)?\s*(?:the\s+)?(?:general\s+|wider\s+|"
    r"whole\s+|overall\s+)?(?:UK\s+|English\s+)?population\b"
)
PURPOSE: Final = _compile(
    r"\bto\s+(?:help\s+)?(?:recruit|fund|support|create|train|build|provide|deliver|"
    r"hire|employ|attract|find|reach|appoint|add|open)\s+(?:\w+\s+){0,3}$"
)
SAMPLE: Final = _compile(
    r"\b(?:based\s+on|responses\s+from|interviews?\s+with|survey\s+of|poll\s+of|"
    r"surveyed|interviewed|data\s+from|amassed|sample\s+of|extrapolated\s+to)\b[^.;]*$"
)
FLOW: Final = _compile(
    r"\b(?:enter\w+|arriv\w+|arrest\w*|sentenc\w+|incidents?|detentions?|visits?|calls?|episodes?|offences?|investigations?|transfer\w*|"
    r"discharg\w+|admi\w+|receiv\w+|grant\w+|complet\w+|reports?|concerns?|turnover|leav\w+|left|start\w+|join\w+|recruit\w+|spen\w+|referr\w+|"
    r"deaths?|complaints?|applications?|adoptions?|assessments?|inquir\w+|enquir\w+|"
    r"contacts?|orders?|placed|absence|sickness|hours)\b"
)
#: "in a 2015-16 survey", "polled 900 of them in 2023": a date that is the survey's, and so its figures'.
SURVEY_BEHIND: Final = _compile(r"\s+(?:[\w’'-]+\s+){0,2}?(?:survey|poll|questionnaire)\b")
SURVEY_AHEAD: Final = _compile(
    r"\b(?:polled|surveyed|asked|interviewed|poll|survey|questionnaire)\b[^.;:]{0,60}?\b(?:in|during|between|from|of|last)\s+(?:the\s+)?$|"
    r"\b(?:polled|surveyed|asked|interviewed|poll|survey|questionnaire)\s+(?:\w+\s+){0,5}$"
)
SURVEY: Final = _compile(r"\b(?:poll(?:s|ed)?|survey(?:ed|s)?|respondents?|voted?|votes|questionnaire|interview\w*)\b")
_SURVEY_STEMS: Final = ("poll", "survey", "respondent", "vote", "questionnaire", "interview")


@lru_cache(maxsize=256)  # asked for every sentence of an article five times over
def tells_survey(sentence: str) -> bool:
    """Whether a sentence speaks of a survey, poll or vote.

    >>> tells_survey("Its poll found little."), tells_survey("It rose.")
    (True, False)
    """
    lowered = sentence.lower()
    return has_piece(lowered, _SURVEY_STEMS) and SURVEY.search(sentence) is not None


FUTURE: Final = _compile(
    r"\b(?:will|would|aims?|target|plans?|pledge[ds]?|intends?|hopes?|proposed|recruit|expected|to\s+be(?!\s+looked\s+after))\b"
)


#: "closed between April and June", "from January to March": what a stretch of months tells of is no news.
_FROM_TO: Final = _compile(r"\w+\s+(?:\d{4}\s+)?(?:and|to)\s+\w+")
_WITHIN: Final = _compile(r"\b(?:between|from|during|in)\s+$")


def is_of_data(text: str, timex: Timex, start: int) -> bool:
    """Whether a date can be the figures' own: not the news's ("yesterday"), not a report's or a record's.

    >>> found = Timex("2017", 39, 43, "DATE", "2017", "2017", False)
    >>> is_of_data("the highest figure since data began in 2017", found, 0)
    False
    """
    if timex.edtf is None or _NEWS.match(timex.text):
        return False
    if _FROM_TO.match(timex.text) and _WITHIN.search(text[max(start, timex.start_char - 12) : timex.start_char]):
        return True
    return not _NOT_OF_DATA.are_in(text[max(start, timex.start_char - 80) : timex.start_char])


_EVENT_DAY = _compile(r"\bon\s+(?:\w+day,?\s+)?$")
QUOTED: Final = re.compile(r"“[^”]*$")
OTHER_VOICE: Final = _compile(
    r"\b(?:said|says|told|warned|according\s+to|claimed|argued|estimated|added|called\s+for|pointed\s+out|puts|believes?|believed|thought\s+to)\b|“(?:[^”\s]+\s+){2}|“[^”]*$|^[^“]*”"
)
PLANNED: Final = _compile(
    r"\b(?:will|would|due\s+to|expected\s+to|set\s+to|supposed\s+to|going\s+to|"
    r"planned|to\s+(?:be|go|close|open|start|begin|report))\b"
)


def is_census_day(timex: Timex) -> bool:
    """Whether a date is the last day of a month, with its year: official statistics count on such days.

    >>> is_census_day(Timex("31 March 2020", 0, 13, "DATE", "2020-03-31", "2020-03-31", False))
    True
    """
    span = edtf.parse(timex.edtf) if edtf.precision(timex.edtf or "2000") == "day" else None
    return span is not None and not timex.is_relative and (span[0] + timedelta(days=1)).day == 1


def is_event_day(text: str, timex: Timex, start: int) -> bool:
    """Whether a date is a single day told with "on": the day of an event, seldom of a figure."""
    if timex.start_char - start < 6 and not timex.is_relative and text[timex.end_char : timex.end_char + 1] == ",":
        return False
    if is_census_day(timex) and not PLANNED.search(text, start, timex.start_char):
        return False
    return edtf.precision(timex.edtf or "2000") == "day" and (
        _EVENT_DAY.search(text[max(start, timex.start_char - 20) : timex.start_char]) is not None
    )


_REPORTED_AFTER = _compile(r",?\s+(?:the\s+)?[^,.;]{1,60}?\b(?:found|said|reported|warned|urged|called|told|claimed)\b")
_POLLED = _compile(r"\b(?:polled|surveyed|asked|interviewed|questioned|poll|survey)\b[^.;]*$")
BY: Final = _compile(r"\bby\s+(?:the\s+)?$")
LIMIT_BEFORE: Final = _compile(r"\b(?:less|more|fewer|higher|lower|greater)\s+than\s+$|\bat\s+least\s+$|\bup\s+to\s+$")
CUMULATIVE: Final = _compile(
    r"\b(?:has|have|had)\s+(?:[a-z]+\s+){0,4}$|\b(?:has|have)\s+(?:now\s+)?(?:been\s+)?\w+ed\b"
)
AVERAGE: Final = _compile(r"\b(?:averag\w+|median|mean|typical\w*)\b")


def is_reporting_date(text: str, timex: Timex, end: int) -> bool:
    """Whether a month or day is when somebody spoke: "In September, the charity found that …".

    >>> found = Timex("September", 3, 12, "DATE", "2024-09", "2024-09", True)
    >>> is_reporting_date("In September, the charity found that 38% were paying less", found, 57)
    True
    """
    return (
        edtf.precision(timex.edtf or "2000") in ("month", "day")
        and AS_OF.search(text[max(0, timex.start_char - 12) : timex.start_char]) is None
        and _REPORTED_AFTER.match(text, timex.end_char, min(end, timex.end_char + 90)) is not None
        and _POLLED.search(text[max(0, timex.start_char - 80) : timex.start_char]) is None
    )


PRESENT: Final = _compile(r"\b(?:to\s+date|currently|at\s+present|so\s+far|these\s+days|nowadays)\b")
WOULD: Final = _compile(r"\b(?:would|could|might)\b")
OVER_YEARS: Final = _compile(
    r"\s+(?:[\w’-]+\s+){0,6}?over\s+(?:the\s+)?(?:(?:next|following|coming|first)\s+)?(?P<n>two|"
    r"three|four|five|six|ten|\d{1,2})\s+years?\b"
)
