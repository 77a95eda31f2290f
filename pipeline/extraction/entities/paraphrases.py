"""Descriptions that stand for a policy which the article names: "the rules on locums" for the agency worker rules.

A description and a policy's name say the same when they have the same head noun and the same telling words: those left
over once the words that any policy of the sector may have ("national", "children", "reduce") are taken away. A part of
the telling words will do. What the article describes and never names is no name of a policy, but may be what an event
is about: then all telling words of a register's policy must be there.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.extraction.entities.described import is_modifier, load_descriptions
from pipeline.extraction.entities.forms import Entity
from pipeline.extraction.entities.references import load_anaphors
from pipeline.extraction.entities.tokens import Tokens, both_numbers, is_acronym, name_tokens, singular, tokenise
from pipeline.vocabulary import POLICY_TYPES

_PATH = Path(__file__).with_name("paraphrases.toml")
_MOST_MODIFIERS = 6
_LONGEST_TAIL = 12  # tokens after the head noun
_FEWEST_PARTLY = 2  # telling words with which a part of a name's will do
_DEFINITE = frozenset(["the", "this", "these", "its", "their"])
_REACHING = frozenset(["national", "statutory"])  # a policy that is a country's, not one body's

Telling = frozenset[str]


@dataclass(frozen=True)
class Lists:
    """The word lists of ``paraphrases.toml``: head nouns in the singular as tokens, with the types they stand for."""

    heads: dict[tuple[str, ...], str]
    endings: frozenset[str]
    joining: frozenset[str]
    articles: frozenset[str]
    plain: frozenset[str]
    doing: frozenset[str]
    same: dict[str, str]

    def telling(self, lows: Iterable[str]) -> Telling:
        """The words that tell a policy from others, in the singular, one for all that mean the same.

        >>> sorted(load_lists().telling("the use of locums in children's social work".split()))
        ['agency']
        """
        words = (self.same.get(word, word) for word in map(singular, lows) if word.isalpha())
        silent = self.joining | self.articles | self.plain | self.doing
        return frozenset(word for word in words if word not in silent)

    def head_at(self, lows: Sequence[str], last: int) -> tuple[str, ...] | None:
        """The head noun that ends before token ``last``."""
        for n in (3, 2, 1):
            words = (*lows[last - n : last - 1], singular(lows[last - 1])) if last >= n else ()
            if words in self.heads:
                return words
        return None


@cache
def load_lists() -> Lists:
    """The lists, read once and checked. Raises ``RegisterError``."""
    data = tomllib.loads(_PATH.read_text(encoding="utf-8"))
    heads: dict[tuple[str, ...], str] = {}
    for type_, nouns in data["heads"].items():
        if type_ not in POLICY_TYPES:
            raise RegisterError(f"{_PATH}: unknown policy type {type_!r}", f"the types are {', '.join(POLICY_TYPES)}")
        for noun in nouns:
            *before, last = tokenise(noun).lows
            heads[*before, singular(last)] = type_
    return Lists(
        heads,
        endings=both_numbers(words[-1] for words in heads),
        same={other: first for first, *others in data["same"]["words"] for other in others},
        **{
            name: frozenset(word for each in data["words"][name] for word in tokenise(each).lows)
            for name in ("joining", "articles", "plain", "doing")
        },
    )


@dataclass(frozen=True, slots=True)
class Description:
    """Tokens ``first`` to ``last`` (half-open) that stand for a policy."""

    first: int
    last: int
    entity: Entity


class Described:
    """Policies by what a description of them must have: head noun and telling words."""

    def __init__(self, names: Iterable[tuple[Entity, str]]) -> None:
        self._by_words: dict[tuple[tuple[str, ...], Telling], set[Entity]] = defaultdict(set)
        for entity, name in names:
            for key in _keys(entity, name):
                self._by_words[key].add(entity)

    def exactly(self, head: tuple[str, ...], telling: Telling) -> Entity | None:
        """The one policy with this head noun and these telling words."""
        found = self._by_words.get((head, telling), set())
        return next(iter(found)) if len(found) == 1 else None

    def partly(self, head: tuple[str, ...], telling: Telling, said: Sequence[str]) -> Entity | None:
        """The one policy with these telling words among its own, and this head noun.

        Two telling words will do with a noun that stands for policies of its type: "the race equality scheme". Of
        several that fit it is the one whose name has all that is ``said``: "the social care race equality scheme".
        """
        _, types = load_anaphors().nouns.get(head, ("policy", ()))
        found = {
            entity
            for (its_head, its_words), entities in self._by_words.items()
            for entity in entities
            if telling <= its_words and (its_head == head or (entity.type in types and len(telling) >= _FEWEST_PARTLY))
        }
        if len(found) > 1:
            words = _one_for_all(said)
            found = {entity for entity in found if words <= _one_for_all(name_tokens(entity.name).lows)}
        return found.pop() if len(found) == 1 else None


def _one_for_all(lows: Iterable[str]) -> Telling:
    """Words in the singular, one for all that mean the same."""
    return frozenset(load_lists().same.get(word, word) for word in map(singular, lows))


@lru_cache(maxsize=16384)
def _keys(entity: Entity, name: str) -> tuple[tuple[tuple[str, ...], Telling], ...]:
    """``_find_keys``, kept: article after article names the same policies."""
    return tuple(_find_keys(entity, name))


def _find_keys(entity: Entity, name: str) -> Iterator[tuple[tuple[str, ...], Telling]]:
    """Head noun and telling words of a policy's name; one without a head noun may have any of its type."""
    lists = load_lists()
    lows = name_tokens(name).lows
    if not lows or (len(lows) == 1 and is_acronym(name)) or entity.type not in lists.heads.values():
        return
    joint = next((at for at, low in enumerate(lows) if at and low in lists.joining and low != "and"), len(lows))
    for last in dict.fromkeys((len(lows), joint)):
        head = lists.head_at(lows, last)
        if head:
            telling = lists.telling([*lows[: last - len(head)], *lows[last:]])
            if telling:
                yield head, telling
            return
    telling = lists.telling(lows)
    if name == name.lower() and len(telling) >= _FEWEST_PARTLY:
        yield from ((head, telling) for head, type_ in lists.heads.items() if type_ == entity.type)


