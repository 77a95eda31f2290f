"""Whether two tellings are of one event, and how surely.

They are when they agree on *what* (type; policies, or else bodies and wording), on *when* (the looser the dates, the
more of the wording must agree) and on *how much* (no two different sums). Wording needed also depends on the type: a
policy is published, starts or ends once at a time, while many things are announced of it or funded in a week.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from pipeline.records import EventMention
from pipeline.timeline.cuewords import COMMON_ACTS
from pipeline.timeline.facts import Facts

#: Wording that two tellings of a policy must share by how well their dates agree (read off the rows of 33 articles).
_TIGHT: Final = {"exact": 0.1, "equal": 0.2, "near": 0.2, "loose": 0.35, "pledge": 0.5}
_WIDE: Final = {"exact": 0.3, "equal": 0.35, "near": 0.38, "loose": 0.4, "pledge": 0.5}
#: What is taken off or put on where both say what was done, by whether they say the same.
_SAME_ACT: Final = -0.25
_SAME_ACTS: Final = -0.4
_OTHER_ACT: Final = 0.15
_OTHER_DOCUMENT: Final = 0.3
_OTHER_NUMBERS: Final = 0.3
#: Types of which a policy has seldom two at one time.
_SINGLE: Final = ("publication", "consultation", "implementation", "ending", "meeting", "deadline", "appointment")
_OTHER_TYPE: Final = 0.15
_NO_SHARED_POLICY: Final = 0.6
_SAME_ARTICLE: Final = 0.6
_SAME_SUM: Final = -0.25
#: Sums that differ by less are one sum, rounded ("just over £250m" for £253.5m).
ROUNDING: Final = 0.02
#: Days that dates may miss each other by where one of them is not written in full.
SLACK: Final = 3
#: A pledge without a date of its own is one pledge when repeated within so many days.
PLEDGE_DAYS: Final = 730
NEAR_SHARE: Final = 0.5
_LONG: Final = 92
_MONTH: Final = 31
WEEK: Final = 7

#: Types that one decision can be told as.
_KINDRED: Final = frozenset(
    pair
    for each in (
        *(("announcement", other) for other in (
            "proposal", "consultation", "publication", "legislation", "implementation", "funding", "ending",
            "rejection", "appointment",
        )),
        ("publication", "consultation"), ("proposal", "consultation"), ("proposal", "legislation"),
        ("implementation", "appointment"), ("implementation", "legislation"),
        ("ending", "rejection"), ("deadline", "consultation"),
    )
    for pair in (each, each[::-1], (each[0], each[0]), (each[1], each[1]))
)  # fmt: skip
_POINTS_BACK: Final = re.compile(
    r"\b(?:made|makes|gave|gives|repeat(?:s|ed)|welcom(?:es|ed)) (?:the|this|that|his|her|their) "
    r"(?:announcement|decision|pledge|promise|commitment|news|move|statement)\b",
    re.IGNORECASE,
)
#: What points back is of the telling of that day that is likest.
_POINTED_AT: Final = 0.1
_DONE: Final = ("happened", "ongoing")
#: How a date is known that the sentence doesn't give.
INFERRED: Final = ("publication", "context")


@cache
def kindred(type_: str) -> tuple[str, ...]:
    """The types that a telling of one type can be told as by another telling, its own included."""
    return tuple(sorted({type_} | {other for one, other in _KINDRED if one == type_}))


def sameness(a: Facts, b: Facts) -> float | None:
    """How surely two tellings are of one event: 0 or more where the wording shared is enough, less where it isn't.

    ``None`` where they can't be of one event, whatever the wording. Symmetrical.
    """
    x, y = a.telling.mention, b.telling.mention
    is_one_article = a.telling.article_id == b.telling.article_id
    if is_one_article and (x.field, x.start_char) == (y.field, y.start_char):
        return 1.0 if are_twins(x, y) else None  # else two events that one sentence tells
    if x.type != y.type and (x.type, y.type) not in _KINDRED:
        return None
    is_shared = not a.policies.isdisjoint(b.policies)
    if not is_shared and ((a.policies and b.policies) or not _agree_on_bodies(a, b)):
        return None
    if is_one_article and is_shared and _points_at(x, y):
        return None if agree_on_time(a, b) is None else _POINTED_AT + a.likeness(b)
    is_one_sum = is_shared and x.type == y.type == "funding" and x.amount is not None and x.amount == y.amount
    if not is_one_sum and (x.status in _DONE or y.status in _DONE) and _is_pledge(a) != _is_pledge(b):
        return None  # the day of a pledge is not the day of its fulfilment
    if _differ_in_sum(x.amount, y.amount) or _differ_in_nation(x.nation, y.nation):
        return None
    when = agree_on_time(a, b) or ("near" if is_one_sum and _are_near_news(a, b) else None)
    if when is None or _differ_in_phase(a, b):
        return None
    if when == "loose" and (x.status == "conditional") != (y.status == "conditional"):
        return None  # what may happen in some year is not what is planned for a month of it
    return a.likeness(b) - _needed_wording(a, b, when, is_one_article, is_shared)


@lru_cache(maxsize=65536)
def points_back(quote: str) -> bool:
    """Whether a sentence only tells of what another told: "Ms Lee made the announcement today".

    >>> points_back("Ms Lee made the announcement today."), points_back("Ms Lee made an announcement on pay.")
    (True, False)
    """
    return _POINTS_BACK.search(quote) is not None


def _points_at(x: EventMention, y: EventMention) -> bool:
    """Whether one of two tellings points back at the other, the surer one, which will be quoted."""
    if points_back(x.quote) == points_back(y.quote):
        return False
    pointer, other = (x, y) if points_back(x.quote) else (y, x)
    return round(pointer.confidence, 1) < round(other.confidence, 1)


def _are_near_news(a: Facts, b: Facts) -> bool:
    """Whether both are the news of articles that came out within a week."""
    bases = a.telling.mention.date_basis, b.telling.mention.date_basis
    return bases[0] in INFERRED and bases[1] in INFERRED and abs(a.first - b.first) <= WEEK


def are_twins(x: EventMention, y: EventMention) -> bool:
    """Whether two tellings by one sentence are one event, dated twice: once by itself, once by the publication."""
    is_dated_twice = x.date == y.date or (x.date_basis in INFERRED) != (y.date_basis in INFERRED)
    return (x.type, x.status, x.amount) == (y.type, y.status, y.amount) and is_dated_twice


def _needed_wording(a: Facts, b: Facts, when: str, is_one_article: bool, is_shared: bool) -> float:
    """Share of words that the two must have in common; ``is_shared`` says whether they name one policy."""
    x, y = a.telling.mention, b.telling.mention
    is_single = x.type == y.type and x.type in _SINGLE
    needed = (_TIGHT if is_single else _WIDE)[when]
    if is_single and when == "exact" and is_shared and _is_called_off(x, y):
        needed = 0.0  # what was planned for a day and what is called off of that day
    if x.type != y.type:
        needed += _OTHER_TYPE
    if x.amount is not None and y.amount is not None:
        needed += _SAME_SUM
    common = a.acts & b.acts
    if common - COMMON_ACTS:
        needed += _SAME_ACT if len(common) == 1 else _SAME_ACTS
    elif x.type == y.type and a.acts and b.acts and not common:
        needed += _OTHER_ACT
    if x.type == "publication" and a.documents and b.documents and not a.documents & b.documents:
        needed += _OTHER_DOCUMENT
    if not is_single and x.amount is None and a.numbers - b.numbers and b.numbers - a.numbers:
        needed += _OTHER_NUMBERS
    if not is_shared:
        needed = max(needed, _NO_SHARED_POLICY)
    is_founding = x.type == y.type == "implementation" and "found" in common and a.is_promise and b.is_promise
    if is_one_article and not is_founding:
        needed = max(needed, _SAME_ARTICLE)  # a thing is set up once, however often an article promises it
    return needed


def _is_called_off(x: EventMention, y: EventMention) -> bool:
    """Whether one of two tellings calls off what the other plans."""
    statuses = {x.status, y.status}
    return "cancelled" in statuses and len(statuses & {"planned", "proposed", "conditional"}) == 1


def _is_pledge(a: Facts) -> bool:
    """Whether the date is only that of a promise to do something. To announce or propose is no promise but done."""
    mention = a.telling.mention
    return (
        mention.date_basis == "publication"
        and mention.status in ("planned", "proposed", "conditional")
        and mention.type not in ("announcement", "proposal")
    )


def _agree_on_bodies(a: Facts, b: Facts) -> bool:
    """Whether those who act are the same as far as both tellings say."""
    return a.organisations <= b.organisations or b.organisations <= a.organisations


def _differ_in_sum(x: float | None, y: float | None) -> bool:
    return x is not None and y is not None and abs(x - y) > ROUNDING * max(abs(x), abs(y))


def _differ_in_nation(x: str | None, y: str | None) -> bool:
    return x is not None and y is not None and x != y and "UK" not in (x, y)


def _differ_in_phase(a: Facts, b: Facts) -> bool:
    """Whether one tells a thing's test or completion and the other its start only."""
    if a.telling.mention.type not in ("implementation", "ending"):
        return False
    return bool(a.phases and b.phases and not a.phases & b.phases)


