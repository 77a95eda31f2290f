"""Words as the entity matcher sees them: folded, hyphens inside of a word left out, "'s" a word of its own.

spaCy's tokens won't do here: a dump loses blanks ("Loveits"), and "SC-WRES", "SC WRES" and "Children’s" must fall
into the same pieces in a register and in a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.registers import fold

#: A line break, "'s", a word glued to the capital after it, a word, a mark. Hyphens between letters are no token.
_TOKEN = re.compile(r"\n+|'s(?![^\W_])|[a-z]{2,}(?=[A-Z])|[^\W_]+|[^\w\s-]|-(?![^\W_])|(?<![^\W_])-")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists: the words as written, in lower case, and their half-open offsets in the text."""

    text: str
    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def surface(self, first: int, last: int) -> str:
        """The text from token ``first`` up to but not including token ``last``."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def tokenise(text: str) -> Tokens:
    """The tokens of a text.

    >>> tokenise("Children’s SC-WRES & theDfE").words
    ['Children', "'s", 'SC', 'WRES', 'and', 'the', 'DfE']
    """
    folded = fold(text)
    words, starts, ends = [], [], []
    for match in _TOKEN.finditer(folded):
        word = match.group()
        words.append("and" if word == "&" else word)
        starts.append(match.start())
        ends.append(match.end())
    return Tokens(text, words, [word.lower() for word in words], starts, ends)


def is_acronym(word: str) -> bool:
    """Whether a word is written as acronyms are: two or more capitals, or capitals at both ends.

    >>> [is_acronym(word) for word in ("DfE", "ADCS", "RIIAs", "Kent", "A")]
    [True, True, True, False, False]
    """
    return sum(letter.isupper() for letter in word) >= 2 and word[0].isalpha() and len(word) <= 12
