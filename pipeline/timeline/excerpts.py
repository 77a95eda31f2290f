"""The event's own clause in the sentence's words and in quotation marks: the line where none can be made that is sure.

A line made of the event's type alone ("Work on X goes ahead") may say what the sentence doesn't; a quotation can't.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import date_pattern, own_clause
from pipeline.timeline.cutting import shorten, tidy
from pipeline.timeline.faults import has_main_verb
from pipeline.timeline.governing import subject_of_main
from pipeline.timeline.headline import fold_first, load_words, tell_in_present, verb_pattern
from pipeline.timeline.hedging import is_hedged
from pipeline.timeline.phrases import clean, subject_of, whole_noun
from pipeline.timeline.policyverbs import PLURAL
from pipeline.timeline.stale import drop_article, drop_stale_dates
from pipeline.timeline.subjects import find_name, is_law_aside

#: What joins a clause to the one before it, and adverbs that lean on an earlier sentence.
_JOINING: Final = re.compile(
    r"^(?:[,;:–—\s]+|(?:in|on|upon|under|for|by|of|from|to|at|with|through|during|after)\s(?=which\s|whom\s)|whom\s"
    r"|(?:and|but|which|who|that|though|although|while|with|also|where|when)\s"
    r"|(?:however|meanwhile|separately|overall|in addition|in response|for example"
    r"|as a result|as such|therefore),?\s)+",
    re.IGNORECASE,
)
#: The heading of an item of a list: "Pay: …".
_HEADED: Final = re.compile(r"^[A-Z][\w’ -]{1,40}:\s+(?=[A-Z])")
_RELATIVE: Final = re.compile(
    r"[,\s]*(?:and\s)?(?:(?:in|on|upon|under|for|by|of|from|to|at|with|through|during|after)\s)?(?:which|whom?)\s"
)
#: The main clause behind a relative one: ", is sceptical".
_GOES_ON: Final = re.compile(r",\s(?=(?:is|are|was|were|has|have|had|will|would|said|says|told)\b)")
_MARKED: Final = tuple(f" ({marker})" for marker in load_words().markers.values())
#: Somebody's own words, or words that point to others: these stay in quotation marks.
_ITS_OWN_WORDS: Final = re.compile(
    r"[“”…]|\b(?:I|we|our|you|your)\b|^(?:In|From|On|By|Of|Under|For|Speaking|Once|Whoever)\s", re.IGNORECASE
)
#: A verb of one, of which the policy before it is the subject; and how far before it that is named.
_IS: Final = re.compile(r"(?:is|was|has|had|will|would)\s(?!been\ssigned)")
_IT_WAS: Final = re.compile(r"^(?:It|They)\s(?:was|were|had been|has been)\s", re.IGNORECASE)
_NEAR: Final = 110
_SPEAKING: Final = re.compile(r"(?:said|says|told|added|according)\b", re.IGNORECASE)
_QUOTES: Final = str.maketrans('“”"', "‘’'")
_FEWEST_WORDS: Final = 5
_LONGEST_LABEL: Final = 42


def excerpt(event: PolicyEvent, acronyms: Mapping[str, str], longest: int) -> str:
    """ "Care Act 2014: “ministers put it off in July 2015”"; empty where no clause says enough by itself.

    Cut where a phrase ends, with the event's date in it; where that can't be, after the last word that fits.
    """
    start, end = own_clause(event)
    ends = (end,) if _RELATIVE.match(event.quote, start) else (end, len(event.quote))
    for is_dated in (True, False):
        spans = [*((start, last) for last in ends), (0, len(event.quote))]
        for own in (spans[:-1], spans[-1:]):
            lines = [
                _quoted(event, span, acronyms, longest, is_dated=is_dated, is_labelled=is_labelled)
                for is_labelled in (True, False)
                for span in own
            ]
            if best := min(filter(None, lines), key=lambda line: "…" in line, default=""):
                return best
    return ""


def _quoted(
    event: PolicyEvent,
    span: tuple[int, int],
    acronyms: Mapping[str, str],
    longest: int,
    *,
    is_dated: bool,
    is_labelled: bool,
) -> str:
    """The line of one clause; empty where it is too short, has no verb or (``is_dated``) loses the event's date."""
    start, end = span
    text = _JOINING.sub("", _HEADED.sub("", clean(event.quote[start:end])))
    if _SPEAKING.match(text):
        return ""
    label = _label(event, text, acronyms) if is_labelled else ""
    is_relative = _RELATIVE.match(event.quote, start) is not None
    leans = fold_first(text) in (*load_words().pronouns, "to") or verb_pattern().match(text) is not None
    if not is_labelled and (leans or is_relative):
        return ""
    if is_relative:
        text = _GOES_ON.split(text, maxsplit=1)[0]
    if not label and verb_pattern().match(text):
        before = event.quote[:start]
        subject = whole_noun(before) if is_relative else subject_of(before)
        if not subject:
            return ""
        text = f"{subject} … {text}"
    text = text if label else text[:1].upper() + text[1:]
    room = longest - len("“”") - (len(label) + len(": ") if label else 0)
    if label and len(text) > room:
        text = _IT_WAS.sub("", text)  # the label says what "it" is
    cut = shorten if is_dated else _cut
    least = len(subject_of_main(text))
    short, marker = cut(text, room, least), ""
    if not is_hedged(f"“{short}”", event.status):
        marker = f" ({load_words().markers[event.status]})"
        short = cut(text, room - len(marker), least)
    if _splits_name(event, text, short):
        short = _cut(text, room - len(marker))
    if (
        len(short.split()) < _FEWEST_WORDS
        or len(short.rstrip("…")) <= least
        or not has_main_verb(short)
        or (is_dated and not _keeps_date(event, text, short))
    ):
        return ""
    if label and leans and _IS.match(text) and (about := _near(event, start)):
        name = acronyms.get(about, about) if len(about) > _LONGEST_LABEL else about
        told = tell_in_present(f"{name} {drop_stale_dates(text)}", (name,))
        line = shorten(told[:1].upper() + told[1:], longest, len(name))
        return line if is_hedged(line, event.status) else ""
    is_whole = short == tidy(text) and not leans and not is_relative and not _ITS_OWN_WORDS.search(text)
    told = drop_article(tell_in_present(short, event.organisations))
    line = f"{told}{marker}" if is_whole else f"“{short.translate(_QUOTES)}”{marker}"
    return f"{label}: {line}" if label else line


