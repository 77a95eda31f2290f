"""Runs of lines whose wording is a promotion's, and advice, letters and lists of the story that read much alike."""

from __future__ import annotations

from itertools import permutations

import pytest

from pipeline.cleaning.wording import Wording
from tests.cleaning.bodies import check_promotion, check_story, dropped, known_failures, read_pile
from tests.cleaning.test_blocks import AFTER, BEFORE

MORE = [
    "Demand for respite care rose by 14% in the year to March, while places fell in all but three of the districts.",
    "Its director said that the money had been found from reserves, and that there would be no more of it this year.",
]
STORY = [BEFORE, *MORE]


@pytest.mark.parametrize("joined", read_pile("runs.tsv", "promotion"), ids=lambda t: t[:40])
def test_promotion(joined: str) -> None:
    """A promotion goes with all of its lines, and the story around it stays."""
    check_promotion(joined, STORY)


@pytest.mark.parametrize("joined", known_failures("runs.tsv", "unseen", "part"))
def test_known_failure(joined: str) -> None:
    """A promotion that we don't see whole."""
    check_promotion(joined, STORY)


@pytest.mark.parametrize("joined", read_pile("runs.tsv", "story"), ids=lambda t: t[:40])
def test_story(joined: str) -> None:
    """Advice, first persons, lists of figures and reports of prizes and courses stay whole."""
    check_story(joined, STORY)


@pytest.mark.parametrize("joined", known_failures("runs.tsv", "lost"))
def test_known_loss(joined: str) -> None:
    """A section of the story that we take for a promotion."""
    check_story(joined, STORY)


LETTER = [
    "Dear reader, you may have seen our film about the night shift.",
    "We made it with you in mind, and with the help of people in our street.",
    "Tell your friends, share our story and come to our next meeting.",
    "You are always welcome in our kitchen, and your stories keep us going.",
]


def test_letter_that_speaks_to_the_reader_throughout() -> None:
    """Where a whole article speaks to the reader, speaking to the reader is no sign of a promotion."""
    assert dropped([*LETTER, "Why we stay", *LETTER], "A letter from our street") == []


def test_somebody_else_s_website_is_story() -> None:
    """A line that says where a report is to be found belongs to the story."""
    assert (
        dropped(
            [BEFORE, *MORE, "The questionnaire, the guide and a video for members are on the commission’s website."]
        )
        == []
    )


def test_first_sentence_that_has_the_title_s_words() -> None:
    """The sentence that opens a story stays though awards open for entries in it."""
    opening = "The Example Practice Awards are open for entries."
    assert dropped([opening, BEFORE, AFTER], "Practice awards open for entries from teams") == []


def test_a_line_weighs_the_same_in_whatever_order_its_words_are_added() -> None:
    """Sums of the same weights differ in their last digit by their order, and a set's order by the process."""
    words = ("lamp", "ferry", "orchard")
    weights = (1e16, 1.0, -1e16)
    for order in permutations(words):
        own = {f"word:{word}": weight for word, weight in zip(order, weights, strict=True)}
        assert Wording({}, own).weigh("a lamp, a ferry, an orchard") == 1.0
