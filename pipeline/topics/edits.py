"""The reviewers' own topics: names, merges, pins and hidden topics, applied on every run.

They stand in ``topics.toml`` of the project:

    [names]                             # topic_id = the name to use
    topic-1a2b3c4d = "Fostering"
    [merges]                            # topic_id = the topic that it goes into
    topic-5e6f7a8b = "topic-1a2b3c4d"
    [pins]                              # article_id = the topic that it belongs to; "" for none
    communitycare-12345 = "topic-1a2b3c4d"
    [hidden]
    topics = ["topic-9c0d1e2f"]         # their articles are unsorted

An edit that names a topic or an article that isn't there is reported, never dropped in silence.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from pipeline.errors import RegisterError
from pipeline.records import Topic, TopicAssignment
from pipeline.topics.model import N_REPRESENTATIVE

FILE_NAME: Final = "topics.toml"
_TABLES: Final = ("names", "merges", "pins")


@dataclass(frozen=True)
class TopicEdits:
    """What reviewers decided, by identifier."""

    names: dict[str, str] = field(default_factory=dict)
    merges: dict[str, str] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def load_edits(path: Path) -> TopicEdits:
    """The edits of a file; none where there is no file. Raises ``RegisterError`` for what can't be read."""
    if not path.is_file():
        return TopicEdits()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegisterError(f"{path}: {error}", "mend the line") from error
    for name in data:
        if name not in (*_TABLES, "hidden"):
            raise RegisterError(f"{path}: unknown table [{name}]", f"the tables are {', '.join(_TABLES)}, hidden")
    names, merges, pins = (_strings(path, data, name) for name in _TABLES)
    hidden = data.get("hidden", {})
    topics = hidden.get("topics", []) if isinstance(hidden, dict) else None
    if not isinstance(topics, list) or not all(isinstance(each, str) for each in topics):
        raise RegisterError(f"{path}: [hidden] has no list of topics", 'write topics = ["topic-…"]')
    for topic_id, label in names.items():
        if not label.strip():
            raise RegisterError(
                f"{path}: the name of {topic_id} is empty", "take the line out to get its own name back"
            )
    for topic_id in merges:
        _follow(path, merges, topic_id)
    return TopicEdits(names, merges, pins, frozenset(topics))


def _strings(path: Path, data: dict[str, Any], name: str) -> dict[str, str]:
    table = data.get(name, {})
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise RegisterError(f'{path}: [{name}] must hold lines of identifier = "text"', "mend the table")
    return dict(table)


def _follow(path: Path | str, merges: dict[str, str], topic_id: str) -> str:
    """Where a topic ends up after all merges."""
    seen = [topic_id]
    while seen[-1] in merges:
        following = merges[seen[-1]]
        if following in seen:
            raise RegisterError(
                f"{path}: the merges go round in a circle: {' → '.join([*seen, following])}", "break it"
            )
        seen.append(following)
    return seen[-1]


def apply_edits(
    edits: TopicEdits, topics: Sequence[Topic], assignments: Sequence[TopicAssignment]
) -> tuple[list[Topic], list[TopicAssignment], list[str]]:
    """Topics and assignments as reviewers want them, and a line for every edit that fits nothing.

    Pins go before merges, merges before hiding: an article pinned to a merged topic goes where that one went. A pinned
    article keeps the similarity that it has. Topics left without articles are gone.
    """
    known = {topic.topic_id: topic for topic in topics}
    articles = {each.article_id for each in assignments}
    problems = list(_problems(edits, known, articles))
    changed = []
    for each in assignments:
        target = edits.pins.get(each.article_id, each.topic_id) or None
        if target is not None and target not in known:  # a pin to what isn't there: named above, not followed
            target = each.topic_id
        if target is not None:
            merged = _follow(FILE_NAME, edits.merges, target)
            target = merged if merged in known else target
        changed.append(replace(each, topic_id=None if target in edits.hidden else target))
    result = []
    for topic in topics:
        own = [each for each in changed if each.topic_id == topic.topic_id]
        if own:
            typical = sorted(own, key=lambda each: (-each.similarity, each.article_id))[:N_REPRESENTATIVE]
            result.append(
                replace(
                    topic,
                    label=edits.names.get(topic.topic_id, topic.label),
                    article_ids=tuple(sorted(each.article_id for each in own)),
                    representative=tuple(each.article_id for each in typical),
                )
            )
    return sorted(result, key=lambda t: (-len(t.article_ids), t.topic_id)), changed, problems


def _problems(edits: TopicEdits, topics: dict[str, Topic], articles: set[str]) -> list[str]:
    """A line for every edit that names what isn't there."""
    lines = [f"name of {topic_id}: there is no such topic" for topic_id in edits.names if topic_id not in topics]
    for source, target in edits.merges.items():
        lines += [f"merge of {source}: there is no topic {each}" for each in (source, target) if each not in topics]
    for article_id, topic_id in edits.pins.items():
        if article_id not in articles:
            lines.append(f"pin of {article_id}: there is no such article")
        if topic_id and topic_id not in topics:
            lines.append(f"pin of {article_id}: there is no topic {topic_id}")
    return lines + [f"hiding {topic_id}: there is no such topic" for topic_id in sorted(edits.hidden - set(topics))]
