"""Cue words: every phrase is found, whatever stands before it is asked for first or not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.timeline import cuewords

CUES = tomllib.loads(Path(cuewords.__file__).with_name("cues.toml").read_text(encoding="utf-8"))
KINDS = ("answers", "phases", "acts", "documents")


def phrases() -> Iterator[tuple[str, str, str]]:
    """Every phrase with its kind and group, written out: an ending for a star, a word for dots."""
    for kind in KINDS:
        for group, own in CUES[kind].items():
            for phrase in own:
                yield kind, group, phrase.replace("*", "ing").replace("...", "soon")


def test_every_phrase_is_found() -> None:
    """A group is found by each of its phrases, at the beginning of a text and inside of it."""
    missed = [
        (kind, group, phrase)
        for kind, group, phrase in phrases()
        for text in (phrase, f"(The {phrase}, it said)")
        if group not in cuewords.cue_groups(text, kind)
    ]
    assert missed == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "£5m – no more",
        "Ministers delayed the pilot, published a report and have since relaunched the fund.",
        "Undelayed by the re-published minutes, the board met.",
    ],
)
def test_groups_are_those_whose_pattern_matches(text: str) -> None:
    """Looking only for groups that a word of the text may open finds what looking for all of them does."""
    folded = cuewords.fold(text)
    for kind in KINDS:
        wanted = {group for group, pattern in cuewords.load_cues()[kind].items() if pattern.search(folded)}
        assert cuewords.cue_groups(text, kind) == wanted
    assert list(cuewords.cue_groups_of(text, KINDS)) == [cuewords.cue_groups(text, kind) for kind in KINDS]
