"""The bodies of an article: where its sentences name them, which it names most, for which one a minister acts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.extraction.events.passages import Passage
from pipeline.extraction.events.wordlists import load_words
from pipeline.lists import unique
from pipeline.records import Mention, Reference

MINISTER_WORDS: Final = load_words("bodies", "ministers")
#: Whose ministers act for which body in England and the UK; the others of no body, and those of before of none at all.
_OFFICES: Final = (
    (load_words("offices", "past"), ""),
    (load_words("offices", "others"), ""),
    (load_words("offices", "education"), "Department for Education"),
    (load_words("offices", "work"), "Department for Work and Pensions"),
    (load_words("offices", "health"), "Department of Health and Social Care"),
    (load_words("offices", "home"), "Home Office"),
    (load_words("offices", "justice"), "Ministry of Justice"),
)
_TREASURY: Final = "HM Treasury"
#: Governments that are bodies of a name: "the government" means them in their nation's articles.
_NAMED_GOVERNMENTS: Final = frozenset({"Scottish Government", "Welsh Government", "Northern Ireland Executive"})
#: What the names of a nation's own departments have in them.
_DEVOLVED: Final = re.compile(r"\b(?:Northern Ireland|Scot\w+|Wales|Welsh)\b")
#: Of how many bodies "the unions" can speak.
_FEWEST, _MOST = 2, 4
#: How many words before "minister" say what for.
_PORTFOLIO: Final = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A body where it stands in a sentence: its words ``first`` to ``last``, half-open."""

    first: int
    last: int
    name: str


class ArticleBodies:
    """The bodies of an article: those of every sentence, and which one of a type it names most."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._named = [_find_named(passage) for passage in passages]
        counts: Counter[tuple[str, str]] = Counter()
        made = {policy.name for passage in passages for policy in passage.policies}
        for passage in passages:
            counts.update((body.type, body.name) for body in passage.organisations if body.name not in made)
        self._leading: dict[str, str] = {}
        for (kind, name), _ in counts.most_common():
            self._leading.setdefault(kind, name)
        named = unique(body.name for passage in passages for body in passage.organisations if body.type == "union")
        #: The unions, where the article names few enough for "the unions" to mean them all.
        self.unions = named if _FEWEST <= len(named) <= _MOST else ()

    def named(self, index: int) -> list[Named]:
        """The bodies that sentence number ``index`` names or refers to, in order."""
        return self._named[index]

    def leading(self, kind: str) -> tuple[str, ...]:
        """The body of a type that the article names most."""
        return (self._leading[kind],) if kind in self._leading else ()

    def office(self, role: Sequence[str]) -> tuple[str, ...]:
        """The body for which somebody of a role acts, its words in lower case ("children’s minister"): the department
        of that portfolio, in a nation with a government of its own that government, else the one named most."""
        leading = self.leading("government")
        if not role or any(_DEVOLVED.search(name) for name in leading):
            return leading
        if role[-1] == "chancellor":
            return (_TREASURY,)
        said = [name for words, name in _OFFICES if not words.isdisjoint(role)]
        if not said:
            return () if role[-1] == "secretary" else leading
        return (said[0],) if said[0] else ()

    def government(self, passage: Passage) -> tuple[str, ...]:
        """The body that "the government" stands for: that of a nation which has its own, and in the article's first
        sentence the one named most, or that of the minister who tells it."""
        leading = self.leading("government")
        if not _NAMED_GOVERNMENTS.isdisjoint(leading):
            return leading
        if passage.kind != "body" or passage.rank > 0:
            return ()
        lows = passage.words.lows
        minister = next((i for i, low in enumerate(lows) if low in MINISTER_WORDS), -1)
        return leading if minister < 0 else self.office(portfolio(lows, minister))


def portfolio(lows: list[str], at: int) -> list[str]:
    """The words that say of what a minister is one, the word at ``at`` with them."""
    return lows[max(0, at - _PORTFOLIO) : at + 1]


def acting_bodies(passage: Passage) -> list[Mention]:
    """The bodies of a sentence without the media, which only tell."""
    return [body for body in passage.organisations if body.type != "media"]


def _find_named(passage: Passage) -> list[Named]:
    records: list[Mention | Reference] = [*acting_bodies(passage)]
    records += [each for each in passage.references if each.kind == "organisation"]
    return _in_words(passage, records)


def _in_words(passage: Passage, records: Sequence[Mention | Reference]) -> list[Named]:
    words = passage.words
    return [
        Named(words.at(each.start_char), words.at(each.end_char - 1) + 1, each.name)
        for each in sorted(records, key=lambda each: each.start_char)
    ]


def with_reviews(passage: Passage, here: Sequence[Named]) -> list[Named]:
    """The bodies of a sentence with the reviews that it names: they report and recommend."""
    reviews = _in_words(passage, [each for each in passage.policies if each.type == "review"])
    taken = {body.first for body in here}
    return sorted([*here, *(each for each in reviews if each.first not in taken)], key=lambda each: each.first)
