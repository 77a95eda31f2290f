"""Screens: which cues are worth trying on a line, told by its words, so that most regular expressions never run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

PUNCTUATION = ".,;:!?\"'()[]{}“”‘’«»„…–—-|/"
#: Pieces are looked up by their first letters.
_KEY = 4
#: A screen forgets what it has met beyond this many words or sets of words, or lines (some 10 MB of text).
MEMORY, MOST_LINES = 200_000, 40_000
_NO_WORD, _NUMBER = re.compile(r"\W+"), re.compile(r"\d+")
_AROUND = PUNCTUATION + "0123456789"
#: Endings of the brand names that gambling spam makes up.
_BRANDS = ("bet", "slot", "casino", "toto", "poker", "88", "777", "365", "168", "138", "303", "99", "123")


def fold_line(text: str) -> str:
    """A text in lower case with straight apostrophes.

    >>> fold_line("Today’s Café")
    "today's café"
    """
    return text.lower().replace("’", "'")


def read_needs(raw: object) -> tuple[str, ...]:
    """Folded pieces of text, each cut to its longest word: a screen looks at one word at a time."""
    return tuple(max(piece.split(), key=len) for piece in read_pieces(raw))


def read_pieces(raw: object) -> tuple[str, ...]:
    """Folded pieces of text, whole."""
    return tuple(fold_line(str(n)) for n in raw) if isinstance(raw, (list, tuple)) else ()


def has_piece(folded: str, pieces: Iterable[str]) -> bool:
    """One of the pieces stands in a folded line: what a screen by words leaves, a look at whole pieces sorts out.

    >>> has_piece("take our survey", ("fill in", "take our"))
    True
    """
    for piece in pieces:  # noqa: SIM110 - twice as quick as ``any``, and every line comes by here
        if piece in folded:
            return True
    return False


class SpamIndex(dict[str, bool]):
    """From a word, as it stands between blanks, to whether it can be part of a strong spam word. Fills itself."""

    def __init__(self, singles: Iterable[str], stems: Iterable[str]) -> None:
        super().__init__()
        self.singles, self.stems = frozenset(singles), tuple(stems)

    def __missing__(self, word: str) -> bool:
        if len(self) > MEMORY:
            self.clear()
        bare = word.strip(PUNCTUATION)
        found = bare in self.singles or bare.startswith(self.stems) or (bare.endswith(_BRANDS) and bare[:1].isalpha())
        if not found and not bare.isalnum():
            found = any(part in self.singles for part in _NO_WORD.split(bare))
        self[word] = found
        return found

    def __reduce__(self) -> tuple[type[SpamIndex], tuple[frozenset[str], tuple[str, ...]]]:
        return SpamIndex, (self.singles, self.stems)


class WordIndex(dict[str, int]):
    """From a word, as it stands between blanks, to the cues that it makes worth trying: bit ``i`` for ``needs[i]``.

    One more bit is for words that may be part of a spam word. A need of up to three ASCII letters is a whole word, one
    of digits the beginning of a number, any other any part of a word. Fills itself as words come: most
    words of a feed come again and again, so that a line costs one look-up a word.
    """

    def __init__(self, needs: Sequence[Sequence[str]], spam: SpamIndex) -> None:
        super().__init__()
        self.spam = spam
        self.spam_bit = 1 << len(needs)
        self._met: dict[str, int] = {}
        self.needs = tuple(tuple(n) for n in needs)
        self._words: dict[str, int] = {}
        self._pieces: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._signs: list[tuple[str, int]] = []
        self._numbers: dict[str, int] = {}
        for i, each in enumerate(self.needs):
            for need in each:
                if need.isascii() and need.isalpha() and len(need) < _KEY:
                    self._words[need] = self._words.get(need, 0) | 1 << i
                elif need.isdecimal():
                    self._numbers[need] = self._numbers.get(need, 0) | 1 << i
                elif len(need) < _KEY or not need.isalpha():
                    self._signs.append((need, 1 << i))
                else:
                    self._pieces[need[:_KEY]].append((need, 1 << i))
        self._keys = frozenset(self._pieces)
        self._widths = sorted({len(number) for number in self._numbers})

    def __missing__(self, word: str) -> int:
        if len(self) > MEMORY:
            self.clear()
        folded = word.replace("’", "'")
        core = folded.strip(_AROUND)
        if core != word:  # what stands around a word is looked at apart: the word itself has often come before
            found = self[core] & ~self.spam_bit if core else 0
            for number in _NUMBER.findall(folded):
                for width in self._widths:
                    found |= self._numbers.get(number[:width], 0)
        else:
            found = self._words.get(word.partition("'")[0], 0)
            for key in self._keys.intersection([word[at : at + _KEY] for at in range(len(word) - _KEY + 1)]):
                for need, bit in self._pieces[key]:
                    if need in word:
                        found |= bit
        if not folded.isalpha() or not folded.isascii():
            for sign, bit in self._signs:
                if sign in folded:
                    found |= bit
        if self.spam[word.casefold()]:
            found |= self.spam_bit
        self[word] = found
        return found

    def worth(self, text: str) -> int:
        """The bits of all words of a text. Remembered: feeds of one site hold many of the same articles."""
        bits = self._met.get(text)
        if bits is None:
            bits = reduce(or_, set(map(self.__getitem__, text.lower().split())), 0)
            if len(self._met) >= MOST_LINES:
                self._met.clear()
            self._met[text] = bits
        return bits

    def __reduce__(self) -> tuple[type[WordIndex], tuple[tuple[tuple[str, ...], ...], SpamIndex]]:
        return WordIndex, (self.needs, self.spam)
