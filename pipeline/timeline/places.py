"""Where a telling's event may be found: groups of tellings by name or rare words, by type, and by time.

What lasts days or weeks is kept by month, what lasts longer by year. So a telling is compared with what can agree with
it in time, and the comparisons grow with the number of tellings, not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Final

from pipeline.timeline.facts import Facts
from pipeline.timeline.sameness import kindred

#: A telling is found again by any two of this many of its rarest words.
_RARE_WORDS: Final = 5
#: Groups that are looked at under one key, the latest made first: a bound for what is in every second sentence.
_LOOKED_AT: Final = {"policy": 2000, "words": 50}
#: Days that dates may miss each other by and still agree.
_SLACK: Final = 3
_LONGEST_BY_MONTH: Final = 124
_PLEDGE_YEARS: Final = 2

Name = tuple[str, str]
Time = tuple[str, int]
_NOTHING: Final[Mapping[str, list[int]]] = {}


class Places:
    """Groups by number, under the keys of their tellings; words that stand in few tellings are the best keys."""

    def __init__(self, facts: Iterable[Facts]) -> None:
        self._frequency = Counter(word for each in facts for word in each.words)
        self._index: dict[Name, dict[Time, dict[str, list[int]]]] = {}
        self._sentences: dict[tuple[str, str, int], list[int]] = defaultdict(list)

    def find(self, each: Facts) -> Sequence[int]:
        """The groups that a telling may belong to, the first made first."""
        found: set[int] = set()
        types = kindred(each.telling.mention.type)
        times = list(_looked_up(each))
        for name in self._names(each):
            by_time = self._index.get(name)
            if not by_time:
                continue
            longest = _LOOKED_AT[name[0]]
            for when in times:
                for type_, places in by_time.get(when, _NOTHING).items():
                    if type_ in types:
                        found.update(places[-longest:])
        found.update(self._sentences[_sentence(each)])
        return sorted(found)

    def add(self, each: Facts, place: int) -> None:
        """Have a group found under the keys of one of its tellings."""
        type_ = each.telling.mention.type
        times = list(_kept(each))
        for name in self._names(each):
            by_time = self._index.setdefault(name, {})
            for when in times:
                places = by_time.setdefault(when, {}).setdefault(type_, [])
                if not places or places[-1] != place:
                    places.append(place)
        self._sentences[_sentence(each)].append(place)

    def _names(self, each: Facts) -> list[tuple[str, str]]:
        """The policies of a telling, and the pairs of its rarest words."""
        frequency = self._frequency
        shared = sorted(
            (word for word in each.words if frequency[word] > 1),
            key=lambda word: (frequency[word], word),
        )
        pairs = (" ".join(sorted(pair)) for pair in combinations(shared[:_RARE_WORDS], 2))
        return [
            *(("policy", name) for name in sorted(each.policies)),
            *(("words", pair) for pair in pairs),
        ]


def _sentence(each: Facts) -> tuple[str, str, int]:
    mention = each.telling.mention
    return each.telling.article_id, mention.field, mention.start_char


def _kept(each: Facts) -> Iterator[tuple[str, int]]:
    """The times that a telling is kept under."""
    if each.last - each.earliest <= _LONGEST_BY_MONTH:
        yield from (("month", month) for month in _months(each))
        yield from (("year", year) for year in _years(each, 0))
    else:
        yield from (("long", year) for year in _years(each, 0))
        yield from (("year", year) for year in _years(each, 0))
    if each.is_promise:
        yield from (("promise", year) for year in _years(each, 0))


def _looked_up(each: Facts) -> Iterator[tuple[str, int]]:
    """The times that those which may agree with a telling are kept under."""
    if each.last - each.earliest <= _LONGEST_BY_MONTH:
        yield from (("month", month) for month in _months(each))
        yield from (("long", year) for year in _years(each, 0))
    else:
        yield from (("year", year) for year in _years(each, 0))
    if each.is_promise:
        yield from (("promise", year) for year in _years(each, _PLEDGE_YEARS))


def _months(each: Facts) -> range:
    first, last = (
        date.fromordinal(each.earliest - _SLACK),
        date.fromordinal(each.last + _SLACK),
    )
    return range(first.year * 12 + first.month, last.year * 12 + last.month + 1)


def _years(each: Facts, margin: int) -> range:
    first, last = date.fromordinal(each.earliest).year, date.fromordinal(each.last).year
    return range(first - margin, last + margin + 1)
