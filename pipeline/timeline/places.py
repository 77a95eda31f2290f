"""Where a telling's event may be found: tellings by type, by name or by long words, and by time.

A telling is looked for under the types that it can be told as (``sameness.kindred``). What lasts days or weeks is kept
by month, what lasts longer by year. So a telling is compared with what can agree with it in time, and the comparisons
grow with the number of tellings, not with its square. A telling's keys depend on that telling alone: they are the same
whatever else is in an archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations, product
from typing import Final

from pipeline.timeline.facts import Facts
from pipeline.timeline.sameness import kindred

#: A telling is found again by any two of this many of its longest words: long words are rare ones.
_LONG_WORDS: Final = 5
#: Days that dates may miss each other by and still agree.
_SLACK: Final = 3
_LONGEST_BY_MONTH: Final = 124
_PLEDGE_YEARS: Final = 2
#: Times as whole numbers: a month or a year behind the number of its kind.
_MONTH, _YEAR, _LONG, _PROMISE = (kind << 20 for kind in range(4))
_MASK: Final = (1 << 64) - 1
#: As a number of 64 bits with a sign: this bit turned round, then taken off.
_SIGN: Final = 1 << 63
_SPREAD: Final = 0x9E3779B97F4A7C15
#: Where a sentence is found: it needs neither type nor time.
_ALWAYS: Final = ("", 0)


class Places:
    """Groups by number, under what their tellings are found by."""

    def __init__(self) -> None:
        #: By name, and under it by type and time.
        self._index: dict[str, dict[tuple[str, int], list[int]]] = {}

    def find(self, each: Facts) -> Sequence[int]:
        """The groups that a telling may belong to, the first made first."""
        names, types, times = _looked_up_under(each)
        found = set(self._index.get(_sentence(each), {}).get(_ALWAYS, ()))
        places = None
        for name in names:
            groups = self._index.get(name)
            if groups is not None:
                places = places or list(product(types, times))
                for place in places:
                    if place in groups:
                        found.update(groups[place])
        return sorted(found)

    def add(self, each: Facts, group: int) -> None:
        """Have a group found by what one of its tellings is kept under."""
        names, types, times = _kept_under(each)
        self._put(_sentence(each), [_ALWAYS], group)
        places = list(product(types, times))
        for name in names:
            self._put(name, places, group)

    def _put(self, name: str, places: Sequence[tuple[str, int]], group: int) -> None:
        groups = self._index.setdefault(name, {})
        for place in places:
            found = groups.setdefault(place, [])
            if not found or found[-1] != group:
                found.append(group)


def kept_keys(each: Facts) -> list[int]:
    """The keys that a telling is kept under, as signed numbers of 64 bits; sorted."""
    return _keys(each, *_kept_under(each))


def looked_up_keys(each: Facts) -> list[int]:
    """The keys that those which may agree with a telling are kept under: who finds one is found by it."""
    return _keys(each, *_looked_up_under(each))


def _kept_under(each: Facts) -> tuple[Sequence[str], Sequence[str], Sequence[int]]:
    """The names, types and times that a telling is kept under: each of them with each."""
    kinds = ("named",) if each.policies else ("unnamed",)
    return list(_names(each, kinds)), (each.telling.mention.type,), list(_kept(each))


def _looked_up_under(each: Facts) -> tuple[Sequence[str], Sequence[str], Sequence[int]]:
    """The names, types and times that those which may agree with a telling are kept under."""
    kinds = ("unnamed",) if each.policies else ("named", "unnamed")
    return list(_names(each, kinds)), kindred(each.telling.mention.type), list(_looked_up(each))


def _sentence(each: Facts) -> str:
    mention = each.telling.mention
    return f"sentence {each.telling.article_id} {mention.field} {mention.start_char}"


def _keys(each: Facts, names: Sequence[str], types: Sequence[str], times: Sequence[int]) -> list[int]:
    by_type = [_name_key(f"type {type_}") for type_ in types]
    numbers = [number ^ type_ for number in map(_name_key, names) for type_ in by_type]
    spread = [time * _SPREAD & _MASK for time in times]
    found = {((number ^ time) ^ _SIGN) - _SIGN for time in spread for number in numbers}
    found.add((_name_key(_sentence(each)) ^ _SIGN) - _SIGN)
    return sorted(found)


@lru_cache(maxsize=1 << 16)
def _name_key(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")


def _names(each: Facts, kinds: Sequence[str]) -> Iterator[str]:
    """The policies of a telling, and the pairs of its longest words, for tellings of each of the kinds.

    Two tellings of other policies are never of one event: their words are no reason to compare them.
    """
    for name in each.policies:
        yield f"policy {name}"
    longest = sorted(each.words, key=lambda word: (not word[0].isdigit(), -len(word), word))[:_LONG_WORDS]
    for pair in combinations(longest, 2):
        for kind in kinds:
            yield f"{kind} {' '.join(sorted(pair))}"


def _kept(each: Facts) -> Iterator[int]:
    """The times that a telling is kept under."""
    if each.last - each.earliest <= _LONGEST_BY_MONTH:
        yield from (_MONTH + month for month in _months(each))
    else:
        yield from (_LONG + year for year in _years(each, 0))
    yield from (_YEAR + year for year in _years(each, 0))
    if each.is_promise:
        yield from (_PROMISE + year for year in _years(each, 0))


def _looked_up(each: Facts) -> Iterator[int]:
    """The times that those which may agree with a telling are kept under."""
    if each.last - each.earliest <= _LONGEST_BY_MONTH:
        yield from (_MONTH + month for month in _months(each))
        yield from (_LONG + year for year in _years(each, 0))
    else:
        yield from (_YEAR + year for year in _years(each, 0))
    if each.is_promise:
        yield from (_PROMISE + year for year in _years(each, _PLEDGE_YEARS))


def _months(each: Facts) -> range:
    first, last = (
        date.fromordinal(each.earliest - _SLACK),
        date.fromordinal(each.last + _SLACK),
    )
    return range(first.year * 12 + first.month, last.year * 12 + last.month + 1)


def _years(each: Facts, margin: int) -> range:
    first, last = date.fromordinal(each.earliest).year, date.fromordinal(each.last).year
    return range(first - margin, last + margin + 1)
