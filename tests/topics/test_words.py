"""What is read of an article to sort it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RegisterError
from pipeline.topics import words
from tests.topics.articles import make_article


def test_the_title_counts_twice() -> None:
    """A word of the title weighs as much as two of the text."""
    found = words.features(*make_article("a-1", "Carers", "allowance"))
    assert (found.count("carer"), found.count("allowance")) == (2, 1)


def test_only_the_lead_counts() -> None:
    """Words after the first two hundred are background."""
    found = words.features(*make_article("a-1", "t", "lead " * words.LEAD_WORDS + "tail"))
    assert "lead" in found
    assert "tail" not in found


def test_policies_are_features() -> None:
    """A named policy counts by its identifier, however it is written."""
    assert "@policy-remand framework" in words.features(
        *make_article("a-1", "the remand framework", "", "remand framework")
    )


def test_an_empty_article_has_no_features() -> None:
    """No words, no features."""
    assert words.features(*make_article("a-1", "", "")) == []


def test_a_wrong_line_of_a_word_list_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File, line and word stand in the error."""
    (tmp_path / "list.txt").write_text("# words\nfine\nNot-Fine\n")
    monkeypatch.setattr(words, "_FOLDER", tmp_path)
    with pytest.raises(RegisterError, match=r"list\.txt, line 3: 'Not-Fine'"):
        words.read_words("list.txt")
