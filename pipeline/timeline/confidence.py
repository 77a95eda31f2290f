"""How sure an event is, from how sure its tellings are and how well they agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline import edtf
from pipeline.lists import unique
from pipeline.records import Telling

SEVERAL: Final = "told by several articles"
ONE: Final = "told by one article"
DATES_DIFFER: Final = "dates differ"
STATUSES_DIFFER: Final = "statuses differ"
TYPES_DIFFER: Final = "types differ"

#: Share of the remaining doubt that every further article takes away.
_FURTHER: Final = 0.2
_MOST_FURTHER: Final = 4
_DISAGREEMENT: Final = {DATES_DIFFER: 0.95, STATUSES_DIFFER: 0.97, TYPES_DIFFER: 0.93}


def rate(group: Sequence[Telling], best: Telling) -> tuple[float, tuple[str, ...]]:
    """Confidence of an event, 0 to 1, and why, in a few fixed words; ``best`` is the telling that it is quoted from.

    The best telling's own confidence, raised by every further article and lowered where tellings disagree. Statuses
    differ only where they do so on the same day or grow less: what was planned and then happened is agreement.
    """
    n_further = len({telling.article_id for telling in group}) - 1
    doubt = (1 - best.mention.confidence) * (1 - _FURTHER) ** min(n_further, _MOST_FURTHER)
    found = disagreements(group)
    confidence = 1 - doubt
    for reason in found:
        confidence *= _DISAGREEMENT[reason]
    reasons = unique((*best.mention.reasons, SEVERAL if n_further else ONE, *found))
    return round(min(max(confidence, 0.0), 1.0), 4), reasons


def disagreements(group: Sequence[Telling]) -> tuple[str, ...]:
    """In what the tellings of one event don't agree."""
    mentions = [telling.mention for telling in group]
    found = []
    if any(not edtf.meets(a.date, b.date) for a in mentions for b in mentions[:1]):
        found.append(DATES_DIFFER)
    done = [mention.status in ("happened", "ongoing") for mention in mentions]
    called_off = [mention.status == "cancelled" for mention in mentions]
    if done != sorted(done) or called_off != sorted(called_off):
        found.append(STATUSES_DIFFER)
    if len({mention.type for mention in mentions}) > 1:
        found.append(TYPES_DIFFER)
    return tuple(found)
