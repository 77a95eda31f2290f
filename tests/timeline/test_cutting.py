"""A line cut where a phrase ends, the rest complete by itself."""

from __future__ import annotations

import pytest

from pipeline.timeline.cutting import shorten

# text, longest, what is left
CASES = [
    # a clause goes whole
    ("Ministers set up a panel to advise on pay, which will meet in May", 50,
     "Ministers set up a panel to advise on pay"),
    # "to do" goes whole rather than be cut inside of "how"
    ("Board funds two groups of foster homes to test how weekly forms for new carers could be made shorter", 70,
     "Board funds two groups of foster homes"),
    # whoever is asked is asked to do something: no cut behind the object
    ("Panel urges the board to extend the mentor scheme to every home that looks after babies", 60,
     "Panel urges the board to extend the mentor scheme"),
    # "between" waits for its second half
    ("Board agrees to keep the fee for foster homes between £90 and £120 until the review has ended", 66,
     "Board agrees to keep the fee for foster homes"),
    # "line by line" is one phrase
    ("Board to go through the new mentor rules line by line", 48, "Board to go through the new mentor rules line…"),
    # what fits stays
    ("Board meets in May", 50, "Board meets in May"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "longest", "left"), CASES, ids=[case[2] for case in CASES])
def test_a_cut_line_is_complete(text: str, longest: int, left: str) -> None:
    """Clauses and phrases go whole, from the end."""
    assert shorten(text, longest) == left


def test_what_can_not_be_cut_shows_it() -> None:
    """A line without an end that would do is marked with an ellipsis."""
    assert shorten("Extraordinarily long unbroken noun phrase modifier sequence", 30).endswith("…")
