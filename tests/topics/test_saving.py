"""A topic model on the disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.topics.model import assign, fit
from pipeline.topics.saving import has_model, load, save
from tests.topics.articles import make_corpus


def test_a_model_comes_back_as_it_was(tmp_path: Path) -> None:
    """What is loaded assigns exactly as what was saved."""
    pairs = make_corpus(6)
    model = fit(pairs, seed=0)
    save(model, tmp_path / "topics", {"seed": 0})
    loaded = load(tmp_path / "topics")
    assert loaded.topics == model.topics
    assert assign(loaded, pairs) == assign(model, pairs)


def test_a_model_without_topics_comes_back_too(tmp_path: Path) -> None:
    """Nothing fitted is something saved."""
    save(fit([], seed=0), tmp_path, {})
    assert load(tmp_path).topics == ()


def test_the_record_says_what_made_it(tmp_path: Path) -> None:
    """Versions and seed stand in the record, readable."""
    save(fit(make_corpus(2), seed=0), tmp_path, {"scikit-learn": "1.7", "seed": 0})
    assert json.loads((tmp_path / "model.json").read_text())["made_by"] == {"scikit-learn": "1.7", "seed": 0}


def test_saving_twice_gives_the_same_record(tmp_path: Path) -> None:
    """The same articles give the same record, byte for byte."""
    for name in ("a", "b"):
        save(fit(make_corpus(4), seed=0), tmp_path / name, {})
    assert (tmp_path / "a" / "model.json").read_bytes() == (tmp_path / "b" / "model.json").read_bytes()


def test_says_whether_there_is_a_model(tmp_path: Path) -> None:
    """A folder has a model once one was saved in it."""
    assert not has_model(tmp_path)
    save(fit(make_corpus(2), seed=0), tmp_path, {})
    assert has_model(tmp_path)


@pytest.mark.parametrize("damage", ["no files", "no JSON", "other format", "cut array", "other topics"])
def test_a_damaged_model_is_named(tmp_path: Path, damage: str) -> None:
    """A model that can't be used stops with the folder's name and what to do."""
    folder = tmp_path / "topics"
    if damage != "no files":
        save(fit(make_corpus(4), seed=0), folder, {})
    record = folder / "model.json"
    if damage == "no JSON":
        record.write_text("{")
    if damage == "other format":
        record.write_text(json.dumps(json.loads(record.read_text()) | {"format": 99}))
    if damage == "cut array":
        (folder / "model.npz").write_bytes((folder / "model.npz").read_bytes()[:100])
    if damage == "other topics":
        record.write_text(json.dumps(json.loads(record.read_text()) | {"topics": []}))
    with pytest.raises(ModelError, match="topics") as error:
        load(folder)
    assert error.value.hint
