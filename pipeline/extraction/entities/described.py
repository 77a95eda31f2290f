"""Policies without a capital to show them ("the early career framework") and those with a title ("Bright Start")."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipeline.extraction.entities.heads import Heads
from pipeline.extraction.entities.names import Name, is_capital, join_words
from pipeline.extraction.entities.tokens import Tokens, both_numbers, is_acronym, singular, tokenise

_PATH = Path(__file__).with_name("described.toml")
_FEWEST_MODIFIERS = 2
_MOST_MODIFIERS = 8
_TITLE_MARKS = frozenset((
    ",", ":", "-", "and", "of", "for", "the", "in", "on", "to", "with", "into", "a", "an", "or", "'s", "'",
))  # fmt: skip

_WORDS = (
    *("bounds", "passing", "nouns", "private", "owners", "ranging", "making"),
    *("anybodys", "governing", "helping", "adjectives", "always", "lawmaking"),
)
_PLURAL_TYPE = "body"  # of a policy that is a body there are many: "regional care co-operatives"
_REACH = 12  # tokens around a name in which words of policy-making support it

#: After one of these a word in "-ing" is a noun or an adjective: "the gambling levy".
_DETERMINERS = frozenset(
    ["'s", "the", "a", "an", "its", "their", "new", "proposed", "statutory", "national", "mandatory"]
)

#: After one of these a name is of one thing that the reader knows or is to know.
_DEFINITE = frozenset(["the", "its", "'s", "under", "through", "via"])

Phrases = dict[tuple[str, ...], str]


@dataclass(frozen=True)
class Descriptions:
    """The word lists of ``described.toml``; phrases as tokens, each with the policy type that it stands for."""

    heads: Phrases
    wide: Phrases
    after_title: Phrases
    introducing: Phrases
    defined: Phrases
    calling: frozenset[tuple[str, ...]]
    calling_words: frozenset[str]
    bounds: frozenset[str]
    passing: frozenset[str]
    nouns: frozenset[str]
    private: frozenset[str]
    last_words: frozenset[str]
    endings: frozenset[str]
    owners: frozenset[str]
    ranging: frozenset[str]
    making: frozenset[str]
    anybodys: frozenset[str]
    governing: frozenset[str]
    helping: frozenset[str]
    adjectives: frozenset[str]
    always: frozenset[str]
    lawmaking: frozenset[str]
    themes: frozenset[tuple[str, ...]]


@cache
def load_descriptions() -> Descriptions:
    """The lists, read once."""
    data = tomllib.loads(_PATH.read_text(encoding="utf-8"))

    def phrases(table: Mapping[str, list[str]]) -> Phrases:
        return {tuple(tokenise(noun).lows): type_ for type_, nouns in table.items() for noun in nouns}

    heads, wide = phrases(data["heads"]), phrases(data["wide"])
    calling = data["introducing"].pop("calling")
    return Descriptions(
        heads=heads,
        wide=wide,
        last_words=frozenset(words[-1] for words in [*heads, *wide]),
        endings=both_numbers(words[-1] for words in [*heads, *wide]),
        after_title=phrases(data["after_title"]),
        introducing=phrases(data["introducing"]),
        defined=phrases(data["defined"]),
        calling=frozenset(tuple(tokenise(phrase).lows) for phrase in calling),
        themes=frozenset(tuple(tokenise(theme).lows) for theme in data["themes"]["phrases"]),
        calling_words=frozenset(phrase.split()[-1] for phrase in calling),
        **{name: frozenset(word for each in data["words"][name] for word in tokenise(each).lows) for name in _WORDS},
    )


def defined_type(lows: Sequence[str]) -> tuple[str, str] | None:
    """Kind and type of what a long form in lower case names whose acronym an article gives; ``None`` for no policy.

    >>> defined_type(["joint", "targeted", "area", "inspection"])
    ('policy', 'programme')
    """
    lists = load_descriptions()
    for n in range(min(4, len(lows)), 0, -1):
        type_ = lists.defined.get(tuple(lows[-n:]))
        if type_:
            return "policy", type_
    return None


def find_described(tokens: Tokens, starts: frozenset[int], taken: frozenset[int]) -> list[Name]:
    """Policies named in lower case: a head noun with words before it that say what it is about.

    Words of policy-making must stand near, or the article use the name again: much in a trade's talk looks like a
    policy's name. Words that only say when or how ("proposed", "five-year") neither count nor belong to the name; a
    plural gives the name in the singular.
    ``starts`` are the characters at which a sentence begins, where a name has a capital; ``taken`` those at which
    something ends that has a reading already.
    """
    lists = load_descriptions()
    names = []
    for at, low in enumerate(tokens.lows):
        if low not in lists.endings or _is_called(tokens, lists, at + 1):
            continue
        head = _head(tokens, at + 1, lists)
        name = _describe(tokens, lists, head, at + 1, starts, taken) if head else None
        if name:
            names.append(name)
    text = tokens.text.lower()
    return [
        _with_reach(tokens, lists, name, text)
        for name, is_enough in names
        if is_enough or text.count(name.words.lower()) > 1
    ]


def _is_called(tokens: Tokens, lists: Descriptions, at: int) -> bool:
    """Whether what ends before token ``at`` is given a name there: "a scheme, called Bright Start"."""
    at += tokens.lows[at : at + 1] == [","]
    n = next((n for n in (1, 2) if tuple(tokens.lows[at : at + n]) in lists.calling), 0)
    title = at + n + (tokens.lows[at + n : at + n + 1] in (['"'], ["'"]))
    return n > 0 and title < len(tokens) and is_capital(tokens.words[title])


def _with_reach(tokens: Tokens, lists: Descriptions, name: Name, text: str) -> Name:
    """The name with the word before it that says how far it reaches, where the article never leaves that out."""
    first = bisect_left(tokens.starts, name.start) - 1
    if first < 0 or tokens.lows[first] not in lists.ranging:
        return name
    longer = text[tokens.starts[first] : name.end]
    if text.count(longer) < text.count(text[name.start : name.end]):
        return name
    return replace(name, start=tokens.starts[first], words=f"{tokens.words[first]} {name.words}")


@dataclass(frozen=True, slots=True)
class _Head:
    """A head noun from token ``first``: the type that it gives, and whether it needs words of policy-making near."""

    first: int
    type: str
    is_wide: bool


def _head(tokens: Tokens, last: int, lists: Descriptions) -> _Head | None:
    """The longest head noun in lower case that ends before token ``last``."""
    if not tokens.words[last - 1][0].islower():
        return None
    for n in (4, 3, 2, 1):
        words = tuple(tokens.lows[last - n : last]) if last >= n else ()
        one = (*words[:-1], singular(words[-1])) if words else ()
        if words in lists.heads:
            return _Head(last - n, lists.heads[words], is_wide=False)
        type_ = lists.wide.get(words) or lists.wide.get(one) or lists.heads.get(one)
        if type_ and (words in lists.wide or type_ == _PLURAL_TYPE):
            return _Head(last - n, type_, is_wide=True)
    return None


def _describe(
    tokens: Tokens, lists: Descriptions, head: _Head, last: int, starts: frozenset[int], taken: frozenset[int]
) -> tuple[Name, bool] | None:
    """The name, and whether it says enough by itself; else it does if it comes again."""
    first = _begin(tokens, lists, head, starts, taken)
    if first is None:
        return None
    modifiers = [low for low in tokens.lows[first : head.first] if low not in ("'s", "'", "and")]
    if len(modifiers) < _FEWEST_MODIFIERS:
        return None
    if len(modifiers) == _FEWEST_MODIFIERS and modifiers[-1] in lists.private:
        is_theme = tuple(modifiers) in lists.themes or modifiers[0].endswith("ing")
        is_theme = is_theme and not head.is_wide
        if not is_theme and tokens.lows[head.first - 2] != "and":
            return None
    if head.type == "bill" and not _is_of_parliament(tokens, lists, first, last):
        return None
    making = lists.making if head.is_wide else lists.making | lists.governing
    is_long, is_news = len(modifiers) > _FEWEST_MODIFIERS, _is_near(tokens, making, first, last)
    words = join_words(tokens, first, last)
    if tokens.lows[last - 1] not in lists.last_words:
        words = words[: len(words) - len(tokens.words[last - 1])] + singular(tokens.words[last - 1])
    name = Name(tokens.starts[first], tokens.ends[last - 1], words, "policy", head.type)
    if head.is_wide:
        return (name, is_long) if is_news else None
    is_known = tokens.lows[last - 1] not in lists.anybodys and _is_definite(tokens, lists, first)
    return name, is_news or is_known or tokens.lows[last - 1] in lists.always


def _begin(
    tokens: Tokens, lists: Descriptions, head: _Head, starts: frozenset[int], taken: frozenset[int]
) -> int | None:
    """The first token of the name before a head noun; ``None`` where it is part of another name."""
    first = _back(tokens, lists, head, head.first)
    before = first - 1
    is_named = before >= 0 and is_capital(tokens.words[before]) and tokens.ends[before] not in taken
    if is_named and tokens.lows[before] not in lists.bounds:
        is_begin = tokens.starts[before] in starts
        if is_acronym(tokens.words[before]) and not is_begin and first < head.first:
            first = _back(tokens, lists, head, before)  # "the area XYZ framework": short for what it is about
        elif not is_begin or is_acronym(tokens.words[before]):
            return None
        else:
            is_verb = tokens.lows[before].endswith("ing") and tokens.lows[before] not in lists.nouns
            first = first if is_verb else before
    if tokens.lows[first] in ("'s", "'"):
        first += 1
    while first < head.first and (tokens.lows[first] in lists.passing or tokens.lows[first] in ("and", "'s")):
        first += 1
    is_short = head.first - first < _FEWEST_MODIFIERS and first > 0
    return first - 1 if is_short and tokens.lows[first - 1] in lists.ranging else first


def _back(tokens: Tokens, lists: Descriptions, head: _Head, first: int) -> int:
    """The first of the modifiers that end before token ``first``."""
    while first > 0 and head.first - first < _MOST_MODIFIERS and is_modifier(tokens, lists, first - 1):
        first -= 1
    return first


def _is_of_parliament(tokens: Tokens, lists: Descriptions, first: int, last: int) -> bool:
    """Whether a bill in lower case is a law in the making: what is paid has a bill too."""
    before = tokens.lows[last - 2]
    is_named = before not in lists.private and before not in lists.passing
    return is_named and _is_near(tokens, lists.lawmaking, first, last)


def _is_definite(tokens: Tokens, lists: Descriptions, first: int) -> bool:
    """Whether a name's article, owner or quotation marks say that there is one such thing: "the DfE’s new …"."""
    at = first - 1
    if at >= 0 and tokens.lows[at] in ("'", '"') and tokens.ends[at] == tokens.starts[first]:
        return True
    while at > 0 and tokens.lows[at] in lists.passing:
        at -= 1
    return at >= 0 and tokens.lows[at] in _DEFINITE


