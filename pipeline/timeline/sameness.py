"""Whether two tellings are of one event, and how surely.

They are when they agree on *what* (type; policies, or else bodies and wording), on *when* (the looser the dates, the
more of the wording must agree) and on *how much* (no two different sums). Wording needed also depends on the type: a
policy is published, starts or ends once at a time, while many things are announced of it or funded in a week.
"""

from __future__ import annotations

from typing import Final

from pipeline.timeline.facts import Facts
from pipeline.timeline.wording import share

#: Wording that two tellings of a policy must share by how well their dates agree (read off the rows of 33 articles).
_TIGHT: Final = {"exact": 0.1, "equal": 0.2, "near": 0.25, "loose": 0.35, "pledge": 0.5}
_WIDE: Final = {"exact": 0.3, "equal": 0.35, "near": 0.38, "loose": 0.4, "pledge": 0.5}
#: What is taken off or put on where both say what was done, by whether they say the same.
_SAME_ACT: Final = -0.25
_OTHER_ACT: Final = 0.15
_OTHER_DOCUMENT: Final = 0.3
#: Acts that can be told of many things about one policy: they prove little.
_COMMON_ACTS: Final = frozenset({"publish", "award", "extend", "ask", "meet", "report", "choose"})
#: Types of which a policy has seldom two at one time.
_SINGLE: Final = ("publication", "consultation", "implementation", "ending", "meeting", "deadline", "appointment")
_OTHER_TYPE: Final = 0.15
_NO_SHARED_POLICY: Final = 0.6
_SAME_ARTICLE: Final = 0.6
_SAME_SUM: Final = -0.25
#: Sums that differ by less are one sum, rounded ("just over £250m" for £253.5m).
_ROUNDING: Final = 0.02
#: Days that dates may miss each other by where one of them is not written in full.
_SLACK: Final = 3
#: A pledge without a date of its own is one pledge when repeated within so many days.
_PLEDGE_DAYS: Final = 730
_NEAR_SHARE: Final = 0.5
_LONG: Final = 92

#: Types that one decision can be told as.
_KINDRED: Final = frozenset(
    frozenset(pair)
    for pair in (
        *(("announcement", other) for other in (
            "proposal", "consultation", "publication", "legislation", "implementation", "funding", "ending", "rejection",
            "appointment",
        )),
        ("publication", "consultation"), ("proposal", "consultation"), ("proposal", "legislation"),
        ("implementation", "funding"), ("implementation", "appointment"), ("implementation", "legislation"),
        ("ending", "rejection"), ("deadline", "consultation"),
    )
)  # fmt: skip
_OPEN: Final = ("planned", "proposed", "conditional", "ongoing")


def sameness(a: Facts, b: Facts) -> float | None:
    """How surely two tellings are of one event: 0 or more where the wording shared is enough, less where it isn't.

    ``None`` where they can't be of one event, whatever the wording. Symmetrical.
    """
    x, y = a.telling.mention, b.telling.mention
    is_one_article = a.telling.article_id == b.telling.article_id
    if is_one_article and (x.field, x.start_char) == (y.field, y.start_char):
        return None  # two events that one sentence tells
    if x.type != y.type and frozenset((x.type, y.type)) not in _KINDRED:
        return None
    if _is_pledge(a) != _is_pledge(b) and not {x.status, y.status}.isdisjoint(("happened", "ongoing")):
        return None  # the day of a pledge is not the day of its fulfilment
    if _differ_in_sum(x.amount, y.amount) or _differ_in_nation(x.nation, y.nation):
        return None
    when = agree_on_time(a, b)
    if when is None or _differ_in_phase(a, b):
        return None
    wording = share(a.words, b.words)
    needed = _needed_wording(a, b, when, is_one_article)
    return None if needed is None else wording - needed


def _needed_wording(a: Facts, b: Facts, when: str, is_one_article: bool) -> float | None:
    """Share of words that the two must have in common; ``None`` where no wording would do."""
    x, y = a.telling.mention, b.telling.mention
    needed = (_TIGHT if x.type == y.type and x.type in _SINGLE else _WIDE)[when]
    if x.type != y.type:
        needed += _OTHER_TYPE
    if x.amount is not None and y.amount is not None:
        needed += _SAME_SUM
    if x.type == y.type and a.acts and b.acts:
        common = a.acts & b.acts
        needed += _OTHER_ACT if not common else 0.0 if common <= _COMMON_ACTS else _SAME_ACT
    if x.type == "publication" and a.documents and b.documents and not a.documents & b.documents:
        needed += _OTHER_DOCUMENT
    if not a.policies & b.policies:
        if (a.policies and b.policies) or not _agree_on_bodies(a, b):
            return None
        needed = max(needed, _NO_SHARED_POLICY)
    if is_one_article:
        needed = max(needed, _SAME_ARTICLE)
    return needed


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
    fewer, more = sorted((a.organisations, b.organisations), key=len)
    return fewer <= more


def _differ_in_sum(x: float | None, y: float | None) -> bool:
    return x is not None and y is not None and abs(x - y) > _ROUNDING * max(abs(x), abs(y))


def _differ_in_nation(x: str | None, y: str | None) -> bool:
    return x is not None and y is not None and x != y and "UK" not in (x, y)


def _differ_in_phase(a: Facts, b: Facts) -> bool:
    """Whether one tells a thing's test or completion and the other its start only."""
    if a.telling.mention.type not in ("implementation", "ending"):
        return False
    x, y = a.phases & {"test", "finish", "start"}, b.phases & {"test", "finish", "start"}
    return bool(x and y and not x & y)


def agree_on_time(a: Facts, b: Facts) -> str | None:
    """``exact``, ``equal``, ``near``, ``loose`` or ``pledge``: how well two dates agree; ``None`` where they can't be one.

    ``equal``: the same long stretch of time. ``near``: most days in common, or days apart where one of the two was inferred. ``loose``: one inside of the other.
    ``pledge``: both promise without a date of their own, within two years.
    """
    x, y = a.telling.mention, b.telling.mention
    if x.date == y.date:
        return "exact" if a.last - a.first <= _LONG else "equal"
    if x.date_basis == y.date_basis == "publication" and x.status in _OPEN and y.status in _OPEN:
        return "pledge" if abs(a.first - b.first) <= _PLEDGE_DAYS else None
    shared = min(a.last, b.last) - max(a.earliest, b.earliest) + 1
    if shared <= 0:
        is_inferred = not {x.date_basis, y.date_basis}.isdisjoint(("context", "publication"))
        gap = 1 - shared
        return "near" if is_inferred and gap <= _SLACK and min(a.last - a.first, b.last - b.first) <= 7 else None
    together = max(a.last, b.last) - min(a.earliest, b.earliest) + 1
    if shared / together >= _NEAR_SHARE:
        return "near" if together <= _LONG else "loose"
    shorter = min(a.last - a.earliest, b.last - b.earliest) + 1
    if shared < shorter:
        return None
    return "near" if together <= 31 else "loose"
