"""How far figures could have come out otherwise, had other articles of the same kind been annotated."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from pipeline.evaluation.verdicts import Score, Verdict, add_up

RESAMPLES: Final = 1000
_TAIL: Final = 0.025
_COUNTS: Final = ("predicted", "gold")

#: The bounds of each figure: 95 of 100 resamples lie between them.
Intervals = Mapping[str, tuple[float, float]]


def find_intervals(score: Score, resamples: int = RESAMPLES, seed: int = 0) -> Intervals:
    """Percentile bootstrap over articles: as many articles are drawn again with replacement, ``resamples`` times.

    Articles, not rows, are drawn, since the rows of one article are right or wrong together. Counts have no interval;
    nor has anything where there are fewer than two articles. The same seed gives the same bounds.

    Method: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
    """
    by_article: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in score.verdicts:
        by_article[verdict.article_id].append(verdict)
    articles = [add_up(verdicts) for verdicts in by_article.values()]
    if len(articles) < 2:
        return {}
    names = sorted({name for counts in articles for name in counts})
    rows = [[counts[name] for name in names] for counts in articles]
    draw = random.Random(seed)
    drawn: dict[str, list[float]] = defaultdict(list)
    for _ in range(resamples):
        total: defaultdict[str, float] = defaultdict(int)
        total.update(zip(names, map(sum, zip(*draw.choices(rows, k=len(rows)), strict=True)), strict=True))
        for name, value in score.make_figures(total).items():
            drawn[name].append(value)
    return {name: _bounds(sorted(values)) for name, values in drawn.items() if name not in _COUNTS}


def _bounds(values: list[float]) -> tuple[float, float]:
    """The values that leave 2.5% of the sorted ones below and above.

    >>> _bounds([float(i) for i in range(1000)])
    (25.0, 974.0)
    """
    left_out = math.floor(len(values) * _TAIL)
    return values[left_out], values[-1 - left_out]
