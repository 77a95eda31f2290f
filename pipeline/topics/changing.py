"""The explicit changes to a kept model: new topics from what is unsorted, and a fit from the ground up.

Both keep the identifiers of topics that are the same, and say what changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.topics.model import Pair, TopicModel, TopicName, assign, fit

#: Share of the articles of both that a new topic and an old one must have in common to be the same.
_SAME_TOPIC: Final = 0.5
#: Unsorted articles that make growing worth while.
WORTH_GROWING: Final = 5


@dataclass(frozen=True, slots=True)
class TopicChange:
    """One topic before and after; ``before`` is None for a new topic, ``after`` for one that is gone."""

    before: TopicName | None
    after: TopicName | None
    n_before: int
    n_after: int


def can_grow(model: TopicModel, pairs: Sequence[Pair]) -> bool:
    """Whether so many articles are unsorted that they could make a topic of their own."""
    return sum(each.topic_id is None for each in assign(model, pairs)) >= WORTH_GROWING


def grow(model: TopicModel, pairs: Sequence[Pair], seed: int) -> tuple[TopicModel, list[TopicChange]]:
    """The model with further topics made from its unsorted articles; the old ones stay exactly as they are.

    Without unsorted articles that go together, the model comes back as it was.
    """
    import numpy as np  # noqa: PLC0415  (a query must not wait for it)

    from pipeline.topics.space import unit  # noqa: PLC0415
    from pipeline.topics.words import features  # noqa: PLC0415

    unsorted = {each.article_id for each in assign(model, pairs) if each.topic_id is None}
    left = [pair for pair in pairs if pair[0].article_id in unsorted]
    if len(left) < WORTH_GROWING:
        return model, []
    fresh = fit(left, seed)
    found = assign(fresh, left)
    known = {topic.label.lower() for topic in model.topics}
    names, centres = [], []
    for topic in fresh.topics:
        own = {each.article_id for each in found if each.topic_id == topic.topic_id}
        points = model.space.place([features(*pair) for pair in left if pair[0].article_id in own])
        if points.any():
            label = topic.label if topic.label.lower() not in known else f"{topic.label} (more)"
            names.append(replace(topic, label=label))
            centres.append(unit(points.sum(axis=0, keepdims=True)))
    if not names:
        return model, []
    grown = replace(model, topics=(*model.topics, *names), centres=np.vstack([model.centres, *centres]))
    sizes = _members(grown, pairs)
    return grown, [TopicChange(None, name, 0, len(sizes[name.topic_id])) for name in names]


def refit(model: TopicModel, pairs: Sequence[Pair], seed: int) -> tuple[TopicModel, list[TopicChange]]:
    """A model fitted anew, with the old identifiers for topics that are the same, and what changed.

    Two topics are the same when they share at least half of the articles of both together; every identifier goes to
    the new topic that shares most.
    """
    fresh = fit(pairs, seed)
    old, new = _members(model, pairs), _members(fresh, pairs)
    shares = sorted(
        (
            (-len(old[before.topic_id] & new[after.topic_id]) / len(old[before.topic_id] | new[after.topic_id]), i, j)
            for i, before in enumerate(model.topics)
            for j, after in enumerate(fresh.topics)
            if old[before.topic_id] & new[after.topic_id]
        ),
    )
    match: dict[int, int] = {}
    for share, i, j in shares:
        if -share >= _SAME_TOPIC and j not in match and i not in match.values():
            match[j] = i
    taken = {model.topics[i].topic_id for i in match.values()}
    names = []
    for j, topic in enumerate(fresh.topics):
        topic_id = model.topics[match[j]].topic_id if j in match else topic.topic_id
        while j not in match and topic_id in taken:
            topic_id += "x"
        taken.add(topic_id)
        names.append(replace(topic, topic_id=topic_id))
    changes = [
        TopicChange(
            model.topics[match[j]] if j in match else None,
            name,
            len(old[model.topics[match[j]].topic_id]) if j in match else 0,
            len(new[fresh.topics[j].topic_id]),
        )
        for j, name in enumerate(names)
    ]
    gone = [topic for i, topic in enumerate(model.topics) if i not in match.values()]
    changes += [TopicChange(topic, None, len(old[topic.topic_id]), 0) for topic in gone]
    return replace(fresh, topics=tuple(names)), changes


def _members(model: TopicModel, pairs: Sequence[Pair]) -> Mapping[str, set[str]]:
    """The articles of every topic."""
    found: dict[str, set[str]] = {topic.topic_id: set() for topic in model.topics}
    for each in assign(model, pairs):
        if each.topic_id:
            found[each.topic_id].add(each.article_id)
    return found
