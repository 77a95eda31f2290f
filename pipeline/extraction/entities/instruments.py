"""Policies that their wording makes: "the independent inquiry into …", "a cap on …", "set up a … agency".

A noun alone says too little here. What makes the name is what stands around it: who set an inquiry, an article before
a body that isn't there yet, a verb of creating before a new kind of service, a law before its code of practice.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.extraction.entities.described import is_modifier, load_descriptions
from pipeline.extraction.entities.heads import load_heads
from pipeline.extraction.entities.names import Name, is_capital, join_words
from pipeline.extraction.entities.tokens import Tokens, covered, places_of, plural, tokenise
from pipeline.vocabulary import POLICY_TYPES

_PATH = Path(__file__).with_name("instruments.toml")
_REACH = 12  # tokens around a name in which words of policy-making support it
_NEAR = 8  # tokens before a body's name in which a verb of creating may stand
_SOON = 4  # tokens after a service's name in which it may be said to be created
_LONGEST_TAIL = 9
_MOST_MODIFIERS = 6
_FEWEST_TELLING = 2
_INTO = frozenset(["of", "into", "on"])
_AN = frozenset(["a", "an"])
_DEFINITE = frozenset(["the", "its", "'s"])
_QUOTES = frozenset(['"', "'"])

Span = tuple[int, int]


@dataclass(frozen=True)
class Instruments:
    """The word lists of ``instruments.toml``: nouns with their types, and the words that must stand around them."""

    reviews: Mapping[str, str]
    limits: Mapping[str, str]
    plans: Mapping[str, str]
    bodies: frozenset[str]
    services: Mapping[str, str]
    fiscal: frozenset[tuple[str, ...]]
    papers: Mapping[tuple[str, ...], str]
    official: frozenset[str]
    creating: frozenset[str]
    created: frozenset[str]
    plain: frozenset[str]
    joining: frozenset[str]
    following: frozenset[str]
    verbs_too: frozenset[str]


@cache
def load_instruments() -> Instruments:
    """The lists, read once and checked. Raises ``RegisterError``."""
    data = tomllib.loads(_PATH.read_text(encoding="utf-8"))

    def types(table: Mapping[str, list[str]]) -> dict[tuple[str, ...], str]:
        unknown = set(table) - set(POLICY_TYPES)
        if unknown:
            raise RegisterError(f"{_PATH}: unknown policy types {sorted(unknown)}", "mend the line")
        return {tuple(tokenise(noun).lows): type_ for type_, nouns in table.items() for noun in nouns}

    words = {name: frozenset(words) for name, words in data["words"].items()}
    return Instruments(
        reviews={noun: type_ for (noun,), type_ in types(data["reviews"]).items()},
        limits={noun: type_ for (noun,), type_ in types(data["limits"]).items()},
        services={noun: type_ for (noun,), type_ in types(data["services"]).items()},
        plans={noun: type_ for (noun,), type_ in types(data["plans"]).items()},
        papers=types(data["papers"]),
        fiscal=frozenset(tuple(tokenise(phrase).lows) for phrase in data["fiscal"]["phrases"]),
        **words,
    )


def find_instruments(tokens: Tokens, bodies: Collection[Span], laws: Collection[Span]) -> Iterator[Name]:
    """Policies by their wording, kind by kind. ``bodies`` and ``laws`` are what has been read so far, in characters."""
    lists = load_instruments()
    yield from _reviews(tokens, lists)
    yield from _limits(tokens, lists)
    yield from _plans(tokens, lists)
    yield from _fiscal_events(tokens, lists)
    yield from _papers(tokens, lists, laws)
    yield from _new_bodies(tokens, lists, bodies)
    yield from _new_services(tokens, lists)


def _reviews(tokens: Tokens, lists: Instruments) -> Iterator[Name]:
    """Reviews and inquiries with a subject: "the independent review of children’s social care"."""
    for noun, type_ in lists.reviews.items():
        for at in places_of(noun, tokens.lows):
            if tokens.lows[at + 1 : at + 2] == [] or tokens.lows[at + 1] not in _INTO:
                continue
            first = at
            while first > 0 and tokens.lows[first - 1] in lists.official:
                first -= 1
            last = _tail(tokens, lists, at + 2)
            if first == at or last is None:
                continue
            telling = [low for low in tokens.lows[at + 2 : last] if low.isalpha() and low not in lists.joining]
            if len(telling) >= _FEWEST_TELLING and (_is_definite(tokens, first) or _is_news(tokens, first, last)):
                yield _name(tokens, first, last, type_)


def _limits(tokens: Tokens, lists: Instruments) -> Iterator[Name]:
    """What the law allows no more of: "the cap on care costs"."""
    for noun, type_ in lists.limits.items():
        for at in places_of(noun, tokens.lows):
            if tokens.lows[at + 1 : at + 2] != ["on"] or tokens.words[at] != noun:
                continue
            last = _tail(tokens, lists, at + 2)
            if last is None or last - at < _FEWEST_TELLING + 2:
                continue
            if _is_news(tokens, at, last, governing=_is_definite(tokens, at)):
                yield _name(tokens, at, last, type_)


def _plans(tokens: Tokens, lists: Instruments) -> Iterator[Name]:
    """A nation's plans by what they are for: "the national framework for care homes", "… plan to end hunger"."""
    descriptions = load_descriptions()
    for noun, type_ in lists.plans.items():
        for at in places_of(noun, tokens.lows):
            if tokens.lows[at + 1 : at + 2] not in (["for"], ["to"]) or not tokens.words[at].islower():
                continue
            first = at
            while first > 0 and at - first < _MOST_MODIFIERS and is_modifier(tokens, descriptions, first - 1):
                first -= 1
            while first < at and tokens.lows[first] != "national":
                first += 1
            last = _tail(tokens, lists, at + 2)
            if first < at and last is not None and last - at > _FEWEST_TELLING + 1 and _is_definite(tokens, first):
                yield _name(tokens, first, last, type_)


