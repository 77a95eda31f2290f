"""How numbers are written: the patterns and tables that ``candidates.py`` reads them with."""

from __future__ import annotations

import re
from typing import Final

from pipeline.extraction.quantities.lexicon import by_letter
from pipeline.extraction.timex.numerals import DIGITS, ONES, SCALES, TENS, WORDS


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


SCALE_WORDS: Final = {
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "thousand": 1e3, "million": 1e6, "billion": 1e9,
    "trillion": 1e12, "hundred": 1e2, "mln": 1e6, "bln": 1e9,
}  # fmt: skip


UNITS: Final = {
    "year": "year", "yr": "year", "month": "month", "week": "week", "day": "day", "hour": "hour", "hr": "hour",
    "minute": "minute", "min": "minute",
}  # fmt: skip


OTHER_UNITS: Final = (
    r"(?:square\s+|cubic\s+)?(?:miles?|kilometres?|kilometers?|km|metres?|meters?|"
    r"feet|foot|inch(?:es)?|yards?|acres?|hectares?|"
    r"kilograms?|kilos?|kg|grams?|tonnes?|tons?|pounds?(?!\s+of)|ounces?|litres?|"
    r"liters?|gallons?|barrels?|degrees?|mph|kph|"
    r"basis\s+points?|megawatts?|kilowatts?|seconds?|knots|bushels?|cents?|euros?|"
    r"dollars?|yen|pence|francs?|marks|decades?|centuries)\b"
)


FRACTION_NAMES: Final = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "twelfth": 12, "fifteenth": 15, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100, "thousandth": 1000, "halve": 2,
}  # fmt: skip


MULTIPLIERS: Final = {
    "double": 2.0, "doubles": 2.0, "doubled": 2.0, "doubling": 2.0, "treble": 3.0, "trebles": 3.0, "trebled": 3.0,
    "trebling": 3.0, "triple": 3.0, "triples": 3.0, "tripled": 3.0, "tripling": 3.0, "quadruple": 4.0,
    "quadruples": 4.0, "quadrupled": 4.0, "quadrupling": 4.0, "halve": 0.5, "halves": 0.5, "halved": 0.5,
    "halving": 0.5, "twice": 2.0, "thrice": 3.0, "quintupled": 5.0,
}  # fmt: skip


WORD_STARTS: Final = by_letter(
    {
        *ONES,
        *TENS,
        *MULTIPLIERS,
        "half",
        "quarter",
        "third",
        "fifth",
        "tenth",
        "nought",
        "hundredfold",
        *(f"{word}fold" for word in ONES),
    }
)
#: "a" begins a number only as "a dozen", "a third" and their like.
ARTICLE: Final = rf"an?(?=[\s-]+(?:{'|'.join([*SCALES, *FRACTION_NAMES])})s?\b)"


#: Where a number can begin in a text in small letters: a currency sign, a digit, a number word.
START: Final = re.compile(
    rf"(?=[-−+£€$¥\douhtfsendqa])(?:(?P<sign>[-−+]?(?:£|€|us\$|a\$|\$|¥)\s?)(?=\d)|(?<![\d.,])(?P<digit>\d)|"
    rf"\b(?P<word>{WORD_STARTS}|{ARTICLE})\b(?!['’][a-z]))"
)


#: A text has a number only where it has one of these, in small letters too.
FIGURE: Final = re.compile(r"\d")
NUMBER_WORD: Final = re.compile(rf"\b(?:{WORD_STARTS}|{ARTICLE})\b")


NUMBER: Final = rf"(?:{DIGITS}|{WORDS})"


SCALE: Final = r"(?:\s?(?P<{name}>(?:k|mn|mln|m|bn|bln|tn)\b|thousand\b|million\b|billion\b|trillion\b|hundred\b))?"


DASH: Final = r"\s?[-–—−]\s?"


VULGAR: Final = r"\s?[½¼¾⅓⅔]?"


MONEY = compiled(
    rf"(?P<sign>£|€|US\$|A\$|\$|¥)\s?(?P<a>{DIGITS}){SCALE.format(name='sa')}"
    rf"(?:(?P<link>{DASH}|\s+to\s+|\s+and\s+|\s+or\s+)(?P<sign2>£|€|US\$|\$)?\s?(?P<b>{DIGITS}){SCALE.format(name='sb')})?"
)


