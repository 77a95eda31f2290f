"""Who acts in an event, on which policies, with how much money, and in which nation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from pipeline.extraction.events.candidates import Candidate
from pipeline.extraction.events.passages import Passage
from pipeline.records import NATIONS, Mention, Person, unique

_NATION: Final = (
    ("Wales", re.compile(r"\b(?:Wales|Welsh|Senedd)\b")),
    ("Scotland", re.compile(r"\b(?:Scotland|Scottish|Holyrood|MSPs?)\b")),
    ("Northern Ireland", re.compile(r"\b(?:Northern Ireland|Northern Irish|Stormont)\b")),
    ("England", re.compile(r"\b(?:England|English)\b")),
    ("UK", re.compile(r"\b(?:UK|United Kingdom|Great Britain)\b")),
)
_FROM_TO: Final = re.compile(r"\bfrom £[\d.,]+\w* to £")
_MONEYED: Final = frozenset({"funding", "ending", "proposal", "appointment"})
#: Smaller sums are what somebody gets or pays, not what a policy costs.
_LEAST: Final = 10_000
_PASSING: Final = frozenset({"fiscal_event", "dataset"})
_LEAD: Final = 3
_OFTEN: Final = 4


def find_policies(candidate: Candidate, passages: Sequence[Passage]) -> tuple[str, ...]:
    """Canonical names: the sentence's own and those that it refers to ("the scheme"); a lead that names none has that
    of the next sentences, any other that of the sentence before, if no heading stands between,
    else that of the article."""
    passage = candidate.reading.passage
    known = {mention.name for each in passages for mention in each.policies}
    own = [(mention.start_char, mention.name) for mention in passage.policies]
    own += [(each.start_char, each.name) for each in passage.references if each.kind == "policy" or each.name in known]
    if own:
        return unique(name for _, name in sorted(own))
    if candidate.is_listed:
        return ()
    if passage.kind == "body" and passage.rank < _LEAD:
        named = _lasting([each for each in passages[passage.index + 1 :] if each.kind == "body" and each.rank <= _LEAD])
        if named:
            return named
    before = passages[passage.index - 1 : passage.index]
    return _lasting([each for each in before if each.heading == passage.heading]) or _leading(passages)


def _leading(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The policy that the article is about: half of its mentions and four at least."""
    counts = Counter(mention.name for passage in passages for mention in passage.policies)
    for name, n in counts.most_common(1):
        if n >= _OFTEN and 2 * n >= counts.total():
            return (name,)
    return ()


def _lasting(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The first policy that the sentences name, budgets and data left out: they are where a thing is told."""
    names = [m.name for p in passages if p.kind != "title" for m in p.policies if m.type not in _PASSING]
    return tuple(names[:1])


def find_organisations(candidate: Candidate) -> tuple[str, ...]:
    """Canonical names of the bodies that act: the subject of the verb, whoever "by" names, else a reference."""
    passage, trigger = candidate.reading.passage, candidate.trigger
    start = passage.words.starts[trigger.first]
    end = passage.words.ends[trigger.last - 1]
    bodies = passage.organisations
    agents = [body.name for body in bodies if body.start_char >= end and _follows_by(passage, body, end)]
    if agents:
        return unique(agents)
    before = [body for body in bodies if body.end_char <= start]
    if before and (trigger.group is None or not trigger.group.is_passive):
        return (before[-1].name,)
    referred = [reference.name for reference in passage.references if reference.kind == "organisation"]
    if referred:
        return (referred[0],)
    return unique(body.name for body in bodies[:1])


def _follows_by(passage: Passage, body: Mention, end: int) -> bool:
    between = passage.text[end - passage.start_char : body.start_char - passage.start_char]
    return len(between) < 40 and re.search(r"\bby (?:the |its )?$", between) is not None


def find_people(candidate: Candidate) -> tuple[str, ...]:
    """``Name (role)`` of whoever the sentence names."""
    return unique(_label(person) for person in candidate.reading.passage.people)


def _label(person: Person) -> str:
    return f"{person.name} ({person.role})" if person.role else person.name


def find_amount(candidate: Candidate) -> float | None:
    """The money in pounds nearest to the trigger, for events that money belongs to."""
    if candidate.type not in _MONEYED:
        return None
    passage = candidate.reading.passage
    start, end = passage.words.starts[candidate.trigger.first], passage.words.ends[candidate.trigger.last - 1]
    sums = [each for each in passage.quantities if each.unit == "GBP" and each.value >= _LEAST]
    if not sums:
        return None
    if len(sums) > 1 and _FROM_TO.search(passage.text):
        return sums[-1].value
    nearest = min(sums, key=lambda each: max(each.start_char - end, start - each.end_char, 0))
    return nearest.value


def find_nation(passages: Sequence[Passage], candidate: Candidate) -> str | None:
    """The one nation that the sentence names; else the one that the title and the first sentences name."""
    own = _nations(candidate.reading.passage.text)
    if len(own) == 1:
        return own[0]
    if own:
        return None
    lead = _nations(" ".join(passage.text for passage in passages[:4]))
    return lead[0] if len(lead) == 1 else None


def _nations(text: str) -> list[str]:
    found = [nation for nation, pattern in _NATION if pattern.search(text)]
    return [nation for nation in NATIONS if nation in found]
