"""Lines put into a story, in its middle and at its end, and what is dropped of the body then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.cleaning.blocks import classify
from pipeline.cleaning.marks import load_marks
from pipeline.settings import find_models
from tests.cleaning.test_blocks import AFTER, BEFORE

NEXT = "Next steps for the council"
_CASES = Path(__file__).parent / "cases"
_MARKS = load_marks(find_models())


def read_pile(file: str, name: str) -> list[str]:
    """The cases of one pile in a file of ``cases``, each with its lines joined by two bars."""
    lines = (_CASES / file).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t", 1) for line in lines if line and not line.startswith("#")]
    return [joined for kind, joined in rows if kind == name]


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
