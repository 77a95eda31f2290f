"""Sections that are promotions as a whole, and sections of the story that look like them."""

from __future__ import annotations

import pytest

from tests.cleaning.bodies import check_promotion, check_story, dropped, known_failures, read_pile
from tests.cleaning.test_blocks import BEFORE


@pytest.mark.parametrize("joined", read_pile("sections.tsv", "promotion"), ids=lambda t: t[:40])
def test_promotion(joined: str) -> None:
    """A promotion goes with its heading and all of its lines, and the story around it stays."""
    check_promotion(joined)


@pytest.mark.parametrize("joined", known_failures("sections.tsv", "unseen", "part"))
def test_known_failure(joined: str) -> None:
    """A promotion that we don't see whole."""
    check_promotion(joined)


@pytest.mark.parametrize("joined", read_pile("sections.tsv", "story"), ids=lambda t: t[:40])
def test_story(joined: str) -> None:
    """A section of the story on a helpline, a survey, a course or a job stays whole."""
    check_story(joined)


@pytest.mark.parametrize("joined", known_failures("sections.tsv", "lost"))
def test_known_loss(joined: str) -> None:
    """A section of the story that we take for a promotion."""
    check_story(joined)


def test_story_before_a_promotion_stays() -> None:
    """A section of the story loses only the promotion at its end."""
    lines = ["What next", "The bill goes to committee on 4 June.", "Sign up to our newsletter."]
    assert dropped([BEFORE, *lines]) == lines[2:]


def test_quotation_keeps_a_section() -> None:
    """A section with somebody's words in it is story, whatever stands above it."""
    lines = ["Your say", "“Nobody asked us,” one parent said.", "Tell us what you think in the comments below."]
    assert dropped([BEFORE, *lines]) == lines[2:]
