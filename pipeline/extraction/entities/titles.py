"""Titles of policies without a head noun of their own: "Bringing Care Home", "Fair Shares, Told Straight".

What shows one is its form (a verb in "-ing" with a capital amid a sentence), what is said to be done with it ("set out
in …"), a noun beside it that says what it is (", the white paper"), or a whole that is a policy by its kind ("Ada’s
Law", a party's manifesto).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.extraction.entities.heads import Heads, load_heads
from pipeline.extraction.entities.names import Name, is_capital, join_words
from pipeline.extraction.entities.tokens import Tokens, is_acronym, places_of, tokenise
from pipeline.vocabulary import POLICY_TYPES

_PATH = Path(__file__).with_name("titles.toml")
_MOST_WORDS = 14
_LONGEST_GAP = 3  # small words between two capitals
_FEWEST_CAPITALS = 2
_FEWEST_SURE = 3  # capitals of a title that only its surroundings show
_REACH = 5  # tokens between an apposition's article and its noun
_MOST_MODIFIERS = 5  # words in lower case between a title and the noun that says what it is
_SHORTEST_VERB = 6
_WEAK = frozenset(["and", "of", "'s", "'"])  # small words that names of bodies have too
_QUOTES = frozenset(['"', "'"])
_MARKS = frozenset([",", ":"])
_NO_POLICY = "none"
_TITLED = frozenset(["strategy", "guidance"])  # a programme's noun is part of its name, a paper's is not
_YEAR = re.compile(r"(19|20)\d\d$")
_QUOTED = range(2, 15)  # tokens of a title in quotation marks
_SENTENCE = frozenset([".", "?", "!", ";", "i", "we", "you", "they", "it", "is", "are", "was", "were", "will", "must"])

Phrases = dict[tuple[str, ...], str]


@dataclass(frozen=True)
class Titles:
    """The word lists of ``titles.toml``; phrases as tokens, ``nouns`` each with the type of policy that it names.

    ``after`` are the nouns that stand right after a title; a report is of no type (``none``).
    """

    nouns: Phrases
    single: Phrases
    after: Phrases
    doing: frozenset[tuple[str, ...]]
    small: frozenset[str]
    articles: frozenset[str]
    ends: frozenset[str]
    not_verbs: frozenset[str]
    parties: frozenset[str]


@cache
def load_titles() -> Titles:
    """The lists, read once and checked. Raises ``RegisterError``."""
    data = tomllib.loads(_PATH.read_text(encoding="utf-8"))

    def phrases(table: Mapping[str, Sequence[str]]) -> Phrases:
        unknown = set(table) - {*POLICY_TYPES, _NO_POLICY}
        if unknown:
            raise RegisterError(f"{_PATH}: unknown policy types {sorted(unknown)}", "mend the line")
        return {tuple(tokenise(noun).lows): type_ for type_, nouns in table.items() for noun in nouns}

    return Titles(
        nouns=phrases(data["nouns"]),
        single=phrases(data["single"]),
        after=phrases(data["after"]),
        doing=frozenset(tuple(tokenise(phrase).lows) for phrase in data["doing"]["phrases"]),
        **{name: frozenset(data["words"][name]) for name in ("small", "articles", "ends", "not_verbs", "parties")},
    )


def find_titles(tokens: Tokens, starts: frozenset[int], bodies: frozenset[int]) -> Iterator[Name]:
    """Titles, in order; each may hold the name of another policy.

    ``starts`` are the characters at which a sentence begins, where a capital says nothing; ``bodies`` those at which
    the name of a body begins, which ends a title.
    """
    heads, lists = load_heads(), load_titles()
    last = 0
    for first in tokens.capitals:
        if first < last or first == 0 or tokens.starts[first] in starts or _goes_on(tokens, starts, first):
            continue
        if tokens.starts[first] in bodies or not _may_begin(tokens, lists, first + 1):
            continue
        last = _end(tokens, lists, first, bodies)
        name = _title(tokens, heads, lists, first, last)
        if name:
            yield name
    yield from _quoted(tokens, lists)
    yield from _laws(tokens, starts)
    yield from _manifestos(tokens, lists)


def _may_begin(tokens: Tokens, lists: Titles, following: int) -> bool:
    """Whether a title may go on with token ``following``; most capitals amid a sentence stand alone."""
    if following >= len(tokens):
        return False
    low = tokens.lows[following]
    return low in lists.small or low in _MARKS or is_capital(tokens.words[following])


def _goes_on(tokens: Tokens, starts: frozenset[int], first: int) -> bool:
    """Whether a capital goes on with a name that began before it; the article of a sentence's first word is none."""
    before = first - 1
    return is_capital(tokens.words[before]) and not (tokens.lows[before] == "the" and tokens.starts[before] in starts)


