"""Events of one sentence told apart: no two of them have one title."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import date_pattern
from pipeline.timeline.cuewords import load_cues
from pipeline.timeline.excerpts import is_quoted
from pipeline.timeline.fitting import LONGEST
from pipeline.timeline.plain import plain_title
from pipeline.timeline.titles import other_titles
from pipeline.timeline.wording import fold

_MARKER: Final = re.compile(r"(.*?)((?:\s\([a-z ]+\))?)$")
#: A line that has a date: another would be put beside it.
_DATED: Final = re.compile(rf"\b(?:{'|'.join(calendar.month_name[1:])}|spring|summer|autumn|winter|(?:19|20)\d\d)\b")
#: Another date at the end of a line: "shelves plans to charge it from May 2025".
_LAST_DATE: Final = re.compile(rf"\s(?:from|in|by|until)\s(?:(?:{'|'.join(calendar.month_name[1:])})\s)?\d{{4}}$")
#: Titles that begin alike for so many letters are one title, cut differently.
_SAME: Final = 40


def tell_apart(
    events: Iterable[PolicyEvent], acronyms: Mapping[str, str], known: Mapping[str, str] | None = None
) -> list[PolicyEvent]:
    """The events, of which no two that one sentence tells have one title; in the order given.

    The line stays with the event whose kind the words tell best; the others get the plain one. ``known`` are plain
    lines that needn't be made again, by event.
    """
    events, known = list(events), known or {}
    alike: dict[tuple[str, str], list[PolicyEvent]] = defaultdict(list)
    for event in events:
        alike[event.quote, _bare(event.title, event)].append(event)
    plain: dict[str, str] = {}
    for (_, title), own in alike.items():
        if len(own) > 1:
            keeper = min(own, key=lambda event: _misfit(title, event))
            plain |= {
                each.event_id: known.get(each.event_id) or _other_title(each, title, acronyms)
                for each in own
                if each is not keeper
            }
    return [replace(event, title=plain.get(event.event_id) or event.title) for event in events]


def _other_title(event: PolicyEvent, taken: str, acronyms: Mapping[str, str]) -> str:
    """A line for an event whose own is taken: the plain one, else another draft, else the taken one with its date."""
    plain = plain_title(event, acronyms, LONGEST)
    if not is_quoted(plain):
        return plain
    other = next((line for line in other_titles(event, acronyms) if _bare(line, event) != taken), "")
    if other:
        return other
    line, marker = _MARKER.match(event.title).groups()  # type: ignore[union-attr]
    if _LAST_DATE.search(line) and not date_pattern(event.date).search(fold(line)):
        line = _LAST_DATE.sub("", line)
    is_dated = event.date_basis not in ("explicit", "relative") or _DATED.search(line)
    dated = f"{line}, {event.date_label}{marker}"
    return plain if is_dated or is_quoted(line) or len(dated) > LONGEST else dated


def _misfit(title: str, event: PolicyEvent) -> tuple[bool, bool, int, str]:
    """Sorts first the event that a title fits best: its kind is told, and its date is the nearest."""
    is_inferred = event.date_basis not in ("explicit", "relative")
    n_days = (date.fromisoformat(event.date_latest) - date.fromisoformat(event.date_earliest)).days
    return not _tells(title, event), is_inferred, n_days, event.event_id


def _bare(title: str, event: PolicyEvent) -> str:
    """A title without its label, without the name that it begins with and without the word behind it."""
    line = re.sub(r"\s\([a-z ]+\)$", "", title).rpartition(": ")[2]
    named = next((name for name in event.policies if line.lower().startswith(name.lower())), "")
    return line[len(named) :][:_SAME]


def _tells(title: str, event: PolicyEvent) -> bool:
    """Whether a title has a word for the event's type, and its date if the sentence gives one."""
    folded = fold(title)
    is_dated = event.date_basis not in ("explicit", "relative") or date_pattern(event.date).search(folded) is not None
    return is_dated and load_cues()["types"][event.type].search(folded) is not None
