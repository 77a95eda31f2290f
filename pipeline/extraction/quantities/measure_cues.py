"""The words that tell what a number measures, as patterns for ``measures.py``."""

from __future__ import annotations

import re
from typing import Final

from pipeline.extraction.quantities import clues
from pipeline.extraction.quantities.lexicon import load_lexicon


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


L: Final = load_lexicon()


VERBS = f"{L['change', 'up_verbs']}|{L['change', 'down_verbs']}"


NOUNS = f"{L['change', 'up_nouns']}|{L['change', 'down_nouns']}"


CHANGE_VERB: Final = _compile(
    rf"(?<![-’'])\b(?:(?:have|has|had|having|is|are|was|were|will|would|could|"
    rf"also|then|been|be|being|who|which|that|to|by)\s+)*(?:{VERBS}|hit|reach(?:es|"
    rf"ed|ing)?|st(?:ood|ands?)\s+at|var(?:y|ies|ied|ying)|rang(?:e|es|ed|ing)|totall?(?:s|ed|ing)|peaked|averages|doubl(?:ed|es|ing)|halv(?:ed|es|ing)|trebl(?:ed|"
    rf"ing)|tripl(?:ed|ing)|averag(?:ed|ing)|pushed\s+down|brought|bringing|remained|"
    rf"chang(?:ed|es|ing)|went|more\s+than\s+doubled)\b"
)


CHANGE_NOUN: Final = _compile(
    rf"\b(?:an?|the|this|any|largest|biggest|small(?:er)?|sharp|further|overall|"
    rf"\w+est|percent|%)\s+(?:[\w-]+\s+){{0,3}}?(?:{NOUNS})\b"
)


NOUN_IN: Final = _compile(rf"\b(?:{NOUNS})\s+(?:in|to|of|for|on|among|from)\s+(?P<what>.+)$")


AFTER_NOUN_IN: Final = _compile(
    rf"^[\s-]*(?P<mod>(?:[\w’'-]+[\s-]+){{0,4}}?)(?:{NOUNS})\b(?:\s+(?:in|to|on|for|of|among)\s+(?P<what>.+))?"
)


SHARE_VERB: Final = _compile(
    r"\b(?P<verb>account(?:s|ed|ing)?\s+for|mak(?:e|es|ing)\s+up|made\s+up|represent(?:s|"
    r"ed|ing)?|constitut(?:e|es|ed|ing)|compris(?:e|es|ed|ing)|form(?:s|ed|ing)|"
    r"are|were|is|was)\s+(?:(?:an?|the|about|around|just|over|under|almost|nearly|"
    r"more|less|than|some|estimated|only)\s+)*$"
)


OF: Final = _compile(r"^\s+(?:out\s+)?of\s+")


LIKELY: Final = _compile(r"^\s+(?P<how>(?:more|less|as)\s+likely|likelier)\b")


LIST_LINK: Final = _compile(
    r"^(?:\s*,\s*|\s*,?\s+and\s+|\s*,?\s+or\s+)(?:(?:about|around|just|over|under|"
    r"almost|nearly|more|less|than|a|an|another|only)\s+)*$"
)


SAME_AGAIN: Final = _compile(
    rf"^(?:(?!\bwith\b)[^.;,]){{0,40}}?(?:,?\s*\(?\s*(?:(?:up|down)\s+(?:by\s+|"
    rf"from\s+)?|compared\s+(?:with|to)\s+|in\s+comparison\s+with\s+|as\s+opposed\s+to\s+|following\s+(?:a\s+)?|from\s+|to\s+|(?:rising|falling|increasing|"
    rf"decreasing|dropping|growing)\s+(?:by\s+|from\s+|to\s+)|an?\s+(?:{NOUNS})\s+of\s+|"
    rf"or\s+|equivalent\s+to\s+|representing\s+an?\s+(?:{NOUNS})\s+of\s+|against\s+)(?:(?:an?|"
    rf"the|of|about|around|just|over|under|almost|nearly|more|less|than|some|record|"
    rf"high|low|further|only|also)\s+)*)$"
)


BRACKET_AGAIN: Final = _compile(
    r"^\s*(?:[\w’-]+\s+){0,4}[(–—]\s*(?:(?:or|just|over|about|around|almost|nearly|"
    r"more|less|than|under|by|an?|the|up|down|from|compared|with|to|some)\s+)*$"
)


BARE: Final = _compile(
    r"^\s*(?:[.,;:)\]–—!?”\"]|$|for\s+the\s+(?:first|second|third|fourth|fifth)\b|in\b|at\b|on\b|by\b|from\b|to\b|and\b|up\b|down\b|"
    r"as\b|during\b|over\b|between\b|per\b|a\s+(?:year|week|month|day)\b|each\b|"
    r"last\b|this\b|compared\b|while\b|since\b|this\s+year|FTEs?\b\s*(?:[.,;)]|"
    r"$)|full-time\s+equivalents?\s*(?:[.,;)–]|$)|more\s+than|than\b|under\b|"
    r"staff\s*[.,;)]|following\b|after\b|when\b|despite\b|according\b|because\b|"
    r"as\b|altogether\b|or\b|but\b|while\b)"
)


