"""What a clause says is done to a policy, or what the policy does: verbs beside its name, in ``plain.toml``'s forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from pipeline.timeline.headline import gerund, load_words, third_person
from pipeline.timeline.plainwords import load_plain
from pipeline.timeline.wording import fold, name_pattern

#: What may stand between a policy and what is done to it, in folded text; no "not".
_BETWEEN: Final = (
    r"(?:\s*\([^)]*\))?,?\s+(?:(?:which|that|was|were|is|are|has|have|had|been|be|first|also|then|now|to|will|would"
    r"|due|set|currently|still|expected|likely|recently|since|later|subsequently|finally|originally|formally)\s+)*"
)
#: A law that a clause names may be another one.
_A_LAW: Final = re.compile(
    r"\b(?:act|bill|regulations|measure|order)s?\b|\b(?:due|meant|supposed|planned|scheduled)\sto\b"
)
#: "A bill to bring homes under the scheme was passed": it wasn't the scheme.
_INSIDE: Final = re.compile(r"\b(?:under|into|with|by|through|within|from)\s(?:[\w'-]+\s){0,3}$")
_DETERMINERS: Final = r"(?:(?:the|a|an|its|their|this|new|planned|draft|replacement of the)\s)*"
PLURAL: Final = re.compile(r"\b(?:rules|safeguards|standards|regulations|hubs|cooperatives|arrangements|services)$")


def found_verbs(type_: str, clause: str, policy: str) -> Iterator[tuple[int, str, str]]:
    """Where verbs of a type stand beside the policy in a folded clause, each with its forms: done, and to come."""
    plain = load_plain()
    is_many = PLURAL.search(fold(policy)) is not None
    name = _policy_pattern(policy)
    places = list(name.finditer(clause))
    phrases = plain.phrases.get(type_, {})
    if not places and not _A_LAW.search(clause):
        told = ((re.search(phrase, clause), forms) for phrase, forms in phrases.items())
        yield from ((match.start(), many if is_many else done, due) for match, (done, many, due) in told if match)
    if not places:
        return
    for phrase, (done, many, due) in phrases.items():
        for at in _behind(places, clause, phrase):
            yield at, many if is_many else done, due
    for verb in plain.done_to.get(type_, ()):
        done = _participle(verb)
        if done in fold(policy) or verb == fold(policy).split()[-1]:
            continue
        places_of_verb = [*_behind(places, clause, done), *_before(name, clause, verb)]
        yield from ((at, done, f"to be {done}") for at in places_of_verb)
    for verb in plain.does.get(type_, ()):
        head, _, particle = verb.partition(" ")
        done = f"{head if is_many else third_person(head)} {particle}".strip()
        for at in _behind(places, clause, _forms(verb)):
            yield at, done, f"to {verb}"


@lru_cache(maxsize=1024)
def _policy_pattern(policy: str) -> re.Pattern[str]:
    """A policy in a folded clause: by its name, by its kind ("the fund"), by a pronoun that opens the clause."""
    kind = re.escape(fold(policy).split()[-1])
    return re.compile(
        rf"{name_pattern(policy).pattern}|\b(?:the|this|these|draft)\s(?:\w+\s)?{kind}s?\b|^(?:it|they)\b"
    )


def _behind(places: Iterable[re.Match[str]], clause: str, verb: str) -> Iterator[int]:
    """Where a verb stands behind a name, with nothing but small words between them."""
    pattern = _behind_pattern(verb)
    for place in places:
        match = pattern.match(clause, place.end())
        if match and not _INSIDE.search(clause, 0, place.start()):
            yield match.start("verb")


def _before(name: re.Pattern[str], clause: str, verb: str) -> Iterator[int]:
    """Where a verb stands before the name as its object."""
    for match in _before_pattern(verb).finditer(clause):
        object_ = name.match(clause, match.end())
        if object_ and not clause.startswith("'", object_.end()):
            yield match.start("verb")


@cache
def _behind_pattern(verb: str) -> re.Pattern[str]:
    return re.compile(rf"{_BETWEEN}(?P<verb>{verb})\b")


@cache
def _before_pattern(verb: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?P<verb>{_forms(verb)})\s{_DETERMINERS}")


def _participle(verb: str) -> str:
    head, _, particle = verb.partition(" ")
    return f"{load_words().participles[head]} {particle}".strip()


@cache
def _forms(verb: str) -> str:
    """A pattern for all forms of a verb with its particle."""
    words = load_words()
    head, _, particle = verb.partition(" ")
    forms = {head, third_person(head), gerund(head), *(form for form, base in words.past.items() if base == head)}
    behind = rf"\s{particle}" if particle else ""
    return rf"(?:{'|'.join(sorted(forms))}){behind}"
