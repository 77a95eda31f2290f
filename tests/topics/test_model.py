"""Sorting articles into topics: what is found, that it stays the same, and what bad input gives."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from pipeline.records import Extraction, Topic, TopicAssignment
from pipeline.topics.model import TopicModel, assign, fit, sort_into_topics
from tests.topics.articles import Pair, make_article, make_corpus, theme_of

Found = tuple[list[Topic], list[TopicAssignment]]


@pytest.fixture(scope="module")
def corpus() -> list[Pair]:
    """Sixty articles on five themes."""
    return make_corpus(12)


@pytest.fixture(scope="module")
def model(corpus: list[Pair]) -> TopicModel:
    """A model fitted to them."""
    return fit(corpus, seed=0)


@pytest.fixture(scope="module")
def found(corpus: list[Pair]) -> Found:
    """Their topics, and what is assigned to them."""
    return sort_into_topics(corpus, seed=0)


def test_finds_the_themes(found: Found) -> None:
    """Every topic holds articles of one theme only, and every theme is found."""
    topics, _ = found
    mixtures = [{theme_of(article_id) for article_id in topic.article_ids} for topic in topics]
    assert all(len(themes) == 1 for themes in mixtures)
    assert len(set.union(*mixtures)) == 5


def test_keeps_to_the_number_of_topics_given(corpus: list[Pair]) -> None:
    """Whoever knows how many topics there are gets as many."""
    assert len(fit(corpus, seed=0, n_topics=3).topics) == 3


def test_has_no_catch_all(corpus: list[Pair], found: Found) -> None:
    """No topic holds over 40 % of the articles where they can be told apart."""
    topics, _ = found
    assert max(len(topic.article_ids) for topic in topics) <= 0.4 * len(corpus)


def test_every_article_is_assigned_once(corpus: list[Pair], found: Found) -> None:
    """The assignments are sorted by article, and the topics hold just the articles assigned to them."""
    topics, assignments = found
    assert [each.article_id for each in assignments] == sorted(article.article_id for article, _ in corpus)
    held = {article_id: topic.topic_id for topic in topics for article_id in topic.article_ids}
    assert held == {each.article_id: each.topic_id for each in assignments if each.topic_id}
    assert all(0.0 <= each.similarity <= 1.0 for each in assignments)


def test_order_makes_no_difference(corpus: list[Pair], found: Found) -> None:
    """The same articles in another order give the same topics, to the last digit."""
    shuffled = corpus[:]
    random.Random(7).shuffle(shuffled)
    assert sort_into_topics(shuffled, seed=0) == found


def test_the_hash_seed_makes_no_difference() -> None:
    """A process with another hash seed than this one prints the same topics."""
    code = (
        "from tests.topics.articles import make_corpus; from pipeline.topics.model import sort_into_topics; "
        "print(hash('topics'), sort_into_topics(make_corpus(6), 0))"
    )
    root, seed = Path(__file__).parents[2], "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
    )
    their_hash, topics = done.stdout.rstrip("\n").split(" ", 1)
    assert int(their_hash) != hash("topics")
    assert topics == repr(sort_into_topics(make_corpus(6), 0))


def test_a_model_keeps_old_articles_where_they_are(corpus: list[Pair], model: TopicModel) -> None:
    """A kept model gives an article the same topic whatever comes with it."""
    before = {each.article_id: each for each in assign(model, corpus)}
    after = assign(
        model, [*corpus, make_article("new-1", "Foster carers in a fostering hub", "foster carers allowance")]
    )
    assert all(before[each.article_id] == each for each in after if each.article_id in before)


def test_a_model_sorts_new_articles(corpus: list[Pair], model: TopicModel) -> None:
    """Articles that a model never saw go to the topic of their theme."""
    themes = {each.topic_id: theme_of(each.article_id) for each in assign(model, corpus)}
    new = make_corpus(4, seed=2)
    assert [themes[each.topic_id] for each in assign(model, new)] == [
        theme_of(a.article_id) for a, _ in sorted_by_id(new)
    ]


def test_what_shares_nothing_is_unsorted(model: TopicModel) -> None:
    """An article without a word of the model's has no topic and a similarity of 0."""
    (odd,) = assign(model, [make_article("odd-1", "Zebra xylophone", "quartz jackdaw waltz")])
    assert (odd.topic_id, odd.similarity) == (None, 0.0)


