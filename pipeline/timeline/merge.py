"""Tellings of one event joined: one event, one row.

Two tellings are of one event when they agree on *what* (type, and the policies or else the wording), on *when* (dates
that overlap, or one inside of the other) and on *how much* (no two different sums). A telling joins a group only if it
agrees with every telling already in it, so that a vague date can't chain two events together. Groups are built in
the order of publication, so the result doesn't depend on the order in which dumps were read.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pipeline import edtf
from pipeline.records import PolicyEvent, Telling, unique
from pipeline.timeline.chains import link_events
from pipeline.timeline.states import event_state
from pipeline.timeline.titles import make_title
from pipeline.timeline.wording import likeness

#: Days that two dates must share, over the days that they cover together, to be one date.
_SAME_DATE: Final = 0.5
#: Wording that must be shared for two tellings whose dates or policies agree only loosely (tuned by reading rows).
_LOOSE_WORDING: Final = 0.5
_STRICT_WORDING: Final = 0.7

#: Types that one decision can be told as.
_KINDRED: Final = (
    frozenset({"announcement", "implementation"}),
    frozenset({"announcement", "funding"}),
    frozenset({"announcement", "proposal"}),
    frozenset({"announcement", "publication"}),
    frozenset({"announcement", "legislation"}),
    frozenset({"implementation", "appointment"}),
)

_PRECISION_RANK: Final = {"day": 0, "month": 1, "season": 2, "interval": 3, "financial_year": 4, "year": 5}
_BASIS_RANK: Final = {"explicit": 0, "relative": 1, "context": 2, "publication": 3}


def build_timeline(tellings: Iterable[Telling]) -> tuple[PolicyEvent, ...]:
    """Events from tellings, with their state as of the newest telling's article and the links between them.

    Sorted by date; the same for every order of ``tellings``.
    """
    ordered = sorted(tellings, key=_order)
    groups = _group(ordered)
    events = [_make_event(group) for group in groups]
    newest = max((telling.published for telling in ordered), default=None)
    if newest is not None:
        linked = link_events(events)
        events = [replace(event, state=event_state(event, linked, newest.date())) for event in linked]
    return tuple(sorted(events, key=lambda event: (event.date_earliest, event.date_latest, event.event_id)))


def event_id(telling: Telling) -> str:
    """The identifier of an event whose earliest telling this is: made from publication, article and offset."""
    mention = telling.mention
    parts = (telling.published.isoformat(), telling.evidence_id, mention.field, str(mention.start_char))
    return "event-" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def _order(telling: Telling) -> tuple[str, str, str, int, str]:
    mention = telling.mention
    return (
        telling.published.isoformat(),
        telling.article_id,
        mention.field,
        mention.start_char,
        telling.evidence_id,
    )


def _group(ordered: Sequence[Telling]) -> list[list[Telling]]:
    """Tellings in groups, each of one event."""
    groups: list[list[Telling]] = []
    by_policy: dict[str, list[int]] = defaultdict(list)
    for telling in ordered:
        keys = telling.mention.policies or telling.mention.organisations or ("",)
        candidates = sorted({index for key in keys for index in by_policy[key]})
        home = next((i for i in candidates if all(is_same_event(telling, other) for other in groups[i])), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(telling)
        for key in keys:
            if home not in by_policy[key]:
                by_policy[key].append(home)
    return groups


def is_same_event(a: Telling, b: Telling) -> bool:
    """Whether two tellings are of one event. Symmetrical."""
    x, y = a.mention, b.mention
    if x.amount is not None and y.amount is not None and x.amount != y.amount:
        return False
    if (x.status == "cancelled") != (y.status == "cancelled"):
        return False
    wording = likeness(x.quote, y.quote)
    if x.quote == y.quote and a.article_id != b.article_id:
        return x.type == y.type and edtf.meets(x.date, y.date)
    if a.article_id == b.article_id and (x.start_char, x.field) == (y.start_char, y.field):
        return False  # two events that one sentence tells
    shared = set(x.policies) & set(y.policies)
    if not shared:
        if x.policies and y.policies:
            return False
        if not set(x.organisations) & set(y.organisations) or wording < _STRICT_WORDING:
            return False
    if x.type != y.type and (frozenset({x.type, y.type}) not in _KINDRED or wording < _LOOSE_WORDING):
        return False
    return _is_same_time(a, b, wording)


def _is_same_time(a: Telling, b: Telling, wording: float) -> bool:
    """Whether the dates can be one: the tighter they agree, the less the wording must."""
    x, y = a.mention, b.mention
    if a.article_id == b.article_id and "publication" in (x.date_basis, y.date_basis):
        return wording >= _STRICT_WORDING and edtf.meets(x.date, y.date)
    shared = edtf.overlap(x.date, y.date)
    if shared >= _SAME_DATE:
        return x.type != "announcement" or x.date_basis != "publication" or wording >= _LOOSE_WORDING
    return edtf.meets(x.date, y.date) and _is_inside(x.date, y.date) and wording >= _LOOSE_WORDING


def _is_inside(a: str, b: str) -> bool:
    x, y = edtf.parse(a), edtf.parse(b)
    if x is None or y is None:
        return False
    return (x[0] <= y[0] and y[1] <= x[1]) or (y[0] <= x[0] and x[1] <= y[1])


def _make_event(group: Sequence[Telling]) -> PolicyEvent:
    """One event: the best quote, the most exact date, the latest status, everything else joined."""
    first, last = group[0], group[-1]
    best = max(group, key=lambda telling: (telling.mention.confidence, len(telling.mention.policies), _neg(telling)))
    dated = min(group, key=_exactness)
    span = edtf.parse(dated.mention.date)
    assert span is not None, dated.mention.date
    mention = best.mention
    policies = unique(name for telling in (best, *group) for name in telling.mention.policies)
    organisations = unique(name for telling in (best, *group) for name in telling.mention.organisations)
    event = PolicyEvent(
        event_id=event_id(first),
        date=dated.mention.date,
        date_label=edtf.label(dated.mention.date),
        date_earliest=span[0].isoformat(),
        date_latest=span[1].isoformat(),
        precision=edtf.precision(dated.mention.date),
        date_basis=dated.mention.date_basis,
        type=mention.type,
        status=last.mention.status,
        title="",
        policies=policies,
        organisations=organisations,
        people=unique(name for telling in group for name in telling.mention.people),
        nation=next((t.mention.nation for t in (best, *group) if t.mention.nation), None),
        amount=next((t.mention.amount for t in (best, *group) if t.mention.amount is not None), None),
        first_published=first.published,
        last_published=last.published,
        n_articles=len({telling.article_id for telling in group}),
        state=None,
        related=(),
        confidence=mention.confidence,
        reasons=mention.reasons,
        quote=mention.quote,
        article_id=best.article_id,
        url=best.url,
        superseded_ids=tuple(sorted({event_id(telling) for telling in group} - {event_id(first)})),
        evidence_ids=tuple(telling.evidence_id for telling in group),
    )
    return replace(event, title=make_title(event))


def _neg(telling: Telling) -> float:
    return -telling.published.timestamp()


def _exactness(telling: Telling) -> tuple[int, int, str, str]:
    mention = telling.mention
    return (
        _PRECISION_RANK[edtf.precision(mention.date)],
        _BASIS_RANK[mention.date_basis],
        telling.published.isoformat(),
        telling.evidence_id,
    )
