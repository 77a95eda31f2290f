"""The main clause that tells an event, where a sentence joins several: "A did it but, last summer, dropped it".

Where the second clause has no subject of its own, it gets that of the first. What isn't certain gives no line: the
clauses must be joined by a mark or a conjunction that stands in no other clause, and the event's date and status must
point to the same one of them.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import RELATIVE_DATE, date_pattern, own_clause, split_clauses
from pipeline.timeline.governing import find_verbs
from pipeline.timeline.headline import drop_brackets, fold_first, has_verb, load_words, strip_fronts
from pipeline.timeline.hedging import NOUNS_TOO
from pipeline.timeline.phrases import HANGS, POINTING, subject_of
from pipeline.timeline.wording import fold

#: What joins main clauses, with what is said of when between commas behind it: "but, last summer, dropped".
_JOINT: Final = re.compile(
    r",?\s(?P<word>but|and)(?:,\s(?P<when>[^,]{3,40}),)?\s|[;:]\s(?:(?:but|and)\s)?|,\s(?=(?:an?|the)\s)"
)
_TIMES: Final = "day|week|month|year|time|spring|summer|autumn|winter|" + "|".join(calendar.month_name[1:])
#: In a clause that one of these opens, what a conjunction joins may be its parts.
_OPENER: Final = re.compile(
    rf"\b(?:that(?!\s(?:{_TIMES})\b)|which|who|whom|whose|whether|if|because|when|while|how|where|what|both|between"
    r"|either|said|says)\s",
    re.IGNORECASE,
)
#: Before a noun these open no clause: "after two pilots".
_OF_TIME: Final = re.compile(r"\b(?:as|after|before|since|until)\s", re.IGNORECASE)
_OPENING: Final = "if|when|while|though|although|as|after|before|since|because|once|unless|until|but|and"
_ADVERBS: Final = re.compile(r"(?:(?:also|then|now|later|since|has|have|\w+ly)\s)*")
_AUXILIARY: Final = re.compile(r"is|are|was|were|has|have|had|will|would")
_NOUN_START: Final = re.compile(
    r"(?:the|an?|its|their|his|her|all|any|no|every|each|both|most|some|\d[\d,]*|[A-Z][\w’-]*|[a-z]+s)\b"
)
_NO_NOUN: Final = re.compile(r"\b(?:to|that|which|who|if|when|as|than|by|from|is|are)\b|[,“”]")
#: A subject that only points, with what it is: "The first, the cap on fees, was".
_POINTS: Final = re.compile(
    r"(?P<joined>^(?:But |And )?|[;:]\s|,?\s(?:and|but)\s)"
    rf"[Tt]he\s(?:{POINTING}),\s"
    r"(?P<thing>(?:the\s|an?\s|[A-Z])[^,]{2,60}),\s(?=(?:is|are|was|were|has|have|had|will|would|said|[a-z]+ed)\b)"
)
_TO_COME: Final = re.compile(
    r"\b(?:will|would|due|set to|is to|are to|to be|must|should|ought to|plans? to|expected to|aims? to|intends? to)\b"
)
#: How days, months and years are told from the day of publication.
_RELATIVE: Final = {
    "day": re.compile(r"\b(?:yesterday|today|tomorrow|(?:on|last|next|this)\s\w+day)\b"),
    "month": re.compile(r"\b(?:last|next|this)\smonth\b"),
    "year": re.compile(r"\b(?:last|next|this)\syear\b"),
}
#: "The bill, which passed in May and took effect in June, was amended".
_ASIDE: Final = re.compile(
    r"(?P<who>[^,]{3,90}),\s(?:which|who)\s(?P<told>(?:[^,]|,(?=\d)){6,160}"
    r"(?:,\s(?:by|in|on|at|with|for|from|under|after|before)\s[^,]{2,30})?),\s(?=[a-z])"
)
_PLACE: Final = re.compile(
    rf"\bin\s(?!{'|'.join(calendar.month_name[1:])})(?:the\s)?[A-Z][\w’]*(?:\s(?:of\s)?[A-Z][\w’]*)*"
)
_THERE: Final = re.compile(r"\bthere\b(?!\s(?:is|are|was|were|has|have|will|would)\b)")
_YEAR: Final = re.compile(r"\s(\d{4})\b")
_FRONT: Final = re.compile(rf"(?:{_OPENING}|in|on|at|from|for|under|by|with|to|of|of which)\b", re.IGNORECASE)
_AND: Final = re.compile(r"\sand\s")
_LONGEST_SUBJECT: Final = 8
_OPEN: Final = ("planned", "proposed", "conditional")


@dataclass(frozen=True, slots=True)
class Part:
    """A main clause: where it stands in the sentence, half-open, its words with a subject and when it says it was."""

    start: int
    end: int
    text: str
    when: str

    @property
    def folded(self) -> str:
        """All of its words as dates are looked for in them."""
        return fold(f"{self.when} {self.text}")


def name_pointed(quote: str) -> str:
    """The sentence with a subject that only points replaced by what it is said to be.

    >>> name_pointed("The first, the cap on fees, was put off in May.")
    'the cap on fees was put off in May.'
    """
    return _POINTS.sub(lambda match: f"{match['joined']}{match['thing']} ", quote, count=1)


def own_half(event: PolicyEvent) -> str:
    """The one of several joined main clauses that tells the event; empty where its own clause is a part of it."""
    parts = main_clauses(event.quote)
    if len(parts) < 2:
        return ""
    told = _told_by(event, parts)
    if told is None:
        return ""
    start, end = own_clause(event)
    is_inside = told.start <= start and end <= told.end and not told.start == start > 0
    if is_inside and fold_first(event.quote[start:end]) not in ("said", "says", "told", "added"):
        return ""
    first = told.text[: split_clauses(told.text)[0][1]]
    pattern = date_pattern(event.date)
    is_enough = has_verb(first) and (pattern.search(fold(first)) or not pattern.search(told.folded))
    return drop_brackets(first if is_enough else told.text)


def _told_by(event: PolicyEvent, parts: tuple[Part, ...]) -> Part | None:
    """The part that all which can tell the parts apart point to: the event's status, and its date; None without."""
    tests: list[Callable[[Part], bool]] = []
    if event.status == "cancelled":
        hedges = load_words().hedges["cancelled"]
        tests.append(lambda part: hedges.search(part.text) is not None)
    if event.status in _OPEN:
        tests.append(lambda part: _TO_COME.search(part.text) is not None)
    if event.date_basis in ("explicit", "relative"):
        pattern = date_pattern(event.date)
        is_written = any(_is_written(pattern, part, event.date) for part in parts)
        dated = (
            pattern if is_written or event.date_basis == "explicit" else _RELATIVE.get(event.precision, RELATIVE_DATE)
        )
        tests.append(lambda part: _is_written(dated, part, event.date))
    told = [[part for part in parts if test(part)] for test in tests]
    found = {each[0] for each in told if len(each) == 1}
    return found.pop() if len(found) == 1 else None


