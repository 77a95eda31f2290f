"""Events of whole articles, through the extraction stage's own door, on rules and weights alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extraction.events.reasons import REASONS
from pipeline.extraction.extractor import Extractor
from pipeline.records import EventMention
from pipeline.vocabulary import DATE_BASES, EVENT_TYPES, STATUSES
from tests.cases import read_known_failures, read_table
from tests.extraction.articles import make_article

CASES = Path(__file__).parent / "cases"
#: A body sentence before each case, so that the case is not the story's first.
OPENING = "Social care matters to many people."


def find(
    extractor: Extractor, published: str, *lines: str, title: str = "A story about care"
) -> tuple[EventMention, ...]:
    """The events of an article that is made of such lines."""
    article = make_article(*lines, title=title, published=published)
    return next(iter(extractor.extract([article]))).events


def show(events: tuple[EventMention, ...]) -> str:
    """``type status date`` of each, as in the cases."""
    return " | ".join(f"{event.type} {event.status} {event.date}" for event in events) or "none"


@pytest.mark.parametrize(("published", "sentence", "expected"), read_table(CASES / "events.tsv"))
def test_sentence(extractor: Extractor, published: str, sentence: str, expected: str) -> None:
    """A sentence tells these events, with type, status and date, and no others."""
    assert show(find(extractor, published, OPENING, sentence)) == expected


@pytest.mark.parametrize(
    ("published", "sentence", "expected"), read_known_failures(CASES / "events_known_failures.tsv")
)
def test_known_failure(extractor: Extractor, published: str, sentence: str, expected: str) -> None:
    """What a reader finds in a sentence and the component does not."""
    assert show(find(extractor, published, OPENING, sentence)) == expected


def test_quote_is_the_whole_sentence(extractor: Extractor) -> None:
    """The quote is the sentence verbatim, and offsets of the text give it."""
    text = f"{OPENING} The pilot began in May 2023. It had few friends."
    (event,) = find(extractor, "2024-06-12", text)
    assert event.quote == "The pilot began in May 2023." == text[event.start_char : event.end_char]
    assert event.field == "text"


def test_closed_words(extractor: Extractor) -> None:
    """Type, status, basis and reasons are of the closed lists; the confidence lies between 0 and 1."""
    events = find(extractor, "2024-06-12", *(sentence for _, sentence, _ in read_table(CASES / "events.tsv")))
    assert len(events) > 40
    for event in events:
        assert event.type in EVENT_TYPES
        assert event.status in STATUSES
        assert event.date_basis in DATE_BASES
        assert event.reasons
        assert set(event.reasons) <= set(REASONS)
        assert 0 <= event.confidence <= 1


def test_said_by_the_same_person(extractor: Extractor) -> None:
    """What a person goes on to say has the date of the speech that an earlier sentence gives."""
    events = find(
        extractor,
        "2024-06-12",
        "The department is to set up a register of carers, the care minister has said.",
        "In the House of Commons this week, Lena Harrow told MPs that work on the register would begin at once.",
        "Harrow said that it would also fund training for assessors.",
    )
    assert {event.date for event in events} == {"2024-06-10/2024-06-16"}


def test_lead_takes_the_date_of_its_announcement(extractor: Extractor) -> None:
    """The first sentence's money has the date on which a later sentence says that it was announced."""
    events = find(
        extractor,
        "2024-06-12",
        "The government has committed £40m to training carers in 2025-26.",
        "The money was announced in the spring Budget last month.",
    )
    assert [(event.date, event.date_basis, event.amount) for event in events] == [("2024-05", "context", 40_000_000)]


def test_document_at_the_head_dates_its_content(extractor: Extractor) -> None:
    """What is said in a report that is dated at the head of the sentence has the report's date."""
    events = find(
        extractor,
        "2024-06-12",
        OPENING,
        "In its annual report, published in March 2024, the Local Government Association called for national pay.",
    )
    assert {event.date for event in events} == {"2024-03"}


def test_money_in_a_list(extractor: Extractor) -> None:
    """Sums in a list are for the years that its lead-in names."""
    events = find(
        extractor,
        "2024-06-12",
        OPENING,
        "The Scottish Government has set aside money for 2025-26, including:",
        "* £12m for respite care;",
        "* £3m for advice.",
    )
    listed = [event for event in events if event.quote.startswith("£")]
    assert [(event.type, event.date, event.amount) for event in listed] == [
        ("funding", "2025-04/2026-03", 12_000_000),
        ("funding", "2025-04/2026-03", 3_000_000),
    ]


def test_policies_of_the_sentence_before(extractor: Extractor) -> None:
    """A sentence that names no policy is about that of the sentence before, unless a heading stands between."""
    first = "The Mental Health Bill was introduced in November 2023."
    second = "A committee of peers will take evidence on 3 July 2024."
    events = find(extractor, "2024-06-12", OPENING, first, second)
    assert [event.policies for event in events] == [("Mental Health Bill",)] * 2
    events = find(extractor, "2024-06-12", OPENING, first, "# What peers think", second)
    assert events[-1].policies == ()


def test_policy_that_the_sentence_before_only_refers_to(extractor: Extractor) -> None:
    """ "The bill" as the subject of the sentence before counts as naming it."""
    first = "The Mental Health Bill was introduced in November 2023."
    second = "The bill has few enemies."
    third = "Most of it will come into force in April 2025."
    events = find(extractor, "2024-06-12", OPENING, f"{first} {second} {third}")
    assert events[-1].policies == ("Mental Health Bill",)


