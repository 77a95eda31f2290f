"""Growing and refitting a kept model."""

from __future__ import annotations

import pytest

from pipeline.errors import StoreError
from pipeline.topics.changing import grow, refit, split, worth_growing
from pipeline.topics.model import assign, fit
from tests.topics.articles import Pair, make_article, make_corpus, theme_of


def strangers(n: int) -> list[Pair]:
    """Articles on what no theme has words for."""
    return [
        make_article(f"z-{i}", "Seaside donkeys", "beach donkey rides sandcastle promenade pier", days=i)
        for i in range(n)
    ]


def test_growing_adds_topics_from_the_unsorted() -> None:
    """What was unsorted gets a topic of its own, of words that were new; what was sorted stays exactly as it was."""
    old, new = make_corpus(8), strangers(6)
    model = fit(old, seed=0)
    assert worth_growing(assign(model, old + new))
    grown, changes = grow(model, old + new, seed=0)
    assert [(change.before, change.n_after) for change in changes] == [(None, 6)]
    assert assign(grown, old) == assign(model, old)
    assert all(each.topic_id for each in assign(grown, new))


def test_nothing_unsorted_nothing_grown() -> None:
    """A model that sorts everything comes back as it was."""
    pairs = make_corpus(6)
    model = fit(pairs, seed=0)
    assert not worth_growing(assign(model, pairs))
    assert grow(model, pairs, seed=0) == (model, [])


def test_splitting_parts_a_topic() -> None:
    """Two themes in one topic are told apart; the larger part keeps the identifier, other topics their articles."""
    pairs = [*make_corpus(12, themes=1), *make_corpus(8, themes=2)[8:]]
    model = fit(pairs, seed=0, n_topics=1)
    (whole,) = model.topics
    parted, changes = split(model, pairs, 0, whole.topic_id, 2)
    assert [(c.before == whole, c.after is not None, c.n_before, c.n_after) for c in changes] == [
        (True, True, 20, 12),
        (False, True, 0, 8),
    ]
    themes = {(theme_of(each.article_id), each.topic_id) for each in assign(parted, pairs)}
    assert len(themes) == 2


def test_what_cannot_be_told_apart_is_not_split() -> None:
    """Copies stay together."""
    pairs = [make_article(f"a-{i}", "Carers’ allowance rises", "The allowance rises.") for i in range(4)]
    model = fit(pairs, seed=0)
    assert split(model, pairs, 0, model.topics[0].topic_id, 2) == (model, [])


@pytest.mark.parametrize(("topic_id", "into"), [("topic-none", 2), ("", 21)])
def test_a_split_that_cannot_be_is_refused(topic_id: str, into: int) -> None:
    """No such topic, or fewer articles than parts: said, with what to do."""
    pairs = make_corpus(5)
    model = fit(pairs, seed=0)
    with pytest.raises(StoreError) as error:
        split(model, pairs, 0, topic_id or model.topics[0].topic_id, into)
    assert error.value.hint


def test_refitting_the_same_articles_changes_nothing() -> None:
    """The same articles give the same topics under the same identifiers."""
    pairs = make_corpus(8)
    model = fit(pairs, seed=0)
    again, changes = refit(model, pairs, seed=0)
    assert again.topics == model.topics
    assert all(change.before == change.after for change in changes)


def test_refitting_keeps_identifiers_and_names_what_is_new() -> None:
    """Topics that go on keep their identifier; a new theme is a new topic."""
    old = make_corpus(10, themes=4)
    model = fit(old, seed=0)
    ids = {topic.topic_id for topic in model.topics}
    again, changes = refit(model, make_corpus(10, themes=5), seed=0)
    assert ids <= {topic.topic_id for topic in again.topics}
    assert any(change.before is None for change in changes)
    assert len({topic.topic_id for topic in again.topics}) == len(again.topics)


def test_refitting_says_what_is_gone() -> None:
    """A topic whose articles are gone is listed without an after."""
    model = fit(make_corpus(10, themes=5), seed=0)
    _, changes = refit(model, make_corpus(10, themes=4), seed=0)
    assert [change.n_after for change in changes if change.after is None] == [0] * sum(c.after is None for c in changes)
    assert any(change.after is None for change in changes)
