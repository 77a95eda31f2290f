"""Policies in lower case that are called so: "a system that it calls protective care"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extraction.entities.described import load_descriptions
from pipeline.extraction.entities.names import Name, join_words
from pipeline.extraction.entities.tokens import Tokens

_FEWEST_MODIFIERS = 2
_MOST_CALLED = 5
_BETWEEN = frozenset([",", "that", "which", "it", "they", "is", "be", "to", "was", "will"])


def find_called(tokens: Tokens) -> Iterator[Name]:
    """Policies in lower case after a noun and what calls them so: "a system that it calls protective care"."""
    lists = load_descriptions()
    for at, low in enumerate(tokens.lows):
        if low not in lists.calling_words:
            continue
        n = next((n for n in (2, 1) if tuple(tokens.lows[at + 1 - n : at + 1]) in lists.calling), 0)
        before, first = at + 1 - n, at + 1
        while before > 0 and tokens.lows[before - 1] in _BETWEEN:
            before -= 1
        type_ = lists.introducing.get((tokens.lows[before - 1],)) if n and before > 0 else None
        if type_ is None or first >= len(tokens):
            continue
        first += tokens.lows[first] in ('"', "'")
        last = first
        while last < len(tokens) and tokens.words[last].isalpha() and tokens.words[last].islower():
            if tokens.lows[last] in lists.bounds:
                break
            last += 1
        is_whole = last < len(tokens) and not tokens.words[last][0].isalnum()
        if is_whole and _FEWEST_MODIFIERS <= last - first <= _MOST_CALLED:
            yield Name(tokens.starts[first], tokens.ends[last - 1], join_words(tokens, first, last), "policy", type_)