def test_quotation_inherits_no_policy(extractor: Extractor) -> None:
    """What is said inside quotation marks is about the policies that it names, not those of the sentence before."""
    first = "The Mental Health Bill was introduced in November 2023."
    second = "“We will publish a plan for training managers in September 2024,” said a spokesperson."
    events = find(extractor, "2024-06-12", OPENING, first, second)
    assert [event.policies for event in events] == [("Mental Health Bill",), ()]


def test_actor(extractor: Extractor) -> None:
    """The body that acts is the verb's subject, or whoever "by" names."""
    (active,) = find(extractor, "2024-06-12", OPENING, "Ofsted published new guidance for the NSPCC in May 2024.")
    (passive,) = find(
        extractor, "2024-06-12", OPENING, "New guidance for the NSPCC was published by Ofsted in May 2024."
    )
    assert active.organisations == passive.organisations == ("Ofsted",)


def test_bodies_that_act_together(extractor: Extractor) -> None:
    """Bodies joined by "and" before the verb all act."""
    (event,) = find(
        extractor, "2024-06-12", OPENING, "UNISON and the Department for Education signed a deal in May 2024."
    )
    assert set(event.organisations) == {"UNISON", "Department for Education"}


def test_ministers_are_the_department(extractor: Extractor) -> None:
    """Ministers stand for the department that the article names most; "the government" is no body."""
    lead = "The Department for Education runs a scheme for foster carers."
    (event,) = find(extractor, "2024-06-12", lead, "Ministers launched a pilot in May 2024.")
    assert event.organisations == ("Department for Education",)
    (event,) = find(extractor, "2024-06-12", lead, "The government launched a pilot in May 2024.")
    assert event.organisations == ()


def test_policy_meant_by_its_noun_from_afar(extractor: Extractor) -> None:
    """ "The bill" means the last policy with the noun in its name, however many sentences back."""
    first = "The Mental Health Bill was introduced in November 2023."
    others = ("Wards are full.", "Nurses are few.", "Beds are old.", "Waits are long.")
    events = find(extractor, "2024-06-12", OPENING, first, *others, "The bill will be debated on 3 July 2024.")
    assert events[-1].policies == ("Mental Health Bill",)


def test_sentence_that_turns_elsewhere_inherits_no_policy(extractor: Extractor) -> None:
    """A sentence with "meanwhile" or "separately" at its head is about nothing that the one before named."""
    first = "The Mental Health Bill was introduced in November 2023."
    events = find(extractor, "2024-06-12", OPENING, first, "Meanwhile, inspectors published a report on 3 June 2024.")
    assert [event.policies for event in events] == [("Mental Health Bill",), ()]


def test_chamber_of_a_reading(extractor: Extractor) -> None:
    """A bill is read by the chamber named behind the verb, not the one that it came from."""
    sentence = (
        "The bill left the House of Commons in May and will have its second reading in the House of Lords on 3 July."
    )
    events = find(extractor, "2024-06-12", OPENING, sentence)
    assert events[-1].organisations == ("House of Lords",)


def test_body_that_is_set_up_does_not_act(extractor: Extractor) -> None:
    """What is founded is not who founds it, whatever stands between it and the verb."""
    sentence = "The Child Protection Authority, which will advise councils, is to be established in May 2025."
    (event,) = find(extractor, "2024-06-12", OPENING, sentence)
    assert event.organisations == ()


def test_body_that_only_looks_on(extractor: Extractor) -> None:
    """Whoever finds or thinks something about what is done does not do it."""
    sentence = "The model has been tested in ten areas since May 2024, though UNISON believes that it is dear."
    (event,) = find(extractor, "2024-06-12", OPENING, sentence)
    assert event.organisations == ()


def test_the_law_of_a_vote(extractor: Extractor) -> None:
    """Law-making that names no bill is of the bill that the article names."""
    lead = "The Mental Health Bill would shorten detention."
    (event,) = find(
        extractor, "2024-06-12", lead, "Campaigners are hopeful.", "Peers began its committee stage in May 2024."
    )
    assert event.policies == ("Mental Health Bill",)


def test_figures_are_no_money_of_the_event(extractor: Extractor) -> None:
    """What one person gets is not the policy's amount."""
    (event,) = find(extractor, "2024-06-12", OPENING, "The hourly minimum wage will rise to £12.60 on 1 April 2025.")
    assert event.amount is None


def test_headings_and_title_tell_nothing(extractor: Extractor) -> None:
    """A cross-heading and the title are no tellings of their own."""
    assert find(extractor, "2024-06-12", OPENING, "# Pilot began in May 2023", title="Pilot began in May 2023") == ()


def test_no_date_at_all(extractor: Extractor) -> None:
    """An article without any date or commitment has no events."""
    assert find(extractor, "2024-06-12", "Carers are tired.", "They would like to sleep.") == ()


def test_published_in_the_future(extractor: Extractor) -> None:
    """A publication date that lies ahead is an anchor like any other."""
    (event,) = find(extractor, "2399-06-12", OPENING, "The pilot began last year.")
    assert (event.date, event.status) == ("2398", "happened")


def test_sentence_without_end(extractor: Extractor) -> None:
    """A text that is one sentence of 50,000 words is read in part, and nothing is made up."""
    events = find(extractor, "2024-06-12", "care " * 50_000)
    assert events == ()


def test_empty_text(extractor: Extractor) -> None:
    """An article with a title alone has no events."""
    assert find(extractor, "2024-06-12") == ()


def test_same_twice(extractor: Extractor) -> None:
    """The same article gives the same events."""
    sentences = [sentence for _, sentence, _ in read_table(CASES / "events.tsv")]
    assert find(extractor, "2024-06-12", *sentences) == find(extractor, "2024-06-12", *sentences)