TRANSITIVE: Final = _compile(
    r"\b(?:cut(?:s|ting)?|reduc(?:ed|es|e|ing)|increas(?:ed|es|e|ing)|rais(?:ed|"
    r"es|e|ing)|boost(?:ed|s|ing)?|bring(?:s|ing)?|brought|push(?:ed|es|ing)?|"
    r"lower(?:ed|ing)|slash(?:ed|ing)|doubl(?:ed|e|ing))\b"
)


MONEY_FOR: Final = _compile(
    r"^\s*(?:(?:a|per)\s+year\s+|over\s+[\w\s]{3,18}years?\s+|available\s+|worth\s+|"
    r"in\s+funding\s+|of\s+(?:funding|investment)\s+|to\s+(?:help\s+)?(?:be\s+)?(?:(?:fund|"
    r"pay\s+for|support)\s+)?|for\s+|on\s+|towards?\s+|in\s+|into\s+|will\s+|"
    r"would\s+|has\s+been\s+|was\s+|were\s+|allocated\s+|previously\s+|provided\s+|"
    r"committed\s+|spent\s+)"
)


NUMBER_BRACKET: Final = _compile(
    r"\s*\((?:(?:or|just|over|about|around|almost|nearly|under)\s+)*[£\d][\d.,]*(?:%|"
    r"\s?per\s?cent|m|bn|k)?(?:\s+[\w’-]+){0,3}\)(?=\s+\w)"
)


FTE_BRACKET: Final = _compile(r"\s*\([\d.,]+%?\)|\s*\((?:DfE|[A-Z]{2,6})\)")


#: Numbers that stand inside of what another one measures ("working six to ten hours overtime").
EMBEDDED: Final = clues.TIME_UNITS | {"hour"}


GROUPS: Final = _compile(r"compared\s+(?:with|to)\s+(?P<other>[^,]+),\s+(?P<one>.+?)\s+(?:had|have|were|are|was|is)\b")


FTE: Final = _compile(r"\s*\(?\b(?:FTEs?|full-time[\s-]equivalents?)\b")


PRONOUN: Final = _compile(
    r"^(?:this|it|they|these|that|which|who|the\s+figure|the\s+rate|the\s+number|"
    r"the\s+proportion|their\s+number|(?:whose\s+)?numbers?|the\s+total|those|"
    r"these|group|(?:comparable|similar|smaller|larger|same|further)\s+(?:proportion|"
    r"number|share)|rest|remainder|others|reverse|opposite|majority|minority|proportion|percentage|"
    r"share|figures?|total|such\s+\w+|amount|level)$"
)


COMMON_MONEY: Final = _compile(
    r"\b(?P<noun>funding|grants?|budget|spending|expenditure|investment|contract|"
    r"income|cost|costs|bill|shortfall|gap|deficit|saving|savings|pay|salary|"
    r"price|cap|fees?|revenue|surplus|cash|money|turnover|losses|profits?|fines?)\b"
)


APPOSED: Final = _compile(
    r"\s*(?:FTEs?|staff|posts|people|places)?\s*(?:,|–|—|\(|,?\s+or)\s*(?:(?:or|"
    r"representing|equivalent\s+to|about|around|just|over|under|almost|nearly|"
    r"more|less|than|some)\s+)*"
)


WHOLES: Final = _compile(r"\b(?:workforce|total|population|budget|spending|all|staff|posts|whole|profession|sector)\b")


SHARED: Final = re.compile(r" among | as share of the ")


#: Between two numbers: the second opens a new item of the sentence.
NEW_ITEM: Final = _compile(
    r"(?:,|;|\band|\bor|\bwhile|\bbut|\bwith)\s*(?:(?:about|around|just|over|under|almost|"
    r"nearly|more|less|than|a|an|another|only|some|with)\s+)*$"
)


ANAPHOR: Final = _compile(
    r"[\s,]*(?:\b(?:and|which|who|that|it|this|these|they|but|with\s+(?:their|"
    r"its|the)\s+(?:number|percentage|share|proportion|total)|whose\s+numbers?|"
    r"their\s+numbers?|in\s+turn))*\s*$"
)


NOUN_BEFORE: Final = _compile(
    r"(?:\b(?:an?|the|this|any|no|its|their|\w+est|sharp|small|large|further|"
    r"overall|significant|annual|similar|slight|steep|first)|%|per\s?cent)\s+(?:\w+\s+)?$"
)


NOUN_FORM: Final = _compile(rf"(?:{NOUNS}|rise|fall|drop|increase|decrease|decline|cut|growth|boost|jump)$")


