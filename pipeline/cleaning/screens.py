"""Screens: which cues are worth trying on a line, told by its words, so that most regular expressions never run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import or_

PUNCTUATION = ".,;:!?\"'()[]{}“”‘’«»„…–—-|/"
#: Pieces are looked up by their first letters.
_KEY = 4
#: A screen forgets what it has met beyond this many words or sets of words.
MEMORY = 200_000


def fold_line(text: str) -> str:
    """A text in lower case with straight apostrophes.

    >>> fold_line("Today’s Café")
    "today's café"
    """
    return text.lower().replace("’", "'")


def read_needs(raw: object) -> tuple[str, ...]:
    """Folded pieces of text, each cut to its longest word: a screen looks at one word at a time."""
    return tuple(max(fold_line(str(n)).split(), key=len) for n in raw) if isinstance(raw, (list, tuple)) else ()


class WordIndex(dict[str, int]):
    """From a word, as it stands between blanks, to the cues that it makes worth trying: bit ``i`` for ``needs[i]``.

    A need of up to three ASCII letters is a whole word, one of digits the beginning of a number, any other any part of
    a word. Fills itself as words come: most words of a feed come again and again, so that a line costs one look-up a
    word.
    """

    def __init__(self, needs: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self.needs = tuple(tuple(n) for n in needs)
        self._words: dict[str, int] = {}
        self._pieces: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._signs: list[tuple[str, int]] = []
        self._numbers: list[tuple[str, int]] = []
        for i, each in enumerate(self.needs):
            for need in each:
                if need.isascii() and need.isalpha() and len(need) < _KEY:
                    self._words[need] = self._words.get(need, 0) | 1 << i
                elif need.isdecimal():
                    self._numbers.append((need, 1 << i))
                elif len(need) < _KEY:
                    self._signs.append((need, 1 << i))
                else:
                    self._pieces[need[:_KEY]].append((need, 1 << i))

    def __missing__(self, word: str) -> int:
        if len(self) > MEMORY:
            self.clear()
        found = self._words.get(word.strip(PUNCTUATION).partition("'")[0], 0)
        for at in range(len(word) - _KEY + 1):
            for need, bit in self._pieces.get(word[at : at + _KEY], ()):
                if word.startswith(need, at):
                    found |= bit
        for need, bit in self._signs:
            if need in word:
                found |= bit
        if not word.isalpha():
            for need, bit in self._numbers:
                if re.search(rf"(?<!\d){need}", word):
                    found |= bit
        self[word] = found
        return found

    def worth(self, text: str) -> int:
        """The bits of all words of a text."""
        return reduce(or_, set(map(self.__getitem__, fold_line(text).split())), 0)

    def __reduce__(self) -> tuple[type[WordIndex], tuple[tuple[tuple[str, ...], ...]]]:
        return WordIndex, (self.needs,)
