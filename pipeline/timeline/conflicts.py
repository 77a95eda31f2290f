"""Figures that can't both be right: ``conflicts.csv``. High precision first; each says why, and quotes.

values       two articles give one measure at one period different values
direction    a sentence's word and its numbers go different ways
arithmetic   a level, its change and its old level don't add up
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.records import Article, Extraction, Quantity
from pipeline.tables import Row, cell_text
from pipeline.timeline.series import Point, SeriesTable, agrees

#: Two values further apart than this are rather of two measures that are named alike.
_FAR_APART: Final = 0.25
#: What rounding may do to a sum or a percentage.
_ARITHMETIC: Final = 0.02


def find_conflicts(pairs: Iterable[tuple[Article, Extraction]], series: SeriesTable) -> list[Row]:
    """Conflicts in the order of their kind and identifier; the same for every order of articles."""
    found = [*_values(series), *(row for article, extraction in pairs for row in _arithmetic(article, extraction))]
    return sorted(found, key=lambda row: (str(row["kind"]), str(row["conflict_id"])))


def _values(series: SeriesTable) -> Iterator[Row]:
    cells: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for point in series.points:
        cells[point.measure_id, point.period].append(point)
    for points in cells.values():
        newest = points[-1]
        others = [p for p in points if p.article.article_id != newest.article.article_id]
        against = [p for p in others if not agrees(p.value, newest.value) and _is_near(p.value, newest.value)]
        if against and not any(p.quantity.is_approximate for p in (*against, newest)):
            yield _row("values", [*against, newest], "the articles give one measure at one time different values")


def _is_near(a: float, b: float) -> bool:
    return abs(a - b) <= _FAR_APART * max(abs(a), abs(b))


def _row(kind: str, points: Sequence[Point], why: str) -> Row:
    quotes = tuple(_quote(point.article, point.quantity) for point in points)
    return {
        "conflict_id": _conflict_id(kind, [point.number_id for point in points]),
        "kind": kind,
        "measure": points[-1].measure,
        "period": points[-1].period,
        "values": tuple(point.quantity.text for point in points),
        "articles": tuple(dict.fromkeys(point.article.article_id for point in points)),
        "quotes": quotes,
        "why": why,
    }


def _arithmetic(article: Article, extraction: Extraction) -> Iterator[Row]:
    """A percentage change between two levels that the levels don't give."""
    numbers = extraction.quantities
    for index, change in enumerate(numbers):
        if change.role != "change" or change.unit != "percent" or change.compared_with is None:
            continue
        old = numbers[change.compared_with]
        new = next((q for q in numbers[:index] if q.compared_with == change.compared_with and q.role == "level"), None)
        if new is None or old.unit != new.unit or not old.value or old.unit == "percent":
            continue
        actual = 100 * (new.value - old.value) / old.value
        stated = change.value if change.direction == "up" else -change.value
        if abs(actual - stated) > max(1.0, _ARITHMETIC * abs(stated)) and not change.is_approximate:
            ids = [f"{article.article_id}:{q.start_char}" for q in (old, new, change)]
            yield {
                "conflict_id": _conflict_id("arithmetic", ids),
                "kind": "arithmetic",
                "measure": new.measure,
                "period": new.period,
                "values": (old.text, new.text, change.text),
                "articles": (article.article_id,),
                "quotes": (_quote(article, change),),
                "why": f"from {cell_text(old.value)} to {cell_text(new.value)} is {actual:+.1f} per cent",
            }


def _quote(article: Article, quantity: Quantity) -> str:
    field = article.title if quantity.field == "title" else article.text
    return field[quantity.quote_start : quantity.quote_end]


def _conflict_id(kind: str, ids: Iterable[str]) -> str:
    return "conflict-" + hashlib.sha256("|".join((kind, *sorted(ids))).encode()).hexdigest()[:10]