def agree_on_time(a: Facts, b: Facts) -> str | None:
    """How well two dates agree: ``exact``, ``equal``, ``near``, ``loose`` or ``pledge``; ``None`` where they can't.

    ``equal``: the same long stretch of time. ``near``: most days in common, or days apart where one of the two was
    inferred. ``loose``: one inside of the other. ``pledge``: both promise without a day of their own.
    """
    x, y = a.telling.mention, b.telling.mention
    if x.date == y.date:
        return "exact" if a.last - a.first <= _LONG else "equal"
    if a.is_promise and b.is_promise:
        return "pledge" if abs(a.first - b.first) <= PLEDGE_DAYS else None
    agreed = _agree_on_days(a.first, a.last, b.first, b.last) or _agree_on_days(a.earliest, a.last, b.earliest, b.last)
    if agreed is None:
        is_inferred = x.date_basis in INFERRED or y.date_basis in INFERRED
        gap = max(a.earliest, b.earliest) - min(a.last, b.last)
        if is_inferred and 0 < gap <= SLACK and min(a.last - a.first, b.last - b.first) <= WEEK:
            return "near"
    return agreed


def _agree_on_days(first_a: int, last_a: int, first_b: int, last_b: int) -> str | None:
    shared = min(last_a, last_b) - max(first_a, first_b) + 1
    together = max(last_a, last_b) - min(first_a, first_b) + 1
    if shared > 0 and shared / together >= NEAR_SHARE:
        return "near" if together <= _LONG else "loose"
    if shared < min(last_a - first_a, last_b - first_b) + 1:
        return None
    return "near" if together <= _MONTH else "loose"
