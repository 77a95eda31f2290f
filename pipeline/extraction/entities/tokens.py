"""Words as the entity matcher sees them: folded, hyphens inside of a word left out, "'s" a word of its own.

spaCy's tokens won't do here: a dump loses blanks ("Loveits"), and "SC-WRES", "SC WRES" and "Children’s" must fall
into the same pieces in a register and in a text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from operator import add, ne

from pipeline.registers import fold

#: A word glued to the capital after it, a word, "'s", a mark, a line break. Hyphens between letters are no token.
_TOKEN = re.compile(r"[a-z]{2,}+(?=[A-Z])|[^\W_]++|'s(?![^\W_])|[^\w\s-]|\n++|-(?![^\W_])|(?<![^\W_])-")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists: the words as written, in lower case, and their half-open offsets in the text.

    ``capitals`` are the places of the words that begin with a capital, so that few loops need to see every word.
    """

    text: str
    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    capitals: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def is_hyphened(self, at: int) -> bool:
        """Whether a token is joined to the one before it by a hyphen: "being" in "Well-being"."""
        return at > 0 and fold(self.text[self.ends[at - 1] : self.starts[at]]) == "-"

    def surface(self, first: int, last: int) -> str:
        """The text from token ``first`` up to but not including token ``last``."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def tokenise(text: str) -> Tokens:
    """The tokens of a text.

    >>> tokenise("Children’s SC-WRES & theDfE").words
    ['Children', "'s", 'SC', 'WRES', 'and', 'the', 'DfE']
    """
    matches = list(_TOKEN.finditer(fold(text)))
    written = [match[0] for match in matches]
    starts = [match.start() for match in matches]
    ends = list(map(add, starts, map(len, written)))
    words = ["and" if word == "&" else word for word in written] if "&" in text else written
    lows = list(map(str.lower, words))
    capitals = [at for at in compress(range(len(words)), map(ne, words, lows)) if words[at][0].isupper()]
    return Tokens(text, words, lows, starts, ends, capitals)


@lru_cache(maxsize=1)
def text_tokens(text: str) -> Tokens:
    """The tokens of an article's text, kept for the next component that asks."""
    return tokenise(text)


@lru_cache(maxsize=8192)
def name_tokens(name: str) -> Tokens:
    """The tokens of a name, kept: an article's few names are looked at again and again."""
    return tokenise(name)


def places_of(word: str, lows: Sequence[str]) -> Iterator[int]:
    """The places of a word that is seldom there, without looking at each word in turn.

    >>> list(places_of("(", ["a", "(", "b", ")", "("]))
    [1, 4]
    """
    at = -1
    for _ in range(lows.count(word)):
        at = lows.index(word, at + 1)
        yield at


def covered(tokens: Tokens, spans: Iterable[tuple[int, int]]) -> set[int]:
    """The tokens that spans of characters touch."""
    touched: set[int] = set()
    for start, end in spans:
        at = bisect_right(tokens.ends, start)
        while at < len(tokens.starts) and tokens.starts[at] < end:
            touched.add(at)
            at += 1
    return touched


@lru_cache(maxsize=8192)
def is_acronym(word: str) -> bool:
    """Whether a word is written as acronyms are: two or more capitals, or capitals at both ends.

    >>> [is_acronym(word) for word in ("DfE", "ADCS", "RIIAs", "Kent", "A")]
    [True, True, True, False, False]
    """
    return sum(letter.isupper() for letter in word) >= 2 and word[0].isalpha() and len(word) <= 12


@lru_cache(maxsize=4096)
def singular(low: str) -> str:
    """A word without the ending of a regular plural.

    >>> [singular(word) for word in ("locums", "agencies", "census", "fitness")]
    ['locum', 'agency', 'census', 'fitness']
    """
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3 else low


def plural(word: str) -> str:
    """A word with the ending of a regular plural.

    >>> [plural(word) for word in ("locum", "agency", "census")]
    ['locums', 'agencies', 'censuses']
    """
    if word.endswith("y") and len(word) > 2 and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word + "s"


def both_numbers(words: Iterable[str]) -> frozenset[str]:
    """The words and their plurals, to look for in a text."""
    return frozenset(form for word in words for form in (word, plural(word)))
