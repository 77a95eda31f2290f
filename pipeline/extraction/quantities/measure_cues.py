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
    rf"ed|ing)?|st(?:ood|ands?)\s+at|doubl(?:ed|es|ing)|halv(?:ed|es|ing)|trebl(?:ed|"
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
    r"^\s*(?:[.,;:)\]–—!?”\"]|$|in\b|at\b|on\b|by\b|from\b|to\b|and\b|up\b|down\b|"
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
    r"(?:,|;|\band|\bor|\bwhile|\bbut)\s*(?:(?:about|around|just|over|under|almost|"
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


#: "£5m to train nurses": what money is to do.
PURPOSE: Final = _compile(
    r"^\s*(?:(?:a|per)\s+year\s+|over\s+[\w\s]{3,18}years?\s+|available\s+|in\s+funding\s+|of\s+(?:funding|investment)\s+)*to\s+(?!be\b)[a-z]"
)


COMPARED_AGAIN: Final = _compile(
    r"(?:\bin\s+comparison\s+with|\bas\s+opposed\s+to|\bcompared\s+(?:with|to)|,?\s+(?:as\s+)?against|\bversus)\s+"
    r"(?:(?:one\s+of|an?|the|about|around|just|over|under|almost|nearly|more|less|than|some|only)\s+)*$"
)


#: "12% were passed on": what is done to the group.
IS_DONE: Final = _compile(r"\s+(?:were|was|are|is|(?:had|have|has)\s+been|will\s+be|would\s+be)\b")
