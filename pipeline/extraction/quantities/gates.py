"""Cheap tests that spare a pattern: whether a stretch of text holds a word that the pattern can't match without.

A search with ``re.IGNORECASE`` tries every alternative at every letter; looking for a few words costs a tenth of it. A
gate may let through what doesn't match, never keep out what does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")


def last_word(text: str) -> str:
    """The word that a text ends in, in small letters, blanks and hyphens behind it left out; "" where there is none.

    >>> last_word("fell by more than "), last_word("over-"), last_word("(the board) ")
    ('than', 'over', 'board)')
    """
    pieces = text.replace("-", " ").rsplit(maxsplit=1)
    return pieces[-1].lower() if pieces else ""


def in_small_letters(text: str) -> str:
    """The text in small letters, letter for letter, for patterns that know no others: half the time of a blind one.

    >>> in_small_letters("İn May") == "İn may"
    True
    """
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def has_piece(text: str, pieces: Iterable[str]) -> bool:
    """Whether one of the pieces stands in the text.

    >>> has_piece("they waited", ("wait", "delay"))
    True
    """
    for piece in pieces:  # noqa: SIM110 - half the time of ``any``
        if piece in text:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Cue:
    """One pattern with the words of which it can't do without at least one, in small letters."""

    words: frozenset[str]
    pattern: re.Pattern[str]


def cue(words: str, pattern: str) -> Cue:
    """A cue from its words, parted by blanks, and its pattern, which is blind to capitals."""
    return Cue(frozenset(words.split()), re.compile(pattern, re.IGNORECASE))


class Cues:
    """Patterns of which one must be found, each tried only where one of its words stands."""

    def __init__(self, *cues: Cue) -> None:
        self._cues = cues
        self._words = frozenset[str]().union(*(each.words for each in cues))

    def are_in(self, text: str) -> bool:
        """Whether one of the patterns is found in the text.

        >>> since = Cues(cue("since", r"\\bsince\\s+$"))
        >>> since.are_in("Unseen Since "), since.are_in("since then")
        (True, False)
        """
        words = self._words.intersection(_WORD.findall(text.lower()))
        if not words:
            return False
        for each in self._cues:  # noqa: SIM110 - half the time of ``any``
            if not each.words.isdisjoint(words) and each.pattern.search(text):
                return True
        return False