def test_no_articles_no_topics() -> None:
    """Nothing in, nothing out."""
    assert sort_into_topics([], seed=0) == ([], [])


def test_one_article_is_one_topic() -> None:
    """A single article makes a topic that is named by its title."""
    topics, assignments = sort_into_topics([make_article("a-1", "carers get a rise", "More money for carers.")], seed=0)
    assert [topic.label for topic in topics] == ["Carers get a rise"]
    assert assignments[0].topic_id == topics[0].topic_id


@pytest.mark.parametrize("n", [2, 3, 5, 12, 40])
def test_articles_that_are_all_the_same_are_one_topic(n: int) -> None:
    """Copies can't be told apart."""
    pairs = [make_article(f"a-{i}", "Carers’ allowance rises", "The allowance rises.", days=i) for i in range(n)]
    topics, assignments = sort_into_topics(pairs, seed=0)
    assert len(topics) == 1
    assert all(each.topic_id for each in assignments)


def test_empty_texts_are_unsorted() -> None:
    """Articles without a word are in no topic, alone or among others."""
    empty = [make_article(f"empty-{i}", "", "") for i in range(3)]
    assert sort_into_topics(empty, seed=0)[0] == []
    _, assignments = sort_into_topics(empty + make_corpus(6), seed=0)
    assert {each.topic_id for each in assignments if each.article_id.startswith("empty")} == {None}


def test_another_language_is_sorted_too() -> None:
    """Welsh among English articles raises nothing and doesn't mix with them."""
    welsh = "gofal cymdeithasol plant teuluoedd maethu cynghorau gweinidog cyhoeddodd arian newydd"
    pairs = make_corpus(6, themes=3) + [
        make_article(f"welsh-{i}", f"Gofal maeth {i}", " ".join(random.Random(i).choices(welsh.split(), k=60)))
        for i in range(6)
    ]
    topics, _ = sort_into_topics(pairs, seed=0)
    own = [topic for topic in topics if any(a.startswith("welsh") for a in topic.article_ids)]
    assert len(own) == 1
    assert all(a.startswith("welsh") for a in own[0].article_ids)


def test_identifiers_come_from_the_earliest_article(corpus: list[Pair], found: Found) -> None:
    """A later article added to a topic leaves the topic's identifier as it is."""
    before = {topic.topic_id for topic in found[0]}
    late = make_article("youth-900", "Youth custody in the remand framework", "youth custody remand court", days=900)
    after = {topic.topic_id for topic in sort_into_topics([*corpus, late], seed=0)[0]}
    assert before == after


def test_topics_come_largest_first() -> None:
    """The biggest topic is the first."""
    pairs = make_corpus(4, themes=2) + [p for p in make_corpus(12, themes=3) if theme_of(p[0].article_id) == "workload"]
    sizes = [len(topic.article_ids) for topic in sort_into_topics(pairs, seed=0)[0]]
    assert sizes == sorted(sizes, reverse=True)


def test_the_sample_for_many_articles_assigns_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model fitted to a sample still sorts every article."""
    monkeypatch.setattr("pipeline.topics.model.FIT_ARTICLES", 30)
    pairs = make_corpus(20)
    _, assignments = sort_into_topics(pairs, seed=0)
    assert Counter(each.topic_id is None for each in assignments) == {False: len(pairs)}


def sorted_by_id(pairs: list[Pair]) -> list[Pair]:
    """Pairs in the order in which assignments come."""
    return sorted(pairs, key=lambda pair: pair[0].article_id)


def test_articles_need_no_extraction() -> None:
    """Words alone are enough: nothing has to be found in an article for it to be sorted."""
    pairs = [(article, Extraction()) for article, _ in make_corpus(8, themes=3)]
    assert len(sort_into_topics(pairs, seed=0)[0]) >= 3
