"""The words of one sentence as the event finder sees them: lower case, with offsets, hyphens and figures kept whole."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from pipeline.extraction.events.wordlists import load_words

#: Nouns with an adverb's ending.
_NOUNS_IN_LY: Final = load_words("words", "nouns_in_ly")
#: A word with its inner apostrophes, hyphens and figures' separators; or one mark.
_TOKEN = re.compile(r"[£$€]?\w+(?:[.,’'\-–/]\w+)*%?|[^\w\s]")
_DECADES: Final = frozenset({"decade", "decades"})
_MANY: Final = frozenset({"many", "more", "over", "several", "some"})


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel lists: the words in lower case and their half-open offsets in the ``Doc``."""

    lows: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.lows)

    def at(self, start_char: int) -> int:
        """The position of the first word that ends after ``start_char``."""
        return bisect_left(self.ends, start_char + 1)


def split_words(text: str, start_char: int, end_char: int) -> Words:
    """The words of ``text[start_char:end_char]``.

    >>> split_words("The DfE’s £1.5m fund, set up in 2024-25.", 0, 40).lows
    ['the', 'dfe’s', '£1.5m', 'fund', ',', 'set', 'up', 'in', '2024-25', '.']
    """
    found = list(_TOKEN.finditer(text, start_char, end_char))
    lows = [match[0].lower().replace("'", "’") for match in found]
    return Words(lows, [match.start() for match in found], [match.end() for match in found])


def is_adverb(low: str) -> bool:
    """Whether a word in lower case looks like an adverb of manner: "formally", not "family".

    >>> is_adverb("formally"), is_adverb("family"), is_adverb("july")
    (True, False, False)
    """
    return low.endswith("ly") and len(low) > 4 and low not in _NOUNS_IN_LY


def is_inside_quotes(lows: list[str], position: int) -> bool:
    """Whether double quotation marks are open at a position.

    >>> lows = ["it", "was", "“", "a", "pilot", "”", "."]
    >>> is_inside_quotes(lows, 4), is_inside_quotes(lows, 1)
    (True, False)
    """
    for low in reversed(lows[:position]):
        if low in {"“", "”"}:
            return low == "“"
    return False


def is_long(words: list[str]) -> bool:
    """Whether a length of time says how long a state has lasted.

    >>> is_long(["more", "than", "a", "decade"]), is_long(["two", "years"])
    (True, False)
    """
    return not _DECADES.isdisjoint(words[:4]) or (words[:1] != [] and words[0] in _MANY and "years" in words[:4])