def _near(event: PolicyEvent, start: int) -> str:
    """The policy that the sentence names shortly before a clause that begins with its verb; empty without one."""
    before = event.quote[max(start - _NEAR, 0) : start]
    return next((name for name in event.policies if find_name(before, [name]) and not PLURAL.search(name)), "")


def _splits_name(event: PolicyEvent, text: str, short: str) -> bool:
    """Whether a cut without an ellipsis falls inside of a name: "the Care Planning | , Placement and …"."""
    places = ((text.find(name), len(name)) for name in (*event.policies, *event.organisations))
    return not short.endswith("…") and any(0 <= at < len(short) < at + length for at, length in places)


def _cut(text: str, room: int, _least: int = 0) -> str:
    """The text with an ellipsis behind the last word that fits."""
    text = text.rstrip(" .;")
    return text if len(text) <= room else text[: room - 1].rpartition(" ")[0].rstrip(" ,;:–—") + "…"


def is_quoted(line: str) -> bool:
    """Whether a line is an excerpt.

    >>> is_quoted("Care Act 2014: “ministers put it off”"), is_quoted("DfE pledges “bold” reform")
    (True, False)
    """
    return line.rpartition(": ")[2].startswith("“") and line.rpartition("”")[2] in ("", *_MARKED)


def _label(event: PolicyEvent, text: str, acronyms: Mapping[str, str]) -> str:
    """The first policy, or for a clause that leans on another the first body; empty where the clause names one."""
    leans = text[:1].islower() or fold_first(text) in load_words().pronouns
    policies = tuple(name for name in event.policies if not is_law_aside(name, event))
    for names in (policies, event.organisations if leans and len(event.organisations) == 1 else ()):
        short = [acronyms.get(name, name) for name in names]
        if find_name(text, (*names, *short)):
            return ""
        for name in (*names[:1], *short[:1]):
            if len(name) <= _LONGEST_LABEL:
                return name[:1].upper() + name[1:]
    return ""


def _keeps_date(event: PolicyEvent, text: str, short: str) -> bool:
    """Whether a date that the clause gives is still in what is left of it."""
    if event.date_basis != "explicit":
        return True
    pattern = date_pattern(event.date)
    return pattern.search(text.lower()) is None or pattern.search(short.lower()) is not None
