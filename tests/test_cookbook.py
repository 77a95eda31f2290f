"""The cookbook: ten questions, each answered by one command as it says."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.cookbook import COOKBOOK, questions
from tests.cookbook import answer as ask

#: What a command says of a run that nobody changes, it says each time.
answer = cache(ask)


def test_there_are_ten_questions() -> None:
    """Each with a command and an answer."""
    text = COOKBOOK.read_text(encoding="utf-8")
    assert text.count("\n## ") == 11  # the last tells where to go on
    assert len(list(questions())) == 10
    assert all(given.strip() for _, given in questions())


@pytest.mark.parametrize("command", [command for command, _ in questions()])
def test_a_command_has_an_answer(command: str, corpus_run: Path) -> None:
    """It runs, and finds something in our corpus."""
    assert answer(command, corpus_run.parent).count("\n") >= 2


def test_the_answers_are_those_that_the_cookbook_gives(corpus_run: Path) -> None:
    """Word by word. After a change in what is found: ``python -m tests.cookbook FOLDER``."""
    stale = [command for command, given in questions() if answer(command, corpus_run.parent) != given]
    assert not stale, f"the cookbook is out of date, write it anew with: python -m tests.cookbook {corpus_run.parent}"