def _fiscal_events(tokens: Tokens, lists: Instruments) -> Iterator[Name]:
    """A government's dates with its money: "the spending round", "the Welsh budget"."""
    for last_word in sorted({phrase[-1] for phrase in lists.fiscal}):
        for at in places_of(last_word, tokens.lows):
            n = next((n for n in (3, 2) if tuple(tokens.lows[max(0, at + 1 - n) : at + 1]) in lists.fiscal), 0)
            if n:
                yield _name(tokens, at + 1 - n, at + 1, "fiscal_event")


def _papers(tokens: Tokens, lists: Instruments, laws: Collection[Span]) -> Iterator[Name]:
    """What is made under a law and called by it: "the Roads Act code of practice"."""
    for start, end in laws:
        at = bisect_left(tokens.starts, end)
        n = next((n for n in (3, 2, 1) if tuple(tokens.lows[at : at + n]) in lists.papers), 0)
        if n and tokens.words[at].islower():
            words = f"{tokens.text[start:end]} {join_words(tokens, at, at + n)}"
            type_ = lists.papers[tuple(tokens.lows[at : at + n])]
            yield Name(start, tokens.ends[at + n - 1], words, "policy", type_)


def _new_bodies(tokens: Tokens, lists: Instruments, bodies: Collection[Span]) -> Iterator[Name]:
    """Bodies that are to be or not to be: "set up a Roads Agency", "plans for a national roads service"."""
    plain = load_descriptions().passing
    ends = {tokens.starts[at] for at in covered(tokens, bodies)}
    for noun in sorted(lists.bodies):
        for at in places_of(noun, tokens.lows):
            first = at
            is_title = is_capital(tokens.words[at])
            if is_title and tokens.starts[at] not in ends:
                continue
            while first > 0 and at - first < _MOST_MODIFIERS and _is_part(tokens, first - 1, is_title=is_title):
                first -= 1
            article = first - 1
            if not is_title:
                while first < at and tokens.lows[first] in plain and tokens.lows[first] != "national":
                    first += 1
            else:
                while article > 0 and tokens.lows[article] in plain:
                    article -= 1
            if article < 0 or tokens.lows[article] not in _AN or at - first < _FEWEST_TELLING:
                continue
            if (noun == "service" and tokens.lows[first] != "national") or not _is_closed(tokens, lists, at + 1):
                continue
            near = [*tokens.lows[max(0, article - _NEAR) : article], *tokens.lows[at + 1 : at + 1 + _NEAR]]
            if not lists.creating.isdisjoint(near):
                yield _name(tokens, first, at + 1, "body")


def _is_part(tokens: Tokens, at: int, *, is_title: bool) -> bool:
    """Whether a word belongs to a body's name before its noun, which has capitals or has none."""
    if is_title:
        return is_capital(tokens.words[at]) or tokens.lows[at] in ("and", "'s")
    return is_modifier(tokens, load_descriptions(), at)


