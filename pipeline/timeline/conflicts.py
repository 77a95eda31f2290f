"""Figures that can't both be right: ``conflicts.csv``. High precision first; each says why, and quotes.

values       two articles give one measure at one period different values
direction    a sentence's word and its numbers go different ways
arithmetic   a level, its change and its old level don't add up

Within a sentence the numbers' own links say which are set against each other (``Quantity.compared_with``): an earlier
level points at the new one, a change at the earlier level where there is one and else at the new one.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.records import Article, Extraction, Quantity
from pipeline.tables import Row
from pipeline.timeline.series import Point, SeriesTable, agrees, measure_key

#: Two values further apart than this are rather of two measures that are named alike.
_FAR_APART: Final = 0.25
#: What rounding of the levels may do to a change, beside the rounding of the change itself.
_ROUNDING: Final = 0.02

#: A measure named by so many words is one measure wherever it is told.
_TELLING: Final = 2

_UP: Final = (
    r"rise[sn]?|rising|rose|increas(?:e[sd]?|ing)|gr[eo]w(?:n|s|ing)?|climb(?:s|"
    r"ed|ing)?|jump(?:s|ed|ing)?|soar(?:s|ed|ing)?|up(?=\s+from)"
)
_DOWN: Final = (
    r"fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|decreas(?:e[sd]?|ing)|declin(?:e[sd]?|"
    r"ing)|dip(?:s|ped|ping)?|down(?=\s+from)"
)
_WORD: Final = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
#: "Fewer … (A) than … (B)": the comparison's word and the place of "than".
_COMPARISON: Final = re.compile(r"(?:^|[,;]\s)(?P<word>fewer|more)\s+(?!than\b)", re.IGNORECASE)


def find_conflicts(pairs: Iterable[tuple[Article, Extraction]], series: SeriesTable) -> list[Row]:
    """Conflicts in the order of their kind and identifier; the same for every order of articles."""
    found = [row for _, row in conflicts_between(series)]
    for article, extraction in pairs:
        found += conflicts_within(article, extraction)
    return sorted(found, key=lambda row: (str(row["kind"]), str(row["conflict_id"])))


def conflicts_within(article: Article, extraction: Extraction) -> list[Row]:
    """The conflicts of one article with itself: of directions and of arithmetic."""
    return [*_directions(article, extraction.quantities), *_arithmetic(article, extraction.quantities)]


def conflicts_between(series: SeriesTable) -> Iterator[tuple[str, Row]]:
    """The conflicts of articles with each other, each behind its measure's identifier."""
    cells: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for point in series.points:
        cells[point.measure_id, point.period].append(point)
    for points in cells.values():
        newest = points[-1]
        others = [p for p in points if p.article_id != newest.article_id]
        against = [p for p in others if not agrees(p.value, newest.value) and _is_near(p.value, newest.value)]
        against = [point for point in against if _is_alike(point, newest)]
        if against and not any(p.is_approximate for p in (*against, newest)):
            why = "the articles give one measure at one time different values"
            yield newest.measure_id, _of_points([*against, newest], why)


def _is_alike(a: Point, b: Point) -> bool:
    """Whether two figures can be of one thing: no two nations and no two sources told.

    A measure of one word ("vacancies") is told of so much that the nation must be the same in both.
    """
    if a.source and b.source and a.source != b.source:
        return False
    if len(measure_key(a.measure)) < _TELLING:
        return a.nation == b.nation
    return a.nation is None or b.nation is None or a.nation == b.nation


def _is_near(a: float, b: float) -> bool:
    return abs(a - b) <= _FAR_APART * max(abs(a), abs(b))


def _of_points(points: Sequence[Point], why: str) -> Row:
    return {
        "conflict_id": _conflict_id("values", [point.number_id for point in points]),
        "kind": "values",
        "measure": points[-1].measure,
        "period": points[-1].period,
        "values": tuple(point.text for point in points),
        "articles": tuple(dict.fromkeys(point.article_id for point in points)),
        "quotes": tuple(point.quote for point in points),
        "why": why,
    }


def _directions(article: Article, numbers: Sequence[Quantity]) -> Iterator[Row]:
    """Pairs of levels that go the other way than their sentence says."""
    for old_at, old in enumerate(numbers):
        new = numbers[old.compared_with] if old.role == "level" and old.compared_with is not None else None
        if new is None or not _is_sound(old, new) or old.value == new.value:
            continue
        change = next((q for q in numbers if q.role == "change" and q.compared_with == old_at), None)
        said = change.direction if change is not None else _word_before(article, old, new)
        went = "up" if new.value > old.value else "down"
        if said is not None and said != went:
            why = f"the text says {said}, from {old.value:,.10g} to {new.value:,.10g} is {went}"
            yield _of_numbers("direction", article, [old, new], why)
    for first, second in _compared(article, numbers):
        said = _comparison_word(article, first)
        if (said == "fewer" and first.value > second.value) or (said == "more" and first.value < second.value):
            why = f"the text says {said}, but {first.value:,.10g} is set against {second.value:,.10g}"
            yield _of_numbers("direction", article, [second, first], why)