def _end(tokens: Tokens, lists: Titles, first: int, bodies: frozenset[int]) -> int:
    """The token after a title: words with capitals, small words between them, and a second part after a comma."""
    last = first + 1
    while last < len(tokens) and last - first < _MOST_WORDS:
        if is_capital(tokens.words[last]) and tokens.starts[last] not in bodies:
            last += 1
            continue
        gap = last
        while gap < len(tokens) and gap - last < _LONGEST_GAP and tokens.lows[gap] in lists.small:
            gap += 1
        if gap == last and tokens.lows[last] in (",", ":") and _is_second_part(tokens, lists, last + 1):
            gap += 1
        elif gap == last and _YEAR.match(tokens.lows[last]) and tokens.lows[last + 1 : last + 2] == [":"]:
            gap += 2
        if gap == last or gap >= len(tokens) or not is_capital(tokens.words[gap]) or tokens.starts[gap] in bodies:
            break
        if tokens.lows[last] in _QUOTES and not tokens.text[tokens.starts[last] - 1].isalpha():
            break
        last = gap
    return last


def _is_second_part(tokens: Tokens, lists: Titles, at: int) -> bool:
    """Whether what follows a mark at token ``at`` goes on with a title: "…, Helping Families", "…, Built on Trust"."""
    if at + 1 >= len(tokens) or not is_capital(tokens.words[at]):
        return False
    if tokens.lows[at - 1] == ":":
        return is_capital(tokens.words[at + 1])
    return _is_verb(tokens, lists, at) or (tokens.lows[at].endswith(("t", "ed")) and tokens.lows[at + 1] in lists.small)


def _is_verb(tokens: Tokens, lists: Titles, at: int) -> bool:
    """Whether a word is a verb in "-ing": one that names neither a place nor a trade's subject."""
    low = tokens.lows[at]
    return low.endswith("ing") and len(low) >= _SHORTEST_VERB and low not in lists.not_verbs


def _title(tokens: Tokens, heads: Heads, lists: Titles, first: int, last: int) -> Name | None:
    """The policy whose title stands at tokens ``first`` to ``last``; ``None`` for no title."""
    lows = tokens.lows[first:last]
    n_capitals = sum(is_capital(word) for word in tokens.words[first:last])
    if not heads.no_bodies.isdisjoint(lows) or heads.places.issuperset(lows):
        return None
    if last == first + 1:
        type_ = _single(tokens, lists, first)
        return _name(tokens, first, last, type_) if type_ else None
    type_ = _beside(tokens, lists, first, last)
    noun, end = _noun_after(tokens, lists, last)
    if _NO_POLICY in (type_, noun):
        return None
    is_phrased = not _MARKS.isdisjoint(lows) or not lists.small.isdisjoint(set(lows) - _WEAK)
    head = heads.type_of(lows)
    if _is_verb(tokens, lists, first) and n_capitals >= _FEWEST_CAPITALS:
        if head and head[0] == "organisation" and not is_phrased:
            return None  # "Reducing Harm Partnership"
        if noun and not is_phrased:
            return None  # "Supporting Carers programme": the noun is part of the name
        default = "guidance" if len(lows) > _FEWEST_SURE else "programme"
        return _name(tokens, first, last, type_ or noun or default, end)
    aim = _aim(tokens, heads, first, last)
    if aim:
        return _name(tokens, first, last, aim)
    if n_capitals < _FEWEST_SURE or not is_phrased or (head and head[0] == "organisation"):
        return None
    if head and head[0] == "policy" and not _MARKS.isdisjoint(lows):
        return _name(tokens, first, last, head[1])
    if type_ or noun:
        return _name(tokens, first, last, type_ or noun or "", end)
    if _is_done(tokens, lists, first) and _is_closed(tokens, lists, last) and heads.last_words.isdisjoint(lows):
        return _name(tokens, first, last, "strategy")
    return None


def _aim(tokens: Tokens, heads: Heads, first: int, last: int) -> str | None:
    """The type of a policy whose noun says what it is for with a verb: "National Plan to End Hunger"."""
    for at in range(first + 1, last - 1):
        if tokens.lows[at] == "to" and is_capital(tokens.words[at + 1]) and is_capital(tokens.words[at - 1]):
            head = heads.type_of(tokens.lows[first:at])
            return head[1] if head and head[0] == "policy" and not is_acronym(tokens.words[at + 1]) else None
    return None


def _name(tokens: Tokens, first: int, last: int, type_: str, end: int = 0) -> Name:
    """The name of tokens ``first`` to ``last``, which stands up to token ``end`` where a noun follows."""
    words = join_words(tokens, first, last)
    return Name(tokens.starts[first], tokens.ends[max(end, last) - 1], words, "policy", type_)


def _is_closed(tokens: Tokens, lists: Titles, last: int) -> bool:
    """Whether a title ends for certain before token ``last``."""
    return last >= len(tokens) or tokens.lows[last] in lists.ends or not tokens.words[last][0].isalpha()


