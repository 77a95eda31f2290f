#!/usr/bin/env python3
"""Time expressions of a text as TimeML has them: one JSON line a document.

usage: timeml.py BENCHMARK.jsonl > SYSTEM.jsonl

Reads lines of ``{"article_id", "published", "text"}`` and writes lines of ``{"article_id", "dates": [{"text", "type",
"value", "start", "end"}]}``. TimeML's habits differ from those of our tables: a financial year or a span is two dates.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.converting import convert_file
from pipeline.extraction.sentences import split_section
from pipeline.extraction.timex.grammar import find_timexes
from pipeline.records import Timex

_YEARS = re.compile(r"(?<![\d-])(?P<first>(?:19|20)\d\d)\s?[-–/]\s?(?P<last>(?:19|20)\d\d|\d\d)(?![\d%-])")


def tag(text: str, published: date) -> list[Timex]:
    """The time expressions of a text, each date on its own."""
    sections, start = [], 0
    for paragraph in text.split("\n\n"):
        sections.append((start, start + len(paragraph)))
        start += len(paragraph) + 2
    sentences = [span for low, high in sections for span in split_section(text, low, high)]
    found = find_timexes(text, published, sentences, [(0, len(text))], is_compound=False)
    taken = {timex.start_char for timex in found}
    years = [each for match in _YEARS.finditer(text) if match.start() not in taken for each in split_years(match)]
    return sorted([*found, *years], key=lambda timex: timex.start_char)


def split_years(match: re.Match[str]) -> list[Timex]:
    """A span of years written "2022-23" as its two years; none where the second isn't later."""
    first, tail = match["first"], match["last"]
    last = first[: 4 - len(tail)] + tail
    if int(last) <= int(first):
        return []
    return [
        Timex(first, match.start("first"), match.end("first"), "DATE", first, first, False),
        Timex(tail, match.start("last"), match.end("last"), "DATE", last, last, False),
    ]


def spell(value: str) -> str:
    """A value as TimeML's annotators write it: a financial year by the year that it ends in.

    >>> spell("FY1989"), spell("1989-Q3")
    ('1990', '1989-Q3')
    """
    return str(int(value[2:]) + 1) if value.startswith("FY") else value


def convert(lines: Iterable[str]) -> Iterator[str]:
    """A line out for every line in."""
    for line in lines:
        document = json.loads(line)
        dates = [
            {"text": t.text, "type": t.type, "value": spell(t.value), "start": t.start_char, "end": t.end_char}
            for t in tag(document["text"], date.fromisoformat(document["published"][:10]))
        ]
        yield json.dumps({"article_id": document["article_id"], "dates": dates}, ensure_ascii=False)


def main() -> int:
    """Convert the file named on the command line."""
    return convert_file(convert, __doc__)


if __name__ == "__main__":
    raise SystemExit(main())
