"""The cookbook: ten questions, each answered by one command as it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cookbook import COOKBOOK, answer, questions


def test_there_are_ten_questions() -> None:
    """Each with a command and an answer."""
    text = COOKBOOK.read_text(encoding="utf-8")
    assert text.count("\n## ") == 11  # the last tells where to go on
    assert len(list(questions())) == 10
    assert all(given.strip() for _, given in questions())


@pytest.mark.parametrize(("command", "given"), list(questions()), ids=[command for command, _ in questions()])
def test_a_command_answers_as_the_cookbook_says(command: str, given: str, corpus_run: Path) -> None:
    """Word by word; after a change in what is found: ``python -m tests.cookbook FOLDER``."""
    assert answer(command, corpus_run.parent) == given
