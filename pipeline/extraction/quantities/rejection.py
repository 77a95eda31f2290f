"""Which candidates are no numbers: dates, clock times, numbers in names, telephone numbers, list markers, "one".

``reason_against`` gives the reason as a word or ``None``; the words are what the tests name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.extraction.quantities.candidate import Candidate
from pipeline.extraction.quantities.gates import last_word
from pipeline.extraction.quantities.lexicon import load_lexicon
from pipeline.extraction.timex.numerals import DIGITS, MAX_DIGITS, WORDS
from pipeline.records import Mention, Timex

_LEXICON: Final = load_lexicon()


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NUMBER: Final = rf"(?:{DIGITS}|{WORDS}|[ivx]+)"
_HEAD: Final = _compile(
    rf"(?<![\w-])(?P<head>{_LEXICON['names', 'heads']}|{_LEXICON['names', 'weak_heads']})\)?\s*"
    rf"(?P<list>(?:{_NUMBER}(?:\(\w\))?(?:[a-z]\b)?\s*(?:,|and|to|or|-|–|&)\s*)*)$"
)
#: The last word of a head.
_HEAD_WORD: Final = _compile(
    "|".join(head.rpartition(" ")[2] for name in ("heads", "weak_heads") for head in _LEXICON.entries["names", name])
)
_LIST_LINKS: Final = ("and", "to", "or")
_WEAK: Final = _compile(rf"(?:{_LEXICON['names', 'weak_heads']})")
#: Common words that are numbered with figures.
_NUMBERED: Final = _compile(
    r"number|option|question|figure|point|standard|recommendation|outcome|goal|group|class|day|week|rule|principle|cohort|type"
)
_PHONE: Final = re.compile(r"(?<!\d)(?:\+\d{2}|0\d{2,4})[\s-]?\d{3,4}[\s-]?\d{2,4}|(?<!\d)0\d{3,}")
_CLOCK: Final = _compile(r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m|p\.m)\b|\d{1,2}:\d\d\b")
_CLOCK_RANGE: Final = _compile(r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)?\s?[-–]\s?\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)\b")
_TEXTED: Final = _compile(r"\b(?:text|texting|call|calling|phone|ring|dial|contact|on|helpline:?)\s+$")
_OF_THE_DAY: Final = _compile(r"\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night|o[’']clock)\b")
_MONTH_AFTER: Final = re.compile(
    r"(?:st|nd|rd|th)?\s+(?:January|February|March|April|June|July|August|September|"
    r"October|November|December|May(?=\s+\d|[.,;:)]|$))\b"
)
_ORDINAL: Final = _compile(r"(?:st|nd|rd|th)\b")
_YEAR: Final = re.compile(r"(?:1[6-9]|20|21)\d\d$")
_LIST_MARKER: Final = re.compile(r"\d{1,2}[.)]\s")
_FIXED: Final = _compile(
    r"(?:one[-\s]?off|one[-\s]to[-\s]one|1:1|1-1|one[-\s]stop|one[-\s]size|one[-\s]sided|"
    r"one[-\s]way|one another|one by one|one day(?!\s+(?:after|before|earlier|"
    r"later|of\s+\w+ing|a\s+week|per))|"
    r"two[-\s]way|two[-\s]fold\s+approach|zero[-\s](?:hours?|tolerance|sum)|24/7|"
    r"24-7|9/11|50[-/]50|360[-\s]degree|first|second|9-5|"
    r"three[-\s]line\s+whip|four[-\s]square|six[-\s]figure|seven[-\s]figure|five[-\s]figure|two[-\s]finger|"
    r"half[-\s](?:term|way|hearted|baked|brothers?|sisters?|siblings?|time|truth|"
    r"mast|marathon|board|heartedly)|halfway|"
    r"double[-\s](?:check|glaz\w+|standards?|blow|whammy|edged|bind|decker|act|"
    r"figures?|digits?|bed|room|jeopardy|time|vaccinated|jabbed)|"
    r"double[-\s]digit|doubl(?:e|es|ed|ing)\s+(?:up|down|back|as)\b|single|both|once)"
)
_NO_FRACTION_BEFORE: Final = _compile(
    r"\b(?:first|second|third|last|latter|other|better|early|this|next|previous|"
    r"former|final|each|fourth|the\s+latest|opening|closing|recent|same|current|latest)[\s-]+$"
)
_FRACTION_OF_TIME: Final = _compile(
    r"\s+(?:of|to|ending|ended)\s+(?:the\s+)?(?:(?:19|20)\d\d(?:[-–/]\d\d)?\b(?!\s+[a-z]+s\b)(?=\s*(?:[.,;:)]|"
    r"$|\s(?:and|was|is|to|in|compared)\b))|(?:financial\s+|calendar\s+)?year\b|"
    r"Q\d|January|February|March|April|May|June|July|August|September|October|"
    r"November|December)"
)
_FRACTION_AFTER: Final = _compile(
    r"\s*(?:[.,;:)(–—?!”\"’]|$|-(?!\w)|of\b|were\b|was\b|are\b|is\b|had\b|have\b|"
    r"has\b|said\b|says?\b|did\b|do\b|who\b|that\b|more\b|worse\b|better\b|fewer\b|"
    r"less\b|lower\b|"
    r"higher\b|smaller\b|larger\b|bigger\b|longer\b|shorter\b|cheaper\b|in\b|from\b|to\b|since\b|over\b|on\b|compared\b|between\b|during\b|"
    r"by\b|and\b|or\b|as\b|reported\b|believed?\b|agreed?\b|"
    r"felt\b|feel\b|did\b|also\b|would\b|will\b|could\b|can\b|saw\b|cited\b|worked\b|"
    r"received?\b|came\b|come\b|went\b|lived?\b|thought\b|"
    r"identified\b|described\b|\w+ed\b|now\b|not\b|never\b|above\b|below\b|for\b|"
    r"with\b|than\b|at\b|the\b|all\b|our\b|its\b|their\b|his\b|her\b|"
    r"being\b|having\b|those\b|these\b|a\b|an\b|who\b|up\b|down\b|full\b|empty\b)"
)
_SHARE_NOUN: Final = _compile(
    r"\s+(?:share|stake|chance|majority|cut|reduction|increase|rise|drop|fall|decline|price)\b"
)
_ONE_BEFORE: Final = _compile(
    rf"(?:\b(?:at\s+least|only|just|more\s+than|fewer\s+than|less\s+than|no\s+more\s+than|"
    rf"up\s+to|or|than|every|minimum\s+of|maximum\s+of)\s+|"
    rf"(?:(?<![\w-]){_NUMBER}\b(?!%)(?:\s+[a-z’'-]+){{1,5}},?\s+(?:and|but|or)\s+(?:another\s+|just\s+|only\s+)?))$"
)
_ONE_TIME_AFTER: Final = _compile(r"\s+(?:after|before|earlier|later|ago|of|to|from|a\s+week|per|on)\b|['’]|-")
_PRONOUN_AFTER: Final = _compile(
    r"\s+(?:of\b|another\b|or\s+(?:more|another|the\s+other)\b|that\b|who\b|which\b|"
    r"such\b|to\b|might\b|can\b|could\b|would\b|has\b|is\b|was\b|way\b|thing\b|"
    r"hand\b|side\b|final\b|last\b)"
)
_TWICE_AFTER: Final = _compile(
    r"\s+(?:as\b|the\b|that\b|those\b|what\b|more\b|its\b|their\b|this\b|over\b(?=\s+(?:the|"
    r"that))|higher\b|per\b(?=\s+cent)|(?:[a-z]+\s+){0,3}(?:rate|average|level|"
    r"number|figure)\b)"
)
_DOUBLE_NOUN: Final = _compile(
    r"\s+(?:the|its|their|that|in|since|from|to|over|between|within|what|this|"
    r"annual|funding|spending|numbers?|last|on|after|by|and|again|,|\.|compared|"
    r"under|at|for|[a-z]+ing\b|as\s+many|under|\w+ly\b)|\s*[,.;:–—)]|\s*$"
)
_DOUBLE_BEFORE: Final = _compile(
    r"\b(?:to|will|would|could|can|should|might|may|than|almost|nearly|about|"
    r"around|over|have|has|had|is|are|was|were|be|been|by|more|just|set\s+to|"
    r"of|which|that|it|they|and|at|pledge[sd]?|did)\s+$"
)
_CAPITAL_NAME: Final = re.compile(r"(?:^|[\s(“‘\"'])(?P<word>[A-Z][A-Za-z’'-]*[a-z]|[A-Z]{2,})[\s-]$")
#: "FTSE 100", "S&P 500", "iPhone 11": a name in capitals, or with one inside, before a bare figure.
_INDEX_NAME: Final = re.compile(
    r"(?:^|[\s(“])(?:[A-Z][A-Z&]*&[A-Z]|FTSE|CAC|DAX|Nikkei|[a-z][A-Z][a-z]+|[A-Z][a-z]+[A-Z]\w*)\s$"
)
_AFTER_NAME: Final = re.compile(
    r"\s*(?:$|[.,;:)”’\"?!]|of\b|and\b|is\b|was\b|in\b|for\b|to\b|has\b|which\b|on\b|at\b|or\b|report\b|programme\b)"
)
_DENOMINATOR: Final = _compile(
    rf"(?:{DIGITS}|{WORDS})(?<!one)\s+(?:[\w’'-]+\s+){{0,6}}?(?:per|for\s+every|in\s+every)\s+$"
)
#: "the rate per 10,000 children": what rates are told against.
_BASES: Final = (100, 1_000, 10_000, 100_000, 1_000_000)
_LAST_BUT: Final = _compile(r"\b(?:last|next|predecessor|successor)\s+but\s+$")
_ONE: Final = _compile(r"one\b")
_SCHOOL_YEARS: Final = _compile(rf"\byears?\s+(?:{_NUMBER}\s*(?:,|and|to|or|-|–)\s*)*$")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a candidate stands in: the text, its section, its sentence, and the dates and names of the text."""

    text: str
    section: tuple[int, int]
    sentence: tuple[int, int]
    timexes: tuple[Timex, ...]
    mentions: tuple[Mention, ...]


