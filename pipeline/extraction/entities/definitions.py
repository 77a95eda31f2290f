"""Acronyms and short names that an article defines in passing: "Long Name (LN)", "LN (Long Name)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.extraction.entities.tokens import Tokens, is_acronym, places_of

_SMALL = frozenset((
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with",
    "'s", "'", ",",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Definition:
    """Tokens ``first`` to ``last`` are the long form of the acronym at ``acronym_first`` to ``acronym_last``."""

    first: int
    last: int
    acronym_first: int
    acronym_last: int


#: Behind these stands what a body is for; an acronym may do without it.
_OF_WHAT: Final = frozenset(["for", "in"])
_LEAST_SPELT: Final = 3


def find_definitions(tokens: Tokens) -> list[Definition]:
    """All definitions, in order, whatever they define."""
    found = (_before(tokens, at) or _inside(tokens, at) for at in places_of("(", tokens.lows))
    return [definition for definition in found if definition]


def _before(tokens: Tokens, bracket: int) -> Definition | None:
    """The long form before a bracket with an acronym; more may follow the acronym there ("LN, also …")."""
    end = bracket_end(tokens, bracket, (")", ",", ";"))
    if end is None:
        return None
    letters = acronym_letters(tokens.words[bracket + 1 : end])
    last = bracket
    while last > 0 and tokens.lows[last - 1] in ("'s", "'", '"'):
        last -= 1
    for first in range(last - 1, max(0, last - 3 * len(letters) - 2) - 1, -1):
        low = tokens.lows[first]
        if low[0] == "\n" or low in (".", ";", ":", "(", ")"):
            return None
        if low[0] == letters[0] and low not in _SMALL and _are_spelt(letters, tokens, first, last):
            return Definition(first, last, bracket + 1, end)
    return None


def _are_spelt(letters: str, tokens: Tokens, first: int, last: int) -> bool:
    """Whether tokens spell an acronym, each part of a hyphenated word by itself or the word as one."""
    if spells(letters, tokens.lows[first:last]) or _spells_head(letters, tokens.lows[first:last]):
        return True
    whole = [tokens.lows[at] for at in range(first, last) if not tokens.is_hyphened(at)]
    return len(whole) < last - first and spells(letters, whole)


def _spells_head(letters: str, words: Sequence[str]) -> bool:
    """Whether the name's words before "for" or "in" spell it: "Crafts Standards Board for Wood and Stone (CSB)"."""
    heads = (words[:at] for at, word in enumerate(words) if at >= _LEAST_SPELT and word in _OF_WHAT)
    return len(letters) >= _LEAST_SPELT and any(spells(letters, head) for head in heads)


def _inside(tokens: Tokens, bracket: int) -> Definition | None:
    """The long form in the bracket after an acronym."""
    if bracket == 0 or not is_acronym(tokens.words[bracket - 1]):
        return None
    letters = acronym_letters(tokens.words[bracket - 1 : bracket])
    for last in range(bracket + 1, min(bracket + 3 * len(letters) + 3, len(tokens))):
        if tokens.lows[last] == ")":
            is_spelt = spells(letters, tokens.lows[bracket + 1 : last])
            return Definition(bracket + 1, last, bracket - 1, bracket) if is_spelt else None
    return None


def bracket_end(tokens: Tokens, bracket: int, closing: Sequence[str] = (")",)) -> int | None:
    """The token after the acronym that an opening bracket at ``bracket`` holds; ``None`` where it holds none.

    An acronym of parts ("SC-WRES") is as many tokens.
    """
    if tokens.lows[bracket] != "(":
        return None
    at = bracket + 1
    while at < min(bracket + 4, len(tokens)) and tokens.words[at].isalnum():
        if at > bracket + 1 and tokens.text[tokens.ends[at - 1]].isspace():
            return None
        at += 1
    if at in (bracket + 1, len(tokens)) or tokens.lows[at] not in closing:
        return None
    return at if is_acronym("".join(tokens.words[bracket + 1 : at])) else None


def acronym_letters(words: Sequence[str]) -> str:
    """The letters that stand for words, in lower case; the "s" of a plural is none of them.

    >>> acronym_letters(["RIIAs"]), acronym_letters(["SC", "WRES"])
    ('riia', 'scwres')
    """
    word = "".join(words)
    if word.endswith("s") and word[:-1].isupper():
        word = word[:-1]
    return word.lower()


def spells(letters: str, words: Sequence[str]) -> bool:
    """Whether the words' first letters spell the acronym; small words may be left out, others not.

    >>> spells("dfe", ["department", "for", "education"])
    True
    >>> spells("nspcc", "national society for the prevention of cruelty to children".split())
    True
    >>> spells("fte", ["full", "time"])
    False
    """
    if not words:
        return not letters
    if letters and words[0].startswith(letters[0]) and spells(letters[1:], words[1:]):
        return True
    return words[0] in _SMALL and spells(letters, words[1:])


def find_short_names(tokens: Tokens) -> Iterator[tuple[int, int, int]]:
    """Quoted short names in brackets, ``("the panel")``: the bracket, and the short name's tokens, half-open."""
    for at in places_of("(", tokens.lows[:-3]):
        if tokens.lows[at + 1] in ('"', "'"):
            for end in range(at + 2, min(at + 8, len(tokens) - 1)):
                if tokens.lows[end] in ('"', "'") and tokens.lows[end + 1] == ")":
                    first = at + 2 + (tokens.lows[at + 2] == "the")
                    if first < end:
                        yield at, first, end
                    break
