"""Numbers in words and digits: the one reading of "seven", "twenty-five", "two hundred", "1,920" and "4½".

Pure functions over a table of words; the pattern strings are for use inside of other patterns.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

ONES: Final = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS: Final = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES: Final = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip

#: More digits than any figure of public life has: what is longer is a code, not a number.
MAX_DIGITS: Final = 16

_TEN = "|".join(TENS)
_ONE = "|".join(sorted((word for word in ONES if word != "zero"), key=len, reverse=True))
_SMALL = rf"(?:(?:{_TEN})(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine)\b)?|{_ONE})"
_SCALE = "|".join(SCALES)

#: A number in words ("seven", "twenty-five", "two hundred and fifty thousand", "a hundred"); use with ``(?i:…)``.
WORDS: Final = (
    rf"(?:{_SMALL}\b(?:[-\s](?:{_SCALE})\b(?:\s(?:and\s)?{_SMALL}\b)?)*"
    rf"|an?\s(?:{_SCALE})\b(?:\s(?:{_SCALE})\b)*)"
)

#: A number in digits with thousands and decimals: "1,920", "12,345.6", "7"; possessive, so it never backtracks.
DIGITS: Final = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?+"

_VULGAR: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_VULGAR_MARKS: Final = "".join(_VULGAR)
_BLANKS: Final = re.compile(r"[\s-]+")


def read_words(text: str) -> float | None:
    """The value of a number in words; ``None`` where a word is no number.

    >>> read_words("two hundred and fifty thousand"), read_words("twenty-five"), read_words("a dozen")
    (250000.0, 25.0, 12.0)
    >>> read_words("several") is None
    True
    """
    total = current = 0
    for word in _BLANKS.split(text.strip().casefold()):
        if word in ("a", "an"):
            current = 1
        elif word in ONES:
            current += ONES[word]
        elif word in TENS:
            current += TENS[word]
        elif word in ("dozen", "hundred"):
            current = max(current, 1) * SCALES[word]
        elif word in SCALES:
            total, current = total + max(current, 1) * SCALES[word], 0
        elif word != "and":
            return None
    return float(total + current)


def read_digits(text: str) -> float | None:
    """The value of a number in digits, thousands commas and vulgar fractions understood; ``None`` if it is too long.

    >>> read_digits("12,345.6"), read_digits("4½"), read_digits("9" * 400) is None
    (12345.6, 4.5, True)
    """
    extra = _VULGAR.get(text[-1:], 0.0)
    plain = text.rstrip(_VULGAR_MARKS).replace(",", "").strip()
    if len(plain) > MAX_DIGITS:
        return None
    try:
        return float(plain or 0) + extra
    except ValueError:
        return None


@lru_cache(maxsize=1024)  # the same few numbers come again and again
def read_number(text: str) -> float | None:
    """The value of a number in digits or in words.

    >>> read_number("1,920"), read_number("seven")
    (1920.0, 7.0)
    """
    return read_digits(text) if text[:1].isdigit() or text[:1] in _VULGAR else read_words(text)