def reason_against(candidate: Candidate, around: Surroundings) -> str | None:
    """Why the candidate is no number, in a word; ``None`` where it is one."""
    text, start, end = around.text, candidate.start_char, candidate.end_char
    body = text[start:end]
    before = text[max(around.section[0], start - 80) : start]
    after = text[end : min(around.section[1], end + 60)]
    if len(body) > MAX_DIGITS and sum(character.isdigit() for character in body) > MAX_DIGITS:
        return "too long"
    if before[-1:].isalnum() or (before[-1:] in "-–/." and before[-2:-1].isalnum() and not _AGE_PREFIX.search(before)):
        return "part of a word"
    if _in_date(candidate, around):
        return "date"
    if _FIXED.match(text, start, min(len(text), end + 20)):
        return "idiom"
    if candidate.kind in ("money", "percent"):
        return "code" if re.match(r"[.,]?\d", after) else None
    if _in_name(candidate, around, before, after, body):
        return "name"
    if candidate.kind in ("fraction", "multiplier"):
        return _against_fraction(candidate, body, before, after)
    if body[0].isdigit() and _against_digits(candidate, around, before, after, body):
        return "code"
    if candidate.kind == "count" and candidate.value <= 12 and _OF_THE_DAY.match(after):
        return "clock"
    last = last_word(before)
    if (
        candidate.kind == "count"
        and candidate.value >= 100
        and last in ("per", "every")
        and (_DENOMINATOR.search(before) or (last == "per" and candidate.value in _BASES))
    ):
        return "denominator"
    if last == "but" and _LAST_BUT.search(before):
        return "idiom"
    if _ONE.match(body) and not _is_counted_one(candidate, body, before, after):
        return "one"
    if candidate.kind == "count" and body.casefold() in ("zero", "nought"):
        return "idiom"
    return None


