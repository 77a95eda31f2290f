"""How things stand with a policy: proposed, planned, in force, ended or dropped, by what its latest events say of it.

What an event says of *something in* a policy says nothing of the policy: a law stands when a duty in it is dropped, a
review has been held whatever becomes of its proposals, a survey comes out year by year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import own_clause
from pipeline.timeline.replacing import find_replacement
from pipeline.timeline.states import DONE
from pipeline.timeline.wording import fold, name_pattern

_OPEN: Final = ("planned", "proposed", "conditional")
_WHICH: Final = re.compile(r"[,\s]*(?:which|published|out|released|launched|set)\b")
#: Letters before a relative clause in which its noun stands.
_NEAR: Final = 80
#: What isn't dropped when something in it is turned down.
_STANDS: Final = re.compile(
    r"\b(?:review|inquiry|commission|survey|census)\b|\b(?:act|bill|budget|statement)(?: \d{4})?$"
)
#: A law with its year.
_LAW: Final = re.compile(r"\b(?:act|measure|order|regulations) (?P<year>\d{4})$")
#: It is no law yet, whatever has been begun under its name.
_BILL: Final = re.compile(r"\bbill(?: \d{4})?$")
_REVIEW: Final = re.compile(r"\b(?:review|inquiry|commission)\b")
#: What comes round and is over on the day: no state but that it is to come.
_OCCASION: Final = re.compile(r"\b(?:budget|statement|speech|spending review|manifesto)$")
#: What is put out again and again.
_RECURS: Final = re.compile(r"\b(?:survey|census|statistics|data|data set|dataset|barometer|index|figures)\b")
#: What holds once it is out.
_DOCUMENT: Final = re.compile(
    r"\b(?:strategy|plan|guidance|code|code of practice|framework|standards?|charter|pledge|policy|white paper)\b"
)
_DRAFT: Final = re.compile(r"\b(?:draft|interim|consult\w*|proposed)\b")
#: "The replacement of the scheme was dropped": the scheme wasn't.
_NOT_ITSELF: Final = re.compile(
    r"\b(?:replac\w+(?: of| for)?|successor (?:to|of)|alternative to|changes to|exten\w+(?: of| to)?|expan\w+(?: of)?"
    r"|widen\w*|reform\w* (?:of|to)|amend\w*(?: to)?|repeal of)\s(?:the |its |their )?$"
)
#: Of these what is turned down is more of a thing, or something in it.
_MORE: Final = re.compile(
    r"\b(?:extend\w*|extension|expan\w+|widen\w*|broaden\w*|second|further|another|role|part|giv\w+|amend\w*|change\w*)\b"
)
#: "Work to set up the agency begins": the agency doesn't.
_PREPARES: Final = re.compile(
    r"\bworking on\b|\b(?:work|preparations?|planning|efforts?|recruitment|talks)\b(?:\s\w+){0,3}?"
    r"\s(?:to|on|for)\s(?:\w+\s){0,3}?"
    r"(?:creat|establish|set|found|build|prepar|launch|introduc)\w*"
)
#: It was to end, and doesn't.
_GOES_ON: Final = re.compile(r"\b(?:will continue|to continue|extended|renewed|(?:for )?another year|go on)\b")
#: What is to be founded isn't there yet.
_FOUNDS: Final = re.compile(
    r"\b(?:to|will|would)\s(?:\w+ly\s)?(?:be\s)?(?:\w+ly\s)?(?:creat|establish|set up|found|launch|introduc)\w*"
)


def policy_state(name: str, own: Sequence[PolicyEvent]) -> str | None:
    """The state of a policy: proposed, planned, in_force, ended or dropped, by its latest event; None where none says.

    Of the events of its newest article one that ends it weighs more than what was planned before. What ends without
    ever having been begun was dropped. What was begun stays in force while more of it is planned.
    """
    folded = fold(name)
    law = _LAW.search(folded)
    if _OCCASION.search(folded) or _RECURS.search(folded):
        return (
            "planned" if _OCCASION.search(folded) and _is_to_come(name, own, ("publication", "announcement")) else None
        )
    if _REVIEW.search(folded) and not law:
        return _state_of_review(name, own)
    told = [(event, state) for event in own if (state := _said_of(event, name))]
    state = _latest(name, own, told) if told else None
    if law and state != "ended" and any(law["year"] < str(event.last_published)[:4] for event in own):
        return "in_force"
    if state in ("planned", "proposed") and _is_begun(name, told):
        state = "in_force"
    return "planned" if state == "in_force" and _BILL.search(folded) else state


def _latest(name: str, own: Sequence[PolicyEvent], told: list[tuple[PolicyEvent, str]]) -> str | None:
    """What the newest of the events that say something say, their ends first."""
    told = sorted(told, key=lambda pair: (pair[0].last_published, pair[0].date_latest, pair[0].event_id))
    newest = [pair for pair in told if pair[0].last_published == told[-1][0].last_published]
    ends = [
        pair for pair in newest if pair[0].type == "ending" and pair[1] == "ended" and not _STANDS.search(fold(name))
    ]
    event, state = ends[-1] if ends else told[-1]
    if event.type == "consultation" and any(each == "planned" for _, each in newest):
        state = "planned"  # on how, not on whether
    if ends and any(_begins(other) and other.date_latest > event.date_latest for other, _ in newest):
        event, state = told[-1]
    was_begun = any(_begins(other, by=event.date_latest) for other, _ in told)
    if state == "ended" and any(_is_news(other, event) and _GOES_ON.search(fold(other.quote)) for other in own):
        return "in_force"
    if state == "ended" and any(_is_news(other, event) for other in own):
        return None  # something was announced after the end, and whether it goes on isn't certain
    if event.type == "rejection" and any(_begins(other, by=event.date_latest) for other in own):
        return "in_force"
    return "dropped" if state == "ended" and not was_begun else state


def _state_of_review(name: str, own: Sequence[PolicyEvent]) -> str | None:
    """A review is planned, then at work, and over when its report is out; what becomes of its proposals is theirs."""
    reports = [event for event in own if event.type == "publication"]
    last_out = max((event.date_latest for event in reports if event.status in DONE), default="")
    to_come = any(event.status in _OPEN and event.date_latest > last_out for event in reports)
    is_at_work = last_out or any(event.type == "implementation" and event.status in DONE for event in own)
    if is_at_work:
        return "in_force" if to_come or not last_out else "ended"
    is_announced = to_come or any(event.type in ("implementation", "appointment") for event in own)
    return "planned" if is_announced and _is_to_come(name, own, ("publication", "implementation")) else None


def _is_to_come(name: str, own: Sequence[PolicyEvent], types: Sequence[str]) -> bool:
    """Whether it is still to come, as its newest article has it."""
    newest = max(str(event.last_published)[:10] for event in own)
    return any(
        event.status in _OPEN and event.date_latest >= newest and event.type in types and _names(event, name)
        for event in own
    )


def _is_begun(name: str, told: Iterable[tuple[PolicyEvent, str]]) -> bool:
    """Whether the policy itself was begun, and nothing in as new an article says that it is still to be founded."""
    begun = [event for event, state in told if state == "in_force" and event.type != "funding"]
    if not begun:
        return False
    newest = max(str(event.last_published) for event in begun)
    return not any(
        _FOUNDS.search(_own_text(event)) and _names(event, name)
        for event, _ in told
        if event.status in _OPEN and str(event.last_published) >= newest
    )


def _is_news(event: PolicyEvent, end: PolicyEvent) -> bool:
    """Whether something was announced after an end, in an article as new."""
    is_new = event.date_latest > end.date_latest and event.last_published == end.last_published
    return is_new and event.type == "announcement" and event.status == "happened"


def _begins(event: PolicyEvent, by: str = "") -> bool:
    """Whether an event shows that its policy was begun; money only where it was for a time until a day, ``by``."""
    is_done = event.status in DONE
    return is_done and (event.type == "implementation" or (event.type == "funding" and event.date_latest <= by))


def _said_of(event: PolicyEvent, name: str) -> str | None:
    """What one event says of the policy."""
    stands = _STANDS.search(fold(name)) is not None
    if event.type == "rejection":
        return "dropped" if event.status == "happened" and not stands and not _MORE.search(_own_text(event)) else None
    if event.status == "cancelled":
        return None if stands else "dropped"
    if event.type == "ending":
        if event.status == "planned" and _names(event, name) and _is_ended(event, name):
            return "in_force"
        return "ended" if event.status == "happened" and _is_ended(event, name) else None
    if event.type == "funding":
        return "in_force" if event.status in DONE else "planned"
    if event.type == "implementation":
        if event.status in DONE:
            return None if _PREPARES.search(_own_text(event)) else "in_force"
        return "planned"
    if event.type == "publication" and event.status in DONE:
        return "in_force" if _is_out(event, name) else None
    if event.type == "announcement" and event.status in DONE:
        return "planned" if event.policies[0] == name and _FOUNDS.search(_own_text(event)) else None
    if event.type in ("proposal", "consultation") or event.status in ("proposed", "conditional"):
        return "proposed"
    return "planned" if event.status == "planned" else None


def _is_ended(event: PolicyEvent, name: str) -> bool:
    """Whether it is this policy that ends: not another in the sentence, nor what was to take its place."""
    own = _own_text(event)
    if any(_NOT_ITSELF.search(own, 0, match.start()) for match in name_pattern(name).finditer(own)):
        return False
    replaced = find_replacement(event.quote, event.policies)
    if replaced and replaced[0] == name:
        return False
    return len(event.policies) == 1 or _names(event, name) or event.policies[0] == name


def _is_out(event: PolicyEvent, name: str) -> bool:
    """Whether the policy is a document that is now out for good."""
    return _DOCUMENT.search(fold(name)) is not None and _names(event, name) and not _DRAFT.search(fold(event.quote))


def _names(event: PolicyEvent, name: str) -> bool:
    """Whether the event's own clause names the policy, or is a relative one behind its name."""
    start, end = own_clause(event)
    folded = fold(event.quote)
    is_relative = _WHICH.match(folded, start)
    return name_pattern(name).search(folded, max(start - _NEAR, 0) if is_relative else start, end) is not None


def _own_text(event: PolicyEvent) -> str:
    """The event's own clause, folded."""
    start, end = own_clause(event)
    return fold(event.quote[start:end])
