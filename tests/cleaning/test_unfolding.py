"""Bodies that lost their line ends."""

from __future__ import annotations

import pytest

from pipeline.cleaning.blocks import classify
from pipeline.cleaning.marks import load_marks
from pipeline.cleaning.unfolding import told_by, unfold
from pipeline.settings import find_models

MARKS = load_marks(find_models())
STORY = [
    "The council has set up three teams for families who need help early, and they began work in the spring.",
    "“We have waited for this for years,” said Ada Sample, who leads the north team and trained the other two.",
    "Sign up to our newsletter for more on this.",
    "Each team has six workers and a manager, and it costs less than the one agency that stood there before.",
    "A review of the first year will come out in the autumn, and the other districts will decide after that.",
    "Ministers have asked for figures from all of the districts, but most of them have not been able to give any.",
]


@pytest.mark.parametrize(("joint", "told"), [("  ", "blanks"), ("", "seams"), (" ", "sentences"), ("\n", None)])
def test_what_tells_the_lines(joint: str, told: str | None) -> None:
    """Two blanks for an empty line tell the lines, else sentences glued together, else only the sentences are there."""
    lines = joint.join(STORY).split("\n")
    assert told_by(lines) == told


@pytest.mark.parametrize(("joint", "told"), [("  ", "blanks"), ("", "seams")])
def test_traces_give_the_lines_back(joint: str, told: str) -> None:
    """Where the joining left traces, every line comes back."""
    text = joint.join(STORY)
    assert [text[start:end] for start, end in unfold(text, told)] == STORY


@pytest.mark.parametrize("joint", ["  ", "", " "])
def test_only_the_promotion_goes(joint: str) -> None:
    """However the lines were joined, the promotion among them goes and every word of the story stays."""
    lines, _ = classify([joint.join(STORY)], (None,), (0,), "Three teams for families", MARKS)
    kept = " ".join(line.text for line in lines if line.kind != "boilerplate")
    assert kept.split() == " ".join(STORY[:2] + STORY[3:]).split()
