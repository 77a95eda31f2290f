"""What became of a promise: links from a later event to the earlier one that it answers.

Found by type, status, date and wording, never by name. Precision first: a link is made only between events that share
a policy, and only when the later one was told after the earlier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.wording import likeness

_OPEN: Final = ("planned", "proposed", "conditional")
_WORDING: Final = 0.4


def link_events(events: Sequence[PolicyEvent]) -> list[PolicyEvent]:
    """The events, each with ``related`` links to earlier ones; in the order given."""
    by_policy: dict[str, list[PolicyEvent]] = defaultdict(list)
    for event in events:
        for name in event.policies:
            by_policy[name].append(event)
    linked = []
    for event in events:
        links: dict[str, str] = {}
        for name in event.policies:
            for earlier in by_policy[name]:
                kind = _link_kind(event, earlier)
                if kind:
                    links.setdefault(earlier.event_id, kind)
        linked.append(replace(event, related=tuple(sorted(f"{kind}:{target}" for target, kind in links.items()))))
    return linked


def _link_kind(later: PolicyEvent, earlier: PolicyEvent) -> str | None:
    """How ``later`` answers ``earlier``, or None."""
    if earlier.status not in _OPEN or later.first_published <= earlier.first_published or later is earlier:
        return None
    if later.policies[:1] != earlier.policies[:1]:
        return None
    alike = likeness(later.quote, earlier.quote)
    if later.type == "ending" and later.status == "happened" and earlier.type in ("implementation", "proposal"):
        return "cancels" if later.date_earliest >= earlier.first_published.date().isoformat() else None
    if later.type != earlier.type or alike < _WORDING:
        return None
    if later.status in ("happened", "ongoing"):
        return "fulfils" if later.date_latest >= earlier.first_published.date().isoformat() else None
    if later.status == "planned" and later.date_earliest > earlier.date_latest and earlier.date_basis != "publication":
        return "delays"
    return None
