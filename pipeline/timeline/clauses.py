"""The clause of a sentence that tells an event, where the sentence tells several.

Sentences are split at what opens a clause in the language of news: a comma or dash before "which", "with", "while",
"but", "to" and the like. The event's own clause is the one with its date, its kind of verb and its policy.
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import Final

from pipeline import edtf
from pipeline.records import EventMention, PolicyEvent
from pipeline.timeline.cuewords import cue_groups, cue_groups_of, load_cues
from pipeline.timeline.headline import has_verb, verb_pattern
from pipeline.timeline.wording import fold, name_pattern, without_names

_BREAK: Final = re.compile(
    r"(?=[,;]|\s+(?:[–—]|which|who|whil|though|although|whereas|but\s|and\s))"  # all else is passed over at once
    r"(?:;\s+|\s+[–—]\s+"
    r"|,?(?<!\bin)(?<!\bon)(?<!\bof)(?<!\bby)(?<!\bto)(?<!\bfor)(?<!\bwith)(?<!\bfrom)(?<!\bunder)(?<!\bthrough)(?<!\bduring)(?<!\bafter)\s+(?=(?:which|who|while|whilst|though|although|whereas)\b)"
    r"|,?\s+(?=but\s+(?:[A-Z]|[\d£]|(?:the|it|they|he|she|this|that|these|those|not|no|will|would|said|a|an|in"
    r"|there|has|have"
    r"|is|was|were|are|had|also|other|some|its|their|councils|ministers|did|does|do)\b))"
    r"|,\s+(?=(?:is|are|was|were|has|have|had|will|would)\b|(?:said|says)\s+(?:[A-Z]|the |its |their |a ))"
    r"|,\s+(?=(?:with|as|following|after|before|so|because|where|when|and|having|whose|according|(?:under|in"
    r"|for|during|through|on|by|from|of|after|upon) which"
    r"|to(?=\s+[a-z]))\b)"
    r"|,?\s+(?=and (?:then|will|would|is|are|was|were|has|have|had|recently|subsequently|later|also"
    r"|it|they|he|she|that (?:it|they))\b)"
    r"|,?\s+(?=and (?:under|in|for|during|through|on|by|from|of|after|upon) which\b)"
    r"|,?\s+(?=and (?:the )?[A-Z][\w’']*(?:\s(?:for|of|and|the|[A-Z][\w’']*)){0,6}\s[a-z]+ed\b)"
    r"|,?\s+(?=and (?:in|on|by|from) (?:\d|[A-Z]\w+\s))"
    r"|,\s+(?=(?:it|they|he|she|we|there)\s))"
)
_COLON: Final = re.compile(r":\s+(?=[a-z])")
#: "Hiring is to start in May | and all posts are to be filled by June".
_AND_MAIN: Final = re.compile(
    r",?\s+(?=and (?:(?:the|an?|its|their|his|her|this|these|those|all|most|more|\d[\d,.]*|[A-Z][\w’-]*)\s"
    r"(?:(?!that\b|which\b|who\b|whether\b|if\b|and\b|to\b)[\w’£%.-]+\s){0,6}?"
    r"|[a-z]+s\s)(?:is|are|was|were|will|would|ought|has|have|had|must|should)\b)"
)
_LAST_OPENER: Final = re.compile(
    r"\b(?:that|said|says|whether|if|because|when|while|which|who|told|how|where|as)\b|[;,]\s|\s[–—]\s"
)
_FINITE: Final = re.compile(r"\b(?:is|are|was|were|will|would|has|have|had|must|should)\b")
_PAIRED: Final = re.compile(r"\b(?:between|both|either)\b")
_DASH: Final = re.compile(r"\s+[–—]\s+")
#: Only behind these does a comma and a pronoun open a clause: "While it fell, they rose", not "Last year, it fell".
_SUBORDINATE: Final = re.compile(
    r"^(?:(?:But|And|However),?\s+)?(?:while|whilst|though|although|when|if|as|since|because|after|before)\b",
    re.IGNORECASE,
)
_RESTRICTIVE: Final = re.compile(r"\s+(?:who|which)\b")
_THAT: Final = re.compile(r"\bthat\s")
_RELATIVE_ASIDE: Final = re.compile(
    r",\s(?:(?:in|of|for|to|under|by|from|on|at|with|through|upon)\s)?(?:which|who|whose|where)\b(?:[^,]|,(?=\d)){3,110},\s"
    r"(?:(?:also|now|then|has|have|is|are|was|were)\s)?"
)
_NAMED_AND: Final = re.compile(
    r"and\s(?:[A-Z]\w+\s){1,3}(?:Minister|Secretary|Committee|Commission|Commissioner|Department|Board|Partnership|Trust"
    r"|Bill|Act|Fund|Service)\b"
)
_NAMED_FOR: Final = re.compile(
    r"\b(?:Department|Ministry|Committee|Commission|Office|Council|Institute|Centre|Association|Secretary of State)\s"
    r"(?:for|of|on)\s(?:[A-Z][\w’]*,?\s?)+$"
)
_PRONOUN: Final = re.compile(r"(?:it|they|he|she|we|there)\s")
RELATIVE_DATE: Final = re.compile(
    r"\b(?:yesterday|today|tomorrow|(?:last|next|this|earlier|later)\s+(?:\w+\s+)?(?:week|month|year|spring"
    r"|summer|autumn|winter)"
    r"|(?:last|next|this|on)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day|recent(?:ly)?|following year"
    r"|year (?:before|earlier))\b"
)
_SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_DATE_WEIGHT: Final = 3.0
_WHOLE_DATE_WEIGHT: Final = 1.0
_SUM_WEIGHT: Final = 3.0
_OTHER_SUM_WEIGHT: Final = 1.0
_TYPE_WEIGHT: Final = 2.0
_STATUS_WEIGHT: Final = 1.5
_NAME_WEIGHT: Final = 1.0
_FRONT: Final = re.compile(r"(?:Under|In|For|As|Through|With|During|On|At|By|From|After|Following)\b")
_DOING: Final = re.compile(r"\b\w{3,}ing\b")
#: Taken off what has no verb: a phrase in front ("Under the bill"), a subject.
_VERBLESS: Final = 2.0
_FEWEST_WORDS: Final = 3
_OPEN: Final = ("planned", "proposed", "conditional")
#: Types that a clause may tell by saying what is not.
_NEGATIVE: Final = ("ending", "rejection", "announcement")
#: ", the minister will announce today": who says so, and no more.
_ONLY_SPEAKS: Final = re.compile(
    r"[^,]{2,70}\s(?:will|is to|is expected to|has|have)\s"
    r"(?:announced?|sa(?:y|id)|unveil(?:ed)?|confirm(?:ed)?|reveal(?:ed)?)"
    r"(?:\s(?:today|tomorrow|yesterday|later|this \w+))?\.?"
)
_DENIED: Final = re.compile(r"\b(?:not|never|no longer)\b|n['’]t\b")
_TO_COME: Final = re.compile(
    r"\b(?:will|would|could|to be|due to|set to|is to|are to|must|should|until|may"
    r"|plan\w*|(?:pledg|promis|vow|commit)\w+ to)\b"
)


@lru_cache(maxsize=65536)
def split_clauses(sentence: str) -> tuple[tuple[int, int], ...]:
    """The clauses of a sentence as half-open spans; a fragment of fewer than three words joins the one before.

    >>> text = "Most rules start in May, with the caps coming in June."
    >>> [text[a:b] for a, b in split_clauses(text)]
    ['Most rules start in May', 'with the caps coming in June.']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    is_subordinate = opens_subordinate(sentence)
    n_dashes = len(_DASH.findall(sentence))
    aside = _aside(sentence) if n_dashes % 2 == 0 else range(0)
    breaks = {
        (match.start(), match.end())
        for match in _BREAK.finditer(sentence)
        if (n_dashes % 2 or not _DASH.fullmatch(match[0])) and match.start() not in aside
    }
    breaks |= {match.span() for match in _COLON.finditer(sentence) if _joins_mains(sentence, match.span())}
    breaks |= {match.span() for match in _AND_MAIN.finditer(sentence) if _is_main(sentence, match)}
    breaks = {each for each in breaks if not _opens_inner(sentence, each[0]) and not _is_in_name(sentence, each)}
    breaks |= {(end, end + 2) for end in _ends_of_relatives(sentence)}
    comma = sentence.find(", ")
    if is_subordinate and comma > 0 and has_verb(sentence[:comma]):
        breaks.add((comma, comma + 2))
    for end, next_start in [*sorted(breaks), (len(sentence), len(sentence))]:
        if _PRONOUN.match(sentence, next_start) and not is_subordinate:
            continue
        if spans and len(sentence[start:end].split()) < _FEWEST_WORDS:
            spans[-1] = (spans[-1][0], end)
        elif end > start:
            spans.append((start, end))
        start = next_start
    return tuple(spans)


