"""What the sentences of an article lend each other: who spoke when, and the date of the sentence before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.readings import NOT_FINITE, REPORTING, Reading

_PRONOUNS: Final = frozenset({"she", "he"})
#: Roles by which a lead names whom the next sentences name ("the safeguarding minister has revealed").
_ROLES: Final = frozenset(["minister", "secretary", "ministers", "chancellor", "commissioner", "spokesperson", "chief"])
_FRESH: Final = timedelta(days=14)
_CAPITAL: Final = re.compile(r"^[A-Z][\w’'-]+$")
_SAYING: Final = REPORTING | frozenset(
    ["announce", "confirm", "pledge", "promise", "reveal", "ask", "set", "question", "speak", "answer", "meet"]
)
_STATEMENT: Final = re.compile(
    r"(?:\w+ )?([A-Z][\w-]+)[’']s? (?:statement|comments?|remarks|answer|response|announcement|speech) (?:came|follow)"
)
_FOLLOWING: Final = re.compile(
    r"^(?:at the same time|then|it then|as a result|following this|alongside this|in addition|in response|subsequently|"
    r"after this|at the time|the (?:government|department|move|decision) (?:then|also|subsequently))\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Story:
    """Dates by context, found in one pass from top to bottom.

    ``said`` holds, by the reading's index, the date on which what the sentence reports was said.
    ``before`` holds the date of the sentence before, where this one goes on from it.
    ``lists`` holds, for a list item that names a sum, the years that its lead-in speaks of.
    """

    said: dict[int, str] = field(default_factory=dict)
    before: dict[int, str] = field(default_factory=dict)
    lists: dict[int, str] = field(default_factory=dict)


def read_story(readings: Sequence[Reading], published: date) -> Story:
    """The story of an article's readings."""
    story = Story()
    speeches: dict[str, str] = {}
    last_speaker = ""
    surnames = {person.name.split()[-1] for reading in readings for person in reading.passage.people}
    for n, reading in enumerate(readings):
        passage = reading.passage
        if passage.kind in {"title", "heading"}:
            continue
        speaker = _speaker(reading, surnames)
        told = _fresh_date(reading, published)
        if told and speaker and speaker not in _PRONOUNS:
            speeches[speaker] = told
            last_speaker = speaker
            if passage.rank <= 3:
                _lend_to_lead(readings, n, told, story)
        elif _statement_of(passage.text) in speeches:
            story.said[n] = speeches[_statement_of(passage.text)]
        elif speaker in speeches:
            last_speaker = speaker
            story.said[n] = speeches[speaker]
        elif speaker in _PRONOUNS and last_speaker in speeches and passage.section - _section_of(readings, n) <= 1:
            story.said[n] = speeches[last_speaker]
        elif speaker:
            last_speaker = speaker
        if passage.kind == "list_item" and passage.lead_in and any(q.unit == "GBP" for q in passage.quantities):
            value = _years_above(readings, n)
            if value:
                story.lists[n] = value
        if n and _FOLLOWING.match(passage.text):
            value = _dated(readings[n - 1])
            if value:
                story.before[n] = value
    return story


def _years_above(readings: Sequence[Reading], n: int) -> str | None:
    """The years that the lead-in of list item ``n``, or the sentence before that, gives for its sums."""
    lead_in = next((m for m in range(n - 1, -1, -1) if readings[m].passage.kind == "body"), -1)
    for m in (lead_in, lead_in - 1):
        for placed in readings[m].dates if m >= 0 else ():
            if edtf.precision(placed.timex.edtf or "") in {"financial_year", "interval", "year"}:
                return placed.timex.edtf
    return None


def _section_of(readings: Sequence[Reading], n: int) -> int:
    return readings[n - 1].passage.section if n else 0


def _statement_of(text: str) -> str:
    """The surname whose statement opens the sentence ("Lee’s comments came as …"), or empty."""
    match = _STATEMENT.match(text)
    return match[1] if match else ""


def _lend_to_lead(readings: Sequence[Reading], n: int, told: str, story: Story) -> None:
    """A lead that names the speaker by role takes the date that the next sentences give."""
    for back in range(n - 1, -1, -1):
        lead = readings[back].passage
        if lead.kind != "body":
            continue
        if lead.rank == 0 and not readings[back].dates and not _ROLES.isdisjoint(lead.words.lows):
            story.said[back] = told


def _speaker(reading: Reading, surnames: set[str]) -> str:
    """Surname or pronoun in front of the sentence's finite verb of saying (or behind it: "said Smith"), or empty."""
    words, text = reading.passage.words, reading.passage.text
    for trigger in reading.triggers:
        if trigger.mood in NOT_FINITE or trigger.base not in _SAYING:
            continue
        i = trigger.first - 1
        while i > 0 and (words.lows[i] in {"also", "then", "”", ","} or words.lows[i].endswith("ly")):
            i -= 1
        if i < 0:
            return ""
        if words.lows[i] in _PRONOUNS:
            return words.lows[i]
        offset = reading.passage.start_char
        surface = text[words.starts[i] - offset : words.ends[i] - offset]
        is_body = any(each.start_char <= words.starts[i] < each.end_char for each in reading.passage.mentions)
        return surface if surface in surnames or (_CAPITAL.match(surface) and not is_body) else ""
    return ""


def _fresh_date(reading: Reading, published: date) -> str | None:
    """The date of the saying itself, where it lies in the fortnight up to the publication."""
    for n, dates in reading.owned.items():
        trigger = reading.triggers[n]
        if trigger.base not in _SAYING and trigger.type != "meeting":
            continue
        for placed in dates:
            span = edtf.parse(placed.timex.edtf)
            if span and placed.timex.is_relative and published - _FRESH <= span[0] and span[0] <= published:
                return placed.timex.edtf
    return None


def _dated(reading: Reading) -> str | None:
    """The first date that a verb of the sentence has, else a noun's."""
    for n in sorted(reading.owned, key=lambda n: (reading.triggers[n].group is None, n)):
        for placed in reading.owned[n]:
            if placed.role not in {"as_of", "until"}:
                return placed.timex.edtf
    return None