_AGE_PREFIX: Final = _compile(r"(?:under|over|aged|mid|sub|non|plus|pre|post)-$|[\w)]\s?[–—]$")


def _in_date(candidate: Candidate, around: Surroundings) -> bool:
    """Whether it overlaps a date; a duration is a number, and so is that of "three years ago" and "every two years"."""
    for timex in around.timexes:
        if timex.start_char >= candidate.end_char:
            return False
        if timex.end_char <= candidate.start_char:
            continue
        if timex.type == "DURATION" or candidate.kind in ("money", "percent", "fraction", "ratio", "multiplier"):
            if timex.type != "DURATION" and candidate.kind == "fraction":
                return True
            continue
        if candidate.kind == "duration":
            if timex.type == "SET" or re.search(r"\b(?:ago|earlier|later|before|after|previously)$", timex.text):
                continue
            return True
        return True
    return False


def _in_name(candidate: Candidate, around: Surroundings, before: str, after: str, body: str) -> bool:
    """Whether the number belongs to a name: inside of a mention, behind "section", or behind a capitalised word."""
    for mention in around.mentions:
        if mention.start_char >= candidate.end_char:
            break
        if mention.end_char > candidate.start_char and mention.end_char - mention.start_char > len(body):
            return True
    if candidate.kind in ("fraction", "multiplier", "ratio"):
        return False
    if _behind_head(candidate, around, before, after, body):
        return True
    if candidate.kind != "count":
        return False
    if (
        _SCHOOL_YEARS.search(before)
        and candidate.value <= 13
        and not re.match(r"\s+(?:[a-z’-]+\s+){0,2}?[a-z]+s\b", after)
    ):
        return True
    is_start = not before.strip() or re.search(r"[.:!?“‘\"(•–-]\s*$", before) is not None
    if body[0].isalpha() and body[0].isupper() and not is_start and candidate.start_char != around.sentence[0]:
        return not _is_title_case(around)
    if (
        _INDEX_NAME.search(before)
        and body.isdigit()
        and candidate.value < 1000
        and not re.match(r"\s+[a-z]+s\b", after)
    ):
        return True
    capital = _CAPITAL_NAME.search(before)
    if (
        capital
        and body[0].isdigit()
        and candidate.value < 100
        and candidate.value_high is None
        and not capital["word"].endswith(("’s", "'s", "s’"))
        and _AFTER_NAME.match(after)
    ):
        return before.strip() != capital["word"] and not re.search(r"[.!?]\s+\S+\s$", before)
    return False