def _is_written(pattern: re.Pattern[str], part: Part, date: str) -> bool:
    """Whether a clause has a date, and not with another year."""
    found = pattern.search(part.folded)
    year = _YEAR.match(part.folded, found.end()) if found else None
    return found is not None and (year is None or year[1] in date)


@lru_cache(maxsize=8192)
def main_clauses(quote: str) -> tuple[Part, ...]:
    """The joined main clauses of a sentence.

    >>> [part.text for part in main_clauses("The board met in May but, last summer, dropped the plan.")]
    ['The board met in May', 'The board dropped the plan']
    >>> len(main_clauses("The board said that fees rose and councils paid more."))
    1
    """
    aside = _ASIDE.match(quote) if ", wh" in quote else None
    if aside and (told := _told_beside(quote, aside)):
        return told
    parts: list[Part] = []
    start, subject, when = 0, "", ""
    for joint in _joints(quote):
        left = quote[start : joint.start()]
        text = f"{subject} {left}" if subject else left
        found = _subject_behind(quote, joint, text)
        if found is None:
            continue
        parts.append(Part(start, joint.start(), text, when))
        start, subject, when = joint.end(), found, joint["when"] or ""
    text = quote[start:].rstrip(" .")
    parts.append(Part(start, len(quote), f"{subject} {text}" if subject else text, when))
    return tuple(parts)