def _beside(tokens: Tokens, lists: Titles, first: int, last: int) -> str | None:
    """The type that an apposition says a title to have: ", the statutory guidance", "the white paper, …"."""
    before = first - (tokens.lows[first - 1] in _QUOTES)
    before -= before > 0 and tokens.lows[before - 1] in (",", "-", ":")
    if before < first:
        for n in (2, 1):
            type_ = lists.nouns.get(tuple(tokens.lows[before - n : before])) if before >= n else None
            if type_:
                return type_
    at = last + (tokens.lows[last : last + 1] in (['"'], ["'"]))
    return _apposition(tokens, lists.nouns, lists, at) if tokens.lows[at : at + 1] in ([","], ["-"], ["("]) else None


def _apposition(tokens: Tokens, nouns: Phrases, lists: Titles, mark: int) -> str | None:
    """The type by the noun of the phrase that begins with an article after the mark at token ``mark``."""
    if mark + 1 >= len(tokens) or tokens.lows[mark + 1] not in lists.articles:
        return None
    for noun in range(mark + 2, min(mark + 2 + _REACH, len(tokens) - 1)):
        for n in (2, 1):
            type_ = nouns.get(tuple(tokens.lows[noun : noun + n]))
            if type_ == _NO_POLICY or (
                type_ and tokens.lows[noun + n : noun + n + 1] and _is_closed(tokens, lists, noun + n)
            ):
                return type_
        if not tokens.words[noun][0].isalnum():
            return None
    return None


def _noun_after(tokens: Tokens, lists: Titles, last: int) -> tuple[str | None, int]:
    """The type by the noun in lower case after a title, and the token after it: "X children’s social care plan"."""
    for noun in range(last, min(last + _MOST_MODIFIERS, len(tokens))):
        for n in (2, 1):
            type_ = lists.after.get(tuple(tokens.lows[noun : noun + n]))
            if type_:
                return type_, noun + n if noun == last else 0
        if not tokens.words[noun].islower() or (
            tokens.lows[noun] in lists.ends or tokens.lows[noun] in lists.small - {"'s"}
        ):
            break
    return None, 0


def _single(tokens: Tokens, lists: Titles, first: int) -> str | None:
    """The type of a scheme with one word for a name: "Carelink, a support service paid for by …"."""
    is_after = tokens.lows[first - 1] in lists.articles
    if is_acronym(tokens.words[first]) or is_after or tokens.lows[first + 1 : first + 2] != [","]:
        return None
    return _apposition(tokens, lists.single, lists, first + 1)


def _is_done(tokens: Tokens, lists: Titles, first: int) -> bool:
    """Whether what stands before a title is done with documents: "set out in …", "published …"."""
    first -= tokens.lows[first - 1] in _QUOTES
    return any(tuple(tokens.lows[first - n : first]) in lists.doing for n in (1, 2, 3) if first >= n)


def _quoted(tokens: Tokens, lists: Titles) -> Iterator[Name]:
    """Titles in quotation marks with one capital only: the strategy ‘Caring all round: our plan for homes’."""
    for mark in sorted(_QUOTES):
        last = -1
        for at in places_of(mark, tokens.lows):
            first = at + 1
            if at <= last or first >= len(tokens) or not is_capital(tokens.words[first]):
                continue
            if tokens.ends[at - 1] == tokens.starts[at] or tokens.ends[at] < tokens.starts[first]:
                continue
            last = next(
                (end for end in range(first + 1, first + _QUOTED.stop) if tokens.lows[end : end + 1] == [mark]), -1
            )
            if last - first not in _QUOTED or not _SENTENCE.isdisjoint(tokens.lows[first:last]):
                continue
            type_ = _beside(tokens, lists, first, last) or _kind_behind(tokens, lists, first, last)
            if type_ and type_ != _NO_POLICY and tokens.lows[last - 1] != ",":
                yield _name(tokens, first, last, type_)


def _kind_behind(tokens: Tokens, lists: Titles, first: int, last: int) -> str | None:
    """The type by the noun right behind a quotation with two capitals or more: "the ‘Homes for All’ plan"."""
    if sum(map(is_capital, tokens.words[first:last])) < _FEWEST_CAPITALS:
        return None
    type_, end = _noun_after(tokens, lists, last + 1)
    return type_ if end and type_ in _TITLED else None


def _laws(tokens: Tokens, starts: frozenset[int]) -> Iterator[Name]:
    """Rules that are called by somebody's first name: "Ada’s Law", "Tom’s rule"."""
    for at in places_of("'s", tokens.lows):
        if 0 < at < len(tokens) - 1 and tokens.lows[at + 1] in ("law", "rule"):
            word, is_title = tokens.words[at - 1], is_capital(tokens.words[at + 1])
            if is_capital(word) and not is_acronym(word) and (is_title or tokens.starts[at - 1] not in starts):
                yield _name(tokens, at - 1, at + 2, "rules")


def _manifestos(tokens: Tokens, lists: Titles) -> Iterator[Name]:
    """What a party stood for an election with: "the Labour manifesto"."""
    for at in places_of("manifesto", tokens.lows):
        first = at
        while first > 0 and tokens.lows[first - 1] in lists.parties and is_capital(tokens.words[first - 1]):
            first -= 1
        if first < at:
            yield _name(tokens, first, at + 1, "strategy")