PERCENT = compiled(
    rf"(?P<a>{NUMBER})(?P<half>\s?½|\s?¼|\s?¾|\s+and\s+a\s+half)?(?P<p1>\s?%|\s?per\s?cent\b|\s?percent\b)?"
    rf"(?:(?P<link>{DASH}|\s+to\s+|\s+and\s+)(?P<b>{NUMBER}))?"
    r"(?P<unit>\s?%|pc\b|[\s-]?(?:per\s?cent|percent)\b(?![a-z])|[\s-]?(?:percentage[\s-]points?|"
    r"per\s?cent\s+points?|pps?|ppts?)\b)(?P<points>[\s-]points?\b)?"
)


GAP = (
    r"(?:more|extra|additional|further|full|consecutive|working|calendar|successive|"
    r"straight|unpaid|paid|contracted|teaching|overtime|long|whole|clear|sitting|"
    r"bank|supervised|guided|consultation|protected|learning|training|study|annual|"
    r"leave|lost|spare|minimum|mandatory|statutory|average)"
)


DURATION = compiled(
    rf"(?P<a>{NUMBER}){VULGAR}(?:\s(?P<scale>million|billion|thousand))?(?P<plus>\+|\s+or\s+(?:more|fewer))?"
    rf"(?:(?P<link>{DASH}|\s+to\s+|\s+and\s+|\s+or\s+|-\s+(?:to|and|or)\s+)(?P<b>{NUMBER}))?(?P<half>\s+and\s+a\s+half)?"
    rf"(?:[\s-]+{GAP}){{0,3}}[\s-]*(?P<unit>years?|yrs?|months?|weeks?|days?|hours?|"
    rf"hrs?|minutes?|mins?)\b(?P<old>[-\s]olds?\b)?['’]?(?![-](?:to|on|round)\b)"
)


OTHER = compiled(
    rf"(?P<a>{NUMBER}){SCALE.format(name='sa')}(?:(?P<link>{DASH}|\s+to\s+)(?P<b>{NUMBER}){SCALE.format(name='sb')})?"
    rf"[\s-]?(?P<unit>{OTHER_UNITS})"
)


PER = compiled(
    r"\s+(?:per|in\s+every|for\s+every)\s+(?:1,000|10,000|100,000|1,000,000|1m|100|million|thousand)\b(?!\s*%)"
)


PENCE = compiled(rf"(?P<a>{DIGITS})p\b(?!\.\s?m)")


FRACTION_WORD = (
    "halves|half|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|"
    r"(?:thirtie|fortie|fiftie|fifteen|twentie|hundred|thousand)ths?|twelfths?"
)


FRACTION = compiled(rf"(?:(?P<n>one|two|three|four|five|six|seven|eight|nine|a|an)[\s-]+)?(?P<word>{FRACTION_WORD})\b")


RATIO = compiled(
    rf"(?P<a>{NUMBER})(?:{DASH}|\s+)(?P<link>in|out\s+of)(?:{DASH}|\s+)(?:every\s+)?(?P<b>{NUMBER})(?![\d%]|"
    rf"\s?(?:%|per\s?cent)|[,.]\d)"
)


TIMES = compiled(
    rf"(?P<a>{NUMBER})(?P<half>\s+and\s+a\s+half)?(?:\s+times\b|[\s-]?fold\b|x\b)(?P<after>\s+(?:as|"
    rf"more|higher|the|greater|larger|lower|less|over|bigger|likelier|that|what|"
    rf"its|their|faster|fewer|longer|shorter|worse|better|smaller|slower)\b)?"
)


FOLD = compiled(r"(?P<a>two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)fold\b")


FACTOR = re.compile(r"\bfactor\s+of\s+(?:(?:about|around|nearly|almost|over|more|than)\s+)*$", re.IGNORECASE)


MULTIPLE = compiled(rf"(?P<word>{'|'.join(sorted(MULTIPLIERS, key=len, reverse=True))})\b(?!-)")


