"""Small facts about a number: its tier, whether it is approximate, the nation that it is of."""

from __future__ import annotations

import re
from typing import Final

from pipeline.extraction.quantities.candidate import Candidate
from pipeline.extraction.quantities.gates import has_piece, last_word
from pipeline.extraction.quantities.lexicon import load_lexicon

_LEXICON: Final = load_lexicon()
_BEFORE: Final = re.compile(rf"(?<![\w-])(?:{_LEXICON['approximate', 'before']})\s*$", re.IGNORECASE)
_LAST_BEFORE: Final = frozenset(entry.rpartition(" ")[2] for entry in _LEXICON.entries["approximate", "before"])
_AFTER: Final = re.compile(rf"\s*(?:\+|(?:{_LEXICON['approximate', 'after']})\b)", re.IGNORECASE)
#: What makes a number approximate inside of it: "10,000-plus", "three or more years".
_ENDING: Final = re.compile(r"\d-(?:plus|odd)$|\sor\s+(?:more|fewer)\s", re.IGNORECASE)
_MINOR_NOUN: Final = re.compile(
    rf"(?:[-\s]+(?!of\b|in\b|to\b|and\b|by\b)[\w’'-]+){{0,3}}?[-\s]+(?:{_LEXICON['nouns', 'minor']})\b", re.IGNORECASE
)
_LIMIT_BEFORE: Final = re.compile(
    r"\b(?:at\s+least|a\s+minimum\s+of|minimum\s+of|a\s+maximum\s+of|maximum\s+of|"
    r"limit\s+of|threshold\s+of|earning|until|capped\s+at|cap\s+of)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_LIMIT_AFTER: Final = re.compile(
    r"\s*(?:annual\s+|weekly\s+|fair\s+access\s+)?(?:limit|cap|threshold|ceiling)\b", re.IGNORECASE
)

_MEASURED_STEMS: Final = (
    "averag", "mean", "median", "wait", "took", "taking", "lasted", "typically", "delay", "spent", "dropped", "fell", "fallen",
    "risen", "rose", "creased", "climbed", "lengthened", "shortened", "stood", "stands",
)  # fmt: skip
_MEASURED: Final = re.compile(
    r"\b(?:averag(?:e|ed|ing)|mean|median|waited|waits?\s+of|wait(?:ing)?\s+times?|"
    r"took|taking|lasted|typically|delays?\s+of|spent)\b[^.;,]{0,90}$|"
    r"\b(?:dropped|fell|fallen|risen|rose|increased|decreased|climbed|lengthened|shortened|stood|stands)\s+(?:\w+\s+){0,2}?"
    r"(?:to|from|at)\s+(?:[\d.]+\s+(?:weeks|days|months|hours)\s+(?:\w+\s+){0,3}?to\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_WORKED: Final = re.compile(r"\b(?:average|work|worked|overtime|unpaid|spen[dt])", re.IGNORECASE)


def is_approximated(text: str, candidate: Candidate, sentence: tuple[int, int]) -> bool:
    """Whether the text qualifies the number: about, nearly, over, at least, up to, "or more", "16+".

    >>> text = "just over 500 staff"
    >>> is_approximated(text, Candidate(10, 13, 500, None, "count", "count"), (0, len(text)))
    True
    """
    body = text[candidate.start_char : candidate.end_char]
    if body[-1] == "+" or (not body.isdigit() and _ENDING.search(body)) or _AFTER.match(text, candidate.end_char):
        return True
    before = text[max(sentence[0], candidate.start_char - 40) : candidate.start_char]
    last = last_word(before)
    return (last in _LAST_BEFORE or not last.isalpha()) and _BEFORE.search(before) is not None


def find_tier(text: str, candidate: Candidate, sentence: tuple[int, int], role: str) -> str:
    """``core`` for what measures the world, ``minor`` for durations, ages, limits and the parts of a list."""
    before = text[max(sentence[0], candidate.start_char - 60) : candidate.start_char]
    after = text[candidate.end_char : candidate.end_char + 60]
    if candidate.kind == "duration" and role == "change":
        return "core"
    clause = text[max(sentence[0], candidate.start_char - 120) : candidate.start_char]
    lowered = clause.lower()
    if has_piece(lowered, _MEASURED_STEMS) and _MEASURED.search(clause):
        return "core"
    if candidate.unit in ("year", "month", "week", "day", "minute"):
        return "minor"
    if candidate.unit == "hour":
        return (
            "core"
            if _WORKED.search(
                text[max(sentence[0], candidate.start_char - 200) : min(sentence[1], candidate.end_char + 200)]
            )
            else "minor"
        )
    if candidate.kind == "money":
        return "minor" if _LIMIT_AFTER.match(after) or _LIMIT_BEFORE.search(before) else "core"
    if candidate.unit != "count" or candidate.value > 40:
        return "core"
    if _MINOR_NOUN.match(after) or (_LIMIT_BEFORE.search(before) and candidate.value <= 5):
        return "minor"
    return "core"
