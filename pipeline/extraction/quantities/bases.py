"""What a change is set against: the words between a rise or fall, the level or time before it, and its date.

Each says that the date beside it is the base's ("up 5% on 2021", "three times the 210 recorded in 2019"), not the
change's own.
"""

from __future__ import annotations

import re
from typing import Final


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


BASE: Final = _compile(
    r"\b(?:on|from|than|as|compared\s+(?:with|to)|above|below|over)\s+(?:did\s+(?:so\s+)?|"
    r"were\s+|(?:it|they|we)\s+\w+\s+)?(?:in\s+|at\s+|for\s+|between\s+)?(?:(?:that|those|what)\s+(?:\w+\s+)?(?:of|in|for)\s+)?"
    r"(?:(?:the|estimated|its|their)\s+)*(?:(?:levels?|figures?|totals?|numbers?|rates?|period)\s+(?:(?:seen|recorded|reported)\s+)?(?:in|for|of|from|at)\s+(?:the\s+)?|"
    r"(?:same|corresponding|equivalent)\s+(?:date|day|period|point|time|month|quarter)\s+(?:in\s+|of\s+)?)?$"
)
#: "twice the number detained in", "double what it was in", "six times that recorded in": a multiple's date is its base's.
OF_BASE: Final = _compile(
    r"\s+(?:(?:as\s+(?:many|much|high)\s+)|the\s+|that\s+|those\s+|what\s+|its\s+|their\s+|on\s+|from\s+|since\s+)[^.;,()]{0,50}"
)
#: "up 5% on pre-crisis levels (": the bracket holds the time of the base.
BASE_BRACKET: Final = _compile(
    r"\b(?:on|from|than|above|below|over|with)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}(?:levels?|figures?|totals?|numbers?|rates?)\s*\(\s*(?:in\s+)?$"
)
#: "The rate of 12% is an increase on": the date behind is what the level is set against.
IS_CHANGE_ON: Final = _compile(
    r"[^.;,]{0,60}\b(?:is|was|represent(?:s|ed)|marks|marked)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}?(?:increase|rise|fall|drop|decrease|reduction|"
    r"improvement|decline)\s+(?:on|from|since|compared\s+(?:with|to))\s+(?:in\s+)?(?:the\s+)?$"
)
#: "a rise on", "up 4% on": the date behind is the one before.
ON_BASE: Final = _compile(
    r"\b(?:increase|rise|fall|drop|decrease|reduction|up|down|higher|lower|improvement|decline)\s+(?:(?:of|by)\s+)?(?:[\d.,£]+(?:%|bn|m)?\s+)?on\s+(?:the\s+)?$"
)
#: "310 posts, a fall of": between a level and the change that led to it.
APPOSED_CHANGE: Final = _compile(
    r"(?:\s+(?!and\b|or\b|while\b)[\w’'-]+){0,6}?(?:,\s*|\s+[–—]\s+|\s*\(\s*)(?:(?:up|down)\s+(?:by\s+)?|"
    r"an?\s+(?:[\w-]+\s+){0,2}?(?:rise|fall|increase|drop|decrease|reduction|decline|jump)\s+of\s+|an?\s+)"
    r"(?:(?:about|around|just|over|under|almost|nearly|more|less|than|some)\s+)*"
)
#: "64% lower than the number of children held in": the date is of what the change is set against.
THAN_NUMBER: Final = _compile(
    r"\bthan\s+(?:the\s+(?:number|figure|total|level|rate|amount)|those|that)\b[^.;,]{0,70}?\b(?:in|during|at|for)\s+(?:the\s+)?$"
)
FROM_BASE: Final = _compile(r"\bfrom\s+(?:the\s+)?$")
BASE_LEVEL: Final = _compile(
    r"\b(?:from|than|on)\s+(?:the\s+|a\s+|about\s+|around\s+|just\s+|over\s+|under\s+|almost\s+|nearly\s+)*[£\d][\d.,]*(?:%|bn|m|k)?"
    r"(?:\s+(?:recorded|seen|reported))?\s+(?:in|at|on|for|as\s+(?:of|at))\s+(?:the\s+)?$"
)
#: "an increase of 12% on 43,100": between a change and the level that it is on.
ON_LEVEL: Final = _compile(
    r"\s+(?:(?:increase|rise|growth|jump|fall|drop|decrease|reduction|decline|up|down|higher|lower|more|fewer|less)\s+)?(?:on|over|from|than)\s+(?:(?:the|about|around|just|over|under|almost|nearly|some)\s+)*"
)
#: "reported fewer cases than last year": a time that only compares.
THAN_THEN: Final = _compile(r"\b(?:from|than|on)\s+(?:in\s+)?$")
#: Between the time of a change and the earlier one: "in 2018-19, compared with 2014-15".
THEN_COMPARED: Final = _compile(
    r"\b(?:compared\s+(?:with|to)|than|against)\s+(?:(?:in|during|at)\s+)?(?:the\s+)?"
    r"(?:(?:levels?|figures?|totals?|numbers?)\s+(?:in|for|of)\s+)?$"
)
#: "a fall of 6% compared with 2021", "a 9% reduction compared to": right between a change and the time of its base.
JUST_COMPARED: Final = _compile(
    r"(?:\s+(?:increase|rise|growth|jump|fall|drop|decrease|reduction|decline))?,?\s+compared\s+(?:with|to)\s+(?:in\s+)?(?:the\s+)?"
    r"(?:(?:levels?|figures?|totals?|numbers?)\s+(?:in|for|of)\s+)?"
)
COMPARED_DATE: Final = _compile(
    r"\b(?:compared\s+(?:with|to)|(?:up|down)(?:\s+(?:by\s+)?\S+){0,3}\s+(?:from|"
    r"on)|from(?!\s+(?:care|home|hospital|abroad|school|work|local|councils?|families|parents|children|people|staff|outside|across|within)\b)|than\s+(?:\w+\s+){0,3}in|than|as\s+(?:did|were|was|had|in|many|"
    r"much)|against|similar\s+to)\b(?:[^,;]|,(?=\d))*$"
)
