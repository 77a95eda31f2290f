"""Figures of parts, what was taken for what, and errors in a useful order."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import SettingsError
from pipeline.evaluation.gold import Outputs
from pipeline.evaluation.scorers import score_all
from pipeline.evaluation.slices import WAYS, cut, find_confusions, worst_first

QUOTES = ("The fund opens on 1 May.", "The review ended on 3 June.", "A pilot began on 5 July.")


def event(quote: str, date: str, type_: str, **more: Any) -> dict[str, Any]:
    """One event as gold and evidence have it."""
    return {
        "quote": quote,
        "date": date,
        "type": type_,
        "status": "planned",
        "policies": [],
        "organisations": [],
        **more,
    }


GOLD = {
    "a": {
        "article_id": "a",
        "published": "2023-02-01T00:00:00+00:00",
        "blocks": [],
        "numbers": [],
        "organisations": [],
        "policies": [],
        "events": [event(QUOTES[0], "2023-05-01", "funding"), event(QUOTES[1], "2023-06-03", "review")],
    },
    "b": {
        "article_id": "b",
        "published": "2024-02-01T00:00:00+00:00",
        "blocks": [],
        "numbers": [],
        "organisations": [],
        "policies": [],
        "events": [event(QUOTES[2], "2023-07-05", "implementation")],
    },
}
OUTPUTS = Outputs(
    articles={"a": {"dumps": ["one", "two"], "topic_id": "t", "tags": [], "flags": []}, "b": {"dumps": ["two"]}},
    numbers={},
    mentions={},
    evidence={
        "a": [
            event(QUOTES[0], "2023-05-01", "ending", confidence="0.4"),
            event("Nothing of the kind.", "2023", "ruling", confidence="0.2"),
        ],
        "b": [event(QUOTES[2], "2020", "implementation", confidence="0.9")],
    },
    topics={"t": "Funds"},
)  # fmt: skip
SCORES = score_all(GOLD, OUTPUTS)


def figures(by: str) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and wanted of the events' parts, in their order."""
    parts = [part for part in cut(by, SCORES, GOLD, OUTPUTS) if part.output == "events"]
    return {part.value: tuple(part.score.figures[name] for name in ("precision", "recall", "gold")) for part in parts}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        # the gold's word decides where the row says otherwise; what was made up counts where it says it belongs
        ("type", {"implementation": (0, 0, 1), "review": (0, 0, 1), "funding": (1, 1, 1), "ruling": (0, 0, 0)}),
        ("year", {"2024": (0, 0, 1), "2023": (0.5, 0.5, 2)}),
        ("article", {"b": (0, 0, 1), "a": (0.5, 0.5, 2)}),
        ("topic", {"(none)": (0, 0, 1), "Funds": (0.5, 0.5, 2)}),
        ("dump", {"two": (1 / 3, 1 / 3, 3), "one": (0.5, 0.5, 2)}),  # an article of two dumps counts in both
    ],
)
def test_parts_stand_worst_first(by: str, expected: dict[str, tuple[float, float, float]]) -> None:
    """By F1; what the gold doesn't ask for comes last."""
    found = figures(by)
    assert list(found) == list(expected)
    for value, numbers in expected.items():
        assert found[value] == pytest.approx(numbers)


@pytest.mark.parametrize("by", WAYS)
def test_parts_add_up(by: str) -> None:
    """No part has more than the whole, whatever the way."""
    whole = SCORES["events"].figures
    for part in cut(by, SCORES, GOLD, OUTPUTS):
        assert part.score.figures["gold"] <= whole["gold"]


def test_a_way_that_is_none() -> None:
    """It is said which there are."""
    with pytest.raises(SettingsError, match="no way to part"):
        cut("colour", SCORES, GOLD, OUTPUTS)


def test_confusions_are_of_what_was_found() -> None:
    """An event with a wrong date is none that was found, so its status confuses nobody."""
    assert [(c.output, c.field, c.wanted, c.got, c.n) for c in find_confusions(SCORES)] == [
        ("events", "type", "funding", "ending", 1)
    ]


def test_the_surest_errors_come_first() -> None:
    """By confidence, then what was missed."""
    assert [(verdict.sign, verdict.article_id) for verdict in worst_first(SCORES["events"])] == [
        ("~", "b"), ("+", "a"), ("-", "a")
    ]  # fmt: skip


def test_the_command_knows_every_way() -> None:
    """The help of ``--by`` names each."""
    source = (Path(__file__).parents[2] / "pipeline" / "cli" / "checking.py").read_text(encoding="utf-8")
    assert not [way for way in WAYS if not re.search(rf"\b{way}\b", source)]