def _is_near(tokens: Tokens, words: frozenset[str], first: int, last: int) -> bool:
    """Whether one of the words stands near a name: "consultation on a …", "… would be introduced"."""
    return not words.isdisjoint(tokens.lows[max(0, first - _REACH) : last + _REACH])


def is_modifier(tokens: Tokens, lists: Descriptions, at: int) -> bool:
    """Whether a word in lower case may stand before the head noun of a name."""
    word = tokens.words[at]
    if word in ("'s", "'"):
        return at > 0 and tokens.lows[at - 1] in lists.owners
    if word == "and":
        before = tokens.words[at - 1] if at > 0 else "."
        return before.isalpha() and before.islower() and is_modifier(tokens, lists, at - 1)
    if word == "help":
        return tokens.lows[at - 1] in lists.helping
    if word == "support":  # a noun after another one: "carer travel support fund"
        return at > 0 and not tokens.lows[at - 1].endswith("s") and is_modifier(tokens, lists, at - 1)
    if word == "in" and tokens.lows[at + 1 : at + 2] == ["need"]:
        return True
    if not (word.isalpha() and word.islower()) or word in lists.bounds:
        return False
    if word.endswith("ly") and word not in lists.adjectives:
        return False
    if word.endswith("ing") and tokens.lows[at - 1] in _DETERMINERS:
        return True
    return word in lists.nouns or not word.endswith(("ing", "ed")) or word in lists.passing


