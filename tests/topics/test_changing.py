"""Growing and refitting a kept model."""

from __future__ import annotations

from pipeline.topics.changing import can_grow, grow, refit
from pipeline.topics.model import assign, fit
from tests.topics.articles import Pair, make_article, make_corpus


def strangers(n: int) -> list[Pair]:
    """Articles on what no theme has words for."""
    return [
        make_article(f"z-{i}", "Seaside donkeys", "beach donkey rides sandcastle promenade pier", days=i)
        for i in range(n)
    ]


def test_growing_adds_topics_from_the_unsorted() -> None:
    """What was unsorted gets a topic of its own; what was sorted stays exactly as it was."""
    old, new = make_corpus(8), strangers(6)
    # words that the model's space knows: the strangers share them with nobody but themselves
    model = fit(old + new, seed=0)
    kept = [i for i, topic in enumerate(model.topics) if "donkey" not in " ".join(topic.terms).lower()]
    model = type(model)(model.space, model.centres[kept], tuple(model.topics[i] for i in kept), model.least_similarity)
    assert can_grow(model, old + new)
    grown, changes = grow(model, old + new, seed=0)
    assert [change.before for change in changes] == [None]
    assert changes[0].n_after == 6
    assert assign(grown, old) == assign(model, old)
    assert all(each.topic_id for each in assign(grown, new))


def test_nothing_unsorted_nothing_grown() -> None:
    """A model that sorts everything comes back as it was."""
    pairs = make_corpus(6)
    model = fit(pairs, seed=0)
    assert not can_grow(model, pairs)
    assert grow(model, pairs, seed=0) == (model, [])


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