def find_descriptions(
    tokens: Tokens, starts: frozenset[int], named: Sequence[Described], *, is_whole: bool = False
) -> list[Description]:
    """Descriptions, in order, whatever else may stand there.

    ``named`` are the policies that the article names, the surest first. ``starts`` are the characters at which a
    sentence begins: only there may a description have a capital. With ``is_whole`` it must have all telling words.
    """
    lists = load_lists()
    found = []
    for at, low in enumerate(tokens.lows):
        if low not in lists.endings or not _is_small(tokens, at, starts):
            continue
        head = lists.head_at(tokens.lows, at + 1)
        if head:
            begin = at + 1 - len(head)
            first = _first(tokens, begin, starts)
            ends = [at + 1, *_ends(tokens, at + 1, lists)]
            for last in reversed(ends):
                entity = _stands_for(tokens, (first, begin, at + 1, last), head, named, is_whole=is_whole)
                if entity:
                    found.append(Description(first, last, entity))
                    break
    return found


def _stands_for(
    tokens: Tokens,
    places: tuple[int, int, int, int],
    head: tuple[str, ...],
    named: Sequence[Described],
    *,
    is_whole: bool,
) -> Entity | None:
    """The policy that a description stands for: from, head's first token, the token after it, to."""
    lists = load_lists()
    first, begin, tail, last = places
    lows = [*tokens.lows[first:begin], *tokens.lows[tail:last]]
    telling = lists.telling(lows)
    if not telling:
        return None
    is_telling = len(telling) >= _FEWEST_PARTLY
    is_definite = first > 0 and tokens.lows[first - 1] in _DEFINITE
    if is_whole:
        is_enough = is_telling or not _REACHING.isdisjoint(lows)
        return next((entity for each in named if is_enough and (entity := each.exactly(head, telling))), None)
    found = None
    for each in named:
        found = found or each.exactly(head, telling)
        found = found or (each.partly(head, telling, lows) if is_telling or is_definite else None)
    return found


def _is_small(tokens: Tokens, at: int, starts: frozenset[int]) -> bool:
    return tokens.words[at].islower() or tokens.starts[at] in starts


def _first(tokens: Tokens, head: int, starts: frozenset[int]) -> int:
    """The first of the modifiers before a head noun."""
    lists, descriptions = load_lists(), load_descriptions()
    first = head
    while first > 0 and head - first < _MOST_MODIFIERS and is_modifier(tokens, descriptions, first - 1):
        first -= 1
    before = first - 1
    if before >= 0 and is_acronym(tokens.words[before]):
        first = before
    elif before >= 0 and tokens.starts[before] in starts and tokens.words[before].isalpha():
        low = tokens.lows[before]
        first = before if low not in descriptions.bounds and low not in lists.articles else first
    idle = lists.joining | (descriptions.passing - descriptions.ranging)
    while first < head and tokens.lows[first] in idle:
        first += 1
    return first


def _ends(tokens: Tokens, tail: int, lists: Lists) -> Iterator[int]:
    """The tokens after which the phrase that follows a head noun may end."""
    if tail >= len(tokens) or tokens.lows[tail] not in lists.joining:
        return
    stops = load_descriptions().bounds - lists.joining - lists.articles - lists.doing
    for at in range(tail, min(tail + _LONGEST_TAIL, len(tokens))):
        word, low = tokens.words[at], tokens.lows[at]
        if (low in stops and singular(low) not in lists.plain) or not (
            word.islower() or low in lists.plain or word in ("'s", "'")
        ):
            return
        if low not in lists.joining and low not in lists.articles:
            yield at + 1
