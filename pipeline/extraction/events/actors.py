"""What kind of actor a verb has: officialdom's acts are events where others' are opinions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.extraction.events.readings import NOT_FINITE, Reading
from pipeline.extraction.events.triggers import Trigger
from pipeline.extraction.events.wordlists import load_words

OFFICIAL, BODY, COUNCILS, PERSON, POLICY, NOBODY = "official", "body", "councils", "person", "policy", "nobody"

_OFFICIAL_TYPES: Final = frozenset({"government", "regulator", "parliament", "police_justice", "nhs"})
_OFFICIAL_WORDS: Final = load_words("actors", "official_words")
_COUNCIL_WORDS: Final = load_words("actors", "council_words")
#: Words for somebody in a personal story: "his mother moved into the home".
_KIN: Final = load_words("actors", "kin")
_PRONOUNS: Final = frozenset({"it", "they", "she", "he"})
_REACH: Final = 14


def find_actors(readings: Sequence[Reading]) -> list[str]:
    """The kind of actor of every reading's main statement, pronouns taking that of the sentence before."""
    kinds: list[str] = []
    last = NOBODY
    for reading in readings:
        kind = actor_of(reading, reading.main, last) if reading.main >= 0 else NOBODY
        kinds.append(kind)
        if reading.passage.kind == "heading":
            last = NOBODY
        elif kind in {OFFICIAL, BODY, PERSON}:
            last = kind
    return kinds


def actor_of(reading: Reading, k: int, before: str) -> str:
    """The kind of actor of trigger ``k``: its subject's, else that of the verb of saying that it hangs on; a pronoun at
    the head of a sentence stands for ``before``."""
    trigger = reading.triggers[k]
    kind = _subject(reading, trigger, before)
    if kind in {OFFICIAL, BODY, COUNCILS}:
        return kind
    outer = reading.outer(k)
    if outer is not None and outer.mood not in NOT_FINITE:
        said_by = _subject(reading, outer, before)
        if said_by in {OFFICIAL, BODY}:
            return said_by
    return kind


def _subject(reading: Reading, trigger: Trigger, before: str) -> str:
    """Looks leftwards from the verb for the nearest body, policy, person or telling word."""
    words = reading.passage.words
    mentions = {words.at(mention.end_char - 1): mention for mention in reading.passage.mentions}
    people = {words.at(person.end_char - 1) for person in reading.passage.people}
    references = {words.at(each.end_char - 1) for each in reading.passage.references if each.kind == "organisation"}
    for i in range(trigger.first - 1, max(-1, trigger.first - _REACH), -1):
        low = words.lows[i]
        if i in mentions:
            mention = mentions[i]
            if mention.kind == "policy":
                return POLICY
            return OFFICIAL if mention.type in _OFFICIAL_TYPES else BODY
        if low in _OFFICIAL_WORDS or i in references:
            return OFFICIAL
        if low in _COUNCIL_WORDS:
            return COUNCILS
        if i in people or low in _KIN:
            return PERSON
        if low in _PRONOUNS:
            return before if before != NOBODY else PERSON
    return NOBODY
