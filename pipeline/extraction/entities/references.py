"""Phrases that stand for something named before: "the department", "the fund"."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.extraction.entities.tokens import Tokens, tokenise
from pipeline.records import Mention, Reference
from pipeline.vocabulary import ORGANISATION_TYPES, POLICY_TYPES

_PATH = Path(__file__).with_name("references.toml")
_NEAR = 300  # characters that a sentence or two take
_TYPES = {"organisation": ORGANISATION_TYPES, "policy": POLICY_TYPES}


@dataclass(frozen=True)
class Anaphors:
    """The lists of ``references.toml``: nouns as tokens, with the kind and the types that they can stand for.

    ``others`` are those that stand for a policy where they can stand for no organisation.
    """

    nouns: dict[tuple[str, ...], tuple[str, tuple[str, ...]]]
    others: dict[tuple[str, ...], tuple[str, ...]]
    firsts: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    named: dict[str, frozenset[str]]


@cache
def load_anaphors() -> Anaphors:
    """The lists, read once and checked. Raises ``RegisterError``."""
    data = tomllib.loads(_PATH.read_text(encoding="utf-8"))
    nouns: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    for kind, allowed in _TYPES.items():
        for noun, types in data[kind].items():
            unknown = set(types) - set(allowed)
            if unknown:
                raise RegisterError(f"{_PATH}: {noun!r} has unknown types {sorted(unknown)}", "mend the line")
            nouns.setdefault(tuple(tokenise(noun).lows), (kind, tuple(types)))
    others = {tuple(tokenise(noun).lows): tuple(types) for noun, types in data["policy"].items()}
    return Anaphors(
        nouns,
        others={words: types for words, types in others.items() if nouns[words][0] != "policy"},
        firsts=frozenset(words[0] for words in nouns),
        before=frozenset(data["words"]["before"]),
        after=frozenset(data["words"]["after"]),
        named={noun: frozenset(words) for noun, words in data["named"].items()},
    )


def find_references(tokens: Tokens, mentions: Sequence[Mention]) -> list[Reference]:
    """References in order, each with the name of its antecedent; a phrase without one is left out.

    The antecedent is the nearest mention before of a type that the noun can stand for; one whose own name has the
    noun ("the fund", "… Support Fund") comes first.
    """
    lists = load_anaphors()
    references = []
    following = [*tokens.lows[1:], ""]
    for at in [at for at, low in enumerate(tokens.lows) if low in lists.before and following[at] in lists.firsts]:
        found = next(
            ((n, entry) for n in (3, 2, 1) if (entry := lists.nouns.get(tuple(tokens.lows[at + 1 : at + 1 + n])))), None
        )
        if found is None or not _is_noun(tokens, at + 1, at + 1 + found[0]):
            continue
        if any(mention.start_char <= tokens.starts[at + 1] < mention.end_char for mention in mentions):
            continue
        last = at + 1 + found[0]
        if last < len(tokens) and tokens.lows[last] in lists.after:
            continue
        kind, types = found[1]
        noun, named = tokens.lows[last - 1], lists.named.get(tokens.lows[last - 1])
        earlier = [
            each
            for each in mentions
            if each.start_char < tokens.starts[at]
            and (named is None or not named.isdisjoint(each.name.lower().split()))
        ]
        antecedent = _choose(noun, types, [each for each in earlier if each.kind == kind], tokens.starts[at])
        if antecedent is None:
            others = lists.others.get(tuple(tokens.lows[at + 1 : last]), ())
            antecedent = _choose(noun, others, [each for each in earlier if each.kind == "policy"], tokens.starts[at])
        if antecedent:
            surface = tokens.surface(at, last)
            references.append(
                Reference(antecedent.kind, antecedent.name, surface, tokens.starts[at], tokens.ends[last - 1])
            )
    return references


def _is_noun(tokens: Tokens, first: int, last: int) -> bool:
    """Whether words are nouns rather than part of a name: in lower case, or alone with a capital ("the Bill")."""
    if tokens.words[first].islower():
        return True
    following = tokens.words[last] if last < len(tokens) else ""
    return last - first == 1 and not following[:1].isupper() and not following[:1].isdigit()


def _choose(noun: str, types: Sequence[str], earlier: Sequence[Mention], start: int) -> Mention | None:
    """The nearest mention with the noun in its name, else the nearest of the first type that there is one of; of those
    far from character ``start`` the one named most often."""
    named = [each for each in earlier if each.type in types and noun in each.name.lower().split()]
    if named:
        return _likeliest(named, start)
    for type_ in types:
        found = [each for each in earlier if each.type == type_]
        if found:
            return _likeliest(found, start)
    return None


def _likeliest(mentions: Sequence[Mention], start: int) -> Mention:
    """The last one where it is near, else the last of the one that is named most."""
    if start - mentions[-1].end_char <= _NEAR:
        return mentions[-1]
    counts = Counter(each.name for each in mentions)
    return max(reversed(mentions), key=lambda each: counts[each.name])
