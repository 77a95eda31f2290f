"""Figures of one measure over time: ``series.csv``.

Two figures are of one measure when the words that name it are the same, whatever their order, and their unit is. Only
core levels with a named measure and a period have a place in a series; a range or a change has none.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline import rows
from pipeline.records import Article, Extraction, Quantity
from pipeline.tables import Row
from pipeline.timeline.wording import content_words

#: Words that say that something is counted, or in what, not which: one measure is told with and without them.
_COUNTING: Final = content_words(
    "number total figure amount proportion share percentage level rate fte full-time equivalent staff workers social "
    "posts people practitioners persons"
)
#: Words of the trade for one thing.
_SAME: Final = {"locum": "agency"}
#: A measure that opens with one of these is a piece of a sentence, no name that a second article could use.
_UNNAMED: Final = frozenset(
    [
        "who",
        "whose",
        "which",
        "that",
        "they",
        "it",
        "he",
        "she",
        "we",
        "you",
        "not",
        "fell",
        "rose",
        "grew",
        "had",
        "has",
        "have",
        "was",
        "were",
        "is",
        "are",
        "been",
        "be",
        "would",
        "will",
        "could",
        "may",
        "said",
        "including",
        "driven",
        "spent",
        "provide",
        "provides",
        "signposted",
        "more",
        "fewer",
        "felt",
        "reported",
        "cited",
        "signed",
        "accounted",
        "satisfied",
        "provided",
        "expressed",
        "given",
        "allocated",
        "following",
        "further",
    ]
)
#: A stretch of time is of its own sentence.
_STRETCHES: Final = frozenset({"year", "month", "day"})
#: Values this near to each other are one value, rounded differently.
_ROUNDING: Final = 0.001


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series, with where it stands; ``published`` is the article's moment in ISO 8601."""

    number_id: str
    measure_id: str
    measure: str
    unit: str
    period: str
    value: float
    article_id: str
    published: str
    text: str
    source: str | None
    nation: str | None
    is_approximate: bool
    quote: str


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """Rows of ``series``, the figures behind them, and the measure of every number that has one."""

    rows: tuple[Row, ...]
    points: tuple[Point, ...]
    measure_ids: dict[str, str]


def measure_key(measure: str) -> frozenset[str]:
    """The words that name a measure.

    >>> sorted(measure_key("number of agency social workers")), sorted(measure_key("locums (FTE)"))
    (['agency'], ['agency'])
    """
    words = frozenset(_SAME.get(word, word) for word in content_words(measure))
    return words - _COUNTING or words


def is_named(quantity: Quantity) -> bool:
    """Whether a figure's measure can stand for a series: it opens with a noun, and is no mere stretch of time."""
    first = quantity.measure.split(maxsplit=1)[0].casefold()
    return first not in _UNNAMED and quantity.unit not in _STRETCHES


def measure_id(key: Iterable[str], unit: str) -> str:
    """Identifier of a measure, made from its words and unit."""
    text = " ".join(sorted(key)) + "|" + unit
    return "measure-" + hashlib.sha256(text.encode()).hexdigest()[:10]


def build_series(pairs: Iterable[tuple[Article, Extraction]]) -> SeriesTable:
    """Series from every article's numbers; the same for every order of articles."""
    return make_series(_points(pairs))


def make_series(points: Iterable[Point]) -> SeriesTable:
    """Series from figures that have a place in one; the same for every order."""
    points = sorted(points, key=lambda point: (point.published, point.number_id))
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    cells: dict[tuple[str, str, str], list[Point]] = defaultdict(list)
    for point in points:
        labels[point.measure_id][point.measure] += 1
        cells[point.measure_id, point.unit, point.period].append(point)
    names = {key: min(counts, key=lambda text: (-counts[text], len(text), text)) for key, counts in labels.items()}
    table = tuple(_row(names[key[0]], own) for key, own in sorted(cells.items()))
    return SeriesTable(table, tuple(points), {point.number_id: point.measure_id for point in points})


def _points(pairs: Iterable[tuple[Article, Extraction]]) -> Iterable[Point]:
    for article, extraction in pairs:
        for quantity in extraction.quantities:
            key = measure_key(quantity.measure)
            is_level = quantity.role == "level" and quantity.tier == "core" and quantity.value_high is None
            if is_level and quantity.period and key and is_named(quantity):
                field = article.title if quantity.field == "title" else article.text
                yield Point(
                    number_id=rows.number_id(article.article_id, quantity),
                    measure_id=measure_id(key, quantity.unit),
                    measure=quantity.measure,
                    unit=quantity.unit,
                    period=quantity.period,
                    value=quantity.value,
                    article_id=article.article_id,
                    published=rows.moment(article.published),
                    text=quantity.text,
                    source=quantity.source,
                    nation=quantity.nation,
                    is_approximate=quantity.is_approximate,
                    quote=field[quantity.quote_start : quantity.quote_end],
                )


def _row(measure: str, points: Sequence[Point]) -> Row:
    newest = points[-1]
    articles = tuple(sorted({point.article_id for point in points}))
    return {
        "measure_id": newest.measure_id,
        "measure": measure,
        "unit": newest.unit,
        "period": newest.period,
        "value": newest.value,
        "n_articles": len(articles),
        "articles": articles,
        "conflict": any(not agrees(point.value, newest.value) for point in points),
    }


def agrees(a: float, b: float) -> bool:
    """Whether two values are one, rounded differently."""
    return abs(a - b) <= _ROUNDING * max(abs(a), abs(b))