def _behind_head(candidate: Candidate, around: Surroundings, before: str, after: str, body: str) -> bool:
    """Whether a word before the number makes it a name: "section 47"; a common word only as "Option 2"."""
    head = _HEAD.search(before[-40:]) if candidate.kind == "count" and _may_end_in_head(before) else None
    if head is None:
        return False
    word = head["head"]
    if not _WEAK.fullmatch(word):
        return True
    if _is_title(word, before, around, candidate) and not re.match(r"\s+[a-z]+s\b", after):
        return True
    return body[0].isdigit() and _NUMBERED.fullmatch(word) is not None and _AFTER_NAME.match(after) is not None


def _may_end_in_head(before: str) -> bool:
    """Whether a text ends in a word of ``_HEAD``, or in a mark, figure or link of the list behind one."""
    last = last_word(before)
    return not last.isalpha() or last.endswith(_LIST_LINKS) or _HEAD_WORD.fullmatch(last) is not None


def _is_title(word: str, before: str, around: Surroundings, candidate: Candidate) -> bool:
    """Whether a common word stands with a capital inside of a sentence."""
    at = candidate.start_char - len(before) + before.rfind(word)
    return word[0].isupper() and at > around.sentence[0]


def _is_title_case(around: Surroundings) -> bool:
    words = re.findall(r"[A-Za-z]{4,}", around.text[around.sentence[0] : around.sentence[1]])
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _against_digits(candidate: Candidate, around: Surroundings, before: str, after: str, body: str) -> bool:
    """Whether digits are a code, an ordinal, a clock time, a telephone number, a year, a list marker."""
    text, start, end = around.text, candidate.start_char, candidate.end_char
    if start == around.section[0] and _LIST_MARKER.match(text, start):
        return True
    if after[:1].isalpha() and not (re.match(r"s\b", after) and candidate.unit == "year"):
        return True
    if _MONTH_AFTER.match(after):
        return True
    if _TEXTED.search(before) and re.fullmatch(r"\d{5,}", body):
        return True
    if before[-1:] == ":" and before[-2:-1].isdigit():
        return True
    if _ORDINAL.match(after) or _CLOCK.match(text, start, start + 12) or _CLOCK_RANGE.match(text, start, start + 24):
        return True
    if before[-1:] == "(" and before[-2:-1].isdigit():
        return True
    if after[:1] in "/:" and after[1:2].isdigit():
        return True
    if (
        re.match(r"[-–.,]\d", after)
        or re.search(r"\d[,]$", before)
        or (after[:1] == "-" and candidate.kind == "count" and re.match(r"-[A-Z\d]", after))
    ):
        return True
    low = max(around.section[0], start - 16)
    if any(m.start() <= start < m.end() for m in _PHONE.finditer(text, low, min(around.section[1], end + 14))):
        return True
    if candidate.kind == "count" and _YEAR.fullmatch(body) and candidate.value_high is None:
        return True
    if before.rstrip()[-1:] == "[" and after[:1] == "]":
        return True
    return candidate.kind == "count" and re.search(r"(?:@|#|www\.\S*|https?:\S*)$", before) is not None


