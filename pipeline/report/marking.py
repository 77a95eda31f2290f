"""An article's text with marks for what was found in it: sentences that tell events, and in them and beside them
numbers, organisations and policies. Pure: offsets in, paragraphs out; the template makes the markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.report.wording import Row, number_of, text_of


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands: ``kind`` is ``event``, ``number``, ``organisation`` or ``policy``, ``row`` its row."""

    start: int
    end: int
    kind: str
    row: Row


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text that is one number or one name, or plain (``span`` is None)."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces of which all stand in the sentence of the same tellings, at ``start`` to ``end``; plain text has none."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    events: tuple[Span, ...] = ()


def make_spans(kind: str, rows: Iterable[Row], field: str = "text") -> list[Span]:
    """Spans of the rows of a table that stand in a field of the article."""
    return [
        Span(int(number_of(row["start_char"])), int(number_of(row["end_char"])), kind, row)
        for row in rows
        if text_of(row["field"]) == field
    ]


def mark_text(text: str, events: Sequence[Span], details: Sequence[Span]) -> list[tuple[Run, ...]]:
    """The paragraphs of a text as runs of pieces. Of details that overlap the longest is marked.

    A detail across the edge of a sentence is left plain.

    >>> duty = Span(4, 8, "policy", {})
    >>> [run.pieces[1].text for run in mark_text("The duty. It", [Span(0, 9, "event", {})], [duty])[0] if run.events]
    ['duty']
    """
    edges = {place for each in events for place in (each.start, each.end)}
    whole = [each for each in details if edges.isdisjoint(range(each.start + 1, each.end))]
    chosen = _without_overlap(whole)
    paragraphs: list[tuple[Run, ...]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            paragraphs.append(tuple(_runs(text, start, end, events, chosen)))
        start = end + 1
    return paragraphs


def _without_overlap(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda each: (each.start - each.end, each.start, each.kind)):
        places = range(span.start, span.end)
        if places and taken.isdisjoint(places):
            taken.update(places)
            kept.append(span)
    return sorted(kept, key=lambda each: each.start)


def _runs(text: str, start: int, end: int, events: Sequence[Span], details: Sequence[Span]) -> Iterable[Run]:
    """The runs of one paragraph: cut wherever a sentence that tells something begins or ends."""
    inside = [each for each in events if each.start < end and each.end > start]
    cuts = {start, end, *(min(max(place, start), end) for each in inside for place in (each.start, each.end))}
    places = sorted(cuts)
    for begin, stop in pairwise(places):
        own = tuple(each for each in inside if each.start <= begin and each.end >= stop)
        yield Run(begin, stop, tuple(_pieces(text, begin, stop, details)), own)


def _pieces(text: str, start: int, end: int, details: Sequence[Span]) -> Iterable[Piece]:
    at = start
    for each in details:
        if each.start >= start and each.end <= end:
            if each.start > at:
                yield Piece(text[at : each.start])
            yield Piece(text[each.start : each.end], each)
            at = each.end
    if at < end:
        yield Piece(text[at:end])
