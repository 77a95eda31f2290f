"""What a number is before it is known to be one, and what its words or digits are worth."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extraction.quantities.patterns import SCALE_WORDS
from pipeline.extraction.timex.numerals import read_number


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible number. ``kind`` says how it is written: money, percent, point, duration, age, fraction, ratio,
    multiplier, measure (miles, kg) or count."""

    start_char: int
    end_char: int
    value: float
    value_high: float | None
    unit: str
    kind: str


def value_of(text: str | None, scale: str | None = None) -> float | None:
    """The value of digits or words times their scale; ``None`` for what is none.

    >>> value_of("1.44", "bn")
    1440000000.0
    """
    if text is None:
        return None
    number = read_number(text)
    return None if number is None else round(number * SCALE_WORDS.get((scale or "").casefold(), 1), 6)