COUNT = compiled(
    rf"(?P<a>{NUMBER})(?P<vulgar>\s?[½¼¾⅓⅔])?{SCALE.format(name='sa')}(?P<plus>\+|-(?:plus|odd)\b)?"
    rf"(?:(?P<link>{DASH}|\s+to\s+|\s+and\s+)(?P<b>{NUMBER}){SCALE.format(name='sb')})?"
)


AGED = compiled(
    r"\b(?:aged?|ages|aged\s+between|age\s+of|age\s+up\s+to|up\s+to\s+age|(?:under|"
    r"over)-|(?:children|people|adults|those|women|men|girls|boys|pupils|anyone|"
    r"babies|carers|patients)\s+(?:under|over|below|above)|older\s+than|younger\s+than)[\s-]*(?:of\s+|"
    r"between\s+|up\s+to\s+|under\s+|over\s+|from\s+|just\s+|only\s+|around\s+|"
    r"about\s+|at\s+least\s+)*$|\b(?:average|mean|median|minimum|maximum|retirement|school|leaving|pension)\s+age\b"
    r"[^.;\d]{0,40}?\b(?:is|was|of|at|from|to)\s+$|\bage\s+of\s+[a-z][^.;\d]{0,60}?\b(?:is|was|at|from|to)\s+(?:\d\d?\s+to\s+)?$"
    r"|\bas\s+(?:young|old)\s+as\s+$|\b(?:turn(?:s|ed|ing)?)\s+$|\b(?:is|are|was|were)\s+(?:under|over)\s+(?=$)"
    r"|(?:^|[.“”]\s*)(?:s?he|who)\s+(?:is|was)\s+(?:now\s+|only\s+|just\s+)?$"
)


AGE_LIST = compiled(
    r"\b(?:aged?|ages)\s+(?:between\s+|from\s+|up\s+to\s+)?\d{1,2}(?:\s*(?:,|"
    r"or|and|to|[-–])\s*\d{1,2})*\s*(?:,|or|and|to)\s*$"
)


AGE_AFTER = compiled(r"(?:\s+(?:and|or)\s+(?:over|under|above|below|older|younger)\b|[-\s]year[-\s]olds?\b)")


APPOSED_AGE = compiled(r"\s*(?:,|\)|\.$)")


NAMED_BEFORE = re.compile(r"[A-Z][a-z’'-]+\s+(?:[A-Z][\w’'-]+\s+)?[A-Z][\w’'-]+(?:\s\(|,\s)(?:now\s+)?$")


PERSON_BEFORE = compiled(
    r"\b(?:boy|girl|man|woman|son|daughter|brother|sister|mother|father|grandmother|grandfather|teenager|child),\s+(?:now\s+)?$"
)


AGE_GROUP = compiled(
    r"s?\s+(?:age[\s-]+)?(?:groups?|segment|brackets?|band|cohort|range|category)\b|[\s-]years?[\s-]olds?\b|s\b"
)


POINTS: Final = compiled(r"[\s-]points?\b")


#: A rate or share that moves by "points": percentage points.
RATE_BEFORE: Final = compiled(
    r"\b(?:rates?|share|proportion|percentage|turnover|vacancies)\b[^.;:]{0,50}\b(?:rose|risen|fell|fallen|falling|rising|up|"
    r"down|dropped|dropping|increased|climbed|dipped|edged)\s+(?:by\s+)?(?:(?:about|around|just|over|under|almost|nearly|more|"
    r"than|another|a|further|only)\s+)*$"
)


RUN: Final = re.compile(r"[£$€]?\d[\d.,:/-]*+|[A-Za-z]++")


FROM = compiled(
    r"\bfrom\s+(?:(?:about|around|just|over|under|almost|nearly|a|an|record|high|"
    r"low|more|than|of|less|roughly|approximately|some)\s+)*$"
)


RANGING = compiled(r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anywhere|somewhere|anything)\s+(?:from\s+)?$")


BY = compiled(
    r"\b(?:by|up|down|rose|fell|grew|increased|decreased|dropped|declined|jumped|"
    r"climbed|cut)\s+(?:(?:about|around|just|over|under|almost|nearly|more|than|"
    r"less|another|a|further|only)\s+)*$"
)
