"""Lines put into a story, in its middle and at its end, and what is dropped of the body then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.cleaning.blocks import classify
from pipeline.cleaning.marks import load_marks
from pipeline.settings import find_models
from tests.cases import read_table
from tests.cleaning.test_blocks import AFTER, BEFORE

NEXT = "Next steps for the council"
_CASES = Path(__file__).parent / "cases"
_MARKS = load_marks(find_models())


def read_pile(file: str, name: str) -> list[str]:
    """The cases of one pile in a file of ``cases``, each with its lines joined by two bars."""
    return [joined for pile, joined in read_table(_CASES / file) if pile == name]


#: Why a pile of cases is expected to fail.
_WHY = {
    "unseen": "no line of the promotion weighs as one: by its words each could stand in a story",
    "part": "some lines of the promotion go; the others could by their words stand in a story",
    "lost": "somebody else's offer or questions, in the story's own lines, are worded as a promotion is",
}


def known_failures(file: str, *piles: str) -> list[Any]:
    """The cases that we get wrong today, each with its pile's reason; one that comes right must change its pile."""
    return [
        pytest.param(joined, id=joined[:40], marks=pytest.mark.xfail(reason=_WHY[pile], strict=True))
        for pile in piles
        for joined in read_pile(file, pile)
    ]


def dropped(lines: Sequence[str], title: str = "Council agrees change") -> list[str]:
    """The lines of a body that are not the story: captions and boilerplate."""
    return [each.text for each in classify(list(lines), (), (), title, _MARKS)[0] if is_dropped(each.kind)]


def is_dropped(kind: str | None) -> bool:
    """Captions and boilerplate are dropped."""
    return kind in ("caption", "boilerplate")


def check_promotion(joined: str, before: Sequence[str] = (BEFORE,)) -> None:
    """All lines go, in the middle of a body and at its end, and nothing else."""
    lines = joined.split(" || ")
    for body in _bodies(lines, before):
        assert dropped(body) == lines


def check_story(joined: str, before: Sequence[str] = (BEFORE,)) -> None:
    """Every line stays, in the middle of a body and at its end."""
    for body in _bodies(joined.split(" || "), before):
        assert dropped(body) == []


def _bodies(lines: Sequence[str], before: Sequence[str]) -> list[list[str]]:
    first, *more = before
    return [[first, *more, *lines, NEXT, AFTER], [first, AFTER, *more, *lines]]
