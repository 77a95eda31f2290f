"""Every kind of output scored. Each score has its figures (shares from 0 to 1, counts as whole numbers) and verdicts.

A prediction answers at most one gold entry, and the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.evaluation.articles import score_blocks, score_items, score_offsets
from pipeline.evaluation.entities import score_entities, score_mentions
from pipeline.evaluation.events import score_events
from pipeline.evaluation.gold import Gold, Outputs
from pipeline.evaluation.numbers import score_numbers
from pipeline.evaluation.verdicts import Score

__all__ = ["score_all", "score_entities", "score_events", "score_numbers"]


def score_all(gold: Mapping[str, Gold], outputs: Outputs) -> dict[str, Score]:
    """Every kind of output, in the order in which the work is done."""
    return {
        "items": score_items(gold, outputs),
        "blocks": score_blocks(gold, outputs),
        "numbers": score_numbers(gold, outputs),
        "organisations": score_entities("organisations", gold, outputs),
        "policies": score_entities("policies", gold, outputs),
        "mentions": score_mentions(gold, outputs),
        "events": score_events(gold, outputs),
        "offsets": score_offsets(gold, outputs),
    }
