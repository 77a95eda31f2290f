"""A line that a person would write, and that claims nothing that the sentence doesn't."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import edtf
from pipeline.records import PolicyEvent
from pipeline.timeline.apart import tell_apart
from pipeline.timeline.fitting import LONGEST
from pipeline.timeline.hedging import is_hedged
from pipeline.timeline.subjects import learn_acronyms
from pipeline.timeline.titles import make_title
from pipeline.vocabulary import EVENT_TYPES, STATUSES
from tests.timeline.tellings import gold_events, make_telling, read_cases

CASES = read_cases("titles.jsonl")


def make_event(fields: dict[str, Any]) -> PolicyEvent:
    """An event with what a title is made from."""
    date = fields.get("date", "2025-03-21")
    first, last = edtf.parse(date) or (datetime.now(UTC).date(),) * 2
    told = datetime.fromisoformat(f"{fields.get('told', '2025-03-21')}T00:00:00+00:00")
    return PolicyEvent(
        event_id="event-1", date=date, date_label=edtf.label(date), date_earliest=first.isoformat(),
        date_latest=last.isoformat(), precision=edtf.precision(date),
        date_basis=fields.get("basis", "explicit" if "date" in fields else "publication"), type=fields["type"],
        status=fields["status"], title="", policies=tuple(fields.get("policies", ())),
        organisations=tuple(fields.get("bodies", ())), people=(), nation=None, amount=None, first_published=told,
        last_published=told, n_articles=1, state=None, related=(), confidence=0.8, reasons=(), quote=fields["quote"],
        article_id="a-1", url="https://example.org/1", superseded_ids=(),
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_a_title_says_who_does_what(case: dict[str, Any]) -> None:
    """From the event's own clause, in the present tense of headlines."""
    assert make_title(make_event(case), case.get("acronyms", {})) == case["title"]


def test_two_events_of_one_sentence_are_told_apart_by_their_dates() -> None:
    """The decision keeps its own date where the line ends in that of the plan that it drops."""
    quote = "The board asked for views from 3 March to 9 May 2024 but, last autumn, dropped plans to charge it from June 2025."
    made = [
        make_event(
            {"quote": quote, "type": "announcement", "status": "happened", "date": "2024-23", "basis": "relative"}
        ),
        make_event({"quote": quote, "type": "implementation", "status": "cancelled", "date": "2025-06"}),
    ]
    events = [replace(event, event_id=f"event-{n}", title=make_title(event)) for n, event in enumerate(made)]
    assert [event.title for event in tell_apart(events, {})] == [
        "Board drops plans to charge it, autumn 2024",
        "Board drops plans to charge it from June 2025",
    ]


def test_titles_are_short_and_never_empty() -> None:
    """Every event of our annotated articles has a title of at most ninety characters."""
    for event in gold_events():
        assert 0 < len(event.title) <= LONGEST, event


def test_a_plan_is_never_told_as_done() -> None:
    """The title of what has not happened shows it, by a verb or by a word behind."""
    for event in gold_events():
        if event.status in ("planned", "proposed", "conditional", "cancelled"):
            label, _, line = event.title.rpartition(": ")
            shown = is_hedged(line, event.status) or is_hedged(event.title, event.status)
            assert shown or line.endswith(("(planned)", "(proposed)", "(if approved)", "(called off)")), (label, line)


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=400), st.sampled_from(EVENT_TYPES), st.sampled_from(STATUSES))
def test_any_text_gives_a_short_title(quote: str, type_: str, status: str) -> None:
    """No sentence is too odd: no exception, no more than ninety characters."""
    assert len(make_title(make_event({"quote": quote, "type": type_, "status": status}))) <= LONGEST


def test_acronyms_are_those_that_sentences_give() -> None:
    """A name's acronym is taken from the brackets behind it, if its letters are the name's own."""
    quotes = [
        "The Department for Fostering (DfF) has a plan.",
        "The Department for Fostering (see table) has a plan.",
        "The Department for Fostering (ABC) has a plan.",
    ]
    tellings = [
        make_telling(i, {"told": "2025-01-01", "quote": quote, "type": "proposal", "status": "happened",
                         "bodies": ["Department for Fostering"]})
        for i, quote in enumerate(quotes)
    ]  # fmt: skip
    assert learn_acronyms(tellings) == {"Department for Fostering": "DfF"}
