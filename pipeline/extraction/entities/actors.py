"""Names of bodies without a telling head noun ("Skills for Care"), learnt from what stands around them.

The ground for it is one of: a noun before or after says what it is ("the charity X", "X, a union"); it ends in a
nation ("X UK"); it stands in a list of bodies; somebody leads there or it speaks, and it isn't a person's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extraction.entities.cues import Cues
from pipeline.extraction.entities.heads import Heads
from pipeline.extraction.entities.names import Name, is_capital, join_words
from pipeline.extraction.entities.tokens import Tokens, covered, is_acronym

_MOST_WORDS = 7
_NO_TYPE = "other"
_LIST_MARKS = frozenset([",", "and", "the", "including"])


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of an article before headless names are looked for; all spans are of characters.

    ``begins``: where sentences begin. ``bodies``: organisations found. ``taken``: all that has a reading already.
    ``likely``: what a statistical model takes for an organisation. ``not_bodies``: first words of people and places.
    """

    begins: frozenset[int]
    bodies: Sequence[tuple[int, int]]
    taken: Sequence[tuple[int, int]]
    likely: frozenset[tuple[int, int]]
    not_bodies: frozenset[str]


def find_actors(tokens: Tokens, heads: Heads, cues: Cues, around: Surroundings) -> list[Name]:
    """Headless names of organisations, in order; ``tokens`` have no bracketed acronyms."""
    found = []
    body_starts = dict(around.bodies)
    body_ends = {end: start for start, end in around.bodies}
    taken = covered(tokens, around.taken)
    for begin, last in capital_runs(tokens, heads, around.begins):
        is_noun = begin + 1 < last and tokens.starts[begin] in around.begins and cues.is_naming(tokens.lows[begin])
        first = begin + is_noun
        start, end = tokens.starts[first], tokens.ends[last - 1]
        if not taken.isdisjoint(range(first, last)):
            continue
        lows = tokens.lows[first:last]
        if (
            not heads.no_bodies.isdisjoint(lows)
            or heads.places.issuperset(lows)
            or not around.not_bodies.isdisjoint(tokens.words[first:last])
        ):
            continue
        type_ = _type_at(tokens, heads, cues, around, first, last)
        if type_ is None and _is_in_list(tokens, first, last, body_starts, body_ends):
            type_ = _NO_TYPE
        if type_ is not None:
            found.append(Name(start, end, join_words(tokens, first, last), "organisation", type_))
    return found


def capital_runs(tokens: Tokens, heads: Heads, begins: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Longest runs of capitalised words, small words between them allowed, as half-open spans of tokens."""
    at, n_words = 0, len(tokens)
    for first in tokens.capitals:
        if first < at or tokens.lows[first] in heads.openers:
            continue
        at = first + 1
        while at < n_words:
            if is_capital(tokens.words[at]) and tokens.starts[at] not in begins:
                at += 1
            elif (
                tokens.lows[at] in ("for", "in", "'s")
                and at + 1 < n_words
                and is_capital(tokens.words[at + 1])
                and tokens.lows[at + 1] not in heads.places
                and (tokens.lows[at] != "'s" or tokens.lows[at - 1] in heads.plurals)
                and (tokens.lows[at] != "in" or at - first == 1)
            ):
                at += 2
            else:
                break
        if at - first <= _MOST_WORDS:
            yield first, at


def _type_at(tokens: Tokens, heads: Heads, cues: Cues, around: Surroundings, first: int, last: int) -> str | None:
    """The type that the words around say a name has; ``None`` where nothing says that it is a body."""
    type_ = cues.type_before(tokens, first) or cues.type_after(tokens, last)
    if type_:
        return type_
    lows, span = tokens.lows[first:last], (tokens.starts[first], tokens.ends[last - 1])
    is_single = last - first == 1
    if not is_single and lows[-1] in heads.places and lows[0] not in heads.regions:
        return "charity" if lows[-1] == "uk" else _NO_TYPE
    is_written = is_acronym(tokens.words[first]) if is_single else "for" in lows
    is_likely = span in around.likely
    if (is_written or is_likely) and cues.is_speaking(tokens, last):
        return "charity" if "for" in lows else _NO_TYPE
    if (is_likely or "for" in lows) and (cues.is_led(tokens, last) or cues.is_led_from(tokens, first)):
        return "charity" if "for" in lows else _NO_TYPE
    return None


def _is_in_list(tokens: Tokens, first: int, last: int, starts: dict[int, int], ends: dict[int, int]) -> bool:
    """Whether the name is a place in a list of bodies: "Ofsted, X and the ADCS"; one other will do for an acronym."""
    n_others = 0
    at, moved = last, True
    while moved:
        moved = False
        following = at
        while following < len(tokens) and tokens.lows[following] in _LIST_MARKS:
            following += 1
        if at < following < len(tokens) and tokens.starts[following] in starts:
            end = starts[tokens.starts[following]]
            while at < len(tokens) and tokens.starts[at] < end:
                at += 1
            n_others, moved = n_others + 1, True
    at, moved = first, True
    while moved:
        moved = False
        before = at
        while before > 0 and tokens.lows[before - 1] in _LIST_MARKS:
            before -= 1
        if 0 < before < at and tokens.ends[before - 1] in ends:
            start = ends[tokens.ends[before - 1]]
            while at > 0 and tokens.starts[at - 1] >= start:
                at -= 1
            n_others, moved = n_others + 1, True
    return n_others >= (1 if is_acronym(tokens.words[first]) else 2)
