"""What an event is about and who acts in it, on sentences that name it, refer to it or leave it to those before."""

from __future__ import annotations

import pytest

from pipeline.extraction.extractor import Extractor
from pipeline.records import EventMention
from tests.cases import read_table
from tests.extraction.test_events import CASES, OPENING, find


def show(event: EventMention) -> str:
    """``policies > bodies``, as in the cases."""
    return f"{'; '.join(event.policies) or '-'} > {'; '.join(event.organisations) or '-'}"


@pytest.mark.parametrize(("text", "expected"), read_table(CASES / "events_subjects.tsv"))
def test_subject(extractor: Extractor, text: str, expected: str) -> None:
    """The last sentence's events have these policies and these bodies that act."""
    sentences = text.split(" / ")
    before = [OPENING] if len(sentences) == 1 else []
    events = find(extractor, "2024-06-12", *before, *sentences)
    last = sentences[-1].removeprefix("* ")
    assert " | ".join(show(event) for event in events if event.quote == last) == expected


def test_government_of_the_first_sentence(extractor: Extractor) -> None:
    """In an article's first sentence "the government" is the department that the article names most."""
    lead = "The government has scrapped a helpline for carers."
    (event,) = find(extractor, "2024-06-12", lead, "The Department for Education runs it.")
    assert event.organisations == ("Department for Education",)


def test_commission_that_the_title_names(extractor: Extractor) -> None:
    """A first sentence without a name is about what the title names, where the text names it as well."""
    lead = "The government will set up a commission on lamps, it said today."
    (event,) = find(
        extractor, "2024-06-12", lead, "The Lantern Lane Review will last long.", title="The Lantern Lane Review"
    )
    assert event.policies == ("Lantern Lane Review",)
