"""Many forms found in one pass: a trie of words, walked from every word of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.extraction.entities.definitions import bracket_end
from pipeline.extraction.entities.heads import load_heads
from pipeline.extraction.entities.tokens import Tokens, is_acronym, plural, tokenise
from pipeline.vocabulary import ORGANISATION_TYPES

#: Words that a writer may put in lower case in a name written with capitals elsewhere.
_LOOSE = frozenset((
    "and", "of", "for", "the", "in", "on", "to", "with", "into", "council", "councils", "city", "county",
    "borough", "district", "metropolitan", "unitary", "bill", "act", "programme", "review", "committee",
    "commission", "survey", "fund", "strategy",
))  # fmt: skip
_END = ""  # the key under which a node keeps the forms that end there; no token is empty
_TITLE = 5  # tokens from which on a form is found in any capitalisation: nothing else is written so
_HEADED = 3  # tokens from which on it is so where the last says what it is: "early intervention grant"
#: Types of which many papers write all names with capitals.
_CAPITAL_TYPES = frozenset({*ORGANISATION_TYPES, "act", "bill", "regulations"} - {"working_group", "parliament"})
_SHORTEST_GLUED = 4  # letters of a word that the next may be glued to
_LONG = 3  # words that a form needs before its last word may stand glued to the next


#: A step in the trie: the following words' nodes, and under ``_END`` the forms that end here.
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entity:
    """What a mention is linked to. ``origin`` is ``register`` or ``text``."""

    kind: str
    name: str
    type: str
    acronym: str | None = None
    origin: str = "register"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an entity, as tokens. ``is_free``: in any capitalisation."""

    words: tuple[str, ...]
    entity: Entity
    is_weak: bool = False
    is_free: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A form at tokens ``first`` to ``last`` (half-open); ``end_char`` is the last token's end, or before what is
    glued to it."""

    first: int
    last: int
    end_char: int
    form: Form


def make_forms(entity: Entity, surface: str, is_weak: bool = False) -> Iterator[Form]:
    """The form of a surface and, where it has one, of its regular plural."""
    words = tuple(tokenise(surface).words)
    if not words:
        return
    is_free = surface == surface.lower() or len(words) >= _TITLE or _is_headed(words, entity)
    yield Form(words, entity, is_weak, is_free)
    last = words[-1]
    if surface == surface.lower() or (is_acronym(last) and last.isupper() and len(words) == 1):
        yield Form((*words[:-1], plural(last)), entity, is_weak, is_free)


def _is_headed(words: tuple[str, ...], entity: Entity) -> bool:
    """Whether a name ends in a noun of its kind, and such names are written in lower case too."""
    if len(words) < _HEADED or entity.type in _CAPITAL_TYPES:
        return False
    head = load_heads().type_of([word.lower() for word in words])
    return head is not None and head[0] == entity.kind


class FormIndex:
    """All forms by their first word, second word, and so on."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._root: Node = {}
        for form in forms:
            node = self._root
            for word in form.words:
                node = node.setdefault(word.lower(), {})
            if form not in node.setdefault(_END, []):
                node[_END].append(form)

    def match(self, tokens: Tokens) -> list[Found]:
        """Every form at every place, by place; longer ones and overlapping ones too."""
        root = self._root
        following = [*tokens.lows[1:], ""]
        found: list[Found] = []
        for first in [at for at, low in enumerate(tokens.lows) if low in root]:
            node = root[tokens.lows[first]]
            if _END in node or following[first] in node or following[first] == "(":
                found.extend(_walk(tokens, first, node))
        return found


def _walk(tokens: Tokens, first: int, node: Node) -> Iterator[Found]:
    """The forms that begin at a token. An acronym in brackets inside of a name is stepped over, and so is a quote."""
    words, lows = tokens.words, tokens.lows
    n_words = len(words)
    steps, begin = [first], first
    while True:
        at = steps[-1] + 1
        for form in node.get(_END, ()):
            if form.is_free or _is_written(form.words, [words[step] for step in steps]):
                yield Found(begin, at, tokens.ends[at - 1], form)
        if at >= n_words:
            return
        following = node.get(lows[at])
        if lows[at] == "(" and (following is None or lows[at + 1] not in following):
            closing = bracket_end(tokens, at)
            at = at if closing is None else closing + 1
            following = node.get(lows[at]) if at < n_words else None
        if following is None and lows[at : at + 1] == lows[first - 1 : first] == ['"']:
            at, begin = at + 1, first - 1
            following = node.get(lows[at]) if at < n_words else None
        if following is None:
            if len(steps) >= _LONG - 1:
                yield from _glued(tokens, first, steps[-1] + 1, node)
            return
        node = following
        steps.append(at)


def _glued(tokens: Tokens, first: int, at: int, node: Node) -> Iterator[Found]:
    """Forms whose last word is the beginning of a longer word, as where a dump lost the blank: "Loveits"."""
    low = tokens.lows[at]
    if not tokens.words[at][0].isupper() or len(low) <= _SHORTEST_GLUED:
        return
    for key, following in node.items():
        if len(key) >= _SHORTEST_GLUED and low.startswith(key):
            for form in following.get(_END, ()):
                if not form.is_weak:
                    yield Found(first, at + 1, tokens.starts[at] + len(key), form)


def _is_written(form: tuple[str, ...], words: list[str]) -> bool:
    return all(
        mine == theirs or ((mine.islower() or theirs.lower() in _LOOSE) and mine.lower() == theirs.lower())
        for mine, theirs in zip(form, words, strict=True)
    )
