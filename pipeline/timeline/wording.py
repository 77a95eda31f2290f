"""How alike two sentences are: the content words that they share."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_WORD: Final = re.compile(r"[a-z]+|\d[\d,.]*\d|\d")
_STOPWORDS: Final = frozenset(
    ["a", "about", "above", "after", "again", "all", "also", "although", "among", "an", "and", "any", "are", "as", "at", "be", "because", "been", "before", "being", "both", "but", "by", "can", "could", "did", "do", "does", "done", "down", "during", "each", "for", "from", "further", "had", "has", "have", "having", "he", "her", "here", "hers", "his", "how", "if", "in", "into", "is", "it", "its", "itself", "just", "last", "may", "might", "more", "most", "new", "next", "no", "nor", "not", "now", "of", "off", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "per", "said", "same", "say", "says", "she", "should", "since", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "though", "through", "to", "today", "told", "too", "under", "until", "up", "upon", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without", "would", "year", "years", "yesterday", "you", "your"]
)


@cache
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry its meaning, in lower case, plurals cut.

    >>> sorted(content_words("The rules will come into force in October."))
    ['come', 'force', 'october', 'rule']
    """
    words = _WORD.findall(text.lower().replace("’", "'"))
    return frozenset(_stem(word) for word in words if word not in _STOPWORDS and len(word) > 1)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def likeness(a: str, b: str) -> float:
    """Shared content words over those of the shorter text, 0 to 1.

    >>> likeness("The fund will end in March", "Ministers said that the fund would end in March 2025")
    1.0
    """
    x, y = content_words(a), content_words(b)
    return len(x & y) / min(len(x), len(y)) if x and y else 0.0
