"""What is read of an article to sort it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RegisterError
from pipeline.topics import words
from tests.topics.articles import make_article


def test_what_comes_early_counts_more() -> None:
    """A word of the title weighs as much as two of the lead, one of the lead as two that follow; the end is not read."""
    text = "allowance " + "said " * 300 + "supervision " + "said " * 300 + "annex"
    found = words.features(*make_article("a-1", "Carers", text))
    assert [found.count(word) for word in ("carer", "allowance", "supervision", "annex")] == [4, 2, 1, 0]


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
