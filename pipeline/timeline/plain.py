"""What an editor would strike in a line, and the plain line that stands in for it: policy, kind of event, date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import own_clause
from pipeline.timeline.cuewords import load_cues
from pipeline.timeline.drafts import gerunds, is_sum
from pipeline.timeline.headline import fold_first, has_verb, load_words
from pipeline.timeline.subjects import find_name
from pipeline.timeline.wording import content_words, fold, share, without_names

_QUANTITIES: Final = frozenset({"most", "some", "all", "both", "many", "one", "others", "each"})
_LEANING: Final = re.compile(
    r"(?:in|at(?! least)|on|of|by|for|with|from|under(?! \d)|worth|while|when|which|where|who|whose|that|as"
    r"|because|despite|and|"
    r"or|than|so|did|not|further to|subject to|then|if|is|are|was|were|has|have|had|will|would|due|same)\b",
    re.IGNORECASE,
)
_TO_DO: Final = re.compile(r"\bto\s+[“‘]?[a-z]")
_OPEN: Final = ("planned", "proposed", "conditional")
_SUM: Final = re.compile(r"£\s?[\d.,]*\d\s?(?:bn|m|k|billion|million|trillion)?\b")
_FEWEST_WORDS: Final = 3
_NEAR: Final = 0.2


def has_bad_fault(line: str) -> bool:
    """Whether a line can't stand: it leans on another, has no verb, or its subject says nothing.

    >>> has_bad_fault("For which councils paid"), has_bad_fault("It went further"), has_bad_fault("Board meets today")
    (True, True, False)
    """
    words = load_words()
    label, _, body = line.rpartition(": ")
    first = fold_first(body)
    if _LEANING.match(body) or "�" in body:
        return True
    if first in words.pronouns and not (first in _QUANTITIES and label):
        return first not in _QUANTITIES
    is_cut_off = first in words.past and not re.match(
        r"\w+\s+(?:\w+s|data|guidance)\b(?!\s+(?:to|by|in|for|with)\b)", body
    )
    if is_cut_off and first not in ("led", "run", "set", "cut", "put"):
        return True
    if len(body.split()) < _FEWEST_WORDS and not label:
        return True
    has_noun = first in words.nouns.values()
    return not (has_verb(body) or _TO_DO.search(body) or has_noun)


def has_small_fault(line: str, event: PolicyEvent) -> bool:
    """Whether another line would be better: this one is cut off, or tells another clause than the event's own."""
    if line.endswith(("…", "… (planned)", "… (proposed)", "… (if approved)", "… (called off)")):
        return True
    if event.status in _OPEN and fold_first(line.rpartition(": ")[2]) in gerunds():
        return True
    body = line.rpartition(": ")[2]
    cues = load_cues()["types"][event.type]
    if cues.search(fold(event.quote)) and not cues.search(fold(body)):
        return True
    sums = _SUM.findall(body)
    if event.amount is not None and len(sums) > 1 and not is_sum(sums[0], event.amount):
        return True
    start, end = own_clause(event)
    if start == 0 and end == len(event.quote):
        return False
    own = content_words(event.quote[start:end])
    return share(own, content_words(body)) < _NEAR


def plain_title(event: PolicyEvent, acronyms: Mapping[str, str], longest: int) -> str:
    """Policy, kind of event, how far it is, and when; empty where there would be nothing to name.

    Where there is no policy, what a body publishes or where it meets goes under the body's name;
    a sum goes by itself.

    "Family mentor scheme: consultation planned, autumn 2025"
    """
    words = load_words()
    start, end = own_clause(event)
    names = event.policies or (event.organisations[:1] if event.type in ("publication", "meeting") else ())
    is_sum_told = event.type == "funding" and event.amount is not None
    if not names and not is_sum_told:
        return ""
    first = names[0] if names else ""
    name = next((each for each in names if find_name(event.quote[start:end], [each])), first)
    noun = words.kinds_of_event[event.type]
    if event.type == "publication":
        noun = _document(event, name) or noun
    if event.type == "funding" and event.amount is not None:
        noun = f"{_sum(event.amount)} of funding"
    state = "" if event.type == "proposal" else words.progress.get(event.status, "")
    if event.status == "happened":
        state = words.done.get(event.type, "")
    when = event.date_label if event.date_basis != "publication" else ""
    for short in dict.fromkeys((name, acronyms.get(name, name))):
        label = short[:1].upper() + short[1:]
        for tail in (f" {state}".rstrip() + (f", {when}" if when else ""), f" {state}".rstrip(), ""):
            line = f"{label}: {noun}{tail}" if label else f"{noun}{tail}"
            if len(line) <= longest:
                return line
    return ""


def _document(event: PolicyEvent, name: str) -> str:
    """The word for the document that the sentence uses first: "report", "figures"; empty where the policy is one."""
    folded = without_names(event.quote, (*event.policies, *event.organisations))
    found = [match for pattern in load_cues()["documents"].values() for match in pattern.finditer(folded)]
    plain = [match for match in found if match[0] not in fold(name)]
    return min(plain, key=lambda match: match.start())[0] if plain else ""


def _sum(amount: float) -> str:
    for scale, mark in ((1e9, "bn"), (1e6, "m")):
        if amount >= scale:
            return f"£{amount / scale:g}{mark}"
    return f"£{amount:,.0f}"
