"""From a text with its dates and names to its numbers: candidates, what is none, then the facts of each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from pipeline.extraction.quantities.candidate import Candidate
from pipeline.extraction.quantities.candidates import find_candidates
from pipeline.extraction.quantities.datasets import Setting, find_rounds
from pipeline.extraction.quantities.facts import find_tier, is_approximated
from pipeline.extraction.quantities.levels import find_links
from pipeline.extraction.quantities.measures import find_measures
from pipeline.extraction.quantities.periods import find_periods
from pipeline.extraction.quantities.rejection import Surroundings, reason_against
from pipeline.extraction.quantities.role_chains import LEVEL
from pipeline.extraction.quantities.roles import find_roles
from pipeline.extraction.quantities.sources import find_nations, find_sources
from pipeline.records import Mention, Quantity, Timex

#: What is longer, or holds more numbers, is a table or no prose at all: its numbers stand without further facts.
MAX_SENTENCE: Final = 3000
MAX_NUMBERS: Final = 60
#: No date or name is longer, and no more of them stand around one number.
MAX_RECORD: Final = 300
REACH: Final = 40

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
        section = sections[index]
        low = bisect_left(sentences, (section[0], 0))
        inside = list(sentences[low : max(low, bisect_left(sentences, (section[1], 0)))]) or [section]
        numbers = _accept(text, section, inside, near_timexes[index], near_mentions[index])
        dates = [timex for timex in near_dated[index] if timex.edtf]
        own_dates = _by_section(dates, inside) if dates else [()] * len(inside)
        for at, sentence in enumerate(inside):
            group, first = numbers.get(at, ()), len(result)
            is_prose = len(group) <= MAX_NUMBERS and sentence[1] - sentence[0] <= MAX_SENTENCE
            if group:
                roles = find_roles(text, group, sentence) if is_prose else [LEVEL] * len(group)
                result += [
                    _quantity(text, candidate, sentence, *role) for candidate, role in zip(group, roles, strict=True)
                ]
            held = tuple(range(first, len(result))) if is_prose else ()
            settings.append(Setting(*sentence, index, piece.kind, held, own_dates[at] if is_prose else ()))
    periods = find_periods(text, published, settings, result)
    spans = [(timex.start_char, timex.end_char) for timex in dated if timex.type != "DURATION" or timex.edtf]
    measures = find_measures(text, settings, result, spans)
    nations = find_nations(text, settings, result)
    sources = find_sources(text, settings, mentions)
    told = list(result)
    for setting, (source, kind) in zip(settings, sources, strict=True):
        for i in setting.numbers:
            told[i] = replace(
                result[i], measure=measures[i], period=periods[i], nation=nations[i], source=source, source_kind=kind
            )
    links = find_links(text, settings, told)
    return [
        quantity if link is None else replace(quantity, compared_with=link)
        for quantity, link in zip(told, links, strict=True)
    ]


def _accept(
    text: str, section: tuple[int, int], inside: list[tuple[int, int]], dates: tuple[Timex, ...],
    names: tuple[Mention, ...],
) -> dict[int, list[Candidate]]:  # fmt: skip
    """The section's numbers by the position of their sentence."""
    starts = [start for start, _ in inside]
    numbers: dict[int, list[Candidate]] = {}
    for candidate in find_candidates(text, *section):
        at = max(0, bisect_right(starts, candidate.start_char) - 1)
        near = slice(_first_near(dates, candidate), None), slice(_first_near(names, candidate), None)
        around = Surroundings(text, section, inside[at], dates[near[0]][:REACH], names[near[1]][:REACH])
        if reason_against(candidate, around) is None:
            numbers.setdefault(at, []).append(candidate)
    return numbers


def _first_near(records: Sequence[_Located], candidate: Candidate) -> int:
    """Position of the first record that can reach the candidate."""
    return bisect_left(records, candidate.start_char - MAX_RECORD, key=lambda record: record.start_char)


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
