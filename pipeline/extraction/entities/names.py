"""Names learnt from the text: runs of capitalised words whose head noun says what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extraction.entities.heads import Heads
from pipeline.extraction.entities.tokens import Tokens

_OF = frozenset("of for on into against in".split())
_JOINING = frozenset("and of for the in on into to with against 's".split())
_YEAR = re.compile(r"(19|20)\d\d$")
_MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Name:
    """A name learnt at tokens ``first`` to ``last`` (half-open)."""

    first: int
    last: int
    kind: str
    type: str


def find_names(tokens: Tokens, heads: Heads, starts: frozenset[int], known: Sequence[tuple[int, int]]) -> list[Name]:
    """Names by their head nouns, in order; longer ones and overlapping ones too.

    ``starts`` are the tokens that begin a sentence, where a capital says little; ``known`` are the spans of
    organisations found already: a name neither begins inside of one nor joins on to one with "and".
    """
    ends = {first: last for first, last in known}
    begins = {last: first for first, last in known}
    names = []
    for at, low in enumerate(tokens.lows):
        if low in heads.last_words and is_capital(tokens.words[at]):
            name = _name_at(tokens, heads, at, starts, ends, begins)
            if name:
                names.append(name)
    return names


def is_capital(word: str) -> bool:
    """Whether a word begins with a capital letter."""
    return word[0].isupper()


def _name_at(
    tokens: Tokens, heads: Heads, at: int, starts: frozenset[int], ends: dict[int, int], begins: dict[int, int]
) -> Name | None:
    first = _extend_left(tokens, heads, at, starts, begins)
    found = heads.type_of(tokens.lows[first : at + 1])
    if found is None or tokens.lows[first] in heads.roles:
        return None
    last = _extend_right(tokens, heads, at, ends)
    lows = tuple(tokens.lows[first:last])
    if len(lows) < 2 or last - first > _MOST_WORDS or lows in heads.generic or len(set(lows) & heads.roles) == len(lows) - 1:
        return None
    return Name(first, last, *found)


def _extend_left(tokens: Tokens, heads: Heads, at: int, starts: frozenset[int], begins: dict[int, int]) -> int:
    """The first token of the run of capitals that ends at ``at``."""
    first = at
    while first > 0 and first not in starts and first not in begins:
        before = first - 1
        if is_capital(tokens.words[before]):
            first = before
        elif (
            before > 0
            and tokens.lows[before] in ("and", "'s", "'")
            and before not in starts
            and is_capital(tokens.words[before - 1])
            and before not in begins
            and tokens.lows[before - 1] not in heads.last_words
        ):
            first = before - 1
        else:
            break
    while first < at and tokens.lows[first] in heads.openers:
        first += 1
        if tokens.lows[first] in ("and", "'s", "'"):
            first += 1
    return first


def _extend_right(tokens: Tokens, heads: Heads, at: int, ends: dict[int, int]) -> int:
    """The token after the name whose head stands at ``at``: "… of/for Other Names", "… Act 1989"."""
    last = at + 1
    if last < len(tokens) and tokens.lows[at] in ("act", "regulations", "order", "measure", "rules", "bill"):
        return last + 1 if _YEAR.match(tokens.lows[last]) else last
    if last >= len(tokens) or tokens.lows[last] not in _OF:
        return last
    while last < len(tokens) - 1:
        low = tokens.lows[last]
        if is_capital(tokens.words[last]):
            last += 1
            continue
        gap = last
        while gap < len(tokens) - 1 and tokens.lows[gap] in _JOINING:
            gap += 1
        if low not in _JOINING or gap - last > 2 or not is_capital(tokens.words[gap]):
            break
        if "and" in tokens.lows[last:gap] and (gap in ends or gap - last > 1 or _has_head(tokens, heads, gap)):
            break
        last = gap
    return last


def _has_head(tokens: Tokens, heads: Heads, at: int) -> bool:
    """Whether the run of capitals from ``at`` has a head of its own, and so is another name."""
    while at < len(tokens) and is_capital(tokens.words[at]):
        if tokens.lows[at] in heads.last_words:
            return True
        at += 1
    return False


def find_quoted(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Capitalised names in quotation marks, marks left out."""
    opened = None
    for at, low in enumerate(tokens.lows):
        if low == '"':
            if opened is not None and 1 <= at - opened <= 12:
                yield opened, at
            opened = at + 1 if opened is None else None
        elif low[0] == "\n":
            opened = None
