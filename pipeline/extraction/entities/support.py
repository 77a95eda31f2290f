"""When a weak form counts: a word of the language or a place is a body only where the article says so.

The ground for it is one of: the entity stands elsewhere in the article by a form that is sure; a noun before the name
says what it is; somebody acts or leads there; the place stands in a list of councils.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from pipeline.extraction.entities.forms import Entity, Found
from pipeline.extraction.entities.tokens import Tokens, is_acronym, tokenise

_PATH = Path(__file__).with_name("support.toml")
PLACE = "local_authority"
_SENTENCE = 25  # tokens that a list may be away from the councils that it is of
_REACH = 8  # tokens from a role to the body that it is held at

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Cues:
    """The word lists of ``support.toml``, phrases as tokens."""

    before: dict[str, frozenset[Phrase]]
    naming: dict[str, frozenset[Phrase]]
    after: dict[str, frozenset[Phrase]]
    verbs: frozenset[str]
    which: frozenset[str]
    article_types: frozenset[str]
    article_words: frozenset[str]
    locative: frozenset[str]
    speaking: frozenset[str]
    places_before: frozenset[Phrase]
    places_linking: frozenset[Phrase]
    places_after: frozenset[Phrase]

    def type_before(self, tokens: Tokens, first: int) -> str | None:
        """The organisation type that a noun right before a name gives it."""
        for type_, nouns in self.naming.items():
            if _phrase_before(tokens, first, [nouns]):
                return type_
        return None

    def type_after(self, tokens: Tokens, last: int) -> str | None:
        """The organisation type that "…, a charity" after a name gives it."""
        if tokens.lows[last : last + 1] != [","] or tokens.lows[last + 1 : last + 2] not in (["a"], ["an"], ["the"]):
            return None
        for at in range(last + 2, min(last + 6, len(tokens) - 1)):
            if tokens.lows[at + 1] in (",", ".", "that", "which", "for", "based", "set", "representing", "whose"):
                return next((type_ for type_, nouns in self.naming.items() if (tokens.lows[at],) in nouns), None)
        return None

    def is_speaking(self, tokens: Tokens, last: int) -> bool:
        """Whether the name before token ``last`` says something."""
        return tokens.lows[last] in self.speaking or (
            tokens.lows[last] in ("has", "have", "had", "also") and tokens.lows[last + 1] in self.speaking
        ) if last + 1 < len(tokens) else False

    def is_led(self, tokens: Tokens, last: int) -> bool:
        """Whether a leader of the name before token ``last`` follows: "X’s chief executive Jo Day"."""
        at = last + (tokens.lows[last : last + 1] == ["'s"])
        return _phrase_after(tokens, at, [self.after["organisation"]])

    def is_led_from(self, tokens: Tokens, first: int) -> bool:
        """Whether somebody leads at the name that begins at token ``first``: "chief executive of X"."""
        return first > 0 and tokens.lows[first - 1] in ("at", "of", "for") and _has_role_before(tokens, first - 1, self)


@cache
def load_cues() -> Cues:
    """The lists, read once."""
    data = tomllib.loads(_PATH.read_text(encoding="utf-8"))

    def phrases(words: Iterable[str]) -> frozenset[Phrase]:
        return frozenset(tuple(tokenise(phrase).lows) for phrase in words)

    return Cues(
        before={key: phrases(words) for key, words in data["before"].items()},
        naming={key: phrases(words) for key, words in data["naming"].items()},
        speaking=frozenset(data["acting"]["speaking"]),
        after={key: phrases(words) for key, words in data["after"].items()},
        verbs=frozenset(data["acting"]["verbs"]),
        which=frozenset(data["acting"]["which"]),
        article_types=frozenset(data["article"]["types"]),
        article_words=frozenset(data["article"]["words"]),
        locative=frozenset(data["places"]["locative"]),
        places_before=phrases(data["places"]["before"]),
        places_linking=phrases(data["places"]["linking"]),
        places_after=phrases(data["places"]["after"]),
    )


def supported(tokens: Tokens, weak: Sequence[Found], strong: Sequence[Found], starts: frozenset[int]) -> list[Found]:
    """Those of the ``weak`` matches that the article supports.

    ``strong`` are the matches that need no support. ``starts`` are the tokens that begin a sentence: a capital there
    says little. Support of one mention holds for the entity in the whole article, but not for places: "Kent" may be
    the council in one sentence and the county in the next.
    """
    cues = load_cues()
    sure = {each.form.entity for each in strong}
    rivals: dict[tuple[str, Phrase], set[Entity]] = defaultdict(set)
    for each in weak:
        rivals[_key(each)].add(each.form.entity)
    listed = _listed_places(tokens, [*weak, *strong], cues)
    grounded = {
        each.form.entity
        for each in weak
        if not rivals[_key(each)] & sure
        and tokens.words[each.first][0].isupper()
        and (
            _is_introduced(tokens, each, cues)
            or (len(rivals[_key(each)]) == 1 and _is_acting(tokens, each, cues, starts))
        )
        and each.form.entity.type != PLACE
    }
    kept = []
    for each in weak:
        if each.form.entity.type == PLACE:
            is_kept = (each.first, each.last) in listed or _is_council(tokens, each, cues, sure, starts)
        else:
            is_word = each.last - each.first == 1 and each.first in starts and not is_acronym(tokens.words[each.first])
            is_kept = each.form.entity in sure | grounded and (not is_word or _is_acting(tokens, each, cues, starts))
        if is_kept:
            kept.append(each)
    return kept


def _key(found: Found) -> tuple[str, Phrase]:
    return found.form.entity.kind, found.form.words


def _phrase_before(tokens: Tokens, at: int, phrases: Iterable[frozenset[Phrase]]) -> bool:
    """Whether one of the phrases ends right before token ``at``; an article or a quotation mark may stand between."""
    while at > 0 and tokens.lows[at - 1] in ('"', "'", "the"):
        at -= 1
    return any(tuple(tokens.lows[at - length : at]) in group for group in phrases for length in (1, 2, 3) if at >= length)


def _phrase_after(tokens: Tokens, at: int, phrases: Iterable[frozenset[Phrase]]) -> bool:
    return any(tuple(tokens.lows[at : at + length]) in group for group in phrases for length in (1, 2, 3, 4, 5))


def _is_introduced(tokens: Tokens, each: Found, cues: Cues) -> bool:
    """"The charity Become", "charities Become and Kinship", "Become, a charity for …"."""
    entity = each.form.entity
    nouns = [cues.before[key] for key in (entity.kind, entity.type) if key in cues.before]
    at = each.first
    if _phrase_before(tokens, at, nouns):
        return True
    while at > 2 and tokens.lows[at - 1] in (",", "and") and tokens.words[at - 2][0].isupper():
        at -= 1
        while at > 0 and (tokens.words[at - 1][0].isupper() or tokens.lows[at - 1] in ("for", "of", "in", "'s", ",")):
            at -= 1
        if _phrase_before(tokens, at, nouns):
            return True
    if tokens.lows[each.last : each.last + 1] != [","] or tokens.lows[each.last + 1 : each.last + 2] not in (["a"], ["an"], ["the"]):
        return False
    return any(_phrase_before(tokens, end, nouns) for end in range(each.last + 3, min(each.last + 6, len(tokens))))


def _is_acting(tokens: Tokens, each: Found, cues: Cues, starts: frozenset[int]) -> bool:
    """"Become said", "Become chief executive", "policy manager at Become", "the Commons"."""
    entity, at = each.form.entity, each.last
    if at >= len(tokens):
        return False
    nouns = [cues.after[key] for key in (entity.kind, entity.type) if key in cues.after]
    if tokens.lows[at] in cues.verbs or (tokens.lows[at] in ("has", "have", "had") and tokens.lows[at + 1] in cues.verbs):
        return True
    if tokens.lows[at : at + 2] == [",", "which"] and tokens.lows[at + 2] in cues.which:
        return True
    if _phrase_after(tokens, at + (tokens.lows[at] == "'s"), nouns) and (each.first not in starts or tokens.lows[at] == "'s"):
        return True
    if entity.type in cues.article_types and each.first > 0:
        is_alone = not tokens.words[at][0].isupper()
        before = tokens.lows[each.first - 1]
        if is_alone and (before in cues.article_words or (len(before) == 4 and before.isdigit())):
            return True
    return each.first > 0 and tokens.lows[each.first - 1] in ("at", "of", "for") and _has_role_before(tokens, each.first - 1, cues)


def _has_role_before(tokens: Tokens, at: int, cues: Cues) -> bool:
    roles = cues.after["organisation"]
    for first in range(at - 1, max(-1, at - _REACH), -1):
        if tokens.lows[first] in (".", ",", ";") or tokens.lows[first][0] == "\n":
            return False
        if (tokens.lows[first],) in roles or tuple(tokens.lows[first : first + 2]) in roles:
            return True
    return False


def _is_council(tokens: Tokens, each: Found, cues: Cues, sure: set[Entity], starts: frozenset[int]) -> bool:
    """Whether a place's name means its council here: it acts, or the article has named the council and the place
    isn't where something is."""
    if not tokens.words[each.first][0].isupper():
        return False
    before = tokens.lows[each.first - 1] if each.first else ""
    if before in cues.locative or tokens.words[each.first - 1][0].isupper() and each.first not in starts:
        return False
    if each.last < len(tokens) and tokens.words[each.last][0].isupper():
        return False
    return each.form.entity in sure or _is_acting(tokens, each, cues, starts) or _is_introduced(tokens, each, cues)


