"""What speaks for one event type or another: a candidate's verb, what it is done to, the words and bodies around it.

Traits are short names that hold or don't. ``type_counts`` knows how often each stood with each type.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.candidates import Candidate
from pipeline.extraction.events.clauses import object_words, subject_span
from pipeline.extraction.events.cues import load_cues
from pipeline.extraction.events.wordlists import load_words

#: Words that say nothing of a type.
_STOPS: Final = load_words("type_traits", "stops")
_PUTTING_FORWARD: Final = ("recommend", "propos", "suggest")
_UNDER: Final = frozenset({"plan", "plans", "proposal", "proposals"})
_MONEY: Final = ("£", "€", "$")
#: How many words before and behind a verb are its surroundings, and how near a sum is its own.
_BEFORE: Final = 7
_BEHIND: Final = 9
_NEAR_MONEY: Final = 10
#: How many words a noun that tells an event is about.
_ABOUT: Final = 6
_SUFFIXES: Final = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", ""))
_SHORTEST: Final = 3


def find_traits(candidate: Candidate) -> frozenset[str]:
    """The names of the candidate's traits."""
    return frozenset((*_of_verb(candidate), *_of_words(candidate), *_of_mentions(candidate), *_of_time(candidate)))


@lru_cache(maxsize=8192)
def stem(low: str) -> str:
    """A word without its ending, figures and sums all alike.

    >>> stem("publishes"), stem("publishing"), stem("£5m"), stem("2024-25")
    ('publish', 'publish', '£', '#')
    """
    low = low.removesuffix("’s").removesuffix("’")
    if low.startswith(_MONEY):
        return "£"
    if any(letter.isdigit() for letter in low):
        return "#"
    for suffix, instead in _SUFFIXES:
        if low.endswith(suffix) and len(low) - len(suffix) >= _SHORTEST and not low.endswith("ss"):
            low = low.removesuffix(suffix) + instead
            break
    if low.endswith("e") and len(low) > _SHORTEST + 1:
        low = low[:-1]
    return low[:-1] if len(low) > _SHORTEST and low[-1] == low[-2] and low[-1] not in "ls" else low


def _of_verb(candidate: Candidate) -> Iterator[str]:
    """The verb or noun itself, its mood, what it is done to, and its neighbours."""
    trigger, reading = candidate.trigger, candidate.reading
    verb, kind, group = stem(trigger.base), trigger.type, trigger.group
    yield from (f"verb={verb}", f"kind={kind}", f"mood={trigger.mood}", f"{verb} {trigger.mood}")
    if group is not None:
        if group.is_passive:
            yield "passive"
        if group.is_negated:
            yield "negated"
        if group.has_ceased:
            yield "ceased"
    lows = reading.passage.words.lows
    for low in lows[trigger.last : trigger.last + 1]:
        yield from (f"next={stem(low)}", f"{verb} next={stem(low)}")
    subject, target = _arguments(candidate)
    theme = _theme(candidate, subject, target)
    head = _head(theme) if theme is target or not subject else _last(subject)
    yield from (f"on={head}", f"{verb} on={head}")
    for name in _classes(theme):
        yield from (f"on @{name}", f"{kind} on @{name}", f"{verb} on @{name}")
    yield from (f"subject @{name}" for name in _classes(subject))
    yield from (f"object @{name}" for name in _classes(target))
    if any(low.startswith(_MONEY) for low in theme):
        yield "on money"
    if any(low.startswith(_MONEY) for low in lows[max(0, trigger.first - _NEAR_MONEY) : trigger.last + _NEAR_MONEY]):
        yield from ("money", f"{kind} money")
    if candidate.outer is not None:
        yield f"outer={stem(candidate.outer.base)}"
    n = _place(candidate)
    if n > 0:
        yield f"before kind={reading.triggers[n - 1].type}"
    if 0 <= n < len(reading.triggers) - 1:
        yield f"behind kind={reading.triggers[n + 1].type}"


def _of_words(candidate: Candidate) -> Iterator[str]:
    """The words before the verb, behind it and anywhere in the sentence."""
    lows, trigger = candidate.reading.passage.words.lows, candidate.trigger
    for sign, words in (
        ("<", lows[max(0, trigger.first - _BEFORE) : trigger.first]),
        (">", lows[trigger.last : trigger.last + _BEHIND]),
        ("", lows),
    ):
        yield from (sign + stem(low) for low in words if low not in _STOPS)
    if "under" in lows and not _UNDER.isdisjoint(lows):
        yield "under plans"
    passage = candidate.reading.passage
    if candidate.is_listed:
        yield "listed"
    if passage.kind == "list_item":
        yield "list item"
        if any(word in passage.lead_in for word in _PUTTING_FORWARD):
            yield "recommended list"


def _of_mentions(candidate: Candidate) -> Iterator[str]:
    """Types of the bodies and policies named: as subject, right behind the verb, anywhere."""
    passage, trigger = candidate.reading.passage, candidate.trigger
    start, end = subject_span(candidate.reading, _place(candidate)) if _place(candidate) >= 0 else (0, 0)
    for mention in passage.mentions:
        name = f"{mention.kind} {mention.type}"
        position = passage.words.at(mention.start_char)
        yield f"names {name}"
        if start <= position < end:
            yield f"subject {name}"
        elif trigger.last <= position < trigger.last + _BEHIND:
            yield f"object {name}"


def _of_time(candidate: Candidate) -> Iterator[str]:
    """The date's role and length, the basis and the status."""
    kind = candidate.trigger.type
    if candidate.placed:
        role = candidate.placed[0].role
        yield from (f"role={role}", f"{kind} role={role}", f"precision={edtf.precision(candidate.date)}")
        if candidate.placed[0].timex.is_relative:
            yield "relative"
    if candidate.date:
        yield from (f"status={candidate.status}", f"{kind} status={candidate.status}", f"basis={candidate.date_basis}")


def _place(candidate: Candidate) -> int:
    """Where the trigger stands among its reading's, or -1 for one that stands by itself (an item of a list)."""
    triggers = candidate.reading.triggers
    return triggers.index(candidate.trigger) if candidate.trigger in triggers else -1


def _arguments(candidate: Candidate) -> tuple[list[str], list[str]]:
    """The words of the trigger's subject and of its object."""
    reading, trigger, n = candidate.reading, candidate.trigger, _place(candidate)
    lows = reading.passage.words.lows
    if n < 0:
        return [], lows[trigger.last : trigger.last + _BEHIND - 1]
    start, end = subject_span(reading, n)
    return lows[start:end], object_words(reading, n)


def _theme(candidate: Candidate, subject: list[str], target: list[str]) -> list[str]:
    """The words for what the verb is done to, the subject of a passive; behind a noun, what it is about."""
    group, trigger = candidate.trigger.group, candidate.trigger
    if group is None:
        return candidate.reading.passage.words.lows[trigger.last : trigger.last + _ABOUT]
    return subject if group.is_passive or not target or trigger.mood == "participle" else target


def _head(words: list[str]) -> str:
    """The stem of the last word before "of" or "for"."""
    found = ""
    for low in words:
        if low in {"of", "for"} and found:
            break
        found = found if low in _STOPS else low
    return stem(found)


def _last(words: list[str]) -> str:
    return stem(next((low for low in reversed(words) if low not in _STOPS), ""))


def _classes(words: list[str]) -> list[str]:
    """The word classes of the cue lexicon that the words belong to."""
    return [name for name, members in load_cues().classes.items() if not members.isdisjoint(words)]
