"""One thing under a long and a short name in one article: which names are the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.extraction.entities.forms import Entity, Form, make_forms
from pipeline.extraction.entities.tokens import name_tokens

#: Acts differ by a word ("Care Act", "Health and Care Act"), so a part of one's name is not its short name.
_EXACT_TYPES = frozenset({"act", "bill", "regulations"})
#: Bodies that go by their name without the noun at its end.
_NAMED_TYPES = frozenset({"company"})
#: Laws that an article goes on to call by their year.
_NAMED_BY_YEAR = frozenset({"act", "regulations"})
_YEAR = re.compile(r" (19|20)\d\d$")
_FEWEST_WORDS = 2


def fuller(entity: Entity, others: Iterable[Entity]) -> Entity | None:
    """The entity whose name is the fuller form of a learnt one's; ``None`` where there is none or there are two.

    A name is short for another of its kind and type when the other ends in it ("workload action group", "national
    workload action group"), and a council's when it leaves out a word of what a council is ("Kent Council").
    """
    words = name_tokens(entity.name).lows
    if entity.type in _EXACT_TYPES or len(words) < _FEWEST_WORDS:
        return None
    found = {
        other
        for other in others
        if (other.kind, other.type) == (entity.kind, entity.type)
        and other.name != entity.name
        and _is_short(words, name_tokens(other.name).lows, entity.type)
    }
    longest = max(found, key=lambda other: (len(other.name), other.name), default=None)
    if longest is None or any(other.origin == "register" != longest.origin for other in found):
        return None
    return longest


def _is_short(short: list[str], long: list[str], type_: str) -> bool:
    if len(short) >= len(long):
        return False
    if long[-len(short) :] == short:
        return True
    rest = iter(long)
    return type_ == "local_authority" and long[0] == short[0] and all(word in rest for word in short)


def by_year(laws: Iterable[Entity]) -> Iterator[Form]:
    """The forms that name a law by its year, where the article names no other of that year: "the 2019 act"."""
    named: dict[str, set[Entity]] = defaultdict(set)
    for law in laws:
        year = _YEAR.search(law.name)
        if year and law.type in _NAMED_BY_YEAR:
            named[f"{year[0].strip()} {law.type}"].add(law)
    for form, those in named.items():
        if len(those) == 1:
            yield from make_forms(next(iter(those)), form)


def shorter(entity: Entity) -> Iterator[Form]:
    """The forms of a learnt name that leave its last word out, and of a law that leave its year out.

    A policy's last word where it is in lower case ("Bright Start scheme"), a firm's where two words or
    more are left ("Brook Lane Care Ltd").
    """
    if entity.origin != "text":
        return
    if entity.kind == "organisation":
        title, _, _ = entity.name.rpartition(" ")
        if entity.type in _NAMED_TYPES and len(title.split()) >= _FEWEST_WORDS and title.split()[-1][0].isupper():
            yield from make_forms(entity, title)
        return
    without_year = _YEAR.sub("", entity.name)
    if without_year != entity.name:
        yield from make_forms(entity, without_year)
    title, _, head = entity.name.rpartition(" ")
    words = title.split()
    if head.islower() and len(words) >= _FEWEST_WORDS and words[-1][0].isupper():
        yield from make_forms(entity, title)