def _new_services(tokens: Tokens, lists: Instruments) -> Iterator[Name]:
    """New kinds of service, of which there are to be many: "roll out road repair teams"."""
    descriptions = load_descriptions()
    idle = (descriptions.passing | lists.plain) - descriptions.ranging
    for one, type_ in lists.services.items():
        noun = plural(one)
        for at in places_of(noun, tokens.lows):
            first = at
            while first > 0 and at - first < _MOST_MODIFIERS and is_modifier(tokens, descriptions, first - 1):
                first -= 1
            before = first - 1
            while first < at and tokens.lows[first] in idle:
                first += 1
            telling = [low for low in tokens.lows[first:at] if low not in descriptions.passing]
            if len(telling) < _FEWEST_TELLING or before < 0 or not tokens.words[at].islower():
                continue
            if not _is_created(tokens, lists, before, first) and not _is_coming(tokens, lists, before, at):
                continue
            last = at if tokens.lows[at - 1] == "help" else at + 1  # the help is the policy, its teams are parts of it
            words = join_words(tokens, first, last)
            words = words if last == at else words[: len(words) - len(noun)] + one
            yield Name(tokens.starts[first], tokens.ends[at], words, "policy", type_)


def _is_created(tokens: Tokens, lists: Instruments, before: int, first: int) -> bool:
    """Whether what ends at token ``before`` creates what begins at token ``first``, or calls it so."""
    if tokens.lows[first - 1] in _QUOTES:
        return True
    while before > 0 and (tokens.lows[before] in lists.joining or tokens.lows[before].isdigit()):
        before -= 1
    return not lists.creating.isdisjoint(tokens.lows[max(0, before - 1) : first])


def _is_coming(tokens: Tokens, lists: Instruments, before: int, at: int) -> bool:
    """Whether the services before token ``at + 1`` are new: "new … teams will", "… hubs, which were launched"."""
    following = tokens.lows[at + 1 : at + 1 + _SOON]
    is_new = tokens.lows[before + 1] == "new" and following[:1] in (["will"], ["would"])
    return is_new or not lists.created.isdisjoint(following)


def _tail(tokens: Tokens, lists: Instruments, at: int) -> int | None:
    """The token after the subject that begins at token ``at``; ``None`` where it has no clear end."""
    last, n_words = at, len(tokens)
    heads, descriptions = load_heads(), load_descriptions()
    while last < n_words and last - at < _LONGEST_TAIL:
        word, low = tokens.words[last], tokens.lows[last]
        is_noun = is_modifier(tokens, descriptions, last) or (low in lists.verbs_too and tokens.lows[last - 1] == "and")
        if low not in lists.joining and not is_capital(word) and not is_noun:
            break
        if last > at and word.islower() and is_capital(tokens.words[last - 1]) and low not in lists.joining:
            return last
        if low in heads.calendar:
            break
        last += 1
    end = last
    while last > at and tokens.lows[last - 1] in lists.joining:
        last -= 1
    return last if last > at and _is_closed(tokens, lists, end) else None


def _is_closed(tokens: Tokens, lists: Instruments, at: int) -> bool:
    """Whether a name has ended before token ``at``: a mark, or a word that no name goes on with."""
    if at >= len(tokens) or not tokens.words[at][0].isalnum():
        return tokens.lows[at : at + 1] != ["'s"]
    low = tokens.lows[at]
    return low in load_descriptions().bounds or low in lists.following or low.isdigit() or low.endswith("ed")


def _is_definite(tokens: Tokens, first: int) -> bool:
    passing = load_descriptions().passing
    at = first - 1
    while at > 0 and (tokens.lows[at] in passing or tokens.lows[at][0].isdigit() or tokens.lows[at] == "£"):
        at -= 1
    return at >= 0 and tokens.lows[at] in _DEFINITE


def _is_news(tokens: Tokens, first: int, last: int, *, governing: bool = True) -> bool:
    """Whether words of the making of policy stand near, or words of those who make it."""
    lists = load_descriptions()
    near = tokens.lows[max(0, first - _REACH) : last + _REACH]
    return not lists.making.isdisjoint(near) or (governing and not lists.governing.isdisjoint(near))


def _name(tokens: Tokens, first: int, last: int, type_: str) -> Name:
    return Name(tokens.starts[first], tokens.ends[last - 1], join_words(tokens, first, last), "policy", type_)
