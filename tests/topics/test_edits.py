"""Reviewers' names, merges, pins and hidden topics."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RegisterError
from pipeline.records import Topic, TopicAssignment
from pipeline.topics.edits import TopicEdits, apply_edits, load_edits

ASSIGNMENTS = [
    TopicAssignment("a-1", "topic-1", 0.9),
    TopicAssignment("a-2", "topic-1", 0.8),
    TopicAssignment("a-3", "topic-2", 0.7),
    TopicAssignment("a-4", None, 0.1),
]
TOPICS = [
    Topic("topic-1", "One", ("one",), ("a-1", "a-2"), ("a-1", "a-2")),
    Topic("topic-2", "Two", ("two",), ("a-3",), ("a-3",)),
]


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
    topics, _, _ = apply_edits(TopicEdits(merges={"topic-1": "topic-2"}), TOPICS, ASSIGNMENTS)
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


@pytest.mark.parametrize(
    ("edits", "line"),
    [
        (TopicEdits(names={"topic-9": "x"}), "name of topic-9: there is no such topic"),
        (TopicEdits(merges={"topic-1": "topic-9"}), "merge of topic-1: there is no topic topic-9"),
        (TopicEdits(pins={"a-9": "topic-1"}), "pin of a-9: there is no such article"),
        (TopicEdits(pins={"a-1": "topic-9"}), "pin of a-1: there is no topic topic-9"),
        (TopicEdits(hidden=frozenset({"topic-9"})), "hiding topic-9: there is no such topic"),
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
    )
    assert load_edits(tmp_path / "topics.toml") == TopicEdits(
        {"topic-1": "Fostering"}, {"topic-2": "topic-1"}, {"a-1": ""}, frozenset({"topic-3"})
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
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """File and reason stand in the error."""
    (tmp_path / "topics.toml").write_text(text)
    with pytest.raises(RegisterError, match=reason):
        load_edits(tmp_path / "topics.toml")
