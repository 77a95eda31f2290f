"""Scoring: what counts as found, and that our figures are those of the reference scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import CarefeedError
from pipeline.evaluation.gold import Outputs, load_gold, load_outputs
from pipeline.evaluation.scorers import score_all, score_entities, score_events, score_numbers

REFERENCE = Path(__file__).parents[3] / "shared" / "score.py"


def gold(**parts: object) -> dict[str, dict[str, object]]:
    """One annotated article."""
    return {"a": {"article_id": "a", "numbers": [], "organisations": [], "policies": [], "events": [], **parts}}


def outputs(**tables: list[dict[str, str]]) -> Outputs:
    """What a run wrote of that article."""
    by_name = {name: {"a": tables.get(name, [])} for name in ("numbers", "mentions", "evidence")}
    return Outputs({"a": {}}, **by_name)


def test_a_minor_number_is_neither_asked_for_nor_held_against() -> None:
    """Recall is over core numbers, precision over both tiers."""
    base = {"block": 0, "unit": "count", "role": "level", "direction": None, "period": None, "approximate": False}
    wanted = [{**base, "text": "5", "value": 5, "tier": "core"}, {**base, "text": "two", "value": 2, "tier": "minor"}]
    with_minor = outputs(numbers=[{"value": "5", "unit": "count"}, {"value": "2", "unit": "count"}])
    without = outputs(numbers=[{"value": "5.01", "unit": "count"}])
    assert score_numbers(gold(numbers=wanted), with_minor).figures["f1"] == 1.0
    assert score_numbers(gold(numbers=wanted), without).figures["f1"] == 1.0
    assert score_numbers(gold(numbers=wanted), outputs()).figures["f1"] == 0.0


def test_an_optional_body_is_neither_asked_for_nor_held_against() -> None:
    """A mention that only an optional entry explains costs nothing."""
    entry = {"name": "Labour Party", "surfaces": ["Labour"], "type": "political_party", "optional": True}
    row = {
        "kind": "organisation",
        "entity_id": "o",
        "name": "Labour Party",
        "type": "political_party",
        "text": "Labour",
    }
    figures = score_entities("organisations", gold(organisations=[entry]), outputs(mentions=[row])).figures
    assert (figures["predicted"], figures["gold"]) == (0, 0)


@pytest.mark.parametrize(
    ("date", "f1", "detection"),
    [("2024-05-28", 1.0, 1.0), ("2024-05", 0.0, 1.0), ("2023", 0.0, 1.0)],  # half of the days must be shared
)
def test_an_event_needs_its_sentence_and_its_date(date: str, f1: float, detection: float) -> None:
    """Detection asks for the sentence alone, F1 for the date as well."""
    event = {"quote": "The fund closes on 28 May.", "date": "2024-05-28", "type": "ending", "status": "planned",
             "policies": [], "organisations": []}  # fmt: skip
    row = {"quote": "The fund closes on 28 May.", "date": date, "type": "ending", "status": "planned"}
    figures = score_events(gold(events=[event]), outputs(evidence=[row])).figures
    assert (figures["f1"], figures["detection_f1"]) == (f1, detection)


def test_a_folder_without_gold(tmp_path: Path) -> None:
    """It is said what is missing."""
    with pytest.raises(CarefeedError, match="no gold file"):
        load_gold(tmp_path)


def test_figures_are_those_of_the_reference(corpus_run: Path, corpus: Path) -> None:
    """The same outputs and gold give the same table as the scorer that is kept apart from the project."""
    if not REFERENCE.is_file():
        pytest.skip("the reference scorer is not here: ours was not compared with it")
    theirs = subprocess.run(
        [sys.executable, REFERENCE, corpus_run, corpus / "gold", "--json"], capture_output=True, check=True
    )
    ours = score_all(load_gold(corpus / "gold"), load_outputs(corpus_run))
    for name, figures in json.loads(theirs.stdout).items():
        assert ours[name].figures == pytest.approx(figures), name
