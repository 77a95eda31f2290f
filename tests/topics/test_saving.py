"""A topic model on the disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import ModelError, StoreError
from pipeline.topics.changing import grow
from pipeline.topics.model import assign, fit
from pipeline.topics.saving import fitted_articles, load, save, saved_topics
from tests.topics.articles import make_article, make_corpus


def test_a_model_comes_back_as_it_was(tmp_path: Path) -> None:
    """What is loaded assigns exactly as what was saved."""
    pairs = make_corpus(6)
    model = fit(pairs, seed=0)
    saved = save(model, tmp_path / "topics", frozenset({"a-1"}), {"seed": 0})
    loaded = load(tmp_path / "topics").model
    assert load(tmp_path / "topics").fingerprint == saved.fingerprint
    assert loaded.topics == model.topics
    assert assign(loaded, pairs) == assign(model, pairs)


def test_a_grown_model_comes_back_with_its_layers(tmp_path: Path) -> None:
    """What was added later assigns as before."""
    old, new = make_corpus(6), [make_article(f"z-{i}", "Seaside donkeys", "beach donkey rides") for i in range(6)]
    model, _ = grow(fit(old, seed=0), [*old, *new], seed=0)
    save(model, tmp_path, frozenset(), {})
    assert len(load(tmp_path).model.layers) == 2
    assert assign(load(tmp_path).model, new) == assign(model, new)


def test_a_model_without_topics_comes_back_too(tmp_path: Path) -> None:
    """Nothing fitted is something saved."""
    save(fit([], seed=0), tmp_path, frozenset(), {})
    assert load(tmp_path).model.topics == ()


def test_the_record_says_what_made_it(tmp_path: Path) -> None:
    """Versions and seed stand in the record, readable."""
    save(fit(make_corpus(2), seed=0), tmp_path, frozenset(), {"scikit-learn": "1.7", "seed": 0})
    assert json.loads((tmp_path / "model.json").read_text())["made_by"] == {"scikit-learn": "1.7", "seed": 0}


def test_saving_twice_gives_the_same_record(tmp_path: Path) -> None:
    """The same articles give the same record, byte for byte."""
    for name in ("a", "b"):
        save(fit(make_corpus(4), seed=0), tmp_path / name, frozenset(), {})
    assert (tmp_path / "a" / "model.json").read_bytes() == (tmp_path / "b" / "model.json").read_bytes()


def test_the_record_tells_articles_and_topics_without_the_arrays(tmp_path: Path) -> None:
    """Whether a model belongs to an archive is told from its record."""
    model = fit(make_corpus(2), seed=0)
    save(model, tmp_path, frozenset({"a-1", "a-2"}), {})
    assert fitted_articles(tmp_path) == {"a-1", "a-2"}
    assert saved_topics(tmp_path) == {topic.topic_id for topic in model.topics}


def test_a_model_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    """One record and its arrays are left, nothing of the old model."""
    for articles in (2, 4):
        save(fit(make_corpus(articles), seed=0), tmp_path, frozenset(), {})
    assert len(list(tmp_path.iterdir())) == 2
    assert load(tmp_path).model.topics == fit(make_corpus(4), seed=0).topics


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file in the place of the folder is said in one line, with what to do."""
    (tmp_path / "topics").write_text("")
    with pytest.raises(StoreError, match="topics") as error:
        save(fit(make_corpus(2), seed=0), tmp_path / "topics", frozenset(), {})
    assert error.value.hint


@pytest.mark.parametrize("damage", ["no files", "no JSON", "other format", "cut array", "other topics"])
def test_a_damaged_model_is_named(tmp_path: Path, damage: str) -> None:
    """A model that can't be used stops with the folder's name and what to do."""
    folder = tmp_path / "topics"
    if damage != "no files":
        save(fit(make_corpus(4), seed=0), folder, frozenset(), {})
    record = folder / "model.json"
    if damage == "no JSON":
        record.write_text("{")
    if damage == "other format":
        record.write_text(json.dumps(json.loads(record.read_text()) | {"format": 99}))
    if damage == "cut array":
        (arrays,) = folder.glob("*.npz")
        arrays.write_bytes(arrays.read_bytes()[:100])
    if damage == "other topics":
        record.write_text(
            json.dumps(
                json.loads(record.read_text())
                | {"layers": [{**json.loads(record.read_text())["layers"][0], "topics": []}]}
            )
        )
    with pytest.raises(ModelError, match="topics") as error:
        load(folder)
    assert error.value.hint
