"""Which topic model an archive uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.topics.keeping import find_model, keep_model, topics_elsewhere
from pipeline.topics.model import fit
from pipeline.topics.saving import SavedModel
from tests.topics.articles import make_corpus


def fit_model(project: Path, pairs: list) -> SavedModel | None:
    """A model fitted to the articles, and kept."""
    return keep_model(project, fit(pairs, 0), [article.article_id for article, _ in pairs], 0, "1.0")


def ids(pairs: list) -> set[str]:
    """The articles' identifiers."""
    return {article.article_id for article, _ in pairs}


def test_a_model_is_found_by_the_articles_that_it_was_fitted_to(tmp_path: Path) -> None:
    """An archive that has gained articles still has its model."""
    pairs = make_corpus(4)
    saved = fit_model(tmp_path, pairs)
    assert saved is not None
    found = find_model(tmp_path, ids(pairs) | {"new-1"})
    assert found is not None
    assert (found.folder, found.fingerprint) == (saved.folder, saved.fingerprint)


def test_an_archive_of_other_articles_has_none(tmp_path: Path) -> None:
    """A model of one archive doesn't sort another's articles."""
    fit_model(tmp_path, make_corpus(4))
    assert find_model(tmp_path, {"other-1", "other-2"}) is None


def test_of_two_models_the_one_with_more_of_the_articles_is_used(tmp_path: Path) -> None:
    """What was fitted to a part stands back behind what was fitted to all."""
    pairs = make_corpus(6)
    fit_model(tmp_path, pairs[:8])
    whole = fit_model(tmp_path, pairs)
    found = find_model(tmp_path, ids(pairs))
    assert found is not None
    assert whole is not None
    assert found.folder == whole.folder


def test_topics_of_the_other_models_are_known(tmp_path: Path) -> None:
    """So an edit of theirs is told from a wrong one."""
    one = fit_model(tmp_path, make_corpus(4, themes=2))
    other = fit_model(tmp_path, make_corpus(4)[12:])
    assert one is not None
    assert other is not None
    own = {topic.topic_id for topic in one.model.topics}
    assert topics_elsewhere(tmp_path, own) == {topic.topic_id for topic in other.model.topics} - own


@pytest.mark.parametrize("n", [0, 1, 4])
def test_of_a_few_articles_no_model_is_kept(tmp_path: Path, n: int) -> None:
    """Under five articles there is nothing worth freezing."""
    assert fit_model(tmp_path, make_corpus(1)[:n]) is None
    assert not (tmp_path / "topics").exists()
