"""No change may lower what was reached: the floors, and the tool that raises them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.evaluation.gold import load_gold, load_outputs
from pipeline.evaluation.scorers import score_all
from tests import floors

ROOT = Path(__file__).parents[1]
CORPUS_FLOORS = json.loads((ROOT / "floors_corpus.json").read_text(encoding="utf-8"))


def test_our_corpus_is_at_its_floors(corpus_run: Path, corpus: Path) -> None:
    """With rules alone, on the open part."""
    scores = score_all(load_gold(corpus / "gold"), load_outputs(corpus_run))
    assert floors.falls({name: score.figures for name, score in scores.items()}, CORPUS_FLOORS) == []


def test_the_floors_are_of_this_gold(corpus: Path) -> None:
    """Where the annotation has changed, the figures must be looked at and the floors raised on it."""
    assert not floors.is_other_gold(CORPUS_FLOORS, corpus / "gold")


@pytest.mark.parametrize("name", ["floors.json", "floors_corpus.json"])
def test_floors_name_their_gold(name: str) -> None:
    """By its hash and size."""
    named = json.loads((ROOT / name).read_text(encoding="utf-8"))[floors.GOLD]
    assert len(named["sha256"]) == 64
    assert named["n_articles"] >= 25


def write(path: Path, value: object) -> str:
    """A file of JSON."""
    path.write_text(json.dumps(value), encoding="utf-8")
    return str(path)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with one annotated article."""
    (tmp_path / "gold").mkdir()
    write(tmp_path / "gold" / "a.json", {})
    return tmp_path / "gold"


def test_raising_lifts_and_never_lowers(tmp_path: Path, gold: Path) -> None:
    """What is higher is lifted, rounded down; the hash of the gold is noted."""
    scores = write(tmp_path / "scores.json", {"events": {"f1": 0.87654, "type": 0.9}})
    path = write(tmp_path / "floors.json", {"events": {"f1": 0.8, "type": 0.9}})
    assert floors.main([scores, path, str(gold)]) == 1  # floors of no known gold
    assert floors.main([scores, path, str(gold), "--raise"]) == 0
    lifted = json.loads(Path(path).read_text(encoding="utf-8"))
    assert lifted["events"] == {"f1": 0.876, "type": 0.9}
    assert floors.main([scores, path, str(gold)]) == 0


def test_a_fall_raises_nothing(tmp_path: Path, gold: Path) -> None:
    """Where one figure fell, none is lifted, and the exit code says so."""
    scores = write(tmp_path / "scores.json", {"events": {"f1": 0.9, "type": 0.7}})
    before = {"events": {"f1": 0.8, "type": 0.8}}
    path = write(tmp_path / "floors.json", before)
    assert floors.main([scores, path, str(gold), "--raise"]) == 1
    assert json.loads(Path(path).read_text(encoding="utf-8")) == before
