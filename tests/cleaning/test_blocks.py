"""Blocks: what is story, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cleaning.blocks import classify
from pipeline.cleaning.marks import load_marks
from pipeline.settings import find_models
from tests.cases import read_table

MARKS = load_marks(find_models())


FILES = Path(__file__).parent / "cases"
CASES = read_table(FILES / "blocks.tsv")
KNOWN_FAILURES = read_table(FILES / "blocks_known_failures.tsv")
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


#: Why a line that should be of a kind is expected to be taken for another.
WHY = {
    "heading": "a heading of the story that speaks to the reader as a promotion's heading does",
    "caption": "a picture's text without a sign of one: it could be a heading",
    "boilerplate": "a promotion's line that stands alone here and by itself says nothing of a publisher",
    "body": "words of an appeal that somebody in the story quotes without marks",
}


@pytest.mark.parametrize(
    ("want", "line"),
    [pytest.param(want, line, marks=pytest.mark.xfail(reason=WHY[want], strict=True)) for want, line in KNOWN_FAILURES],
)
def test_known_failure(want: str, line: str) -> None:
    """What we get wrong today; a case that comes right must move to the other file."""
    assert kinds([BEFORE, line, AFTER]) == ["body", want, "body"]


def test_alternative_text_beside_a_heading() -> None:
    """Of two short lines in a row the one that can be seen is a picture's text, above or below the heading."""
    scene, heading = "Worried mother at kitchen table with bills", "Rising demand for advice"
    assert kinds([BEFORE, scene, heading, AFTER]) == ["body", "caption", "heading", "body"]
    assert kinds([BEFORE, heading, scene, AFTER]) == ["body", "heading", "caption", "body"]


def test_poll_in_a_list_above_the_story() -> None:
    """Answers in a list that end in a total are a poll, with what it asks; the first paragraph below it stays."""
    poll = ["Should the council sell the home?", "• Yes (40%, 210 Votes)", "• No (60%, 315 Votes)", "Total Voters: 525"]
    told = kinds(["Empty ward", *poll, "Loading ... Loading ...", BEFORE, "What happens next", AFTER])
    assert told[1:] == ["boilerplate"] * 5 + ["body", "heading", "body"]


def test_shares_in_a_list_without_a_total() -> None:
    """A list of what readers answered is the story's own."""
    assert kinds([BEFORE, "• Yes (40%, 210 Votes)", "• No (60%, 315 Votes)", AFTER])[1:3] == ["list_item", "list_item"]


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


def test_lines_joined_by_blanks() -> None:
    """A body whose lines were joined has its lines again where an empty line left two blanks."""
    lines = [BEFORE, "Rising demand for respite care", "Photo: A. Sample/Picture House", "• More money.", AFTER]
    assert kinds(["  ".join([BEFORE, AFTER, *lines])]) == [
        "body",
        "body",
        "body",
        "heading",
        "caption",
        "list_item",
        "body",
    ]


def test_lines_joined_by_nothing() -> None:
    """A capital right behind a full stop or a small letter is where a line began."""
    lines = [BEFORE, AFTER, "The plan will cost £2m.", "Rising demand", AFTER, BEFORE, "It begins in May.", "Vote now"]
    assert kinds(["".join(lines)]) == ["body", "body", "body", "heading", "body", "body", "body", "boilerplate"]


def test_sentences_cut_out_of_one_paragraph() -> None:
    """Where only sentences can be told, promotions, notes and credited captions go and the rest is one text again."""
    call = "Do you have a story to share? Email our reporter at desk@example.org."
    text = f"{BEFORE} {BEFORE} Ann Sample (credit: Picture House) It will cost £2m. {call} {AFTER} {AFTER}"
    found, _ = classify([text], (), (), "Council agrees change", MARKS)
    assert [(line.kind, line.text) for line in found] == [
        ("body", f"{BEFORE} {BEFORE}"),
        ("caption", "Ann Sample (credit: Picture House)"),
        ("body", "It will cost £2m."),
        ("boilerplate", "Do you have a story to share?"),
        ("boilerplate", "Email our reporter at desk@example.org."),
        ("body", f"{AFTER} {AFTER}"),
    ]
    assert all(text[line.start : line.end] == line.text for line in found)


def test_caption_told_by_the_pictures_name() -> None:
    """A short line whose words stand in the name of the item's picture describes it; one that the title says stays."""
    lines = [BEFORE, "Sunlit jetty and moored boats", AFTER]
    for picture, want in (
        ("sunlit-jetty-moored-boats-scaled.jpg", "caption"),
        ("council-agrees-change.jpg", "heading"),
    ):
        found = classify(lines, (), (), "Council agrees change", MARKS, picture)[0]
        assert [line.kind for line in found] == ["body", want, "body"]


def test_repeated_caption() -> None:
    """A short line that stands twice in a row is a picture's alternative text and its caption."""
    assert kinds([BEFORE, "Sunlit jetty", "Sunlit jetty", AFTER]) == ["body", "caption", "caption", "body"]


def test_shares_in_a_list_stay() -> None:
    """Answers and shares without marks are a poll's result; as a list they are the story's."""
    assert kinds([BEFORE, "Not at all – 12%", AFTER]) == ["body", "boilerplate", "body"]
    assert kinds([BEFORE, "• Not at all – 12%", AFTER]) == ["body", "list_item", "body"]


RUNS = [
    # a list of one piece, though only its first item speaks of the site
    ["Your turn", "Has a neighbour helped you?", "Tell us:", "• e-mail our desk", "• or bring it by hand."],
    # a line between two strong ones
    ["Have you got a story?", "We pay for first-person pieces.", "Pitch to the editor by email."],
    # what leads in to the strong line at the end
    ["Reader survey", "It takes five minutes and your answers are anonymous.", "Start the survey"],
    ["Your views", "Can it work? Join the debate on Facebook using #exampletag."],
]


@pytest.mark.parametrize("run", RUNS)
def test_runs_of_promotion(run: list[str]) -> None:
    """A promotion goes as a whole, with its heading and its list, and the story around it stays."""
    found = kinds([BEFORE, *run, "The next stage", AFTER])
    assert found == ["body", *["boilerplate"] * len(run), "heading", "body"]


def test_poll_note_in_other_words() -> None:
    """A poll plugin's note is cut from the sentence that it is glued to, whatever its words."""
    note = "Note: This page contains a quiz, please open it on the site to take part in the quiz."
    assert kinds([note + BEFORE, AFTER]) == ["boilerplate", "body", "body"]