def _word_before(article: Article, old: Quantity, new: Quantity) -> str | None:
    """``up`` or ``down`` by the word that the pair hangs on, where only one kind of word stands near it."""
    text = _field(article, old)
    begin = max(old.quote_start, min(old.start_char, new.start_char) - 60)
    words = {match.lastgroup for match in _WORD.finditer(text, begin, max(old.start_char, new.start_char))}
    return words.pop() if len(words) == 1 else None


def _compared(article: Article, numbers: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Two levels of one unit in one sentence with "than" between them and no other number of that unit."""
    sentences: dict[tuple[str, int, str], list[Quantity]] = defaultdict(list)
    for quantity in numbers:
        if quantity.role == "level" and quantity.tier == "core" and quantity.unit in ("count", "GBP"):
            sentences[quantity.field, quantity.quote_start, quantity.unit].append(quantity)
    for own in sentences.values():
        if len(own) == 2 and _is_sound(*own):
            between = _field(article, own[0])[own[0].end_char : own[1].start_char]
            if re.search(r"\bthan\b", between) and len(between) < 80:
                yield own[0], own[1]


def _comparison_word(article: Article, first: Quantity) -> str | None:
    """ "fewer" or "more" where the clause of a comparison opens with it."""
    before = _field(article, first)[first.quote_start : first.start_char]
    words = [match["word"].casefold() for match in _COMPARISON.finditer(before)]
    return words[0] if len(words) == 1 else None


def _arithmetic(article: Article, numbers: Sequence[Quantity]) -> Iterator[Row]:
    """Changes that the two levels beside them don't give."""
    for change in numbers:
        old = numbers[change.compared_with] if change.role == "change" and change.compared_with is not None else None
        new = numbers[old.compared_with] if old is not None and old.compared_with is not None else None
        if old is None or new is None or change.is_approximate or not _is_sound(old, new) or not old.value:
            continue
        actual = _actual(change, old, new)
        stated = change.value if change.direction == "up" else -change.value
        if actual is None or actual * stated <= 0:  # the other way round is a matter of direction
            continue
        if abs(actual - stated) > max(_step(change), _ROUNDING * abs(stated), _ROUNDING * abs(actual)):
            why = f"from {old.value:,.10g} to {new.value:,.10g} is {actual:+.1f}, not {stated:+g}"
            yield _of_numbers("arithmetic", article, [old, new, change], why)


def _actual(change: Quantity, old: Quantity, new: Quantity) -> float | None:
    """The change that two levels give, in the change's unit; ``None`` where it can't be worked out."""
    if change.unit == "percent" and old.unit != "percent":
        return 100 * (new.value - old.value) / old.value
    if change.unit in (old.unit, "percentage_point") and (change.unit != "percent"):
        return new.value - old.value
    return None


def _step(change: Quantity) -> float:
    """What rounding may hide: one unit of the last digit that the text gives."""
    digits = re.search(r"\.(\d+)", change.text)
    return 10.0 ** -len(digits[1]) if digits else 1.0


def _is_sound(old: Quantity, new: Quantity) -> bool:
    """Whether two levels can be held against each other: exact, of one unit, in one sentence."""
    return (
        old.unit == new.unit
        and (old.field, old.quote_start) == (new.field, new.quote_start)
        and old.value_high is new.value_high is None
        and not old.is_approximate
        and not new.is_approximate
    )


def _of_numbers(kind: str, article: Article, numbers: Sequence[Quantity], why: str) -> Row:
    newest = numbers[1]
    return {
        "conflict_id": _conflict_id(kind, [f"{article.article_id}:{q.field}:{q.start_char}" for q in numbers]),
        "kind": kind,
        "measure": newest.measure,
        "period": newest.period or "",
        "values": tuple(quantity.text for quantity in numbers),
        "articles": (article.article_id,),
        "quotes": (_quote(article, newest),),
        "why": why,
    }


def _field(article: Article, quantity: Quantity) -> str:
    return article.title if quantity.field == "title" else article.text


def _quote(article: Article, quantity: Quantity) -> str:
    return _field(article, quantity)[quantity.quote_start : quantity.quote_end]


def _conflict_id(kind: str, ids: Iterable[str]) -> str:
    return "conflict-" + hashlib.sha256("|".join((kind, *sorted(ids))).encode()).hexdigest()[:10]