def _joins_mains(sentence: str, place: tuple[int, int]) -> bool:
    return has_verb(sentence[: place[0]]) and has_verb(sentence[place[1] :])


def has_own_subject(clause: str) -> bool:
    """Whether a clause that "and" joins has a subject of its own: "and all posts are to be filled by June"."""
    return _AND_MAIN.match(f" {clause}") is not None


def _is_main(sentence: str, joined: re.Match[str]) -> bool:
    """Whether "and" joins a main clause to one that has a verb: not "it said councils | and the police would"."""
    before = _LAST_OPENER.split(sentence[: joined.start()])[-1]
    return _FINITE.search(before) is not None and _PAIRED.search(before) is None


def _opens_inner(sentence: str, place: int) -> bool:
    """Whether "who" or "which", without a comma, tells of whom a clause is that has no verb yet.

    "It found that carers | who left had": what stands before the bar is no clause by itself.
    """
    if not _RESTRICTIVE.match(sentence, place):
        return False
    before = sentence[:place].rpartition(", ")[2]
    return not has_verb(_THAT.split(before)[-1])


def _is_in_name(sentence: str, place: tuple[int, int]) -> bool:
    """Whether an "and" stands in a body's name, or between two: "Department for Work | and Pensions agreed"."""
    if not sentence.startswith("and ", place[1]):
        return False
    if not has_verb(sentence[: place[0]]):
        return True
    is_title = sentence[: place[0]].rpartition(" ")[2][:1].isupper() and _NAMED_AND.match(sentence, place[1])
    return bool(is_title) or _NAMED_FOR.search(sentence, 0, place[0]) is not None


