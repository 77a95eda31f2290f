"""Where a telling's event may be found: tellings by type, by name or by long words, and by time.

A telling is looked for under the types that it can be told as (``sameness.kindred``). What lasts days or weeks is kept
by month, what lasts longer by year. So a telling is compared with what can agree with it in time, and the comparisons
grow with the number of tellings, not with its square. A telling's keys depend on that telling alone: they are the same
whatever else is in an archive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
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
_SIGN: Final = 1 << 63
_SPREAD: Final = 0x9E3779B97F4A7C15


class Places:
    """Groups by number, under the keys of their tellings."""

    def __init__(self) -> None:
        self._index: dict[int, list[int]] = defaultdict(list)

    def find(self, each: Facts) -> Sequence[int]:
        """The groups that a telling may belong to, the first made first."""
        found: set[int] = set()
        for key in looked_up_keys(each):
            found.update(self._index.get(key, ()))
        return sorted(found)

    def add(self, each: Facts, place: int) -> None:
        """Have a group found under the keys of one of its tellings."""
        for key in kept_keys(each):
            places = self._index[key]
            if not places or places[-1] != place:
                places.append(place)


def kept_keys(each: Facts) -> list[int]:
    """The keys that a telling is kept under, as signed numbers of 64 bits; sorted."""
    kinds = ("named",) if each.policies else ("unnamed",)
    return _keys(each, kinds, (each.telling.mention.type,), _kept(each))


def looked_up_keys(each: Facts) -> list[int]:
    """The keys that those which may agree with a telling are kept under: who finds one is found by it."""
    kinds = ("unnamed",) if each.policies else ("named", "unnamed")
    return _keys(each, kinds, kindred(each.telling.mention.type), _looked_up(each))


def _keys(each: Facts, kinds: Sequence[str], types: Sequence[str], times: Iterator[int]) -> list[int]:
    mention = each.telling.mention
    numbers = [_name_key(name) ^ _name_key(f"type {type_}") for name in _names(each, kinds) for type_ in types]
    sentence = _name_key(f"sentence {each.telling.article_id} {mention.field} {mention.start_char}")
    found = {_signed(name ^ (time * _SPREAD & _MASK)) for time in times for name in numbers}
    return sorted(found | {_signed(sentence)})


def _signed(number: int) -> int:
    return number - (1 << 64) if number & _SIGN else number


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
