"""People who act or speak, with the role that the article gives them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.extraction.entities.heads import load_heads
from pipeline.extraction.entities.tokens import Tokens, covered, is_acronym, tokenise
from pipeline.records import Person

_PATH = Path(__file__).with_name("people.toml")
_FURTHEST = 10  # tokens between a role's noun and the name that it is said of
_LONGEST_NAME = 4
_LONGEST_ROLE = 14


@dataclass(frozen=True)
class Roles:
    """The word lists of ``people.toml``; ``nouns`` as tokens."""

    nouns: frozenset[tuple[str, ...]]
    last_words: frozenset[str]
    modifiers: frozenset[str]
    linking: frozenset[str]
    titles: frozenset[str]
    honours: frozenset[str]
    particles: frozenset[str]
    speaking: frozenset[str]

    def ends_role(self, lows: Sequence[str], at: int) -> int:
        """The number of tokens of the role's noun that ends at token ``at``; 0 for none."""
        if lows[at] not in self.last_words:
            return 0
        return next((n for n in (3, 2, 1) if at + 1 >= n and tuple(lows[at + 1 - n : at + 1]) in self.nouns), 0)


@cache
def load_roles() -> Roles:
    """The lists, read once."""
    data = tomllib.loads(_PATH.read_text(encoding="utf-8"))
    nouns = frozenset(
        tuple(tokenise(form).lows)
        for phrase in data["roles"]
        for form in (phrase, f"{phrase}s")
        if phrase[-1] != "s" or form == phrase
    )
    return Roles(
        nouns=nouns,
        last_words=frozenset(words[-1] for words in nouns),
        modifiers=frozenset(word for phrase in data["modifiers"] for word in tokenise(phrase).lows),
        linking=frozenset(data["linking"]),
        titles=frozenset(data["titles"]),
        honours=frozenset(data["honours"]),
        particles=frozenset(data["particles"]),
        speaking=frozenset(data["speaking"]),
    )


def find_people(
    tokens: Tokens, bodies: Iterable[tuple[int, int]], named: Iterable[tuple[int, int]] = ()
) -> list[Person]:
    """People with their roles, and later mentions of them by surname alone, in order.

    ``bodies`` are the spans of organisations and policies, which are nobody's name; ``named`` are spans that a
    statistical model takes for a person. Both in characters.
    """
    roles = load_roles()
    taken = covered(tokens, bodies)
    sure = covered(tokens, named)
    people: dict[int, tuple[int, str, str | None]] = {}
    for first, last in _name_runs(tokens, roles, taken):
        role = _role_before(tokens, roles, first) or _role_after(tokens, roles, last)
        if role is None and first > 1 and tokens.lows[first - 1] == "and":  # "ministers Jo Day and Al Lee"
            role = next((one for end, _, one in people.values() if end == first - 1), None)
        if role or all(at in sure for at in range(first, last)) or _is_speaking(tokens, roles, first, last):
            people[first] = last, tokens.surface(first, last), role
    return _with_surnames(tokens, people, taken)


def _name_runs(tokens: Tokens, roles: Roles, taken: set[int]) -> list[tuple[int, int]]:
    """Runs of two to four capitalised words that may be a person's name, a title before them left out."""
    heads = load_heads()
    runs = []
    at = 0
    for first in tokens.capitals:
        if first < at:
            continue
        at = first
        while at < len(tokens) and at not in taken and _is_name_word(tokens, at, roles, at > first):
            at += 1
        begin, last = first, at
        while begin < last and (
            tokens.lows[begin] in roles.titles
            or tokens.lows[begin] in heads.openers
            or roles.ends_role(tokens.lows, begin)
        ):
            begin += 1
        while begin < last and tokens.lows[last - 1] in roles.honours:
            last -= 1
        if 2 <= last - begin <= _LONGEST_NAME and heads.no_surnames.isdisjoint(tokens.lows[begin:last]):
            runs.append((begin, last))
    return runs