def _ends_of_relatives(sentence: str) -> list[int]:
    """Where a relative clause between commas ends and the verb of the main clause follows."""
    return [
        match.end() - 2
        for match in _RELATIVE_ASIDE.finditer(sentence)
        if not has_verb(sentence[: match.start()]) and verb_pattern().match(sentence, match.end())
    ]


def _aside(sentence: str) -> range:
    """The inside of the first aside between two dashes; empty without one."""
    dashes = list(_DASH.finditer(sentence))
    return range(dashes[0].end() + 1, dashes[1].start()) if len(dashes) > 1 else range(0)


def opens_subordinate(text: str) -> bool:
    """Whether a text begins with a clause that leans on the next: "While it fell, …"."""
    return _SUBORDINATE.match(text) is not None


def own_clause(event: EventMention | PolicyEvent) -> tuple[int, int]:
    """The span of the clause of the event's quote that tells it; the first of equals."""
    told = event.type, event.status, event.date, event.date_basis
    return _own_clause(event.quote, told, event.amount, event.policies)


@lru_cache(maxsize=65536)
def _own_clause(
    sentence: str, told: tuple[str, str, str, str], amount: float | None, policies: tuple[str, ...]
) -> tuple[int, int]:
    """The same for an event's type, status, date and its basis, its sum and its policies."""
    type_, status, date, basis = told
    spans = split_clauses(sentence)
    if len(spans) < 2:
        return spans[0] if spans else (0, len(sentence))
    folded = fold(sentence)
    is_written = basis in ("explicit", "relative")
    cues = load_cues()["types"][type_]
    may_deny = type_ in _NEGATIVE and not (type_ == "announcement" and status in _OPEN)
    sum_ = "" if amount is None else _sum_stem(amount)
    sum_weight = _SUM_WEIGHT if type_ == "funding" else _OTHER_SUM_WEIGHT

    has_a_verb = has_verb(sentence)

    def weight(span: tuple[int, int]) -> float:
        clause = folded[span[0] : span[1]]
        found = _TYPE_WEIGHT * bool(cues.search(clause))
        found += _NAME_WEIGHT * any(name_pattern(name).search(clause) for name in policies)
        found += sum_weight * bool(sum_ and _sum_pattern(sum_).search(clause))
        if is_written and date_pattern(date).search(clause):
            found += _DATE_WEIGHT + _WHOLE_DATE_WEIGHT * bool(whole_date_pattern(date).search(clause))
        elif basis == "relative" and RELATIVE_DATE.search(clause):
            found += _DATE_WEIGHT
        elif has_a_verb and not _DOING.search(clause) and not has_verb(sentence[span[0] : span[1]]):
            found -= _VERBLESS  # a subject whose verb stands behind an aside
        if span[0] == 0 and _FRONT.match(sentence) and not has_verb(sentence[: span[1]]):
            found -= _VERBLESS
        if _ONLY_SPEAKS.fullmatch(clause):
            found -= _DATE_WEIGHT
        if not may_deny and _DENIED.search(clause):
            found -= _TYPE_WEIGHT
        return found + _STATUS_WEIGHT * ((_TO_COME.search(clause) is not None) == (status in _OPEN))

    return max(spans, key=lambda span: (weight(span), -span[0]))


