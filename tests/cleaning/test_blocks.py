"""Blocks: what is story, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cleaning.blocks import classify
from pipeline.cleaning.marks import load_marks
from pipeline.settings import find_models

MARKS = load_marks(find_models())


def read_cases(name: str) -> list[tuple[str, ...]]:
    """Cases of a file: the kind wanted and the line."""
    lines = (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t", 1)) for line in lines if line and not line.startswith("#")]


CASES = read_cases("blocks.tsv")
KNOWN_FAILURES = read_cases("blocks_known_failures.tsv")
BEFORE = (
    "The council agreed the change on Monday, after two years of talks with carers, charities and the trade unions that "
    "speak for staff."
)
AFTER = (
    "Councillor Jane Sample told the meeting that the money would reach families by the spring, whatever the outcome "
    "of the review."
)


def kinds(lines: list[str], title: str = "Council agrees change") -> list[str | None]:
    """The kinds of a body's lines."""
    return [line.kind for line in classify(lines, (), (), title, MARKS)[0]]


@pytest.mark.parametrize(("want", "line"), CASES)
def test_line_between_paragraphs(want: str, line: str) -> None:
    """A line between two paragraphs gets its kind, and the paragraphs stay story."""
    assert kinds([BEFORE, line, AFTER]) == ["body", want, "body"]


@pytest.mark.parametrize(("want", "line"), KNOWN_FAILURES)
@pytest.mark.xfail(reason="known failure, kept in view", strict=True)
def test_known_failure(want: str, line: str) -> None:
    """What we get wrong today; a case that comes right must move to the other file."""
    assert kinds([BEFORE, line, AFTER]) == ["body", want, "body"]


def test_alternative_text_beside_a_heading() -> None:
    """Of two short lines in a row the one that can be seen is a picture's text, above or below the heading."""
    scene, heading = "Worried mother at kitchen table with bills", "Rising demand for advice"
    assert kinds([BEFORE, scene, heading, AFTER]) == ["body", "caption", "heading", "body"]
    assert kinds([BEFORE, heading, scene, AFTER]) == ["body", "heading", "caption", "body"]


def test_two_honest_headings() -> None:
    """Two headings in a row stay when neither describes a picture."""
    assert kinds([BEFORE, "Adult services", "Funding for carers", AFTER]) == ["body", "heading", "heading", "body"]


def test_alternative_text_before_the_first_paragraph() -> None:
    """The lead picture's text goes, an opening heading stays."""
    assert kinds(["Older couple with documents", BEFORE, AFTER]) == ["caption", "body", "body"]
    assert kinds(["Reform of respite", BEFORE, AFTER]) == ["heading", "body", "body"]


def test_list_of_further_reading() -> None:
    """A line that offers more on a theme goes with the headlines below it."""
    lines = [BEFORE, "More on respite care", "• Day centres to close", "• Carers win appeal"]
    assert kinds(lines) == ["body", *["boilerplate"] * 3]


def test_promotion_in_the_middle() -> None:
    """A promotion goes with its heading, credit, list and small print, and the story goes on after it."""
    promotion = [
        "Tell us who inspires you",
        "Photo by A. Sample/Picture House",
        "Is there somebody at work whom you can’t thank enough?",
        "Our Good People series invites you to write about them, by:",
        "• Filling in our form with 100 words.",
        "• Or sending a voice note.",
        "*Please note that you can stay anonymous*",
        "If you have any questions, email our reporter at desk@example.org",
    ]
    story = ["Next steps for the council", AFTER]
    assert kinds([BEFORE, *promotion, *story]) == ["body", *["boilerplate"] * 8, "heading", "body"]


def test_glued_poll_note() -> None:
    """A poll note that is glued to the first sentence becomes a line of its own."""
    note = "Note: There is a poll embedded within this post, please visit the site to participate in this post's poll."
    lines, _ = classify([f"{note}{BEFORE}"], (), (), "", MARKS)
    assert [(line.kind, line.text) for line in lines] == [("boilerplate", note), ("body", BEFORE)]


def test_promotion_is_the_story() -> None:
    """When a promotion is the story, the story stays and says so."""
    lines = [
        "Our Good People series invites you to celebrate a colleague.",
        "Send us 200 words about someone who inspires you, using our form.",
    ]
    found, is_story = classify(lines, (), (), "Good People: celebrate the colleague who inspires you", MARKS)
    assert is_story
    assert [line.kind for line in found] == ["body", "body"]


def test_name_before_its_caption() -> None:
    """A picture's alternative text and its caption both go, the heading above them stays."""
    lines = [
        BEFORE,
        "Minister under pressure",
        "Ann Sample",
        "Ann Sample (credit: Picture House)",
        f"Ann Sample said: {AFTER}",
    ]
    assert kinds(lines) == ["body", "heading", "caption", "caption", "body"]


def test_bare_list() -> None:
    """A list that lost its bullets is a list again."""
    lines = ["The councils taking part in the pilot are:", "Northshire", "Southshire", "Eastshire", AFTER]
    assert kinds(lines) == ["body", "list_item", "list_item", "list_item", "body"]


def test_readers_comments_at_the_end() -> None:
    """Readers' comments under a saved article are no story."""
    lines = [
        BEFORE,
        AFTER,
        "2 responses to Council agrees change",
        "Sam says: 4 March 2025 at 10:03 am",
        "I disagree with all of it.",
    ]
    assert kinds(lines) == ["body", "body", "boilerplate", "boilerplate", "boilerplate"]


def test_markup_decides() -> None:
    """What the markup says of a line stands above what it looks like."""
    found, _ = classify(
        ["It rose.", "A short line", "1. One"], ("heading", "caption", "list_item"), (0, 0, 1), "", MARKS
    )
    assert [(line.kind, line.level) for line in found] == [("heading", 0), ("caption", 0), ("list_item", 1)]
