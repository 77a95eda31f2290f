"""The verb that governs: behind a long subject, and before an event's date."""

from __future__ import annotations

import pytest

from pipeline.timeline.dated import dated_draft
from pipeline.timeline.governing import subject_of_main, tells_another
from tests.timeline.test_titles import make_event

SENTENCE = "Carers wait for a year, under a cap that the council set in May 2024."


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("A plan to put every carer of a teenager on a register was dropped.",
         "A plan to put every carer of a teenager on a register"),
        ("A pilot of mentors for carers that was promised in May has been scrapped.",
         "A pilot of mentors for carers that was promised in May"),
        ("Ministers offered the county a grant that was lost.", ""),
        ("Mentors for carers, who met in May when it was cold, have gone.", ""),
    ],
)  # fmt: skip
def test_what_stands_before_the_main_verb(text: str, subject: str) -> None:
    """A long subject, a relative clause of its own included; nothing where that can't be told."""
    assert subject_of_main(text) == subject


def test_a_line_tells_another_event_where_it_has_neither_the_date_nor_its_verb() -> None:
    """Whatever form the verb has."""
    event = make_event({"quote": SENTENCE, "type": "announcement", "status": "happened", "date": "2024-05"})
    assert tells_another("Carers wait for a year", event)
    assert not tells_another("Council sets a cap", event)
    assert not tells_another("Carers wait for a year since May 2024", event)


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        (SENTENCE, "the council set a cap in May 2024"),
        ("Homes have closed since a ban was brought in in May 2024.", "a ban was brought in in May 2024"),
        ("It praised the board, which met in Leeds in May 2024, for its care.", "the board met in Leeds in May 2024"),
        ("The board met in 2022 and reported in May 2024.", "The board reported in May 2024"),
        ("The chair said no more than that it would close in May 2024.", ""),
        ("In May 2024 the board met.", ""),
    ],
)
def test_the_clause_that_the_date_stands_in_becomes_a_main_clause(quote: str, line: str) -> None:
    """Its words are kept; what isn't certain gives no line."""
    event = make_event({"quote": quote, "type": "announcement", "status": "happened", "date": "2024-05"})
    assert dated_draft(event, {}).rstrip(".") == line
