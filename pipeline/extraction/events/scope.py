"""Which of the policies that a sentence names one of its events is on.

A policy that only describes another ("the bill, which would amend the act, …"), that stands beside what is done ("ahead
of the budget") or belongs to another verb joined by "and" or "while" is not what the event is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.extraction.events.readings import CARRIERS, NOT_FINITE, REPORTING, Reading
from pipeline.extraction.events.triggers import Trigger
from pipeline.extraction.events.wordlists import load_words

_RELATIVES: Final = frozenset({"which", "who", "whose", "where"})
#: What may stand before "which": "under which", "the money for which".
_LEADING: Final = 4
#: Words that join statements; those of the first list may join other things too.
_AND: Final = frozenset({"and", "but"})
_JOINING: Final = frozenset({"while", "whereas", "after", "before", ";"})
#: Verbs that a clause doesn't end with.
_HANGING: Final = frozenset({"is", "are", "was", "were", "be", "has", "have", "had", "will", "would"})
#: How many words behind one of these its verb may stand.
_REACH: Final = 10
#: Verbs of a relative clause by which what it names is at stake as well: "which would replace the scheme".
_AT_STAKE: Final = load_words("scope", "at_stake")
#: Phrases in front of what is only compared or comes later, as word tuples.
_BESIDE: Final = tuple(tuple(phrase.split("_")) for phrase in load_words("scope", "beside"))
_BEFORE_NAME: Final = 7
#: Types of policy in which others are told; they are never a statement's only subject.
PASSING: Final = frozenset({"fiscal_event", "dataset"})


@dataclass(frozen=True, slots=True)
class Held:
    """A policy in a sentence: the words ``first`` to ``last`` (half-open) that name it or stand for it."""

    first: int
    last: int
    name: str
    type: str


def in_scope(held: Sequence[Held], reading: Reading, trigger: Trigger) -> list[Held]:
    """The policies that the event of ``trigger`` is on, in order: all of them where nothing speaks against one."""
    if len({each.name for each in held}) < 2 or trigger not in reading.triggers:
        return list(held)
    lows = reading.passage.words.lows
    clauses = _relatives(lows)
    own = _own_clause(clauses, lows, trigger)
    kept = list(held) if own else [each for each in held if not _is_beside(lows, each)] or list(held)
    kept = _by_relatives(kept, clauses, own, lows) or kept
    return _by_statements(kept, reading, trigger)


def _is_beside(lows: list[str], held: Held) -> bool:
    """Whether a policy is only compared with what is done, or is where it isn't: "instead of the levy"."""
    before = lows[max(0, held.first - _BEFORE_NAME) : held.first]
    return any(
        tuple(before[i : i + len(phrase)]) == phrase for phrase in _BESIDE for i in range(len(before) - len(phrase) + 1)
    )


def _own_clause(clauses: Sequence[tuple[int, int]], lows: list[str], trigger: Trigger) -> tuple[int, int] | None:
    """The relative clause that a verb stands in, or its participle behind a comma begins ("…, published in May, …")."""
    if trigger.mood == "participle" and lows[trigger.first - 1 : trigger.first] == [","]:
        return trigger.first, _closing(lows, trigger.last)
    return next(((a, b) for a, b in clauses if a <= trigger.position < b), None)


def _by_relatives(
    held: list[Held], clauses: Sequence[tuple[int, int]], own: tuple[int, int] | None, lows: list[str]
) -> list[Held]:
    """Without what stands in relative clauses other than the verb's own, and without what follows that, unless it all
    is so "under" what the clause describes."""
    last = len(lows) if own is None or lows[:1] == ["under"] else own[1]
    return [
        each
        for each in held
        if each.first < last
        and not any(
            a <= each.first < b and (own is None or a != own[0]) and _AT_STAKE.isdisjoint(lows[a:b]) for a, b in clauses
        )
    ]


def _relatives(lows: list[str]) -> list[tuple[int, int]]:
    """Relative clauses behind a comma, to the next comma or the end."""
    found = []
    for i, low in enumerate(lows):
        end = _closing(lows, i + 1)
        if low == "," and not _RELATIVES.isdisjoint(lows[i + 1 : min(i + 1 + _LEADING, end)]):
            found.append((i + 1, end))
    return found


def _closing(lows: list[str], start: int) -> int:
    """Where an insertion that begins at ``start`` ends: at the next comma or dash, else with the sentence.

    Behind a verb that can't stand last, the comma begins another insertion and the next one ends that: "which is, in
    the main, an answer to the inquiry".
    """
    ends = [i for i in range(start, len(lows)) if lows[i] in {",", ";", "–"}]
    while len(ends) > 1 and lows[ends[0] - 1] in _HANGING:
        ends = ends[2:]
    return ends[0] if ends else len(lows)


def _by_statements(held: list[Held], reading: Reading, trigger: Trigger) -> list[Held]:
    """Those of the verb's own statement; with what the sentence is about where the statement names nothing, or only
    where it was told."""
    starts = [0, *_breaks(reading), len(reading.passage.words.lows)]
    n = next((n for n in range(len(starts) - 1, 0, -1) if starts[n - 1] <= trigger.position), 1)
    own = [each for each in held if starts[n - 1] <= each.first < starts[n]]
    if len(own) == len(held):
        return held
    if all(each.type in PASSING for each in own):
        about = next((each for each in held if each.type not in PASSING), None)
        own = sorted([*own, *([about] if about else [])], key=lambda each: each.first)
    return own or held


def _breaks(reading: Reading) -> list[int]:
    """The words at which another statement begins, that has its own verb."""
    lows = reading.passage.words.lows
    finite = [each for each in reading.triggers if each.group is not None and each.mood not in NOT_FINITE]
    found = []
    for i, low in enumerate(lows):
        if low not in _AND and low not in _JOINING:
            continue
        before = next((each for each in reversed(finite) if each.last <= i), None)
        after = next((each for each in finite if each.first > i), None)
        if before is None or after is None or after.first - i > _REACH or "," in lows[i + 1 : after.first]:
            continue
        is_carried = before.base in REPORTING or before.base in CARRIERS
        if low in _JOINING or not is_carried or lows[i - 1] == ",":
            found.append(i)
    return found
