"""The words around a name that say that it is a body's: what it is, what it does, who leads it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.extraction.entities.tokens import Tokens, tokenise

_PATH = Path(__file__).with_name("support.toml")
_ARTICLES = frozenset({"a", "an", "the"})
_IS = frozenset({",", "is", "was"})
_BETWEEN = frozenset({'"', "'", "the"})
_HAVING = frozenset({"has", "have", "had", "also"})
_AFTER_NOUN = frozenset({",", ".", "that", "which", "for", "based", "set", "representing", "whose"})
_REACH = 8  # tokens from a role to the body that it is held at
_APPOSITION = 4  # tokens within which "…, a small charity" says what the name before it is

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Cues:
    """The word lists of ``support.toml``, phrases as tokens."""

    before: dict[str, frozenset[Phrase]]
    naming: dict[Phrase, str]
    after: dict[str, frozenset[Phrase]]
    owned: frozenset[Phrase]
    verbs: frozenset[str]
    which: frozenset[str]
    article_types: frozenset[str]
    article_words: frozenset[str]
    locative: frozenset[str]
    speaking: frozenset[str]
    places_before: frozenset[Phrase]
    places_linking: frozenset[Phrase]
    places_after: frozenset[Phrase]
    places_verbs: frozenset[str]
    budget_makers: frozenset[str]

    def type_before(self, tokens: Tokens, first: int) -> str | None:
        """The organisation type that a noun right before a name gives it."""
        return next((self.naming[phrase] for phrase in phrases_before(tokens, first) if phrase in self.naming), None)

    def is_naming(self, low: str) -> bool:
        """Whether a word is a noun that says what kind of body a name is of."""
        return (low,) in self.naming

    def type_after(self, tokens: Tokens, last: int) -> str | None:
        """The organisation type that "…, a charity" after a name gives it."""
        for at in apposition(tokens, last):
            if tokens.lows[at + 1] in _AFTER_NOUN:
                return self.naming.get((tokens.lows[at],))
        return None

    def is_speaking(self, tokens: Tokens, last: int, verbs: frozenset[str] | None = None) -> bool:
        """Whether the name before token ``last`` says something (or does one of the ``verbs``)."""
        at = last + (tokens.lows[last : last + 1] != [] and tokens.lows[last] in _HAVING)
        return at < len(tokens) and tokens.lows[at] in (verbs or self.speaking)

    def is_led(self, tokens: Tokens, last: int) -> bool:
        """Whether a leader of the name before token ``last`` follows: "X’s chief executive Jo Day"."""
        at = last + (tokens.lows[last : last + 1] == ["'s"])
        return phrase_after(tokens, at, [self.after["organisation"]])

    def is_led_from(self, tokens: Tokens, first: int) -> bool:
        """Whether somebody leads at the name that begins at token ``first``: "chief executive of X"."""
        at = first - (tokens.lows[max(0, first - 1)] in ("'", '"'))
        return at > 0 and tokens.lows[at - 1] in ("at", "of", "for") and _has_role_before(tokens, at - 1, self)


@cache
def load_cues() -> Cues:
    """The lists, read once."""
    data = tomllib.loads(_PATH.read_text(encoding="utf-8"))

    def phrases(words: Iterable[str]) -> frozenset[Phrase]:
        return frozenset(tuple(tokenise(phrase).lows) for phrase in words)

    return Cues(
        before={key: phrases(words) for key, words in data["before"].items()},
        naming={phrase: key for key, words in data["naming"].items() for phrase in phrases(words)},
        speaking=frozenset(data["acting"]["speaking"]),
        after={key: phrases(words) for key, words in data["after"].items()},
        owned=phrases(data["places"]["owned"]),
        verbs=frozenset(data["acting"]["verbs"]),
        which=frozenset(data["acting"]["which"]),
        article_types=frozenset(data["article"]["types"]),
        article_words=frozenset(data["article"]["words"]),
        locative=frozenset(data["places"]["locative"]),
        places_before=phrases(data["places"]["before"]),
        places_linking=phrases(data["places"]["linking"]),
        places_after=phrases(data["places"]["after"]),
        places_verbs=frozenset(data["places"]["verbs"]),
        budget_makers=frozenset(data["budgets"]["makers"]),
    )


def apposition(tokens: Tokens, last: int) -> range:
    """The tokens at which the noun of an apposition to the name before token ``last``, or of "is a", may stand."""
    if last + 1 >= len(tokens) or tokens.lows[last] not in _IS or tokens.lows[last + 1] not in _ARTICLES:
        return range(0)
    return range(last + 2, min(last + 2 + _APPOSITION, len(tokens) - 1))


def phrases_before(tokens: Tokens, at: int) -> list[Phrase]:
    """What ends right before token ``at``: three words, two, one. An article or a quotation mark may stand between."""
    while at > 0 and tokens.lows[at - 1] in _BETWEEN:
        at -= 1
    return [tuple(tokens.lows[at - length : at]) for length in (3, 2, 1) if at >= length]


def phrase_before(tokens: Tokens, at: int, phrases: Iterable[frozenset[Phrase]]) -> bool:
    """Whether one of the phrases ends right before token ``at``."""
    ends = phrases_before(tokens, at)
    return any(end in group for group in phrases for end in ends)


def phrase_after(tokens: Tokens, at: int, phrases: Iterable[frozenset[Phrase]]) -> bool:
    """Whether one of the phrases begins at token ``at``."""
    return any(tuple(tokens.lows[at : at + length]) in group for group in phrases for length in (1, 2, 3, 4, 5))


def _has_role_before(tokens: Tokens, at: int, cues: Cues) -> bool:
    roles = cues.after["organisation"]
    for first in range(at - 1, max(-1, at - _REACH), -1):
        if tokens.lows[first] in (".", ",", ";") or tokens.lows[first][0] == "\n":
            return False
        if (tokens.lows[first],) in roles or tuple(tokens.lows[first : first + 2]) in roles:
            return True
    return False
