"""Sections that are promotions as a whole, and sections of the story that look like them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cleaning.blocks import classify
from pipeline.cleaning.marks import load_marks
from pipeline.settings import find_models
from tests.cleaning.test_blocks import AFTER, BEFORE

MARKS = load_marks(find_models())
ROWS = [
    tuple(line.split("\t", 1))
    for line in (Path(__file__).parent / "cases" / "sections.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
NEXT = "Next steps for the council"


def pile(name: str) -> list[str]:
    """The sections of one pile, each with its lines joined."""
    return [lines for kind, lines in ROWS if kind == name]


def dropped(lines: list[str]) -> list[str]:
    """The lines of a body that are not the story."""
    return [line.text for line in classify(lines, (), (), "Council agrees change", MARKS)[0] if is_dropped(line.kind)]


def is_dropped(kind: str | None) -> bool:
    """Captions and boilerplate are dropped."""
    return kind in ("caption", "boilerplate")


def check_promotion(joined: str) -> None:
    """All lines go, in the middle of a body and at its end, and nothing else."""
    lines = joined.split(" || ")
    assert dropped([BEFORE, *lines, NEXT, AFTER]) == lines
    assert dropped([BEFORE, AFTER, *lines]) == lines


@pytest.mark.parametrize("joined", pile("promotion"), ids=lambda t: t[:40])
def test_promotion(joined: str) -> None:
    """A promotion goes with its heading and all of its lines, and the story around it stays."""
    check_promotion(joined)


@pytest.mark.parametrize("joined", pile("known"), ids=lambda t: t[:40])
@pytest.mark.xfail(reason="known failure, kept in view", strict=True)
def test_known_failure(joined: str) -> None:
    """A promotion that we don't see whole; one that comes right must move to the other pile."""
    check_promotion(joined)


def check_story(joined: str) -> None:
    """Every line stays, in the middle of a body and at its end."""
    lines = joined.split(" || ")
    assert dropped([BEFORE, *lines, NEXT, AFTER]) == []
    assert dropped([BEFORE, AFTER, *lines]) == []


@pytest.mark.parametrize("joined", pile("story"), ids=lambda t: t[:40])
def test_story(joined: str) -> None:
    """A section of the story on a helpline, a survey, a course or a job stays whole."""
    check_story(joined)


@pytest.mark.parametrize("joined", pile("known_story"), ids=lambda t: t[:40])
@pytest.mark.xfail(reason="known failure, kept in view", strict=True)
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