def _is_name_word(tokens: Tokens, at: int, roles: Roles, is_inside: bool) -> bool:
    word = tokens.words[at]
    if word[0].isupper() and word.isalpha():
        return not is_acronym(word) or word[:2] in ("Mc", "Ma", "O", "Mac") or sum(map(str.isupper, word)) == 2
    if not is_inside:
        return False
    if word == "'" and at + 1 < len(tokens) and tokens.words[at - 1] in ("O", "D"):
        return tokens.words[at + 1][0].isupper()
    return word in roles.particles and at + 1 < len(tokens) and tokens.words[at + 1][0].isupper()


def _is_speaking(tokens: Tokens, roles: Roles, first: int, last: int) -> bool:
    after = tokens.lows[last : last + 1]
    return tokens.lows[first - 1] in ("said", "added", "says") or (bool(after) and after[0] in roles.speaking)


def _role_before(tokens: Tokens, roles: Roles, first: int) -> str | None:
    """The role right before a name: "children’s minister Jo Day", "head of policy Jo Day", "its chair, Jo Day"."""
    lows = tokens.lows
    end = first
    while end > 0 and (lows[end - 1] in roles.titles or lows[end - 1] in (",", "-", '"')):
        end -= 1
    for at in range(end - 1, max(-1, end - _FURTHEST), -1):
        n = roles.ends_role(lows, at)
        if n and lows[end - 1] in roles.linking:
            return None
        if n:
            if at < end - 1 and lows[at + 1] not in ("of", "for", "at", "in", "'s"):
                return None
            return _describe(tokens, roles, at + 1 - n, end)
        if not (tokens.words[at].isalpha() or lows[at] in roles.linking):
            return None
    return None


def _describe(tokens: Tokens, roles: Roles, first: int, last: int) -> str:
    """The role from its noun's first token, with the modifiers before it."""
    lows, words = tokens.lows, tokens.words
    while first > 0 and last - first < _LONGEST_ROLE:
        low = lows[first - 1]
        is_linked = (
            low in ("'s", "'") and first > 1 and (words[first - 2][0].isupper() or lows[first - 2] in roles.modifiers)
        )
        if low == "and" and first > 1 and words[first - 2][0].isupper():
            break
        if low in roles.modifiers or words[first - 1][0].isupper() or is_linked:
            first -= 1
        else:
            break
    while first < last and (lows[first] in ("and", "'s", "'", "then") or lows[first] in load_heads().openers):
        first += 1
    return tokens.surface(first, last)


def _role_after(tokens: Tokens, roles: Roles, last: int) -> str | None:
    """The role right after a name: "Jo Day, director of children’s services in Kent, said"."""
    if last + 1 >= len(tokens) or tokens.lows[last] not in (",", "("):
        return None
    first = last + 1
    end = first
    while end < min(first + _LONGEST_ROLE, len(tokens)) and (
        tokens.words[end].isalnum() or tokens.lows[end] in roles.linking
    ):
        end += 1
    for at in range(first, min(end, first + 6)):
        if tokens.lows[at] in roles.linking and at > first and tokens.lows[at] not in ("'s", "'", "and"):
            return None
        if roles.ends_role(tokens.lows, at):
            while first < end and tokens.lows[first] in ("the", "a", "an", "who", "is", "its"):
                first += 1
            return tokens.surface(first, end) if first <= at else None
    return None


def _with_surnames(tokens: Tokens, people: dict[int, tuple[int, str, str | None]], taken: set[int]) -> list[Person]:
    by_name: dict[str, str | None] = {}
    for _, name, role in people.values():
        by_name[name] = by_name.get(name) or role
    by_surname = {name.split()[-1]: name for name in reversed(by_name)}
    inside = {at for first, (last, _, _) in people.items() for at in range(first, last)}
    for at in tokens.capitals:
        word = tokens.words[at]
        if word in by_surname and at not in inside and at not in taken:
            people[at] = at + 1, by_surname[word], None
    return [
        Person(name, by_name[name], tokens.starts[first], tokens.ends[last - 1])
        for first, (last, name, _) in sorted(people.items())
    ]