_BETWEEN: Final = _compile(r"\bbetween\s+(?:an?|one|two|three)[\s-]\w+\s+and\s+$")
_QUALIFIED = _compile(
    r"\b(?:(?:more|less|fewer)\s+than|almost|nearly|about|around|over|under|roughly|approximately|at\s+least|just|by)\s+$"
)


def _against_fraction(candidate: Candidate, body: str, before: str, after: str) -> str | None:
    word = body.casefold()
    if candidate.kind == "fraction":
        if _NO_FRACTION_BEFORE.search(before) or _FRACTION_OF_TIME.match(after):
            return "time"
        if word.startswith("half") or word.endswith("half"):
            if _BETWEEN.search(before):
                return None
            if (
                re.match(r"-\w", after)
                or re.match(r"\s+(?:way|past|term|day|time)\b", after)
                or re.search(r"\b(?:and\s+a|one\s+and\s+a|other|two)\s+$", before + ("a " if word == "a half" else ""))
            ):
                return "idiom"
            if re.search(r"\band\s+$", before) and word == "a half":
                return "idiom"
            return None
        if (
            re.match(r"an?\b|one\b", word)
            and "-" not in body
            and not (_FRACTION_AFTER.match(after) or _SHARE_NOUN.match(after) or _QUALIFIED.search(before))
        ):
            return "ordinal"
        if (
            re.search(r"quarter", word)
            and re.match(r"\s+(?:to|past)\s+\w+", after)
            and not word.startswith(("three", "a "))
        ):
            return "time"
        return None
    if word in ("double", "treble", "triple", "halve", "quadruple"):
        if re.match(r"-", after):
            return "idiom"
        return (
            None
            if _DOUBLE_NOUN.match(after)
            and (_DOUBLE_BEFORE.search(before) or re.match(r"\s+(?:the|that|what|its|their)\b", after))
            else "idiom"
        )
    if word in ("twice", "thrice"):
        return None if _TWICE_AFTER.match(after) else "times"
    if word == "doubles" and re.match(r"\s+(?:as|up|match)\b", after):
        return "idiom"
    return None


def _is_counted_one(candidate: Candidate, body: str, before: str, after: str) -> bool:
    """Whether "one" counts: "21 councils and one trust", "at least one case", "one month before", "one-year"."""
    if candidate.kind == "ratio" or candidate.value_high is not None or candidate.value != 1:
        return True
    if candidate.kind == "duration":
        return bool("-" in body or _ONE_TIME_AFTER.match(after) or _ONE_BEFORE.search(before)) and not re.search(
            r"\b(?:for|on)\s+$", before
        )
    if _PRONOUN_AFTER.match(after) and not re.search(
        r"\b(?:at\s+least|only|just|more\s+than|fewer\s+than)\s+$", before
    ):
        return False
    if re.search(r"\bthan\s+$", before) and re.match(r"\s+(?:\w+ed|run|in|of|from|with|for|made|held|given)\b", after):
        return False
    if after[:1] in "-." and not re.match(r"-(?:year|month|week|day|hour)", after):
        return False
    return bool(_ONE_BEFORE.search(before)) and bool(re.match(r"\s+[a-z]", after))