def find_titled(tokens: Tokens, heads: Heads, taken: frozenset[int], starts: frozenset[int]) -> Iterator[Name]:
    """Policies with a title: before a head noun, or after a noun that introduces it.

    ``taken`` are the characters at which something begins that has a reading already, ``starts`` those at which a
    sentence does.
    """
    lists = load_descriptions()
    last = 0
    for begin in tokens.capitals:
        if begin < last:
            continue
        first, last = begin, _title_end(tokens, begin)
        while first < last and (tokens.lows[first] in heads.openers or not is_capital(tokens.words[first])):
            first += 1
        if first < last and tokens.starts[first] in starts and tokens.lows[first].endswith("ing") and last - first > 1:
            first += 1
        if first < last and tokens.starts[first] in taken:
            first = _after_owner(tokens, first, last)
        if first < last and tokens.starts[first] not in taken:
            name = _before_head(tokens, heads, lists, first, last, starts) or _introduced(tokens, lists, first, last)
            if name:
                yield name


def _after_owner(tokens: Tokens, first: int, last: int) -> int:
    """The token after the possessive of the body that a run of capitals begins with: "the DWP’s Keep Warm"."""
    return next((at + 1 for at in range(first + 1, last) if tokens.lows[at] in ("'s", "'")), first)


def _title_end(tokens: Tokens, at: int) -> int:
    """The token after a title: capitalised words with small words and at most a comma between them."""
    last, n_words = at + 1, len(tokens)
    while last < n_words:
        if is_capital(tokens.words[last]):
            last += 1
            continue
        gap = last
        while gap < n_words and gap - last < 3 and tokens.lows[gap] in _TITLE_MARKS and not _is_quote(tokens, gap):
            gap += 1
        if gap == last or gap >= n_words or not is_capital(tokens.words[gap]):
            break
        if "," in tokens.lows[last:gap] and tokens.lows[last:gap] not in ([","], [",", "and"]):
            break
        last = gap
    return last


