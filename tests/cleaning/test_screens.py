"""Screens: which cues a line's words make worth trying."""

from __future__ import annotations

import pytest

from pipeline.cleaning import screens
from pipeline.cleaning.screens import SpamIndex, WordIndex, read_needs

NEEDS = [read_needs(["you"]), read_needs(["Sign up"]), read_needs(["02"]), read_needs(["©"])]


def make_index() -> WordIndex:
    """An index over four needs, with one spam word."""
    return WordIndex(NEEDS, SpamIndex(["slots"], ["виагр"]))


@pytest.mark.parametrize(
    ("line", "bits"),
    [
        ("Young people", 0),  # a short need is a whole word
        ("“You’ve read it", 1),
        ("Signposts", 2),  # a longer one any part of a word, its longest word standing for it
        ("call 0200 000", 4),  # digits begin a number
        ("in 2024", 0),
        ("©Example", 8),
        ("play slots now", 16),  # the last bit is for spam words
    ],
)
def test_worth(line: str, bits: int) -> None:
    """A line's words give the bits of what is worth trying, met for the first time or again."""
    index = make_index()
    assert index.worth(line) == bits
    assert index.worth(line) == bits


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index forgets what it met when it is full, and still answers right."""
    monkeypatch.setattr(screens, "MEMORY", 5)
    monkeypatch.setattr(screens, "MOST_LINES", 5)
    index = make_index()
    for n in range(50):
        assert index.worth(f"word{n} you") == 1
    assert len(index) <= 7
