"""Which nation an article is about, where the same name means another body or law in each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.extraction.entities.tokens import Tokens
from pipeline.registers import RegisterEntry
from pipeline.vocabulary import NATIONS

#: Words that speak of a nation; the order is that of ``NATIONS``.
_WORDS = {
    "England": {"england", "english"},
    "Wales": {"wales", "welsh", "senedd", "cymru"},
    "Scotland": {"scotland", "scottish", "holyrood"},
    "Northern Ireland": {"ireland", "irish", "stormont", "belfast"},
}
_NATIONS = {word: nation for nation, words in _WORDS.items() for word in words}
_FEWEST_WORDS = 2
_NAMED = re.compile(rf"(.+?) (?:\(({'|'.join(NATIONS)})\)|for ({'|'.join(NATIONS)}))$")
#: The nation in brackets inside of a law's name.
_LAW = re.compile(rf" \(({'|'.join(NATIONS)})\)")
_YEAR = re.compile(r" (?:19|20)\d\d$")
_LAWS = frozenset({"act", "bill", "regulations"})


def nation_of(tokens: Tokens) -> str | None:
    """The nation that an article speaks of most, twice at least; ``None`` where it is none or two alike."""
    named = [nation for at in tokens.capitals if (nation := _NATIONS.get(tokens.lows[at]))]
    counts = {nation: named.count(nation) for nation in _WORDS}
    first, second = sorted(counts, key=lambda nation: -counts[nation])[:2]
    return first if counts[first] >= _FEWEST_WORDS and counts[first] > counts[second] else None


def local_name(entry: RegisterEntry) -> tuple[str, str] | None:
    """The nation, and the name that the entry goes by within it; ``None`` where its name names no nation.

    >>> local_name(RegisterEntry("organisation", "Department of Health (Northern Ireland)", "government"))
    ('Northern Ireland', 'Department of Health')
    >>> local_name(RegisterEntry("policy", "Lanes (Wales) Bill", "bill"))
    ('Wales', 'Lanes Bill')
    """
    if entry.kind == "policy":
        law = _LAW.search(entry.name) if entry.type in _LAWS else None
        return (law[1], _LAW.sub("", entry.name)) if law else None
    match = _NAMED.match(entry.name)
    return (match[2] or match[3], match[1]) if match else None


def local_names(entries: tuple[RegisterEntry, ...]) -> Iterator[tuple[str, RegisterEntry, str]]:
    """Nation, entry and local name of every organisation and law that has one; an act's without its year as well,
    where the nation has no other act of that name."""
    found = [(*local, entry) for entry in entries if (local := local_name(entry))]
    undated = Counter((nation, _YEAR.sub("", name)) for nation, name, _ in found)
    for nation, name, entry in found:
        yield nation, entry, name
        without = _YEAR.sub("", name)
        if without != name and undated[nation, without] == 1:
            yield nation, entry, without