def _is_quote(tokens: Tokens, at: int) -> bool:
    """Whether an apostrophe opens a quotation rather than ends a possessive."""
    return tokens.lows[at] == "'" and tokens.ends[at - 1] < tokens.starts[at]


def _before_head(
    tokens: Tokens, heads: Heads, lists: Descriptions, first: int, last: int, starts: frozenset[int]
) -> Name | None:
    """A title of capitals, quoted or not, then a head noun in lower case: "Supporting Families programme"."""
    is_quoted = first > 0 and tokens.lows[last : last + 1] == [tokens.lows[first - 1]] in (['"'], ["'"])
    head = last + is_quoted
    end = next((head + n for n in (2, 1) if tuple(tokens.lows[head : head + n]) in lists.after_title), None)
    if end is None or not tokens.words[head][0].islower():
        return None
    for at in range(last - 1, first - 1, -1):
        if tokens.lows[at] in (",", ":", "-") or (tokens.lows[at] == "'s" and tokens.lows[at - 1] not in heads.plurals):
            first = at + 1
            break
    words = tokens.words[first:last]
    is_single = len(words) == 1
    if not words or not is_capital(words[0]) or not heads.no_titles.isdisjoint(tokens.lows[first:last]):
        return None
    is_noun = tokens.lows[first] in lists.endings  # "a Pathfinder programme" is of that kind and has no name
    if is_single and (is_noun or is_acronym(words[0]) or not _is_within(tokens, first, starts)):
        return None
    type_ = lists.after_title[tuple(tokens.lows[head:end])]
    noun = join_words(tokens, head, end)
    noun = noun if noun in lists.last_words else singular(noun)
    name = f"{join_words(tokens, first, last)} {noun}"
    return Name(tokens.starts[first], tokens.ends[end - 1], name, "policy", type_)


def _is_within(tokens: Tokens, at: int, starts: frozenset[int]) -> bool:
    """Whether a capital means something: inside of a sentence, or in quotation marks."""
    if tokens.starts[at] in starts or at == 0:
        return False
    if tokens.lows[at - 1] in ("'", '"'):
        return at > 1 and tokens.starts[at - 1] not in starts
    return tokens.words[at - 1].islower() or tokens.lows[at - 1] == "the"


def _introduced(tokens: Tokens, lists: Descriptions, first: int, last: int) -> Name | None:
    """A title after a noun: "its strategy, Better Together, …", "a scheme called Bright Start"."""
    before = first
    is_quoted = before > 0 and tokens.lows[before - 1] in ('"', "'")
    before -= is_quoted
    is_called = False
    for n in (1, 2):
        if tuple(tokens.lows[before - n : before]) in lists.calling:
            before, is_called = before - n, True
            before -= before > 0 and tokens.lows[before - 1] == ","
            break
    if not is_called and before > 0 and tokens.lows[before - 1] in (",", "-"):
        before -= 1
        if last - first < 2 or tokens.lows[last : last + 1] not in ([","], ["."], ["-"], ['"']):
            return None
    elif not is_called and not (is_quoted and last - first > 1):
        return None
    for n in (2, 1):
        type_ = lists.introducing.get(tuple(tokens.lows[before - n : before]))
        if type_ and tokens.words[before - 1][0].islower():
            return Name(tokens.starts[first], tokens.ends[last - 1], join_words(tokens, first, last), "policy", type_)
    return None
