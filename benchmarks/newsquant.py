#!/usr/bin/env python3
"""Numbers of a text as NewsQuant has them: one JSON line a document.

usage: newsquant.py BENCHMARK.jsonl > SYSTEM.jsonl

Reads lines of ``{"article_id", "published", "text"}`` and writes lines of ``{"article_id", "numbers": [{"text",
"value", "unit", "change", "start", "end"}]}``. NewsQuant's habits differ from those of our tables: "from 3 to 5" is
one range ``[3, 5]``, a unit is a noun in the singular (``dollar``, ``percentage``, ``person``), and ``change`` is one
of ``= ~ > < up down``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.converting import convert_file
from pipeline.extraction.quantities.extract import Piece, find_quantities
from pipeline.extraction.quantities.lexicon import load_lexicon
from pipeline.extraction.sentences import split_section
from pipeline.extraction.timex.grammar import find_timexes
from pipeline.records import Quantity

_UNITS: Final = {"percent": "percentage", "percentage_point": "percentage point", "GBP": "pound sterling"}
_TIMES: Final = frozenset({"year", "month", "week", "day", "hour", "minute"})
_SIGNS: Final = {"$": "dollar", "€": "euro", "¥": "yen", "£": "pound sterling"}
_NAMED: Final = {
    "km": "kilometre", "kg": "kilogram", "kilo": "kilogram", "mph": "mile per hour", "kph": "kilometre per hour",
    "feet": "foot", "inches": "inch", "centuries": "century", "tonnes": "tonne", "metres": "metre",
}  # fmt: skip
_IRREGULAR: Final = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "lives": "life",
    "wives": "wife",
}
_MORE: Final = re.compile(
    r"\b(?:more\s+than|over|at\s+least|above|in\s+excess\s+of|upwards\s+of|exceed\w*)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_LESS: Final = re.compile(
    r"\b(?:less\s+than|fewer\s+than|under|up\s+to|below|at\s+most|no\s+more\s+than)\s+(?:\w+\s+)?$", re.IGNORECASE
)
#: What is given in pence is so in the benchmark.
_PENCE: Final = re.compile(r"(?:\d\s?p|\bpence)$", re.IGNORECASE)
#: "gained 120 points, or 0.5 percent, to 25,300", "doubled to 8 percent": each goes the way of the one before.
_GOES_ON: Final = re.compile(
    r"[^.;:()]{0,30}?,?\s+(?:or|to)\s+(?:(?:about|around|nearly|almost|over|just|an?|record)\s+)*", re.IGNORECASE
)
_L: Final = load_lexicon()
_MOVED: Final = re.compile(
    rf"\b(?:(?P<up>{_L['change', 'up_verbs']})|(?P<down>lost|{_L['change', 'down_verbs']}))\b"
    r"(?:[^.;:,]{0,40}?\b(?:to|from))?\s+"
    r"(?:(?:about|around|nearly|almost|over|just|a|an|record|more|than|as|high|low|much|of)\s+)*$",
    re.IGNORECASE,
)
_NOUN: Final = re.compile(
    r"[\s-]+(?!(?:of|in|on|at|for|to|from|by|with|and|or|that|who|which|were|"
    r"was|are|is|have|has|had|after|before|closed|rose|fell)\b)(?P<words>(?:[a-z][\w’'-]*\s+){0,3}?(?:[a-z][\w’'-]*))(?=\s+(?:of|"
    r"in|on|at|for|to|from|by|with|and|or|that|who|which|were|was|are|is|have|"
    r"has|had|will|would|said|as|than|a|the)\b|\s*[.,;:)?!”\"]|$)"
)


def singular(noun: str) -> str:
    """A noun in the singular, by its ending.

    >>> [singular(word) for word in ("shares", "companies", "people", "losses", "bus")]
    ['share', 'company', 'person', 'loss', 'bus']
    """
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def plain(value: float) -> float | int:
    """A whole number without its ".0".

    >>> plain(3.0), plain(2.5)
    (3, 2.5)
    """
    return int(value) if value == int(value) else value


def unit_of(text: str, quantity: Quantity) -> str | None:
    """The unit as a noun: of the sign, of the word that the number holds, or of what is counted behind it."""
    if quantity.unit in _TIMES:
        return quantity.unit
    if _PENCE.search(quantity.text):
        return "penny"
    if quantity.unit in _UNITS:
        return _UNITS[quantity.unit]
    if quantity.unit == "other":
        for sign, name in _SIGNS.items():
            if sign in quantity.text:
                return name
        word = (
            quantity.text.split()[-1].casefold()
            if " " in quantity.text
            else re.sub(r"[^a-z]", "", quantity.text.casefold())
        )
        if quantity.text.casefold().endswith(("basis point", "basis points")):
            return "basis point"
        return _NAMED.get(word, singular(word))
    match = _NOUN.match(text, quantity.end_char)
    if match is None:
        return None
    words = match["words"].casefold().split()
    nouns = [word for word in words if not word.endswith(("ed", "ing"))] or words
    return singular(next((word for word in nouns if word.endswith("s") or word in _IRREGULAR), nouns[-1]))


def change_of(text: str, quantity: Quantity) -> str:
    """``up`` or ``down`` for a change and for the level that it leads to ("rose to 5"), else how exact it is."""
    if quantity.role == "change" and quantity.direction:
        return quantity.direction
    before = text[max(0, quantity.start_char - 80) : quantity.start_char]
    if moved := _MOVED.search(before):
        return "up" if moved["up"] else "down"
    if _MORE.search(before):
        return ">"
    if _LESS.search(before):
        return "<"
    return "~" if quantity.is_approximate else "="


def find_numbers(text: str, published: date) -> list[dict[str, Any]]:
    """The numbers of a text, by start; two levels told as "from A to B" are one range."""
    sentences = split_section(text, 0, len(text))
    timexes = find_timexes(text, published, sentences)
    quantities = find_quantities(text, published, [Piece("body", 0, len(text))], sentences, timexes)
    numbers: list[dict[str, Any]] = []
    joined: set[int] = set()
    for i, quantity in enumerate(quantities):
        if i in joined:
            continue
        is_pence = quantity.unit == "GBP" and _PENCE.search(quantity.text) is not None
        value: Any = plain(round(100 * quantity.value, 6) if is_pence else quantity.value)
        if quantity.value_high is not None:
            value = [value, plain(quantity.value_high)]
        end, named = quantity.end_char, quantity
        new = quantity.compared_with
        is_pair = new == i + 1 and quantity.role == quantities[new].role and quantity.unit == quantities[new].unit
        if (
            new is not None
            and is_pair
            and re.fullmatch(r"\s+to\s+(?:\w+\s+){0,2}", text[end : quantities[new].start_char])
        ):
            joined.add(new)
            named = quantities[new]
            value, end = sorted([plain(quantity.value), plain(quantities[new].value)]), quantities[new].end_char
        change = change_of(text, quantity)
        last = numbers[-1] if numbers else None
        if last and change in "=~" and last["change"] in ("up", "down") and _GOES_ON.fullmatch(
            text, last["end"], quantity.start_char
        ):  # fmt: skip
            change = last["change"]
        numbers.append(
            {
                "text": text[quantity.start_char : end], "value": value, "unit": unit_of(text, named),
                "change": change, "start": quantity.start_char, "end": end,
            }
        )  # fmt: skip
    return numbers


def convert(lines: Iterable[str]) -> Iterator[str]:
    """A line out for every line in."""
    for line in lines:
        document = json.loads(line)
        published = date.fromisoformat((document.get("published") or "2020-01-01")[:10])
        numbers = find_numbers(document["text"], published)
        yield json.dumps({"article_id": document["article_id"], "numbers": numbers}, ensure_ascii=False)


def main() -> int:
    """Convert the file named on the command line."""
    return convert_file(convert, __doc__)


if __name__ == "__main__":
    raise SystemExit(main())
