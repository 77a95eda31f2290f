"""From a text with its dates and names to its numbers: candidates, what is none, then the facts of each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from pipeline.extraction.quantities.candidates import Candidate, find_candidates
from pipeline.extraction.quantities.datasets import Setting, find_rounds
from pipeline.extraction.quantities.facts import find_tier, is_approximated
from pipeline.extraction.quantities.measures import find_measures
from pipeline.extraction.quantities.periods import find_periods
from pipeline.extraction.quantities.rejection import Surroundings, reason_against
from pipeline.extraction.quantities.roles import find_roles
from pipeline.records import Mention, Quantity, Timex

_Located = TypeVar("_Located", Timex, Mention)


@dataclass(frozen=True, slots=True)
class Piece:
    """A title, paragraph, heading or list item of the text, with its kind; offsets half-open."""

    kind: str
    start_char: int
    end_char: int


def find_quantities(
    text: str,
    published: date,
    pieces: Sequence[Piece],
    sentences: Sequence[tuple[int, int]],
    timexes: Sequence[Timex] = (),
    mentions: Sequence[Mention] = (),
) -> list[Quantity]:
    """The numbers of the text, by start; ``timexes`` and ``mentions`` are by start too."""
    result: list[Quantity] = []
    settings: list[Setting] = []
    sections = [(piece.start_char, piece.end_char) for piece in pieces]
    dated = sorted([*timexes, *find_rounds(text, timexes)], key=lambda timex: timex.start_char)
    near_timexes, near_mentions = _by_section(timexes, sections), _by_section(mentions, sections)
    near_dated = _by_section(dated, sections)
    for index, piece in enumerate(pieces):
        section, dates, names = sections[index], near_timexes[index], near_mentions[index]
        low = bisect_left(sentences, (section[0], 0))
        high = max(low, bisect_left(sentences, (section[1], 0)))
        inside = list(sentences[low:high]) or [section]
        candidates = find_candidates(text, *section)
        starts = [start for start, _ in inside]
        grouped: dict[int, list[Candidate]] = {}
        for candidate in candidates:
            at = max(0, bisect_right(starts, candidate.start_char) - 1)
            if reason_against(candidate, Surroundings(text, section, inside[at], dates, names)) is None:
                grouped.setdefault(at, []).append(candidate)
        for at in range(len(inside)):
            group = grouped.get(at, [])
            first = len(result)
            roles = find_roles(text, group, inside[at])
            for candidate, (role, direction) in zip(group, roles, strict=True):
                result.append(_quantity(text, candidate, inside[at], role, direction))
            own = tuple(t for t in near_dated[index] if t.edtf and inside[at][0] <= t.start_char < inside[at][1])
            settings.append(Setting(*inside[at], index, piece.kind, tuple(range(first, len(result))), own))
    periods = find_periods(text, published, settings, result)
    spans = [(timex.start_char, timex.end_char) for timex in dated if timex.type != "DURATION" or timex.edtf]
    measures = find_measures(text, settings, result, spans)
    return [
        replace(quantity, period=period, measure=measure)
        for quantity, period, measure in zip(result, periods, measures, strict=True)
    ]


def _by_section(records: Sequence[_Located], sections: Sequence[tuple[int, int]]) -> list[tuple[_Located, ...]]:
    """The records that lie in each section; both are by start."""
    starts = [record.start_char for record in records]
    return [tuple(records[bisect_left(starts, low) : bisect_left(starts, high)]) for low, high in sections]


def _quantity(text: str, c: Candidate, sentence: tuple[int, int], role: str, direction: str | None) -> Quantity:
    is_approximate = is_approximated(text, c, sentence)
    return Quantity(
        text[c.start_char : c.end_char], c.start_char, c.end_char, c.value, c.value_high, c.unit,
        find_tier(text, c, sentence, role), role, direction, is_approximate, "", None,
        quote_start=sentence[0], quote_end=sentence[1],
    )  # fmt: skip
