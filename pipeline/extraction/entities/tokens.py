"""Words as the entity matcher sees them: folded, hyphens inside of a word left out, "'s" a word of its own.

spaCy's tokens won't do here: a dump loses blanks ("Loveits"), and "SC-WRES", "SC WRES" and "Children’s" must fall
into the same pieces in a register and in a text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.registers import fold

#: A line break, "'s", a word glued to the capital after it, a word, a mark. Hyphens between letters are no token.
_TOKEN = re.compile(r"\n+|'s(?![^\W_])|[a-z]{2,}(?=[A-Z])|[^\W_]+|[^\w\s-]|-(?![^\W_])|(?<![^\W_])-")


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
    written = [match.group() for match in matches]
    starts = [match.start() for match in matches]
    ends = [start + len(word) for start, word in zip(starts, written, strict=True)]
    words = ["and" if word == "&" else word for word in written] if "&" in text else written
    capitals = [at for at, word in enumerate(words) if word[0].isupper()]
    return Tokens(text, words, [word.lower() for word in words], starts, ends, capitals)


def covered(tokens: Tokens, spans: Iterable[tuple[int, int]]) -> set[int]:
    """The tokens that spans of characters touch."""
    touched: set[int] = set()
    for start, end in spans:
        at = bisect_right(tokens.ends, start)
        while at < len(tokens.starts) and tokens.starts[at] < end:
            touched.add(at)
            at += 1
    return touched


def is_acronym(word: str) -> bool:
    """Whether a word is written as acronyms are: two or more capitals, or capitals at both ends.

    >>> [is_acronym(word) for word in ("DfE", "ADCS", "RIIAs", "Kent", "A")]
    [True, True, True, False, False]
    """
    return sum(letter.isupper() for letter in word) >= 2 and word[0].isalpha() and len(word) <= 12
