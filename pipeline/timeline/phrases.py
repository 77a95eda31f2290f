"""Phrases of a sentence that a title is made of: its subject, a whole noun phrase, the word for a document."""

from __future__ import annotations

import re
from typing import Final

from pipeline.timeline.cuewords import load_cues
from pipeline.timeline.headline import drop_brackets, has_verb, load_words, strip_fronts, verb_pattern
from pipeline.timeline.wording import fold

_SPACE_BEFORE: Final = re.compile(r"\s+(?=[,.;:])")
LONG_SUBJECT: Final = 10


def clean(text: str) -> str:
    """One line without brackets, the list marker and the quotation marks around it."""
    text = _SPACE_BEFORE.sub("", drop_brackets(" ".join(text.split())))
    return text.lstrip("•–—- ").strip('“”" ')


def document_before(before: str) -> str:
    """The last word for a document with what stands behind it: "resources to keep staff"; empty without one."""
    folded = fold(before)
    found = [match for pattern in load_cues()["documents"].values() for match in pattern.finditer(folded)]
    last = max(found, key=lambda match: match.start(), default=None)
    phrase = before[last.start() :].strip(" ,") if last else ""
    return phrase if phrase and len(phrase.split()) <= LONG_SUBJECT and not has_verb(phrase.partition(" ")[2]) else ""


def whole_noun(before: str) -> str:
    """A short noun phrase as it is, its last word taken for a noun even where it could be a verb."""
    text = strip_fronts(clean(before)).rstrip(" ,")
    is_noun = bool(re.match(r"(?:the|an?|its|their|this)\b", text, re.IGNORECASE)) and ", " not in text
    return text if is_noun and len(text.split()) <= LONG_SUBJECT else ""


def subject_of(before: str) -> str:
    """What stands before the first verb, or all of it where there is none; empty where that is no short noun phrase."""
    text = strip_fronts(clean(before)).rstrip(" ,")
    subject = verb_pattern().split(text, maxsplit=1)[0].split(", ")[0].strip()
    words = subject.split()
    return subject if 0 < len(words) <= LONG_SUBJECT and words[0].lower() not in load_words().bases else ""
