"""Events that were missed and that a reviewer added."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.errors import RegisterError
from pipeline.records import Article
from pipeline.timeline.adding import add_events, missed_decision
from pipeline.timeline.decisions import ADDED, WITHDRAWN, dump_decision, parse_decisions

WHEN = "2025-05-01T10:00:00+00:00"
QUOTE = "The hostel opened in May."
ARTICLE = Article(
    "example-1", "https://example.org/1", "A hostel opens", None, datetime(2025, 6, 1, tzinfo=UTC), (), None, None,
    None, None, f"It was a long wait.\n{QUOTE}", (),
)  # fmt: skip
DECISION = missed_decision(
    "example-1", "text", QUOTE,
    {"date": "2025-05", "type": "implementation", "status": "happened", "policies": "hostel scheme; night shelter",
     "amount": "1,500", "date_basis": "relative"},
    WHEN, "ann",
)  # fmt: skip


def test_what_was_added_is_an_event_of_its_sentence() -> None:
    """Where it stands, as the reviewer has it, and sure."""
    (event,), gone = add_events(ARTICLE, (), [DECISION])
    assert gone == ()
    assert ARTICLE.text[event.start_char : event.end_char] == event.quote == QUOTE
    assert (event.date, event.date_basis, event.type, event.status) == (
        "2025-05", "relative", "implementation", "happened",
    )  # fmt: skip
    assert (event.policies, event.amount) == (("hostel scheme", "night shelter"), 1500.0)
    assert (event.confidence, event.reasons) == (1.0, (ADDED,))


def test_a_sentence_of_the_title_can_tell_an_event() -> None:
    """Its place is that in the title."""
    cells = {"date": "2025-06-01", "type": "implementation", "status": "happened"}
    (event,), _ = add_events(ARTICLE, (), [missed_decision("example-1", "title", "A hostel opens", cells, WHEN)])
    assert (event.field, event.start_char, event.end_char) == ("title", 0, len(ARTICLE.title))


def test_what_is_found_by_itself_later_is_there_once() -> None:
    """With the reviewer's words for it."""
    (event,), _ = add_events(ARTICLE, (), [DECISION])
    found = replace(event, policies=(), confidence=0.4, reasons=("verb",))
    ((again,), gone) = add_events(ARTICLE, (found,), [DECISION])
    assert (again.policies, again.confidence, again.reasons) == (event.policies, 1.0, (ADDED, "verb"))
    assert gone == ()


def test_a_sentence_that_is_gone_is_told() -> None:
    """And nothing is added; one that was taken back is neither."""
    other = replace(ARTICLE, text="Another text.")
    assert add_events(other, (), [DECISION]) == ((), (DECISION,))
    back = replace(DECISION, verdict=WITHDRAWN, decided="2026")
    assert add_events(other, (), [DECISION, back]) == ((), ())


def test_a_line_of_the_file_is_read_again() -> None:
    """The same decision; a date or a kind that can't be is told with its line."""
    assert parse_decisions([dump_decision(DECISION)], "file") == [DECISION]
    for wrong, reason in (("2025-13", "no EDTF date"), ("2025-5", "no EDTF date")):
        with pytest.raises(RegisterError, match=f"file, line 1: .*{reason}"):
            parse_decisions([dump_decision(replace(DECISION, date=wrong))], "file")
    with pytest.raises(RegisterError, match="file, line 1: the type 'party' is none of"):
        parse_decisions([dump_decision(replace(DECISION, type="party"))], "file")
