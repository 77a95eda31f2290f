"""What spares a pattern never changes what it finds."""

from __future__ import annotations

import pytest

from pipeline.extraction.quantities import clues, facts, phrases, sources
from pipeline.extraction.quantities.gates import Cues, cue, has_piece, in_small_letters, last_word


def test_a_cue_is_tried_only_where_one_of_its_words_stands() -> None:
    """A pattern without its words isn't run, one with them decides."""
    cues = Cues(cue("since", r"\bsince\s+$"), cue("told said", r"\b(?:told|said)\b[^.;]*$"))
    assert cues.are_in("unchanged since ")
    assert cues.are_in("as Leaders SAID at a meeting in ")
    assert not cues.are_in("since then, in ")
    assert not cues.are_in("in ")


@pytest.mark.parametrize(
    ("text", "word"),
    [("rose to more than ", "than"), ("aged under-", "under"), ("", ""), ("(at ", "(at"), ("Over\xa0", "over")],
)
def test_the_last_word_is_in_small_letters_without_what_follows(text: str, word: str) -> None:
    """Blanks of any kind and hyphens behind the last word are left out."""
    assert last_word(text) == word


def test_small_letters_keep_the_length_of_a_text() -> None:
    """A letter that has no small one of its own length stays, so that offsets hold."""
    text = "İstanbul and Two others"
    assert len(in_small_letters(text)) == len(text)
    assert in_small_letters(text).endswith("two others")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("down from last year and compared with about ", True),
        ("as opposed to ", True),
        ("Versus ", True),
        ("compared the two plans for ", False),
        ("", False),
    ],
)
def test_a_number_is_set_against_another(before: str, expected: bool) -> None:
    """The gate and the pattern agree with the pattern alone."""
    assert clues.is_set_against(before) is expected
    assert (clues.COMPARED_WITH.search(before) is not None) is expected


def test_every_stem_is_told_in_small_letters() -> None:
    """A stem with a capital could never be met in a text in small letters."""
    for stems in (
        phrases._FRAME_STEMS,
        facts._MEASURED_STEMS,
        sources._RESEARCH_STEMS,
        sources._OFFICIAL_STEMS,
        clues._SURVEY_STEMS,
        clues._COMPARING_STEMS,
    ):
        assert all(stem == stem.lower() for stem in stems)
        assert has_piece(" ".join(stems), stems)