OF_THESE: Final = _compile(
    r"(?:^|[.;:“]\s*)of\s+(?P<what>[^,;.]{2,80}),\s+(?:(?:about|around|just|over|"
    r"under|almost|nearly|more|less|than|a|an|only|some)\s+)*$"
)


#: "£12 an hour": what a price or a stretch of time is for.
RATE: Final = _compile(
    r"\s+(?P<rate>(?:an?|per|each|every)\s+(?:hour|night|day|week|month|year|term|person|child|head|household|place|pupil|patient)"
    r"(?:\s+per\s+(?:hour|night|day|week|month|year))?)\b(?!\s+(?:ago|earlier|before|later|on|after))"
)


COMPARED_AGAIN: Final = _compile(
    r"(?:\bin\s+comparison\s+with|\bas\s+opposed\s+to|\bcompared\s+(?:with|to)|,?\s+(?:as\s+)?against|\bversus)\s+"
    r"(?:(?:one\s+of|an?|the|about|around|just|over|under|almost|nearly|more|less|than|some|only)\s+)*$"
)


#: "12% were passed on": what is done to the group.
IS_DONE: Final = _compile(r"\s+(?:were|was|are|is|(?:had|have|has)\s+been|will\s+be|would\s+be)\b")


#: "12 of whom …", "half of these": a part of those told of before.
OF_THEM: Final = re.compile(
    r"\s+(?:out\s+)?of\s+(?P<they>them|whom|which|(?:these|those)(?=\s*(?:[,.;:)–—]|$|(?:were|was|had|have|has|are|is|did|do|said|came|went|will|would|could)\b)))\b(?P<rest>.*)",
    re.DOTALL,
)

#: A noun that stands alone, without what it is of or what is done to it.
BARE_NOUN: Final = _compile(
    r"(?!.*\b(?:of|for|in|to|who|that|with|by|from|on|at|among|aged)\b)(?:[\w’'-]+\s+){0,3}[\w’'-]+"
)

#: "30% more home care hours": what there is more or less of.
MORE_OF: Final = re.compile(r"\s+(?:more|fewer|less)\s+(?P<what>(?!than\b|likely\b|in\b|of\b|on\b)[a-z].*)", re.DOTALL)

#: "an extra 40 nurses".
MORE_BEFORE: Final = _compile(r"\b(?P<more>further|extra|additional)\s+$")

#: Between two counts of a list: "40 nurses, 12 clerks and …".
AND_MORE: Final = _compile(
    r"\s+(?:[\w’'-]+\s+){0,5}[\w’'-]+(?:,|,?\s+(?:and|or|plus|including|along\s+with|as\s+well\s+as))\s+(?:(?:about|around|some|over|nearly|almost|just|an?|another|of|including|"
    r"more\s+than|further|extra|additional)\s+)*"
)

#: "down 12% on the 490": the level that a change is from.
ON_BASE: Final = _compile(
    r"\s+(?:on|from|over|compared\s+(?:with|to)|against)\s+(?:(?:the|about|around|just|over|under|almost|nearly|some)\s+)*"
)

#: "16 per social worker": one number of a rate.
PER_ONE: Final = _compile(
    r"\s+(?P<per>(?:per|for\s+every|for\s+each)\s+(?!cent|head\s+of\s+state)(?:(?:FTE|full-time|social|case|care|head|looked-after)\s+)*[a-z’'-]+(?:\s+(?:workers?|child|equivalent|adult|household))?)"
)

#: "the number waiting": people or things that are only told by what they do.
NUMBER_DOING: Final = _compile(r"(?:number|proportion|percentage|share|total)\s+(?=(?!being\b)[a-z]{2,}ing\b|who\b)")

#: "the figure for adults’ services was 40%": the same of somebody else.
FIGURE_FOR: Final = _compile(
    r"(?:the\s+)?(?:(?:equivalent|corresponding|comparable|same)\s+)?(?:figure|proportion|percentage|share|number|total)s?\s+(?P<whose>(?:for|in|among|at)\s+.+)"
)

#: Behind a stretch of time: nothing that tells what took so long.
UNTOLD: Final = re.compile(r"\s*(?:[.,;)–—]|$|for\s+the\s+(?:first|second|third)\s)")

#: "two-thirds of services (67%)": the part told in words before its figure.
PART_OF: Final = _compile(
    r"^(?:(?:an?|one|two|three|four|five)[\s-])?(?:thirds?|quarters?|fifths?|tenths?|half|halves|(?:one|two|three|four|five|six|seven|eight|nine)\s+in\s+\w+)\s+(?:of\s+)?(?:the\s+)?"
)

#: Words of surprise before a figure.
STRIKING: Final = _compile(
    r"^(?:staggering|whopping|mere|paltry|meagre|massive|huge|shocking|alarming|startling|measly)$"
)