def _told_beside(quote: str, aside: re.Match[str]) -> tuple[Part, ...]:
    """What is told of a subject between commas, and what is told of it behind; empty where either isn't certain."""
    who, start, end = aside["who"], *aside.span("told")
    verbs = find_verbs(quote, aside.end())
    if has_verb(who) or _FRONT.match(who) or _OPENER.search(aside["told"]):
        return ()
    if not verbs or verbs[0].start() != aside.end():
        return ()
    first = find_verbs(aside["told"])
    if not first or not _ADVERBS.fullmatch(aside["told"][: first[0].start()]):
        return ()
    ends = [
        joint.span()
        for joint in _AND.finditer(quote, start, end)
        if any(verb.start() == joint.end() for verb in find_verbs(quote, joint.end(), end))
    ]
    starts, stops = [start, *(last for _, last in ends)], [*(first for first, _ in ends), end]
    beside = [Part(a, b, f"{who} {_placed(quote, start, a, b)}", "") for a, b in zip(starts, stops, strict=True)]
    rest = quote[aside.end() :].rstrip(" .")
    return (*beside, Part(aside.end(), len(quote), f"{who} {rest}", ""))


def _placed(quote: str, first: int, start: int, end: int) -> str:
    """A stretch of a sentence with "there" told, where one place alone is named before: "in the House of Lords"."""
    places = _PLACE.findall(quote, first, start)
    return _THERE.sub(places[0], quote[start:end]) if len(places) == 1 else quote[start:end]


def _joints(quote: str) -> Iterator[re.Match[str]]:
    """What may join two clauses, outside of brackets and quotation marks."""
    for joint in _JOINT.finditer(quote):
        before = quote[: joint.start()]
        if before.count("(") == before.count(")") and before.count("“") == before.count("”"):
            yield joint


def _subject_behind(quote: str, joint: re.Match[str], left: str) -> str | None:
    """The subject that the clause behind a joint takes from the one before; empty where it has its own; None if it
    isn't a main clause."""
    verbs = [verb for verb in find_verbs(quote, joint.end()) if not NOUNS_TOO.fullmatch(verb[0])]
    first = find_verbs(strip_fronts(left))
    if not verbs or not first or _is_open(left, is_strict=joint["word"] != "but"):
        return None
    noun = quote[joint.end() : verbs[0].start()]
    if _ADVERBS.fullmatch(noun):
        if joint["word"] is None:
            return None
        is_alike = _AUXILIARY.fullmatch(verbs[0][0]) is not None or _AUXILIARY.fullmatch(first[0][0]) is None
        is_past = verbs[0][0] in load_words().past
        if not is_alike or (joint["word"] == "and" and is_past and first[0][0] not in load_words().past):
            return None
        return subject_of(left) or None
    words = noun.split()
    is_noun = _NOUN_START.match(noun) and not _NO_NOUN.search(noun) and not HANGS.search(noun.strip())
    is_whole = _AUXILIARY.fullmatch(verbs[0][0]) is not None or joint["word"] is not None or joint[0][0] in ";:"
    return "" if is_noun and is_whole and 0 < len(words) <= _LONGEST_SUBJECT else None


def _is_open(left: str, *, is_strict: bool) -> bool:
    """Whether another clause has been opened before a joint, and not closed by a comma."""
    text = left if is_strict else left.rpartition(", ")[2]
    timed = (NOUNS_TOO.sub(" ", text[each.end() :]) for each in _OF_TIME.finditer(text))
    return _OPENER.search(text) is not None or any(map(has_verb, timed))
