"""An article's text with marks."""

from __future__ import annotations

from pipeline.report.marking import Span, mark_text

TEXT = "First line.\nThe duty costs £2m. It begins now.\n\nLast."


def spans(kind: str, *words: str) -> list[Span]:
    """Spans of words where they first stand."""
    return [Span(TEXT.index(each), TEXT.index(each) + len(each), kind, {"text": each}) for each in words]


def test_nothing_of_the_text_is_lost() -> None:
    """Pieces joined are the paragraphs, without empty ones."""
    marked = mark_text(TEXT, spans("event", "The duty costs £2m."), spans("number", "£2m"))
    joined = ["".join(piece.text for run in paragraph for piece in run.pieces) for paragraph in marked]
    assert joined == [line for line in TEXT.split("\n") if line]


def test_details_are_marked_inside_of_sentences() -> None:
    """The sentence is a run of its own, with its number and its policy."""
    marked = mark_text(TEXT, spans("event", "The duty costs £2m."), [*spans("number", "£2m"), *spans("policy", "duty")])
    (run,) = [run for run in marked[1] if run.events]
    assert [(p.text, p.span.kind) for p in run.pieces if p.span] == [("duty", "policy"), ("£2m", "number")]
    assert (run.start, TEXT[run.start : run.end]) == (TEXT.index("The"), "The duty costs £2m.")


def test_of_overlapping_details_the_longest_is_marked() -> None:
    """And one across the edge of a sentence is left plain."""
    marked = mark_text(TEXT, spans("event", "The duty costs £2m."), spans("policy", "duty", "duty costs", "£2m. It"))
    assert [p.text for run in marked[1] for p in run.pieces if p.span] == ["duty costs"]


def test_two_tellings_of_one_sentence_share_its_run() -> None:
    """Both are named."""
    marked = mark_text(TEXT, spans("event", "It begins now.", "It begins now."), [])
    assert [len(run.events) for run in marked[1]] == [0, 2]
