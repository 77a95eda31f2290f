"""What the head noun of a name says of it: an organisation or a policy, and of which type."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.extraction.entities.tokens import tokenise
from pipeline.vocabulary import ORGANISATION_TYPES, POLICY_TYPES

_PATH = Path(__file__).with_name("heads.toml")
_TYPES = {"organisation": ORGANISATION_TYPES, "policy": POLICY_TYPES}


@dataclass(frozen=True)
class Heads:
    """The word lists of ``heads.toml``; ``nouns`` are head nouns as tokens, each with kind and type."""

    nouns: dict[tuple[str, ...], tuple[str, str]]
    last_words: frozenset[str]
    openers: frozenset[str]
    roles: frozenset[str]
    generic: frozenset[tuple[str, ...]]
    places: frozenset[str]
    regions: frozenset[str]
    nationalities: frozenset[str]
    calendar: frozenset[str]
    owners: frozenset[str]
    umbrellas: frozenset[str]
    plurals: frozenset[str]

    @cached_property
    def no_bodies(self) -> frozenset[str]:
        """Words of offices and of the calendar, which no body without a head noun has in its name."""
        return self.roles | self.calendar

    @cached_property
    def no_titles(self) -> frozenset[str]:
        """Words that no policy's title has before a noun in lower case."""
        return self.no_bodies | self.places | self.nationalities

    @cached_property
    def no_surnames(self) -> frozenset[str]:
        """Words that are in no person's name."""
        return self.last_words | self.calendar | self.places | self.regions

    def type_of(self, lows: Sequence[str]) -> tuple[str, str] | None:
        """Kind and type of a name that ends in ``lows``, by the longest head noun that fits; ``None`` for no head.

        >>> load_heads().type_of(["national", "working", "group"])
        ('organisation', 'working_group')
        >>> load_heads().type_of(["full", "time", "equivalent"]) is None
        True
        """
        for length in range(min(5, len(lows)), 0, -1):
            found = self.nouns.get(tuple(lows[-length:]))
            if found:
                return found
        return None


@cache
def load_heads() -> Heads:
    """The lists, read once and checked. Raises ``RegisterError``."""
    data = tomllib.loads(_PATH.read_text(encoding="utf-8"))
    nouns: dict[tuple[str, ...], tuple[str, str]] = {}
    for kind, types in _TYPES.items():
        for type_, phrases in data[kind].items():
            if type_ not in types:
                raise RegisterError(f"{_PATH}: unknown {kind} type {type_!r}", f"the types are {', '.join(types)}")
            for phrase in phrases:
                words = tuple(tokenise(phrase).lows)
                if words in nouns:
                    raise RegisterError(f"{_PATH}: {phrase!r} stands in two lists", "take it out of one")
                nouns[words] = kind, type_
    return Heads(
        nouns=nouns,
        last_words=frozenset(words[-1] for words in nouns),
        openers=frozenset(data["openers"]["words"]),
        roles=frozenset(data["roles"]["words"]),
        generic=frozenset(tuple(tokenise(phrase).lows) for phrase in data["generic"]["names"]),
        owners=frozenset(data["possessives"]["owners"]),
        umbrellas=frozenset(data["umbrellas"]["words"]),
        plurals=frozenset(data["possessives"]["plurals"]),
        regions=frozenset(data["places"]["regions"]),
        nationalities=frozenset(data["nationalities"]["words"]),
        calendar=frozenset(data["calendar"]["words"]),
        places=frozenset(data["places"]["words"]),
    )
