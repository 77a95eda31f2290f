"""Reviewers' names, merges, pins and hidden topics."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RegisterError
from pipeline.records import TopicAssignment
from pipeline.topics.edits import TopicEdits, apply_edits, load_edits
from pipeline.topics.model import TopicName, make_topics

ASSIGNMENTS = [
    TopicAssignment("a-1", "topic-1", 0.9, "topic-1", "topic-2", 0.3),
    TopicAssignment("a-2", "topic-1", 0.8, "topic-1", "topic-2", 0.4),
    TopicAssignment("a-3", "topic-2", 0.7, "topic-2", "topic-1", 0.2),
    TopicAssignment("a-4", None, 0.1, "topic-2"),
]
TOPICS = [TopicName("topic-1", "One", ("one",)), TopicName("topic-2", "Two", ("two",))]


def placed(edits: TopicEdits) -> dict[str, str | None]:
    """Where each article is after the edits."""
    _, assignments, problems = apply_edits(edits, TOPICS, ASSIGNMENTS)
    assert problems == []
    return {each.article_id: each.topic_id for each in assignments}


def test_without_edits_nothing_changes() -> None:
    """No decisions, the same topics."""
    assert apply_edits(TopicEdits(), TOPICS, ASSIGNMENTS) == (TOPICS, ASSIGNMENTS, [])


def test_a_name_is_used() -> None:
    """A topic has the name that a reviewer gave it."""
    topics, _, _ = apply_edits(TopicEdits(names={"topic-2": "Our name"}), TOPICS, ASSIGNMENTS)
    assert [topic.label for topic in topics] == ["One", "Our name"]


def test_a_merged_topic_is_gone() -> None:
    """Its articles are in the other, which is listed with all of them."""
    names, assignments, _ = apply_edits(TopicEdits(merges={"topic-1": "topic-2"}), TOPICS, ASSIGNMENTS)
    topics = make_topics(names, assignments)
    assert [(topic.topic_id, topic.article_ids) for topic in topics] == [("topic-2", ("a-1", "a-2", "a-3"))]


def test_a_pinned_article_stays_where_it_was_put() -> None:
    """A pin beats the model, puts unsorted articles in a topic, and takes them out of all."""
    edits = TopicEdits(pins={"a-1": "topic-2", "a-4": "topic-2", "a-2": ""})
    assert placed(edits) == {"a-1": "topic-2", "a-2": None, "a-3": "topic-2", "a-4": "topic-2"}


def test_a_pin_follows_a_merge() -> None:
    """An article pinned to a merged topic goes where that one went."""
    assert placed(TopicEdits(pins={"a-4": "topic-1"}, merges={"topic-1": "topic-2"}))["a-4"] == "topic-2"


def test_a_hidden_topics_articles_are_unsorted() -> None:
    """Hiding takes the topic away, not its articles."""
    assert placed(TopicEdits(hidden=frozenset({"topic-1"}))) == {
        "a-1": None,
        "a-2": None,
        "a-3": "topic-2",
        "a-4": None,
    }


def test_articles_are_kept_together() -> None:
    """All of them go where most of them are; an unsorted one comes along."""
    assert placed(TopicEdits(together=(("a-1", "a-2", "a-3", "a-4"),))) == dict.fromkeys(
        ("a-1", "a-2", "a-3", "a-4"), "topic-1"
    )


def test_articles_are_kept_apart() -> None:
    """The one that fits its topic best stays; the other goes to its next topic, with the similarity that it has there."""
    edits = TopicEdits(apart=(("a-1", "a-2"),))
    assert placed(edits) == {"a-1": "topic-1", "a-2": "topic-2", "a-3": "topic-2", "a-4": None}
    _, assignments, _ = apply_edits(edits, TOPICS, ASSIGNMENTS)
    assert assignments[1].similarity == 0.4


def test_without_a_further_topic_an_article_kept_apart_is_unsorted() -> None:
    """Two topics can't hold three articles apart."""
    assert placed(TopicEdits(apart=(("a-1", "a-2", "a-3"),))) == {
        "a-1": "topic-1",
        "a-2": None,
        "a-3": "topic-2",
        "a-4": None,
    }


def test_an_edit_that_another_undoes_is_named() -> None:
    """Articles kept apart can't be pinned to one topic."""
    edits = TopicEdits(apart=(("a-1", "a-3"),), pins={"a-3": "topic-1"})
    _, _, problems = apply_edits(edits, TOPICS, ASSIGNMENTS)
    assert problems == ["apart a-1, a-3: another edit has undone it"]


def test_edits_of_another_models_topics_are_left_alone() -> None:
    """A project has models of several archives; what is decided on theirs is no problem here."""
    edits = TopicEdits(names={"topic-9": "x"}, pins={"b-1": "topic-9"}, hidden=frozenset({"topic-9"}))
    assert apply_edits(edits, TOPICS, ASSIGNMENTS, {"topic-9"}) == (TOPICS, ASSIGNMENTS, [])


@pytest.mark.parametrize(
    ("edits", "line"),
    [
        (TopicEdits(names={"topic-9": "x"}), "name of topic-9: there is no such topic"),
        (TopicEdits(merges={"topic-1": "topic-9"}), "merge of topic-1: there is no topic topic-9"),
        (TopicEdits(pins={"a-9": "topic-1"}), "pin of a-9: there is no such article"),
        (TopicEdits(pins={"a-1": "topic-9"}), "pin of a-1: there is no topic topic-9"),
        (TopicEdits(hidden=frozenset({"topic-9"})), "hiding topic-9: there is no such topic"),
        (TopicEdits(together=(("a-1", "a-9"),)), "together a-1, a-9: there is no article a-9"),
    ],
)
def test_an_edit_that_fits_nothing_is_named(edits: TopicEdits, line: str) -> None:
    """What a wrong edit names is said, and the topics stay as they were."""
    assert apply_edits(edits, TOPICS, ASSIGNMENTS) == (TOPICS, ASSIGNMENTS, [line])


def test_edits_are_read_from_a_file(tmp_path: Path) -> None:
    """Every table of the file is understood; no file is no edits."""
    assert load_edits(tmp_path / "topics.toml") == TopicEdits()
    (tmp_path / "topics.toml").write_text(
        '[names]\ntopic-1 = "Fostering"\n[merges]\ntopic-2 = "topic-1"\n[pins]\na-1 = ""\n'
        '[hidden]\ntopics = ["topic-3"]\n'
        '[articles]\ntogether = [["a-1", "a-2"]]\napart = [["a-1", "a-3"]]\n'
    )
    assert load_edits(tmp_path / "topics.toml") == TopicEdits(
        {"topic-1": "Fostering"},
        {"topic-2": "topic-1"},
        {"a-1": ""},
        frozenset({"topic-3"}),
        (("a-1", "a-2"),),
        (("a-1", "a-3"),),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[names", "topics.toml"),
        ("[nanes]", "unknown table"),
        ("[names]\ntopic-1 = 3", "names"),
        ('[names]\ntopic-1 = " "', "name of topic-1 is empty"),
        ('[merges]\na = "b"\nb = "a"', "circle"),
        ("[hidden]\ntopics = 3", "hidden"),
        ("[articles]\ntogether = 3", "articles"),
        ('[articles]\napart = [["a-1"]]', "two articles or more"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """File and reason stand in the error."""
    (tmp_path / "topics.toml").write_text(text)
    with pytest.raises(RegisterError, match=reason):
        load_edits(tmp_path / "topics.toml")
