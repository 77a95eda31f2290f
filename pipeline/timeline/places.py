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
from itertools import combinations
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pipeline.timeline.facts import Facts
from pipeline.timeline.sameness import kindred

#: Keys: signed numbers of 64 bits.
Keys: TypeAlias = NDArray[np.int64]
#: Where keys stand among those of an archive.
Slots: TypeAlias = NDArray[np.intp]

#: Ends of keys told apart for each key.
_ENDS_A_KEY: Final = 4
#: A telling is found again by any two of this many of its longest words: long words are rare ones.
_LONG_WORDS: Final = 5
#: Days that dates may miss each other by and still agree.
_SLACK: Final = 3
_LONGEST_BY_MONTH: Final = 124
_PLEDGE_YEARS: Final = 2
#: Times as whole numbers: a month or a year behind the number of its kind.
_MONTH, _YEAR, _LONG, _PROMISE = (kind << 20 for kind in range(4))
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)


class Places:
    """Groups by number, under what their tellings are kept under. The keys of all tellings are known beforehand.

    Takes 24 bytes a key: an archive of 50,000 articles has some twenty million.
    """

    def __init__(self, keys: Keys, owners: NDArray[np.int32]) -> None:
        """``keys`` of all tellings, sorted, with the number of the telling that each is of."""
        is_first = np.empty(len(keys), dtype=bool)
        is_first[:1] = True
        np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
        #: Every key once; where its groups begin, and end so far, in one row of groups.
        self._begin = np.flatnonzero(is_first).astype(np.int32)
        self._end = self._begin.copy()
        self._keys = keys[self._begin]
        #: Which of all ends of keys occur: most keys that are looked up aren't there, and this says so at once.
        self._mask = np.int64((1 << (_ENDS_A_KEY * len(self._keys)).bit_length()) - 1)
        self._ends_seen = np.zeros(self._mask + 1, dtype=bool)
        self._ends_seen[self._keys & self._mask] = True
        self._groups = np.empty(len(keys), dtype=np.int32)
        #: The keys of each telling, as places in ``_keys``: from ``_own`` of its number to that of the next.
        by_owner = np.argsort(owners, kind="stable")
        self._slots = (np.cumsum(is_first, dtype=np.int32) - np.int32(1))[by_owner]
        self._own = np.concatenate(([0], np.cumsum(np.bincount(owners))))

    def locate(self, wanted: Sequence[Keys]) -> Iterator[Slots]:
        """For each telling that looks under some keys, where those of them stand that are kept: what ``find`` takes."""
        keys = np.concatenate(wanted)
        maybe = np.flatnonzero(self._ends_seen[keys & self._mask])
        at = np.searchsorted(self._keys, keys[maybe])
        at[at == len(self._keys)] = 0
        is_kept = self._keys[at] == keys[maybe]
        slots, places = at[is_kept], maybe[is_kept]
        ends = np.cumsum([len(each) for each in wanted])
        begin = 0
        for end in np.searchsorted(places, ends).tolist():
            yield slots[begin:end]
            begin = end

    def find(self, slots: Slots) -> list[int]:
        """The groups that are found in any of these places, the first made first."""
        begin, end = self._begin[slots], self._end[slots]
        is_used = end > begin
        found: set[int] = set()
        for first, last in zip(begin[is_used].tolist(), end[is_used].tolist(), strict=True):
            found.update(self._groups[first:last].tolist())
        return sorted(found)

    def add(self, telling: int, group: int) -> None:
        """Have a group found by what one of its tellings is kept under."""
        slots = self._slots[self._own[telling] : self._own[telling + 1]]
        end = self._end[slots]
        is_there = (end > self._begin[slots]) & (self._groups[end - 1] == group)
        self._groups[end[~is_there]] = group
        self._end[slots[~is_there]] += 1


def batches_in_order(keys: Keys) -> Iterator[NDArray[np.intp]]:
    """The places of keys in the order of the keys, alike ones as they come, in 64 batches that need little memory."""
    batch = (keys >> 58).astype(np.int8)
    for number in range(-32, 32):
        places = np.flatnonzero(batch == number)
        yield places[np.argsort(keys[places], kind="stable")]


def kept_keys(each: Facts) -> Keys:
    """The keys that a telling is kept under, sorted."""
    return _keys(each, *_kept_under(each))


def looked_up_keys(each: Facts) -> Keys:
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


def _keys(each: Facts, names: Sequence[str], types: Sequence[str], times: Sequence[int]) -> Keys:
    """Every name with every type and time, and the sentence, which needs neither to be found by."""
    by_name = np.array([_name_key(name) for name in names], dtype=np.uint64)
    by_type = np.array([_name_key(f"type {type_}") for type_ in types], dtype=np.uint64)
    by_time = np.array(times, dtype=np.uint64) * _SPREAD
    found = by_name[:, None, None] ^ by_type[:, None] ^ by_time
    sentence = np.uint64(_name_key(_sentence(each)))
    keys: Keys = np.sort(np.append(found, sentence).view(np.int64))
    own: Keys = keys[np.append(True, keys[1:] != keys[:-1])]
    return own


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