def _listed_places(tokens: Tokens, found: Sequence[Found], cues: Cues) -> set[tuple[int, int]]:
    """Spans of places that stand in a list of councils: lines of their own, or "councils including A, B and C"."""
    places: dict[int, Found] = {}
    for each in found:
        if each.form.entity.type == PLACE and (each.first not in places or each.last > places[each.first].last):
            places[each.first] = each
    listed: set[tuple[int, int]] = set()
    run: list[Found] = []
    for first in sorted(places):
        if run and _is_next(tokens, run[-1].last, first):
            run.append(places[first])
        elif not run or first >= run[-1].last:
            listed |= _spans_if_listed(tokens, run, cues)
            run = [places[first]]
    return listed | _spans_if_listed(tokens, run, cues)


def _is_next(tokens: Tokens, last: int, first: int) -> bool:
    between = tokens.lows[last:first]
    return 0 < len(between) <= 3 and all(low in (",", "and", ";", "the") or low[0] == "\n" for low in between)


def _spans_if_listed(tokens: Tokens, run: list[Found], cues: Cues) -> set[tuple[int, int]]:
    if len(run) < 2:
        return set()
    at = run[0].first
    while at > 0 and tokens.lows[at - 1] == "the":
        at -= 1
    is_introduced = any(
        tuple(tokens.lows[at - length : at]) in cues.places_linking and _phrase_before(tokens, at - length, [cues.places_before])
        for length in (1, 2)
    ) or _phrase_before(tokens, at, [cues.places_before])
    is_introduced = is_introduced or (len(run) > 2 and _has_councils_before(tokens, at, cues))
    is_closed = _phrase_after(tokens, run[-1].last, [cues.places_after])
    is_named = any(not each.form.is_weak for each in run)
    lines = sum("\n" in "".join(tokens.lows[one.last : two.first]) for one, two in pairwise(run))
    if is_introduced or is_closed or is_named or lines >= 3:
        return {(each.first, each.last) for each in run}
    return set()


def _has_councils_before(tokens: Tokens, at: int, cues: Cues) -> bool:
    """Whether the sentence speaks of councils before token ``at``: "the three authorities left are A, B and C"."""
    for before in range(at - 1, max(-1, at - _SENTENCE), -1):
        if tokens.lows[before] == "." or tokens.lows[before][0] == "\n":
            return False
        if (tokens.lows[before],) in cues.places_before:
            return True
    return False