def _sum_stem(amount: float) -> str:
    """The figures that a sum is written with, whatever the scale behind them: 250 for 250,000,000."""
    for scale in (1e9, 1e6):
        if amount >= scale:
            return f"{amount / scale:g}"
    return f"{amount:,.0f}"


@lru_cache(maxsize=4096)
def _sum_pattern(stem: str) -> re.Pattern[str]:
    return re.compile(rf"£{re.escape(stem)}(?!\d)")


@lru_cache(maxsize=65536)
def whole_date_pattern(date: str) -> re.Pattern[str]:
    """Finds the first part of an EDTF date written with its year: "october 2025"."""
    year, month = date[:4], date[5:7]
    word = calendar.month_name[int(month)].lower() if month.isdigit() and 0 < int(month) <= 12 else ""
    return re.compile(rf"(?<![a-z0-9]){word}\s*{year}(?![0-9])")


@lru_cache(maxsize=65536)
def date_pattern(date: str) -> re.Pattern[str]:
    """Finds the ways in which an EDTF date is written in folded text: month and year, or the year alone.

    >>> bool(date_pattern("2024-10-31").search("from 31 october 2024"))
    True
    """
    parts = []
    is_years = re.fullmatch(r"\d{4}-04/\d{4}-03", date) is not None
    if edtf.precision(date) == "financial_year" or is_years:
        first, last = date[:4], date[8:12]
        parts += [rf"{first}[-/]{last[2:]}", rf"{first}[-/]{last}"]
    for part in date.split("/"):
        bits = part.rstrip("~?%").split("-")
        if len(bits) == 1:
            parts.append(bits[0])
        elif int(bits[1]) in _SEASONS:
            parts.append(_SEASONS[int(bits[1])])
        else:
            month = calendar.month_name[int(bits[1])].lower()
            if len(bits) == 3:
                day = int(bits[2])
                parts.append(rf"{day}(?:st|nd|rd|th)?\s+{month}|{month}\s+{day}|the {day}(?:st|nd|rd|th)")
            else:
                parts.append(month)
                parts += [rf"start of {bits[0]}"] if month == "january" else []
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(parts)})(?![a-z0-9])")


def own_cues(event: EventMention | PolicyEvent, *kinds: str) -> tuple[frozenset[str], ...]:
    """The groups of cue words in the event's own clause, for each of the kinds.

    What is done to a plan (``answers``) may be said in another clause: it is looked for in the whole sentence then.
    """
    start, end = own_clause(event)
    names = (*event.policies, *event.organisations)
    found = cue_groups_of(without_names(event.quote[start:end], names), kinds)
    return tuple(
        own if own or kind != "answers" else cue_groups(without_names(event.quote, names), kind)
        for kind, own in zip(kinds, found, strict=True)
    )
